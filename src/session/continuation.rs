//! What a next-token network expects after its text, and the text with a token more.

use super::Run;
use crate::rnn::{StepUnit, Task, train::Sampler};

/// What comes after the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Continuation {
    /// The places of all tokens in the vocabulary, each with its probability, the likeliest first.
    pub expected: Vec<(usize, f64)>,
    /// The place of the token that is drawn.
    pub drawn: usize,
    /// The text with that token behind it.
    pub text: String,
}

impl Run {
    /// What comes after the text, drawn at a `temperature` by a `seed`; at temperature 0 it is the
    /// likeliest token. None where no token is asked for.
    ///
    /// The last token of the text is the target of the last step, so it is read here for the first time.
    pub fn continuation(&self, temperature: f64, seed: u64) -> Option<Continuation> {
        let experiment = self.experiment();
        let (settings, sequence) = (experiment.settings(), experiment.sequence());
        if settings.task != Task::NextToken {
            return None;
        }
        let reading = |temperature: f64| {
            // Each token of the text has a draw of its own.
            let seed = seed.wrapping_add(sequence.indices().len() as u64);
            let weights = experiment.weights().clone();
            let mut sampler = Sampler::new(experiment.cell(), weights, temperature, seed)
                .starting_from(experiment.start());
            sequence.indices().iter().for_each(|&token| sampler.read(token));
            sampler
        };
        let mut expected: Vec<(usize, f64)> =
            reading(1.0).probabilities().iter().copied().enumerate().collect();
        expected.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let drawn = reading(temperature).write();
        let token = sequence.vocabulary().get(drawn)?;
        let text = match settings.unit {
            StepUnit::Character => format!("{}{token}", settings.text),
            StepUnit::Word | StepUnit::Number => format!("{} {token}", settings.text.trim_end()),
        };
        Some(Continuation { expected, drawn, text })
    }
}
