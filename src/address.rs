//! The address of the page: the experiment, the stage, what is shown and what is fixed.
//!
//! It is a list of `key=value`, as in a web form, behind `#` (which no server sees) or behind `?`:
//! `#text=hello+world&unit=character&units=6&at=backward.2`. What it does not name is as on a first
//! visit. Every address opens: what is wrong in one is left out and said.

mod embed;
mod message;
mod spots;
mod training;

pub use crate::session::Control;
pub use embed::{Alone, Embed, Part};
pub use message::{Notice, Request};
pub use training::{Course, Source};

use crate::{
    figure::{Lane, Theme},
    lesson::Place,
    rnn::{
        Cell, Experiment, ExperimentError, Parameter, Reduction, Settings, StepUnit, Targets, Task,
        TextError, Weights, number, settings::Initial,
    },
    session::{Action, Edit, FIRST_NUMBERS, Scale, Session, Spot, Stage, View},
    text::{Language, Words},
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
    /// The value of a key makes no experiment.
    Experiment {
        /// The key.
        key: &'static str,
        /// What is wrong with it.
        problem: ExperimentError,
    },
    /// There is no such key.
    Unknown {
        /// The key, shortened.
        key: String,
        /// The key that it is most like, if it is like one.
        nearest: Option<&'static str>,
    },
    /// A key that can be there once is there again.
    Repeated {
        /// The key.
        key: &'static str,
    },
    /// A key has no effect beside another.
    Unused {
        /// The key.
        key: &'static str,
        /// The other, with its value.
        beside: &'static str,
    },
    /// A stage or a number that the run does not have.
    Beyond {
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
    },
    /// A text in one piece that has signs where spaces seem to be meant.
    NoSpaces {
        /// What stands there: `+` or `%20`.
        sign: &'static str,
    },
    /// A value has a character that could not be read: the address was cut or written anew somewhere.
    Damaged {
        /// The key.
        key: &'static str,
    },
    /// Within a value stands what looks like another key.
    Inside {
        /// The key.
        key: &'static str,
        /// What stands between: `;` or `#`.
        sign: String,
        /// The other key.
        name: String,
    },
    /// There are keys both behind `?` and behind `#`; the latter count.
    Twice,
    /// Every part of the page is hidden.
    NothingLeft,
}

/// Every key of an address, and under which names people look for it.
const KEYS: [(&str, &[&str]); 55] = [
    ("text", &["sequence", "sentence", "words", "input"]),
    ("unit", &["token", "tokens", "step"]),
    ("task", &["kind", "question"]),
    ("target", &["y", "answer"]),
    ("targets", &["ys", "answers"]),
    ("reduction", &["reduce", "mean"]),
    ("label", &["labels", "class", "classes"]),
    ("vocab", &["vocabulary"]),
    ("cells", &["hidden", "units", "hidden_size", "n"]),
    ("cell", &["rnn", "lstm", "gru", "layer"]),
    ("h0", &["initial", "initial_state"]),
    ("c0", &["initial_cell"]),
    ("keep", &["keep_bias", "forget_bias", "unit_forget_bias"]),
    ("radius", &["spectral_radius", "rho"]),
    ("seed", &["random_seed"]),
    ("weights", &["w"]),
    ("eta", &["learning_rate", "lr", "rate"]),
    ("window", &["truncation", "truncate", "bptt"]),
    ("clip", &["clip_norm", "clipping", "max_norm"]),
    ("at", &["moment", "time", "stage"]),
    ("focus", &["point", "pin", "spot", "number"]),
    ("gradient", &["contributions", "parameter"]),
    ("scale", &["colours", "colors", "log"]),
    ("rows", &["lanes"]),
    ("beside", &["versus"]),
    ("view", &["tab", "page"]),
    ("screen", &["chapter", "slide"]),
    ("aside", &[]),
    ("set", &["data", "dataset", "corpus"]),
    ("own", &["lines"]),
    ("own.unit", &[]),
    ("own.cut", &[]),
    ("own.seed", &[]),
    ("train.cell", &[]),
    ("train.cells", &["train.units", "train.hidden"]),
    ("train.seed", &[]),
    ("train.radius", &[]),
    ("train.keep", &["train.keep_bias", "train.forget_bias"]),
    ("train.optimizer", &["optimizer", "train.optimiser"]),
    ("train.eta", &["train.learning_rate", "train.lr"]),
    ("train.batch", &["train.batch_size", "batch"]),
    ("train.window", &["train.truncation"]),
    ("train.clip", &["train.clip_norm"]),
    ("update", &["updates", "epoch"]),
    ("steer", &["schedule"]),
    ("compare", &["race"]),
    ("lang", &["language", "locale"]),
    ("theme", &["mode", "color", "colour", "dark"]),
    ("hide", &["hidden_parts", "without"]),
    ("only", &["show", "alone"]),
    ("lock", &["fix", "fixed", "locked"]),
    ("play", &["autoplay", "start"]),
    ("keys", &["shortcuts"]),
    ("host", &["origin", "parent"]),
    ("offline", &["cache"]),
];

/// The keys that can be there several times.
const LISTS: [&str; 2] = ["label", "vocab"];

/// The keys whose values make the experiment.
const SETTINGS: usize = 19;

/// The one of [`KEYS`] that `key` is, or is most like: a misspelling of it, or another name.
fn nearest(key: &str) -> Option<&'static str> {
    let away = |name: &str| strsim::osa_distance(key, name);
    let names = KEYS.iter().flat_map(|&(name, others)| {
        [name].into_iter().chain(others.iter().copied()).map(move |other| (name, other))
    });
    let (name, like) = names.min_by_key(|(_, other)| away(other))?;
    (away(like) <= 2 && away(like) < like.chars().count()).then_some(name)
}

/// Whether people's ways to a page leave such keys in its address, so that they are nobody's mistake.
fn is_left_by_others(key: &str) -> bool {
    const OTHERS: [&str; 21] = [
        "dclid",
        "fbclid",
        "gad_source",
        "gbraid",
        "gclid",
        "gclsrc",
        "igsh",
        "igshid",
        "li_fat_id",
        "msclkid",
        "ref",
        "ref_src",
        "s",
        "si",
        "spm",
        "trk",
        "ttclid",
        "twclid",
        "wbraid",
        "yclid",
        "ysclid",
    ];
    const FAMILIES: [&str; 8] = ["_", "hsa_", "mc_", "mkt_", "mtm_", "pk_", "utm_", "wt."];
    let family = |start: &&str| key.starts_with(*start);
    key.is_empty() || OTHERS.contains(&key) || FAMILIES.iter().any(family)
}

/// A key as people write it: in any case, after an ampersand that was escaped for HTML.
fn key_of(written: &str) -> String {
    written.trim().to_ascii_lowercase().trim_start_matches("amp;").to_owned()
}

/// Whether an address names this key.
pub fn is_key(written: &str) -> bool {
    let key = key_of(written);
    KEYS.iter().any(|(name, _)| *name == key)
}

/// The start of a value, for a message.
fn shortened(value: &str) -> String {
    value.chars().take(40).collect()
}

/// What is shown of a run beside what is always shown; no number depends on it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Looks {
    /// Rows of the unrolled network besides those that tell the story of its cell.
    pub rows: Vec<Lane>,
    /// The cell beside which the Jacobians are shown.
    pub beside: Option<Cell>,
}

impl Looks {
    /// The same where the cell is `cell`: without the rows of others, and not beside itself.
    #[must_use]
    pub fn of(&self, cell: Cell) -> Self {
        let has = |lane: &Lane| Lane::of(cell).iter().any(|(other, _)| other == lane);
        Self {
            rows: self.rows.iter().copied().filter(has).collect(),
            beside: self.beside.filter(|other| *other != cell),
        }
    }
}

/// All that an address can say.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Address {
    /// The experiment; else the first one of the language.
    pub settings: Option<Settings>,
    /// The stage of the pass.
    pub stage: Option<Stage>,
    /// The number that is pointed at.
    pub focus: Option<Spot>,
    /// The parameter whose contributions are shown; else the one that the cell is about.
    pub shown: Option<Parameter>,
    /// How sizes of gradients become colours.
    pub scale: Option<Scale>,
    /// What else is shown.
    pub looks: Looks,
    /// The view.
    pub view: Option<View>,
    /// The screen of the lesson.
    pub screen: Option<Place>,
    /// The language.
    pub language: Option<Language>,
    /// Light or dark.
    pub theme: Option<Theme>,
    /// What the learner has made in the view that is not open: in Explore while the lesson is, in
    /// the lesson while it is not.
    pub aside: Option<Settings>,
    /// The training.
    pub training: Option<Course>,
    /// How the page is embedded.
    pub embed: Embed,
}

impl Address {
    /// Reads the address of a page of which `fragment` stands behind `#` and `query` behind `?`: one
    /// of them, and the fragment where both have keys.
    pub fn of_page(fragment: &str, query: &str) -> (Self, Vec<AddressError>) {
        let has_keys =
            |text: &str| form_urlencoded::parse(text.as_bytes()).any(|(key, _)| is_key(&key));
        if fragment.is_empty() || (!has_keys(fragment) && has_keys(query)) {
            return Self::read(query);
        }
        let (address, mut problems) = Self::read(fragment);
        if has_keys(query) {
            problems.push(AddressError::Twice);
        }
        (address, problems)
    }

    /// Reads an address, that is what stands behind its `?` or `#`, with what is wrong in it.
    pub fn read(text: &str) -> (Self, Vec<AddressError>) {
        if text.len() > LONGEST {
            return (Self::default(), vec![AddressError::TooLong]);
        }
        let text = text.trim_start_matches(['?', '#']);
        let pairs: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes())
            .map(|(key, value)| (key_of(&key), value.into_owned()))
            .collect();
        let mut reader = Reader { pairs, problems: Vec::new() };
        reader.judge_keys();
        reader.judge_values(text);
        let language = reader.value("lang", Language::from_code);
        let mut address = Self {
            settings: None,
            stage: reader.value("at", |name| Stage::from_str(&name.replace('.', ":")).ok()),
            focus: reader.value("focus", spots::read),
            shown: reader.value("gradient", parameter_named),
            scale: reader.value("scale", |name| match name {
                "linear" => Some(Scale::Linear),
                "logarithmic" => Some(Scale::Logarithmic),
                _ => None,
            }),
            looks: Looks {
                rows: reader.value("rows", lanes_named).unwrap_or_default(),
                beside: reader.value("beside", cell_named),
            },
            view: reader.value("view", view_named),
            screen: reader.value("screen", place_named),
            language,
            theme: reader.value("theme", Theme::from_name),
            aside: reader.aside(),
            training: training::read(&mut reader, language.unwrap_or_default().words().first_set()),
            embed: embed::read(&mut reader),
        };
        if let Some(only) = address.embed.only {
            let view = embed::view_of(only);
            if address.view.is_none_or(|asked| asked != view.unwrap_or_default()) {
                if address.view.is_some() {
                    reader.problems.push(AddressError::Unused { key: "view", beside: "only" });
                }
                address.view = view;
            }
            if let Alone::Lane(lane) = only
                && address.embed.hide.contains(&lane)
            {
                address.embed.hide.retain(|part| *part != lane);
                reader.problems.push(AddressError::Unused { key: "hide", beside: "only" });
            }
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
        pair("at", self.stage.map(|stage| stage.to_string().replace(':', ".")));
        pair("focus", self.focus.map(spots::written));
        pair("gradient", self.shown.map(|shown| shown.field().to_owned()));
        let logarithmic = self.scale.filter(|scale| *scale == Scale::Logarithmic);
        pair("scale", logarithmic.map(|_| "logarithmic".to_owned()));
        let rows: Vec<String> = self.looks.rows.iter().map(|lane| lane.name()).collect();
        pair("rows", (!rows.is_empty()).then(|| rows.join(" ")));
        pair("beside", self.looks.beside.map(|cell| cell.name().to_owned()));
        pair("view", self.view.map(|view| name_of(view).to_owned()));
        pair(
            "screen",
            self.screen.map(|place| format!("{}.{}", place.chapter + 1, place.screen + 1)),
        );
        pair(
            "aside",
            self.aside.as_ref().map(|settings| {
                let mut inner = Serializer::new(String::new());
                write_settings(settings, &mut inner);
                inner.finish()
            }),
        );
        if let Some(course) = &self.training {
            training::write(course, &mut out);
        }
        let mut pair = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                out.append_pair(key, &value);
            }
        };
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
        actions.extend(self.shown.map(Action::Show));
        actions.extend(self.scale.map(Action::SetScale));
        if let Some(stage) = self.stage {
            actions.push(Action::Go(stage));
        }
        if let Some(spot) = self.focus {
            actions.extend([Action::LetGo, Action::Pin(spot)]);
        }
        if self.embed.play {
            actions.extend([Action::GoToStart, Action::Play]);
        }
        actions
    }

    /// What of the run of `session` the address names and the run does not have.
    pub fn beyond(&self, session: &Session) -> Vec<AddressError> {
        let timeline = session.timeline();
        let beyond = |key, value| AddressError::Beyond { key, value };
        let stage = self.stage.filter(|&stage| timeline.find(stage).is_none());
        let focus = self.focus.filter(|spot| spot.value(session.run()).is_none());
        let experiment = session.run().experiment();
        let has = |parameter: &Parameter| experiment.recipe().parameters().contains(parameter);
        let shown = self.shown.filter(|parameter| !has(parameter));
        let there = self.looks.of(experiment.cell()).rows;
        let rows = self.looks.rows.iter().filter(|lane| !there.contains(lane));
        let stage = stage.map(|stage| beyond("at", stage.to_string().replace(':', ".")));
        let focus = focus.map(|spot| beyond("focus", spots::written(spot)));
        let shown = shown.map(|parameter| beyond("gradient", parameter.field().to_owned()));
        let rows = rows.map(|lane| beyond("rows", lane.name()));
        stage.into_iter().chain(focus).chain(shown).chain(rows).collect()
    }

    /// What `session` shows.
    pub fn of(session: &Session) -> Self {
        let main = session.run().experiment().recipe().main_parameter();
        Self {
            settings: Some(session.run().experiment().settings().clone()),
            shown: Some(session.shown()).filter(|shown| *shown != main),
            scale: Some(session.scale()).filter(|scale| *scale != Scale::default()),
            stage: Some(session.stage()),
            focus: session.focus().filter(|focus| focus.pinned).map(|focus| focus.spot),
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
    /// Says which keys there are not, and which are there too often.
    fn judge_keys(&mut self) {
        let mut seen: Vec<&str> = Vec::new();
        for (key, _) in &self.pairs {
            let known = KEYS.iter().map(|(name, _)| *name).find(|name| name == key);
            let problem = match known {
                Some(key) if seen.contains(&key) && !LISTS.contains(&key) => {
                    AddressError::Repeated { key }
                }
                Some(_) => {
                    seen.extend(known);
                    continue;
                }
                None if is_left_by_others(key) => continue,
                None => AddressError::Unknown { key: shortened(key), nearest: nearest(key) },
            };
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(found, _)| found == key).map(|(_, value)| value.as_str())
    }

    fn list(&self, key: &str) -> Option<Vec<String>> {
        let all = self.pairs.iter().filter(|(found, _)| found == key);
        let list: Vec<String> = all.map(|(_, value)| value.clone()).collect();
        (!list.is_empty()).then_some(list)
    }

    /// The labels; white space around one is nobody's wish.
    fn labels(&self) -> Option<Vec<String>> {
        let labels = self.list("label")?;
        Some(labels.iter().map(|label| label.trim().to_owned()).collect())
    }

    /// What the address says of the view that is not open, with what is wrong in that.
    fn aside(&mut self) -> Option<Settings> {
        let inner = self.text("aside")?.to_owned();
        let (address, problems) = Address::read(&inner);
        if address.settings.is_none() && problems.is_empty() {
            self.problems.push(AddressError::Value { key: "aside", value: shortened(&inner) });
        }
        self.problems.extend(problems);
        address.settings
    }

    /// What looks as if a part of the address had become part of a value.
    fn judge_values(&mut self, written: &str) {
        // The sign of what cannot be read can also have been written.
        let has_sign = written.to_ascii_uppercase().contains("%EF%BF%BD")
            || written.contains(char::REPLACEMENT_CHARACTER);
        let mut found = Vec::new();
        for (key, value) in &self.pairs {
            let Some(&(key, _)) = KEYS.iter().find(|(name, _)| name == key) else { continue };
            if value.contains(char::REPLACEMENT_CHARACTER) && !has_sign {
                found.push(AddressError::Damaged { key });
            }
            // The address inside of an address is judged by itself.
            if matches!(key, "aside" | "own") {
                continue;
            }
            let inside = value.match_indices([';', '#', '?', '&']).find_map(|(at, sign)| {
                let (name, _) = value[at + sign.len()..].split_once('=')?;
                is_key(name).then(|| AddressError::Inside {
                    key,
                    sign: sign.to_owned(),
                    name: key_of(name),
                })
            });
            found.extend(inside);
        }
        self.problems.extend(found);
    }

    /// The value of a key, if it is there; what `read` cannot read is a problem.
    fn value<T>(&mut self, key: &'static str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.text(key)?;
        let found = read(value.trim());
        if found.is_none() {
            let value = shortened(value);
            self.problems.push(AddressError::Value { key, value });
        }
        found
    }

    fn whole<T: FromStr>(&mut self, key: &'static str) -> Option<T> {
        self.value(key, |value| value.parse().ok())
    }

    /// The settings, if the address has any of them. A key that makes no experiment is left out by
    /// itself, and what the others say is kept.
    fn settings(&mut self, language: Language) -> Option<Settings> {
        let named = |key: &str| KEYS.iter().take(SETTINGS).any(|(name, _)| *name == key);
        if !self.pairs.iter().any(|(key, _)| named(key)) {
            return None;
        }
        let words = language.words();
        let first_seed = self.text("text").is_none().then_some(words.first_seed());
        let task = self.task(words);
        let text = self.text("text").unwrap_or(words.first_text()).to_owned();
        let unit = self.value("unit", unit_named);
        let cell = self.value("cell", cell_named);
        let initial = Initial { h: self.value("h0", numbers), c: self.value("c0", numbers) };
        let mut settings = Settings {
            vocabulary: self.list("vocab"),
            cell: cell.unwrap_or(Cell::Tanh),
            initial: (initial != Initial::default()).then_some(initial),
            keep_bias: self.value("keep", number),
            reduction: self.value("reduction", |name| match name {
                "sum" => Some(Reduction::Sum),
                "mean" => Some(Reduction::Mean),
                _ => None,
            }),
            hidden: self.whole("cells").unwrap_or(DEFAULT_UNITS),
            seed: self.whole("seed").or(first_seed),
            spectral_radius: self.value("radius", number),
            learning_rate: self.value("eta", number),
            truncation: self.whole("window"),
            clip_norm: self.value("clip", number),
            ..Settings::new(text, unit.unwrap_or(StepUnit::Word), task)
        };
        let mut left_out = Vec::new();
        let experiment = loop {
            match Experiment::new(settings.clone()) {
                Ok(experiment) => break experiment,
                Err(problem) => {
                    let key = key_at_fault(&problem);
                    if left_out.contains(&key) {
                        return None;
                    }
                    leave_out(key, &mut settings, words.first_text());
                    left_out.push(key);
                    self.problems.push(AddressError::Experiment { key, problem });
                }
            }
        };
        if let Some(sign) = sign_for_spaces(&settings) {
            self.problems.push(AddressError::NoSpaces { sign });
        }
        Some(self.with_weights(experiment).settings().clone())
    }

    fn task(&mut self, words: &Words) -> Task {
        let task = self.value("task", |name| {
            ["binary", "classes", "values", "next-token"].into_iter().find(|kind| *kind == name)
        });
        let unused = |reader: &mut Self, key, beside| {
            if reader.text(key).is_some() {
                reader.problems.push(AddressError::Unused { key, beside });
            }
        };
        if self.text("targets").is_some() {
            unused(self, "target", "targets");
        }
        match task {
            Some("next-token") => {
                for key in ["label", "target", "targets"] {
                    unused(self, key, "task=next-token");
                }
                Task::NextToken
            }
            Some("values") => {
                unused(self, "label", "task=values");
                let read = |typed: &str| numbers(typed).filter(|list| !list.is_empty());
                Task::Values { targets: self.targets(read, vec![1.0]) }
            }
            Some("binary") => {
                unused(self, "label", "task=binary");
                self.binary()
            }
            kind => match self.labels() {
                Some(labels) => self.classes(labels),
                None if kind == Some("classes") => self.classes(words.first_labels()),
                None => self.binary(),
            },
        }
    }

    fn binary(&mut self) -> Task {
        let read = |typed: &str| match typed {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        };
        Task::Binary { targets: self.targets(read, false) }
    }

    fn classes(&mut self, labels: Vec<String>) -> Task {
        Task::Classes { labels, targets: self.targets(|typed| typed.parse().ok(), 0) }
    }

    /// The targets of all steps, `-` where one has none, or else the one of the last step.
    fn targets<T>(&mut self, read: impl Fn(&str) -> Option<T>, otherwise: T) -> Targets<T> {
        let each = self.value("targets", |typed| {
            let one = |typed: &str| match typed {
                NO_TARGET => Some(None),
                typed => read(typed).map(Some),
            };
            typed.split_whitespace().map(one).collect::<Option<Vec<_>>>()
        });
        match each {
            Some(each) => Targets::Each(each),
            None => Targets::Last(self.value("target", read).unwrap_or(otherwise)),
        }
    }

    /// `fresh` with the weights of the address, if it has some and they fit.
    fn with_weights(&mut self, fresh: Experiment) -> Experiment {
        let Some(packed) = self.text("weights") else { return fresh };
        let mut weights = fresh.weights().zeros_like();
        let problem = if unpack(packed, &mut weights).is_some() {
            let settings = Settings { weights: Some(weights), ..fresh.settings().clone() };
            match Experiment::new(settings) {
                Ok(experiment) => return experiment,
                Err(problem) => AddressError::Experiment { key: "weights", problem },
            }
        } else {
            AddressError::Value { key: "weights", value: shortened(packed) }
        };
        self.problems.push(problem);
        fresh
    }
}

/// What stands for a step without a target.
const NO_TARGET: &str = "-";

/// Numbers with commas between them.
fn numbers(typed: &str) -> Option<Vec<f64>> {
    let parts = typed.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| number(part).filter(|number| number.is_finite())).collect()
}

fn written_numbers(numbers: &[f64]) -> String {
    numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(",")
}

/// n where an address names none.
const DEFAULT_UNITS: usize = 4;

/// The key whose value is at fault.
fn key_at_fault(problem: &ExperimentError) -> &'static str {
    match problem {
        ExperimentError::Text(TextError::UnknownToken { .. } | TextError::NoVocabulary) => "vocab",
        ExperimentError::Text(TextError::NothingToPredict | TextError::NoNextToken) => "task",
        ExperimentError::TargetCount { .. }
        | ExperimentError::NoTarget
        | ExperimentError::TargetLength { .. } => "targets",
        ExperimentError::InitialLength { field, .. }
        | ExperimentError::NoSuchPart { field, .. } => match *field {
            "keep_bias" => "keep",
            "initial.c" => "c0",
            _ => "h0",
        },
        ExperimentError::ListLength { field, .. }
        | ExperimentError::RepeatedEntry { field, .. }
        | ExperimentError::EmptyEntry { field, .. } => match *field {
            "vocabulary" => "vocab",
            _ => "label",
        },
        ExperimentError::OutOfRange { field, .. } => match field.as_str() {
            "task.target" => "target",
            field if field.starts_with("task.targets") => "targets",
            field if field.starts_with("initial.c") => "c0",
            field if field.starts_with("initial") => "h0",
            "keep_bias" => "keep",
            "hidden" => "cells",
            "spectral_radius" => "radius",
            "learning_rate" => "eta",
            "truncation" => "window",
            "clip_norm" => "clip",
            _ => "weights",
        },
        _ => "text",
    }
}

/// Puts what is there without a key in the place of its value.
fn leave_out(key: &str, settings: &mut Settings, first_text: &str) {
    match key {
        "vocab" => settings.vocabulary = None,
        "task" | "label" => settings.task = Task::binary(false),
        "target" | "targets" => match &mut settings.task {
            Task::Classes { targets, .. } => *targets = Targets::Last(0),
            Task::Values { targets } => *targets = Targets::Last(vec![1.0]),
            task => *task = Task::binary(false),
        },
        "keep" => settings.keep_bias = None,
        "h0" | "c0" => settings.initial = None,
        "cells" => settings.hidden = DEFAULT_UNITS,
        "radius" => settings.spectral_radius = None,
        "eta" => settings.learning_rate = None,
        "window" => settings.truncation = None,
        "clip" => settings.clip_norm = None,
        _ => {
            let numbers = settings.unit == StepUnit::Number;
            let text = if numbers { FIRST_NUMBERS } else { first_text };
            text.clone_into(&mut settings.text);
            settings.vocabulary = None;
        }
    }
}

/// What stands in a text of one word where spaces seem to be meant, as after encoding them twice.
fn sign_for_spaces(settings: &Settings) -> Option<&'static str> {
    let text = settings.text.trim();
    let between = |sign: &&&str| {
        let mut parts = text.split(**sign);
        parts.clone().count() > 1 && parts.all(|part| part.chars().any(char::is_alphabetic))
    };
    let one_word = settings.unit == StepUnit::Word && !text.contains(char::is_whitespace);
    ["+", "%20"].iter().filter(|_| one_word).find(between).copied()
}

fn write_settings(settings: &Settings, out: &mut Serializer<'_, String>) {
    out.append_pair("text", &settings.text);
    let mut pair = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            out.append_pair(key, &value);
        }
    };
    let unit = Some(settings.unit).filter(|unit| *unit != StepUnit::Word);
    pair("unit", unit.map(|unit| name_of_unit(unit).to_owned()));
    for token in settings.vocabulary.iter().flatten() {
        pair("vocab", Some(token.clone()));
    }
    match &settings.task {
        Task::Binary { targets } => {
            let written = |target: &bool| u8::from(*target).to_string();
            write_targets(targets, written, *targets == Targets::Last(false), &mut pair);
        }
        Task::Classes { labels, targets } => {
            for label in labels {
                pair("label", Some(label.clone()));
            }
            write_targets(targets, usize::to_string, false, &mut pair);
        }
        Task::Values { targets } => {
            pair("task", Some("values".to_owned()));
            write_targets(targets, |numbers| written_numbers(numbers), false, &mut pair);
        }
        Task::NextToken => pair("task", Some("next-token".to_owned())),
    }
    let reduction = settings.reduction.map(|reduction| match reduction {
        Reduction::Sum => "sum",
        Reduction::Mean => "mean",
    });
    pair("reduction", reduction.map(str::to_owned));
    pair("cell", (settings.cell != Cell::Tanh).then(|| settings.cell.name().to_owned()));
    let initial = settings.initial.clone().unwrap_or_default();
    pair("h0", initial.h.as_deref().map(written_numbers));
    pair("c0", initial.c.as_deref().map(written_numbers));
    pair("keep", settings.keep_bias.map(|bias| bias.to_string()));
    pair("cells", (settings.hidden != 4).then(|| settings.hidden.to_string()));
    pair("seed", settings.seed.map(|seed| seed.to_string()));
    pair("radius", settings.spectral_radius.map(|radius| radius.to_string()));
    pair("eta", settings.learning_rate.map(|rate| rate.to_string()));
    pair("window", settings.truncation.map(|window| window.to_string()));
    pair("clip", settings.clip_norm.map(|threshold| threshold.to_string()));
    pair("weights", settings.weights.as_ref().map(pack));
}

/// Writes the targets, one or one a step, but where they need no word.
fn write_targets<T>(
    targets: &Targets<T>,
    written: impl Fn(&T) -> String,
    usual: bool,
    pair: &mut impl FnMut(&str, Option<String>),
) {
    match targets {
        Targets::Last(target) => pair("target", (!usual).then(|| written(target))),
        Targets::Each(each) => {
            let one =
                |target: &Option<T>| target.as_ref().map_or_else(|| NO_TARGET.to_owned(), &written);
            pair("targets", Some(each.iter().map(one).collect::<Vec<_>>().join(" ")));
        }
    }
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
    for weight in weights.numbers_mut() {
        *weight = numbers.next()?;
    }
    (rest.is_empty() && numbers.next().is_none()).then_some(())
}

const fn name_of(view: View) -> &'static str {
    match view {
        View::Score => "score",
        View::Lesson => "lesson",
        View::Train => "train",
        View::Chain => "chain",
        View::Laboratory => "laboratory",
    }
}

const fn name_of_unit(unit: StepUnit) -> &'static str {
    match unit {
        StepUnit::Word => "word",
        StepUnit::Character => "character",
        StepUnit::Number => "number",
    }
}

fn unit_named(name: &str) -> Option<StepUnit> {
    let units = [StepUnit::Word, StepUnit::Character, StepUnit::Number];
    units.into_iter().find(|&unit| name_of_unit(unit) == name)
}

fn cell_named(name: &str) -> Option<Cell> {
    Cell::ALL.into_iter().find(|cell| cell.name() == name)
}

fn parameter_named(name: &str) -> Option<Parameter> {
    let mut all = Cell::ALL.into_iter().flat_map(|cell| cell.recipe().parameters());
    all.find(|parameter| parameter.field() == name)
}

/// Rows of any cell, by their names.
fn lanes_named(names: &str) -> Option<Vec<Lane>> {
    let all = || Cell::ALL.into_iter().flat_map(|cell| Lane::of(cell)).map(|(lane, _)| *lane);
    let names = names.split([' ', ',']).filter(|name| !name.is_empty());
    names.map(|name| all().find(|lane| lane.name() == name)).collect()
}

fn view_named(name: &str) -> Option<View> {
    View::ALL.into_iter().find(|&view| name_of(view) == name)
}

/// A screen by chapter and screen, both from 1.
fn place_named(name: &str) -> Option<Place> {
    let (chapter, screen) = name.split_once('.').unwrap_or((name, "1"));
    let from_one = |number: &str| number.parse::<usize>().ok()?.checked_sub(1);
    let place = Place { chapter: from_one(chapter)?, screen: from_one(screen)? };
    if !crate::lesson::has_chapters() {
        // Whether it is there is seen when they are.
        return Some(place);
    }
    let chapter = crate::lesson::chapters().get(place.chapter)?;
    (place.screen < chapter.screens.len()).then_some(place)
}
