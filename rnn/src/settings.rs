//! The settings of an experiment, as a person makes them and as a file has them.

use crate::{
    experiment::ExperimentError,
    json_place::{Next, path_at},
    recipe::{Cell, Parameter},
    tokens::StepUnit,
    weights::Weights,
};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, SeqAccess, Visitor},
};
use std::{borrow::Cow, fmt};

/// The one format of experiment files there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// The first version.
    #[serde(rename = "unrolled-experiment/1")]
    One,
}

/// The right answers of a task: one at the last step, or one a step, where a step may have none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Targets<T> {
    /// At the last step.
    Last(T),
    /// At each step.
    Each(Vec<Option<T>>),
}

impl<T> Targets<T> {
    /// The target of the step counted from 0, in a sequence of `steps`.
    pub fn at(&self, index: usize, steps: usize) -> Option<&T> {
        match self {
            Self::Last(target) => (index + 1 == steps).then_some(target),
            Self::Each(targets) => targets.get(index)?.as_ref(),
        }
    }

    /// Every target that there is, with its place in the list, counted from 0, if it is a list.
    pub fn all(&self) -> Vec<(Option<usize>, &T)> {
        match self {
            Self::Last(target) => vec![(None, target)],
            Self::Each(targets) => {
                let all = targets.iter().enumerate();
                all.filter_map(|(at, target)| Some((Some(at), target.as_ref()?))).collect()
            }
        }
    }

    /// The same with each target made another.
    pub(crate) fn try_map<U, E>(self, change: impl Fn(T) -> Result<U, E>) -> Result<Targets<U>, E> {
        Ok(match self {
            Self::Last(target) => Targets::Last(change(target)?),
            Self::Each(targets) => {
                let all = targets.into_iter().map(|target| target.map(&change).transpose());
                Targets::Each(all.collect::<Result<_, _>>()?)
            }
        })
    }
}

/// What the network is asked, and the right answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "TaskFile", into = "TaskFile")]
pub enum Task {
    /// One sigmoid; a target y is 0 or 1.
    Binary {
        /// Whether y = 1.
        targets: Targets<bool>,
    },
    /// A softmax over labels.
    Classes {
        /// The labels, k of them.
        labels: Vec<String>,
        /// The places of the right ones.
        targets: Targets<usize>,
    },
    /// The outputs themselves.
    Values {
        /// The right numbers, k of them each.
        targets: Targets<Vec<f64>>,
    },
    /// A softmax over the vocabulary at every step; each target is the token that comes next.
    NextToken,
}

impl Task {
    /// A question of yes or no, asked after the last step.
    pub const fn binary(target: bool) -> Self {
        Self::Binary { targets: Targets::Last(target) }
    }

    /// Which of `labels` it is, asked after the last step.
    pub const fn classes(labels: Vec<String>, target: usize) -> Self {
        Self::Classes { labels, targets: Targets::Last(target) }
    }
}

impl Task {
    /// Whether each step may have a target of its own.
    pub const fn asks_each_step(&self) -> bool {
        match self {
            Self::Binary { targets } => matches!(targets, Targets::Each(_)),
            Self::Classes { targets, .. } => matches!(targets, Targets::Each(_)),
            Self::Values { targets } => matches!(targets, Targets::Each(_)),
            Self::NextToken => true,
        }
    }

    /// The same with its one target at each of `steps` steps.
    #[must_use]
    pub fn at_each(&self, steps: usize) -> Self {
        fn each<T: Clone>(targets: &Targets<T>, steps: usize) -> Targets<T> {
            match targets {
                Targets::Last(target) => Targets::Each(vec![Some(target.clone()); steps]),
                Targets::Each(_) => targets.clone(),
            }
        }
        match self {
            Self::Binary { targets } => Self::Binary { targets: each(targets, steps) },
            Self::Classes { labels, targets } => {
                Self::Classes { labels: labels.clone(), targets: each(targets, steps) }
            }
            Self::Values { targets } => Self::Values { targets: each(targets, steps) },
            Self::NextToken => Self::NextToken,
        }
    }
}

/// A [`Task`] as the file spells it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TaskFile {
    pub(crate) kind: TaskKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) labels: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) target: Option<Answer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) targets: Option<Vec<Option<Answer>>>,
}

/// The kinds of [`Task`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskKind {
    /// Yes or no.
    Binary,
    /// Which of some labels.
    Classes,
    /// Numbers.
    Values,
    /// The token that comes next.
    NextToken,
}

impl TaskKind {
    /// What a target is.
    const fn target(self) -> &'static str {
        match self {
            Self::Binary => "0 or 1",
            Self::Classes => "the place of a label, a whole number from 0 on",
            Self::Values => "a list of numbers, one for each output",
            Self::NextToken => "the next token",
        }
    }
}

/// One target as the file spells it.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    Whole(usize),
    Numbers(Vec<f64>),
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Answer;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a target")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Answer, E> {
                usize::try_from(number).map(Answer::Whole).map_err(E::custom)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Answer, A::Error> {
                let mut numbers = Vec::new();
                while let Some(number) = list.next_element()? {
                    numbers.push(number);
                }
                Ok(Answer::Numbers(numbers))
            }
        }

        from.deserialize_any(Either)
    }
}

/// The targets of a file, which must be what `read` reads.
fn targets<T>(
    kind: TaskKind,
    target: Option<Answer>,
    targets: Option<Vec<Option<Answer>>>,
    read: impl Fn(Answer) -> Option<T>,
) -> Result<Targets<T>, String> {
    let given = match (target, targets) {
        (Some(target), None) => Targets::Last((None, target)),
        (None, Some(targets)) => {
            let all =
                (1..).zip(targets).map(|(at, target)| target.map(|target| (Some(at), target)));
            Targets::Each(all.collect())
        }
        (None, None) => Targets::Last((None, Answer::Numbers(Vec::new()))),
        (Some(_), Some(_)) => return Err("it has `target` and `targets`; remove one".to_owned()),
    };
    given.try_map(|(at, target)| {
        read(target).ok_or_else(|| match at {
            None => format!("`target` must be {}", kind.target()),
            Some(at) => format!("entry {at} of `targets` must be {}, or null", kind.target()),
        })
    })
}

impl TryFrom<TaskFile> for Task {
    type Error = String;

    fn try_from(file: TaskFile) -> Result<Self, String> {
        let TaskFile { kind, labels, target, targets: each } = file;
        if labels.is_some() && !matches!(kind, TaskKind::Classes) {
            return Err("only `classes` takes `labels`".to_owned());
        }
        match kind {
            TaskKind::Binary => {
                let read = |target| match target {
                    Answer::Whole(target @ (0 | 1)) => Some(target == 1),
                    _ => None,
                };
                Ok(Self::Binary { targets: targets(kind, target, each, read)? })
            }
            TaskKind::Classes => {
                let labels = labels.ok_or("`classes` needs `labels`")?;
                if target.is_none() && each.is_none() {
                    return Err("`classes` needs a `target`".to_owned());
                }
                let read = |target| match target {
                    Answer::Whole(target) => Some(target),
                    Answer::Numbers(_) => None,
                };
                Ok(Self::Classes { labels, targets: targets(kind, target, each, read)? })
            }
            TaskKind::Values => {
                let read = |target| match target {
                    Answer::Numbers(numbers) if !numbers.is_empty() => Some(numbers),
                    _ => None,
                };
                Ok(Self::Values { targets: targets(kind, target, each, read)? })
            }
            TaskKind::NextToken => match (target, each) {
                (None, None) => Ok(Self::NextToken),
                (Some(_), _) => {
                    Err("`next-token` takes no `target`: the text holds the targets".to_owned())
                }
                (None, Some(_)) => {
                    Err("`next-token` takes no `targets`: the text holds the targets".to_owned())
                }
            },
        }
    }
}

impl From<Task> for TaskFile {
    fn from(task: Task) -> Self {
        fn written<T>(
            kind: TaskKind,
            targets: Targets<T>,
            write: impl Fn(T) -> Answer,
        ) -> TaskFile {
            let (target, targets) = match targets {
                Targets::Last(target) => (Some(write(target)), None),
                Targets::Each(targets) => {
                    (None, Some(targets.into_iter().map(|target| target.map(&write)).collect()))
                }
            };
            TaskFile { kind, labels: None, target, targets }
        }
        match task {
            Task::Binary { targets } => {
                written(TaskKind::Binary, targets, |target| Answer::Whole(usize::from(target)))
            }
            Task::Classes { labels, targets } => TaskFile {
                labels: Some(labels),
                ..written(TaskKind::Classes, targets, Answer::Whole)
            },
            Task::Values { targets } => written(TaskKind::Values, targets, Answer::Numbers),
            Task::NextToken => {
                TaskFile { kind: TaskKind::NextToken, labels: None, target: None, targets: None }
            }
        }
    }
}

/// The state that a run starts from; 0 where it is not named.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Initial {
    /// H₀, n numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub h: Option<Vec<f64>>,
    /// C₀, n numbers, of a cell with a memory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub c: Option<Vec<f64>>,
}

/// How the losses of the steps become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reduction {
    /// L = Σ Lₛ.
    Sum,
    /// L = Σ Lₛ / S, the default of other libraries.
    Mean,
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
    /// The state that the run starts from; zero where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initial: Option<Initial>,
    /// How the losses become one; their sum where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduction: Option<Reduction>,
    /// Exact weights; without them the initial weights of `seed` and `spectral_radius`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Weights>,
    /// The seed of the initial weights; 0 where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// The modulus of the eigenvalues of W₁ₕ, and of every other n×n block, in initial weights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spectral_radius: Option<f64>,
    /// The bias, in initial weights, of the gate that keeps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_bias: Option<f64>,
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
    /// An experiment with 4 units of tanh, and everything else as it is where a file does not say.
    pub fn new(text: impl Into<String>, unit: StepUnit, task: Task) -> Self {
        Self {
            format: Format::One,
            text: text.into(),
            unit,
            vocabulary: None,
            task,
            cell: Cell::Tanh,
            hidden: 4,
            initial: None,
            reduction: None,
            weights: None,
            seed: None,
            spectral_radius: None,
            keep_bias: None,
            learning_rate: None,
            truncation: None,
            clip_norm: None,
        }
    }

    /// Reads a settings file.
    ///
    /// # Errors
    ///
    /// [`ExperimentError::Malformed`], naming the field.
    #[inline]
    pub fn from_json(json: &str) -> Result<Self, ExperimentError> {
        read_json(json, "the experiment", expectation)
    }

    /// Writes a settings file, indented, every number exact.
    #[inline]
    pub fn to_json(&self) -> String {
        // Only a map with keys that are not strings can fail to print, and there is none.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// Reads a file whose `whole` and fields are as `expectation` says of their paths.
pub(crate) fn read_json<T: for<'de> Deserialize<'de>>(
    json: &str,
    whole: &str,
    expectation: fn(&str) -> Cow<'static, str>,
) -> Result<T, ExperimentError> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let read = T::deserialize(&mut deserializer).map_err(|error| {
        let next = match error.is_data() {
            true if error.to_string().starts_with("unknown field") => Next::Key,
            true => Next::Entry,
            false => Next::Nothing,
        };
        let path = path_at(json, error.line(), error.column(), next);
        malformed(&path, &error, whole, expectation)
    })?;
    deserializer.end().map_err(|error| malformed(".", &error, whole, expectation))?;
    Ok(read)
}

/// Every cell as a file names it.
fn cells() -> String {
    let names: Vec<String> = Cell::ALL.iter().map(|cell| format!("{:?}", cell.name())).collect();
    format!("{} or {}", names[..names.len() - 1].join(", "), names[names.len() - 1])
}

/// What the field at `path` must be. This is the format, said once.
#[inline]
pub(crate) fn expectation(path: &str) -> Cow<'static, str> {
    let depth = path.matches('[').count();
    let field = path.split('[').next().unwrap_or_default();
    if let Some(parameter) = field.strip_prefix("weights.").and_then(Parameter::named) {
        return match depth + usize::from(parameter.is_bias()) {
            0 => "a list of rows, each a list of numbers",
            1 => "a list of numbers",
            _ => "a number",
        }
        .into();
    }
    match (field, depth) {
        ("format", 0) => r#""unrolled-experiment/1""#,
        ("unit", 0) => r#""word", "character" or "number""#,
        ("vocabulary" | "task.labels", 0) => "a list of texts",
        ("text", 0) | ("vocabulary" | "task.labels", 1) => "a text",
        ("task", 0) => "an object with `kind` (and `target`, `targets`, `labels`)",
        ("task.kind", 0) => r#""binary", "classes", "values" or "next-token""#,
        ("cell", 0) => return cells().into(),
        ("reduction", 0) => r#""sum" or "mean""#,
        ("task.target", 0) => "a whole number, 0 or more, or for `values` a list of numbers",
        ("task.targets", 0) => "a list with a target or null for each step",
        ("task.targets", 1) => {
            "a whole number, 0 or more, or for `values` a list of numbers, or null"
        }
        ("hidden" | "seed" | "truncation", 0) => "a whole number, 0 or more",
        ("weights", 0) => "an object with a list for each of the cell's weights",
        ("initial", 0) => "an object with `h` (and `c`)",
        ("initial.h" | "initial.c", 0) => "a list of numbers",
        ("spectral_radius" | "keep_bias" | "learning_rate" | "clip_norm", 0)
        | ("initial.h" | "initial.c" | "task.target", 1)
        | ("task.targets", 2) => "a number",
        _ => "an object with the fields of an experiment",
    }
    .into()
}

/// The name among `names` that is nearest to a wrong one, if it is near.
fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let away = |name: &str| strsim::osa_distance(wrong, name);
    names.into_iter().min_by_key(|name| away(name)).filter(|name| 2 * away(name) <= name.len())
}

/// Says in one line which field is wrong, and what it must be.
fn malformed(
    path: &str,
    error: &serde_json::Error,
    whole: &str,
    expectation: fn(&str) -> Cow<'static, str>,
) -> ExperimentError {
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or_default();
    let named = reason.split('`').nth(1).unwrap_or_default();
    let inside = if path == "." { named.to_owned() } else { format!("{path}.{named}") };
    let nowhere = path.is_empty() || path.starts_with(['.', '?', '[']);
    let unknown = reason.starts_with("unknown field") && !path.starts_with("weights.");
    let fields = reason.split('`').skip(3).step_by(2).filter(|_| unknown);
    let near = nearest(path.rsplit('.').next().unwrap_or_default(), fields);
    let near = near.map(|name| format!("; the nearest is `{name}`")).unwrap_or_default();
    let (field, reason) = if reason.starts_with("missing field") {
        let reason = format!("it is missing; it must be {}", expectation(&inside));
        (inside, reason)
    } else if path == "cell" && reason.starts_with("unknown variant") {
        let near = nearest(&named.to_ascii_lowercase(), Cell::ALL.map(Cell::name));
        let near = near.map(|name| format!("; the nearest is {name:?}")).unwrap_or_default();
        (path.to_owned(), format!("it must be {}{near}", expectation(path)))
    } else if reason.starts_with("duplicate field") {
        (inside, "it stands there twice; remove one".to_owned())
    } else {
        let reason = if reason.starts_with("unknown field") && path.starts_with("weights.") {
            let all: Vec<_> = Parameter::of_any_cell().map(Parameter::field).collect();
            let near = nearest(path.trim_start_matches("weights."), all);
            let near = near.map(|name| format!("; the nearest is `{name}`")).unwrap_or_default();
            format!("no cell has such weights; remove them{near}")
        } else if reason.starts_with("unknown field") {
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
        (if nowhere { whole.to_owned() } else { in_a_line(path) }, reason)
    };
    let reason = format!("{reason} (line {}, column {}){near}", error.line(), error.column());
    ExperimentError::Malformed { field, reason }
}

/// The name of a field in a message, however long and strange it is.
fn in_a_line(name: &str) -> String {
    let visible = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    name.chars().take(80).map(visible).collect()
}
