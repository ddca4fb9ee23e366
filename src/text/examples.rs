//! Experiments that show something, in every language.

use super::{Language, Words};
use crate::rnn::{Cell, Experiment, ExperimentError, Parameter, Settings, StepUnit, Targets, Task};

/// An experiment to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Example {
    /// The one on the first frame.
    First,
    /// Every step predicts the next letter.
    NextLetter,
    /// The error vanishes, because W₁ₕ is small.
    SmallWeights,
    /// The error vanishes, because tanh is saturated.
    Saturated,
    /// The error explodes.
    Exploding,
    /// An LSTM carries the error back along its cell state.
    Carried,
    /// Numbers instead of words, each step with a target of its own.
    Parity,
}

impl Example {
    /// All examples, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::First,
        Self::NextLetter,
        Self::SmallWeights,
        Self::Saturated,
        Self::Exploding,
        Self::Carried,
        Self::Parity,
    ];

    /// The experiment in `language`.
    ///
    /// # Errors
    ///
    /// None in fact: a test makes every one.
    pub fn experiment(self, language: Language) -> Result<Experiment, ExperimentError> {
        let words = language.words();
        let first = language.first_experiment()?.settings().clone();
        let settings = match self {
            Self::First => first,
            Self::NextLetter => Settings {
                text: words.letters_text().to_owned(),
                unit: StepUnit::Character,
                task: Task::NextToken,
                hidden: 8,
                ..first
            },
            Self::SmallWeights => Settings { spectral_radius: Some(0.25), ..first },
            Self::Saturated => {
                return with_inputs(Settings { spectral_radius: Some(1.2), ..first }, 5.0);
            }
            Self::Exploding => {
                let text = words.long_text().to_owned();
                let settings = Settings { text, spectral_radius: Some(1.4), hidden: 6, ..first };
                return with_inputs(settings, 0.005);
            }
            Self::Carried => Settings {
                text: words.long_text().to_owned(),
                cell: Cell::Lstm,
                keep_bias: Some(3.0),
                ..first
            },
            Self::Parity => {
                let bits = [1, 0, 1, 1, 0, 1];
                let odd = bits.iter().scan(0, |ones, bit| {
                    *ones += bit;
                    Some(Some(*ones % 2 == 1))
                });
                Settings {
                    text: bits.map(|bit| bit.to_string()).join(" "),
                    unit: StepUnit::Number,
                    task: Task::Binary { targets: Targets::Each(odd.collect()) },
                    ..first
                }
            }
        };
        Experiment::new(settings)
    }
}

impl Words {
    /// Whether `text` is a film review of the language's own, whose target has a meaning.
    pub fn is_review(&self, text: &str) -> bool {
        [self.first_text(), self.long_text()].contains(&text)
    }

    /// What the network is asked about a text, as the label of its target: of an example what is meant, of any
    /// other text what can be asked of every text.
    pub fn question(&self, settings: &Settings) -> &'static str {
        let Settings { text, task, unit, .. } = settings;
        match (task, unit) {
            (Task::Binary { .. }, _) if self.is_review(text) => self.review_question(),
            (Task::Binary { .. }, _) => self.binary_question(),
            (Task::Classes { .. }, _) => self.classes_question(),
            (Task::Values { .. }, _) => self.values_question(),
            (Task::NextToken, StepUnit::Word | StepUnit::Number) => self.word_question(),
            (Task::NextToken, StepUnit::Character) if text == self.letters_text() => {
                self.letter_question()
            }
            (Task::NextToken, StepUnit::Character) => self.character_question(),
        }
    }

    /// What a target means, where that is known.
    pub fn target_meaning(&self, settings: &Settings, target: usize) -> Option<&'static str> {
        let known = matches!(settings.task, Task::Binary { .. }) && self.is_review(&settings.text);
        known.then(|| if target == 0 { self.review_no() } else { self.review_yes() })
    }
}

/// The experiment of `settings` with its W₁ₓ made `factor` times as large.
fn with_inputs(settings: Settings, factor: f64) -> Result<Experiment, ExperimentError> {
    let mut weights = Experiment::new(settings.clone())?.weights().clone();
    let mut from_input = weights.matrix_mut(Parameter::W1X);
    from_input *= factor;
    Experiment::new(Settings { weights: Some(weights), ..settings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rnn::{Norm, Step, Trace, Variable, weights};
    use crate::{
        session::{Derived, Forecast, Verdict},
        text::numbers,
    };

    /// ‖∂L/∂H⁽¹⁾‖ by ‖∂L/∂H‖ of the last step, and the shares of W₁ₕ and of saturation in the
    /// logarithm of the chain between them.
    fn fate(example: Example, language: Language) -> (f64, f64, f64) {
        let trace = Trace::of(example.experiment(language).unwrap());
        let norm = |row: usize| weights::norm(trace.state_errors().row(row).iter().copied());
        let links = trace.chain(Step::from_index(trace.steps() - 1));
        let whole = links.last().unwrap();
        let ratio = norm(0) / norm(trace.steps() - 1);
        let log = |norm: Option<Norm>| norm.and_then(Norm::log).unwrap();
        (ratio, log(Some(whole.norm_of_weights)), log(whole.norm_of_saturation()))
    }

    #[test]
    fn every_example_has_its_question_and_another_text_a_neutral_one() {
        for language in Language::ALL {
            let words = language.words();
            let asked = |change: &dyn Fn(&mut Settings), example: Example| {
                let mut settings = example.experiment(language).unwrap().settings().clone();
                change(&mut settings);
                words.question(&settings)
            };
            let classes = Task::classes(vec!["a".to_owned(), "b".to_owned()], 0);
            for example in Example::ALL {
                let (own, neutral) = match example {
                    Example::NextLetter => (words.letter_question(), words.character_question()),
                    Example::Parity => (words.binary_question(), words.binary_question()),
                    _ => (words.review_question(), words.binary_question()),
                };
                assert_eq!(asked(&|_| {}, example), own);
                assert_eq!(asked(&|settings| settings.text.push('a'), example), neutral);
                assert_eq!(
                    asked(&|settings| settings.task = classes.clone(), example),
                    words.classes_question()
                );
            }
            let words_asked = asked(&|settings| settings.task = Task::NextToken, Example::First);
            assert_eq!(words_asked, words.word_question());
            let review = language.first_experiment().unwrap().settings().clone();
            assert_eq!(words.target_meaning(&review, 1), Some(words.review_yes()));
            let other = Settings { text: "a b".to_owned(), ..review };
            assert_eq!(words.target_meaning(&other, 1), None);
        }
    }

    #[test]
    fn examples_do_what_their_names_say() {
        for language in Language::ALL {
            let (ratio, weights, saturation) = fate(Example::SmallWeights, language);
            assert!(ratio < 1e-3, "{ratio}");
            assert!(weights < 0.5 * (weights + saturation), "{weights} {saturation}");
            let (ratio, weights, saturation) = fate(Example::Saturated, language);
            assert!(ratio < 1e-3, "{ratio}");
            assert!(weights > 0.0 && saturation < 1e-3_f64.ln(), "{weights} {saturation}");
            let (ratio, weights, saturation) = fate(Example::Exploding, language);
            assert!(ratio > 10.0, "{ratio}");
            assert!(
                weights > 10.0_f64.ln() && saturation.abs() < weights,
                "{weights} {saturation}"
            );
            let carried = Example::Carried.experiment(language).unwrap();
            let plain =
                Settings { cell: Cell::Tanh, keep_bias: None, ..carried.settings().clone() };
            let share = |experiment: Experiment, of: Variable| {
                let trace = Trace::of(experiment);
                let norm =
                    |row: usize| weights::norm(trace.errors(of).unwrap().row(row).iter().copied());
                norm(0) / norm(trace.steps() - 1)
            };
            let (lstm, tanh) = (
                share(carried, Variable::Memory),
                share(Experiment::new(plain).unwrap(), Variable::State),
            );
            assert!(lstm > 0.25 && lstm > 10.0 * tanh, "{lstm} {tanh}");
            // What becomes of the gradient of the run is said beside the bound, and of an update that is far
            // too large that the loss cannot fall so far.
            let words = language.words();
            let first = Trace::of(language.first_experiment().unwrap());
            let chain = first.chain(Step::from_index(first.steps() - 1));
            let norm = |row: usize| weights::norm(first.state_errors().row(row).iter().copied());
            let ratio = numbers::size(norm(0) / norm(first.steps() - 1));
            assert!(words.chain_reason(chain.last(), &first).contains(&ratio), "{ratio}");
            let exploding = Trace::of(Example::Exploding.experiment(language).unwrap());
            let verdict = |trace: &Trace| Forecast::of(trace).verdict();
            assert_eq!(verdict(&exploding), Some(Verdict::Beyond));
            assert_eq!(verdict(&first), Some(Verdict::Agrees));
            let parity = Example::Parity.experiment(language).unwrap();
            let targets: Vec<usize> = Step::all(6).map(|step| parity.target(step)).collect();
            assert_eq!(targets, [1, 1, 0, 1, 1, 0]);
            for example in Example::ALL {
                assert!(example.experiment(language).is_ok());
            }
        }
    }
}
