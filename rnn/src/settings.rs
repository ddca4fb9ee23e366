//! The settings of an experiment, as a person makes them and as a file has them.

use crate::{experiment::ExperimentError, tokens::StepUnit, weights::Weights};
use serde::{Deserialize, Serialize};

/// The one format of experiment files there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// The first version.
    #[serde(rename = "unrolled-experiment/1")]
    One,
}

/// The kind of recurrent cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cell {
    /// Hₜ = tanh(Z₁ₜ).
    Tanh,
}

/// What the network is asked, and the right answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "TaskFile", into = "TaskFile")]
pub enum Task {
    /// One sigmoid after the last step; the target y is 0 or 1.
    Binary {
        /// Whether y = 1.
        target: bool,
    },
    /// A softmax over labels after the last step.
    Classes {
        /// The labels, k of them.
        labels: Vec<String>,
        /// The place of the right one.
        target: usize,
    },
    /// A softmax over the vocabulary at every step; each target is the token that comes next.
    NextToken,
}

/// A [`Task`] as the file spells it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TaskFile {
    kind: TaskKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<usize>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum TaskKind {
    Binary,
    Classes,
    NextToken,
}

impl TryFrom<TaskFile> for Task {
    type Error = String;

    fn try_from(TaskFile { kind, labels, target }: TaskFile) -> Result<Self, String> {
        match (kind, labels, target) {
            (TaskKind::Binary, None, Some(target @ (0 | 1))) => {
                Ok(Self::Binary { target: target == 1 })
            }
            (TaskKind::Binary, None, _) => Err("`target` must be 0 or 1".to_owned()),
            (TaskKind::Classes, Some(labels), Some(target)) => Ok(Self::Classes { labels, target }),
            (TaskKind::Classes, None, _) => Err("`classes` needs `labels`".to_owned()),
            (TaskKind::Classes, _, None) => Err("`classes` needs a `target`".to_owned()),
            (TaskKind::NextToken, None, None) => Ok(Self::NextToken),
            (TaskKind::NextToken, None, Some(_)) => {
                Err("`next-token` takes no `target`: the text holds the targets".to_owned())
            }
            (_, Some(_), _) => Err("only `classes` takes `labels`".to_owned()),
        }
    }
}

impl From<Task> for TaskFile {
    fn from(task: Task) -> Self {
        let (kind, labels, target) = match task {
            Task::Binary { target } => (TaskKind::Binary, None, Some(usize::from(target))),
            Task::Classes { labels, target } => (TaskKind::Classes, Some(labels), Some(target)),
            Task::NextToken => (TaskKind::NextToken, None, None),
        };
        Self { kind, labels, target }
    }
}

/// An experiment as a person sets it up: the file format, field by field.
///
/// It may still be wrong; [`Experiment::new`](super::Experiment::new) finds out. Whoever changes an experiment takes its
/// settings, changes them, and makes a new experiment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The version of the format.
    pub format: Format,
    /// The text that becomes the sequence.
    pub text: String,
    /// What one token is.
    pub unit: StepUnit,
    /// The vocabulary, where it is not simply the distinct tokens of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vocabulary: Option<Vec<String>>,
    /// What the network is asked.
    pub task: Task,
    /// The kind of cell.
    pub cell: Cell,
    /// n, the number of units.
    pub hidden: usize,
    /// Exact weights; without them the start weights of `seed` and `spectral_radius`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Weights>,
    /// The seed of the start weights; 0 where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// The modulus of W₁ₕ's eigenvalues in start weights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spectral_radius: Option<f64>,
    /// η, how far an update follows the gradient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learning_rate: Option<f64>,
    /// w: a loss at step s reaches step t only where s − t < w.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub truncation: Option<usize>,
    /// c: the gradient that an update follows is at most this long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clip_norm: Option<f64>,
}

impl Settings {
    /// Reads a settings file.
    ///
    /// # Errors
    ///
    /// [`ExperimentError::Malformed`], naming the field.
    pub fn from_json(json: &str) -> Result<Self, ExperimentError> {
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let settings: Self = serde_path_to_error::deserialize(&mut deserializer)
            .map_err(|error| malformed(&error.path().to_string(), error.inner()))?;
        deserializer.end().map_err(|error| malformed(".", &error))?;
        Ok(settings)
    }

    /// Writes a settings file, indented, every number exact.
    pub fn to_json(&self) -> String {
        // Only a map with keys that are not strings can fail to print, and there is none.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// What the field at `path` must be. This is the format, said once.
fn expectation(path: &str) -> &'static str {
    let depth = path.matches('[').count();
    match (path.split('[').next().unwrap_or_default(), depth) {
        ("format", 0) => r#""unrolled-experiment/1""#,
        ("unit", 0) => r#""word" or "character""#,
        ("vocabulary" | "task.labels", 0) => "a list of texts",
        ("text", 0) | ("vocabulary" | "task.labels", 1) => "a text",
        ("task", 0) => "an object with `kind` (and `target`, `labels`)",
        ("task.kind", 0) => r#""binary", "classes" or "next-token""#,
        ("cell", 0) => r#""tanh""#,
        ("task.target" | "hidden" | "seed" | "truncation", 0) => "a whole number, 0 or more",
        ("weights", 0) => "an object with `w1x`, `w1h`, `b1`, `w2` and `b2`",
        ("weights.w1x" | "weights.w1h" | "weights.w2", 0) => {
            "a list of rows, each a list of numbers"
        }
        ("weights.b1" | "weights.b2", 0) | ("weights.w1x" | "weights.w1h" | "weights.w2", 1) => {
            "a list of numbers"
        }
        ("spectral_radius" | "learning_rate" | "clip_norm", 0)
        | ("weights.b1" | "weights.b2", 1)
        | ("weights.w1x" | "weights.w1h" | "weights.w2", 2) => "a number",
        _ => "an object with the fields of an experiment",
    }
}

/// Says in one line which field is wrong, and what it must be.
fn malformed(path: &str, error: &serde_json::Error) -> ExperimentError {
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or_default();
    let named = reason.split('`').nth(1).unwrap_or_default();
    let inside = if path == "." { named.to_owned() } else { format!("{path}.{named}") };
    let nowhere = path.is_empty() || path.starts_with(['.', '?', '[']);
    let (field, reason) = if reason.starts_with("missing field") {
        let reason = format!("it is missing; it must be {}", expectation(&inside));
        (inside, reason)
    } else if reason.starts_with("duplicate field") {
        (inside, "it stands there twice; remove one".to_owned())
    } else {
        let reason = if reason.starts_with("unknown field") {
            "there is no such field; remove it".to_owned()
        } else if error.is_eof() {
            "the JSON ends too early".to_owned()
        } else if reason == "number out of range" {
            "the number is larger than a 64-bit float can be".to_owned()
        } else if reason.starts_with("trailing characters") {
            "more follows after its end; remove that".to_owned()
        } else if error.is_syntax() && nowhere {
            format!("it is not JSON: {reason}")
        } else if error.is_syntax()
            || ["invalid", "unknown"].iter().any(|word| reason.starts_with(word))
        {
            format!("it must be {}", expectation(path))
        } else {
            reason.to_owned()
        };
        (if nowhere { "the experiment".to_owned() } else { in_a_line(path) }, reason)
    };
    let reason = format!("{reason} (line {}, column {})", error.line(), error.column());
    ExperimentError::Malformed { field, reason }
}

/// The name of a field in a message, however long and strange it is.
fn in_a_line(name: &str) -> String {
    let visible = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    name.chars().take(80).map(visible).collect()
}
