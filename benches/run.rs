//! How long one run takes: both passes, every value kept. `cargo bench`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, reason = "Criterion's macros write functions without any")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

#[path = "common/experiment.rs"]
mod common;

use common::{SIZES, engine, experiment, gradient};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
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

criterion_group!(benches, runs);
criterion_main!(benches);
