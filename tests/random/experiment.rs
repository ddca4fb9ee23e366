//! Random experiments: 1 to 6 units, 1 to 12 tokens, every task, weights from calm to chaotic; and
//! random numbers to ask about.

use proptest::prelude::*;
use unrolled::{
    rnn::{
        Experiment, Parameter, Place, Settings, Step, StepUnit, Task,
        settings::{Cell, Format},
    },
    session::Spot,
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
#[allow(dead_code, reason = "not every test asks for one")]
pub fn experiment() -> impl Strategy<Value = Experiment> {
    let text = prop::collection::vec(0_u8..5, 1..=12);
    (text, 1_usize..=6, any::<u64>(), 0.2..2.0, task()).prop_filter_map(
        "one token has no next token",
        |(text, hidden, seed, spectral_radius, task)| {
            let text: String = text.iter().map(|&token| char::from(b'a' + token)).collect();
            Experiment::new(Settings {
                format: Format::One,
                text,
                unit: StepUnit::Character,
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

/// A number of any kind, which a run of up to nine steps, units and outputs may have or not.
#[allow(dead_code, reason = "not every test asks for one")]
pub fn spot() -> impl Strategy<Value = Spot> {
    let step = || (0_usize..9).prop_map(Step::from_index);
    let place = || {
        (prop::sample::select(&Parameter::ALL[..]), 0_usize..9, 0_usize..9)
            .prop_map(|(parameter, row, column)| Place { parameter, row, column })
    };
    prop_oneof![
        (step(), 0_usize..9).prop_map(|(step, unit)| Spot::PreActivation { step, unit }),
        (step(), 0_usize..9).prop_map(|(step, unit)| Spot::State { step, unit }),
        (step(), 0_usize..9).prop_map(|(step, output)| Spot::Logit { step, output }),
        (step(), 0_usize..9).prop_map(|(step, output)| Spot::Output { step, output }),
        (step(), 0_usize..9).prop_map(|(step, output)| Spot::OutputError { step, output }),
        (step(), 0_usize..9).prop_map(|(step, unit)| Spot::Error { step, unit }),
        (step(), 0_usize..9).prop_map(|(step, unit)| Spot::HiddenError { step, unit }),
        step().prop_map(|step| Spot::Loss { step }),
        Just(Spot::WholeLoss),
        step().prop_map(|step| Spot::Norm { step }),
        (step(), place()).prop_map(|(step, place)| Spot::Contribution { step, place }),
        place().prop_map(Spot::Gradient),
        place().prop_map(Spot::Weight),
        place().prop_map(Spot::Updated),
        (step(), 0_usize..9, 0_usize..9).prop_map(|(step, row, column)| Spot::Jacobian {
            step,
            row,
            column
        }),
        (step(), step(), 0_usize..9, 0_usize..9).prop_map(|(from, to, row, column)| Spot::Chain {
            from,
            to,
            row,
            column
        }),
    ]
}
