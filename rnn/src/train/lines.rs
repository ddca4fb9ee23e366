//! The lines that a person writes, read as the sequences of a corpus.

use super::corpus::{Asked, Builder, Corpus, ExampleError, Target};
use crate::{
    experiment::{LARGEST_VALUE, MOST_ENTRIES},
    number::number,
    settings::{Targets, TaskKind},
    tokens::{MOST_TOKENS, StepUnit, check_characters, to_nfc},
};
use thiserror::Error;

/// The most sequences that are read from a person's text; each has at most [`MOST_TOKENS`].
pub const MOST_SEQUENCES: usize = 500;

/// A line that makes no example; the others stand.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("line {line}: {error}")]
pub struct BadLine {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it, and how to mend it.
    pub error: ExampleError,
}

/// What a text was read as.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The sequences of the good lines, if there is one.
    pub corpus: Option<Corpus>,
    /// The bad lines, in order.
    pub bad: Vec<BadLine>,
}

impl Corpus {
    /// Reads a line for each sequence: the sequence, a tab, and its target at the last step, or one
    /// target a step, separated by spaces, with `-` where there is none.
    ///
    /// ```text
    /// the film was not good⇥0        binary: 0 or 1
    /// 1 0 1 1⇥1 1 0 1                one a step
    /// the music was cold⇥music       classes: the targets that there are, in order of appearance
    /// 0.5 1,0 2,-1⇥- 1.5             values: numbers, several of a step joined by commas
    /// hello hello                    next-token: no tab and no target
    /// ```
    ///
    /// Without a `kind` it is the one that the targets look like. Empty lines count for nothing.
    #[inline]
    pub fn from_lines(text: &str, unit: StepUnit, kind: Option<TaskKind>) -> Reading {
        let lines = || (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let kind = kind.unwrap_or_else(|| kind_of(lines().map(|(_, line)| line)));
        let asked = match kind {
            TaskKind::Binary => Asked::Binary,
            TaskKind::Classes => Asked::Classes { labels: Vec::new() },
            TaskKind::Values => Asked::Values { numbers: 0 },
            TaskKind::NextToken => Asked::NextToken,
        };
        let mut builder = Builder::of(Self::new(unit, asked, Vec::new()), true);
        let mut bad = Vec::new();
        for (line, written) in lines() {
            if builder.corpus.examples.len() == MOST_SEQUENCES {
                bad.push(BadLine { line, error: ExampleError::TooMany });
                break;
            }
            if let Err(error) = builder.add_line(written) {
                bad.push(BadLine { line, error });
            }
        }
        let mut corpus = Some(builder.corpus).filter(|corpus| !corpus.examples.is_empty());
        if let Some(Asked::Classes { labels }) = corpus.as_ref().map(Corpus::asked)
            && let [label] = labels.as_slice()
        {
            let error = ExampleError::OneLabel { label: label.clone() };
            let last = lines().last().map_or(1, |(line, _)| line);
            bad.push(BadLine { line: last, error });
            corpus = None;
        }
        Reading { corpus, bad }
    }

    /// Cuts a text into sequences of `length` tokens and the one that comes after, so that each token
    /// is predicted once.
    ///
    /// A line that cannot be read is left out. `length` is brought between 2 and [`MOST_TOKENS`] − 1.
    #[inline]
    pub fn from_text(text: &str, unit: StepUnit, length: usize) -> Reading {
        let (length, mut bad) = (length.clamp(2, MOST_TOKENS - 1), Vec::new());
        // Each with its line.
        let mut tokens: Vec<(usize, String)> = Vec::new();
        for (line, written) in (1..).zip(to_nfc(text).split_inclusive('\n')) {
            match check_characters(written) {
                Ok(()) => tokens.extend(unit.split(written).map(|it| (line, it.to_owned()))),
                Err(error) => bad.push(BadLine { line, error: error.into() }),
            }
        }
        let mut builder = Builder::of(Self::new(unit, Asked::NextToken, Vec::new()), true);
        let between = if unit == StepUnit::Character { "" } else { " " };
        let mut begin = 0;
        while begin + 1 < tokens.len() {
            let line = tokens[begin].0;
            if builder.corpus.examples.len() == MOST_SEQUENCES {
                bad.push(BadLine { line, error: ExampleError::TooMany });
                break;
            }
            let end = (begin + length + 1).min(tokens.len());
            let part: Vec<&str> = tokens[begin..end].iter().map(|(_, it)| it.as_str()).collect();
            if let Err(error) = builder.add(&part.join(between), Targets::Each(Vec::new())) {
                bad.push(BadLine { line, error });
            }
            begin = end - 1;
        }
        bad.sort_by_key(|bad| bad.line);
        Reading { corpus: Some(builder.corpus).filter(|it| !it.examples.is_empty()), bad }
    }
}

impl Builder {
    fn add_line(&mut self, line: &str) -> Result<(), ExampleError> {
        let parts: Vec<&str> = line.split('\t').collect();
        if self.corpus.asked == Asked::NextToken {
            return match parts.as_slice() {
                [sequence] => self.add(sequence, Targets::Each(Vec::new())),
                _ => Err(ExampleError::TabForNext),
            };
        }
        let (sequence, targets) = match parts.as_slice() {
            [_] => return Err(ExampleError::NoTab),
            [sequence, targets] => (sequence, targets),
            _ => return Err(ExampleError::TabTooMany { found: parts.len() - 1 }),
        };
        let asked = self.corpus.asked.clone();
        let read = (each_target(targets))
            .map(|target| if target == "-" { Ok(None) } else { self.target(target).map(Some) })
            .collect::<Result<Vec<_>, _>>();
        let added = read.and_then(|mut targets| match (targets.len(), targets.pop().flatten()) {
            (0, _) => Err(ExampleError::NoTarget),
            (1, Some(target)) => self.add(sequence, Targets::Last(target)),
            (_, last) => {
                targets.push(last);
                self.add(sequence, Targets::Each(targets))
            }
        });
        // The labels of a bad line do not count.
        if added.is_err() {
            self.corpus.asked = asked;
        }
        added
    }

    /// The target that is written so; a new label is added.
    fn target(&mut self, written: &str) -> Result<Target, ExampleError> {
        let found = || written.chars().take(40).collect();
        match &mut self.corpus.asked {
            Asked::Binary => match written {
                "0" => Ok(Target::Place(0)),
                "1" => Ok(Target::Place(1)),
                _ => Err(ExampleError::NotBinary { found: found() }),
            },
            Asked::Classes { labels } => {
                let written = to_nfc(written);
                let place = labels.iter().position(|label| *label == written);
                let place = place.unwrap_or_else(|| {
                    labels.push(written.into_owned());
                    labels.len() - 1
                });
                if place < MOST_ENTRIES {
                    Ok(Target::Place(place))
                } else {
                    Err(ExampleError::TooManyLabels)
                }
            }
            Asked::Values { numbers: expected } => {
                let read = numbers(written);
                let read = read.ok_or_else(|| ExampleError::NotANumber { found: found() })?;
                if *expected == 0 {
                    *expected = read.len();
                }
                Ok(Target::Numbers(read))
            }
            Asked::NextToken => Err(ExampleError::TabForNext),
        }
    }
}

/// What the targets of lines look like.
fn kind_of<'a>(lines: impl Iterator<Item = &'a str>) -> TaskKind {
    let targets: Vec<&str> =
        lines.filter_map(|line| Some(line.split_once('\t')?.1)).flat_map(each_target).collect();
    let all = |counts: fn(&str) -> bool| targets.iter().all(|target| counts(target));
    if targets.is_empty() {
        TaskKind::NextToken
    } else if all(|target| matches!(target, "0" | "1" | "-")) {
        TaskKind::Binary
    } else if all(|target| target == "-" || numbers(target).is_some())
        && targets.iter().any(|target| target.contains(['.', ',']))
    {
        TaskKind::Values
    } else {
        TaskKind::Classes
    }
}

fn each_target(written: &str) -> impl Iterator<Item = &str> {
    written.split_whitespace()
}

/// The numbers of a target, as a person writes them.
fn numbers(target: &str) -> Option<Vec<f64>> {
    let within = |number: &f64| number.abs() <= LARGEST_VALUE;
    target.split(',').map(|part| number(part).filter(within)).collect()
}
