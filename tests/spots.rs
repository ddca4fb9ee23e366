//! Every number that can be asked about is what the arithmetic beside it makes it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "random/experiment.rs"]
mod random;

use proptest::prelude::*;
use random::{any_experiment, changed, experiment};
use unrolled::{
    figure::Layout,
    rnn::{Experiment, Parameter, Place, Settings, Step, Task, Trace, Variable},
    session::{Cause, Run, Spot},
    text::Language,
};

/// Every number of a run that the page shows and that is computed.
fn spots(trace: &Trace) -> Vec<Spot> {
    let sizes = trace.experiment().weights().sizes();
    let last = Step::from_index(trace.steps() - 1);
    let mut spots = vec![Spot::WholeLoss];
    let recipe = trace.experiment().recipe();
    let carried = recipe.carried().len() * sizes.units;
    for step in Step::all(trace.steps()) {
        for of in recipe.variables() {
            spots.push(Spot::Norm { of, step });
            for unit in 0..sizes.units {
                spots.extend([Spot::Value { of, step, unit }, Spot::Error { of, step, unit }]);
                let arrivals = trace.way_back().at(of).count();
                spots.extend((0..arrivals).map(|nth| Spot::Arrival { of, nth, step, unit }));
            }
        }
        for row in 0..carried {
            for column in 0..carried {
                spots.push(Spot::Chain { from: step, to: last, row, column });
                if step > Step::FIRST {
                    spots.push(Spot::Jacobian { step, row, column });
                }
            }
        }
        if trace.experiment().loss_row(step).is_some() {
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
    for place in Place::all(trace.experiment().weights()) {
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
                    let target = trace.experiment().target(step);
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
                settings.task = Task::binary(true);
            }
        });
        check(&Run::of(changed))?;
    }

    #[test]
    fn a_number_of_any_cell_and_task_is_what_its_arithmetic_makes_it(
        experiment in any_experiment(),
        window in prop::option::of(1_usize..12),
        clip in prop::option::of(0.01..2.0),
    ) {
        let changed = changed(&experiment, |settings| {
            settings.truncation = window;
            settings.clip_norm = clip;
        });
        let run = Run::of(changed);
        for spot in spots(&run) {
            let expected = spot.value(&run).unwrap();
            let found = spot.arithmetic(&run).unwrap().value(&run);
            let digits = if matches!(spot, Spot::Loss { .. }) { 1e-6 } else { 1e-10 };
            let near = (found - expected).abs() <= digits * (1.0 + expected.abs());
            prop_assert!(near, "{spot:?} is {expected}, its arithmetic makes {found}");
        }
    }

    #[test]
    fn what_arrives_is_what_is_summed(experiment in any_experiment()) {
        let trace = Trace::of(experiment);
        for of in trace.experiment().recipe().variables() {
            let count = trace.way_back().at(of).count();
            for step in Step::all(trace.steps()) {
                let arrivals = (0..count).map(|nth| Spot::Arrival { of, nth, step, unit: 0 });
                let sum: f64 = arrivals.map(|spot| spot.value(&trace).unwrap()).sum();
                let error = Spot::Error { of, step, unit: 0 }.value(&trace).unwrap();
                prop_assert!((sum - error).abs() <= 1e-12 * (1.0 + error.abs()), "{of:?} {step:?}");
            }
        }
    }

    #[test]
    fn the_sources_are_what_the_score_shows(
        experiment in experiment(),
        parameter in prop::sample::select(&Parameter::RECURRENT[..]),
    ) {
        let trace = Run::of(experiment);
        let layout = Layout::of(trace.experiment(), parameter, 900.0);
        for spot in spots(&trace) {
            let sources = trace.origin(spot).sources.clone();
            let numbers = spot.arithmetic(&trace).unwrap().numbers();
            prop_assert_eq!(sources.is_empty(), numbers.is_empty(), "{:?}", spot);
            for source in sources {
                prop_assert!(source.value(&trace).is_some(), "{spot:?} comes from {source:?}");
                let shown = match source {
                    // The sums inside tanh, sigmoid and softmax have no place of their own.
                    Spot::Value { of: Variable::Z1, .. } | Spot::Logit { .. } => false,
                    // Each of these has a place in a view: the matrices of the weights, the
                    // card of the answer, the outputs, the chain, the contributions to another tensor.
                    Spot::Weight(_) | Spot::Output { .. } | Spot::OutputError { .. }
                    | Spot::Jacobian { .. } | Spot::Chain { .. } | Spot::Loss { .. } => true,
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
        assert!(trace.experiment().window() == window && window < trace.steps());
        check(&trace).unwrap();
        // The parts that come through are in the arithmetic, and not the whole errors.
        for step in Step::all(trace.steps() - 1) {
            let spot = Spot::Error { of: Variable::State, step, unit: 0 };
            let next = Spot::Error { of: Variable::Z1, step: step.next(), unit: 0 };
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
        expected.push(Spot::Value { of: Variable::State, step: before, unit });
        expected.push(weight(Parameter::W1H, unit, 1));
    }
    expected.extend([weight(Parameter::W1X, 2, 1), weight(Parameter::B1, 0, 1)]);
    assert_eq!(from(Spot::Value { of: Variable::State, step, unit: 1 }), expected);

    let mut expected = Vec::new();
    for unit in units.clone() {
        expected.push(Spot::Value { of: Variable::State, step: last, unit });
        expected.push(weight(Parameter::W2, unit, 0));
    }
    expected.push(weight(Parameter::B2, 0, 0));
    assert_eq!(from(Spot::Output { step: last, output: 0 }), expected);

    let answer = Spot::Output { step: last, output: 0 };
    assert_eq!(from(Spot::Loss { step: last }), [answer]);
    assert_eq!(from(Spot::OutputError { step: last, output: 0 }), [answer]);

    let mut expected = Vec::new();
    for unit in units.clone() {
        expected.push(Spot::Error { of: Variable::Z1, step: next, unit });
        expected.push(weight(Parameter::W1H, 1, unit));
    }
    let error = Spot::Error { of: Variable::State, step, unit: 1 };
    assert_eq!(from(error), expected);
    let output_error = Spot::OutputError { step: last, output: 0 };
    let at_last = from(Spot::Error { of: Variable::State, step: last, unit: 1 });
    assert_eq!(at_last, [output_error, weight(Parameter::W2, 1, 0)]);
    assert_eq!(
        from(Spot::Error { of: Variable::Z1, step, unit: 1 }),
        [error, Spot::Value { of: Variable::State, step, unit: 1 }]
    );
    let errors: Vec<Spot> =
        units.map(|unit| Spot::Error { of: Variable::State, step, unit }).collect();
    assert_eq!(from(Spot::Norm { of: Variable::State, step }), errors);

    let place = Place { parameter: Parameter::W1H, row: 3, column: 1 };
    let term = from(Spot::Contribution { step, place });
    assert_eq!(
        term,
        [
            Spot::Value { of: Variable::State, step: before, unit: 3 },
            Spot::Error { of: Variable::Z1, step, unit: 1 }
        ]
    );
    let terms: Vec<Spot> = Step::all(7).map(|step| Spot::Contribution { step, place }).collect();
    assert_eq!(from(Spot::Gradient(place)), terms);
    assert_eq!(from(Spot::Updated(place)), [Spot::Weight(place), Spot::Gradient(place)]);
    let jacobian = from(Spot::Jacobian { step, row: 3, column: 1 });
    assert_eq!(jacobian, [Spot::Weight(place), Spot::Value { of: Variable::State, step, unit: 1 }]);
}

/// Where the parts of each number of a run come from, and how many summands come from there.
#[test]
fn a_sum_is_grouped_by_where_its_summands_come_from() {
    let settings = Language::default().first_experiment().unwrap().settings().clone();
    let next_token = Settings { task: Task::NextToken, ..settings };
    let run = Run::of(Experiment::new(next_token).unwrap());
    let (first, step, last) = (Step::FIRST, Step::from_index(2), Step::from_index(5));
    let groups = |spot: Spot, at: usize| -> Vec<(Cause, usize)> {
        let origin = run.origin(spot);
        let groups = &origin.accounts[at].groups;
        groups.iter().map(|group| (group.from, group.summands.len())).collect()
    };
    let of_input = [(Cause::Previous, 4), (Cause::Input, 1), (Cause::Bias, 1)];
    assert_eq!(groups(Spot::Value { of: Variable::Z1, step, unit: 1 }, 0), of_input);
    // The sum inside of tanh is told beside H, and the gradient inside of the error.
    assert_eq!(groups(Spot::Value { of: Variable::State, step, unit: 1 }, 0), of_input);
    assert_eq!(groups(Spot::Value { of: Variable::State, step: first, unit: 1 }, 0), of_input[1..]);
    let both = [(Cause::Output, 7), (Cause::Next, 4)];
    assert_eq!(groups(Spot::Error { of: Variable::State, step, unit: 1 }, 0), both);
    assert_eq!(groups(Spot::Error { of: Variable::Z1, step, unit: 1 }, 0), both);
    assert_eq!(groups(Spot::Error { of: Variable::State, step: last, unit: 1 }, 0), both[..1]);
    let logit = [(Cause::State, 4), (Cause::Bias, 1)];
    assert_eq!(groups(Spot::Logit { step, output: 3 }, 0), logit);
    // Softmax sums a power for each output; the logit is that of the one that is asked about.
    let classes: Vec<_> = (0..7).map(|output| (Cause::Class(output), 1)).collect();
    let output = Spot::Output { step, output: 3 };
    assert_eq!(groups(output, 0), classes);
    assert_eq!(groups(output, 1), logit);
    assert_eq!(run.origin(output).accounts[1].of, Some(Spot::Logit { step, output: 3 }));
    let by_step =
        |steps: usize| -> Vec<_> { Step::all(steps).map(|step| (Cause::Step(step), 1)).collect() };
    let place = Place { parameter: Parameter::W1H, row: 3, column: 1 };
    assert_eq!(groups(Spot::Gradient(place), 0), by_step(6));
    assert_eq!(groups(Spot::WholeLoss, 0), by_step(6));
    let by_unit: Vec<_> = (0..4).map(|unit| (Cause::Unit(unit), 1)).collect();
    assert_eq!(groups(Spot::Norm { of: Variable::State, step }, 0), by_unit);
    let (from, to) = (first, step);
    assert_eq!(groups(Spot::Chain { from, to, row: 0, column: 1 }, 0), by_unit);
    assert_eq!(groups(Spot::Updated(place), 0), [(Cause::Before, 1), (Cause::Change, 1)]);
    assert_eq!(
        groups(Spot::OutputError { step, output: 3 }, 0),
        [(Cause::Prediction, 1), (Cause::Target, 1)]
    );
}

/// What comes from the output and what from the next step are the two summands that the trace keeps.
#[test]
fn the_two_parts_of_the_gradient_at_a_state_are_read_off() {
    let settings = Language::default().first_experiment().unwrap().settings().clone();
    let next_token = Settings { task: Task::NextToken, ..settings };
    let run = Run::of(Experiment::new(next_token).unwrap());
    let (of_output, of_next) = (run.from_output(), run.from_next());
    for step in Step::all(run.steps() - 1) {
        for unit in 0..4 {
            let origin = run.origin(Spot::Error { of: Variable::State, step, unit });
            let [from_output, from_next] = &origin.accounts[0].groups[..] else {
                panic!("{:?}", origin.accounts);
            };
            let at = [step.index(), unit];
            let near = |found: f64, expected: f64| (found - expected).abs() < 1e-14;
            assert!(near(from_output.value(&run), of_output[at]));
            assert!(near(from_next.value(&run), of_next[at]));
        }
    }
}

/// Logits past what eᶻ can hold still have shares.
#[test]
fn the_powers_of_softmax_are_numbers_whatever_the_logits_are() {
    let settings = Language::default().first_experiment().unwrap().settings().clone();
    let mut settings = Settings { task: Task::NextToken, ..settings };
    let mut weights = Experiment::new(settings.clone()).unwrap().weights().clone();
    let mut bias = weights.matrix_mut(Parameter::B2);
    bias[[0, 0]] = 5000.0;
    bias[[0, 1]] = 4999.0;
    settings.weights = Some(weights);
    let run = Run::of(Experiment::new(settings).unwrap());
    for output in 0..2 {
        let spot = Spot::Output { step: Step::FIRST, output };
        let powers = &run.origin(spot).accounts[0];
        let share = powers.groups[output].value(&run) / powers.value(&run);
        assert!((share - spot.value(&run).unwrap()).abs() < 1e-12, "{share}");
    }
}

#[test]
fn a_weight_is_given_and_not_computed() {
    let trace = Run::of(Language::default().first_experiment().unwrap());
    let mut count = 0;
    for place in Place::all(trace.experiment().weights()) {
        let weight = Spot::Weight(place);
        assert_eq!(weight.value(&trace), Some(place.of(trace.experiment().weights())));
        assert_eq!(weight.arithmetic(&trace), None, "{place:?}");
        assert_eq!(trace.origin(weight).sources, []);
        // It is the numbers around it that are computed.
        assert!(Spot::Updated(place).arithmetic(&trace).is_some(), "{place:?}");
        count += 1;
    }
    assert_eq!(count, 7 * 4 + 4 * 4 + 4 + 4 + 1);
}
