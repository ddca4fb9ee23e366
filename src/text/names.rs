//! What things are called.

use super::{Example, Words, marks::FORMULA, numbers::time};
use crate::{
    figure::{ChainLane, Lane},
    rnn::{Bug, Cell, Gate, Parameter, Place, Step, Task, Trace, Variable, formula::Formula},
    session::{Cause, Playback, Quantity, Spot, View},
};

/// What a lane is called and what it shows.
#[derive(Debug)]
pub struct LaneWords {
    /// The name of the quantity.
    pub name: String,
    /// What the lane shows, in a few words.
    pub note: String,
}

impl Words {
    /// A view.
    pub fn view(&self, view: View) -> &'static str {
        match view {
            View::Score => self.view_score(),
            View::Lesson => self.view_lesson(),
            View::Train => self.view_train(),
            View::Chain => self.view_chain(),
            View::Laboratory => self.view_laboratory(),
        }
    }

    /// An example.
    pub fn example(&self, example: Example) -> &'static str {
        match example {
            Example::First => self.example_first(),
            Example::NextLetter => self.example_next_letter(),
            Example::SmallWeights => self.example_small_weights(),
            Example::Saturated => self.example_saturated(),
            Example::Exploding => self.example_exploding(),
            Example::Carried => self.example_carried(),
            Example::Parity => self.example_parity(),
        }
    }

    /// A kind of cell.
    pub fn cell(&self, cell: Cell) -> &'static str {
        match cell {
            Cell::Tanh => self.cell_tanh(),
            Cell::Relu => self.cell_relu(),
            Cell::Sigmoid => self.cell_sigmoid(),
            Cell::Lstm => self.cell_lstm(),
            Cell::Gru => self.cell_gru(),
            Cell::GruResetAfter => self.cell_gru_reset_after(),
        }
    }

    /// When a kind of cell is used.
    pub fn cell_note(&self, cell: Cell) -> &'static str {
        match cell {
            Cell::Tanh => self.cell_tanh_note(),
            Cell::Relu => self.cell_relu_note(),
            Cell::Sigmoid => self.cell_sigmoid_note(),
            Cell::Lstm => self.cell_lstm_note(),
            Cell::Gru => self.cell_gru_note(),
            Cell::GruResetAfter => self.cell_gru_reset_after_note(),
        }
    }

    /// The mistake of a program.
    pub fn bug(&self, bug: Bug, cell: Cell) -> &'static str {
        match bug {
            Bug::MissingTranspose if cell.recipe().plain().is_none() => self.bug_transposes(),
            Bug::MissingTranspose => self.bug_transpose(),
            Bug::MissingSlope if cell != Cell::Tanh => self.bug_slopes(),
            Bug::MissingSlope => self.bug_slope(),
            Bug::NextErrorForgotten => self.bug_next(),
            Bug::NoSumOverTime => self.bug_sum(),
            Bug::LastInput => self.bug_input(),
        }
    }

    /// The button that starts or stops time.
    pub fn playback(&self, playback: Playback) -> &'static str {
        match playback {
            Playback::Playing => self.pause(),
            Playback::Paused | Playback::Stepping => self.play(),
        }
    }

    /// A part, a view, a lane or a control, by its name in an address.
    pub fn part(&self, name: &str) -> &'static str {
        match name {
            "header" => self.part_header(),
            "setup" => self.part_setup(),
            "explanation" => self.part_explanation(),
            "weights" => self.part_weights(),
            "transport" => self.part_transport(),
            "tables" => self.part_tables(),
            "score" => self.part_score(),
            "train" => self.train_lanes(),
            "loss-curve" => self.part_loss_curve(),
            "chain" => self.part_chain(),
            "laboratory" => self.part_laboratory(),
            "hidden" => self.part_hidden(),
            "gates" => self.part_gates(),
            "output" => self.part_output(),
            "error" => self.part_error(),
            "heat-map" => self.part_heat_map(),
            "norm" => self.part_norm(),
            "contribution" => self.part_contribution(),
            "text" => self.part_text(),
            "task" => self.part_task(),
            "cell" => self.part_cell(),
            "cells" => self.part_units(),
            "start" => self.part_start(),
            "learning" => self.part_learning(),
            "play" => self.part_play(),
            _ => "",
        }
    }

    /// A lane of a cell.
    pub fn lane(&self, lane: Lane, cell: Cell, parameter: Parameter) -> LaneWords {
        let recipe = cell.recipe();
        let plain = recipe.plain().is_some();
        let tanh = cell == Cell::Tanh;
        let gradient = |of: Variable| format!("∂L/∂{}", of.symbol());
        let rule_of = |of: Variable| recipe.rule(of).map_or_else(String::new, |it| marked(&it));
        let (name, note) = match lane {
            Lane::Output => (self.lane_output(), self.lane_output_note()),
            Lane::Value(Variable::State) if tanh => (self.lane_hidden(), self.lane_hidden_note()),
            Lane::Error(Variable::Z1) if tanh => (self.lane_error(), self.lane_error_note()),
            Lane::Error(Variable::State) if plain => {
                (self.lane_hidden_error(), self.lane_hidden_error_note())
            }
            Lane::Norm(Variable::State) if plain => (self.lane_norm(), self.lane_norm_note()),
            Lane::Value(Variable::Open(Gate::Forget)) => {
                (self.lane_forget(), self.lane_forget_note())
            }
            Lane::Value(Variable::Open(Gate::Input)) => (self.lane_input(), self.lane_input_note()),
            Lane::Value(Variable::Open(Gate::Output)) => {
                (self.lane_output_gate(), self.lane_output_gate_note())
            }
            Lane::Value(Variable::Open(Gate::Reset)) => (self.lane_reset(), self.lane_reset_note()),
            Lane::Value(Variable::Open(Gate::Update)) => {
                (self.lane_update(), self.lane_update_note())
            }
            Lane::Contribution => match parameter {
                Parameter::W1X => (self.lane_w1x(), self.lane_w1x_note()),
                Parameter::W1H => (self.lane_w1h(), self.lane_w1h_note()),
                Parameter::B1 => (self.lane_b1(), self.lane_b1_note()),
                _ => {
                    let term = recipe.way_back().term(parameter);
                    let rule = term.map_or_else(String::new, |term| in_letters(&term.rule()));
                    let symbol = format!("∂L/∂{}", parameter.symbol());
                    let name = self.lane_contributions_to(&symbol);
                    return LaneWords { name, note: self.lane_contributions_note(&rule) };
                }
            },
            Lane::Value(of) => {
                let name = match of {
                    Variable::State => self.lane_hidden().to_owned(),
                    Variable::Memory => self.lane_memory().to_owned(),
                    Variable::Open(Gate::Candidate) => self.lane_candidate().to_owned(),
                    Variable::Sum(_) => self.lane_sum(&of.symbol()),
                    _ => self.lane_value(&of.symbol()),
                };
                return LaneWords { name, note: rule_of(of) };
            }
            Lane::Error(of) => {
                let name = match of {
                    Variable::Sum(_) => self.lane_error_of(&gradient(of)),
                    _ => self.lane_gradient_of(&gradient(of)),
                };
                let note = match of {
                    Variable::State => self.lane_gated_error_note().to_owned(),
                    Variable::Memory => self.lane_memory_error_note().to_owned(),
                    _ => marked(&recipe.way_back().rule(of)),
                };
                return LaneWords { name, note };
            }
            Lane::Arrival(of, nth) => {
                let arrival = recipe.way_back().at(of).nth(nth);
                let rule = arrival.map_or_else(String::new, |arrival| marked(&arrival.rule()));
                let name = self.lane_arrival(&gradient(of), &rule);
                return LaneWords { name, note: String::new() };
            }
            Lane::Norm(of) => {
                let name = self.lane_norm_of(&gradient(of));
                return LaneWords { name, note: self.lane_norm_short().to_owned() };
            }
        };
        LaneWords { name: name.to_owned(), note: note.to_owned() }
    }

    /// A row of the view of the Jacobians.
    pub fn chain_lane(&self, lane: ChainLane, cell: Cell) -> LaneWords {
        let recipe = cell.recipe();
        let carried: Vec<String> = recipe.carried().iter().map(|it| it.symbol()).collect();
        let carried = carried.join(", ");
        let made = |name: &str, note| LaneWords { name: name.to_owned(), note };
        let (name, note) = match (lane, recipe.keeps()) {
            (ChainLane::Norm, Some((gate, _))) => {
                let keeper = Variable::Open(gate).symbol();
                return made(self.chain_norm(), self.chain_norm_gated(&keeper));
            }
            (ChainLane::Product, Some(_)) => {
                return made(self.chain_product(), self.chain_product_gated(&carried));
            }
            _ => match lane {
                ChainLane::Jacobian if recipe.plain().is_none() => {
                    return made(self.chain_jacobian(), self.chain_jacobian_gated(&carried));
                }
                ChainLane::Triangle if recipe.plain().is_none() => {
                    (self.chain_triangle(), self.chain_triangle_gated())
                }
                ChainLane::Jacobian if cell != Cell::Tanh => {
                    return made(self.chain_jacobian(), self.chain_jacobian_gated(&carried));
                }
                ChainLane::Norm if cell != Cell::Tanh => {
                    (self.chain_norm(), self.chain_norm_slopes())
                }
                ChainLane::Jacobian => (self.chain_jacobian(), self.chain_jacobian_note()),
                ChainLane::Product => (self.chain_product(), self.chain_product_note()),
                ChainLane::Norm => (self.chain_norm(), self.chain_norm_note()),
                ChainLane::Triangle => (self.chain_triangle(), self.chain_triangle_note()),
            },
        };
        made(name, note.to_owned())
    }

    /// What is summed of the contributions of these steps, from the first to the last number.
    pub fn sum_of(&self, first: usize, last: usize) -> String {
        if first == last { self.sum_of_step(first) } else { self.sum_of_steps(first, last) }
    }

    /// Where printed notes simplify a rule, and what is exactly true.
    pub fn remark(&self, quantity: Quantity) -> Option<&'static str> {
        match quantity {
            Quantity::Value(Variable::Z1) => Some(self.remark_pre_activation()),
            Quantity::Error(Variable::Z1) => Some(self.remark_error()),
            Quantity::Error(Variable::State) => Some(self.remark_hidden_error()),
            Quantity::Contribution(Parameter::W1X) | Quantity::Gradient(Parameter::W1X) => {
                Some(self.remark_w1x())
            }
            Quantity::Contribution(Parameter::W1H) | Quantity::Gradient(Parameter::W1H) => {
                Some(self.remark_w1h())
            }
            Quantity::Jacobian | Quantity::Chain => Some(self.remark_jacobian()),
            _ => None,
        }
    }

    /// A weight by what it joins.
    pub fn place(&self, place: Place, trace: &Trace) -> String {
        let Place { parameter, row, column } = place;
        let output = || match output_name(trace, column) {
            Some(name) => self.output_named(name),
            None => self.output_unnamed().to_owned(),
        };
        match parameter {
            Parameter::FromInput(_) => {
                let token = trace.experiment().sequence().names().get(row);
                self.place_input(token.map_or("", String::as_str), column + 1)
            }
            Parameter::FromState(_) => self.place_recurrent(row + 1, column + 1),
            Parameter::Bias(_) | Parameter::StateBias(_) => self.unit(column + 1),
            Parameter::ToOutput => self.place_output(row + 1, &output()),
            Parameter::OutputBias => output(),
        }
    }

    /// Where a part of a number comes from.
    pub fn summed_from(&self, cause: Cause, trace: &Trace) -> String {
        match cause {
            Cause::Previous => self.cause_previous().to_owned(),
            Cause::State => self.cause_state().to_owned(),
            Cause::Input => self.cause_input().to_owned(),
            Cause::Bias => self.cause_bias().to_owned(),
            Cause::Output => self.cause_output().to_owned(),
            Cause::Next => self.cause_next().to_owned(),
            Cause::NextError(of) => self.cause_next_error(&format!("∂L/∂{}", of.symbol())),
            Cause::HereError(of) => self.cause_here_error(&format!("∂L/∂{}", of.symbol())),
            Cause::Straight => self.cause_straight().to_owned(),
            Cause::Weights => self.cause_weights().to_owned(),
            Cause::Recalled(of) => self.cause_recalled(&of.symbol()),
            Cause::Kept => self.cause_kept().to_owned(),
            Cause::Written => self.cause_written().to_owned(),
            Cause::Prediction => self.cause_prediction().to_owned(),
            Cause::Target => self.cause_target().to_owned(),
            Cause::Before => self.cause_before().to_owned(),
            Cause::Change => self.cause_change().to_owned(),
            Cause::Step(step) => self.cause_step(step.number()),
            Cause::Unit(unit) => self.unit(unit + 1),
            Cause::Class(output) => match output_name(trace, output) {
                Some(name) => self.output_named(name),
                None => self.output_unnamed().to_owned(),
            },
        }
    }

    /// Which of its kind a number is, in the space of a column: its step stands at its symbol.
    pub fn which(&self, spot: Spot, trace: &Trace) -> String {
        let output = |output| output_name(trace, output).map(|name| self.output_named(name));
        let joined = |from: String, to: String| format!("{from}→{to}");
        match spot {
            Spot::Value { unit, .. }
            | Spot::Start { unit, .. }
            | Spot::Error { unit, .. }
            | Spot::Arrival { unit, .. } => self.unit(unit + 1),
            Spot::Logit { output: at, .. }
            | Spot::Output { output: at, .. }
            | Spot::OutputError { output: at, .. } => output(at).unwrap_or_default(),
            Spot::Loss { .. } | Spot::WholeLoss | Spot::Norm { .. } => String::new(),
            Spot::Weight(place)
            | Spot::Gradient(place)
            | Spot::Updated(place)
            | Spot::Contribution { place, .. } => {
                let Place { parameter, row, column } = place;
                let number = |at: usize| (at + 1).to_string();
                match parameter {
                    Parameter::FromInput(_) => {
                        let token = trace.experiment().sequence().names().get(row);
                        let token = self.output_named(token.map_or("", String::as_str));
                        joined(token, number(column))
                    }
                    Parameter::FromState(_) => joined(number(row), number(column)),
                    Parameter::Bias(_) | Parameter::StateBias(_) => self.unit(column + 1),
                    Parameter::ToOutput => match output(column) {
                        Some(output) => joined(number(row), output),
                        None => self.unit(row + 1),
                    },
                    Parameter::OutputBias => output(column).unwrap_or_default(),
                }
            }
            Spot::Jacobian { row, column, .. } | Spot::Chain { row, column, .. } => {
                joined((row + 1).to_string(), (column + 1).to_string())
            }
        }
    }

    /// A number.
    pub fn spot(&self, spot: Spot, trace: &Trace) -> String {
        let error = |of: Variable| format!("∂L/∂{}", of.symbol());
        let of_step = |symbol: &str, step: Step| self.spot_of_step(symbol, step.number());
        let of_unit =
            |symbol: &str, step: Step, unit| self.spot_of_unit(symbol, step.number(), unit + 1);
        let of_output = |symbol: &str, step: Step, output| match output_name(trace, output) {
            Some(name) => self.spot_of_output(symbol, name, step.number()),
            None => of_step(symbol, step),
        };
        let gradient = |place: Place| format!("∂L/∂{}", place.parameter.symbol());
        match spot {
            Spot::Value { of, step, unit } => of_unit(&of.symbol(), step, unit),
            Spot::Start { of, unit } => self.spot_start(&of.symbol(), unit + 1),
            Spot::Error { of, step, unit } => of_unit(&error(of), step, unit),
            Spot::Arrival { of, nth, step, unit } => {
                let from = trace.way_back().at(of).nth(nth).map_or_else(String::new, |arrival| {
                    self.summed_from(Cause::of_arrival(trace, arrival), trace)
                });
                self.spot_arrival(&error(of), step.number(), unit + 1, &from)
            }
            Spot::Logit { step, output } => of_output("Z₂", step, output),
            Spot::Output { step, output } => of_output("A₂", step, output),
            Spot::OutputError { step, output } => of_output("∂L/∂Z₂", step, output),
            Spot::Loss { step } => of_step("L", step),
            Spot::WholeLoss => self.spot_whole_loss("L"),
            Spot::Norm { of, step } => of_step(&format!("‖{}‖", error(of)), step),
            Spot::Weight(at) => self.spot_of_weight(&at.parameter.symbol(), &self.place(at, trace)),
            Spot::Gradient(at) => self.spot_of_weight(&gradient(at), &self.place(at, trace)),
            Spot::Updated(at) => self.spot_updated(&at.parameter.symbol(), &self.place(at, trace)),
            Spot::Contribution { step, place: at } => {
                self.spot_contribution(&gradient(at), step.number(), &self.place(at, trace))
            }
            Spot::Jacobian { step, row, column } => {
                self.spot_chain(&format!("J{}", time(step.number())), row + 1, column + 1)
            }
            Spot::Chain { from, to, row, column } => {
                let symbol = format!("∂H{}/∂H{}", time(to.number()), time(from.number()));
                self.spot_chain(&symbol, row + 1, column + 1)
            }
        }
    }
}

/// The name of an output, if it has one.
fn output_name(trace: &Trace, output: usize) -> Option<&str> {
    let names = match trace.experiment().settings().task {
        Task::NextToken => trace.experiment().sequence().names(),
        _ => trace.experiment().outputs(),
    };
    names.get(output).map(String::as_str).filter(|name| !name.is_empty())
}

/// A rule of the mathematics as a sentence has it: the step before is marked above the line.
fn in_letters(rule: &Formula) -> String {
    let notes = rule.to_string().replace('∂', "∂L/∂");
    notes.replace('ₚ', "⁽ᵗ⁻¹⁾").replace('ₙ', "⁽ᵗ⁺¹⁾")
}

/// The same, marked as a formula.
fn marked(rule: &Formula) -> String {
    format!("{FORMULA}{}{FORMULA}", in_letters(rule))
}
