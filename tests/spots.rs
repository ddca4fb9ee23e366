//! Every number that can be asked about is what the arithmetic beside it makes it.
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

/// Every number of a run that the page shows and that is computed.
fn spots(trace: &Trace) -> Vec<Spot> {
    let sizes = trace.experiment.weights().sizes();
    let last = Step::from_index(trace.steps() - 1);
    let mut spots = Vec::new();
    for step in Step::all(trace.steps()) {
        spots.push(Spot::Norm { step });
        for cell in 0..sizes.cells {
            spots.extend([
                Spot::PreActivation { step, cell },
                Spot::State { step, cell },
                Spot::HiddenError { step, cell },
                Spot::Error { step, cell },
            ]);
            for column in 0..sizes.cells {
                spots.push(Spot::Chain { from: step, to: last, row: cell, column });
                if step > Step::FIRST {
                    spots.push(Spot::Jacobian { step, row: cell, column });
                }
            }
        }
        if trace.experiment.loss_row(step).is_some() {
            spots.push(Spot::Loss { step });
            for output in 0..sizes.outputs {
                spots.extend([
                    Spot::Logit { step, output },
                    Spot::Output { step, output },
                    Spot::OutputError { step, output },
                ]);
            }
        }
    }
    for place in Place::all(trace.experiment.weights()) {
        spots.extend([Spot::Gradient(place), Spot::Updated(place)]);
        spots.extend(Step::all(trace.steps()).map(|step| Spot::Term { step, place }));
    }
    spots
}

proptest! {
    #[test]
    fn a_number_is_what_its_arithmetic_makes_it(
        experiment in experiment(),
        one_question: bool,
        clip in prop::option::of(0.01..2.0),
    ) {
        let trace = Trace::of(changed(&experiment, |settings| {
            settings.clip_norm = clip;
            if one_question {
                settings.task = Task::Binary { target: true };
            }
        }));
        for spot in spots(&trace) {
            let expected = spot.value(&trace).unwrap();
            let arithmetic = spot.arithmetic(&trace).unwrap();
            let found = arithmetic.value(&trace);
            // Near 0 and 1 a probability has few digits for its logarithm.
            let digits = if matches!(spot, Spot::Loss { .. }) { 1e-6 } else { 1e-11 };
            let near = (found - expected).abs() <= digits * (1.0 + expected.abs());
            prop_assert!(near, "{spot:?} is {expected}, its arithmetic makes {found}");
            for source in spot.sources(&trace) {
                prop_assert!(source.value(&trace).is_some(), "{spot:?} comes from {source:?}");
            }
        }
    }

    #[test]
    fn the_sources_are_what_the_score_shows(experiment in experiment()) {
        let trace = Trace::of(experiment);
        for spot in spots(&trace) {
            for source in spot.sources(&trace) {
                let inside = matches!(source, Spot::PreActivation { .. } | Spot::Logit { .. });
                prop_assert!(!inside, "{spot:?} comes from {source:?}");
            }
        }
    }
}

#[test]
fn a_weight_is_given_and_not_computed() {
    let experiment = unrolled::text::Language::default().first_experiment();
    let trace = experiment.map(Trace::of).ok();
    let place = Place { parameter: Parameter::W1h, row: 0, column: 0 };
    assert_eq!(trace.and_then(|trace| Spot::Weight(place).arithmetic(&trace)), None);
}
