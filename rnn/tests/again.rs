//! A tape is filled again and again, in the memory that it has.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use allocation_counter::measure;
use unrolled_rnn::{Cell, Experiment, Settings, StepUnit, Task, Trace, Weights, engine::Engine};

fn experiment(cell: Cell, text: &str, truncation: Option<usize>) -> Experiment {
    let vocabulary = Some(["a", "b", "c"].map(str::to_owned).to_vec());
    let settings = Settings::new(text, StepUnit::Character, Task::NextToken);
    Experiment::new(Settings { cell, truncation, vocabulary, ..settings }).unwrap()
}

fn engine(experiment: &Experiment) -> Engine {
    let (cell, sizes) = (experiment.cell(), experiment.weights().sizes());
    Engine::of(cell, sizes, &experiment.recipe().way_back())
}

fn run<'a>(engine: &'a mut Engine, experiment: &Experiment) -> (f64, &'a Weights) {
    let (weights, inputs) = (experiment.weights(), experiment.inputs());
    engine.run(weights.into(), experiment.start(), inputs, experiment.question())
}

#[test]
fn a_run_again_is_the_same_run_in_the_same_memory() {
    for cell in Cell::ALL {
        let (one, other) = (experiment(cell, "abcab", Some(2)), experiment(cell, "abcba", Some(2)));
        let mut engine = engine(&one);
        let mut run = |experiment: &Experiment| {
            let (loss, gradient) = run(&mut engine, experiment);
            (loss, gradient.clone(), gradient.numbers().as_ptr())
        };
        let first = run(&one);
        assert_ne!(run(&other).0, first.0);
        assert_eq!(run(&one), first, "{cell:?}");
        assert_eq!(Trace::of(one).gradient(), &first.1);
    }
}

#[test]
fn a_run_that_is_no_longer_than_one_before_asks_for_no_memory() {
    for cell in Cell::ALL {
        for truncation in [None, Some(2)] {
            let long = experiment(cell, "abcabca", truncation);
            let others = ["abcabca", "ab", "cbac"].map(|text| experiment(cell, text, truncation));
            let mut engine = engine(&long);
            assert!(measure(|| _ = run(&mut engine, &long)).count_total > 0);
            for other in &others {
                let asked = measure(|| _ = run(&mut engine, other));
                assert_eq!(asked.count_total, 0, "{cell:?}, truncated to {truncation:?}");
                assert_eq!(run(&mut engine, other).1, Trace::of(other.clone()).gradient());
            }
        }
    }
}
