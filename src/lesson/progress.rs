//! How far a learner has come, and what was answered.

use super::chapter::{Chapter, Screen};
use serde::{Deserialize, Serialize};
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
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The answer of this place among those that are offered.
    Option(usize),
    /// A number.
    Number(f64),
    /// The task was done.
    Done,
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
#[derive(Serialize, Deserialize)]
struct Memory {
    /// The name of the screen that is open.
    at: String,
    #[serde(default)]
    answers: BTreeMap<String, Answer>,
    #[serde(default)]
    seen: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    lost: bool,
}

/// Progress as devices remembered it when screens had no names: by chapter and screen, from 0.
#[derive(Deserialize)]
struct Numbered {
    place: NumberedPlace,
    #[serde(default)]
    answers: BTreeMap<String, Answer>,
    #[serde(default)]
    furthest: BTreeMap<usize, usize>,
}

#[derive(Deserialize)]
struct NumberedPlace {
    chapter: usize,
    screen: usize,
}

impl Numbered {
    /// The same by the names of the screens that carry the old ones on.
    fn named(&self, chapters: &[Chapter]) -> Memory {
        let screens = || chapters.iter().flat_map(|chapter| &chapter.screens);
        let carried: BTreeMap<&str, &str> = screens()
            .filter_map(|screen| Some((screen.was.as_deref()?, screen.name.as_str())))
            .collect();
        let name = |chapter: usize, screen: usize| {
            carried.get(format!("{}.{}", chapter + 1, screen + 1).as_str()).map(|&it| it.to_owned())
        };
        let numbers = |key: &str| {
            let (chapter, screen) = key.split_once('.')?;
            Some((chapter.parse().ok()?, screen.parse().ok()?))
        };
        let answer = |(key, answer): (&String, &Answer)| {
            numbers(key).and_then(|(chapter, screen)| Some((name(chapter, screen)?, *answer)))
        };
        let answers: BTreeMap<_, _> = self.answers.iter().filter_map(answer).collect();
        let seen = self.furthest.iter().flat_map(|(&chapter, &furthest)| {
            (0..=furthest.min(99)).filter_map(move |screen| name(chapter, screen))
        });
        Memory {
            at: name(self.place.chapter, self.place.screen).unwrap_or_default(),
            lost: answers.len() < self.answers.len(),
            seen: seen.collect(),
            answers,
        }
    }
}

impl Progress {
    /// What was remembered; the beginning where that cannot be read.
    pub fn read(remembered: &str, chapters: &[Chapter]) -> Self {
        let numbered = || Some(serde_json::from_str::<Numbered>(remembered).ok()?.named(chapters));
        let Some(memory) = serde_json::from_str(remembered).ok().or_else(numbered) else {
            return Self::default();
        };
        let Memory { at, mut answers, mut seen, mut lost } = memory;
        let find = |name: &str| {
            let is_it =
                |place: &Place| place.of(chapters).is_some_and(|(_, screen)| screen.name == name);
            Place::all(chapters).find(is_it)
        };
        let count = answers.len();
        answers.retain(|name, _| find(name).is_some());
        seen.retain(|name| find(name).is_some());
        lost |= answers.len() < count;
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
        // Only a map with keys that are not texts can fail to print, and there is none.
        serde_json::to_string(&memory).unwrap_or_default()
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
        match answer {
            Some(answer) => next.answers.insert(name, answer),
            None => next.answers.remove(&name),
        };
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
