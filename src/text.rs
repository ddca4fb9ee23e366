//! Every sentence that a learner reads, in every language.
//!
//! A language is a file in the folder `text`, which the build script checks and makes into a table
//! of sentences: one value of [`Words`]. An entry `lab-check` there is [`Words::lab_check`] here,
//! and what is filled into it are the arguments. The modules choose which sentence is said, once for
//! all languages.

mod chain;
mod examples;
mod glossary;
mod laboratory;
mod lines;
mod marks;
mod model;
mod names;
mod particle;
pub mod pattern;
mod problem;
mod stage;
mod training;

pub use crate::figure::numbers;

pub use examples::Example;
pub use glossary::Term;
pub use names::LaneWords;
pub use particle::particle;
pub use training::SetWords;

use crate::rnn::{
    Experiment, ExperimentError, Settings, StepUnit, Task, experiment::DEFAULT_SPECTRAL_RADIUS,
};
use marks::FORMULA;
use pattern::Value;
use std::{iter, sync::OnceLock};

/// A language of the page; English, unless another is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Language(usize);

/// All sentences in one language.
#[derive(Debug)]
pub struct Words {
    /// The letter of the plural category of each count.
    plurals: &'static str,
    first_seed: u64,
    sentences: [&'static str; SENTENCES],
}

// `Language::ALL`, `CODES`, `NAMES`, `SENTENCES`, `BUILT_IN` with what a page brings along, which is
// English if it is a published one, and a method of `Words` for each sentence.
include!(concat!(env!("OUT_DIR"), "/language.rs"));

/// What has been fetched.
static BROUGHT: [OnceLock<Words>; Language::ALL.len()] =
    [const { OnceLock::new() }; Language::ALL.len()];

impl Language {
    /// The language of a code (BCP 47), or of the more general one that it begins with: `ko` for
    /// `ko-KR`. None, if the page does not speak it.
    pub fn from_code(code: &str) -> Option<Self> {
        let spoken = |code: &str| {
            Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
        };
        iter::successors(Some(code), |code| Some(code.rsplit_once('-')?.0)).find_map(spoken)
    }

    /// The code of the language (BCP 47).
    pub fn code(self) -> &'static str {
        CODES[self.0]
    }

    /// What the language calls itself.
    pub fn name(self) -> &'static str {
        NAMES[self.0]
    }

    fn sentences(self) -> Option<&'static Words> {
        BUILT_IN.get(self.0).or_else(|| BROUGHT[self.0].get())
    }

    /// Whether its sentences are there.
    pub fn is_there(self) -> bool {
        self.sentences().is_some()
    }

    /// The sentences of the language; those of English before they are there.
    pub fn words(self) -> &'static Words {
        self.sentences().unwrap_or(&BUILT_IN[0])
    }

    /// Takes in its sentences, which have been fetched, as the build writes them.
    ///
    /// # Errors
    ///
    /// Why they are no such sentences.
    pub fn bring(self, file: &str) -> Result<(), String> {
        let (plurals, first_seed, sentences): (String, u64, Vec<String>) =
            serde_json::from_str(file).map_err(|error| error.to_string())?;
        // They stay as long as the page does.
        let lasting = |text: String| -> &'static str { text.leak() };
        let sentences: Vec<&str> = sentences.into_iter().map(lasting).collect();
        let sentences = <[&str; SENTENCES]>::try_from(sentences)
            .map_err(|other| format!("{} sentences instead of {SENTENCES}", other.len()))?;
        // Whoever asked twice has the first.
        BROUGHT[self.0].get_or_init(|| Words { plurals: lasting(plurals), first_seed, sentences });
        Ok(())
    }

    /// The experiment on the first frame.
    ///
    /// # Errors
    ///
    /// None in fact: a test makes the experiment of each language.
    pub fn first_experiment(self) -> Result<Experiment, ExperimentError> {
        let words = self.words();
        Experiment::new(Settings {
            seed: Some(words.first_seed),
            spectral_radius: Some(DEFAULT_SPECTRAL_RADIUS),
            ..Settings::new(words.first_text(), StepUnit::Word, Task::binary(false))
        })
    }
}

/// `text` with its formulas marked for the page that stand between backticks in a file; none where
/// one of them has no end.
pub fn marked(text: &str) -> Option<String> {
    text.matches('`').count().is_multiple_of(2).then(|| text.replace('`', &FORMULA.to_string()))
}

/// A formula in letters as a part of a sentence.
pub fn formula(letters: &str) -> String {
    format!("{FORMULA}{letters}{FORMULA}")
}

/// The parts of a sentence in turn: text, a formula, text, and so on.
pub fn parts(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split(FORMULA)
}

/// A sentence in letters alone, for where formulas cannot be set: labels, tooltips, files.
pub fn plain(sentence: &str) -> String {
    sentence.replace(FORMULA, "")
}

impl Words {
    /// The seed with which the first text shows an error that visibly fades on its way back.
    pub fn first_seed(&self) -> u64 {
        self.first_seed
    }

    /// The labels that a task of several begins with.
    pub fn first_labels(&self) -> Vec<String> {
        [self.label_negative(), self.label_neutral(), self.label_positive()]
            .map(str::to_owned)
            .to_vec()
    }

    fn filled(&self, sentence: usize, values: &[Value<'_>]) -> String {
        pattern::fill(self.sentences[sentence], self.plurals, values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rnn::{Trace, Variable, weights};

    /// Whether the error visibly fades on its way back through a run whose numbers can be read.
    fn fades(experiment: Experiment) -> bool {
        let trace = Trace::of(experiment);
        let norms: Vec<f64> = (trace.state_errors().rows().into_iter())
            .map(|row| weights::norm(row.iter().copied()))
            .collect();
        let errors = trace.errors(Variable::Z1).unwrap();
        let states = trace.states();
        norms.windows(2).all(|pair| pair[0] < 0.95 * pair[1])
            && norms[0] < 0.1 * norms[norms.len() - 1]
            && (states.iter().skip(trace.units()))
                .chain(&errors)
                .all(|value| (0.005..0.955).contains(&value.abs()))
    }

    #[test]
    fn the_first_frame_shows_an_error_that_fades() {
        for language in Language::ALL {
            let experiment = language.first_experiment().unwrap();
            let with = |seed| {
                let settings = experiment.settings().clone();
                Experiment::new(Settings { seed: Some(seed), ..settings }).unwrap()
            };
            let seed = language.words().first_seed();
            assert!(
                fades(with(seed)),
                "text/{}.ftl: with first-seed = {seed} the error does not fade; choose {:?}",
                language.code(),
                (0..100_000).find(|&seed| fades(with(seed)))
            );
        }
    }

    #[test]
    fn a_language_is_found_by_its_code() {
        let code = |asked| Language::from_code(asked).map(Language::code);
        assert_eq!(code("ko-KR"), Some("ko"));
        assert_eq!(code("zh-Hant-TW"), None);
        assert_eq!(code("EN"), Some("en"));
        assert_eq!(code("fr"), None);
        assert_eq!(code(""), None);
        assert_eq!(Language::default().code(), "en");
    }
}
