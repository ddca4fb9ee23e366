//! How long one run takes in a browser, and how many updates a training makes in a second, beside the same
//! as plain JavaScript on typed arrays, in one load of a page: `cargo xtask bench`. The two take turns, and the best of each is told.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

#[path = "common/experiment.rs"]
mod common;
#[path = "common/training.rs"]
mod training;

use common::{SIZES, engine, experiment, gradient};
use std::hint::black_box;
use training::{TRAININGS, training};
use unrolled::rnn::{
    Cell, Experiment, Parameter, Step,
    engine::Engine,
    train::{Target, Training},
};
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

    #[wasm_bindgen(js_name = Training)]
    type Script;

    #[wasm_bindgen(constructor, js_class = Training)]
    #[allow(clippy::too_many_arguments, reason = "one for each tensor and size")]
    fn new(
        steps: usize,
        units: usize,
        inputs: Vec<u32>,
        targets: Vec<u32>,
        batch: usize,
        rate: f64,
        clip: f64,
        w1x: Vec<f64>,
        w1h: Vec<f64>,
        b1: Vec<f64>,
        w2: Vec<f64>,
        b2: Vec<f64>,
    ) -> Script;

    #[wasm_bindgen(method)]
    fn run(this: &Script, updates: usize) -> f64;
}

/// The same training in JavaScript, over minibatches of `batch`.
fn script(training: &Training, batch: usize) -> Script {
    let (weights, examples) = (training.weights(), training.corpus().examples());
    let entries = |example: &unrolled::rnn::train::Example| -> Vec<u32> {
        let inputs = example.inputs();
        (0..inputs.steps()).map(|step| inputs.at(step)[0].0 as u32).collect()
    };
    let target = |example: &unrolled::rnn::train::Example| match example.targets().last() {
        Some(Some(Target::Place(place))) => *place as u32,
        _ => unreachable!("each line has one class"),
    };
    let tensor = |parameter| weights.matrix(parameter).iter().copied().collect();
    Script::new(
        examples[0].steps(),
        weights.sizes().units,
        examples.iter().flat_map(entries).collect(),
        examples.iter().map(target).collect(),
        batch,
        training.controls().learning_rate,
        training.controls().clip_norm.unwrap_or(f64::INFINITY),
        tensor(Parameter::W1X),
        tensor(Parameter::W1H),
        tensor(Parameter::B1),
        tensor(Parameter::W2),
        tensor(Parameter::B2),
    )
}

/// Makes so many updates and answers the sum of all weights.
fn updated(training: &mut Training, updates: usize) -> f64 {
    for _ in 0..updates {
        black_box(training.update());
    }
    training.weights().values().sum()
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

#[wasm_bindgen_test]
fn updates_a_second() {
    const UPDATES: usize = 100;
    for size in TRAININGS {
        let (steps, vocabulary, units, batch) = size;
        // One update over all sequences is the same in any order.
        let whole = training(Cell::Tanh, size);
        let all: Vec<usize> = (0..whole.corpus().examples().len()).collect();
        let theirs = script(&whole, all.len()).run(1);
        let ours = updated(&mut whole.with_batches(vec![all]), 1);
        assert!((ours - theirs).abs() < 1e-9, "{ours} in Rust, {theirs} in JavaScript");
        let mut trainings = Cell::ALL.map(|cell| training(cell, size));
        let plain = script(&trainings[0], batch);
        let (mut rust, mut script) = (Cell::ALL.map(|_| f64::INFINITY), f64::INFINITY);
        for _ in 0..5 {
            for (rust, training) in rust.iter_mut().zip(&mut trainings) {
                *rust = rust.min(best(2, UPDATES, || updated(training, UPDATES)));
            }
            script = script.min(best(2, UPDATES, || plain.run(UPDATES)));
        }
        let all = Cell::ALL.iter().zip(rust);
        let all: Vec<String> =
            all.map(|(cell, time)| format!("{} {:.0}", cell.name(), 1000.0 / time)).collect();
        console_log!(
            "T={steps} d={vocabulary} n={units} batch={batch}: updates a second: {}; tanh in \
             JavaScript {:.0}, ratio {:.2}",
            all.join(", "),
            1000.0 / script,
            script / rust[0],
        );
    }
}
