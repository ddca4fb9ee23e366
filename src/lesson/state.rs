//! What a chapter changes in an experiment: the page's own edits.

use super::{
    file::{Entry, Table, Wrong, parsed, variant},
    nearest,
    quantity::{BUGS, Scope, StepName, no_parameter, parameter_of},
};
use crate::{
    rnn::{
        Bug, Cell, Experiment, ExperimentError, Parameter, Place, Reduction, Settings, StepUnit,
        Targets, Task, Trace, number,
    },
    session::Edit,
    text::{Example, Language, marked},
};
use serde_json::{Map, Value};

/// A text in every language of the page, in the order of [`Language::ALL`]. A formula in it stands
/// between backticks in the file, and between the page's own marks here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(Vec<String>);

impl Text {
    pub(super) fn new(texts: Vec<String>) -> Self {
        Self(texts)
    }

    /// The text in `language`.
    pub fn of(&self, language: Language) -> &str {
        let place = Language::ALL.iter().position(|&known| known == language);
        place.and_then(|place| self.0.get(place)).map_or("", String::as_str)
    }

    /// All of them, in the order of [`Language::ALL`].
    pub(super) fn all(&self) -> &[String] {
        &self.0
    }

    pub(super) fn as_value(&self) -> Value {
        let mut texts = Map::new();
        for language in Language::ALL {
            texts.insert(language.code().to_owned(), self.of(language).into());
        }
        texts.into()
    }
}

/// A table with the code of each language: one that is missing is a mistake of the file, as is one
/// that the page does not speak.
impl Entry for Text {
    fn read(value: Value) -> Result<Self, Wrong> {
        let Value::Object(mut texts) = value else {
            return Err("it must be a table with the code of each language".to_owned().into());
        };
        let text = |language: Language| {
            let code = language.code();
            let text = texts.remove(code).ok_or_else(|| format!("it is missing in `{code}`"))?;
            // Each part may be bold: a formula is whole inside of it.
            let text = String::read(text)?;
            let formulas = text.split("**").map(marked).collect::<Option<Vec<_>>>();
            let one_is_open = || format!("in `{code}` a formula stands between two backticks");
            Ok(formulas.ok_or_else(one_is_open)?.join("**"))
        };
        let all = Language::ALL.into_iter().map(text).collect::<Result<_, Wrong>>()?;
        match texts.into_iter().next() {
            None => Ok(Self(all)),
            Some((code, _)) => Err(format!("`{code}` is no language of the page").into()),
        }
    }
}

/// What changes in an experiment; what it does not name stays as it was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// An example of the page to begin with.
    pub example: Option<Example>,
    /// The sequence.
    pub text: Option<Text>,
    /// `word`, `character` or `number`.
    pub unit: Option<StepUnit>,
    /// The target of binary classification, 0 or 1.
    pub target: Option<u8>,
    /// The task with a target at every step, each 0 or 1, or each a row of numbers.
    pub each: Option<Task>,
    /// Whether every step predicts the next token.
    pub next_token: bool,
    /// How the losses of the steps become one.
    pub reduction: Option<Reduction>,
    /// The kind of cell.
    pub cell: Option<Cell>,
    /// n.
    pub units: Option<usize>,
    /// The initial seed of the weights.
    pub seed: Option<u64>,
    /// The initial spectral radius of W₁ₕ, and of every other n×n matrix.
    pub radius: Option<f64>,
    /// The initial bias of the gate that keeps.
    pub keep: Option<f64>,
    /// w.
    pub truncation: Option<usize>,
    /// c.
    pub clip: Option<f64>,
    /// η.
    pub learning_rate: Option<f64>,
    /// The weights that are changed, as in `W1h 1 2 = 0.5`.
    pub weights: Vec<Assignment>,
    /// How many updates are then made.
    pub updates: usize,
}

impl Entry for State {
    fn read(value: Value) -> Result<Self, Wrong> {
        let mut table = Table::of(value)?;
        let example = |value| parsed(value, |name| named(name, "example", &EXAMPLES));
        let unit = |value| parsed(value, |name| variant(name, &STEP_UNITS));
        let reduction = |value| parsed(value, |name| variant(name, &REDUCTIONS));
        let targets = table.maybe_by("targets", |value| parsed(value, binary_targets))?;
        let values = table.maybe_by("values", |value| parsed(value, value_targets))?;
        let state = Self {
            example: table.maybe_by("example", example)?,
            text: table.maybe("text")?,
            unit: table.maybe_by("unit", unit)?,
            target: table.maybe("target")?,
            each: targets.or(values),
            next_token: table.or_default("next_token")?,
            reduction: table.maybe_by("reduction", reduction)?,
            cell: table.maybe_by("cell", |value| parsed(value, cell))?,
            units: table.maybe("units")?,
            seed: table.maybe("seed")?,
            radius: table.maybe("radius")?,
            keep: table.maybe("keep")?,
            truncation: table.maybe("truncation")?,
            clip: table.maybe("clip")?,
            learning_rate: table.maybe("learning_rate")?,
            weights: table.or_default("weights")?,
            updates: table.or_default("updates")?,
        };
        table.end()?;
        Ok(state)
    }
}

/// A weight, and its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assignment {
    parameter: Parameter,
    /// Of a matrix from the input, the step that reads the row's token.
    row: StepName,
    column: usize,
    value: f64,
}

impl Assignment {
    fn of(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not like `W1h 1 2 = 0.5`");
        let (weight, value) = text.split_once('=').ok_or_else(wrong)?;
        let value = number(value.trim()).ok_or_else(wrong)?;
        let words: Vec<&str> = weight.split_whitespace().collect();
        let name = words.first().ok_or_else(wrong)?;
        let parameter = parameter_of(name).ok_or_else(|| no_parameter(name))?;
        let (row, column) = match &words[1..] {
            [column] if parameter.is_bias() => ("1", column),
            [row, column] if !parameter.is_bias() => (*row, column),
            _ => return Err(wrong()),
        };
        let column = column.parse::<usize>().ok().and_then(|column| column.checked_sub(1));
        Ok(Self { parameter, row: StepName::read(row)?, column: column.ok_or_else(wrong)?, value })
    }

    /// The weight in an experiment; none where there is no such weight.
    fn place(&self, experiment: &Experiment) -> Option<Place> {
        let (rows, columns) = experiment.weights().sizes().of(self.parameter);
        let row = match self.parameter {
            Parameter::FromInput(_) => self.row.row_of(experiment, None)?,
            _ => self.row.in_run(rows)?.index(),
        };
        let has = experiment.weights().parameters().any(|it| it == self.parameter);
        (has && row < rows && self.column < columns).then_some(Place {
            parameter: self.parameter,
            row,
            column: self.column,
        })
    }
}

impl Entry for Assignment {
    fn read(value: Value) -> Result<Self, Wrong> {
        parsed(value, Self::of)
    }
}

/// The units of steps, by name.
const STEP_UNITS: [(&str, StepUnit); 3] =
    [("word", StepUnit::Word), ("character", StepUnit::Character), ("number", StepUnit::Number)];

/// How losses become one, by name.
const REDUCTIONS: [(&str, Reduction); 2] = [("sum", Reduction::Sum), ("mean", Reduction::Mean)];

/// A cell by its name.
///
/// # Errors
///
/// That there is none, and the nearest one that there is.
pub(super) fn cell(name: &str) -> Result<Cell, String> {
    named(name, "cell", &Cell::ALL.map(|cell| (cell.name(), cell)))
}

/// Targets with spaces between, one a step; a step without one has `-`.
fn targets<T>(
    typed: &str,
    like: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Targets<T>, String> {
    let each = typed.split_whitespace().map(|one| match one {
        "-" => Ok(None),
        one => read(one).map(Some).ok_or_else(|| format!("`{one}` is no target, as in `{like}`")),
    });
    each.collect::<Result<_, _>>().map(Targets::Each)
}

fn binary_targets(typed: &str) -> Result<Task, String> {
    let read = |one: &str| match one {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    };
    Ok(Task::Binary { targets: targets(typed, "0 - 1", read)? })
}

fn value_targets(typed: &str) -> Result<Task, String> {
    let read = |one: &str| one.split(',').map(number).collect();
    Ok(Task::Values { targets: targets(typed, "0.5 - 1", read)? })
}

/// The examples of the page, by name.
const EXAMPLES: [(&str, Example); 7] = [
    ("first", Example::First),
    ("next-letter", Example::NextLetter),
    ("small-weights", Example::SmallWeights),
    ("saturated", Example::Saturated),
    ("exploding", Example::Exploding),
    ("carried", Example::Carried),
    ("parity", Example::Parity),
];

/// A thing by its name.
///
/// # Errors
///
/// That there is none, and the nearest name that there is.
pub(super) fn named<T: Copy>(name: &str, what: &str, all: &[(&str, T)]) -> Result<T, String> {
    all.iter().find(|(known, _)| *known == name).map(|(_, thing)| *thing).ok_or_else(|| {
        format!("there is no {what} `{name}`{}", nearest(name, all.iter().map(|it| it.0)))
    })
}

/// The bug of a name, or none where it is `none`.
pub(super) fn bug(name: &str) -> Result<Option<Bug>, String> {
    if name == "none" { Ok(None) } else { named(name, "bug", &BUGS).map(Some) }
}

impl State {
    /// One key of it, as `with` has it.
    ///
    /// # Errors
    ///
    /// What is wrong with the key or its value.
    pub(super) fn of(key: &str, value: Value) -> Result<Self, String> {
        let mut table = Map::new();
        table.insert(key.to_owned(), value);
        Self::read(table.into()).map_err(|wrong| wrong.problem)
    }

    /// The experiment after this change of `before`.
    ///
    /// # Errors
    ///
    /// What is wrong with the settings that it makes.
    pub fn applied_to(
        &self,
        before: Experiment,
        language: Language,
    ) -> Result<Experiment, ExperimentError> {
        let mut experiment = match self.example {
            Some(example) => example.experiment(language)?,
            None => before,
        };
        for edit in self.edits(language) {
            experiment = edit.made_of(&experiment)?;
        }
        for assignment in &self.weights {
            // One that is not there is refused as any other.
            let place =
                assignment.place(&experiment).ok_or_else(|| ExperimentError::Malformed {
                    field: "weights".to_owned(),
                    reason: format!("there is no such weight: {assignment:?}"),
                })?;
            experiment = Edit::Weight { place, value: assignment.value }.made_of(&experiment)?;
        }
        for _ in 0..self.updates {
            experiment = Trace::of(experiment).updated()?;
        }
        Ok(experiment)
    }

    /// The edits of the page that it makes, in their order.
    fn edits(&self, language: Language) -> Vec<Edit> {
        let text = self.text.as_ref().map(|text| Edit::Text(text.of(language).into()));
        let target = self.target.map(|target| Edit::Task(Task::binary(target == 1)));
        [
            // The unit first, since a text may have no step of the other one.
            self.unit.map(Edit::StepUnit),
            text,
            target,
            self.each.clone().map(Edit::Task),
            self.next_token.then_some(Edit::Task(Task::NextToken)),
            self.reduction.map(Edit::Reduction),
            self.cell.map(Edit::Cell),
            self.units.map(Edit::Units),
            self.seed.map(Edit::Seed),
            self.radius.map(Edit::SpectralRadius),
            self.keep.map(Edit::KeepBias),
            self.truncation.map(|window| Edit::Truncation(Some(window))),
            self.clip.map(|threshold| Edit::Clip(Some(threshold))),
            self.learning_rate.map(Edit::LearningRate),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// How another run is made of one, as `with` says it.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// By settings.
    Set(Box<State>),
    /// By the tokens in reverse order.
    Reversed,
    /// By another word at a step.
    Word(StepName, Text),
    /// By the token of another step at a step.
    Token(StepName, StepName),
    /// By the weights after so many updates of the training.
    Update(usize),
}

impl Change {
    /// Whether `t` is in it.
    pub(super) fn has_step(&self) -> bool {
        match self {
            Self::Set(_) | Self::Reversed | Self::Update(_) => false,
            Self::Word(step, _) => step.is_variable(),
            Self::Token(step, from) => step.is_variable() || from.is_variable(),
        }
    }

    /// The run that all `changes` make of that of `scope`, one after the other.
    pub(super) fn all(changes: &[Self], scope: &Scope<'_>) -> Option<Trace> {
        let mut experiment = scope.trace.experiment().clone();
        for change in changes {
            experiment = change.made_of(experiment, scope)?;
        }
        Some(Trace::of(experiment))
    }

    fn made_of(&self, experiment: Experiment, scope: &Scope<'_>) -> Option<Experiment> {
        let mut tokens = experiment.sequence().tokens().to_vec();
        let at = |step: &StepName| Some(step.step(scope)?.index());
        match self {
            Self::Set(state) => return state.applied_to(experiment, scope.language).ok(),
            Self::Update(updates) => {
                let school = scope.schools.first()?;
                let is_made = *updates <= school.run().updates().len();
                return is_made.then(|| school.taught(experiment.settings(), *updates)).flatten();
            }
            Self::Reversed => tokens.reverse(),
            Self::Word(step, word) => {
                word.of(scope.language).clone_into(tokens.get_mut(at(step)?)?);
            }
            Self::Token(step, from) => {
                let token = tokens.get(at(from)?)?.clone();
                *tokens.get_mut(at(step)?)? = token;
            }
        }
        let is_joined = experiment.settings().unit == StepUnit::Character;
        let between = if is_joined { "" } else { " " };
        // The words are others, the weights are the same, however many words there are.
        let weights = Some(experiment.weights().clone());
        let settings = Settings { weights, ..experiment.settings().clone() };
        let given = Edit::Open(Box::new(settings)).made_of(&experiment).ok()?;
        Edit::Text(tokens.join(between).into()).made_of(&given).ok()
    }
}
