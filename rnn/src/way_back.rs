//! The way back, derived from the equations: what reaches every variable of a cell, and from where.
//!
//! ∂L/∂V of a variable V is a sum of *arrivals*: one from each place where V is used. No derivative
//! is written by hand here; the rules of the sum, the product and the chain do it all, once for all
//! cells.

use crate::recipe::{
    Factor, Function, Operand, Parameter, Recipe, Right, Summand,
    Variable::{self, State},
    When,
};

/// One summand of ∂L/∂V.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Arrival {
    /// V, where it arrives.
    pub at: Variable,
    /// Whose error it comes from.
    pub from: Cause,
    /// What becomes of that error on its way.
    pub how: How,
}

/// Where an arrival comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// ∂L/∂Z₂ of the same step, if it has a loss.
    Output,
    /// The error of another variable at the same step.
    Here(Variable),
    /// The error of a variable at the next step.
    Next(Variable),
}

/// What an error is multiplied by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// By the transpose of a matrix: from Z = V·W comes ∂Z·Wᵀ.
    Transposed(Parameter),
    /// By the slope of a function: from A = f(V) comes ∂A ⊙ f′(V).
    Slope(Function),
    /// By the other factor: from A = V ⊙ B comes ∂A ⊙ B, and from A = (1 − V) ⊙ B comes −∂A ⊙ B.
    Times {
        /// Whether V stands as 1 − V.
        negative: bool,
        /// B, seen from the step of A.
        other: Factor,
    },
    /// A mistake: by the matrix itself.
    Untransposed(Parameter),
    /// A mistake: by nothing, as if the slope were 1.
    Flat,
}

/// What a step adds to the gradient of a tensor: (what the tensor is multiplied by)ᵀ · (the error of
/// the sum that it stands in).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// The tensor.
    pub of: Parameter,
    /// The sum.
    pub sum: Variable,
    /// What it is multiplied by.
    pub by: Multiplier,
}

/// What a tensor is multiplied by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Multiplier {
    /// X.
    Input,
    /// A variable.
    Value(Operand),
    /// 1: it is a bias.
    One,
}

/// All of it, for one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayBack {
    /// The arrivals, in the order in which a backward pass computes them.
    pub arrivals: Vec<Arrival>,
    /// The terms, in the order of the cell's tensors.
    pub terms: Vec<Term>,
}

impl WayBack {
    /// The arrivals at `variable`.
    pub fn at(&self, variable: Variable) -> impl Iterator<Item = Arrival> + '_ {
        self.arrivals.iter().copied().filter(move |arrival| arrival.at == variable)
    }

    /// The term of `parameter`, if it is one of the cell's own.
    pub fn term(&self, parameter: Parameter) -> Option<Term> {
        self.terms.iter().copied().find(|term| term.of == parameter)
    }
}

impl Recipe {
    /// Derives the way back.
    pub fn way_back(&self) -> WayBack {
        let output =
            Arrival { at: State, from: Cause::Output, how: How::Transposed(Parameter::ToOutput) };
        let mut found = vec![output];
        for equation in self.equations {
            match equation.is {
                Right::Of(function, at) => found.push(Arrival {
                    at,
                    from: Cause::Here(equation.of),
                    how: How::Slope(function),
                }),
                Right::Sum(parts) => {
                    found.extend(parts.iter().flat_map(|part| part.sends_back(equation.of)));
                }
            }
        }
        // What is computed last has its error first.
        let backwards = self.variables().rev();
        let arrivals = backwards.flat_map(|variable| {
            found.iter().copied().filter(move |arrival| arrival.at == variable).collect::<Vec<_>>()
        });
        let term = |of| {
            self.summands().find_map(|(sum, part)| {
                let by = match part {
                    Summand::Input(tensor) if tensor == of => Multiplier::Input,
                    Summand::Through(operand, tensor) if tensor == of => Multiplier::Value(operand),
                    Summand::Bias(tensor) if tensor == of => Multiplier::One,
                    _ => return None,
                };
                Some(Term { of, sum, by })
            })
        };
        WayBack {
            arrivals: arrivals.collect(),
            terms: self.parameters().into_iter().filter_map(term).collect(),
        }
    }
}

impl Summand {
    /// What the error of the sum `of`, in which it stands, sends to the variables in it.
    fn sends_back(self, of: Variable) -> Vec<Arrival> {
        let arrival = |operand: Operand, how| {
            let from = match operand.when {
                When::Before => Cause::Next(of),
                When::Now | When::Next => Cause::Here(of),
            };
            Arrival { at: operand.of, from, how }
        };
        let times = |factor: Factor, other| {
            let negative = matches!(factor, Factor::Rest(_));
            arrival(factor.operand(), How::Times { negative, other })
        };
        match self {
            Self::Input(_) | Self::Bias(_) => Vec::new(),
            Self::Through(operand, matrix) => vec![arrival(operand, How::Transposed(matrix))],
            Self::Product(one, other) => vec![times(one, other), times(other, one)],
        }
    }
}
