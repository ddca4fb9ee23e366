//! A trace as a file has it.

use crate::{tokens::Step, trace::Trace, weights::Weights};
use ndarray::Array2;
use serde::Serialize;

/// The format `unrolled-trace/1`.
#[derive(Serialize)]
pub(crate) struct TraceFile<'a> {
    format: &'static str,
    tokens: &'a [String],
    vocabulary: &'a [String],
    forward: Vec<ForwardEntry<'a>>,
    loss: f64,
    backward: Vec<BackwardEntry>,
    gradients: &'a Weights,
    gradient_norm: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    clipped_gradients: Option<Weights>,
}

#[derive(Serialize)]
struct ForwardEntry<'a> {
    t: usize,
    token: &'a str,
    x: Vec<f64>,
    z1: Vec<f64>,
    h: Vec<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    z2: Option<Vec<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    a2: Option<Vec<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loss: Option<f64>,
}

#[derive(Serialize)]
struct BackwardEntry {
    t: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    dz2: Option<Vec<f64>>,
    dh: Vec<f64>,
    dz1: Vec<f64>,
    #[serde(with = "super::weights::rows")]
    dw1x: Array2<f64>,
    #[serde(with = "super::weights::rows")]
    dw1h: Array2<f64>,
    db1: Vec<f64>,
}

impl<'a> TraceFile<'a> {
    pub(crate) fn of(trace: &'a Trace) -> Self {
        let Trace { experiment, forward, backward } = trace;
        let sequence = experiment.sequence();
        let tokens = sequence.tokens().get(..trace.steps()).unwrap_or_default();
        Self {
            format: "unrolled-trace/1",
            tokens,
            vocabulary: sequence.vocabulary(),
            forward: Step::all(trace.steps())
                .zip(tokens)
                .map(|(step, token)| {
                    let row = experiment.loss_row(step);
                    ForwardEntry {
                        t: step.number(),
                        token,
                        x: sequence.input(step).to_vec(),
                        z1: forward.pre_activation.row(step.index()).to_vec(),
                        h: forward.hidden_after(step).to_vec(),
                        z2: row.map(|row| forward.logits.row(row).to_vec()),
                        a2: row.map(|row| forward.probabilities.row(row).to_vec()),
                        loss: row.map(|row| forward.losses[row]),
                    }
                })
                .collect(),
            loss: forward.loss(),
            backward: Step::all(trace.steps())
                .map(|step| {
                    let Weights { w1x, w1h, b1, .. } = trace.contribution(step);
                    BackwardEntry {
                        t: step.number(),
                        dz2: experiment
                            .loss_row(step)
                            .map(|row| backward.d_logits.row(row).to_vec()),
                        dh: backward.d_hidden.row(step.index()).to_vec(),
                        dz1: backward.d_pre_activation.row(step.index()).to_vec(),
                        dw1x: w1x,
                        dw1h: w1h,
                        db1: b1.to_vec(),
                    }
                })
                .collect(),
            gradients: &backward.gradient,
            gradient_norm: backward.gradient.norm(),
            clipped_gradients: experiment
                .settings()
                .clip_norm
                .map(|threshold| backward.gradient.clipped(threshold)),
        }
    }
}
