//! How far a learner has come, and what was answered.

use super::{
    chapter::{Ask, Chapter, Question, Screen},
    quantity::{Quantity, distance, is_same},
};
use crate::rnn::{Bug, Parameter, Step, Trace};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A screen of the lesson, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Place {
    /// The chapter.
    pub chapter: usize,
    /// The screen in it.
    pub screen: usize,
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

/// Whether an answer is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Right,
    /// It is not.
    Wrong,
}

impl Question {
    /// Which of the offered answers are right in the run of `trace`, where answers are offered:
    /// larger and smaller, positive and negative, the steps, the choices, the mistakes.
    ///
    /// # Errors
    ///
    /// Why the question cannot be answered.
    pub fn options(&self, screen: &Screen, trace: &Trace) -> Result<Vec<bool>, String> {
        let value = |quantity: &Quantity| {
            let value = quantity.value(trace).filter(|value| value.is_finite());
            value.ok_or_else(|| format!("the run has no {}", quantity.letters(trace.steps())))
        };
        let right = match &self.kind {
            Ask::Compare([one, other]) => {
                let (one, other) = (value(one)?, value(other)?);
                vec![one > other, one < other]
            }
            Ask::Sign(quantity) => {
                let value = value(quantity)?;
                vec![value > 0.0, value < 0.0]
            }
            Ask::WhichStep(quantity) => {
                let sizes: Result<Vec<f64>, String> = Step::all(trace.steps())
                    .map(|step| value(&quantity.at(step)).map(f64::abs))
                    .collect();
                let sizes = sizes?;
                let most = sizes.iter().copied().fold(0.0, f64::max);
                sizes.into_iter().map(|size| size == most).collect()
            }
            Ask::Number { of, .. } => return value(of).map(|_| Vec::new()),
            Ask::Choice(choices) => {
                let holds = |choice: &super::chapter::Choice| {
                    choice.right.holds(trace).ok_or("a condition names a number that is not there")
                };
                choices.iter().map(holds).collect::<Result<_, _>>()?
            }
            Ask::WhichBug(_) => {
                let hunted = screen.bug.ok_or("the screen has no bug to hunt")?.gradient(trace);
                Bug::ALL.map(|bug| same(&bug.gradient(trace), &hunted)).to_vec()
            }
        };
        if right.iter().all(|&right| right) || !right.contains(&true) {
            return Err("all answers are right, or none".to_owned());
        }
        Ok(right)
    }

    /// The numbers that decide the question in the run of `trace`.
    pub fn evidence(&self, trace: &Trace) -> Vec<(Quantity, f64)> {
        let quantities = match &self.kind {
            Ask::Compare(both) => both.to_vec(),
            Ask::Sign(quantity) | Ask::Number { of: quantity, .. } => vec![quantity.clone()],
            Ask::WhichStep(quantity) => {
                Step::all(trace.steps()).map(|step| quantity.at(step)).collect()
            }
            // Their chapter says it in words.
            Ask::Choice(_) | Ask::WhichBug(_) => Vec::new(),
        };
        let valued = quantities.into_iter().filter(|quantity| !quantity.is_constant());
        valued.filter_map(|quantity| Some((quantity.clone(), quantity.value(trace)?))).collect()
    }

    /// Whether `answer` is right in the run of `trace`; none where the question cannot be answered.
    pub fn verdict(&self, screen: &Screen, trace: &Trace, answer: Answer) -> Option<Verdict> {
        let right = match (&self.kind, answer) {
            (Ask::Number { of, within }, Answer::Number(number)) => {
                (of.value(trace)? - number).abs() <= *within
            }
            (_, Answer::Option(option)) => *self.options(screen, trace).ok()?.get(option)?,
            _ => return None,
        };
        Some(if right { Verdict::Right } else { Verdict::Wrong })
    }
}

fn same(one: &crate::rnn::Weights, other: &crate::rnn::Weights) -> bool {
    Parameter::ALL.into_iter().all(|parameter| is_same(distance(one, other, parameter)))
}

/// How far a learner has come.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The screen that is open.
    pub place: Place,
    answers: BTreeMap<String, Answer>,
    furthest: BTreeMap<usize, usize>,
}

impl Progress {
    /// What was remembered; the beginning where that cannot be read, or is of another lesson.
    pub fn read(remembered: &str, chapters: &[Chapter]) -> Self {
        let progress: Self = serde_json::from_str(remembered).unwrap_or_default();
        let exists = chapters
            .get(progress.place.chapter)
            .is_some_and(|chapter| progress.place.screen < chapter.screens.len());
        if exists { progress } else { Self::default() }
    }

    /// What is to be remembered.
    pub fn written(&self) -> String {
        // Only a map with keys that are not texts can fail to print, and there is none.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The answer that was given at the open screen.
    pub fn answer(&self) -> Option<Answer> {
        self.answers.get(&key(self.place)).copied()
    }

    /// The same with an answer at the open screen, or with none.
    #[must_use]
    pub fn answered(&self, answer: Option<Answer>) -> Self {
        let mut next = self.clone();
        match answer {
            Some(answer) => next.answers.insert(key(self.place), answer),
            None => next.answers.remove(&key(self.place)),
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
    pub fn at(&self, place: Place) -> Self {
        let mut next = Self { place, ..self.clone() };
        let furthest = next.furthest.entry(place.chapter).or_default();
        *furthest = (*furthest).max(place.screen);
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
        for (&chapter, &screen) in &after.furthest {
            let furthest = next.furthest.entry(chapter).or_default();
            *furthest = (*furthest).max(screen);
        }
        next
    }

    /// How many screens of a chapter have been seen.
    pub fn seen(&self, chapter: usize) -> usize {
        self.furthest.get(&chapter).map_or(0, |screen| screen + 1)
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

fn key(place: Place) -> String {
    format!("{}.{}", place.chapter, place.screen)
}
