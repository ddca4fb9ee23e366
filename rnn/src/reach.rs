//! Who sends what where: each loss's own share of each step's contribution, and what truncation
//! drops of them.

use crate::{
    backward::{Backward, sweep},
    ratio::{NoRatio, ratio},
    tokens::Step,
    trace::{Trace, outer},
    weights::{Weights, norm},
};
use ndarray::{Array1, Array2};

/// The gradient that truncation leaves, beside the full one.
#[derive(Clone, Debug, PartialEq)]
pub struct Truncated {
    /// The pairs of loss step s and unit step t whose term is dropped: s − t ≥ w.
    pub dropped: Vec<(Step, Step)>,
    /// The gradient without truncation.
    pub full: Weights,
    /// The cosine of the angle between the two gradients, or why there is none.
    pub cosine: Result<f64, NoRatio>,
    /// ‖truncated‖ / ‖full‖, or why there is no such number.
    pub size_ratio: Result<f64, NoRatio>,
}

impl Trace {
    /// ∂Lₛ/∂Z₁ₜ, what the loss of step s alone sends to each step t, as far as truncation lets it:
    /// T×n, zeros where nothing arrives.
    pub fn error_of(&self, loss: Step) -> Array2<f64> {
        let Self { experiment, forward, backward } = self;
        let losses = loss.index()..loss.number();
        let earliest = loss.number().saturating_sub(experiment.window());
        let weights = |_| experiment.weights();
        sweep(experiment, weights, forward, &backward.d_logits, losses, earliest).pre_activation
    }

    /// The part of ∂L/∂Z₁ₜ that goes on to step t − 1: all of it, but for the loss that truncation
    /// lets come as far as t and no further: n.
    pub fn passed_back(&self, step: Step) -> Array1<f64> {
        let error = self.backward.d_pre_activation.row(step.index());
        let loss = Step::from_index(step.index() + self.experiment.window() - 1);
        if loss.number() > self.steps() || self.experiment.loss_row(loss).is_none() {
            return error.to_owned();
        }
        &error - &self.error_of(loss).row(step.index())
    }

    /// Hₜ₋₁ᵀ ∂Lₛ/∂Z₁ₜ, what the loss of step s alone gives to ∂L/∂W₁ₕ by way of step t: n×n.
    ///
    /// Summed over s it is the [`contribution`](Self::contribution) of t; summed over t as well it
    /// is the gradient.
    pub fn term(&self, loss: Step, step: Step) -> Array2<f64> {
        let error = self.error_of(loss);
        outer(self.forward.hidden_before(step), error.row(step.index()))
    }

    /// ‖Hₜ₋₁ᵀ ∂Lₛ/∂Z₁ₜ‖, the size of every [`term`](Self::term): a row for each step s with a loss
    /// (as [`Experiment::loss_row`](super::Experiment::loss_row) counts them), a column for each
    /// step t. It is a triangle: no loss reaches a later step.
    ///
    /// The Frobenius norm of a product of two vectors is the product of their lengths.
    pub fn triangle(&self) -> Array2<f64> {
        let first = self.experiment.first_loss();
        let mut triangle = Array2::zeros((self.forward.losses.len(), self.steps()));
        for (loss, mut row) in Step::all(self.steps()).skip(first.index()).zip(triangle.rows_mut())
        {
            let error = self.error_of(loss);
            for (step, size) in Step::all(loss.number()).zip(&mut row) {
                *size = norm(self.forward.hidden_before(step).iter().copied())
                    * norm(error.row(step.index()).iter().copied());
            }
        }
        triangle
    }

    /// The gradient without truncation: the derivative of the loss.
    pub fn full_gradient(&self) -> Weights {
        if self.experiment.window() == self.steps() {
            return self.backward.gradient.clone();
        }
        Backward::of(&self.experiment.untruncated(), &self.forward).gradient
    }

    /// What truncation does to the gradient of this run (Williams and Peng 1990).
    pub fn truncated(&self) -> Truncated {
        let window = self.experiment.window();
        let losses = Step::all(self.steps()).skip(self.experiment.first_loss().index());
        let dropped = losses
            .flat_map(|loss| {
                let out_of_reach = loss.number().saturating_sub(window);
                Step::all(out_of_reach).map(move |step| (loss, step))
            })
            .collect();
        let full = self.full_gradient();
        let gradient = &self.backward.gradient;
        let sizes = (gradient.norm(), full.norm());
        let size_ratio = ratio(sizes.0, sizes.1);
        let products = gradient.values().zip(full.values());
        let cosine: f64 = products.map(|(a, b)| (a / sizes.0) * (b / sizes.1)).sum();
        let cosine = match (sizes.0 == 0.0, size_ratio) {
            // A vector of length 0 has an angle to no other.
            (true, Ok(_)) => Err(NoRatio::ByZero),
            (_, Ok(_)) => Ok(cosine.clamp(-1.0, 1.0)),
            (_, Err(reason)) => Err(reason),
        };
        Truncated { dropped, full, cosine, size_ratio }
    }
}
