//! The contributions of the last steps, summed up: each sum is the one before and one step more.

use crate::{
    rnn::{Parameter, Place, Step, Trace},
    session::Derived,
};
use ndarray::Array2;
use std::{cell::RefCell, rc::Rc};

/// The sums of contributions that have been drawn last.
#[derive(Debug, Default)]
pub struct Sums {
    last: RefCell<Option<Sum>>,
}

/// The contributions to a tensor from a step on.
#[derive(Clone, Debug)]
struct Sum {
    of: Parameter,
    first: Step,
    total: Rc<Array2<f64>>,
}

impl Derived for Sums {
    fn of(_: &Trace) -> Self {
        Self::default()
    }
}

impl Sums {
    /// What the steps from the last one back to `from` contribute to the gradient of a tensor
    /// together; nothing where `from` is past the last one.
    pub fn back_to(&self, trace: &Trace, parameter: Parameter, from: Step) -> Rc<Array2<f64>> {
        let known = self.last.borrow().clone();
        let usable = known.filter(|known| known.of == parameter && known.first >= from);
        let Sum { mut first, total: mut sum, .. } = usable.unwrap_or_else(|| Sum {
            of: parameter,
            first: Step::from_index(trace.steps()),
            total: Rc::new(Array2::zeros(trace.experiment().weights().sizes().of(parameter))),
        });
        while let Some(step) = first.previous().filter(|&step| step >= from) {
            add(trace, parameter, step, 1.0, Rc::make_mut(&mut sum));
            first = step;
        }
        *self.last.borrow_mut() = Some(Sum { of: parameter, first, total: Rc::clone(&sum) });
        sum
    }
}

/// Adds a share of what `step` contributes to `sum`.
pub(super) fn add(
    trace: &Trace,
    parameter: Parameter,
    step: Step,
    share: f64,
    sum: &mut Array2<f64>,
) {
    let columns = sum.ncols();
    for row in rows_of(trace, parameter, step, sum.nrows()) {
        for column in 0..columns {
            let place = Place { parameter, row, column };
            sum[[row, column]] += share * trace.contribution_at(step, place);
        }
    }
}

/// The rows of a contribution that can differ from zero: of W₁ₓ, that of the step's own token.
pub(super) fn rows_of(
    trace: &Trace,
    parameter: Parameter,
    step: Step,
    rows: usize,
) -> std::ops::Range<usize> {
    let input = trace.experiment().sequence().indices().get(step.index());
    match (parameter, input) {
        (Parameter::FromInput(_), Some(&input)) => input..input + 1,
        _ => 0..rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn a_sum_is_that_of_its_steps_in_whatever_order_it_is_asked_for() {
        let experiment = Language::default().first_experiment().map(Trace::of);
        let Ok(trace) = experiment else { panic!("there is no first experiment") };
        let sums = Sums::default();
        for parameter in Parameter::RECURRENT {
            for from in [8, 7, 5, 1, 6, 2, 1] {
                let from = Step::from_index(from - 1);
                let expected = Step::all(trace.steps())
                    .filter(|&step| step >= from)
                    .fold(trace.gradient().matrix(parameter).to_owned() * 0.0, |sum, step| {
                        sum + trace.contribution(step).matrix(parameter)
                    });
                let found = sums.back_to(&trace, parameter, from);
                assert!((&*found - &expected).iter().all(|off| off.abs() < 1e-14));
            }
        }
    }
}
