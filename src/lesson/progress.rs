//! How far a learner has come, and what was answered.

use super::{
    chapter::{Chapter, Screen},
    file::{Entry, Table, Wrong},
};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A screen of the lesson, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The chapter.
    pub chapter: usize,
    /// The screen in it.
    pub screen: usize,
}

impl Place {
    /// The screen at this place, with its chapter.
    pub fn of(self, chapters: &[Chapter]) -> Option<(&Chapter, &Screen)> {
        let chapter = chapters.get(self.chapter)?;
        Some((chapter, chapter.screens.get(self.screen)?))
    }

    /// All places, in order.
    pub fn all(chapters: &[Chapter]) -> impl Iterator<Item = Self> {
        let screens = |(chapter, it): (usize, &Chapter)| {
            (0..it.screens.len()).map(move |screen| Self { chapter, screen })
        };
        chapters.iter().enumerate().flat_map(screens)
    }
}

/// What a learner answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// The answer of this place among those that are offered.
    Option(usize),
    /// A number.
    Number(f64),
    /// The task was done.
    Done,
}

impl Answer {
    fn written(self) -> Value {
        let (name, answer) = match self {
            Self::Option(place) => ("Option", place.into()),
            Self::Number(number) => ("Number", number.into()),
            Self::Done => return "Done".into(),
        };
        let mut one = Map::new();
        one.insert(name.to_owned(), answer);
        one.into()
    }
}

impl Entry for Answer {
    fn read(value: Value) -> Result<Self, Wrong> {
        if value == "Done" {
            return Ok(Self::Done);
        }
        let mut table = Table::of(value)?;
        let (place, number) = (table.maybe("Option")?, table.maybe("Number")?);
        let answer = place.map(Self::Option).or(number.map(Self::Number));
        answer.ok_or_else(|| "it is no answer".to_owned().into())
    }
}

/// How far a learner has come: by the names of the screens, so that a screen that is inserted or moved
/// changes nobody's answers.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Progress {
    /// The screen that is open.
    pub place: Place,
    answers: BTreeMap<String, Answer>,
    seen: BTreeSet<String>,
    /// Whether something was remembered of screens that are no longer there.
    pub lost: bool,
}

/// Progress as a device remembers it.
struct Memory {
    /// The name of the screen that is open.
    at: String,
    answers: BTreeMap<String, Answer>,
    seen: BTreeSet<String>,
    lost: bool,
}

impl Entry for Memory {
    fn read(value: Value) -> Result<Self, Wrong> {
        let mut table = Table::of(value)?;
        Ok(Self {
            at: table.must("at")?,
            answers: table.or_default("answers")?,
            seen: made(table.or_default::<Vec<String>>("seen")?),
            lost: table.or_default("lost")?,
        })
    }
}

impl Memory {
    fn written(self) -> String {
        let mut answers = Map::new();
        for (name, answer) in self.answers {
            answers.insert(name, answer.written());
        }
        let mut memory = Map::new();
        memory.insert("at".to_owned(), self.at.into());
        memory.insert("answers".to_owned(), answers.into());
        memory.insert("seen".to_owned(), self.seen.into_iter().collect());
        if self.lost {
            memory.insert("lost".to_owned(), true.into());
        }
        Value::Object(memory).to_string()
    }
}

/// Progress as devices remembered it when screens had no names: by chapter and screen, from 0.
struct Numbered {
    place: Place,
    answers: BTreeMap<String, Answer>,
    furthest: BTreeMap<String, usize>,
}

impl Entry for Numbered {
    fn read(value: Value) -> Result<Self, Wrong> {
        let mut table = Table::of(value)?;
        let place = |value| {
            let mut table = Table::of(value)?;
            Ok(Place { chapter: table.must("chapter")?, screen: table.must("screen")? })
        };
        Ok(Self {
            place: table.must_by("place", place)?,
            answers: table.or_default("answers")?,
            furthest: table.or_default("furthest")?,
        })
    }
}

impl Numbered {
    /// The same by the names of the screens that carry the old ones on.
    fn named(&self, chapters: &[Chapter]) -> Memory {
        let screens = || chapters.iter().flat_map(|chapter| &chapter.screens);
        let name = |chapter: usize, screen: usize| {
            let old = format!("{}.{}", chapter.saturating_add(1), screen.saturating_add(1));
            screens().find(|screen| screen.was.as_deref() == Some(&old)).map(|it| it.name.clone())
        };
        let numbers = |key: &str| {
            let (chapter, screen) = key.split_once('.')?;
            Some((chapter.parse().ok()?, screen.parse().ok()?))
        };
        let answer = |(key, answer): (&String, &Answer)| {
            numbers(key).and_then(|(chapter, screen)| Some((name(chapter, screen)?, *answer)))
        };
        let answers: BTreeMap<_, _> = made(self.answers.iter().filter_map(answer));
        let seen = self.furthest.iter().flat_map(|(chapter, &furthest)| {
            let chapter = chapter.parse().unwrap_or(usize::MAX);
            (0..=furthest.min(99)).filter_map(move |screen| name(chapter, screen))
        });
        Memory {
            at: name(self.place.chapter, self.place.screen).unwrap_or_default(),
            lost: answers.len() < self.answers.len(),
            seen: made(seen),
            answers,
        }
    }
}

impl Progress {
    /// What was remembered; the beginning where that cannot be read.
    pub fn read(remembered: &str, chapters: &[Chapter]) -> Self {
        let value: Value = serde_json::from_str(remembered).unwrap_or_default();
        let numbered = |value| Some(Numbered::read(value).ok()?.named(chapters));
        let Some(memory) = Memory::read(value.clone()).ok().or_else(|| numbered(value)) else {
            return Self::default();
        };
        let Memory { at, answers, seen, lost } = memory;
        let find = |name: &str| {
            let is_it =
                |place: &Place| place.of(chapters).is_some_and(|(_, screen)| screen.name == name);
            Place::all(chapters).find(is_it)
        };
        let count = answers.len();
        let answers: BTreeMap<_, _> =
            made(answers.into_iter().filter(|(name, _)| find(name).is_some()));
        let seen = made(seen.into_iter().filter(|name| find(name).is_some()));
        let lost = lost || answers.len() < count;
        Self { place: find(&at).unwrap_or_default(), answers, seen, lost }
    }

    /// What is to be remembered.
    pub fn written(&self, chapters: &[Chapter]) -> String {
        let memory = Memory {
            at: name(self.place, chapters),
            answers: self.answers.clone(),
            seen: self.seen.clone(),
            lost: self.lost,
        };
        memory.written()
    }

    /// The answer that was given at the open screen.
    pub fn answer(&self, chapters: &[Chapter]) -> Option<Answer> {
        self.answers.get(&name(self.place, chapters)).copied()
    }

    /// The same with an answer at the open screen, or with none.
    #[must_use]
    pub fn answered(&self, answer: Option<Answer>, chapters: &[Chapter]) -> Self {
        let mut next = self.clone();
        let name = name(self.place, chapters);
        if let Some(answer) = answer {
            next.answers.insert(name, answer);
        } else {
            next.answers = made(next.answers.into_iter().filter(|(other, _)| *other != name));
        }
        next
    }

    /// The same with another screen open, to which the learner has not come step by step.
    #[must_use]
    pub fn opened(&self, place: Place) -> Self {
        Self { place, ..self.clone() }
    }

    /// The same at another screen.
    #[must_use]
    pub fn at(&self, place: Place, chapters: &[Chapter]) -> Self {
        let mut next = Self { place, ..self.clone() };
        next.seen.insert(name(place, chapters));
        next
    }

    /// The same with what has changed from `before` to `after`, on a page that did not know of it.
    #[must_use]
    pub fn with_change(&self, before: &Self, after: &Self) -> Self {
        let mut next = self.clone();
        if before.place != after.place {
            next.place = after.place;
        }
        for key in before.answers.keys().filter(|key| !after.answers.contains_key(*key)) {
            next.answers.remove(key);
        }
        for (key, answer) in &after.answers {
            if before.answers.get(key) != Some(answer) {
                next.answers.insert(key.clone(), *answer);
            }
        }
        next.seen.extend(after.seen.iter().cloned());
        next
    }

    /// How many screens of a chapter have been seen.
    pub fn seen(&self, chapter: &Chapter) -> usize {
        chapter.screens.iter().filter(|screen| self.seen.contains(&screen.name)).count()
    }

    /// The screen after the open one, if there is one.
    pub fn next(&self, chapters: &[Chapter]) -> Option<Place> {
        let Place { chapter, screen } = self.place;
        if screen + 1 < chapters.get(chapter)?.screens.len() {
            return Some(Place { chapter, screen: screen + 1 });
        }
        (chapter + 1 < chapters.len()).then_some(Place { chapter: chapter + 1, screen: 0 })
    }

    /// The screen before the open one, if there is one.
    pub fn previous(&self, chapters: &[Chapter]) -> Option<Place> {
        let Place { chapter, screen } = self.place;
        if let Some(screen) = screen.checked_sub(1) {
            return Some(Place { chapter, screen });
        }
        let chapter = chapter.checked_sub(1)?;
        Some(Place { chapter, screen: chapters.get(chapter)?.screens.len().checked_sub(1)? })
    }
}

/// The name of the screen at `place`.
fn name(place: Place, chapters: &[Chapter]) -> String {
    place.of(chapters).map_or_else(String::new, |(_, screen)| screen.name.clone())
}

/// A collection of these, put in one by one: to collect them would sort them first, with code of its
/// own for each type.
fn made<C: Default + Extend<T>, T>(all: impl IntoIterator<Item = T>) -> C {
    let mut made = C::default();
    made.extend(all);
    made
}
