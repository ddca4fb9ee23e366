//! A training in an address: the set, what it begins with, how it is trained, and a place in it.

use super::Reader;
use crate::{
    rnn::{
        Cell, StepUnit, number,
        train::{Controls, MOST_UPDATES, Network, Optimizer},
        weights::Start,
    },
    session::LARGEST_SEED,
    training::{Comparison, Data, DataKind, FIRST_SEED, Learning, MOST_UNITS, Own, Plan},
};
use form_urlencoded::Serializer;

/// What an address says of a training.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// What is trained on.
    pub source: Source,
    /// What it begins with.
    pub network: Network,
    /// How it is trained from the beginning.
    pub controls: Controls,
    /// How it goes on, each from so many updates on.
    pub changes: Vec<(usize, Controls)>,
    /// After how many updates it is looked at.
    pub update: usize,
    /// What is compared beside it.
    pub compare: Option<Comparison>,
}

/// What is trained on.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A set of the gallery, by its name.
    Set(String),
    /// A person's own lines.
    Own {
        /// The lines as they were typed.
        text: String,
        /// What one token is.
        unit: StepUnit,
        /// How long the sequences are that a plain text is cut into.
        cut: Option<usize>,
        /// What the split is drawn by.
        seed: u64,
    },
}

impl Source {
    /// The data; none where there is no such set, or no good line.
    fn data(&self) -> Option<Data> {
        match self {
            Self::Set(name) => Data::named(name),
            Self::Own { text, unit, cut, seed } => {
                Own::read(text, *unit, None, *cut, *seed).ok().map(Data::own)
            }
        }
    }
}

impl Course {
    /// What an address says of `learning` at its cursor.
    pub fn of(learning: &Learning) -> Self {
        let source = match learning.data().kind() {
            DataKind::Set(set) => Source::Set(set.name().to_owned()),
            DataKind::Own(own) => Source::Own {
                text: own.text.to_string(),
                unit: own.unit,
                cut: own.cut,
                seed: own.seed,
            },
        };
        let update = learning.cursor();
        let mut changes: Vec<(usize, Controls)> = learning.run().changes().to_vec();
        changes.retain(|(since, _)| *since <= update);
        let (_, controls) = changes.remove(0);
        let (network, compare) = (learning.network(), learning.comparison());
        Self { source, network, controls, changes, update, compare }
    }

    /// Its training, on its way to that update.
    pub fn learning(&self) -> Option<Learning> {
        let learning = Learning::with(self.source.data()?, self.network, self.controls);
        let plan = Plan { changes: self.changes.clone(), then: self.compare };
        Some(learning.on_its_way(self.update, plan))
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
    let (source, data) = source(reader, first)?;
    let (network, controls) = (data.network(FIRST_SEED), data.controls());
    let whole = |typed: &str| typed.parse().ok().filter(|&number: &usize| number > 0);
    let within = |least: f64, most: f64| {
        move |typed: &str| number(typed).filter(|number| (least..=most).contains(number))
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
    let mut controls = controls;
    for (key, name) in CONTROLS {
        let read = |typed: &str| {
            let mut controls = controls;
            with(&mut controls, name, typed).then_some(controls)
        };
        controls = reader.value(key, read).unwrap_or(controls);
    }
    let update =
        reader.value("update", |typed| typed.parse().ok().filter(|&it| it <= MOST_UPDATES));
    let update = update.unwrap_or_default();
    let changes = reader.value("steer", |typed| steering(typed, controls, update));
    let compare = reader.value("compare", |name| {
        Comparison::ALL.into_iter().find(|comparison| comparison.name() == name)
    });
    let changes = changes.unwrap_or_default();
    Some(Course { source, network, controls, changes, update, compare })
}

/// The keys of the controls, and their names in a change of them.
const CONTROLS: [(&str, &str); 5] = [
    ("train.optimizer", "optimizer"),
    ("train.eta", "eta"),
    ("train.clip", "clip"),
    ("train.window", "window"),
    ("train.batch", "batch"),
];

/// Changes one of the controls to what is typed; whether that can be read.
fn with(controls: &mut Controls, name: &str, typed: &str) -> bool {
    fn put<T>(place: &mut T, value: Option<T>) -> bool {
        let there = value.is_some();
        if let Some(value) = value {
            *place = value;
        }
        there
    }
    let positive = |typed: &str| number(typed).filter(|&number| number > 0.0 && number <= 1e6);
    let whole = |typed: &str| typed.parse().ok().filter(|&number: &usize| number > 0);
    match name {
        "optimizer" => put(&mut controls.optimizer, optimizer_named(typed)),
        "eta" => put(&mut controls.learning_rate, positive(typed)),
        "clip" if typed == NONE => put(&mut controls.clip_norm, Some(None)),
        "clip" => put(&mut controls.clip_norm, positive(typed).map(Some)),
        "window" if typed == NONE => put(&mut controls.truncation, Some(None)),
        "window" => put(&mut controls.truncation, whole(typed).map(Some)),
        "batch" => put(&mut controls.batch_size, whole(typed)),
        _ => false,
    }
}

/// One of the controls as it is typed.
fn typed(controls: &Controls, name: &str) -> String {
    fn or_none<T: ToString>(value: Option<T>) -> String {
        value.map_or_else(|| NONE.to_owned(), |value| value.to_string())
    }
    match name {
        "optimizer" => controls.optimizer.name().to_owned(),
        "eta" => controls.learning_rate.to_string(),
        "clip" => or_none(controls.clip_norm),
        "window" => or_none(controls.truncation),
        _ => controls.batch_size.to_string(),
    }
}

/// The changes of the controls up to `most` updates, such as `40 eta 0.1 60 clip none`: from 40 updates on the
/// learning rate is 0.1.
fn steering(written: &str, first: Controls, most: usize) -> Option<Vec<(usize, Controls)>> {
    let mut changes: Vec<(usize, Controls)> = Vec::new();
    let words: Vec<&str> = written.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let (entries, []) = words.as_chunks::<3>() else { return None };
    for [since, name, value] in entries {
        let since: usize = since.parse().ok().filter(|&since| since > 0 && since <= most)?;
        let (last, mut controls) = changes.last().copied().unwrap_or((0, first));
        if since < last || !with(&mut controls, name, value) {
            return None;
        }
        changes.retain(|(other, _)| *other != since);
        changes.push((since, controls));
    }
    Some(changes)
}

/// What an address says that is trained on, and the data; the set `first` where it says nothing.
fn source(reader: &mut Reader, first: &str) -> Option<(Source, Data)> {
    let Some(text) = reader.text("own").map(str::to_owned) else {
        let name = reader.value("set", |name| Data::named(name).map(|_| name.to_owned()));
        let source = Source::Set(name.unwrap_or_else(|| first.to_owned()));
        let data = source.data()?;
        return Some((source, data));
    };
    let unit = reader.value("own.unit", super::unit_named).unwrap_or(StepUnit::Word);
    let cut = reader.value("own.cut", |typed| typed.parse().ok().filter(|&cut: &usize| cut > 0));
    let seed = reader.value("own.seed", |typed| typed.parse().ok()).unwrap_or(1);
    let source = Source::Own { text, unit, cut, seed };
    let data = source.data();
    if data.is_none() {
        reader.value("own", |_| None::<()>);
        return Some((Source::Set(first.to_owned()), Data::named(first)?));
    }
    Some((source, data?))
}

fn is_of_training(key: &str) -> bool {
    matches!(key, "set" | "own" | "update" | "steer" | "compare") || key.starts_with("train.")
}

fn optimizer_named(name: &str) -> Option<Optimizer> {
    Optimizer::ALL.into_iter().find(|optimizer| optimizer.name() == name)
}

/// Writes it, but what belongs to its set anyway.
pub(super) fn write(course: &Course, out: &mut Serializer<'_, String>) {
    let Course { source, network, controls, changes, update, compare } = course;
    match source {
        Source::Set(name) => {
            out.append_pair("set", name);
        }
        Source::Own { text, unit, cut, seed } => {
            out.append_pair("own", text);
            out.append_pair("own.unit", super::name_of_unit(*unit));
            if let Some(cut) = cut {
                out.append_pair("own.cut", &cut.to_string());
            }
            out.append_pair("own.seed", &seed.to_string());
        }
    }
    let Some(data) = source.data() else { return };
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
    for (key, name) in CONTROLS {
        let value = typed(controls, name);
        pair(key, value == typed(&found, name), value);
    }
    pair("update", *update == 0, update.to_string());
    let mut before = *controls;
    let mut steered = Vec::new();
    for (since, after) in changes {
        for (_, name) in CONTROLS {
            let value = typed(after, name);
            if value != typed(&before, name) {
                steered.push(format!("{since} {name} {value}"));
            }
        }
        before = *after;
    }
    pair("steer", steered.is_empty(), steered.join(" "));
    if let Some(compare) = compare {
        pair("compare", false, compare.name().to_owned());
    }
}
