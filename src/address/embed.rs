//! How a page is embedded: what it hides, what it fixes, who it talks to.

use super::{AddressError, Reader};
use crate::session::{Control, View};
use form_urlencoded::Serializer;

/// A part of the page that can be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The head of the page.
    Header,
    /// The controls of the experiment.
    Setup,
    /// The panel beside the score.
    Explanation,
    /// The weights.
    Weights,
    /// The transport.
    Transport,
    /// The tables of numbers.
    Tables,
    /// The tokens.
    Tokens,
    /// The lane of the hidden states.
    Hidden,
    /// The lanes of the gates.
    Gates,
    /// The lane of the outputs.
    Output,
    /// The lane of the error.
    Error,
    /// The heat map.
    HeatMap,
    /// The lane of the norms.
    Norm,
    /// The lane of the contributions.
    Contribution,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 14] = [
        Self::Header,
        Self::Setup,
        Self::Explanation,
        Self::Weights,
        Self::Transport,
        Self::Tables,
        Self::Tokens,
        Self::Hidden,
        Self::Gates,
        Self::Output,
        Self::Error,
        Self::HeatMap,
        Self::Norm,
        Self::Contribution,
    ];

    /// Its name in an address, and in the page's styles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Setup => "setup",
            Self::Explanation => "explanation",
            Self::Weights => "weights",
            Self::Transport => "transport",
            Self::Tables => "tables",
            Self::Tokens => "tokens",
            Self::Hidden => "hidden",
            Self::Gates => "gates",
            Self::Output => "output",
            Self::Error => "error",
            Self::HeatMap => "heat-map",
            Self::Norm => "norm",
            Self::Contribution => "contribution",
        }
    }
}

/// How a page is embedded.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Embed {
    /// What is hidden.
    pub hide: Vec<Part>,
    /// A part or view that is shown alone.
    pub only: Option<Alone>,
    /// What is fixed.
    pub lock: Vec<Control>,
    /// Whether it starts playing.
    pub play: bool,
    /// Whether single keys act on the whole page; else they do where the page is not embedded.
    pub keys: Option<bool>,
    /// The origin of the page around, which alone is spoken with.
    pub host: Option<String>,
    /// Whether the page may be kept for offline use although it is embedded.
    pub offline: bool,
}

/// What can be shown alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alone {
    /// The whole score.
    Score,
    /// The lanes of the training.
    Train,
    /// Only the loss of the training.
    LossCurve,
    /// The chain of Jacobians.
    Chain,
    /// The laboratory.
    Laboratory,
    /// One lane of the score, with its tokens.
    Lane(Part),
}

const LANES: [Part; 7] = [
    Part::Hidden,
    Part::Gates,
    Part::Output,
    Part::Error,
    Part::HeatMap,
    Part::Norm,
    Part::Contribution,
];

impl Alone {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Score, Self::Train, Self::LossCurve, Self::Chain, Self::Laboratory]
            .into_iter()
            .chain(LANES.into_iter().map(Self::Lane))
    }

    /// Its name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Train => "train",
            Self::LossCurve => "loss-curve",
            Self::Chain => "chain",
            Self::Laboratory => "laboratory",
            Self::Lane(part) => part.name(),
        }
    }
}

/// The view in which something alone is found.
pub(super) fn view_of(alone: Alone) -> Option<View> {
    match alone {
        Alone::Score | Alone::Lane(_) => None,
        Alone::Train | Alone::LossCurve => Some(View::Train),
        Alone::Chain => Some(View::Chain),
        Alone::Laboratory => Some(View::Laboratory),
    }
}

impl Embed {
    /// Everything that is hidden, with all that is around what is shown alone.
    pub fn hidden(&self) -> Vec<Part> {
        let around = [Part::Header, Part::Setup, Part::Explanation, Part::Weights, Part::Tables];
        let others = |part: &Part| match self.only {
            None => false,
            Some(Alone::Lane(lane)) => {
                around.contains(part) || (LANES.contains(part) && *part != lane)
            }
            Some(_) => around.contains(part),
        };
        Part::ALL.into_iter().filter(|part| self.hide.contains(part) || others(part)).collect()
    }

    /// Whether something of the experiment is fixed. Where the weights are, what the initial ones are
    /// drawn by is, too.
    pub fn locks(&self, control: Control) -> bool {
        let weights = control == Control::Start && self.lock.contains(&Control::Weights);
        weights || self.lock.contains(&control)
    }

    /// Whether a part of the page is shown.
    pub fn shows(&self, part: Part) -> bool {
        !self.hidden().contains(&part)
    }
}

fn some_of<T: Copy>(all: &[T], names: &str, name: fn(T) -> &'static str) -> Option<Vec<T>> {
    let names: Vec<&str> = names.split([' ', ',']).filter(|name| !name.is_empty()).collect();
    if names == ["all"] {
        return Some(all.to_vec());
    }
    let known = |wanted: &&str| all.iter().any(|&item| name(item) == *wanted);
    names
        .iter()
        .all(known)
        .then(|| all.iter().copied().filter(|&item| names.contains(&name(item))).collect())
}

/// An origin such as `https://example.org`.
fn origin(text: &str) -> Option<String> {
    let (scheme, host) = text.split_once("://")?;
    let clean = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
    let fits = matches!(scheme, "http" | "https") && !host.is_empty() && host.chars().all(clean);
    fits.then(|| text.to_owned())
}

pub(super) fn read(reader: &mut Reader) -> Embed {
    let yes = |value: &str| match value {
        "1" | "" => Some(true),
        "0" => Some(false),
        _ => None,
    };
    let embed = Embed {
        hide: reader
            .value("hide", |names| some_of(&Part::ALL, names, Part::name))
            .unwrap_or_default(),
        only: reader.value("only", |name| Alone::all().find(|alone| alone.name() == name)),
        lock: reader
            .value("lock", |names| some_of(&Control::ALL, names, Control::name))
            .unwrap_or_default(),
        play: reader.value("play", yes).unwrap_or_default(),
        keys: reader.value("keys", yes),
        host: reader.value("host", origin),
        offline: reader.value("offline", yes).unwrap_or_default(),
    };
    if embed.hidden().len() == Part::ALL.len() {
        reader.problems.push(AddressError::NothingLeft);
    }
    embed
}

pub(super) fn write(embed: &Embed, out: &mut Serializer<'_, String>) {
    let names = |names: Vec<&str>| (!names.is_empty()).then(|| names.join(" "));
    let mut pair = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            out.append_pair(key, &value);
        }
    };
    pair("hide", names(embed.hide.iter().map(|part| part.name()).collect()));
    pair("only", embed.only.map(|alone| alone.name().to_owned()));
    pair("lock", names(embed.lock.iter().map(|control| control.name()).collect()));
    pair("play", embed.play.then(|| "1".to_owned()));
    pair("keys", embed.keys.map(|on| u8::from(on).to_string()));
    pair("host", embed.host.clone());
    pair("offline", embed.offline.then(|| "1".to_owned()));
}
