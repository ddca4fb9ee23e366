//! Texts with numbers of the run in them.

use super::{
    expression::Expression,
    file::{Entry, Wrong},
    quantity::{Scope, StepName},
    state::Text,
};
use crate::{
    figure::numbers,
    rnn::number,
    text::{Language, particle},
};
use serde_json::Value;

/// A text in every language, in which names in braces stand for numbers of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Prose(Vec<Vec<Piece>>);

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Plain(String),
    Number(Expression, Format),
    Token(StepName),
    /// What the network of the training writes after so many updates, at a temperature.
    Written(usize, f64),
    /// A Korean particle, as it follows a consonant and a vowel.
    Particle(String, String),
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// With four digits, or as it is where it counts.
    Usual,
    /// With so many decimals.
    Decimals(usize),
    /// In hundredths, with so many decimals.
    Percent(usize),
}

impl Format {
    fn read(text: &str) -> Result<Self, String> {
        let digits = |text: &str| text.parse().ok().filter(|&digits| digits <= 9);
        let read = match text.strip_suffix('%') {
            Some("") => Some(Self::Percent(0)),
            Some(text) => digits(text).map(Self::Percent),
            None => digits(text).map(Self::Decimals),
        };
        read.ok_or_else(|| format!("`{text}` is no way to write a number: 2, % or 1%"))
    }

    fn written(self, expression: &Expression, value: f64) -> String {
        let fixed = |value: f64, digits| format!("{value:.digits$}").replace('-', "−");
        match self {
            Self::Usual => expression.written(value),
            _ if !value.is_finite() => numbers::plain(value),
            Self::Decimals(digits) => fixed(value, digits),
            Self::Percent(digits) => format!("{}\u{a0}%", fixed(100.0 * value, digits)),
        }
    }
}

impl Prose {
    /// The text in `language` with the numbers of the run in it.
    ///
    /// # Errors
    ///
    /// The name that the run has no number for.
    pub fn filled(&self, scope: &Scope<'_>) -> Result<String, String> {
        let mut result = String::new();
        for piece in self.of(scope.language) {
            match piece {
                Piece::Plain(text) => result.push_str(text),
                Piece::Number(expression, format) => {
                    let value = expression.value(scope);
                    let value = value.ok_or_else(|| expression.letters(scope))?;
                    result.push_str(&format.written(expression, value));
                }
                Piece::Token(name) => {
                    let step = name.step(scope).ok_or("a token that is not there")?;
                    let token = scope.trace.experiment().sequence().tokens().get(step.index());
                    result.push_str(token.map_or("", String::as_str));
                }
                Piece::Written(updates, temperature) => {
                    let wrong = || format!("text after {updates} updates");
                    let school = scope.schools.first().ok_or_else(wrong)?;
                    let written = school.written(*updates, *temperature).ok_or_else(wrong)?;
                    result.push_str(&written);
                }
                Piece::Particle(with, without) => {
                    let particle = particle(&result, with, without).into_owned();
                    result.push_str(&particle);
                }
            }
        }
        Ok(result)
    }

    /// How many words it has in `language`.
    pub fn words(&self, language: Language) -> usize {
        let words = |piece: &Piece| match piece {
            Piece::Plain(text) => text.split_whitespace().count(),
            _ => 0,
        };
        self.of(language).iter().map(words).sum()
    }

    fn of(&self, language: Language) -> &[Piece] {
        let place = Language::ALL.iter().position(|&known| known == language);
        place.and_then(|place| self.0.get(place)).map_or(&[], Vec::as_slice)
    }
}

/// The pieces of a text.
fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("a brace is never closed")?;
        if !before.is_empty() {
            pieces.push(Piece::Plain(before.to_owned()));
        }
        pieces.push(piece(name.trim())?);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest.to_owned()));
    }
    Ok(pieces)
}

fn piece(name: &str) -> Result<Piece, String> {
    if let Some(step) = name.strip_prefix("token ") {
        return StepName::read(step.trim()).map(Piece::Token);
    }
    if let Some(written) = name.strip_prefix("written ") {
        let wrong =
            || format!("`{name}` is not like `written 40 0.7`, an update and a temperature");
        let (updates, temperature) = written.trim().split_once(' ').ok_or_else(wrong)?;
        let read = updates.parse().ok().zip(number(temperature.trim()));
        return read.map(|(at, heat)| Piece::Written(at, heat)).ok_or_else(wrong);
    }
    match name.split_once('/') {
        Some((with, without)) if !name.contains(char::is_whitespace) => {
            Ok(Piece::Particle(with.to_owned(), without.to_owned()))
        }
        _ => {
            let (name, format) = match name.rsplit_once(" : ") {
                Some((name, format)) => (name, Format::read(format.trim())?),
                None => (name, Format::Usual),
            };
            Expression::read(name).map(|expression| Piece::Number(expression, format))
        }
    }
}

impl Entry for Prose {
    fn read(value: Value) -> Result<Self, Wrong> {
        let read = |(text, language): (&String, Language)| {
            pieces(text).map_err(|wrong| format!("{}: {wrong}", language.code()))
        };
        let text = Text::read(value)?;
        Ok(Self(text.all().iter().zip(Language::ALL).map(read).collect::<Result<_, _>>()?))
    }
}

impl Prose {
    /// Reads one as a chapter has it.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn from_file(texts: Value) -> Result<Self, String> {
        Self::read(texts).map_err(|wrong| wrong.problem)
    }
}
