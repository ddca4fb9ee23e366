//! Where a number comes from: the operations on other numbers that make it.

use super::spot::Spot;
use crate::rnn::{Parameter, Place, Step, Task, Trace, work};

/// An operation on numbers of a run, as it is written out beside the score.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A number of the run.
    Number(Spot),
    /// A number that the rule brings along: a target, a learning rate, what truncation leaves.
    Constant(f64),
    /// a + b + …, grouped by where the summands come from.
    Sum(Vec<Group>),
    /// a × b × …
    Product(Vec<Expression>),
    /// f(a).
    Of(Function, Box<Expression>),
    /// eᶻ of one number over the sum of eᶻ of all.
    Softmax {
        /// All of them.
        logits: Vec<Spot>,
        /// The place of the one.
        of: usize,
    },
}

/// The summands of a sum that come from one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Where they come from.
    pub from: Cause,
    /// Each of them.
    pub summands: Vec<Expression>,
}

/// Where a part of a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The previous hidden state.
    Previous,
    /// The hidden state of the same step.
    State,
    /// The input.
    Input,
    /// A bias.
    Bias,
    /// The output of the same step.
    Output,
    /// The next step.
    Next,
    /// What was predicted.
    Prediction,
    /// What should have been.
    Target,
    /// What there was before an update.
    Before,
    /// What an update adds.
    Change,
    /// A step.
    Step(Step),
    /// A unit, counted from 0.
    Unit(usize),
    /// One of the outputs, counted from 0.
    Class(usize),
}

/// A sum that a number is or is made of, down to the last summand.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The number that the sum is; none where a root or a quotient is still to be taken of it.
    pub of: Option<Spot>,
    /// What is summed; no group is empty.
    pub groups: Vec<Group>,
}

/// A function of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// tanh(a).
    Tanh,
    /// 1 / (1 + e⁻ᵃ).
    Sigmoid,
    /// a².
    Square,
    /// √a.
    Root,
    /// 1 − a.
    OneMinus,
    /// −a.
    Negative,
    /// ln a.
    Logarithm,
    /// eᵃ.
    Exponential,
}

impl Function {
    /// The value of the function at `argument`.
    pub fn at(self, argument: f64) -> f64 {
        match self {
            Self::Tanh => argument.tanh(),
            Self::Sigmoid => 1.0 / (1.0 + (-argument).exp()),
            Self::Square => argument * argument,
            Self::Root => argument.sqrt(),
            Self::OneMinus => 1.0 - argument,
            Self::Negative => -argument,
            Self::Logarithm => argument.ln(),
            Self::Exponential => argument.exp(),
        }
    }
}

impl Group {
    fn new(from: Cause, summands: impl IntoIterator<Item = Expression>) -> Self {
        Self { from, summands: summands.into_iter().collect() }
    }

    fn one(from: Cause, summand: impl Into<Expression>) -> Self {
        Self::new(from, [summand.into()])
    }

    /// The subtotal: what comes from there.
    pub fn value(&self, trace: &Trace) -> f64 {
        self.summands.iter().map(|summand| summand.value(trace)).sum()
    }
}

impl Account {
    /// The sum.
    pub fn value(&self, trace: &Trace) -> f64 {
        self.groups.iter().map(|group| group.value(trace)).sum()
    }
}

impl Expression {
    fn of(self, function: Function) -> Self {
        Self::Of(function, Box::new(self))
    }

    fn sum(groups: impl IntoIterator<Item = Group>) -> Self {
        Self::Sum(groups.into_iter().filter(|group| !group.summands.is_empty()).collect())
    }

    fn product(one: impl Into<Self>, other: impl Into<Self>) -> Self {
        Self::Product(vec![one.into(), other.into()])
    }

    /// What the operation makes of the numbers of `trace`. A number that the run does not have is
    /// not a number.
    pub fn value(&self, trace: &Trace) -> f64 {
        match self {
            Self::Number(spot) => spot.value(trace).unwrap_or(f64::NAN),
            Self::Constant(value) => *value,
            Self::Sum(groups) => groups.iter().map(|group| group.value(trace)).sum(),
            // An infinite factor is one that has overflowed: nothing times it is nothing.
            Self::Product(factors) => {
                let values: Vec<f64> = factors.iter().map(|factor| factor.value(trace)).collect();
                if values.contains(&0.0) { 0.0 } else { values.into_iter().product() }
            }
            Self::Of(function, argument) => function.at(argument.value(trace)),
            Self::Softmax { logits, of } => {
                let values: Vec<f64> =
                    logits.iter().filter_map(|logit| logit.value(trace)).collect();
                let largest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let powers: Vec<f64> = values.iter().map(|z| (z - largest).exp()).collect();
                powers.get(*of).map_or(f64::NAN, |power| power / powers.iter().sum::<f64>())
            }
        }
    }

    /// The numbers of the run in it, in the order in which they are written.
    pub fn numbers(&self) -> Vec<Spot> {
        match self {
            Self::Number(spot) => vec![*spot],
            Self::Constant(_) => Vec::new(),
            Self::Sum(groups) => {
                groups.iter().flat_map(|group| &group.summands).flat_map(Self::numbers).collect()
            }
            Self::Product(factors) => factors.iter().flat_map(Self::numbers).collect(),
            Self::Of(_, argument) => argument.numbers(),
            Self::Softmax { logits, .. } => logits.clone(),
        }
    }

    /// The sums that it is made of, each down to the last summand; that of the expression itself
    /// is a sum of the number `of`, if it is one.
    pub fn accounts(&self, of: Option<Spot>, trace: &Trace) -> Vec<Account> {
        let inside = |spot: Spot| {
            let arithmetic = spot.arithmetic(trace);
            arithmetic.map_or_else(Vec::new, |it| it.accounts(Some(spot), trace))
        };
        match self {
            Self::Sum(groups) => vec![Account { of, groups: groups.clone() }],
            Self::Product(factors) => {
                factors.iter().flat_map(|factor| factor.accounts(None, trace)).collect()
            }
            Self::Of(_, argument) => argument.accounts(None, trace),
            Self::Softmax { logits, of } => {
                let powers = Account { of: None, groups: powers(logits, trace) };
                let logit = logits.get(*of).map(|&logit| inside(logit));
                [powers].into_iter().chain(logit.into_iter().flatten()).collect()
            }
            // These have no sum of their own anywhere else beside the number that is asked about.
            Self::Number(
                spot @ (Spot::PreActivation { .. } | Spot::Logit { .. } | Spot::HiddenError { .. }),
            ) => inside(*spot),
            Self::Number(_) | Self::Constant(_) => Vec::new(),
        }
    }
}

/// eᶻ of every output, which softmax sums: of z less the largest where eᶻ would be past the largest
/// number there is, or all of them 0, which changes no quotient.
fn powers(logits: &[Spot], trace: &Trace) -> Vec<Group> {
    /// e⁵⁰⁰ can be summed, and so can e⁻⁵⁰⁰.
    const FAR: f64 = 500.0;
    let values = logits.iter().filter_map(|logit| logit.value(trace));
    let largest = values.fold(f64::NEG_INFINITY, f64::max);
    let power = |(output, &logit): (usize, &Spot)| {
        let exponent = if largest.abs() > FAR {
            Expression::sum([
                Group::one(Cause::Class(output), logit),
                Group::one(Cause::Class(output), Expression::Constant(-largest)),
            ])
        } else {
            logit.into()
        };
        Group::one(Cause::Class(output), exponent.of(Function::Exponential))
    };
    logits.iter().enumerate().map(power).collect()
}

impl From<Spot> for Expression {
    fn from(spot: Spot) -> Self {
        Self::Number(spot)
    }
}

impl Spot {
    /// How the number is computed from others; a weight is given, and has no arithmetic.
    pub fn arithmetic(self, trace: &Trace) -> Option<Expression> {
        use Expression as E;
        work::count();
        let experiment = &trace.experiment;
        let sizes = experiment.weights().sizes();
        let weight = |parameter, row, column| Self::Weight(Place { parameter, row, column });
        Some(match self {
            Self::PreActivation { step, unit } => weighted_sum(trace, step, unit),
            Self::State { step, unit } => {
                E::from(Self::PreActivation { step, unit }).of(Function::Tanh)
            }
            Self::Logit { step, output } => {
                let states = (0..sizes.units).map(|unit| {
                    E::product(Self::State { step, unit }, weight(Parameter::W2, unit, output))
                });
                E::sum([
                    Group::new(Cause::State, states),
                    Group::one(Cause::Bias, weight(Parameter::B2, 0, output)),
                ])
            }
            Self::Output { step, output } => match experiment.settings().task {
                Task::Binary { .. } => E::from(Self::Logit { step, output }).of(Function::Sigmoid),
                Task::Classes { .. } | Task::NextToken => {
                    let logits =
                        (0..sizes.outputs).map(|output| Self::Logit { step, output }).collect();
                    E::Softmax { logits, of: output }
                }
            },
            Self::Loss { step } => loss(trace, step),
            Self::WholeLoss => {
                let steps = Step::all(trace.steps());
                let with_loss = steps.filter(|&step| experiment.loss_row(step).is_some());
                E::sum(with_loss.map(|step| Group::one(Cause::Step(step), Self::Loss { step })))
            }
            Self::OutputError { step, output } => {
                let wanted = experiment.wanted(step).get(output).copied().unwrap_or_default();
                // Not −wanted, which may be −0.
                E::sum([
                    Group::one(Cause::Prediction, Self::Output { step, output }),
                    Group::one(Cause::Target, E::Constant(0.0 - wanted)),
                ])
            }
            Self::HiddenError { step, unit } => hidden_error(trace, step, unit),
            Self::Error { step, unit } => {
                let slope = E::from(Self::State { step, unit }).of(Function::Square);
                E::product(Self::HiddenError { step, unit }, slope.of(Function::OneMinus))
            }
            Self::Norm { step } => {
                let square = |unit| E::from(Self::HiddenError { step, unit }).of(Function::Square);
                E::sum((0..sizes.units).map(|unit| Group::one(Cause::Unit(unit), square(unit))))
                    .of(Function::Root)
            }
            Self::Contribution { step, place } => term(trace, step, place),
            Self::Gradient(place) => {
                let answers = |step: &Step| {
                    Parameter::RECURRENT.contains(&place.parameter)
                        || experiment.loss_row(*step).is_some()
                };
                let steps = Step::all(trace.steps()).filter(answers);
                E::sum(
                    steps.map(|step| {
                        Group::one(Cause::Step(step), Self::Contribution { step, place })
                    }),
                )
            }
            Self::Weight(_) => return None,
            Self::Updated(place) => updated(trace, place),
            Self::Jacobian { step, row, column } => {
                let state = Self::State { step, unit: column };
                let slope = E::from(state).of(Function::Square).of(Function::OneMinus);
                E::product(weight(Parameter::W1h, row, column), slope)
            }
            Self::Chain { from, to, row, column } => {
                if from == to {
                    return Some(E::Constant(if row == column { 1.0 } else { 0.0 }));
                }
                let next = from.next();
                E::sum((0..sizes.units).map(|between| {
                    let here = Self::Jacobian { step: next, row, column: between };
                    let later = Self::Chain { from: next, to, row: between, column };
                    Group::one(Cause::Unit(between), E::product(here, later))
                }))
            }
        })
    }
}

/// Z₁ₜ of a unit: what comes from the previous hidden state, from the input, and the bias.
fn weighted_sum(trace: &Trace, step: Step, unit: usize) -> Expression {
    let sizes = trace.experiment.weights().sizes();
    let weight = |parameter, row| Spot::Weight(Place { parameter, row, column: unit });
    let states = step.previous().into_iter().flat_map(|before| {
        (0..sizes.units).map(move |from| {
            let state = Spot::State { step: before, unit: from };
            Expression::product(state, weight(Parameter::W1h, from))
        })
    });
    let input = trace.experiment.sequence().indices().get(step.index());
    Expression::sum([
        Group::new(Cause::Previous, states),
        Group::new(Cause::Input, input.map(|&input| weight(Parameter::W1x, input).into())),
        Group::one(Cause::Bias, weight(Parameter::B1, 0)),
    ])
}

/// A weight after an update: what it was, and −η times its gradient, which may be clipped.
fn updated(trace: &Trace, place: Place) -> Expression {
    let experiment = &trace.experiment;
    let rate = Expression::Constant(-experiment.learning_rate());
    let mut step = vec![rate, Spot::Gradient(place).into()];
    if let Some(threshold) = experiment.settings().clip_norm
        && let clipping = trace.backward.gradient.clipping(threshold)
        && clipping < 1.0
    {
        step.insert(1, Expression::Constant(clipping));
    }
    Expression::sum([
        Group::one(Cause::Before, Spot::Weight(place)),
        Group::one(Cause::Change, Expression::Product(step)),
    ])
}

/// −ln of the probability that the right answer got: of A₂, or of what A₂ is made of where A₂ has
/// been rounded to 0 or 1. (The run computes it from Z₂, which is the same and stays finite.)
fn loss(trace: &Trace, step: Step) -> Expression {
    /// Nearer to 0 or 1 a probability has lost the digits of which its logarithm is made.
    const SURE: f64 = 1e-9;
    let (target, sizes) = (trace.experiment.target(step), trace.experiment.weights().sizes());
    let given = |probability: Expression| {
        let sure = !(SURE..=1.0 - SURE).contains(&probability.value(trace));
        (!sure).then_some(probability)
    };
    let probability = match trace.experiment.settings().task {
        Task::Binary { target } => {
            let output = Expression::from(Spot::Output { step, output: 0 });
            let logit = Expression::from(Spot::Logit { step, output: 0 });
            // 1 − sigmoid(z) is sigmoid(−z).
            let (given_one, from) = if target {
                (given(output), logit)
            } else {
                (given(output.of(Function::OneMinus)), logit.of(Function::Negative))
            };
            given_one.unwrap_or_else(|| from.of(Function::Sigmoid))
        }
        Task::Classes { .. } | Task::NextToken => {
            let logits = (0..sizes.outputs).map(|output| Spot::Logit { step, output }).collect();
            given(Spot::Output { step, output: target }.into())
                .unwrap_or(Expression::Softmax { logits, of: target })
        }
    };
    probability.of(Function::Logarithm).of(Function::Negative)
}

/// ∂L/∂H⁽ᵗ⁾: what comes from the step's own output, and from the next step. Of the next step's error
/// only that part comes through which truncation lets.
fn hidden_error(trace: &Trace, step: Step, unit: usize) -> Expression {
    let sizes = trace.experiment.weights().sizes();
    let weight = |parameter, column| Spot::Weight(Place { parameter, row: unit, column });
    let mut groups = Vec::new();
    if trace.experiment.loss_row(step).is_some() {
        let from_output = (0..sizes.outputs).map(|output| {
            Expression::product(Spot::OutputError { step, output }, weight(Parameter::W2, output))
        });
        groups.push(Group::new(Cause::Output, from_output));
    }
    if step.number() < trace.steps() {
        let next = step.next();
        let whole = trace.backward.d_pre_activation.row(next.index());
        let passed = trace.passed_back(next);
        let from_next = (0..sizes.units).map(|to| {
            let error = if passed[to] == whole[to] {
                Spot::Error { step: next, unit: to }.into()
            } else {
                Expression::Constant(passed[to])
            };
            Expression::product(error, weight(Parameter::W1h, to))
        });
        groups.push(Group::new(Cause::Next, from_next));
    }
    Expression::Sum(groups)
}

/// What a step contributes to the gradient of one weight.
fn term(trace: &Trace, step: Step, place: Place) -> Expression {
    let experiment = &trace.experiment;
    let error = Spot::Error { step, unit: place.column };
    let output_error = Spot::OutputError { step, output: place.column };
    match place.parameter {
        Parameter::W1x => {
            let heard = experiment.sequence().indices().get(step.index()) == Some(&place.row);
            Expression::product(Expression::Constant(f64::from(u8::from(heard))), error)
        }
        Parameter::W1h => match step.previous() {
            Some(before) => {
                Expression::product(Spot::State { step: before, unit: place.row }, error)
            }
            None => Expression::product(Expression::Constant(0.0), error),
        },
        Parameter::B1 => error.into(),
        Parameter::W2 | Parameter::B2 if experiment.loss_row(step).is_none() => {
            Expression::Constant(0.0)
        }
        Parameter::W2 => Expression::product(Spot::State { step, unit: place.row }, output_error),
        Parameter::B2 => output_error.into(),
    }
}
