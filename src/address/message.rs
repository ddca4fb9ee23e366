//! What a page and the page around it say to each other: JSON objects with `"unrolled": 1`, which is
//! the version of this protocol. Anything else is not ours, and not answered.

use serde::{Deserialize, Serialize};

/// The version of the protocol.
const VERSION: u32 = 1;

#[derive(Deserialize)]
struct Envelope {
    unrolled: u32,
    #[serde(flatten)]
    request: Request,
}

/// What the page around asks for.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Request {
    /// Open what an address says.
    Set {
        /// The address, as [`Address::read`](super::Address::read) reads it.
        address: String,
    },
    /// Say how things stand; the answer has the same `id`.
    Get {
        /// Whatever tells the answer from others.
        #[serde(default)]
        id: serde_json::Value,
    },
    /// Let time run.
    Play,
    /// Stop time.
    Pause,
}

impl Request {
    /// Reads a message; none if it is not one of ours.
    pub fn read(json: &str) -> Option<Self> {
        let envelope: Envelope = serde_json::from_str(json).ok()?;
        (envelope.unrolled == VERSION).then_some(envelope.request)
    }
}

/// What the page tells the page around it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
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
        id: serde_json::Value,
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
        #[derive(Serialize)]
        struct Envelope<'a> {
            unrolled: u32,
            #[serde(flatten)]
            notice: &'a Notice,
        }
        // Only a map with keys that are not texts can fail to print, and there is none.
        serde_json::to_string(&Envelope { unrolled: VERSION, notice: self }).unwrap_or_default()
    }
}
