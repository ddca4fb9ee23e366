//! The forward pass: from the inputs to the loss, one row an array for each step.

use crate::{experiment::Experiment, settings::Task, tokens::Step, weights::Weights, work};
use ndarray::{Array1, Array2, ArrayView1, ArrayViewMut1, Axis};

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
        Self::with(experiment, |_| experiment.weights())
    }

    /// Runs the network with the weights that `weights` names for each step. A recurrent network
    /// uses the same at every step; a copy for each makes it a deep network that can be asked what
    /// a single step is responsible for.
    pub(crate) fn with<'a>(experiment: &Experiment, weights: impl Fn(Step) -> &'a Weights) -> Self {
        work::count();
        let sizes = experiment.weights().sizes();
        let steps = experiment.steps();
        let losses = steps - experiment.first_loss().index();
        let mut pass = Self {
            pre_activation: Array2::zeros((steps, sizes.units)),
            hidden: Array2::zeros((steps + 1, sizes.units)),
            logits: Array2::zeros((losses, sizes.outputs)),
            probabilities: Array2::zeros((losses, sizes.outputs)),
            losses: Array1::zeros(losses),
        };
        for (step, &input) in Step::all(steps).zip(experiment.sequence().indices()) {
            let Weights { w1x, w1h, b1, w2, b2 } = weights(step);
            let (before, mut after) = (pass.hidden.view_mut()).split_at(Axis(0), step.number());
            let mut sum = pass.pre_activation.row_mut(step.index());
            sum.assign(&w1x.row(input));
            sum += b1;
            add_product(before.row(step.index()), w1h, &mut sum);
            let mut state = after.row_mut(0);
            state.zip_mut_with(&sum, |state, &sum| *state = sum.tanh());
            if let Some(row) = experiment.loss_row(step) {
                let mut logits = pass.logits.row_mut(row);
                logits.assign(b2);
                add_product(state.view(), w2, &mut logits);
                let probabilities = pass.probabilities.row_mut(row);
                pass.losses[row] = answer(experiment, step, logits.view(), probabilities);
            }
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

    /// 1 − Hₜ², the slope of tanh in each unit at `step`: n.
    pub fn slope(&self, step: Step) -> Array1<f64> {
        self.hidden_after(step).mapv(|state| 1.0 - state * state)
    }

    /// L = Σₛ Lₛ, in nats.
    pub fn loss(&self) -> f64 {
        self.losses.sum()
    }
}

/// Adds the row vector `vector` times `matrix` to `sum`.
pub(crate) fn add_product(
    vector: ArrayView1<'_, f64>,
    matrix: &Array2<f64>,
    sum: &mut ArrayViewMut1<'_, f64>,
) {
    for (&factor, row) in vector.iter().zip(matrix.rows()) {
        sum.scaled_add(factor, &row);
    }
}

/// Turns the logits of `step` into probabilities, and answers the loss Lₛ.
pub(crate) fn answer(
    experiment: &Experiment,
    step: Step,
    logits: ArrayView1<'_, f64>,
    mut probabilities: ArrayViewMut1<'_, f64>,
) -> f64 {
    let target = experiment.target(step);
    match experiment.settings().task {
        Task::Binary { .. } => sigmoid(logits[0], target, &mut probabilities[0]),
        Task::Classes { .. } | Task::NextToken => softmax(logits, target, probabilities),
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
