//! A number that can be pointed at.

use crate::rnn::{Place, Step, Trace, Variable, way_back::Arrival, weights};

/// One number of a run, by what it is for: each cell has those of its own variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// V⁽ᵗ⁾ of a unit.
    Value {
        /// V.
        of: Variable,
        /// t.
        step: Step,
        /// The unit, counted from 0.
        unit: usize,
    },
    /// V⁽⁰⁾ of a unit, with which the first step begins.
    Start {
        /// V.
        of: Variable,
        /// The unit, counted from 0.
        unit: usize,
    },
    /// ∂L/∂V⁽ᵗ⁾ of a unit.
    Error {
        /// V.
        of: Variable,
        /// t.
        step: Step,
        /// The unit, counted from 0.
        unit: usize,
    },
    /// One summand of ∂L/∂V⁽ᵗ⁾ of a unit.
    Arrival {
        /// V.
        of: Variable,
        /// Which of its arrivals, counted from 0.
        nth: usize,
        /// t.
        step: Step,
        /// The unit, counted from 0.
        unit: usize,
    },
    /// ‖∂L/∂V⁽ᵗ⁾‖.
    Norm {
        /// V.
        of: Variable,
        /// t.
        step: Step,
    },
    /// Z₂⁽ˢ⁾ of an output, before its sigmoid or softmax.
    Logit {
        /// s.
        step: Step,
        /// The output, counted from 0.
        output: usize,
    },
    /// A₂⁽ˢ⁾ of an output.
    Output {
        /// s.
        step: Step,
        /// The output, counted from 0.
        output: usize,
    },
    /// L⁽ˢ⁾, the loss of a step.
    Loss {
        /// s.
        step: Step,
    },
    /// L, the loss of all steps together.
    WholeLoss,
    /// ∂L/∂Z₂⁽ˢ⁾ of an output.
    OutputError {
        /// s.
        step: Step,
        /// The output, counted from 0.
        output: usize,
    },
    /// What a step contributes to the gradient of a weight.
    Contribution {
        /// t.
        step: Step,
        /// The weight.
        place: Place,
    },
    /// The gradient of a weight.
    Gradient(Place),
    /// A weight.
    Weight(Place),
    /// The weight after an update.
    Updated(Place),
    /// ∂H⁽ᵗ⁾/∂H⁽ᵗ⁻¹⁾ between two units; where there is a memory, the units of H and then those of C.
    Jacobian {
        /// t.
        step: Step,
        /// The unit of step t − 1, counted from 0.
        row: usize,
        /// The unit of step t.
        column: usize,
    },
    /// ∂H⁽ᵗ⁾/∂H⁽ˢ⁾ between two units: a product of Jacobians.
    Chain {
        /// s.
        from: Step,
        /// t.
        to: Step,
        /// The unit of step s, counted from 0.
        row: usize,
        /// The unit of step t.
        column: usize,
    },
}

impl Spot {
    /// The step that the number belongs to; weights, gradients, the start and the whole loss belong to
    /// none.
    pub fn step(self) -> Option<Step> {
        match self {
            Self::Value { step, .. }
            | Self::Error { step, .. }
            | Self::Arrival { step, .. }
            | Self::Norm { step, .. }
            | Self::Logit { step, .. }
            | Self::Output { step, .. }
            | Self::Loss { step }
            | Self::OutputError { step, .. }
            | Self::Contribution { step, .. }
            | Self::Jacobian { step, .. } => Some(step),
            Self::Chain { to, .. } => Some(to),
            Self::Start { .. }
            | Self::WholeLoss
            | Self::Gradient(_)
            | Self::Weight(_)
            | Self::Updated(_) => None,
        }
    }

    /// The number in the run of `trace`; none where the run has no such number.
    pub fn value(self, trace: &Trace) -> Option<f64> {
        let (experiment, output_of) = (trace.experiment(), trace.output());
        let sizes = experiment.weights().sizes();
        let fits = |place: Place| {
            let has = experiment.weights().parameters().any(|it| it == place.parameter);
            let (rows, columns) = sizes.of(place.parameter);
            has && place.row < rows && place.column < columns
        };
        let carried = || experiment.recipe().carried();
        if self.step().is_some_and(|step| step.number() > trace.steps()) {
            return None;
        }
        match self {
            Self::Value { of, step, unit } => trace.values(of)?.get((step.number(), unit)).copied(),
            Self::Start { of, unit } => {
                let values = trace.values(of).filter(|_| carried().contains(&of))?;
                values.get((0, unit)).copied()
            }
            Self::Error { of, step, unit } => trace.errors(of)?.get((step.index(), unit)).copied(),
            Self::Arrival { of, nth, step, unit } => {
                let numbers = trace.arrivals(arrival(trace, of, nth)?)?;
                numbers.get((step.index(), unit)).copied()
            }
            Self::Norm { of, step } => {
                let errors = trace.errors(of)?;
                Some(weights::norm(errors.row(step.index()).iter().copied()))
            }
            Self::Logit { step, output } => {
                output_of.logits.get((experiment.loss_row(step)?, output)).copied()
            }
            Self::Loss { step } => output_of.losses.get(experiment.loss_row(step)?).copied(),
            Self::WholeLoss => Some(trace.loss()),
            Self::Output { step, output } => {
                output_of.answers.get((experiment.loss_row(step)?, output)).copied()
            }
            Self::OutputError { step, output } => {
                output_of.errors.get((experiment.loss_row(step)?, output)).copied()
            }
            Self::Contribution { step, place } => {
                fits(place).then(|| trace.contribution_at(step, place))
            }
            Self::Gradient(place) => fits(place).then(|| place.of(trace.gradient())),
            Self::Weight(place) => fits(place).then(|| place.of(experiment.weights())),
            Self::Updated(place) => fits(place).then(|| {
                let slope = place.of(&trace.followed_gradient());
                place.of(experiment.weights()) - experiment.learning_rate() * slope
            }),
            Self::Jacobian { step, row, column } => {
                let size = carried().len() * sizes.units;
                let inside = row < size && column < size && step > Step::FIRST;
                inside.then(|| trace.jacobian(step)[[row, column]])
            }
            Self::Chain { from, to, row, column } => {
                let size = carried().len() * sizes.units;
                let inside = row < size && column < size && from <= to;
                inside.then(|| trace.link(from, to, row)[column])
            }
        }
    }
}

/// One of the arrivals at ∂L/∂V of the variable `of`.
pub(super) fn arrival(trace: &Trace, of: Variable, nth: usize) -> Option<Arrival> {
    trace.way_back().at(of).nth(nth)
}
