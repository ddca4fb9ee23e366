//! The address of the page: the experiment, the moment, what is shown and what is fixed.
//!
//! It is a list of `key=value`, as in a web form, behind `#` (which no server sees) or behind `?`:
//! `#text=hello+world&unit=character&cells=6&at=backward.2`. What it does not name is as on a first
//! visit. Every address opens: what is wrong in one is left out and said.

mod embed;
mod message;
mod spots;

pub use embed::{Alone, Control, Embed, Part};
pub use message::{Notice, Request};

use crate::{
    figure::Theme,
    lesson::Place,
    rnn::{
        Experiment, ExperimentError, Settings, Task, Unit, Weights,
        settings::{Cell, Format},
    },
    session::{Action, Edit, Moment, Session, Spot, View},
    text::Language,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use form_urlencoded::Serializer;
use std::str::FromStr;

/// The longest address that is read, in bytes.
const LONGEST: usize = 1 << 20;

/// What is wrong with an address.
#[derive(Clone, Debug, PartialEq)]
pub enum AddressError {
    /// It is longer than any page makes one.
    TooLong,
    /// A key has a value that it cannot have.
    Value {
        /// The key.
        key: &'static str,
        /// The value, shortened.
        value: String,
    },
    /// The settings make no experiment.
    Experiment(ExperimentError),
}

/// All that an address can say.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Address {
    /// The experiment; else the first one of the language.
    pub settings: Option<Settings>,
    /// The moment of the pass.
    pub moment: Option<Moment>,
    /// The number that is pointed at.
    pub focus: Option<Spot>,
    /// The view.
    pub view: Option<View>,
    /// The screen of the lesson.
    pub screen: Option<Place>,
    /// The language.
    pub language: Option<Language>,
    /// Light or dark.
    pub theme: Option<Theme>,
    /// How the page is embedded.
    pub embed: Embed,
}

impl Address {
    /// Reads an address, that is what stands behind its `?` or `#`, with what is wrong in it.
    pub fn read(text: &str) -> (Self, Vec<AddressError>) {
        if text.len() > LONGEST {
            return (Self::default(), vec![AddressError::TooLong]);
        }
        let text = text.trim_start_matches(['?', '#']);
        let pairs: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes())
            .map(|(key, value)| (key.into_owned(), value.into_owned()))
            .collect();
        let mut reader = Reader { pairs, problems: Vec::new() };
        let language = reader.value("lang", Language::from_code);
        let mut address = Self {
            settings: None,
            moment: reader.value("at", |name| Moment::from_str(&name.replace('.', ":")).ok()),
            focus: reader.value("focus", spots::read),
            view: reader.value("view", view_named),
            screen: reader.value("screen", place_named),
            language,
            theme: reader.value("theme", Theme::from_name),
            embed: embed::read(&mut reader),
        };
        if address.embed.only.is_some() && address.view.is_none() {
            address.view = address.embed.only.and_then(embed::view_of);
        }
        address.settings = reader.settings(language.unwrap_or_default());
        (address, reader.problems)
    }

    /// Writes it, without the sign before it.
    pub fn written(&self) -> String {
        let mut out = Serializer::new(String::new());
        if let Some(settings) = &self.settings {
            write_settings(settings, &mut out);
        }
        let mut pair = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                out.append_pair(key, &value);
            }
        };
        pair("at", self.moment.map(|moment| moment.to_string().replace(':', ".")));
        pair("focus", self.focus.map(spots::written));
        pair("view", self.view.map(|view| name_of(view).to_owned()));
        pair(
            "screen",
            self.screen.map(|place| format!("{}.{}", place.chapter + 1, place.screen + 1)),
        );
        pair("lang", self.language.map(|language| language.code().to_owned()));
        pair("theme", self.theme.map(|theme| theme.name().to_owned()));
        embed::write(&self.embed, &mut out);
        out.finish()
    }

    /// What brings a session to what the address says.
    pub fn actions(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        if let Some(settings) = &self.settings {
            actions.push(Action::Edit(Edit::Open(Box::new(settings.clone()))));
        }
        if let Some(moment) = self.moment {
            actions.push(Action::Go(moment));
        }
        if let Some(spot) = self.focus {
            actions.extend([Action::LetGo, Action::Pin(spot)]);
        }
        actions.extend(self.view.map(Action::Turn));
        if self.embed.play {
            actions.extend([Action::GoToStart, Action::Play]);
        }
        actions
    }

    /// What `session` shows, at a screen of the lesson if it is open.
    pub fn of(session: &Session, screen: Option<Place>) -> Self {
        Self {
            settings: Some(session.run().experiment.settings().clone()),
            moment: Some(session.moment()),
            focus: session.focus().filter(|focus| focus.pinned).map(|focus| focus.spot),
            view: Some(session.view()).filter(|&view| view != View::default()),
            screen,
            ..Self::default()
        }
    }
}

/// Takes values out of an address, and keeps what is wrong.
struct Reader {
    pairs: Vec<(String, String)>,
    problems: Vec<AddressError>,
}

impl Reader {
    fn text(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(found, _)| found == key).map(|(_, value)| value.as_str())
    }

    fn list(&self, key: &str) -> Option<Vec<String>> {
        let all = self.pairs.iter().filter(|(found, _)| found == key);
        let list: Vec<String> = all.map(|(_, value)| value.clone()).collect();
        (!list.is_empty()).then_some(list)
    }

    /// The value of a key, if it is there; what `read` cannot read is a problem.
    fn value<T>(&mut self, key: &'static str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.text(key)?;
        let found = read(value);
        if found.is_none() {
            let value = value.chars().take(40).collect();
            self.problems.push(AddressError::Value { key, value });
        }
        found
    }

    fn number<T: FromStr>(&mut self, key: &'static str) -> Option<T> {
        self.value(key, |value| value.parse().ok())
    }

    /// The settings, if the address has any of them, and they make an experiment.
    fn settings(&mut self, language: Language) -> Option<Settings> {
        const KEYS: [&str; 13] = [
            "text", "unit", "task", "target", "label", "vocab", "cells", "radius", "seed",
            "weights", "eta", "window", "clip",
        ];
        if !self.pairs.iter().any(|(key, _)| KEYS.contains(&key.as_str())) {
            return None;
        }
        let before = self.problems.len();
        let words = language.words();
        let first_seed = self.text("text").is_none().then_some(words.first_seed);
        let settings = Settings {
            format: Format::One,
            text: self.text("text").unwrap_or(words.first_text).to_owned(),
            unit: self
                .value("unit", |name| match name {
                    "word" => Some(Unit::Word),
                    "character" => Some(Unit::Character),
                    _ => None,
                })
                .unwrap_or(Unit::Word),
            vocabulary: self.list("vocab"),
            task: self.task(),
            cell: Cell::Tanh,
            hidden: self.number("cells").unwrap_or(4),
            weights: None,
            seed: self.number("seed").or(first_seed),
            spectral_radius: self.number("radius"),
            learning_rate: self.number("eta"),
            truncation: self.number("window"),
            clip_norm: self.number("clip"),
        };
        if self.problems.len() > before {
            return None;
        }
        self.with_weights(settings).map_or_else(
            |problem| {
                self.problems.push(problem);
                None
            },
            |experiment| Some(experiment.settings().clone()),
        )
    }

    fn task(&mut self) -> Task {
        let target: Option<usize> = self.number("target");
        if self.value("task", |name| (name == "next-token").then_some(())).is_some() {
            return Task::NextToken;
        }
        if let Some(labels) = self.list("label") {
            return Task::Classes { labels, target: target.unwrap_or(0) };
        }
        if target.is_some_and(|target| target > 1) {
            self.value("target", |_| None::<()>);
        }
        Task::Binary { target: target == Some(1) }
    }

    /// The experiment of `settings` with the weights of the address, if it has some.
    fn with_weights(&self, settings: Settings) -> Result<Experiment, AddressError> {
        let wrong = AddressError::Experiment;
        let fresh = Experiment::new(settings.clone()).map_err(wrong)?;
        let Some(packed) = self.text("weights") else { return Ok(fresh) };
        let mut weights = Weights::zeros(fresh.weights().sizes());
        unpack(packed, &mut weights).ok_or_else(|| AddressError::Value {
            key: "weights",
            value: packed.chars().take(40).collect(),
        })?;
        Experiment::new(Settings { weights: Some(weights), ..settings }).map_err(wrong)
    }
}

fn write_settings(settings: &Settings, out: &mut Serializer<'_, String>) {
    out.append_pair("text", &settings.text);
    let mut pair = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            out.append_pair(key, &value);
        }
    };
    pair("unit", (settings.unit == Unit::Character).then(|| "character".to_owned()));
    for token in settings.vocabulary.iter().flatten() {
        pair("vocab", Some(token.clone()));
    }
    match &settings.task {
        Task::Binary { target } => pair("target", target.then(|| "1".to_owned())),
        Task::Classes { labels, target } => {
            for label in labels {
                pair("label", Some(label.clone()));
            }
            pair("target", Some(target.to_string()));
        }
        Task::NextToken => pair("task", Some("next-token".to_owned())),
    }
    pair("cells", (settings.hidden != 4).then(|| settings.hidden.to_string()));
    pair("seed", settings.seed.map(|seed| seed.to_string()));
    pair("radius", settings.spectral_radius.map(|radius| radius.to_string()));
    pair("eta", settings.learning_rate.map(|rate| rate.to_string()));
    pair("window", settings.truncation.map(|window| window.to_string()));
    pair("clip", settings.clip_norm.map(|threshold| threshold.to_string()));
    pair("weights", settings.weights.as_ref().map(pack));
}

/// All weights, bit for bit: 64-bit floats, lowest byte first, in base64.
fn pack(weights: &Weights) -> String {
    let bytes: Vec<u8> = weights.values().flat_map(f64::to_le_bytes).collect();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The inverse of [`pack`] for weights of the same sizes.
fn unpack(packed: &str, weights: &mut Weights) -> Option<()> {
    let bytes = URL_SAFE_NO_PAD.decode(packed).ok()?;
    let (numbers, rest) = bytes.as_chunks::<8>();
    let mut numbers = numbers.iter().map(|bytes| f64::from_le_bytes(*bytes));
    for parameter in crate::rnn::Parameter::ALL {
        for weight in weights.matrix_mut(parameter) {
            *weight = numbers.next()?;
        }
    }
    (rest.is_empty() && numbers.next().is_none()).then_some(())
}

const fn name_of(view: View) -> &'static str {
    match view {
        View::Score => "score",
        View::Lesson => "lesson",
        View::Chain => "chain",
        View::Laboratory => "laboratory",
    }
}

fn view_named(name: &str) -> Option<View> {
    View::ALL.into_iter().find(|&view| name_of(view) == name)
}

/// A screen by chapter and screen, both from 1.
fn place_named(name: &str) -> Option<Place> {
    let (chapter, screen) = name.split_once('.').unwrap_or((name, "1"));
    let from_one = |number: &str| number.parse::<usize>().ok()?.checked_sub(1);
    let place = Place { chapter: from_one(chapter)?, screen: from_one(screen)? };
    let chapter = crate::lesson::chapters().get(place.chapter)?;
    (place.screen < chapter.screens.len()).then_some(place)
}
