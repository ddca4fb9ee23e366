//! Which colour a number has: one number has one colour, wherever it is drawn.

use super::{layout::is_gate, palette::Palette, sums::Sums};
use crate::{
    rnn::{
        Parameter, Step, Trace, Variable,
        engine::Head,
        recipe::When,
        way_back::{Cause, Multiplier},
        weights,
    },
    session::{Derived, Scale, Spot},
};
use ndarray::{Array2, ArrayView2};
use plotters::style::RGBColor;

/// The largest size among the numbers of each kind in a run, which has the strongest colour.
///
/// A session's run keeps its own: [`Run::derived`](crate::session::Run::derived).
#[derive(Debug)]
pub struct Ranges {
    variables: Vec<(Variable, OfVariable)>,
    outputs: f64,
    logits: f64,
    losses: f64,
    /// The largest length of what flows back anywhere.
    flows: f64,
    tensors: Vec<(Parameter, OfTensor)>,
    sums: Sums,
}

/// The ranges of a variable.
#[derive(Debug)]
struct OfVariable {
    value: f64,
    error: f64,
    /// The largest ‖∂L/∂V⁽ᵗ⁾‖.
    norm: f64,
    /// What flows back to it.
    flow: Option<Flow>,
}

/// The ranges of a tensor.
#[derive(Debug)]
struct OfTensor {
    contribution: f64,
    weight: f64,
}

/// How much of ∂L/∂V comes from where, as lengths, a number for each step.
#[derive(Debug)]
pub struct Flow {
    /// From the output of the step.
    pub from_output: Vec<f64>,
    /// From another variable of the same step.
    pub from_here: Vec<f64>,
    /// From the same variable one step on, past every weight.
    pub straight: Vec<f64>,
    /// From the next step through the weights.
    pub through: Vec<f64>,
}

impl Flow {
    fn of(trace: &Trace, at: Variable) -> Self {
        let lengths = |counts: &dyn Fn(Cause) -> bool| -> Vec<f64> {
            let arrivals = trace.way_back().at(at).filter(|arrival| counts(arrival.from));
            let mut sum = Array2::zeros((trace.steps(), trace.units()));
            for numbers in arrivals.filter_map(|arrival| trace.arrivals(arrival)) {
                sum += &numbers;
            }
            sum.rows().into_iter().map(|row| weights::norm(row.iter().copied())).collect()
        };
        Self {
            from_output: lengths(&|from| from == Cause::Output),
            from_here: lengths(&|from| matches!(from, Cause::Here(_))),
            straight: lengths(&|from| from == Cause::Next(at)),
            through: lengths(&|from| matches!(from, Cause::Next(of) if of != at)),
        }
    }

    fn largest(&self) -> f64 {
        let Self { from_output, from_here, straight, through } = self;
        largest([from_output, from_here, straight, through].into_iter().flatten().copied())
    }
}

impl Derived for Ranges {
    fn of(trace: &Trace) -> Self {
        let (experiment, output) = (trace.experiment(), trace.output());
        let recipe = experiment.recipe();
        let largest_in =
            |numbers: Option<ArrayView2<'_, f64>>| largest(numbers.iter().flatten().copied());
        let carried = recipe.carried();
        // Where H and C are carried their gradients have one scale, so that they can be compared.
        let most = |of: Variable, size: &dyn Fn(Variable) -> f64| {
            let together = if carried.contains(&of) { carried.as_slice() } else { &[of] };
            largest(together.iter().map(|of| size(*of)))
        };
        let variables: Vec<(Variable, OfVariable)> = recipe
            .variables()
            .map(|of| {
                let ranges = OfVariable {
                    // Values such as H lie within 1; what shares their tiles has their range at least.
                    value: largest_in(trace.values(of)).max(1.0),
                    error: most(of, &|of| largest_in(trace.errors(of))),
                    norm: most(of, &|of| trace.errors(of).map_or(0.0, longest)),
                    flow: carried.contains(&of).then(|| Flow::of(trace, of)),
                };
                (of, ranges)
            })
            .collect();
        Self {
            outputs: largest(output.answers.iter().copied()).max(1.0),
            logits: largest(output.logits.iter().copied()),
            losses: largest(output.losses.iter().copied()),
            flows: largest(
                variables.iter().filter_map(|(_, it)| it.flow.as_ref()).map(Flow::largest),
            ),
            variables,
            tensors: experiment
                .weights()
                .parameters()
                .map(|parameter| {
                    let weights = experiment.weights().matrix(parameter);
                    let weight = largest(weights.iter().copied());
                    (parameter, OfTensor { contribution: contribution(trace, parameter), weight })
                })
                .collect(),
            sums: Sums::default(),
        }
    }
}

impl Ranges {
    /// The size that has the strongest colour among numbers such as `spot`.
    pub fn range(&self, spot: Spot) -> f64 {
        let variable = |of: Variable, range: &dyn Fn(&OfVariable) -> f64| {
            let found = self.variables.iter().find(|(it, _)| *it == of);
            found.map_or(0.0, |(_, ranges)| range(ranges))
        };
        let tensor = |of: Parameter, range: &dyn Fn(&OfTensor) -> f64| {
            let found = self.tensors.iter().find(|(it, _)| *it == of);
            found.map_or(0.0, |(_, ranges)| range(ranges))
        };
        match spot {
            Spot::Value { of, .. } | Spot::Start { of, .. } => variable(of, &|it| it.value),
            Spot::Error { of, .. } | Spot::Arrival { of, .. } => variable(of, &|it| it.error),
            Spot::Norm { of, .. } => variable(of, &|it| it.norm),
            Spot::Output { .. } | Spot::OutputError { .. } => self.outputs,
            Spot::Jacobian { .. } | Spot::Chain { .. } => 1.0,
            Spot::Logit { .. } => self.logits,
            Spot::Loss { .. } | Spot::WholeLoss => self.losses,
            Spot::Contribution { place, .. } | Spot::Gradient(place) => {
                tensor(place.parameter, &|it| it.contribution)
            }
            Spot::Weight(place) | Spot::Updated(place) => tensor(place.parameter, &|it| it.weight),
        }
    }

    /// What flows back to a variable that is carried from step to step.
    pub fn flow(&self, of: Variable) -> Option<&Flow> {
        let found = self.variables.iter().find(|(it, _)| *it == of)?;
        found.1.flow.as_ref()
    }

    /// The sums of its contributions, as far as they have been drawn.
    pub(super) fn sums(&self) -> &Sums {
        &self.sums
    }

    /// The size that has the strongest colour in the heat map of ∂L/∂H.
    pub fn of_hidden_errors(&self) -> f64 {
        self.range(Spot::Error { of: Variable::State, step: Step::FIRST, unit: 0 })
    }

    /// The length of the largest part of a gradient that flows back, whose arrow is the widest.
    pub fn of_flows(&self) -> f64 {
        self.flows
    }
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
            Spot::Value { of, .. } if self.is_gate(of) => self.palette.gate(value),
            Spot::Output { step, output } if self.has_bars() => {
                let target = self.trace.experiment().target(step);
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
            | Spot::Arrival { .. }
            | Spot::Norm { .. }
            | Spot::Contribution { .. }
            | Spot::Gradient(_) => self.scale,
            _ => Scale::Linear,
        }
    }

    fn is_gate(self, of: Variable) -> bool {
        is_gate(self.trace.experiment().recipe(), of)
    }

    /// Whether outputs are bars beside one another, of which that of the target is dark.
    fn has_bars(self) -> bool {
        let experiment = self.trace.experiment();
        experiment.question().head == Head::Softmax && experiment.has_several_losses()
    }
}

/// The largest size of a number in any step's contribution to the gradient of `parameter`, or in
/// their sum.
fn contribution(trace: &Trace, parameter: Parameter) -> f64 {
    let recurrent = trace.way_back().term(parameter);
    let terms = Step::all(trace.steps()).map(|step| {
        let at_output = || {
            let row = trace.experiment().loss_row(step);
            row.map_or(0.0, |row| largest(trace.output().errors.row(row).iter().copied()))
        };
        let Some(term) = recurrent else {
            let state = largest(trace.state_after(step).iter().copied());
            return at_output() * if parameter.is_bias() { 1.0 } else { state };
        };
        let errors = trace.errors(term.sum);
        let error = largest(errors.iter().flat_map(|errors| errors.row(step.index())).copied());
        error
            * match term.by {
                Multiplier::One => 1.0,
                Multiplier::Input => {
                    largest(trace.experiment().inputs().at(step.index()).iter().map(|(_, x)| *x))
                }
                Multiplier::Value(operand) => {
                    let at = step.number() - usize::from(operand.when == When::Before);
                    let values = trace.values(operand.of);
                    largest(values.iter().flat_map(|values| values.row(at)).copied())
                }
            }
    });
    let sum = trace.gradient().matrix(parameter);
    largest(terms).max(largest(sum.iter().copied()))
}

/// The largest finite size among `values`; 0 if there is none.
pub(super) fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.map(f64::abs).filter(|size| size.is_finite()).fold(0.0, f64::max)
}

/// The length of the longest row, of those whose length is finite.
fn longest(rows: ArrayView2<'_, f64>) -> f64 {
    largest(rows.rows().into_iter().map(|row| weights::norm(row.iter().copied())))
}
