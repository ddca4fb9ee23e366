//! The terms of the field that the page uses, and what they mean.

use super::Words;
use crate::{
    figure::{ChainLane, Lane},
    rnn::{Gate, Variable},
    session::{Cause, Quantity},
};

/// A term that explains itself where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Hidden state H⁽ᵗ⁾.
    HiddenState,
    /// Hidden unit.
    HiddenUnit,
    /// Time step.
    TimeStep,
    /// Input X⁽ᵗ⁾.
    OneHot,
    /// Weighted sum Z.
    WeightedSum,
    /// Bias.
    Bias,
    /// Logit Z₂.
    Logit,
    /// Prediction A₂.
    Prediction,
    /// Target y.
    Target,
    /// Loss L.
    Loss,
    /// Error ∂L/∂Z.
    Error,
    /// Gradient at the hidden state, ∂L/∂H⁽ᵗ⁾.
    HiddenGradient,
    /// Gradient.
    Gradient,
    /// Contribution.
    Contribution,
    /// Norm ‖·‖.
    Norm,
    /// Jacobian J⁽ᵗ⁾.
    Jacobian,
    /// Saturated unit.
    Saturated,
    /// Spectral radius.
    SpectralRadius,
    /// Initial weights.
    InitialWeights,
    /// Bag of words.
    BagOfWords,
    /// Truncated BPTT.
    TruncatedBptt,
    /// Gradient clipping.
    Clipping,
    /// Gradient check.
    Check,
    /// Learning rate η.
    LearningRate,
    /// Shared weight.
    Shared,
    /// Gate.
    Gate,
    /// Candidate G.
    Candidate,
    /// Cell state C.
    CellState,
    /// Keep bias.
    KeepBias,
    /// Temperature.
    Temperature,
}

impl Words {
    /// What a term means, in a sentence or two.
    pub fn meaning(&self, term: Term) -> &'static str {
        match term {
            Term::HiddenState => self.meaning_hidden_state(),
            Term::HiddenUnit => self.meaning_hidden_unit(),
            Term::TimeStep => self.meaning_time_step(),
            Term::OneHot => self.meaning_one_hot(),
            Term::WeightedSum => self.meaning_weighted_sum(),
            Term::Bias => self.meaning_bias(),
            Term::Logit => self.meaning_logit(),
            Term::Prediction => self.meaning_prediction(),
            Term::Target => self.meaning_target(),
            Term::Loss => self.meaning_loss(),
            Term::Error => self.meaning_error(),
            Term::HiddenGradient => self.meaning_hidden_gradient(),
            Term::Gradient => self.meaning_gradient(),
            Term::Contribution => self.meaning_contribution(),
            Term::Norm => self.meaning_norm(),
            Term::Jacobian => self.meaning_jacobian(),
            Term::Saturated => self.meaning_saturated(),
            Term::SpectralRadius => self.meaning_spectral_radius(),
            Term::InitialWeights => self.meaning_initial_weights(),
            Term::BagOfWords => self.meaning_bag_of_words(),
            Term::TruncatedBptt => self.meaning_truncated_bptt(),
            Term::Clipping => self.meaning_clipping(),
            Term::Check => self.meaning_check(),
            Term::LearningRate => self.meaning_learning_rate(),
            Term::Shared => self.meaning_shared(),
            Term::Gate => self.meaning_gate(),
            Term::Candidate => self.meaning_candidate(),
            Term::CellState => self.meaning_cell_state(),
            Term::KeepBias => self.meaning_keep_bias(),
            Term::Temperature => self.meaning_temperature(),
        }
    }
}

impl Term {
    /// All of them.
    pub const ALL: [Self; 30] = [
        Self::HiddenState,
        Self::HiddenUnit,
        Self::TimeStep,
        Self::OneHot,
        Self::WeightedSum,
        Self::Bias,
        Self::Logit,
        Self::Prediction,
        Self::Target,
        Self::Loss,
        Self::Error,
        Self::HiddenGradient,
        Self::Gradient,
        Self::Contribution,
        Self::Norm,
        Self::Jacobian,
        Self::Saturated,
        Self::SpectralRadius,
        Self::InitialWeights,
        Self::BagOfWords,
        Self::TruncatedBptt,
        Self::Clipping,
        Self::Check,
        Self::LearningRate,
        Self::Shared,
        Self::Gate,
        Self::Candidate,
        Self::CellState,
        Self::KeepBias,
        Self::Temperature,
    ];

    /// What a lane shows.
    pub fn of_lane(lane: Lane) -> Option<Self> {
        Some(match lane {
            Lane::Value(Variable::State) => Self::HiddenState,
            Lane::Value(Variable::Memory) => Self::CellState,
            Lane::Value(Variable::Open(Gate::Candidate)) => Self::Candidate,
            Lane::Value(Variable::Open(_)) => Self::Gate,
            Lane::Value(Variable::Sum(_)) => Self::WeightedSum,
            Lane::Value(_) | Lane::Arrival(..) => return None,
            Lane::Output => Self::Prediction,
            Lane::Error(Variable::Sum(_)) => Self::Error,
            Lane::Error(Variable::State) => Self::HiddenGradient,
            Lane::Error(_) => Self::Gradient,
            Lane::Norm(_) => Self::Norm,
            Lane::Contribution => Self::Contribution,
        })
    }

    /// What a row of the Jacobians shows.
    pub fn of_chain_lane(lane: ChainLane) -> Self {
        match lane {
            ChainLane::Jacobian | ChainLane::Product => Self::Jacobian,
            ChainLane::Norm => Self::Norm,
            ChainLane::Triangle => Self::Contribution,
        }
    }

    /// What kind of number one is, if the kind has a name that is not plain.
    pub fn of_quantity(quantity: Quantity) -> Option<Self> {
        Some(match quantity {
            Quantity::Value(Variable::Sum(_)) => Self::WeightedSum,
            Quantity::Value(Variable::State) | Quantity::Start(Variable::State) => {
                Self::HiddenState
            }
            Quantity::Value(Variable::Memory) | Quantity::Start(Variable::Memory) => {
                Self::CellState
            }
            Quantity::Value(Variable::Open(Gate::Candidate)) => Self::Candidate,
            Quantity::Value(Variable::Open(_)) => Self::Gate,
            Quantity::Logit => Self::Logit,
            Quantity::Output => Self::Prediction,
            Quantity::Loss | Quantity::WholeLoss => Self::Loss,
            Quantity::OutputError | Quantity::Error(Variable::Sum(_)) => Self::Error,
            Quantity::Error(Variable::State) => Self::HiddenGradient,
            Quantity::Norm(_) => Self::Norm,
            Quantity::Contribution(_) => Self::Contribution,
            Quantity::Gradient(_) | Quantity::Error(_) => Self::Gradient,
            Quantity::Jacobian | Quantity::Chain => Self::Jacobian,
            Quantity::Weight(_)
            | Quantity::Updated(_)
            | Quantity::Value(_)
            | Quantity::Start(_)
            | Quantity::Arrival(..) => return None,
        })
    }

    /// Where a part of a number comes from, if that has a name that is not plain.
    pub fn of_cause(cause: Cause) -> Option<Self> {
        Some(match cause {
            Cause::Previous | Cause::State => Self::HiddenState,
            Cause::Input => Self::OneHot,
            Cause::Bias => Self::Bias,
            Cause::Prediction => Self::Prediction,
            Cause::Target => Self::Target,
            Cause::Output
            | Cause::Next
            | Cause::NextError(_)
            | Cause::HereError(_)
            | Cause::Straight
            | Cause::Weights
            | Cause::Recalled(_)
            | Cause::Kept
            | Cause::Written
            | Cause::Before
            | Cause::Change
            | Cause::Step(_)
            | Cause::Unit(_)
            | Cause::Class(_) => return None,
        })
    }
}
