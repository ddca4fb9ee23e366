//! Who sends what where: each loss's own share of each step's contribution, and what truncation
//! drops of them.

use crate::{
    engine::Errors,
    ratio::{NoRatio, ratio},
    recipe::{Operand, Parameter, Variable, When},
    tokens::Step,
    trace::Trace,
    way_back::Multiplier,
    weights::{Weights, norm},
};
use ndarray::{Array1, Array2, ArrayView1, Axis};

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
    fn all_errors_of(&self, loss: Step) -> Errors {
        let experiment = self.experiment();
        let (inputs, question) = (experiment.inputs(), experiment.question());
        self.plan().errors_of(experiment.weights(), inputs, question, self.tape(), loss.index())
    }

    /// ∂Lₛ/∂V, what the loss of step s alone sends to a `variable` V of each step t, as far as
    /// truncation lets it: T×n, zeros where nothing arrives, or where the cell has no such variable.
    pub fn error_of(&self, loss: Step, variable: Variable) -> Array2<f64> {
        let errors = self.all_errors_of(loss);
        match self.plan().place(variable) {
            Some(place) => errors.of(self.plan(), place).to_owned(),
            None => Array2::zeros((self.steps(), self.units())),
        }
    }

    /// The part of ∂L/∂V at `step` that goes on to step t − 1: all of it, but for the loss that
    /// truncation lets come as far as t and no further: n.
    pub fn passed_back(&self, step: Step, variable: Variable) -> Array1<f64> {
        let error = match self.errors(variable) {
            Some(errors) => errors.row(step.index()).to_owned(),
            None => Array1::zeros(self.units()),
        };
        let loss = Step::from_index(step.index() + self.experiment().window() - 1);
        if loss.number() > self.steps() || self.experiment().loss_row(loss).is_none() {
            return error;
        }
        error - self.error_of(loss, variable).row(step.index())
    }

    /// What the loss of step s alone gives to the gradient of `parameter` by way of step t, as
    /// Hₜ₋₁ᵀ ∂Lₛ/∂Z₁ₜ to W₁ₕ.
    ///
    /// Summed over s it is the [`contribution`](Self::contribution) of t; summed over t as well it
    /// is the gradient.
    pub fn term(&self, loss: Step, step: Step, parameter: Parameter) -> Array2<f64> {
        let Some(term) = self.way_back().term(parameter) else {
            return Array2::zeros(self.gradient().matrix(parameter).dim());
        };
        let error = self.error_of(loss, term.sum);
        outer(self.multiplier(term.by, step).view(), error.row(step.index()))
    }

    /// What a tensor is multiplied by at `step`.
    fn multiplier(&self, by: Multiplier, step: Step) -> Array1<f64> {
        match by {
            Multiplier::One => Array1::ones(1),
            Multiplier::Input => self.experiment().sequence().input(step),
            Multiplier::Value(Operand { of, when }) => {
                let at = step.number() - usize::from(when == When::Before);
                self.values(of).map(|values| values.row(at).to_owned()).unwrap_or_default()
            }
        }
    }

    /// The size of every [`term`](Self::term) of `parameter`, as ‖Hₜ₋₁ᵀ ∂Lₛ/∂Z₁ₜ‖ of W₁ₕ: a row for
    /// each step s with a loss (as [`Experiment::loss_row`](super::Experiment::loss_row) counts
    /// them), a column for each step t. It is a triangle: no loss reaches a later step.
    ///
    /// The Frobenius norm of a product of two vectors is the product of their lengths.
    pub fn triangle(&self, parameter: Parameter) -> Array2<f64> {
        let mut triangle = Array2::zeros((self.output().losses.len(), self.steps()));
        let Some(term) = self.way_back().term(parameter) else { return triangle };
        let length = |row: ArrayView1<'_, f64>| norm(row.iter().copied());
        for (loss, mut row) in self.experiment().loss_steps().zip(triangle.rows_mut()) {
            let error = self.error_of(loss, term.sum);
            for (step, size) in Step::all(loss.number()).zip(&mut row) {
                *size =
                    length(self.multiplier(term.by, step).view()) * length(error.row(step.index()));
            }
        }
        triangle
    }

    /// The gradient without truncation: the derivative of the loss.
    pub fn full_gradient(&self) -> Weights {
        if self.experiment().window() == self.steps() {
            return self.gradient().clone();
        }
        Self::of(self.experiment().untruncated()).gradient().clone()
    }

    /// What truncation does to the gradient of this run (Williams and Peng 1990).
    pub fn truncated(&self) -> Truncated {
        let window = self.experiment().window();
        let dropped = (self.experiment().loss_steps())
            .flat_map(|loss| {
                let out_of_reach = loss.number().saturating_sub(window);
                Step::all(out_of_reach).map(move |step| (loss, step))
            })
            .collect();
        let full = self.full_gradient();
        let gradient = self.gradient();
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

/// The product of a column and a row: every entry of one times every entry of the other.
fn outer(column: ArrayView1<'_, f64>, row: ArrayView1<'_, f64>) -> Array2<f64> {
    let (column, row) = (column.insert_axis(Axis(1)), row.insert_axis(Axis(0)));
    &column * &row
}
