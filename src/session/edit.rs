//! What a learner can change in an experiment.

use crate::rnn::{
    Cell, Experiment, ExperimentError, Parameter, Place, Reduction, Settings, Step, StepUnit,
    Targets, Task, Variable, Weights, number, settings::Initial,
};
use ndarray::Axis;
use std::{collections::HashMap, rc::Rc};

/// One change of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Another text.
    Text(Rc<str>),
    /// Another meaning of "token".
    StepUnit(StepUnit),
    /// Another task or target.
    Task(Task),
    /// Another number of units.
    Units(usize),
    /// The text with a token more, which is a change of its own and no typing.
    Append(Rc<str>),
    /// Another kind of cell.
    Cell(Cell),
    /// A target at every step, or only at the last one.
    EveryStep(bool),
    /// Another target of a step, as it is typed; nothing is none.
    Target {
        /// The step.
        step: Step,
        /// What is typed.
        typed: Rc<str>,
    },
    /// The losses of several steps averaged, or summed.
    Reduction(Reduction),
    /// Another start of a variable that is carried, as it is typed; nothing is zeros.
    Start {
        /// H or C.
        of: Variable,
        /// What is typed.
        typed: Rc<str>,
    },
    /// Another initial bias of the gate that keeps.
    KeepBias(f64),
    /// Other labels, as a list is typed: with commas between them, in double quotes where a label
    /// has a comma or a quote itself.
    Labels(Rc<str>),
    /// Other initial weights.
    Seed(u64),
    /// A seed as it is typed.
    SeedTyped(Rc<str>),
    /// Another spectral radius of the initial weights.
    SpectralRadius(f64),
    /// A token taken from its step and put at another; those between make room.
    Move {
        /// Where the token is.
        from: Step,
        /// Where it goes.
        to: Step,
    },
    /// Another value of one weight.
    Weight {
        /// The weight.
        place: Place,
        /// Its new value.
        value: f64,
    },
    /// Over how many steps a loss reaches back; over all of them.
    Truncation(Option<usize>),
    /// The longest gradient that an update follows; however long it is.
    Clip(Option<f64>),
    /// Another learning rate.
    LearningRate(f64),
    /// Back to the initial weights of the same seed.
    Rewind,
    /// One step of gradient descent, refused because a weight would grow too large.
    Update,
    /// Everything anew.
    Open(Box<Settings>),
    /// Everything anew, from a file of an experiment.
    File(Rc<str>),
}

impl Edit {
    /// The settings of `experiment` with this change.
    ///
    /// Weights that were given or learnt are kept as far as they still have a place: a token that
    /// stays keeps its row, a new one gets the row that the seed gives it. Another number of units,
    /// seed or radius means initial weights.
    ///
    /// # Errors
    ///
    /// What is wrong with the changed settings, as [`Experiment::new`] finds it.
    fn applied_to(&self, experiment: &Experiment) -> Result<Settings, ExperimentError> {
        let mut settings = experiment.settings().clone();
        match self {
            Self::Text(text) | Self::Append(text) => settings.text = text.to_string(),
            Self::StepUnit(unit) => in_unit(&mut settings, *unit),
            Self::Task(task) => settings.task = task.clone(),
            Self::Units(units) => with_units(&mut settings, *units),
            Self::Cell(cell) => with_cell(&mut settings, *cell),
            Self::EveryStep(each) => settings.task = at_every_step(experiment, *each),
            Self::Target { step, typed } => {
                settings.task = with_target(experiment, *step, typed)?;
            }
            Self::Reduction(reduction) => {
                settings.reduction = (*reduction == Reduction::Mean).then_some(*reduction);
            }
            Self::Start { of, typed } => {
                let numbers = numbers_of(typed).ok_or_else(|| not_numbers("initial", typed))?;
                let numbers = (!numbers.is_empty()).then_some(numbers);
                let mut initial = settings.initial.take().unwrap_or_default();
                *if *of == Variable::Memory { &mut initial.c } else { &mut initial.h } = numbers;
                settings.initial = (initial != Initial::default()).then_some(initial);
            }
            Self::KeepBias(bias) => settings.keep_bias = Some(*bias),
            Self::Labels(list) => settings.task = with_labels(&settings.task, list),
            Self::Seed(seed) => settings.seed = Some(*seed),
            Self::SeedTyped(typed) => settings.seed = Some(seed_of(typed)?),
            Self::SpectralRadius(radius) => settings.spectral_radius = Some(*radius),
            Self::Move { from, to } => settings.text = moved(experiment, *from, *to),
            Self::Weight { place, value } => {
                let mut weights = experiment.weights().clone();
                if let Some(weight) =
                    weights.matrix_mut(place.parameter).get_mut((place.row, place.column))
                {
                    *weight = *value;
                }
                settings.weights = Some(weights);
            }
            Self::Update | Self::Rewind => {}
            Self::Truncation(window) => settings.truncation = *window,
            Self::Clip(threshold) => settings.clip_norm = *threshold,
            Self::LearningRate(rate) => settings.learning_rate = Some(*rate),
            Self::Open(settings) => return Ok(Settings::clone(settings)),
            Self::File(json) => return Settings::from_json(json),
        }
        if matches!(self, Self::Text(_) | Self::Append(_) | Self::StepUnit(_)) {
            resize_targets(&mut settings);
        }
        if settings.weights.is_none() {
            return Ok(settings);
        }
        match self {
            Self::Update
            | Self::Weight { .. }
            | Self::Truncation(_)
            | Self::Clip(_)
            | Self::LearningRate(_)
            | Self::Reduction(_)
            | Self::Start { .. } => {}
            Self::Text(_)
            | Self::Append(_)
            | Self::StepUnit(_)
            | Self::Task(_)
            | Self::EveryStep(_)
            | Self::Target { .. }
            | Self::Labels(_)
            | Self::Move { .. } => {
                settings.weights = None;
                let fresh = Experiment::new(settings.clone())?;
                settings.weights = Some(kept(experiment, &fresh));
            }
            _ => settings.weights = None,
        }
        Ok(settings)
    }
}

impl Edit {
    /// The experiment that this change makes of `experiment`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn made_of(&self, experiment: &Experiment) -> Result<Experiment, ExperimentError> {
        self.applied_to(experiment).and_then(Experiment::new)
    }

    /// Whether this change means initial weights where there were given or learnt ones, and does not
    /// say so by its name.
    pub(super) fn drops_weights(&self) -> bool {
        matches!(
            self,
            Self::Units(_)
                | Self::Cell(_)
                | Self::Seed(_)
                | Self::SeedTyped(_)
                | Self::SpectralRadius(_)
                | Self::KeepBias(_)
        )
    }

    /// Whether this change goes on with the one before, as typing and dragging do: one undo takes
    /// both back.
    pub(super) fn continues(&self, before: &Self) -> bool {
        match (self, before) {
            (Self::Text(_), Self::Text(_))
            | (Self::SpectralRadius(_), Self::SpectralRadius(_))
            | (Self::KeepBias(_), Self::KeepBias(_))
            | (Self::Truncation(_), Self::Truncation(_))
            | (Self::Clip(_), Self::Clip(_))
            | (Self::LearningRate(_), Self::LearningRate(_)) => true,
            (Self::Weight { place, .. }, Self::Weight { place: other, .. }) => place == other,
            _ => false,
        }
    }
}

/// The largest seed that is typed: every whole number up to it is exact in JSON everywhere.
pub const LARGEST_SEED: u64 = (1 << 53) - 1;

fn seed_of(typed: &str) -> Result<u64, ExperimentError> {
    let seed = typed.trim().parse().ok().filter(|&seed| seed <= LARGEST_SEED);
    seed.ok_or(ExperimentError::NotWhole { field: "seed", most: LARGEST_SEED })
}

/// `task` with other labels; the right one is that of the same name, else of the same place.
fn with_labels(task: &Task, list: &str) -> Task {
    let labels = read_list(list);
    let target = match task {
        Task::Classes { labels: before, targets: Targets::Last(target) } => {
            let right = before.get(*target);
            let again = labels.iter().position(|label| Some(label) == right);
            again.unwrap_or_else(|| (*target).min(labels.len().saturating_sub(1)))
        }
        _ => 0,
    };
    Task::classes(labels, target)
}

/// The entries of a list as it is typed: with commas between them, an entry with a comma or a quote
/// in double quotes, in which a quote stands twice (as in a line of CSV, RFC 4180).
pub fn read_list(list: &str) -> Vec<String> {
    let (mut entries, mut entry, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = list.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                entry.push('"');
            }
            '"' if quoted || entry.trim().is_empty() => {
                if !quoted {
                    entry.clear();
                }
                quoted = !quoted;
            }
            ',' if !quoted => entries.push(std::mem::take(&mut entry).trim().to_owned()),
            _ => entry.push(letter),
        }
    }
    entries.push(entry.trim().to_owned());
    entries
}

/// The inverse of [`read_list`].
pub fn written_list(entries: &[String]) -> String {
    let written = |entry: &String| {
        if entry.contains([',', '"']) {
            format!("\"{}\"", entry.replace('"', "\"\""))
        } else {
            entry.clone()
        }
    };
    entries.iter().map(written).collect::<Vec<_>>().join(", ")
}

/// `text` after a change in a box that shows it as `shown`, with the line ends that a box can hold:
/// what was not changed stays as it is in `text`, line ends and all.
pub fn spliced(text: &str, typed: &str) -> String {
    // Each letter of the box, and where it stands in the text.
    let mut letters: Vec<(char, std::ops::Range<usize>)> = Vec::new();
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        match (letter, letters.last_mut()) {
            ('\n', Some((_, range))) if text[range.clone()] == *"\r" => range.end = end,
            ('\r', _) => letters.push(('\n', at..end)),
            _ => letters.push((letter, at..end)),
        }
    }
    let typed: Vec<char> = typed.chars().collect();
    let same = |pair: &(&(char, std::ops::Range<usize>), &char)| pair.0.0 == *pair.1;
    let before = letters.iter().zip(&typed).take_while(same).count();
    let left = letters.len().min(typed.len()) - before;
    let after = letters.iter().rev().zip(typed.iter().rev()).take(left).take_while(same).count();
    let start = before.checked_sub(1).map_or(0, |last| letters[last].1.end);
    let end = letters.get(letters.len() - after).map_or(text.len(), |next| next.1.start);
    let middle: String = typed[before..typed.len() - after].iter().collect();
    format!("{}{middle}{}", &text[..start], &text[end..])
}

/// The text of `experiment` with one token moved.
fn moved(experiment: &Experiment, from: Step, to: Step) -> String {
    let mut tokens = experiment.sequence().tokens().to_vec();
    if from.index() < tokens.len() {
        let token = tokens.remove(from.index());
        tokens.insert(to.index().min(tokens.len()), token);
    }
    tokens.join(match experiment.settings().unit {
        StepUnit::Word | StepUnit::Number => " ",
        StepUnit::Character => "",
    })
}

/// The weights of `fresh`, with all that `before` has a number for taken from there.
fn kept(before: &Experiment, fresh: &Experiment) -> Weights {
    let (old, mut weights) = (before.weights(), fresh.weights().clone());
    let places = |names: &[String], old_names: &[String]| -> Vec<Option<usize>> {
        let places: HashMap<&String, usize> = old_names.iter().zip(0..).collect();
        names.iter().map(|name| places.get(name).copied()).collect()
    };
    let inputs = places(&fresh.sequence().entries(), &before.sequence().entries());
    let outputs = places(fresh.outputs(), before.outputs());
    for parameter in fresh.weights().parameters() {
        let (from, mut to) = (old.matrix(parameter), weights.matrix_mut(parameter));
        let (axis, places) = match parameter {
            Parameter::FromInput(_) => (Axis(0), &inputs),
            Parameter::ToOutput | Parameter::OutputBias => (Axis(1), &outputs),
            Parameter::FromState(_) | Parameter::Bias(_) | Parameter::StateBias(_) => {
                to.assign(&from);
                continue;
            }
        };
        for (mut numbers, place) in to.axis_iter_mut(axis).zip(places) {
            if let Some(place) = place {
                numbers.assign(&from.index_axis(axis, *place));
            }
        }
    }
    weights
}

/// The settings with another meaning of "token". A text that is no numbers gives way to some where steps
/// become numbers, and a next token to a number: an undo brings both back.
fn in_unit(settings: &mut Settings, unit: StepUnit) {
    settings.unit = unit;
    if unit != StepUnit::Number {
        return;
    }
    settings.vocabulary = None;
    if settings.text.split_whitespace().any(|step| numbers_of(step).is_none()) {
        FIRST_NUMBERS.clone_into(&mut settings.text);
    }
    if settings.task == Task::NextToken {
        settings.task = Task::Values { targets: Targets::Last(vec![1.0]) };
    }
}

/// The steps that stand in the place of a text that is no numbers.
pub const FIRST_NUMBERS: &str = "1 0.5 -0.5 0.25";

/// The settings with another number of units; a start state is cut, or goes on with zeros.
fn with_units(settings: &mut Settings, units: usize) {
    settings.hidden = units;
    let initial = settings.initial.iter_mut();
    for numbers in initial.flat_map(|initial| [&mut initial.h, &mut initial.c]).flatten() {
        numbers.resize(units, 0.0);
    }
}

/// The settings with another cell, without what it has no place for.
fn with_cell(settings: &mut Settings, cell: Cell) {
    settings.cell = cell;
    let recipe = cell.recipe();
    if recipe.keeps().is_none() {
        settings.keep_bias = None;
    }
    if !recipe.carried().contains(&Variable::Memory)
        && let Some(initial) = &mut settings.initial
    {
        initial.c = None;
    }
    settings.initial.take_if(|initial| *initial == Initial::default());
}

/// As many targets as there are steps, where each step has one; at least one of them stays.
pub(super) fn resize_targets(settings: &mut Settings) {
    fn resize<T: Clone>(targets: &mut Targets<T>, steps: usize) {
        let Targets::Each(each) = targets else { return };
        let last = each.iter().rev().flatten().next().cloned();
        each.resize(steps, None);
        if each.iter().all(Option::is_none)
            && let Some(end) = each.last_mut()
        {
            *end = last;
        }
    }
    let steps = settings.unit.split(&settings.text).count();
    match &mut settings.task {
        Task::Binary { targets } => resize(targets, steps),
        Task::Classes { targets, .. } => resize(targets, steps),
        Task::Values { targets } => resize(targets, steps),
        Task::NextToken => {}
    }
}

/// The task of `experiment` with its target at every step, or with its last target at the last step alone.
fn at_every_step(experiment: &Experiment, each: bool) -> Task {
    fn at_last<T: Clone>(targets: &Targets<T>) -> Targets<T> {
        let last = targets.all().last().map(|(_, target)| T::clone(target));
        last.map_or_else(|| targets.clone(), Targets::Last)
    }
    let task = &experiment.settings().task;
    if each {
        return task.at_each(experiment.steps());
    }
    match task {
        Task::Binary { targets } => Task::Binary { targets: at_last(targets) },
        Task::Classes { labels, targets } => {
            Task::Classes { labels: labels.clone(), targets: at_last(targets) }
        }
        Task::Values { targets } => Task::Values { targets: at_last(targets) },
        Task::NextToken => Task::NextToken,
    }
}

/// The task of `experiment` with another target at a step.
fn with_target(experiment: &Experiment, step: Step, typed: &str) -> Result<Task, ExperimentError> {
    fn put<T: Clone>(targets: &Targets<T>, step: Step, target: Option<T>) -> Targets<T> {
        match (targets, target) {
            (Targets::Last(_), Some(target)) => Targets::Last(target),
            (Targets::Last(_), None) => targets.clone(),
            (Targets::Each(each), target) => {
                let mut each = each.clone();
                if let Some(place) = each.get_mut(step.index()) {
                    *place = target;
                }
                Targets::Each(each)
            }
        }
    }
    let typed = typed.trim();
    let nothing = typed.is_empty();
    let wrong = || ExperimentError::NotATarget { step: step.number(), found: typed.to_owned() };
    Ok(match &experiment.settings().task {
        Task::Binary { targets } => {
            let target = match typed {
                "0" => Some(false),
                "1" => Some(true),
                _ => None,
            };
            if target.is_none() && !nothing {
                return Err(wrong());
            }
            Task::Binary { targets: put(targets, step, target) }
        }
        Task::Classes { labels, targets } => {
            let target = labels.iter().position(|label| label == typed);
            if target.is_none() && !nothing {
                return Err(wrong());
            }
            Task::Classes { labels: labels.clone(), targets: put(targets, step, target) }
        }
        Task::Values { targets } => {
            let numbers = numbers_of(typed).ok_or_else(|| match targets {
                Targets::Last(_) => not_numbers("targets", typed),
                Targets::Each(_) => wrong(),
            })?;
            Task::Values { targets: put(targets, step, (!nothing).then_some(numbers)) }
        }
        Task::NextToken => Task::NextToken,
    })
}

/// Numbers as they are typed: with commas or white space between them; none if one is no number.
fn numbers_of(typed: &str) -> Option<Vec<f64>> {
    let parts = typed.split(|c: char| c == ',' || c.is_whitespace());
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(number).collect()
}

/// That what is typed is no list of numbers.
fn not_numbers(field: &str, typed: &str) -> ExperimentError {
    ExperimentError::NotNumbers { field: field.to_owned(), found: typed.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_labels_is_read_as_it_was_written() {
        let lists: [&[&str]; 5] = [
            &["bad", "good"],
            &["one, two", "three"],
            &["say \"no\"", "a|b", ","],
            &["\"", "\"\""],
            &["ends with \"", " , "],
        ];
        for list in lists {
            let entries: Vec<String> = list.iter().map(|entry| entry.trim().to_owned()).collect();
            assert_eq!(read_list(&written_list(&entries)), entries);
        }
        assert_eq!(read_list("bad, , good"), ["bad", "", "good"]);
        assert_eq!(read_list("\"never closed, at all"), ["never closed, at all"]);
        assert_eq!(read_list("a \"quoted\" word,b"), ["a \"quoted\" word", "b"]);
    }

    #[test]
    fn what_is_typed_into_a_box_keeps_the_line_ends_of_the_rest() {
        assert_eq!(spliced("one\r\ntwo\rthree", "one\ntwo\nthree!"), "one\r\ntwo\rthree!");
        assert_eq!(spliced("one\r\ntwo", "one!\ntwo"), "one!\r\ntwo");
        assert_eq!(spliced("one\r\ntwo", "onetwo"), "onetwo");
        assert_eq!(spliced("a\r\r\nb", "a\n\nc"), "a\r\r\nc");
        assert_eq!(spliced("", "new"), "new");
        assert_eq!(spliced("old", ""), "");
        assert_eq!(spliced("aa", "aaa"), "aaa");
        assert_eq!(spliced("각é", "각x é"), "각x é");
    }
}
