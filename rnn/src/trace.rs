//! One whole run, computed once: what the page shows and what `examples/trace.rs` prints.

use crate::{
    backward::Backward,
    check::Place,
    experiment::{Experiment, ExperimentError},
    forward::Forward,
    settings::Settings,
    tokens::Step,
    trace_file::TraceFile,
    weights::{Parameter, Weights},
    work,
};
use ndarray::{Array2, ArrayView1, Axis};
use std::collections::BTreeMap;

/// An experiment with every value of its forward and backward pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What was run.
    pub experiment: Experiment,
    /// The forward pass.
    pub forward: Forward,
    /// The backward pass.
    pub backward: Backward,
}

impl Trace {
    /// Runs `experiment` forward and backward.
    pub fn of(experiment: Experiment) -> Self {
        let forward = Forward::of(&experiment);
        let backward = Backward::of(&experiment, &forward);
        Self { experiment, forward, backward }
    }

    /// Runs `experiment` with copies of its weights of their own at some steps: the untied network.
    ///
    /// Each step of a recurrent network uses the same weights. Give step t a copy of its own, and
    /// that step's [`contribution`](Self::contribution) is the gradient of the copy: the derivative
    /// of the loss with respect to what step t alone does with the weights. A change of one copy is
    /// felt by the loss, to first order, through that one term. `gradient` is what all copies would
    /// get together if they were tied again. (Goodfellow, Bengio and Courville, Deep Learning 2016,
    /// section 10.2.2, derive the gradient in just this way.)
    ///
    /// Each copy has the sizes of the experiment's weights.
    pub fn untied(experiment: Experiment, copies: &BTreeMap<Step, Weights>) -> Self {
        let weights = |step: Step| copies.get(&step).unwrap_or(experiment.weights());
        let forward = Forward::with(&experiment, weights);
        let backward = Backward::with(&experiment, weights, &forward);
        Self { experiment, forward, backward }
    }

    /// T, the number of time steps.
    pub fn steps(&self) -> usize {
        self.experiment.steps()
    }

    /// What `step` adds to the gradient of each tensor; the sum over all steps is the gradient.
    ///
    /// ```text
    /// Xₜᵀ ∂L/∂Z₁ₜ to W₁ₓ     Hₜ₋₁ᵀ ∂L/∂Z₁ₜ to W₁ₕ     ∂L/∂Z₁ₜ to b₁
    /// Hₜᵀ ∂L/∂Z₂ₜ to W₂      ∂L/∂Z₂ₜ to b₂            where the step has a loss
    /// ```
    ///
    /// Each is the product of two vectors that the trace keeps, so the product itself is not kept.
    pub fn contribution(&self, step: Step) -> Weights {
        work::count();
        let Self { experiment, forward, backward } = self;
        let error = backward.d_pre_activation.row(step.index());
        let mut contribution = Weights::zeros(experiment.weights().sizes());
        if let Some(&input) = experiment.sequence().indices().get(step.index()) {
            contribution.w1x.row_mut(input).assign(&error);
        }
        contribution.w1h = outer(forward.hidden_before(step), error);
        contribution.b1.assign(&error);
        if let Some(row) = experiment.loss_row(step) {
            let error = backward.d_logits.row(row);
            contribution.w2 = outer(forward.hidden_after(step), error);
            contribution.b2.assign(&error);
        }
        contribution
    }

    /// One number of a step's [`contribution`](Self::contribution); the place exists.
    pub fn contribution_at(&self, step: Step, place: Place) -> f64 {
        let Self { experiment, forward, backward } = self;
        let Place { parameter, row, column } = place;
        let error = || backward.d_pre_activation[[step.index(), column]];
        let at_output = || match experiment.loss_row(step) {
            Some(loss) => backward.d_logits[[loss, column]],
            None => 0.0,
        };
        match parameter {
            Parameter::W1x if experiment.sequence().indices().get(step.index()) != Some(&row) => {
                0.0
            }
            Parameter::W1x | Parameter::B1 => error(),
            Parameter::W1h => forward.hidden_before(step)[row] * error(),
            Parameter::W2 => forward.hidden_after(step)[row] * at_output(),
            Parameter::B2 => at_output(),
        }
    }

    /// The gradient that an update follows: clipped where the experiment clips.
    pub fn followed_gradient(&self) -> Weights {
        let gradient = &self.backward.gradient;
        match self.experiment.settings().clip_norm {
            Some(threshold) => gradient.clipped(threshold),
            None => gradient.clone(),
        }
    }

    /// The same experiment after one step of gradient descent, W ← W − η g.
    ///
    /// # Errors
    ///
    /// [`ExperimentError::OutOfRange`] where a weight would grow past what is possible.
    pub fn updated(&self) -> Result<Experiment, ExperimentError> {
        let mut weights = self.experiment.weights().clone();
        weights.add_scaled(-self.experiment.learning_rate(), &self.followed_gradient());
        Experiment::new(Settings { weights: Some(weights), ..self.experiment.settings().clone() })
    }

    /// The loss after an update, as the derivative predicts it: L − η ⟨∂L/∂W, g⟩ to first order,
    /// where g is the [`followed_gradient`](Self::followed_gradient). A long step finds another.
    pub fn predicted_loss(&self) -> f64 {
        let (full, followed) = (self.full_gradient(), self.followed_gradient());
        let products = full.values().zip(followed.values()).map(|(a, b)| a * b);
        self.forward.loss() - self.experiment.learning_rate() * products.sum::<f64>()
    }

    /// The trace as JSON in the format `unrolled-trace/1`, indented.
    ///
    /// # Errors
    ///
    /// [`ExperimentError::Overflow`] where a number of the run is infinite or not a number: JSON
    /// cannot say it.
    pub fn to_json(&self) -> Result<String, ExperimentError> {
        let numbers = [
            self.forward.losses.iter().all(|value| value.is_finite()),
            self.backward.d_hidden.iter().all(|value| value.is_finite()),
            self.backward.gradient.values().all(f64::is_finite),
            self.backward.gradient.norm().is_finite(),
        ];
        if numbers.contains(&false) {
            return Err(ExperimentError::Overflow);
        }
        Ok(serde_json::to_string_pretty(&TraceFile::of(self)).unwrap_or_default())
    }
}

/// The product of a column and a row: every entry of one times every entry of the other.
pub(crate) fn outer(column: ArrayView1<'_, f64>, row: ArrayView1<'_, f64>) -> Array2<f64> {
    let (column, row) = (column.insert_axis(Axis(1)), row.insert_axis(Axis(0)));
    &column * &row
}
