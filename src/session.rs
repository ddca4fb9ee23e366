//! The learner's state: a pure machine. Actions go in, the next state comes out.
//!
//! The reducer reads no clock, no storage and no randomness: time arrives as [`Action::Tick`],
//! a new seed inside [`Edit::Seed`]. There is always a run to show: what cannot become an
//! experiment is kept as a [`Draft`] beside the last good one.

mod arithmetic;
mod continuation;
mod control;
mod edit;
mod forecast;
mod origin;
mod present;
mod spot;
mod timeline;

pub use arithmetic::{Account, Cause, Expression, Function, Group};
pub use continuation::Continuation;
pub use control::Control;
pub use edit::{Edit, FIRST_NUMBERS, LARGEST_SEED, read_list, spliced, written_list};
pub use forecast::{Forecast, Verdict, loss_after_update};
pub use origin::Origin;
pub use present::Quantity;
pub use spot::Spot;
pub use timeline::{Cursor, Stage, Timeline};

use crate::rnn::{
    Cell, Experiment, ExperimentError, Parameter, Place, Settings, StepUnit, Task, Trace, Variable,
    recipe::Recipe,
};
use std::{any::Any, cell::RefCell, mem::discriminant, ops::Deref, rc::Rc, time::Duration};

/// How long one stage takes at speed 1.
const MOMENT: Duration = Duration::from_millis(1100);

/// How long the motion takes that follows a single step.
const SINGLE_STEP: Duration = Duration::from_millis(450);

/// A trace that is cheap to clone and to compare: two are equal if they are the same run.
#[derive(Clone, Debug)]
pub struct Run(Rc<Computed>);

#[derive(Debug)]
struct Computed {
    trace: Trace,
    /// What has been made of the trace so far, one of each type.
    derived: RefCell<Vec<Rc<dyn Any>>>,
}

/// Something that follows from a trace, and is made of a [`Run`] once.
pub trait Derived: 'static {
    /// Makes it.
    fn of(trace: &Trace) -> Self;
}

impl Run {
    /// Computes the run of `experiment`.
    pub fn of(experiment: Experiment) -> Self {
        let trace = Trace::of(experiment);
        Self(Rc::new(Computed { trace, derived: RefCell::default() }))
    }

    /// The run of another cell with the same text, task, seed and settings; its weights are initial ones.
    pub fn with_cell(&self, cell: Cell) -> Option<Self> {
        Edit::Cell(cell).made_of(self.experiment()).ok().map(Self::of)
    }

    /// What `T` makes of the trace: made when it is first asked for, and kept as long as the run.
    pub fn derived<T: Derived>(&self) -> Rc<T> {
        let kept = |made: &Rc<dyn Any>| Rc::clone(made).downcast::<T>().ok();
        let found = self.0.derived.borrow().iter().find_map(kept);
        found.unwrap_or_else(|| {
            let made = Rc::new(T::of(self));
            self.0.derived.borrow_mut().push(Rc::<T>::clone(&made));
            made
        })
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
        &self.0.trace
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
    /// It runs to the end of the present stage, and then stands still.
    Stepping,
    /// It runs to the end of the pass.
    Playing,
}

/// How fast the stages follow one another while playing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Speed {
    /// Half as fast.
    Half,
    /// A little over a second a stage.
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

/// How the size of a gradient becomes the strength of its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Scale {
    /// Twice as large is twice as strong.
    #[default]
    Linear,
    /// Ten times as large is one step stronger: what has faded can still be seen.
    Logarithmic,
}

impl Scale {
    /// How many powers of ten below the largest number the logarithmic scale shows.
    pub const DECADES: f64 = 8.0;

    /// The strength of `value`, from 0 to 1, where `largest` has 1.
    pub fn share(self, value: f64, largest: f64) -> f64 {
        let share = if largest > 0.0 { (value.abs() / largest).min(1.0) } else { 0.0 };
        match self {
            Self::Linear => share,
            Self::Logarithmic => (1.0 + share.log10() / Self::DECADES).max(0.0),
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
    /// Goes to a stage.
    Go(Stage),
    /// Goes on to the next stage; from the last one, updates the weights.
    StepForward,
    /// Goes back to the stage before.
    StepBack,
    /// Goes to the first stage.
    GoToStart,
    /// Goes to the last stage.
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
    /// Takes several steps of gradient descent at once, which one undo takes back.
    Train {
        /// How many.
        updates: usize,
    },
    /// Takes the last change of the experiment back.
    Undo,
    /// Makes the change again that was taken back last.
    Redo,
    /// Shows the contributions to the gradient of another tensor.
    Show(Parameter),
    /// Chooses how sizes become colours.
    SetScale(Scale),
    /// Points at a number, or at none; what is pinned stays.
    Point(Option<Spot>),
    /// Pins a number, or lets it go if it is pinned already.
    Pin(Spot),
    /// Points at nothing any more.
    LetGo,
    /// Looks at one of the numbers that the present one is computed from, or at none.
    Glance(Option<Spot>),
}

/// A view of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum View {
    /// Every lane over time.
    #[default]
    Score,
    /// The lesson, over whichever of the others its screen speaks of.
    Lesson,
    /// A network that is trained on many sequences.
    Train,
    /// The chain of Jacobians.
    Chain,
    /// Where a gradient is checked, untied, truncated and clipped.
    Laboratory,
}

impl View {
    /// All views, in the order of their tabs.
    pub const ALL: [Self; 5] =
        [Self::Score, Self::Lesson, Self::Train, Self::Chain, Self::Laboratory];
}

/// The number that the learner asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Focus {
    /// The number.
    pub spot: Spot,
    /// Whether it stays while the pointer goes elsewhere.
    pub pinned: bool,
}

/// How many changes can be taken back.
const MOST_UNDONE: usize = 100;

/// What an undo brings back.
#[derive(Clone, Debug, PartialEq)]
struct Past {
    run: Run,
    updates: usize,
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
    shown: Parameter,
    scale: Scale,
    focus: Option<Focus>,
    glance: Option<Spot>,
    /// Whether the last change put initial weights in the place of given or learnt ones.
    weights_dropped: bool,
    undone: Vec<Past>,
    done: Vec<Past>,
    /// The last change, if nothing else has happened since.
    last_edit: Option<Edit>,
}

impl Session {
    /// Begins with `experiment`, its backward pass just arrived at the first step.
    pub fn new(experiment: Experiment) -> Self {
        let timeline = Timeline::of(experiment.steps());
        Self {
            cursor: Cursor::at(timeline.position(Stage::Backward(crate::rnn::Step::FIRST))),
            draft: Draft::Accepted,
            playback: Playback::Paused,
            speed: Speed::default(),
            updates: 0,
            shown: experiment.recipe().main_parameter(),
            scale: Scale::default(),
            focus: None,
            glance: None,
            weights_dropped: false,
            undone: Vec::new(),
            done: Vec::new(),
            last_edit: None,
            run: Run::of(experiment),
        }
    }

    /// The same with nothing to take back: how a page begins.
    #[must_use]
    pub fn begun(self) -> Self {
        Self { done: Vec::new(), undone: Vec::new(), last_edit: None, ..self }
    }

    /// The same in the place of `before`, whose run an undo brings back.
    #[must_use]
    pub fn in_place_of(self, before: &Self) -> Self {
        let mut history = before.clone();
        if history.run.experiment() != self.run.experiment() {
            history.remember();
        }
        Self { done: history.done, undone: history.undone, last_edit: None, ..self }
    }

    /// The same with nothing on show past the stage at `last`, and nothing pointed at that is
    /// computed later.
    #[must_use]
    pub fn held_at(mut self, last: usize) -> Self {
        let timeline = self.timeline();
        if self.cursor.position > last {
            self.cursor = Cursor::at(last);
        }
        if self.cursor == Cursor::at(last) {
            self.playback = Playback::Paused;
        }
        let early = |spot: Spot| spot.stage().is_none_or(|stage| timeline.position(stage) <= last);
        self.focus = self.focus.filter(|focus| early(focus.spot));
        self.glance = self.glance.filter(|&spot| early(spot));
        self
    }

    /// Whether the last change put initial weights in the place of given or learnt ones.
    pub fn weights_dropped(&self) -> bool {
        self.weights_dropped
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

    /// The tensor whose contributions are shown.
    pub fn shown(&self) -> Parameter {
        self.shown
    }

    /// How sizes become colours.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// The number that the learner asks about.
    pub fn focus(&self) -> Option<Focus> {
        self.focus
    }

    /// The number at which the explanation is: the one that the learner asks about, else an example
    /// of what happens at the present stage.
    pub fn explained(&self) -> Spot {
        if let Some(focus) = self.focus {
            return focus.spot;
        }
        let numbers = self.run.numbers_at(self.stage(), self.shown);
        self.stage().example_of(&numbers, self.run.experiment().recipe())
    }

    /// The weight that the laboratory is about: the one that is pinned, else the one of W₁ₕ with the
    /// steepest gradient. (What is only pointed at must not move what is below the pointer.)
    pub fn weight_asked(&self) -> Place {
        match self.focus.filter(|focus| focus.pinned).map(|focus| focus.spot) {
            Some(
                Spot::Weight(place)
                | Spot::Gradient(place)
                | Spot::Updated(place)
                | Spot::Contribution { place, .. },
            ) => place,
            _ => self.run.steepest().unwrap_or(Place {
                parameter: self.run.experiment().recipe().main_parameter(),
                row: 0,
                column: 0,
            }),
        }
    }

    /// The operand of the explanation that the learner looks at.
    pub fn glance(&self) -> Option<Spot> {
        self.glance
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is a change to make again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The order of stages of the present run.
    pub fn timeline(&self) -> Timeline {
        Timeline::of(self.run.steps())
    }

    /// The stage on show.
    pub fn stage(&self) -> Stage {
        self.timeline().stage(self.cursor.position)
    }

    /// The state after `action`.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        next.apply(action);
        next
    }

    fn apply(&mut self, action: Action) {
        // What was looked at may be gone after anything but the passing of time.
        if !matches!(action, Action::Tick { .. }) {
            self.glance = None;
        }
        let last = self.timeline().last();
        match action {
            Action::Edit(edit) => self.edit(edit),
            Action::Seek(cursor) => self.rest_at(self.timeline().clamp(cursor)),
            Action::Go(stage) => self.rest_at(Cursor::at(self.timeline().position(stage))),
            Action::StepForward if self.cursor.position < last => {
                self.cursor = Cursor::beginning(self.cursor.position + 1);
                self.playback = Playback::Stepping;
            }
            Action::StepForward | Action::Update => self.train(1),
            Action::Train { updates } => self.train(updates),
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
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::Show(parameter) => {
                if self.run.experiment().recipe().parameters().contains(&parameter) {
                    self.shown = parameter;
                }
            }
            Action::SetScale(scale) => self.scale = scale,
            Action::Point(spot) => {
                if !self.focus.is_some_and(|focus| focus.pinned) {
                    let spot = spot.filter(|spot| spot.value(&self.run).is_some());
                    self.focus = spot.map(|spot| Focus { spot, pinned: false });
                }
            }
            Action::Pin(spot) => {
                let again = self.focus == Some(Focus { spot, pinned: true });
                let there = spot.value(&self.run).is_some();
                self.focus = (there && !again).then_some(Focus { spot, pinned: true });
            }
            Action::LetGo => self.focus = None,
            Action::Glance(spot) => self.glance = spot,
        }
    }

    fn rest_at(&mut self, cursor: Cursor) {
        self.cursor = cursor;
        self.playback = Playback::Paused;
    }

    fn edit(&mut self, edit: Edit) {
        self.weights_dropped = false;
        let edit = match edit {
            Edit::Task(task) => Edit::Task(self.former_task(task)),
            edit => edit,
        };
        let made = edit.made_of(self.run.experiment());
        let made = match edit {
            Edit::Cell(_) => made.and_then(|experiment| self.with_former_parts(experiment)),
            Edit::StepUnit(_) => made.and_then(|experiment| self.with_former_text(experiment)),
            _ => made,
        };
        match made {
            Ok(experiment) => {
                self.draft = Draft::Accepted;
                if experiment == *self.run.experiment() {
                    return;
                }
                let continues =
                    self.last_edit.as_ref().is_some_and(|before| edit.continues(before));
                let had_weights = if continues {
                    // What was dropped when the drag began stays dropped.
                    self.done.last().map(|past| &past.run)
                } else {
                    Some(&self.run)
                };
                self.weights_dropped = edit.drops_weights()
                    && had_weights.is_some_and(|run| run.experiment().settings().weights.is_some());
                if !continues {
                    self.remember();
                }
                self.last_edit = Some(edit);
                if experiment.settings().weights.is_none() {
                    self.updates = 0;
                }
                self.show(Run::of(experiment));
            }
            Err(problem) => self.draft = Draft::Rejected { edit, problem },
        }
    }

    /// `task`; where it is of another kind than the present one, the last one of its kind that there was,
    /// with as many targets as there are steps.
    fn former_task(&self, task: Task) -> Task {
        let kind = discriminant(&task);
        let present = self.run.experiment().settings();
        if kind == discriminant(&present.task) {
            return task;
        }
        let mut before = self.done.iter().rev().map(|past| &past.run.experiment().settings().task);
        let Some(former) = before.find(|former| discriminant(*former) == kind) else { return task };
        let mut settings = Settings { task: former.clone(), ..present.clone() };
        edit::resize_targets(&mut settings);
        settings.task
    }

    /// An experiment whose steps have become numbers, or are none any more, with the last text of its kind
    /// that there was.
    fn with_former_text(&self, experiment: Experiment) -> Result<Experiment, ExperimentError> {
        let is_numbers = |settings: &Settings| settings.unit == StepUnit::Number;
        let kind = is_numbers(experiment.settings());
        if kind == is_numbers(self.run.experiment().settings()) {
            return Ok(experiment);
        }
        let mut before = self.done.iter().rev().map(|past| past.run.experiment().settings());
        let Some(former) = before.find(|past| is_numbers(past) == kind) else {
            return Ok(experiment);
        };
        let mut settings = experiment.settings().clone();
        settings.text.clone_from(&former.text);
        edit::resize_targets(&mut settings);
        Experiment::new(settings).or(Ok(experiment))
    }

    /// An experiment of another cell, with those parts that the present cell has not and the last one that
    /// had them was given: its keep bias, its start of C.
    fn with_former_parts(&self, experiment: Experiment) -> Result<Experiment, ExperimentError> {
        let had = |part: &dyn Fn(&Recipe) -> bool| {
            let is_new = part(experiment.recipe()) && !part(self.run.experiment().recipe());
            let mut before = self.done.iter().rev().map(|past| past.run.experiment());
            before.find(|past| is_new && part(past.recipe())).map(Experiment::settings)
        };
        let mut settings = experiment.settings().clone();
        if let Some(former) = had(&|recipe| recipe.keeps().is_some()) {
            settings.keep_bias = former.keep_bias;
        }
        let former = had(&|recipe| recipe.carried().contains(&Variable::Memory));
        let former = former.filter(|former| former.hidden == settings.hidden);
        if let Some(start) = former.and_then(|former| former.initial.as_ref()?.c.clone()) {
            settings.initial.get_or_insert_default().c = Some(start);
        }
        Experiment::new(settings)
    }

    /// Keeps the present run for an undo.
    fn remember(&mut self) {
        self.undone.clear();
        self.done.push(Past { run: self.run.clone(), updates: self.updates });
        if self.done.len() > MOST_UNDONE {
            self.done.remove(0);
        }
        self.last_edit = None;
    }

    /// Puts another run on the page, at the stage that corresponds to the present one.
    fn show(&mut self, run: Run) {
        let before = self.timeline();
        self.run = run;
        self.cursor = self.timeline().corresponding(before, self.cursor);
        self.focus = self.focus.filter(|focus| focus.spot.value(&self.run).is_some());
        let recipe = self.run.experiment().recipe();
        if !recipe.parameters().contains(&self.shown) {
            let main = recipe.main_parameter();
            self.shown = main.gate().map_or(main, |gate| self.shown.of_gate(gate));
        }
    }

    fn undo(&mut self) {
        self.last_edit = None;
        self.weights_dropped = false;
        if self.draft != Draft::Accepted {
            // What was refused is taken back first: it is the last thing that was done.
            self.draft = Draft::Accepted;
        } else if let Some(past) = self.done.pop() {
            self.undone.push(Past { run: self.run.clone(), updates: self.updates });
            self.updates = past.updates;
            self.show(past.run);
        }
    }

    fn redo(&mut self) {
        self.last_edit = None;
        if let Some(past) = self.undone.pop() {
            self.done.push(Past { run: self.run.clone(), updates: self.updates });
            self.draft = Draft::Accepted;
            self.updates = past.updates;
            self.show(past.run);
        }
    }

    fn train(&mut self, updates: usize) {
        let mut made = 0;
        let mut run = self.run.clone();
        let mut refused = None;
        while made < updates && refused.is_none() {
            match run.updated() {
                Ok(experiment) => {
                    run = Run::of(experiment);
                    made += 1;
                }
                Err(problem) => refused = Some(problem),
            }
        }
        if made > 0 {
            self.remember();
            self.draft = Draft::Accepted;
            self.show(run);
            self.updates += made;
            self.cursor = Cursor::at(0);
            if self.playback == Playback::Stepping {
                self.playback = Playback::Paused;
            }
        }
        if let Some(problem) = refused {
            self.draft = Draft::Rejected { edit: Edit::Update, problem };
            self.playback = Playback::Paused;
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
                // However long the page was away, it shows every stage.
                Cursor { position: self.cursor.position + 1, progress: (arrived - 1.0).min(0.999) }
            }
            _ => Cursor { progress: arrived.min(1.0), ..self.cursor },
        };
        if self.cursor.progress >= 1.0 {
            self.playback = Playback::Paused;
        }
    }
}
