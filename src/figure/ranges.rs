//! Which colour a number has: one number has one colour, wherever it is drawn.

use super::{palette::Palette, sums::Sums};
use crate::{
    rnn::{Parameter, Step, Task, Trace, weights},
    session::{Derived, Scale, Spot},
};
use ndarray::Array2;
use plotters::style::RGBColor;

/// The largest size among the numbers of each kind in a run, which has the strongest colour.
///
/// A session's run keeps its own: [`Run::derived`](crate::session::Run::derived).
#[derive(Debug)]
pub struct Ranges {
    pre_activation: f64,
    logits: f64,
    losses: f64,
    errors: f64,
    hidden_errors: f64,
    /// The largest ‖∂L/∂H⁽ᵗ⁾‖.
    norms: f64,
    /// The largest length of a summand of ∂L/∂H⁽ᵗ⁾.
    summands: f64,
    /// Of each tensor, in the order of [`Parameter::ALL`].
    contributions: [f64; 5],
    weights: [f64; 5],
    sums: Sums,
}

impl Derived for Ranges {
    fn of(trace: &Trace) -> Self {
        let Trace { experiment, forward, backward } = trace;
        Self {
            // Z₁ shares its tiles with H, whose range is 1.
            pre_activation: largest(forward.pre_activation.iter().copied()).max(1.0),
            logits: largest(forward.logits.iter().copied()),
            losses: largest(forward.losses.iter().copied()),
            errors: largest(backward.d_pre_activation.iter().copied()),
            hidden_errors: largest(backward.d_hidden.iter().copied()),
            norms: longest(&backward.d_hidden),
            summands: longest(&backward.d_hidden_from_next)
                .max(longest(&backward.d_hidden_from_output)),
            contributions: Parameter::ALL.map(|parameter| contribution(trace, parameter)),
            weights: Parameter::ALL
                .map(|parameter| largest(experiment.weights().matrix(parameter).iter().copied())),
            sums: Sums::default(),
        }
    }
}

impl Ranges {
    /// The size that has the strongest colour among numbers such as `spot`.
    pub fn range(&self, spot: Spot) -> f64 {
        match spot {
            Spot::State { .. }
            | Spot::Output { .. }
            | Spot::OutputError { .. }
            | Spot::Jacobian { .. }
            | Spot::Chain { .. } => 1.0,
            Spot::PreActivation { .. } => self.pre_activation,
            Spot::Logit { .. } => self.logits,
            Spot::Loss { .. } | Spot::WholeLoss => self.losses,
            Spot::Error { .. } => self.errors,
            Spot::HiddenError { .. } => self.hidden_errors,
            Spot::Norm { .. } => self.norms,
            Spot::Contribution { place, .. } | Spot::Gradient(place) => {
                of(&self.contributions, place.parameter)
            }
            Spot::Weight(place) | Spot::Updated(place) => of(&self.weights, place.parameter),
        }
    }

    /// The sums of its contributions, as far as they have been drawn.
    pub(super) fn sums(&self) -> &Sums {
        &self.sums
    }

    /// The size that has the strongest colour in the heat map of ∂L/∂H.
    pub fn of_hidden_errors(&self) -> f64 {
        self.hidden_errors
    }

    /// The length of the largest summand of ∂L/∂H⁽ᵗ⁾, whose arrow is the widest.
    pub fn of_summands(&self) -> f64 {
        self.summands
    }
}

fn of(tensors: &[f64; 5], parameter: Parameter) -> f64 {
    let at = Parameter::ALL.iter().position(|&there| there == parameter);
    at.and_then(|at| tensors.get(at)).copied().unwrap_or_default()
}

/// The colours of the numbers of a run.
#[derive(Clone, Copy, Debug)]
pub struct Colours<'a> {
    /// The run.
    pub trace: &'a Trace,
    /// Its ranges.
    pub ranges: &'a Ranges,
    /// The colours of numbers.
    pub palette: &'a Palette,
    /// How sizes of gradients become colours.
    pub scale: Scale,
}

impl Colours<'_> {
    /// The colour of a number of the run.
    pub fn of(self, spot: Spot) -> RGBColor {
        self.at(spot, spot.value(self.trace).unwrap_or(f64::NAN))
    }

    /// The colour where `spot` stands while `value` is there: the number itself, or what it is on
    /// its way.
    pub fn at(self, spot: Spot, value: f64) -> RGBColor {
        match spot {
            _ if !value.is_finite() => self.palette.undefined,
            Spot::Norm { .. } => self.palette.error,
            Spot::Output { step, output } if self.has_bars() => {
                let target = self.trace.experiment.target(step);
                if output == target { self.palette.ink } else { self.palette.weak }
            }
            _ => self.palette.scaled(value, self.ranges.range(spot), self.scale_of(spot)),
        }
    }

    /// How the sizes of numbers such as `spot` become colours: the scale is for gradients, which
    /// fade.
    pub fn scale_of(self, spot: Spot) -> Scale {
        match spot {
            Spot::Error { .. }
            | Spot::HiddenError { .. }
            | Spot::Norm { .. }
            | Spot::Contribution { .. }
            | Spot::Gradient(_) => self.scale,
            _ => Scale::Linear,
        }
    }

    /// Whether outputs are bars beside one another, of which that of the target is dark.
    fn has_bars(self) -> bool {
        self.trace.experiment.settings().task == Task::NextToken
    }
}

/// The largest size of a number in any step's contribution to the gradient of `parameter`, or in
/// their sum.
fn contribution(trace: &Trace, parameter: Parameter) -> f64 {
    let Trace { experiment, forward, backward } = trace;
    let terms = Step::all(trace.steps()).map(|step| {
        let error = || largest(backward.d_pre_activation.row(step.index()).iter().copied());
        let at_output = || {
            let row = experiment.loss_row(step);
            row.map_or(0.0, |row| largest(backward.d_logits.row(row).iter().copied()))
        };
        match parameter {
            Parameter::W1x | Parameter::B1 => error(),
            Parameter::W1h => error() * largest(forward.hidden_before(step).iter().copied()),
            Parameter::W2 => at_output() * largest(forward.hidden_after(step).iter().copied()),
            Parameter::B2 => at_output(),
        }
    });
    let sum = backward.gradient.matrix(parameter);
    largest(terms).max(largest(sum.iter().copied()))
}

/// The largest finite size among `values`; 0 if there is none.
pub(super) fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.map(f64::abs).filter(|size| size.is_finite()).fold(0.0, f64::max)
}

/// The length of the longest row, of those whose length is finite.
fn longest(rows: &Array2<f64>) -> f64 {
    largest(rows.rows().into_iter().map(|row| weights::norm(row.iter().copied())))
}
