//! Five programs that compute the gradient wrongly, for the bug hunt of the lesson.
//!
//! Each makes one mistake that real programs and printed notes have made. Three are edits of the way
//! back, which is then run as the true one is; two sum the contributions wrongly. They are run only to
//! be caught by the [check](super::check).

use crate::{
    tokens::Step,
    trace::Trace,
    way_back::{Cause, How, WayBack},
    weights::Weights,
};

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

    /// The way back with this mistake in it.
    pub fn way_back(self, mut right: WayBack) -> WayBack {
        match self {
            Self::MissingTranspose => {
                for arrival in &mut right.arrivals {
                    if let (Cause::Here(_) | Cause::Next(_), How::Transposed(matrix)) =
                        (arrival.from, arrival.how)
                    {
                        arrival.how = How::Untransposed(matrix);
                    }
                }
            }
            Self::MissingSlope => {
                for arrival in &mut right.arrivals {
                    if let How::Slope(_) = arrival.how {
                        arrival.how = How::Flat;
                    }
                }
            }
            Self::NextErrorForgotten => {
                right.arrivals.retain(|arrival| !matches!(arrival.from, Cause::Next(_)));
            }
            Self::NoSumOverTime | Self::LastInput => {}
        }
        right
    }

    /// The "gradient" that a program with this bug computes for the run of `trace`, without
    /// truncation.
    pub fn gradient(self, trace: &Trace) -> Weights {
        let experiment = trace.experiment().untruncated();
        let right = experiment.recipe().way_back();
        let run = Trace::along(experiment, self.way_back(right));
        let last = run.steps() - 1;
        match self {
            Self::NoSumOverTime => {
                let mut gradient = run.gradient().clone();
                let first = run.contribution(Step::FIRST);
                for parameter in first.parameters().filter(|parameter| parameter.is_recurrent()) {
                    gradient.matrix_mut(parameter).assign(&first.matrix(parameter));
                }
                gradient
            }
            Self::LastInput => {
                let mut gradient = run.gradient().zeros_like();
                for step in Step::all(run.steps()) {
                    gradient.add_scaled(1.0, &run.contributions(step, |_| last));
                }
                gradient
            }
            _ => run.gradient().clone(),
        }
    }
}
