//! The lesson on the page: how far it has come, and a run of its own.

use crate::{
    address::Looks,
    figure::{Lane, UpdateLane},
    lesson::{
        Answer, Chapter, Curtain, Place, Progress, School, Scope, Screen, StageName, Study, Tool,
        TrainingPart, Veil, chapters,
    },
    rnn::{Experiment, Parameter, Settings, Trace},
    session::{Action, Control, Cursor, Session, Timeline, View},
    text::Language,
    training::{Command, Learning, Motion},
};
use std::rc::Rc;

/// The open screen of the lesson, its run, and what is remembered.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// The open screen, and what was answered.
    progress: Rc<Progress>,
    /// The screen to come back to, which an address does not change.
    remembered: Place,
    /// The run of the lesson, once it has been opened: for which screen, and in which language.
    entered: Option<(Place, Language)>,
    session: Option<Session>,
    /// What is shown of it: as the screen says, until the learner chooses.
    looks: Rc<Looks>,
    /// The training on show, where the screen shows one.
    learning: Option<Learning>,
    /// The training that is made before the screen can be shown.
    study: Option<Study>,
}

/// The screen at `place`, with its chapter.
pub(crate) fn at(place: Place) -> Option<(&'static Chapter, &'static Screen)> {
    place.of(chapters())
}

impl Lesson {
    pub(super) fn new(progress: Progress) -> Self {
        let remembered = progress.place;
        Self {
            progress: Rc::new(progress),
            remembered,
            entered: None,
            session: None,
            looks: Rc::default(),
            learning: None,
            study: None,
        }
    }

    /// What the device is to remember.
    pub fn memory(&self) -> Progress {
        self.progress.opened(self.remembered)
    }

    /// How far it has come.
    pub fn progress(&self) -> &Rc<Progress> {
        &self.progress
    }

    /// The open screen.
    pub fn place(&self) -> Place {
        self.progress.place
    }

    /// The training of the open screen, where it shows one.
    pub fn learning(&self) -> Option<&Learning> {
        self.learning.as_ref()
    }

    /// The training that is made before the open screen can be shown.
    pub fn study(&self) -> Option<&Study> {
        self.study.as_ref()
    }

    /// The run of the open screen, if the lesson has been opened.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    fn screen(&self) -> Option<&'static Screen> {
        at(self.place()).map(|(_, screen)| screen)
    }

    /// The view that the screen speaks of.
    pub fn view_on_show(&self) -> View {
        self.screen().and_then(|screen| screen.view).unwrap_or_default()
    }

    /// What is shown of its run.
    pub fn looks(&self) -> &Rc<Looks> {
        &self.looks
    }

    /// What the screen shows of it.
    fn first_looks(&self) -> Looks {
        Looks { beside: self.screen().and_then(|screen| screen.beside), ..Looks::default() }
    }

    /// Whether the learner has chosen something else than the screen.
    pub(super) fn has_own_looks(&self) -> bool {
        *self.looks != self.first_looks()
    }

    pub(super) fn look(&mut self, looks: Looks) {
        self.looks = Rc::new(looks);
    }

    /// The tool of the laboratory that it speaks of alone.
    pub fn tool(&self) -> Option<Tool> {
        self.screen().and_then(|screen| screen.tool)
    }

    /// The rows of the unrolled network that stand open.
    pub fn lanes(&self) -> Vec<Lane> {
        at(self.place()).map_or_else(Vec::new, |(chapter, screen)| chapter.lanes(screen))
    }

    /// The lanes of the training that are shown.
    pub fn curves(&self) -> Vec<UpdateLane> {
        let named = self.screen().and_then(|screen| screen.curves.clone());
        named.unwrap_or_else(|| UpdateLane::ALL.to_vec())
    }

    /// What is shown of the training below its lanes.
    pub fn parts(&self) -> &'static [TrainingPart] {
        self.screen().map_or(&[], |screen| &screen.parts)
    }

    /// The parameters that light up.
    pub fn light(&self) -> &'static [Parameter] {
        self.screen().map_or(&[], |screen| &screen.light)
    }

    /// Whether something is to be done on the screen.
    pub fn has_task(&self) -> bool {
        self.screen().is_some_and(|screen| screen.task().is_some())
    }

    /// What the task of the screen does not allow to be changed.
    pub fn locks(&self) -> Vec<Control> {
        let task = self.screen().and_then(Screen::task);
        task.map(crate::lesson::Task::locks).unwrap_or_default()
    }

    /// The answer that was given at the open screen.
    pub fn answer_given(&self) -> Option<Answer> {
        self.progress.answer(chapters())
    }

    /// Whether a question waits for its answer.
    pub fn asks(&self) -> bool {
        let question = self.screen().and_then(Screen::question);
        question.is_some() && self.answer_given().is_none()
    }

    /// What is hidden while a question waits for its answer.
    pub fn veils(&self) -> &'static [Veil] {
        self.screen().filter(|_| self.asks()).map_or(&[], |screen| &screen.hide)
    }

    /// `session` with nothing selected that would tell what is asked.
    fn curtained(&self, session: Session, language: Language) -> Session {
        let (Some(focus), Some(screen)) = (session.focus(), self.screen().filter(|_| self.asks()))
        else {
            return session;
        };
        let schools = self.schools(language);
        let scope = Scope::of(session.run(), language).with(&schools);
        let curtain = Curtain::of(screen, &scope);
        let hidden = curtain.hides(focus.spot, session.run());
        if hidden { session.after(Action::LetGo) } else { session }
    }

    /// The trainings of the open screen.
    fn schools(&self, language: Language) -> Vec<School> {
        let place = self.place();
        at(place).map_or_else(Vec::new, |(chapter, _)| chapter.schools(place.screen, language))
    }

    /// The position past which nothing may be seen before the answer.
    pub(super) fn held_at(&self, language: Language) -> Option<usize> {
        self.reveal().filter(|_| self.asks())?;
        let session = self.session.as_ref().filter(|_| self.is_entered(language))?;
        // A run too short for the stage shows no more than its beginning.
        let stage = self.screen()?.stage?.in_run(session.run().steps());
        Some(stage.map_or(0, |stage| session.timeline().position(stage)))
    }

    /// The stage at which the answer of the screen is seen.
    fn reveal(&self) -> Option<StageName> {
        self.screen()?.question()?.reveal
    }

    fn is_entered(&self, language: Language) -> bool {
        self.entered == Some((self.place(), language))
    }

    /// The experiment, where it is not that of the screen.
    pub(super) fn changed(&self, language: Language) -> Option<&Experiment> {
        let experiment = self.session.as_ref()?.run().experiment();
        let (chapter, _) = at(self.place()).filter(|_| self.is_entered(language))?;
        let own = chapter.experiment(self.place().screen, language).ok()?;
        (own != *experiment).then_some(experiment)
    }

    pub(super) fn set_session(&mut self, session: Session, language: Language) {
        self.session = Some(self.curtained(session, language));
    }

    /// The lesson is turned to: its run is there still, unless the language is another.
    pub(super) fn come(&mut self, language: Language) {
        if !self.is_entered(language) && self.study.is_none() {
            self.enter(language);
        }
    }

    /// Something is done to the training on show, or time passes for one that has yet to be made.
    pub(super) fn train(
        &mut self,
        command: Command,
        locks: &[Control],
        language: Language,
    ) -> bool {
        if let Some(study) = &mut self.study {
            let Command::Tick { more, .. } = command else { return true };
            if study.go_on(&|| more.goes_on()) {
                self.study = None;
                self.enter(language);
            }
            return true;
        }
        let Some(before) = &self.learning else { return true };
        let after = before.after(command);
        // What is asked is not computed before the answer.
        let is_ahead = after.end() > before.end() || after.motion() != Motion::Still;
        if self.asks() && is_ahead {
            return true;
        }
        if !locks.iter().all(|control| control.is_kept_in_training(before, &after)) {
            self.learning = Some(before.after(Command::Pause));
            return false;
        }
        self.learning = Some(after);
        self.judge_task(language);
        true
    }

    /// Shows the open screen; one that is answered already, with what its answer revealed.
    pub(super) fn enter(&mut self, language: Language) {
        let Some((chapter, _)) = at(self.place()) else { return };
        self.learning = None;
        self.study = chapter.study(self.place().screen, language);
        if self.study.is_some() {
            self.entered = None;
            return;
        }
        let Ok(experiment) = chapter.experiment(self.place().screen, language) else { return };
        if self.view_on_show() == View::Train {
            let answered = self.screen().and_then(Screen::question).is_some() && !self.asks();
            let school = self.schools(language).into_iter().next();
            self.learning =
                school.map(
                    |school| {
                        if answered { school.answered() } else { school.learning(self.asks()) }
                    },
                );
        }
        let steps = experiment.steps();
        let fresh = Session::new(experiment);
        let session = match &self.session {
            Some(before) => fresh.in_place_of(before),
            None => fresh.begun(),
        };
        let actions = chapter.actions(self.place().screen, language);
        let mut session = actions.into_iter().fold(session, |session, act| session.after(act));
        if let (Some(reveal), Some(_)) = (self.reveal(), self.answer_given())
            && let Some(stage) = reveal.in_run(steps)
        {
            let position = Timeline::of(steps).position(stage);
            session = session.after(Action::Seek(Cursor::at(position)));
        }
        self.set_session(session, language);
        self.look(self.first_looks());
        self.entered = Some((self.place(), language));
    }

    pub(super) fn go(&mut self, place: Place, language: Language) {
        if at(place).is_some() {
            self.progress = Rc::new(self.progress.at(place, chapters()));
            self.remembered = place;
            self.enter(language);
        }
    }

    pub(super) fn answer(&mut self, answer: Option<Answer>, language: Language) {
        self.progress = Rc::new(self.progress.answered(answer, chapters()));
        self.remembered = self.place();
        let reveal = self.reveal();
        match (answer, &self.session) {
            (None, _) => self.enter(language),
            (Some(_), _) if self.learning.is_some() => {
                let school = self.schools(language).into_iter().next();
                self.learning = school.map(|school| school.answered());
            }
            (Some(_), Some(session)) => {
                let stage = reveal.and_then(|stage| stage.in_run(session.run().steps()));
                if let Some(stage) = stage {
                    // The last stage before what is revealed, and from there one step.
                    let before = session.timeline().position(stage).saturating_sub(1);
                    let session = session.after(Action::Seek(Cursor::at(before)));
                    self.session = Some(session.after(Action::StepForward));
                }
            }
            (Some(_), None) => {}
        }
    }

    pub(super) fn forget(&mut self, language: Language) {
        self.progress = Rc::default();
        self.remembered = Place::default();
        self.enter(language);
    }

    /// What another page of this device has added to what is remembered.
    pub(super) fn remember(&mut self, progress: Progress) {
        self.progress = Rc::new(progress.opened(self.place()));
    }

    /// The task is done as soon as its goals hold.
    pub(super) fn judge_task(&mut self, language: Language) {
        let Some(session) = &self.session else { return };
        if self.is_entered(language)
            && self.answer_given().is_none()
            && self.is_done(session.run(), language)
        {
            self.progress = Rc::new(self.progress.answered(Some(Answer::Done), chapters()));
        }
    }

    /// Whether the goals of the task hold in a run.
    fn is_done(&self, trace: &Trace, language: Language) -> bool {
        let Some(task) = self.screen().and_then(Screen::task) else { return false };
        let mut schools = self.schools(language);
        if let (Some(first), Some(learning)) = (schools.first_mut(), &self.learning) {
            *first = first.with(learning.run().clone());
        }
        task.is_done(&Scope::of(trace, language).with(&schools))
    }

    /// How many of at most `most` updates are made until the task of the screen is done.
    pub(super) fn updates_until_done(&self, most: usize, language: Language) -> usize {
        let Some(session) = self.session.as_ref().filter(|_| self.answer_given().is_none()) else {
            return most;
        };
        let mut experiment = session.run().updated();
        for updates in 1..most {
            let Ok(next) = experiment else { return updates };
            let trace = Trace::of(next);
            if self.is_done(&trace, language) {
                return updates;
            }
            experiment = trace.updated();
        }
        most
    }

    /// Opens a screen with an experiment, or as it is by itself. What is remembered of the place
    /// stays until the learner goes on.
    pub(super) fn open(
        &mut self,
        place: Option<Place>,
        settings: Option<&Settings>,
        language: Language,
        in_view: bool,
    ) {
        let place = place.unwrap_or(self.remembered);
        self.progress = Rc::new(self.progress.opened(place));
        if !in_view && settings.is_none() {
            self.entered = None;
            self.session = None;
            self.learning = None;
            self.study = None;
            return;
        }
        // What an address says of the run of the screen is opened with it: its training is made at once.
        self.schools(language);
        self.enter(language);
        let experiment = settings.and_then(|settings| Experiment::new(settings.clone()).ok());
        if let (Some(experiment), Some(entered)) = (experiment, &self.session) {
            let session = Session::new(experiment);
            // Where the screen begins, and all of it that the experiment has.
            let session = session.after(Action::Go(entered.stage())).in_place_of(entered);
            self.set_session(session, language);
        }
    }
}
