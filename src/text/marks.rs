//! The marks that stand for what is not text in a sentence of the program.
//!
//! `build/language.rs` writes them, [`fill`](super::pattern::fill) reads them. They are control
//! characters, which no sentence has, so nothing needs escaping.
//!
//! ```text
//! ARGUMENT n                                  the value of placeholder n
//! PARTICLE n with OR without END              the particle that its sound asks for
//! SELECT n (CASE key OR pattern)… END         the first pattern whose key fits; the empty key fits all
//! FORMULA letters FORMULA                     a formula
//! ```
//!
//! The marks of a formula stay in what is said: `ui::formula::prose` sets what is between them,
//! `text::plain` leaves it as letters.
//!
//! A placeholder is one character: `0` is the first, then `1` and so on through ASCII. A key is a
//! number, or the letter of a plural category.

pub const ARGUMENT: char = '\u{1}';
pub const PARTICLE: char = '\u{2}';
pub const SELECT: char = '\u{3}';
pub const CASE: char = '\u{4}';
pub const OR: char = '\u{5}';
pub const END: char = '\u{6}';
pub const FORMULA: char = '\u{7}';

/// How many plural categories are told apart by a table of their own: past it they go by the last
/// two digits.
pub const COUNTS: usize = 200;
