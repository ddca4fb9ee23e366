//! What is said of a stage of the pass.

use super::{
    Words,
    numbers::{exact, short_size, size},
};
use crate::{
    rnn::{Cell, Reduction, Silence, Step, Task, Trace, Variable, ratio, weights},
    session::{Spot, Stage},
};
use ndarray::Array2;

impl Words {
    /// What happens at a stage: its title.
    pub fn stage_title(&self, stage: Stage, trace: &Trace) -> String {
        let token = |step: Step| {
            trace.experiment().sequence().token_names().nth(step.index()).unwrap_or_default()
        };
        match stage {
            Stage::Forward(step) => self.stage_forward(step.number(), token(step)),
            Stage::Output => self.stage_output().to_owned(),
            Stage::Loss => self.stage_loss().to_owned(),
            Stage::BackwardOutput => self.stage_backward_output().to_owned(),
            Stage::Backward(step) => self.stage_backward(step.number(), token(step)),
            Stage::Update => self.stage_update().to_owned(),
        }
    }

    /// What happens at a stage, in a sentence or two, with its numbers.
    pub fn stage_story(&self, stage: Stage, trace: &Trace) -> String {
        let output = trace.output();
        let target = trace.experiment().target(Step::from_index(trace.steps() - 1));
        let loss = size(trace.loss());
        let experiment = trace.experiment();
        let task = &experiment.settings().task;
        // What is said of a single loss, or of the next token, is true of nothing else.
        let each = experiment.has_several_losses() && *task != Task::NextToken;
        let starts = |step: Step| step == Step::FIRST && !experiment.start().is_empty();
        match stage {
            Stage::Forward(step) if trace.experiment().recipe().plain().is_none() => {
                let has_memory = trace.values(Variable::Memory).is_some();
                if has_memory {
                    self.story_lstm(step.index())
                } else {
                    self.story_gru(step.index())
                }
            }
            Stage::Forward(step) if experiment.cell() != Cell::Tanh || starts(step) => {
                self.story_cell(step.index(), function(trace))
            }
            Stage::Forward(Step::FIRST) => self.story_first().to_owned(),
            Stage::Forward(step) => self.story_forward(step.number() - 1),
            Stage::Output if each => self.story_output_each().to_owned(),
            Stage::Loss if each => self.story_loss_each(&loss),
            Stage::BackwardOutput
                if experiment.has_several_losses()
                    && experiment.settings().reduction == Some(Reduction::Mean) =>
            {
                self.story_error_mean().to_owned()
            }
            Stage::BackwardOutput if each => self.story_error_each().to_owned(),
            Stage::Output => match task {
                Task::Binary { .. } => self.story_output_binary(&size(output.answers[[0, 0]])),
                Task::Classes { .. } => {
                    self.story_output_classes(&size(output.answers[[0, target]]))
                }
                Task::Values { .. } => self.story_output_values().to_owned(),
                Task::NextToken => self.story_output_next().to_owned(),
            },
            Stage::Loss => match task {
                Task::Binary { .. } => self.story_loss_binary(target, &loss),
                Task::Classes { .. } => self.story_loss_classes(&loss),
                Task::Values { .. } => self.story_loss_values(&loss),
                Task::NextToken => self.story_loss_next(&loss),
            },
            Stage::BackwardOutput => match task {
                Task::Binary { .. } => self.story_error_binary(&exact(output.errors[[0, 0]])),
                Task::Classes { .. } => self.story_error_classes().to_owned(),
                Task::Values { .. } => self.story_error_each().to_owned(),
                Task::NextToken => self.story_error_next().to_owned(),
            },
            Stage::Backward(step) => self.story_backward(step, trace),
            Stage::Update => self.story_of_update(trace),
        }
    }

    fn story_backward(&self, step: Step, trace: &Trace) -> String {
        if trace.experiment().recipe().plain().is_none() {
            return self.story_gated_arrives(step, trace);
        }
        let norm = norm_at(step, trace);
        if norm == 0.0 {
            let silence = self.silence(&trace.silences(step), step, trace.experiment().cell());
            return self.two_sentences(self.story_nothing(), &silence);
        }
        let experiment = trace.experiment();
        let adds = match experiment.cell() {
            _ if step == Step::FIRST && experiment.start().is_empty() => {
                self.story_adds_nothing().to_owned()
            }
            Cell::Tanh => self.story_adds().to_owned(),
            _ => self.story_cell_adds(function(trace)),
        };
        self.two_sentences(&self.story_arrives_at(step, norm, trace), &adds)
    }

    /// Where the gradient at a step comes from in a cell with gates.
    fn story_gated_arrives(&self, step: Step, trace: &Trace) -> String {
        let norm = |of| {
            let spot = Spot::Norm { of, step };
            size(spot.value(trace).unwrap_or_default())
        };
        let (next, state) = (step.next().number(), norm(Variable::State));
        let flows = |summand: &Array2<f64>| summand.row(step.index()).iter().any(|&x| x != 0.0);
        let has_memory = trace.values(Variable::Memory).is_some();
        let comes_on = step.number() < trace.steps()
            && (flows(&trace.from_next())
                || has_memory
                    && trace.errors(Variable::Memory).is_some_and(|errors| {
                        errors.row(step.index() + 1).iter().any(|&x| x != 0.0)
                    }));
        let is_own = flows(&trace.from_output());
        if !comes_on {
            return if is_own {
                self.story_gated_own(&state)
            } else {
                self.story_gated_nothing().to_owned()
            };
        }
        let arrives = if has_memory {
            self.story_lstm_arrives(next, &state, &norm(Variable::Memory))
        } else {
            self.story_gru_arrives(next, &state)
        };
        if is_own { self.two_sentences(&arrives, self.story_gated_also()) } else { arrives }
    }

    /// Where ∂L/∂H of a step comes from, whose norm is not 0.
    fn story_arrives_at(&self, step: Step, norm: f64, trace: &Trace) -> String {
        let here = size(norm);
        if !norm.is_finite() {
            return self.story_arrives_overflow().to_owned();
        }
        if step.number() == trace.steps() {
            return self.story_arrives_last(&here);
        }
        let flows = |summand: &Array2<f64>| summand.row(step.index()).iter().any(|&x| x != 0.0);
        let from_output = flows(&trace.from_output());
        let next = step.next().number();
        match ratio(norm, norm_at(step.next(), trace)) {
            _ if !flows(&trace.from_next()) => self.story_arrives_own(next, &here),
            Ok(times) if from_output => self.story_arrives_both(next, &here, &short_size(times)),
            Ok(times) => self.story_arrives(next, &here, &short_size(times)),
            Err(_) if from_output => self.story_arrives_both_norm(next, &here),
            Err(_) => self.story_arrives_norm(next, &here),
        }
    }

    /// Why ∂L/∂H of a step is exactly 0, in whole sentences.
    pub fn silence(&self, silences: &[Silence], step: Step, cell: Cell) -> String {
        let next = step.next().number();
        let reason = |silence| match silence {
            Silence::NoOutputError => self.silence_no_output_error().to_owned(),
            Silence::OutputWeights => self.silence_output_weights().to_owned(),
            Silence::NothingLater => self.silence_nothing_later(next),
            Silence::Saturation if cell != Cell::Tanh => self.silence_slope(next),
            Silence::Saturation => self.silence_saturation(next),
            Silence::Truncation => self.silence_truncation(next),
            Silence::Weights => self.silence_weights().to_owned(),
            Silence::Cancelled => self.silence_cancelled().to_owned(),
            Silence::Underflow => self.silence_underflow().to_owned(),
        };
        match *silences {
            [] => String::new(),
            [one] => self.silence_one(&reason(one)),
            [first, second, ..] => self.silence_two(&reason(first), &reason(second)),
        }
    }

    fn story_of_update(&self, trace: &Trace) -> String {
        let norm = trace.gradient().norm();
        let rate = size(trace.experiment().learning_rate());
        match trace.experiment().settings().clip_norm {
            _ if norm == 0.0 => self.story_update_zero().to_owned(),
            _ if !norm.is_finite() => self.story_update_overflow().to_owned(),
            Some(threshold) if norm > threshold => {
                self.story_update_clipped(&rate, &size(norm), &size(threshold))
            }
            _ => self.story_update(&rate, &size(norm)),
        }
    }
}

/// The function of a cell without gates.
fn function(trace: &Trace) -> &'static str {
    trace.experiment().recipe().plain().map_or("", |function| function.name())
}

/// ‖∂L/∂H‖ of a step.
fn norm_at(step: Step, trace: &Trace) -> f64 {
    weights::norm(trace.state_error(step).iter().copied())
}
