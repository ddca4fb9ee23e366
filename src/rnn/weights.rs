//! The five parameter tensors; their gradients and contributions have the same type.

use ndarray::{Array1, Array2, Zip};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use serde::{Deserialize, Serialize};

/// The sizes that fix every shape: d vocabulary entries, n cells, k outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// d, the length of an input.
    pub vocabulary: usize,
    /// n, the length of a hidden state.
    pub cells: usize,
    /// k, the number of outputs.
    pub outputs: usize,
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
    /// W₁ₓ, from the input to the cells: d×n.
    #[serde(with = "rows")]
    pub w1x: Array2<f64>,
    /// W₁ₕ, from the previous state to the cells: n×n.
    #[serde(with = "rows")]
    pub w1h: Array2<f64>,
    /// b₁, the bias of the cells: n.
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
        let Sizes { vocabulary, cells, outputs } = sizes;
        Self {
            w1x: Array2::zeros((vocabulary, cells)),
            w1h: Array2::zeros((cells, cells)),
            b1: Array1::zeros(cells),
            w2: Array2::zeros((cells, outputs)),
            b2: Array1::zeros(outputs),
        }
    }

    /// Start weights from a seed, bit for bit the same on every machine.
    ///
    /// W₁ₓ and W₂ are uniform within ±√(6 / (fan-in + fan-out)) (Glorot and Bengio 2010); W₁ₕ is
    /// an orthogonal matrix (Saxe, McClelland and Ganguli 2014) times `spectral_radius`, so every
    /// eigenvalue has that modulus; the biases are zero. The three matrices draw from streams of
    /// their own: a longer vocabulary leaves the other two as they are.
    pub fn start(sizes: Sizes, seed: u64, spectral_radius: f64) -> Self {
        let Sizes { vocabulary, cells, outputs } = sizes;
        Self {
            w1x: glorot_uniform(vocabulary, cells, &mut stream(seed, 0)),
            w1h: orthogonal(cells, &mut stream(seed, 1)) * spectral_radius,
            w2: glorot_uniform(cells, outputs, &mut stream(seed, 2)),
            ..Self::zeros(sizes)
        }
    }

    /// The sizes that the tensors have.
    pub fn sizes(&self) -> Sizes {
        Sizes { vocabulary: self.w1x.nrows(), cells: self.b1.len(), outputs: self.b2.len() }
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
    pub fn clipped(&self, threshold: f64) -> Self {
        let mut clipped = Self::zeros(self.sizes());
        clipped.add_scaled((threshold / self.norm()).min(1.0), self);
        clipped
    }

    /// One tensor as a matrix; a bias is a matrix of one row.
    pub fn matrix(&self, parameter: Parameter) -> ndarray::ArrayView2<'_, f64> {
        match parameter {
            Parameter::W1x => self.w1x.view(),
            Parameter::W1h => self.w1h.view(),
            Parameter::B1 => self.b1.view().insert_axis(ndarray::Axis(0)),
            Parameter::W2 => self.w2.view(),
            Parameter::B2 => self.b2.view().insert_axis(ndarray::Axis(0)),
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

/// An independent stream of random numbers for one matrix.
fn stream(seed: u64, number: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(number);
    random
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

fn glorot_uniform(fan_in: usize, fan_out: usize, random: &mut ChaCha8Rng) -> Array2<f64> {
    let limit = (6.0 / (fan_in + fan_out) as f64).sqrt();
    Array2::from_shape_simple_fn((fan_in, fan_out), || limit * (2.0 * uniform(random) - 1.0))
}

/// A random orthogonal matrix: rows of random numbers made orthonormal by Gram and Schmidt's
/// method, each row cleaned twice, which is enough for full precision (Giraud and others 2005).
fn orthogonal(size: usize, random: &mut ChaCha8Rng) -> Array2<f64> {
    let mut matrix = Array2::zeros((size, size));
    for index in 0..size {
        let (done, mut rest) = matrix.view_mut().split_at(ndarray::Axis(0), index);
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
pub(super) mod rows {
    use ndarray::Array2;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in crate::rnn) fn serialize<S: Serializer>(
        matrix: &Array2<f64>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
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

    const SIZES: Sizes = Sizes { vocabulary: 7, cells: 5, outputs: 2 };

    #[test]
    fn start_weights_come_from_the_seed_alone() {
        let weights = Weights::start(SIZES, 21, 0.9);
        assert_eq!(weights, Weights::start(SIZES, 21, 0.9));
        assert_ne!(weights, Weights::start(SIZES, 22, 0.9));
        let longer = Weights::start(Sizes { vocabulary: 8, ..SIZES }, 21, 0.9);
        assert_eq!(weights.w1h, longer.w1h);
    }

    #[test]
    fn the_recurrent_matrix_is_orthogonal_times_the_radius() {
        let w1h = Weights::start(Sizes { cells: 32, ..SIZES }, 3, 0.5).w1h;
        let product = w1h.dot(&w1h.t());
        for ((i, j), &value) in product.indexed_iter() {
            let expected = if i == j { 0.25 } else { 0.0 };
            assert!((value - expected).abs() < 1e-14, "[{i},{j}] = {value}");
        }
    }

    #[test]
    fn glorot_weights_fill_their_range() {
        let limit = (6.0_f64 / 12.0).sqrt();
        let w1x = Weights::start(SIZES, 1, 1.0).w1x;
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
        let gradient = Weights::start(SIZES, 4, 1.0);
        let clipped = gradient.clipped(0.5);
        assert!((clipped.norm() - 0.5).abs() < 1e-12);
        assert!((clipped.w1x[[0, 0]] / gradient.w1x[[0, 0]] - 0.5 / gradient.norm()).abs() < 1e-12);
        assert_eq!(gradient.clipped(1e9), gradient);
        let nothing = Weights::zeros(SIZES);
        assert_eq!(nothing.clipped(1.0), nothing);
    }
}
