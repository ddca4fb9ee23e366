//! Every gradient of the backward pass is what the loss really does when a weight moves.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use proptest::prelude::*;
use unrolled::rnn::{
    Experiment, Forward, Settings, Task, Trace, Unit, Weights,
    experiment::{Cell, Format},
};

/// How far a weight is moved. With two central differences, one twice as wide, the curvature of
/// third order cancels out: large recurrent weights over many steps bend the loss a lot.
const NUDGE: f64 = 2e-5;

fn experiment() -> impl Strategy<Value = Experiment> {
    let task = prop_oneof![
        any::<bool>().prop_map(|target| Task::Binary { target }),
        (0_usize..3).prop_map(|target| Task::Classes {
            labels: ["low", "middle", "high"].map(str::to_owned).to_vec(),
            target,
        }),
        Just(Task::NextToken),
    ];
    let text = prop::collection::vec(0_u8..5, 1..=12);
    (text, 1_usize..=6, any::<u64>(), 0.2..2.0, task).prop_filter_map(
        "one token has no next token",
        |(text, hidden, seed, spectral_radius, task)| {
            let text: String = text.iter().map(|&token| char::from(b'a' + token)).collect();
            Experiment::new(Settings {
                format: Format::One,
                text,
                unit: Unit::Character,
                vocabulary: None,
                task,
                cell: Cell::Tanh,
                hidden,
                weights: None,
                seed: Some(seed),
                spectral_radius: Some(spectral_radius),
                learning_rate: None,
                truncation: None,
                clip_norm: None,
            })
            .ok()
        },
    )
}

fn loss(experiment: &Experiment, weights: &Weights) -> f64 {
    let settings = Settings { weights: Some(weights.clone()), ..experiment.settings().clone() };
    Forward::of(&Experiment::new(settings).unwrap()).loss()
}

/// All numbers of five tensors, each as a place that can be changed.
fn places(weights: &mut Weights) -> Vec<&mut f64> {
    let Weights { w1x, w1h, b1, w2, b2 } = weights;
    w1x.iter_mut().chain(w1h).chain(b1).chain(w2).chain(b2).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_gradient_is_a_central_difference(experiment in experiment()) {
        let trace = Trace::of(experiment.clone());
        for (index, gradient) in trace.backward.gradient.values().enumerate() {
            let nudged = |by: f64| {
                let mut weights = experiment.weights().clone();
                *places(&mut weights)[index] += by;
                loss(&experiment, &weights)
            };
            let central = |by: f64| (nudged(by) - nudged(-by)) / (2.0 * by);
            let slope = (4.0 * central(NUDGE) - central(2.0 * NUDGE)) / 3.0;
            prop_assert!(
                (slope - gradient).abs() <= 1e-7 * (1.0 + gradient.abs()),
                "weight {}: slope {}, gradient {}", index, slope, gradient
            );
        }
    }

    #[test]
    fn the_contributions_of_the_steps_add_up(experiment in experiment()) {
        let trace = Trace::of(experiment);
        let mut sum = Weights::zeros(trace.experiment.weights().sizes());
        for step in unrolled::rnn::Step::all(trace.steps()) {
            sum.add_scaled(1.0, &trace.contribution(step));
        }
        for (sum, gradient) in sum.values().zip(trace.backward.gradient.values()) {
            prop_assert!((sum - gradient).abs() <= 1e-12 * (1.0 + gradient.abs()));
        }
    }
}
