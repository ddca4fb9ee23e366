//! A question: what it offers, what is right, and what is said to each answer.

use super::{
    chapter::StageName,
    expression::{Condition, Expression},
    file::{Entry, Table, Wrong, parsed, table},
    progress::Answer,
    prose::Prose,
    quantity::{BUGS, Scope, StepName, distance, is_same},
};
use crate::{
    rnn::{Bug, Parameter, Step, Trace, Weights},
    session::Spot,
};
use serde_json::Value;

/// Something to predict before it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The question.
    pub ask: Prose,
    /// What kind of answer it has.
    pub kind: Ask,
    /// Said after every answer, below the reply.
    pub why: Option<Prose>,
    /// The stage at which the answer is seen.
    pub reveal: Option<StageName>,
}

/// What kind of answer a question has. What is right follows from the run.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Whether the first is larger or smaller than the second.
    Compare(Compare),
    /// Whether it is positive or negative.
    Sign(SignOf),
    /// The step at which it is largest.
    WhichStep(WhichStep),
    /// The unit at which it is largest.
    WhichUnit(WhichUnit),
    /// The number itself, give or take.
    Number(Number),
    /// One of several.
    Choice(Vec<Choice>),
    /// Which mistake the program of the screen has.
    WhichBug(WhichBug),
}

/// Whether one number is larger or smaller than another.
#[derive(Clone, Debug, PartialEq)]
pub struct Compare {
    /// The two.
    pub of: [Expression; 2],
    /// To the other one of larger and smaller.
    pub wrong: Prose,
    /// To "equal", which is offered if there is a reply to it.
    pub equal: Option<Prose>,
    /// What the two are called, where their letters do not tell them apart.
    pub names: Option<[Prose; 2]>,
}

table!(Compare { of, wrong, equal?, names?, });

/// Whether a number is positive or negative.
#[derive(Clone, Debug, PartialEq)]
pub struct SignOf {
    /// The number.
    pub of: Expression,
    /// To the other one of positive and negative.
    pub wrong: Prose,
    /// To "zero", which is offered if there is a reply to it.
    pub zero: Option<Prose>,
}

table!(SignOf { of, wrong, zero?, });

/// A number, give or take.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The number.
    pub of: Expression,
    /// How far off an answer may be.
    pub within: f64,
    /// To one that is too small.
    pub small: Prose,
    /// To one that is too large.
    pub large: Prose,
    /// To one of the wrong sign.
    pub sign: Option<Prose>,
    /// To known mistakes.
    pub slips: Vec<Slip>,
    /// What it is called, where its letters do not say it.
    pub name: Option<Prose>,
}

table!(Number { of, within, small, large, sign?, slips*, name?, });

/// A known mistake and what is said to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// What comes out.
    pub is: Expression,
    /// The reply.
    pub reply: Prose,
}

table!(Slip { is, reply });

/// The step at which a number is largest.
#[derive(Clone, Debug, PartialEq)]
pub struct WhichStep {
    /// The number at step `t`.
    pub of: Expression,
    /// To a step before the right one.
    pub earlier: Prose,
    /// To a step after the right one.
    pub later: Prose,
    /// To single steps.
    pub replies: Vec<StepReply>,
}

table!(WhichStep { of, earlier, later, replies*, });

/// What is said to one step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepReply {
    /// The step.
    pub is: StepName,
    /// The reply.
    pub reply: Prose,
}

table!(StepReply { is, reply });

/// The unit at which a number is largest.
#[derive(Clone, Debug, PartialEq)]
pub struct WhichUnit {
    /// The number at unit `u`.
    pub of: Expression,
    /// To any other unit.
    pub wrong: Prose,
    /// To single units.
    pub replies: Vec<UnitReply>,
}

table!(WhichUnit { of, wrong, replies*, });

/// What is said to one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitReply {
    /// The unit, from 1.
    pub is: usize,
    /// The reply.
    pub reply: Prose,
}

impl Entry for UnitReply {
    fn read(value: Value) -> Result<Self, Wrong> {
        let mut table = Table::of(value)?;
        let number = |text: &str| {
            text.parse().map_err(|_| format!("`{text}` is no unit: write a number from 1"))
        };
        let is = table.must_by("is", |value| parsed(value, number))?;
        let reply = Self { is, reply: table.must("reply")? };
        table.end()?;
        Ok(reply)
    }
}

/// One of several answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The answer.
    pub text: Prose,
    /// When it is right.
    pub right: Condition,
    /// What is said to it.
    pub reply: Prose,
}

table!(Choice { text, right, reply });

/// What is said to each mistake, by its name; and to "no bug".
#[derive(Clone, Debug, PartialEq)]
pub struct WhichBug {
    transpose: Option<Prose>,
    slope: Option<Prose>,
    next: Option<Prose>,
    sum: Option<Prose>,
    input: Option<Prose>,
    none: Option<Prose>,
}

table!(WhichBug { transpose?, slope?, next?, sum?, input?, none?, });

impl WhichBug {
    /// What is offered: every mistake, and "no bug" if there is a reply to it.
    pub fn offers(&self) -> Vec<Option<Bug>> {
        let bugs = Bug::ALL.into_iter().map(Some);
        bugs.chain(self.none.is_some().then_some(None)).collect()
    }

    fn reply(&self, bug: Option<Bug>) -> Option<&Prose> {
        let name = bug.map(|bug| BUGS.into_iter().find(|it| it.1 == bug).map_or("", |it| it.0));
        match name {
            None => self.none.as_ref(),
            Some("transpose") => self.transpose.as_ref(),
            Some("slope") => self.slope.as_ref(),
            Some("next") => self.next.as_ref(),
            Some("sum") => self.sum.as_ref(),
            Some(_) => self.input.as_ref(),
        }
    }
}

impl Entry for Question {
    fn read(value: Value) -> Result<Self, Wrong> {
        let mut table = Table::of(value)?;
        let (ask, why, reveal) = (table.must("ask")?, table.maybe("why")?, table.maybe("reveal")?);
        let kinds = [
            table.maybe("compare")?.map(Ask::Compare),
            table.maybe("sign")?.map(Ask::Sign),
            table.maybe("which-step")?.map(Ask::WhichStep),
            table.maybe("which-unit")?.map(Ask::WhichUnit),
            table.maybe("number")?.map(Ask::Number),
            table.maybe("choice")?.map(Ask::Choice),
            table.maybe("which-bug")?.map(Ask::WhichBug),
        ];
        table.end()?;
        let mut kinds = kinds.into_iter().flatten();
        let (Some(kind), None) = (kinds.next(), kinds.next()) else {
            let kinds = "compare, sign, which-step, which-unit, number, choice or which-bug";
            return Err(format!("a question has one kind of answer: {kinds}").into());
        };
        if why.is_none() && !matches!(kind, Ask::Choice(_)) {
            return Err("`why` is missing".to_owned().into());
        }
        Ok(Self { ask, kind, why, reveal })
    }
}

/// Whether an answer is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Right,
    /// It is not.
    Wrong,
}

impl Question {
    /// Which of the offered answers are right, where answers are offered: larger and smaller,
    /// positive and negative, the steps, the units, the choices, the mistakes. `bug` is the mistake
    /// of the screen's program.
    ///
    /// # Errors
    ///
    /// Why the question cannot be answered.
    pub fn options(&self, bug: Option<Bug>, scope: &Scope<'_>) -> Result<Vec<bool>, String> {
        let value = |expression: &Expression| {
            let value = expression.value(scope).filter(|value| value.is_finite());
            value.ok_or_else(|| format!("the run has no {}", expression.letters(scope)))
        };
        let largest = |of: &Expression, count: usize| {
            let values = of.values(scope);
            let most = values.iter().map(|(_, value)| *value).fold(f64::NEG_INFINITY, f64::max);
            let is_largest = |at| values.iter().any(|&(place, value)| place == at && value == most);
            (1..=count).map(is_largest).collect::<Vec<_>>()
        };
        let right = match &self.kind {
            Ask::Compare(Compare { of: [one, other], equal, .. }) => {
                let (one, other) = (value(one)?, value(other)?);
                let all = [one > other, one < other, one == other];
                all[..if equal.is_some() { 3 } else { 2 }].to_vec()
            }
            Ask::Sign(SignOf { of, zero, .. }) => {
                let value = value(of)?;
                let all = [value > 0.0, value < 0.0, value == 0.0];
                all[..if zero.is_some() { 3 } else { 2 }].to_vec()
            }
            Ask::WhichStep(WhichStep { of, .. }) => largest(of, scope.trace.steps()),
            Ask::WhichUnit(WhichUnit { of, .. }) => {
                largest(of, scope.trace.experiment().weights().sizes().units)
            }
            Ask::Number(Number { of, .. }) => return value(of).map(|_| Vec::new()),
            Ask::Choice(choices) => {
                let holds = |choice: &Choice| {
                    let lacks = || format!("the run lacks a number: {}", choice.right.told(scope));
                    choice.right.holds(scope).ok_or_else(lacks)
                };
                choices.iter().map(holds).collect::<Result<_, _>>()?
            }
            Ask::WhichBug(which) => {
                let hunted = program(bug, scope.trace);
                let is_it = |offer: Option<Bug>| same(&program(offer, scope.trace), &hunted);
                which.offers().into_iter().map(is_it).collect()
            }
        };
        match right.iter().filter(|&&right| right).count() {
            1 => Ok(right),
            0 => Err("no answer is right".to_owned()),
            _ => Err("several answers are right".to_owned()),
        }
    }

    /// The numbers that decide the question, that which is asked first.
    pub fn evidence(&self, scope: &Scope<'_>) -> Vec<Evidence> {
        let called = |of: &Expression, name: Option<&Prose>, scope: Scope<'_>, asked: bool| {
            let value = of.value(&scope).filter(|_| !of.is_constant())?;
            let name = match (name, of.spot(&scope)) {
                (Some(name), _) => Called::Name(name.filled(&scope).ok()?),
                (None, Some(spot)) => Called::Spot(spot),
                // What has no letter is told in words.
                (None, None) => {
                    Called::Letters(Some(of.letters(&scope)).filter(|letters| !letters.is_empty())?)
                }
            };
            Some(Evidence { name, written: of.written(value), asked })
        };
        let at = |of, scope, asked| called(of, None, scope, asked);
        match &self.kind {
            Ask::Compare(Compare { of: [one, other], names, .. }) => {
                let [first, second] =
                    names.as_ref().map_or([None; 2], |names| names.each_ref().map(Some));
                let both = [called(one, first, *scope, true), called(other, second, *scope, false)];
                both.into_iter().flatten().collect()
            }
            Ask::Number(Number { of, name, .. }) => {
                called(of, name.as_ref(), *scope, true).into_iter().collect()
            }
            Ask::Sign(SignOf { of, .. }) => at(of, *scope, true).into_iter().collect(),
            Ask::WhichStep(WhichStep { of, .. }) => {
                let right = self.options(None, scope).unwrap_or_default();
                let asked = |step: usize| right.get(step - 1) == Some(&true);
                (1..=scope.trace.steps())
                    .filter_map(|step| at(of, scope.at_step(step), asked(step)))
                    .collect()
            }
            Ask::WhichUnit(WhichUnit { of, .. }) => {
                let right = self.options(None, scope).unwrap_or_default();
                let asked = |unit: usize| right.get(unit - 1) == Some(&true);
                (1..=scope.trace.experiment().weights().sizes().units)
                    .filter_map(|unit| at(of, scope.at_unit(unit), asked(unit)))
                    .collect()
            }
            // Their replies say it in words.
            Ask::Choice(_) | Ask::WhichBug(_) => Vec::new(),
        }
    }

    /// The numbers of the page that answer the question by being seen.
    pub fn asked(&self, scope: &Scope<'_>) -> Vec<Spot> {
        let over = |of: &Expression| {
            let units = scope.trace.experiment().weights().sizes().units;
            let spots = (1..=scope.trace.steps())
                .flat_map(|step| (1..=units).map(move |unit| scope.at_step(step).at_unit(unit)));
            spots.flat_map(|scope| of.spots(&scope)).collect()
        };
        match &self.kind {
            Ask::Compare(Compare { of: [one, _], .. }) => one.spots(scope),
            Ask::Sign(SignOf { of, .. }) | Ask::Number(Number { of, .. }) => of.spots(scope),
            Ask::WhichStep(WhichStep { of, .. }) | Ask::WhichUnit(WhichUnit { of, .. }) => over(of),
            Ask::Choice(_) | Ask::WhichBug(_) => Vec::new(),
        }
    }

    /// Whether `answer` is right; none where the question cannot be answered so.
    pub fn verdict(&self, bug: Option<Bug>, scope: &Scope<'_>, answer: Answer) -> Option<Verdict> {
        let right = match (&self.kind, answer) {
            (Ask::Number(Number { of, within, .. }), Answer::Number(number)) => {
                (of.value(scope)? - number).abs() <= *within
            }
            (_, Answer::Option(option)) => *self.options(bug, scope).ok()?.get(option)?,
            _ => return None,
        };
        Some(if right { Verdict::Right } else { Verdict::Wrong })
    }

    /// What is said to `answer`, and what `t`, `u` and `answer` are in it; none where nothing is, as
    /// to the right answer of most kinds.
    pub fn reply<'a>(
        &self,
        bug: Option<Bug>,
        scope: &Scope<'a>,
        answer: Answer,
    ) -> Option<(&Prose, Scope<'a>)> {
        let right = self.verdict(bug, scope, answer)? == Verdict::Right;
        match (&self.kind, answer) {
            (Ask::Choice(choices), Answer::Option(option)) => {
                Some((&choices.get(option)?.reply, *scope))
            }
            (Ask::WhichBug(which), Answer::Option(option)) => {
                Some((which.reply(*which.offers().get(option)?)?, *scope))
            }
            _ if right => None,
            (Ask::Compare(Compare { wrong, equal, .. }), Answer::Option(option)) => {
                Some((if option == 2 { equal.as_ref()? } else { wrong }, *scope))
            }
            (Ask::Sign(SignOf { wrong, zero, .. }), Answer::Option(option)) => {
                Some((if option == 2 { zero.as_ref()? } else { wrong }, *scope))
            }
            (Ask::WhichStep(which), Answer::Option(option)) => {
                let step = Step::from_index(option);
                let is_it = |reply: &&StepReply| reply.is.step(scope) == Some(step);
                let own = which.replies.iter().find(is_it).map(|reply| &reply.reply);
                let right = self.options(bug, scope).ok()?.iter().position(|&right| right)?;
                let other = if option < right { &which.earlier } else { &which.later };
                Some((own.unwrap_or(other), scope.at_step(option + 1)))
            }
            (Ask::WhichUnit(which), Answer::Option(option)) => {
                let own = which.replies.iter().find(|reply| reply.is == option + 1);
                let reply = own.map_or(&which.wrong, |own| &own.reply);
                Some((reply, scope.at_unit(option + 1)))
            }
            (Ask::Number(asked), Answer::Number(number)) => {
                let value = asked.of.value(scope)?;
                let slipped = |slip: &&Slip| {
                    slip.is.value(scope).is_some_and(|it| is_written(it, number, asked.within))
                };
                let slip = asked.slips.iter().find(slipped).map(|slip| &slip.reply);
                let sign = asked.sign.as_ref().filter(|_| value * number < 0.0);
                let other = if number < value { &asked.small } else { &asked.large };
                Some((slip.or(sign).unwrap_or(other), scope.answered(number)))
            }
            _ => None,
        }
    }

    /// Every text of the question, each with what is said in it.
    pub fn texts<'a>(&self, bug: Option<Bug>, scope: &Scope<'a>) -> Vec<(&Prose, Scope<'a>)> {
        let mut texts = vec![(&self.ask, *scope)];
        texts.extend(self.why.iter().map(|why| (why, *scope)));
        match &self.kind {
            Ask::Choice(choices) => {
                texts.extend(choices.iter().map(|choice| (&choice.text, *scope)));
            }
            Ask::Compare(Compare { names: Some(names), .. }) => {
                texts.extend(names.iter().map(|name| (name, *scope)));
            }
            Ask::Number(Number { name: Some(name), .. }) => texts.push((name, *scope)),
            _ => {}
        }
        let replies = self.answers(bug, scope);
        texts.extend(replies.into_iter().filter_map(|answer| self.reply(bug, scope, answer)));
        texts
    }

    /// Answers of every kind that has a reply of its own: those that are offered; a number that is
    /// right, too small, too large, of the wrong sign, and each slip.
    pub fn answers(&self, bug: Option<Bug>, scope: &Scope<'_>) -> Vec<Answer> {
        match &self.kind {
            Ask::Number(asked) => {
                let value = asked.of.value(scope).unwrap_or_default();
                let far = 3.0 * asked.within;
                let slips = asked.slips.iter().filter_map(|slip| slip.is.value(scope));
                [value, value - far, value + far, -value]
                    .into_iter()
                    .chain(slips)
                    .map(Answer::Number)
                    .collect()
            }
            _ => (0..self.options(bug, scope).unwrap_or_default().len())
                .map(Answer::Option)
                .collect(),
        }
    }
}

/// Whether an answer is `value` as a learner writes it: rounded, or a hundredth off, and no further
/// off than an answer may be.
fn is_written(value: f64, answer: f64, within: f64) -> bool {
    let decimals = answer.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let rounded = 0.500_001 * 10_f64.powi(-i32::try_from(decimals).unwrap_or(i32::MAX));
    (value - answer).abs() <= rounded.max(0.01 * value.abs()).min(within)
}

/// A number that decides a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What it is called.
    pub name: Called,
    /// The number, as it is written.
    pub written: String,
    /// Whether it is what was asked, and not what it is compared with.
    pub asked: bool,
}

/// What a number that decides a question is called.
#[derive(Clone, Debug, PartialEq)]
pub enum Called {
    /// As the number of the page that it is.
    Spot(Spot),
    /// As it is written in a formula.
    Letters(String),
    /// As its question calls it.
    Name(String),
}

/// What a program with a mistake computes, or one without.
fn program(bug: Option<Bug>, trace: &Trace) -> Weights {
    bug.map_or_else(|| trace.full_gradient(), |bug| bug.gradient(trace))
}

fn same(one: &Weights, other: &Weights) -> bool {
    Parameter::ALL.into_iter().all(|parameter| is_same(distance(one, other, parameter)))
}
