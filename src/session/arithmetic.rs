//! Where a number comes from: the operations on other numbers that make it.

use super::spot::{Spot, arrival};
use crate::rnn::{
    Experiment, Parameter, Place, Reduction, Step, Trace, Variable,
    arithmetic::{Arithmetic, Number},
    engine::Head,
    formula::{At, Formula, Row},
    recipe::{self, Factor, When},
    way_back::{self, Arrival, How},
    work,
};

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
    /// What the same step has computed of it.
    Recalled(Variable),
    /// What is kept of the step before.
    Kept,
    /// What is new.
    Written,
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
    /// The error of a variable at the next step, where there are several.
    NextError(Variable),
    /// The error of a variable at the same step.
    HereError(Variable),
    /// What comes straight through, past every weight.
    Straight,
    /// What comes through the weights.
    Weights,
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
    /// max(0, a).
    Relu,
    /// 1 where a is more than 0, else 0.
    Positive,
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
            Self::Relu => argument.max(0.0),
            Self::Positive => f64::from(u8::from(argument > 0.0)),
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
            Self::Of(Function::Logarithm, argument) => argument.logarithm(trace),
            Self::Of(function, argument) => function.at(argument.value(trace)),
            Self::Softmax { .. } => self.logarithm(trace).exp(),
        }
    }

    /// The logarithm of its value, also of a probability that is too small for an `f64`.
    fn logarithm(&self, trace: &Trace) -> f64 {
        match self {
            Self::Softmax { logits, of } => {
                let values: Vec<f64> =
                    logits.iter().filter_map(|logit| logit.value(trace)).collect();
                let largest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let powers: f64 = values.iter().map(|z| (z - largest).exp()).sum();
                values.get(*of).map_or(f64::NAN, |z| z - largest - powers.ln())
            }
            Self::Of(Function::Sigmoid, argument) => {
                let z = argument.value(trace);
                z.min(0.0) - (-z.abs()).exp().ln_1p()
            }
            other => other.value(trace).ln(),
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
            Self::Number(spot) if spot.is_inner_sum() => inside(*spot),
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
        let experiment = trace.experiment();
        let sizes = experiment.weights().sizes();
        let weight = |parameter, row, column| Self::Weight(Place { parameter, row, column });
        Some(match self {
            Self::Value { of, step, unit } => {
                let rule = experiment.recipe().rule(of)?;
                let cause = |part: &Formula| cause_of_summand(part);
                grouped(&rule, cause, |part| part.at(trace, step, At { row: 0, column: unit }))
            }
            Self::Start { .. } | Self::Weight(_) => return None,
            Self::Logit { step, output } => {
                let states = (0..sizes.units).map(|unit| {
                    E::product(
                        Self::Value { of: Variable::State, step, unit },
                        weight(Parameter::W2, unit, output),
                    )
                });
                E::sum([
                    Group::new(Cause::State, states),
                    Group::one(Cause::Bias, weight(Parameter::B2, 0, output)),
                ])
            }
            Self::Output { step, output } => match experiment.question().head {
                Head::Sigmoid => E::from(Self::Logit { step, output }).of(Function::Sigmoid),
                Head::Softmax => {
                    let logits =
                        (0..sizes.outputs).map(|output| Self::Logit { step, output }).collect();
                    E::Softmax { logits, of: output }
                }
                Head::Identity => Self::Logit { step, output }.into(),
            },
            Self::Loss { step } => loss(trace, step),
            Self::WholeLoss => {
                let losses = experiment.loss_steps();
                averaged(
                    experiment,
                    E::sum(losses.map(|step| Group::one(Cause::Step(step), Self::Loss { step }))),
                )
            }
            Self::OutputError { step, output } => {
                averaged(experiment, difference(experiment, step, output))
            }
            Self::Error { of, step, unit } => error(trace, of, step, unit)?,
            Self::Arrival { of, nth, step, unit } => {
                let arrival = arrival(trace, of, nth)?;
                let cause = Cause::of_arrival(trace, arrival);
                let parts = summands(trace.arithmetic_of_arrival(arrival, step, unit));
                match <[E; 1]>::try_from(parts) {
                    Ok([one]) => one,
                    Err(parts) => E::sum([Group::new(cause, parts)]),
                }
            }
            Self::Norm { of, step } => {
                let square = |unit| E::from(Self::Error { of, step, unit }).of(Function::Square);
                E::sum((0..sizes.units).map(|unit| Group::one(Cause::Unit(unit), square(unit))))
                    .of(Function::Root)
            }
            Self::Contribution { step, place } => term(trace, step, place),
            Self::Gradient(place) => {
                let answers = |step: &Step| {
                    place.parameter.is_recurrent() || experiment.loss_row(*step).is_some()
                };
                let steps = Step::all(trace.steps()).filter(answers);
                E::sum(
                    steps.map(|step| {
                        Group::one(Cause::Step(step), Self::Contribution { step, place })
                    }),
                )
            }
            Self::Updated(place) => updated(trace, place),
            Self::Jacobian { step, row, column } => jacobian(trace, step, row, column),
            Self::Chain { from, to, row, column } => {
                if from == to {
                    return Some(E::Constant(if row == column { 1.0 } else { 0.0 }));
                }
                let next = from.next();
                let size = experiment.recipe().carried().len() * sizes.units;
                E::sum((0..size).map(|between| {
                    let here = Self::Jacobian { step: next, row, column: between };
                    let later = Self::Chain { from: next, to, row: between, column };
                    Group::one(Cause::Unit(between), E::product(here, later))
                }))
            }
        })
    }
}

/// A rule at one unit: a sum by where its summands come from, anything else as it is.
fn grouped(
    rule: &Formula,
    cause: impl Fn(&Formula) -> Cause,
    at: impl Fn(&Formula) -> Arithmetic,
) -> Expression {
    match rule {
        Formula::Sum(parts) => {
            let group = |part| Group::new(cause(part), summands(at(part)));
            // What comes from the step before stands first.
            let (before, others): (Vec<Group>, Vec<Group>) =
                parts.iter().map(group).partition(|group| group.from.is_from_before());
            Expression::sum(before.into_iter().chain(others))
        }
        Formula::Through { .. } => Expression::sum([Group::new(cause(rule), summands(at(rule)))]),
        one => at(one).into(),
    }
}

/// Where a summand of a variable comes from.
fn cause_of_summand(part: &Formula) -> Cause {
    let is_before = |part: &Formula| matches!(part, Formula::Row(_, When::Before));
    match part {
        Formula::Through { row: Row::Input, .. } => Cause::Input,
        Formula::Through { row: Row::Value(of), when: When::Now, .. } => Cause::Recalled(*of),
        Formula::Through { .. } => Cause::Previous,
        Formula::Bias(_) => Cause::Bias,
        Formula::Each(_, other) => match &**other {
            Formula::Row(Row::Value(of @ Variable::Recalled), _) => Cause::Recalled(*of),
            other if is_before(other) => Cause::Kept,
            _ => Cause::Written,
        },
        _ => Cause::Written,
    }
}

impl Cause {
    const fn is_from_before(self) -> bool {
        matches!(self, Self::Previous | Self::Recalled(_) | Self::Kept)
    }

    /// Where an arrival comes from.
    pub fn of_arrival(trace: &Trace, arrival: Arrival) -> Self {
        let from_next = |other: &Arrival| matches!(other.from, way_back::Cause::Next(_));
        match arrival.from {
            way_back::Cause::Output => Self::Output,
            way_back::Cause::Here(of) => Self::HereError(of),
            // The same variable, one step on: nothing but a product lies between.
            way_back::Cause::Next(of) if of == arrival.at => Self::Straight,
            way_back::Cause::Next(of) => {
                let several = trace.way_back().at(arrival.at).filter(from_next).count() > 1;
                if several { Self::NextError(of) } else { Self::Next }
            }
        }
    }
}

/// The summands of a sum; anything else is one.
fn summands(arithmetic: Arithmetic) -> Vec<Expression> {
    match arithmetic {
        Arithmetic::Sum(parts) => parts.into_iter().map(Expression::from).collect(),
        one => vec![one.into()],
    }
}

/// ∂L/∂V: its arrivals, those that there are at this step, each by where it comes from.
fn error(trace: &Trace, of: Variable, step: Step, unit: usize) -> Option<Expression> {
    trace.errors(of)?;
    let arrivals: Vec<Arrival> = trace.way_back().at(of).collect();
    let is_there = |arrival: &&Arrival| match arrival.from {
        way_back::Cause::Output => trace.experiment().loss_row(step).is_some(),
        way_back::Cause::Next(_) => step.number() < trace.steps(),
        way_back::Cause::Here(_) => true,
    };
    let arithmetic = |arrival: &Arrival| trace.arithmetic_of_arrival(*arrival, step, unit);
    if let [arrival] = arrivals[..]
        && matches!(arrival.from, way_back::Cause::Here(_))
        && !matches!(arrival.how, How::Transposed(_))
    {
        return Some(arithmetic(&arrival).into());
    }
    Some(Expression::sum(arrivals.iter().filter(is_there).map(|arrival| {
        Group::new(Cause::of_arrival(trace, *arrival), summands(arithmetic(arrival)))
    })))
}

/// ∂H⁽ᵗ⁾/∂H⁽ᵗ⁻¹⁾ between two units. In a cell without gates it is a weight times a slope; else what comes
/// straight through is told from what comes through the weights.
fn jacobian(trace: &Trace, step: Step, row: usize, column: usize) -> Expression {
    let recipe = trace.experiment().recipe();
    if let Some(function) = recipe.plain() {
        let weight = Spot::Weight(Place { parameter: Parameter::W1H, row, column });
        let state = Spot::Value { of: Variable::State, step, unit: column };
        return Expression::product(weight, Expression::slope(function, state.into()));
    }
    let whole = Spot::Jacobian { step, row, column }.value(trace).unwrap_or(f64::NAN);
    let (units, carried) = (trace.units(), recipe.carried().len());
    let is_kept = row == column && row / units + 1 == carried;
    let straight = recipe.keeps().filter(|_| is_kept).map(|(_, keeper)| {
        let number = Spot::Value { of: keeper.operand().of, step, unit: row % units };
        match keeper {
            Factor::Is(_) => number.into(),
            Factor::Rest(_) => Expression::from(number).of(Function::OneMinus),
        }
    });
    let rest = whole - straight.as_ref().map_or(0.0, |it: &Expression| it.value(trace));
    Expression::sum([
        Group::new(Cause::Straight, straight),
        Group::one(Cause::Weights, Expression::Constant(rest)),
    ])
}

impl Expression {
    /// The slope of `function`, by its value.
    fn slope(function: recipe::Function, value: Self) -> Self {
        match function {
            recipe::Function::Tanh => value.of(Function::Square).of(Function::OneMinus),
            recipe::Function::Sigmoid => Self::product(value.clone(), value.of(Function::OneMinus)),
            recipe::Function::Relu => value.of(Function::Positive),
        }
    }
}

impl From<Number> for Spot {
    fn from(number: Number) -> Self {
        let step = |t: usize| Step::from_index(t.saturating_sub(1));
        match number {
            Number::Value { of, t: 0, unit } => Self::Start { of, unit },
            Number::Value { of, t, unit } => Self::Value { of, step: step(t), unit },
            Number::Error { of, t, unit } => Self::Error { of, step: step(t), unit },
            Number::OutputError { t, output } => Self::OutputError { step: step(t), output },
            Number::Weight(place) => Self::Weight(place),
        }
    }
}

/// What the mathematics writes down, with the page's numbers in it.
impl From<Arithmetic> for Expression {
    fn from(arithmetic: Arithmetic) -> Self {
        let inner = |of: Box<Arithmetic>| Self::from(*of);
        match arithmetic {
            Arithmetic::Number(number) => Self::Number(number.into()),
            Arithmetic::Constant(value) => Self::Constant(value),
            Arithmetic::Sum(parts) if parts.is_empty() => Self::Constant(0.0),
            Arithmetic::Sum(parts) => {
                Self::Sum(vec![Group::new(Cause::Written, parts.into_iter().map(Self::from))])
            }
            Arithmetic::Product(factors) => {
                Self::Product(factors.into_iter().map(Self::from).collect())
            }
            Arithmetic::Of(recipe::Function::Tanh, of) => inner(of).of(Function::Tanh),
            Arithmetic::Of(recipe::Function::Sigmoid, of) => inner(of).of(Function::Sigmoid),
            Arithmetic::Of(recipe::Function::Relu, of) => inner(of).of(Function::Relu),
            Arithmetic::Slope(function, of) => Self::slope(function, inner(of)),
            Arithmetic::Rest(of) => inner(of).of(Function::OneMinus),
        }
    }
}

/// A weight after an update: what it was, and −η times its gradient, which may be clipped.
fn updated(trace: &Trace, place: Place) -> Expression {
    let experiment = trace.experiment();
    let rate = Expression::Constant(-experiment.learning_rate());
    let mut step = vec![rate, Spot::Gradient(place).into()];
    if let Some(threshold) = experiment.settings().clip_norm
        && let clipping = trace.gradient().clipping(threshold)
        && clipping < 1.0
    {
        step.insert(1, Expression::Constant(clipping));
    }
    Expression::sum([
        Group::one(Cause::Before, Spot::Weight(place)),
        Group::one(Cause::Change, Expression::Product(step)),
    ])
}

/// The sum over the steps with a loss, or a part of it, where it is to be their mean.
fn averaged(experiment: &Experiment, sum: Expression) -> Expression {
    if experiment.settings().reduction != Some(Reduction::Mean) {
        return sum;
    }
    Expression::product(Expression::Constant(1.0 / experiment.loss_steps().count() as f64), sum)
}

/// A₂ − Y of an output.
fn difference(experiment: &Experiment, step: Step, output: usize) -> Expression {
    let wanted = experiment.wanted(step).get(output).copied().unwrap_or_default();
    // Not −wanted, which may be −0.
    Expression::sum([
        Group::one(Cause::Prediction, Spot::Output { step, output }),
        Group::one(Cause::Target, Expression::Constant(0.0 - wanted)),
    ])
}

/// −ln of the probability that the right answer got: of A₂, or of what A₂ is made of where A₂ has
/// been rounded to 0 or 1. (The run computes it from Z₂, which is the same and stays finite.) Of values
/// it is half the sum of the squares of what is missing.
fn loss(trace: &Trace, step: Step) -> Expression {
    /// Nearer to 0 or 1 a probability has lost the digits of which its logarithm is made.
    const SURE: f64 = 1e-9;
    let (target, sizes) = (trace.experiment().target(step), trace.experiment().weights().sizes());
    let given = |probability: Expression| {
        let sure = !(SURE..=1.0 - SURE).contains(&probability.value(trace));
        (!sure).then_some(probability)
    };
    let probability = match trace.experiment().question().head {
        Head::Sigmoid => {
            let target = target == 1;
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
        Head::Softmax => {
            let logits = (0..sizes.outputs).map(|output| Spot::Logit { step, output }).collect();
            given(Spot::Output { step, output: target }.into())
                .unwrap_or(Expression::Softmax { logits, of: target })
        }
        Head::Identity => {
            let missing = |output| difference(trace.experiment(), step, output);
            let squares = (0..sizes.outputs).map(|output| {
                Group::one(Cause::Class(output), missing(output).of(Function::Square))
            });
            return Expression::product(Expression::Constant(0.5), Expression::sum(squares));
        }
    };
    probability.of(Function::Logarithm).of(Function::Negative)
}

/// What a step contributes to the gradient of one weight.
fn term(trace: &Trace, step: Step, place: Place) -> Expression {
    let output_error = Spot::OutputError { step, output: place.column };
    match place.parameter {
        Parameter::ToOutput | Parameter::OutputBias
            if trace.experiment().loss_row(step).is_none() =>
        {
            Expression::Constant(0.0)
        }
        Parameter::ToOutput => Expression::product(
            Spot::Value { of: Variable::State, step, unit: place.row },
            output_error,
        ),
        Parameter::OutputBias => output_error.into(),
        parameter => match trace.way_back().term(parameter) {
            Some(term) => trace.arithmetic_of_term(term, step, place).into(),
            None => Expression::Constant(0.0),
        },
    }
}
