//! What is wrong, and how to mend it.

use super::{Words, numbers::size};
use crate::rnn::{ExperimentError, TextError, tokens};

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
                self.problem_out_of_range(field, &size(*least), &size(*most))
            }
            ExperimentError::Overflow => self.problem_overflow().to_owned(),
            ExperimentError::NotWhole { most, .. } => self.problem_not_whole(&most.to_string()),
            ExperimentError::Malformed { .. } | ExperimentError::Shape { .. } => {
                self.problem_malformed(&problem.to_string())
            }
        }
    }

    fn text_problem(&self, problem: &TextError) -> String {
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
        }
    }
}
