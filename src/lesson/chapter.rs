//! A chapter as its file has it.

use super::quantity::{Condition, Quantity, bug_of, step_named};
use crate::{
    rnn::{self, Bug, Experiment, ExperimentError, Place, StepUnit},
    session::{Action, Cursor, Edit, Stage, Timeline, View},
    text::{Example, Language, marked},
};
use serde::{Deserialize, Deserializer, de::Error};
use std::{collections::BTreeMap, sync::LazyLock};

/// A text in every language of the page, in the order of [`Language::ALL`]. A formula in it stands
/// between backticks in the file, and between the page's own marks here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(Vec<String>);

impl Text {
    /// The text in `language`.
    pub fn of(&self, language: Language) -> &str {
        let place = Language::ALL.iter().position(|&known| known == language);
        place.and_then(|place| self.0.get(place)).map_or("", String::as_str)
    }
}

/// A table with the code of each language: one that is missing is a mistake of the file, as is one
/// that the page does not speak.
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut texts = BTreeMap::<String, String>::deserialize(from)?;
        let text = |language: Language| {
            let code = language.code();
            let text = texts.remove(code);
            let text =
                text.ok_or_else(|| D::Error::custom(format!("it is missing in `{code}`")))?;
            // Each part may be bold: a formula is whole inside of it.
            let formulas = text.split("**").map(marked).collect::<Option<Vec<_>>>();
            let one_is_open = format!("in `{code}` a formula stands between two backticks");
            formulas.map(|parts| parts.join("**")).ok_or_else(|| D::Error::custom(one_is_open))
        };
        let all = Language::ALL.into_iter().map(text).collect::<Result<_, _>>()?;
        match texts.into_keys().next() {
            None => Ok(Self(all)),
            Some(code) => Err(D::Error::custom(format!("`{code}` is no language of the page"))),
        }
    }
}

/// A chapter: screens on one subject.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// What it is called.
    pub title: Text,
    /// Where the score begins.
    #[serde(default)]
    pub start: State,
    /// The screens, in order.
    #[serde(rename = "screen")]
    pub screens: Vec<Screen>,
}

/// What a screen changes in the experiment; what it does not name stays as it was.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct State {
    /// An example of the page to begin with.
    #[serde(deserialize_with = "example")]
    pub example: Option<Example>,
    /// The sequence.
    pub text: Option<Text>,
    /// `word` or `character`.
    pub unit: Option<StepUnit>,
    /// The target of a yes-or-no question, 0 or 1.
    pub target: Option<u8>,
    /// Whether every step predicts the next token.
    pub next_token: bool,
    /// n.
    pub units: Option<usize>,
    /// The spectral radius of W₁ₕ.
    pub radius: Option<f64>,
    /// The seed of the weights.
    pub seed: Option<u64>,
    /// w.
    pub truncation: Option<usize>,
    /// c.
    pub clip: Option<f64>,
    /// η.
    pub learning_rate: Option<f64>,
    /// How many updates have been made.
    pub updates: usize,
    /// The weights that are changed, as in `W1h 1 2 = 0.5`.
    pub weights: Vec<Assignment>,
}

/// A weight and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    weight: Quantity,
    value: f64,
}

impl<'de> Deserialize<'de> for Assignment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let wrong = || D::Error::custom(format!("`{text}` is not like `W1h 1 2 = 0.5`"));
        let (weight, value) = text.split_once('=').ok_or_else(wrong)?;
        let value = value.trim().parse().map_err(|_| wrong())?;
        Ok(Self { weight: Quantity::read(weight).map_err(D::Error::custom)?, value })
    }
}

fn example<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Example>, D::Error> {
    Ok(Some(match String::deserialize(from)?.as_str() {
        "first" => Example::First,
        "next-letter" => Example::NextLetter,
        "small-weights" => Example::SmallWeights,
        "saturated" => Example::Saturated,
        "exploding" => Example::Exploding,
        other => return Err(D::Error::custom(format!("there is no example `{other}`"))),
    }))
}

impl State {
    /// The experiment after this change of `before`.
    ///
    /// # Errors
    ///
    /// What is wrong with the settings that it makes.
    pub fn applied_to(
        &self,
        before: Experiment,
        language: Language,
    ) -> Result<Experiment, ExperimentError> {
        let before = match self.example {
            Some(example) => example.experiment(language)?,
            None => before,
        };
        let mut settings = before.settings().clone();
        if let Some(text) = &self.text {
            text.of(language).clone_into(&mut settings.text);
        }
        settings.unit = self.unit.unwrap_or(settings.unit);
        if let Some(target) = self.target {
            settings.task = rnn::Task::Binary { target: target == 1 };
        }
        if self.next_token {
            settings.task = rnn::Task::NextToken;
        }
        settings.hidden = self.units.unwrap_or(settings.hidden);
        settings.spectral_radius = self.radius.or(settings.spectral_radius);
        settings.seed = self.seed.or(settings.seed);
        settings.truncation = self.truncation.or(settings.truncation);
        settings.clip_norm = self.clip.or(settings.clip_norm);
        settings.learning_rate = self.learning_rate.or(settings.learning_rate);
        let keeps_weights = self.text.is_none()
            && self.unit.is_none()
            && self.units.is_none()
            && self.radius.is_none()
            && self.seed.is_none()
            && settings.task == before.settings().task;
        if !keeps_weights {
            settings.weights = None;
        }
        let mut experiment = Experiment::new(settings)?;
        for Assignment { weight, value } in &self.weights {
            let trace = rnn::Trace::of(experiment);
            let place = match weight.spot(&trace) {
                Some(crate::session::Spot::Weight(place)) => place,
                _ => Place { parameter: rnn::Parameter::W1h, row: usize::MAX, column: 0 },
            };
            let mut settings = trace.experiment.settings().clone();
            let mut weights = trace.experiment.weights().clone();
            let mut matrix = weights.matrix_mut(place.parameter);
            if let Some(weight) = matrix.get_mut((place.row, place.column)) {
                *weight = *value;
            }
            settings.weights = Some(weights);
            experiment = Experiment::new(settings)?;
        }
        for _ in 0..self.updates {
            experiment = rnn::Trace::of(experiment).updated()?;
        }
        Ok(experiment)
    }
}

/// One screen: a text, a state of the score, and perhaps something to do.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Screen {
    /// What it says; numbers of the run stand in braces.
    pub say: Text,
    /// What it changes in the experiment.
    #[serde(default)]
    pub set: State,
    /// The stage of the pass, such as `forward:2` or `backward:last`.
    #[serde(default, deserialize_with = "stage")]
    pub stage: Option<StageName>,
    /// The view: `score`, `chain` or `laboratory`.
    #[serde(default, deserialize_with = "view")]
    pub view: Option<View>,
    /// The tool of the laboratory that it is about; all of them, if it names none.
    pub tool: Option<Tool>,
    /// The number that is pointed at.
    pub point: Option<Quantity>,
    /// The broken program that is hunted.
    #[serde(default, deserialize_with = "bug")]
    pub bug: Option<Bug>,
    /// What is asked.
    pub question: Option<Question>,
    /// What is to be done.
    pub task: Option<Task>,
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

/// A stage by its name, whose step may be `last`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageName(String);

impl StageName {
    /// The stage in a run of `steps` steps, if the run has it.
    pub fn in_run(&self, steps: usize) -> Option<Stage> {
        Some(match self.0.split_once(':') {
            Some(("forward", step)) => Stage::Forward(step_named(step, steps)?),
            Some(("backward", step)) => Stage::Backward(step_named(step, steps)?),
            _ => Timeline::of(steps).stages().find(|stage| stage.to_string() == self.0)?,
        })
    }
}

fn stage<'de, D: Deserializer<'de>>(from: D) -> Result<Option<StageName>, D::Error> {
    String::deserialize(from).map(|name| Some(StageName(name)))
}

fn view<'de, D: Deserializer<'de>>(from: D) -> Result<Option<View>, D::Error> {
    let name = String::deserialize(from)?;
    match name.as_str() {
        "score" => Ok(Some(View::Score)),
        "chain" => Ok(Some(View::Chain)),
        "laboratory" => Ok(Some(View::Laboratory)),
        _ => Err(D::Error::custom(format!("there is no view `{name}`"))),
    }
}

fn bug<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Bug>, D::Error> {
    let name = String::deserialize(from)?;
    bug_of(&name).map(Some).ok_or_else(|| D::Error::custom(format!("there is no bug `{name}`")))
}

/// Something to predict before it is shown.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Question {
    /// The question.
    pub ask: Text,
    /// What kind of answer it has.
    #[serde(flatten)]
    pub kind: Ask,
    /// Said after the answer, right or wrong.
    pub why: Text,
    /// The stage at which the answer is seen.
    #[serde(default, deserialize_with = "stage")]
    pub reveal: Option<StageName>,
}

/// What kind of answer a question has. What is right follows from the run.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// Whether the first is larger or smaller than the second.
    Compare([Quantity; 2]),
    /// Whether it is positive or negative.
    Sign(Quantity),
    /// The step at which it is largest, whatever its sign.
    WhichStep(Quantity),
    /// The number itself, give or take.
    Number {
        /// The number.
        of: Quantity,
        /// How far off an answer may be.
        within: f64,
    },
    /// One of several.
    Choice(Vec<Choice>),
    /// Which mistake the program of the screen has.
    WhichBug(bool),
}

/// One of several answers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The answer.
    pub text: Text,
    /// When it is right.
    pub right: Condition,
}

/// Something to do on the score, whose success the page sees.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// What is to be done.
    pub text: Text,
    /// What must hold of the run then.
    pub goal: Vec<Condition>,
    /// A hint.
    pub hint: Text,
    /// One way to do it, by which the tests know that it can be done.
    pub solution: State,
}

impl Chapter {
    /// The experiment of a screen: that of the start, with all changes up to the screen.
    ///
    /// # Errors
    ///
    /// What is wrong with the settings that the file makes.
    pub fn experiment(
        &self,
        screen: usize,
        language: Language,
    ) -> Result<Experiment, ExperimentError> {
        let screens = self.screens.iter().take(screen + 1).map(|screen| &screen.set);
        [&self.start]
            .into_iter()
            .chain(screens)
            .try_fold(language.first_experiment()?, |experiment, state| {
                state.applied_to(experiment, language)
            })
    }

    /// What brings a session to the state of a screen.
    pub fn actions(&self, screen: usize, language: Language) -> Vec<Action> {
        let Some(at) = self.screens.get(screen) else { return Vec::new() };
        let Ok(experiment) = self.experiment(screen, language) else { return Vec::new() };
        let steps = experiment.steps();
        let run = rnn::Trace::of(experiment);
        let mut actions = vec![
            Action::Edit(Edit::Open(Box::new(run.experiment.settings().clone()))),
            Action::LetGo,
        ];
        let place = |stage| Cursor::at(Timeline::of(steps).position(stage));
        if let Some(stage) = at.stage.as_ref().and_then(|stage| stage.in_run(steps)) {
            actions.push(Action::Seek(place(stage)));
        }
        if let Some(spot) = at.point.as_ref().and_then(|quantity| quantity.spot(&run)) {
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
/// What is wrong with the first file that is wrong, with its name and the field.
pub fn read_chapters() -> Result<Vec<Chapter>, String> {
    let files: Vec<(String, serde_json::Value)> =
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/lesson.json")))
            .map_err(|error| error.to_string())?;
    files.into_iter().map(|(file, chapter)| read_chapter(&file, chapter)).collect()
}

fn read_chapter(file: &str, chapter: serde_json::Value) -> Result<Chapter, String> {
    serde_path_to_error::deserialize(chapter)
        .map_err(|error| format!("lesson/{file}, {}: {}", error.path(), error.inner()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::parts;
    use serde_json::{Value, json};

    #[test]
    fn a_text_has_every_language_of_the_page_and_no_other() {
        let codes = Language::ALL.map(Language::code);
        let text = |codes: &[&str]| {
            codes.iter().map(|&code| (code, format!("in {code}"))).collect::<Value>()
        };
        let read = |say: Value| {
            let chapter = json!({ "title": text(&codes), "screen": [{ "say": say }] });
            read_chapter("9-name.toml", chapter)
        };
        let chapter = read(text(&codes)).unwrap();
        for language in Language::ALL {
            let said = chapter.screens[0].say.of(language);
            assert_eq!(said, format!("in {}", language.code()));
        }
        for code in codes {
            let others: Vec<_> = codes.into_iter().filter(|&other| other != code).collect();
            assert_eq!(
                read(text(&others)).unwrap_err(),
                format!("lesson/9-name.toml, screen[0].say: it is missing in `{code}`")
            );
        }
        assert_eq!(
            read(text(&[&codes[..], &["xx"]].concat())).unwrap_err(),
            "lesson/9-name.toml, screen[0].say: `xx` is no language of the page"
        );
    }

    #[test]
    fn a_formula_of_a_text_stands_between_two_backticks() {
        let read = |said: &str| {
            let say = Language::ALL.map(|language| (language.code(), said.to_owned()));
            let say = say.into_iter().collect::<Value>();
            read_chapter("9-name.toml", json!({ "title": say.clone(), "screen": [{ "say": say }] }))
        };
        let said = |said: &str| {
            let chapter = read(said).unwrap();
            chapter.screens[0].say.of(Language::default()).to_owned()
        };
        let parts = |said: &str| parts(said).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(parts(&said("of `H⁽ᵗ⁾`, **`L`**")), ["of ", "H⁽ᵗ⁾", ", **", "L", "**"]);
        assert_eq!(parts(&said("no formula")), ["no formula"]);
        for wrong in ["one ` alone", "**`H** and `L`", "`**H**`"] {
            let code = Language::default().code();
            assert_eq!(
                read(wrong).unwrap_err(),
                format!(
                    "lesson/9-name.toml, screen[0].say: in `{code}` a formula stands between two backticks"
                )
            );
        }
    }
}
