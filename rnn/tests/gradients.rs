//! Every gradient of the backward pass is what the loss really does when a weight moves.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod random;

use proptest::prelude::*;
use random::{changed, experiment, truncated};
use std::collections::BTreeMap;
use unrolled_rnn::{
    Bug, Check, Experiment, NoRatio, Parameter, Place, Step, Trace, Untied, Weights,
};

/// How far a weight is moved. With two central differences, one twice as wide, the curvature of
/// third order cancels out: large recurrent weights over many steps bend the loss a lot.
const NUDGE: f64 = 2e-5;

/// The slope of `loss` at 0.
fn slope(loss: impl Fn(f64) -> f64) -> f64 {
    let central = |by: f64| (loss(by) - loss(-by)) / (2.0 * by);
    (4.0 * central(NUDGE) - central(2.0 * NUDGE)) / 3.0
}

fn nudged(weights: &Weights, place: Place, by: f64) -> Weights {
    let mut weights = weights.clone();
    weights.matrix_mut(place.parameter)[[place.row, place.column]] += by;
    weights
}

/// The loss of `experiment` with other weights.
fn loss(experiment: &Experiment, weights: Weights) -> f64 {
    Trace::of(changed(experiment, |settings| settings.weights = Some(weights))).loss()
}

fn agree(slope: f64, gradient: f64) -> bool {
    (slope - gradient).abs() <= 1e-7 * (1.0 + gradient.abs())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_gradient_is_a_central_difference(experiment in experiment()) {
        let trace = Trace::of(experiment.clone());
        for place in Place::all(experiment.weights()) {
            let gradient = place.of(trace.gradient());
            let slope = slope(|by| loss(&experiment, nudged(experiment.weights(), place, by)));
            prop_assert!(agree(slope, gradient), "{place:?}: slope {slope}, gradient {gradient}");
        }
    }

    /// With truncation the loss of a step starts from a state that its distance has made: the loss of
    /// each step alone, run from there.
    #[test]
    fn a_truncated_gradient_is_the_sum_of_those_of_short_runs(experiment in truncated()) {
        let trace = Trace::of(experiment.clone());
        let mut sum = trace.gradient().zeros_like();
        let whole = Trace::of(experiment.untruncated());
        for loss in experiment.loss_steps() {
            let reached = Step::all(loss.number())
                .filter(|step| loss.number() - step.number() < experiment.window());
            for step in reached {
                for parameter in sum.shape().clone().parameters() {
                    let mut matrix = sum.matrix_mut(parameter);
                    if parameter.is_recurrent() {
                        matrix += &whole.term(loss, step, parameter);
                    } else if step == loss {
                        matrix += &whole.contribution(step).matrix(parameter);
                    }
                }
            }
        }
        for (sum, gradient) in sum.values().zip(trace.gradient().values()) {
            prop_assert!((sum - gradient).abs() <= 1e-10 * (1.0 + gradient.abs()));
        }
    }

    #[test]
    fn the_gradient_of_an_untied_copy_is_its_steps_contribution(
        experiment in experiment(),
        step in any::<prop::sample::Index>(),
    ) {
        let trace = Trace::of(experiment.clone());
        let step = Step::from_index(step.index(trace.steps()));
        let contribution = trace.contribution(step);
        for place in Place::all(experiment.weights()) {
            let slope = slope(|by| {
                let copy = nudged(experiment.weights(), place, by);
                Untied::of(experiment.clone(), &BTreeMap::from([(step, copy)])).loss()
            });
            let term = place.of(&contribution);
            prop_assert!(agree(slope, term), "{place:?}: slope {slope}, contribution {term}");
        }
    }

    #[test]
    fn untied_copies_that_differ_have_gradients_of_their_own(
        experiment in experiment(),
        seeds in prop::collection::vec(any::<u64>(), 12),
    ) {
        let copies: BTreeMap<Step, Weights> = Step::all(experiment.steps())
            .zip(seeds)
            .map(|(step, seed)| {
                let other = changed(&experiment, |settings| {
                    (settings.weights, settings.seed) = (None, Some(seed));
                });
                (step, other.weights().clone())
            })
            .collect();
        let untied = Untied::of(experiment.clone(), &copies);
        let step = Step::from_index(experiment.steps() / 2);
        for place in Place::all(experiment.weights()) {
            let slope = slope(|by| {
                let mut copies = copies.clone();
                copies.insert(step, nudged(&copies[&step], place, by));
                Untied::of(experiment.clone(), &copies).loss()
            });
            let term = place.of(&untied.contribution(step));
            prop_assert!(agree(slope, term), "{place:?}: slope {slope}, contribution {term}");
        }
    }

    #[test]
    fn the_check_passes_every_true_gradient(experiment in experiment()) {
        let trace = Trace::of(experiment);
        let (place, check) = trace.worst_check(trace.gradient()).unwrap();
        prop_assert!(check.agrees(), "{place:?}: {check:?}");
    }

    #[test]
    fn the_predicted_loss_errs_by_the_square_of_the_step(experiment in experiment()) {
        let length = Trace::of(experiment.clone()).gradient().norm();
        let error = |rate: f64| {
            let rate = rate / (1.0 + length).powi(2);
            let trace =
                Trace::of(changed(&experiment, |settings| settings.learning_rate = Some(rate)));
            (Trace::of(trace.updated().unwrap()).loss() - trace.predicted_loss()).abs()
        };
        let rounding = 1e-14 * (1.0 + loss(&experiment, experiment.weights().clone()));
        prop_assert!(error(1e-4) <= 1e-6 + rounding);
        prop_assert!(error(1e-5) <= 0.03 * error(1e-4) + rounding);
    }
}

/// Six steps whose errors reach back, so that each mistake has something to spoil.
fn bug_hunt() -> Vec<Trace> {
    let json = |task: &str| {
        format!(
            r#"{{"format": "unrolled-experiment/1", "text": "not bad not good at all", "unit": "word",
                "task": {task}, "cell": "tanh", "hidden": 3, "seed": 5, "spectral_radius": 1.1}}"#
        )
    };
    [r#"{"kind": "binary", "target": 1}"#, r#"{"kind": "next-token"}"#]
        .map(|task| Trace::of(Experiment::from_json(&json(task)).unwrap()))
        .into()
}

#[test]
fn the_check_catches_every_bug() {
    for trace in bug_hunt() {
        for bug in Bug::ALL {
            let (_, check) = trace.worst_check(&bug.gradient(&trace)).unwrap();
            assert!(
                !check.agrees() && check.relative_error().is_ok_and(|error| error > 0.1),
                "{bug:?}: {check:?}"
            );
        }
    }
}

#[test]
fn a_program_without_its_bug_is_right() {
    // With one unit a matrix is its transpose, and with one step nothing is summed or forgotten.
    let one = r#"{"format": "unrolled-experiment/1", "text": "a", "unit": "word", "hidden": 1,
        "task": {"kind": "binary", "target": 1}, "cell": "tanh", "seed": 2}"#;
    let trace = Trace::of(Experiment::from_json(one).unwrap());
    for bug in Bug::ALL {
        let same = bug.gradient(&trace) == *trace.gradient();
        assert_eq!(same, bug != Bug::MissingSlope, "{bug:?}");
    }
}

fn same(ours: &Weights, theirs: &Weights) -> bool {
    ours.values().zip(theirs.values()).all(|(ours, theirs)| (ours - theirs).abs() < 1e-12)
}

#[test]
fn each_bug_is_the_mistake_that_its_name_says() {
    for trace in bug_hunt() {
        let right = trace.gradient();
        let of = |bug: Bug| bug.gradient(&trace);
        // Nothing from the next step: each loss reaches back over its own step alone.
        let short = changed(trace.experiment(), |settings| settings.truncation = Some(1));
        assert!(same(&of(Bug::NextErrorForgotten), Trace::of(short).gradient()));

        // Replaced, not added: the last to be computed, that of step 1, is all that is left.
        let first = trace.contribution(Step::FIRST);
        let mut replaced = right.clone();
        for parameter in Parameter::RECURRENT {
            replaced.matrix_mut(parameter).assign(&first.matrix(parameter));
        }
        assert!(same(&of(Bug::NoSumOverTime), &replaced));

        // The last X in every term: its row has the sum of them all.
        let last = trace.experiment().sequence().indices()[trace.steps() - 1];
        let mut one_row = right.clone();
        let mut rows = one_row.matrix_mut(Parameter::W1X);
        rows.fill(0.0);
        rows.row_mut(last).assign(&right.matrix(Parameter::B1).row(0));
        assert!(same(&of(Bug::LastInput), &one_row));

        // Without the transpose the right error arrives where W₁ₕ is its own.
        let symmetric = changed(trace.experiment(), |settings| {
            let mut weights = trace.experiment().weights().clone();
            let w1h = weights.matrix(Parameter::W1H).to_owned();
            weights.matrix_mut(Parameter::W1H).assign(&(&w1h + &w1h.t()));
            settings.weights = Some(weights);
        });
        let symmetric = Trace::of(symmetric);
        assert!(same(&Bug::MissingTranspose.gradient(&symmetric), symmetric.gradient()));
        assert!(!same(&of(Bug::MissingTranspose), right));

        // Without the slope, where nothing saturates, little is wrong; else much.
        assert!(!same(&of(Bug::MissingSlope), right));
        let quiet = changed(trace.experiment(), |settings| {
            let mut weights = trace.experiment().weights().clone();
            let mut w1x = weights.matrix_mut(Parameter::W1X);
            w1x *= 1e-9;
            weights.matrix_mut(Parameter::B1).fill(0.0);
            settings.weights = Some(weights);
        });
        let quiet = Trace::of(quiet);
        assert!(same(&Bug::MissingSlope.gradient(&quiet), quiet.gradient()));
    }
}

#[test]
fn slope_and_gradient_agree_to_a_thousandth_or_to_what_rounding_leaves() {
    let check = |nudge: f64, slope: f64, gradient: f64| Check {
        nudge,
        loss_below: 1.0,
        loss_above: 1.0 + 2.0 * nudge * slope,
        slope,
        gradient,
    };
    assert!(check(1e-5, 0.5, 0.500_4).agrees() && check(1e-5, -0.5, -0.499_6).agrees());
    assert!(!check(1e-5, 0.5, 0.501).agrees() && !check(1e-5, 0.5, -0.5).agrees());
    // Differences of losses are rounded: the smaller the nudge, the larger is what that leaves.
    assert!(check(1e-5, 0.0, 1e-9).agrees() && !check(1e-5, 0.0, 1e-8).agrees());
    assert!(check(1e-9, 0.0, 1e-6).agrees());
    for (slope, gradient, error) in
        [(0.0, 0.0, Err(NoRatio::BothZero)), (2.0, 1.0, Ok(0.5)), (-1.0, 3.0, Ok(4.0 / 3.0))]
    {
        assert_eq!(check(1e-5, slope, gradient).relative_error(), error);
    }
}
