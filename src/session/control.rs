//! What of an experiment can be kept from being changed.

use super::{Action, Edit};
use crate::{
    rnn::{
        Experiment, Settings,
        experiment::{DEFAULT_KEEP_BIAS, DEFAULT_SPECTRAL_RADIUS},
    },
    training,
};

/// Something of the experiment that can be fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Control {
    /// The text, its unit and its order.
    Text,
    /// The task and the target.
    Task,
    /// The kind of cell.
    Cell,
    /// The number of units.
    Units,
    /// The seed, the spectral radius, the keep bias and the start state.
    Start,
    /// The weights, and with them updates.
    Weights,
    /// Truncation, clipping, the learning rate.
    Learning,
}

impl Control {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Text,
        Self::Task,
        Self::Cell,
        Self::Units,
        Self::Start,
        Self::Weights,
        Self::Learning,
    ];

    /// Its name in an address, and in the page's styles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Task => "task",
            Self::Cell => "cell",
            Self::Units => "cells",
            Self::Start => "start",
            Self::Weights => "weights",
            Self::Learning => "learning",
        }
    }

    /// Whether `action` changes it.
    pub fn is_changed_by(self, action: &Action) -> bool {
        let Action::Edit(edit) = action else {
            return self == Self::Weights
                && matches!(action, Action::Update | Action::Train { .. });
        };
        match edit {
            Edit::Text(_) | Edit::Append(_) | Edit::StepUnit(_) | Edit::Move { .. } => {
                self == Self::Text
            }
            Edit::Task(_)
            | Edit::Labels(_)
            | Edit::EveryStep(_)
            | Edit::Target { .. }
            | Edit::Reduction(_) => self == Self::Task,
            Edit::Units(_) => self == Self::Units,
            Edit::Cell(_) => self == Self::Cell,
            Edit::Seed(_)
            | Edit::SeedTyped(_)
            | Edit::SpectralRadius(_)
            | Edit::KeepBias(_)
            | Edit::Start { .. } => self == Self::Start,
            Edit::Weight { .. } | Edit::Rewind | Edit::Update => self == Self::Weights,
            Edit::Truncation(_) | Edit::Clip(_) | Edit::LearningRate(_) => self == Self::Learning,
            // Another experiment may change them all, or none of them.
            Edit::Open(_) | Edit::File(_) => false,
        }
    }

    /// Whether it is the same in both trainings. The sequences are their text and their task; the weights
    /// are kept where no update is made or forgotten.
    pub fn is_kept_in_training(
        self,
        before: &training::Learning,
        after: &training::Learning,
    ) -> bool {
        let (old, new) = (before.network(), after.network());
        match self {
            Self::Text | Self::Task => before.data() == after.data(),
            Self::Cell => old.cell == new.cell,
            Self::Units => old.units == new.units,
            Self::Start => old.start == new.start,
            Self::Weights => before.run() == after.run(),
            Self::Learning => {
                before.run().training().controls() == after.run().training().controls()
            }
        }
    }

    /// Whether it is the same in both experiments.
    pub fn is_kept(self, before: &Experiment, after: &Experiment) -> bool {
        let (old, new) = (before.settings(), after.settings());
        match self {
            Self::Text => {
                old.text == new.text && old.unit == new.unit && old.vocabulary == new.vocabulary
            }
            Self::Task => old.task == new.task && old.reduction == new.reduction,
            Self::Cell => old.cell == new.cell,
            Self::Units => old.hidden == new.hidden,
            Self::Start => {
                let start = |it: &Settings| {
                    (
                        it.seed.unwrap_or_default(),
                        it.spectral_radius.unwrap_or(DEFAULT_SPECTRAL_RADIUS),
                        it.keep_bias.unwrap_or(DEFAULT_KEEP_BIAS),
                        it.initial.clone(),
                    )
                };
                start(old) == start(new)
            }
            Self::Weights => match (&old.weights, &new.weights) {
                (None, None) => true,
                // A token that is new brings a row of its own; what was there stays.
                (Some(_), Some(_)) => after.keeps_weights_of(before),
                _ => false,
            },
            Self::Learning => {
                let learning = |it: &Experiment| {
                    let settings = it.settings();
                    (it.learning_rate(), settings.truncation, settings.clip_norm)
                };
                learning(before) == learning(after)
            }
        }
    }
}
