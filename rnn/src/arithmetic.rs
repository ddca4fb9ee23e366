//! The operations on numbers by which one number of a run is made.

use crate::{
    check::Place,
    formula::{At, Formula},
    recipe::{Function, Variable},
    tokens::Step,
    trace::Trace,
    way_back::{Arrival, Cause, Term},
};

/// A number of a run that others are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// V of a unit.
    Value {
        /// The variable.
        of: Variable,
        /// t, 0 for the start state.
        t: usize,
        /// The unit, counted from 0.
        unit: usize,
    },
    /// ∂L/∂V of a unit.
    Error {
        /// The variable.
        of: Variable,
        /// t.
        t: usize,
        /// The unit, counted from 0.
        unit: usize,
    },
    /// ∂L/∂Z₂ of an output.
    OutputError {
        /// t.
        t: usize,
        /// The output, counted from 0.
        output: usize,
    },
    /// A weight.
    Weight(Place),
}

/// An operation on numbers of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Arithmetic {
    /// A number of the run.
    Number(Number),
    /// A number that the rule brings along: an input, or what truncation leaves of one.
    Constant(f64),
    /// a + b + …; nothing is 0.
    Sum(Vec<Arithmetic>),
    /// a × b × …
    Product(Vec<Arithmetic>),
    /// f(a).
    Of(Function, Box<Arithmetic>),
    /// f′ by f(a).
    Slope(Function, Box<Arithmetic>),
    /// 1 − a.
    Rest(Box<Arithmetic>),
}

impl Number {
    /// It, if the run has it.
    pub fn value(self, trace: &Trace) -> Option<f64> {
        match self {
            Self::Value { of, t, unit } => trace.values(of)?.get((t, unit)).copied(),
            Self::Error { of, t, unit } => {
                trace.errors(of)?.get((t.checked_sub(1)?, unit)).copied()
            }
            Self::OutputError { t, output } => {
                let row = trace.experiment().loss_row(Step::from_index(t.checked_sub(1)?))?;
                trace.output().errors.get((row, output)).copied()
            }
            Self::Weight(Place { parameter, row, column }) => {
                trace.experiment().weights().matrix(parameter).get((row, column)).copied()
            }
        }
    }
}

impl Arithmetic {
    pub(crate) fn product(factors: impl IntoIterator<Item = Self>) -> Self {
        Self::Product(factors.into_iter().collect())
    }

    /// What the operation makes of the numbers of `trace`. A number that the run does not have is
    /// not a number.
    pub fn value(&self, trace: &Trace) -> f64 {
        match self {
            Self::Number(number) => number.value(trace).unwrap_or(f64::NAN),
            Self::Constant(value) => *value,
            Self::Sum(parts) => parts.iter().map(|part| part.value(trace)).sum(),
            // An infinite factor is one that has overflowed: nothing times it is nothing.
            Self::Product(factors) => {
                let values: Vec<f64> = factors.iter().map(|factor| factor.value(trace)).collect();
                if values.contains(&0.0) { 0.0 } else { values.into_iter().product() }
            }
            Self::Of(function, of) => function.at(of.value(trace)),
            Self::Slope(function, of) => function.slope(of.value(trace)),
            Self::Rest(of) => 1.0 - of.value(trace),
        }
    }

    /// The numbers of the run in it, in the order in which they are written.
    pub fn numbers(&self) -> Vec<Number> {
        match self {
            Self::Number(number) => vec![*number],
            Self::Constant(_) => Vec::new(),
            Self::Sum(parts) | Self::Product(parts) => {
                parts.iter().flat_map(Self::numbers).collect()
            }
            Self::Of(_, of) | Self::Slope(_, of) | Self::Rest(of) => of.numbers(),
        }
    }

    /// With a number in the place of each that stands for only a part of it.
    fn with(self, part: &impl Fn(Number) -> Option<f64>) -> Self {
        let all = |parts: Vec<Self>| parts.into_iter().map(|it| it.with(part)).collect();
        match self {
            Self::Number(number) => part(number).map_or(self, Self::Constant),
            Self::Constant(_) => self,
            Self::Sum(parts) => Self::Sum(all(parts)),
            Self::Product(parts) => Self::Product(all(parts)),
            Self::Of(function, of) => Self::Of(function, Box::new(of.with(part))),
            Self::Slope(function, of) => Self::Slope(function, Box::new(of.with(part))),
            Self::Rest(of) => Self::Rest(Box::new(of.with(part))),
        }
    }
}

impl Trace {
    /// How V of a unit is made, if the cell has the variable V.
    pub fn arithmetic_of_value(&self, of: Variable, step: Step, unit: usize) -> Option<Arithmetic> {
        let rule = self.experiment().recipe().rule(of)?;
        Some(rule.at(self, step, At { row: 0, column: unit }))
    }

    /// How one arrival at a unit is made. Of the error of the next step it is made of only that part
    /// which truncation lets pass.
    pub fn arithmetic_of_arrival(&self, arrival: Arrival, step: Step, unit: usize) -> Arithmetic {
        let whole = arrival.rule().at(self, step, At { row: 0, column: unit });
        let Cause::Next(of) = arrival.from else { return whole };
        if step.number() == self.steps() || self.experiment().window() == self.steps() {
            return whole;
        }
        let passed = self.passed_back(step.next(), of);
        whole.with(&|number| match number {
            Number::Error { unit, .. } => {
                let passed = passed.get(unit).copied();
                passed.filter(|passed| number.value(self) != Some(*passed))
            }
            _ => None,
        })
    }

    /// How ∂L/∂V of a unit is made: the sum of what arrives there.
    pub fn arithmetic_of_error(&self, of: Variable, step: Step, unit: usize) -> Arithmetic {
        let arrivals = self.way_back().at(of);
        Arithmetic::Sum(
            arrivals.map(|arrival| self.arithmetic_of_arrival(arrival, step, unit)).collect(),
        )
    }

    /// How one number of what a step adds to the gradient of a cell's own tensor is made.
    pub fn arithmetic_of_term(&self, term: Term, step: Step, place: Place) -> Arithmetic {
        let rule: Formula = term.rule();
        rule.at(self, step, At { row: place.row, column: place.column })
    }
}
