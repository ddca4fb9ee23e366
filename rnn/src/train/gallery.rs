//! The data sets that come with the program, each with settings that were found to work.

use super::{
    corpus::Corpus,
    optimizer::Optimizer,
    rules::{Made, Rule},
    split::Split,
    training::{Controls, Network, Training},
};
use crate::{experiment::DEFAULT_KEEP_BIAS, recipe::Cell, tokens::StepUnit, weights::Start};
use serde::Deserialize;
use std::{ops::RangeInclusive, sync::Arc};

/// The gaps that `first` can have.
pub const GAPS: RangeInclusive<usize> = 2..=28;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../data/", $name, ".json")))),*]
    };
}

/// The name and the file of each set.
const FILES: &[(&str, &str)] = files![
    "opinions-en",
    "opinions-ko",
    "syllables",
    "hello",
    "rhyme-en",
    "rhyme-ko",
    "parity",
    "parity-every-step",
    "which-first",
    "first",
    "order",
    "counting",
    "own-en",
    "own-ko",
    "temporal-xor",
    "brackets",
    "sentences",
    "reber",
];

/// A set as its file in `data/` has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetFile {
    unit: StepUnit,
    rule: Rule,
    floor: Option<f64>,
    training: SettingsFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsFile {
    cell: Cell,
    hidden: usize,
    optimizer: Optimizer,
    learning_rate: f64,
    batch_size: usize,
    clip_norm: Option<f64>,
    spectral_radius: Option<f64>,
    keep_bias: Option<f64>,
    updates: usize,
    goal: Option<f64>,
}

/// Sequences made by a rule, with how they are split and what a network learns them by.
#[derive(Clone, Debug)]
pub struct DataSet {
    name: String,
    corpus: Arc<Corpus>,
    split: Split,
    longer: Vec<usize>,
    floor: Option<f64>,
    network: Network,
    controls: Controls,
    updates: usize,
    goal: Option<f64>,
}

impl DataSet {
    /// The names of all sets, in the order of a course.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(name, _)| *name)
    }

    /// The set of this name, if there is one; `first-7` is `first` with a gap of 7, of those in [`GAPS`].
    pub fn named(name: &str) -> Option<Self> {
        let gap = name.strip_prefix("first-").map(str::parse).transpose().ok()?;
        let file = if gap.is_some() { "first" } else { name };
        let (_, file) = FILES.iter().find(|(name, _)| *name == file)?;
        // A test holds that every file is one.
        let SetFile { unit, rule, floor, training } = serde_json::from_str(file).ok()?;
        let rule = match gap {
            Some(gap) if GAPS.contains(&gap) => rule.with_gap(gap),
            Some(_) => return None,
            None => rule,
        };
        let Made { corpus, split, longer } = rule.make(unit).ok()?;
        let start = Start {
            seed: 0,
            spectral_radius: training.spectral_radius.unwrap_or(1.0),
            keep_bias: training.keep_bias.unwrap_or(DEFAULT_KEEP_BIAS),
        };
        Some(Self {
            name: name.to_owned(),
            corpus: Arc::new(corpus),
            split,
            longer,
            floor,
            network: Network { cell: training.cell, units: training.hidden, start },
            controls: Controls {
                optimizer: training.optimizer,
                learning_rate: training.learning_rate,
                clip_norm: training.clip_norm,
                truncation: None,
                batch_size: training.batch_size,
            },
            updates: training.updates,
            goal: training.goal,
        })
    }

    /// Its name, which never changes.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All its sequences.
    pub fn corpus(&self) -> &Arc<Corpus> {
        &self.corpus
    }

    /// Which of them are trained on and which are held out.
    pub fn split(&self) -> &Split {
        &self.split
    }

    /// The places of sequences that are longer than any in training; none where there are no such.
    pub fn longer(&self) -> &[usize] {
        &self.longer
    }

    /// The mean loss of whoever knows the rule, where something cannot be known; in nats, over the
    /// held-out targets.
    pub fn floor(&self) -> Option<f64> {
        self.floor
    }

    /// The network that was found to learn it, with a seed.
    pub fn network(&self, seed: u64) -> Network {
        let start = Start { seed, ..self.network.start };
        Network { start, ..self.network }
    }

    /// How it was found to learn it.
    pub fn controls(&self) -> Controls {
        self.controls
    }

    /// After how many updates a run that has not reached its goal is likely not to.
    pub fn updates(&self) -> usize {
        self.updates
    }

    /// The held-out accuracy to reach.
    pub fn goal(&self) -> Option<f64> {
        self.goal
    }

    /// A training of it from a seed, with the settings that were found to work.
    pub fn training(&self, seed: u64) -> Training {
        let corpus = Arc::clone(&self.corpus);
        Training::new(corpus, self.split.clone(), self.network(seed), self.controls)
    }
}
