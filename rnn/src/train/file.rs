//! The format `unrolled-training/1`: a training, and what became of it.

use super::{
    corpus::{Asked, Builder, Corpus, ExampleError, Target},
    optimizer::Optimizer,
    split::Split,
    training::{Controls, Network, Training, Update},
};
use crate::{
    experiment::{
        DEFAULT_KEEP_BIAS, DEFAULT_LEARNING_RATE, DEFAULT_SPECTRAL_RADIUS, ExperimentError,
        KEEP_BIAS, LEARNING_RATE, MOST_ENTRIES, SPECTRAL_RADIUS, UNITS, check_entries, check_range,
        read_vocabulary,
    },
    recipe::Cell,
    settings::{Answer, Targets, Task, TaskFile, TaskKind, expectation, read_json},
    tokens::{StepUnit, TextError},
    weights::{Start, Weights},
};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, sync::Arc};
use thiserror::Error;

/// The most updates that a file may ask for.
pub const MOST_UPDATES: usize = 100_000;

/// Why a file makes no training, or a training no file. The text of each names the field and how to
/// mend it.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum TrainingError {
    /// A field is wrong as it could be in an experiment.
    #[error(transparent)]
    Settings(#[from] ExperimentError),
    /// The vocabulary is not possible.
    #[error("vocabulary: {0}")]
    Vocabulary(TextError),
    /// A sequence is wrong.
    #[error("sequences entry {entry}: {error}")]
    Sequence {
        /// Which one, from 1.
        entry: usize,
        /// What is wrong with it.
        error: ExampleError,
    },
    /// The targets of a sequence are wrong.
    #[error("sequences entry {entry}: {reason}")]
    Target {
        /// Which one, from 1.
        entry: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A minibatch without a sequence.
    #[error("batches entry {entry}: it is empty; name at least one sequence by its place, from 0")]
    EmptyBatch {
        /// Which one, from 1.
        entry: usize,
    },
    /// A minibatch names a sequence that there is not.
    #[error("batches entry {entry}: there is no sequence {found}; the last one is {last}")]
    NoSuchSequence {
        /// Which one, from 1.
        entry: usize,
        /// The place that it names, from 0.
        found: usize,
        /// The last place that there is.
        last: usize,
    },
    /// A run whose numbers grew past the largest.
    #[error("learning_rate: there is no number since update {update}; make it smaller")]
    NoNumber {
        /// The first update without numbers.
        update: usize,
    },
}

#[derive(Deserialize)]
enum Format {
    #[serde(rename = "unrolled-training/1")]
    One,
}

/// A training as the file spells it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrainingFile {
    #[serde(rename = "format")]
    _format: Format,
    unit: StepUnit,
    vocabulary: Option<Vec<String>>,
    task: AskedFile,
    cell: Cell,
    hidden: usize,
    sequences: Vec<SequenceFile>,
    weights: Option<Weights>,
    seed: Option<u64>,
    spectral_radius: Option<f64>,
    keep_bias: Option<f64>,
    batches: Option<Vec<Vec<usize>>>,
    batch_size: Option<usize>,
    updates: Option<usize>,
    optimizer: Option<Optimizer>,
    learning_rate: Option<f64>,
    truncation: Option<usize>,
    clip_norm: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedFile {
    kind: TaskKind,
    labels: Option<Vec<String>>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SequenceFile {
    text: String,
    target: Option<Answer>,
    targets: Option<Vec<Option<Answer>>>,
}

/// What the field at `path` must be.
fn expected(path: &str) -> Cow<'static, str> {
    let depth = path.matches('[').count();
    let field = path.split('[').next().unwrap_or_default();
    if let Some((_, inner)) = path.split_once("].") {
        return match inner {
            "text" => "a text".into(),
            _ => expectation(&format!("task.{inner}")),
        };
    }
    match (field, depth) {
        ("format", 0) => r#""unrolled-training/1""#,
        ("task", 0) => "an object with `kind` (and `labels`)",
        ("sequences", 0) => "a list of objects, each with `text` (and `target` or `targets`)",
        ("sequences", 1) => "an object with `text` (and `target` or `targets`)",
        ("batches", 0) => "a list of lists of places in `sequences`, from 0",
        ("batches", 1) => "a list of places in `sequences`, from 0",
        ("batches", 2) | ("batch_size" | "updates", 0) => "a whole number, 0 or more",
        ("optimizer", 0) => "an object with `kind` (and the numbers of that optimizer)",
        ("optimizer.kind", 0) => r#""sgd", "momentum" or "adam""#,
        ("optimizer.momentum" | "optimizer.beta1" | "optimizer.beta2" | "optimizer.epsilon", 0) => {
            "a number"
        }
        ("text" | "initial" | "reduction", _) | ("", 0) => {
            "an object with the fields of a training"
        }
        _ => {
            return match expectation(path) {
                fields if fields.ends_with("of an experiment") => {
                    "an object with the fields of a training".into()
                }
                other => other,
            };
        }
    }
    .into()
}

impl Training {
    /// Reads a file in the format `unrolled-training/1`, and answers how many updates it asks for.
    ///
    /// All its sequences are trained on. Without `weights` the initial ones are drawn from `seed`, and
    /// without `batches` the minibatches, of `batch_size`.
    ///
    /// # Errors
    ///
    /// The first [`TrainingError`] found.
    pub fn from_json(json: &str) -> Result<(Self, usize), TrainingError> {
        let file: TrainingFile = read_json(json, "the training", expected)?;
        let range = |field, number: usize, least: usize, most: usize| {
            check_range(field, number as f64, least as f64..=most as f64)
        };
        range("hidden", file.hidden, *UNITS.start(), *UNITS.end())?;
        if file.keep_bias.is_some() && file.cell.recipe().keeps().is_none() {
            let (field, part, cell) = ("keep_bias", "gate that keeps", file.cell);
            return Err(ExperimentError::NoSuchPart { field, part, cell }.into());
        }
        for (field, number, bounds) in [
            ("spectral_radius", file.spectral_radius, SPECTRAL_RADIUS),
            ("keep_bias", file.keep_bias, KEEP_BIAS),
            ("learning_rate", file.learning_rate, LEARNING_RATE),
            ("clip_norm", file.clip_norm, f64::MIN_POSITIVE..=f64::MAX),
            ("truncation", file.truncation.map(|window| window as f64), 1.0..=f64::MAX),
        ] {
            number.map_or(Ok(()), |number| check_range(field, number, bounds))?;
        }
        let corpus = corpus(&file)?;
        let sequences = corpus.examples().len();
        let batches = file.batches.unwrap_or_default();
        for (entry, batch) in (1..).zip(&batches) {
            if batch.is_empty() {
                return Err(TrainingError::EmptyBatch { entry });
            }
            if let Some(&found) = batch.iter().find(|&&place| place >= sequences) {
                return Err(TrainingError::NoSuchSequence { entry, found, last: sequences - 1 });
            }
        }
        let updates = file.updates.unwrap_or(if batches.is_empty() { 100 } else { batches.len() });
        range("updates", updates, 0, MOST_UPDATES)?;
        let batch_size = file.batch_size.unwrap_or(Controls::default().batch_size);
        range("batch_size", batch_size, 1, MOST_ENTRIES)?;
        let controls = Controls {
            optimizer: file.optimizer.unwrap_or(Optimizer::SGD),
            learning_rate: file.learning_rate.unwrap_or(DEFAULT_LEARNING_RATE),
            clip_norm: file.clip_norm,
            truncation: file.truncation,
            batch_size,
        };
        let start = Start {
            seed: file.seed.unwrap_or_default(),
            spectral_radius: file.spectral_radius.unwrap_or(DEFAULT_SPECTRAL_RADIUS),
            keep_bias: file.keep_bias.unwrap_or(DEFAULT_KEEP_BIAS),
        };
        let network = Network { cell: file.cell, units: file.hidden, start };
        let all = Split::by_heart(sequences);
        let training = Self::new(Arc::new(corpus), all, network, controls).with_batches(batches);
        let training = match &file.weights {
            Some(weights) => training.with_weights(weights)?,
            None => training,
        };
        Ok((training, updates))
    }

    /// Makes so many updates, and writes what each was, and the weights after the last one, as JSON.
    ///
    /// # Errors
    ///
    /// [`TrainingError::NoNumber`] where they grow past the largest number.
    pub fn trained_json(&mut self, updates: usize) -> Result<String, TrainingError> {
        #[derive(Serialize)]
        struct Line {
            update: usize,
            loss: f64,
            gradient_norm: f64,
        }
        #[derive(Serialize)]
        struct Trained<'a> {
            updates: Vec<Line>,
            weights: &'a Weights,
        }
        let mut lines = Vec::with_capacity(updates);
        for _ in 0..updates {
            let update = self.update();
            let Update { number, loss, gradient_norm, .. } = update;
            if !update.is_number() {
                return Err(TrainingError::NoNumber { update: number });
            }
            lines.push(Line { update: number, loss, gradient_norm });
        }
        let trained = Trained { updates: lines, weights: self.weights() };
        // Only a map with keys that are not strings can fail to print, and there is none.
        Ok(serde_json::to_string_pretty(&trained).unwrap_or_default())
    }
}

/// The sequences of a file.
fn corpus(file: &TrainingFile) -> Result<Corpus, TrainingError> {
    let (unit, kind) = (file.unit, file.task.kind);
    if unit == StepUnit::Number && file.vocabulary.is_some() {
        return Err(TrainingError::Vocabulary(TextError::NoVocabulary));
    }
    let vocabulary = file.vocabulary.as_deref().map(read_vocabulary).transpose()?;
    let (least, most, found) = (1, MOST_ENTRIES, file.sequences.len());
    if !(least..=most).contains(&found) {
        let field = "sequences";
        return Err(ExperimentError::ListLength { field, found, least, most }.into());
    }
    let task = |reason: &str| ExperimentError::Malformed {
        field: "task".to_owned(),
        reason: reason.to_owned(),
    };
    let mut asked = match (kind, &file.task.labels) {
        (TaskKind::Classes, Some(labels)) => {
            check_entries("task.labels", labels, 2)?;
            Asked::Classes { labels: labels.clone() }
        }
        (TaskKind::Classes, None) => return Err(task("`classes` needs `labels`").into()),
        (_, Some(_)) => return Err(task("only `classes` takes `labels`").into()),
        (TaskKind::Binary, None) => Asked::Binary,
        (TaskKind::Values, None) => Asked::Values { numbers: 0 },
        (TaskKind::NextToken, None) => Asked::NextToken,
    };
    let all = (1..).zip(&file.sequences).map(|(entry, sequence)| {
        let SequenceFile { text, target, targets } = sequence.clone();
        let labels = (kind == TaskKind::Classes).then(Vec::new);
        let task = Task::try_from(TaskFile { kind, labels, target, targets })
            .map_err(|reason| TrainingError::Target { entry, reason })?;
        Ok((entry, text, targets_of(task)))
    });
    let all: Vec<(usize, String, Targets<Target>)> = all.collect::<Result<_, TrainingError>>()?;
    if let Asked::Values { numbers } = &mut asked {
        let first =
            all.first().and_then(|(_, _, targets)| targets.all().first().map(|it| it.1.clone()));
        if let Some(Target::Numbers(first)) = first {
            *numbers = first.len();
        }
    }
    let open = vocabulary.is_none();
    let mut builder = Builder::of(Corpus::new(unit, asked, vocabulary.unwrap_or_default()), open);
    for (entry, text, targets) in all {
        builder.add(&text, targets).map_err(|error| TrainingError::Sequence { entry, error })?;
    }
    Ok(builder.corpus)
}

/// The targets of a task; the text holds those of the next token.
fn targets_of(task: Task) -> Targets<Target> {
    fn all<T>(targets: Targets<T>, read: impl Fn(T) -> Target) -> Targets<Target> {
        match targets {
            Targets::Last(target) => Targets::Last(read(target)),
            Targets::Each(all) => {
                Targets::Each(all.into_iter().map(|target| target.map(&read)).collect())
            }
        }
    }
    match task {
        Task::Binary { targets } => all(targets, |target| Target::Place(usize::from(target))),
        Task::Classes { targets, .. } => all(targets, Target::Place),
        Task::Values { targets } => all(targets, Target::Numbers),
        Task::NextToken => Targets::Each(Vec::new()),
    }
}
