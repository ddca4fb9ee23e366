//! How long one run takes in a browser, beside the same run as plain JavaScript on typed arrays, in
//! one load of a page: `cargo xtask bench`. The two take turns, and the best of each is told.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

#[path = "common/experiment.rs"]
mod common;

use common::{SIZES, engine, experiment, gradient};
use std::hint::black_box;
use unrolled::rnn::{Cell, Experiment, Parameter, Step, engine::Engine};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/benches/typed_arrays.js")]
extern "C" {
    type Network;

    #[wasm_bindgen(constructor)]
    #[allow(clippy::too_many_arguments, reason = "one for each tensor and size")]
    fn new(
        steps: usize,
        units: usize,
        inputs: Vec<u32>,
        target: usize,
        w1x: Vec<f64>,
        w1h: Vec<f64>,
        b1: Vec<f64>,
        w2: Vec<f64>,
        b2: Vec<f64>,
    ) -> Network;

    #[wasm_bindgen(method)]
    fn run(this: &Network, times: usize) -> f64;
}

fn network(experiment: &Experiment) -> Network {
    let (weights, steps) = (experiment.weights(), experiment.steps());
    let inputs = experiment.sequence().indices().iter().map(|&input| input as u32).collect();
    Network::new(
        steps,
        weights.sizes().units,
        inputs,
        experiment.target(Step::from_index(steps - 1)),
        weights.matrix(Parameter::W1X).iter().copied().collect(),
        weights.matrix(Parameter::W1H).iter().copied().collect(),
        weights.matrix(Parameter::B1).iter().copied().collect(),
        weights.matrix(Parameter::W2).iter().copied().collect(),
        weights.matrix(Parameter::B2).iter().copied().collect(),
    )
}

/// Runs both passes `times` times and answers the sum of all gradients.
fn run(engine: &mut Engine, experiment: &Experiment, times: usize) -> f64 {
    for _ in 1..times {
        black_box(gradient(engine, black_box(experiment)));
    }
    gradient(engine, experiment).values().sum()
}

/// The best time of one run out of some rounds, in milliseconds.
fn best(rounds: usize, times: usize, mut run: impl FnMut() -> f64) -> f64 {
    let clock = web_sys::window().unwrap().performance().unwrap();
    (0..rounds)
        .map(|_| {
            let started = clock.now();
            black_box(run());
            (clock.now() - started) / times as f64
        })
        .fold(f64::INFINITY, f64::min)
}

#[wasm_bindgen_test]
fn forward_and_backward() {
    for (steps, vocabulary, units) in SIZES {
        let made = |cell| experiment(cell, steps, vocabulary, units);
        let experiments = [Cell::Tanh, Cell::Lstm, Cell::Gru].map(made);
        let mut engines = experiments.each_ref().map(engine);
        let network = network(&experiments[0]);
        let (ours, theirs) = (run(&mut engines[0], &experiments[0], 1), network.run(1));
        assert!((ours - theirs).abs() < 1e-9, "{ours} in Rust, {theirs} in JavaScript");
        let times = 4_000_000 / (steps * units * units + 20_000);
        let (mut rust, mut script) = ([f64::INFINITY; 3], f64::INFINITY);
        for _ in 0..6 {
            for ((rust, engine), experiment) in rust.iter_mut().zip(&mut engines).zip(&experiments)
            {
                *rust = rust.min(best(3, times, || run(engine, experiment, times)));
            }
            script = script.min(best(3, times, || network.run(times)));
        }
        let [tanh, lstm, gru] = rust;
        console_log!(
            "T={steps} d={vocabulary} n={units}: {tanh:.4} ms in WebAssembly, {script:.4} ms in \
             JavaScript, ratio {:.2}; of its share of multiplications over tanh the lstm takes \
             {:.2}, the gru {:.2}",
            tanh / script,
            lstm / (4.0 * tanh),
            gru / (3.0 * tanh),
        );
    }
}
