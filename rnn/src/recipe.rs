//! The cells, each given once: as its equations.
//!
//! This is the place to begin. A cell is a constant below that reads like the notes, and everything
//! else reads the constant: [`engine`](crate::engine) runs it, [`way_back`](crate::way_back) derives
//! the gradient from it, [`formula`](crate::formula) writes it down, and names in files are those of
//! its letters.
//!
//! Row vectors. X is the input, a variable with ₚ behind it is its value at the step before, ⊙ is
//! element by element, σ the logistic function.

use Gate::{Candidate, Forget, Input, One, Output, Reset, Update};
use Parameter::{FromInput, FromState, StateBias};
use Variable::{Kept, Memory, Open, Recalled, Squashed, State, Sum};
use serde::{Deserialize, Serialize};

/// The kind of recurrent cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cell {
    /// One layer of tanh (Elman 1990).
    Tanh,
    /// One layer of rectified linear units.
    Relu,
    /// One layer of logistic units.
    Sigmoid,
    /// Long short-term memory (Hochreiter and Schmidhuber 1997; with a forget gate, Gers and others
    /// 2000).
    Lstm,
    /// The gated recurrent unit of the paper and of textbooks, which resets the state before its
    /// product with the weights (Cho and others 2014).
    Gru,
    /// The gated recurrent unit of PyTorch, Keras and cuDNN, which resets the product.
    GruResetAfter,
}

impl Cell {
    /// All cells.
    pub const ALL: [Self; 6] =
        [Self::Tanh, Self::Relu, Self::Sigmoid, Self::Lstm, Self::Gru, Self::GruResetAfter];

    /// Its equations.
    pub const fn recipe(self) -> &'static Recipe {
        match self {
            Self::Tanh => &TANH,
            Self::Relu => &RELU,
            Self::Sigmoid => &SIGMOID,
            Self::Lstm => &LSTM,
            Self::Gru => &GRU,
            Self::GruResetAfter => &GRU_RESET_AFTER,
        }
    }

    /// Its name in files and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tanh => "tanh",
            Self::Relu => "relu",
            Self::Sigmoid => "sigmoid",
            Self::Lstm => "lstm",
            Self::Gru => "gru",
            Self::GruResetAfter => "gru-reset-after",
        }
    }
}

/// What a weighted sum is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gate {
    /// The one sum of a cell without gates.
    One,
    /// I, how much of the candidate is written.
    Input,
    /// F, how much of the memory is kept.
    Forget,
    /// G, what is new.
    Candidate,
    /// O, how much of the memory is shown.
    Output,
    /// R, how much of the state the candidate sees.
    Reset,
    /// U, how much of the state is kept. Papers call it z, which here is a weighted sum.
    Update,
}

/// A row of n numbers that a cell has at every step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variable {
    /// Z, the weighted sum of a gate.
    Sum(Gate),
    /// The gate itself: I, F, G, O, R, U.
    Open(Gate),
    /// C, the memory.
    Memory,
    /// tanh(C).
    Squashed,
    /// K, what the reset gate leaves of the state before.
    Kept,
    /// Q, the product of the state before with its weights, where the reset gate comes after it.
    Recalled,
    /// H, the hidden state.
    State,
}

/// A tensor of weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parameter {
    /// From the input to a gate's sum: d×n.
    FromInput(Gate),
    /// From the state before to a gate's sum: n×n.
    FromState(Gate),
    /// The bias of a gate's sum: n.
    Bias(Gate),
    /// The bias of the product with the state before, where it stands apart: n.
    StateBias(Gate),
    /// W₂, from the state to the outputs: n×k.
    ToOutput,
    /// b₂, the bias of the outputs: k.
    OutputBias,
}

/// The step at which a variable is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// The step before.
    Before,
    /// This step.
    Now,
    /// The step after, which only the way back meets.
    Next,
}

/// A variable at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operand {
    /// The variable.
    pub of: Variable,
    /// The step.
    pub when: When,
}

/// `of` at this step.
const fn now(of: Variable) -> Factor {
    Factor::Is(Operand { of, when: When::Now })
}

/// `of` at the step before.
const fn before(of: Variable) -> Factor {
    Factor::Is(Operand { of, when: When::Before })
}

/// What is left of 1: 1 − `of`.
const fn rest(of: Variable) -> Factor {
    Factor::Rest(Operand { of, when: When::Now })
}

/// One side of ⊙.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Factor {
    /// The variable.
    Is(Operand),
    /// 1 − the variable.
    Rest(Operand),
}

impl Factor {
    /// The variable in it.
    pub const fn operand(self) -> Operand {
        match self {
            Self::Is(operand) | Self::Rest(operand) => operand,
        }
    }
}

/// A function of each number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// tanh.
    Tanh,
    /// max(0, z).
    Relu,
    /// σ, the logistic function.
    Sigmoid,
}

/// One part of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Summand {
    /// X·W.
    Input(Parameter),
    /// A variable times a matrix.
    Through(Operand, Parameter),
    /// A bias.
    Bias(Parameter),
    /// a ⊙ b.
    Product(Factor, Factor),
}

/// The right side of an equation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// A function of a variable of the same step.
    Of(Function, Variable),
    /// A sum.
    Sum(&'static [Summand]),
}

/// How one variable is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Equation {
    /// The variable.
    pub of: Variable,
    /// What it is.
    pub is: Right,
}

/// A cell as its equations, in the order in which they are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Recipe {
    /// The cell.
    pub cell: Cell,
    /// Each computes a variable out of those before it, and of those of the step before.
    pub equations: &'static [Equation],
}

/// X·W + V·W + b, the weighted sum of a gate, where V is the state before unless it is named.
macro_rules! weighted {
    ($gate:expr) => {
        weighted!($gate, State, When::Before)
    };
    ($gate:expr, $of:expr, $when:expr) => {
        Right::Sum(&[
            Summand::Input(FromInput($gate)),
            Summand::Through(Operand { of: $of, when: $when }, FromState($gate)),
            Summand::Bias(Parameter::Bias($gate)),
        ])
    };
}

/// a ⊙ b + c ⊙ d + …
macro_rules! products {
    ($($one:expr, $other:expr);+) => {
        Right::Sum(&[$(Summand::Product($one, $other)),+])
    };
}

macro_rules! recipe {
    ($cell:ident: $($of:expr => $is:expr;)*) => {
        Recipe { cell: Cell::$cell, equations: &[$(Equation { of: $of, is: $is }),*] }
    };
}

const fn tanh(of: Variable) -> Right {
    Right::Of(Function::Tanh, of)
}

const fn relu(of: Variable) -> Right {
    Right::Of(Function::Relu, of)
}

const fn sigmoid(of: Variable) -> Right {
    Right::Of(Function::Sigmoid, of)
}

/// ```text
/// Z₁ = X·W₁ₓ + Hₚ·W₁ₕ + b₁
/// H = tanh(Z₁)
/// ```
pub const TANH: Recipe = recipe! { Tanh:
    Sum(One) => weighted!(One);
    State => tanh(Sum(One));
};

/// ```text
/// Z₁ = X·W₁ₓ + Hₚ·W₁ₕ + b₁
/// H = relu(Z₁)
/// ```
pub const RELU: Recipe = recipe! { Relu:
    Sum(One) => weighted!(One);
    State => relu(Sum(One));
};

/// ```text
/// Z₁ = X·W₁ₓ + Hₚ·W₁ₕ + b₁
/// H = σ(Z₁)
/// ```
pub const SIGMOID: Recipe = recipe! { Sigmoid:
    Sum(One) => weighted!(One);
    State => sigmoid(Sum(One));
};

/// ```text
/// Z_i = X·W_ix + Hₚ·W_ih + b_i
/// I = σ(Z_i)
/// Z_f = X·W_fx + Hₚ·W_fh + b_f
/// F = σ(Z_f)
/// Z_g = X·W_gx + Hₚ·W_gh + b_g
/// G = tanh(Z_g)
/// Z_o = X·W_ox + Hₚ·W_oh + b_o
/// O = σ(Z_o)
/// C = F ⊙ Cₚ + I ⊙ G
/// H = O ⊙ tanh(C)
/// ```
pub const LSTM: Recipe = recipe! { Lstm:
    Sum(Input) => weighted!(Input);
    Open(Input) => sigmoid(Sum(Input));
    Sum(Forget) => weighted!(Forget);
    Open(Forget) => sigmoid(Sum(Forget));
    Sum(Candidate) => weighted!(Candidate);
    Open(Candidate) => tanh(Sum(Candidate));
    Sum(Output) => weighted!(Output);
    Open(Output) => sigmoid(Sum(Output));
    Memory => products!(now(Open(Forget)), before(Memory); now(Open(Input)), now(Open(Candidate)));
    Squashed => tanh(Memory);
    State => products!(now(Open(Output)), now(Squashed));
};

/// ```text
/// Z_r = X·W_rx + Hₚ·W_rh + b_r
/// R = σ(Z_r)
/// Z_u = X·W_ux + Hₚ·W_uh + b_u
/// U = σ(Z_u)
/// K = R ⊙ Hₚ
/// Z_g = X·W_gx + K·W_gh + b_g
/// G = tanh(Z_g)
/// H = U ⊙ Hₚ + (1 − U) ⊙ G
/// ```
pub const GRU: Recipe = recipe! { Gru:
    Sum(Reset) => weighted!(Reset);
    Open(Reset) => sigmoid(Sum(Reset));
    Sum(Update) => weighted!(Update);
    Open(Update) => sigmoid(Sum(Update));
    Kept => products!(now(Open(Reset)), before(State));
    Sum(Candidate) => weighted!(Candidate, Kept, When::Now);
    Open(Candidate) => tanh(Sum(Candidate));
    State => products!(now(Open(Update)), before(State); rest(Open(Update)), now(Open(Candidate)));
};

/// ```text
/// Z_r = X·W_rx + Hₚ·W_rh + b_r
/// R = σ(Z_r)
/// Z_u = X·W_ux + Hₚ·W_uh + b_u
/// U = σ(Z_u)
/// Q = Hₚ·W_gh + b_gh
/// Z_g = X·W_gx + b_g + R ⊙ Q
/// G = tanh(Z_g)
/// H = U ⊙ Hₚ + (1 − U) ⊙ G
/// ```
pub const GRU_RESET_AFTER: Recipe = recipe! { GruResetAfter:
    Sum(Reset) => weighted!(Reset);
    Open(Reset) => sigmoid(Sum(Reset));
    Sum(Update) => weighted!(Update);
    Open(Update) => sigmoid(Sum(Update));
    Recalled => Right::Sum(&[
        Summand::Through(Operand { of: State, when: When::Before }, FromState(Candidate)),
        Summand::Bias(StateBias(Candidate)),
    ]);
    Sum(Candidate) => Right::Sum(&[
        Summand::Input(FromInput(Candidate)),
        Summand::Bias(Parameter::Bias(Candidate)),
        Summand::Product(now(Open(Reset)), now(Recalled)),
    ]);
    Open(Candidate) => tanh(Sum(Candidate));
    State => products!(now(Open(Update)), before(State); rest(Open(Update)), now(Open(Candidate)));
};

impl Recipe {
    /// Its variables, in the order in which they are computed.
    pub fn variables(&self) -> impl DoubleEndedIterator<Item = Variable> + Clone + use<> {
        self.equations.iter().map(|equation| equation.of)
    }

    /// How `variable` is computed, if the cell has it.
    pub fn equation(&self, variable: Variable) -> Option<&'static Equation> {
        self.equations.iter().find(|equation| equation.of == variable)
    }

    /// The variables that one step hands to the next: H, and C where there is a memory.
    pub fn carried(&self) -> Vec<Variable> {
        let carried = |of: &Variable| {
            let mut operands = self.equations.iter().flat_map(|equation| equation.is.operands());
            operands.any(|operand| operand.of == *of && operand.when == When::Before)
        };
        let (state, others): (Vec<_>, Vec<_>) =
            self.variables().filter(carried).partition(|variable| *variable == State);
        [state, others].concat()
    }

    /// Its tensors, gate by gate in the order of the equations, and then those of the output.
    pub fn parameters(&self) -> Vec<Parameter> {
        let used: Vec<Parameter> = self.summands().filter_map(|(_, part)| part.tensor()).collect();
        let gates = self.variables().filter_map(|variable| match variable {
            Sum(gate) => Some(gate),
            _ => None,
        });
        let of_gate =
            |gate| [FromInput(gate), FromState(gate), Parameter::Bias(gate), StateBias(gate)];
        gates
            .flat_map(of_gate)
            .filter(|parameter| used.contains(parameter))
            .chain(Parameter::OUTPUT)
            .collect()
    }

    /// Every part of a sum, with the variable whose sum it stands in.
    pub fn summands(&self) -> impl Iterator<Item = (Variable, Summand)> + use<> {
        self.equations.iter().flat_map(|equation| {
            let parts = match equation.is {
                Right::Sum(parts) => parts,
                Right::Of(..) => &[],
            };
            parts.iter().map(|part| (equation.of, *part))
        })
    }

    /// What keeps what there was: F of V = F ⊙ Vₚ + …, or what is left of a gate to 1. It keeps where it
    /// is 1.
    pub fn keeps(&self) -> Option<(Gate, Factor)> {
        self.summands().find_map(|(of, part)| match part {
            Summand::Product(keeper, kept) if kept == before(of) => match keeper.operand().of {
                Open(gate) => Some((gate, keeper)),
                _ => None,
            },
            _ => None,
        })
    }

    /// The tensor that says most about the way from step to step: from the state before to the gate that
    /// keeps, or to the one sum.
    pub fn main_parameter(&self) -> Parameter {
        FromState(self.keeps().map_or(One, |(gate, _)| gate))
    }

    /// The function by which the state follows from one weighted sum, in a cell without gates.
    pub fn plain(&self) -> Option<Function> {
        match self.equations {
            [_, Equation { of: State, is: Right::Of(function, Sum(One)) }] => Some(*function),
            _ => None,
        }
    }
}

impl Right {
    /// The variables in it.
    fn operands(self) -> Vec<Operand> {
        match self {
            Self::Of(_, of) => vec![Operand { of, when: When::Now }],
            Self::Sum(parts) => parts.iter().flat_map(|part| part.operands()).collect(),
        }
    }
}

impl Summand {
    fn operands(self) -> Vec<Operand> {
        match self {
            Self::Input(_) | Self::Bias(_) => Vec::new(),
            Self::Through(operand, _) => vec![operand],
            Self::Product(one, other) => vec![one.operand(), other.operand()],
        }
    }

    /// The tensor in it.
    pub const fn tensor(self) -> Option<Parameter> {
        match self {
            Self::Input(tensor) | Self::Through(_, tensor) | Self::Bias(tensor) => Some(tensor),
            Self::Product(..) => None,
        }
    }
}

impl Gate {
    /// The letter that stands as an index, as in `W_fx`.
    pub const fn index(self) -> &'static str {
        match self {
            One => "1",
            Input => "i",
            Forget => "f",
            Candidate => "g",
            Output => "o",
            Reset => "r",
            Update => "u",
        }
    }
}

impl Variable {
    /// Z₁, the weighted sum of a cell without gates.
    pub const Z1: Self = Sum(One);

    /// The letter and its index: Z and f. That of tanh(C) is C.
    pub const fn letter(self) -> (&'static str, &'static str) {
        match self {
            Sum(gate) => ("Z", gate.index()),
            Open(One | Input) => ("I", ""),
            Open(Forget) => ("F", ""),
            Open(Candidate) => ("G", ""),
            Open(Output) => ("O", ""),
            Open(Reset) => ("R", ""),
            Open(Update) => ("U", ""),
            Memory | Squashed => ("C", ""),
            Kept => ("K", ""),
            Recalled => ("Q", ""),
            State => ("H", ""),
        }
    }

    /// The letter and its index in formulas: Z₁; where Unicode has no such index, `Z_f`.
    pub fn symbol(self) -> String {
        match (self, self.letter()) {
            (Squashed, (letter, _)) => format!("tanh({letter})"),
            (_, (letter, "")) => letter.to_owned(),
            (_, (letter, "1")) => format!("{letter}₁"),
            (_, (letter, index)) => format!("{letter}_{index}"),
        }
    }

    /// The name in programs.
    pub const fn name(self) -> &'static str {
        match self {
            Sum(One) => "Z1",
            Sum(Input) => "Zi",
            Sum(Forget) => "Zf",
            Sum(Candidate) => "Zg",
            Sum(Output) => "Zo",
            Sum(Reset) => "Zr",
            Sum(Update) => "Zu",
            Squashed => "tC",
            Open(_) | Memory | Kept | Recalled | State => self.letter().0,
        }
    }

    /// The name in files: that in programs, in lower case.
    pub fn field(self) -> String {
        self.name().to_ascii_lowercase()
    }

    /// The one that files call `field`.
    pub fn named(field: &str) -> Option<Self> {
        let all = Cell::ALL.into_iter().flat_map(|cell| cell.recipe().variables());
        all.into_iter().find(|variable| variable.field() == field)
    }
}

impl Parameter {
    /// W₁ₓ, from the input to the units of a cell without gates.
    pub const W1X: Self = FromInput(One);
    /// W₁ₕ, from the state before to the units of a cell without gates.
    pub const W1H: Self = FromState(One);
    /// b₁, the bias of the units of a cell without gates.
    pub const B1: Self = Self::Bias(One);
    /// W₂.
    pub const W2: Self = Self::ToOutput;
    /// b₂.
    pub const B2: Self = Self::OutputBias;

    /// The five of a cell without gates, in the order of the formulas.
    pub const ALL: [Self; 5] = [Self::W1X, Self::W1H, Self::B1, Self::W2, Self::B2];
    /// The three of its recurrent layer, to which every step contributes.
    pub const RECURRENT: [Self; 3] = [Self::W1X, Self::W1H, Self::B1];
    /// The two of the output, which is the same for every cell.
    pub const OUTPUT: [Self; 2] = [Self::W2, Self::B2];

    /// Those of every cell.
    pub fn of_any_cell() -> impl Iterator<Item = Self> {
        let mut all: Vec<Self> = Vec::new();
        for parameter in Cell::ALL.into_iter().flat_map(|cell| cell.recipe().parameters()) {
            if !all.contains(&parameter) {
                all.push(parameter);
            }
        }
        all.into_iter()
    }

    /// The one that files call `field`.
    pub fn named(field: &str) -> Option<Self> {
        Self::of_any_cell().find(|parameter| parameter.field() == field)
    }

    /// The letter and its index in formulas: W₁ₕ; where Unicode has no such index, `W_fh`.
    pub fn symbol(self) -> String {
        match self {
            Self::W1X => "W₁ₓ".to_owned(),
            Self::W1H => "W₁ₕ".to_owned(),
            Self::B1 => "b₁".to_owned(),
            Self::W2 => "W₂".to_owned(),
            Self::B2 => "b₂".to_owned(),
            _ => {
                let (letter, index) = self.letters();
                format!("{letter}_{index}")
            }
        }
    }

    /// The letter and its index, apart: W and fx.
    pub fn letters(self) -> (&'static str, &'static str) {
        (if self.is_bias() { "b" } else { "W" }, &self.field()[1..])
    }

    /// The gate in whose sum it stands; that of the output in none.
    pub const fn gate(self) -> Option<Gate> {
        match self {
            FromInput(gate) | FromState(gate) | Self::Bias(gate) | StateBias(gate) => Some(gate),
            Self::ToOutput | Self::OutputBias => None,
        }
    }

    /// The same tensor of another gate.
    #[must_use]
    pub const fn of_gate(self, gate: Gate) -> Self {
        match self {
            FromInput(_) => FromInput(gate),
            FromState(_) | Self::ToOutput | Self::OutputBias => FromState(gate),
            Self::Bias(_) | StateBias(_) => Self::Bias(gate),
        }
    }

    /// Whether it is one row.
    pub const fn is_bias(self) -> bool {
        matches!(self, Self::Bias(_) | StateBias(_) | Self::OutputBias)
    }

    /// Whether every step contributes to it, and not only those with a loss.
    pub const fn is_recurrent(self) -> bool {
        !matches!(self, Self::ToOutput | Self::OutputBias)
    }

    /// The name in files.
    pub const fn field(self) -> &'static str {
        match self {
            FromInput(One) => "w1x",
            FromInput(Input) => "wix",
            FromInput(Forget) => "wfx",
            FromInput(Candidate) => "wgx",
            FromInput(Output) => "wox",
            FromInput(Reset) => "wrx",
            FromInput(Update) => "wux",
            FromState(One) => "w1h",
            FromState(Input) => "wih",
            FromState(Forget) => "wfh",
            FromState(Candidate) => "wgh",
            FromState(Output) => "woh",
            FromState(Reset) => "wrh",
            FromState(Update) => "wuh",
            Self::Bias(One) => "b1",
            Self::Bias(Input) => "bi",
            Self::Bias(Forget) => "bf",
            Self::Bias(Candidate) => "bg",
            Self::Bias(Output) => "bo",
            Self::Bias(Reset) => "br",
            Self::Bias(Update) => "bu",
            StateBias(One) => "b1h",
            StateBias(Input) => "bih",
            StateBias(Forget) => "bfh",
            StateBias(Candidate) => "bgh",
            StateBias(Output) => "boh",
            StateBias(Reset) => "brh",
            StateBias(Update) => "buh",
            Self::ToOutput => "w2",
            Self::OutputBias => "b2",
        }
    }

    /// The name in programs: that in files, with a capital W for a matrix.
    pub fn name(self) -> String {
        self.field().replacen('w', "W", 1)
    }
}
