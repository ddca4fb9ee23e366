//! How long one run takes: both passes, every value kept. `cargo bench`.
//!
//! The sizes are T time steps, d vocabulary entries and n cells; the task has one sigmoid output
//! after the last step.
#![allow(missing_docs, reason = "Criterion's macros write functions without any")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use unrolled::rnn::{
    Backward, Experiment, Forward, Settings, Task, Unit,
    experiment::{Cell, Format},
};

fn experiment(steps: usize, vocabulary: usize, cells: usize) -> Experiment {
    let names: Vec<String> = (0..vocabulary).map(|entry| format!("w{entry}")).collect();
    let tokens: Vec<&str> = (0..steps).map(|step| names[step * 7 % vocabulary].as_str()).collect();
    Experiment::new(Settings {
        format: Format::One,
        text: tokens.join(" "),
        unit: Unit::Word,
        vocabulary: Some(names.clone()),
        task: Task::Binary { target: true },
        cell: Cell::Tanh,
        hidden: cells,
        weights: None,
        seed: Some(1),
        spectral_radius: None,
        learning_rate: None,
        truncation: None,
        clip_norm: None,
    })
    .unwrap()
}

fn runs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("forward and backward");
    for (steps, vocabulary, cells) in [(10, 30, 8), (50, 100, 32), (200, 128, 64)] {
        let experiment = experiment(steps, vocabulary, cells);
        let id = BenchmarkId::from_parameter(format!("T={steps} d={vocabulary} n={cells}"));
        group.bench_with_input(id, &experiment, |bencher, experiment| {
            bencher.iter(|| {
                let forward = Forward::of(black_box(experiment));
                black_box(Backward::of(experiment, &forward));
            });
        });
    }
    group.finish();
}

criterion_group!(benches, runs);
criterion_main!(benches);
