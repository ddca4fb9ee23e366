//! What happens at a stage: the numbers that it computes.

use super::{Spot, Stage};
use crate::rnn::{Parameter, Place, Step, Task, Trace, Variable, Weights, recipe::Recipe};

/// What kind of number one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// A variable of the cell.
    Value(Variable),
    /// What a variable starts with.
    Start(Variable),
    /// ∂L/∂V of a variable V.
    Error(Variable),
    /// One summand of ∂L/∂V: which.
    Arrival(Variable, usize),
    /// ‖∂L/∂V‖.
    Norm(Variable),
    /// Z₂.
    Logit,
    /// A₂.
    Output,
    /// L of a step.
    Loss,
    /// L of all steps together.
    WholeLoss,
    /// ∂L/∂Z₂.
    OutputError,
    /// A step's contribution to a gradient.
    Contribution(Parameter),
    /// A gradient.
    Gradient(Parameter),
    /// A weight.
    Weight(Parameter),
    /// A weight after an update.
    Updated(Parameter),
    /// ∂H⁽ᵗ⁾/∂H⁽ᵗ⁻¹⁾.
    Jacobian,
    /// ∂H⁽ᵗ⁾/∂H⁽ˢ⁾.
    Chain,
}

impl Spot {
    /// What kind of number it is.
    pub fn quantity(self) -> Quantity {
        match self {
            Self::Value { of, .. } => Quantity::Value(of),
            Self::Start { of, .. } => Quantity::Start(of),
            Self::Error { of, .. } => Quantity::Error(of),
            Self::Arrival { of, nth, .. } => Quantity::Arrival(of, nth),
            Self::Norm { of, .. } => Quantity::Norm(of),
            Self::Logit { .. } => Quantity::Logit,
            Self::Output { .. } => Quantity::Output,
            Self::Loss { .. } => Quantity::Loss,
            Self::WholeLoss => Quantity::WholeLoss,
            Self::OutputError { .. } => Quantity::OutputError,
            Self::Contribution { place, .. } => Quantity::Contribution(place.parameter),
            Self::Gradient(place) => Quantity::Gradient(place.parameter),
            Self::Weight(place) => Quantity::Weight(place.parameter),
            Self::Updated(place) => Quantity::Updated(place.parameter),
            Self::Jacobian { .. } => Quantity::Jacobian,
            Self::Chain { .. } => Quantity::Chain,
        }
    }

    /// Whether it is a weighted sum that has no place of its own where the number is that a function
    /// makes of it.
    pub(super) fn is_inner_sum(self) -> bool {
        matches!(
            self,
            Self::Value { of: Variable::Sum(_), .. }
                | Self::Logit { .. }
                | Self::Error { of: Variable::State, .. }
        )
    }
}

impl Spot {
    /// When it is computed; a weight and the start are there from the beginning.
    pub fn stage(self) -> Option<Stage> {
        Some(match self {
            Self::Value { step, .. } => Stage::Forward(step),
            Self::Logit { .. } | Self::Output { .. } => Stage::Output,
            Self::Loss { .. } | Self::WholeLoss => Stage::Loss,
            Self::OutputError { .. } => Stage::BackwardOutput,
            Self::Gradient(Place { parameter: Parameter::W2 | Parameter::B2, .. }) => {
                Stage::BackwardOutput
            }
            Self::Error { step, .. }
            | Self::Arrival { step, .. }
            | Self::Norm { step, .. }
            | Self::Contribution { step, .. }
            | Self::Jacobian { step, .. } => Stage::Backward(step),
            Self::Chain { from, .. } => Stage::Backward(from),
            Self::Gradient(_) => Stage::Backward(Step::FIRST),
            Self::Updated(_) => Stage::Update,
            Self::Weight(_) | Self::Start { .. } => return None,
        })
    }
}

impl Stage {
    /// The numbers that the stage computes, one of each kind and the largest of it, in the order
    /// in which they are computed; contributions are those to `shown`.
    pub fn numbers(self, trace: &Trace, shown: Parameter) -> Vec<Spot> {
        let units = trace.experiment().weights().sizes().units;
        let (experiment, recipe) = (trace.experiment(), trace.experiment().recipe());
        let last = experiment.last_loss();
        let output = match experiment.settings().task {
            Task::Binary { .. } | Task::Values { .. } => 0,
            Task::Classes { .. } | Task::NextToken => experiment.target(last),
        };
        let largest_unit = |spot: &dyn Fn(usize) -> Spot| {
            largest((0..units).map(|unit| (unit, spot(unit).value(trace).unwrap_or_default())))
        };
        match self {
            Self::Forward(step) => {
                let unit = largest_unit(&|unit| Spot::Value { of: Variable::State, step, unit })
                    .unwrap_or_default();
                let written = recipe.variables().filter(|of| *of != Variable::Squashed);
                written.map(|of| Spot::Value { of, step, unit }).collect()
            }
            Self::Output => {
                vec![Spot::Logit { step: last, output }, Spot::Output { step: last, output }]
            }
            Self::Loss if experiment.has_several_losses() => {
                vec![Spot::WholeLoss, Spot::Loss { step: last }]
            }
            Self::Loss => vec![Spot::Loss { step: last }],
            Self::BackwardOutput => {
                let gradient = trace.gradient();
                let place = |parameter| steepest(gradient, |place| place.parameter == parameter);
                [Parameter::W2, Parameter::B2]
                    .into_iter()
                    .filter_map(place)
                    .map(Spot::Gradient)
                    .fold(vec![Spot::OutputError { step: last, output }], |mut all, spot| {
                        all.push(spot);
                        all
                    })
            }
            Self::Backward(step) => {
                let of = main_error(recipe);
                let unit = largest_unit(&|unit| Spot::Error { of, step, unit }).unwrap_or_default();
                let term = steepest(&trace.contribution(step), |place| {
                    place.parameter == shown && place.column == unit
                });
                recipe
                    .variables()
                    .rev()
                    .map(|of| Spot::Error { of, step, unit })
                    .chain(term.map(|place| Spot::Contribution { step, place }))
                    .collect()
            }
            Self::Update => {
                steepest(trace.gradient(), |_| true).map(Spot::Updated).into_iter().collect()
            }
        }
    }

    /// The one of the stage's own `numbers` that says best what happens at it.
    pub(super) fn example_of(self, numbers: &[Spot], recipe: &Recipe) -> Spot {
        let (state, error) =
            (Quantity::Value(Variable::State), Quantity::Error(main_error(recipe)));
        let is_best = |spot: &&Spot| match self {
            Self::Forward(_) => spot.quantity() == state,
            Self::Output => spot.quantity() == Quantity::Output,
            Self::Backward(_) => spot.quantity() == error,
            Self::Loss | Self::BackwardOutput | Self::Update => true,
        };
        let nothing = Spot::Value { of: Variable::State, step: Step::FIRST, unit: 0 };
        numbers.iter().find(is_best).copied().unwrap_or(nothing)
    }
}

/// The variable whose error says best what comes back: Z₁ in a cell without gates, else the last that is
/// carried from step to step, C or H.
fn main_error(recipe: &Recipe) -> Variable {
    match recipe.plain() {
        Some(_) => Variable::Z1,
        None => recipe.carried().last().copied().unwrap_or(Variable::State),
    }
}

/// The place of the largest number of `weights` among those that `counts` lets count.
pub(super) fn steepest(weights: &Weights, counts: impl Fn(&Place) -> bool) -> Option<Place> {
    largest(Place::all(weights).filter(counts).map(|place| (place, place.of(weights))))
}

/// What the largest number belongs to, whatever its sign; the first where several are as large.
fn largest<T>(numbers: impl Iterator<Item = (T, f64)>) -> Option<T> {
    let mut best: Option<(T, f64)> = None;
    for (owner, number) in numbers {
        if best.as_ref().is_none_or(|(_, most)| number.abs() > *most) {
            best = Some((owner, number.abs()));
        }
    }
    best.map(|(owner, _)| owner)
}
