//! The trainings of a chapter: what a screen states of one, and the run that follows from it. A training
//! is a function of what is stated, so each is made once, whoever asks for it.

use super::{
    file::{Entry, Table, Wrong, parsed},
    state::{Text, cell, named},
};
use crate::{
    rnn::{
        Cell, Experiment, Settings,
        train::{Controls, DataSet, Halt, Network, Optimizer, Run},
        weights::Start,
    },
    text::Language,
    training::{Command, Data, FIRST_SEED, Learning, Shared},
};
use serde_json::{Map, Value};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

/// What a screen states of a training; what it does not name is as in its chapter, and there as it was
/// found to work for the set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schooling {
    /// The name of the set, of the gallery.
    pub data: Option<Text>,
    /// How many sequences it is trained on, at most.
    pub sequences: Option<usize>,
    /// The kind of cell.
    pub cell: Option<Cell>,
    /// n.
    pub units: Option<usize>,
    /// What the initial weights and the order of the sequences are drawn by.
    pub seed: Option<u64>,
    /// The initial spectral radius.
    pub radius: Option<f64>,
    /// The initial bias of the gate that keeps.
    pub keep: Option<f64>,
    /// How the weights follow the gradient.
    pub optimizer: Option<Optimizer>,
    /// η.
    pub learning_rate: Option<f64>,
    /// How many sequences a minibatch has.
    pub batch: Option<usize>,
    /// c; none where it is 0.
    pub clip: Option<f64>,
    /// w.
    pub truncation: Option<usize>,
    /// How many updates are made; without, as many as the goal takes.
    pub updates: Option<usize>,
    /// After how many updates it is looked at; without, after all.
    pub at: Option<usize>,
    /// The sequence whose run is the experiment of the screen; without, the first that is held out.
    pub sequence: Option<Text>,
    /// What it is called beside the other trainings of its screen; without, it is not drawn beside them.
    pub name: Option<Text>,
}

impl Entry for Schooling {
    fn read(value: Value) -> Result<Self, Wrong> {
        let mut table = Table::of(value)?;
        let schooling = Self {
            data: table.maybe_by("data", one_for_all)?,
            sequences: table.maybe("sequences")?,
            cell: table.maybe_by("cell", |value| parsed(value, cell))?,
            units: table.maybe("units")?,
            seed: table.maybe("seed")?,
            radius: table.maybe("radius")?,
            keep: table.maybe("keep")?,
            optimizer: table.maybe_by("optimizer", |value| parsed(value, optimizer))?,
            learning_rate: table.maybe("learning_rate")?,
            batch: table.maybe("batch")?,
            clip: table.maybe("clip")?,
            truncation: table.maybe("truncation")?,
            updates: table.maybe("updates")?,
            at: table.maybe("at")?,
            sequence: table.maybe_by("sequence", one_for_all)?,
            name: table.maybe_by("name", one_for_all)?,
        };
        table.end()?;
        let unknown =
            |data: &Text| data.all().iter().find(|name| !DataSet::is_known(name)).cloned();
        match schooling.data.as_ref().and_then(unknown) {
            None => Ok(schooling),
            Some(name) => {
                let problem = super::nearest(&name, DataSet::names());
                Err(format!("data: there is no set `{name}`{problem}").into())
            }
        }
    }
}

/// A text for all languages, or one for each.
fn one_for_all(value: Value) -> Result<Text, Wrong> {
    match value {
        Value::String(text) => {
            let each = |language: Language| (language.code().to_owned(), text.as_str().into());
            Text::read(Language::ALL.into_iter().map(each).collect::<Map<_, _>>().into())
        }
        each => Text::read(each),
    }
}

fn optimizer(name: &str) -> Result<Optimizer, String> {
    named(name, "optimizer", &Optimizer::ALL.map(|optimizer| (optimizer.name(), optimizer)))
}

impl Schooling {
    /// What it says, and where it says nothing what `before` says.
    #[must_use]
    pub fn over(self, before: &Self) -> Self {
        let before = before.clone();
        Self {
            data: self.data.or(before.data),
            sequences: self.sequences.or(before.sequences),
            cell: self.cell.or(before.cell),
            units: self.units.or(before.units),
            seed: self.seed.or(before.seed),
            radius: self.radius.or(before.radius),
            keep: self.keep.or(before.keep),
            optimizer: self.optimizer.or(before.optimizer),
            learning_rate: self.learning_rate.or(before.learning_rate),
            batch: self.batch.or(before.batch),
            clip: self.clip.or(before.clip),
            truncation: self.truncation.or(before.truncation),
            updates: self.updates.or(before.updates),
            at: self.at.or(before.at),
            sequence: self.sequence.or(before.sequence),
            name: self.name,
        }
    }

    /// The training that it states, if it names a set.
    pub fn course(&self, language: Language) -> Option<Course> {
        let set = DataSet::named(self.data.as_ref()?.of(language))?;
        let set = match self.sequences {
            Some(sequences) => set.with_fewer(sequences),
            None => set,
        };
        let found = set.network(self.seed.unwrap_or(FIRST_SEED));
        let start = Start {
            spectral_radius: self.radius.unwrap_or(found.start.spectral_radius),
            keep_bias: self.keep.unwrap_or(found.start.keep_bias),
            ..found.start
        };
        let network = Network {
            cell: self.cell.unwrap_or(found.cell),
            units: self.units.unwrap_or(found.units),
            start,
        };
        let controls = set.controls();
        let controls = Controls {
            optimizer: self.optimizer.unwrap_or(controls.optimizer),
            learning_rate: self.learning_rate.unwrap_or(controls.learning_rate),
            batch_size: self.batch.unwrap_or(controls.batch_size),
            clip_norm: self.clip.map_or(controls.clip_norm, |clip| Some(clip).filter(|&c| c > 0.0)),
            truncation: self.truncation.or(controls.truncation),
        };
        Some(Course { set, network, controls, updates: self.updates })
    }
}

/// A training with everything that it follows from.
#[derive(Clone, Debug)]
pub struct Course {
    set: DataSet,
    network: Network,
    controls: Controls,
    /// How many updates are made; without, as many as the goal takes.
    updates: Option<usize>,
}

/// A run that is made once.
type Once = Arc<OnceLock<Shared>>;

/// Every run that was made.
static MADE: Mutex<BTreeMap<String, Once>> = Mutex::new(BTreeMap::new());

/// With how many seeds a training reached its goal, as far as it was asked.
static LEARNT: Mutex<BTreeMap<String, Arc<OnceLock<usize>>>> = Mutex::new(BTreeMap::new());

/// What is kept by a key.
fn kept<T: Default + Clone>(all: &Mutex<BTreeMap<String, T>>, key: String) -> T {
    all.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default().clone()
}

impl Course {
    /// What it follows from, written down.
    fn key(&self) -> String {
        let Self { set, network, controls, updates } = self;
        let sequences = set.split().training().len();
        format!("{} {sequences} {network:?} {controls:?} {updates:?}", set.name())
    }

    fn once(&self) -> Once {
        kept(&MADE, self.key())
    }

    fn begun(&self) -> Run {
        let (corpus, split) = (Arc::clone(self.set.corpus()), self.set.split().clone());
        let training = crate::rnn::train::Training::new(corpus, split, self.network, self.controls);
        Run::new(training, self.set.goal())
    }

    /// Makes updates as long as there is time, and answers whether all are made.
    fn goes_on(&self, run: &mut Run, more: &dyn Fn() -> bool) -> bool {
        let most = self.updates.unwrap_or(self.set.updates());
        loop {
            let mut left = most.saturating_sub(run.updates().len());
            let mut waits = false;
            let halt = run.run_while(|| {
                if left == 0 {
                    return false;
                }
                waits = !more();
                left -= 1;
                !waits
            });
            match halt {
                Halt::Paused => return !waits,
                Halt::Goal if self.updates.is_some() => {}
                Halt::Goal | Halt::NoNumber | Halt::Full => return true,
            }
        }
    }

    /// Its run, which is made now if it never was.
    fn run(&self) -> Shared {
        let make = || {
            let mut run = self.begun();
            self.goes_on(&mut run, &|| true);
            Shared::new(run)
        };
        self.once().get_or_init(make).clone()
    }

    /// It made, now if it never was, and looked at after its last update.
    pub fn school(&self) -> School {
        School { course: self.clone(), run: self.run(), at: self.run().updates().len(), name: None }
    }

    /// What a learner does to train so.
    pub fn commands(&self) -> [Command; 4] {
        [
            Command::Seek(0),
            Command::Build(self.network),
            Command::Steer(self.controls),
            Command::PlayUntil(self.updates.unwrap_or(self.set.updates())),
        ]
    }

    /// With how many of the seeds from 1 to `seeds` the goal is reached.
    fn learnt(&self, seeds: usize) -> usize {
        let most = self.updates.unwrap_or(self.set.updates());
        let learns = |seed: &u64| {
            let start = Start { seed: *seed, ..self.network.start };
            let course = Self { network: Network { start, ..self.network }, ..self.clone() };
            let mut run = course.begun();
            run.run_for(most);
            run.reached().is_some()
        };
        let asked = kept(&LEARNT, format!("{seeds} {}", self.key()));
        *asked.get_or_init(|| (1..=seeds as u64).filter(learns).count())
    }
}

/// A training that is being made, as there is time for it.
#[derive(Clone, Debug)]
pub struct Study {
    course: Course,
    run: Shared,
}

impl PartialEq for Study {
    fn eq(&self, other: &Self) -> bool {
        self.run == other.run
    }
}

impl Study {
    /// Goes on, and answers whether the training is made.
    pub fn go_on(&mut self, more: &dyn Fn() -> bool) -> bool {
        let is_made = self.course.goes_on(self.run.make_mut(), more);
        if is_made {
            // Another one may have made the same.
            let _ = self.course.once().set(self.run.clone());
        }
        is_made
    }

    /// How many updates have been made, and how many are at most.
    pub fn progress(&self) -> (usize, usize) {
        let most = self.course.updates.unwrap_or(self.course.set.updates());
        (self.run.updates().len(), most)
    }
}

/// A training that is made.
#[derive(Clone, Debug)]
pub struct School {
    course: Course,
    run: Shared,
    at: usize,
    name: Option<Text>,
}

impl PartialEq for School {
    fn eq(&self, other: &Self) -> bool {
        self.run == other.run && self.at == other.at
    }
}

/// The trainings that `schoolings` state, each over the first one; or the first one of them that has yet to
/// be made.
pub(super) fn schools(
    schoolings: &[Schooling],
    language: Language,
    now: bool,
) -> Result<Vec<School>, Box<Study>> {
    let first = schoolings.first().cloned().unwrap_or_default();
    let mut schools = Vec::with_capacity(schoolings.len());
    for schooling in schoolings {
        let schooling = schooling.clone().over(&first);
        let Some(course) = schooling.course(language) else { continue };
        let run = match course.once().get() {
            Some(run) => run.clone(),
            None if now => course.run(),
            None => {
                let run = Shared::new(course.begun());
                return Err(Box::new(Study { course, run }));
            }
        };
        let at = schooling.at.unwrap_or(usize::MAX).min(run.updates().len());
        schools.push(School { course, run, at, name: schooling.name });
    }
    Ok(schools)
}

impl School {
    /// Its run.
    pub fn run(&self) -> &Shared {
        &self.run
    }

    /// What it is called beside the other trainings of its screen, if it is drawn beside them.
    pub fn name(&self) -> Option<&Text> {
        self.name.as_ref()
    }

    /// After how many updates it is looked at.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The set that it is trained on.
    pub fn set(&self) -> &DataSet {
        &self.course.set
    }

    /// With how many of the seeds from 1 to `seeds` the goal is reached.
    pub fn learnt(&self, seeds: usize) -> usize {
        self.course.learnt(seeds)
    }

    /// The same with the run of a learner, who may have changed it.
    #[must_use]
    pub fn with(&self, run: Shared) -> Self {
        let at = run.updates().len();
        Self { run, at, ..self.clone() }
    }

    /// The training as it is looked at first; no more of it than that, where the rest is asked.
    pub fn learning(&self, asks: bool) -> Learning {
        let data = Data::set_of(self.set().clone());
        let mut run = self.run.clone();
        if asks && self.at < run.updates().len() {
            run.make_mut().go_back(self.at);
        }
        Learning::made(data, run, self.at)
    }

    /// The training after the question about it was answered: all of it.
    pub fn answered(&self) -> Learning {
        Learning::made(Data::set_of(self.set().clone()), self.run.clone(), usize::MAX)
    }

    /// What the network writes after so many updates, where it predicts next tokens; line breaks and
    /// spaces at the ends are none.
    pub(super) fn written(&self, updates: usize, temperature: f64) -> Option<String> {
        if updates > self.run.updates().len() {
            return None;
        }
        let learning = Learning::made(Data::set_of(self.set().clone()), self.run.clone(), updates);
        learning.written(temperature).map(|text| text.trim().to_owned())
    }

    /// The experiment of a sequence, by its text, with the weights where it is looked at; of the first
    /// that is held out, if none is named. There is none where there is no such sequence.
    pub(super) fn experiment(&self, text: Option<&str>) -> Option<Experiment> {
        let examples = self.set().corpus().examples();
        let place = match text {
            Some(text) => examples.iter().position(|example| example.text() == text)?,
            None => *self.set().split().held_out().first()?,
        };
        Experiment::new(self.run.experiment(place, self.at)?).ok()
    }

    /// Another experiment with the weights of so many updates.
    pub(super) fn taught(&self, settings: &Settings, updates: usize) -> Option<Experiment> {
        let Settings { vocabulary, cell, hidden, weights, .. } = self.run.experiment(0, updates)?;
        Experiment::new(Settings { vocabulary, cell, hidden, weights, ..settings.clone() }).ok()
    }
}
