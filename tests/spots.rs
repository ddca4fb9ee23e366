//! Every number that can be asked about is what the arithmetic beside it makes it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "random/experiment.rs"]
mod random;

use proptest::prelude::*;
use random::{changed, experiment};
use unrolled::{
    figure::Layout,
    rnn::{Experiment, Parameter, Place, Settings, Step, Task, Trace},
    session::{Run, Spot},
    text::Language,
};

/// Every number of a run that the page shows and that is computed.
fn spots(trace: &Trace) -> Vec<Spot> {
    let sizes = trace.experiment.weights().sizes();
    let last = Step::from_index(trace.steps() - 1);
    let mut spots = vec![Spot::WholeLoss];
    for step in Step::all(trace.steps()) {
        spots.push(Spot::Norm { step });
        for unit in 0..sizes.units {
            spots.extend([
                Spot::PreActivation { step, unit },
                Spot::State { step, unit },
                Spot::HiddenError { step, unit },
                Spot::Error { step, unit },
            ]);
            for column in 0..sizes.units {
                spots.push(Spot::Chain { from: step, to: last, row: unit, column });
                if step > Step::FIRST {
                    spots.push(Spot::Jacobian { step, row: unit, column });
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
        spots.extend(Step::all(trace.steps()).map(|step| Spot::Contribution { step, place }));
    }
    spots
}

/// Expects each number of a run to be what its arithmetic makes it, and the subtotals of each sum in it
/// to add up to that sum.
fn check(run: &Run) -> Result<(), TestCaseError> {
    let trace: &Trace = run;
    for spot in spots(trace) {
        let expected = spot.value(trace).unwrap();
        let found = spot.arithmetic(trace).unwrap().value(trace);
        // Near 0 and 1 a probability has few digits for its logarithm.
        let digits = if matches!(spot, Spot::Loss { .. }) { 1e-6 } else { 1e-11 };
        let near = (found - expected).abs() <= digits * (1.0 + expected.abs());
        prop_assert!(near, "{spot:?} is {expected}, its arithmetic makes {found}");
        for account in &run.origin(spot).accounts {
            let subtotals: f64 = account.groups.iter().map(|group| group.value(trace)).sum();
            let expected = match (account.of, spot) {
                (Some(of), _) => of.value(trace).unwrap(),
                (None, Spot::Norm { .. }) => expected * expected,
                // Where the powers of softmax are summed, the part of the one is its probability.
                (None, Spot::Output { output, .. }) => {
                    account.groups[output].value(trace) / expected
                }
                (None, Spot::Loss { step }) => {
                    let target = trace.experiment.target(step);
                    account.groups[target].value(trace) / (-expected).exp()
                }
                (None, _) => return Err(TestCaseError::fail(format!("{spot:?}: {account:?}"))),
            };
            let near = (subtotals - expected).abs() <= digits * (1.0 + expected.abs());
            // A probability of 0 is no part of anything.
            let defined = expected.is_finite();
            prop_assert!(
                near || !defined,
                "{spot:?}: the subtotals add up to {subtotals}, not {expected}"
            );
            prop_assert!(account.groups.iter().all(|group| !group.summands.is_empty()));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_number_is_what_its_arithmetic_makes_it(
        experiment in experiment(),
        one_question: bool,
        window in prop::option::of(1_usize..12),
        clip in prop::option::of(0.01..2.0),
    ) {
        let changed = changed(&experiment, |settings| {
            settings.truncation = window;
            settings.clip_norm = clip;
            if one_question {
                settings.task = Task::Binary { target: true };
            }
        });
        check(&Run::of(changed))?;
    }

    #[test]
    fn the_sources_are_what_the_score_shows(
        experiment in experiment(),
        parameter in prop::sample::select(&Parameter::RECURRENT[..]),
    ) {
        let trace = Run::of(experiment);
        let layout = Layout::of(&trace.experiment, parameter, 900.0);
        for spot in spots(&trace) {
            let sources = trace.origin(spot).sources.clone();
            let numbers = spot.arithmetic(&trace).unwrap().numbers();
            prop_assert_eq!(sources.is_empty(), numbers.is_empty(), "{:?}", spot);
            for source in sources {
                prop_assert!(source.value(&trace).is_some(), "{spot:?} comes from {source:?}");
                let shown = match source {
                    // The sums inside tanh, sigmoid and softmax have no place of their own.
                    Spot::PreActivation { .. } | Spot::Logit { .. } => false,
                    // Each of these has a place in a view: the matrices of the weights, the
                    // card of the answer, the chain, the contributions to another tensor.
                    Spot::Weight(_) | Spot::Output { .. } | Spot::OutputError { .. }
                    | Spot::Jacobian { .. } | Spot::Chain { .. } => true,
                    Spot::Contribution { place, .. } | Spot::Gradient(place) => {
                        place.parameter != parameter || layout.rect_of(source).is_some()
                    }
                    _ => layout.rect_of(source).is_some(),
                };
                prop_assert!(shown, "{spot:?} comes from {source:?}");
            }
        }
    }
}

/// Each loss reaches back over fewer steps than there are: what comes from the next step is then
/// less than that step's whole error.
#[test]
fn a_number_is_what_its_arithmetic_makes_it_where_losses_reach_back_shortly() {
    let settings = Language::default().first_experiment().unwrap().settings().clone();
    let settings = Settings { task: Task::NextToken, ..settings };
    let mut cut = 0;
    for window in 1..6 {
        let settings = Settings { truncation: Some(window), ..settings.clone() };
        let trace = Run::of(Experiment::new(settings).unwrap());
        assert!(trace.experiment.window() == window && window < trace.steps());
        check(&trace).unwrap();
        // The parts that come through are in the arithmetic, and not the whole errors.
        for step in Step::all(trace.steps() - 1) {
            let spot = Spot::HiddenError { step, unit: 0 };
            let next = Spot::Error { step: step.next(), unit: 0 };
            let whole = trace.origin(spot).sources.contains(&next);
            cut += usize::from(!whole);
        }
    }
    assert_eq!(cut, 5 + 4 + 3 + 2 + 1);
}

/// Step 3 of the first experiment, “was”, of whose four units the second is asked.
#[test]
fn the_sources_of_each_number_are_named() {
    let trace = Run::of(Language::default().first_experiment().unwrap());
    let [before, step, next] = [1, 2, 3].map(Step::from_index);
    let last = Step::from_index(6);
    let weight = |parameter, row, column| Spot::Weight(Place { parameter, row, column });
    let from = |spot: Spot| trace.origin(spot).sources.clone();
    let units = 0..4;

    let mut expected = Vec::new();
    for unit in units.clone() {
        expected.push(Spot::State { step: before, unit });
        expected.push(weight(Parameter::W1h, unit, 1));
    }
    expected.extend([weight(Parameter::W1x, 2, 1), weight(Parameter::B1, 0, 1)]);
    assert_eq!(from(Spot::State { step, unit: 1 }), expected);

    let mut expected = Vec::new();
    for unit in units.clone() {
        expected.push(Spot::State { step: last, unit });
        expected.push(weight(Parameter::W2, unit, 0));
    }
    expected.push(weight(Parameter::B2, 0, 0));
    assert_eq!(from(Spot::Output { step: last, output: 0 }), expected);

    let answer = Spot::Output { step: last, output: 0 };
    assert_eq!(from(Spot::Loss { step: last }), [answer]);
    assert_eq!(from(Spot::OutputError { step: last, output: 0 }), [answer]);

    let mut expected = Vec::new();
    for unit in units.clone() {
        expected.push(Spot::Error { step: next, unit });
        expected.push(weight(Parameter::W1h, 1, unit));
    }
    let error = Spot::HiddenError { step, unit: 1 };
    assert_eq!(from(error), expected);
    let output_error = Spot::OutputError { step: last, output: 0 };
    let at_last = from(Spot::HiddenError { step: last, unit: 1 });
    assert_eq!(at_last, [output_error, weight(Parameter::W2, 1, 0)]);
    assert_eq!(from(Spot::Error { step, unit: 1 }), [error, Spot::State { step, unit: 1 }]);
    let errors: Vec<Spot> = units.map(|unit| Spot::HiddenError { step, unit }).collect();
    assert_eq!(from(Spot::Norm { step }), errors);

    let place = Place { parameter: Parameter::W1h, row: 3, column: 1 };
    let term = from(Spot::Contribution { step, place });
    assert_eq!(term, [Spot::State { step: before, unit: 3 }, Spot::Error { step, unit: 1 }]);
    let terms: Vec<Spot> = Step::all(7).map(|step| Spot::Contribution { step, place }).collect();
    assert_eq!(from(Spot::Gradient(place)), terms);
    assert_eq!(from(Spot::Updated(place)), [Spot::Weight(place), Spot::Gradient(place)]);
    let jacobian = from(Spot::Jacobian { step, row: 3, column: 1 });
    assert_eq!(jacobian, [Spot::Weight(place), Spot::State { step, unit: 1 }]);
}

#[test]
fn a_weight_is_given_and_not_computed() {
    let trace = Run::of(Language::default().first_experiment().unwrap());
    let mut count = 0;
    for place in Place::all(trace.experiment.weights()) {
        let weight = Spot::Weight(place);
        assert_eq!(weight.value(&trace), Some(place.of(trace.experiment.weights())));
        assert_eq!(weight.arithmetic(&trace), None, "{place:?}");
        assert_eq!(trace.origin(weight).sources, []);
        // It is the numbers around it that are computed.
        assert!(Spot::Updated(place).arithmetic(&trace).is_some(), "{place:?}");
        count += 1;
    }
    assert_eq!(count, 7 * 4 + 4 * 4 + 4 + 4 + 1);
}
