//! The little language of the chapters: numbers of a run and what follows from them, and conditions
//! on them. It is read once, into types that cannot be misspelt.

use super::{
    file::{Entry, Wrong, parsed},
    nearest,
    quantity::{Quantity, Scope, StepName, names, no_quantity},
    state::{Change, State, Text},
};
use crate::{
    figure::numbers,
    rnn::{Trace, number},
    session::Spot,
    text::Language,
};
use serde_json::Value;

/// Something with a value in a run: `norm 1`, `10 x norm last`, `abs (A2 - 0.5)`.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A number that stands in the chapter itself.
    Number(f64),
    /// A number of the run.
    Quantity(Quantity),
    /// A number of the run that changes make of it, one after the other.
    With(Quantity, Vec<Change>),
    /// A number of the training in this place beside that of the screen; of the run, with the weights of
    /// that one.
    Beside(Quantity, usize),
    /// Its size, whatever its sign.
    Abs(Box<Self>),
    /// One value made of those at all steps, at all units, or at both.
    Over(Fold, Box<Self>),
    /// Two values in one.
    Both(Box<Self>, Operation, Box<Self>),
}

/// What is made of several values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// The largest.
    Max,
    /// The smallest.
    Min,
    /// Where the largest is.
    ArgMax,
    /// Where the smallest is.
    ArgMin,
    /// All together.
    Sum,
}

const FOLDS: [(&str, Fold); 5] = [
    ("max", Fold::Max),
    ("min", Fold::Min),
    ("argmax", Fold::ArgMax),
    ("argmin", Fold::ArgMin),
    ("sum", Fold::Sum),
];

/// What is made of two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// +
    Plus,
    /// −
    Minus,
    /// ×
    Times,
    /// /
    Over,
}

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// <
    Less,
    /// ≤
    AtMost,
    /// >
    More,
    /// ≥
    AtLeast,
    /// Equal, but for rounding.
    Equal,
    /// Not equal, even to rounding.
    Different,
    /// Equal within a tenth.
    About,
}

const SIGNS: [(&str, Sign); 7] = [
    ("<", Sign::Less),
    ("<=", Sign::AtMost),
    (">", Sign::More),
    (">=", Sign::AtLeast),
    ("=", Sign::Equal),
    ("!=", Sign::Different),
    ("~", Sign::About),
];

impl Sign {
    fn holds(self, left: f64, right: f64) -> bool {
        let most = left.abs().max(right.abs());
        let within = |share: f64| left == right || (left - right).abs() <= share * most;
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::AtLeast => left >= right,
            Self::Equal => within(1e-9),
            Self::Different => !within(1e-9),
            Self::About => within(0.1),
        }
    }
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// Which word is wrong, and the nearest right one.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut reader = Reader::of(text)?;
        let expression = reader.expression()?;
        reader.end()?;
        Ok(expression)
    }

    /// Its value in `scope`; none where the run lacks one of its numbers, or it is none itself.
    pub fn value(&self, scope: &Scope<'_>) -> Option<f64> {
        let value = match self {
            Self::Number(value) => *value,
            Self::Quantity(quantity) => quantity.value(scope)?,
            Self::With(quantity, changes) => {
                let trace = Change::all(changes, scope)?;
                quantity.value(&Scope { trace: &trace, ..*scope })?
            }
            Self::Beside(quantity, place) => {
                let schools = scope.schools.get(*place..).filter(|schools| !schools.is_empty())?;
                let scope = Scope { schools, ..*scope };
                if quantity.is_of_training() {
                    quantity.value(&scope)?
                } else {
                    let settings = scope.trace.experiment().settings();
                    let trace = Trace::of(schools[0].taught(settings, schools[0].at())?);
                    quantity.value(&Scope { trace: &trace, ..scope })?
                }
            }
            Self::Abs(of) => of.value(scope)?.abs(),
            Self::Over(fold, of) => fold.of(&of.values(scope))?,
            Self::Both(left, operation, right) => {
                let (left, right) = (left.value(scope)?, right.value(scope)?);
                match operation {
                    Operation::Plus => left + right,
                    Operation::Minus => left - right,
                    Operation::Times => left * right,
                    Operation::Over => left / right,
                }
            }
        };
        Some(value).filter(|value| !value.is_nan())
    }

    /// Its values at all steps and units that are free in it, with where each one is; those that the
    /// run lacks are left out.
    pub fn values(&self, scope: &Scope<'_>) -> Vec<(usize, f64)> {
        let (steps, units) = self.variables();
        let steps = if steps { 1..=scope.trace.steps() } else { 0..=0 };
        let count = scope.trace.experiment().weights().sizes().units;
        let units = if units { 1..=count } else { 0..=0 };
        let mut values = Vec::new();
        for step in steps {
            for unit in units.clone() {
                let mut scope = *scope;
                if step > 0 {
                    scope.step = Some(step);
                }
                if unit > 0 {
                    scope.unit = Some(unit);
                }
                let at = if step > 0 { step } else { unit };
                values.extend(self.value(&scope).map(|value| (at, value)));
            }
        }
        values
    }

    /// Whether `t`, and whether `u`, is free in it.
    fn variables(&self) -> (bool, bool) {
        match self {
            Self::Number(_) | Self::Over(..) => (false, false),
            Self::Quantity(quantity) | Self::Beside(quantity, _) => quantity.variables(),
            Self::With(quantity, changes) => {
                let (step, unit) = quantity.variables();
                (step || changes.iter().any(Change::has_step), unit)
            }
            Self::Abs(of) => of.variables(),
            Self::Both(left, _, right) => {
                let (left, right) = (left.variables(), right.variables());
                (left.0 || right.0, left.1 || right.1)
            }
        }
    }

    /// The number of the page that it is, if it is one.
    pub fn spot(&self, scope: &Scope<'_>) -> Option<Spot> {
        match self {
            Self::Quantity(quantity) => quantity.spot(scope),
            _ => None,
        }
    }

    /// All numbers of the page that are in it.
    pub fn spots(&self, scope: &Scope<'_>) -> Vec<Spot> {
        match self {
            Self::Number(_) | Self::With(..) | Self::Beside(..) => Vec::new(),
            Self::Quantity(quantity) => quantity.spot(scope).into_iter().collect(),
            Self::Abs(of) => of.spots(scope),
            Self::Over(_, of) => {
                let (steps, units) =
                    (scope.trace.steps(), scope.trace.experiment().weights().sizes().units);
                let at = |step| {
                    (1..=units).flat_map(move |unit| of.spots(&scope.at_step(step).at_unit(unit)))
                };
                let mut spots: Vec<Spot> = (1..=steps).flat_map(at).collect();
                spots.dedup();
                spots
            }
            Self::Both(left, _, right) => [left.spots(scope), right.spots(scope)].concat(),
        }
    }

    /// Whether it stands in the chapter itself.
    pub fn is_constant(&self) -> bool {
        match self {
            Self::Number(_) => true,
            Self::Quantity(_) | Self::With(..) | Self::Beside(..) | Self::Over(..) => false,
            Self::Abs(of) => of.is_constant(),
            Self::Both(left, _, right) => left.is_constant() && right.is_constant(),
        }
    }

    /// Whether it counts something or is a setting, which is written as it is.
    fn is_exact(&self) -> bool {
        match self {
            Self::Number(_) | Self::Over(Fold::ArgMax | Fold::ArgMin, _) => true,
            Self::Quantity(quantity) | Self::With(quantity, _) | Self::Beside(quantity, _) => {
                quantity.is_exact()
            }
            Self::Abs(of) | Self::Over(_, of) => of.is_exact(),
            Self::Both(_, Operation::Over, _) => false,
            Self::Both(left, _, right) => left.is_exact() && right.is_exact(),
        }
    }

    /// How `value`, its value, is written: as it is where it counts something, else with four digits.
    pub fn written(&self, value: f64) -> String {
        if self.is_exact() { exact(value) } else { numbers::plain(value) }
    }

    /// How it is written in a formula, in every language; empty where a part of it has no letter.
    pub fn letters(&self, scope: &Scope<'_>) -> String {
        match self {
            Self::Number(value) => exact(*value),
            Self::Quantity(quantity) => quantity.letters(scope),
            // A count is told by what is counted, in the run that it is of.
            Self::With(quantity, changes) if quantity.is_exact() => Change::all(changes, scope)
                .map_or_else(String::new, |trace| {
                    quantity.letters(&Scope { trace: &trace, ..*scope })
                }),
            Self::With(quantity, _) | Self::Beside(quantity, _) => {
                let letters = quantity.letters(scope);
                if letters.is_empty() { letters } else { format!("{letters}′") }
            }
            Self::Abs(of) => whole(of, scope, |of| format!("|{of}|")),
            Self::Over(fold, of) => {
                let name = FOLDS.into_iter().find(|(_, known)| known == fold);
                let name = name.map_or("", |(name, _)| name);
                let is_one = !matches!(**of, Self::Both(..));
                whole(of, scope, |of| {
                    if is_one { format!("{name} {of}") } else { format!("{name} ({of})") }
                })
            }
            Self::Both(left, operation, right) => {
                let sign = match operation {
                    Operation::Plus => "+",
                    Operation::Minus => "−",
                    Operation::Times => "×",
                    Operation::Over => "/",
                };
                let [left, right] = [(left, false), (right, true)].map(|(of, is_right)| {
                    let looser = match (&**of, operation) {
                        (Self::Both(_, of, _), Operation::Times | Operation::Over) => {
                            matches!(of, Operation::Plus | Operation::Minus)
                                || is_right && *operation == Operation::Over
                        }
                        (Self::Both(_, of, _), Operation::Minus) => {
                            is_right && matches!(of, Operation::Plus | Operation::Minus)
                        }
                        _ => false,
                    };
                    whole(of, scope, |of| if looser { format!("({of})") } else { of.to_owned() })
                });
                if left.is_empty() || right.is_empty() {
                    return String::new();
                }
                format!("{left} {sign} {right}")
            }
        }
    }
}

/// What `written` makes of the letters of a part; none where the part has none.
fn whole(of: &Expression, scope: &Scope<'_>, written: impl Fn(&str) -> String) -> String {
    let letters = of.letters(scope);
    if letters.is_empty() { letters } else { written(&letters) }
}

/// A number with all its digits.
pub(super) fn exact(value: f64) -> String {
    value.to_string().replace('-', "−")
}

impl Fold {
    /// What it makes of values and where each one is; the first place where several are as large.
    fn of(self, values: &[(usize, f64)]) -> Option<f64> {
        let most = |sign: f64| {
            let better = |best: (usize, f64), next: (usize, f64)| {
                if sign * next.1 > sign * best.1 { next } else { best }
            };
            values.iter().copied().reduce(better)
        };
        match self {
            Self::Max => most(1.0).map(|(_, value)| value),
            Self::Min => most(-1.0).map(|(_, value)| value),
            Self::ArgMax => most(1.0).map(|(at, _)| at as f64),
            Self::ArgMin => most(-1.0).map(|(at, _)| at as f64),
            Self::Sum => Some(values.iter().map(|(_, value)| value).sum()),
        }
    }
}

/// Something that holds of a run or does not: `norm 1 > 10 x norm last`, `0.4 < A2 < 0.6`.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// As it was written.
    text: String,
    /// What is compared first.
    pub left: Expression,
    /// What each is compared with, and how.
    rest: Vec<(Sign, Expression)>,
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    ///
    /// Which word is wrong, and the nearest right one.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut reader = Reader::of(text)?;
        let left = reader.expression()?;
        let mut rest = Vec::new();
        while let Some(sign) = reader.sign() {
            rest.push((sign, reader.expression()?));
        }
        reader.end()?;
        let sides = || [&left].into_iter().chain(rest.iter().map(|(_, side)| side));
        if sides().any(|side| side.variables() != (false, false)) {
            return Err(format!(
                "`t` and `u` stand for nothing in `{text}`: put them into max, min or sum (…)"
            ));
        }
        if rest.is_empty() {
            return Err(format!("`{text}` compares nothing: it needs <, >, <=, >=, =, != or ~"));
        }
        Ok(Self { text: text.to_owned(), left, rest })
    }

    /// Whether it holds; none where the run lacks one of its numbers.
    pub fn holds(&self, scope: &Scope<'_>) -> Option<bool> {
        let mut left = self.left.value(scope)?;
        let mut all = true;
        for (sign, right) in &self.rest {
            let right = right.value(scope)?;
            all &= sign.holds(left, right);
            left = right;
        }
        Some(all)
    }

    /// The sign and the other side of a condition with two sides.
    pub fn wanted(&self) -> Option<(Sign, &Expression)> {
        match &self.rest[..] {
            [(sign, right)] => Some((*sign, right)),
            _ => None,
        }
    }

    /// All numbers of the page that are in it.
    pub fn spots(&self, scope: &Scope<'_>) -> Vec<Spot> {
        let rest = self.rest.iter().flat_map(|(_, right)| right.spots(scope));
        self.left.spots(scope).into_iter().chain(rest).collect()
    }

    /// As it was written, with the values of its sides.
    pub fn told(&self, scope: &Scope<'_>) -> String {
        let value = |side: &Expression| {
            side.value(scope)
                .map_or_else(|| "there is no such number".to_owned(), |it| it.to_string())
        };
        let sides = [&self.left].into_iter().chain(self.rest.iter().map(|(_, right)| right));
        format!("{} ({})", self.text, sides.map(value).collect::<Vec<_>>().join("; "))
    }
}

impl Entry for Expression {
    fn read(value: Value) -> Result<Self, Wrong> {
        parsed(value, Self::read)
    }
}

impl Entry for Condition {
    fn read(value: Value) -> Result<Self, Wrong> {
        parsed(value, Self::read)
    }
}

/// A word of the little language, or a text in quotes.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
}

/// Reads the words one after the other.
struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

impl Reader {
    fn of(text: &str) -> Result<Self, String> {
        let mut tokens = Vec::new();
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let is_sign = |letter: char| "<>=!~".contains(letter);
            let is_single = |letter: char| "()|".contains(letter);
            let length = if first == '\'' {
                let inside = &rest[1..];
                let end = inside
                    .find('\'')
                    .ok_or_else(|| format!("a quote is never closed in `{text}`"))?;
                tokens.push(Token::Quoted(inside[..end].to_owned()));
                rest = inside[end + 1..].trim_start();
                continue;
            } else if is_single(first) {
                1
            } else if is_sign(first) {
                rest.find(|letter| !is_sign(letter)).unwrap_or(rest.len())
            } else {
                let ends = |letter: char| {
                    letter.is_whitespace() || is_sign(letter) || is_single(letter) || letter == '\''
                };
                rest.find(ends).unwrap_or(rest.len())
            };
            tokens.push(Token::Word(rest[..length].to_owned()));
            rest = rest[length..].trim_start();
        }
        Ok(Self { tokens, at: 0 })
    }

    fn word(&self) -> Option<&str> {
        match self.tokens.get(self.at)? {
            Token::Word(word) => Some(word),
            Token::Quoted(_) => None,
        }
    }

    /// Goes past the next word if it is `word`.
    fn passes(&mut self, word: &str) -> bool {
        let is_there = self.word() == Some(word);
        self.at += usize::from(is_there);
        is_there
    }

    fn end(&self) -> Result<(), String> {
        match self.tokens.get(self.at) {
            None => Ok(()),
            Some(Token::Quoted(text)) => Err(format!("'{text}' stands where nothing is expected")),
            Some(Token::Word(word)) if word.chars().all(|letter| "<>=!~".contains(letter)) => {
                Err(format!("there is no sign `{word}`{}", nearest(word, SIGNS.map(|it| it.0))))
            }
            Some(Token::Word(word)) => {
                Err(format!("`{word}` stands where + - x / or the end is expected"))
            }
        }
    }

    fn sign(&mut self) -> Option<Sign> {
        let (_, sign) = SIGNS.into_iter().find(|(sign, _)| self.word() == Some(sign))?;
        self.at += 1;
        Some(sign)
    }

    fn expression(&mut self) -> Result<Expression, String> {
        self.chain(&[("+", Operation::Plus), ("-", Operation::Minus)], |reader| {
            reader.chain(&[("x", Operation::Times), ("/", Operation::Over)], Self::factor)
        })
    }

    fn chain(
        &mut self,
        operations: &[(&str, Operation)],
        part: impl Fn(&mut Self) -> Result<Expression, String>,
    ) -> Result<Expression, String> {
        let mut left = part(self)?;
        while let Some((_, operation)) =
            operations.iter().find(|(sign, _)| self.word() == Some(sign))
        {
            self.at += 1;
            left = Expression::Both(Box::new(left), *operation, Box::new(part(self)?));
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Expression, String> {
        if self.passes("(") {
            let inside = self.expression()?;
            return if self.passes(")") {
                Ok(inside)
            } else {
                Err("a parenthesis is never closed".to_owned())
            };
        }
        if self.passes("abs") {
            return Ok(Expression::Abs(Box::new(self.factor()?)));
        }
        if let Some((_, fold)) = FOLDS.into_iter().find(|(name, _)| self.word() == Some(name)) {
            self.at += 1;
            let of = self.factor()?;
            return match of.variables() {
                (false, false) => {
                    Err("max, min, argmax, argmin and sum need `t` or `u` in what follows"
                        .to_owned())
                }
                _ => Ok(Expression::Over(fold, Box::new(of))),
            };
        }
        let Some(name) = self.word().map(str::to_owned) else {
            return Err("a number is missing".to_owned());
        };
        self.at += 1;
        if let Some(value) = number(&name) {
            return Ok(Expression::Number(value));
        }
        let from = self.at;
        while self.word().is_some_and(|word| !ends_quantity(word)) {
            self.at += 1;
        }
        let words = self.tokens[from..self.at].iter().map(|token| match token {
            Token::Word(word) | Token::Quoted(word) => word.as_str(),
        });
        let folds = FOLDS.iter().map(|it| it.0).chain(["abs"]).map(str::to_owned);
        let quantity = Quantity::read(&name, &words.collect::<Vec<_>>()).map_err(|wrong| {
            if names().any(|known| known == name) {
                wrong
            } else {
                no_quantity(&name, names().chain(folds))
            }
        })?;
        if self.passes("beside") {
            let place = self.word().and_then(|word| word.parse().ok()).filter(|&place| place > 0);
            let wrong = "`beside` needs the number of a training beside that of the screen, from 1";
            self.at += 1;
            return Ok(Expression::Beside(quantity, place.ok_or(wrong)?));
        }
        if !self.passes("with") {
            return Ok(Expression::Quantity(quantity));
        }
        let mut changes = vec![self.change()?];
        while self.passes("and") {
            changes.push(self.change()?);
        }
        Ok(Expression::With(quantity, changes))
    }

    /// `updates = 1`, `reversed`, `last = 'good' | '좋은'`, `weights = 'W1h 1 2 = 0.5'`.
    fn change(&mut self) -> Result<Change, String> {
        let Some(key) = self.word().map(str::to_owned) else {
            return Err("`with` says nothing".to_owned());
        };
        self.at += 1;
        if key == "reversed" {
            return Ok(Change::Reversed);
        }
        if !self.passes("=") {
            return Err(format!("`{key}` needs a value, as in `with updates = 1`"));
        }
        if key == "update" {
            let wrong = || "`update` is a number from 0".to_owned();
            let updates = self.word().and_then(|word| word.parse().ok()).ok_or_else(wrong)?;
            self.at += 1;
            return Ok(Change::Update(updates));
        }
        if let Ok(step) = StepName::read(&key) {
            if self.passes("token") {
                let from = StepName::read(self.word().unwrap_or_default())?;
                self.at += 1;
                return Ok(Change::Token(step, from));
            }
            return Ok(Change::Word(step, self.texts()?));
        }
        let value = match self.tokens.get(self.at) {
            Some(Token::Quoted(weight)) if key == "weights" => {
                self.at += 1;
                vec![weight.as_str()].into()
            }
            Some(Token::Quoted(targets)) if key == "targets" || key == "values" => {
                self.at += 1;
                targets.as_str().into()
            }
            Some(Token::Quoted(_)) => self.texts()?.as_value(),
            Some(Token::Word(word)) => {
                let value = serde_json::from_str(word).unwrap_or_else(|_| word.as_str().into());
                self.at += 1;
                value
            }
            None => return Err(format!("`{key}` has no value")),
        };
        State::of(&key, value).map(|state| Change::Set(Box::new(state)))
    }

    /// One text for all languages, or one for each with `|` between.
    fn texts(&mut self) -> Result<Text, String> {
        let mut texts = Vec::new();
        loop {
            match self.tokens.get(self.at) {
                Some(Token::Quoted(text)) => texts.push(text.clone()),
                _ => return Err("a text in single quotes is missing".to_owned()),
            }
            self.at += 1;
            if !self.passes("|") {
                break;
            }
        }
        let count = Language::ALL.len();
        match &texts[..] {
            [one] => Ok(Text::new(vec![one.clone(); count])),
            all if all.len() == count => Ok(Text::new(texts)),
            _ => Err(format!(
                "there are {} texts; write one, or one for each of {count} languages",
                texts.len()
            )),
        }
    }
}

/// Whether what a quantity is of ends before this word.
fn ends_quantity(word: &str) -> bool {
    matches!(word, "+" | "-" | "x" | "/" | "(" | ")" | "|" | "with" | "beside" | "and")
        || word.chars().all(|letter| "<>=!~".contains(letter))
}
