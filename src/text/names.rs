//! What things are called.

use super::{Example, Words, numbers::time};
use crate::{
    figure::{ChainLane, Lane},
    rnn::{Bug, Parameter, Place, Step, Task, Trace},
    session::{Cause, Playback, Quantity, Spot, View},
};

/// What a lane is called and what it shows.
#[derive(Debug)]
pub struct LaneWords {
    /// The name of the quantity.
    pub name: &'static str,
    /// What the lane shows, in a few words.
    pub note: &'static str,
}

impl Words {
    /// A view.
    pub fn view(&self, view: View) -> &'static str {
        match view {
            View::Score => self.view_score(),
            View::Lesson => self.view_lesson(),
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
        }
    }

    /// The mistake of a program.
    pub fn bug(&self, bug: Bug) -> &'static str {
        match bug {
            Bug::MissingTranspose => self.bug_transpose(),
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
            "chain" => self.part_chain(),
            "laboratory" => self.part_laboratory(),
            "hidden" => self.part_hidden(),
            "output" => self.part_output(),
            "error" => self.part_error(),
            "heat-map" => self.part_heat_map(),
            "norm" => self.part_norm(),
            "contribution" => self.part_contribution(),
            "text" => self.part_text(),
            "task" => self.part_task(),
            "cells" => self.part_units(),
            "start" => self.part_start(),
            "learning" => self.part_learning(),
            "play" => self.part_play(),
            _ => "",
        }
    }

    /// A lane.
    pub fn lane(&self, lane: Lane, parameter: Parameter) -> LaneWords {
        let (name, note) = match (lane, parameter) {
            (Lane::Output, _) => (self.lane_output(), self.lane_output_note()),
            (Lane::Hidden, _) => (self.lane_hidden(), self.lane_hidden_note()),
            (Lane::Error, _) => (self.lane_error(), self.lane_error_note()),
            (Lane::HiddenError, _) => (self.lane_hidden_error(), self.lane_hidden_error_note()),
            (Lane::Norm, _) => (self.lane_norm(), self.lane_norm_note()),
            (Lane::Contribution, Parameter::W1x) => (self.lane_w1x(), self.lane_w1x_note()),
            (Lane::Contribution, Parameter::B1) => (self.lane_b1(), self.lane_b1_note()),
            (Lane::Contribution, _) => (self.lane_w1h(), self.lane_w1h_note()),
        };
        LaneWords { name, note }
    }

    /// A row of the view of the Jacobians.
    pub fn chain_lane(&self, lane: ChainLane) -> LaneWords {
        let (name, note) = match lane {
            ChainLane::Jacobian => (self.chain_jacobian(), self.chain_jacobian_note()),
            ChainLane::Product => (self.chain_product(), self.chain_product_note()),
            ChainLane::Norm => (self.chain_norm(), self.chain_norm_note()),
            ChainLane::Triangle => (self.chain_triangle(), self.chain_triangle_note()),
        };
        LaneWords { name, note }
    }

    /// What is summed of the contributions of these steps, from the first to the last number.
    pub fn sum_of(&self, first: usize, last: usize) -> String {
        if first == last { self.sum_of_step(first) } else { self.sum_of_steps(first, last) }
    }

    /// Where printed notes simplify a rule, and what is exactly true.
    pub fn remark(&self, quantity: Quantity) -> Option<&'static str> {
        match quantity {
            Quantity::PreActivation => Some(self.remark_pre_activation()),
            Quantity::Error => Some(self.remark_error()),
            Quantity::HiddenError => Some(self.remark_hidden_error()),
            Quantity::Contribution(Parameter::W1x) | Quantity::Gradient(Parameter::W1x) => {
                Some(self.remark_w1x())
            }
            Quantity::Contribution(Parameter::W1h) | Quantity::Gradient(Parameter::W1h) => {
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
            Parameter::W1x => {
                let token = trace.experiment.sequence().names().get(row);
                self.place_input(token.map_or("", String::as_str), column + 1)
            }
            Parameter::W1h => self.place_recurrent(row + 1, column + 1),
            Parameter::B1 => self.unit(column + 1),
            Parameter::W2 => self.place_output(row + 1, &output()),
            Parameter::B2 => output(),
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
            Spot::PreActivation { unit, .. }
            | Spot::State { unit, .. }
            | Spot::HiddenError { unit, .. }
            | Spot::Error { unit, .. } => self.unit(unit + 1),
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
                    Parameter::W1x => {
                        let token = trace.experiment.sequence().names().get(row);
                        let token = self.output_named(token.map_or("", String::as_str));
                        joined(token, number(column))
                    }
                    Parameter::W1h => joined(number(row), number(column)),
                    Parameter::B1 => self.unit(column + 1),
                    Parameter::W2 => match output(column) {
                        Some(output) => joined(number(row), output),
                        None => self.unit(row + 1),
                    },
                    Parameter::B2 => output(column).unwrap_or_default(),
                }
            }
            Spot::Jacobian { row, column, .. } | Spot::Chain { row, column, .. } => {
                joined((row + 1).to_string(), (column + 1).to_string())
            }
        }
    }

    /// A number.
    pub fn spot(&self, spot: Spot, trace: &Trace) -> String {
        let of_step = |symbol, step: Step| self.spot_of_step(symbol, step.number());
        let of_unit = |symbol, step: Step, unit| self.spot_of_unit(symbol, step.number(), unit + 1);
        let of_output = |symbol, step: Step, output| match output_name(trace, output) {
            Some(name) => self.spot_of_output(symbol, name, step.number()),
            None => of_step(symbol, step),
        };
        let gradient = |place: Place| format!("∂L/∂{}", place.parameter.letter());
        match spot {
            Spot::PreActivation { step, unit } => of_unit("Z₁", step, unit),
            Spot::State { step, unit } => of_unit("H", step, unit),
            Spot::HiddenError { step, unit } => of_unit("∂L/∂H", step, unit),
            Spot::Error { step, unit } => of_unit("∂L/∂Z₁", step, unit),
            Spot::Logit { step, output } => of_output("Z₂", step, output),
            Spot::Output { step, output } => of_output("A₂", step, output),
            Spot::OutputError { step, output } => of_output("∂L/∂Z₂", step, output),
            Spot::Loss { step } => of_step("L", step),
            Spot::WholeLoss => self.spot_whole_loss("L"),
            Spot::Norm { step } => of_step("‖∂L/∂H‖", step),
            Spot::Weight(at) => self.spot_of_weight(at.parameter.letter(), &self.place(at, trace)),
            Spot::Gradient(at) => self.spot_of_weight(&gradient(at), &self.place(at, trace)),
            Spot::Updated(at) => self.spot_updated(at.parameter.letter(), &self.place(at, trace)),
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
    let names = match trace.experiment.settings().task {
        Task::NextToken => trace.experiment.sequence().names(),
        _ => trace.experiment.outputs(),
    };
    names.get(output).map(String::as_str).filter(|name| !name.is_empty())
}
