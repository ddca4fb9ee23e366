//! What a learner can change in an experiment.

use crate::rnn::{Experiment, ExperimentError, Place, Settings, Step, Task, Unit, Weights};
use std::{collections::HashMap, rc::Rc};

/// One change of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Another text.
    Text(Rc<str>),
    /// Another meaning of "token".
    Unit(Unit),
    /// Another task or target.
    Task(Task),
    /// Another number of cells.
    Cells(usize),
    /// Other start weights.
    Seed(u64),
    /// Another spectral radius of the start weights.
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
    /// Back to the start weights of the same seed.
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
    /// stays keeps its row, a new one gets the row that the seed gives it. Another number of cells,
    /// seed or radius means start weights.
    ///
    /// # Errors
    ///
    /// What is wrong with the changed settings, as [`Experiment::new`] finds it.
    pub(super) fn applied_to(&self, experiment: &Experiment) -> Result<Settings, ExperimentError> {
        let mut settings = experiment.settings().clone();
        match self {
            Self::Text(text) => settings.text = text.to_string(),
            Self::Unit(unit) => settings.unit = *unit,
            Self::Task(task) => settings.task = task.clone(),
            Self::Cells(cells) => settings.hidden = *cells,
            Self::Seed(seed) => settings.seed = Some(*seed),
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
        if settings.weights.is_none() {
            return Ok(settings);
        }
        match self {
            Self::Update
            | Self::Weight { .. }
            | Self::Truncation(_)
            | Self::Clip(_)
            | Self::LearningRate(_) => {}
            Self::Text(_) | Self::Unit(_) | Self::Task(_) | Self::Move { .. } => {
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
    /// Whether this change goes on with the one before, as typing and dragging do: one undo takes
    /// both back.
    pub(super) fn continues(&self, before: &Self) -> bool {
        match (self, before) {
            (Self::Text(_), Self::Text(_))
            | (Self::SpectralRadius(_), Self::SpectralRadius(_))
            | (Self::Truncation(_), Self::Truncation(_))
            | (Self::Clip(_), Self::Clip(_))
            | (Self::LearningRate(_), Self::LearningRate(_)) => true,
            (Self::Weight { place, .. }, Self::Weight { place: other, .. }) => place == other,
            _ => false,
        }
    }
}

/// The text of `experiment` with one token moved.
fn moved(experiment: &Experiment, from: Step, to: Step) -> String {
    let mut tokens = experiment.sequence().tokens().to_vec();
    if from.index() < tokens.len() {
        let token = tokens.remove(from.index());
        tokens.insert(to.index().min(tokens.len()), token);
    }
    tokens.join(match experiment.settings().unit {
        Unit::Word => " ",
        Unit::Character => "",
    })
}

/// The weights of `fresh`, with all that `before` has a number for taken from there.
fn kept(before: &Experiment, fresh: &Experiment) -> Weights {
    let (old, mut weights) = (before.weights(), fresh.weights().clone());
    weights.w1h.assign(&old.w1h);
    weights.b1.assign(&old.b1);
    let places: HashMap<&String, usize> = before.sequence().vocabulary().iter().zip(0..).collect();
    for (token, mut row) in fresh.sequence().vocabulary().iter().zip(weights.w1x.rows_mut()) {
        if let Some(&place) = places.get(token) {
            row.assign(&old.w1x.row(place));
        }
    }
    let (names, old_names) = (fresh.outputs(), before.outputs());
    for (output, name) in names.iter().enumerate() {
        if let Some(place) = old_names.iter().position(|old| old == name) {
            weights.w2.column_mut(output).assign(&old.w2.column(place));
            weights.b2[output] = old.b2[place];
        }
    }
    weights
}
