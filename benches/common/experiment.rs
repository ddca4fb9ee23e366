//! The runs that are measured.

use unrolled::rnn::{Cell, Experiment, Settings, StepUnit, Task, Weights, engine::Engine};

/// T time steps, d vocabulary entries and n units.
pub const SIZES: [(usize, usize, usize); 3] = [(10, 30, 8), (50, 100, 32), (200, 128, 64)];

/// A run of that size, with one sigmoid output after the last step.
pub fn experiment(cell: Cell, steps: usize, vocabulary: usize, units: usize) -> Experiment {
    let names: Vec<String> = (0..vocabulary).map(|entry| format!("w{entry}")).collect();
    let tokens: Vec<&str> = (0..steps).map(|step| names[step * 7 % vocabulary].as_str()).collect();
    Experiment::new(Settings {
        vocabulary: Some(names.clone()),
        cell,
        hidden: units,
        seed: Some(1),
        ..Settings::new(tokens.join(" "), StepUnit::Word, Task::binary(true))
    })
    .unwrap()
}

/// What runs it, again and again.
pub fn engine(experiment: &Experiment) -> Engine {
    let (cell, sizes) = (experiment.cell(), experiment.weights().sizes());
    Engine::of(cell, sizes, &experiment.recipe().way_back())
}

/// One run of both passes.
pub fn gradient<'a>(engine: &'a mut Engine, experiment: &Experiment) -> &'a Weights {
    let (weights, inputs) = (experiment.weights(), experiment.inputs());
    engine.run(weights.into(), experiment.start(), inputs, experiment.question()).1
}
