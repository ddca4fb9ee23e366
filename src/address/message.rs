//! What a page and the page around it say to each other: JSON objects with `"unrolled": 1`, which is
//! the version of this protocol. Anything else is not ours, and not answered.

use super::spots;
use crate::session::{Spot, Stage};
use serde_json::{Map, Value};

/// The version of the protocol.
const VERSION: u64 = 1;

/// What the page around asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Open what an address says.
    Set {
        /// The address, as [`Address::read`](super::Address::read) reads it.
        address: String,
        /// The experiment, as a file has it, where it is not that of the address.
        experiment: Option<String>,
    },
    /// Show another place of what is open; what is not named, or by no such name, stays.
    Go {
        /// The stage, by its name.
        at: Option<Stage>,
        /// The number that is pointed at, by its name.
        focus: Option<Spot>,
    },
    /// Say how things stand; the answer has the same `id`.
    Get {
        /// Whatever tells the answer from others.
        id: Value,
    },
    /// Let time run.
    Play,
    /// Stop time.
    Pause,
}

impl Request {
    /// Reads a message; none if it is not one of ours.
    pub fn read(json: &str) -> Option<Self> {
        let mut message: Map<String, Value> = serde_json::from_str(json).ok()?;
        if message.get("unrolled")?.as_u64() != Some(VERSION) {
            return None;
        }
        Some(match message.get("do")?.as_str()? {
            "set" => Self::Set {
                address: message.get("address")?.as_str()?.to_owned(),
                experiment: message.get("experiment").map(Value::to_string),
            },
            "go" => {
                let named = |field: &str| message.get(field)?.as_str();
                Self::Go {
                    at: named("at").and_then(|name| name.replace('.', ":").parse().ok()),
                    focus: named("focus").and_then(spots::read),
                }
            }
            "get" => Self::Get { id: message.remove("id").unwrap_or_default() },
            "play" => Self::Play,
            "pause" => Self::Pause,
            _ => return None,
        })
    }
}

/// What the page tells the page around it.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// It can be spoken with.
    Ready,
    /// It needs this height, in CSS pixels.
    Height {
        /// The height.
        height: f64,
    },
    /// Another moment is on show.
    Moment {
        /// Its name, such as `backward:3`.
        moment: String,
    },
    /// The experiment has changed.
    Experiment {
        /// The address of what is on show.
        address: String,
    },
    /// Something else is on show, of the experiment or of how one looks at it; while time runs, only
    /// another experiment.
    Address {
        /// The address that brings it all back.
        address: String,
    },
    /// Another screen of the lesson is open.
    Screen {
        /// The chapter, from 1.
        chapter: usize,
        /// The screen, from 1.
        screen: usize,
        /// Whether it is the last one of all.
        last: bool,
    },
    /// A question of the lesson was answered, or a task done.
    Answer {
        /// The chapter, from 1.
        chapter: usize,
        /// The screen, from 1.
        screen: usize,
        /// Whether the answer is right; a task that is done is.
        right: bool,
        /// Whether it was a task.
        task: bool,
    },
    /// A key was pressed that nothing on the page wants.
    Key {
        /// Its name, such as `ArrowRight`.
        key: String,
    },
    /// How things stand, as was asked.
    State {
        /// The `id` of the request.
        id: Value,
        /// The address of what is on show.
        address: String,
        /// The moment.
        moment: String,
        /// L.
        loss: f64,
    },
}

impl Notice {
    /// The message, as JSON.
    pub fn written(&self) -> String {
        let (event, fields): (&str, Vec<(&str, Value)>) = match self {
            Self::Ready => ("ready", Vec::new()),
            Self::Height { height } => ("height", vec![("height", (*height).into())]),
            Self::Moment { moment } => ("moment", vec![("moment", moment.as_str().into())]),
            Self::Experiment { address } => {
                ("experiment", vec![("address", address.as_str().into())])
            }
            Self::Address { address } => ("address", vec![("address", address.as_str().into())]),
            Self::Screen { chapter, screen, last } => (
                "screen",
                vec![
                    ("chapter", (*chapter).into()),
                    ("screen", (*screen).into()),
                    ("last", (*last).into()),
                ],
            ),
            Self::Answer { chapter, screen, right, task } => (
                "answer",
                vec![
                    ("chapter", (*chapter).into()),
                    ("screen", (*screen).into()),
                    ("right", (*right).into()),
                    ("task", (*task).into()),
                ],
            ),
            Self::Key { key } => ("key", vec![("key", key.as_str().into())]),
            Self::State { id, address, moment, loss } => (
                "state",
                vec![
                    ("id", id.clone()),
                    ("address", address.as_str().into()),
                    ("moment", moment.as_str().into()),
                    ("loss", (*loss).into()),
                ],
            ),
        };
        let head = [("unrolled", VERSION.into()), ("event", event.into())];
        let mut message = Map::new();
        for (name, value) in head.into_iter().chain(fields) {
            message.insert(name.to_owned(), value);
        }
        Value::Object(message).to_string()
    }
}
