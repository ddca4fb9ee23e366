//! A number that can be pointed at, and where it comes from.

use crate::rnn::{Parameter, Place, Step, Trace, weights};

/// One number of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// Hₜ of a cell.
    State {
        /// t.
        step: Step,
        /// The cell, counted from 0.
        cell: usize,
    },
    /// A₂ₛ of an output.
    Output {
        /// s.
        step: Step,
        /// The output, counted from 0.
        output: usize,
    },
    /// ∂L/∂Z₂ₛ of an output.
    OutputError {
        /// s.
        step: Step,
        /// The output, counted from 0.
        output: usize,
    },
    /// ∂L/∂Z₁ₜ of a cell.
    Error {
        /// t.
        step: Step,
        /// The cell, counted from 0.
        cell: usize,
    },
    /// ∂L/∂Hₜ of a cell.
    HiddenError {
        /// t.
        step: Step,
        /// The cell, counted from 0.
        cell: usize,
    },
    /// ‖∂L/∂Hₜ‖.
    Norm {
        /// t.
        step: Step,
    },
    /// What a step contributes to the gradient of a weight.
    Term {
        /// t.
        step: Step,
        /// The weight.
        place: Place,
    },
    /// The gradient of a weight.
    Gradient(Place),
    /// A weight.
    Weight(Place),
}

impl Spot {
    /// The step that the number belongs to; weights and gradients belong to all.
    pub fn step(self) -> Option<Step> {
        match self {
            Self::State { step, .. }
            | Self::Output { step, .. }
            | Self::OutputError { step, .. }
            | Self::Error { step, .. }
            | Self::HiddenError { step, .. }
            | Self::Norm { step }
            | Self::Term { step, .. } => Some(step),
            Self::Gradient(_) | Self::Weight(_) => None,
        }
    }

    /// The number in the run of `trace`; none where the run has no such number.
    pub fn value(self, trace: &Trace) -> Option<f64> {
        let Trace { experiment, forward, backward } = trace;
        let sizes = experiment.weights().sizes();
        let fits = |place: Place| {
            let (rows, columns) = sizes.of(place.parameter);
            place.row < rows && place.column < columns
        };
        if self.step().is_some_and(|step| step.number() > trace.steps()) {
            return None;
        }
        match self {
            Self::State { step, cell } => forward.hidden_after(step).get(cell).copied(),
            Self::Output { step, output } => {
                forward.probabilities.get((experiment.loss_row(step)?, output)).copied()
            }
            Self::OutputError { step, output } => {
                backward.d_logits.get((experiment.loss_row(step)?, output)).copied()
            }
            Self::Error { step, cell } => {
                backward.d_pre_activation.get((step.index(), cell)).copied()
            }
            Self::HiddenError { step, cell } => {
                backward.d_hidden.get((step.index(), cell)).copied()
            }
            Self::Norm { step } => {
                Some(weights::norm(backward.d_hidden.row(step.index()).iter().copied()))
            }
            Self::Term { step, place } => fits(place).then(|| trace.term_of(step, place)),
            Self::Gradient(place) => fits(place).then(|| place.of(&backward.gradient)),
            Self::Weight(place) => fits(place).then(|| place.of(experiment.weights())),
        }
    }

    /// The numbers that it is computed from, nearest first.
    pub fn sources(self, trace: &Trace) -> Vec<Self> {
        let experiment = &trace.experiment;
        let cells = 0..experiment.weights().sizes().cells;
        let outputs = 0..experiment.weights().sizes().outputs;
        let weight = |parameter, row, column| Self::Weight(Place { parameter, row, column });
        match self {
            Self::State { step, cell } => {
                let input = experiment.sequence().indices().get(step.index()).copied();
                let states = step.previous().into_iter().flat_map(|previous| {
                    cells.clone().map(move |from| Self::State { step: previous, cell: from })
                });
                states
                    .chain(cells.clone().map(|from| weight(Parameter::W1h, from, cell)))
                    .chain(input.map(|input| weight(Parameter::W1x, input, cell)))
                    .chain([weight(Parameter::B1, 0, cell)])
                    .collect()
            }
            Self::Output { step, output } => (cells.clone())
                .map(|cell| Self::State { step, cell })
                .chain(cells.map(|cell| weight(Parameter::W2, cell, output)))
                .chain([weight(Parameter::B2, 0, output)])
                .collect(),
            Self::OutputError { step, output } => vec![Self::Output { step, output }],
            Self::Error { step, cell } => {
                vec![Self::HiddenError { step, cell }, Self::State { step, cell }]
            }
            Self::HiddenError { step, cell } => {
                let answers = experiment.loss_row(step).is_some();
                let from_output = outputs.filter(|_| answers).flat_map(|output| {
                    [Self::OutputError { step, output }, weight(Parameter::W2, cell, output)]
                });
                let later = (step.number() < trace.steps()).then(|| step.next());
                let from_next = later.into_iter().flat_map(|next| {
                    cells.clone().flat_map(move |to| {
                        [Self::Error { step: next, cell: to }, weight(Parameter::W1h, cell, to)]
                    })
                });
                from_next.chain(from_output).collect()
            }
            Self::Norm { step } => cells.map(|cell| Self::HiddenError { step, cell }).collect(),
            Self::Term { step, place } => {
                let error = Self::Error { step, cell: place.column };
                match (place.parameter, step.previous()) {
                    (Parameter::W1h, Some(before)) => {
                        vec![error, Self::State { step: before, cell: place.row }]
                    }
                    _ => vec![error],
                }
            }
            Self::Gradient(place) => {
                Step::all(trace.steps()).map(|step| Self::Term { step, place }).collect()
            }
            Self::Weight(_) => Vec::new(),
        }
    }
}
