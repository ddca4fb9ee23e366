//! Mounts the page.

use unrolled::{
    rnn::{
        Experiment, ExperimentError, Settings, Task, Unit,
        experiment::{Cell, Format},
    },
    ui::{App, AppProps},
};

/// The experiment on the first frame: an error that visibly fades on its way back.
fn first_experiment() -> Result<Experiment, ExperimentError> {
    Experiment::new(Settings {
        format: Format::One,
        text: "the film was not good at all".to_owned(),
        unit: Unit::Word,
        vocabulary: None,
        task: Task::Binary { target: false },
        cell: Cell::Tanh,
        hidden: 4,
        weights: None,
        seed: Some(21),
        spectral_radius: Some(0.95),
        learning_rate: None,
        truncation: None,
        clip_norm: None,
    })
}

fn main() {
    if let Ok(experiment) = first_experiment() {
        yew::Renderer::<App>::with_props(AppProps { experiment }).render();
    }
}
