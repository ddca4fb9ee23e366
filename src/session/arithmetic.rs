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
    /// a + b + …
    Sum(Vec<Expression>),
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
        }
    }
}

impl Expression {
    fn of(self, function: Function) -> Self {
        Self::Of(function, Box::new(self))
    }

    fn sum(terms: impl IntoIterator<Item = Self>) -> Self {
        Self::Sum(terms.into_iter().collect())
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
            Self::Sum(terms) => terms.iter().map(|term| term.value(trace)).sum(),
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
            Self::Sum(parts) | Self::Product(parts) => {
                parts.iter().flat_map(Self::numbers).collect()
            }
            Self::Of(_, argument) => argument.numbers(),
            Self::Softmax { logits, .. } => logits.clone(),
        }
    }

    /// The summands, with sums inside of sums taken apart; an expression that is no sum is its
    /// only one.
    pub fn summands(&self) -> Vec<&Self> {
        match self {
            Self::Sum(terms) => terms.iter().flat_map(Self::summands).collect(),
            _ => vec![self],
        }
    }
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
        let bias = |parameter, column| E::from(weight(parameter, 0, column));
        Some(match self {
            Self::PreActivation { step, unit } => {
                let states = step.previous().into_iter().flat_map(|before| {
                    (0..sizes.units).map(move |from| {
                        let state = Self::State { step: before, unit: from };
                        E::product(state, weight(Parameter::W1h, from, unit))
                    })
                });
                let input = experiment.sequence().indices().get(step.index());
                let heard = input.map(|&input| weight(Parameter::W1x, input, unit).into());
                E::sum(states.chain(heard).chain([bias(Parameter::B1, unit)]))
            }
            Self::State { step, unit } => {
                E::from(Self::PreActivation { step, unit }).of(Function::Tanh)
            }
            Self::Logit { step, output } => {
                let states = (0..sizes.units).map(|unit| {
                    E::product(Self::State { step, unit }, weight(Parameter::W2, unit, output))
                });
                E::sum(states.chain([bias(Parameter::B2, output)]))
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
            Self::OutputError { step, output } => {
                let wanted = experiment.wanted(step).get(output).copied().unwrap_or_default();
                // Not −wanted, which may be −0.
                E::sum([Self::Output { step, output }.into(), E::Constant(0.0 - wanted)])
            }
            Self::HiddenError { step, unit } => hidden_error(trace, step, unit),
            Self::Error { step, unit } => {
                let slope = E::from(Self::State { step, unit }).of(Function::Square);
                E::product(Self::HiddenError { step, unit }, slope.of(Function::OneMinus))
            }
            Self::Norm { step } => {
                let squares = (0..sizes.units)
                    .map(|unit| E::from(Self::HiddenError { step, unit }).of(Function::Square));
                E::sum(squares).of(Function::Root)
            }
            Self::Contribution { step, place } => term(trace, step, place),
            Self::Gradient(place) => {
                let answers = |step: &Step| {
                    Parameter::RECURRENT.contains(&place.parameter)
                        || experiment.loss_row(*step).is_some()
                };
                let steps = Step::all(trace.steps()).filter(answers);
                E::sum(steps.map(|step| Self::Contribution { step, place }.into()))
            }
            Self::Weight(_) => return None,
            Self::Updated(place) => {
                let gradient = Self::Gradient(place);
                let mut step = vec![E::Constant(-experiment.learning_rate()), E::Number(gradient)];
                if let Some(threshold) = experiment.settings().clip_norm
                    && let clipping = trace.backward.gradient.clipping(threshold)
                    && clipping < 1.0
                {
                    step.insert(1, E::Constant(clipping));
                }
                E::sum([Self::Weight(place).into(), E::Product(step)])
            }
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
                    E::product(
                        Self::Jacobian { step: next, row, column: between },
                        Self::Chain { from: next, to, row: between, column },
                    )
                }))
            }
        })
    }
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

/// The two summands of ∂L/∂H⁽ᵗ⁾: from the step's own output, and from the next step. Of the next
/// step's error only that part comes through which truncation lets.
fn hidden_error(trace: &Trace, step: Step, unit: usize) -> Expression {
    let sizes = trace.experiment.weights().sizes();
    let weight = |parameter, column| Spot::Weight(Place { parameter, row: unit, column });
    let mut summands = Vec::new();
    if trace.experiment.loss_row(step).is_some() {
        summands.push(Expression::sum((0..sizes.outputs).map(|output| {
            Expression::product(Spot::OutputError { step, output }, weight(Parameter::W2, output))
        })));
    }
    if step.number() < trace.steps() {
        let next = step.next();
        let whole = trace.backward.d_pre_activation.row(next.index());
        let passed = trace.passed_back(next);
        summands.push(Expression::sum((0..sizes.units).map(|to| {
            let error = if passed[to] == whole[to] {
                Spot::Error { step: next, unit: to }.into()
            } else {
                Expression::Constant(passed[to])
            };
            Expression::product(error, weight(Parameter::W1h, to))
        })));
    }
    Expression::Sum(summands)
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
