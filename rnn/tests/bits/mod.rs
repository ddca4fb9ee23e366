//! A few trainings whose every bit is known. Tests of this machine and of browsers share them.

use std::sync::Arc;
use unrolled_rnn::{
    Cell, StepUnit,
    train::{Controls, Corpus, Network, Optimizer, Split, Training},
};

/// The hashes of the first fifty updates of some of them, by a rate of 0.05 and minibatches of 4.
pub const CASES: [(Cell, Optimizer, &str); 4] = [
    (Cell::Tanh, Optimizer::SGD, "e6a81fd3f4e171f1"),
    (Cell::Lstm, Optimizer::MOMENTUM, "29b3a14a14a47445"),
    (Cell::Gru, Optimizer::ADAM, "3e67aa3d556001b7"),
    (Cell::GruResetAfter, Optimizer::ADAM, "1b0e25d476ac3d1d"),
];

/// Which of the letters a and b came first, with fillers of many lengths after it.
pub const FIRST: &str = "\
a x y\t1\nb y x x\t0\na y y x x y\t1\nb x\t0\nb y y y x\t0\na x x y y x x\t1\na\t1\nb x x\t0\n\
a y\t1\nb y y x y x\t0\nb x y\t0\na x x x\t1\n";

pub fn training(cell: Cell, controls: Controls) -> Training {
    let reading = Corpus::from_lines(FIRST, StepUnit::Word, None);
    assert_eq!(reading.bad, []);
    let corpus = Arc::new(reading.corpus.unwrap());
    let split = Split::drawn(corpus.examples().len(), 3, 5);
    Training::new(corpus, split, Network::new(cell, 4, 7), controls)
}

pub fn controls(optimizer: Optimizer, learning_rate: f64, batch_size: usize) -> Controls {
    Controls { optimizer, learning_rate, batch_size, ..Controls::default() }
}

/// The FNV-1a hash of all bits of the losses and norms of a run, and of its weights at the end. Another
/// machine, or another engine, gives the same.
pub fn bits(mut training: Training, updates: usize) -> u64 {
    let curve = (0..updates).flat_map(|_| {
        let update = training.update();
        [update.loss, update.gradient_norm, update.step_norm]
    });
    let numbers: Vec<f64> = curve.collect();
    let bytes = numbers.iter().chain(training.weights().numbers()).flat_map(|x| x.to_le_bytes());
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}
