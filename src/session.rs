//! The learner's state: a pure machine. Actions go in, the next state comes out.
//!
//! The reducer reads no clock, no storage and no randomness: time arrives as [`Action::Tick`],
//! a new seed inside [`Edit::Seed`]. There is always a run to show: what cannot become an
//! experiment is kept as a [`Draft`] beside the last good one.

mod edit;
mod timeline;

pub use edit::Edit;
pub use timeline::{Cursor, Moment, Timeline};

use crate::rnn::{Experiment, ExperimentError, Trace};
use std::{ops::Deref, rc::Rc, time::Duration};

/// How long one moment takes at speed 1.
const MOMENT: Duration = Duration::from_millis(1100);

/// How long the motion takes that follows a single step.
const SINGLE_STEP: Duration = Duration::from_millis(450);

/// A trace that is cheap to clone and to compare: two are equal if they are the same run.
#[derive(Clone, Debug)]
pub struct Run(Rc<Trace>);

impl Run {
    /// Computes the run of `experiment`.
    pub fn of(experiment: Experiment) -> Self {
        Self(Rc::new(Trace::of(experiment)))
    }
}

impl PartialEq for Run {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Run {
    type Target = Trace;

    fn deref(&self) -> &Trace {
        &self.0
    }
}

/// Whether the learner's last edit became the experiment on the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Draft {
    /// It did.
    Accepted,
    /// It could not; the last good run stays.
    Rejected {
        /// The edit, kept so that nothing typed is lost.
        edit: Edit,
        /// What is wrong with it.
        problem: ExperimentError,
    },
}

/// Whether time runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Playback {
    /// It stands still.
    Paused,
    /// It runs to the end of the present moment, and then stands still.
    Stepping,
    /// It runs to the end of the pass.
    Playing,
}

/// How fast the moments follow one another while playing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Speed {
    /// Half as fast.
    Half,
    /// A little over a second a moment.
    #[default]
    Normal,
    /// Twice as fast.
    Double,
    /// Four times as fast.
    Quadruple,
    /// Sixteen times as fast, for long sequences.
    Sixteenfold,
}

impl Speed {
    /// All speeds, slowest first.
    pub const ALL: [Self; 5] =
        [Self::Half, Self::Normal, Self::Double, Self::Quadruple, Self::Sixteenfold];

    /// How many times the normal speed it is.
    pub const fn factor(self) -> f64 {
        match self {
            Self::Half => 0.5,
            Self::Normal => 1.0,
            Self::Double => 2.0,
            Self::Quadruple => 4.0,
            Self::Sixteenfold => 16.0,
        }
    }
}

/// What a learner, or time, does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Changes the experiment.
    Edit(Edit),
    /// Goes to a place on the timeline.
    Seek(Cursor),
    /// Goes on to the next moment; from the last one, updates the weights.
    StepForward,
    /// Goes back to the moment before.
    StepBack,
    /// Goes to the first moment.
    GoToStart,
    /// Goes to the last moment.
    GoToEnd,
    /// Lets time run, from the start again if it stands at the end.
    Play,
    /// Stops time.
    Pause,
    /// Chooses how fast time runs.
    SetSpeed(Speed),
    /// Time has passed since the last frame.
    Tick {
        /// How much.
        elapsed: Duration,
    },
    /// Takes one step of gradient descent and begins the next pass.
    Update,
}

/// All that the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    run: Run,
    draft: Draft,
    cursor: Cursor,
    playback: Playback,
    speed: Speed,
    updates: usize,
}

impl Session {
    /// Begins with `experiment`, its backward pass just arrived at the first step.
    pub fn new(experiment: Experiment) -> Self {
        let timeline = Timeline::of(experiment.steps());
        Self {
            cursor: Cursor::at(timeline.position(Moment::Backward(crate::rnn::Step::FIRST))),
            run: Run::of(experiment),
            draft: Draft::Accepted,
            playback: Playback::Paused,
            speed: Speed::default(),
            updates: 0,
        }
    }

    /// The run on the page.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// Whether the last edit was accepted.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The place on the timeline.
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// Whether time runs.
    pub fn playback(&self) -> Playback {
        self.playback
    }

    /// How fast it runs while playing.
    pub fn speed(&self) -> Speed {
        self.speed
    }

    /// How many updates the weights have had since they were set up.
    pub fn updates(&self) -> usize {
        self.updates
    }

    /// The order of moments of the present run.
    pub fn timeline(&self) -> Timeline {
        Timeline::of(self.run.steps())
    }

    /// The moment on show.
    pub fn moment(&self) -> Moment {
        self.timeline().moment(self.cursor.position)
    }

    /// The state after `action`.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        next.apply(action);
        next
    }

    fn apply(&mut self, action: Action) {
        let last = self.timeline().last();
        match action {
            Action::Edit(edit) => self.edit(edit),
            Action::Seek(cursor) => self.rest_at(self.timeline().clamp(cursor)),
            Action::StepForward if self.cursor.position < last => {
                self.cursor = Cursor::beginning(self.cursor.position + 1);
                self.playback = Playback::Stepping;
            }
            Action::StepForward | Action::Update => self.update(),
            Action::StepBack => self.rest_at(Cursor::at(self.cursor.position.saturating_sub(1))),
            Action::GoToStart => self.rest_at(Cursor::at(0)),
            Action::GoToEnd => self.rest_at(Cursor::at(last)),
            Action::Play => {
                if self.cursor == Cursor::at(last) {
                    self.cursor = Cursor::beginning(0);
                }
                self.playback = Playback::Playing;
            }
            Action::Pause => self.playback = Playback::Paused,
            Action::SetSpeed(speed) => self.speed = speed,
            Action::Tick { elapsed } => self.tick(elapsed),
        }
    }

    fn rest_at(&mut self, cursor: Cursor) {
        self.cursor = cursor;
        self.playback = Playback::Paused;
    }

    fn edit(&mut self, edit: Edit) {
        match edit.applied_to(&self.run.experiment).and_then(Experiment::new) {
            Ok(experiment) => {
                let unchanged = experiment == self.run.experiment;
                self.draft = Draft::Accepted;
                if unchanged {
                    return;
                }
                if experiment.settings().weights.is_none() {
                    self.updates = 0;
                }
                self.show(experiment);
            }
            Err(problem) => self.draft = Draft::Rejected { edit, problem },
        }
    }

    /// Puts another run on the page, at the moment that corresponds to the present one.
    fn show(&mut self, experiment: Experiment) {
        let before = self.timeline();
        self.run = Run::of(experiment);
        self.cursor = self.timeline().corresponding(before, self.cursor);
    }

    fn update(&mut self) {
        match self.run.updated() {
            Ok(experiment) => {
                self.run = Run::of(experiment);
                self.updates += 1;
                self.cursor = Cursor::at(0);
                if self.playback == Playback::Stepping {
                    self.playback = Playback::Paused;
                }
            }
            Err(problem) => {
                self.draft = Draft::Rejected { edit: Edit::Update, problem };
                self.playback = Playback::Paused;
            }
        }
    }

    fn tick(&mut self, elapsed: Duration) {
        let share = match self.playback {
            Playback::Paused => return,
            Playback::Stepping => elapsed.div_duration_f64(SINGLE_STEP),
            Playback::Playing => elapsed.div_duration_f64(MOMENT) * self.speed.factor(),
        };
        let arrived = self.cursor.progress + share;
        let more = self.cursor.position < self.timeline().last();
        self.cursor = match self.playback {
            Playback::Playing if arrived >= 1.0 && more => {
                // However long the page was away, it shows every moment.
                Cursor { position: self.cursor.position + 1, progress: (arrived - 1.0).min(0.999) }
            }
            _ => Cursor { progress: arrived.min(1.0), ..self.cursor },
        };
        if self.cursor.progress >= 1.0 {
            self.playback = Playback::Paused;
        }
    }
}
