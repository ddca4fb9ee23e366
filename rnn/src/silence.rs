//! Why exactly nothing of the loss arrives at a step.

use crate::{
    recipe::{Parameter, Variable},
    tokens::Step,
    trace::Trace,
    way_back::{Arrival, Cause, How},
};
use ndarray::{Array1, ArrayView1, ArrayView2};

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
        if is_not_zero(self.state_errors().row(at)) {
            return Vec::new();
        }
        let mut silences = Vec::new();
        let summands = [self.from_output(), self.from_next()];
        if summands.iter().any(|summand| is_not_zero(summand.row(at))) {
            silences.push(Silence::Cancelled);
            return silences;
        }
        if let Some(row) = self.experiment().loss_row(step) {
            let error = self.output().errors.row(row);
            silences.push(if is_not_zero(error) {
                lost(
                    self.experiment().weights().matrix(Parameter::W2),
                    error,
                    Silence::OutputWeights,
                )
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
        let arrived = self.state_error(next).to_owned();
        let ways: Vec<Arrival> = (self.way_back().at(Variable::State))
            .filter(|arrival| matches!(arrival.from, Cause::Next(_)))
            .collect();
        let any = |error: &dyn Fn(Variable) -> Option<Array1<f64>>| {
            ways.iter().any(|way| match way.from {
                Cause::Next(of) => error(of).is_some_and(|error| is_not_zero(error.view())),
                Cause::Output | Cause::Here(_) => false,
            })
        };
        let whole = |of| Some(self.errors(of)?.row(next.index()).to_owned());
        if !is_not_zero(arrived.view()) {
            Silence::NothingLater
        } else if !any(&whole) {
            let slope = self.slope(next);
            let saturated =
                arrived.iter().zip(&slope).all(|(&error, &slope)| error == 0.0 || slope == 0.0);
            if saturated { Silence::Saturation } else { Silence::Underflow }
        } else if !any(&|of| Some(self.passed_back(next, of))) {
            Silence::Truncation
        } else {
            self.lost_between(next, &ways)
        }
    }

    /// Why what `next` passes back is lost on all of its `ways`.
    fn lost_between(&self, next: Step, ways: &[Arrival]) -> Silence {
        let weights = self.experiment().weights();
        let silences = ways.iter().filter_map(|way| match (way.from, way.how) {
            (Cause::Next(of), How::Transposed(matrix)) => {
                let passed = self.passed_back(next, of);
                Some(lost(weights.matrix(matrix), passed.view(), Silence::Weights))
            }
            _ => None,
        });
        let silences: Vec<Silence> = silences.collect();
        let worst = silences.iter().find(|silence| **silence != Silence::Weights);
        worst.or(silences.first()).copied().unwrap_or(Silence::Underflow)
    }
}

fn is_not_zero(vector: ArrayView1<'_, f64>) -> bool {
    vector.iter().any(|&value| value != 0.0)
}

/// Why `matrix` times the column `error` is zero: `blocked` where no weight leads anywhere.
fn lost(matrix: ArrayView2<'_, f64>, error: ArrayView1<'_, f64>, blocked: Silence) -> Silence {
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
