//! Random experiments: 1 to 6 cells, 1 to 12 tokens, every task, weights from calm to chaotic.

use proptest::prelude::*;
use unrolled::rnn::{
    Experiment, Settings, Task, Unit,
    settings::{Cell, Format},
};

fn task() -> impl Strategy<Value = Task> {
    prop_oneof![
        any::<bool>().prop_map(|target| Task::Binary { target }),
        (0_usize..3).prop_map(|target| Task::Classes {
            labels: ["low", "middle", "high"].map(str::to_owned).to_vec(),
            target,
        }),
        Just(Task::NextToken),
    ]
}

/// An experiment without truncation or clipping.
pub fn experiment() -> impl Strategy<Value = Experiment> {
    let text = prop::collection::vec(0_u8..5, 1..=12);
    (text, 1_usize..=6, any::<u64>(), 0.2..2.0, task()).prop_filter_map(
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

/// The same experiment with other settings.
#[allow(dead_code, reason = "not every test changes one")]
pub fn changed(experiment: &Experiment, change: impl FnOnce(&mut Settings)) -> Experiment {
    let mut settings = experiment.settings().clone();
    change(&mut settings);
    Experiment::new(settings).unwrap()
}
