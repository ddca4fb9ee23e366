//! Which sequences a network is trained on, and which are kept from it.

use super::{corpus::Corpus, random::SplitMix};
use std::collections::HashMap;

/// The sequences of a corpus by their places: those to train on, and those held out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    training: Vec<usize>,
    held_out: Vec<usize>,
}

impl Split {
    /// Shuffles the places of `sequences` sequences by the seed, and holds out the last `held_out`; at
    /// least one is left to train on.
    pub fn drawn(sequences: usize, held_out: usize, seed: u64) -> Self {
        let mut training: Vec<usize> = (0..sequences).collect();
        SplitMix::new(seed).shuffle(&mut training);
        let held_out = training.split_off(sequences.saturating_sub(held_out).max(1).min(sequences));
        Self { training, held_out }
    }

    /// Holds out the places that come first when they are shuffled by the seed; both parts stay in order.
    pub fn without(sequences: usize, held_out: usize, seed: u64) -> Self {
        let mut order: Vec<usize> = (0..sequences).collect();
        SplitMix::new(seed).shuffle(&mut order);
        order.truncate(held_out.min(sequences.saturating_sub(1)));
        let (held_out, training) = (0..sequences).partition(|place| order.contains(place));
        Self { training, held_out }
    }

    /// The first `training` of so many sequences, and the others held out.
    pub fn at(training: usize, sequences: usize) -> Self {
        let training = training.min(sequences);
        Self { training: (0..training).collect(), held_out: (training..sequences).collect() }
    }

    /// The same with no more than the first `sequences` to train on, and at least one.
    #[must_use]
    pub fn with_fewer(mut self, sequences: usize) -> Self {
        self.training.truncate(sequences.max(1));
        self
    }

    /// Every sequence is trained on, and answered too: there is nothing that could be held out.
    pub fn by_heart(sequences: usize) -> Self {
        let all: Vec<usize> = (0..sequences).collect();
        Self { training: all.clone(), held_out: all }
    }

    /// The places of those to train on.
    pub fn training(&self) -> &[usize] {
        &self.training
    }

    /// The places of those held out.
    pub fn held_out(&self) -> &[usize] {
        &self.held_out
    }

    /// Whether what is asked was trained on too: [`Self::by_heart`].
    pub fn is_by_heart(&self) -> bool {
        self.training == self.held_out
    }

    /// The held-out sequences of `corpus` that the network is trained on too: each with the place of
    /// the same sequence in training.
    pub fn in_both(&self, corpus: &Corpus) -> Vec<(usize, usize)> {
        if self.is_by_heart() {
            return Vec::new();
        }
        let key = |&at: &usize| corpus.examples().get(at).map(|example| (example.key(), at));
        let known: HashMap<Vec<u64>, usize> = self.training.iter().rev().filter_map(key).collect();
        let twin = |&at: &usize| {
            let (key, _) = key(&at)?;
            Some((at, *known.get(&key)?))
        };
        self.held_out.iter().filter_map(twin).collect()
    }
}
