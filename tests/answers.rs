//! The key for teachers, docs/answers.md, is what the runs of the lesson say. After a change of the
//! lesson, `ANSWERS=write cargo test --test answers` writes it anew.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{fmt::Write, fs, path::Path};
use unrolled::{
    lesson::{Ask, Chapter, Kind, Prose, Question, Scope, Screen, chapters},
    rnn::Trace,
    text::{Language, parts},
};

const HEAD: &str = "# Answers to the lesson

The right answer to every question, and one way to do every task, in the order of the screens. This
file is written by a program from the runs of the lesson: `ANSWERS=write cargo test --test answers`
writes it anew, and the same test fails if it is out of date. Numbers differ between languages, because
each has a first sentence of its own.
";

const COLUMNS: &str = "| screen | question or task | answer or hint |\n|---|---|---|\n";

/// One line of a table: `text` with the numbers of the run in it.
fn line(text: &Prose, scope: &Scope<'_>) -> String {
    text.filled(scope).unwrap_or_else(|number| panic!("there is no {number}")).replace('\n', " ")
}

/// The right answer in a few words.
fn answer(screen: &Screen, question: &Question, scope: &Scope<'_>) -> String {
    let words = scope.language.words();
    let options = question.options(screen.bug(), scope);
    let options = options.unwrap_or_else(|problem| panic!("{}: {problem}", screen.name));
    let right = options.iter().position(|&right| right);
    let of = |names: &[&str]| names[right.unwrap()].to_owned();
    match &question.kind {
        Ask::Compare(_) => of(&[words.lesson_larger(), words.lesson_smaller()]),
        Ask::Sign(_) => of(&[words.lesson_positive(), words.lesson_negative()]),
        Ask::WhichStep(_) => {
            let tokens = scope.trace.experiment().sequence().tokens();
            words.lesson_step(right.unwrap() + 1, &tokens[right.unwrap()])
        }
        Ask::WhichUnit(_) => (right.unwrap() + 1).to_string(),
        Ask::Number(number) => {
            let value = number.of.value(scope).unwrap();
            let written = match number.within {
                within if within < 0.5 => format!("{value:.3} (± {within})"),
                _ => format!("{value:.0}"),
            };
            written.replace('-', "−")
        }
        Ask::Choice(choices) => line(&choices[right.unwrap()].text, scope),
        Ask::WhichBug(which) => match which.offers()[right.unwrap()] {
            Some(bug) => words.bug(bug, scope.trace.experiment().cell()).to_owned(),
            None => words.lesson_no_bug().to_owned(),
        },
    }
}

/// What is asked or to be done on a screen, and the answer to it; none where one only looks.
fn row(chapter: &Chapter, number: usize, language: Language) -> Option<[String; 2]> {
    let screen = &chapter.screens[number];
    let trace = Trace::of(chapter.experiment(number, language).unwrap());
    let schools = chapter.schools(number, language);
    let scope = Scope::of(&trace, language).with(&schools);
    match &screen.kind {
        Kind::Look => None,
        Kind::Answer(question) => {
            Some([line(&question.ask, &scope), answer(screen, question, &scope)])
        }
        Kind::Do(task) => Some([line(&task.text, &scope), line(&task.hint, &scope)]),
    }
}

fn key() -> String {
    let mut key = HEAD.to_owned();
    for language in Language::ALL {
        let name = language.words().language_name();
        for (place, chapter) in chapters().iter().enumerate() {
            let title = chapter.title.of(language);
            write!(key, "\n## {name}: {}. {title}\n\n{COLUMNS}", place + 1).unwrap();
            for number in 0..chapter.screens.len() {
                if let Some([asked, right]) = row(chapter, number, language) {
                    writeln!(key, "| {}.{} | {asked} | {right} |", place + 1, number + 1).unwrap();
                }
            }
        }
    }
    key
}

#[test]
fn the_key_for_teachers_is_what_the_runs_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/answers.md");
    let key = parts(&key()).collect::<Vec<_>>().join("`");
    assert!(key.lines().filter(|line| line.contains(". |") || line.contains("? |")).count() > 80);
    if std::env::var_os("ANSWERS").is_some() {
        fs::write(&path, &key).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let differs = written.lines().zip(key.lines()).find(|(written, computed)| written != computed);
    assert!(written == key, "docs/answers.md is out of date: {differs:?}");
}
