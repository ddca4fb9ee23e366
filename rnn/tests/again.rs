//! A tape is filled again and again, in the memory that it has.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use unrolled_rnn::{Cell, Experiment, Settings, StepUnit, Task, Trace, engine::Engine};

#[test]
fn a_run_again_is_the_same_run_in_the_same_memory() {
    for cell in Cell::ALL {
        let made = |text: &str| {
            let settings = Settings::new(text, StepUnit::Character, Task::NextToken);
            let settings = Settings { cell, truncation: Some(2), ..settings };
            Experiment::new(settings).unwrap()
        };
        let (one, other) = (made("abcab"), made("abcba"));
        let mut engine = Engine::of(cell, one.weights().sizes(), &one.recipe().way_back());
        let mut run = |experiment: &Experiment| {
            let (weights, inputs) = (experiment.weights(), experiment.inputs());
            let (loss, gradient) =
                engine.run(|_| weights, experiment.start(), inputs, experiment.question());
            (loss, gradient.clone(), gradient.numbers().as_ptr())
        };
        let first = run(&one);
        assert_ne!(run(&other).0, first.0);
        assert_eq!(run(&one), first, "{cell:?}");
        assert_eq!(Trace::of(one).gradient(), &first.1);
    }
}
