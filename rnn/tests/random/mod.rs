//! Random experiments: every cell and task, 1 to 5 units, 1 to 9 steps, words or numbers, weights from
//! calm to chaotic, some with truncation, a start state, or the mean of the losses.
#![allow(dead_code, reason = "not every test asks for everything")]

use proptest::prelude::*;
use unrolled_rnn::{
    Cell, Experiment, Reduction, Settings, StepUnit, Targets, Task, Trace, Variable,
    settings::Initial,
};

/// What one experiment is made of.
#[derive(Clone, Debug)]
pub struct Ingredients {
    tokens: Vec<(u8, f64, f64)>,
    numbers: bool,
    task: u8,
    each: Option<Vec<Option<u8>>>,
    hidden: usize,
    seed: u64,
    radius: f64,
    start: Option<Vec<(f64, f64)>>,
    mean: bool,
}

fn ingredients() -> impl Strategy<Value = Ingredients> {
    let token = (0_u8..4, -2.0..2.0, -2.0..2.0);
    let start = prop::collection::vec((-1.0..1.0, -1.0..1.0), 5);
    (
        (prop::collection::vec(token, 1..=9), any::<bool>(), 0_u8..4),
        prop::option::of(prop::collection::vec(prop::option::weighted(0.7, 0_u8..3), 9)),
        (1_usize..=5, any::<u64>(), 0.2..1.6),
        (prop::option::of(start), any::<bool>()),
    )
        .prop_map(|((tokens, numbers, task), each, (hidden, seed, radius), (start, mean))| {
            Ingredients { tokens, numbers, task, each, hidden, seed, radius, start, mean }
        })
}

fn targets<T>(each: Option<&Vec<Option<u8>>>, steps: usize, of: impl Fn(u8) -> T) -> Targets<T> {
    match each {
        None => Targets::Last(of(1)),
        Some(all) => {
            let mut all: Vec<Option<T>> = all[..steps].iter().map(|it| it.map(&of)).collect();
            if all.iter().all(Option::is_none) {
                all[0] = Some(of(2));
            }
            Targets::Each(all)
        }
    }
}

fn made(cell: Cell, from: &Ingredients) -> Option<Experiment> {
    let steps = from.tokens.len();
    let (text, unit) = if from.numbers {
        let written = |&(_, a, b): &(u8, f64, f64)| format!("{a},{b}");
        let all: Vec<String> = from.tokens.iter().map(written).collect();
        (all.join(" "), StepUnit::Number)
    } else {
        let letters = from.tokens.iter().map(|&(letter, ..)| char::from(b'a' + letter));
        (letters.collect(), StepUnit::Character)
    };
    let each = from.each.as_ref();
    let task = match from.task {
        0 => Task::Binary { targets: targets(each, steps, |target| target > 0) },
        1 => Task::Classes {
            labels: ["low", "middle", "high"].map(str::to_owned).to_vec(),
            targets: targets(each, steps, usize::from),
        },
        2 => Task::Values {
            targets: targets(each, steps, |target| vec![f64::from(target) - 0.5, 0.25]),
        },
        _ => Task::NextToken,
    };
    let memory = cell.recipe().carried().contains(&Variable::Memory);
    let start = from.start.as_ref().map(|numbers| {
        let (h, c): (Vec<f64>, Vec<f64>) = numbers[..from.hidden].iter().copied().unzip();
        Initial { h: Some(h), c: memory.then_some(c) }
    });
    let settings = Settings {
        cell,
        hidden: from.hidden,
        seed: Some(from.seed),
        spectral_radius: Some(from.radius),
        initial: start,
        reduction: from.mean.then_some(Reduction::Mean),
        ..Settings::new(text, unit, task)
    };
    let fresh = Experiment::new(settings).ok()?;
    // Biases of their own, so that none is 0 by chance.
    let mut weights = fresh.weights().clone();
    for (number, place) in weights.numbers_mut().iter_mut().zip(1_u32..) {
        *number += 0.05 * f64::from(place % 7) - 0.15;
    }
    let settings = Settings { weights: Some(weights), ..fresh.settings().clone() };
    Experiment::new(settings).ok()
}

/// An experiment of the `cell` without truncation or clipping.
pub fn experiment_of(cell: Cell) -> impl Strategy<Value = Experiment> {
    let made = move |from| made(cell, &from);
    ingredients().prop_filter_map("no next token", made).prop_filter("at a kink of relu", smooth)
}

/// An experiment of any cell without truncation or clipping.
pub fn experiment() -> impl Strategy<Value = Experiment> {
    prop::sample::select(&Cell::ALL[..]).prop_flat_map(experiment_of)
}

/// Sometimes with a truncation.
pub fn truncated() -> impl Strategy<Value = Experiment> {
    (experiment(), prop::option::of(1_usize..=9)).prop_map(|(experiment, window)| {
        changed(&experiment, |settings| settings.truncation = window)
    })
}

/// Whether the loss has a derivative where the weights stand, and some way around.
fn smooth(experiment: &Experiment) -> bool {
    let trace = Trace::of(experiment.clone());
    let far = trace.loss().abs() < 1e3 && trace.gradient().norm() < 1e4;
    let sums = trace.values(Variable::Z1).map(|sums| sums.to_owned());
    let kinks = sums.filter(|_| experiment.cell() == Cell::Relu);
    far && kinks.is_none_or(|sums| sums.iter().skip(trace.units()).all(|sum| sum.abs() > 2e-3))
}

/// The same experiment with other settings.
pub fn changed(experiment: &Experiment, change: impl FnOnce(&mut Settings)) -> Experiment {
    let mut settings = experiment.settings().clone();
    change(&mut settings);
    Experiment::new(settings).unwrap()
}
