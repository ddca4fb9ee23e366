//! What may not be seen while a question is open.

use super::{
    chapter::Screen,
    file::{Entry, Wrong, parsed, variant},
    quantity::Scope,
};
use crate::session::{Run, Spot};
use serde_json::Value;

/// A part of the page that can be hidden while a question is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Veil {
    /// The row of the hidden states.
    Hidden,
    /// The row of the outputs of every step.
    Output,
    /// The row of ∂L/∂Z₁.
    Error,
    /// The row of ∂L/∂H.
    HiddenError,
    /// The row of the norms.
    Norm,
    /// The row of the contributions.
    Contribution,
    /// The prediction, with the target, the bag of words and the loss.
    Prediction,
    /// The line of the bag of words.
    Bag,
    /// The line of the loss.
    Loss,
    /// The row of the Jacobians.
    Jacobian,
    /// The row of their products.
    Product,
    /// The row of the norms of the products.
    Size,
    /// The row of the losses by steps.
    Triangle,
    /// The row of the contributions written out.
    Expansion,
    /// The matrices of the weights.
    Weights,
    /// The results of the laboratory.
    Laboratory,
    /// The table of the buggy program.
    Program,
    /// The drawing of the cell of the present step.
    Cell,
}

impl Entry for Veil {
    fn read(value: Value) -> Result<Self, Wrong> {
        parsed(value, |name| variant(name, &Self::ALL.map(|veil| (veil.name(), veil))))
    }
}

impl Veil {
    const ALL: [Self; 18] = [
        Self::Hidden,
        Self::Output,
        Self::Error,
        Self::HiddenError,
        Self::Norm,
        Self::Contribution,
        Self::Prediction,
        Self::Bag,
        Self::Loss,
        Self::Jacobian,
        Self::Product,
        Self::Size,
        Self::Triangle,
        Self::Expansion,
        Self::Weights,
        Self::Laboratory,
        Self::Program,
        Self::Cell,
    ];

    /// Its name in a chapter, and in the page's styles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Output => "output",
            Self::Error => "error",
            Self::HiddenError => "hidden-error",
            Self::Norm => "norm",
            Self::Contribution => "contribution",
            Self::Prediction => "prediction",
            Self::Bag => "bag",
            Self::Loss => "loss",
            Self::Jacobian => "jacobian",
            Self::Product => "product",
            Self::Size => "size",
            Self::Triangle => "triangle",
            Self::Expansion => "expansion",
            Self::Weights => "weights",
            Self::Laboratory => "laboratory",
            Self::Program => "program",
            Self::Cell => "cell",
        }
    }
}

/// What hides the numbers that an open question asks, beside the parts of the page that its screen hides.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Curtain {
    asked: Vec<Spot>,
}

impl Curtain {
    /// The curtain of a screen whose question is open.
    pub fn of(screen: &Screen, scope: &Scope<'_>) -> Self {
        let asked = screen.question().map(|question| question.asked(scope));
        Self { asked: asked.unwrap_or_default() }
    }

    /// Whether what is written beside the page about a number would tell what is asked: it is asked
    /// itself, or is among the numbers that make this one.
    pub fn hides(&self, spot: Spot, run: &Run) -> bool {
        let is_asked = |spot: &Spot| self.asked.contains(spot);
        let numbers = |spot: Spot| match &run.origin(spot).arithmetic {
            Some(arithmetic) => arithmetic.numbers(),
            None => Vec::new(),
        };
        let parts = numbers(spot);
        // The explanation goes on into a sum inside of it.
        is_asked(&spot)
            || parts.iter().any(is_asked)
            || parts.iter().any(|&part| numbers(part).iter().any(is_asked))
    }
}
