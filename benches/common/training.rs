//! The trainings that are measured.

use std::sync::Arc;
use unrolled::rnn::{
    Cell, StepUnit,
    train::{Controls, Corpus, Network, Split, Training},
};

/// T time steps, d vocabulary entries, n units and the sequences of a minibatch.
pub const TRAININGS: [(usize, usize, usize, usize); 2] = [(8, 30, 8, 16), (8, 30, 16, 16)];

/// A training of that size, by gradient descent with one sigmoid output after the last step.
pub fn training(
    cell: Cell,
    (steps, vocabulary, units, batch_size): (usize, usize, usize, usize),
) -> Training {
    let line = |at: usize| {
        let tokens = (0..steps).map(|step| format!("w{}", (at * 11 + step * 7) % vocabulary));
        format!("{}\t{}", tokens.collect::<Vec<_>>().join(" "), at % 2)
    };
    let lines: Vec<String> = (0..16 * batch_size).map(line).collect();
    let corpus = Corpus::from_lines(&lines.join("\n"), StepUnit::Word, None).corpus.unwrap();
    let split = Split::at(corpus.examples().len(), corpus.examples().len());
    let controls = Controls { batch_size, ..Controls::default() };
    Training::new(Arc::new(corpus), split, Network::new(cell, units, 1), controls)
}
