//! The same words as a bag: what a model without memory of order would answer.

use crate::{
    forward::{add_product, answer},
    tokens::Step,
    trace::Trace,
    work,
};
use ndarray::{Array1, Array2};

impl Trace {
    /// What a model answers that sums its inputs before the one tanh, with the same weights:
    /// probabilities, a row for each step with a loss (S×k).
    ///
    /// ```text
    /// H = tanh(X₁ W₁ₓ + … + Xₛ W₁ₓ + b₁)        Z₂ = H W₂ + b₂
    /// ```
    ///
    /// No reordering of the words changes it. The rows are added in the order of the tokens' names,
    /// so that this holds to the last bit, as long as the weights belong to the names.
    pub fn bag_of_words(&self) -> Array2<f64> {
        work::count();
        let Self { experiment, forward, .. } = self;
        let (weights, sequence) = (experiment.weights(), experiment.sequence());
        let mut probabilities = Array2::zeros(forward.probabilities.dim());
        let mut heard = Vec::with_capacity(self.steps());
        for (step, &input) in Step::all(self.steps()).zip(sequence.indices()) {
            heard.push(input);
            let Some(row) = experiment.loss_row(step) else { continue };
            heard.sort_by_key(|&input| sequence.vocabulary().get(input));
            let mut sum = Array1::zeros(weights.b1.len());
            for &input in &heard {
                sum += &weights.w1x.row(input);
            }
            let state = (sum + &weights.b1).mapv_into(f64::tanh);
            let mut logits = weights.b2.clone();
            add_product(state.view(), &weights.w2, &mut logits.view_mut());
            answer(experiment, step, logits.view(), probabilities.row_mut(row));
        }
        probabilities
    }
}
