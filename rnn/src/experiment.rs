//! Everything that a run depends on: settings that hold together, and what follows from them.

use crate::{
    names::names,
    settings::{Settings, Task},
    tokens::{self, Sequence, Step, TextError},
    weights::{Parameter, Sizes, Weights},
};
use ndarray::Array1;
use std::{collections::HashSet, ops::RangeInclusive};
use thiserror::Error;

/// How many units a network may have.
pub const UNITS: RangeInclusive<usize> = 1..=128;
/// The most entries a given vocabulary, or a list of labels, may have.
pub const MOST_ENTRIES: usize = 1000;
/// The largest weight, either sign.
pub const LARGEST_WEIGHT: f64 = 1e6;
/// The spectral radius of W₁ₕ in start weights.
pub const SPECTRAL_RADIUS: RangeInclusive<f64> = 0.0..=10.0;
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
fn size(field: &str, (rows, columns): (usize, usize)) -> String {
    match field {
        "b1" | "b2" => format!("{columns} long"),
        _ => format!("{rows} by {columns}"),
    }
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
    #[error("weights.{field}: it is {}; the other fields make it {}", size(field, *found), size(field, *expected))]
    Shape {
        /// The tensor.
        field: &'static str,
        /// Rows and columns it has; a bias is one row.
        found: (usize, usize),
        /// Rows and columns it must have.
        expected: (usize, usize),
    },
    /// The run overflowed: a number in it is infinite or not a number.
    #[error("weights: the gradient grows past the largest number there is; make `w1h` smaller")]
    Overflow,
}

/// Settings that hold together, with the sequence and the weights that follow from them.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    settings: Settings,
    sequence: Sequence,
    weights: Weights,
}

impl Experiment {
    /// Checks `settings` and works out the sequence and the weights.
    ///
    /// # Errors
    ///
    /// The first [`ExperimentError`] found, in the order of the fields.
    pub fn new(settings: Settings) -> Result<Self, ExperimentError> {
        let vocabulary = settings.vocabulary.as_deref().map(read_vocabulary).transpose()?;
        let sequence = Sequence::read(&settings.text, settings.unit, vocabulary)?;
        if settings.task == Task::NextToken && sequence.tokens().len() < 2 {
            return Err(TextError::NothingToPredict.into());
        }
        if let Task::Classes { labels, target } = &settings.task {
            check_entries("task.labels", labels, 2)?;
            check_range("task.target", *target as f64, 0.0..=(labels.len() - 1) as f64)?;
        }
        check_range("hidden", settings.hidden as f64, *UNITS.start() as f64..=*UNITS.end() as f64)?;
        let positive = f64::MIN_POSITIVE..=f64::MAX;
        for (field, number, range) in [
            ("spectral_radius", settings.spectral_radius, SPECTRAL_RADIUS),
            ("learning_rate", settings.learning_rate, LEARNING_RATE),
            ("truncation", settings.truncation.map(|window| window as f64), 1.0..=f64::MAX),
            ("clip_norm", settings.clip_norm, positive),
        ] {
            number.map_or(Ok(()), |number| check_range(field, number, range))?;
        }
        let outputs = outputs(&settings.task, &sequence);
        let weights = match &settings.weights {
            Some(weights) => {
                let sizes = Sizes {
                    vocabulary: sequence.vocabulary().len(),
                    units: settings.hidden,
                    outputs: outputs.len(),
                };
                check_weights(weights, sizes)?;
                weights.clone()
            }
            None => Weights::start(
                sequence.vocabulary(),
                settings.hidden,
                outputs,
                settings.seed.unwrap_or_default(),
                settings.spectral_radius.unwrap_or(DEFAULT_SPECTRAL_RADIUS),
            ),
        };
        Ok(Self { settings, sequence, weights })
    }

    /// Reads and checks a settings file.
    ///
    /// # Errors
    ///
    /// As [`Settings::from_json`] and [`Experiment::new`].
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

    /// The names of the outputs, k of them: labels or tokens; the one of `binary` is nameless.
    pub fn outputs(&self) -> &[String] {
        outputs(&self.settings.task, &self.sequence)
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
        let tokens = self.sequence.tokens().len();
        if self.settings.task == Task::NextToken { tokens - 1 } else { tokens }
    }

    /// The first step that has a loss; every later one has, too.
    pub fn first_loss(&self) -> Step {
        match self.settings.task {
            Task::NextToken => Step::FIRST,
            Task::Binary { .. } | Task::Classes { .. } => Step::from_index(self.steps() - 1),
        }
    }

    /// The row of `step` in the arrays that have one row a loss, if the step has a loss.
    pub fn loss_row(&self, step: Step) -> Option<usize> {
        step.index().checked_sub(self.first_loss().index())
    }

    /// The place of the right output at `step`; of the single output of `binary`, whether y = 1.
    pub fn target(&self, step: Step) -> usize {
        match &self.settings.task {
            Task::Binary { target } => usize::from(*target),
            Task::Classes { target, .. } => *target,
            Task::NextToken => self.sequence.indices().get(step.number()).copied().unwrap_or(0),
        }
    }

    /// Y, the outputs that the target asks for at `step`: k numbers, each 0 or 1.
    pub fn wanted(&self, step: Step) -> Array1<f64> {
        let target = self.target(step);
        match self.settings.task {
            Task::Binary { .. } => Array1::from_elem(1, target as f64),
            Task::Classes { .. } | Task::NextToken => {
                let mut wanted = Array1::zeros(self.weights.sizes().outputs);
                wanted[target] = 1.0;
                wanted
            }
        }
    }

    /// Whether every weight that `before` has too is the same here: those of a token or an output by
    /// its name, wherever it stands.
    pub fn keeps_weights_of(&self, before: &Self) -> bool {
        let (old, new) = (&before.weights, &self.weights);
        let (names, old_names) = (self.sequence.vocabulary(), before.sequence.vocabulary());
        let rows = names.iter().zip(new.w1x.rows()).all(|(name, row)| {
            let place = old_names.iter().position(|old| old == name);
            place.is_none_or(|place| old.w1x.row(place) == row)
        });
        let outputs = self.outputs().iter().enumerate().all(|(output, name)| {
            let place = before.outputs().iter().position(|old| old == name);
            place.is_none_or(|place| {
                old.w2.column(place) == new.w2.column(output) && old.b2[place] == new.b2[output]
            })
        });
        rows && outputs && old.w1h == new.w1h && old.b1 == new.b1
    }

    /// The same experiment without truncation.
    #[must_use]
    pub fn untruncated(&self) -> Self {
        let settings = Settings { truncation: None, ..self.settings.clone() };
        Self { settings, ..self.clone() }
    }

    /// η, how far an update follows the gradient.
    pub fn learning_rate(&self) -> f64 {
        self.settings.learning_rate.unwrap_or(DEFAULT_LEARNING_RATE)
    }

    /// w, over how many steps a loss reaches back: at most T.
    pub fn window(&self) -> usize {
        self.settings.truncation.unwrap_or(usize::MAX).min(self.steps())
    }
}

fn outputs<'a>(task: &'a Task, sequence: &'a Sequence) -> &'a [String] {
    const NAMELESS: &[String] = &[String::new()];
    match task {
        Task::Binary { .. } => NAMELESS,
        Task::Classes { labels, .. } => labels,
        Task::NextToken => sequence.vocabulary(),
    }
}

/// The entries of a given vocabulary in NFC, as the tokens are.
fn read_vocabulary(entries: &[String]) -> Result<Vec<String>, ExperimentError> {
    let entries: Vec<String> =
        entries.iter().map(|entry| tokens::to_nfc(entry).into_owned()).collect();
    check_entries("vocabulary", &entries, 1)?;
    Ok(entries)
}

fn check_entries(
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

fn check_range(field: &str, found: f64, range: RangeInclusive<f64>) -> Result<(), ExperimentError> {
    if range.contains(&found) {
        return Ok(());
    }
    let (least, most) = range.into_inner();
    Err(ExperimentError::OutOfRange { field: field.to_owned(), found, least, most })
}

fn check_weights(weights: &Weights, sizes: Sizes) -> Result<(), ExperimentError> {
    for parameter in Parameter::ALL {
        let (field, matrix) = (parameter.field(), weights.matrix(parameter));
        let expected = sizes.of(parameter);
        if matrix.dim() != expected {
            return Err(ExperimentError::Shape { field, found: matrix.dim(), expected });
        }
        for ((row, column), &value) in matrix.indexed_iter() {
            let field = format_args!("weights.{field} row {} column {}", row + 1, column + 1);
            if !(-LARGEST_WEIGHT..=LARGEST_WEIGHT).contains(&value) {
                check_range(&field.to_string(), value, -LARGEST_WEIGHT..=LARGEST_WEIGHT)?;
            }
        }
    }
    Ok(())
}
