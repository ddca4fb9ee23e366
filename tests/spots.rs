//! Every number that can be pointed at is what its sources make it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "random/experiment.rs"]
mod random;

use proptest::prelude::*;
use random::{changed, experiment};
use unrolled::{
    rnn::{Parameter, Place, Step, Task, Trace},
    session::Spot,
};

/// The values of a number's sources, weights apart from the others, in the order they are named.
fn sources(spot: Spot, trace: &Trace) -> (Vec<f64>, Vec<f64>) {
    let value = |source: &Spot| source.value(trace).unwrap();
    let (weights, others): (Vec<Spot>, Vec<Spot>) =
        spot.sources(trace).into_iter().partition(|source| matches!(source, Spot::Weight(_)));
    (others.iter().map(value).collect(), weights.iter().map(value).collect())
}

fn product(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

fn close(found: f64, spot: Spot, trace: &Trace) -> Result<(), TestCaseError> {
    let expected = spot.value(trace).unwrap();
    let near = (found - expected).abs() <= 1e-12 * (1.0 + expected.abs());
    prop_assert!(near, "{spot:?} is {expected}, its sources make {found}");
    Ok(())
}

proptest! {
    #[test]
    fn a_number_is_what_its_sources_make_it(experiment in experiment(), one_question: bool) {
        let trace = Trace::of(changed(&experiment, |settings| {
            if one_question {
                settings.task = Task::Binary { target: true };
            }
        }));
        let sizes = trace.experiment.weights().sizes();
        for step in Step::all(trace.steps()) {
            for cell in 0..sizes.cells {
                let state = Spot::State { step, cell };
                let (states, weights) = sources(state, &trace);
                let (recurrent, rest) = weights.split_at(sizes.cells);
                let sum = product(&states, recurrent) + rest.iter().sum::<f64>();
                close(sum.tanh(), state, &trace)?;

                let error = Spot::Error { step, cell };
                let (from, _) = sources(error, &trace);
                close(from[0] * (1.0 - from[1] * from[1]), error, &trace)?;

                let hidden = Spot::HiddenError { step, cell };
                let (errors, weights) = sources(hidden, &trace);
                close(product(&errors, &weights), hidden, &trace)?;
            }
            let norm = Spot::Norm { step };
            let (errors, _) = sources(norm, &trace);
            close(product(&errors, &errors).sqrt(), norm, &trace)?;
            if trace.experiment.loss_row(step).is_some()
                && matches!(trace.experiment.settings().task, Task::Binary { .. })
            {
                let output = Spot::Output { step, output: 0 };
                let (states, weights) = sources(output, &trace);
                let logit = product(&states, &weights) + weights[sizes.cells];
                close(1.0 / (1.0 + (-logit).exp()), output, &trace)?;
            }
        }
        for place in Place::all(trace.experiment.weights()) {
            if !Parameter::RECURRENT.contains(&place.parameter) {
                continue;
            }
            let gradient = Spot::Gradient(place);
            close(sources(gradient, &trace).0.iter().sum(), gradient, &trace)?;
            for step in Step::all(trace.steps()) {
                let term = Spot::Term { step, place };
                let (from, _) = sources(term, &trace);
                let heard = trace.experiment.sequence().indices()[step.index()] == place.row;
                let product = match place.parameter {
                    Parameter::W1x if !heard => 0.0,
                    Parameter::W1h if step == Step::FIRST => 0.0,
                    _ => from.iter().product(),
                };
                close(product, term, &trace)?;
            }
        }
    }
}
