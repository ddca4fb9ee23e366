//! How long one run takes: both passes, every value kept. `cargo bench`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, reason = "Criterion's macros write functions without any")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

#[path = "common/experiment.rs"]
mod common;

use common::{SIZES, experiment};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use unrolled::rnn::{Backward, Forward};

fn runs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("forward and backward");
    for (steps, vocabulary, units) in SIZES {
        let experiment = experiment(steps, vocabulary, units);
        let id = BenchmarkId::from_parameter(format!("T={steps} d={vocabulary} n={units}"));
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
