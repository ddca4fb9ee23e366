//! The parameters of a network in one block of numbers; their gradients and contributions have the
//! same type.

use crate::recipe::{Cell, Factor, Gate, Parameter};
use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis, Zip};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, Visitor},
    ser::SerializeMap,
};
use std::{fmt, ops::Range};

/// The sizes that fix every shape: d inputs, n units, k outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// d, the length of an input.
    pub inputs: usize,
    /// n, the length of a hidden state.
    pub units: usize,
    /// k, the number of outputs.
    pub outputs: usize,
}

impl Sizes {
    /// The rows and columns of a tensor; a bias is one row.
    pub const fn of(self, parameter: Parameter) -> (usize, usize) {
        let Self { inputs, units, outputs } = self;
        match parameter {
            Parameter::FromInput(_) => (inputs, units),
            Parameter::FromState(_) => (units, units),
            Parameter::Bias(_) | Parameter::StateBias(_) => (1, units),
            Parameter::ToOutput => (units, outputs),
            Parameter::OutputBias => (1, outputs),
        }
    }
}

/// Where a tensor stands in the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tensor {
    parameter: Parameter,
    rows: usize,
    columns: usize,
    begin: usize,
}

impl Tensor {
    const fn range(self) -> Range<usize> {
        self.begin..self.begin + self.rows * self.columns
    }
}

/// Which tensors stand in a block of weights, one after the other, each row by row.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Shape {
    tensors: Vec<Tensor>,
    length: usize,
}

impl Shape {
    /// That of the weights of a `cell`.
    pub fn of(cell: Cell, sizes: Sizes) -> Self {
        let mut shape = Self::default();
        for parameter in cell.recipe().parameters() {
            shape.push(parameter, sizes.of(parameter));
        }
        shape
    }

    fn push(&mut self, parameter: Parameter, (rows, columns): (usize, usize)) {
        self.tensors.push(Tensor { parameter, rows, columns, begin: self.length });
        self.length += rows * columns;
    }

    /// The place of a tensor in the block; empty where there is no such tensor.
    pub fn range(&self, parameter: Parameter) -> Range<usize> {
        self.tensor(parameter).map_or(0..0, Tensor::range)
    }

    /// The tensors that there are, in their order.
    pub fn parameters(&self) -> impl Iterator<Item = Parameter> + Clone + '_ {
        self.tensors.iter().map(|tensor| tensor.parameter)
    }

    fn tensor(&self, parameter: Parameter) -> Option<Tensor> {
        self.tensors.iter().copied().find(|tensor| tensor.parameter == parameter)
    }
}

/// The parameters of a network, or their gradients, or one step's contribution to them.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Weights {
    shape: Shape,
    numbers: Vec<f64>,
}

/// What initial weights are drawn by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Start {
    /// The seed.
    pub seed: u64,
    /// The modulus of the eigenvalues of every n×n block.
    pub spectral_radius: f64,
    /// The bias of the gate that keeps.
    pub keep_bias: f64,
}

impl Weights {
    /// The tensors of a `cell`, full of zeros.
    pub fn zeros(cell: Cell, sizes: Sizes) -> Self {
        let shape = Shape::of(cell, sizes);
        Self { numbers: vec![0.0; shape.length], shape }
    }

    /// Zeros in the tensors of `self`.
    #[must_use]
    pub fn zeros_like(&self) -> Self {
        Self { shape: self.shape.clone(), numbers: vec![0.0; self.numbers.len()] }
    }

    /// A block of these tensors, in their order, whatever their sizes.
    pub fn from_tensors(tensors: impl IntoIterator<Item = (Parameter, Array2<f64>)>) -> Self {
        let mut weights = Self::default();
        for (parameter, matrix) in tensors {
            weights.shape.push(parameter, matrix.dim());
            weights.numbers.extend(&matrix);
        }
        weights
    }

    /// Initial weights from a seed, bit for bit the same on every machine.
    ///
    /// What leads from the input and to the output is uniform within ±√(6 / (fan-in + fan-out))
    /// (Glorot and Bengio 2010); every n×n block is an orthogonal matrix (Saxe, McClelland and
    /// Ganguli 2014) times the spectral radius, so every eigenvalue has that modulus; the biases are
    /// zero, but for that of the gate that keeps (Jozefowicz, Zaremba and Sutskever 2015).
    ///
    /// The row of a matrix that belongs to a token, and the column of W₂ that belongs to an output,
    /// depend on the seed and its name, not on its place: a sequence in another order meets the
    /// same weights, so whatever changes is due to the order.
    pub fn start(
        cell: Cell,
        inputs: &[String],
        units: usize,
        outputs: &[String],
        start: Start,
    ) -> Self {
        let sizes = Sizes { inputs: inputs.len(), units, outputs: outputs.len() };
        let mut weights = Self::zeros(cell, sizes);
        let recipe = cell.recipe();
        for parameter in recipe.parameters() {
            let drawn = match parameter {
                Parameter::FromInput(gate) => {
                    glorot_uniform(inputs, units, seed_of(start.seed, 1, gate))
                }
                Parameter::FromState(gate) => {
                    let seed = seed_of(start.seed, 0, gate);
                    orthogonal(units, &mut ChaCha8Rng::from_seed(seed)) * start.spectral_radius
                }
                Parameter::ToOutput => {
                    glorot_uniform(outputs, units, seed_of(start.seed, 2, Gate::One))
                        .reversed_axes()
                }
                Parameter::Bias(gate) => match recipe.keeps() {
                    Some((keeper, Factor::Is(_))) if keeper == gate => {
                        Array2::from_elem((1, units), start.keep_bias)
                    }
                    // It keeps where the gate is shut.
                    Some((keeper, Factor::Rest(_))) if keeper == gate => {
                        Array2::from_elem((1, units), -start.keep_bias)
                    }
                    _ => continue,
                },
                Parameter::StateBias(_) | Parameter::OutputBias => continue,
            };
            weights.matrix_mut(parameter).assign(&drawn);
        }
        weights
    }

    /// The sizes that the tensors have.
    pub fn sizes(&self) -> Sizes {
        let rows = |counts: fn(Parameter) -> bool| {
            let mut tensors = self.shape.tensors.iter();
            tensors.find(|tensor| counts(tensor.parameter)).map_or(0, |tensor| tensor.rows)
        };
        Sizes {
            inputs: rows(|parameter| matches!(parameter, Parameter::FromInput(_))),
            units: rows(|parameter| parameter == Parameter::ToOutput),
            outputs: self.shape.tensor(Parameter::OutputBias).map_or(0, |tensor| tensor.columns),
        }
    }

    /// Which tensors there are, and where.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The tensors that there are, in their order.
    pub fn parameters(&self) -> impl Iterator<Item = Parameter> + Clone + '_ {
        self.shape.parameters()
    }

    /// Every number, tensor by tensor and row by row.
    pub fn numbers(&self) -> &[f64] {
        &self.numbers
    }

    /// The same numbers, to be changed.
    pub fn numbers_mut(&mut self) -> &mut [f64] {
        &mut self.numbers
    }

    /// Every number, tensor by tensor and row by row.
    pub fn values(&self) -> impl Iterator<Item = f64> + Clone + '_ {
        self.numbers.iter().copied()
    }

    /// The Euclidean norm over all tensors together.
    pub fn norm(&self) -> f64 {
        norm(self.values())
    }

    /// Adds `factor` times `other`, number by number; both have the same shape.
    pub fn add_scaled(&mut self, factor: f64, other: &Self) {
        for (number, other) in self.numbers.iter_mut().zip(&other.numbers) {
            *number += factor * other;
        }
    }

    /// The gradient g · min(1, c/‖g‖): the same direction, at most `threshold` long (Pascanu,
    /// Mikolov and Bengio 2013).
    #[must_use]
    pub fn clipped(&self, threshold: f64) -> Self {
        let mut clipped = self.zeros_like();
        clipped.add_scaled(self.clipping(threshold), self);
        clipped
    }

    /// min(1, c/‖g‖), the factor of clipping at the norm c = `threshold`, which is more than 0.
    pub fn clipping(&self, threshold: f64) -> f64 {
        // A gradient of 0 is not divided by.
        threshold / self.norm().max(threshold)
    }

    /// One tensor as a matrix; a bias is a matrix of one row. It is empty where there is none.
    pub fn matrix(&self, parameter: Parameter) -> ArrayView2<'_, f64> {
        let none = || ArrayView2::from(&[[0.0; 1]; 0]);
        let Some(tensor) = self.shape.tensor(parameter) else { return none() };
        let numbers = self.numbers.get(tensor.range()).unwrap_or_default();
        ArrayView2::from_shape((tensor.rows, tensor.columns), numbers).unwrap_or_else(|_| none())
    }

    /// The same tensor, to be changed.
    pub fn matrix_mut(&mut self, parameter: Parameter) -> ArrayViewMut2<'_, f64> {
        let none = || ArrayViewMut2::from(&mut [[0.0; 1]; 0]);
        let Some(tensor) = self.shape.tensor(parameter) else { return none() };
        let numbers = self.numbers.get_mut(tensor.range()).unwrap_or_default();
        ArrayViewMut2::from_shape((tensor.rows, tensor.columns), numbers).unwrap_or_else(|_| none())
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

/// The key of a random generator for one `purpose` and gate, out of the learner's seed.
fn seed_of(seed: u64, purpose: u8, gate: Gate) -> [u8; 32] {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8] = purpose;
    key[9] = match gate {
        Gate::One => 0,
        Gate::Input => 1,
        Gate::Forget => 2,
        Gate::Candidate => 3,
        Gate::Output => 4,
        Gate::Reset => 5,
        Gate::Update => 6,
    };
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

/// An object with a list of rows for each matrix, and a list of numbers for each bias.
impl Serialize for Weights {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.shape.tensors.len()))?;
        for parameter in self.parameters() {
            let rows: Vec<Vec<f64>> =
                self.matrix(parameter).rows().into_iter().map(|row| row.to_vec()).collect();
            if parameter.is_bias() {
                map.serialize_entry(parameter.field(), &rows.concat())?;
            } else {
                map.serialize_entry(parameter.field(), &rows)?;
            }
        }
        map.end()
    }
}

/// Whether the tensors belong together and fit a cell is found out where an experiment is made.
impl<'de> Deserialize<'de> for Weights {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Tensors;

        impl<'de> Visitor<'de> for Tensors {
            type Value = Weights;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Weights, A::Error> {
                let mut tensors: Vec<(Parameter, Array2<f64>)> = Vec::new();
                while let Some(Name(parameter)) = map.next_key()? {
                    if tensors.iter().any(|(known, _)| *known == parameter) {
                        return Err(A::Error::duplicate_field(parameter.field()));
                    }
                    let matrix = if parameter.is_bias() {
                        let row: Vec<f64> = map.next_value()?;
                        Array2::from_shape_fn((1, row.len()), |(_, column)| row[column])
                    } else {
                        map.next_value::<Rows>()?.0
                    };
                    tensors.push((parameter, matrix));
                }
                Ok(Weights::from_tensors(tensors))
            }
        }

        from.deserialize_map(Tensors)
    }
}

/// The name of a tensor.
struct Name(Parameter);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let field = String::deserialize(from)?;
        Parameter::named(&field).map(Self).ok_or_else(|| D::Error::unknown_field(&field, &[]))
    }
}

/// A matrix as a JSON array of its rows.
struct Rows(Array2<f64>);

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let rows: Vec<Vec<f64>> = Vec::deserialize(from)?;
        let columns = rows.first().map_or(0, Vec::len);
        if let Some((number, row)) = (1..).zip(&rows).find(|(_, row)| row.len() != columns) {
            return Err(D::Error::custom(format!(
                "row {number} has {} numbers, but row 1 has {columns}",
                row.len()
            )));
        }
        Ok(Self(Array2::from_shape_fn((rows.len(), columns), |(row, column)| rows[row][column])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn start(text: &str, units: usize, seed: u64, spectral_radius: f64) -> Weights {
        let by = Start { seed, spectral_radius, keep_bias: 1.0 };
        Weights::start(Cell::Tanh, &names(text), units, &names("no yes"), by)
    }

    #[test]
    fn start_weights_come_from_the_seed_alone() {
        assert_eq!(start("a b", 5, 21, 0.9), start("a b", 5, 21, 0.9));
        assert_ne!(start("a b", 5, 21, 0.9), start("a b", 5, 22, 0.9));
        assert_eq!(
            start("a b", 5, 21, 0.9).matrix(Parameter::W1H),
            start("a b c", 5, 21, 0.9).matrix(Parameter::W1H)
        );
    }

    #[test]
    fn a_token_keeps_its_weights_in_another_order() {
        let (there, back) = (start("a b c", 4, 7, 1.0), start("c b a", 4, 7, 1.0));
        let (there, back) = (there.matrix(Parameter::W1X), back.matrix(Parameter::W1X));
        assert_eq!(there.row(0), back.row(2));
        assert_eq!(there.row(1), back.row(1));
        assert_ne!(there.row(0), there.row(1));
    }

    #[test]
    fn the_recurrent_matrix_is_orthogonal_times_the_radius() {
        let weights = start("a", 32, 3, 0.5);
        let w1h = weights.matrix(Parameter::W1H);
        let product = w1h.dot(&w1h.t());
        for ((i, j), &value) in product.indexed_iter() {
            let expected = if i == j { 0.25 } else { 0.0 };
            assert!((value - expected).abs() < 1e-14, "[{i},{j}] = {value}");
        }
    }

    #[test]
    fn glorot_weights_fill_their_range() {
        let limit = (6.0_f64 / 12.0).sqrt();
        let weights = start("a b c d e f g", 5, 1, 1.0);
        let w1x = weights.matrix(Parameter::W1X);
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
        assert!(
            (clipped.numbers()[0] / gradient.numbers()[0] - 0.5 / gradient.norm()).abs() < 1e-12
        );
        assert_eq!(gradient.clipped(1e9), gradient);
        let nothing = gradient.zeros_like();
        assert_eq!(nothing.clipped(1.0), nothing);
    }

    #[test]
    fn the_gate_that_keeps_is_open_at_the_start() {
        let by = Start { seed: 3, spectral_radius: 1.0, keep_bias: 2.5 };
        let bias = |cell, parameter| {
            let weights = Weights::start(cell, &names("a b"), 2, &names("no yes"), by);
            weights.matrix(parameter).iter().copied().collect::<Vec<_>>()
        };
        assert_eq!(bias(Cell::Lstm, Parameter::Bias(Gate::Forget)), [2.5, 2.5]);
        assert_eq!(bias(Cell::Lstm, Parameter::Bias(Gate::Input)), [0.0, 0.0]);
        assert_eq!(bias(Cell::Gru, Parameter::Bias(Gate::Update)), [2.5, 2.5]);
        assert_eq!(bias(Cell::GruResetAfter, Parameter::Bias(Gate::Update)), [2.5, 2.5]);
        assert_eq!(bias(Cell::Tanh, Parameter::B1), [0.0, 0.0]);
    }

    #[test]
    fn every_gate_has_weights_of_its_own() {
        let by = Start { seed: 3, spectral_radius: 1.0, keep_bias: 1.0 };
        let weights = Weights::start(Cell::Lstm, &names("a b"), 3, &names("no yes"), by);
        let matrices = |of: fn(Gate) -> Parameter| {
            [Gate::Input, Gate::Forget, Gate::Candidate, Gate::Output]
                .map(|gate| weights.matrix(of(gate)))
        };
        for all in [matrices(Parameter::FromInput), matrices(Parameter::FromState)] {
            for (index, one) in all.iter().enumerate() {
                assert!(all[..index].iter().all(|other| other != one));
            }
        }
    }
}
