//! The backward pass through time: from the loss to the gradient of every weight.

use crate::{experiment::Experiment, forward::Forward, tokens::Step, weights::Weights, work};
use ndarray::{
    Array2, Axis, Slice, Zip,
    linalg::{general_mat_mul, general_mat_vec_mul},
};
use std::ops::Range;

/// Every value of the backward pass. Row t − 1 of a T×n array belongs to step t.
#[derive(Clone, Debug, PartialEq)]
pub struct Backward {
    /// ∂L/∂Z₂ = −(Y − A₂), a row for each step with a loss: S×k.
    pub d_logits: Array2<f64>,
    /// What reaches Hₜ from the output of its own step, ∂L/∂Z₂ₜ W₂ᵀ: T×n.
    pub d_hidden_from_output: Array2<f64>,
    /// What reaches Hₜ from the next step, ∂L/∂Z₁ₜ₊₁ W₁ₕᵀ: T×n.
    pub d_hidden_from_next: Array2<f64>,
    /// ∂L/∂Hₜ, the sum of the two: T×n.
    pub d_hidden: Array2<f64>,
    /// ∂L/∂Z₁ₜ = ∂L/∂Hₜ ⊙ (1 − Hₜ²): T×n.
    pub d_pre_activation: Array2<f64>,
    /// ∂L/∂W₁ₓ, ∂L/∂W₁ₕ, ∂L/∂b₁, ∂L/∂W₂, ∂L/∂b₂: each the sum of the steps' contributions.
    pub gradient: Weights,
}

impl Backward {
    /// Carries the loss back through every time step (backpropagation through time, Werbos 1990).
    ///
    /// ```text
    /// ∂L/∂Z₂ₛ = −(Y − A₂ₛ)
    /// ∂L/∂Hₜ  = ∂L/∂Z₂ₜ W₂ᵀ + ∂L/∂Z₁ₜ₊₁ W₁ₕᵀ
    /// ∂L/∂Z₁ₜ = ∂L/∂Hₜ ⊙ (1 − Hₜ²)
    /// ∂L/∂W₁ₕ = Σₜ Hₜ₋₁ᵀ ∂L/∂Z₁ₜ     ∂L/∂W₁ₓ = Σₜ Xₜᵀ ∂L/∂Z₁ₜ     ∂L/∂b₁ = Σₜ ∂L/∂Z₁ₜ
    /// ∂L/∂W₂  = Σₛ Hₛᵀ ∂L/∂Z₂ₛ       ∂L/∂b₂  = Σₛ ∂L/∂Z₂ₛ
    /// ```
    ///
    /// With truncation to w steps, the loss of step s reaches step t only where s − t < w. The
    /// losses then reach different steps, so each is carried back by a sweep of its own;
    /// without truncation one sweep carries them all.
    pub fn of(experiment: &Experiment, forward: &Forward) -> Self {
        Self::with(experiment, |_| experiment.weights(), forward)
    }

    /// Carries the loss back through the weights that `weights` names for each step, as
    /// [`Forward::with`] ran them.
    pub(crate) fn with<'a>(
        experiment: &Experiment,
        weights: impl Fn(Step) -> &'a Weights,
        forward: &Forward,
    ) -> Self {
        let (steps, first) = (experiment.steps(), experiment.first_loss());
        let mut d_logits = forward.probabilities.clone();
        for (step, mut row) in Step::all(steps).skip(first.index()).zip(d_logits.rows_mut()) {
            row -= &experiment.wanted(step);
        }
        let window = experiment.window();
        let errors = if window == steps {
            sweep(experiment, &weights, forward, &d_logits, first.index()..steps, 0)
        } else {
            let mut all = Errors::zeros(forward.pre_activation.dim());
            for loss in first.index()..steps {
                let earliest = (loss + 1).saturating_sub(window);
                all.add(&sweep(experiment, &weights, forward, &d_logits, loss..loss + 1, earliest));
            }
            all
        };
        let gradient = gradient(experiment, forward, &d_logits, &errors.pre_activation);
        Self {
            d_logits,
            d_hidden_from_output: errors.from_output,
            d_hidden_from_next: errors.from_next,
            d_hidden: errors.hidden,
            d_pre_activation: errors.pre_activation,
            gradient,
        }
    }
}

/// What some losses send to every step; the fields are those of [`Backward`] without their `d_`.
pub(crate) struct Errors {
    from_output: Array2<f64>,
    from_next: Array2<f64>,
    hidden: Array2<f64>,
    pub(crate) pre_activation: Array2<f64>,
}

impl Errors {
    fn zeros(shape: (usize, usize)) -> Self {
        Self {
            from_output: Array2::zeros(shape),
            from_next: Array2::zeros(shape),
            hidden: Array2::zeros(shape),
            pre_activation: Array2::zeros(shape),
        }
    }

    fn add(&mut self, other: &Self) {
        self.from_output += &other.from_output;
        self.from_next += &other.from_next;
        self.hidden += &other.hidden;
        self.pre_activation += &other.pre_activation;
    }
}

/// Carries the losses of the steps `losses` back to the step `earliest`, all counted from 0.
///
/// The error goes from Z₁ₜ₊₁ to Hₜ through W₁ₕᵀ. As all vectors here are rows,
/// (∂L/∂Z₁ₜ₊₁ W₁ₕᵀ)[i] = Σⱼ W₁ₕ[i,j] ∂L/∂Z₁ₜ₊₁[j]: the matrix times the error as a column.
pub(crate) fn sweep<'a>(
    experiment: &Experiment,
    weights: impl Fn(Step) -> &'a Weights,
    forward: &Forward,
    d_logits: &Array2<f64>,
    losses: Range<usize>,
    earliest: usize,
) -> Errors {
    work::count();
    let first = experiment.first_loss().index();
    let mut errors = Errors::zeros(forward.pre_activation.dim());
    for index in (earliest..losses.end).rev() {
        let step = Step::from_index(index);
        let mut from_output = errors.from_output.row_mut(index);
        if losses.contains(&index) {
            let error = d_logits.row(index - first);
            general_mat_vec_mul(1.0, &weights(step).w2, &error, 0.0, &mut from_output);
        }
        let mut from_next = errors.from_next.row_mut(index);
        if index + 1 < losses.end {
            let error = errors.pre_activation.row(index + 1);
            general_mat_vec_mul(1.0, &weights(step.next()).w1h, &error, 0.0, &mut from_next);
        }
        Zip::from(errors.hidden.row_mut(index))
            .and(&mut errors.pre_activation.row_mut(index))
            .and(&from_output)
            .and(&from_next)
            .and(forward.hidden_after(step))
            .for_each(|at_state, before_tanh, output, next, state| {
                *at_state = output + next;
                *before_tanh = *at_state * (1.0 - state * state);
            });
    }
    errors
}

/// The sums over all steps of Xₜᵀ ∂L/∂Z₁ₜ, Hₜ₋₁ᵀ ∂L/∂Z₁ₜ, ∂L/∂Z₁ₜ, Hₛᵀ ∂L/∂Z₂ₛ and ∂L/∂Z₂ₛ.
fn gradient(
    experiment: &Experiment,
    forward: &Forward,
    d_logits: &Array2<f64>,
    d_pre_activation: &Array2<f64>,
) -> Weights {
    let mut gradient = Weights::zeros(experiment.weights().sizes());
    for (&input, error) in experiment.sequence().indices().iter().zip(d_pre_activation.rows()) {
        let mut row = gradient.w1x.row_mut(input);
        row += &error;
    }
    let before = forward.hidden.slice_axis(Axis(0), Slice::from(..-1));
    general_mat_mul(1.0, &before.t(), d_pre_activation, 0.0, &mut gradient.w1h);
    gradient.b1 += &d_pre_activation.sum_axis(Axis(0));
    let answering =
        forward.hidden.slice_axis(Axis(0), Slice::from(experiment.first_loss().number()..));
    general_mat_mul(1.0, &answering.t(), d_logits, 0.0, &mut gradient.w2);
    gradient.b2 += &d_logits.sum_axis(Axis(0));
    gradient
}
