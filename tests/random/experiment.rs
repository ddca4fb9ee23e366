//! Random experiments: 1 to 6 units, 1 to 12 tokens, every task, weights from calm to chaotic; and
//! random numbers to ask about.

use proptest::prelude::*;
use unrolled::{
    rnn::{
        Cell, Experiment, Parameter, Place, Reduction, Settings, Step, StepUnit, Targets, Task,
        Variable, settings::Initial,
    },
    session::Spot,
};

fn task() -> impl Strategy<Value = Task> {
    prop_oneof![
        any::<bool>().prop_map(Task::binary),
        (0_usize..3).prop_map(|target| {
            Task::classes(["low", "middle", "high"].map(str::to_owned).to_vec(), target)
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
                hidden,
                seed: Some(seed),
                spectral_radius: Some(spectral_radius),
                ..Settings::new(text, StepUnit::Character, task)
            })
            .ok()
        },
    )
}

/// An experiment of any cell: with words or numbers, targets at the last step or at some, a start state,
/// the losses summed or averaged.
#[allow(dead_code, reason = "not every test asks for one")]
pub fn any_experiment() -> impl Strategy<Value = Experiment> {
    let cell = prop::sample::select(&Cell::ALL[..]);
    let numbers = prop::collection::vec((-2.0..2.0, -2.0..2.0), 1..=8);
    let targets = prop::collection::vec(prop::option::of((any::<bool>(), -1.0..1.0)), 8);
    let start = prop::option::of(prop::collection::vec(-1.0..1.0, 6));
    (experiment(), cell, prop::option::of(numbers), prop::option::of(targets), start, any::<bool>())
        .prop_filter_map(
            "no step has a target",
            |(experiment, cell, numbers, each, start, mean)| {
                let mut settings = experiment.settings().clone();
                settings.cell = cell;
                if let Some(numbers) = numbers {
                    let steps: Vec<String> =
                        numbers.iter().map(|(one, other)| format!("{one},{other}")).collect();
                    settings.text = steps.join(" ");
                    settings.unit = StepUnit::Number;
                    settings.task = match settings.task {
                        Task::NextToken => Task::Values { targets: Targets::Last(vec![0.5, -1.0]) },
                        task => task,
                    };
                }
                if let Some(each) = each {
                    let steps = match settings.unit {
                        StepUnit::Number => settings.unit.split(&settings.text).count(),
                        _ => experiment.sequence().tokens().len(),
                    };
                    let mut each = each.clone();
                    each.resize(steps, None);
                    settings.task = match settings.task {
                        Task::Binary { .. } => Task::Binary {
                            targets: Targets::Each(
                                each.iter().map(|it| it.map(|it| it.0)).collect(),
                            ),
                        },
                        Task::Classes { labels, .. } => Task::Classes {
                            labels,
                            targets: Targets::Each(
                                each.iter().map(|it| it.map(|it| usize::from(it.0))).collect(),
                            ),
                        },
                        Task::Values { .. } => Task::Values {
                            targets: Targets::Each(
                                each.iter().map(|it| it.map(|it| vec![it.1, 0.25])).collect(),
                            ),
                        },
                        Task::NextToken => Task::NextToken,
                    };
                }
                settings.initial = start.map(|mut start| {
                    start.truncate(settings.hidden);
                    let has_memory = cell.recipe().carried().contains(&Variable::Memory);
                    Initial { c: has_memory.then(|| start.clone()), h: Some(start) }
                });
                settings.reduction = mean.then_some(Reduction::Mean);
                Experiment::new(settings).ok()
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
        (prop::sample::select(Parameter::of_any_cell().collect::<Vec<_>>()), 0_usize..9, 0_usize..9)
            .prop_map(|(parameter, row, column)| Place { parameter, row, column })
    };
    let variable = || {
        let all: Vec<Variable> =
            Cell::ALL.into_iter().flat_map(|cell| cell.recipe().variables()).collect();
        prop::sample::select(all)
    };
    let number = || (variable(), step(), 0_usize..9);
    prop_oneof![
        number().prop_map(|(of, step, unit)| Spot::Value { of, step, unit }),
        number().prop_map(|(of, step, unit)| Spot::Error { of, step, unit }),
        (number(), 0_usize..6).prop_map(|((of, step, unit), nth)| Spot::Arrival {
            of,
            nth,
            step,
            unit
        }),
        (variable(), 0_usize..9).prop_map(|(of, unit)| Spot::Start { of, unit }),
        (variable(), step()).prop_map(|(of, step)| Spot::Norm { of, step }),
        (step(), 0_usize..9).prop_map(|(step, output)| Spot::Logit { step, output }),
        (step(), 0_usize..9).prop_map(|(step, output)| Spot::Output { step, output }),
        (step(), 0_usize..9).prop_map(|(step, output)| Spot::OutputError { step, output }),
        step().prop_map(|step| Spot::Loss { step }),
        Just(Spot::WholeLoss),
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
