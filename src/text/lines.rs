//! What is wrong with a line of a person's own sequences, and how to mend it.

use super::Words;
use crate::rnn::{
    experiment::MOST_ENTRIES,
    train::{BadLine, ExampleError, MOST_SEQUENCES},
};

impl Words {
    /// What is wrong with a line, with its number.
    pub fn bad_line(&self, bad: &BadLine) -> String {
        self.line_of(bad.line, &self.example_problem(&bad.error))
    }

    fn example_problem(&self, error: &ExampleError) -> String {
        match error {
            ExampleError::Text(text) => self.text_problem(text),
            ExampleError::NoTab => self.line_no_tab().to_owned(),
            ExampleError::TabTooMany { .. } => self.line_tabs().to_owned(),
            ExampleError::TabForNext => self.line_tab_for_next().to_owned(),
            ExampleError::NoTarget => self.line_no_target().to_owned(),
            ExampleError::NotBinary { found } => self.line_not_binary(found),
            ExampleError::NotANumber { found } => self.line_not_a_number(found),
            ExampleError::TargetCount { found, expected } => {
                self.line_target_count(*found, *expected)
            }
            ExampleError::TargetLength { found, expected } => {
                self.line_target_length(*found, *expected)
            }
            ExampleError::NoSuchOutput { found, last } => self.line_no_such_output(*found, *last),
            ExampleError::Width { found, expected } => self.line_width(*found, *expected),
            ExampleError::TooManyTokens => self.line_many_tokens(MOST_ENTRIES),
            ExampleError::TooManyLabels => self.line_many_targets(MOST_ENTRIES),
            ExampleError::OneLabel { label } => self.line_one_target(label),
            ExampleError::TooMany => self.line_too_many(MOST_SEQUENCES),
        }
    }
}
