//! The reference trainings in `tests/golden-training`, computed by automatic differentiation elsewhere,
//! agree with ours; and what else is claimed of a training.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bits;

use allocation_counter::measure;
use bits::{CASES, FIRST, bits, controls, training};
use ndarray::Axis;
use serde_json::Value;
use std::sync::Arc;
use unrolled_rnn::{
    Cell, Experiment, StepUnit, Trace,
    train::{
        Controls, Corpus, Explained, Halt, MOST_SNAPSHOTS, Network, Optimizer, Run, Sampler, Split,
        Training, Update,
    },
    weights::norm,
};

/// The first path at which two JSON trees differ by more than 1e-9 relative and 1e-11 absolute.
fn difference(ours: &Value, theirs: &Value, path: &str) -> Option<String> {
    match (ours, theirs) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64()?, b.as_f64()?);
            let close = (a - b).abs() <= 1e-11 + 1e-9 * b.abs();
            (!close).then(|| format!("{path}: {a} instead of {b}"))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => (a.iter().zip(b))
            .enumerate()
            .find_map(|(index, (a, b))| difference(a, b, &format!("{path}[{index}]"))),
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => (a.iter())
            .find_map(|(key, value)| difference(value, b.get(key)?, &format!("{path}.{key}"))),
        _ => (ours != theirs).then(|| format!("{path}: {ours} instead of {theirs}")),
    }
}

#[test]
fn every_golden_training_agrees() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden-training");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let golden: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let (mut training, updates) = Training::from_json(&golden["training"].to_string()).unwrap();
        let ours: Value = serde_json::from_str(&training.trained_json(updates).unwrap()).unwrap();
        assert_eq!(difference(&ours, &golden["result"], "result"), None, "{}", path.display());
        count += 1;
    }
    assert_eq!(count, 4);
}

#[test]
fn the_same_seed_gives_the_same_curve_bit_for_bit() {
    for (cell, optimizer, expected) in CASES {
        let training = training(cell, controls(optimizer, 0.05, 4));
        assert_eq!(format!("{:016x}", bits(training, 50)), expected, "{cell:?}");
    }
}

#[test]
fn an_update_asks_for_no_memory() {
    for cell in Cell::ALL {
        for optimizer in [Optimizer::SGD, Optimizer::MOMENTUM, Optimizer::ADAM] {
            for truncation in [None, Some(2)] {
                let controls = Controls { truncation, ..controls(optimizer, 0.1, 4) };
                let mut training = training(cell, controls);
                // Every sequence has been seen after four epochs, but for luck.
                for _ in 0..8 {
                    training.update();
                }
                let asked = measure(|| {
                    for _ in 0..20 {
                        training.update();
                    }
                });
                assert_eq!(asked.count_total, 0, "{cell:?}, {optimizer:?}, {truncation:?}");
            }
        }
    }
}

#[test]
fn every_place_of_a_run_can_be_gone_back_to() {
    let mut run = Run::new(training(Cell::Lstm, controls(Optimizer::ADAM, 0.02, 4)), None);
    let mut alone = training(Cell::Lstm, controls(Optimizer::ADAM, 0.02, 4));
    assert_eq!(run.run_for(250), Halt::Paused);
    let faster = controls(Optimizer::MOMENTUM, 0.1, 5);
    run.set_controls(faster);
    run.run_for(350);
    let kept: Vec<usize> = run.snapshots().collect();
    assert!(kept.len() <= MOST_SNAPSHOTS && kept.len() > MOST_SNAPSHOTS / 3, "{}", kept.len());
    for number in 1..=600 {
        if number == 251 {
            alone.set_controls(faster);
        }
        if number % 37 == 0 || (250..253).contains(&number) {
            let there = run.at(number - 1);
            assert_eq!(there.weights(), alone.weights(), "after {}", number - 1);
            let explained = run.explained(number);
            assert_eq!(explained.update, run.updates()[number - 1]);
            assert_eq!(&explained.before, alone.weights());
        }
        assert_eq!(alone.update(), run.updates()[number - 1]);
    }
    assert_eq!(run.training().weights(), alone.weights());
    let looked: Vec<usize> = run.looks().iter().map(|look| look.updates).collect();
    assert_eq!(looked, (0..=600).step_by(10).collect::<Vec<_>>());

    let before = run.at(301);
    run.go_back(301);
    assert_eq!((run.updates().len(), run.looks().len()), (301, 31));
    assert_eq!(run.training().weights(), before.weights());
    assert!(run.snapshots().all(|updates| updates <= 301));
    run.run_for(299);
    assert_eq!(run.training().weights(), alone.weights());
}

#[test]
fn a_run_stops_at_its_goal_once_and_where_there_is_no_number() {
    let made = |rate, clip_norm| {
        let controls = Controls { clip_norm, ..controls(Optimizer::SGD, rate, 4) };
        Run::new(training(Cell::Tanh, controls), Some(1.0))
    };
    let mut run = made(1.0, Some(1.0));
    assert_eq!(run.run_for(1000), Halt::Goal);
    assert_eq!(run.reached(), Some(run.updates().len()));
    assert_eq!(run.looks().last().unwrap().held_out.accuracy, Some(1.0));
    assert_eq!(run.run_for(20), Halt::Paused);

    let mut run = made(0.1, None).looking_every(4);
    run.run_for(9);
    let looked: Vec<usize> = run.looks().iter().map(|look| look.updates).collect();
    assert_eq!(looked, [0, 4, 8]);

    let mut run = made(1e308, None);
    assert_eq!(run.run_for(1000), Halt::NoNumber);
    let since = run.no_number_since().unwrap();
    assert!(run.updates()[..since - 1].iter().all(Update::is_number));
    assert!(!run.updates()[since - 1].is_number());
    assert_eq!(run.run_for(1), Halt::NoNumber);
    // It can be gone back from.
    run.go_back(since - 1);
    assert_eq!(run.no_number_since(), None);
    run.set_controls(controls(Optimizer::SGD, 0.0, 4));
    run.explained(since);
}

#[test]
fn an_update_is_the_mean_of_what_its_sequences_add() {
    for truncation in [None, Some(2)] {
        let controls =
            Controls { truncation, clip_norm: Some(0.05), ..controls(Optimizer::SGD, 0.1, 4) };
        let training = training(Cell::GruResetAfter, controls);
        let explained = training.explained();
        let Explained { update, parts, targets, gradient, step, before, after, .. } = &explained;
        assert_eq!((parts.len(), *targets), (4, 4));
        let loss: f64 = parts.iter().map(|part| part.loss).sum();
        assert!((loss / 4.0 - update.loss).abs() < 1e-14);
        assert!(
            update.gradient_norm > 0.05
                && (update.clipping - 0.05 / update.gradient_norm).abs() < 1e-14
        );
        for at in 0..gradient.numbers().len() {
            let sum: f64 = parts.iter().map(|part| part.gradient.numbers()[at]).sum();
            assert!((sum / 4.0 - gradient.numbers()[at]).abs() < 1e-14);
            let followed = -0.1 * (update.clipping * gradient.numbers()[at]);
            assert!((step.numbers()[at] - followed).abs() < 1e-16);
            assert_eq!(before.numbers()[at] + step.numbers()[at], after.numbers()[at]);
        }
        // The step is short, so the derivative predicts what happens.
        let change = explained.loss_after - update.loss;
        let predicted = explained.predicted_loss - update.loss;
        assert!(
            change < 0.0 && (change - predicted).abs() < 0.02 * change.abs(),
            "{change} {predicted}"
        );
    }
}

#[test]
fn a_sequence_of_a_corpus_is_an_experiment_with_the_same_loss() {
    let texts = [
        (FIRST, StepUnit::Word),
        ("0.5 1 -1\t- 0.5 1\n1 2\t3.0\n", StepUnit::Number),
        ("the cat\tanimal\nthe red car\tthing\nno dog\tanimal\n", StepUnit::Word),
        ("hello\nworld\n", StepUnit::Character),
    ];
    for (text, unit) in texts {
        let reading = Corpus::from_lines(text, unit, None);
        assert_eq!(reading.bad, [], "{text}");
        let corpus = Arc::new(reading.corpus.unwrap());
        let all = Split::by_heart(corpus.examples().len());
        let network = Network::new(Cell::Gru, 3, 1);
        let mut training = Training::new(Arc::clone(&corpus), all, network, Controls::default());
        for place in 0..corpus.examples().len() {
            let settings = corpus.settings(place, Cell::Gru, training.weights()).unwrap();
            let trace = Trace::of(Experiment::new(settings).unwrap());
            let answered = training.answered(place).unwrap();
            assert!((trace.loss() - answered.loss).abs() < 1e-14);
            assert_eq!(trace.output().answers, answered.answers);
            let states = training.states(place).unwrap().to_owned();
            assert_eq!(trace.states().split_at(Axis(0), 1).1, states);
        }
    }
}

#[test]
fn a_network_writes_on_as_it_would_read() {
    let reading = Corpus::from_lines("hello hello hello\n", StepUnit::Character, None);
    let corpus = Arc::new(reading.corpus.unwrap());
    let network = Network::new(Cell::Lstm, 6, 3);
    let controls = controls(Optimizer::ADAM, 0.05, 1);
    let mut training = Training::new(Arc::clone(&corpus), Split::by_heart(1), network, controls);
    for _ in 0..200 {
        training.update();
    }
    let places = corpus.examples()[0].places();
    let sampler = |temperature, seed| {
        let mut sampler = Sampler::new(Cell::Lstm, training.weights().clone(), temperature, seed);
        for &place in &places[..7] {
            sampler.read(place);
        }
        sampler
    };
    let mut one = sampler(1.0, 1);
    let answers = training.clone().answered(0).unwrap().answers;
    for (p, answer) in one.probabilities().iter().zip(answers.row(6)) {
        assert!((p - answer).abs() < 1e-12);
    }
    let text = |sampler: &mut Sampler| (0..8).map(|_| sampler.write()).collect::<Vec<_>>();
    assert_eq!(text(&mut sampler(0.0, 1)), places[7..15]);
    assert_eq!(text(&mut sampler(2.0, 4)), text(&mut sampler(2.0, 4)));
    assert_ne!(text(&mut sampler(9.0, 4)), text(&mut sampler(9.0, 5)));
    assert_eq!(text(&mut one).len(), 8);
}

#[test]
fn minibatches_are_drawn_without_replacement_and_anew_each_epoch() {
    let mut training = training(Cell::Tanh, controls(Optimizer::SGD, 0.1, 4));
    let trained: Vec<usize> = training.split().training().to_vec();
    assert_eq!(trained.len(), 9);
    let mut epochs: Vec<Vec<usize>> = Vec::new();
    for _ in 0..6 {
        let mut seen = Vec::new();
        for _ in 0..2 {
            seen.extend(training.next_batch());
            training.update();
        }
        let mut different = seen.clone();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), 8);
        assert!(seen.iter().all(|place| trained.contains(place)));
        assert!(!epochs.contains(&seen));
        epochs.push(seen);
    }
    // Another size counts from here on, and one that is too large takes all there are.
    training.set_controls(controls(Optimizer::SGD, 0.1, 100));
    assert_eq!(training.next_batch().len(), 9);
}

#[test]
fn what_arrives_at_each_step_is_counted_back_from_the_last() {
    let mut training = training(Cell::Lstm, controls(Optimizer::SGD, 0.1, 4));
    let norms = |place: usize| -> Vec<f64> {
        let settings = training.corpus().settings(place, Cell::Lstm, training.weights()).unwrap();
        let trace = Trace::of(Experiment::new(settings).unwrap());
        let rows = trace.state_errors();
        rows.rows().into_iter().rev().map(|row| norm(row.iter().copied())).collect()
    };
    // One of three steps, and one of six.
    let (short, long) = (norms(0), norms(2));
    assert_eq!((short.len(), long.len()), (3, 6));
    let reach = training.reach(&[0, 2]);
    for (at, found) in reach.iter().enumerate() {
        let expected = short.get(at).map_or(long[at], |short| (short + long[at]) / 2.0);
        assert!((found - expected).abs() < 1e-14, "{at}");
    }
    training.set_controls(Controls { truncation: Some(2), ..training.controls() });
    assert!(training.reach(&[2])[1] > 0.0 && training.reach(&[2])[2] == 0.0);
}
