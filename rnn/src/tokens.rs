//! From a text to a sequence of one-hot inputs.

use crate::{engine::Inputs, names::names, number::number};
use ndarray::Array1;
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::HashMap};
use thiserror::Error;
use unicode_segmentation::UnicodeSegmentation;

/// The most tokens a sequence may have.
pub const MOST_TOKENS: usize = 200;

/// The longest text that is read at all, in bytes of UTF-8.
pub const LONGEST_TEXT: usize = 20_000;

/// The largest number that a step may have, either sign.
pub const LARGEST_INPUT: f64 = 1e6;

/// The most numbers that a step may have.
pub const MOST_INPUTS: usize = 1000;

/// A time step, counted from 1 as in the formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step(usize);

impl Step {
    /// The first time step, t = 1.
    pub const FIRST: Self = Self(1);

    /// The step whose row in a T×… array is `index` (counted from 0).
    pub const fn from_index(index: usize) -> Self {
        Self(index + 1)
    }

    /// The row of this step in a T×… array, counted from 0.
    pub const fn index(self) -> usize {
        self.0 - 1
    }

    /// The number of the step as it is written, t.
    pub const fn number(self) -> usize {
        self.0
    }

    /// The step t − 1, if there is one.
    pub fn previous(self) -> Option<Self> {
        (self.0 > 1).then(|| Self(self.0 - 1))
    }

    /// The step t + 1; the caller knows whether the sequence has it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// All steps of a sequence of `steps` inputs, in order.
    pub fn all(steps: usize) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
        (0..steps).map(Self::from_index)
    }
}

/// What one token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StepUnit {
    /// What white space separates.
    Word,
    /// An extended grapheme cluster, white space included.
    Character,
    /// A number, or several joined by commas; white space separates the steps.
    Number,
}

impl StepUnit {
    /// Splits `text` into its tokens, lazily.
    pub fn split(self, text: &str) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Self::Word | Self::Number => Box::new(text.split_whitespace()),
            Self::Character => Box::new(text.graphemes(true)),
        }
    }
}

/// Why a text cannot become a sequence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TextError {
    /// There is no token in it.
    #[error("it is empty; type at least one token")]
    Empty,
    /// One token has no next token to predict.
    #[error("one token has no next token to predict; type at least two")]
    NothingToPredict,
    /// It is longer than [`LONGEST_TEXT`].
    #[error("it is longer than {LONGEST_TEXT} bytes; shorten it")]
    TooLong,
    /// It has more than [`MOST_TOKENS`] tokens.
    #[error("it has more than {MOST_TOKENS} tokens; shorten it")]
    TooManyTokens,
    /// A control character that is no white space, at `position` (characters, from 1).
    #[error("character {position} is the control character U+{code:04X}; remove it")]
    ControlCharacter {
        /// The code point.
        code: u32,
        /// Its place among the characters of the text, from 1.
        position: usize,
    },
    /// A mark or modifier with no character before it to attach to.
    #[error(
        "character {position} (U+{code:04X}) modifies a character, but none stands before it; remove it"
    )]
    LoneModifier {
        /// The code point.
        code: u32,
        /// Its place among the characters of the text, from 1.
        position: usize,
    },
    /// A step whose `part` is no number.
    #[error(
        "step {step}: {part:?} is no number; write each step as numbers joined by commas, as in 0.5 or 1,0"
    )]
    NotANumber {
        /// The step, from 1.
        step: usize,
        /// What should be a number.
        part: String,
    },
    /// A comma with no number on one side of it.
    #[error("step {step}: {token:?} has a comma too many; remove it")]
    CommaTooMany {
        /// The step, from 1.
        step: usize,
        /// The step as it is written.
        token: String,
    },
    /// A number that is too large, either sign.
    #[error(
        "step {step}: {part} is not possible; it must be between -{LARGEST_INPUT} and {LARGEST_INPUT}"
    )]
    TooLarge {
        /// The step, from 1.
        step: usize,
        /// The number as it is written.
        part: String,
    },
    /// A step with more or fewer numbers than the first.
    #[error(
        "step {step}: it has {found} numbers, but step 1 has {expected}; give every step as many"
    )]
    Ragged {
        /// The step, from 1.
        step: usize,
        /// How many it has.
        found: usize,
        /// How many the first has.
        expected: usize,
    },
    /// A step with more numbers than a network may have inputs.
    #[error("step 1: it has {found} numbers; it may have at most {MOST_INPUTS}")]
    TooManyNumbers {
        /// How many it has.
        found: usize,
    },
    /// A vocabulary for numbers.
    #[error("numbers have no vocabulary; remove it")]
    NoVocabulary,
    /// Numbers have no next token.
    #[error("numbers have no next token to predict; use the task `values`, or another `unit`")]
    NoNextToken,
    /// A token that the given vocabulary lacks.
    #[error("the token {token:?} is not in the vocabulary; add it there or change the text")]
    UnknownToken {
        /// The token.
        token: String,
    },
}

/// The most letters of a number that is shown as it was typed.
const LONGEST_NUMBER: usize = 7;

/// A token of `numbers` as it is shown.
fn with_short_numbers(token: &str, numbers: &[f64]) -> String {
    let shown = |(typed, value): (&str, &f64)| match value.abs() {
        _ if typed.chars().count() <= LONGEST_NUMBER => typed.to_owned(),
        0.0 | 5e-4.. => format!("{value:.3}"),
        _ => format!("{value:.2e}"),
    };
    token.split(',').zip(numbers).map(shown).collect::<Vec<_>>().join(",")
}

/// The inputs of a network: each token's place in the vocabulary.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sequence {
    tokens: Vec<String>,
    vocabulary: Vec<String>,
    inputs: Vec<usize>,
    names: Vec<String>,
    /// Where steps are numbers: those of each, and how they are shown.
    numbers: Option<Vec<Vec<f64>>>,
    shown: Vec<String>,
}

impl Sequence {
    /// Splits `text` into tokens and looks each one up.
    ///
    /// The text is brought to Unicode NFC first. Without a `vocabulary` the distinct tokens are
    /// the vocabulary, in order of their first appearance.
    ///
    /// # Errors
    ///
    /// Every [`TextError`] but [`TextError::NothingToPredict`], which depends on the task.
    pub fn read(
        text: &str,
        unit: StepUnit,
        vocabulary: Option<Vec<String>>,
    ) -> Result<Self, TextError> {
        if text.len() > LONGEST_TEXT {
            return Err(TextError::TooLong);
        }
        let text = to_nfc(text);
        check_characters(&text)?;
        let tokens: Vec<String> =
            unit.split(&text).take(MOST_TOKENS + 1).map(str::to_owned).collect();
        match tokens.len() {
            0 => return Err(TextError::Empty),
            1..=MOST_TOKENS => {}
            _ => return Err(TextError::TooManyTokens),
        }
        if unit == StepUnit::Number {
            if vocabulary.is_some() {
                return Err(TextError::NoVocabulary);
            }
            let numbers = read_numbers(&tokens)?;
            let each = tokens.iter().zip(&numbers);
            let shown = each.map(|(token, numbers)| with_short_numbers(token, numbers)).collect();
            return Ok(Self { tokens, numbers: Some(numbers), shown, ..Self::default() });
        }
        let open = vocabulary.is_none();
        let mut vocabulary = vocabulary.unwrap_or_default();
        let mut places: HashMap<String, usize> = vocabulary.iter().cloned().zip(0..).collect();
        let mut inputs = Vec::with_capacity(tokens.len());
        for token in &tokens {
            let place = match places.get(token) {
                Some(&place) => place,
                None if open => {
                    places.insert(token.clone(), vocabulary.len());
                    vocabulary.push(token.clone());
                    vocabulary.len() - 1
                }
                None => return Err(TextError::UnknownToken { token: token.clone() }),
            };
            inputs.push(place);
        }
        let names = names(&vocabulary);
        Ok(Self { tokens, vocabulary, inputs, names, ..Self::default() })
    }

    /// All tokens of the text, whether or not a task reads them as inputs.
    pub fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// The distinct tokens, d of them; numbers have none.
    pub fn vocabulary(&self) -> &[String] {
        &self.vocabulary
    }

    /// How each entry of the vocabulary is shown, so that no two look alike.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How each token is shown, beside [`Self::tokens`]; numbers of many digits with three decimals.
    pub fn token_names(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.tokens.iter().enumerate().map(|(index, token)| {
            let name = self.inputs.get(index).and_then(|&place| self.names.get(place));
            name.or(self.shown.get(index)).unwrap_or(token).as_str()
        })
    }

    /// The place in the vocabulary of each token, beside [`Self::tokens`]; numbers have none.
    pub fn indices(&self) -> &[usize] {
        &self.inputs
    }

    /// d, the length of an input.
    pub fn width(&self) -> usize {
        match &self.numbers {
            Some(numbers) => numbers.first().map_or(0, Vec::len),
            None => self.vocabulary.len(),
        }
    }

    /// What each entry of an input stands for: a token, or the place of a number, from 1.
    pub fn entries(&self) -> Cow<'_, [String]> {
        match &self.numbers {
            Some(_) => (1..=self.width()).map(|entry| entry.to_string()).collect(),
            None => Cow::Borrowed(&self.vocabulary),
        }
    }

    /// Whether the steps are numbers.
    pub fn is_numbers(&self) -> bool {
        self.numbers.is_some()
    }

    /// The input Xₜ, d numbers: those of the step; or 1 at the token's place and 0 elsewhere.
    pub fn input(&self, step: Step) -> Array1<f64> {
        let mut input = Array1::zeros(self.width());
        for (entry, number) in self.heard(step) {
            input[entry] = number;
        }
        input
    }

    /// The entries of Xₜ that count, with their numbers.
    pub fn heard(&self, step: Step) -> Vec<(usize, f64)> {
        match &self.numbers {
            Some(numbers) => {
                let numbers = numbers.get(step.index()).into_iter().flatten();
                numbers.copied().enumerate().collect()
            }
            None => self.inputs.get(step.index()).map(|&place| (place, 1.0)).into_iter().collect(),
        }
    }

    /// The inputs of the first `steps` steps.
    pub fn inputs(&self, steps: usize) -> Inputs {
        let mut inputs = Inputs::default();
        for step in Step::all(steps) {
            inputs.push(self.heard(step));
        }
        inputs
    }
}

/// The numbers of each step, as many in every one.
fn read_numbers(tokens: &[String]) -> Result<Vec<Vec<f64>>, TextError> {
    let mut steps: Vec<Vec<f64>> = Vec::with_capacity(tokens.len());
    for (step, token) in (1..).zip(tokens) {
        let parts: Vec<&str> = token.split(',').collect();
        if parts.len() > 1 && parts.contains(&"") {
            return Err(TextError::CommaTooMany { step, token: shortened(token) });
        }
        let numbers = parts.iter().map(|part| read_number(step, part));
        let numbers: Vec<f64> = numbers.collect::<Result<_, _>>()?;
        let (found, expected) = (numbers.len(), steps.first().map_or(numbers.len(), Vec::len));
        if found > MOST_INPUTS {
            return Err(TextError::TooManyNumbers { found });
        }
        if found != expected {
            return Err(TextError::Ragged { step, found, expected });
        }
        steps.push(numbers);
    }
    Ok(steps)
}

fn read_number(step: usize, part: &str) -> Result<f64, TextError> {
    match number(part) {
        Some(number) if number.abs() <= LARGEST_INPUT => Ok(number),
        Some(_) => Err(TextError::TooLarge { step, part: shortened(part) }),
        None => Err(TextError::NotANumber { step, part: shortened(part) }),
    }
}

/// Enough of a text for a message.
fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

/// `text` in Unicode normalization form C, where a letter and its marks are one character if there
/// is one.
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
pub(crate) fn to_nfc(text: &str) -> Cow<'_, str> {
    const { icu_normalizer::ComposingNormalizerBorrowed::new_nfc() }.normalize(text)
}

/// `text` in Unicode normalization form C, as every JavaScript engine computes it (ECMA-262): the
/// tables would be an eighth of the page.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub(crate) fn to_nfc(text: &str) -> Cow<'_, str> {
    Cow::Owned(js_sys::JsString::from(text).normalize("NFC").into())
}

/// Refuses what no learner means to type: control characters, and modifiers of nothing.
pub(crate) fn check_characters(text: &str) -> Result<(), TextError> {
    let mut after_gap = true;
    for (position, character) in (1..).zip(text.chars()) {
        let code = u32::from(character);
        if character.is_control() && !character.is_whitespace() {
            return Err(TextError::ControlCharacter { code, position });
        }
        if after_gap && is_modifier(character) {
            return Err(TextError::LoneModifier { code, position });
        }
        after_gap = character.is_whitespace();
    }
    Ok(())
}

/// Whether `character` only changes the one before it: a combining mark, a variation selector, an
/// emoji skin tone or the joiner of emoji sequences. Such a one joins the cluster of any letter.
fn is_modifier(character: char) -> bool {
    !character.is_ascii()
        && ['a', character].iter().collect::<String>().graphemes(true).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, unit: StepUnit) -> Result<Sequence, TextError> {
        Sequence::read(text, unit, None)
    }

    #[test]
    fn words_are_separated_by_white_space_and_counted_once() {
        let sequence = read("  the cat\tthe\ndog ", StepUnit::Word).unwrap();
        assert_eq!(sequence.tokens(), ["the", "cat", "the", "dog"]);
        assert_eq!(sequence.vocabulary(), ["the", "cat", "dog"]);
        assert_eq!(sequence.indices(), [0, 1, 0, 2]);
        assert_eq!(sequence.input(Step::from_index(3)).to_vec(), [0.0, 0.0, 1.0]);
    }

    #[test]
    fn a_character_is_a_grapheme_cluster_in_nfc() {
        let sequence = read("e\u{301}é👍🏽 \u{1100}\u{1161}", StepUnit::Character).unwrap();
        assert_eq!(sequence.tokens(), ["é", "é", "👍🏽", " ", "가"]);
        assert_eq!(sequence.indices(), [0, 0, 1, 2, 3]);
    }

    #[test]
    fn a_given_vocabulary_keeps_its_order_and_is_closed() {
        let given = || Some(vec!["b".to_owned(), "a".to_owned()]);
        let sequence = Sequence::read("a b", StepUnit::Word, given()).unwrap();
        assert_eq!(sequence.indices(), [1, 0]);
        assert_eq!(
            Sequence::read("a c", StepUnit::Word, given()),
            Err(TextError::UnknownToken { token: "c".to_owned() })
        );
    }

    #[test]
    fn numbers_of_many_digits_are_shown_short_and_computed_whole() {
        let text = "0.5,-1 −0.1467950940132141,12.3456789 0.00001234567,0.25000000";
        let sequence = read(text, StepUnit::Number).unwrap();
        let names: Vec<&str> = sequence.token_names().collect();
        assert_eq!(names, ["0.5,-1", "-0.147,12.346", "1.23e-5,0.250"]);
        assert_eq!(sequence.tokens().join(" "), text);
        assert_eq!(
            sequence.input(Step::from_index(1)).to_vec(),
            [-0.146_795_094_013_214_1, 12.345_678_9]
        );
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        use TextError::*;
        for unit in [StepUnit::Word, StepUnit::Character] {
            assert_eq!(read("", unit), Err(Empty));
            assert_eq!(read("a\u{7}", unit), Err(ControlCharacter { code: 7, position: 2 }));
            assert_eq!(read("🏽", unit), Err(LoneModifier { code: 0x1F3FD, position: 1 }));
            assert_eq!(read("a \u{301}b", unit), Err(LoneModifier { code: 0x301, position: 3 }));
            assert_eq!(read(&"a".repeat(1_000_000), unit), Err(TooLong));
        }
        assert_eq!(read(" \n", StepUnit::Word), Err(Empty));
        assert!(read(&"a ".repeat(200), StepUnit::Word).is_ok());
        assert_eq!(read(&"a ".repeat(201), StepUnit::Word), Err(TooManyTokens));
        assert!(read(&"a".repeat(200), StepUnit::Character).is_ok());
        assert_eq!(read(&"a".repeat(201), StepUnit::Character), Err(TooManyTokens));
    }
}
