//! What is wrong, and how to mend it.

use super::{Words, numbers::plain};
use crate::rnn::{ExperimentError, Parameter, TextError, tokens};

impl Words {
    /// What is wrong with an experiment.
    pub fn problem(&self, problem: &ExperimentError) -> String {
        match problem {
            ExperimentError::Text(text) => self.text_problem(text),
            ExperimentError::ListLength { least, most, .. } => {
                self.problem_list_length(*least, *most)
            }
            ExperimentError::RepeatedEntry { entry, .. } => self.problem_repeated_entry(entry),
            ExperimentError::EmptyEntry { number, .. } => self.problem_empty_entry(*number),
            ExperimentError::OutOfRange { field, least, most, .. } => {
                let name = self.control(field);
                match (*least, *most) {
                    (f64::MIN_POSITIVE, f64::MAX) => self.problem_not_positive(&name),
                    (least, f64::MAX) => self.problem_too_small(&name, &bound(least)),
                    (least, most) => self.problem_out_of_range(&name, &bound(least), &bound(most)),
                }
            }
            ExperimentError::Overflow { .. } => self.problem_overflow().to_owned(),
            ExperimentError::NotATarget { step, found } => self.problem_not_target(found, *step),
            ExperimentError::NotNumbers { found, .. } => self.problem_not_numbers(found),
            ExperimentError::TargetCount { found, expected } => {
                self.problem_target_count(*found, *expected)
            }
            ExperimentError::NoTarget => self.problem_no_target().to_owned(),
            ExperimentError::TargetLength { entry, found, expected } => {
                self.problem_target_length(*entry, *found, *expected)
            }
            ExperimentError::InitialLength { found, expected, .. } => {
                self.problem_initial_length(*found, *expected)
            }
            ExperimentError::NotWhole { most, .. } => self.problem_not_whole(&most.to_string()),
            ExperimentError::Malformed { .. }
            | ExperimentError::Shape { .. }
            | ExperimentError::MissingTensor { .. }
            | ExperimentError::OtherCell { .. } => self.problem_malformed(&problem.to_string()),
            ExperimentError::NoSuchPart { field, cell, .. } => {
                self.problem_no_such_part(self.cell(*cell), &self.control(field))
            }
        }
    }

    /// What a number of an experiment file is called on the page, by its field.
    fn control(&self, field: &str) -> String {
        match field {
            field if field.starts_with("task.target") => self.target().to_owned(),
            field if field.starts_with("initial.h") => format!("{} H⁽⁰⁾", self.start_state()),
            field if field.starts_with("initial.c") => format!("{} C⁽⁰⁾", self.start_state()),
            "hidden" => self.units().to_owned(),
            "spectral_radius" => self.spectral_radius().to_owned(),
            "keep_bias" => self.keep_bias().to_owned(),
            "learning_rate" => self.learning_rate().to_owned(),
            "truncation" => self.truncation_window().to_owned(),
            "clip_norm" => self.clipping_threshold().to_owned(),
            _ => self.weight_of(field).unwrap_or_else(|| field.to_owned()),
        }
    }

    /// The name of a field such as `weights.w1h row 2 column 3`.
    fn weight_of(&self, field: &str) -> Option<String> {
        let (name, place) = field.strip_prefix("weights.")?.split_once(" row ")?;
        let (row, column) = place.split_once(" column ")?;
        let parameter = Parameter::named(name)?;
        Some(self.weight_in_file(&parameter.symbol(), row, column))
    }

    pub(super) fn text_problem(&self, problem: &TextError) -> String {
        let hexadecimal = |code: u32| format!("{code:04X}");
        match problem {
            TextError::Empty => self.problem_empty().to_owned(),
            TextError::NothingToPredict => self.problem_nothing_to_predict().to_owned(),
            TextError::TooLong => self.problem_too_long().to_owned(),
            TextError::TooManyTokens => self.problem_too_many_tokens(tokens::MOST_TOKENS),
            TextError::ControlCharacter { code, position } => {
                self.problem_control_character(*position, &hexadecimal(*code))
            }
            TextError::LoneModifier { code, position } => {
                self.problem_lone_modifier(*position, &hexadecimal(*code))
            }
            TextError::UnknownToken { token } => self.problem_unknown_token(token),
            TextError::NotANumber { step, part } => self.problem_not_a_number(part, *step),
            TextError::CommaTooMany { step, token } => self.problem_comma(token, *step),
            TextError::TooLarge { step, part } => self.problem_number_too_large(part, *step),
            TextError::Ragged { step, found, expected } => {
                self.problem_ragged(*step, *found, *expected)
            }
            TextError::TooManyNumbers { .. } => self.problem_too_many_numbers(tokens::MOST_INPUTS),
            TextError::NoVocabulary => self.problem_no_vocabulary().to_owned(),
            TextError::NoNextToken => self.problem_no_next_token().to_owned(),
        }
    }
}

/// The least or the most that a number can be: whole, where it is.
fn bound(value: f64) -> String {
    if value.fract() == 0.0 { value.to_string().replace('-', "−") } else { plain(value) }
}
