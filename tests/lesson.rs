//! Every screen of every chapter, in every language: each question has one right answer, and a reply
//! to each wrong one; each number that is spoken of is there; each claim holds; each task can be done,
//! and is not done already.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../build/order.rs"]
mod order;

use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, sync::Arc, time::Duration};
use unrolled::{
    figure::Lane,
    lesson::{
        Answer, Ask, Called, Chapter, Condition, Curtain, Expression, PageClaim, Place, Progress,
        Prose, School, Scope, Screen, Task, Verdict, chapters, distance, is_same, read_chapters,
        read_files,
    },
    page::{Act, Device, Opened, Page},
    rnn::{
        Bug, Cell, Experiment, Gate, Parameter, Settings, Step, Trace, Variable, Weights,
        train::{Controls, DataSet, Network, Training, Update},
        weights::norm,
    },
    session::{Control, Draft, Run, Session, View},
    text::{Language, particle, parts},
    training::{Command, More},
};

/// A screen in a language, with the run of its own.
struct Shown<'a> {
    name: String,
    chapter: &'a Chapter,
    number: usize,
    screen: &'a Screen,
    language: Language,
    run: &'a Run,
    schools: &'a [School],
}

impl<'a> Shown<'a> {
    fn scope(&self) -> Scope<'a> {
        Scope::of(self.run, self.language).with(self.schools)
    }
}

fn each_screen(mut check: impl FnMut(&Shown<'_>)) {
    let chapters = read_chapters(include_str!(concat!(env!("OUT_DIR"), "/lesson.json")))
        .unwrap_or_else(|problem| panic!("{problem}"));
    assert!(!chapters.is_empty());
    for chapter in &chapters {
        check_chapter(chapter, &mut check);
    }
}

fn check_chapter(chapter: &Chapter, check: &mut impl FnMut(&Shown<'_>)) {
    for language in Language::ALL {
        for (number, screen) in chapter.screens.iter().enumerate() {
            let title = chapter.title.of(language);
            let name = format!("“{title}”, screen “{}”, {}", screen.name, language.code());
            let experiment = chapter.experiment(number, language);
            let experiment = experiment.unwrap_or_else(|problem| panic!("{name}: {problem}"));
            let run = Run::of(experiment);
            let schools = chapter.schools(number, language);
            check(&Shown { name, chapter, number, screen, language, run: &run, schools: &schools });
        }
    }
}

#[test]
fn chapters_stand_in_the_order_of_their_numbers() {
    let mut names = ["10-last", "9-check", "a-note", "9b-between", "1-sequences", "2-cell"];
    names.sort_by(|one, other| order::place(one).cmp(&order::place(other)));
    assert_eq!(names, ["1-sequences", "2-cell", "9-check", "9b-between", "10-last", "a-note"]);
}

#[test]
fn there_are_fifteen_chapters_and_each_has_something_to_answer_and_to_do() {
    let chapters = chapters();
    assert!(chapters.len() >= 15);
    for chapter in chapters {
        let title = chapter.title.of(Language::default());
        assert!((3..=17).contains(&chapter.screens.len()), "{title}");
        assert!(chapter.screens.iter().any(|screen| screen.question().is_some()), "{title}");
        assert!(chapter.screens.iter().any(|screen| screen.task().is_some()), "{title}");
    }
}

/// Every text of a screen, with what is said in it.
fn texts<'a>(shown: &'a Shown<'_>) -> Vec<(&'a Prose, Scope<'a>)> {
    let scope = shown.scope();
    let mut texts = vec![(&shown.screen.say, scope)];
    texts.extend(
        shown.screen.more.iter().flat_map(|more| [(&more.title, scope), (&more.say, scope)]),
    );
    if let Some(question) = shown.screen.question() {
        texts.extend(question.texts(shown.screen.bug(), &scope));
    }
    if let Some(task) = shown.screen.task() {
        texts.extend([(&task.text, scope), (&task.hint, scope)]);
        for goal in &task.goal {
            texts.push((&goal.label, scope));
            texts.extend(goal.than.iter().map(|than| (than, scope)));
        }
    }
    texts
}

/// The most words in a row that are written in Latin letters alone.
fn longest_latin(paragraph: &str) -> usize {
    let is_latin = |word: &str| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        word.len() > 1 && word.bytes().all(|letter| letter.is_ascii_alphabetic())
    };
    let words: Vec<bool> = paragraph.split_whitespace().map(is_latin).collect();
    words.split(|latin| !latin).map(<[bool]>::len).max().unwrap_or_default()
}

#[test]
fn every_text_is_there_and_every_number_in_it() {
    each_screen(|shown| {
        let name = &shown.name;
        for (text, scope) in texts(shown) {
            let filled = text.filled(&scope);
            let filled = filled.unwrap_or_else(|number| panic!("{name}: the run has no {number}"));
            assert!(!filled.trim().is_empty(), "{name}: a text is empty");
            assert!(!filled.contains(['{', '}']), "{name}: {filled}");
            assert!(!filled.contains("NaN"), "{name}: {filled}");
            for paragraph in filled.lines().filter(|line| !line.starts_with("> ")) {
                // Formulas and numbers are the same in every language.
                let words = paragraph.chars().filter(char::is_ascii_lowercase).count() > 12;
                let hangul = paragraph.chars().any(|c| ('가'..='힣').contains(&c));
                match shown.language.code() {
                    "ko" => {
                        assert!(hangul || !words, "{name}: {paragraph}");
                        assert!(longest_latin(paragraph) < 6, "{name}: {paragraph}");
                    }
                    _ => assert!(!hangul, "{name}: {paragraph}"),
                }
            }
        }
    });
}

#[test]
fn everything_that_a_text_claims_of_its_run_holds() {
    each_screen(|shown| {
        let faults = claims_that_fail(shown);
        assert!(
            faults.is_empty(),
            "{}: it does not hold that {}",
            shown.name,
            faults.join("; nor ")
        );
    });
}

/// Words by which a text compares.
const COMPARES: [&str; 36] = [
    "larger",
    "largest",
    "smaller",
    "smallest",
    "more",
    "most",
    "less",
    "least",
    "fewer",
    "further",
    "closer",
    "close",
    "stronger",
    "weaker",
    "higher",
    "lower",
    "almost",
    "nearly",
    "hardly",
    "shrinks",
    "shrunk",
    "grows",
    "rises",
    "rose",
    "risen",
    "falls",
    "fell",
    "stretches",
    "vanishes",
    "explodes",
    "opposite",
    "weakens",
    "tiny",
    "huge",
    "small",
    "large",
];

/// Screens whose texts compare, and claim nothing that could be otherwise in another run, each with why.
const HOLDS_ANYWAY: &[(&str, &str)] = &[
    ("smaller-error", "that a smaller error needs another logit is a formula"),
    ("program-a", HELD_BY_SYMPTOMS),
    ("program-b", HELD_BY_SYMPTOMS),
    ("program-d", HELD_BY_SYMPTOMS),
    ("program-e", HELD_BY_SYMPTOMS),
    ("recap-program-f", HELD_BY_SYMPTOMS),
];
const HELD_BY_SYMPTOMS: &str = "each_bug_has_the_symptom_that_its_replies_tell";

/// Every text of a screen in a language as its file has it: what it says, asks, answers and hints.
fn as_written(part: &toml::Value, code: &str, found: &mut Vec<String>) {
    match part {
        toml::Value::Table(table) => {
            for (key, value) in table {
                match value.as_str() {
                    Some(text) if key == code => found.push(text.to_owned()),
                    _ if key == "holds" => {}
                    _ => as_written(value, code, found),
                }
            }
        }
        toml::Value::Array(parts) => parts.iter().for_each(|part| as_written(part, code, found)),
        _ => {}
    }
}

/// A text without the numbers of the run in it.
fn without_numbers(text: &str) -> String {
    text.split('{').map(|piece| piece.rsplit('}').next().unwrap_or(piece)).collect()
}

/// The paragraphs of a screen that have a number of its run and compare something.
fn comparing(screen: &toml::Value) -> Vec<String> {
    let mut texts = Vec::new();
    as_written(screen, "en", &mut texts);
    let compares = |paragraph: &str| {
        let words = without_numbers(paragraph).to_ascii_lowercase();
        let mut words = words.split(|letter: char| !letter.is_alphanumeric());
        words.any(|word| COMPARES.contains(&word))
    };
    let is_of_run = |paragraph: &str| paragraph.contains('{') || paragraph.contains("this run");
    let all = texts.iter().flat_map(|text| text.lines());
    all.filter(|it| is_of_run(it) && compares(it)).map(str::to_owned).collect()
}

/// What a text says of its run is in `holds`, so that another seed or another text cannot make it false.
#[test]
fn a_screen_that_compares_numbers_of_its_run_claims_something() {
    let (mut excepted, mut wrong) = (Vec::new(), Vec::new());
    for screen in screens_in_files() {
        let name = screen["name"].as_str().unwrap();
        let said = comparing(&screen);
        if said.is_empty() || screen.get("holds").is_some() {
            continue;
        }
        if HOLDS_ANYWAY.iter().any(|(screen, _)| *screen == name) {
            excepted.push(name.to_owned());
        } else {
            wrong.push(format!("“{name}” has no `holds`, but it says: {}", said.join(" … ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (name, why) in HOLDS_ANYWAY {
        assert!(excepted.iter().any(|it| it == name) && !why.is_empty(), "{name}: no exception");
    }
}

/// The decimals that are typed in: values of functions, and numbers that a screen sets or asks for. A
/// number of the run stands in braces instead, or the text would go on saying it of another run.
const TYPED: &[(&str, &str)] = &[
    ("tanh-number", "0.46 0.5 0.76"),
    ("word-and-state", "0.24 0.25 0.54 0.6"),
    ("sigmoid", "0.5 0.73 0.88"),
    ("loss", "0.5 0.693"),
    ("bias-alone", "0.26 0.3 1.05"),
    ("output-error", "0.5"),
    ("smaller-error", "0.2"),
    ("two-factors", "0.1"),
    ("exploding", "0.005 1.4"),
    ("how-many-steps", "1.4 10.5 5.4"),
    ("larger-radius", "0.95"),
    ("clipping", "0.001"),
    ("truncation", "0.98"),
    ("the-way-out", "1.0"),
    ("train", "0.05"),
    ("what-was-learnt", "0.5"),
    ("keep-bias", "0.5 0.73 0.95"),
    ("open-the-way", "0.95"),
    ("a-set-of-reviews", "0.5"),
    ("which-word-turned-it", "0.5"),
    ("learning-rate-matters", "0.5"),
    ("recap-mean-of-four", "0.2 0.4 0.6 0.8"),
    ("a-third-each", "0.69 1.10"),
    ("the-floor", "1.1"),
    ("temperature", "0.5 0.7"),
    ("its-own-errors", "0.7"),
    ("to-the-floor", "0.05"),
    ("keep-bias-decides", "0.000015 0.007 0.5 0.73"),
    ("open-it-yourself", "0.73 0.95"),
    ("recap-clipping-factor", "0.01"),
    ("recap-what-may-differ", "0.1"),
    ("textbook-step", "0.5"),
    ("textbook-loss", "0.5"),
    ("textbook-typed-in", "0.2 0.3 0.4 0.5"),
];

#[test]
fn no_number_of_a_run_is_typed_in() {
    let digits = |word: &str| {
        let (whole, decimals) = word.split_once('.').unwrap_or_default();
        let all = |digits: &str| !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
        all(whole) && all(decimals)
    };
    for screen in screens_in_files() {
        let name = screen["name"].as_str().unwrap();
        let expected = TYPED.iter().find(|(screen, _)| *screen == name).map_or("", |it| it.1);
        for language in Language::ALL {
            let mut texts = Vec::new();
            as_written(&screen, language.code(), &mut texts);
            let texts: Vec<_> = texts.iter().map(|text| without_numbers(text)).collect();
            let words = texts.iter().flat_map(|text| {
                text.split(|letter: char| !(letter.is_ascii_digit() || letter == '.'))
            });
            let typed = words.map(|word| word.trim_matches('.')).filter(|word| digits(word));
            let typed: BTreeSet<&str> = typed.collect();
            let typed = typed.into_iter().collect::<Vec<_>>().join(" ");
            assert_eq!(typed, expected, "“{name}”, {}: put the number in braces", language.code());
        }
    }
}

/// An example whose name says what its gradients do has a claim of that.
#[test]
fn every_example_that_says_what_happens_claims_it() {
    let english = include_str!("../text/en.ftl");
    let claims = include_str!("../text/claims.toml");
    let says = |name: &str| ["anish", "xplod"].iter().any(|word| name.contains(word));
    let entries = english.lines().filter_map(|line| line.split_once(" = "));
    let examples = entries.filter(|(key, name)| key.starts_with("example-") && says(name));
    let without: Vec<_> = examples
        .clone()
        .filter(|(key, _)| !claims.contains(&format!("entry = \"{key}\"")))
        .collect();
    assert_eq!(without, [], "what it says is claimed in text/claims.toml");
    assert!(examples.count() >= 3);
}

/// Every screen, as it stands in its file.
fn screens_in_files() -> Vec<toml::Value> {
    let files = fs::read_dir("lesson").unwrap().map(|entry| entry.unwrap().path());
    let read =
        |path| -> toml::Value { toml::from_str(&fs::read_to_string(path).unwrap()).unwrap() };
    files.flat_map(|path| read(path)["screen"].as_array().unwrap().clone()).collect()
}

/// The prediction stands at the end of the row of the hidden states: where that row is folded away, so
/// is the prediction, which a screen does on purpose by `hide` alone.
#[test]
fn the_prediction_is_on_every_screen_of_the_network() {
    each_screen(|shown| {
        let network = matches!(shown.screen.view, None | Some(View::Score));
        let lanes = shown.chapter.lanes(shown.screen);
        assert!(
            !network || lanes.contains(&Lane::Value(unrolled::rnn::Variable::State)),
            "{}: no hidden states",
            shown.name
        );
    });
}

const PARTICLES: [(&str, &str); 6] =
    [("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("이라는", "라는")];

/// Every particle that follows a number, a formula or a word of the run, and is the wrong one.
fn wrong_particles(said: &str) -> Vec<String> {
    let is_hangul = |letter: char| ('가'..='힣').contains(&letter);
    let mut wrong = Vec::new();
    for (with, without) in PARTICLES {
        for form in [with, without] {
            for (at, _) in said.match_indices(form) {
                let (before, after) = (&said[..at], &said[at + form.len()..]);
                let ends = !after.chars().next().is_some_and(is_hangul);
                let follows = before.chars().next_back();
                let follows = follows.is_some_and(|it| !is_hangul(it) && !it.is_whitespace());
                if ends && follows && particle(before, with, without) != form {
                    let from = before.char_indices().rev().nth(12).map_or(0, |(at, _)| at);
                    wrong.push(format!("{}{form}", &before[from..]));
                }
            }
        }
    }
    wrong
}

#[test]
fn every_korean_particle_fits_the_number_or_the_formula_before_it() {
    each_screen(|shown| {
        if shown.language.code() == "ko" {
            for (text, scope) in texts(shown) {
                let said = text.filled(&scope).unwrap();
                let said = parts(&said).collect::<String>();
                assert_eq!(wrong_particles(&said), [""; 0], "{}", shown.name);
            }
        }
    });
    assert_eq!(wrong_particles("0.79은, 0.76을, ‖g‖를, b₁를, H²는, η을").len(), 5);
}

fn claims_that_fail(shown: &Shown<'_>) -> Vec<String> {
    let scope = shown.scope();
    shown.screen.holds.iter().filter_map(|claim| claim.fault(&scope)).collect()
}

/// What the page itself says of its examples, elsewhere than in the lesson.
#[test]
fn everything_that_the_page_claims_of_its_examples_holds() {
    let file: Value = toml::from_str(include_str!("../text/claims.toml")).unwrap();
    let claims: Result<Vec<PageClaim>, String> =
        file["claim"].as_array().unwrap().iter().cloned().map(PageClaim::from_file).collect();
    let english = include_str!("../text/en.ftl");
    for PageClaim { entry, set, holds } in &claims.unwrap() {
        assert!(english.contains(&format!("\n{entry} =")), "there is no entry {entry} any more");
        for language in Language::ALL {
            let first = language.first_experiment().unwrap();
            let trace = Trace::of(set.applied_to(first, language).unwrap());
            for claim in holds {
                let fault = claim.fault(&Scope::of(&trace, language));
                assert_eq!(fault, None, "{entry} in {}", language.code());
            }
        }
    }
}

/// What chapter 9 says of the symptom of each bug, in its replies.
#[test]
fn each_bug_has_the_symptom_that_its_replies_tell() {
    for language in Language::ALL {
        let trace = Trace::of(language.first_experiment().unwrap());
        let right = trace.full_gradient();
        let of = |weights: &Weights, parameter| weights.matrix(parameter).to_owned();
        let off =
            |bug: Bug, parameter| !is_same(distance(&bug.gradient(&trace), &right, parameter));
        for parameter in Parameter::RECURRENT {
            let norm = |weights: &Weights| norm(weights.matrix(parameter).iter().copied());
            let transposed = norm(&Bug::MissingTranspose.gradient(&trace));
            let third = norm(&right) / 3.0;
            assert!((transposed - norm(&right)).abs() < third, "{}", language.code());
            assert!(off(Bug::MissingTranspose, parameter) && off(Bug::MissingSlope, parameter));
        }
        let errors = trace.errors(Variable::Z1).unwrap();
        let next = Bug::NextErrorForgotten.gradient(&trace);
        let last = errors.row(errors.nrows() - 1);
        assert!(of(&next, Parameter::B1).iter().zip(last).all(|(bias, error)| bias == error));
        // Of program F, chapter 9 says that it is truncated BPTT with w = 1.
        let window = Settings { truncation: Some(1), ..trace.experiment().settings().clone() };
        let truncated = Trace::of(Experiment::new(window).unwrap()).gradient().clone();
        for parameter in Parameter::ALL {
            assert!(is_same(distance(&next, &truncated, parameter)), "{}", language.code());
        }
        let summed = Bug::NoSumOverTime.gradient(&trace);
        assert!(of(&summed, Parameter::W1H).iter().all(|entry| *entry == 0.0));
        let filled = of(&summed, Parameter::W1X);
        let filled = filled.rows().into_iter().map(|row| row.iter().any(|entry| *entry != 0.0));
        assert!(filled.enumerate().all(|(row, filled)| filled == (row == 0)), "the first word");
        assert!(!off(Bug::LastInput, Parameter::W1H) && !off(Bug::LastInput, Parameter::B1));
        assert!(off(Bug::LastInput, Parameter::W1X));
    }
}

#[test]
fn every_screen_brings_the_page_to_its_state() {
    each_screen(|shown| {
        let Shown { name, chapter, number, screen, language, run, .. } = shown;
        let session = Session::new(language.first_experiment().unwrap());
        let actions = chapter.actions(*number, *language);
        assert!(!actions.is_empty(), "{name}");
        let session = actions.into_iter().fold(session, |session, action| session.after(action));
        assert_eq!(session.draft(), &Draft::Accepted, "{name}");
        assert_eq!(session.run().experiment(), run.experiment(), "{name}");
        if let Some(stage) = &screen.stage {
            let stage = stage.in_run(run.steps());
            assert_eq!(Some(session.stage()), stage, "{name}: the run has no such stage");
        }
        if let Some(point) = &screen.point {
            let spot = point.spot(&shown.scope());
            assert_eq!(session.focus().map(|focus| focus.spot), spot, "{name}");
            let spot = spot.unwrap_or_else(|| panic!("{name}: there is nothing to point at"));
            let curtain = Curtain::of(screen, &shown.scope());
            assert!(!curtain.hides(spot, run), "{name}: it points at what it asks");
        }
        if let Some(reveal) = screen.question().and_then(|question| question.reveal) {
            let before = screen.stage.unwrap_or_else(|| panic!("{name}: `reveal` needs a stage"));
            let (before, after) = (before.in_run(run.steps()), reveal.in_run(run.steps()));
            let position = |stage| session.timeline().position(stage);
            let after = position(after.unwrap_or_else(|| panic!("{name}: no such stage")));
            let before = position(before.unwrap());
            assert!(before < after, "{name}: the answer is seen before the question");
        }
    });
}

#[test]
fn every_question_has_one_right_answer_and_a_reply_to_each_wrong_one() {
    each_screen(|shown| {
        let Shown { name, screen, .. } = shown;
        let Some(question) = screen.question() else { return };
        let scope = shown.scope();
        let verdict = |answer| question.verdict(screen.bug(), &scope, answer);
        if let Ask::Number(asked) = &question.kind {
            let value = asked.of.value(&scope).unwrap_or_else(|| panic!("{name}: no such number"));
            assert_eq!(verdict(Answer::Number(value)), Some(Verdict::Right), "{name}");
            assert!(asked.within < 0.5 * value.abs(), "{name}: 0 would do");
            for slip in &asked.slips {
                let slip =
                    slip.is.value(&scope).unwrap_or_else(|| panic!("{name}: a slip is none"));
                assert!((slip - value).abs() > asked.within, "{name}: {slip} is right");
            }
        } else {
            let options = question.options(screen.bug(), &scope);
            options.unwrap_or_else(|problem| panic!("{name}: {problem}"));
            assert_eq!(verdict(Answer::Option(999)), None, "{name}");
        }
        for answer in question.answers(screen.bug(), &scope) {
            let wrong = verdict(answer) == Some(Verdict::Wrong);
            let reply = question.reply(screen.bug(), &scope, answer);
            assert!(!wrong || reply.is_some(), "{name}: nothing is said to {answer:?}");
        }
    });
}

/// The number itself stands neither in the text nor in the question, nor in what is seen at once; that
/// it stands nowhere on the page is a story of tests/stories/lesson.spec.js.
#[test]
fn what_is_asked_stands_not_beside_the_question() {
    each_screen(|shown| {
        let Some(question) = shown.screen.question() else { return };
        let scope = shown.scope();
        let said = format!(
            "{} {}",
            shown.screen.say.filled(&scope).unwrap(),
            question.ask.filled(&scope).unwrap()
        );
        for evidence in question.evidence(&scope).iter().filter(|evidence| evidence.asked) {
            let digits = evidence.written.chars().filter(char::is_ascii_digit).count();
            let printed =
                said.split(|letter: char| !(letter.is_ascii_digit() || ".−".contains(letter)));
            let printed = printed.map(|number| number.trim_end_matches('.'));
            let found = printed.into_iter().any(|number| number == evidence.written);
            assert!(
                digits < 2 || !found,
                "{}: {} is printed beside it",
                shown.name,
                evidence.written
            );
        }
    });
}

/// Two numbers that decide a question are called by two names, and by what the learner has met: a
/// prime, for a run beside it, is met nowhere.
#[test]
fn every_number_that_decides_a_question_has_a_name_of_its_own() {
    let mut wrong = Vec::new();
    each_screen(|shown| {
        let Some(question) = shown.screen.question() else { return };
        let names: Vec<Called> =
            question.evidence(&shown.scope()).into_iter().map(|evidence| evidence.name).collect();
        for (at, name) in names.iter().enumerate() {
            let is_unknown = matches!(name, Called::Letters(letters) if letters.contains('′'));
            if is_unknown || names[..at].contains(name) {
                wrong.push(format!("{}: {name:?}", shown.name));
            }
        }
    });
    assert_eq!(wrong, [""; 0]);
}

/// What stands beside a curve is true of it: each number in its name, and the cell.
#[test]
fn every_training_that_is_drawn_beside_others_is_called_by_what_it_is() {
    let mut drawn = 0;
    each_screen(|shown| {
        let named = shown.schools.iter().filter_map(|school| Some((school, school.name()?)));
        let named: Vec<_> = named.map(|(school, name)| (school, name.of(shown.language))).collect();
        assert!(named.len() != 1, "{}: one name compares nothing", shown.name);
        for (at, (school, name)) in named.iter().enumerate() {
            drawn += 1;
            assert!(named[..at].iter().all(|(_, other)| other != name), "{}: {name}", shown.name);
            let training = school.run().training();
            let network = training.network();
            let facts = [
                training.split().training().len() as f64,
                network.units as f64,
                network.start.keep_bias,
            ];
            let numbers = name.split(|letter: char| !letter.is_ascii_digit());
            for number in numbers.filter_map(|number| number.parse().ok()) {
                assert!(facts.contains(&number), "{}: {name} {facts:?}", shown.name);
            }
            let cells = [("tanh", Cell::Tanh), ("GRU", Cell::Gru), ("LSTM", Cell::Lstm)];
            for (cell, is) in cells {
                assert!(!name.contains(cell) || network.cell == is, "{}: {name}", shown.name);
            }
        }
    });
    assert!(drawn > 20);
}

/// The page as it is once the training of its screen is made.
fn after_study(mut page: Page) -> Page {
    while page.is_studying() {
        let more = More::new(|| true);
        page = page.after(Command::Tick { elapsed: Duration::from_millis(16), more }.into());
    }
    page
}

#[test]
fn nothing_that_is_asked_can_be_selected_before_the_answer() {
    let mut asked = 0;
    each_screen(|shown| {
        let Some(question) = shown.screen.question() else { return };
        let device = Device { language: shown.language, ..Default::default() };
        let page = Page::new(device, Progress::default(), &Opened::with("view=lesson")).unwrap();
        let place = Place::all(chapters())
            .find(|place| place.of(chapters()).unwrap().1.name == shown.screen.name)
            .unwrap();
        let page = after_study(page.after(Act::Go(place)));
        for spot in question.asked(&shown.scope()) {
            asked += 1;
            for action in
                [unrolled::session::Action::Pin(spot), unrolled::session::Action::Point(Some(spot))]
            {
                let focus = page.after(action.into()).session().focus();
                assert_eq!(
                    focus.map(|focus| focus.spot).filter(|it| *it == spot),
                    None,
                    "{}",
                    shown.name
                );
            }
        }
    });
    assert!(asked > 10);
}

#[test]
fn every_task_can_be_done_and_is_not_done_yet() {
    each_screen(can_be_done);
}

/// A task is not done on the screen as it opens, and is done by its solution, within what it allows.
fn can_be_done(shown: &Shown<'_>) {
    let name = &shown.name;
    let Some(task) = shown.screen.task() else { return };
    for goal in &task.goal {
        let holds = goal.is.holds(&shown.scope());
        assert!(
            holds.is_some(),
            "{name}: a goal names no number: {}",
            goal.is.told(&shown.scope())
        );
    }
    assert!(!task.is_done(&shown.scope()), "{name}: it is done before it is begun");
    if let Some(course) = shown.chapter.solution(shown.number, shown.language) {
        return can_be_learnt(shown, task, &course.school());
    }
    let before = shown.chapter.experiment(shown.number, shown.language).unwrap();
    let solved = task.solution.applied_to(before.clone(), shown.language);
    let solved = Trace::of(solved.unwrap_or_else(|problem| panic!("{name}: {problem}")));
    let scope = Scope::of(&solved, shown.language);
    let told: Vec<String> = task.goal.iter().map(|goal| goal.is.told(&scope)).collect();
    assert!(task.is_done(&scope), "{name}: the solution does not do it: {}", told.join("; "));
    for control in task.locks() {
        let kept = control.is_kept(&before, solved.experiment());
        assert!(kept, "{name}: the solution changes {}, which it does not allow", control.name());
    }
}

/// The same of a task that is a training.
fn can_be_learnt(shown: &Shown<'_>, task: &Task, solved: &School) {
    let name = &shown.name;
    let schools = [solved.clone()];
    let scope = Scope::of(shown.run, shown.language).with(&schools);
    let told: Vec<String> = task.goal.iter().map(|goal| goal.is.told(&scope)).collect();
    assert!(task.is_done(&scope), "{name}: the solution does not do it: {}", told.join("; "));
    let (before, after) = (shown.schools[0].learning(false), solved.learning(false));
    for control in task.locks() {
        // Each has made its data for itself.
        let kept = match control {
            Control::Text | Control::Task => shown.schools[0].set().name() == solved.set().name(),
            control => control.is_kept_in_training(&before, &after),
        };
        assert!(kept, "{name}: the solution changes {}, which it does not allow", control.name());
    }
}

#[test]
fn progress_goes_through_every_screen_and_back_and_is_remembered() {
    let chapters = chapters();
    let mut progress = Progress::default().at(Place::default(), chapters);
    let mut count = 1;
    while let Some(next) = progress.next(chapters) {
        progress = progress.answered(Some(Answer::Option(0)), chapters).at(next, chapters);
        count += 1;
    }
    assert_eq!(count, Place::all(chapters).count());
    assert_eq!(Progress::read(&progress.written(chapters), chapters), progress);
    while let Some(previous) = progress.previous(chapters) {
        progress = progress.at(previous, chapters);
        assert_eq!(progress.answer(chapters), Some(Answer::Option(0)));
    }
    assert_eq!(progress.place, Place::default());
    assert_eq!(progress.seen(&chapters[0]), chapters[0].screens.len());
    for broken in ["", "{}", "[1]", r#"{"place":{"chapter":99,"screen":0}}"#] {
        assert_eq!(Progress::read(broken, chapters).place, Place::default());
    }
}

/// A chapter of screens with these names; `was` says which of them carry on a numbered one.
fn chapter_of(screens: &[Value]) -> Value {
    json!({ "title": text(""), "goal": text(""), "screen": screens })
}

fn text(said: &str) -> Value {
    Language::ALL.iter().map(|language| (language.code(), said)).collect()
}

fn screen(name: &str) -> Value {
    json!({ "name": name, "say": text("") })
}

fn lesson(screens: &[Value]) -> Result<Vec<Chapter>, String> {
    read_files(vec![("9-name.toml".to_owned(), chapter_of(screens))])
}

#[test]
fn progress_survives_a_screen_that_is_inserted_and_one_that_is_moved() {
    let before = lesson(&[screen("one"), screen("two"), screen("three")]).unwrap();
    let place = |screen| Place { chapter: 0, screen };
    let progress = Progress::default()
        .at(place(0), &before)
        .at(place(1), &before)
        .answered(Some(Answer::Option(1)), &before);
    let after = lesson(&[screen("three"), screen("new"), screen("one"), screen("two")]).unwrap();
    let now = Progress::read(&progress.written(&before), &after);
    assert_eq!(now.place, place(3));
    assert_eq!(now.answer(&after), Some(Answer::Option(1)));
    assert_eq!(now.opened(place(1)).answer(&after), None);
    assert_eq!((now.seen(&after[0]), now.lost), (2, false));
    // One that is gone takes its answer with it, and that is said.
    let gone = lesson(&[screen("one"), screen("three")]).unwrap();
    let now = Progress::read(&progress.written(&before), &gone);
    assert_eq!((now.place, now.seen(&gone[0]), now.lost), (place(0), 1, true));
}

#[test]
fn what_was_remembered_by_numbers_goes_on_by_name() {
    let old = r#"{"place":{"chapter":0,"screen":1},"answers":{"0.1":{"Option":1},"1.0":"Done"},"furthest":{"0":1}}"#;
    let carried = json!({ "name": "two", "was": "1.2", "say": text("") });
    let chapters = lesson(&[screen("new"), carried]).unwrap();
    let progress = Progress::read(old, &chapters);
    assert_eq!(progress.place, Place { chapter: 0, screen: 1 });
    assert_eq!(progress.answer(&chapters), Some(Answer::Option(1)));
    assert_eq!(progress.seen(&chapters[0]), 1);
    // The other screen is there no longer, which is said.
    assert!(progress.lost);
}

/// What is wrong is told by file, screen and field, with the word that is wrong and the nearest right
/// one.
#[test]
fn a_mistake_in_a_chapter_is_told_where_it_is() {
    let with = |key: &str, value: Value| {
        let mut screen = screen("a-screen");
        screen[key] = value;
        lesson(&[screen]).unwrap_err()
    };
    let question = |kind: &str, value: Value| {
        let mut question = json!({ "ask": text("?"), "why": text("!") });
        question[kind] = value;
        with("question", question)
    };
    for (told, expected) in [
        (
            with("say", text("{nrom 1}")),
            "say: en: there is no quantity `nrom`: did you mean `norm`?",
        ),
        (with("say", text("an odd ` mark")), "say: in `en` a formula stands between two backticks"),
        (with("sya", text("")), "sya: unknown field `sya`: did you mean `say`?"),
        (with("stage", json!("foward:2")), "stage: there is no stage `foward:2`"),
        (
            with("stage", json!("forward:lst")),
            "stage: `lst` is no step: write a number from 1, `last` or `last-1`",
        ),
        (with("tool", json!("chek")), "tool: unknown variant `chek`: did you mean `check`?"),
        (with("bug", json!("slop")), "bug: there is no bug `slop`: did you mean `slope`?"),
        (with("beside", json!("tnah")), "beside: there is no cell `tnah`: did you mean `tanh`?"),
        (with("set", json!({ "targets": "0 2" })), "set.targets: `2` is no target, as in `0 - 1`"),
        (with("set", json!({ "kep": 1.0 })), "set.kep: unknown field `kep`: did you mean `keep`?"),
        (with("view", json!("chian")), "view: there is no view `chian`: did you mean `chain`?"),
        (with("lanes", json!(["hiden"])), "lanes: there is no row `hiden`: did you mean `hidden`?"),
        (with("light", json!(["W1"])), "light: `W1` is no parameter: did you mean `W1x`?"),
        (
            with("figure", json!("fold-unrol")),
            "figure: unknown variant `fold-unrol`: did you mean `fold-unroll`?",
        ),
        (
            with("holds", json!(["norm 1 => 2"])),
            "holds[0]: there is no sign `=>`: did you mean `>`?",
        ),
        (
            with("set", json!({ "radus": 1.0 })),
            "set.radus: unknown field `radus`: did you mean `radius`?",
        ),
        (
            with("set", json!({ "weights": ["W1hh 1 2 = 0.5"] })),
            "set.weights[0]: `W1hh` is no parameter: did you mean `W1h`?",
        ),
        (with("hide", json!(["norm"])), "`hide` needs a question"),
        (with("view", json!("train")), "`training` is missing, which the screen shows"),
        (
            with("training", json!({ "data": "opinion-en" })),
            "training: data: there is no set `opinion-en`: did you mean `opinions-en`?",
        ),
        (
            with("training", json!({ "optimizer": "adma" })),
            "training.optimizer: there is no optimizer `adma`: did you mean `adam`?",
        ),
        (with("curves", json!(["gradient"])), "curves: there is no lane `gradient`"),
        (with("parts", json!(["txet"])), "parts[0]: unknown variant `txet`: did you mean `text`?"),
        (
            with("from", json!("a-scren")),
            "from: no earlier screen of the chapter is called `a-scren`",
        ),
        (
            question("compare", json!({ "of": ["norm 1", "nrom 2"], "wrong": text("") })),
            "question.compare.of[1]: there is no quantity `nrom`: did you mean `norm`?",
        ),
        (
            question("which-bug", json!({ "transpos": text("") })),
            "question.which-bug.transpos: unknown field `transpos`: did you mean `transpose`?",
        ),
        (question("sign", json!({ "of": "dZ2" })), "question.sign: missing field `wrong`"),
        (
            question("ask", text("?")),
            "question: a question has one kind of answer: compare, sign, which-step, which-unit, number, choice or which-bug",
        ),
    ] {
        let place = if expected.starts_with('`') { ": " } else { ", " };
        assert_eq!(told, format!("lesson/9-name.toml, screen “a-screen”{place}{expected}"));
    }
    let twice = lesson(&[screen("one"), screen("one")]).unwrap_err();
    assert_eq!(
        twice,
        "lesson/9-name.toml, screen “one”, name: another screen of the lesson has it too"
    );
}

#[test]
fn a_claim_that_does_not_hold_is_found_with_its_screen() {
    let mut wrong = screen("fading");
    wrong["holds"] =
        json!(["norm 1 < norm last", "norm 1 > norm last", { "ko": "T = 6" }, { "en": "T = 99" }]);
    let chapters = lesson(&[wrong]).unwrap();
    let mut faults = Vec::new();
    check_chapter(&chapters[0], &mut |shown| {
        faults.extend(claims_that_fail(shown).into_iter().map(|it| (shown.language.code(), it)));
    });
    let told: Vec<_> =
        faults.iter().map(|(code, it)| (*code, it.split(" (").next().unwrap())).collect();
    assert_eq!(
        told,
        [("en", "norm 1 > norm last"), ("en", "T = 99"), ("ko", "norm 1 > norm last")]
    );
    assert!(faults[0].1.contains(" (0."), "it says the numbers: {}", faults[0].1);
}

#[test]
fn a_screen_states_its_whole_experiment() {
    let with = |name: &str, set: Value, from: Option<&str>| {
        let mut screen = screen(name);
        screen["set"] = set;
        if let Some(from) = from {
            screen["from"] = json!(from);
        }
        screen
    };
    let chapters = lesson(&[
        with("one", json!({ "radius": 0.5, "updates": 3 }), None),
        with("two", json!({ "units": 3 }), None),
        with("three", json!({ "text": text("a new text") }), Some("one")),
    ]);
    let chapter = &chapters.unwrap()[0];
    let settings =
        |screen| chapter.experiment(screen, Language::default()).unwrap().settings().clone();
    assert_eq!(settings(0).spectral_radius, Some(0.5));
    assert_ne!(settings(1).spectral_radius, Some(0.5));
    // What was learnt goes on to be there.
    assert_eq!((settings(2).spectral_radius, settings(2).text.as_str()), (Some(0.5), "a new text"));
    let weights = |screen| settings(screen).weights.unwrap();
    assert_eq!(weights(2).matrix(Parameter::W1H), weights(0).matrix(Parameter::W1H));
}

#[test]
fn how_long_a_chapter_takes_follows_from_what_it_asks() {
    let mut long = screen("long");
    long["say"] = text(&"word ".repeat(300));
    long["question"] = json!({
        "ask": text("?"), "why": text("!"), "sign": { "of": "dZ2", "wrong": text("") },
    });
    let mut task = screen("task");
    task["task"] = json!({
        "text": text(""), "hint": text(""), "solution": {},
        "goal": [{ "is": "L < 1", "label": text("") }],
    });
    let chapters = lesson(&[long, task]).unwrap();
    // 302 words at 150 a minute, a question, a task.
    assert_eq!(chapters[0].minutes(Language::default()), 7);
}

/// A chapter that states trainings, with the same set in every language.
fn taught() -> Chapter {
    let mut own = screen("own");
    own["training"] = json!({ "updates": 20, "at": 5, "sequence": "guuubadiidiidiibaguuudiid" });
    own["trainings"] = json!([{ "seed": 2, "cell": "gru" }, { "updates": 0 }]);
    let mut shown = screen("shown");
    (shown["training"], shown["view"]) = (json!({ "at": 5 }), json!("train"));
    shown["question"] = json!({
        "ask": text("?"), "why": text("!"), "sign": { "of": "reached", "wrong": text("") },
    });
    let mut chapter = chapter_of(&[own, screen("without"), shown]);
    chapter["training"] = json!({ "data": "syllables", "learning_rate": 0.25, "updates": 30 });
    read_files(vec![("9-taught.toml".to_owned(), chapter)]).unwrap().remove(0)
}

/// The names in the table of CONTRIBUTING.md that are of a training, with what each is.
#[test]
fn a_quantity_of_a_training_is_the_number_of_its_name() {
    let chapter = taught();
    let set = DataSet::named("syllables").unwrap();
    let controls = Controls { learning_rate: 0.25, ..set.controls() };
    let begun = |network: Network| {
        Training::new(Arc::clone(set.corpus()), set.split().clone(), network, controls)
    };
    let made = |mut training: Training, updates: usize| {
        let updates: Vec<Update> = (0..updates).map(|_| training.update()).collect();
        (training, updates)
    };
    let (mut after_five, _) = made(begun(set.network(1)), 5);
    let (mut now, updates) = made(begun(set.network(1)), 20);
    let gru = Network { cell: Cell::Gru, ..set.network(2) };
    let (mut beside, _) = made(begun(gru), 20);
    let place = set.split().held_out()[0];
    let first = set.corpus().examples()[place].text();
    assert_eq!(first, "guuubadiidiidiibaguuudiid");
    let answered = |training: &mut Training| training.answered(place).unwrap();
    let some: Vec<usize> = set.split().held_out()[..16].to_vec();
    let schools = chapter.schools(0, Language::default());
    let run = Run::of(chapter.experiment(0, Language::default()).unwrap());
    let scope = Scope::of(&run, Language::default()).with(&schools);
    let explained = made(begun(set.network(1)), 2).0.explained();
    let norms = explained.parts.iter().map(|it| it.gradient.norm() / it.targets as f64);
    let largest = updates.iter().map(|update| update.gradient_norm).fold(0.0, f64::max);
    for (name, expected) in [
        ("updates", 20.0),
        ("updates beside 2", 0.0),
        ("training_loss 3", updates[2].loss),
        ("update_gradient last", updates[19].gradient_norm),
        ("update_clipping 1", updates[0].clipping),
        ("update_step 20", updates[19].step_norm),
        ("single_gradient 3", norms.sum::<f64>() / 4.0),
        ("largest_gradient", largest),
        ("held_loss 5", after_five.held_out().loss),
        ("held_loss last", now.held_out().loss),
        ("held_loss last beside 1", beside.held_out().loss),
        ("perplexity 5", after_five.held_out().loss.exp()),
        ("held_share last", now.held_out().accuracy.unwrap()),
        ("trained_share 5", after_five.score(set.split().training()).accuracy.unwrap()),
        ("reach 5 3", after_five.reach(&some)[3]),
        ("floor", set.floor().unwrap()),
        ("guessing", 6.0_f64.ln()),
        ("sequences", 100.0),
        ("held_out", 50.0),
        ("batch", 4.0),
        ("goal", 0.99),
        ("reached", f64::INFINITY),
        ("learnt 1", 0.0),
        // The run of a sequence, with the weights where it is looked at, after others, and of another.
        ("L", answered(&mut after_five).loss),
        ("L with update = 20", answered(&mut now).loss),
        ("units", 6.0),
        ("learning_rate", 0.25),
    ] {
        let found = Expression::read(name).unwrap().value(&scope);
        let found = found.unwrap_or_else(|| panic!("there is no {name}"));
        let near = found == expected || (found - expected).abs() <= 1e-12 * (1.0 + expected.abs());
        assert!(near, "{name} is {found} instead of {expected}");
    }
    for missing in
        ["training_loss 0", "training_loss 21", "held_loss 21", "updates beside 3", "reach 5 99"]
    {
        assert_eq!(Expression::read(missing).unwrap().value(&scope), None, "{missing}");
    }
    let written = Prose::from_file(text("{written 20 0}")).unwrap().filled(&scope).unwrap();
    assert!(written.starts_with('g') || written.starts_with('b') || written.starts_with('d'));
    assert_eq!(written.chars().count(), 61);
    assert!(chapter.schools(1, Language::default()).is_empty());
    assert_eq!(value("updates", &run), None, "a run by itself has no training");
    let wrong = |name: &str| Expression::read(name).unwrap_err();
    assert_eq!(
        wrong("held_loss fst"),
        "`fst` is no number from 0, and not `last`, in `held_loss number`"
    );
    assert!(wrong("updates beside 0").starts_with("`beside` needs the number of a training"));
    assert!(wrong("L with update = last").starts_with("`update` is a number"));
}

/// A screen waits until its training is made, however time is cut, and shows no more of it than was asked.
#[test]
fn a_training_is_made_as_there_is_time_and_its_rest_waits_for_the_answer() {
    // Of an own seed, so that no other test has made it.
    let mut asked = screen("asked");
    asked["training"] = json!({ "data": "syllables", "seed": 77, "updates": 30, "at": 4 });
    asked["view"] = json!("train");
    asked["question"] = json!({
        "ask": text("?"), "why": text("!"), "sign": { "of": "held_loss 30", "wrong": text("") },
    });
    let chapter = lesson(&[asked]).unwrap().remove(0);
    let mut study = chapter.study(0, Language::default()).unwrap();
    assert_eq!(study.progress(), (0, 30));
    let left = std::cell::Cell::new(0);
    let more = || left.replace(left.get() - 1) > 0;
    let mut frames = 0;
    loop {
        left.set(7);
        frames += 1;
        if study.go_on(&more) {
            break;
        }
        assert_eq!(study.progress().0, 7 * frames);
    }
    assert_eq!((study.progress(), frames), ((30, 30), 5));
    assert_eq!(chapter.study(0, Language::default()), None);
    let school = &chapter.schools(0, Language::default())[0];
    let at_once = {
        let set = DataSet::named("syllables").unwrap();
        let mut run = unrolled::rnn::train::Run::new(set.training(77), set.goal());
        while run.updates().len() < 30 {
            run.run_for(30 - run.updates().len());
        }
        run
    };
    assert_eq!(school.run().updates(), at_once.updates());
    let (asks, tells) = (school.learning(true), school.answered());
    assert_eq!((asks.cursor(), asks.end()), (4, 4));
    assert_eq!((tells.cursor(), tells.end()), (30, 30));
    assert_eq!(school.learning(false).cursor(), 4);
    assert_eq!(school.learning(false).end(), 30);
}

/// The lesson does not show the rest of a training before its question is answered, whatever is pressed.
#[test]
fn no_update_that_is_asked_can_be_made_before_the_answer() {
    let chapters = chapters();
    let mut asked = 0;
    for place in Place::all(chapters) {
        let (_, screen) = place.of(chapters).unwrap();
        if screen.view != Some(View::Train) || screen.question().is_none() {
            continue;
        }
        asked += 1;
        let page = Page::new(Device::default(), Progress::default(), &Opened::with("view=lesson"))
            .unwrap();
        let page = after_study(page.after(Act::Go(place)));
        let end = page.learning().unwrap().end();
        let more = More::new(|| true);
        let tick = Command::Tick { elapsed: Duration::from_millis(16), more };
        let tried = [
            Command::GoToEnd,
            Command::StepForward,
            Command::Play,
            tick.clone(),
            Command::PlayUntil(end + 9),
            tick,
        ];
        let tried = tried.into_iter().fold(page, |page, command| page.after(command.into()));
        assert_eq!(tried.learning().unwrap().end(), end, "{}", screen.name);
        if screen.training.as_ref().is_some_and(|training| training.at.is_none()) {
            // What is asked is none of its curves: the whole training stands beside the question.
            continue;
        }
        let told = tried.after(Act::Answer(Some(Answer::Option(0))));
        assert!(told.learning().unwrap().end() > end, "{}: nothing is told", screen.name);
    }
    assert!(asked >= 3);
}

/// The chapter that CONTRIBUTING.md gives as an example.
#[test]
fn the_example_for_teachers_is_a_chapter() {
    let guide = include_str!("../CONTRIBUTING.md");
    let example = guide.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let example: toml::Value = toml::from_str(example).unwrap();
    let example = serde_json::to_value(example).unwrap();
    let chapters = read_files(vec![("9-short.toml".to_owned(), example)])
        .unwrap_or_else(|problem| panic!("the example in CONTRIBUTING.md: {problem}"));
    check_chapter(&chapters[0], &mut |shown| {
        can_be_done(shown);
        assert_eq!(claims_that_fail(shown), [""; 0], "{}", shown.name);
        for (text, scope) in texts(shown) {
            assert!(text.filled(&scope).is_ok(), "{}", shown.name);
        }
        let Some(question) = shown.screen.question() else { return };
        assert!(question.options(shown.screen.bug(), &shown.scope()).is_ok(), "{}", shown.name);
    });
}

/// The names in the table of CONTRIBUTING.md, with what each is in a run of four steps and two units.
#[test]
fn a_quantity_is_the_number_of_its_name() {
    let trace = four_steps();
    let (output, states) = (trace.output(), trace.states());
    let (sums, errors) = (trace.values(Variable::Z1).unwrap(), trace.errors(Variable::Z1).unwrap());
    let state_errors = trace.state_errors();
    let weights = trace.experiment().weights();
    let (gradient, last) = (trace.gradient(), Step::from_index(3));
    let third = trace.contribution(Step::from_index(2));
    let term = third.matrix(Parameter::W1H);
    let links = trace.chain(last);
    let link = links.iter().find(|link| link.from == Step::from_index(1)).unwrap();
    let reversed = of_text(&trace, "d b b a");
    let broken = Bug::NoSumOverTime.gradient(&trace);
    let off = |wrong: &[f64], right: &[f64]| {
        let square = |values: &mut dyn Iterator<Item = f64>| values.map(|x| x * x).sum::<f64>();
        let difference = square(&mut wrong.iter().zip(right).map(|(wrong, right)| wrong - right));
        (difference / square(&mut right.iter().copied())).sqrt()
    };
    let (norm, of_weights) = (link.norm.value(), link.norm_of_weights.value());
    let (whole, followed) = (trace.full_gradient(), trace.followed_gradient());
    let along: f64 = whole.values().zip(followed.values()).map(|(a, b)| a * b).sum();
    for (name, expected) in [
        ("Z1 3 2", sums[[3, 1]]),
        ("H 3 2", states[[3, 1]]),
        ("H last 1", states[[4, 0]]),
        ("H last-1 1", states[[3, 0]]),
        ("slope 3 2", 1.0 - states[[3, 1]].powi(2)),
        ("dH 2 1", state_errors[[1, 0]]),
        ("dZ1 2 1", errors[[1, 0]]),
        ("norm 2", state_errors[[1, 0]].hypot(state_errors[[1, 1]])),
        ("Z2", output.logits[[0, 0]]),
        ("A2", output.answers[[0, 0]]),
        ("A2 last 1", output.answers[[0, 0]]),
        ("dZ2", output.errors[[0, 0]]),
        ("L", trace.loss()),
        ("L last", output.losses[0]),
        // The token of step 3 is that of step 2; the one of step 4 is the third of the vocabulary.
        ("W1x 3 2", weights.matrix(Parameter::W1X)[[1, 1]]),
        ("W1x 4 2", weights.matrix(Parameter::W1X)[[2, 1]]),
        ("W1h 2 1", weights.matrix(Parameter::W1H)[[1, 0]]),
        ("b1 2", weights.matrix(Parameter::B1)[[0, 1]]),
        ("W2 2 1", weights.matrix(Parameter::W2)[[1, 0]]),
        ("b2 1", weights.matrix(Parameter::B2)[[0, 0]]),
        ("dW1x 4 2", gradient.matrix(Parameter::W1X)[[2, 1]]),
        ("dW1h 2 1", gradient.matrix(Parameter::W1H)[[1, 0]]),
        ("db1 2", gradient.matrix(Parameter::B1)[[0, 1]]),
        ("dW2 2 1", gradient.matrix(Parameter::W2)[[1, 0]]),
        ("db2 1", gradient.matrix(Parameter::B2)[[0, 0]]),
        ("contribution 3 2 1", term[[1, 0]]),
        ("contribution 3", term.iter().map(|entry| entry * entry).sum::<f64>().sqrt()),
        ("J 3 2 1", weights.matrix(Parameter::W1H)[[1, 0]] * (1.0 - states[[3, 0]].powi(2))),
        ("chain 2", norm),
        ("chain_weights 2", of_weights),
        ("chain_saturation 2", norm / of_weights),
        ("gradient", gradient.norm()),
        ("followed", 0.01),
        ("cosine", trace.truncated().cosine.unwrap()),
        ("bag", trace.bag_of_words()[[0, 0]]),
        ("A2 with reversed", reversed.output().answers[[0, 0]]),
        ("bag with reversed", reversed.bag_of_words()[[0, 0]]),
        ("predicted_loss", trace.loss() - 0.1 * along),
        ("L with updates = 1", Trace::of(trace.updated().unwrap()).loss()),
        ("b2 1 with weights = 'b2 1 = 0.5'", 0.5),
        (
            "bug sum W1h",
            off(
                broken.matrix(Parameter::W1H).as_slice().unwrap(),
                trace.full_gradient().matrix(Parameter::W1H).as_slice().unwrap(),
            ),
        ),
        ("T", 4.0),
        ("0.5", 0.5),
        ("10 x norm 1", 10.0 * state_errors[[0, 0]].hypot(state_errors[[0, 1]])),
    ] {
        assert_near(name, &trace, expected);
    }
    for missing in [
        "H 5 1",
        "H 0 1",
        "H last-4 1",
        "H 1 3",
        "W1h 3 1",
        "A2 1 1",
        "J 1 1 1",
        "t",
        "answer",
        "norm t",
    ] {
        assert_eq!(value(missing, &trace), None, "{missing}");
    }
}

/// The run of four steps and two units with another cell.
fn four_steps_of(cell: &str) -> Trace {
    let settings = four_steps().experiment().settings().clone();
    let cell = Cell::ALL.into_iter().find(|it| it.name() == cell).unwrap();
    Trace::of(Experiment::new(Settings { cell, ..settings }).unwrap())
}

/// The same names in cells with gates: each variable, its gradient, each weight, and the straight way.
#[test]
fn a_quantity_of_a_cell_with_gates_is_the_number_of_its_name() {
    let trace = four_steps_of("lstm");
    let [memory, forget, input, candidate] = [
        Variable::Memory,
        Variable::Open(Gate::Forget),
        Variable::Open(Gate::Input),
        Variable::Open(Gate::Candidate),
    ];
    let values = |of| trace.values(of).unwrap();
    let errors = |of| trace.errors(of).unwrap();
    let weights = trace.experiment().weights();
    let straight = errors(memory)[[2, 1]] * values(forget)[[3, 1]];
    let last = Step::from_index(3);
    let links = trace.chain(last);
    let link = links.iter().find(|link| link.from == Step::from_index(1)).unwrap();
    let kept = values(forget)[[3, 1]] * values(forget)[[4, 1]];
    // Of a cell of another run, whose first steps are those of this one.
    let plain = four_steps();
    let logit = plain.states().row(2).dot(&plain.experiment().weights().matrix(Parameter::W2));
    let second = (1.0 + (-logit[0]).exp()).ln();
    for (name, expected) in [
        ("F 3 2", values(forget)[[3, 1]]),
        ("I 3 2", values(input)[[3, 1]]),
        (
            "C 3 2",
            values(forget)[[3, 1]] * values(memory)[[2, 1]]
                + values(input)[[3, 1]] * values(candidate)[[3, 1]],
        ),
        ("tC 3 2", values(memory)[[3, 1]].tanh()),
        ("H 3 2", trace.states()[[3, 1]]),
        ("Zf 3 2", (values(forget)[[3, 1]] / (1.0 - values(forget)[[3, 1]])).ln()),
        ("dC 2 1", errors(memory)[[1, 0]]),
        ("dZf 2 1", errors(Variable::Sum(Gate::Forget))[[1, 0]]),
        ("norm C 2", errors(memory)[[1, 0]].hypot(errors(memory)[[1, 1]])),
        ("norm H 2 - norm 2", 0.0),
        ("straight 2 2", straight),
        ("straight last 2", 0.0),
        ("kept 2 2", kept),
        ("kept last 2", 1.0),
        ("chain_straight 2", link.norm_of_weights.value()),
        ("chain_straight 2 - max kept 2 u", 0.0),
        ("chain 2", link.norm.value()),
        ("Wfx 4 2", weights.matrix(Parameter::FromInput(Gate::Forget))[[2, 1]]),
        ("Wgh 2 1", weights.matrix(Parameter::FromState(Gate::Candidate))[[1, 0]]),
        ("bf 2", 1.0),
        ("dWoh 2 1", trace.gradient().matrix(Parameter::FromState(Gate::Output))[[1, 0]]),
        ("dbi 2", trace.gradient().matrix(Parameter::Bias(Gate::Input))[[0, 1]]),
        ("size Wih", 4.0),
        ("vocabulary", 3.0),
        ("parameters", 4.0 * (6.0 + 4.0 + 2.0) + 2.0 + 1.0),
        ("keep", 1.0),
        ("bf 2 with keep = 3", 3.0),
        ("F 3 2 with weights = 'bf 2 = 60'", 1.0),
        ("parameters with cell = gru-reset-after", 3.0 * (6.0 + 4.0 + 2.0) + 2.0 + 2.0 + 1.0),
        ("size W1h with cell = tanh", 4.0),
        ("L 2 with targets = '- 1 - 0' and cell = tanh", second),
    ] {
        assert_near(name, &trace, expected);
    }
    for missing in [
        "Z1 1 1",
        "U 1 1",
        "W1h 1 1",
        "size W1h",
        "bgh 1",
        "chain_weights 2",
        "chain_saturation 2",
        "norm U 2",
    ] {
        assert_eq!(value(missing, &trace), None, "{missing}");
    }
    let gru = four_steps_of("gru");
    let update = gru.values(Variable::Open(Gate::Update)).unwrap();
    assert_near("straight 2 2", &gru, gru.state_errors()[[2, 1]] * update[[3, 1]]);
    assert_near("kept 2 2", &gru, update[[3, 1]] * update[[4, 1]]);
    assert_near("K 3 1", &gru, value("R 3 1 x H 2 1", &gru).unwrap());
    for missing in ["straight 2 2", "kept 2 2", "chain_straight 2", "keep"] {
        assert_eq!(value(missing, &four_steps()), None, "{missing}");
    }
}

#[test]
fn how_a_number_of_a_gate_is_written_follows_the_cell() {
    for (cell, name, told) in [
        ("lstm", "F 3 2", "F⁽³⁾[2]"),
        ("lstm", "dC 3 2", "∂L/∂C⁽³⁾[2]"),
        ("lstm", "norm C 3", "‖∂L/∂C⁽³⁾‖"),
        ("lstm", "straight 3 2", "∂L/∂C⁽⁴⁾[2] · F⁽⁴⁾[2]"),
        ("gru", "straight 3 2", "∂L/∂H⁽⁴⁾[2] · U⁽⁴⁾[2]"),
        ("lstm", "kept 2 1", "F⁽³⁾[1] ⋯ F⁽⁴⁾[1]"),
        ("lstm", "Wfh 2 1", "W_fh[2, 1]"),
        ("lstm", "dbf 2", "∂L/∂b_f[2]"),
    ] {
        let trace = four_steps_of(cell);
        let scope = Scope::of(&trace, Language::default());
        assert_eq!(Expression::read(name).unwrap().letters(&scope), told, "{name}");
    }
}

/// What `[start]` and `set` can say of a cell, of numbers and of targets, and that the next screen undoes it.
#[test]
fn a_screen_sets_the_cell_the_keep_bias_numbers_and_targets() {
    let with = |name: &str, set: Value| {
        let mut screen = screen(name);
        screen["set"] = set;
        screen
    };
    let numbers = json!({ "unit": "number", "text": text("1 0.5 -1"), "units": 2, "values": "0.5 - -1",
        "reduction": "mean", "weights": ["W1x 1 2 = 0.25", "b2 1 = 0.75"] });
    let chapters = lesson(&[
        with("one", json!({ "cell": "lstm", "keep": 3, "weights": ["Wfh 1 2 = 0.5", "bf 2 = 4"] })),
        with("two", numbers),
        with("three", json!({ "targets": "0 - - - - 1", "text": text("a b c d e f") })),
        with("four", json!({})),
    ])
    .unwrap();
    let run = |screen| Trace::of(chapters[0].experiment(screen, Language::default()).unwrap());
    assert_eq!(run(0).experiment().cell(), Cell::Lstm);
    for (name, expected) in [("keep", 3.0), ("bf 1", 3.0), ("bf 2", 4.0), ("Wfh 1 2", 0.5)] {
        assert_near(name, &run(0), expected);
    }
    let of_numbers = run(1);
    for (name, expected) in [
        ("W1x 1 2", 0.25),
        ("A2 1 1 - dZ2 1 1 x 2", 0.5),
        ("A2 3 1 - dZ2 3 1 x 2", -1.0),
        ("L - (L 1 + L 3) / 2", 0.0),
        ("vocabulary", 1.0),
        ("T with reversed", 3.0),
        ("W1x 1 2 with reversed", 0.25),
    ] {
        assert_near(name, &of_numbers, expected);
    }
    assert_eq!(value("L 2", &of_numbers), None);
    assert_near("L - (L 1 + L 6)", &run(2), 0.0);
    let untouched = Language::default().first_experiment().unwrap();
    assert_eq!(run(3).experiment(), &untouched);
}

/// The run of another text with the weights of `trace`, in the order of its vocabulary.
fn of_text(trace: &Trace, text: &str) -> Trace {
    let settings = trace.experiment().settings().clone();
    let vocabulary = Some(trace.experiment().sequence().vocabulary().to_vec());
    let weights = Some(trace.experiment().weights().clone());
    let settings = Settings { text: text.to_owned(), vocabulary, weights, ..settings };
    Trace::of(Experiment::new(settings).unwrap())
}

fn assert_near(name: &str, trace: &Trace, expected: f64) {
    let found = value(name, trace).unwrap_or_else(|| panic!("there is no {name}"));
    let near = (found - expected).abs() <= 1e-12 * (1.0 + expected.abs());
    assert!(near, "{name} is {found} instead of {expected}");
}

#[test]
fn an_expression_is_what_follows_from_its_numbers() {
    let trace = four_steps();
    let (output, states) = (trace.output(), trace.states());
    let state_errors = trace.state_errors();
    let prediction = |text: &str| of_text(&trace, text).output().answers[[0, 0]];
    for (name, expected) in [
        ("abs dH 2 1", state_errors[[1, 0]].abs()),
        ("1 - A2 x 2", 1.0 - 2.0 * output.answers[[0, 0]]),
        ("(1 - A2) x 2", 2.0 - 2.0 * output.answers[[0, 0]]),
        ("norm 1 / norm 2 / 2", norm_at(&trace, 0) / norm_at(&trace, 1) / 2.0),
        ("H 2 1 - H 1 1 - 1", states[[2, 0]] - states[[1, 0]] - 1.0),
        ("max norm t", (0..4).map(|step| norm_at(&trace, step)).fold(0.0, f64::max)),
        ("argmax norm t", 4.0),
        (
            "min (norm t / norm t+1) - 1",
            (0..3)
                .map(|step| norm_at(&trace, step) / norm_at(&trace, step + 1))
                .fold(f64::INFINITY, f64::min)
                - 1.0,
        ),
        ("sum contribution t 2 1", gradient_without_truncation(&trace)),
        ("max abs H t u", states.iter().map(|state| state.abs()).fold(0.0, f64::max)),
        ("units", 2.0),
        ("vocabulary", 3.0),
        ("outputs", 1.0),
        ("rows W1x", 3.0),
        ("columns W1x", 2.0),
        ("size W1x", 6.0),
        ("parameters", 6.0 + 4.0 + 2.0 + 2.0 + 1.0),
        ("radius", 1.2),
        ("seed", 5.0),
        ("target", 1.0),
        ("truncation", 3.0),
        ("clip", 0.01),
        ("learning_rate", 0.1),
        // The same in another run.
        ("dZ2 with target = 0", output.answers[[0, 0]]),
        ("T with text = 'a b a b a' | '가 나 가 나 가'", 5.0),
        ("A2 with last = 'a'", prediction("a b b a")),
        ("A2 with 1 = token 2 and last = token 1", prediction("b b b b")),
        ("A2 - A2 with 2 = token 4", output.answers[[0, 0]] - prediction("a d b d")),
        // The text is “a b b d”: each of its words in turn in the place of the first.
        (
            "sum A2 with 1 = token t",
            (prediction("a b b d") + 2.0 * prediction("b b b d") + prediction("d b b d")),
        ),
    ] {
        assert_near(name, &trace, expected);
    }
}

#[test]
fn a_count_is_told_by_what_is_counted() {
    let trace = four_steps();
    let scope = Scope::of(&trace, Language::default());
    for (name, told) in [
        ("size W1x", "3 × 2"),
        ("size W1x + size W1h", "3 × 2 + 2 × 2"),
        ("size W1h with units = 8", "8 × 8"),
        ("2 x parameters", "2 × 15"),
        ("2 x (size W1x + size W1h)", "2 × (3 × 2 + 2 × 2)"),
        ("size W1x / (2 x T)", "3 × 2 / (2 × T)"),
        ("T - (size W1x - T)", "T − (3 × 2 − T)"),
        ("max (A2 1 u x A2 1 u)", "max (A₂⁽¹⁾ × A₂⁽¹⁾)"),
        ("abs (H 1 1 - H 2 1)", "|H⁽¹⁾[1] − H⁽²⁾[1]|"),
        ("batch x T", ""),
        ("A2 with target = 0", "A₂′"),
    ] {
        assert_eq!(Expression::read(name).unwrap().letters(&scope), told);
    }
}

fn value(expression: &str, trace: &Trace) -> Option<f64> {
    let scope = Scope::of(trace, Language::default());
    Expression::read(expression).unwrap_or_else(|wrong| panic!("{wrong}")).value(&scope)
}

fn norm_at(trace: &Trace, step: usize) -> f64 {
    trace.state_errors()[[step, 0]].hypot(trace.state_errors()[[step, 1]])
}

/// ∂L/∂W₁ₕ from unit 2 to unit 1 as the sum of all contributions.
fn gradient_without_truncation(trace: &Trace) -> f64 {
    Step::all(4).map(|step| trace.contribution(step).matrix(Parameter::W1H)[[1, 0]]).sum()
}

#[test]
fn what_is_misspelt_is_told_with_the_nearest_right_word() {
    for (text, told) in [
        ("nrom 1", "there is no quantity `nrom`: did you mean `norm`?"),
        (
            "contributoin last 4 4",
            "there is no quantity `contributoin`: did you mean `contribution`?",
        ),
        ("asb H 1 1", "there is no quantity `asb`: did you mean `abs`?"),
        ("norm", "`norm` is written `norm step` or `norm variable step`"),
        (
            "contribution 1 2",
            "`contribution` is written `contribution step` or `contribution step number number`",
        ),
        ("norm lst", "`lst` is no step: write a number from 1, `last` or `last-1`, in `norm step`"),
        ("H 1 one", "`one` is no number from 1, in `H step number`"),
        (
            "bug trnspose W1h",
            "`trnspose` is no bug: did you mean `transpose`?, in `bug bug parameter`",
        ),
        ("size W1hh", "`W1hh` is no parameter: did you mean `W1h`?, in `size parameter`"),
        ("size Wfhx", "`Wfhx` is no parameter: did you mean `Wfx`?, in `size parameter`"),
        ("Wfhh 1 2", "there is no quantity `Wfhh`: did you mean `Wfh`?"),
        ("F 1", "`F` is written `F step number`"),
        ("norm Cx 1", "`Cx` is no variable: did you mean `C`?, in `norm variable step`"),
        ("strait 1 2", "there is no quantity `strait`: did you mean `straight`?"),
        ("L with cell = ltsm", "there is no cell `ltsm`: did you mean `lstm`?"),
        ("L with reduction = men", "unknown variant `men`: did you mean `mean`?"),
        ("L with targets = '0 2'", "`2` is no target, as in `0 - 1`"),
        ("L with radus = 2", "unknown field `radus`: did you mean `radius`?"),
        (
            "L with example = explodign",
            "there is no example `explodign`: did you mean `exploding`?",
        ),
        ("max norm 1", "max, min, argmax, argmin and sum need `t` or `u` in what follows"),
        ("(norm 1", "a parenthesis is never closed"),
        ("norm 1 +", "a number is missing"),
        (
            "L with 1 = 'a' | 'b' | 'c'",
            "there are 3 texts; write one, or one for each of 2 languages",
        ),
    ] {
        assert_eq!(Expression::read(text).unwrap_err(), told, "{text}");
    }
    for (text, told) in [
        ("norm 1 => 2", "there is no sign `=>`: did you mean `>`?"),
        ("norm 1", "`norm 1` compares nothing: it needs <, >, <=, >=, =, != or ~"),
        (
            "max norm t / norm t+1 < 1",
            "`t` and `u` stand for nothing in `max norm t / norm t+1 < 1`: put them into max, min or sum (…)",
        ),
    ] {
        assert_eq!(Condition::read(text).unwrap_err(), told, "{text}");
    }
}

#[test]
fn a_condition_holds_as_its_signs_say() {
    let trace = four_steps();
    let holds =
        |text: &str| Condition::read(text).unwrap().holds(&Scope::of(&trace, Language::default()));
    for text in [
        "1 < 2",
        "2 > 1",
        "1 <= 1",
        "1 >= 1",
        "1 = 1",
        "1 != 2",
        "1 ~ 1.05",
        "0.5 < 1 < 2",
        "T = 4",
        "norm 1 < norm last",
        "L with updates = 1 < L",
        "0.1 + 0.2 = 0.3",
    ] {
        assert_eq!(holds(text), Some(true), "{text}");
    }
    for text in ["2 < 1", "1 > 1", "2 <= 1", "1 = 1.001", "1 != 1", "1 ~ 1.2", "0.5 < 1 < 0.9"] {
        assert_eq!(holds(text), Some(false), "{text}");
    }
    assert_eq!(holds("norm 9 > 1"), None);
}

/// A run of four steps and two units, truncated and clipped.
fn four_steps() -> Trace {
    let json = r#"{"format": "unrolled-experiment/1", "text": "a b b d", "unit": "word",
        "task": {"kind": "binary", "target": 1}, "cell": "tanh", "hidden": 2, "seed": 5,
        "spectral_radius": 1.2, "truncation": 3, "clip_norm": 0.01}"#;
    Trace::of(Experiment::from_json(json).unwrap())
}

/// A text as a chapter has it, with its numbers.
fn filled(said: &str, trace: &Trace) -> String {
    let prose = Prose::from_file(text(said)).unwrap();
    prose.filled(&Scope::of(trace, Language::default())).unwrap()
}

#[test]
fn a_number_in_a_text_is_written_as_it_is_asked_for() {
    let trace = Trace::of(Language::default().first_experiment().unwrap());
    for (said, expected) in [
        ("{T}, {units} and {size W1x}", "7, 4 and 28"),
        ("{-0.5}, {0.12345 + 0}", "−0.5, 0.12345"),
        ("{norm 1 / norm 1}", "1.000"),
        ("{2 / 3 : 2} {-2 / 3 : 0} {0.5 : %} {1 / 3 : 1%}", "0.67 −1 50\u{a0}% 33.3\u{a0}%"),
        ("{radius} {learning_rate} {argmax norm t}", "0.95 0.1 7"),
        ("‘{token 2}’, {token last}", "‘film’, all"),
    ] {
        assert_eq!(filled(said, &trace), expected);
    }
}

#[test]
fn a_particle_goes_by_the_number_before_it() {
    let trace = Trace::of(Language::default().first_experiment().unwrap());
    assert_eq!(filled("{0.5}{이/가} **{0.6}**{이/가}", &trace), "0.5가 **0.6**이");
    assert_eq!(filled("‘{token 2}’{을/를}, {T}{으로/로}", &trace), "‘film’을, 7로");
}

/// A screen with a question of this kind.
fn question(kind: &str, value: &Value) -> Screen {
    let mut screen = screen("asks");
    screen["bug"] = json!("sum");
    screen["question"] = json!({ "ask": text("?"), "why": text("!") });
    screen["question"][kind] = value.clone();
    lesson(&[screen]).unwrap()[0].screens[0].clone()
}

#[test]
fn what_is_right_is_what_the_numbers_say() {
    let trace = Trace::of(Language::default().first_experiment().unwrap());
    let right = |kind: &str, value: Value| {
        let screen = question(kind, &value);
        let options = screen
            .question()
            .unwrap()
            .options(screen.bug(), &Scope::of(&trace, Language::default()));
        options.map(|options| {
            options.iter().map(|&right| if right { '+' } else { '-' }).collect::<String>()
        })
    };
    let compare = |one: &str, other: &str| json!({ "of": [one, other], "wrong": text("") });
    assert_eq!(right("compare", compare("2", "1")).unwrap(), "+-");
    assert_eq!(right("compare", compare("1", "3 x norm last")).unwrap(), "-+");
    let equal = json!({ "of": ["1", "1"], "wrong": text(""), "equal": text("") });
    assert_eq!(right("compare", equal).unwrap(), "--+");
    let sign = |of: &str| json!({ "of": of, "wrong": text("") });
    assert_eq!(right("sign", sign("0.5")).unwrap(), "+-");
    assert_eq!(right("sign", sign("-0.5")).unwrap(), "-+");
    let zero = json!({ "of": "contribution 1 1 1", "wrong": text(""), "zero": text("") });
    assert_eq!(right("sign", zero).unwrap(), "--+");
    // The gradient of the first example shrinks on its way back.
    let step = json!({ "of": "norm t", "earlier": text(""), "later": text("") });
    assert_eq!(right("which-step", step).unwrap(), "------+");
    let unit = json!({ "of": "u x 1", "wrong": text("") });
    assert_eq!(right("which-unit", unit).unwrap(), "---+");
    let bugs = |names: &[&str]| names.iter().map(|&name| (name, text(""))).collect::<Value>();
    assert_eq!(right("which-bug", bugs(&["slope"])).unwrap(), "---+-");
    assert_eq!(right("which-bug", bugs(&["none"])).unwrap(), "---+--");
    let choice = |condition: &str| {
        right(
            "choice",
            json!([
                { "text": text("a"), "right": condition, "reply": text("") },
                { "text": text("b"), "right": "T != 7", "reply": text("") },
            ]),
        )
    };
    assert_eq!(choice("T = 7").unwrap(), "+-");
    assert_eq!(choice("norm 1 < norm last").unwrap(), "+-");
    // Without a right answer there is nothing to ask.
    assert!(choice("1 > 2").is_err());
    assert!(right("compare", compare("1", "1")).is_err());
    assert!(right("sign", sign("norm 99")).is_err());
}

#[test]
fn each_wrong_answer_has_the_reply_that_speaks_of_it() {
    let trace = Trace::of(Language::default().first_experiment().unwrap());
    let scope = Scope::of(&trace, Language::default());
    let says = |kind: &str, value: Value, answers: &[Answer]| {
        let screen = question(kind, &value);
        let question = screen.question().unwrap();
        let said = |answer: &Answer| match question.reply(screen.bug(), &scope, *answer) {
            Some((reply, scope)) => reply.filled(&scope).unwrap(),
            None => String::new(),
        };
        answers.iter().map(said).collect::<Vec<_>>()
    };
    let options = |count| (0..count).map(Answer::Option).collect::<Vec<_>>();
    let numbers = |numbers: &[f64]| numbers.iter().copied().map(Answer::Number).collect::<Vec<_>>();
    let number = json!({
        "of": "0.5", "within": 0.1, "small": text("small: {answer}"), "large": text("large: {answer}"),
        "sign": text("sign: {answer}"), "slips": [{ "is": "0.25", "reply": text("a slip") }],
    });
    assert_eq!(
        says("number", number, &numbers(&[0.55, 0.1, 0.9, -0.5, 0.3, 0.252, 0.27])),
        ["", "small: 0.1", "large: 0.9", "sign: −0.5", "a slip", "a slip", "small: 0.27"]
    );
    let compare = json!({ "of": ["2", "1"], "wrong": text("wrong"), "equal": text("equal") });
    assert_eq!(says("compare", compare, &options(3)), ["", "wrong", "equal"]);
    let sign = json!({ "of": "-1", "wrong": text("wrong"), "zero": text("zero") });
    assert_eq!(says("sign", sign, &options(3)), ["wrong", "", "zero"]);
    let step = json!({
        "of": "0 - abs (t - 4)", "earlier": text("after {t}"), "later": text("before {t}"),
        "replies": [{ "is": "last", "reply": text("not the last") }],
    });
    assert_eq!(
        says("which-step", step, &options(7)),
        ["after 1", "after 2", "after 3", "", "before 5", "before 6", "not the last"]
    );
    let unit = json!({
        "of": "u x 1", "wrong": text("not {u}"), "replies": [{ "is": "2", "reply": text("two") }],
    });
    assert_eq!(says("which-unit", unit, &options(4)), ["not 1", "two", "not 3", ""]);
    let choice = json!([
        { "text": text("a"), "right": "1 > 2", "reply": text("no, since") },
        { "text": text("b"), "right": "1 < 2", "reply": text("yes, since") },
    ]);
    assert_eq!(says("choice", choice, &options(2)), ["no, since", "yes, since"]);
    let bugs = json!({
        "transpose": text("T"), "slope": text("s"), "next": text("n"), "input": text("i"), "none": text("-"),
    });
    let said = says("which-bug", bugs, &options(6));
    let expected = Bug::ALL.map(|bug| match bug {
        Bug::MissingTranspose => "T",
        Bug::MissingSlope => "s",
        Bug::NextErrorForgotten => "n",
        Bug::NoSumOverTime => "",
        Bug::LastInput => "i",
    });
    assert_eq!(said[..5], expected);
    assert_eq!(said[5], "-");
}
