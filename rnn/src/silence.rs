//! Why exactly nothing of the loss arrives at a step.

use crate::{tokens::Step, trace::Trace};
use ndarray::{Array2, ArrayView1};

/// Why one of the two summands of ∂L/∂Hₜ is exactly zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Silence {
    /// ∂L/∂Z₂ₜ is zero: the probabilities have come out as exactly the target.
    NoOutputError,
    /// Every weight of W₂ that could carry ∂L/∂Z₂ₜ back is zero.
    OutputWeights,
    /// ∂L/∂Hₜ₊₁ is zero itself.
    NothingLater,
    /// Every unit that ∂L/∂Hₜ₊₁ reaches is saturated exactly: Hₜ₊₁ = ±1, so 1 − Hₜ₊₁² = 0.
    Saturation,
    /// Truncation stops the losses at step t + 1.
    Truncation,
    /// Every weight of W₁ₕ that could carry ∂L/∂Z₁ₜ₊₁ back is zero.
    Weights,
    /// What arrives by several ways sums to zero.
    Cancelled,
    /// It is below the smallest number that there is.
    Underflow,
}

impl Trace {
    /// Why ∂L/∂Hₜ is exactly zero: of its summands, first that from the step's own output, then
    /// that from the next step, as far as the step has them. Nothing where it is not zero.
    pub fn silences(&self, step: Step) -> Vec<Silence> {
        let at = step.index();
        if is_not_zero(self.backward.d_hidden.row(at)) {
            return Vec::new();
        }
        let mut silences = Vec::new();
        let summands = [&self.backward.d_hidden_from_output, &self.backward.d_hidden_from_next];
        if summands.iter().any(|summand| is_not_zero(summand.row(at))) {
            silences.push(Silence::Cancelled);
            return silences;
        }
        if let Some(row) = self.experiment.loss_row(step) {
            let error = self.backward.d_logits.row(row);
            silences.push(if is_not_zero(error) {
                lost(&self.experiment.weights().w2, error, Silence::OutputWeights)
            } else {
                Silence::NoOutputError
            });
        }
        if step.number() < self.steps() {
            silences.push(self.silence_of_next(step.next()));
        }
        silences
    }

    /// Why nothing comes back from `next`.
    fn silence_of_next(&self, next: Step) -> Silence {
        let arrived = self.backward.d_hidden.row(next.index());
        let error = self.backward.d_pre_activation.row(next.index());
        let passed = self.passed_back(next);
        if !is_not_zero(arrived) {
            Silence::NothingLater
        } else if !is_not_zero(error) {
            let slope = self.forward.slope(next);
            let saturated =
                arrived.iter().zip(&slope).all(|(&error, &slope)| error == 0.0 || slope == 0.0);
            if saturated { Silence::Saturation } else { Silence::Underflow }
        } else if !is_not_zero(passed.view()) {
            Silence::Truncation
        } else {
            lost(&self.experiment.weights().w1h, passed.view(), Silence::Weights)
        }
    }
}

fn is_not_zero(vector: ArrayView1<'_, f64>) -> bool {
    vector.iter().any(|&value| value != 0.0)
}

/// Why `matrix` times the column `error` is zero: `blocked` where no weight leads anywhere.
fn lost(matrix: &Array2<f64>, error: ArrayView1<'_, f64>, blocked: Silence) -> Silence {
    let ways = || {
        let all = matrix.rows().into_iter().flat_map(|row| row.into_iter().zip(error));
        all.filter(|&(&weight, &error)| weight != 0.0 && error != 0.0)
    };
    if ways().next().is_none() {
        blocked
    } else if ways().any(|(weight, error)| weight * error != 0.0) {
        Silence::Cancelled
    } else {
        Silence::Underflow
    }
}
