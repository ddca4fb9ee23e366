//! What happens at a stage: the numbers that it computes.

use super::{Spot, Stage};
use crate::rnn::{Parameter, Place, Step, Task, Trace, Weights};

/// What kind of number one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// Z₁.
    PreActivation,
    /// H.
    State,
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
    /// ∂L/∂H.
    HiddenError,
    /// ∂L/∂Z₁.
    Error,
    /// ‖∂L/∂H‖.
    Norm,
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
            Self::PreActivation { .. } => Quantity::PreActivation,
            Self::State { .. } => Quantity::State,
            Self::Logit { .. } => Quantity::Logit,
            Self::Output { .. } => Quantity::Output,
            Self::Loss { .. } => Quantity::Loss,
            Self::WholeLoss => Quantity::WholeLoss,
            Self::OutputError { .. } => Quantity::OutputError,
            Self::HiddenError { .. } => Quantity::HiddenError,
            Self::Error { .. } => Quantity::Error,
            Self::Norm { .. } => Quantity::Norm,
            Self::Contribution { place, .. } => Quantity::Contribution(place.parameter),
            Self::Gradient(place) => Quantity::Gradient(place.parameter),
            Self::Weight(place) => Quantity::Weight(place.parameter),
            Self::Updated(place) => Quantity::Updated(place.parameter),
            Self::Jacobian { .. } => Quantity::Jacobian,
            Self::Chain { .. } => Quantity::Chain,
        }
    }
}

impl Spot {
    /// When it is computed; a weight is there from the start.
    pub fn stage(self) -> Option<Stage> {
        Some(match self {
            Self::PreActivation { step, .. } | Self::State { step, .. } => Stage::Forward(step),
            Self::Logit { .. } | Self::Output { .. } => Stage::Output,
            Self::Loss { .. } | Self::WholeLoss => Stage::Loss,
            Self::OutputError { .. } => Stage::BackwardOutput,
            Self::Gradient(Place { parameter: Parameter::W2 | Parameter::B2, .. }) => {
                Stage::BackwardOutput
            }
            Self::HiddenError { step, .. }
            | Self::Error { step, .. }
            | Self::Norm { step }
            | Self::Contribution { step, .. }
            | Self::Jacobian { step, .. } => Stage::Backward(step),
            Self::Chain { from, .. } => Stage::Backward(from),
            Self::Gradient(_) => Stage::Backward(Step::FIRST),
            Self::Updated(_) => Stage::Update,
            Self::Weight(_) => return None,
        })
    }
}

impl Stage {
    /// The numbers that the stage computes, one of each kind and the largest of it, in the order
    /// in which they are computed; contributions are those to `shown`.
    pub fn numbers(self, trace: &Trace, shown: Parameter) -> Vec<Spot> {
        let units = trace.experiment.weights().sizes().units;
        let last = Step::from_index(trace.steps() - 1);
        let output = match trace.experiment.settings().task {
            Task::Binary { .. } => 0,
            Task::Classes { .. } | Task::NextToken => trace.experiment.target(last),
        };
        let largest_unit = |spot: &dyn Fn(usize) -> Spot| {
            largest((0..units).map(|unit| (unit, spot(unit).value(trace).unwrap_or_default())))
        };
        match self {
            Self::Forward(step) => {
                let unit = largest_unit(&|unit| Spot::State { step, unit }).unwrap_or_default();
                vec![Spot::PreActivation { step, unit }, Spot::State { step, unit }]
            }
            Self::Output => {
                vec![Spot::Logit { step: last, output }, Spot::Output { step: last, output }]
            }
            Self::Loss => match trace.experiment.settings().task {
                Task::NextToken => vec![Spot::WholeLoss, Spot::Loss { step: last }],
                Task::Binary { .. } | Task::Classes { .. } => vec![Spot::Loss { step: last }],
            },
            Self::BackwardOutput => {
                let gradient = &trace.backward.gradient;
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
                let unit = largest_unit(&|unit| Spot::Error { step, unit }).unwrap_or_default();
                let term = steepest(&trace.contribution(step), |place| {
                    place.parameter == shown && place.column == unit
                });
                [Spot::HiddenError { step, unit }, Spot::Error { step, unit }]
                    .into_iter()
                    .chain(term.map(|place| Spot::Contribution { step, place }))
                    .collect()
            }
            Self::Update => steepest(&trace.backward.gradient, |_| true)
                .map(Spot::Updated)
                .into_iter()
                .collect(),
        }
    }

    /// The one of the stage's own `numbers` that says best what happens at it.
    pub(super) fn example_of(self, numbers: &[Spot]) -> Spot {
        let at = match self {
            Self::Forward(_) | Self::Output | Self::Backward(_) => 1,
            Self::Loss | Self::BackwardOutput | Self::Update => 0,
        };
        let nothing = Spot::State { step: Step::FIRST, unit: 0 };
        numbers.get(at).copied().unwrap_or(nothing)
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
