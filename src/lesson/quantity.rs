//! The numbers that a chapter can speak of, by name: `norm 1`, `H 3 2`, `W1h 1 4`.

use super::{
    file::{Entry, Wrong, parsed},
    nearest,
    school::School,
};
use crate::{
    figure::numbers::time,
    rnn::{
        Bug, Cell, Experiment, NoRatio, Parameter, Place, Step, StepUnit, Trace, Variable, Weights,
        experiment::{DEFAULT_KEEP_BIAS, DEFAULT_SPECTRAL_RADIUS},
        ratio,
        train::Part,
        way_back::Cause,
        weights,
    },
    session::Spot,
    text::Language,
    training::Data,
};
use serde_json::Value;

/// What an expression is evaluated in: a run, and in a reply what was answered.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The run.
    pub trace: &'a Trace,
    /// The language, which decides between words.
    pub language: Language,
    /// The training of the screen and those beside it; none where it has none.
    pub schools: &'a [School],
    /// The step that `t` stands for, from 1.
    pub(super) step: Option<usize>,
    /// The unit that `u` stands for, from 1.
    pub(super) unit: Option<usize>,
    /// The number that was answered.
    pub(super) answer: Option<f64>,
}

impl<'a> Scope<'a> {
    /// A run in which nothing was answered.
    pub fn of(trace: &'a Trace, language: Language) -> Self {
        Self { trace, language, schools: &[], step: None, unit: None, answer: None }
    }

    /// The same with trainings.
    #[must_use]
    pub fn with(self, schools: &'a [School]) -> Self {
        Self { schools, ..self }
    }

    /// The same where `t` stands for the step of this number.
    #[must_use]
    pub fn at_step(self, number: usize) -> Self {
        Self { step: Some(number), ..self }
    }

    /// The same where `u` stands for the unit of this number.
    #[must_use]
    pub fn at_unit(self, number: usize) -> Self {
        Self { unit: Some(number), ..self }
    }

    /// The same after the learner answered with a number.
    #[must_use]
    pub fn answered(self, number: f64) -> Self {
        Self { answer: Some(number), ..self }
    }
}

/// How many held-out sequences a reach is the mean of.
const REACHED: usize = 16;

/// A place among things counted from 1, as a chapter names it: `3`, `last-1`, `t+1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nth {
    from: From,
    offset: isize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    Zero,
    Last,
    Variable,
}

impl Nth {
    /// Reads the name; `variable` is what may stand for any of them.
    fn read(name: &str, variable: &str) -> Option<Self> {
        let offset = |rest: &str| match rest {
            "" => Some(0),
            _ if rest.starts_with(['+', '-']) => rest.parse().ok(),
            _ => None,
        };
        if let Some(rest) = name.strip_prefix("last") {
            return Some(Self { from: From::Last, offset: offset(rest)? });
        }
        if let Some(rest) = name.strip_prefix(variable) {
            return Some(Self { from: From::Variable, offset: offset(rest)? });
        }
        let number: usize = name.parse().ok()?;
        Some(Self { from: From::Zero, offset: isize::try_from(number).ok()? })
    }

    /// Its number, from 1, where there are `count` and the variable has the value `now`.
    fn number(self, count: usize, now: Option<usize>) -> Option<usize> {
        let from = match self.from {
            From::Zero => 0,
            From::Last => count,
            From::Variable => now?,
        };
        from.checked_add_signed(self.offset).filter(|number| (1..=count).contains(number))
    }
}

/// A time step as a chapter names it: a number from 1, `last`, `last-1`, `t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepName(Nth);

impl Entry for StepName {
    fn read(value: Value) -> Result<Self, Wrong> {
        parsed(value, Self::read)
    }
}

impl StepName {
    /// Reads the name.
    ///
    /// # Errors
    ///
    /// That it names no step.
    pub fn read(name: &str) -> Result<Self, String> {
        let wrong = || format!("`{name}` is no step: write a number from 1, `last` or `last-1`");
        Nth::read(name, "t").map(Self).ok_or_else(wrong)
    }

    /// Whether it goes by `t`.
    pub(super) fn is_variable(self) -> bool {
        self.0.from == From::Variable
    }

    /// The step in a run of `steps` steps, where `t` stands for nothing.
    pub fn in_run(self, steps: usize) -> Option<Step> {
        self.0.number(steps, None).map(|number| Step::from_index(number - 1))
    }

    /// The row of W₁ₓ that it names, from 0: that of the token which the step reads; where a step is
    /// numbers, that of the number in this place.
    pub(super) fn row_of(self, experiment: &Experiment, step: Option<usize>) -> Option<usize> {
        if experiment.settings().unit == StepUnit::Number {
            return Some(self.0.number(experiment.weights().sizes().inputs, step)? - 1);
        }
        let indices = experiment.sequence().indices();
        indices.get(self.0.number(experiment.steps(), step)? - 1).copied()
    }

    /// The step in `scope`.
    pub fn step(self, scope: &Scope<'_>) -> Option<Step> {
        let number = self.0.number(scope.trace.steps(), scope.step)?;
        Some(Step::from_index(number - 1))
    }
}

/// What a quantity is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Argument {
    Step(StepName),
    Index(Nth),
    Bug(Bug),
    Parameter(Parameter),
    Variable(Variable),
    Count(Nth),
}

/// What kind of thing a quantity is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Step,
    Index,
    Bug,
    Parameter,
    Variable,
    Count,
}

impl Kind {
    fn read(self, word: &str) -> Result<Argument, String> {
        let known = |names: &[String], what: &str| {
            let hint = nearest(word, names.iter().map(String::as_str));
            format!("`{word}` is no {what}{hint}")
        };
        match self {
            Self::Step => StepName::read(word).map(Argument::Step),
            Self::Index => Nth::read(word, "u")
                .map(Argument::Index)
                .ok_or_else(|| format!("`{word}` is no number from 1")),
            Self::Count => Nth::read(word, "?")
                .map(Argument::Count)
                .ok_or_else(|| format!("`{word}` is no number from 0, and not `last`")),
            Self::Bug => bug_of(word)
                .map(Argument::Bug)
                .ok_or_else(|| known(&BUGS.map(|(name, _)| name.to_owned()), "bug")),
            Self::Parameter => {
                parameter_of(word).map(Argument::Parameter).ok_or_else(|| no_parameter(word))
            }
            Self::Variable => variable_of(word).map(Argument::Variable).ok_or_else(|| {
                known(&variables().map(|it| it.name().to_owned()).collect::<Vec<_>>(), "variable")
            }),
        }
    }
}

/// The names of the bugs in a chapter.
pub(super) const BUGS: [(&str, Bug); 5] = [
    ("transpose", Bug::MissingTranspose),
    ("slope", Bug::MissingSlope),
    ("next", Bug::NextErrorForgotten),
    ("sum", Bug::NoSumOverTime),
    ("input", Bug::LastInput),
];

fn bug_of(name: &str) -> Option<Bug> {
    BUGS.into_iter().find(|(known, _)| *known == name).map(|(_, bug)| bug)
}

/// The parameter of a name such as `W1h` or `Wfx`, of whichever cell.
pub(super) fn parameter_of(name: &str) -> Option<Parameter> {
    Parameter::of_any_cell().find(|parameter| parameter.name() == name)
}

/// What is said where `name` is no parameter.
pub(super) fn no_parameter(name: &str) -> String {
    let known: Vec<String> = Parameter::of_any_cell().map(Parameter::name).collect();
    let hint = nearest(name, known.iter().map(String::as_str));
    format!("`{name}` is no parameter{hint}")
}

/// The variables of all cells; one that several cells have comes several times.
fn variables() -> impl Iterator<Item = Variable> {
    Cell::ALL.into_iter().flat_map(|cell| cell.recipe().variables())
}

/// The variable of a name such as `H` or `Zf`, of whichever cell.
fn variable_of(name: &str) -> Option<Variable> {
    variables().find(|variable| variable.name() == name)
}

/// Everything that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Value(Variable),
    Error(Variable),
    Straight,
    Slope,
    Norm,
    Logit,
    Prediction,
    OutputError,
    Loss,
    Weight(Parameter),
    Gradient(Parameter),
    Contribution,
    Jacobian,
    Chain,
    ChainOfWeights,
    ChainOfSaturation,
    ChainStraight,
    Kept,
    WholeGradient,
    Followed,
    Cosine,
    Bag,
    PredictedLoss,
    BugDistance,
    Steps,
    Units,
    Vocabulary,
    Outputs,
    Rows,
    Columns,
    Size,
    Parameters,
    Radius,
    Keep,
    Seed,
    Target,
    Truncation,
    Clip,
    LearningRate,
    Training(OfTraining),
    Answer,
    ThisStep,
    ThisUnit,
}

/// Everything of a training that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OfTraining {
    Updates,
    Reached,
    Learnt,
    TrainingLoss,
    HeldLoss,
    HeldShare,
    TrainedShare,
    LongerShare,
    UpdateGradient,
    UpdateClipping,
    UpdateStep,
    SingleGradient,
    Perplexity,
    LargestGradient,
    Reach,
    Floor,
    Guessing,
    BestBag,
    Sequences,
    HeldOut,
    Batch,
    Goal,
}

const OF_UNIT: &[Kind] = &[Kind::Step, Kind::Index];

/// How everything is called, and what it is of; the same name may be of several things. The variables of
/// the cells and the weights have the names of programs, see [`named`].
const NAMES: &[(&str, Name, &[Kind])] = {
    use Kind::{Bug, Count, Index, Step, Variable};
    const PARAMETER: Kind = Kind::Parameter;
    &[
        ("slope", Name::Slope, OF_UNIT),
        ("straight", Name::Straight, OF_UNIT),
        ("norm", Name::Norm, &[Step]),
        ("norm", Name::Norm, &[Variable, Step]),
        ("Z2", Name::Logit, &[]),
        ("Z2", Name::Logit, OF_UNIT),
        ("A2", Name::Prediction, &[]),
        ("A2", Name::Prediction, OF_UNIT),
        ("dZ2", Name::OutputError, &[]),
        ("dZ2", Name::OutputError, OF_UNIT),
        ("L", Name::Loss, &[]),
        ("L", Name::Loss, &[Step]),
        ("contribution", Name::Contribution, &[Step]),
        ("contribution", Name::Contribution, &[Step, Index, Index]),
        ("J", Name::Jacobian, &[Step, Index, Index]),
        ("chain", Name::Chain, &[Step]),
        ("chain_weights", Name::ChainOfWeights, &[Step]),
        ("chain_saturation", Name::ChainOfSaturation, &[Step]),
        ("chain_straight", Name::ChainStraight, &[Step]),
        ("kept", Name::Kept, OF_UNIT),
        ("gradient", Name::WholeGradient, &[]),
        ("followed", Name::Followed, &[]),
        ("cosine", Name::Cosine, &[]),
        ("bag", Name::Bag, &[]),
        ("predicted_loss", Name::PredictedLoss, &[]),
        ("bug", Name::BugDistance, &[Bug, PARAMETER]),
        ("T", Name::Steps, &[]),
        ("units", Name::Units, &[]),
        ("vocabulary", Name::Vocabulary, &[]),
        ("outputs", Name::Outputs, &[]),
        ("rows", Name::Rows, &[PARAMETER]),
        ("columns", Name::Columns, &[PARAMETER]),
        ("size", Name::Size, &[PARAMETER]),
        ("parameters", Name::Parameters, &[]),
        ("radius", Name::Radius, &[]),
        ("keep", Name::Keep, &[]),
        ("seed", Name::Seed, &[]),
        ("target", Name::Target, &[]),
        ("truncation", Name::Truncation, &[]),
        ("clip", Name::Clip, &[]),
        ("learning_rate", Name::LearningRate, &[]),
        ("updates", Name::Training(OfTraining::Updates), &[]),
        ("reached", Name::Training(OfTraining::Reached), &[]),
        ("learnt", Name::Training(OfTraining::Learnt), &[Count]),
        ("training_loss", Name::Training(OfTraining::TrainingLoss), &[Count]),
        ("held_loss", Name::Training(OfTraining::HeldLoss), &[Count]),
        ("held_share", Name::Training(OfTraining::HeldShare), &[Count]),
        ("trained_share", Name::Training(OfTraining::TrainedShare), &[Count]),
        ("longer_share", Name::Training(OfTraining::LongerShare), &[Count]),
        ("update_gradient", Name::Training(OfTraining::UpdateGradient), &[Count]),
        ("update_clipping", Name::Training(OfTraining::UpdateClipping), &[Count]),
        ("update_step", Name::Training(OfTraining::UpdateStep), &[Count]),
        ("single_gradient", Name::Training(OfTraining::SingleGradient), &[Count]),
        ("perplexity", Name::Training(OfTraining::Perplexity), &[Count]),
        ("largest_gradient", Name::Training(OfTraining::LargestGradient), &[]),
        ("reach", Name::Training(OfTraining::Reach), &[Count, Count]),
        ("floor", Name::Training(OfTraining::Floor), &[]),
        ("guessing", Name::Training(OfTraining::Guessing), &[]),
        ("best_bag", Name::Training(OfTraining::BestBag), &[]),
        ("sequences", Name::Training(OfTraining::Sequences), &[]),
        ("held_out", Name::Training(OfTraining::HeldOut), &[]),
        ("batch", Name::Training(OfTraining::Batch), &[]),
        ("goal", Name::Training(OfTraining::Goal), &[]),
        ("answer", Name::Answer, &[]),
        ("t", Name::ThisStep, &[]),
        ("u", Name::ThisUnit, &[]),
    ]
};

/// The names of all quantities, for a hint.
pub(super) fn names() -> impl Iterator<Item = String> {
    let with_gradient = |name: &str| [name.to_owned(), format!("d{name}")];
    let fixed = NAMES.iter().map(|(name, ..)| (*name).to_owned());
    fixed
        .chain(variables().flat_map(move |variable| with_gradient(variable.name())))
        .chain(Parameter::of_any_cell().flat_map(move |parameter| with_gradient(&parameter.name())))
}

/// What a quantity of this name can be, and what each is of: `Zf` and `Wfx` are numbers of a run, `dZf`
/// and `dWfx` the gradients there.
fn named(name: &str) -> Vec<(Name, &'static [Kind])> {
    let of_weight = |parameter: Parameter| -> &[Kind] {
        match parameter {
            Parameter::FromInput(_) => OF_UNIT,
            Parameter::FromState(_) | Parameter::ToOutput => &[Kind::Index, Kind::Index],
            Parameter::Bias(_) | Parameter::StateBias(_) | Parameter::OutputBias => &[Kind::Index],
        }
    };
    let fixed = NAMES.iter().filter(|(known, ..)| *known == name);
    let mut found: Vec<_> = fixed.map(|(_, name, kinds)| (*name, *kinds)).collect();
    let of = name.strip_prefix('d');
    found.extend(variable_of(name).map(|it| (Name::Value(it), OF_UNIT)));
    found.extend(of.and_then(variable_of).map(|it| (Name::Error(it), OF_UNIT)));
    found.extend(parameter_of(name).map(|it| (Name::Weight(it), of_weight(it))));
    found.extend(of.and_then(parameter_of).map(|it| (Name::Gradient(it), of_weight(it))));
    found
}

/// A number of a run, as a chapter names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    name: Name,
    arguments: Vec<Argument>,
}

impl Quantity {
    /// Reads a quantity from its name and what it is of.
    ///
    /// # Errors
    ///
    /// Which word is wrong, and the nearest right one.
    pub(super) fn read(name: &str, words: &[&str]) -> Result<Self, String> {
        let known = named(name);
        if known.is_empty() {
            return Err(no_quantity(name, names()));
        }
        let takes: Vec<String> = known.iter().map(|(_, kinds)| written(name, kinds)).collect();
        let (named, kinds) = known
            .into_iter()
            .find(|(_, kinds)| kinds.len() == words.len())
            .ok_or_else(|| format!("`{name}` is written {}", takes.join(" or ")))?;
        let arguments = kinds.iter().zip(words).map(|(kind, word)| kind.read(word));
        let arguments = arguments
            .collect::<Result<_, _>>()
            .map_err(|wrong| format!("{wrong}, in {}", written(name, kinds)))?;
        Ok(Self { name: named, arguments })
    }

    /// Whether it is a count or a setting, which is written as it is.
    pub(super) fn is_exact(&self) -> bool {
        use Name::{
            Answer, Clip, Columns, Keep, LearningRate, Outputs, Parameters, Radius, Rows, Seed,
            Size, Steps, Target, ThisStep, ThisUnit, Training, Truncation, Units, Vocabulary,
        };
        matches!(
            self.name,
            Steps
                | Units
                | Vocabulary
                | Outputs
                | Rows
                | Columns
                | Size
                | Parameters
                | Radius
                | Keep
                | Seed
                | Target
                | Truncation
                | Clip
                | LearningRate
                | Training(
                    OfTraining::Updates
                        | OfTraining::Reached
                        | OfTraining::Learnt
                        | OfTraining::Sequences
                        | OfTraining::HeldOut
                        | OfTraining::Batch
                        | OfTraining::Goal
                )
                | Answer
                | ThisStep
                | ThisUnit
        )
    }

    /// Whether `t`, and whether `u`, is in it.
    pub(super) fn variables(&self) -> (bool, bool) {
        let has = |what: &dyn Fn(&Argument) -> bool| self.arguments.iter().any(what);
        let step = |it: &Argument| matches!(it, Argument::Step(it) if it.0.from == From::Variable);
        let unit = |it: &Argument| matches!(it, Argument::Index(it) if it.from == From::Variable);
        (self.name == Name::ThisStep || has(&step), self.name == Name::ThisUnit || has(&unit))
    }

    /// The number of the page that it is, if it is one.
    pub fn spot(&self, scope: &Scope<'_>) -> Option<Spot> {
        let trace = scope.trace;
        let last = Step::from_index(trace.steps() - 1);
        let step = |at: usize| match self.arguments.get(at)? {
            Argument::Step(name) => name.step(scope),
            _ => None,
        };
        // Past the last one there is no value, which is asked for below.
        let index = |at: usize| match self.arguments.get(at)? {
            Argument::Index(nth) => Some(nth.number(usize::MAX, scope.unit)? - 1),
            _ => None,
        };
        let place = |parameter: Parameter| {
            Some(match parameter {
                Parameter::Bias(_) | Parameter::StateBias(_) | Parameter::OutputBias => {
                    Place { parameter, row: 0, column: index(0)? }
                }
                Parameter::FromInput(_) => {
                    let row = match self.arguments.first()? {
                        Argument::Step(name) => name.row_of(trace.experiment(), scope.step)?,
                        _ => return None,
                    };
                    Place { parameter, row, column: index(1)? }
                }
                Parameter::FromState(_) | Parameter::ToOutput => {
                    Place { parameter, row: index(0)?, column: index(1)? }
                }
            })
        };
        let output = || {
            if self.arguments.is_empty() { Some((last, 0)) } else { Some((step(0)?, index(1)?)) }
        };
        let spot = match self.name {
            Name::Value(of) => Spot::Value { of, step: step(0)?, unit: index(1)? },
            Name::Error(of) => Spot::Error { of, step: step(0)?, unit: index(1)? },
            Name::Straight => {
                let of = kept(trace)?;
                let mut arrivals = trace.way_back().at(of);
                let nth = arrivals.position(|arrival| arrival.from == Cause::Next(of))?;
                Spot::Arrival { of, nth, step: step(0)?, unit: index(1)? }
            }
            Name::Norm => match self.arguments.first()? {
                Argument::Variable(of) => Spot::Norm { of: *of, step: step(1)? },
                _ => Spot::Norm { of: Variable::State, step: step(0)? },
            },
            Name::Logit => {
                let (step, output) = output()?;
                Spot::Logit { step, output }
            }
            Name::Prediction => {
                let (step, output) = output()?;
                Spot::Output { step, output }
            }
            Name::OutputError => {
                let (step, output) = output()?;
                Spot::OutputError { step, output }
            }
            Name::Loss => Spot::Loss { step: step(0)? },
            Name::Weight(parameter) => Spot::Weight(place(parameter)?),
            Name::Gradient(parameter) => Spot::Gradient(place(parameter)?),
            Name::Contribution => {
                let place = Place { parameter: Parameter::W1H, row: index(1)?, column: index(2)? };
                Spot::Contribution { step: step(0)?, place }
            }
            Name::Jacobian => Spot::Jacobian { step: step(0)?, row: index(1)?, column: index(2)? },
            _ => return None,
        };
        spot.value(trace).is_some().then_some(spot)
    }

    /// Its value in `scope`; none where the run has no such number, or came to something that is
    /// none.
    pub fn value(&self, scope: &Scope<'_>) -> Option<f64> {
        let value = match self.spot(scope) {
            Some(spot) => spot.value(scope.trace)?,
            None => self.other(scope)?,
        };
        Some(value).filter(|value| !value.is_nan())
    }

    /// Whether it is a number of a training.
    pub(super) fn is_of_training(&self) -> bool {
        matches!(self.name, Name::Training(_))
    }

    /// A number of the first training of `scope`. Update 1 is the first; what is held out is asked after
    /// so many updates.
    fn of_training(&self, name: OfTraining, scope: &Scope<'_>) -> Option<f64> {
        let school = scope.schools.first()?;
        let run = school.run();
        let made = run.updates().len();
        let count = |at: usize| match self.arguments.get(at)? {
            Argument::Count(Nth { from: From::Zero, offset }) => usize::try_from(*offset).ok(),
            Argument::Count(Nth { offset, .. }) => made.checked_add_signed(*offset),
            _ => None,
        };
        let update = || run.updates().get(count(0)?.checked_sub(1)?);
        let training = || Some(count(0)?).filter(|&at| at <= made).map(|at| run.at(at));
        let split = school.set().split();
        let data = || Data::set_of(school.set().clone());
        Some(match name {
            OfTraining::Updates => made as f64,
            OfTraining::Reached => run.reached().map_or(f64::INFINITY, |updates| updates as f64),
            OfTraining::Learnt => school.learnt(count(0)?) as f64,
            OfTraining::TrainingLoss => update()?.loss,
            OfTraining::HeldLoss => training()?.held_out().loss,
            OfTraining::HeldShare => training()?.held_out().accuracy?,
            OfTraining::TrainedShare => training()?.score(split.training()).accuracy?,
            OfTraining::LongerShare => training()?.score(school.set().longer()).accuracy?,
            OfTraining::UpdateGradient => update()?.gradient_norm,
            OfTraining::UpdateClipping => update()?.clipping,
            OfTraining::UpdateStep => update()?.step_norm,
            OfTraining::SingleGradient => {
                let explained = run.explained(update()?.number);
                let norm = |part: &Part| part.gradient.norm() / part.targets.max(1) as f64;
                let norms: f64 = explained.parts.iter().map(norm).sum();
                norms / explained.parts.len().max(1) as f64
            }
            OfTraining::Perplexity => training()?.held_out().loss.exp(),
            OfTraining::LargestGradient => {
                run.updates().iter().map(|update| update.gradient_norm).fold(0.0, f64::max)
            }
            OfTraining::Reach => {
                let some = &split.held_out()[..split.held_out().len().min(REACHED)];
                *training()?.reach(some).get(count(1)?)?
            }
            OfTraining::Floor => school.set().floor()?,
            OfTraining::Guessing => school.set().corpus().guessing()?,
            OfTraining::BestBag => data().best_bag()?,
            OfTraining::Sequences => split.training().len() as f64,
            OfTraining::HeldOut => split.held_out().len() as f64,
            OfTraining::Batch => run.controls_at(school.at()).batch_size as f64,
            OfTraining::Goal => run.goal()?,
        })
    }

    /// The numbers that have no place of their own on the page.
    fn other(&self, scope: &Scope<'_>) -> Option<f64> {
        if let Name::Training(name) = self.name {
            return self.of_training(name, scope);
        }
        let trace = scope.trace;
        let experiment = trace.experiment();
        let settings = experiment.settings();
        let sizes = experiment.weights().sizes();
        let step = || match self.arguments.first()? {
            Argument::Step(name) => name.step(scope),
            _ => None,
        };
        let link = || {
            let from = step()?;
            let last = Step::from_index(trace.steps() - 1);
            trace.chain(last).into_iter().find(|link| link.from == from)
        };
        let size = |(rows, columns): (usize, usize)| rows * columns;
        let is_plain = experiment.recipe().plain().is_some();
        Some(match self.name {
            Name::Slope => match self.arguments[..] {
                [Argument::Step(step), Argument::Index(unit)] => {
                    let unit = unit.number(sizes.units, scope.unit)?;
                    *trace.slope(step.step(scope)?).get(unit - 1)?
                }
                _ => return None,
            },
            Name::Loss if self.arguments.is_empty() => trace.loss(),
            Name::Contribution if self.arguments.len() == 1 => {
                weights::norm(trace.contribution(step()?).matrix(Parameter::W1H).iter().copied())
            }
            Name::WholeGradient => trace.gradient().norm(),
            Name::Followed => trace.followed_gradient().norm(),
            Name::Cosine => trace.truncated().cosine.ok()?,
            Name::Chain => link()?.norm.value(),
            // A cell with gates has a straight way in their place.
            Name::ChainOfWeights if is_plain => link()?.norm_of_weights.value(),
            // There is none where W₁ₕ alone lets nothing through.
            Name::ChainOfSaturation if is_plain => link()?.norm_of_saturation()?.value(),
            Name::ChainStraight if !is_plain => link()?.norm_of_weights.value(),
            Name::Kept => {
                let (gate, _) = experiment.recipe().keeps()?;
                let keeper = trace.values(Variable::Open(gate))?;
                let unit = match self.arguments.get(1)? {
                    Argument::Index(nth) => nth.number(sizes.units, scope.unit)? - 1,
                    _ => return None,
                };
                let later = step()?.number() + 1..=trace.steps();
                later.map(|step| keeper[[step, unit]]).product()
            }
            Name::Bag => *trace.bag_of_words().get((0, 0))?,
            Name::PredictedLoss => trace.predicted_loss(),
            Name::BugDistance => match self.arguments[..] {
                [Argument::Bug(bug), Argument::Parameter(parameter)] => {
                    match distance(&bug.gradient(trace), &trace.full_gradient(), parameter) {
                        Err(NoRatio::BothZero) => 0.0,
                        distance => distance.ok()?,
                    }
                }
                _ => return None,
            },
            Name::Steps => trace.steps() as f64,
            Name::Units => sizes.units as f64,
            Name::Vocabulary => sizes.inputs as f64,
            Name::Outputs => sizes.of(Parameter::W2).1 as f64,
            Name::Rows => self.shape(scope)?.0 as f64,
            Name::Columns => self.shape(scope)?.1 as f64,
            Name::Size => size(self.shape(scope)?) as f64,
            Name::Parameters => {
                let all = experiment.weights().parameters();
                all.map(|parameter| size(sizes.of(parameter))).sum::<usize>() as f64
            }
            Name::Keep if is_plain => return None,
            Name::Keep => settings.keep_bias.unwrap_or(DEFAULT_KEEP_BIAS),
            Name::Radius => settings.spectral_radius.unwrap_or(DEFAULT_SPECTRAL_RADIUS),
            Name::Seed => settings.seed.unwrap_or_default() as f64,
            Name::Target => experiment.target(Step::from_index(trace.steps() - 1)) as f64,
            Name::Truncation => settings.truncation? as f64,
            Name::Clip => settings.clip_norm?,
            Name::LearningRate => experiment.learning_rate(),
            Name::Answer => scope.answer?,
            Name::ThisStep => scope.step? as f64,
            Name::ThisUnit => scope.unit? as f64,
            _ => return None,
        })
    }

    /// How it is written in a formula, in every language.
    pub fn letters(&self, scope: &Scope<'_>) -> String {
        let mut step = None;
        let mut indices = Vec::new();
        for argument in &self.arguments {
            match argument {
                Argument::Step(name) => step = name.step(scope).map(Step::number),
                Argument::Index(nth) => {
                    indices.extend(nth.number(usize::MAX, scope.unit).map(|it| it.to_string()));
                }
                Argument::Bug(_)
                | Argument::Parameter(_)
                | Argument::Variable(_)
                | Argument::Count(_) => {}
            }
        }
        let at = step.map(time).unwrap_or_default();
        let below =
            if indices.is_empty() { String::new() } else { format!("[{}]", indices.join(", ")) };
        let of = |letter: &str| format!("{letter}{at}{below}");
        let steps = trace_end(scope);
        match self.name {
            Name::Value(variable) => of(&variable.symbol()),
            Name::Error(variable) => of(&format!("∂L/∂{}", variable.symbol())),
            Name::Straight => {
                let next = step.map(|step| time(step + 1)).unwrap_or_default();
                let straight = || {
                    let (gate, _) = scope.trace.experiment().recipe().keeps()?;
                    let kept = kept(scope.trace)?.symbol();
                    let keeper = Variable::Open(gate).symbol();
                    Some(format!("∂L/∂{kept}{next}{below} · {keeper}{next}{below}"))
                };
                straight().unwrap_or_default()
            }
            Name::Slope => format!("1 − (H{at}{below})²"),
            Name::Norm => {
                let of = match self.arguments.first() {
                    Some(Argument::Variable(of)) => *of,
                    _ => Variable::State,
                };
                format!("‖∂L/∂{}{at}‖", of.symbol())
            }
            Name::Logit => of("Z₂"),
            Name::Prediction => of("A₂"),
            Name::OutputError => of("∂L/∂Z₂"),
            Name::Loss => of("L"),
            Name::Weight(parameter) => of(&parameter.symbol()),
            Name::Gradient(parameter) => of(&format!("∂L/∂{}", parameter.symbol())),
            Name::Contribution if indices.is_empty() => {
                format!("‖H{}ᵀ·∂L/∂Z₁{at}‖", before(step))
            }
            Name::Contribution => {
                let unit = |at| indices.get(at).cloned().unwrap_or_default();
                format!("H{}[{}]·∂L/∂Z₁{at}[{}]", before(step), unit(0), unit(1))
            }
            Name::Jacobian => of("J"),
            Name::Chain => format!("‖∂H{steps}/∂H{at}‖"),
            Name::ChainOfWeights => "W₁ₕ".to_owned(),
            Name::ChainOfSaturation => "1 − H²".to_owned(),
            Name::ChainStraight | Name::Kept => {
                let keeper = scope.trace.experiment().recipe().keeps();
                let keeper = keeper.map_or_else(String::new, |it| Variable::Open(it.0).symbol());
                let first = step.map(|step| time(step + 1)).unwrap_or_default();
                let (whole, end) = if self.name == Name::Kept { ("", "") } else { ("‖", "‖") };
                format!("{whole}{keeper}{first}{below} ⋯ {keeper}{steps}{below}{end}")
            }
            Name::WholeGradient
            | Name::Training(OfTraining::UpdateGradient | OfTraining::LargestGradient) => {
                "‖g‖".to_owned()
            }
            Name::Followed => "‖g · min(1, c/‖g‖)‖".to_owned(),
            Name::Cosine => "cos".to_owned(),
            Name::PredictedLoss => "L − η·‖g‖²".to_owned(),
            Name::Steps => "T".to_owned(),
            Name::Units => "n".to_owned(),
            Name::Vocabulary => "d".to_owned(),
            Name::Outputs => "k".to_owned(),
            Name::Radius => "ρ".to_owned(),
            Name::Target => "y".to_owned(),
            Name::Truncation => "w".to_owned(),
            Name::Clip => "c".to_owned(),
            Name::LearningRate => "η".to_owned(),
            Name::Training(
                OfTraining::TrainingLoss
                | OfTraining::HeldLoss
                | OfTraining::Floor
                | OfTraining::Guessing,
            ) => "L".to_owned(),
            Name::Training(OfTraining::UpdateStep) => "‖ΔW‖".to_owned(),
            Name::Training(OfTraining::Reach) => "‖∂L/∂H‖".to_owned(),
            // There is no letter: it is told in words.
            Name::Training(_) => String::new(),
            // A count is told by what is counted.
            Name::Size => self
                .shape(scope)
                .map_or_else(String::new, |(rows, columns)| format!("{rows} × {columns}")),
            Name::Rows | Name::Columns | Name::Parameters => {
                self.value(scope).map_or_else(String::new, |count| count.to_string())
            }
            _ => NAMES
                .iter()
                .find(|(_, name, _)| *name == self.name)
                .map_or_else(String::new, |(name, ..)| of(name)),
        }
    }

    /// The shape of the parameter that it is of.
    fn shape(&self, scope: &Scope<'_>) -> Option<(usize, usize)> {
        match self.arguments.first()? {
            Argument::Parameter(parameter) => {
                let weights = scope.trace.experiment().weights();
                let has = weights.parameters().any(|it| it == *parameter);
                has.then(|| weights.sizes().of(*parameter))
            }
            _ => None,
        }
    }
}

/// What a cell with gates keeps from step to step with no weights between: C, or H where it has none.
fn kept(trace: &Trace) -> Option<Variable> {
    let recipe = trace.experiment().recipe();
    recipe.keeps()?;
    recipe.carried().last().copied()
}

/// What is said where there is no quantity `name`, with the nearest one that is `known`.
pub(super) fn no_quantity(name: &str, known: impl Iterator<Item = String>) -> String {
    let known: Vec<String> = known.collect();
    format!("there is no quantity `{name}`{}", nearest(name, known.iter().map(String::as_str)))
}

/// How a quantity is written, for whoever wrote it wrongly.
fn written(name: &str, kinds: &[Kind]) -> String {
    let kinds = kinds.iter().map(|kind| match kind {
        Kind::Step => " step",
        Kind::Index | Kind::Count => " number",
        Kind::Bug => " bug",
        Kind::Parameter => " parameter",
        Kind::Variable => " variable",
    });
    format!("`{name}{}`", kinds.collect::<String>())
}

fn trace_end(scope: &Scope<'_>) -> String {
    time(scope.trace.steps())
}

fn before(step: Option<usize>) -> String {
    step.map(|step| time(step - 1)).unwrap_or_default()
}

/// ‖wrong − right‖ / ‖right‖ in one tensor.
///
/// # Errors
///
/// Why there is no such number.
pub fn distance(wrong: &Weights, right: &Weights, parameter: Parameter) -> Result<f64, NoRatio> {
    let (wrong, right) = (wrong.matrix(parameter), right.matrix(parameter));
    let off = weights::norm((&wrong - &right).iter().copied());
    ratio(off, weights::norm(right.iter().copied()))
}

/// Whether a [`distance`] is none, but for rounding.
pub fn is_same(distance: Result<f64, NoRatio>) -> bool {
    matches!(distance, Ok(..1e-9) | Err(NoRatio::BothZero))
}
