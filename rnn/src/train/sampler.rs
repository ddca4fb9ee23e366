//! A text that a next-token network writes, token by token.

use super::random::SplitMix;
use crate::{
    elementary::exp_of_minus,
    engine::{Head, Inputs, Plan, Question, Tape},
    recipe::{Cell, Variable},
    weights::Weights,
};
use ndarray::Array2;

/// A network that reads tokens, and writes what it takes to come next.
///
/// ```text
/// p ∝ e^(Z₂ / τ)        τ the temperature
/// ```
///
/// A low temperature makes likely tokens likelier; at 0 the likeliest is taken.
#[derive(Clone, Debug)]
pub struct Sampler {
    weights: Weights,
    plan: Plan,
    tape: Tape,
    question: Question,
    state: Vec<(Variable, Vec<f64>)>,
    temperature: f64,
    random: SplitMix,
    probabilities: Vec<f64>,
}

impl Sampler {
    /// One that has read nothing yet, and draws by the seed.
    pub fn new(cell: Cell, weights: Weights, temperature: f64, seed: u64) -> Self {
        let (recipe, sizes) = (cell.recipe(), weights.sizes());
        let question = Question {
            head: Head::Softmax,
            wanted: Array2::zeros((1, sizes.outputs)),
            rows: vec![Some(0)],
            share: 1.0,
            window: 1,
        };
        let zero = |variable| (variable, vec![0.0; sizes.units]);
        Self {
            plan: Plan::of(cell, sizes, &recipe.way_back()),
            tape: Tape::default(),
            question,
            state: recipe.carried().into_iter().map(zero).collect(),
            temperature,
            random: SplitMix::new(seed),
            probabilities: vec![1.0 / sizes.outputs as f64; sizes.outputs],
            weights,
        }
    }

    /// The same from another start state, H₀ and C₀, as far as they are named.
    #[must_use]
    pub fn starting_from(mut self, start: &[(Variable, Vec<f64>)]) -> Self {
        for (variable, numbers) in &mut self.state {
            if let Some((_, given)) = start.iter().find(|(given, _)| given == variable) {
                numbers.clone_from(given);
            }
        }
        self
    }

    /// Reads the token at this place of the vocabulary.
    pub fn read(&mut self, token: usize) {
        let Self { weights, plan, tape, question, state, .. } = self;
        let mut input = Inputs::default();
        input.push([(token.min(weights.sizes().inputs.saturating_sub(1)), 1.0)]);
        plan.forward((&*weights).into(), state, &input, question, tape);
        for (variable, numbers) in state {
            if let Some(place) = plan.place(*variable) {
                let now = tape.values(plan, place);
                for (number, now) in numbers.iter_mut().zip(now.row(1)) {
                    *number = *now;
                }
            }
        }
        let logits = tape.output().logits.row(0);
        let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let likeliest = logits.iter().position(|&z| z == largest).unwrap_or_default();
        for (at, (p, z)) in self.probabilities.iter_mut().zip(logits).enumerate() {
            *p = if self.temperature > 0.0 {
                exp_of_minus((largest - z) / self.temperature)
            } else {
                f64::from(u8::from(at == likeliest))
            };
        }
        let sum: f64 = self.probabilities.iter().sum();
        for p in &mut self.probabilities {
            *p /= sum;
        }
    }

    /// How likely each token is to be written next: k numbers.
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// H after the last token, and C where there is a memory.
    pub fn state(&self) -> &[(Variable, Vec<f64>)] {
        &self.state
    }

    /// Draws the next token, reads it, and answers its place in the vocabulary.
    pub fn write(&mut self) -> usize {
        let mut left = self.random.fraction();
        let last = self.probabilities.len().saturating_sub(1);
        let drawn = self.probabilities.iter().position(|p| {
            left -= p;
            left < 0.0
        });
        let token = drawn.unwrap_or(last);
        self.read(token);
        token
    }
}
