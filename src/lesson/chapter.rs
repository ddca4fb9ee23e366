//! A chapter as its file has it.

use super::{
    curtain::Veil,
    expression::{Condition, Expression},
    prose::Prose,
    quantity::{Scope, StepName, parameter_of},
    question::Question,
    state::{State, Text, bug, named},
};
use crate::{
    figure::Lane,
    rnn::{Bug, Cell, Experiment, ExperimentError, Parameter, Trace},
    session::{Action, Control, Cursor, Edit, Stage, Timeline, View},
    text::Language,
};
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Value;
use std::{collections::BTreeSet, sync::LazyLock};

/// A chapter: screens on one subject.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// What it is called.
    pub title: Text,
    /// What one can do after it.
    pub goal: Text,
    /// The experiment that every screen begins with.
    #[serde(default)]
    pub start: State,
    /// The rows of the unrolled network that stand open on its screens; all, if it names none.
    #[serde(default, deserialize_with = "lanes")]
    pub lanes: Option<Vec<Lane>>,
    /// The screens, in order.
    #[serde(rename = "screen")]
    pub screens: Vec<Screen>,
}

/// One screen: a text, a state of the page, and what is to be done with it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "ScreenFile")]
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
    /// The stage.
    pub stage: Option<StageName>,
    /// The view.
    pub view: Option<View>,
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
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fold {
    /// What it is about.
    pub title: Prose,
    /// What it says.
    pub say: Prose,
}

/// A tool of the laboratory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tool {
    /// The gradient check.
    Check,
    /// The copies of a weight.
    Untie,
    /// Truncation and clipping.
    Shorten,
}

/// A drawing in the text of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drawing {
    /// The network rolled and unrolled.
    FoldUnroll,
}

/// A program that computes gradients, with a mistake or without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program(pub Option<Bug>);

impl<'de> Deserialize<'de> for Program {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        bug(&String::deserialize(from)?).map(Self).map_err(D::Error::custom)
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

impl<'de> Deserialize<'de> for Claim {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = |text: &Value| text.as_str().map(str::to_owned);
        let wrong = || D::Error::custom("a claim is a condition, or one in a language");
        let (code, text) = match Value::deserialize(from)? {
            Value::Object(one) => {
                let (code, claim) = one.iter().next().ok_or_else(wrong)?;
                (Some(code.clone()), text(claim).ok_or_else(wrong)?)
            }
            claim => (None, text(&claim).ok_or_else(wrong)?),
        };
        let of_code = |code: String| {
            Language::ALL
                .into_iter()
                .find(|language| language.code() == code)
                .ok_or_else(|| D::Error::custom(format!("`{code}` is no language of the page")))
        };
        let language = code.map(of_code).transpose()?;
        let condition = Condition::read(&text).map_err(D::Error::custom)?;
        Ok(Self { language, condition })
    }
}

/// Something to do on the page, whose success it sees.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// What is to be done.
    pub text: Prose,
    /// What can be changed; everything, if it says nothing.
    #[serde(default, deserialize_with = "controls")]
    pub allow: Option<Vec<Control>>,
    /// What must hold of the run then.
    pub goal: Vec<Goal>,
    /// A hint.
    pub hint: Prose,
    /// One way to do it, by which the tests know that it can be done.
    pub solution: State,
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
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// What must hold.
    #[serde(deserialize_with = "two_sides")]
    pub is: Condition,
    /// What the left side is, in words and with its symbol.
    pub label: Prose,
    /// What the right side is, if it is no number that stands in the chapter.
    pub than: Option<Prose>,
}

fn two_sides<'de, D: Deserializer<'de>>(from: D) -> Result<Condition, D::Error> {
    let condition = Condition::deserialize(from)?;
    match condition.wanted() {
        Some(_) => Ok(condition),
        None => Err(D::Error::custom("a goal compares two numbers and no more")),
    }
}

/// A screen as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScreenFile {
    name: String,
    was: Option<String>,
    say: Prose,
    #[serde(default)]
    more: Vec<Fold>,
    #[serde(default)]
    set: State,
    from: Option<String>,
    stage: Option<StageName>,
    #[serde(default, deserialize_with = "view")]
    view: Option<View>,
    tool: Option<Tool>,
    point: Option<Expression>,
    #[serde(default, deserialize_with = "lanes")]
    lanes: Option<Vec<Lane>>,
    #[serde(default, deserialize_with = "parameters")]
    light: Vec<Parameter>,
    figure: Option<Drawing>,
    #[serde(default)]
    recap: bool,
    #[serde(default)]
    hide: Vec<Veil>,
    bug: Option<Program>,
    #[serde(default)]
    holds: Vec<Claim>,
    question: Option<Box<Question>>,
    task: Option<Box<Task>>,
}

impl TryFrom<ScreenFile> for Screen {
    type Error = String;

    fn try_from(file: ScreenFile) -> Result<Self, String> {
        let letters =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if file.name.is_empty() || !file.name.chars().all(letters) {
            return Err(format!(
                "`{}` is no name of a screen: small letters, digits and -",
                file.name
            ));
        }
        let kind = match (file.question, file.task) {
            (None, None) => Kind::Look,
            (Some(question), None) => Kind::Answer(question),
            (None, Some(task)) => Kind::Do(task),
            (Some(_), Some(_)) => {
                return Err("a screen has a question or a task, not both".to_owned());
            }
        };
        if !(file.hide.is_empty() || matches!(kind, Kind::Answer(_))) {
            return Err("`hide` needs a question".to_owned());
        }
        Ok(Self {
            name: file.name,
            was: file.was,
            say: file.say,
            more: file.more,
            set: file.set,
            from: file.from,
            stage: file.stage,
            view: file.view,
            tool: file.tool,
            point: file.point,
            lanes: file.lanes,
            light: file.light,
            figure: file.figure,
            recap: file.recap,
            hide: file.hide,
            program: file.bug,
            holds: file.holds,
            kind,
        })
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

    fn read(name: &str) -> Result<Self, String> {
        match name.split_once(':') {
            Some(("forward", step)) => StepName::read(step).map(Self::Forward),
            Some(("backward", step)) => StepName::read(step).map(Self::Backward),
            _ => named(name, "stage", &STAGES).map(Self::At),
        }
    }
}

impl<'de> Deserialize<'de> for StageName {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

const VIEWS: [(&str, View); 3] =
    [("score", View::Score), ("chain", View::Chain), ("laboratory", View::Laboratory)];

fn view<'de, D: Deserializer<'de>>(from: D) -> Result<Option<View>, D::Error> {
    named(&String::deserialize(from)?, "view", &VIEWS).map(Some).map_err(D::Error::custom)
}

/// A list of things by their names.
fn all_named<'de, T: Copy, D: Deserializer<'de>>(
    from: D,
    what: &str,
    all: &[(&str, T)],
) -> Result<Vec<T>, D::Error> {
    let names = Vec::<String>::deserialize(from)?;
    names.iter().map(|name| named(name, what, all).map_err(D::Error::custom)).collect()
}

fn lanes<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<Lane>>, D::Error> {
    let named: Vec<(String, Lane)> =
        Cell::ALL.into_iter().flat_map(Lane::of).map(|(lane, _)| (lane.name(), *lane)).collect();
    let all: Vec<(&str, Lane)> = named.iter().map(|(name, lane)| (name.as_str(), *lane)).collect();
    all_named(from, "row", &all).map(Some)
}

fn controls<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<Control>>, D::Error> {
    let name = |control: Control| match control {
        Control::Units => "units",
        other => other.name(),
    };
    all_named(from, "control", &Control::ALL.map(|control| (name(control), control))).map(Some)
}

fn parameters<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Parameter>, D::Error> {
    let names = ["W1x", "W1h", "b1", "W2", "b2"];
    let known: Vec<(&str, Parameter)> =
        names.iter().filter_map(|name| Some((*name, parameter_of(name)?))).collect();
    all_named(from, "parameter", &known)
}

pub(super) fn step_name<'de, D: Deserializer<'de>>(from: D) -> Result<StepName, D::Error> {
    StepName::read(&String::deserialize(from)?).map_err(D::Error::custom)
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
        at.set.applied_to(before, language)
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
        let scope = Scope::of(&run, language);
        if let Some(spot) = at.point.as_ref().and_then(|number| number.spot(&scope)) {
            actions.push(Action::Pin(spot));
        }
        actions
    }
}

/// All chapters of the page, in order; none where one of their files is wrong, which a test of
/// [`read_chapters`] says.
pub fn chapters() -> &'static [Chapter] {
    static CHAPTERS: LazyLock<Vec<Chapter>> = LazyLock::new(|| read_chapters().unwrap_or_default());
    &CHAPTERS
}

/// Reads the files of the chapters.
///
/// # Errors
///
/// What is wrong with the first file that is wrong, with its name, the screen and the field.
pub fn read_chapters() -> Result<Vec<Chapter>, String> {
    let files: Vec<(String, Value)> =
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/lesson.json")))
            .map_err(|error| error.to_string())?;
    read_files(files)
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

/// Reads a chapter. Where it is wrong is told natively, where chapters are tested; on the page, where
/// they are right, nothing follows the path of each field, which would be a large part of the program.
fn read_chapter(file: &str, chapter: Value) -> Result<Chapter, String> {
    #[cfg(target_arch = "wasm32")]
    return serde_json::from_value(chapter).map_err(|error| format!("lesson/{file}: {error}"));
    #[cfg(not(target_arch = "wasm32"))]
    read_chapter_by_path(file, chapter)
}

#[cfg(not(target_arch = "wasm32"))]
fn read_chapter_by_path(file: &str, chapter: Value) -> Result<Chapter, String> {
    let names: Vec<Option<String>> = chapter["screen"]
        .as_array()
        .map(|screens| screens.iter().map(|it| it["name"].as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    serde_path_to_error::deserialize(chapter).map_err(|error| {
        let path = error.path().to_string();
        let problem = super::hinted(&error.inner().to_string());
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
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageClaim {
    /// The entry of the files of the languages that says it.
    pub entry: String,
    /// What makes the experiment of the first one of the page.
    #[serde(default)]
    pub set: State,
    /// What must hold.
    pub holds: Vec<Claim>,
}
