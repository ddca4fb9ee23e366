//! Everything that a run depends on: settings that hold together, and what follows from them.

use crate::{
    engine::{Head, Inputs, Question},
    names::names,
    recipe::{Cell, Parameter, Recipe, Variable},
    settings::{Initial, Reduction, Settings, Targets, Task},
    tokens::{self, Sequence, Step, StepUnit, TextError},
    weights::{Sizes, Start, Weights},
};
use ndarray::{Array1, Array2, Axis};
use std::{collections::HashSet, ops::RangeInclusive};
use thiserror::Error;

/// How many units a network may have.
pub const UNITS: RangeInclusive<usize> = 1..=128;
/// The most entries a given vocabulary, or a list of labels, may have.
pub const MOST_ENTRIES: usize = 1000;
/// The largest weight, either sign.
pub const LARGEST_WEIGHT: f64 = 1e6;
/// The spectral radius of W₁ₕ in initial weights.
pub const SPECTRAL_RADIUS: RangeInclusive<f64> = 0.0..=10.0;
/// The bias of the gate that keeps, in initial weights.
pub const KEEP_BIAS: RangeInclusive<f64> = -100.0..=100.0;
/// The bias of the gate that keeps where the settings name none.
pub const DEFAULT_KEEP_BIAS: f64 = 1.0;
/// The largest number of a start state or a target, either sign.
pub const LARGEST_VALUE: f64 = 1e6;
/// The learning rate η.
pub const LEARNING_RATE: RangeInclusive<f64> = 0.0..=1000.0;
/// The learning rate where the settings name none.
pub const DEFAULT_LEARNING_RATE: f64 = 0.1;
/// The spectral radius where the settings name none.
pub const DEFAULT_SPECTRAL_RADIUS: f64 = 0.95;

/// A number in a message: with an exponent where it would be a long row of zeros.
fn plain(number: f64) -> String {
    if number == 0.0 || (1e-4..1e15).contains(&number.abs()) {
        number.to_string()
    } else {
        format!("{number:e}")
    }
}

/// The bounds of a number in a message.
fn bounds(least: f64, most: f64) -> String {
    match (least, most) {
        (f64::MIN_POSITIVE, f64::MAX) => "more than 0".to_owned(),
        (_, f64::MAX) => format!("at least {}", plain(least)),
        _ => format!("between {} and {}", plain(least), plain(most)),
    }
}

/// The size of a tensor in a message; a bias is one row.
fn size(parameter: Parameter, (rows, columns): (usize, usize)) -> String {
    if parameter.is_bias() { format!("{columns} long") } else { format!("{rows} by {columns}") }
}

/// The tensors of a cell in a message.
fn tensors(cell: Cell) -> String {
    let names = cell.recipe().parameters();
    names.iter().map(|name| format!("`{}`", name.field())).collect::<Vec<_>>().join(", ")
}

/// Why settings make no experiment. The text of each names the field and how to mend it.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ExperimentError {
    /// The JSON is broken, or a field is missing, unknown or of the wrong type.
    #[error("{field}: {reason}")]
    Malformed {
        /// The path of the field.
        field: String,
        /// What the parser found.
        reason: String,
    },
    /// The text makes no sequence.
    #[error("text: {0}")]
    Text(#[from] TextError),
    /// A list (`vocabulary`, `task.labels`) has too few or too many entries.
    #[error("{field}: its length is {found}; it must be between {least} and {most}")]
    ListLength {
        /// The list.
        field: &'static str,
        /// Its length.
        found: usize,
        /// The least length.
        least: usize,
        /// The greatest length.
        most: usize,
    },
    /// A list holds the same entry twice.
    #[error("{field}: {entry:?} stands in it twice; each entry must be different")]
    RepeatedEntry {
        /// The list.
        field: &'static str,
        /// The entry.
        entry: String,
    },
    /// A list holds an entry without a character.
    #[error("{field}: entry {number} is empty")]
    EmptyEntry {
        /// The list.
        field: &'static str,
        /// The place of the entry, from 1.
        number: usize,
    },
    /// A number lies outside of what is possible.
    #[error("{field}: {} is not possible; it must be {}", plain(*found), bounds(*least, *most))]
    OutOfRange {
        /// The field, with row and column (from 1) where it is a tensor.
        field: String,
        /// The number.
        found: f64,
        /// The least possible.
        least: f64,
        /// The greatest possible.
        most: f64,
    },
    /// What is typed is no whole number from 0 on.
    #[error("{field}: it must be a whole number from 0 to {most}")]
    NotWhole {
        /// The field.
        field: &'static str,
        /// The greatest possible.
        most: u64,
    },
    /// A tensor does not fit the sizes that the other fields give.
    #[error(
        "weights.{}: it is {}; the other fields make it {}",
        parameter.field(), size(*parameter, *found), size(*parameter, *expected)
    )]
    Shape {
        /// The tensor.
        parameter: Parameter,
        /// Rows and columns it has; a bias is one row.
        found: (usize, usize),
        /// Rows and columns it must have.
        expected: (usize, usize),
    },
    /// A tensor of the cell is missing.
    #[error(
        "weights.{}: it is missing; it must be {}", parameter.field(),
        if parameter.is_bias() { "a list of numbers" } else { "a list of rows, each a list of numbers" }
    )]
    MissingTensor {
        /// The tensor.
        parameter: Parameter,
    },
    /// The weights are those of another cell.
    #[error(
        "weights.{}: the cell {:?} has no such weights; it has {}",
        parameter.field(), cell.name(), tensors(*cell)
    )]
    OtherCell {
        /// The tensor that the cell does not have.
        parameter: Parameter,
        /// The cell.
        cell: Cell,
    },
    /// There are not as many targets as steps.
    #[error(
        "task.targets: it has {found} entries, but there are {expected} steps; give each step a \
         target, or null where it has none"
    )]
    TargetCount {
        /// How many there are.
        found: usize,
        /// How many there must be.
        expected: usize,
    },
    /// No step has a target.
    #[error("task.targets: every entry is null; give at least one step a target")]
    NoTarget,
    /// A target has more or fewer numbers than the first.
    #[error(
        "task.targets: entry {entry} has {found} numbers, but the first target has {expected}; give \
         each as many"
    )]
    TargetLength {
        /// The entry, from 1.
        entry: usize,
        /// How many it has.
        found: usize,
        /// How many the first target has.
        expected: usize,
    },
    /// A start state that does not have n numbers.
    #[error("{field}: it has {found} numbers; it must have {expected}, one for each hidden unit")]
    InitialLength {
        /// The field.
        field: &'static str,
        /// How many there are.
        found: usize,
        /// n.
        expected: usize,
    },
    /// A field for a part that the cell does not have.
    #[error("{field}: the cell {:?} has no {part}; remove it", cell.name())]
    NoSuchPart {
        /// The field.
        field: &'static str,
        /// What it is for.
        part: &'static str,
        /// The cell.
        cell: Cell,
    },
    /// What is typed is no target of the task.
    #[error("task.targets: {found:?} at step {step} is no target of this task")]
    NotATarget {
        /// The step, from 1.
        step: usize,
        /// What is typed.
        found: String,
    },
    /// What is typed is no list of numbers.
    #[error(
        "{field}: {found:?} is no list of numbers; write them with commas between them, as in 0.5, -1"
    )]
    NotNumbers {
        /// The field.
        field: String,
        /// What is typed.
        found: String,
    },
    /// The run overflowed: a number in it is infinite or not a number.
    #[error(
        "weights: the gradient grows past the largest number there is; make {} smaller",
        if *plain { "`w1h`" } else { "them" }
    )]
    Overflow {
        /// Whether the cell has one weighted sum.
        plain: bool,
    },
}

/// Settings that hold together, with the sequence and the weights that follow from them.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    settings: Settings,
    sequence: Sequence,
    weights: Weights,
    outputs: Vec<String>,
    inputs: Inputs,
    start: Vec<(Variable, Vec<f64>)>,
    question: Question,
}

impl Experiment {
    /// Checks `settings` and works out the sequence and the weights.
    ///
    /// # Errors
    ///
    /// The first [`ExperimentError`] found, in the order of the fields.
    #[inline]
    pub fn new(mut settings: Settings) -> Result<Self, ExperimentError> {
        let vocabulary = settings.vocabulary.as_deref().map(read_vocabulary).transpose()?;
        let sequence = Sequence::read(&settings.text, settings.unit, vocabulary)?;
        if settings.task == Task::NextToken && settings.unit == StepUnit::Number {
            return Err(TextError::NoNextToken.into());
        }
        if settings.task == Task::NextToken && sequence.tokens().len() < 2 {
            return Err(TextError::NothingToPredict.into());
        }
        let recipe = settings.cell.recipe();
        let (outputs, question) = question(&settings, &sequence)?;
        check_range("hidden", settings.hidden as f64, *UNITS.start() as f64..=*UNITS.end() as f64)?;
        let start = start_state(&settings, recipe)?;
        if settings.keep_bias.is_some() && recipe.keeps().is_none() {
            let (field, part) = ("keep_bias", "gate that keeps");
            return Err(ExperimentError::NoSuchPart { field, part, cell: settings.cell });
        }
        let positive = f64::MIN_POSITIVE..=f64::MAX;
        for (field, number, range) in [
            ("spectral_radius", settings.spectral_radius, SPECTRAL_RADIUS),
            ("keep_bias", settings.keep_bias, KEEP_BIAS),
            ("learning_rate", settings.learning_rate, LEARNING_RATE),
            ("truncation", settings.truncation.map(|window| window as f64), 1.0..=f64::MAX),
            ("clip_norm", settings.clip_norm, positive),
        ] {
            number.map_or(Ok(()), |number| check_range(field, number, range))?;
        }
        let weights = match &settings.weights {
            Some(weights) => {
                let sizes = Sizes {
                    inputs: sequence.width(),
                    units: settings.hidden,
                    outputs: outputs.len(),
                };
                let weights = fitting(weights, settings.cell, sizes)?;
                // In the order of the cell, whatever that of the file is.
                settings.weights = Some(weights.clone());
                weights
            }
            None => Weights::start(
                settings.cell,
                &sequence.entries(),
                settings.hidden,
                &outputs,
                Start {
                    seed: settings.seed.unwrap_or_default(),
                    spectral_radius: settings.spectral_radius.unwrap_or(DEFAULT_SPECTRAL_RADIUS),
                    keep_bias: settings.keep_bias.unwrap_or(DEFAULT_KEEP_BIAS),
                },
            ),
        };
        let inputs = sequence.inputs(question.rows.len());
        Ok(Self { settings, sequence, weights, outputs, inputs, start, question })
    }

    /// Reads and checks a settings file.
    ///
    /// # Errors
    ///
    /// As [`Settings::from_json`] and [`Experiment::new`].
    #[inline]
    pub fn from_json(json: &str) -> Result<Self, ExperimentError> {
        Settings::from_json(json).and_then(Self::new)
    }

    /// The settings it was made from.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The tokens and their places in the vocabulary.
    pub fn sequence(&self) -> &Sequence {
        &self.sequence
    }

    /// The weights that the run starts with.
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// The kind of cell.
    pub fn cell(&self) -> Cell {
        self.settings.cell
    }

    /// The cell's equations.
    pub fn recipe(&self) -> &'static Recipe {
        self.settings.cell.recipe()
    }

    /// What the network reads.
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// What the network is asked.
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// The start state where it is not zero: H₀, and C₀ where there is a memory.
    pub fn start(&self) -> &[(Variable, Vec<f64>)] {
        &self.start
    }

    /// The names of the outputs, k of them: labels, tokens, or numbers from 1; the one of `binary` is
    /// nameless.
    pub fn outputs(&self) -> &[String] {
        &self.outputs
    }

    /// How each output is shown, so that no two look alike.
    pub fn output_names(&self) -> Vec<String> {
        match &self.settings.task {
            Task::NextToken => self.sequence.names().to_vec(),
            _ => names(self.outputs()),
        }
    }

    /// T, the number of time steps: one less than the tokens where the next one is the target.
    pub fn steps(&self) -> usize {
        self.question.rows.len()
    }

    /// The steps that have a loss, in order.
    pub fn loss_steps(&self) -> impl DoubleEndedIterator<Item = Step> + '_ {
        Step::all(self.steps()).filter(|&step| self.loss_row(step).is_some())
    }

    /// The first step that has a loss.
    pub fn first_loss(&self) -> Step {
        self.loss_steps().next().unwrap_or(Step::FIRST)
    }

    /// The last step that has a loss.
    pub fn last_loss(&self) -> Step {
        self.loss_steps().next_back().unwrap_or(Step::FIRST)
    }

    /// Whether more than one step has a loss.
    pub fn has_several_losses(&self) -> bool {
        self.loss_steps().nth(1).is_some()
    }

    /// The row of `step` in the arrays that have one row a loss, if the step has a loss.
    pub fn loss_row(&self, step: Step) -> Option<usize> {
        self.question.rows.get(step.index()).copied().flatten()
    }

    /// The place of the right output at `step`; of the single output of `binary`, whether y = 1.
    pub fn target(&self, step: Step) -> usize {
        let (steps, at) = (self.steps(), step.index());
        match &self.settings.task {
            Task::Binary { targets } => targets.at(at, steps).is_some_and(|target| *target).into(),
            Task::Classes { targets, .. } => targets.at(at, steps).copied().unwrap_or_default(),
            Task::Values { .. } => 0,
            Task::NextToken => self.sequence.indices().get(step.number()).copied().unwrap_or(0),
        }
    }

    /// Y, the outputs that the target asks for at `step`: k numbers; zeros where it has no loss.
    pub fn wanted(&self, step: Step) -> Array1<f64> {
        match self.loss_row(step) {
            Some(row) => self.question.wanted.row(row).to_owned(),
            None => Array1::zeros(self.outputs.len()),
        }
    }

    /// Whether every weight that `before` has too is the same here: those of a token or an output by
    /// its name, wherever it stands.
    pub fn keeps_weights_of(&self, before: &Self) -> bool {
        let (old, new) = (&before.weights, &self.weights);
        let (names, old_names) = (self.sequence.entries(), before.sequence.entries());
        if old.parameters().ne(new.parameters()) {
            return false;
        }
        let (outputs, old_outputs) = (self.outputs(), before.outputs());
        new.parameters().all(|parameter| {
            let (old, new) = (old.matrix(parameter), new.matrix(parameter));
            let same = |names: &[String], old_names: &[String], axis: Axis| {
                names.iter().zip(new.axis_iter(axis)).all(|(name, numbers)| {
                    let place = old_names.iter().position(|old| old == name);
                    place.is_none_or(|place| old.index_axis(axis, place) == numbers)
                })
            };
            match parameter {
                Parameter::FromInput(_) => same(&names, &old_names, Axis(0)),
                Parameter::ToOutput | Parameter::OutputBias => same(outputs, old_outputs, Axis(1)),
                Parameter::FromState(_) | Parameter::Bias(_) | Parameter::StateBias(_) => {
                    old == new
                }
            }
        })
    }

    /// The same experiment without truncation.
    #[must_use]
    pub fn untruncated(&self) -> Self {
        let mut whole = self.clone();
        whole.settings.truncation = None;
        whole.question.window = self.steps();
        whole
    }

    /// η, how far an update follows the gradient.
    pub fn learning_rate(&self) -> f64 {
        self.settings.learning_rate.unwrap_or(DEFAULT_LEARNING_RATE)
    }

    /// w, over how many steps a loss reaches back: at most T.
    pub fn window(&self) -> usize {
        self.question.window
    }
}

/// The names of the outputs, and what the network is asked.
fn question(
    settings: &Settings,
    sequence: &Sequence,
) -> Result<(Vec<String>, Question), ExperimentError> {
    let tokens = sequence.tokens().len();
    let steps = if settings.task == Task::NextToken { tokens - 1 } else { tokens };
    let one_hot =
        |place: usize, k: usize| (0..k).map(|at| f64::from(u8::from(at == place))).collect();
    let (outputs, head, wanted): (Vec<String>, Head, Vec<Option<Vec<f64>>>) = match &settings.task {
        Task::Binary { targets } => {
            let wanted = |target: &bool| vec![f64::from(u8::from(*target))];
            (vec![String::new()], Head::Sigmoid, at_steps(targets, steps, wanted)?)
        }
        Task::Classes { labels, targets } => {
            check_entries("task.labels", labels, 2)?;
            for (entry, &target) in targets.all() {
                let last = (labels.len() - 1) as f64;
                check_range(&target_field(entry), target as f64, 0.0..=last)?;
            }
            let wanted = |target: &usize| one_hot(*target, labels.len());
            (labels.clone(), Head::Softmax, at_steps(targets, steps, wanted)?)
        }
        Task::Values { targets } => {
            let wanted = at_steps(targets, steps, Vec::clone)?;
            let k = check_values(targets)?;
            ((1..=k).map(|output| output.to_string()).collect(), Head::Identity, wanted)
        }
        Task::NextToken => {
            let k = sequence.vocabulary().len();
            let next = sequence.indices().iter().skip(1);
            let wanted = next.map(|&place| Some(one_hot(place, k))).collect();
            (sequence.vocabulary().to_vec(), Head::Softmax, wanted)
        }
    };
    let mut losses = 0..;
    let rows = wanted.iter().map(|wanted| wanted.as_ref().and_then(|_| losses.next())).collect();
    let numbers: Vec<Vec<f64>> = wanted.into_iter().flatten().collect();
    let shape = (numbers.len(), outputs.len());
    let wanted = Array2::from_shape_fn(shape, |(row, output)| numbers[row][output]);
    let share = match settings.reduction {
        None | Some(Reduction::Sum) => 1.0,
        Some(Reduction::Mean) => 1.0 / shape.0 as f64,
    };
    let window = settings.truncation.unwrap_or(usize::MAX).min(steps);
    Ok((outputs, Question { head, wanted, rows, share, window }))
}

/// Y of each step, as `wanted` makes it of the target.
fn at_steps<T>(
    targets: &Targets<T>,
    steps: usize,
    wanted: impl Fn(&T) -> Vec<f64>,
) -> Result<Vec<Option<Vec<f64>>>, ExperimentError> {
    if let Targets::Each(list) = targets {
        if list.len() != steps {
            return Err(ExperimentError::TargetCount { found: list.len(), expected: steps });
        }
        if list.iter().all(Option::is_none) {
            return Err(ExperimentError::NoTarget);
        }
    }
    Ok((0..steps).map(|index| targets.at(index, steps).map(&wanted)).collect())
}

/// How a message names a target, by its place in the list, if it stands in one.
fn target_field(entry: Option<usize>) -> String {
    match entry {
        None => "task.target".to_owned(),
        Some(at) => format!("task.targets entry {}", at + 1),
    }
}

/// Checks the targets of `values`, and answers how many numbers each has.
fn check_values(targets: &Targets<Vec<f64>>) -> Result<usize, ExperimentError> {
    let all = targets.all();
    let expected = all.first().map_or(0, |(_, numbers)| numbers.len());
    if !(1..=MOST_ENTRIES).contains(&expected) {
        let (field, least, most) = ("task.target", 1, MOST_ENTRIES);
        return Err(ExperimentError::ListLength { field, found: expected, least, most });
    }
    for (entry, numbers) in all {
        let found = numbers.len();
        if found != expected {
            let entry = entry.unwrap_or_default() + 1;
            return Err(ExperimentError::TargetLength { entry, found, expected });
        }
        for (number, &value) in (1..).zip(numbers) {
            let field = format!("{} number {number}", target_field(entry));
            check_range(&field, value, -LARGEST_VALUE..=LARGEST_VALUE)?;
        }
    }
    Ok(expected)
}

/// The start state that the settings name.
fn start_state(
    settings: &Settings,
    recipe: &Recipe,
) -> Result<Vec<(Variable, Vec<f64>)>, ExperimentError> {
    let Some(Initial { h, c }) = &settings.initial else { return Ok(Vec::new()) };
    let given = [("initial.h", Variable::State, h), ("initial.c", Variable::Memory, c)];
    let mut start = Vec::new();
    for (field, variable, numbers) in given {
        let Some(numbers) = numbers else { continue };
        if !recipe.carried().contains(&variable) {
            let (part, cell) = ("memory C", settings.cell);
            return Err(ExperimentError::NoSuchPart { field, part, cell });
        }
        let (found, expected) = (numbers.len(), settings.hidden);
        if found != expected {
            return Err(ExperimentError::InitialLength { field, found, expected });
        }
        for (number, &value) in (1..).zip(numbers) {
            let field = format!("{field} number {number}");
            check_range(&field, value, -LARGEST_VALUE..=LARGEST_VALUE)?;
        }
        start.push((variable, numbers.clone()));
    }
    Ok(start)
}

/// The entries of a given vocabulary in NFC, as the tokens are.
pub(crate) fn read_vocabulary(entries: &[String]) -> Result<Vec<String>, ExperimentError> {
    let entries: Vec<String> =
        entries.iter().map(|entry| tokens::to_nfc(entry).into_owned()).collect();
    check_entries("vocabulary", &entries, 1)?;
    Ok(entries)
}

pub(crate) fn check_entries(
    field: &'static str,
    entries: &[String],
    least: usize,
) -> Result<(), ExperimentError> {
    let (found, most) = (entries.len(), MOST_ENTRIES);
    if !(least..=most).contains(&found) {
        return Err(ExperimentError::ListLength { field, found, least, most });
    }
    let mut seen = HashSet::new();
    for (number, entry) in (1..).zip(entries) {
        if entry.is_empty() {
            return Err(ExperimentError::EmptyEntry { field, number });
        }
        if !seen.insert(entry) {
            return Err(ExperimentError::RepeatedEntry { field, entry: entry.clone() });
        }
    }
    Ok(())
}

pub(crate) fn check_range(
    field: &str,
    found: f64,
    range: RangeInclusive<f64>,
) -> Result<(), ExperimentError> {
    if range.contains(&found) {
        return Ok(());
    }
    let (least, most) = range.into_inner();
    Err(ExperimentError::OutOfRange { field: field.to_owned(), found, least, most })
}

/// The given weights in the order of the cell's tensors, if they are just those and fit.
pub(crate) fn fitting(
    given: &Weights,
    cell: Cell,
    sizes: Sizes,
) -> Result<Weights, ExperimentError> {
    let mut weights = Weights::zeros(cell, sizes);
    let own: Vec<Parameter> = weights.parameters().collect();
    if let Some(parameter) = given.parameters().find(|parameter| !own.contains(parameter)) {
        return Err(ExperimentError::OtherCell { parameter, cell });
    }
    for parameter in own {
        if !given.parameters().any(|there| there == parameter) {
            return Err(ExperimentError::MissingTensor { parameter });
        }
        let (matrix, expected) = (given.matrix(parameter), sizes.of(parameter));
        if matrix.dim() != expected {
            return Err(ExperimentError::Shape { parameter, found: matrix.dim(), expected });
        }
        for ((row, column), &value) in matrix.indexed_iter() {
            if !(-LARGEST_WEIGHT..=LARGEST_WEIGHT).contains(&value) {
                let (row, column) = (row + 1, column + 1);
                let field = format!("weights.{} row {row} column {column}", parameter.field());
                check_range(&field, value, -LARGEST_WEIGHT..=LARGEST_WEIGHT)?;
            }
        }
        weights.matrix_mut(parameter).assign(&matrix);
    }
    Ok(weights)
}
