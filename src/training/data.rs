//! What a network is trained on: a set of the gallery, or a person's own lines.

use crate::rnn::{
    Cell, StepUnit,
    settings::TaskKind,
    train::{BadLine, Controls, Corpus, DataSet, Example, Network, Optimizer, Split},
};
use std::{rc::Rc, sync::Arc};

/// The share of a person's own sequences that is held out.
const HELD_OUT: f64 = 0.2;

/// The fewest sequences of which some are held out.
const FEWEST: usize = 5;

/// The held-out accuracy at which a training of own data stops.
const GOAL: f64 = 0.95;

/// After how many updates it stops without.
const UPDATES: usize = 1000;

/// What a network is trained on; equal if it is the same.
#[derive(Clone, Debug)]
pub struct Data(Rc<Held>);

#[derive(Debug)]
struct Held {
    kind: DataKind,
    /// The best that any function of the bag of words can do with all sequences.
    best_bag: Option<f64>,
}

/// Where data come from.
#[derive(Clone, Debug)]
pub enum DataKind {
    /// The gallery.
    Set(DataSet),
    /// A person.
    Own(Own),
}

/// A person's own lines, read and split.
#[derive(Clone, Debug)]
pub struct Own {
    /// The lines as they were typed.
    pub text: Rc<str>,
    /// What one token is.
    pub unit: StepUnit,
    /// What they are asked; without, what the targets look like.
    pub task: Option<TaskKind>,
    /// How long the sequences are that a plain text is cut into; without, each line is one.
    pub cut: Option<usize>,
    /// What the split is drawn by.
    pub seed: u64,
    corpus: Arc<Corpus>,
    split: Split,
    bad: Vec<BadLine>,
}

impl Own {
    /// Reads the lines, or the plain text that is `cut`.
    ///
    /// # Errors
    ///
    /// The bad lines, where no good one is left.
    pub fn read(
        text: &str,
        unit: StepUnit,
        task: Option<TaskKind>,
        cut: Option<usize>,
        seed: u64,
    ) -> Result<Self, Vec<BadLine>> {
        let reading = match cut {
            Some(length) => Corpus::from_text(text, unit, length),
            None => Corpus::from_lines(text, unit, task),
        };
        let Some(corpus) = reading.corpus else { return Err(reading.bad) };
        let sequences = corpus.examples().len();
        let split = if sequences < FEWEST {
            Split::by_heart(sequences)
        } else {
            Split::without(sequences, (sequences as f64 * HELD_OUT).round() as usize, seed)
        };
        let (text, corpus) = (text.into(), Arc::new(corpus));
        Ok(Self { text, unit, task, cut, seed, corpus, split, bad: reading.bad })
    }

    /// The lines that were left out.
    pub fn bad(&self) -> &[BadLine] {
        &self.bad
    }
}

impl Data {
    /// A set of the gallery by its name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        DataSet::named(name).map(Self::set_of)
    }

    /// A set of the gallery.
    pub fn set_of(set: DataSet) -> Self {
        Self::of(DataKind::Set(set))
    }

    /// A person's own lines.
    pub fn own(own: Own) -> Self {
        Self::of(DataKind::Own(own))
    }

    fn of(kind: DataKind) -> Self {
        let held = Held { best_bag: None, kind };
        let (training, held_out) = (split(&held.kind).training(), split(&held.kind).held_out());
        let mut all = [training, held_out].concat();
        all.sort_unstable();
        all.dedup();
        let best_bag = corpus(&held.kind).best_bag(&all);
        Self(Rc::new(Held { best_bag, ..held }))
    }

    /// Where they come from.
    pub fn kind(&self) -> &DataKind {
        &self.0.kind
    }

    /// The set, if they are one.
    pub fn set(&self) -> Option<&DataSet> {
        match self.kind() {
            DataKind::Set(set) => Some(set),
            DataKind::Own(_) => None,
        }
    }

    /// All sequences.
    pub fn corpus(&self) -> &Arc<Corpus> {
        corpus(self.kind())
    }

    /// Which of them are trained on and which are held out.
    pub fn split(&self) -> &Split {
        split(self.kind())
    }

    /// The share of the right predictions of the best function of the bag of words, over all sequences:
    /// with the held-out ones alone few bags would be there twice.
    pub fn best_bag(&self) -> Option<f64> {
        self.0.best_bag
    }

    /// The mean loss of whoever knows the rule, where something cannot be known.
    pub fn floor(&self) -> Option<f64> {
        self.set().and_then(DataSet::floor)
    }

    /// The held-out accuracy to reach.
    pub fn goal(&self) -> Option<f64> {
        self.set().map_or(Some(GOAL), DataSet::goal)
    }

    /// After how many updates a training that has not reached its goal stops.
    pub fn updates(&self) -> usize {
        self.set().map_or(UPDATES, DataSet::updates)
    }

    /// The network that belongs to them, with a seed.
    pub fn network(&self, seed: u64) -> Network {
        let own = || Network::new(Cell::Tanh, 8, seed);
        self.set().map_or_else(own, |set| set.network(seed))
    }

    /// The controls that belong to them.
    pub fn controls(&self) -> Controls {
        let own =
            || Controls { optimizer: Optimizer::ADAM, learning_rate: 0.02, ..Controls::default() };
        self.set().map_or_else(own, DataSet::controls)
    }

    /// The most time steps that a sequence has.
    pub fn longest(&self) -> usize {
        self.corpus().examples().iter().map(Example::steps).max().unwrap_or(1)
    }
}

fn corpus(kind: &DataKind) -> &Arc<Corpus> {
    match kind {
        DataKind::Set(set) => set.corpus(),
        DataKind::Own(own) => &own.corpus,
    }
}

fn split(kind: &DataKind) -> &Split {
    match kind {
        DataKind::Set(set) => set.split(),
        DataKind::Own(own) => &own.split,
    }
}

impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
