//! Reads a training as JSON from standard input, makes its updates, and prints each with the weights
//! after the last one as JSON.
//!
//! On bad input it prints one line that names the field, and ends with exit code 2.

use std::{
    io::{Read, Write},
    process::ExitCode,
};
use unrolled::rnn::train::Training;

/// The longest input that is read, in bytes.
const LONGEST_INPUT: u64 = 32 << 20;

fn main() -> ExitCode {
    match run() {
        Ok(trained) => match writeln!(std::io::stdout(), "{trained}") {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => fail(&format!("standard output: {error}")),
        },
        Err(message) => fail(&message),
    }
}

fn run() -> Result<String, String> {
    let mut input = Vec::new();
    std::io::stdin()
        .take(LONGEST_INPUT + 1)
        .read_to_end(&mut input)
        .map_err(|error| format!("standard input: {error}"))?;
    if input.len() as u64 > LONGEST_INPUT {
        return Err(format!("standard input: it is longer than {LONGEST_INPUT} bytes"));
    }
    let json = String::from_utf8(input).map_err(|error| {
        format!("standard input: it must be UTF-8, but has an {}", error.utf8_error())
    })?;
    let (mut training, updates) = Training::from_json(&json).map_err(|error| error.to_string())?;
    training.trained_json(updates).map_err(|error| error.to_string())
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{}", message.replace('\n', " "));
    ExitCode::from(2)
}
