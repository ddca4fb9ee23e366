//! The runs that are measured.

use unrolled::rnn::{
    Experiment, Settings, StepUnit, Task,
    settings::{Cell, Format},
};

/// T time steps, d vocabulary entries and n units.
pub const SIZES: [(usize, usize, usize); 3] = [(10, 30, 8), (50, 100, 32), (200, 128, 64)];

/// A run of that size, with one sigmoid output after the last step.
pub fn experiment(steps: usize, vocabulary: usize, units: usize) -> Experiment {
    let names: Vec<String> = (0..vocabulary).map(|entry| format!("w{entry}")).collect();
    let tokens: Vec<&str> = (0..steps).map(|step| names[step * 7 % vocabulary].as_str()).collect();
    Experiment::new(Settings {
        format: Format::One,
        text: tokens.join(" "),
        unit: StepUnit::Word,
        vocabulary: Some(names.clone()),
        task: Task::Binary { target: true },
        cell: Cell::Tanh,
        hidden: units,
        weights: None,
        seed: Some(1),
        spectral_radius: None,
        learning_rate: None,
        truncation: None,
        clip_norm: None,
    })
    .unwrap()
}
