//! The same words as a bag: what a model without memory of order would answer.

use crate::{
    engine::{Inputs, Question, Tape},
    tokens::Step,
    trace::Trace,
    work,
};
use ndarray::Array2;
use std::collections::BTreeMap;

impl Trace {
    /// What a model answers that sums its inputs and takes one step with the sum, with the same
    /// weights: a row for each step with a loss (S×k).
    ///
    /// ```text
    /// H = tanh((X₁ + … + Xₛ) W₁ₓ + b₁)        Z₂ = H W₂ + b₂        in the cell `tanh`
    /// ```
    ///
    /// No reordering of the words changes it. The rows are added in the order of the tokens' names,
    /// so that this holds to the last bit, as long as the weights belong to the names.
    pub fn bag_of_words(&self) -> Array2<f64> {
        work::count();
        let experiment = self.experiment();
        let (question, weights) = (experiment.question(), experiment.weights());
        let names = experiment.sequence().entries();
        let mut answers = Array2::zeros(self.output().answers.dim());
        let mut heard: BTreeMap<(&str, usize), f64> = BTreeMap::new();
        let mut tape = Tape::default();
        for step in Step::all(self.steps()) {
            for &(entry, number) in experiment.inputs().at(step.index()) {
                *heard.entry((names[entry].as_str(), entry)).or_default() += number;
            }
            let Some(row) = experiment.loss_row(step) else { continue };
            let mut bag = Inputs::default();
            bag.push(heard.iter().map(|((_, entry), number)| (*entry, *number)));
            let asked = Question {
                wanted: question.wanted.select(ndarray::Axis(0), &[row]),
                rows: vec![Some(0)],
                window: 1,
                ..*question
            };
            self.plan().forward(weights.into(), &[], &bag, &asked, &mut tape);
            answers.row_mut(row).assign(&tape.output().answers.row(0));
        }
        answers
    }
}
