//! What a learner can change in an experiment.

use crate::rnn::{Experiment, ExperimentError, Settings, Task, Unit, Weights};
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
    /// One step of gradient descent, refused because a weight would grow too large.
    Update,
    /// Everything anew.
    Open(Box<Settings>),
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
            Self::Update => {}
            Self::Open(settings) => return Ok(Settings::clone(settings)),
        }
        let learnt = settings.weights.take();
        match self {
            Self::Text(_) | Self::Unit(_) | Self::Task(_) if learnt.is_some() => {
                let fresh = Experiment::new(settings.clone())?;
                settings.weights = Some(kept(experiment, &fresh));
            }
            Self::Update => settings.weights = learnt,
            _ => {}
        }
        Ok(settings)
    }
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
