//! Which layer the names of a file are of, and its blocks as the tensors of a cell.

use super::{
    Listed, Maker, ModelError, Side, check,
    file::{File, Kind, Tensor},
};
use crate::{
    experiment::{LARGEST_WEIGHT, MOST_ENTRIES, UNITS},
    recipe::{
        Cell, Gate,
        Parameter::{self, Bias, FromInput, FromState, OutputBias, StateBias, ToOutput},
    },
    weights::{Sizes, Weights},
};
use ndarray::{Array2, Axis, Slice};

/// What was recognised in a file.
pub(super) struct Found {
    pub(super) maker: Maker,
    /// The cells that it may be of, the likeliest first, each with its weights.
    pub(super) candidates: Vec<(Cell, Weights)>,
    pub(super) taken: Vec<Listed>,
    pub(super) left: Vec<Listed>,
    pub(super) embedding: Option<Listed>,
    pub(super) has_output: bool,
    /// How far a number of it may be off, in parts of the largest.
    pub(super) tolerance: f64,
}

/// A tensor by the parts of its name that say what it is.
struct Named<'a> {
    tensor: &'a Tensor<'a>,
    /// What goes before the last dot: the layer.
    layer: String,
    /// What stands behind it.
    last: String,
}

/// The tensors of a file, and those that are taken.
struct Tensors<'a> {
    all: Vec<Named<'a>>,
    taken: Vec<usize>,
}

impl<'a> Tensors<'a> {
    /// Wrappers put words of their own before names, Keras parts them by `/`, and `TensorFlow` counts them.
    fn of(file: &'a File<'a>) -> Result<Self, ModelError> {
        let mut all: Vec<Named> = Vec::new();
        for tensor in &file.tensors {
            let name = tensor.name.strip_suffix(":0").unwrap_or(&tensor.name);
            let parts = name.split(['.', '/']);
            let parts: Vec<&str> =
                parts.filter(|part| !matches!(*part, "_orig_mod" | "module")).collect();
            let Some((last, layer)) = parts.split_last() else { continue };
            let (layer, last) = (layer.join("."), (*last).to_owned());
            if all.iter().any(|other| other.layer == layer && other.last == last) {
                return Err(ModelError::Repeated { name: tensor.name.clone() });
            }
            all.push(Named { tensor, layer, last });
        }
        Ok(Self { all, taken: Vec::new() })
    }

    fn place(&self, layer: &str, last: &str) -> Option<usize> {
        self.all.iter().position(|named| named.layer == layer && named.last == last)
    }

    /// The tensor of this name, which must have this shape: its numbers, if it is there.
    fn numbers(
        &mut self,
        layer: &str,
        last: &str,
        shape: &[usize],
    ) -> Result<Option<Vec<f64>>, ModelError> {
        let Some(place) = self.place(layer, last) else { return Ok(None) };
        let tensor = self.all[place].tensor;
        let name = || tensor.name.clone();
        if tensor.shape != shape {
            let (found, expected) = (tensor.shape.clone(), shape.to_vec());
            return Err(ModelError::Shape { name: name(), found, expected });
        }
        let numbers = tensor.floats()?;
        let fits = |number: &f64| (-LARGEST_WEIGHT..=LARGEST_WEIGHT).contains(number);
        if !numbers.iter().all(fits) {
            return Err(ModelError::Number { name: name() });
        }
        self.taken.push(place);
        Ok(Some(numbers))
    }

    /// A matrix that must be there.
    fn matrix(
        &mut self,
        layer: &str,
        last: &str,
        shape: (usize, usize),
    ) -> Result<Array2<f64>, ModelError> {
        let missing = || ModelError::Missing {
            name: if layer.is_empty() { last.to_owned() } else { format!("{layer}.{last}") },
        };
        let numbers = self.numbers(layer, last, &[shape.0, shape.1])?.ok_or_else(missing)?;
        Array2::from_shape_vec(shape, numbers).map_err(|_| missing())
    }

    /// The sides of a tensor that must be a matrix.
    fn sides(&self, place: usize) -> Result<(usize, usize), ModelError> {
        let tensor = self.all[place].tensor;
        match tensor.shape[..] {
            [rows, columns] if rows > 0 && columns > 0 => Ok((rows, columns)),
            _ => Err(ModelError::Shape {
                name: tensor.name.clone(),
                found: tensor.shape.clone(),
                expected: vec![1, 1],
            }),
        }
    }
}

/// A layer with its gates side by side, in the order of `gates`.
struct Packed {
    /// The cells that it may be of.
    cells: Vec<Cell>,
    gates: &'static [Gate],
    /// d × g·n.
    from_input: Array2<f64>,
    /// n × g·n.
    from_state: Array2<f64>,
    /// g·n.
    bias: Vec<f64>,
    /// g·n: the bias of the product with the state.
    state_bias: Vec<f64>,
}

/// The gates of a layer with so many blocks.
const ONE: &[Gate] = &[Gate::One];
const LSTM: &[Gate] = &[Gate::Input, Gate::Forget, Gate::Candidate, Gate::Output];
const GRU_TORCH: &[Gate] = &[Gate::Reset, Gate::Update, Gate::Candidate];
const GRU_KERAS: &[Gate] = &[Gate::Update, Gate::Reset, Gate::Candidate];

/// Recognises the one recurrent layer of `file` and what reads it; `named` is the cell that the file says
/// it is of.
///
/// # Errors
///
/// What is there besides and changes what the layer means; what is missing; what has another shape.
#[inline]
pub(super) fn recognise(file: &File, named: Option<&str>) -> Result<Found, ModelError> {
    let mut tensors = Tensors::of(file)?;
    refuse_others(&tensors)?;
    let (maker, layer) = one_layer(&tensors)?;
    let (mut candidates, embedding, head) = match maker {
        Maker::Unrolled => (ours(&mut tensors, &layer)?, None, true),
        _ => theirs(&mut tensors, maker, &layer)?,
    };
    if let Some(cell) = named {
        candidates.retain(|(candidate, _)| candidate.name() == cell);
        if candidates.is_empty() {
            return Err(ModelError::OtherCell { cell: cell.chars().take(40).collect() });
        }
    }
    let is_taken = |place: usize| tensors.taken.contains(&place);
    let places = || tensors.all.iter().enumerate();
    let kinds = places().filter(|(place, _)| is_taken(*place)).map(|(_, named)| &named.tensor.kind);
    let tolerance = kinds.map(Kind::tolerance).fold(0.0, f64::max);
    let list = |taken: bool| {
        let all = places().filter(|(place, named)| {
            is_taken(*place) == taken && ![check::X, check::Y].contains(&named.tensor.name.as_str())
        });
        all.map(|(_, named)| named.tensor.listed()).collect()
    };
    let (taken, left) = (list(true), list(false));
    Ok(Found { maker, candidates, taken, left, embedding, has_output: head, tolerance })
}

/// Refuses what changes the meaning of a layer: another above it, another direction, a projection, parts.
fn refuse_others(tensors: &Tensors) -> Result<(), ModelError> {
    for Named { tensor, layer, last } in &tensors.all {
        let name = || tensor.name.clone();
        let mut path = layer.split('.');
        let is_weight =
            ["weight_ih", "weight_hh", "weight_hr"].iter().any(|it| last.starts_with(it));
        if path.any(|part| part == "parametrizations")
            || is_weight && (last.ends_with("_g") || last.ends_with("_v"))
        {
            return Err(ModelError::Parts { name: name() });
        }
        if last.ends_with("_reverse")
            || last == "recurrent_kernel" && layer.split('.').any(|it| it.starts_with("backward_"))
        {
            return Err(ModelError::Backward { name: name() });
        }
        if last.starts_with("weight_hr") {
            return Err(ModelError::Projection { name: name() });
        }
    }
    Ok(())
}

/// The one recurrent layer: who made it, and its name.
fn one_layer(tensors: &Tensors) -> Result<(Maker, String), ModelError> {
    let recurrent = |named: &&Named| {
        let last = named.last.as_str();
        last.starts_with("weight_hh")
            || last == "recurrent_kernel"
            || ["w1h", "wfh", "wrh"].contains(&last)
    };
    let all: Vec<&Named> = tensors.all.iter().filter(recurrent).collect();
    let names =
        |all: &[&Named]| all.iter().take(8).map(|named| named.tensor.name.clone()).collect();
    match all[..] {
        [] => {
            let every: Vec<&Named> = tensors.all.iter().collect();
            let nameless = |named: &&Named| named.last.starts_with("arr_");
            if !every.is_empty() && every.iter().all(nameless) {
                return Err(ModelError::Unnamed);
            }
            Err(ModelError::NoLayer { names: names(&every) })
        }
        [one] => {
            let maker = match one.last.as_str() {
                "recurrent_kernel" => Maker::Keras,
                last if last.starts_with("weight") => Maker::PyTorch,
                _ => Maker::Unrolled,
            };
            Ok((maker, one.layer.clone()))
        }
        _ => Err(ModelError::Layers { names: names(&all) }),
    }
}

/// The tensors that this program writes, one for each gate.
fn ours(tensors: &mut Tensors, layer: &str) -> Result<Vec<(Cell, Weights)>, ModelError> {
    let has =
        |tensors: &Tensors, parameter: Parameter| tensors.place(layer, parameter.field()).is_some();
    let all: Vec<Parameter> = Parameter::of_any_cell().filter(|it| has(tensors, *it)).collect();
    let cells = Cell::ALL.into_iter().filter(|cell| {
        let own = cell.recipe().parameters();
        own.len() == all.len() && own.iter().all(|parameter| all.contains(parameter))
    });
    let cells: Vec<Cell> = cells.collect();
    let Some(first) = cells.first() else {
        return Err(ModelError::NoLayer {
            names: all.iter().map(|it| it.field().into()).collect(),
        });
    };
    let own = first.recipe().parameters();
    let input = own.iter().find(|parameter| matches!(parameter, FromInput(_)));
    let field = |parameter: &Parameter| parameter.field();
    let place = |name| tensors.place(layer, name).ok_or(ModelError::Damaged);
    let (inputs, units) = tensors.sides(place(input.map_or("", field))?)?;
    let (_, outputs) = tensors.sides(place(ToOutput.field())?)?;
    let sizes = Sizes { inputs, units, outputs };
    bounded(sizes)?;
    let mut weights = Weights::zeros(*first, sizes);
    for parameter in own {
        let (rows, columns) = sizes.of(parameter);
        let shape = if parameter.is_bias() { vec![columns] } else { vec![rows, columns] };
        let numbers = tensors.numbers(layer, parameter.field(), &shape)?.unwrap_or_default();
        for (to, from) in weights.matrix_mut(parameter).iter_mut().zip(numbers) {
            *to = from;
        }
    }
    Ok(cells.into_iter().map(|cell| (cell, weights.clone())).collect())
}

fn bounded(sizes: Sizes) -> Result<(), ModelError> {
    let Sizes { inputs, units, outputs } = sizes;
    for (of, found, most) in [
        (Side::Units, units, *UNITS.end()),
        (Side::Inputs, inputs, MOST_ENTRIES),
        (Side::Outputs, outputs, MOST_ENTRIES),
    ] {
        if found > most {
            return Err(ModelError::TooMany { of, found, most });
        }
    }
    Ok(())
}

type Theirs = (Vec<(Cell, Weights)>, Option<Listed>, bool);

/// The layer of another library, with an embedding before it and an output layer behind it.
fn theirs(tensors: &mut Tensors, maker: Maker, layer: &str) -> Result<Theirs, ModelError> {
    let mut packed = match maker {
        Maker::Keras => keras(tensors, layer)?,
        _ => torch(tensors, layer)?,
    };
    let embedding = fold_embedding(tensors, &mut packed)?;
    let units = packed.from_state.nrows();
    let inputs = packed.from_input.nrows();
    let (head, bias) = match output(tensors, units)? {
        Some((head, bias)) => (Some(head), bias),
        None => (None, Vec::new()),
    };
    let outputs = head.as_ref().map_or(units, Array2::ncols);
    let sizes = Sizes { inputs, units, outputs };
    bounded(sizes)?;
    let candidates = packed.cells.iter().map(|cell| {
        let mut weights = packed.weights(*cell, sizes);
        weights.matrix_mut(ToOutput).assign(head.as_ref().unwrap_or(&Array2::eye(units)));
        for (to, from) in weights.matrix_mut(OutputBias).iter_mut().zip(&bias) {
            *to = *from;
        }
        (*cell, weights)
    });
    Ok((candidates.collect(), embedding, head.is_some()))
}

impl Packed {
    /// The weights of `cell`, each gate's its own, those of the output left at zero.
    fn weights(&self, cell: Cell, sizes: Sizes) -> Weights {
        let mut weights = Weights::zeros(cell, sizes);
        let n = sizes.units;
        for (gate, begin) in self.gates.iter().copied().zip((0..).step_by(n)) {
            let columns = |packed: &Array2<f64>| {
                packed.slice_axis(Axis(1), Slice::from(begin..begin + n)).to_owned()
            };
            weights.matrix_mut(FromInput(gate)).assign(&columns(&self.from_input));
            weights.matrix_mut(FromState(gate)).assign(&columns(&self.from_state));
            let apart = weights.parameters().any(|parameter| parameter == StateBias(gate));
            for unit in 0..n {
                let (own, of_state) = (self.bias[begin + unit], self.state_bias[begin + unit]);
                let sum = if apart { own } else { own + of_state };
                weights.matrix_mut(Bias(gate))[[0, unit]] = sum;
                if apart {
                    weights.matrix_mut(StateBias(gate))[[0, unit]] = of_state;
                }
            }
        }
        weights
    }
}

/// How many times the shorter side of a recurrent matrix the longer one is.
fn blocks(tensors: &Tensors, place: usize, long: usize, n: usize) -> Result<usize, ModelError> {
    let (rows, columns) = tensors.sides(place)?;
    let times = [1, 3, 4].into_iter().find(|times| n.checked_mul(*times) == Some(long));
    let name = || tensors.all[place].tensor.name.clone();
    let times = times.ok_or_else(|| ModelError::Blocks { name: name(), rows, columns })?;
    if n > *UNITS.end() {
        return Err(ModelError::TooMany { of: Side::Units, found: n, most: *UNITS.end() });
    }
    Ok(times)
}

/// `weight_hh_l0` of a layer or `weight_hh` of a cell, and what belongs to it.
fn torch(tensors: &mut Tensors, layer: &str) -> Result<Packed, ModelError> {
    let suffix = if tensors.place(layer, "weight_hh").is_some() { "" } else { "_l0" };
    let last = |name: &str| format!("{name}{suffix}");
    let missing = || ModelError::Missing { name: last("weight_ih") };
    let place = tensors.place(layer, &last("weight_hh")).ok_or_else(missing)?;
    let (long, n) = tensors.sides(place)?;
    let times = blocks(tensors, place, long, n)?;
    let (cells, gates) = match times {
        1 => (vec![Cell::Tanh, Cell::Relu], ONE),
        3 => (vec![Cell::GruResetAfter], GRU_TORCH),
        _ => (vec![Cell::Lstm], LSTM),
    };
    let from_state = tensors.matrix(layer, &last("weight_hh"), (long, n))?;
    let input = tensors.place(layer, &last("weight_ih")).ok_or_else(missing)?;
    let (_, d) = tensors.sides(input)?;
    let from_input = tensors.matrix(layer, &last("weight_ih"), (long, d))?;
    let mut bias = |name: &str| {
        let numbers = tensors.numbers(layer, &last(name), &[long])?;
        Ok::<_, ModelError>(numbers.unwrap_or_else(|| vec![0.0; long]))
    };
    Ok(Packed {
        cells,
        gates,
        from_input: from_input.reversed_axes(),
        from_state: from_state.reversed_axes(),
        bias: bias("bias_ih")?,
        state_bias: bias("bias_hh")?,
    })
}

/// `kernel`, `recurrent_kernel` and `bias`. That of a GRU says by its shape which of the two formulas it
/// is; without one it may be either.
fn keras(tensors: &mut Tensors, layer: &str) -> Result<Packed, ModelError> {
    let missing = |name: &str| ModelError::Missing { name: name.to_owned() };
    let recurrent = "recurrent_kernel";
    let place = tensors.place(layer, recurrent).ok_or_else(|| missing(recurrent))?;
    let (n, long) = tensors.sides(place)?;
    let times = blocks(tensors, place, long, n)?;
    let bias = tensors.place(layer, "bias").map(|place| tensors.all[place].tensor.shape.len());
    let (cells, gates) = match (times, bias) {
        (1, _) => (vec![Cell::Tanh, Cell::Relu, Cell::Sigmoid], ONE),
        (3, Some(2)) => (vec![Cell::GruResetAfter], GRU_KERAS),
        (3, Some(_)) => (vec![Cell::Gru], GRU_KERAS),
        (3, None) => (vec![Cell::GruResetAfter, Cell::Gru], GRU_KERAS),
        _ => (vec![Cell::Lstm], LSTM),
    };
    let from_state = tensors.matrix(layer, recurrent, (n, long))?;
    let input = tensors.place(layer, "kernel").ok_or_else(|| missing("kernel"))?;
    let (d, _) = tensors.sides(input)?;
    let from_input = tensors.matrix(layer, "kernel", (d, long))?;
    let two = times == 3 && bias == Some(2);
    let shape = if two { vec![2, long] } else { vec![long] };
    let mut bias = tensors.numbers(layer, "bias", &shape)?.unwrap_or_default();
    bias.resize(2 * long, 0.0);
    let state_bias = bias.split_off(long);
    Ok(Packed { cells, gates, from_input, from_state, bias, state_bias })
}

/// An embedding before the layer: its product with the weights of the input takes their place, so that
/// a token is its own input.
fn fold_embedding(
    tensors: &mut Tensors,
    packed: &mut Packed,
) -> Result<Option<Listed>, ModelError> {
    let d = packed.from_input.nrows();
    let is_embedding = |named: &Named| {
        let sized = matches!(named.tensor.shape[..], [tokens, width] if tokens > 0 && width == d);
        let weight = named.last == "weight" && named.layer.to_ascii_lowercase().contains("emb");
        sized && (weight || named.last == "embeddings")
    };
    let mut all = (0..tensors.all.len()).filter(|place| is_embedding(&tensors.all[*place]));
    let (Some(place), None) = (all.next(), all.next()) else { return Ok(None) };
    let listed = tensors.all[place].tensor.listed();
    let (layer, last) = (tensors.all[place].layer.clone(), tensors.all[place].last.clone());
    let (tokens, _) = tensors.sides(place)?;
    if tokens > MOST_ENTRIES {
        return Err(ModelError::TooMany { of: Side::Inputs, found: tokens, most: MOST_ENTRIES });
    }
    let embedding = tensors.matrix(&layer, &last, (tokens, d))?;
    packed.from_input = embedding.dot(&packed.from_input);
    Ok(Some(listed))
}

/// A matrix and a bias: n×k and k.
type OutputLayer = (Array2<f64>, Vec<f64>);

/// The layer that reads the states.
fn output(tensors: &mut Tensors, units: usize) -> Result<Option<OutputLayer>, ModelError> {
    let outputs = |named: &Named| match (named.last.as_str(), &named.tensor.shape[..]) {
        ("weight", [k, n]) | ("kernel", [n, k]) if *n == units && *k > 0 => Some(*k),
        _ => None,
    };
    let free = (0..tensors.all.len()).filter(|place| !tensors.taken.contains(place));
    let all: Vec<(usize, usize)> =
        free.filter_map(|place| Some((place, outputs(&tensors.all[place])?))).collect();
    let (place, k) = match all[..] {
        [] => return Ok(None),
        [one] => one,
        _ => {
            let names =
                all.iter().take(8).map(|(place, _)| tensors.all[*place].tensor.name.clone());
            return Err(ModelError::Outputs { names: names.collect() });
        }
    };
    if k > MOST_ENTRIES {
        return Err(ModelError::TooMany { of: Side::Outputs, found: k, most: MOST_ENTRIES });
    }
    let (layer, last) = (tensors.all[place].layer.clone(), tensors.all[place].last.clone());
    let head = if last == "weight" {
        tensors.matrix(&layer, &last, (k, units))?.reversed_axes()
    } else {
        tensors.matrix(&layer, &last, (units, k))?
    };
    Ok(Some((head, tensors.numbers(&layer, "bias", &[k])?.unwrap_or_default())))
}
