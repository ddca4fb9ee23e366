//! A chapter as its file has it.

use super::{
    curtain::Veil,
    expression::{Condition, Expression},
    file::{Entry, Table, Wrong, parsed, table, variant},
    prose::Prose,
    quantity::{Scope, StepName, no_parameter, parameter_of},
    question::Question,
    school::{Course, School, Schooling, Study, schools},
    state::{State, Text, bug, cell, named},
};
use crate::{
    figure::{Lane, UpdateLane},
    rnn::{Bug, Cell, Experiment, ExperimentError, Parameter, Trace},
    session::{Action, Control, Cursor, Edit, Stage, Timeline, View},
    text::Language,
};
use serde_json::Value;
use std::{collections::BTreeSet, sync::OnceLock};

/// A chapter: screens on one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// What it is called.
    pub title: Text,
    /// What one can do after it.
    pub goal: Text,
    /// The experiment that every screen begins with.
    pub start: State,
    /// What the training of every screen that has one begins with.
    pub training: Schooling,
    /// The rows of the unrolled network that stand open on its screens; all, if it names none.
    pub lanes: Option<Vec<Lane>>,
    /// The screens, in order.
    pub screens: Vec<Screen>,
}

impl Entry for Chapter {
    fn read(value: Value) -> Result<Self, Wrong> {
        let mut table = Table::of(value)?;
        let chapter = Self {
            title: table.must("title")?,
            goal: table.must("goal")?,
            start: table.or_default("start")?,
            training: table.or_default("training")?,
            lanes: table.maybe_by("lanes", lanes)?,
            screens: table.must("screen")?,
        };
        table.end()?;
        Ok(chapter)
    }
}

/// One screen: a text, a state of the page, and what is to be done with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Screen {
    /// Its name, by which progress is kept.
    pub name: String,
    /// Its chapter and number, from 1, in the lesson whose screens had no names.
    pub was: Option<String>,
    /// What it says.
    pub say: Prose,
    /// What is folded away below that.
    pub more: Vec<Fold>,
    /// What it changes in the experiment that the chapter begins with.
    pub set: State,
    /// The screen whose experiment it changes instead.
    pub from: Option<String>,
    /// Its training, if it has one: the experiment is then the run of one of its sequences, with the
    /// weights that are learnt.
    pub training: Option<Schooling>,
    /// Trainings beside it, each with what is other than in its own.
    pub beside_trainings: Vec<Schooling>,
    /// The lanes of the training that are shown; all, if it names none.
    pub curves: Option<Vec<UpdateLane>>,
    /// What is shown below them.
    pub parts: Vec<TrainingPart>,
    /// The stage.
    pub stage: Option<StageName>,
    /// The view.
    pub view: Option<View>,
    /// The cell beside which the Jacobians show that of the experiment.
    pub beside: Option<Cell>,
    /// The tool of the laboratory that it is about; all of them, if it names none.
    pub tool: Option<Tool>,
    /// The number that is selected.
    pub point: Option<Expression>,
    /// The rows of the unrolled network that stand open, if not those of the chapter.
    pub lanes: Option<Vec<Lane>>,
    /// The parameters that light up.
    pub light: Vec<Parameter>,
    /// The drawing below the text.
    pub figure: Option<Drawing>,
    /// Whether it looks back at the chapter.
    pub recap: bool,
    /// What is hidden while its question is open.
    pub hide: Vec<Veil>,
    /// The program whose gradients are shown.
    pub program: Option<Program>,
    /// What its texts claim of the run.
    pub holds: Vec<Claim>,
    /// What is to be done on it.
    pub kind: Kind,
}

/// What a learner does on a screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Looks.
    Look,
    /// Answers a question.
    Answer(Box<Question>),
    /// Does a task.
    Do(Box<Task>),
}

/// A text that is folded away, as a derivation is.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// What it is about.
    pub title: Prose,
    /// What it says.
    pub say: Prose,
}

table!(Fold { title, say });

/// A tool of the laboratory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// The gradient check.
    Check,
    /// The copies of a weight.
    Untie,
    /// Truncation and clipping.
    Shorten,
}

impl Entry for Tool {
    fn read(value: Value) -> Result<Self, Wrong> {
        let all = [("check", Self::Check), ("untie", Self::Untie), ("shorten", Self::Shorten)];
        parsed(value, |name| variant(name, &all))
    }
}

/// Something that is told of a training at an update, below its lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrainingPart {
    /// The predictions for held-out sequences.
    Predictions,
    /// What the network writes.
    Text,
    /// Where its states go.
    States,
    /// The update taken apart.
    Update,
}

impl TrainingPart {
    /// All of them, from top to bottom.
    pub const ALL: [Self; 4] = [Self::Predictions, Self::Text, Self::States, Self::Update];

    /// Its name in a chapter.
    const fn name(self) -> &'static str {
        match self {
            Self::Predictions => "predictions",
            Self::Text => "text",
            Self::States => "states",
            Self::Update => "update",
        }
    }
}

impl Entry for TrainingPart {
    fn read(value: Value) -> Result<Self, Wrong> {
        parsed(value, |name| variant(name, &Self::ALL.map(|part| (part.name(), part))))
    }
}

/// A drawing in the text of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// The network rolled and unrolled.
    FoldUnroll,
}

impl Entry for Drawing {
    fn read(value: Value) -> Result<Self, Wrong> {
        parsed(value, |name| variant(name, &[("fold-unroll", Self::FoldUnroll)]))
    }
}

/// A program that computes gradients, with a mistake or without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program(pub Option<Bug>);

impl Entry for Program {
    fn read(value: Value) -> Result<Self, Wrong> {
        parsed(value, bug).map(Self)
    }
}

/// Something that a text says of the run, in one language or in all.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    language: Option<Language>,
    /// What must hold.
    pub condition: Condition,
}

impl Claim {
    /// What is wrong with it in `scope`, if something is.
    pub fn fault(&self, scope: &Scope<'_>) -> Option<String> {
        let counts = self.language.is_none_or(|language| language == scope.language);
        (counts && self.condition.holds(scope) != Some(true)).then(|| self.condition.told(scope))
    }
}

impl Entry for Claim {
    fn read(value: Value) -> Result<Self, Wrong> {
        let (language, text) = match value {
            Value::Object(one) => {
                let wrong = "a claim is a condition, or one in a language";
                let (code, claim) = one.into_iter().next().ok_or_else(|| wrong.to_owned())?;
                let known = Language::ALL.into_iter().find(|language| language.code() == code);
                let unknown = || format!("`{code}` is no language of the page");
                (Some(known.ok_or_else(unknown)?), claim)
            }
            claim => (None, claim),
        };
        Ok(Self { language, condition: Entry::read(text)? })
    }
}

/// Something to do on the page, whose success it sees.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// What is to be done.
    pub text: Prose,
    /// What can be changed; everything, if it says nothing.
    pub allow: Option<Vec<Control>>,
    /// What must hold of the run then.
    pub goal: Vec<Goal>,
    /// A hint.
    pub hint: Prose,
    /// One way to do it, by which the tests know that it can be done.
    pub solution: State,
    /// The training that does it, where it is one.
    pub train: Option<Schooling>,
}

impl Entry for Task {
    fn read(value: Value) -> Result<Self, Wrong> {
        let mut table = Table::of(value)?;
        let task = Self {
            text: table.must("text")?,
            allow: table.maybe_by("allow", controls)?,
            goal: table.must("goal")?,
            hint: table.must("hint")?,
            solution: table.or_default("solution")?,
            train: table.maybe("train")?,
        };
        table.end()?;
        Ok(task)
    }
}

impl Task {
    /// What must not be changed.
    pub fn locks(&self) -> Vec<Control> {
        let is_locked = |control: &Control| {
            self.allow.as_ref().is_some_and(|allowed| !allowed.contains(control))
        };
        Control::ALL.into_iter().filter(is_locked).collect()
    }

    /// Whether it is done in `scope`.
    pub fn is_done(&self, scope: &Scope<'_>) -> bool {
        self.goal.iter().all(|goal| goal.is.holds(scope) == Some(true))
    }
}

/// What must hold of a run, and how it is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// What must hold.
    pub is: Condition,
    /// What the left side is, in words and with its symbol.
    pub label: Prose,
    /// What the right side is, if it is no number that stands in the chapter.
    pub than: Option<Prose>,
}

impl Entry for Goal {
    fn read(value: Value) -> Result<Self, Wrong> {
        let mut table = Table::of(value)?;
        let is = table.must_by("is", |value| {
            let condition: Condition = Entry::read(value)?;
            let wrong = || "a goal compares two numbers and no more".to_owned();
            condition.wanted().ok_or_else(wrong)?;
            Ok(condition)
        })?;
        let goal = Self { is, label: table.must("label")?, than: table.maybe("than")? };
        table.end()?;
        Ok(goal)
    }
}

impl Entry for Screen {
    fn read(value: Value) -> Result<Self, Wrong> {
        let mut table = Table::of(value)?;
        let kind = match (table.maybe("question")?, table.maybe("task")?) {
            (None, None) => Kind::Look,
            (Some(question), None) => Kind::Answer(question),
            (None, Some(task)) => Kind::Do(task),
            (Some(_), Some(_)) => {
                return Err("a screen has a question or a task, not both".to_owned().into());
            }
        };
        let screen = Self {
            name: table.must("name")?,
            was: table.maybe("was")?,
            say: table.must("say")?,
            more: table.or_default("more")?,
            set: table.or_default("set")?,
            from: table.maybe("from")?,
            training: table.maybe("training")?,
            beside_trainings: table.or_default("trainings")?,
            curves: table.maybe_by("curves", curves)?,
            parts: table.or_default("parts")?,
            stage: table.maybe("stage")?,
            view: table.maybe_by("view", |view| parsed(view, |it| named(it, "view", &VIEWS)))?,
            beside: table.maybe_by("beside", |value| parsed(value, cell))?,
            tool: table.maybe("tool")?,
            point: table.maybe("point")?,
            lanes: table.maybe_by("lanes", lanes)?,
            light: table.maybe_by("light", parameters)?.unwrap_or_default(),
            figure: table.maybe("figure")?,
            recap: table.or_default("recap")?,
            hide: table.or_default("hide")?,
            program: table.maybe("bug")?,
            holds: table.or_default("holds")?,
            kind,
        };
        table.end()?;
        let letters =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        let name = &screen.name;
        if name.is_empty() || !name.chars().all(letters) {
            let must = "small letters, digits and -";
            return Err(format!("`{name}` is no name of a screen: {must}").into());
        }
        if screen.training.is_none()
            && (screen.view == Some(View::Train) || !screen.beside_trainings.is_empty())
        {
            return Err("`training` is missing, which the screen shows".to_owned().into());
        }
        if !(screen.hide.is_empty() || matches!(screen.kind, Kind::Answer(_))) {
            return Err("`hide` needs a question".to_owned().into());
        }
        Ok(screen)
    }
}

impl Screen {
    /// What is asked, if something is.
    pub fn question(&self) -> Option<&Question> {
        match &self.kind {
            Kind::Answer(question) => Some(question),
            Kind::Look | Kind::Do(_) => None,
        }
    }

    /// What is to be done, if something is.
    pub fn task(&self) -> Option<&Task> {
        match &self.kind {
            Kind::Do(task) => Some(task),
            Kind::Look | Kind::Answer(_) => None,
        }
    }

    /// The mistake of the program that it shows.
    pub fn bug(&self) -> Option<Bug> {
        self.program.and_then(|program| program.0)
    }

    /// About how many minutes it takes, were it read at 150 words a minute: a question takes one
    /// more, a task three.
    fn minutes(&self, language: Language) -> f64 {
        let words = |prose: &Prose| prose.words(language);
        let (inside, more) = match &self.kind {
            Kind::Look => (0, 0.0),
            Kind::Answer(question) => {
                (words(&question.ask) + question.why.as_ref().map_or(0, words), 1.0)
            }
            Kind::Do(task) => (words(&task.text), 3.0),
        };
        (words(&self.say) + inside) as f64 / 150.0 + more
    }
}

/// A stage by its name, whose step may be `last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageName {
    /// `forward:2`.
    Forward(StepName),
    /// `backward:last`.
    Backward(StepName),
    /// One without a step.
    At(Stage),
}

const STAGES: [(&str, Stage); 4] = [
    ("output", Stage::Output),
    ("loss", Stage::Loss),
    ("backward-output", Stage::BackwardOutput),
    ("update", Stage::Update),
];

impl StageName {
    /// The stage in a run of `steps` steps, if the run has it.
    pub fn in_run(self, steps: usize) -> Option<Stage> {
        Some(match self {
            Self::Forward(step) => Stage::Forward(step.in_run(steps)?),
            Self::Backward(step) => Stage::Backward(step.in_run(steps)?),
            Self::At(stage) => stage,
        })
    }

    fn named(name: &str) -> Result<Self, String> {
        match name.split_once(':') {
            Some(("forward", step)) => StepName::read(step).map(Self::Forward),
            Some(("backward", step)) => StepName::read(step).map(Self::Backward),
            _ => named(name, "stage", &STAGES).map(Self::At),
        }
    }
}

impl Entry for StageName {
    fn read(value: Value) -> Result<Self, Wrong> {
        parsed(value, Self::named)
    }
}

const VIEWS: [(&str, View); 4] = [
    ("score", View::Score),
    ("train", View::Train),
    ("chain", View::Chain),
    ("laboratory", View::Laboratory),
];

/// A list of things by their names.
fn all_named<T: Copy>(value: Value, what: &str, all: &[(&str, T)]) -> Result<Vec<T>, Wrong> {
    let names = Vec::<String>::read(value)?;
    Ok(names.iter().map(|name| named(name, what, all)).collect::<Result<_, _>>()?)
}

fn lanes(value: Value) -> Result<Vec<Lane>, Wrong> {
    let named: Vec<(String, Lane)> =
        Cell::ALL.into_iter().flat_map(Lane::of).map(|(lane, _)| (lane.name(), *lane)).collect();
    let all: Vec<(&str, Lane)> = named.iter().map(|(name, lane)| (name.as_str(), *lane)).collect();
    all_named(value, "row", &all)
}

fn curves(value: Value) -> Result<Vec<UpdateLane>, Wrong> {
    all_named(value, "lane", &UpdateLane::ALL.map(|lane| (lane.name(), lane)))
}

fn controls(value: Value) -> Result<Vec<Control>, Wrong> {
    let name = |control: Control| match control {
        Control::Units => "units",
        other => other.name(),
    };
    all_named(value, "control", &Control::ALL.map(|control| (name(control), control)))
}

fn parameters(value: Value) -> Result<Vec<Parameter>, Wrong> {
    let names = Vec::<String>::read(value)?;
    let read = |name: &String| parameter_of(name).ok_or_else(|| no_parameter(name));
    Ok(names.iter().map(read).collect::<Result<_, String>>()?)
}

impl Chapter {
    /// The experiment of a screen: that of the start, or of the screen that it goes on from, with the
    /// changes of its own.
    ///
    /// # Errors
    ///
    /// What is wrong with the settings that the file makes.
    pub fn experiment(
        &self,
        screen: usize,
        language: Language,
    ) -> Result<Experiment, ExperimentError> {
        let Some(at) = self.screens.get(screen) else { return language.first_experiment() };
        // That it is an earlier one is looked after where the file is read.
        let from = at.from.as_ref().and_then(|name| {
            self.screens.iter().take(screen).position(|earlier| earlier.name == *name)
        });
        let before = match from {
            Some(from) => self.experiment(from, language)?,
            None => self.start.applied_to(language.first_experiment()?, language)?,
        };
        let before = match (&at.training, self.schools(screen, language).first()) {
            (Some(_), Some(school)) => {
                let own = self.schooling(at).and_then(|own| own.sequence);
                let sequence = own.as_ref().map(|text| text.of(language));
                school.experiment(sequence).ok_or_else(|| ExperimentError::Malformed {
                    field: "training".to_owned(),
                    reason: format!("there is no such sequence: {sequence:?}"),
                })?
            }
            _ => before,
        };
        at.set.applied_to(before, language)
    }

    /// What a screen states of its training, with what the chapter does.
    fn schooling(&self, screen: &Screen) -> Option<Schooling> {
        screen.training.clone().map(|training| training.over(&self.training))
    }

    /// What a screen states of all its trainings.
    fn schoolings(&self, screen: usize) -> Vec<Schooling> {
        let at = self.screens.get(screen);
        let own = at.and_then(|at| Some((self.schooling(at)?, &at.beside_trainings)));
        own.map_or_else(Vec::new, |(own, beside)| [&[own], &beside[..]].concat())
    }

    /// The trainings of a screen, which are made now where they never were: its own, then those beside it.
    pub fn schools(&self, screen: usize, language: Language) -> Vec<School> {
        schools(&self.schoolings(screen), language, true).unwrap_or_default()
    }

    /// The first training of a screen that has yet to be made, if there is one.
    pub fn study(&self, screen: usize, language: Language) -> Option<Study> {
        schools(&self.schoolings(screen), language, false).err().map(|study| *study)
    }

    /// The training that does the task of a screen, if it is one.
    pub fn solution(&self, screen: usize, language: Language) -> Option<Course> {
        let at = self.screens.get(screen)?;
        let own = Schooling { at: None, ..self.schooling(at)? };
        at.task()?.train.clone()?.over(&own).course(language)
    }

    /// The rows that stand open on a screen; all, if neither it nor the chapter names any.
    pub fn lanes(&self, screen: &Screen) -> Vec<Lane> {
        let named = screen.lanes.clone().or_else(|| self.lanes.clone());
        named.unwrap_or_else(|| Cell::ALL.into_iter().flat_map(Lane::told).collect())
    }

    /// About how many minutes it takes.
    pub fn minutes(&self, language: Language) -> usize {
        let minutes: f64 = self.screens.iter().map(|screen| screen.minutes(language)).sum();
        minutes.ceil() as usize
    }

    /// What brings a session to the state of a screen.
    pub fn actions(&self, screen: usize, language: Language) -> Vec<Action> {
        let Some(at) = self.screens.get(screen) else { return Vec::new() };
        let Ok(experiment) = self.experiment(screen, language) else { return Vec::new() };
        let steps = experiment.steps();
        let run = Trace::of(experiment);
        let mut actions = vec![
            Action::Edit(Edit::Open(Box::new(run.experiment().settings().clone()))),
            Action::LetGo,
        ];
        let place = |stage| Cursor::at(Timeline::of(steps).position(stage));
        if let Some(stage) = at.stage.and_then(|stage| stage.in_run(steps)) {
            actions.push(Action::Seek(place(stage)));
        }
        let schools = self.schools(screen, language);
        let scope = Scope::of(&run, language).with(&schools);
        if let Some(spot) = at.point.as_ref().and_then(|number| number.spot(&scope)) {
            actions.push(Action::Pin(spot));
        }
        actions
    }
}

/// The chapters, where they come with the program. A published page asks for them when they are wanted,
/// and so has them from its own [`bring_chapters`].
#[cfg(any(debug_assertions, not(target_arch = "wasm32")))]
const BUILT_IN: Option<&str> = Some(include_str!(concat!(env!("OUT_DIR"), "/lesson.json")));
#[cfg(not(any(debug_assertions, not(target_arch = "wasm32"))))]
const BUILT_IN: Option<&str> = None;

static CHAPTERS: OnceLock<Vec<Chapter>> = OnceLock::new();

/// All chapters of the page, in order; none before they are there, and none where one of their files is
/// wrong, which a test of [`read_chapters`] says.
pub fn chapters() -> &'static [Chapter] {
    match BUILT_IN {
        Some(files) => CHAPTERS.get_or_init(|| read_chapters(files).unwrap_or_default()),
        None => CHAPTERS.get().map_or(&[], Vec::as_slice),
    }
}

/// Whether the chapters are there.
pub fn has_chapters() -> bool {
    BUILT_IN.is_some() || CHAPTERS.get().is_some()
}

/// Takes the chapters in, which have been fetched.
///
/// # Errors
///
/// As [`read_chapters`].
pub fn bring_chapters(files: &str) -> Result<(), String> {
    let chapters = read_chapters(files)?;
    // Whoever asked twice has the first.
    CHAPTERS.get_or_init(|| chapters);
    Ok(())
}

/// Reads the files of the chapters, which `files` has as one JSON text.
///
/// # Errors
///
/// What is wrong with the first file that is wrong, with its name, the screen and the field.
pub fn read_chapters(files: &str) -> Result<Vec<Chapter>, String> {
    read_files(serde_json::from_str(files).map_err(|error| error.to_string())?)
}

/// Reads chapters, each from the name of its file and what is in it.
///
/// # Errors
///
/// As [`read_chapters`].
pub fn read_files(files: Vec<(String, Value)>) -> Result<Vec<Chapter>, String> {
    let mut names = BTreeSet::new();
    let mut chapters = Vec::new();
    for (file, chapter) in files {
        let chapter = read_chapter(&file, chapter)?;
        for (number, screen) in chapter.screens.iter().enumerate() {
            let wrong =
                |what: String| Err(format!("lesson/{file}, screen “{}”, {what}", screen.name));
            if !names.insert(screen.name.clone()) {
                return wrong("name: another screen of the lesson has it too".to_owned());
            }
            if let Some(from) = &screen.from
                && !chapter.screens.iter().take(number).any(|earlier| earlier.name == *from)
            {
                let earlier =
                    chapter.screens.iter().take(number).map(|earlier| earlier.name.as_str());
                return wrong(format!(
                    "from: no earlier screen of the chapter is called `{from}`{}",
                    super::nearest(from, earlier)
                ));
            }
        }
        chapters.push(chapter);
    }
    Ok(chapters)
}

fn read_chapter(file: &str, chapter: Value) -> Result<Chapter, String> {
    let names: Vec<Option<String>> = chapter["screen"]
        .as_array()
        .map(|screens| screens.iter().map(|it| it["name"].as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    Chapter::read(chapter).map_err(|Wrong { path, problem }| {
        let within = path.strip_prefix("screen[").and_then(|rest| rest.split_once(']'));
        let place = within.and_then(|(number, field)| {
            let name = names.get(number.parse::<usize>().ok()?)?.as_ref()?;
            Some(match field.trim_start_matches('.') {
                "" => format!("screen “{name}”"),
                field => format!("screen “{name}”, {field}"),
            })
        });
        format!("lesson/{file}, {}: {problem}", place.unwrap_or(path))
    })
}

/// What a sentence of the page claims of a run, elsewhere than in the lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct PageClaim {
    /// The entry of the files of the languages that says it.
    pub entry: String,
    /// What makes the experiment of the first one of the page.
    pub set: State,
    /// What must hold.
    pub holds: Vec<Claim>,
}

table!(PageClaim { entry, set*, holds, });

impl PageClaim {
    /// Reads one as its file has it.
    ///
    /// # Errors
    ///
    /// What is wrong, with the field.
    pub fn from_file(claim: Value) -> Result<Self, String> {
        Self::read(claim).map_err(|Wrong { path, problem }| format!("{path}: {problem}"))
    }
}
