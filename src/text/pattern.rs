//! Fills values into a sentence.

use super::{
    marks::{ARGUMENT, CASE, COUNTS, END, OR, PARTICLE, SELECT},
    particle::particle,
};
use std::{borrow::Cow, str::Chars};

/// What is filled into a sentence.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A whole number.
    Number(usize),
    /// A text, such as a token, or a number as [`numbers`](super::numbers) writes it.
    Text(&'a str),
}

/// The sentence of `pattern` with `values` in it, in the language whose counts have the plural
/// categories `plurals`, a letter each.
pub fn fill(pattern: &str, plurals: &str, values: &[Value<'_>]) -> String {
    let mut said = String::new();
    Reader { rest: pattern.chars(), plurals, values }.read(&mut said);
    said
}

struct Reader<'a> {
    rest: Chars<'a>,
    plurals: &'a str,
    values: &'a [Value<'a>],
}

impl<'a> Reader<'a> {
    /// Reads to the end of a pattern, and says whether another one can follow.
    fn read(&mut self, said: &mut String) -> bool {
        while let Some(next) = self.rest.next() {
            match next {
                ARGUMENT => said.push_str(&self.text()),
                PARTICLE => {
                    let before = self.text();
                    let (with, without) = (self.until(OR), self.until(END));
                    said.push_str(&particle(&before, with, without));
                }
                SELECT => self.select(said),
                CASE => return true,
                END => return false,
                _ => said.push(next),
            }
        }
        false
    }

    /// Reads all cases, and says the first that fits.
    fn select(&mut self, said: &mut String) {
        let count = match self.value() {
            Some(Value::Number(count)) => count,
            _ => 0,
        };
        let mut is_said = false;
        let mut follows = self.rest.next() == Some(CASE);
        while follows {
            let key = self.until(OR);
            let fits = !is_said && self.fits(key, count);
            let mut skipped = String::new();
            follows = self.read(if fits { said } else { &mut skipped });
            is_said |= fits;
        }
    }

    fn fits(&self, key: &str, count: usize) -> bool {
        let row = if count < COUNTS { count } else { COUNTS - 100 + count % 100 };
        let category = self.plurals.get(row..=row).unwrap_or_default();
        key.is_empty() || key == category || key.parse() == Ok(count)
    }

    /// The value that the next character stands for.
    fn value(&mut self) -> Option<Value<'a>> {
        let index = (self.rest.next()? as usize).checked_sub('0' as usize)?;
        self.values.get(index).copied()
    }

    fn text(&mut self) -> Cow<'a, str> {
        match self.value() {
            Some(Value::Text(text)) => text.into(),
            Some(Value::Number(number)) => number.to_string().into(),
            None => "".into(),
        }
    }

    /// The text up to a mark, which is left behind.
    fn until(&mut self, mark: char) -> &'a str {
        let (text, rest) = self.rest.as_str().split_once(mark).unwrap_or_default();
        self.rest = rest.chars();
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Value::*, *};

    #[test]
    fn values_stand_where_the_sentence_has_them() {
        let pattern = format!("{ARGUMENT}1 of {ARGUMENT}0, {ARGUMENT}1");
        assert_eq!(fill(&pattern, "", &[Number(7), Text("x")]), "x of 7, x");
    }

    #[test]
    fn the_first_case_that_fits_is_said() {
        let pattern = format!(
            "a {SELECT}0{CASE}0{OR}none{CASE}o{OR}one {SELECT}1{CASE}2{OR}two{CASE}{OR}more{END}{CASE}{OR}{ARGUMENT}0{END} b"
        );
        let said = |a, b| fill(&pattern, "xoxx", &[Number(a), Number(b)]);
        assert_eq!(said(0, 2), "a none b");
        assert_eq!(said(1, 2), "a one two b");
        assert_eq!(said(1, 9), "a one more b");
        assert_eq!(said(3, 9), "a 3 b");
    }

    #[test]
    fn a_count_past_the_table_goes_by_its_last_two_digits() {
        let plurals: String =
            (0..COUNTS).map(|n| if n % 10 == 1 && n % 100 != 11 { 'o' } else { 'x' }).collect();
        let pattern = format!("{SELECT}0{CASE}o{OR}one{CASE}{OR}other{END}");
        let said = |count| fill(&pattern, &plurals, &[Number(count)]);
        assert_eq!(
            [1, 11, 21, 111, 121, 1011, 1021].map(said),
            ["one", "other", "one", "other", "one", "other", "one"]
        );
    }

    #[test]
    fn a_particle_goes_by_the_value_before_it() {
        let pattern = format!("‘{ARGUMENT}0’{PARTICLE}0은{OR}는{END} 토큰");
        assert_eq!(fill(&pattern, "", &[Text("영화")]), "‘영화’는 토큰");
        assert_eq!(fill(&pattern, "", &[Text("필름")]), "‘필름’은 토큰");
    }
}
