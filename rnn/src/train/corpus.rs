//! Many sequences that one network is trained on.

use super::lines::MOST_SEQUENCES;
use crate::{
    engine::{self, Head, Inputs, Question},
    experiment::{LARGEST_VALUE, MOST_ENTRIES},
    recipe::Cell,
    settings::{Reduction, Settings, Targets, Task},
    tokens::{Sequence, Step, StepUnit, TextError, to_nfc},
    weights::{Sizes, Weights},
};
use std::{collections::HashMap, iter};
use thiserror::Error;

/// What every sequence of a corpus is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Yes or no, by one sigmoid.
    Binary,
    /// Which of the labels, by a softmax.
    Classes {
        /// The labels, k of them.
        labels: Vec<String>,
    },
    /// Numbers, by the outputs themselves.
    Values {
        /// k, how many.
        numbers: usize,
    },
    /// The token that comes next, at every step, by a softmax over the vocabulary.
    NextToken,
}

impl Asked {
    /// How the network answers.
    pub const fn head(&self) -> Head {
        match self {
            Self::Binary => Head::Sigmoid,
            Self::Classes { .. } | Self::NextToken => Head::Softmax,
            Self::Values { .. } => Head::Identity,
        }
    }
}

/// The right answer at a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// The place of the right output; of the one output of `binary`, y itself.
    Place(usize),
    /// The right numbers, k of them.
    Numbers(Vec<f64>),
}

/// One sequence with its targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    text: String,
    places: Vec<usize>,
    inputs: Inputs,
    targets: Vec<Option<Target>>,
    judged: Vec<bool>,
}

impl Example {
    /// The sequence as it is written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// T, the number of time steps: one less than the tokens where the next one is the target.
    pub fn steps(&self) -> usize {
        self.targets.len()
    }

    /// What the network reads.
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// The place in the vocabulary of every token, the last one included; numbers have none.
    pub fn places(&self) -> &[usize] {
        &self.places
    }

    /// The target of each step that has one.
    pub fn targets(&self) -> &[Option<Target>] {
        &self.targets
    }

    /// How many steps have a target: S.
    pub fn losses(&self) -> usize {
        self.targets.iter().flatten().count()
    }

    /// Of each step, whether its answer counts for the accuracy: that of every target, unless the rule
    /// of a data set says that some cannot be known.
    pub fn judged(&self) -> &[bool] {
        &self.judged
    }

    /// The targets that count for the accuracy, each with its row among those that there are.
    pub(crate) fn judged_rows(&self) -> impl Iterator<Item = (usize, &Target)> {
        let there = self.targets.iter().zip(&self.judged);
        let there = there.filter_map(|(target, judged)| Some((target.as_ref()?, *judged)));
        there.enumerate().filter(|(_, (_, judged))| *judged).map(|(row, (target, _))| (row, target))
    }

    /// What another example has too if it is the same sequence.
    pub(crate) fn key(&self) -> Vec<u64> {
        let places = self.places.iter().map(|&place| place as u64);
        let numbers = (0..self.steps()).filter(|_| self.places.is_empty());
        let numbers = numbers.flat_map(|step| self.inputs.at(step));
        places.chain(numbers.map(|(_, number)| number.to_bits())).collect()
    }
}

/// Why a sequence and its targets make no example of a corpus.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ExampleError {
    /// The sequence is none.
    #[error("the sequence: {0}")]
    Text(#[from] TextError),
    /// There is no tab.
    #[error("there is no tab in it; write the sequence, a tab and its target")]
    NoTab,
    /// There is more than one tab.
    #[error("there are {found} tabs in it; leave one, between the sequence and its target")]
    TabTooMany {
        /// How many.
        found: usize,
    },
    /// There is a tab where the text itself holds the targets.
    #[error("there is a tab in it; remove it: each next token is a target already")]
    TabForNext,
    /// No step has a target.
    #[error("no step has a target; give it at least one")]
    NoTarget,
    /// A target that is neither 0 nor 1, where all the others are.
    #[error("the target {found:?} is neither 0 nor 1; write one of them")]
    NotBinary {
        /// The target.
        found: String,
    },
    /// A target that is no number.
    #[error(
        "the target {found:?} is no number from -{LARGEST_VALUE} to {LARGEST_VALUE}; write it as 0.5, or \
         several as 0.5,1"
    )]
    NotANumber {
        /// The target.
        found: String,
    },
    /// Neither one target nor one a step.
    #[error(
        "it has {found} targets, but {expected} steps; give it one target, or one a step, with - (in JSON \
         null) where there is none"
    )]
    TargetCount {
        /// How many there are.
        found: usize,
        /// T.
        expected: usize,
    },
    /// A target has more or fewer numbers than those before.
    #[error("a target has {found} numbers, but those before have {expected}; give each as many")]
    TargetLength {
        /// How many it has.
        found: usize,
        /// How many those before have.
        expected: usize,
    },
    /// A target is the place of no output.
    #[error("the target {found} is the place of no output; the last one is {last}")]
    NoSuchOutput {
        /// The target.
        found: usize,
        /// The last place, from 0.
        last: usize,
    },
    /// The steps have more or fewer numbers than those of the sequences before.
    #[error("its steps have {found} numbers, but those before have {expected}; give each as many")]
    Width {
        /// How many they have.
        found: usize,
        /// How many those before have.
        expected: usize,
    },
    /// It would make the vocabulary too large.
    #[error("with it there are more than {MOST_ENTRIES} different tokens; use fewer")]
    TooManyTokens,
    /// It would make too many labels.
    #[error("with it there are more than {MOST_ENTRIES} different targets; use fewer")]
    TooManyLabels,
    /// All targets are the same.
    #[error("all targets are {label:?}; there must be at least two different ones")]
    OneLabel {
        /// The target.
        label: String,
    },
    /// There are more sequences than are read.
    #[error("it and what follows is left out: more than {MOST_SEQUENCES} sequences are too many")]
    TooMany,
}

/// Sequences over one vocabulary, all asked the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Corpus {
    unit: StepUnit,
    pub(super) asked: Asked,
    vocabulary: Vec<String>,
    width: usize,
    pub(super) examples: Vec<Example>,
}

impl Corpus {
    /// One without sequences yet.
    pub(crate) fn new(unit: StepUnit, asked: Asked, vocabulary: Vec<String>) -> Self {
        Self { unit, asked, width: vocabulary.len(), vocabulary, examples: Vec::new() }
    }

    /// What one token is.
    pub fn unit(&self) -> StepUnit {
        self.unit
    }

    /// What every sequence is asked.
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The distinct tokens, d of them; numbers have none.
    pub fn vocabulary(&self) -> &[String] {
        &self.vocabulary
    }

    /// The sequences, in the order of their lines.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// d, n and k of a network with so many `units`.
    pub fn sizes(&self, units: usize) -> Sizes {
        Sizes { inputs: self.width, units, outputs: self.outputs().len() }
    }

    /// What each entry of an input stands for: a token, or the place of a number, from 1.
    pub fn inputs(&self) -> Vec<String> {
        match self.unit {
            StepUnit::Number => (1..=self.width).map(|entry| entry.to_string()).collect(),
            StepUnit::Word | StepUnit::Character => self.vocabulary.clone(),
        }
    }

    /// The names of the outputs, k of them: labels, tokens, or numbers from 1; the one of `binary` is
    /// nameless.
    pub fn outputs(&self) -> Vec<String> {
        match &self.asked {
            Asked::Binary => vec![String::new()],
            Asked::Classes { labels } => labels.clone(),
            Asked::Values { numbers } => (1..=*numbers).map(|at| at.to_string()).collect(),
            Asked::NextToken => self.vocabulary.clone(),
        }
    }

    /// The loss of whoever guesses evenly: log k in nats, log 2 where there is one sigmoid. Values have
    /// none.
    pub fn guessing(&self) -> Option<f64> {
        match &self.asked {
            Asked::Binary => Some(std::f64::consts::LN_2),
            Asked::Values { .. } => None,
            Asked::Classes { .. } | Asked::NextToken => {
                Some(libm::log(self.outputs().len() as f64))
            }
        }
    }

    /// The experiment that shows the sequence at `index` with these weights; its loss is the mean over
    /// its targets, as in training.
    pub fn settings(&self, index: usize, cell: Cell, weights: &Weights) -> Option<Settings> {
        let example = self.examples.get(index)?;
        let vocabulary = (self.unit != StepUnit::Number).then(|| self.vocabulary.clone());
        Some(Settings {
            vocabulary,
            cell,
            hidden: weights.sizes().units,
            weights: Some(weights.clone()),
            reduction: Some(Reduction::Mean),
            ..Settings::new(example.text.clone(), self.unit, self.task(example))
        })
    }

    /// The task of an experiment with the targets of `example`.
    fn task(&self, example: &Example) -> Task {
        fn each<T>(example: &Example, read: impl Fn(&Target) -> T) -> Targets<T> {
            Targets::Each(example.targets.iter().map(|it| it.as_ref().map(&read)).collect())
        }
        let place = |target: &Target| match target {
            Target::Place(place) => *place,
            Target::Numbers(_) => 0,
        };
        match &self.asked {
            Asked::Binary => Task::Binary { targets: each(example, |it| place(it) == 1) },
            Asked::Classes { labels } => {
                Task::Classes { labels: labels.clone(), targets: each(example, place) }
            }
            Asked::Values { .. } => Task::Values {
                targets: each(example, |target| match target {
                    Target::Numbers(numbers) => numbers.clone(),
                    Target::Place(_) => Vec::new(),
                }),
            },
            Asked::NextToken => Task::NextToken,
        }
    }

    /// Makes `question` that of `example`, in the memory that it has: every error is multiplied by
    /// `share` and carried back over at most `window` steps.
    pub(crate) fn ask(
        &self,
        example: &Example,
        share: f64,
        window: usize,
        question: &mut Question,
    ) {
        let outputs = match &self.asked {
            Asked::Binary => 1,
            Asked::Classes { labels } => labels.len(),
            Asked::Values { numbers } => *numbers,
            Asked::NextToken => self.vocabulary.len(),
        };
        question.head = self.asked.head();
        question.share = share;
        question.window = window.min(example.steps());
        engine::fit(&mut question.wanted, example.losses(), outputs);
        question.wanted.fill(0.0);
        question.rows.clear();
        let mut rows = question.wanted.rows_mut().into_iter().enumerate();
        for target in &example.targets {
            let row = target.as_ref().and_then(|target| {
                let (row, mut wanted) = rows.next()?;
                match (target, &self.asked) {
                    (Target::Place(place), Asked::Binary) => wanted[0] = *place as f64,
                    (Target::Place(place), _) => wanted[*place] = 1.0,
                    (Target::Numbers(numbers), _) => {
                        for (wanted, number) in wanted.iter_mut().zip(numbers) {
                            *wanted = *number;
                        }
                    }
                }
                Some(row)
            });
            question.rows.push(row);
        }
    }
}

/// A corpus to which sequences are added.
pub(crate) struct Builder {
    pub(crate) corpus: Corpus,
    places: HashMap<String, usize>,
    open: bool,
}

impl Builder {
    /// Whose vocabulary grows with the sequences if it is `open`.
    pub(crate) fn of(corpus: Corpus, open: bool) -> Self {
        let places = corpus.vocabulary.iter().cloned().zip(0..).collect();
        Self { corpus, places, open }
    }

    /// Adds the sequence `text` with its targets; where the next token is asked they are in the text.
    ///
    /// # Errors
    ///
    /// What is wrong with it. The corpus is then as it was.
    pub(crate) fn add(&mut self, text: &str, targets: Targets<Target>) -> Result<(), ExampleError> {
        let corpus = &mut self.corpus;
        let sequence = Sequence::read(text, corpus.unit, None)?;
        let tokens = sequence.tokens();
        let next = corpus.asked == Asked::NextToken;
        if next && sequence.is_numbers() {
            return Err(TextError::NoNextToken.into());
        }
        if next && tokens.len() < 2 {
            return Err(TextError::NothingToPredict.into());
        }
        let steps = tokens.len() - usize::from(next);
        let targets =
            if next { Targets::Each(Vec::new()) } else { checked(targets, steps, &corpus.asked)? };
        let (mut places, mut inputs) = (Vec::new(), Inputs::default());
        if sequence.is_numbers() {
            let (found, expected) = (sequence.width(), corpus.width);
            if !corpus.examples.is_empty() && found != expected {
                return Err(ExampleError::Width { found, expected });
            }
            corpus.width = found;
            inputs = sequence.inputs(steps);
        } else {
            let new =
                sequence.vocabulary().iter().filter(|token| !self.places.contains_key(*token));
            if !self.open
                && let Some(token) = new.clone().next()
            {
                return Err(TextError::UnknownToken { token: token.clone() }.into());
            }
            let new: Vec<String> = new.cloned().collect();
            if corpus.vocabulary.len() + new.len() > MOST_ENTRIES {
                return Err(ExampleError::TooManyTokens);
            }
            self.places.extend(new.iter().cloned().zip(corpus.vocabulary.len()..));
            corpus.vocabulary.extend(new);
            corpus.width = corpus.vocabulary.len();
            places = tokens.iter().filter_map(|token| self.places.get(token).copied()).collect();
            for &place in &places[..steps] {
                inputs.push(iter::once((place, 1.0)));
            }
        }
        let targets: Vec<Option<Target>> = if next {
            places[1..].iter().map(|&place| Some(Target::Place(place))).collect()
        } else {
            Step::all(steps).map(|step| targets.at(step.index(), steps).cloned()).collect()
        };
        let judged = targets.iter().map(Option::is_some).collect();
        let text = to_nfc(text).into_owned();
        corpus.examples.push(Example { text, places, inputs, targets, judged });
        Ok(())
    }

    /// Says which answers of the example that was added last count for the accuracy.
    pub(crate) fn judge(&mut self, judged: Vec<bool>) {
        if let Some(example) = self.corpus.examples.last_mut() {
            example.judged = judged;
        }
    }
}

/// The targets, if they are right for a sequence of `steps`.
fn checked(
    targets: Targets<Target>,
    steps: usize,
    asked: &Asked,
) -> Result<Targets<Target>, ExampleError> {
    if let Targets::Each(each) = &targets {
        if each.len() != steps {
            return Err(ExampleError::TargetCount { found: each.len(), expected: steps });
        }
        if each.iter().all(Option::is_none) {
            return Err(ExampleError::NoTarget);
        }
    }
    let within = -LARGEST_VALUE..=LARGEST_VALUE;
    for (_, target) in targets.all() {
        match (target, asked) {
            (Target::Place(found), Asked::Binary) if *found > 1 => {
                return Err(ExampleError::NoSuchOutput { found: *found, last: 1 });
            }
            (Target::Place(found), Asked::Classes { labels }) if *found >= labels.len() => {
                return Err(ExampleError::NoSuchOutput { found: *found, last: labels.len() - 1 });
            }
            (Target::Numbers(numbers), Asked::Values { numbers: expected })
                if numbers.len() != *expected =>
            {
                let (found, expected) = (numbers.len(), *expected);
                return Err(ExampleError::TargetLength { found, expected });
            }
            (Target::Numbers(numbers), _) => {
                if let Some(number) = numbers.iter().find(|number| !within.contains(*number)) {
                    return Err(ExampleError::NotANumber { found: number.to_string() });
                }
            }
            (Target::Place(_), _) => {}
        }
    }
    Ok(targets)
}
