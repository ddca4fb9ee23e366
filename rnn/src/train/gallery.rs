//! The data sets that come with the program, each with settings that were found to work.

use super::{
    corpus::Corpus,
    fields::Fields,
    rules::{Made, Rule},
    split::Split,
    training::{Controls, Network, Training},
};
use crate::{experiment::DEFAULT_KEEP_BIAS, weights::Start};
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

    /// The file of the set of this name, and its gap where the name says one.
    fn file(name: &str) -> Option<(&'static str, Option<usize>)> {
        let gap = name.strip_prefix("first-").map(str::parse).transpose().ok()?;
        let file = if gap.is_some() { "first" } else { name };
        let (_, file) = FILES.iter().find(|(name, _)| *name == file)?;
        gap.is_none_or(|gap| GAPS.contains(&gap)).then_some((file, gap))
    }

    /// Whether there is a set of this name; it is not made.
    pub fn is_known(name: &str) -> bool {
        Self::file(name).is_some()
    }

    /// The set of this name, if there is one; `first-7` is `first` with a gap of 7, of those in [`GAPS`].
    #[inline]
    pub fn named(name: &str) -> Option<Self> {
        let (file, gap) = Self::file(name)?;
        // A test holds that every file is one.
        let mut file = Fields::of_file(file)?;
        let (unit, rule, floor) =
            (file.take("unit")?, file.take::<Rule>("rule")?, file.take_if_any("floor")?);
        let mut training: Fields = file.take("training")?;
        file.end()?;
        let rule = match gap {
            Some(gap) => rule.with_gap(gap),
            None => rule,
        };
        let Made { corpus, split, longer } = rule.make(unit).ok()?;
        let start = Start {
            seed: 0,
            spectral_radius: training.take_if_any("spectral_radius")?.unwrap_or(1.0),
            keep_bias: training.take_if_any("keep_bias")?.unwrap_or(DEFAULT_KEEP_BIAS),
        };
        let set = Self {
            name: name.to_owned(),
            corpus: Arc::new(corpus),
            split,
            longer,
            floor,
            network: Network {
                cell: training.take("cell")?,
                units: training.take("hidden")?,
                start,
            },
            controls: Controls {
                optimizer: training.take("optimizer")?,
                learning_rate: training.take("learning_rate")?,
                clip_norm: training.take_if_any("clip_norm")?,
                truncation: None,
                batch_size: training.take("batch_size")?,
            },
            updates: training.take("updates")?,
            goal: training.take_if_any("goal")?,
        };
        training.end()?;
        Some(set)
    }

    /// The same with no more than `sequences` sequences to train on; those that are held out stay.
    #[must_use]
    pub fn with_fewer(self, sequences: usize) -> Self {
        Self { split: self.split.with_fewer(sequences), ..self }
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
