//! The forward pass: from the inputs to the loss, one row an array for each step.

use super::{
    experiment::{Experiment, Task},
    tokens::Step,
};
use ndarray::{Array1, Array2, ArrayView1, ArrayViewMut1, Axis, Slice};

/// Every value of the forward pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Forward {
    /// Z₁, the weighted sums before tanh: T×n.
    pub pre_activation: Array2<f64>,
    /// H, the hidden states, with H₀ = 0 in row 0: (T+1)×n.
    pub hidden: Array2<f64>,
    /// Z₂, the outputs before their sigmoid or softmax, a row for each step with a loss: S×k.
    pub logits: Array2<f64>,
    /// A₂, the outputs as probabilities: S×k.
    pub probabilities: Array2<f64>,
    /// Lₛ, the loss at each step that has one, in nats: S.
    pub losses: Array1<f64>,
}

impl Forward {
    /// Runs the network over the whole sequence.
    ///
    /// ```text
    /// Z₁ₜ = Xₜ W₁ₓ + Hₜ₋₁ W₁ₕ + b₁        Hₜ = tanh(Z₁ₜ)        H₀ = 0
    /// Z₂ₛ = Hₛ W₂ + b₂                    A₂ₛ = sigmoid(Z₂ₛ) or softmax(Z₂ₛ)
    /// ```
    ///
    /// The network is that of Elman (1990). Xₜ is one-hot, so Xₜ W₁ₓ is one row of W₁ₓ.
    pub fn of(experiment: &Experiment) -> Self {
        let weights = experiment.weights();
        let sizes = weights.sizes();
        let steps = experiment.steps();
        let losses = steps - experiment.first_loss().index();
        let mut pass = Self {
            pre_activation: Array2::zeros((steps, sizes.cells)),
            hidden: Array2::zeros((steps + 1, sizes.cells)),
            logits: Array2::zeros((losses, sizes.outputs)),
            probabilities: Array2::zeros((losses, sizes.outputs)),
            losses: Array1::zeros(losses),
        };
        for (step, &input) in Step::all(steps).zip(experiment.sequence().indices()) {
            let (before, mut after) = (pass.hidden.view_mut()).split_at(Axis(0), step.number());
            let mut sum = pass.pre_activation.row_mut(step.index());
            sum.assign(&weights.w1x.row(input));
            sum += &weights.b1;
            for (&state, row) in before.row(step.index()).iter().zip(weights.w1h.rows()) {
                sum.scaled_add(state, &row);
            }
            after.row_mut(0).zip_mut_with(&sum, |state, &sum| *state = sum.tanh());
        }
        let first = experiment.first_loss();
        pass.logits.assign(
            &pass.hidden.slice_axis(Axis(0), Slice::from(first.number()..)).dot(&weights.w2),
        );
        pass.logits += &weights.b2;
        for (row, step) in (first.number()..=steps).map(|t| Step::from_index(t - 1)).enumerate() {
            let (logits, mut probabilities) =
                (pass.logits.row(row), pass.probabilities.row_mut(row));
            let target = experiment.target(step);
            pass.losses[row] = match experiment.settings().task {
                Task::Binary { .. } => sigmoid(logits[0], target, &mut probabilities[0]),
                Task::Classes { .. } | Task::NextToken => softmax(logits, target, probabilities),
            };
        }
        pass
    }

    /// Hₜ₋₁, the state that `step` starts from: n.
    pub fn hidden_before(&self, step: Step) -> ArrayView1<'_, f64> {
        self.hidden.row(step.index())
    }

    /// Hₜ, the state that `step` ends in: n.
    pub fn hidden_after(&self, step: Step) -> ArrayView1<'_, f64> {
        self.hidden.row(step.number())
    }

    /// 1 − Hₜ², the slope of tanh in each cell at `step`: n.
    pub fn slope(&self, step: Step) -> Array1<f64> {
        self.hidden_after(step).mapv(|state| 1.0 - state * state)
    }

    /// L = Σₛ Lₛ, in nats.
    pub fn loss(&self) -> f64 {
        self.losses.sum()
    }
}

/// The sigmoid of one logit, and its cross-entropy −y ln A − (1 − y) ln(1 − A).
///
/// The loss is computed from the logit z as max(z, 0) − y z + ln(1 + e^−|z|), which is finite for
/// every finite z; the probability itself may round to 0 or 1.
fn sigmoid(logit: f64, target: usize, probability: &mut f64) -> f64 {
    let small = (-logit.abs()).exp();
    *probability = if logit < 0.0 { small } else { 1.0 } / (1.0 + small);
    logit.max(0.0) - target as f64 * logit + small.ln_1p()
}

/// The softmax of a row of logits, and the cross-entropy −ln A[target].
///
/// With the largest logit m taken off first, no exponential overflows: the loss is
/// m + ln Σ e^(z − m) − z[target].
fn softmax(
    logits: ArrayView1<'_, f64>,
    target: usize,
    mut probabilities: ArrayViewMut1<'_, f64>,
) -> f64 {
    let largest = logits.fold(f64::NEG_INFINITY, |most, &logit| most.max(logit));
    probabilities.zip_mut_with(&logits, |share, &logit| *share = (logit - largest).exp());
    let sum = probabilities.sum();
    probabilities /= sum;
    largest + sum.ln() - logits[target]
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn losses_of_extreme_logits_are_finite() {
        let mut probability = 0.0;
        assert_eq!(sigmoid(400.0, 0, &mut probability), 400.0);
        assert_eq!(probability, 1.0);
        assert_eq!(sigmoid(-400.0, 1, &mut probability), 400.0);
        assert!(probability > 0.0 && probability < 1e-170);
        assert!(sigmoid(400.0, 1, &mut probability) < 1e-170);
        let mut shares = Array1::zeros(3);
        let loss = softmax(array![400.0, -400.0, 0.0].view(), 1, shares.view_mut());
        assert_eq!(loss, 800.0);
        assert_eq!(shares[0], 1.0);
    }
}
