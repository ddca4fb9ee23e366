//! Five programs that compute the gradient wrongly, for the bug hunt of the lesson.
//!
//! Each makes one mistake that real programs and printed notes have made. They stand apart from the
//! true backward pass, which has no switches, and are run only to be caught by the
//! [check](super::check).

use crate::{tokens::Step, trace::Trace, weights::Weights};
use ndarray::Array1;

/// A mistake in the backward pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bug {
    /// The error goes back through W₁ₕ instead of W₁ₕᵀ.
    MissingTranspose,
    /// The error passes tanh as if its slope were 1.
    MissingSlope,
    /// The error of the next step is forgotten: only a step's own output counts.
    NextErrorForgotten,
    /// Each step's contribution replaces the one before instead of being added: step 1 is left.
    NoSumOverTime,
    /// Every contribution to W₁ₓ has the last input instead of its own.
    LastInput,
}

impl Bug {
    /// All bugs.
    pub const ALL: [Self; 5] = [
        Self::MissingTranspose,
        Self::MissingSlope,
        Self::NextErrorForgotten,
        Self::NoSumOverTime,
        Self::LastInput,
    ];

    /// The "gradient" that a program with this bug computes for the run of `trace`, without
    /// truncation.
    pub fn gradient(self, trace: &Trace) -> Weights {
        let Trace { experiment, forward, backward } = trace;
        let weights = experiment.weights();
        let inputs = experiment.sequence().indices();
        let mut gradient = Weights::zeros(weights.sizes());
        gradient.w2.assign(&backward.gradient.w2);
        gradient.b2.assign(&backward.gradient.b2);
        let mut next = Array1::<f64>::zeros(weights.b1.len());
        for step in Step::all(trace.steps()).rev() {
            let mut error = match self {
                Self::MissingTranspose => next.dot(&weights.w1h),
                Self::NextErrorForgotten => Array1::zeros(next.len()),
                _ => next.dot(&weights.w1h.t()),
            };
            if let Some(row) = experiment.loss_row(step) {
                error += &backward.d_logits.row(row).dot(&weights.w2.t());
            }
            if self != Self::MissingSlope {
                error *= &forward.slope(step);
            }
            if self == Self::NoSumOverTime {
                gradient.w1x.fill(0.0);
                gradient.w1h.fill(0.0);
                gradient.b1.fill(0.0);
            }
            let seen = if self == Self::LastInput { trace.steps() - 1 } else { step.index() };
            let mut row = gradient.w1x.row_mut(inputs[seen]);
            row += &error;
            for (&state, mut row) in forward.hidden_before(step).iter().zip(gradient.w1h.rows_mut())
            {
                row.scaled_add(state, &error);
            }
            gradient.b1 += &error;
            next = error;
        }
        gradient
    }
}
