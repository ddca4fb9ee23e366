//! The backward pass through time: from the loss to the gradient of every weight.

use super::{experiment::Experiment, forward::Forward, tokens::Step, weights::Weights};
use ndarray::{
    Array1, Array2, Axis, Slice, Zip,
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
    /// losses then reach different steps, so each is carried back by a [`sweep`] of its own;
    /// without truncation one sweep carries them all.
    pub fn of(experiment: &Experiment, forward: &Forward) -> Self {
        let (steps, first) = (experiment.steps(), experiment.first_loss());
        let mut d_logits = forward.probabilities.clone();
        for (step, mut row) in Step::all(steps).skip(first.index()).zip(d_logits.rows_mut()) {
            row -= &experiment.wanted(step);
        }
        let nothing = || Array2::zeros(forward.pre_activation.dim());
        let (mut from_output, mut from_next) = (nothing(), nothing());
        let mut arrive = |index: usize, output: &Array1<f64>, next: &Array1<f64>| {
            let mut row = from_output.row_mut(index);
            row += output;
            let mut row = from_next.row_mut(index);
            row += next;
        };
        let window = experiment.window();
        if window == steps {
            let all = first.index()..steps;
            sweep(experiment, forward, &d_logits, all, 0, &mut arrive);
        } else {
            for loss in first.index()..steps {
                let earliest = (loss + 1).saturating_sub(window);
                sweep(experiment, forward, &d_logits, loss..loss + 1, earliest, &mut arrive);
            }
        }
        let d_hidden = &from_output + &from_next;
        let mut d_pre_activation = d_hidden.clone();
        d_pre_activation.zip_mut_with(
            &forward.hidden.slice_axis(Axis(0), Slice::from(1..)),
            |error, &state| {
                *error *= 1.0 - state * state;
            },
        );
        let gradient = gradient(experiment, forward, &d_logits, &d_pre_activation);
        Self {
            d_logits,
            d_hidden_from_output: from_output,
            d_hidden_from_next: from_next,
            d_hidden,
            d_pre_activation,
            gradient,
        }
    }
}

/// Carries the losses of some steps (`losses`, counted from 0) back to step `earliest` (counted
/// from 0), and tells `arrive` at each step on the way what reaches Hₜ: from the output of the
/// step, and from the next step.
///
/// The error goes from Z₁ₜ₊₁ to Hₜ through W₁ₕᵀ. As all vectors here are rows,
/// (∂L/∂Z₁ₜ₊₁ W₁ₕᵀ)[i] = Σⱼ W₁ₕ[i,j] ∂L/∂Z₁ₜ₊₁[j]: the matrix times the error as a column.
pub(super) fn sweep(
    experiment: &Experiment,
    forward: &Forward,
    d_logits: &Array2<f64>,
    losses: Range<usize>,
    earliest: usize,
    mut arrive: impl FnMut(usize, &Array1<f64>, &Array1<f64>),
) {
    let Weights { w1h, w2, b1, .. } = experiment.weights();
    let first = experiment.first_loss().index();
    let mut from_output = Array1::zeros(b1.len());
    let mut from_next = Array1::zeros(b1.len());
    let mut d_pre_activation = Array1::zeros(b1.len());
    for index in (earliest..losses.end).rev() {
        general_mat_vec_mul(1.0, w1h, &d_pre_activation, 0.0, &mut from_next);
        if losses.contains(&index) {
            general_mat_vec_mul(1.0, w2, &d_logits.row(index - first), 0.0, &mut from_output);
        } else {
            from_output.fill(0.0);
        }
        arrive(index, &from_output, &from_next);
        Zip::from(&mut d_pre_activation)
            .and(&from_output)
            .and(&from_next)
            .and(forward.hidden.row(index + 1))
            .for_each(|error, output, next, state| {
                *error = (output + next) * (1.0 - state * state);
            });
    }
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
