//! The cell `tanh` by hand: both passes spelled out in the letters of the notes, as a derivation for
//! readers and as the reference that the engine is held against. Nothing here reads a recipe.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod random;

use ndarray::{Array1, Array2, ArrayView1};
use proptest::prelude::*;
use random::{changed, experiment_of};
use unrolled_rnn::{Cell, Experiment, Parameter, Step, Task, Trace, Variable};

/// Every value of both passes; row t − 1 belongs to step t, but for H, which begins with H₀.
struct ByHand {
    /// Z₁ₜ = Xₜ W₁ₓ + Hₜ₋₁ W₁ₕ + b₁.
    pre_activation: Array2<f64>,
    /// Hₜ = tanh(Z₁ₜ).
    hidden: Array2<f64>,
    /// A₂ₜ = σ(Z₂ₜ), softmax(Z₂ₜ) or Z₂ₜ, with Z₂ₜ = Hₜ W₂ + b₂.
    answers: Vec<Array1<f64>>,
    /// L = Σₜ Lₜ, or their mean.
    loss: f64,
    /// ∂L/∂Hₜ = ∂L/∂Z₂ₜ W₂ᵀ + ∂L/∂Z₁ₜ₊₁ W₁ₕᵀ.
    d_hidden: Array2<f64>,
    /// ∂L/∂Z₁ₜ = ∂L/∂Hₜ ⊙ (1 − Hₜ²).
    d_pre_activation: Array2<f64>,
    /// ∂L/∂W₁ₓ = Σₜ Xₜᵀ ∂L/∂Z₁ₜ.
    d_w1x: Array2<f64>,
    /// ∂L/∂W₁ₕ = Σₜ Hₜ₋₁ᵀ ∂L/∂Z₁ₜ.
    d_w1h: Array2<f64>,
    /// ∂L/∂b₁ = Σₜ ∂L/∂Z₁ₜ.
    d_b1: Array1<f64>,
    /// ∂L/∂W₂ = Σₜ Hₜᵀ ∂L/∂Z₂ₜ.
    d_w2: Array2<f64>,
    /// ∂L/∂b₂ = Σₜ ∂L/∂Z₂ₜ.
    d_b2: Array1<f64>,
}

/// A column times a row.
fn outer(column: ArrayView1<'_, f64>, row: ArrayView1<'_, f64>) -> Array2<f64> {
    Array2::from_shape_fn((column.len(), row.len()), |(i, j)| column[i] * row[j])
}

/// A₂ of Z₂, and the loss of one step.
fn answer(task: &Task, z: &Array1<f64>, y: &Array1<f64>) -> (Array1<f64>, f64) {
    match task {
        Task::Binary { .. } => {
            let a = z.mapv(|z| 1.0 / (1.0 + (-z).exp()));
            let loss = -(y[0] * a[0].ln() + (1.0 - y[0]) * (1.0 - a[0]).ln());
            (a, loss)
        }
        Task::Classes { .. } | Task::NextToken => {
            let e = z.mapv(f64::exp);
            let a = &e / e.sum();
            let loss = -a.iter().zip(y).map(|(a, y)| y * a.ln()).sum::<f64>();
            (a, loss)
        }
        Task::Values { .. } => (z.clone(), 0.5 * (z - y).mapv(|x| x * x).sum()),
    }
}

fn by_hand(experiment: &Experiment) -> ByHand {
    let weights = experiment.weights();
    let [w1x, w1h, b1, w2, b2] = Parameter::ALL.map(|parameter| weights.matrix(parameter));
    let (b1, b2) = (b1.row(0), b2.row(0));
    let (steps, n) = (experiment.steps(), w1h.nrows());
    let x = |step: Step| experiment.sequence().input(step);

    let mut hidden = Array2::zeros((steps + 1, n));
    if let Some((_, start)) = experiment.start().first() {
        hidden.row_mut(0).assign(&Array1::from_vec(start.clone()));
    }
    let mut pre_activation = Array2::zeros((steps, n));
    for step in Step::all(steps) {
        let z1 = x(step).dot(&w1x) + hidden.row(step.index()).dot(&w1h) + b1;
        hidden.row_mut(step.number()).assign(&z1.mapv(f64::tanh));
        pre_activation.row_mut(step.index()).assign(&z1);
    }

    let count = experiment.loss_steps().count() as f64;
    let mean = experiment.settings().reduction == Some(unrolled_rnn::Reduction::Mean);
    let share = if mean { 1.0 / count } else { 1.0 };
    let (mut answers, mut losses) = (Vec::new(), 0.0);
    let mut d_logits = vec![None; steps];
    for step in experiment.loss_steps() {
        let z2 = hidden.row(step.number()).dot(&w2) + b2;
        let y = experiment.wanted(step);
        let (a2, loss) = answer(&experiment.settings().task, &z2, &y);
        losses += loss;
        d_logits[step.index()] = Some((&a2 - &y) * share);
        answers.push(a2);
    }

    let mut made = ByHand {
        answers,
        loss: losses * share,
        d_hidden: Array2::zeros((steps, n)),
        d_pre_activation: Array2::zeros((steps, n)),
        d_w1x: Array2::zeros(w1x.dim()),
        d_w1h: Array2::zeros(w1h.dim()),
        d_b1: Array1::zeros(n),
        d_w2: Array2::zeros(w2.dim()),
        d_b2: Array1::zeros(w2.ncols()),
        pre_activation,
        hidden,
    };
    // Each loss goes back on its own, as far as truncation lets it.
    for loss in experiment.loss_steps() {
        let d_logits = d_logits[loss.index()].clone().unwrap();
        let mut d_next: Option<Array1<f64>> = None;
        for step in Step::all(loss.number()).rev().take(experiment.window()) {
            let d_hidden = match d_next {
                None => w2.dot(&d_logits),
                Some(d_next) => w1h.dot(&d_next),
            };
            let h = made.hidden.row(step.number()).to_owned();
            let d_z1 = &d_hidden * &h.mapv(|h| 1.0 - h * h);
            let mut at_state = made.d_hidden.row_mut(step.index());
            at_state += &d_hidden;
            let mut at_sum = made.d_pre_activation.row_mut(step.index());
            at_sum += &d_z1;
            made.d_w1x += &outer(x(step).view(), d_z1.view());
            made.d_w1h += &outer(made.hidden.row(step.index()), d_z1.view());
            made.d_b1 += &d_z1;
            d_next = Some(d_z1);
        }
        made.d_w2 += &outer(made.hidden.row(loss.number()), d_logits.view());
        made.d_b2 += &d_logits;
    }
    made
}

fn close<'a>(
    ours: impl IntoIterator<Item = &'a f64>,
    theirs: impl IntoIterator<Item = &'a f64>,
) -> bool {
    let (ours, theirs): (Vec<_>, Vec<_>) =
        (ours.into_iter().collect(), theirs.into_iter().collect());
    ours.len() == theirs.len()
        && ours
            .iter()
            .zip(theirs)
            .all(|(&ours, theirs)| (ours - theirs).abs() <= 1e-12 * (1.0 + theirs.abs()))
}

proptest! {
    #[test]
    fn the_engine_agrees_with_the_passes_written_by_hand(
        experiment in experiment_of(Cell::Tanh),
        window in prop::option::of(1_usize..=9),
    ) {
        let experiment = changed(&experiment, |settings| settings.truncation = window);
        let hand = by_hand(&experiment);
        let trace = Trace::of(experiment);
        let sums = trace.values(Variable::Z1).unwrap();
        prop_assert!(close(sums.iter().skip(trace.units()), &hand.pre_activation));
        prop_assert!(close(trace.states(), &hand.hidden));
        prop_assert!(close(&trace.output().answers, hand.answers.iter().flatten()));
        prop_assert!(close([&trace.loss()], [&hand.loss]));
        prop_assert!(close(trace.state_errors(), &hand.d_hidden));
        prop_assert!(close(trace.errors(Variable::Z1).unwrap(), &hand.d_pre_activation));
        let gradient = |parameter| trace.gradient().matrix(parameter);
        prop_assert!(close(gradient(Parameter::W1X), &hand.d_w1x));
        prop_assert!(close(gradient(Parameter::W1H), &hand.d_w1h));
        prop_assert!(close(gradient(Parameter::B1), &hand.d_b1));
        prop_assert!(close(gradient(Parameter::W2), &hand.d_w2));
        prop_assert!(close(gradient(Parameter::B2), &hand.d_b2));
    }
}
