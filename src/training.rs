//! A training and how a learner looks at it: a pure machine, as a [session](crate::session) is of one
//! run. Commands go in, the next state comes out.
//!
//! It reads no clock: time arrives as [`Command::Tick`], with a [`More`] that says how long it may go
//! on computing. Everything on show is a function of the [cursor](Learning::cursor), which is how many
//! updates have been made there.

mod data;
mod gaps;
mod moment;
mod race;
mod states;

pub use data::{Data, DataKind, Own};
pub use gaps::{COMPARED, Gaps, Tally};
pub use moment::{Moment, Said, said};
pub use race::{Comparison, Contest, Entrant, Outcome, Race, Runner};
pub use states::{States, side};

use crate::rnn::{
    Cell, Settings,
    train::{Controls, Explained, Halt, Network, Run, Training},
};
use std::{fmt, ops::Deref, rc::Rc, sync::Arc, time::Duration};

/// How much time passes between two updates of a slow training.
const BETWEEN: Duration = Duration::from_millis(60);

/// The most changes that can be undone.
const MOST_UNDONE: usize = 8;

/// The most units that the page trains.
pub const MOST_UNITS: usize = 32;

/// The seed of a first training.
pub const FIRST_SEED: u64 = 1;

/// Asked before each update of a frame, whether there is time for it.
#[derive(Clone)]
pub struct More(Rc<dyn Fn() -> bool>);

impl More {
    /// Which answers as `more` does, that may look at a clock.
    pub fn new(more: impl Fn() -> bool + 'static) -> Self {
        Self(Rc::new(more))
    }

    /// Whether there is time.
    pub fn goes_on(&self) -> bool {
        (self.0)()
    }
}

impl PartialEq for More {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for More {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("More")
    }
}

/// A run of updates, or a race, that is cheap to clone and to compare: two are equal if they are the same.
#[derive(Clone, Debug)]
pub struct Shared<T = Run>(Arc<T>);

impl<T> Shared<T> {
    /// Shares it.
    pub fn new(shared: T) -> Self {
        Self(Arc::new(shared))
    }
}

impl<T: Clone> Shared<T> {
    /// To be changed, in its own memory where nobody else looks at it.
    pub fn make_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

impl Shared {
    /// The experiment that shows a sequence with the weights after so many updates, and with the
    /// controls by which they are updated next.
    pub fn experiment(&self, sequence: usize, updates: usize) -> Option<Settings> {
        let training = self.at(updates);
        let Controls { learning_rate, clip_norm, truncation, .. } = self.controls_at(updates);
        let cell: Cell = training.network().cell;
        let settings = training.corpus().settings(sequence, cell, training.weights())?;
        Some(Settings { learning_rate: Some(learning_rate), clip_norm, truncation, ..settings })
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// How fast a training goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Pace {
    /// So that each update can be seen.
    #[default]
    Slow,
    /// As many updates as a frame has time for.
    Quick,
}

/// Whether it goes on by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// It stands still.
    Still,
    /// It goes on until something stops it.
    Going,
    /// It goes on, as fast as it can, until so many updates have been made.
    Until(usize),
    /// It stands still, and a race goes on beside it.
    Racing,
}

/// Why it stopped by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It has reached its goal for the first time.
    Goal,
    /// It has made as many updates as such a training takes, and not reached its goal.
    Late,
    /// The loss, the gradient or the weights are no numbers any more.
    NoNumber,
    /// It has made as many updates as are kept.
    Full,
}

/// What a learner, or time, does.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Begins a training of these data, with the settings that belong to them.
    Choose(Data),
    /// Begins anew with another network.
    Build(Network),
    /// Goes on from the cursor with other controls; what came after it is forgotten.
    Steer(Controls),
    /// Begins anew with everything as it is.
    Restart,
    /// Looks at the training after so many updates, as far as they have been made.
    Seek(usize),
    /// Makes one update, or goes to the one that was made next.
    StepForward,
    /// Goes one update back.
    StepBack,
    /// Goes to the initial weights.
    GoToStart,
    /// Goes to the last update.
    GoToEnd,
    /// Goes on by itself.
    Play,
    /// Goes on by itself, as fast as it can, until so many updates have been made.
    PlayUntil(usize),
    /// Begins a comparison with trainings like this one, or goes on with it.
    Compare(Comparison),
    /// Stands still.
    Pause,
    /// Chooses how fast it goes.
    SetPace(Pace),
    /// Time has passed since the last frame.
    Tick {
        /// How much.
        elapsed: Duration,
        /// How long it may compute.
        more: More,
    },
    /// Takes the last change back.
    Undo,
    /// Makes the change again that was taken back last.
    Redo,
}

/// A training as a learner looks at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Learning {
    now: Place,
    pace: Pace,
    motion: Motion,
    race: Option<Shared<Race>>,
    gaps: Option<Shared<Gaps>>,
    /// What is to happen on the way to the update that was asked for.
    plan: Plan,
    /// How much time has passed since the last update of a slow training.
    waited: Duration,
    past: Vec<Place>,
    future: Vec<Place>,
}

/// What is to happen on the way to an update, and there.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Plan {
    /// Other controls, each from so many updates on, in their order.
    pub changes: Vec<(usize, Controls)>,
    /// What is compared at the end of the way.
    pub then: Option<Comparison>,
}

/// What a change changes, and an undo brings back.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    data: Data,
    run: Shared,
    cursor: usize,
    rest: Option<Rest>,
}

impl Place {
    fn begun(data: Data, network: Network, controls: Controls) -> Self {
        let (corpus, split) = (Arc::clone(data.corpus()), data.split().clone());
        let training = Training::new(corpus, split, network, controls);
        let run = Shared::new(Run::new(training, data.goal()));
        Self { data, run, cursor: 0, rest: None }
    }

    fn end(&self) -> usize {
        self.run.updates().len()
    }

    /// Changes the run.
    fn change(&mut self, change: impl FnOnce(&mut Run) -> Halt) {
        let halt = change(self.run.make_mut());
        self.cursor = self.end();
        self.rest = match halt {
            Halt::Paused => None,
            Halt::Goal => Some(Rest::Goal),
            Halt::NoNumber => Some(Rest::NoNumber),
            Halt::Full => Some(Rest::Full),
        };
        if self.rest.is_none() && self.is_late() {
            self.rest = Some(Rest::Late);
        }
    }

    /// Whether it has just made as many updates as such a training takes, without a goal reached.
    fn is_late(&self) -> bool {
        self.end() == self.data.updates() && self.run.reached().is_none()
    }
}

impl Learning {
    /// A training of `data` before its first update, with the settings that belong to them.
    pub fn new(data: Data) -> Self {
        let (network, controls) = (data.network(FIRST_SEED), data.controls());
        Self::with(data, network, controls)
    }

    /// The same with other settings.
    pub fn with(data: Data, network: Network, controls: Controls) -> Self {
        Self::at(Place::begun(data, network, controls))
    }

    /// A training of `data` as far as it has come in `run`, looked at after so many updates.
    pub fn made(data: Data, run: Shared, updates: usize) -> Self {
        let cursor = updates.min(run.updates().len());
        Self::at(Place { data, run, cursor, rest: None })
    }

    fn at(now: Place) -> Self {
        Self {
            now,
            pace: Pace::default(),
            motion: Motion::Still,
            race: None,
            gaps: None,
            plan: Plan::default(),
            waited: Duration::ZERO,
            past: Vec::new(),
            future: Vec::new(),
        }
    }

    /// The same on its way to an update, with what is planned to happen on it.
    #[must_use]
    pub fn on_its_way(&self, updates: usize, plan: Plan) -> Self {
        let next = self.after(Command::PlayUntil(updates));
        match plan.then {
            Some(comparison) if updates == 0 => next.after(Command::Compare(comparison)),
            _ => Self { plan, ..next },
        }
    }

    /// The state after `command`.
    #[must_use]
    pub fn after(&self, command: Command) -> Self {
        let mut next = self.clone();
        next.apply(command);
        next
    }

    /// What it is trained on.
    pub fn data(&self) -> &Data {
        &self.now.data
    }

    /// Every update so far.
    pub fn run(&self) -> &Shared {
        &self.now.run
    }

    /// How many updates have been made where the learner looks.
    pub fn cursor(&self) -> usize {
        self.now.cursor
    }

    /// How many updates have been made.
    pub fn end(&self) -> usize {
        self.now.end()
    }

    /// How fast it goes.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// Whether it goes on by itself.
    pub fn motion(&self) -> Motion {
        self.motion
    }

    /// The race of trainings like this one, until its settings are changed.
    pub fn race(&self) -> Option<&Shared<Race>> {
        self.race.as_ref()
    }

    /// How often each cell bridges each gap, until the settings are changed.
    pub fn gaps(&self) -> Option<&Shared<Gaps>> {
        self.gaps.as_ref()
    }

    /// Why it stopped by itself, until something else is done.
    pub fn rest(&self) -> Option<Rest> {
        self.now.rest
    }

    /// What it began with.
    pub fn network(&self) -> Network {
        self.run().training().network()
    }

    /// What the update after the cursor is, or was, made by.
    pub fn controls(&self) -> Controls {
        self.run().controls_at(self.cursor())
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a change to make again.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// The training at the cursor.
    pub fn training(&self) -> Training {
        let run = self.run();
        if self.cursor() == self.end() { run.training().clone() } else { run.at(self.cursor()) }
    }

    /// The number of the update that is explained: the last one before the cursor, or the first.
    pub fn number(&self) -> usize {
        self.cursor().max(1)
    }

    /// That update taken apart.
    pub fn explained(&self) -> Explained {
        self.run().explained(self.number())
    }

    /// The experiment that shows a sequence with the weights after so many updates, and with the
    /// controls by which they are updated next.
    pub fn experiment(&self, sequence: usize, updates: usize) -> Option<Settings> {
        self.run().experiment(sequence, updates)
    }

    fn apply(&mut self, command: Command) {
        if !matches!(command, Command::Tick { .. } | Command::SetPace(_)) {
            self.motion = Motion::Still;
            self.waited = Duration::ZERO;
            self.plan = Plan::default();
        }
        match command {
            Command::Choose(data) => {
                let seed = self.network().start.seed;
                let (network, controls) = (data.network(seed), data.controls());
                self.put(Place::begun(data, network, controls));
            }
            Command::Build(network) => {
                if network != self.network() {
                    self.put(Place::begun(self.data().clone(), network, self.controls()));
                }
            }
            Command::Restart => {
                self.put(Place::begun(self.data().clone(), self.network(), self.controls()));
            }
            Command::Steer(controls) => self.steer(controls),
            Command::Seek(updates) => self.now.cursor = updates.min(self.end()),
            Command::StepForward => self.forward(),
            Command::StepBack => self.now.cursor = self.cursor().saturating_sub(1),
            Command::GoToStart => self.now.cursor = 0,
            Command::GoToEnd => self.now.cursor = self.end(),
            Command::Play => {
                self.now.rest =
                    self.rest().filter(|rest| matches!(rest, Rest::NoNumber | Rest::Full));
                if self.cursor() < self.end() || self.rest().is_none() {
                    self.motion = Motion::Going;
                }
            }
            Command::PlayUntil(updates) => {
                self.now.cursor = updates.min(self.end());
                if updates > self.end() {
                    self.motion = Motion::Until(updates);
                }
            }
            Command::Compare(Comparison::Race(contest)) => self.begin_race(contest),
            Command::Compare(Comparison::Gaps) => self.begin_gaps(),
            Command::Pause => {}
            Command::SetPace(pace) => self.pace = pace,
            Command::Tick { elapsed, more } => self.tick(elapsed, &more),
            Command::Undo => {
                if let Some(before) = self.past.pop() {
                    (self.race, self.gaps) = (None, None);
                    self.future.push(std::mem::replace(&mut self.now, before));
                }
            }
            Command::Redo => {
                if let Some(after) = self.future.pop() {
                    (self.race, self.gaps) = (None, None);
                    self.past.push(std::mem::replace(&mut self.now, after));
                }
            }
        }
    }

    /// Puts another place in the place of this one, which an undo brings back.
    fn put(&mut self, place: Place) {
        (self.race, self.gaps) = (None, None);
        self.past.push(std::mem::replace(&mut self.now, place));
        if self.past.len() > MOST_UNDONE {
            self.past.remove(0);
        }
        self.future.clear();
    }

    fn begin_race(&mut self, contest: Contest) {
        let (network, controls) = (self.network(), self.controls());
        let same = |race: &&Shared<Race>| race.is_of(contest, self.data(), network, controls);
        if self.race.as_ref().filter(same).is_none_or(|race| race.is_over()) {
            let race = Race::new(contest, self.data(), network, controls);
            self.race = Some(Shared::new(race));
        }
        self.gaps = None;
        self.motion = Motion::Racing;
    }

    fn begin_gaps(&mut self) {
        let (network, controls) = (self.network(), self.controls());
        let same = |gaps: &&Shared<Gaps>| gaps.is_of(network, controls);
        if self.gaps.as_ref().filter(same).is_none_or(|gaps| gaps.is_over()) {
            self.gaps = Some(Shared::new(Gaps::new(network, controls)));
        }
        self.race = None;
        self.motion = Motion::Racing;
    }

    fn steer(&mut self, controls: Controls) {
        if controls == self.controls() {
            return;
        }
        let mut place = self.now.clone();
        let here = place.cursor;
        place.change(|run| {
            run.go_back(here);
            run.set_controls(controls);
            Halt::Paused
        });
        place.rest = None;
        self.put(place);
    }

    /// One update on: the one that was made, or a new one.
    fn forward(&mut self) {
        if self.cursor() < self.end() {
            self.now.cursor += 1;
        } else {
            self.now.change(|run| run.run_for(1));
        }
    }

    fn tick(&mut self, elapsed: Duration, more: &More) {
        match (self.motion, self.pace) {
            (Motion::Still, _) => {}
            (Motion::Racing, _) => {
                let mut is_over = true;
                if let Some(race) = &mut self.race {
                    let race = race.make_mut();
                    race.run_while(|| more.goes_on());
                    is_over = race.is_over();
                }
                if let Some(gaps) = &mut self.gaps {
                    let gaps = gaps.make_mut();
                    gaps.run_while(|| more.goes_on());
                    is_over = gaps.is_over();
                }
                if is_over {
                    self.motion = Motion::Still;
                }
            }
            (Motion::Going, Pace::Slow) => {
                self.waited += elapsed;
                while self.waited >= BETWEEN && self.motion == Motion::Going {
                    self.waited -= BETWEEN;
                    let new = self.cursor() == self.end();
                    self.forward();
                    if new && self.rest().is_some() {
                        self.motion = Motion::Still;
                    }
                }
            }
            (Motion::Going, Pace::Quick) => {
                // It does not stop twice where such a training is late.
                let most = self.now.data.updates();
                let most = if self.end() < most { most } else { usize::MAX };
                self.run_to(most, more);
                if self.rest().is_some() {
                    self.motion = Motion::Still;
                }
            }
            (Motion::Until(updates), _) => self.run_until(updates, more),
        }
    }

    /// Goes on to an update, with what is planned on the way and there.
    fn run_until(&mut self, updates: usize, more: &More) {
        let change = self.plan.changes.first().copied().filter(|(since, _)| *since <= updates);
        self.run_to(change.map_or(updates, |(since, _)| since), more);
        if let Some((since, controls)) = change
            && self.end() == since
        {
            self.plan.changes.remove(0);
            self.now.change(|run| {
                run.set_controls(controls);
                Halt::Paused
            });
        }
        let goes_on = matches!(self.rest(), None | Some(Rest::Goal | Rest::Late));
        let waits = self.plan.changes.first().is_some_and(|(since, _)| *since <= updates);
        if !goes_on || (self.end() >= updates && !waits) {
            self.motion = Motion::Still;
            if let Some(comparison) = std::mem::take(&mut self.plan).then {
                self.apply(Command::Compare(comparison));
            }
        }
    }

    /// What is compared.
    pub fn comparison(&self) -> Option<Comparison> {
        let race = self.race().map(|race| Comparison::Race(race.contest()));
        race.or_else(|| self.gaps().map(|_| Comparison::Gaps))
    }

    /// Makes updates as long as there is time, but not more than `most` in all.
    fn run_to(&mut self, most: usize, more: &More) {
        let mut left = most.saturating_sub(self.end());
        self.now.change(|run| {
            run.run_while(|| {
                let goes_on = left > 0 && more.goes_on();
                left = left.saturating_sub(1);
                goes_on
            })
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rnn::{Experiment, train::Optimizer};
    use std::cell::Cell as Counter;

    #[test]
    fn a_training_that_was_steered_is_on_its_way_again_with_its_changes() {
        let mut steered = begun("opinions-en");
        for _ in 0..12 {
            steered = steered.after(Command::StepForward);
        }
        let slower = Controls { learning_rate: 0.1, ..steered.controls() };
        steered = steered.after(Command::Steer(slower));
        for _ in 0..8 {
            steered = steered.after(Command::StepForward);
        }
        let clipped = Controls { clip_norm: Some(0.1), optimizer: Optimizer::ADAM, ..slower };
        steered = steered.after(Command::Steer(clipped)).after(Command::StepForward);
        let changes = steered.run().changes();
        assert_eq!(changes.iter().map(|(since, _)| *since).collect::<Vec<_>>(), [0, 12, 20]);
        let plan = Plan { changes: changes[1..].to_vec(), then: Some(Comparison::Gaps) };
        let mut again = Learning::with(steered.data().clone(), steered.network(), changes[0].1)
            .on_its_way(21, plan);
        let mut frames = 0;
        while matches!(again.motion(), Motion::Until(_)) {
            let left = Counter::new(5_usize);
            let more = More::new(move || left.replace(left.get().saturating_sub(1)) > 0);
            again = again.after(Command::Tick { elapsed: Duration::ZERO, more });
            frames += 1;
        }
        assert!(frames > 3, "{frames}");
        assert_eq!(again.end(), 21);
        let weights = |learning: &Learning| -> Vec<u64> {
            learning.training().weights().values().map(f64::to_bits).collect()
        };
        assert_eq!(weights(&again), weights(&steered));
        assert_eq!(again.run().changes(), changes);
        assert_eq!((again.motion(), again.comparison()), (Motion::Racing, Some(Comparison::Gaps)));
        // Whoever does something else on the way is not steered any more.
        let stopped = begun("opinions-en")
            .on_its_way(9, Plan { changes: vec![(3, slower)], then: None })
            .after(Command::Pause);
        assert_eq!(stopped.plan, Plan::default());
    }

    fn begun(name: &str) -> Learning {
        Learning::new(Data::named(name).unwrap())
    }

    fn after(learning: &Learning, commands: impl IntoIterator<Item = Command>) -> Learning {
        commands.into_iter().fold(learning.clone(), |learning, command| learning.after(command))
    }

    /// Time for so many updates a frame.
    fn frame(updates: usize) -> Command {
        let left = Counter::new(updates);
        let more = More::new(move || left.replace(left.get().saturating_sub(1)) > 0);
        Command::Tick { elapsed: Duration::from_millis(16), more }
    }

    fn quick(learning: &Learning) -> Learning {
        let mut learning = after(learning, [Command::SetPace(Pace::Quick), Command::Play]);
        while learning.motion() != Motion::Still {
            learning = learning.after(frame(37));
        }
        learning
    }

    #[test]
    fn it_stops_at_the_goal_and_goes_on_when_asked() {
        let done = quick(&begun("opinions-en"));
        assert_eq!(done.rest(), Some(Rest::Goal));
        assert_eq!(done.run().reached(), Some(done.end()));
        assert_eq!(done.cursor(), done.end());
        let on = after(&done, [Command::Play, frame(5)]);
        assert_eq!((on.rest(), on.end()), (None, done.end() + 5));
    }

    #[test]
    fn however_time_is_cut_the_same_updates_are_made() {
        let quick = quick(&begun("opinions-ko"));
        let mut slow = begun("opinions-ko").after(Command::Play);
        while slow.motion() != Motion::Still {
            slow = slow.after(frame(1));
        }
        assert_eq!(slow.run().updates(), quick.run().updates());
        assert_eq!(slow.run().looks(), quick.run().looks());
    }

    #[test]
    fn the_cursor_goes_both_ways_over_what_was_made() {
        let done = quick(&begun("opinions-en"));
        let back = done.after(Command::Seek(20));
        assert_eq!((back.cursor(), back.end()), (20, done.end()));
        assert_eq!(back.run(), done.run());
        assert_eq!(back.training().updates(), 20);
        let on = after(&back, [Command::StepForward, Command::StepForward, Command::StepBack]);
        assert_eq!((on.cursor(), on.end()), (21, done.end()));
        assert_eq!(on.explained().update, done.run().updates()[20]);
        // What was made is seen again before anything new is made.
        let frames = || (0..5).map(|_| frame(9));
        let on =
            after(&back, [Command::SetPace(Pace::Slow), Command::Play].into_iter().chain(frames()));
        assert_eq!((on.cursor(), on.end()), (21, done.end()));
        let on = after(&back, [Command::Play].into_iter().chain(frames()));
        assert_eq!((on.cursor(), on.end()), (done.end() + 45, done.end() + 45));
        let end = after(&back, [Command::GoToEnd, Command::StepForward]);
        assert_eq!((end.cursor(), end.end()), (done.end() + 1, done.end() + 1));
        assert_eq!(back.after(Command::GoToStart).number(), 1);
        assert_eq!(back.after(Command::Seek(usize::MAX)).cursor(), done.end());
    }

    #[test]
    fn other_controls_count_from_the_cursor_on_and_can_be_taken_back() {
        let done = quick(&begun("opinions-en"));
        let controls = Controls { learning_rate: 0.1, ..done.controls() };
        let there = after(&done, [Command::Seek(30), Command::Steer(controls)]);
        assert_eq!((there.end(), there.cursor()), (30, 30));
        assert_eq!(there.run().updates(), &done.run().updates()[..30]);
        let on = after(&there, [Command::StepForward, Command::StepBack]);
        assert_eq!(on.controls(), controls);
        assert_ne!(on.run().updates()[30], done.run().updates()[30]);
        let back = on.after(Command::Undo);
        assert_eq!((back.end(), back.cursor()), (done.end(), 30));
        assert_eq!(back.after(Command::Redo).run(), on.run());
        assert!(!there.after(Command::Steer(controls)).after(Command::Undo).can_undo());
    }

    #[test]
    fn another_network_or_another_set_begins_anew() {
        let done = quick(&begun("opinions-en"));
        let network = Network { units: 8, ..done.network() };
        let anew = done.after(Command::Build(network));
        assert_eq!((anew.end(), anew.network(), anew.controls()), (0, network, done.controls()));
        assert_eq!(done.after(Command::Build(done.network())).end(), done.end());
        let other = done.after(Command::Choose(Data::named("hello").unwrap()));
        assert_eq!((other.end(), other.network().units), (0, 3));
        assert_eq!(other.after(Command::Undo).run(), done.run());
        assert_eq!(done.after(Command::Restart).run().looks(), anew_looks("opinions-en"));
    }

    fn anew_looks(name: &str) -> Vec<crate::rnn::train::Look> {
        begun(name).run().looks().to_vec()
    }

    #[test]
    fn a_training_that_fails_says_so_and_stands_still() {
        let values = "1\t1000\n2\t-1000\n3\t1000.5\n4\t7\n5\t1\n";
        let own = Own::read(values, crate::rnn::StepUnit::Number, None, None, 1).unwrap();
        let learning = Learning::new(Data::own(own));
        let controls = Controls {
            learning_rate: 1e6,
            clip_norm: None,
            optimizer: crate::rnn::train::Optimizer::SGD,
            ..learning.controls()
        };
        let failed = quick(&learning.after(Command::Steer(controls)));
        assert_eq!(failed.rest(), Some(Rest::NoNumber));
        let since = failed.run().no_number_since().unwrap();
        assert_eq!(failed.end(), since);
        let stays = after(&failed, [Command::Play, frame(3)]);
        assert_eq!((stays.end(), stays.motion()), (since, Motion::Still));
    }

    #[test]
    fn a_training_that_is_late_stops_once() {
        let learning = begun("opinions-en");
        let slow = Controls { learning_rate: 0.001, ..learning.controls() };
        let late = quick(&learning.after(Command::Steer(slow)));
        assert_eq!((late.rest(), late.end()), (Some(Rest::Late), 400));
        let on = after(&late, [Command::Play, frame(3)]);
        assert_eq!((on.rest(), on.end(), on.motion()), (None, 403, Motion::Going));
    }

    #[test]
    fn it_goes_to_an_update_past_the_goal() {
        let mut learning = begun("opinions-en").after(Command::PlayUntil(300));
        for _ in 0..100 {
            learning = learning.after(frame(7));
        }
        assert_eq!((learning.end(), learning.cursor()), (300, 300));
        assert_eq!(learning.motion(), Motion::Still);
    }

    #[test]
    fn every_sequence_of_every_set_opens_with_the_weights_of_an_update() {
        for name in crate::rnn::train::DataSet::names() {
            let learning = after(&begun(name), [Command::StepForward, Command::StepForward]);
            let sequences = learning.data().corpus().examples().len();
            for sequence in [0, sequences / 2, sequences - 1] {
                let settings = learning.experiment(sequence, 1).unwrap();
                let run = crate::rnn::Trace::of(Experiment::new(settings).unwrap());
                let mut training = learning.after(Command::Seek(1)).training();
                let loss = training.answered(sequence).unwrap().loss;
                assert!((run.loss() - loss).abs() < 1e-12, "{name}: {} is not {loss}", run.loss());
            }
        }
        assert_eq!(begun("hello").experiment(usize::MAX, 0), None);
    }
}
