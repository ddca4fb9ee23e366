//! The whole page as one value, and what becomes of it when something is done: no component, no
//! browser.
//!
//! An address is applied as a whole: opening one and then another shows what opening the other
//! alone does. What is fixed, and what a question holds back, is looked after in one place, by what
//! an action would bring about and not by its name.

mod lesson;
mod notices;

pub use lesson::Lesson;
pub use notices::notices;

use crate::{
    address::{Address, AddressError, Course, Embed, Looks, Part},
    figure::Theme,
    lesson::{Answer, Place, Progress},
    rnn::{
        Experiment, Parameter, Settings, StepUnit,
        model::{Model, ModelError},
    },
    session::{Action, Control, Draft, Edit, Playback, Run, Scale, Session, Spot, Stage, View},
    text::Language,
    training::{Command, Comparison, Data, FIRST_SEED, Learning, Motion, Own, Shared},
};
use std::{mem, rc::Rc};

/// What a page was opened with: its address, and what is wrong in it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Opened {
    /// What it says.
    pub address: Address,
    /// What it says wrongly.
    pub problems: Vec<AddressError>,
}

impl Opened {
    /// From what stands behind the `?` or the `#` of an address.
    pub fn with(text: &str) -> Self {
        let (address, problems) = Address::read(text);
        Self { address, problems }
    }

    /// What comes only when it is asked for, of which it speaks or in which it is shown, where it leaves the
    /// language to the page.
    pub fn wants(&self, language: Language) -> impl Iterator<Item = Later> {
        let Address { view, screen, aside, .. } = &self.address;
        let lesson = *view == Some(View::Lesson) || screen.is_some() || aside.is_some();
        let words = Later::Words(self.address.language.unwrap_or(language));
        [words].into_iter().chain(lesson.then_some(Later::Lesson))
    }

    /// The same with the experiment of a file in place of its own.
    #[must_use]
    pub fn and_file(mut self, json: &str) -> Self {
        match Experiment::from_json(json) {
            Ok(experiment) => self.address.settings = Some(experiment.settings().clone()),
            Err(problem) => {
                self.problems.push(AddressError::Experiment { key: "experiment", problem });
            }
        }
        self
    }
}

/// What the device and the person at it prefer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a wish or a state of its own")]
pub struct Device {
    /// The language.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// Whether the theme comes with a few colours of the person's own.
    pub contrast: bool,
    /// Less motion.
    pub still: bool,
    /// Whether single keys are not to act on the whole page.
    pub no_keys: bool,
    /// Whether the page is embedded in another.
    pub embedded: bool,
    /// Whether it is being printed.
    pub printing: bool,
}

/// Something that happens to the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// To the run in view.
    Run(Action),
    /// To the training.
    Train(Command),
    /// A sequence of the training is opened in Explore, with the weights after so many updates.
    Examine {
        /// Its place among the sequences.
        sequence: usize,
        /// How many updates.
        updates: usize,
    },
    /// Another view.
    Turn(View),
    /// Other rows, or another cell beside this one.
    Look(Looks),
    /// An address is opened.
    Open(Box<Opened>),
    /// The device or the person prefers something else than before, but for the language; what the address asks for no longer counts
    /// where the person has chosen.
    Prefer(Device),
    /// The person chooses a language.
    Speak(Language),
    /// The person chooses light or dark.
    Light(Theme),
    /// A screen of the lesson.
    Go(Place),
    /// An answer at the open screen, or none again.
    Answer(Option<Answer>),
    /// The state of the open screen again.
    PutBack,
    /// All progress is forgotten.
    Forget,
    /// Another page of this device has gone on in the lesson.
    Remember(Box<Progress>),
    /// The lesson has come, with what is remembered of it.
    Bring(Box<Progress>),
    /// The sentences of a language have come.
    Hear(Language),
    /// What is waited for could not be fetched.
    Miss,
    /// It is to be fetched once more.
    FetchAgain,
    /// It is not waited for any longer.
    StopWaiting,
    /// What was wrong in the address is put away.
    CloseProblems,
    /// Something that was to be opened could not be read.
    Unreadable,
    /// A file with the weights of a network is opened.
    Weights(Rc<[u8]>),
    /// The network of that file is shown, as an experiment; or it is put away.
    ShowModel(Option<Box<Settings>>),
    /// The list of keys is asked for.
    AskForKeys,
    /// The overview is asked for.
    AskForOverview,
}

impl From<Command> for Act {
    fn from(command: Command) -> Self {
        Self::Train(command)
    }
}

impl From<Action> for Act {
    fn from(action: Action) -> Self {
        Self::Run(action)
    }
}

/// Something to be said once about what was just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It would have changed what is fixed here.
    Locked,
    /// Initial weights have taken the place of given or learnt ones.
    WeightsDropped,
    /// Steps have become numbers, and some have taken the place of a text that was none.
    TextReplaced,
    /// No line of a file can be trained on.
    NoLines,
    /// A file could not be read.
    Unreadable,
}

/// Everything that the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    device: Device,
    /// The language and the theme that the address asks for.
    language: Option<Language>,
    theme: Option<Theme>,
    embed: Rc<Embed>,
    problems: Rc<Vec<AddressError>>,
    said: Option<Said>,
    /// How often the list of keys has been asked for by its key.
    keys_asked: usize,
    /// Whether the overview is there: until something is done, and again when it is asked for.
    overview: bool,
    view: View,
    /// The learner's own run.
    own: Session,
    /// What is shown of it.
    looks: Rc<Looks>,
    lesson: Lesson,
    /// What is not there.
    missing: Rc<Vec<Later>>,
    /// What is to be done once it is.
    waiting: Rc<Vec<Act>>,
    /// How far the fetching of what the first of them wants is.
    fetch: Fetch,
    /// The training, since it was turned to.
    learning: Option<Learning>,
    /// What was found in a file of weights, until it is shown or put away.
    model: Option<Rc<Result<Model, ModelError>>>,
}

/// What a published page does not bring along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// The sentences of a language.
    Words(Language),
    /// The chapters of the lesson.
    Lesson,
}

/// How far the fetching of what something waits for is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Fetch {
    /// It is on its way.
    #[default]
    Coming,
    /// It did not come.
    Failed,
}

/// What an address can say of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    own: Run,
    lesson: Option<Run>,
    training: Option<(Shared, usize, Option<Comparison>)>,
    stage: Stage,
    focus: Option<Spot>,
    parameter: Parameter,
    scale: Scale,
    looks: Rc<Looks>,
    view: View,
    place: Place,
    language: Option<Language>,
    theme: Option<Theme>,
    embed: Rc<Embed>,
}

impl Shown {
    /// Whether something was made between `before` and now that is not only another place to look.
    pub fn has_other_runs(&self, before: &Self) -> bool {
        self.own != before.own || self.lesson != before.lesson
    }
}

impl Page {
    /// A page that is opened on `device` with what is remembered of the lesson.
    ///
    /// There is none where a language has no first experiment, which a test rules out.
    pub fn new(device: Device, progress: Progress, opened: &Opened) -> Option<Self> {
        Self::without(Vec::new(), device, progress, opened)
    }

    /// The same while something is `missing`: what an address says of the lesson waits for it, and the page
    /// speaks English until the wanted language is there.
    pub fn without(
        missing: Vec<Later>,
        device: Device,
        progress: Progress,
        opened: &Opened,
    ) -> Option<Self> {
        let spoken = |language: &Language| !missing.contains(&Later::Words(*language));
        let wanted = opened.address.language.unwrap_or(device.language);
        let (mut opened, mut device) = (opened.clone(), device);
        if !spoken(&wanted) {
            opened.address.language = None;
            device.language = Language::default();
        }
        let language = opened.address.language.unwrap_or(device.language);
        let has_lesson = !missing.contains(&Later::Lesson);
        let mut page = Self {
            device,
            language: None,
            theme: None,
            embed: Rc::default(),
            problems: Rc::default(),
            said: None,
            keys_asked: 0,
            overview: true,
            view: View::default(),
            own: Session::new(language.first_experiment().ok()?),
            looks: Rc::default(),
            lesson: Lesson::new(if has_lesson { progress } else { Progress::default() }),
            missing: Rc::new(missing),
            waiting: Rc::default(),
            fetch: Fetch::default(),
            learning: None,
            model: None,
        };
        let open = Act::Open(Box::new(opened));
        if page.missing_for(&open).is_some() {
            page.open(&Opened::default());
        }
        page.apply(open);
        if page.is_missing(Later::Words(wanted)) {
            page.apply(Act::Speak(wanted));
        }
        page.own = page.own.begun();
        Some(page)
    }

    /// The page after `act`.
    #[must_use]
    pub fn after(&self, act: Act) -> Self {
        let mut next = self.clone();
        next.apply(act);
        next
    }

    /// The run in view.
    pub fn session(&self) -> &Session {
        self.lesson.session().filter(|_| self.is_in_lesson()).unwrap_or(&self.own)
    }

    /// What is shown of it.
    pub fn looks(&self) -> &Rc<Looks> {
        if self.is_in_lesson() { self.lesson.looks() } else { &self.looks }
    }

    /// The lesson.
    pub fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// The training in view: that of the lesson's screen, or the learner's own, once it was turned to.
    pub fn learning(&self) -> Option<&Learning> {
        if self.is_in_lesson() { self.lesson.learning() } else { self.learning.as_ref() }
    }

    /// What was found in a file of weights, while it is asked about.
    pub fn model(&self) -> Option<&Rc<Result<Model, ModelError>>> {
        self.model.as_ref()
    }

    /// Whether a training is on show.
    pub fn is_in_training(&self) -> bool {
        self.view == View::Train || (self.is_in_lesson() && self.lesson.learning().is_some())
    }

    /// Whether a training is made before the lesson goes on.
    pub fn is_studying(&self) -> bool {
        self.is_in_lesson() && self.lesson.study().is_some()
    }

    /// Whether time is to pass for a training.
    pub fn is_training(&self) -> bool {
        let trains = |learning: &Learning| learning.motion() != Motion::Still;
        self.learning().is_some_and(trains) || self.is_studying()
    }

    /// Whether something moves by itself.
    pub fn is_moving(&self) -> bool {
        self.session().playback() != Playback::Paused || self.is_training()
    }

    /// The view.
    pub fn view(&self) -> View {
        self.view
    }

    /// Whether the lesson is open.
    pub fn is_in_lesson(&self) -> bool {
        self.view == View::Lesson
    }

    /// The view of the run: in the lesson the one that its screen speaks of.
    pub fn view_on_show(&self) -> View {
        if self.is_in_lesson() { self.lesson.view_on_show() } else { self.view }
    }

    /// The language of the page.
    pub fn language(&self) -> Language {
        self.language.unwrap_or(self.device.language)
    }

    /// Light or dark; paper is light, and a contrast theme goes before what is chosen here.
    pub fn theme(&self) -> Theme {
        if self.device.printing {
            return Theme::Light;
        }
        self.theme.filter(|_| !self.device.contrast).unwrap_or(self.device.theme)
    }

    /// What the device prefers.
    pub fn device(&self) -> Device {
        self.device
    }

    /// How the page is embedded.
    pub fn embed(&self) -> &Rc<Embed> {
        &self.embed
    }

    /// What was wrong in the address.
    pub fn problems(&self) -> &Rc<Vec<AddressError>> {
        &self.problems
    }

    /// Whether the page tells what is what, in the place of the explanation: until something is done, where
    /// no address speaks of a stage or a number, and again when it is asked for.
    pub fn has_overview(&self) -> bool {
        self.overview && self.view == View::Score
    }

    /// How often the list of keys has been asked for by its key.
    pub fn keys_asked(&self) -> usize {
        self.keys_asked
    }

    /// What is to be said about what was just done.
    pub fn said(&self) -> Option<Said> {
        self.said
    }

    /// The position of the stage past which nothing may be seen, since a question asks to predict it.
    pub fn held_at(&self) -> Option<usize> {
        if self.is_in_lesson() { self.lesson.held_at(self.language()) } else { None }
    }

    /// What must not be changed: what the page is embedded with, and what a task does not allow.
    pub fn locks(&self) -> Vec<Control> {
        let lesson = if self.is_in_lesson() { self.lesson.locks() } else { Vec::new() };
        let locked = |control: &Control| self.embed.locks(*control) || lesson.contains(control);
        Control::ALL.into_iter().filter(locked).collect()
    }

    /// Whether the experiment is free to be set up.
    pub fn is_free(&self) -> bool {
        !self.is_in_lesson() || self.lesson.has_task()
    }

    /// Whether a part of the page is shown.
    pub fn shows(&self, part: Part) -> bool {
        self.embed.shows(part) && (part != Part::Setup || self.is_free())
    }

    /// The address of what is on show, which opens it elsewhere.
    pub fn link(&self) -> Address {
        let screen = self.is_in_lesson().then(|| self.lesson.place());
        let view = Some(self.view).filter(|&view| view != View::default());
        let training = self.course().filter(|_| self.view == View::Train);
        let asked = !self.is_in_lesson() || self.lesson.has_own_looks();
        let cell = self.session().run().experiment().cell();
        let looks = if asked { self.looks().of(cell) } else { Looks::default() };
        Address { looks, view, screen, training, ..Address::of(self.session()) }
    }

    /// The address of the page itself, which brings back all that was made on it.
    pub fn address(&self) -> Address {
        let aside = self.aside();
        let link = self.link();
        let elsewhere = aside.is_some() && !self.is_in_lesson();
        Address {
            language: self.language,
            theme: self.theme,
            embed: Embed::clone(&self.embed),
            screen: if elsewhere { Some(self.lesson.place()) } else { link.screen },
            view: if elsewhere { Some(self.view) } else { link.view },
            aside,
            training: self.course(),
            ..link
        }
    }

    /// What an address says of the training, where something was made of it.
    fn course(&self) -> Option<Course> {
        let course = Course::of(self.learning.as_ref()?);
        let first = Course::of(&self.first_learning()?);
        (course != first).then_some(course)
    }

    /// The training that is there before anything is chosen.
    fn first_learning(&self) -> Option<Learning> {
        Data::named(self.language().words().first_set()).map(Learning::new)
    }

    /// All that [`Self::address`] says, quickly compared.
    pub fn shown(&self) -> Shown {
        let pinned = self.session().focus().filter(|focus| focus.pinned);
        Shown {
            own: self.own.run().clone(),
            lesson: self.lesson.session().map(|session| session.run().clone()),
            training: self
                .learning
                .as_ref()
                .map(|learning| (learning.run().clone(), learning.cursor(), learning.comparison())),
            stage: self.stage(),
            focus: pinned.map(|focus| focus.spot),
            parameter: self.session().shown(),
            scale: self.session().scale(),
            looks: Rc::clone(self.looks()),
            view: self.view,
            place: self.lesson.place(),
            language: self.language,
            theme: self.theme,
            embed: Rc::clone(&self.embed),
        }
    }

    /// What was made where the learner is not looking.
    fn aside(&self) -> Option<Settings> {
        let settings = |experiment: &Experiment| experiment.settings().clone();
        if self.is_in_lesson() {
            let own = &self.own.run().experiment();
            let first = self.language().first_experiment().ok();
            (first.as_ref() != Some(own)).then(|| settings(own))
        } else {
            self.lesson.changed(self.language()).map(settings)
        }
    }

    /// What a key does that nothing else on the page wants: `ArrowRight`, `1`, `Ctrl+z`. It acts only
    /// on what is shown.
    pub fn key(&self, key: &str) -> Option<Act> {
        let session = self.session();
        if self.is_in_training()
            && let Some(command) = self.training_key(key)
        {
            return Some(command.into());
        }
        let action = match key {
            "Ctrl+z" => Action::Undo,
            "Ctrl+Shift+z" | "Ctrl+y" => Action::Redo,
            "Escape" if session.focus().is_some() => Action::LetGo,
            _ if !self.has_keys() => return None,
            "?" if self.embed.shows(Part::Header) => return Some(Act::AskForKeys),
            "1" | "2" | "3" | "4" | "5" => {
                let at = key.parse::<usize>().ok()?.checked_sub(1)?;
                let tabs = self.embed.shows(Part::Header) && self.embed.only.is_none();
                return View::ALL.get(at).copied().filter(|_| tabs).map(Act::Turn);
            }
            _ if !self.embed.shows(Part::Transport) || self.is_in_training() => return None,
            " " if session.playback() == Playback::Playing => Action::Pause,
            " " => Action::Play,
            "ArrowRight" => Action::StepForward,
            "ArrowLeft" => Action::StepBack,
            "Home" => Action::GoToStart,
            "End" => Action::GoToEnd,
            _ => return None,
        };
        Some(Act::Run(action))
    }

    /// What a key does to the training.
    fn training_key(&self, key: &str) -> Option<Command> {
        let moving = self.learning()?.motion() != Motion::Still;
        let command = match key {
            "Ctrl+z" => Command::Undo,
            "Ctrl+Shift+z" | "Ctrl+y" => Command::Redo,
            _ if !self.has_keys() || !self.embed.shows(Part::Transport) => return None,
            " " if moving => Command::Pause,
            " " => Command::Play,
            "ArrowRight" => Command::StepForward,
            "ArrowLeft" => Command::StepBack,
            "Home" => Command::GoToStart,
            "End" => Command::GoToEnd,
            _ => return None,
        };
        Some(command)
    }

    /// Whether single keys act on the whole page. In a frame they are the page's around, unless the
    /// address gives them to this one.
    pub fn has_keys(&self) -> bool {
        !self.device.no_keys && self.embed.keys.unwrap_or(!self.device.embedded)
    }

    /// What something waits for, and how far it is.
    pub fn fetch(&self) -> Option<(Later, Fetch)> {
        Some((self.missing_for(self.waiting.first()?)?, self.fetch))
    }

    /// The language that is spoken, or has been chosen and is waited for.
    pub fn language_chosen(&self) -> Language {
        let chosen = self.waiting.iter().find_map(|act| match act {
            Act::Speak(language) => Some(*language),
            _ => None,
        });
        chosen.unwrap_or(self.language())
    }

    fn is_missing(&self, later: Later) -> bool {
        self.missing.contains(&later)
    }

    /// The first of what `act` wants that is not there.
    fn missing_for(&self, act: &Act) -> Option<Later> {
        match act {
            Act::Turn(View::Lesson) => Some(Later::Lesson).filter(|it| self.is_missing(*it)),
            Act::Open(opened) => opened.wants(self.device.language).find(|it| self.is_missing(*it)),
            Act::Speak(language) => Some(Later::Words(*language)).filter(|it| self.is_missing(*it)),
            _ => None,
        }
    }

    /// Takes in what has come, and does what waited for it.
    fn come(&mut self, later: Later) {
        Rc::make_mut(&mut self.missing).retain(|it| *it != later);
        for act in Rc::unwrap_or_clone(mem::take(&mut self.waiting)) {
            self.apply(act);
        }
    }

    /// Lets `act` wait if it wants what is not there, and says so. What it takes the place of waits no
    /// longer: an address that of everything, a view that of another, a language that of another.
    fn must_wait(&mut self, act: &Act) -> bool {
        let stays = |other: &Act| match act {
            Act::Open(_) => false,
            Act::Speak(_) => !matches!(other, Act::Speak(_)),
            Act::Turn(_) | Act::AskForOverview | Act::ShowModel(Some(_)) => {
                matches!(other, Act::Speak(_))
            }
            _ => true,
        };
        let missing = self.missing_for(act).is_some();
        if missing || !self.waiting.iter().all(stays) {
            let waiting = Rc::make_mut(&mut self.waiting);
            waiting.retain(stays);
            if missing {
                waiting.push(act.clone());
                self.fetch = Fetch::Coming;
            }
        }
        missing
    }

    /// Takes away what was said, and the overview, once something else is done.
    fn close_what_was_said(&mut self, act: &Act) {
        if !matches!(
            act,
            Act::Prefer(_)
                | Act::Remember(_)
                | Act::Bring(_)
                | Act::Hear(_)
                | Act::Miss
                | Act::ShowModel(None)
                | Act::Train(Command::Tick { .. })
                | Act::Run(Action::Tick { .. } | Action::Point(_) | Action::Glance(_))
        ) {
            self.said = None;
        }
        match act {
            Act::Run(Action::Play) if self.overview => {
                self.own = self.own.after(Action::GoToStart);
                self.overview = false;
            }
            Act::Run(
                Action::Point(_)
                | Action::Pin(_)
                | Action::LetGo
                | Action::Glance(_)
                | Action::SetScale(_),
            )
            | Act::Prefer(_)
            | Act::Remember(_)
            | Act::Bring(_)
            | Act::Hear(_)
            | Act::Miss
            | Act::FetchAgain
            | Act::StopWaiting
            | Act::Speak(_)
            | Act::Light(_)
            | Act::AskForKeys
            | Act::Weights(_)
            | Act::ShowModel(None)
            | Act::CloseProblems => {}
            _ => self.overview = false,
        }
    }

    fn apply(&mut self, act: Act) {
        if self.must_wait(&act) {
            return;
        }
        self.close_what_was_said(&act);
        match act {
            // What plays is what is in view.
            Act::Run(Action::Play) if self.is_in_training() => self.train(Command::Play),
            Act::Run(Action::Pause) if self.is_in_training() => self.train(Command::Pause),
            // What is no experiment has lines to train on.
            Act::Run(Action::Edit(Edit::File(text)))
                if self.view == View::Train && !text.trim_start().starts_with('{') =>
            {
                self.take_lines(&text);
            }
            Act::Run(action) => self.run(action),
            Act::Train(command) => self.train(command),
            Act::Examine { sequence, updates } => self.examine(sequence, updates),
            Act::Turn(view) => self.turn(view),
            Act::Look(looks) if self.is_in_lesson() => self.lesson.look(looks),
            Act::Look(looks) => self.looks = Rc::new(looks),
            Act::Open(opened) => self.open(&opened),
            // The language is that in which the page was opened, or the one chosen on it.
            Act::Prefer(device) => {
                self.device = Device { language: self.device.language, ..device };
            }
            Act::Speak(language) => {
                self.language = None;
                self.device.language = language;
                if self.is_in_lesson() {
                    self.lesson.enter(self.language());
                }
            }
            Act::Light(theme) => {
                self.theme = None;
                self.device.theme = theme;
            }
            Act::Go(place) => self.lesson.go(place, self.language()),
            Act::Answer(answer) => self.lesson.answer(answer, self.language()),
            Act::PutBack => self.lesson.enter(self.language()),
            Act::Forget => self.lesson.forget(self.language()),
            // It is read when the lesson comes.
            Act::Remember(_) if self.is_missing(Later::Lesson) => {}
            Act::Remember(progress) => self.lesson.remember(*progress),
            Act::Bring(progress) => {
                if self.is_missing(Later::Lesson) {
                    self.lesson = Lesson::new(*progress);
                }
                self.come(Later::Lesson);
            }
            Act::Hear(language) => self.come(Later::Words(language)),
            Act::Miss => self.fetch = Fetch::Failed,
            Act::FetchAgain => self.fetch = Fetch::Coming,
            Act::StopWaiting => self.waiting = Rc::default(),
            Act::CloseProblems => self.problems = Rc::default(),
            Act::AskForKeys => self.keys_asked += 1,
            Act::AskForOverview => {
                self.turn(View::Score);
                self.own = self.own.after(Action::LetGo);
                self.overview = true;
            }
            Act::Unreadable => self.said = Some(Said::Unreadable),
            Act::Weights(bytes) => match Model::read(&bytes) {
                Err(ModelError::Unknown) => self.said = Some(Said::Unreadable),
                found => self.model = Some(Rc::new(found)),
            },
            Act::ShowModel(settings) => {
                self.model = None;
                if let Some(settings) = settings {
                    self.turn(View::Score);
                    self.run(Action::Edit(Edit::Open(settings)));
                }
            }
        }
    }

    fn run(&mut self, action: Action) {
        let language = self.language();
        let held_at = self.held_at();
        let before = self.session().clone();
        let locks = self.locks();
        let updates = matches!(action, Action::Update | Action::Train { .. });
        let refused = locks.iter().any(|control| control.is_changed_by(&action));
        if refused || (held_at.is_some() && updates) {
            self.said = Some(Said::Locked).filter(|_| held_at.is_none());
            return;
        }
        let action = match action {
            Action::Train { updates } if self.is_in_lesson() => {
                Action::Train { updates: self.lesson.updates_until_done(updates, language) }
            }
            action => action,
        };
        let becomes_numbers = action == Action::Edit(Edit::StepUnit(StepUnit::Number));
        let mut after = before.after(action);
        if let Some(last) = held_at {
            after = after.held_at(last);
            if after.updates() > before.updates() {
                return;
            }
        }
        let (old, new) = (before.run().experiment(), after.run().experiment());
        if !locks.iter().all(|control| control.is_kept(old, new)) {
            self.said = Some(Said::Locked);
            return;
        }
        let changed = after.run() != before.run();
        if after.weights_dropped() && changed {
            self.said = Some(Said::WeightsDropped);
        }
        let texts = [old, new].map(|experiment| &experiment.settings().text);
        if becomes_numbers && texts[0] != texts[1] {
            self.said = Some(Said::TextReplaced);
        }
        if self.is_in_lesson() {
            self.lesson.set_session(after, language);
            // In another run the stage of the question may be elsewhere.
            if let (Some(last), Some(session)) = (self.held_at(), self.lesson.session()) {
                let held = session.clone().held_at(last);
                self.lesson.set_session(held, language);
            }
            if changed {
                self.lesson.judge_task(language);
            }
        } else {
            self.own = after;
        }
    }

    fn turn(&mut self, view: View) {
        self.own = self.own.after(Action::Pause);
        self.train(Command::Pause);
        self.view = view;
        self.begin_training();
        if self.is_in_lesson() {
            self.lesson.come(self.language());
        }
    }

    fn train(&mut self, command: Command) {
        if self.is_in_lesson() {
            let (locks, language) = (self.locks(), self.language());
            if !self.lesson.train(command, &locks, language) {
                self.said = Some(Said::Locked);
            }
            return;
        }
        let Some(before) = &self.learning else { return };
        // What the address asks for is made, whatever it locks.
        let is_asked_for =
            matches!(before.motion(), Motion::Until(_)) && matches!(command, Command::Tick { .. });
        let after = before.after(command);
        let is_kept = |control: &Control| control.is_kept_in_training(before, &after);
        if is_asked_for || self.locks().iter().all(is_kept) {
            self.learning = Some(after);
        } else {
            self.learning = Some(before.after(Command::Pause));
            self.said = Some(Said::Locked);
        }
    }

    /// Begins a training of the lines of a file: of numbers, where all of them are.
    fn take_lines(&mut self, text: &str) {
        let read = |unit| Own::read(text, unit, None, None, FIRST_SEED);
        let numbers = read(StepUnit::Number).ok().filter(|own| own.bad().is_empty());
        match numbers.or_else(|| read(StepUnit::Word).ok()) {
            Some(own) => self.train(Command::Choose(Data::own(own))),
            None => self.said = Some(Said::NoLines),
        }
    }

    /// Makes the first training, where it is turned to and there is none.
    fn begin_training(&mut self) {
        if self.view == View::Train && self.learning.is_none() {
            self.learning = self.first_learning();
        }
    }

    /// Opens a sequence of the training in Explore; an undo there brings back what was in it.
    fn examine(&mut self, sequence: usize, updates: usize) {
        let settings = self.learning().and_then(|it| it.experiment(sequence, updates));
        let Some(settings) = settings else { return };
        self.turn(View::Score);
        self.run(Action::Edit(Edit::Open(Box::new(settings))));
    }

    /// Shows what an address says, all of it: what it does not name is as on a first visit. An undo
    /// brings back what was there.
    fn open(&mut self, opened: &Opened) {
        let Opened { address, problems } = opened;
        (self.language, self.theme) = (address.language, address.theme);
        self.overview = address.stage.is_none() && address.focus.is_none() && !address.embed.play;
        self.embed = Rc::new(address.embed.clone());
        self.view = address.view.unwrap_or(match address.screen {
            Some(_) => View::Lesson,
            None => View::default(),
        });
        let language = self.language();
        let mut problems = problems.clone();
        let first = || language.first_experiment();
        let with = |settings: &Settings| Experiment::new(settings.clone());
        let (own, lessons) = if self.is_in_lesson() {
            (address.aside.as_ref(), address.settings.as_ref())
        } else {
            (address.settings.as_ref(), address.aside.as_ref())
        };
        self.learning = address.training.as_ref().and_then(Course::learning);
        self.begin_training();
        if self.view == View::Train && address.embed.play {
            self.train(Command::Play);
        }
        let Ok(own) = own.map_or_else(first, with) else { return };
        self.own = Session::new(own).in_place_of(&self.own);
        // It may have been read before there was a lesson to look it up in.
        let screen = address
            .screen
            .filter(|&place| lesson::at(place).is_some() || self.is_missing(Later::Lesson));
        if let Some(Place { chapter, screen }) = address.screen.filter(|_| screen.is_none()) {
            let value = format!("{}.{}", chapter + 1, screen + 1);
            problems.push(AddressError::Value { key: "screen", value });
        }
        self.lesson.open(screen, lessons, language, self.view == View::Lesson);
        self.looks = Rc::default();
        match address.looks.clone() {
            looks if !self.is_in_lesson() => self.looks = Rc::new(looks),
            looks if looks != Looks::default() => self.lesson.look(looks),
            _ => {}
        }
        let actions = address.actions();
        let bring = |session: &Session| {
            actions.iter().fold(session.clone(), |session, action| session.after(action.clone()))
        };
        if self.is_in_lesson() {
            if let Some(session) = self.lesson.session().cloned() {
                problems.extend(address.beyond(&session));
                let session = bring(&session);
                let session = match self.held_at() {
                    Some(last) => session.held_at(last),
                    None => session,
                };
                self.lesson.set_session(session, language);
            }
        } else {
            problems.extend(address.beyond(&self.own));
            self.own = bring(&self.own);
            if self.view == View::Train {
                self.own = self.own.after(Action::Pause);
            }
        }
        self.problems = Rc::new(problems);
    }

    /// The stage on show.
    pub fn stage(&self) -> Stage {
        self.session().stage()
    }

    /// Whether the last edit was accepted.
    pub fn draft(&self) -> &Draft {
        self.session().draft()
    }
}
