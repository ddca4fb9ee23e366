//! What is said of the product of all Jacobians.

use super::{
    Words,
    numbers::{self, size},
};
use crate::{
    figure::{Chain, Curve},
    rnn::{Cause, Cell, Link, Norm, Step, Trace, Variable, ratio},
    session::Spot,
};

impl Words {
    /// Why the error fades or grows, told of the link to the first step.
    pub fn chain_reason(&self, link: Option<&Link>, trace: &Trace) -> String {
        let Some(link) = link.filter(|_| trace.steps() > 1) else {
            return self.chain_none().to_owned();
        };
        let reason = self.chain_reason_of(link, trace);
        let reason = match self.chain_fact(trace) {
            Some(fact) => self.two_sentences(&reason, &fact),
            None => reason,
        };
        let last = Step::from_index(trace.steps() - 1);
        let silences = trace.silences(last);
        if silences.is_empty() {
            return reason;
        }
        let no_error = self.chain_no_error(last.number());
        let silence = self
            .two_sentences(&no_error, &self.silence(&silences, last, trace.experiment().cell()));
        self.two_sentences(&reason, &silence)
    }

    /// The name of a curve of the norms of `chain`, whose cell is `cell`.
    pub fn chain_curve(&self, curve: Curve, chain: &Chain, cell: Cell) -> String {
        match (curve, &chain.other) {
            (Curve::Both, _) => self.chain_both().to_owned(),
            (Curve::Weights, _) if chain.plain => self.chain_by_weights().to_owned(),
            (Curve::Weights, _) => self.chain_straight().to_owned(),
            (Curve::Saturation, _) if cell == Cell::Tanh => self.chain_by_saturation().to_owned(),
            (Curve::Saturation, _) => self.chain_by_slopes().to_owned(),
            (Curve::Other, other) => {
                other.as_ref().map_or_else(String::new, |(cell, _)| self.cell(*cell).to_owned())
            }
        }
    }

    fn chain_reason_of(&self, link: &Link, trace: &Trace) -> String {
        let steps = trace.steps();
        let whole = numbers::norm(link.norm);
        let alone = numbers::norm(link.norm_of_weights);
        if let Some((gate, _)) = trace.experiment().recipe().keeps() {
            let keeper = Variable::Open(gate).symbol();
            return self.chain_gated(steps, &whole, &keeper, &alone);
        }
        if trace.experiment().cell() != Cell::Tanh {
            return self.chain_slopes(steps, &whole, &alone);
        }
        match (link.norm, link.norm_of_weights, link.norm_of_saturation()) {
            (Norm::Zero(cause), of_weights, _) => {
                let zero = self.chain_zero(steps, &self.cause(cause));
                match of_weights {
                    Norm::Log(_) => self.two_sentences(&zero, &self.chain_weights_alone(&alone)),
                    Norm::Zero(_) => zero,
                }
            }
            (Norm::Log(both), Norm::Log(weights), Some(saturation)) => {
                let saturation = numbers::norm(saturation);
                let sizes = self.chain_sizes(steps, &whole, &alone, &saturation);
                let each = numbers::norm(Norm::Log(both / (steps - 1) as f64));
                self.two_sentences(&sizes, &self.fate(both, weights, &each))
            }
            (_, Norm::Zero(Cause::Weights { power }), _) => {
                self.chain_despite(steps, &whole, &power_of_weights(power))
            }
            _ => self.chain_despite(steps, &whole, &power_of_weights(steps - 1)),
        }
    }

    /// What becomes of an error, by the logarithms of the norms of the product and of W₁ₕ alone, and the
    /// factor per step.
    fn fate(&self, both: f64, weights: f64, each: &str) -> String {
        if both > 0.7 {
            self.chain_grows(each)
        } else if both > -0.7 {
            self.chain_stays(each)
        } else if weights < both - weights {
            self.chain_small_weights(each)
        } else {
            self.chain_saturated(each)
        }
    }

    /// What becomes of the gradient of the run itself, where one loss sends it back all the way.
    fn chain_fact(&self, trace: &Trace) -> Option<String> {
        let experiment = trace.experiment();
        let steps = trace.steps();
        let of = *experiment.recipe().carried().last()?;
        let norm = |step| Spot::Norm { of, step }.value(trace);
        let (last, first) = (norm(Step::from_index(steps - 1))?, norm(Step::FIRST)?);
        let ratio = ratio(first, last).ok()?;
        let whole = !experiment.has_several_losses() && experiment.window() == steps;
        let symbol = format!("∂L/∂{}", of.symbol());
        let said = || self.chain_in_fact(&symbol, steps, &size(last), &size(first), &size(ratio));
        (whole && first > 0.0).then(said)
    }

    fn cause(&self, cause: Cause) -> String {
        match cause {
            Cause::Weights { power } => self.chain_zero_weights(&power_of_weights(power)),
            Cause::Saturation { step } => self.chain_zero_saturation(step.number()),
            Cause::Together { step } => self.chain_zero_together(step.number()),
        }
    }
}

/// W₁ₕ to a power.
fn power_of_weights(power: usize) -> String {
    let exponent = if power == 1 { String::new() } else { numbers::superscript(power) };
    format!("W₁ₕ{exponent}")
}
