//! A training over time: every update, and the way back to each.

use super::{
    file::MOST_UPDATES,
    training::{Controls, Explained, Score, State, Training, Update},
};
use crate::Weights;
use std::sync::Arc;

/// The most places of a run that are kept; the updates between are made again when they are asked for.
pub const MOST_SNAPSHOTS: usize = 200;

/// The most numbers that the snapshots of a run have together: 64 MB. A large network has fewer
/// snapshots.
pub const MOST_NUMBERS: usize = 8 << 20;

/// How often a run looks at the held-out sequences, in updates, unless it is told otherwise.
pub const LOOK_EVERY: usize = 10;

/// What a run finds at an update, before its step.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// How many updates have been made.
    pub updates: usize,
    /// How well the held-out sequences are answered.
    pub held_out: Score,
    /// ‖∂L/∂H⁽ᵗ⁾‖ by the distance from the last step, the mean over the first held-out sequences; see
    /// [`Training::reach`].
    pub reach: Vec<f64>,
}

/// Why a run stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// It was told to.
    Paused,
    /// It has just reached its goal for the first time. It can go on.
    Goal,
    /// There is no number any more: it cannot go on.
    NoNumber,
    /// It has made [`MOST_UPDATES`] updates, and makes no more.
    Full,
}

/// A training with everything that it has been.
///
/// It is a function of the place in it: [`Self::at`] gives the training after any number of updates,
/// from the nearest snapshot before it. Equal updates are made of equal numbers, so nothing is lost
/// between snapshots but time.
#[derive(Clone, Debug)]
pub struct Run {
    now: Training,
    goal: Option<f64>,
    /// It looks at the held-out sequences every so many updates.
    every: usize,
    updates: Vec<Update>,
    looks: Vec<Look>,
    /// Shared, so that a copy of a run is cheap.
    snapshots: Vec<Arc<State>>,
    /// A snapshot is kept every so many updates.
    stride: usize,
    /// The controls, each from so many updates on.
    controls: Vec<(usize, Controls)>,
    reached: Option<usize>,
    no_number: Option<usize>,
}

/// How many held-out sequences [`Look::reach`] is the mean of.
const REACHED: usize = 16;

impl Run {
    /// A run that begins where `training` stands; `goal` is the held-out accuracy to reach.
    pub fn new(training: Training, goal: Option<f64>) -> Self {
        let mut run = Self {
            goal,
            every: LOOK_EVERY,
            updates: Vec::new(),
            looks: Vec::new(),
            snapshots: vec![Arc::new(training.state().clone())],
            stride: 1,
            controls: vec![(0, training.controls())],
            reached: None,
            no_number: None,
            now: training,
        };
        run.look();
        run
    }

    /// The same, but it looks at the held-out sequences every so many updates; 0 counts as 1.
    #[must_use]
    pub fn looking_every(self, updates: usize) -> Self {
        Self { every: updates.max(1), ..self }
    }

    /// The training as it is after the last update.
    pub fn training(&self) -> &Training {
        &self.now
    }

    /// The same, to be asked.
    pub fn training_mut(&mut self) -> &mut Training {
        &mut self.now
    }

    /// Every update so far.
    pub fn updates(&self) -> &[Update] {
        &self.updates
    }

    /// What was found every [`LOOK_EVERY`] updates, or however often it looks; the first before any.
    pub fn looks(&self) -> &[Look] {
        &self.looks
    }

    /// The held-out accuracy to reach.
    pub fn goal(&self) -> Option<f64> {
        self.goal
    }

    /// After how many updates the goal was reached first.
    pub fn reached(&self) -> Option<usize> {
        self.reached
    }

    /// Since which update there is no number any more, if it is so: its loss, its gradient or the
    /// weights after it are infinite or not a number. A smaller learning rate helps.
    pub fn no_number_since(&self) -> Option<usize> {
        self.no_number
    }

    /// After how many updates a snapshot is kept.
    pub fn snapshots(&self) -> impl Iterator<Item = usize> + '_ {
        self.snapshots.iter().map(|state| state.updates)
    }

    /// Goes on with other controls from here.
    pub fn set_controls(&mut self, controls: Controls) {
        let here = self.now.updates();
        self.now.set_controls(controls);
        self.controls.retain(|(since, _)| *since < here);
        self.controls.push((here, controls));
    }

    /// Makes updates as long as `more` says so, which is asked before each; `more` may look at a clock.
    pub fn run_while(&mut self, mut more: impl FnMut() -> bool) -> Halt {
        loop {
            if self.no_number.is_some() {
                return Halt::NoNumber;
            }
            if self.updates.len() == MOST_UPDATES {
                return Halt::Full;
            }
            if !more() {
                return Halt::Paused;
            }
            let update = self.now.update();
            self.updates.push(update);
            self.keep();
            if !update.is_number() {
                self.no_number = Some(update.number);
            } else if update.number.is_multiple_of(self.every) && self.look() {
                return Halt::Goal;
            }
        }
    }

    /// Makes so many updates, or fewer if it halts before.
    pub fn run_for(&mut self, updates: usize) -> Halt {
        let mut left = updates;
        self.run_while(|| {
            let more = left > 0;
            left = left.saturating_sub(1);
            more
        })
    }

    /// Keeps a snapshot if one is due, and every other one of them where there are too many.
    fn keep(&mut self) {
        if !self.now.updates().is_multiple_of(self.stride) {
            return;
        }
        let most = (MOST_NUMBERS / self.now.state().len().max(1)).clamp(2, MOST_SNAPSHOTS);
        if self.snapshots.len() == most {
            self.stride *= 2;
            let stride = self.stride;
            let first = self.snapshots[0].updates;
            self.snapshots.retain(|it| it.updates == first || it.updates.is_multiple_of(stride));
        }
        if self.now.updates().is_multiple_of(self.stride) {
            self.snapshots.push(Arc::new(self.now.state().clone()));
        }
    }

    /// Looks at the held-out sequences, and answers whether the goal was reached first now.
    /// The weights after so many updates, wherever a snapshot is kept, and after the last update.
    pub fn weights(&self) -> impl Iterator<Item = (usize, &Weights)> {
        let now = (self.now.updates(), self.now.weights());
        let kept = self.snapshots.iter().map(|state| (state.updates, &state.weights));
        kept.filter(move |(updates, _)| *updates < now.0).chain([now])
    }

    fn look(&mut self) -> bool {
        let held_out = self.now.held_out();
        let some: Vec<usize> = self.now.split().held_out().iter().copied().take(REACHED).collect();
        let reach = self.now.reach(&some);
        let updates = self.now.updates();
        self.looks.push(Look { updates, held_out, reach });
        let there = self.goal.zip(held_out.accuracy).is_some_and(|(goal, now)| now >= goal);
        if there && self.reached.is_none() {
            self.reached = Some(updates);
            return true;
        }
        false
    }

    /// The training after so many updates, or after all that there are.
    pub fn at(&self, updates: usize) -> Training {
        let updates = updates.min(self.now.updates());
        let nearest = self.snapshots.partition_point(|state| state.updates <= updates);
        let mut training = self.now.clone();
        if let Some(state) = self.snapshots.get(nearest.saturating_sub(1)) {
            training.go_to(state);
        }
        while training.updates() < updates {
            training.set_controls(self.controls_at(training.updates()));
            training.update();
        }
        training.set_controls(self.controls_at(updates));
        training
    }

    /// The controls, each from so many updates on; the first from none on.
    pub fn changes(&self) -> &[(usize, Controls)] {
        &self.controls
    }

    /// The controls of the update after so many.
    pub fn controls_at(&self, updates: usize) -> Controls {
        let since = self.controls.partition_point(|(since, _)| *since <= updates);
        self.controls[since.saturating_sub(1)].1
    }

    /// An update of the run taken apart, by its number from 1; the next one, if there is none of that
    /// number.
    pub fn explained(&self, number: usize) -> Explained {
        self.at(number.saturating_sub(1)).explained()
    }

    /// Goes back to where it stood after so many updates, and forgets what came then.
    pub fn go_back(&mut self, updates: usize) {
        if updates >= self.now.updates() {
            return;
        }
        self.now = self.at(updates);
        self.updates.retain(|update| update.number <= updates);
        self.looks.retain(|look| look.updates <= updates);
        self.snapshots.retain(|state| state.updates <= updates);
        self.controls.retain(|(since, _)| *since <= updates);
        self.reached = self.reached.filter(|reached| *reached <= updates);
        self.no_number = self.no_number.filter(|since| *since <= updates);
    }
}
