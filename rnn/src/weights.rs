//! The five parameter tensors; their gradients and contributions have the same type.

use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2, Axis, Zip};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use serde::{Deserialize, Serialize};

/// The sizes that fix every shape: d vocabulary entries, n units, k outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// d, the length of an input.
    pub vocabulary: usize,
    /// n, the length of a hidden state.
    pub units: usize,
    /// k, the number of outputs.
    pub outputs: usize,
}

impl Sizes {
    /// The rows and columns of a tensor; a bias is one row.
    pub fn of(self, parameter: Parameter) -> (usize, usize) {
        let Self { vocabulary, units, outputs } = self;
        match parameter {
            Parameter::W1x => (vocabulary, units),
            Parameter::W1h => (units, units),
            Parameter::B1 => (1, units),
            Parameter::W2 => (units, outputs),
            Parameter::B2 => (1, outputs),
        }
    }
}

/// Names one of the five tensors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parameter {
    /// W₁ₓ, d×n.
    W1x,
    /// W₁ₕ, n×n.
    W1h,
    /// b₁, n.
    B1,
    /// W₂, n×k.
    W2,
    /// b₂, k.
    B2,
}

impl Parameter {
    /// All five, in the order of the formulas.
    pub const ALL: [Self; 5] = [Self::W1x, Self::W1h, Self::B1, Self::W2, Self::B2];

    /// The three of the recurrent layer, to which every step contributes.
    pub const RECURRENT: [Self; 3] = [Self::W1x, Self::W1h, Self::B1];

    /// The letter and its index in formulas.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::W1x => "W₁ₓ",
            Self::W1h => "W₁ₕ",
            Self::B1 => "b₁",
            Self::W2 => "W₂",
            Self::B2 => "b₂",
        }
    }

    /// The name in files and in NumPy.
    pub const fn field(self) -> &'static str {
        match self {
            Self::W1x => "w1x",
            Self::W1h => "w1h",
            Self::B1 => "b1",
            Self::W2 => "w2",
            Self::B2 => "b2",
        }
    }
}

/// The parameters of the network, or their gradients, or one step's contribution to them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// W₁ₓ, from the input to the units: d×n.
    #[serde(with = "rows")]
    pub w1x: Array2<f64>,
    /// W₁ₕ, from the previous state to the units: n×n.
    #[serde(with = "rows")]
    pub w1h: Array2<f64>,
    /// b₁, the bias of the units: n.
    #[serde(with = "row")]
    pub b1: Array1<f64>,
    /// W₂, from the state to the outputs: n×k.
    #[serde(with = "rows")]
    pub w2: Array2<f64>,
    /// b₂, the bias of the outputs: k.
    #[serde(with = "row")]
    pub b2: Array1<f64>,
}

impl Weights {
    /// Five tensors of zeros.
    pub fn zeros(sizes: Sizes) -> Self {
        Self {
            w1x: Array2::zeros(sizes.of(Parameter::W1x)),
            w1h: Array2::zeros(sizes.of(Parameter::W1h)),
            b1: Array1::zeros(sizes.units),
            w2: Array2::zeros(sizes.of(Parameter::W2)),
            b2: Array1::zeros(sizes.outputs),
        }
    }

    /// Start weights from a seed, bit for bit the same on every machine.
    ///
    /// W₁ₓ and W₂ are uniform within ±√(6 / (fan-in + fan-out)) (Glorot and Bengio 2010); W₁ₕ is
    /// an orthogonal matrix (Saxe, McClelland and Ganguli 2014) times `spectral_radius`, so every
    /// eigenvalue has that modulus; the biases are zero.
    ///
    /// The row of W₁ₓ that belongs to a token, and the column of W₂ that belongs to an output,
    /// depend on the seed and its name, not on its place: a sequence in another order meets the
    /// same weights, so whatever changes is due to the order.
    pub fn start(
        vocabulary: &[String],
        units: usize,
        outputs: &[String],
        seed: u64,
        spectral_radius: f64,
    ) -> Self {
        let [inner, ins, outs] = [0, 1, 2].map(|purpose| seed_of(seed, purpose));
        Self {
            w1x: glorot_uniform(vocabulary, units, ins),
            w1h: orthogonal(units, &mut ChaCha8Rng::from_seed(inner)) * spectral_radius,
            b1: Array1::zeros(units),
            w2: glorot_uniform(outputs, units, outs)
                .reversed_axes()
                .as_standard_layout()
                .to_owned(),
            b2: Array1::zeros(outputs.len()),
        }
    }

    /// The sizes that the tensors have.
    pub fn sizes(&self) -> Sizes {
        Sizes { vocabulary: self.w1x.nrows(), units: self.b1.len(), outputs: self.b2.len() }
    }

    /// Every number, tensor by tensor and row by row.
    pub fn values(&self) -> impl Iterator<Item = f64> + Clone + '_ {
        (self.w1x.iter()).chain(&self.w1h).chain(&self.b1).chain(&self.w2).chain(&self.b2).copied()
    }

    /// The Euclidean norm over all five tensors together.
    pub fn norm(&self) -> f64 {
        norm(self.values())
    }

    /// Adds `factor` times `other`, number by number; both have the same sizes.
    pub fn add_scaled(&mut self, factor: f64, other: &Self) {
        self.w1x.scaled_add(factor, &other.w1x);
        self.w1h.scaled_add(factor, &other.w1h);
        self.b1.scaled_add(factor, &other.b1);
        self.w2.scaled_add(factor, &other.w2);
        self.b2.scaled_add(factor, &other.b2);
    }

    /// The gradient g · min(1, c/‖g‖): the same direction, at most `threshold` long (Pascanu,
    /// Mikolov and Bengio 2013).
    #[must_use]
    pub fn clipped(&self, threshold: f64) -> Self {
        let mut clipped = Self::zeros(self.sizes());
        clipped.add_scaled(self.clipping(threshold), self);
        clipped
    }

    /// min(1, c/‖g‖), the factor of clipping at the norm c = `threshold`, which is more than 0.
    pub fn clipping(&self, threshold: f64) -> f64 {
        // A gradient of 0 is not divided by.
        threshold / self.norm().max(threshold)
    }

    /// One tensor as a matrix; a bias is a matrix of one row.
    pub fn matrix(&self, parameter: Parameter) -> ArrayView2<'_, f64> {
        match parameter {
            Parameter::W1x => self.w1x.view(),
            Parameter::W1h => self.w1h.view(),
            Parameter::B1 => self.b1.view().insert_axis(Axis(0)),
            Parameter::W2 => self.w2.view(),
            Parameter::B2 => self.b2.view().insert_axis(Axis(0)),
        }
    }

    /// The same tensor, to be changed.
    pub fn matrix_mut(&mut self, parameter: Parameter) -> ArrayViewMut2<'_, f64> {
        match parameter {
            Parameter::W1x => self.w1x.view_mut(),
            Parameter::W1h => self.w1h.view_mut(),
            Parameter::B1 => self.b1.view_mut().insert_axis(Axis(0)),
            Parameter::W2 => self.w2.view_mut(),
            Parameter::B2 => self.b2.view_mut().insert_axis(Axis(0)),
        }
    }
}

/// The Euclidean norm ‖v‖ of `values`, without overflow on the way.
pub fn norm(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let largest = values.clone().fold(0.0, |most: f64, value| most.max(value.abs()));
    if largest == 0.0 || !largest.is_finite() {
        return values.map(f64::abs).sum();
    }
    largest * values.map(|value| (value / largest).powi(2)).sum::<f64>().sqrt()
}

/// The key of a random generator for one `purpose`, out of the learner's seed.
fn seed_of(seed: u64, purpose: u8) -> [u8; 32] {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8] = purpose;
    key
}

/// The 64-bit FNV-1a hash of a name (Fowler, Noll and Vo).
fn hash(name: &str) -> u64 {
    name.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// A number uniform in [0, 1): the upper 53 bits, which is all that an `f64` holds.
fn uniform(random: &mut ChaCha8Rng) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A number close to the standard normal distribution, by additions alone: the logarithm and the
/// cosine of the usual methods differ in their last bit between machines.
fn nearly_normal(random: &mut ChaCha8Rng) -> f64 {
    (0..12).map(|_| uniform(random)).sum::<f64>() - 6.0
}

/// A row of uniform numbers for each name, drawn from a stream of the name's own.
fn glorot_uniform(names: &[String], columns: usize, seed: [u8; 32]) -> Array2<f64> {
    let limit = (6.0 / (names.len() + columns) as f64).sqrt();
    let mut matrix = Array2::zeros((names.len(), columns));
    for (name, mut row) in names.iter().zip(matrix.rows_mut()) {
        let mut random = ChaCha8Rng::from_seed(seed);
        random.set_stream(hash(name));
        row.map_inplace(|weight| *weight = limit * (2.0 * uniform(&mut random) - 1.0));
    }
    matrix
}

/// A random orthogonal matrix: rows of random numbers made orthonormal by Gram and Schmidt's
/// method, each row cleaned twice, which is enough for full precision (Giraud and others 2005).
fn orthogonal(size: usize, random: &mut ChaCha8Rng) -> Array2<f64> {
    let mut matrix = Array2::zeros((size, size));
    for index in 0..size {
        let (done, mut rest) = matrix.view_mut().split_at(Axis(0), index);
        let mut row = rest.row_mut(0);
        loop {
            row.map_inplace(|value| *value = nearly_normal(random));
            let drawn = norm(row.iter().copied());
            for earlier in done.rows().into_iter().chain(done.rows()) {
                let shadow = Zip::from(&earlier).and(&row).fold(0.0, |sum, a, b| sum + a * b);
                row.scaled_add(-shadow, &earlier);
            }
            let left = norm(row.iter().copied());
            // A draw that lies almost in the span of the rows before it would keep only rounding.
            if left > 1e-3 * drawn {
                row /= left;
                break;
            }
        }
    }
    matrix
}

/// A vector as a JSON array.
mod row {
    use ndarray::Array1;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(row: &Array1<f64>, to: S) -> Result<S::Ok, S::Error> {
        row.to_vec().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Array1<f64>, D::Error> {
        Vec::deserialize(from).map(Array1::from_vec)
    }
}

/// A matrix as a JSON array of its rows.
pub(crate) mod rows {
    use ndarray::Array2;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(matrix: &Array2<f64>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(matrix.rows().into_iter().map(|row| row.to_vec()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Array2<f64>, D::Error> {
        let rows: Vec<Vec<f64>> = Vec::deserialize(from)?;
        let columns = rows.first().map_or(0, Vec::len);
        if let Some((number, row)) = (1..).zip(&rows).find(|(_, row)| row.len() != columns) {
            return Err(D::Error::custom(format!(
                "row {number} has {} numbers, but row 1 has {columns}",
                row.len()
            )));
        }
        let shape = (rows.len(), columns);
        Array2::from_shape_vec(shape, rows.into_iter().flatten().collect())
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn start(text: &str, units: usize, seed: u64, spectral_radius: f64) -> Weights {
        Weights::start(&names(text), units, &names("no yes"), seed, spectral_radius)
    }

    #[test]
    fn start_weights_come_from_the_seed_alone() {
        assert_eq!(start("a b", 5, 21, 0.9), start("a b", 5, 21, 0.9));
        assert_ne!(start("a b", 5, 21, 0.9), start("a b", 5, 22, 0.9));
        assert_eq!(start("a b", 5, 21, 0.9).w1h, start("a b c", 5, 21, 0.9).w1h);
    }

    #[test]
    fn a_token_keeps_its_weights_in_another_order() {
        let (there, back) = (start("a b c", 4, 7, 1.0).w1x, start("c b a", 4, 7, 1.0).w1x);
        assert_eq!(there.row(0), back.row(2));
        assert_eq!(there.row(1), back.row(1));
        assert_ne!(there.row(0), there.row(1));
    }

    #[test]
    fn the_recurrent_matrix_is_orthogonal_times_the_radius() {
        let w1h = start("a", 32, 3, 0.5).w1h;
        let product = w1h.dot(&w1h.t());
        for ((i, j), &value) in product.indexed_iter() {
            let expected = if i == j { 0.25 } else { 0.0 };
            assert!((value - expected).abs() < 1e-14, "[{i},{j}] = {value}");
        }
    }

    #[test]
    fn glorot_weights_fill_their_range() {
        let limit = (6.0_f64 / 12.0).sqrt();
        let w1x = start("a b c d e f g", 5, 1, 1.0).w1x;
        let widest = w1x.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
        assert!(widest < limit && widest > 0.8 * limit);
    }

    #[test]
    fn the_norm_survives_huge_and_tiny_numbers() {
        for scale in [1e-200, 1.0, 1e200] {
            let length = norm([3.0 * scale, -4.0 * scale].into_iter());
            assert!((length / scale - 5.0).abs() < 1e-14, "{length}");
        }
        assert_eq!(norm([0.0, 0.0].into_iter()), 0.0);
        assert_eq!(norm([f64::INFINITY, 1.0].into_iter()), f64::INFINITY);
        assert!(norm([f64::NAN, 1.0].into_iter()).is_nan());
    }

    #[test]
    fn clipping_shortens_only_what_is_too_long() {
        let gradient = start("a b c", 5, 4, 1.0);
        let clipped = gradient.clipped(0.5);
        assert!((clipped.norm() - 0.5).abs() < 1e-12);
        assert!((clipped.w1x[[0, 0]] / gradient.w1x[[0, 0]] - 0.5 / gradient.norm()).abs() < 1e-12);
        assert_eq!(gradient.clipped(1e9), gradient);
        let nothing = Weights::zeros(gradient.sizes());
        assert_eq!(nothing.clipped(1.0), nothing);
    }
}
