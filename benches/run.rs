//! How long one run takes, both passes, every value kept; and how many updates of a training are made in
//! a second. `cargo bench`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, reason = "Criterion's macros write functions without any")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

#[path = "common/experiment.rs"]
mod common;
#[path = "common/training.rs"]
mod training;

use common::{SIZES, engine, experiment, gradient};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use training::{TRAININGS, training};
use unrolled::rnn::Cell;

fn runs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("forward and backward");
    for (steps, vocabulary, units) in SIZES {
        for cell in Cell::ALL {
            let experiment = experiment(cell, steps, vocabulary, units);
            let size = format!("{} T={steps} d={vocabulary} n={units}", cell.name());
            let id = BenchmarkId::from_parameter(size);
            group.bench_with_input(id, &experiment, |bencher, experiment| {
                let mut engine = engine(experiment);
                bencher.iter(|| {
                    black_box(gradient(&mut engine, black_box(experiment)));
                });
            });
        }
    }
    group.finish();
}

/// Elements a second are updates a second.
fn updates(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("update");
    group.throughput(Throughput::Elements(1));
    for size in TRAININGS {
        for cell in Cell::ALL {
            let (steps, vocabulary, units, batch) = size;
            let name = format!("{} T={steps} d={vocabulary} n={units} batch={batch}", cell.name());
            let mut training = training(cell, size);
            group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
                bencher.iter(|| black_box(training.update()));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, runs, updates);
criterion_main!(benches);
