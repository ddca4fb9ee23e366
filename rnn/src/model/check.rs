//! The input and the output that a file carries, and what the cell makes of the same input.

use super::{
    ModelError,
    file::{File, Kind, Tensor},
    layout::Found,
};
use crate::{
    engine::{Head, Inputs, PerStep, Plan, Question, Tape},
    recipe::Cell,
    settings::TaskKind,
    tokens::{LARGEST_INPUT, MOST_TOKENS},
    weights::Weights,
};
use ndarray::Array2;

/// The name of the input: T tokens by their places, or T×d numbers.
pub(super) const X: &str = "unrolled.check.x";

/// The name of the output: of each step, T×k, or of the last one, k; before its function or after it.
pub(super) const Y: &str = "unrolled.check.y";

/// A candidate whose run agrees.
pub(super) struct Agreed {
    pub(super) cell: Cell,
    /// The task, if the output has gone through its function.
    pub(super) task: Option<TaskKind>,
    pub(super) difference: f64,
    /// The entries of X that are not 0, step by step.
    pub(super) inputs: Vec<Vec<(usize, f64)>>,
}

/// The outputs Z₂ at each step, from a start state of zero: T×k.
#[inline]
pub(super) fn output(cell: Cell, weights: &Weights, inputs: &Inputs) -> Array2<f64> {
    let (steps, sizes) = (inputs.steps(), weights.sizes());
    let question = Question {
        head: Head::Identity,
        wanted: Array2::zeros((steps, sizes.outputs)),
        rows: (0..steps).map(Some).collect(),
        share: 1.0,
        window: steps,
    };
    let plan = Plan::of(cell, sizes, &cell.recipe().way_back());
    let mut tape = Tape::default();
    plan.forward(PerStep::from(weights), &[], inputs, &question, &mut tape);
    tape.output().logits.clone()
}

/// The candidate that agrees with what the file carries; none if it carries nothing.
///
/// # Errors
///
/// [`ModelError::CheckShape`], or [`ModelError::CheckFailed`], where none agrees.
#[inline]
pub(super) fn compare(file: &File, found: &Found) -> Result<Option<Agreed>, ModelError> {
    let tensor = |name: &str| file.tensors.iter().find(|tensor| tensor.name == name);
    let (x, y) = match (tensor(X), tensor(Y)) {
        (None, None) => return Ok(None),
        (Some(x), Some(y)) => (x, y),
        _ => return Err(ModelError::CheckShape),
    };
    let Some((_, first)) = found.candidates.first() else { return Ok(None) };
    let sizes = first.sizes();
    let inputs = input(x, sizes.inputs).ok_or(ModelError::CheckShape)?;
    let (steps, k) = (inputs.len(), sizes.outputs);
    let expected = y.floats()?;
    // Of each step, or of the last one.
    let skipped = match expected.len() {
        all if all == steps * k => 0,
        one if one == k => steps - 1,
        _ => return Err(ModelError::CheckShape),
    };
    let largest = expected.iter().fold(0.0, |most: f64, number| most.max(number.abs()));
    let allowed = largest.max(1e-3) * found.tolerance.max(y.kind.tolerance());
    let mut read = Inputs::default();
    for step in &inputs {
        read.push(step.iter().copied());
    }
    let functions = [
        (Head::Identity, None),
        match k {
            1 => (Head::Sigmoid, Some(TaskKind::Binary)),
            _ => (Head::Softmax, Some(TaskKind::Classes)),
        },
    ];
    let mut failed = None;
    for (cell, weights) in &found.candidates {
        let logits = output(*cell, weights, &read);
        for (head, task) in functions {
            let mut answers: Vec<f64> = Vec::with_capacity(expected.len());
            for row in logits.rows().into_iter().skip(skipped) {
                let mut answer = vec![0.0; k];
                head.answer(&row.to_vec(), &vec![0.0; k], &mut answer);
                answers.extend(answer);
            }
            let differs = |(found, expected): (&f64, &f64)| (found - expected).abs();
            let all = || answers.iter().zip(&expected);
            // A number that is none is nowhere near.
            let near = |pair| differs(pair) <= allowed;
            let Some(at) = all().position(|pair| !near(pair)) else {
                let difference = all().map(differs).fold(0.0, f64::max);
                return Ok(Some(Agreed { cell: *cell, task, difference, inputs }));
            };
            failed.get_or_insert(ModelError::CheckFailed {
                step: skipped + at / k + 1,
                found: answers[at],
                expected: expected[at],
            });
        }
    }
    Err(failed.unwrap_or(ModelError::CheckShape))
}

/// The entries that are not 0, step by step, if it is one sequence of tokens or of d numbers each.
fn input(x: &Tensor, d: usize) -> Option<Vec<Vec<(usize, f64)>>> {
    // One sequence, wherever the batch is counted.
    let sides: Vec<usize> = x.shape.iter().copied().filter(|side| *side != 1).collect();
    let numbers = x.numbers()?;
    let fits = |number: &f64| (-LARGEST_INPUT..=LARGEST_INPUT).contains(number);
    if numbers.is_empty() || !numbers.iter().all(fits) {
        return None;
    }
    let is_place = |number: &f64| number.fract() == 0.0 && (0.0..d as f64).contains(number);
    let whole = matches!(x.kind, Kind::I32 | Kind::I64) || x.shape.last() != Some(&d);
    let steps: Vec<Vec<(usize, f64)>> = if whole && sides.len() <= 1 && numbers.iter().all(is_place)
    {
        numbers.iter().map(|number| vec![(*number as usize, 1.0)]).collect()
    } else if x.shape.last() == Some(&d) && sides.len() <= 1 + usize::from(d > 1) {
        let rows = numbers.chunks(d).map(|row| {
            let entries = row.iter().copied().enumerate();
            entries.filter(|(_, number)| *number != 0.0).collect()
        });
        rows.collect()
    } else {
        return None;
    };
    (steps.len() <= MOST_TOKENS).then_some(steps)
}
