//! A training in an address: the set, what it begins with, how it is trained, and a place in it.

use super::Reader;
use crate::{
    rnn::{
        Cell,
        train::{Controls, Network, Optimizer},
        weights::Start,
    },
    session::LARGEST_SEED,
    training::{Command, Data, FIRST_SEED, Learning, MOST_UNITS},
};
use form_urlencoded::Serializer;

/// What an address says of a training.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The name of the set.
    pub set: String,
    /// What it begins with.
    pub network: Network,
    /// How it is trained.
    pub controls: Controls,
    /// After how many updates it is looked at.
    pub update: usize,
}

impl Course {
    /// What an address can say of `learning`; nothing where a person's own lines are trained on.
    pub fn of(learning: &Learning) -> Option<Self> {
        Some(Self {
            set: learning.data().set()?.name().to_owned(),
            network: learning.network(),
            controls: learning.controls(),
            update: learning.cursor(),
        })
    }

    /// Its training, on its way to that update.
    pub fn learning(&self) -> Option<Learning> {
        let learning = Learning::with(Data::named(&self.set)?, self.network, self.controls);
        Some(if self.update > 0 {
            learning.after(Command::PlayUntil(self.update))
        } else {
            learning
        })
    }
}

/// What stands for a threshold that there is not.
const NONE: &str = "none";

/// The course of an address, if it has any of its keys; of the set `first` if it names none.
pub(super) fn read(reader: &mut Reader, first: &str) -> Option<Course> {
    let has = |reader: &Reader| reader.pairs.iter().any(|(key, _)| is_of_training(key));
    if !has(reader) {
        return None;
    }
    let data = reader.value("set", Data::named).or_else(|| Data::named(first))?;
    let (network, controls) = (data.network(FIRST_SEED), data.controls());
    let positive =
        |typed: &str| typed.parse().ok().filter(|&number: &f64| number > 0.0 && number <= 1e6);
    let whole = |typed: &str| typed.parse().ok().filter(|&number: &usize| number > 0);
    let within = |least: f64, most: f64| {
        move |typed: &str| typed.parse().ok().filter(|number| (least..=most).contains(number))
    };
    let start = Start {
        seed: reader
            .value("train.seed", |typed| typed.parse().ok().filter(|&it| it <= LARGEST_SEED))
            .unwrap_or(network.start.seed),
        spectral_radius: reader
            .value("train.radius", within(0.0, 10.0))
            .unwrap_or(network.start.spectral_radius),
        keep_bias: reader
            .value("train.keep", within(-100.0, 100.0))
            .unwrap_or(network.start.keep_bias),
    };
    let network = Network {
        cell: reader
            .value("train.cell", |name| Cell::ALL.into_iter().find(|cell| cell.name() == name))
            .unwrap_or(network.cell),
        units: reader
            .value("train.cells", |typed| whole(typed).filter(|&units| units <= MOST_UNITS))
            .unwrap_or(network.units),
        start,
    };
    let or_none = |typed: &str| {
        if typed == NONE { Some(None) } else { positive(typed).map(Some) }
    };
    let controls = Controls {
        optimizer: reader.value("train.optimizer", optimizer_named).unwrap_or(controls.optimizer),
        learning_rate: reader.value("train.eta", positive).unwrap_or(controls.learning_rate),
        clip_norm: reader.value("train.clip", or_none).unwrap_or(controls.clip_norm),
        truncation: reader.value("train.window", whole).or(controls.truncation),
        batch_size: reader.value("train.batch", whole).unwrap_or(controls.batch_size),
    };
    let most = crate::rnn::train::MOST_UPDATES;
    let update = reader.value("update", |typed| typed.parse().ok().filter(|&it| it <= most));
    let (set, update) = (data.set()?.name().to_owned(), update.unwrap_or_default());
    Some(Course { set, network, controls, update })
}

fn is_of_training(key: &str) -> bool {
    matches!(key, "set" | "update") || key.starts_with("train.")
}

fn optimizer_named(name: &str) -> Option<Optimizer> {
    Optimizer::ALL.into_iter().find(|optimizer| optimizer.name() == name)
}

/// Writes it, but what belongs to its set anyway.
pub(super) fn write(course: &Course, out: &mut Serializer<'_, String>) {
    let Course { set, network, controls, update } = course;
    out.append_pair("set", set);
    let Some(data) = Data::named(set) else { return };
    let (usual, found) = (data.network(FIRST_SEED), data.controls());
    let mut pair = |key: &str, usual: bool, value: String| {
        if !usual {
            out.append_pair(key, &value);
        }
    };
    let (start, before) = (network.start, usual.start);
    let bits = |one: f64, other: f64| one.to_bits() == other.to_bits();
    pair("train.cell", network.cell == usual.cell, network.cell.name().to_owned());
    pair("train.cells", network.units == usual.units, network.units.to_string());
    pair("train.seed", start.seed == before.seed, start.seed.to_string());
    let radius = start.spectral_radius;
    pair("train.radius", bits(radius, before.spectral_radius), radius.to_string());
    pair("train.keep", bits(start.keep_bias, before.keep_bias), start.keep_bias.to_string());
    let optimizer = controls.optimizer;
    pair("train.optimizer", optimizer == found.optimizer, optimizer.name().to_owned());
    let rate = controls.learning_rate;
    pair("train.eta", bits(rate, found.learning_rate), rate.to_string());
    let clip = controls.clip_norm.map_or_else(|| NONE.to_owned(), |norm| norm.to_string());
    pair("train.clip", controls.clip_norm == found.clip_norm, clip);
    if let Some(window) = controls.truncation {
        pair("train.window", false, window.to_string());
    }
    pair("train.batch", controls.batch_size == found.batch_size, controls.batch_size.to_string());
    pair("update", *update == 0, update.to_string());
}
