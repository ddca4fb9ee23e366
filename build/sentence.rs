//! Makes a sentence of Fluent one text, with marks for what is filled in.

#[path = "../src/text/marks.rs"]
pub mod marks;

use super::{Placeholder, Signature};
use fluent_syntax::{
    ast::{
        CallArguments, Expression, InlineExpression, Message, Pattern, PatternElement, Variant,
        VariantKey,
    },
    unicode::unescape_unicode_to_string,
};
use icu_plurals::PluralCategory;
use marks::{ARGUMENT, CASE, END, FORMULA, OR, PARTICLE, SELECT};
use std::collections::{HashMap, HashSet};

/// The one function that a sentence can use: the Korean particle after a value.
const FUNCTION: &str = "PARTICLE";

/// What a formula in a sentence stands between.
const MARK: char = '`';

/// What only a formula has.
const SIGNS: &str = "∂‖⊙√∑∏⊤²ᵀ⁽⁾⁻₀₁₂₃₄₅₆₇₈₉ₓₕₚₜₛᵗˢŷ";

/// The plural categories and their names.
const CATEGORIES: [(PluralCategory, &str); 6] = [
    (PluralCategory::Zero, "zero"),
    (PluralCategory::One, "one"),
    (PluralCategory::Two, "two"),
    (PluralCategory::Few, "few"),
    (PluralCategory::Many, "many"),
    (PluralCategory::Other, "other"),
];

/// The letter of a plural category, `a` to `f`.
pub fn letter(category: PluralCategory) -> char {
    let place = CATEGORIES.iter().position(|&(known, _)| known == category);
    char::from(b'a' + place.unwrap_or_default() as u8)
}

/// Writes one sentence, and notes what is wrong with it.
pub struct Encoder<'a, 's> {
    signature: &'a Signature,
    terms: &'a HashMap<&'s str, Pattern<&'s str>>,
    categories: &'a [PluralCategory],
    /// The place in the file and the reason.
    pub faults: Vec<(&'s str, String)>,
    used: HashSet<&'s str>,
    /// The terms that are being written.
    inside: Vec<&'s str>,
    /// Whether a formula is being written.
    in_formula: bool,
    text: String,
}

impl<'a, 's> Encoder<'a, 's> {
    pub fn new(
        signature: &'a Signature,
        terms: &'a HashMap<&'s str, Pattern<&'s str>>,
        categories: &'a [PluralCategory],
    ) -> Self {
        let (faults, used, inside, in_formula, text) = Default::default();
        Self { signature, terms, categories, faults, used, inside, in_formula, text }
    }

    /// The sentence with its marks.
    pub fn sentence(&mut self, message: &Message<&'s str>) -> String {
        let key = message.id.name;
        match &message.value {
            Some(pattern) => self.pattern(pattern, key),
            None => self.fault(key, format!("`{key}` has no sentence")),
        }
        for Placeholder { name, .. } in &self.signature.placeholders {
            if !self.used.contains(&**name) {
                self.fault(key, format!("`${name}` is not in `{key}`"));
            }
        }
        std::mem::take(&mut self.text)
    }

    fn fault(&mut self, place: &'s str, reason: impl Into<String>) {
        self.faults.push((place, reason.into()));
    }

    /// Writes a pattern that stands at `place`, or after it. A formula does not go past its end.
    fn pattern(&mut self, pattern: &Pattern<&'s str>, place: &'s str) {
        let around = self.in_formula;
        let mut last = place;
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => {
                    self.formulas(value);
                    self.text(value, place);
                    last = value;
                }
                PatternElement::Placeable { expression } => self.expression(expression, place),
            }
        }
        if self.in_formula != around {
            self.in_formula = around;
            self.fault(last, "a formula begins or ends here: it stands between two backticks");
        }
    }

    /// Looks whether every formula of a text stands between backticks.
    fn formulas(&mut self, text: &'s str) {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "+’'".contains(c));
        let mut before = None;
        for (at, c) in text.char_indices() {
            let (here, after) = text.split_at(at);
            if c == MARK {
                self.in_formula = !self.in_formula;
            } else if !self.in_formula {
                let alone = !is_word(before) && !is_word(after.chars().nth(1));
                // As a word of a language: the article, and “I”.
                let letter = c.is_ascii_alphabetic() && !"aAI".contains(c);
                if SIGNS.contains(c) || ('α'..='ω').contains(&c) || (letter && alone) {
                    let reason = format!("`{c}` belongs to a formula: write it between backticks");
                    self.fault(&text[here.len()..], reason);
                }
            }
            before = Some(c);
        }
    }

    /// Writes text: a line may be broken wherever there is a space.
    fn text(&mut self, text: &str, place: &'s str) {
        let text = text.replace('\n', " ").replace(MARK, &FORMULA.to_string());
        if text.replace(FORMULA, "").contains(char::is_control) {
            self.fault(place, "there is a control character in the sentence");
        }
        self.text.push_str(&text);
    }

    fn expression(&mut self, expression: &Expression<&'s str>, place: &'s str) {
        match expression {
            Expression::Select { selector, variants } => self.select(selector, variants, place),
            Expression::Inline(inline) => match inline {
                InlineExpression::StringLiteral { value } => {
                    self.text(&unescape_unicode_to_string(value), value);
                }
                InlineExpression::NumberLiteral { value } => self.text(value, value),
                InlineExpression::VariableReference { id } => {
                    self.placeholder(ARGUMENT, id.name);
                }
                InlineExpression::FunctionReference { id, arguments } => {
                    self.function(id.name, arguments);
                }
                InlineExpression::TermReference { id, attribute: None, arguments: None } => {
                    self.term(id.name);
                }
                InlineExpression::TermReference { id, .. } => {
                    self.fault(id.name, format!("`-{}` is written without more here", id.name));
                }
                InlineExpression::MessageReference { id, .. } => self.fault(
                    id.name,
                    format!("`{}`: what sentences share is a term, such as `-{0}`", id.name),
                ),
                InlineExpression::Placeable { expression } => self.expression(expression, place),
            },
        }
    }

    /// Writes a mark and the placeholder that it is about, and gives the placeholder.
    fn placeholder(&mut self, mark: char, name: &'s str) -> Option<&'a Placeholder> {
        let placeholders = &self.signature.placeholders;
        let Some(index) = placeholders.iter().position(|known| known.name == name) else {
            let known: Vec<_> =
                placeholders.iter().map(|known| format!("`${}`", known.name)).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            let key = &self.signature.key;
            let reason =
                format!("`{key}` has no `${name}`; by its comment in English it has {known}");
            self.fault(name, reason);
            return None;
        };
        self.used.insert(name);
        self.text.extend([mark, char::from(b'0' + index as u8)]);
        placeholders.get(index)
    }

    fn term(&mut self, name: &'s str) {
        match self.terms.get(name) {
            None => self.fault(name, format!("there is no term `-{name}`")),
            Some(_) if self.inside.contains(&name) => {
                self.fault(name, format!("`-{name}` stands in itself"));
            }
            Some(pattern) => {
                self.inside.push(name);
                self.pattern(pattern, name);
                self.inside.pop();
            }
        }
    }

    fn function(&mut self, name: &'s str, arguments: &CallArguments<&'s str>) {
        if name != FUNCTION {
            return self.fault(name, format!("there is no function `{name}`, only `{FUNCTION}`"));
        }
        let forms = match (&*arguments.positional, &*arguments.named) {
            (
                [
                    InlineExpression::VariableReference { id },
                    InlineExpression::StringLiteral { value },
                ],
                [],
            ) => value.split_once('/').map(|forms| (id.name, forms)),
            _ => None,
        };
        let Some((variable, (with, without))) = forms else {
            return self.fault(name, format!("write it as `{FUNCTION}($name, \"은/는\")`"));
        };
        if self.placeholder(PARTICLE, variable).is_some() {
            self.text.extend([with, &OR.to_string(), without, &END.to_string()]);
        }
    }

    fn select(
        &mut self,
        selector: &InlineExpression<&'s str>,
        variants: &[Variant<&'s str>],
        place: &'s str,
    ) {
        let InlineExpression::VariableReference { id } = selector else {
            return self.fault(place, "only a placeholder can choose what is said");
        };
        let Some(placeholder) = self.placeholder(SELECT, id.name) else { return };
        if !placeholder.is_number {
            return self
                .fault(id.name, format!("`${}` is no Number, so it cannot choose", id.name));
        }
        let mut keys = HashSet::new();
        for (index, variant) in variants.iter().enumerate() {
            let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) =
                variant.key;
            if !keys.insert(name) {
                self.fault(name, format!("[{name}] is there twice"));
            }
            if variant.default && index + 1 < variants.len() {
                self.fault(name, format!("*[{name}] must be the last"));
            }
            let key = match variant.key {
                VariantKey::NumberLiteral { value } => {
                    value.parse().ok().map(|n: usize| n.to_string())
                }
                VariantKey::Identifier { name } => self.category(name).map(String::from),
            };
            if key.is_none() {
                let known = self.names().map(|(_, name)| format!("[{name}]")).collect::<Vec<_>>();
                let reason =
                    format!("no count is [{name}] in this language, only {}", known.join(", "));
                self.fault(name, reason);
            }
            self.text.push(CASE);
            self.text.push_str(&key.filter(|_| !variant.default).unwrap_or_default());
            self.text.push(OR);
            self.pattern(&variant.value, name);
        }
        self.text.push(END);
    }

    /// The plural categories that the language has.
    fn names(&self) -> impl Iterator<Item = (PluralCategory, &'static str)> + use<'a, 's> {
        let known = self.categories;
        CATEGORIES.into_iter().filter(move |(category, _)| known.contains(category))
    }

    /// The letter of a category by its name, if the language has it.
    fn category(&self, name: &str) -> Option<char> {
        self.names().find(|&(_, known)| known == name).map(|(category, _)| letter(category))
    }
}
