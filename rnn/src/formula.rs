//! Rules, between a recipe and whoever reads them: the notes, a program, the arithmetic of one number.
//!
//! A [`Formula`] is made of an equation, of an arrival, or of a term; nothing else writes rules down.
//! Readers walk it: [`Display`](fmt::Display) prints it as in the notes,
//! [`in_python`](Formula::in_python) as a line of a program, and [`at`](Formula::at) as the operations
//! on numbers by which one number of a run is made.

use crate::{
    arithmetic::{Arithmetic, Number},
    check::Place,
    recipe::{
        Equation, Factor, Function, Operand, Parameter, Recipe, Right, Summand, Variable, When,
    },
    tokens::Step,
    trace::Trace,
    way_back::{Arrival, Cause, How, Multiplier, Term, WayBack},
};
use std::fmt;

/// A row of numbers that there is at every step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Row {
    /// X.
    Input,
    /// V.
    Value(Variable),
    /// ∂L/∂V.
    Error(Variable),
    /// ∂L/∂Z₂.
    OutputError,
}

/// The right side of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// A row.
    Row(Row, When),
    /// A row times a matrix, or times its transpose.
    Through {
        /// The row.
        row: Row,
        /// Its step.
        when: When,
        /// The matrix.
        matrix: Parameter,
        /// Whether it is transposed.
        transposed: bool,
    },
    /// A bias.
    Bias(Parameter),
    /// A function of each number.
    Of(Function, Variable),
    /// The slope of a function, by its value: 1 − H² of H = tanh(Z₁).
    Slope(Function, Variable),
    /// 1 − a.
    Rest(Box<Formula>),
    /// −a.
    Negative(Box<Formula>),
    /// a ⊙ b.
    Each(Box<Formula>, Box<Formula>),
    /// A column times a row.
    Outer(Box<Formula>, Box<Formula>),
    /// a + b + …
    Sum(Vec<Formula>),
}

impl Recipe {
    /// What `variable` is.
    pub fn rule(&self, variable: Variable) -> Option<Formula> {
        self.equation(variable).map(Equation::rule)
    }
}

impl Equation {
    /// What its variable is.
    pub fn rule(&self) -> Formula {
        match self.is {
            Right::Of(function, of) => Formula::Of(function, of),
            Right::Sum(parts) => Formula::sum(parts.iter().map(|part| match *part {
                Summand::Input(matrix) => Formula::through(Row::Input, When::Now, matrix, false),
                Summand::Through(Operand { of, when }, matrix) => {
                    Formula::through(Row::Value(of), when, matrix, false)
                }
                Summand::Bias(bias) => Formula::Bias(bias),
                Summand::Product(one, other) => {
                    Formula::each(Formula::factor(one, false), Formula::factor(other, false))
                }
            })),
        }
    }
}

impl WayBack {
    /// What ∂L/∂V of a `variable` V is: the sum of its arrivals.
    pub fn rule(&self, variable: Variable) -> Formula {
        Formula::sum(self.at(variable).map(Arrival::rule))
    }
}

impl Arrival {
    /// What arrives.
    pub fn rule(self) -> Formula {
        let (row, when) = match self.from {
            Cause::Output => (Row::OutputError, When::Now),
            Cause::Here(of) => (Row::Error(of), When::Now),
            Cause::Next(of) => (Row::Error(of), When::Next),
        };
        let error = Formula::Row(row, when);
        match self.how {
            How::Transposed(matrix) => Formula::through(row, when, matrix, true),
            How::Untransposed(matrix) => Formula::through(row, when, matrix, false),
            How::Slope(function) => match self.from {
                Cause::Here(of) => Formula::each(error, Formula::Slope(function, of)),
                Cause::Output | Cause::Next(_) => error,
            },
            How::Times { negative, other } => {
                let factor = Formula::factor(other, when == When::Next);
                let error = if negative { Formula::Negative(Box::new(error)) } else { error };
                Formula::each(error, factor)
            }
            How::Flat => error,
        }
    }
}

impl Term {
    /// What a step adds to the gradient of the tensor.
    pub fn rule(self) -> Formula {
        let error = Formula::Row(Row::Error(self.sum), When::Now);
        match self.by {
            Multiplier::One => error,
            Multiplier::Input => Formula::outer(Formula::Row(Row::Input, When::Now), error),
            Multiplier::Value(Operand { of, when }) => {
                Formula::outer(Formula::Row(Row::Value(of), when), error)
            }
        }
    }
}

impl Formula {
    fn sum(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut parts: Vec<Self> = parts.into_iter().collect();
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            last => Self::Sum(parts.into_iter().chain(last).collect()),
        }
    }

    const fn through(row: Row, when: When, matrix: Parameter, transposed: bool) -> Self {
        Self::Through { row, when, matrix, transposed }
    }

    fn each(one: Self, other: Self) -> Self {
        Self::Each(Box::new(one), Box::new(other))
    }

    fn outer(column: Self, row: Self) -> Self {
        Self::Outer(Box::new(column), Box::new(row))
    }

    /// One side of ⊙, seen from a step later if `later`.
    fn factor(factor: Factor, later: bool) -> Self {
        let Operand { of, when } = factor.operand();
        let when = match (when, later) {
            (When::Before, true) => When::Now,
            (When::Now, true) => When::Next,
            (when, _) => when,
        };
        let row = Self::Row(Row::Value(of), when);
        match factor {
            Factor::Is(_) => row,
            Factor::Rest(_) => Self::Rest(Box::new(row)),
        }
    }

    /// The rule as Python writes it. `row` writes a row of a step, and `library` is that of the
    /// functions: `np` or `torch`.
    pub fn in_python(&self, library: &str, row: &impl Fn(Row, When) -> String) -> String {
        let inner = |formula: &Self| formula.in_python(library, row);
        match self {
            Self::Row(of, when) => row(*of, *when),
            Self::Through { row: of, when, matrix, transposed } => {
                let transpose = if *transposed { ".T" } else { "" };
                format!("{} @ {}{transpose}", row(*of, *when), matrix.name())
            }
            Self::Bias(bias) => bias.name(),
            Self::Of(function, of) => {
                let argument = row(Row::Value(*of), When::Now);
                match (function, library) {
                    (Function::Tanh, _) => format!("{library}.tanh({argument})"),
                    (Function::Sigmoid, "np") => format!("1 / (1 + np.exp(-{argument}))"),
                    (Function::Relu, "np") => format!("np.maximum({argument}, 0)"),
                    (Function::Sigmoid, _) => format!("{library}.sigmoid({argument})"),
                    (Function::Relu, _) => format!("{library}.relu({argument})"),
                }
            }
            Self::Slope(function, of) => {
                let value = row(Row::Value(*of), When::Now);
                match function {
                    Function::Tanh => format!("(1 - {value} ** 2)"),
                    Function::Sigmoid => format!("{value} * (1 - {value})"),
                    Function::Relu => format!("({value} > 0)"),
                }
            }
            Self::Rest(of) => format!("(1 - {})", inner(of)),
            Self::Negative(of) => format!("-{}", inner(of)),
            Self::Each(one, other) => format!("{} * {}", inner(one), inner(other)),
            Self::Outer(column, row) => {
                format!("{library}.outer({}, {})", inner(column), inner(row))
            }
            Self::Sum(parts) => joined(parts.iter().map(inner), '-'),
        }
    }

    /// The operations by which the number of a unit at `step` is made in the run of `trace`; the
    /// number of a matrix by its place.
    pub fn at(&self, trace: &Trace, step: Step, place: At) -> Arithmetic {
        let inner = |formula: &Self| formula.at(trace, step, place);
        let unit = place.column;
        match self {
            Self::Row(row, when) => number(trace, *row, shifted(step, *when), unit),
            Self::Through { row: Row::Input, matrix, .. } => Arithmetic::Sum(
                heard(trace, step)
                    .map(|(entry, value)| {
                        let weight = weight(*matrix, entry, unit);
                        if value == 1.0 {
                            weight
                        } else {
                            Arithmetic::product([Arithmetic::Constant(value), weight])
                        }
                    })
                    .collect(),
            ),
            Self::Through { row, when, matrix, transposed } => {
                let t = shifted(step, *when);
                if !is_there(trace, *row, t) {
                    return Arithmetic::Sum(Vec::new());
                }
                let (rows, columns) = trace.experiment().weights().sizes().of(*matrix);
                let count = if *transposed { columns } else { rows };
                let product = |other| {
                    let (row_of, column) = if *transposed { (unit, other) } else { (other, unit) };
                    Arithmetic::product([
                        number(trace, *row, t, other),
                        weight(*matrix, row_of, column),
                    ])
                };
                Arithmetic::Sum((0..count).map(product).collect())
            }
            Self::Bias(bias) => weight(*bias, 0, unit),
            Self::Of(function, of) => {
                let argument = number(trace, Row::Value(*of), step.number(), unit);
                Arithmetic::Of(*function, Box::new(argument))
            }
            Self::Slope(function, of) => {
                let value = number(trace, Row::Value(*of), step.number(), unit);
                Arithmetic::Slope(*function, Box::new(value))
            }
            Self::Rest(of) => Arithmetic::Rest(Box::new(inner(of))),
            Self::Negative(of) => Arithmetic::product([Arithmetic::Constant(-1.0), inner(of)]),
            Self::Each(one, _) if one.is_nothing(trace, step) => Arithmetic::Sum(Vec::new()),
            Self::Each(one, other) => Arithmetic::product([inner(one), inner(other)]),
            Self::Outer(column, row) => Arithmetic::product([
                match &**column {
                    Self::Row(Row::Input, _) => {
                        let mut heard = heard(trace, step).filter(|(entry, _)| *entry == place.row);
                        Arithmetic::Constant(heard.next().map_or(0.0, |(_, value)| value))
                    }
                    other => other.at(trace, step, At { row: 0, column: place.row }),
                },
                inner(row),
            ]),
            Self::Sum(parts) => Arithmetic::Sum(parts.iter().map(inner).collect()),
        }
    }
}

impl Formula {
    /// Whether it is a row that there is not, such as an error behind the last step.
    fn is_nothing(&self, trace: &Trace, step: Step) -> bool {
        match self {
            Self::Row(row, when) => !is_there(trace, *row, shifted(step, *when)),
            Self::Negative(of) => of.is_nothing(trace, step),
            _ => false,
        }
    }
}

/// Which number of a row or a matrix: a row has only columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct At {
    /// The row, counted from 0.
    pub row: usize,
    /// The column, or the unit, counted from 0.
    pub column: usize,
}

fn weight(parameter: Parameter, row: usize, column: usize) -> Arithmetic {
    Arithmetic::Number(Number::Weight(Place { parameter, row, column }))
}

fn heard(trace: &Trace, step: Step) -> impl Iterator<Item = (usize, f64)> + '_ {
    trace.experiment().inputs().at(step.index()).iter().copied()
}

/// The number of the step; that of the start state is 0.
const fn shifted(step: Step, when: When) -> usize {
    match when {
        When::Before => step.index(),
        When::Now => step.number(),
        When::Next => step.number() + 1,
    }
}

/// Whether there is such a row: none lies behind the last step, a start state only if one is given, and
/// an error of the output only where there is a loss.
fn is_there(trace: &Trace, row: Row, t: usize) -> bool {
    let experiment = trace.experiment();
    match row {
        Row::Value(of) if t == 0 => experiment.start().iter().any(|(start, _)| *start == of),
        Row::OutputError => t > 0 && experiment.loss_row(Step::from_index(t - 1)).is_some(),
        Row::Input | Row::Value(_) | Row::Error(_) => t <= trace.steps(),
    }
}

/// A number of a row. Of the error of the next step it is only that part which truncation lets pass.
fn number(trace: &Trace, row: Row, t: usize, unit: usize) -> Arithmetic {
    if !is_there(trace, row, t) {
        return Arithmetic::Constant(0.0);
    }
    match row {
        Row::Input => Arithmetic::Constant(0.0),
        Row::Value(of) => Arithmetic::Number(Number::Value { of, t, unit }),
        Row::Error(of) => Arithmetic::Number(Number::Error { of, t, unit }),
        Row::OutputError => Arithmetic::Number(Number::OutputError { t, output: unit }),
    }
}

/// `parts` with + between them, or what they begin with where that is `minus`.
fn joined(parts: impl Iterator<Item = String>, minus: char) -> String {
    let between = |(at, part): (usize, String)| match part.strip_prefix(minus) {
        _ if at == 0 => part,
        Some(rest) => format!(" {minus} {rest}"),
        None => format!(" + {part}"),
    };
    parts.enumerate().map(between).collect()
}

/// As in the notes.
impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(row, when) => write!(f, "{}", noted(*row, *when)),
            Self::Through { row, when, matrix, transposed } => {
                let transpose = if *transposed { "ᵀ" } else { "" };
                write!(f, "{}·{}{transpose}", noted(*row, *when), matrix.symbol())
            }
            Self::Bias(bias) => f.write_str(&bias.symbol()),
            Self::Of(function, of) => {
                write!(f, "{}({})", function.name(), noted(Row::Value(*of), When::Now))
            }
            Self::Slope(function, of) => {
                let value = noted(Row::Value(*of), When::Now);
                match function {
                    Function::Tanh => write!(f, "(1 − {value}²)"),
                    Function::Sigmoid => write!(f, "{value} ⊙ (1 − {value})"),
                    Function::Relu => write!(f, "({value} > 0)"),
                }
            }
            Self::Rest(of) => write!(f, "(1 − {of})"),
            Self::Negative(of) => write!(f, "−{of}"),
            Self::Each(one, other) => write!(f, "{one} ⊙ {other}"),
            Self::Outer(column, row) => write!(f, "{column}ᵀ·{row}"),
            Self::Sum(parts) => f.write_str(&joined(parts.iter().map(ToString::to_string), '−')),
        }
    }
}

/// The equations, each on a line; tanh(C) stands where it is used.
impl fmt::Display for Recipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.equations.iter().filter(|equation| equation.of != Variable::Squashed);
        for equation in lines {
            let name = noted(Row::Value(equation.of), When::Now);
            writeln!(f, "{name} = {}", equation.rule())?;
        }
        Ok(())
    }
}

/// The way back, each error on a line.
impl fmt::Display for WayBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut variables: Vec<Variable> = self.arrivals.iter().map(|arrival| arrival.at).collect();
        variables.dedup();
        for variable in variables {
            let name = noted(Row::Error(variable), When::Now);
            writeln!(f, "{name} = {}", self.rule(variable))?;
        }
        Ok(())
    }
}

/// A row of a step in the notes: with ₚ at the step before, and with ₙ at the next.
fn noted(row: Row, when: When) -> String {
    let mark = match when {
        When::Before => "ₚ",
        When::Now => "",
        When::Next => "ₙ",
    };
    let letter = |of: Variable| match (of, of.letter()) {
        (Variable::Squashed, (letter, _)) => format!("tanh({letter}{mark})"),
        (_, (letter, "")) => format!("{letter}{mark}"),
        (_, (letter, "1")) => format!("{letter}₁{mark}"),
        (_, (letter, index)) => format!("{letter}_{index}{mark}"),
    };
    match row {
        Row::Input => format!("X{mark}"),
        Row::Value(of) => letter(of),
        Row::Error(of) => format!("∂{}", letter(of)),
        Row::OutputError => format!("∂Z₂{mark}"),
    }
}

impl Function {
    /// Its name in the notes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tanh => "tanh",
            Self::Relu => "relu",
            Self::Sigmoid => "σ",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::{Cell, LSTM, TANH};

    /// What the comment above each constant says, by the name of the constant.
    fn notes() -> Vec<(String, String)> {
        let source = include_str!("recipe.rs");
        let constants = source.split("/// ```text\n").skip(1).map(|rest| {
            let (notes, rest) = rest.split_once("/// ```\n").unwrap();
            let name = rest.strip_prefix("pub const ").unwrap().split(':').next().unwrap();
            (name.to_owned(), notes.replace("/// ", ""))
        });
        constants.collect()
    }

    #[test]
    fn every_recipe_printed_is_what_the_notes_say() {
        let notes = notes();
        assert_eq!(notes.len(), Cell::ALL.len());
        for cell in Cell::ALL {
            let name = cell.name().to_ascii_uppercase().replace('-', "_");
            let (_, noted) = notes.iter().find(|(constant, _)| *constant == name).unwrap();
            assert_eq!(cell.recipe().to_string(), *noted);
        }
    }

    #[test]
    fn the_way_back_is_that_of_the_notes() {
        assert_eq!(TANH.way_back().to_string(), "∂H = ∂Z₂·W₂ᵀ + ∂Z₁ₙ·W₁ₕᵀ\n∂Z₁ = ∂H ⊙ (1 − H²)\n");
        let lstm = LSTM.way_back();
        let rule = |of| lstm.rule(of).to_string();
        assert_eq!(rule(Variable::Memory), "∂Cₙ ⊙ Fₙ + ∂tanh(C) ⊙ (1 − tanh(C)²)");
        assert_eq!(rule(Variable::Open(crate::recipe::Gate::Forget)), "∂C ⊙ Cₚ");
        assert_eq!(
            rule(Variable::State),
            "∂Z₂·W₂ᵀ + ∂Z_iₙ·W_ihᵀ + ∂Z_fₙ·W_fhᵀ + ∂Z_gₙ·W_ghᵀ + ∂Z_oₙ·W_ohᵀ"
        );
        let gru = Cell::Gru.recipe().way_back();
        let update = gru.rule(Variable::Open(crate::recipe::Gate::Update)).to_string();
        assert_eq!(update, "∂H ⊙ Hₚ − ∂H ⊙ G");
        let terms: Vec<String> =
            TANH.way_back().terms.iter().map(|term| term.rule().to_string()).collect();
        assert_eq!(terms, ["Xᵀ·∂Z₁", "Hₚᵀ·∂Z₁", "∂Z₁"]);
    }
}
