//! A number that can be pointed at, and where it comes from.

use crate::rnn::{Place, Step, Trace, weights};

/// One number of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// Z₁⁽ᵗ⁾ of a unit, the weighted sum before tanh.
    PreActivation {
        /// t.
        step: Step,
        /// The unit, counted from 0.
        unit: usize,
    },
    /// H⁽ᵗ⁾ of a unit.
    State {
        /// t.
        step: Step,
        /// The unit, counted from 0.
        unit: usize,
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
    /// ∂L/∂Z₁⁽ᵗ⁾ of a unit.
    Error {
        /// t.
        step: Step,
        /// The unit, counted from 0.
        unit: usize,
    },
    /// ∂L/∂H⁽ᵗ⁾ of a unit.
    HiddenError {
        /// t.
        step: Step,
        /// The unit, counted from 0.
        unit: usize,
    },
    /// ‖∂L/∂H⁽ᵗ⁾‖.
    Norm {
        /// t.
        step: Step,
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
    /// ∂H⁽ᵗ⁾/∂H⁽ᵗ⁻¹⁾ between two units.
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
    /// The step that the number belongs to; weights, gradients and the whole loss belong to all.
    pub fn step(self) -> Option<Step> {
        match self {
            Self::PreActivation { step, .. }
            | Self::State { step, .. }
            | Self::Logit { step, .. }
            | Self::Output { step, .. }
            | Self::Loss { step }
            | Self::OutputError { step, .. }
            | Self::Error { step, .. }
            | Self::HiddenError { step, .. }
            | Self::Norm { step }
            | Self::Contribution { step, .. }
            | Self::Jacobian { step, .. } => Some(step),
            Self::Chain { to, .. } => Some(to),
            Self::WholeLoss | Self::Gradient(_) | Self::Weight(_) | Self::Updated(_) => None,
        }
    }

    /// The number in the run of `trace`; none where the run has no such number.
    pub fn value(self, trace: &Trace) -> Option<f64> {
        let Trace { experiment, forward, backward } = trace;
        let sizes = experiment.weights().sizes();
        let fits = |place: Place| {
            let (rows, columns) = sizes.of(place.parameter);
            place.row < rows && place.column < columns
        };
        if self.step().is_some_and(|step| step.number() > trace.steps()) {
            return None;
        }
        match self {
            Self::PreActivation { step, unit } => {
                forward.pre_activation.get((step.index(), unit)).copied()
            }
            Self::Logit { step, output } => {
                forward.logits.get((experiment.loss_row(step)?, output)).copied()
            }
            Self::Loss { step } => forward.losses.get(experiment.loss_row(step)?).copied(),
            Self::WholeLoss => Some(forward.loss()),
            Self::State { step, unit } => forward.hidden_after(step).get(unit).copied(),
            Self::Output { step, output } => {
                forward.probabilities.get((experiment.loss_row(step)?, output)).copied()
            }
            Self::OutputError { step, output } => {
                backward.d_logits.get((experiment.loss_row(step)?, output)).copied()
            }
            Self::Error { step, unit } => {
                backward.d_pre_activation.get((step.index(), unit)).copied()
            }
            Self::HiddenError { step, unit } => {
                backward.d_hidden.get((step.index(), unit)).copied()
            }
            Self::Norm { step } => {
                Some(weights::norm(backward.d_hidden.row(step.index()).iter().copied()))
            }
            Self::Contribution { step, place } => {
                fits(place).then(|| trace.contribution_at(step, place))
            }
            Self::Gradient(place) => fits(place).then(|| place.of(&backward.gradient)),
            Self::Weight(place) => fits(place).then(|| place.of(experiment.weights())),
            Self::Updated(place) => fits(place).then(|| {
                let slope = place.of(&trace.followed_gradient());
                place.of(experiment.weights()) - experiment.learning_rate() * slope
            }),
            Self::Jacobian { step, row, column } => {
                let inside = row < sizes.units && column < sizes.units && step > Step::FIRST;
                inside.then(|| trace.jacobian(step)[[row, column]])
            }
            Self::Chain { from, to, row, column } => {
                let inside = row < sizes.units && column < sizes.units && from <= to;
                inside.then(|| trace.link(from, to, row)[column])
            }
        }
    }
}
