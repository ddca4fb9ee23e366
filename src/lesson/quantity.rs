//! The numbers that a chapter can speak of, by name: `norm 1`, `H 3 2`, `W1h 1 4`.

use crate::{
    figure::numbers::{self, time},
    rnn::{
        Bug, Experiment, NoRatio, Parameter, Place, Settings, Step, StepUnit, Trace, Weights,
        ratio, weights,
    },
    session::Spot,
    text::particle,
};
use serde::{Deserialize, Deserializer, de::Error};

/// A number of a run, as a chapter names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    name: String,
    arguments: Vec<String>,
    /// What it is multiplied by.
    factor: f64,
}

/// The step that a chapter names in a run of `steps`: a number from 1, `last`, or `last-1`.
pub(super) fn step_named(name: &str, steps: usize) -> Option<Step> {
    let number = match name.strip_prefix("last") {
        Some("") => steps,
        Some(back) => steps.checked_sub(back.strip_prefix('-')?.parse().ok()?)?,
        None => name.parse().ok()?,
    };
    (1..=steps).contains(&number).then(|| Step::from_index(number - 1))
}

fn step_of(argument: &str, trace: &Trace) -> Option<Step> {
    step_named(argument, trace.steps())
}

/// How numbers from 1 name a unit, a row or a column.
fn index_of(argument: &str) -> Option<usize> {
    argument.parse::<usize>().ok()?.checked_sub(1)
}

/// How a chapter names a mistake.
pub(super) fn bug_of(name: &str) -> Option<Bug> {
    Some(match name {
        "transpose" => Bug::MissingTranspose,
        "slope" => Bug::MissingSlope,
        "next" => Bug::NextErrorForgotten,
        "sum" => Bug::NoSumOverTime,
        "input" => Bug::LastInput,
        _ => return None,
    })
}

fn parameter_of(name: &str) -> Option<Parameter> {
    Parameter::ALL.into_iter().find(|parameter| parameter.field().eq_ignore_ascii_case(name))
}

impl Quantity {
    /// Reads a quantity: a number, or a name and what it is of; perhaps `10 x` before it.
    ///
    /// # Errors
    ///
    /// What is wrong, in one line.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let mut factor = 1.0;
        if let [first, "x", ..] = words[..] {
            factor = first.parse().map_err(|_| format!("`{first}` is no number in `{text}`"))?;
            words.drain(..2);
        }
        let [name, arguments @ ..] = &words[..] else {
            return Err("a number is missing".to_owned());
        };
        if let Ok(value) = name.parse::<f64>() {
            return Ok(Self { name: String::new(), arguments: Vec::new(), factor: factor * value });
        }
        Ok(Self {
            name: (*name).to_owned(),
            arguments: arguments.iter().map(|&argument| argument.to_owned()).collect(),
            factor,
        })
    }

    /// Whether it is a number that stands in the chapter itself.
    pub fn is_constant(&self) -> bool {
        self.name.is_empty()
    }

    /// Whether it stands for itself, and not for a multiple.
    pub fn is_plain(&self) -> bool {
        self.factor == 1.0
    }

    /// The number of the page that it is, if it is one.
    pub fn spot(&self, trace: &Trace) -> Option<Spot> {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        let step = |argument: &str| step_of(argument, trace);
        let last = Step::from_index(trace.steps() - 1);
        let weight = |name: &str, row: &str, column: &str| {
            let parameter = parameter_of(name)?;
            let row = match (parameter, step(row)) {
                // A row of W₁ₓ is named by a step that hears its token.
                (Parameter::W1x, Some(step)) => {
                    *trace.experiment.sequence().indices().get(step.index())?
                }
                _ => index_of(row)?,
            };
            Some(Place { parameter, row, column: index_of(column)? })
        };
        Some(match (self.name.as_str(), &arguments[..]) {
            ("Z1", [t, c]) => Spot::PreActivation { step: step(t)?, unit: index_of(c)? },
            ("H", [t, c]) => Spot::State { step: step(t)?, unit: index_of(c)? },
            ("dH", [t, c]) => Spot::HiddenError { step: step(t)?, unit: index_of(c)? },
            ("dZ1", [t, c]) => Spot::Error { step: step(t)?, unit: index_of(c)? },
            ("norm", [t]) => Spot::Norm { step: step(t)? },
            ("Z2", []) => Spot::Logit { step: last, output: 0 },
            ("A2", []) => Spot::Output { step: last, output: 0 },
            ("A2", [s, o]) => Spot::Output { step: step(s)?, output: index_of(o)? },
            ("dZ2", []) => Spot::OutputError { step: last, output: 0 },
            ("L", [s]) => Spot::Loss { step: step(s)? },
            ("W1x" | "W1h" | "W2", [row, column]) => Spot::Weight(weight(&self.name, row, column)?),
            ("b1" | "b2", [column]) => Spot::Weight(weight(&self.name, "1", column)?),
            ("dW1x" | "dW1h" | "dW2", [row, column]) => {
                Spot::Gradient(weight(&self.name[1..], row, column)?)
            }
            ("db1" | "db2", [column]) => Spot::Gradient(weight(&self.name[1..], "1", column)?),
            ("term", [t, row, column]) => {
                Spot::Contribution { step: step(t)?, place: weight("W1h", row, column)? }
            }
            ("J", [t, row, column]) => {
                Spot::Jacobian { step: step(t)?, row: index_of(row)?, column: index_of(column)? }
            }
            _ => return None,
        })
    }

    /// Its value in the run of `trace`; none where the run has no such number, or came to something
    /// that is none.
    pub fn value(&self, trace: &Trace) -> Option<f64> {
        let value = match self.spot(trace) {
            Some(spot) => spot.value(trace)?,
            None => self.other(trace)?,
        };
        Some(self.factor * value).filter(|value| !value.is_nan())
    }

    /// The numbers that have no place of their own on the score.
    fn other(&self, trace: &Trace) -> Option<f64> {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        let step = |argument: &str| step_of(argument, trace);
        let link = |argument: &str| {
            let from = step(argument)?;
            let last = Step::from_index(trace.steps() - 1);
            trace.chain(last).into_iter().find(|link| link.from == from)
        };
        Some(match (self.name.as_str(), &arguments[..]) {
            ("", []) => 1.0,
            ("T", []) => trace.steps() as f64,
            ("L", []) => trace.forward.loss(),
            ("slope", [t, c]) => *trace.forward.slope(step(t)?).get(index_of(c)?)?,
            ("term", [t]) => weights::norm(trace.contribution(step(t)?).w1h.iter().copied()),
            ("gradient", []) => trace.backward.gradient.norm(),
            ("followed", []) => trace.followed_gradient().norm(),
            ("cosine", []) => trace.truncated().cosine.ok()?,
            ("chain", [t]) => link(t)?.norm.value(),
            ("chain_weights", [t]) => link(t)?.norm_of_weights.value(),
            // There is none where W₁ₕ alone lets nothing through.
            ("chain_saturation", [t]) => link(t)?.norm_of_saturation()?.value(),
            ("bag", []) => *trace.bag_of_words().get((0, 0))?,
            ("reversed_A2", []) => reversed(trace)?.forward.probabilities[[0, 0]],
            ("reversed_bag", []) => *reversed(trace)?.bag_of_words().get((0, 0))?,
            ("predicted_loss", []) => trace.predicted_loss(),
            ("next_loss", []) => Trace::of(trace.updated().ok()?).forward.loss(),
            // How far a broken program's gradient of one tensor is from the right one.
            ("bug", [name, tensor]) => {
                let wrong = bug_of(name)?.gradient(trace);
                match distance(&wrong, &trace.full_gradient(), parameter_of(tensor)?) {
                    Err(NoRatio::BothZero) => 0.0,
                    distance => distance.ok()?,
                }
            }
            _ => return None,
        })
    }

    /// How `value`, its value, is written: whole where it counts something, else with four digits.
    pub fn written(&self, value: f64) -> String {
        if self.name == "T" { value.to_string() } else { numbers::plain(value) }
    }

    /// What the steps are measured by where a chapter asks for a step: this quantity of `step`.
    #[must_use]
    pub fn at(&self, step: Step) -> Self {
        let mut arguments = self.arguments.clone();
        arguments.insert(0, step.number().to_string());
        Self { arguments, ..self.clone() }
    }

    /// How it is written in a formula, in every language, in a run of `steps` steps.
    pub fn letters(&self, steps: usize) -> String {
        let argument = |at: usize| self.arguments.get(at).map_or("", String::as_str);
        let step =
            |at| step_named(argument(at), steps).map_or_else(String::new, |t| time(t.number()));
        let indices = |from: usize| {
            let indices = self.arguments.get(from..).unwrap_or_default().join(", ");
            if indices.is_empty() { indices } else { format!("[{indices}]") }
        };
        // A number of a step, and a number of no step.
        let at = |letter: &str| format!("{letter}{}{}", step(0), indices(1));
        let of = |letter: &str| format!("{letter}{}", indices(0));
        let written = match self.name.as_str() {
            "" => return self.factor.to_string(),
            "Z1" => at("Z₁"),
            "Z2" => of("Z₂"),
            "A2" => at("A₂"),
            "H" => at("H"),
            "L" => at("L"),
            "J" => at("J"),
            "dH" => at("∂L/∂H"),
            "dZ1" => at("∂L/∂Z₁"),
            "dZ2" => of("∂L/∂Z₂"),
            "norm" => format!("‖∂L/∂H{}‖", step(0)),
            "W1x" => of("W₁ₓ"),
            "W1h" => of("W₁ₕ"),
            "b1" => of("b₁"),
            "W2" => of("W₂"),
            "b2" => of("b₂"),
            "dW1x" => of("∂L/∂W₁ₓ"),
            "dW1h" => of("∂L/∂W₁ₕ"),
            "db1" => of("∂L/∂b₁"),
            "dW2" => of("∂L/∂W₂"),
            "db2" => of("∂L/∂b₂"),
            "slope" => format!("1 − (H{}{})²", step(0), indices(1)),
            "gradient" => "‖g‖".to_owned(),
            "followed" => "‖g · min(1, c/‖g‖)‖".to_owned(),
            "term" if self.arguments.len() == 1 => {
                format!("‖H{}ᵀ·∂L/∂Z₁{}‖", self.before(steps), step(0))
            }
            "term" => {
                let unit = |at| format!("[{}]", argument(at));
                format!("H{}{}·∂L/∂Z₁{}{}", self.before(steps), unit(1), step(0), unit(2))
            }
            "chain" => format!("‖∂H{}/∂H{}‖", time(steps), step(0)),
            "chain_weights" => "W₁ₕ".to_owned(),
            "chain_saturation" => "1 − H²".to_owned(),
            "cosine" => "cos".to_owned(),
            "predicted_loss" => "L − η·‖g‖²".to_owned(),
            "next_loss" => "L′".to_owned(),
            other => of(other),
        };
        if self.factor == 1.0 || self.name.is_empty() {
            written
        } else {
            format!("{} × {written}", self.factor)
        }
    }

    /// The time of the step before the one that the first argument names.
    fn before(&self, steps: usize) -> String {
        let step = self.arguments.first().and_then(|name| step_named(name, steps));
        step.map_or_else(String::new, |step| time(step.index()))
    }
}

/// The run of the same tokens in reverse order, with the same weights.
fn reversed(trace: &Trace) -> Option<Trace> {
    let experiment = &trace.experiment;
    let mut tokens = experiment.sequence().tokens().to_vec();
    tokens.reverse();
    let text = tokens.join(if experiment.settings().unit == StepUnit::Word { " " } else { "" });
    let settings = Settings {
        text,
        vocabulary: Some(experiment.sequence().vocabulary().to_vec()),
        weights: Some(experiment.weights().clone()),
        ..experiment.settings().clone()
    };
    Experiment::new(settings).ok().map(Trace::of)
}

/// ‖wrong − right‖ / ‖right‖ in one tensor.
///
/// # Errors
///
/// Why there is no such number.
pub fn distance(wrong: &Weights, right: &Weights, parameter: Parameter) -> Result<f64, NoRatio> {
    let (wrong, right) = (wrong.matrix(parameter), right.matrix(parameter));
    let off = weights::norm((&wrong - &right).iter().copied());
    ratio(off, weights::norm(right.iter().copied()))
}

/// Whether a [`distance`] is none, but for rounding.
pub fn is_same(distance: Result<f64, NoRatio>) -> bool {
    matches!(distance, Ok(..1e-9) | Err(NoRatio::BothZero))
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

/// Something that holds of a run or does not: `norm 1 > 10 x norm last`.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The quantity on the left.
    pub left: Quantity,
    /// `<`, `>`, `=` or `!=`.
    pub sign: &'static str,
    /// The quantity on the right.
    pub right: Quantity,
}

impl Condition {
    /// Whether it holds; none where the run lacks one of its numbers.
    pub fn holds(&self, trace: &Trace) -> Option<bool> {
        let (left, right) = (self.left.value(trace)?, self.right.value(trace)?);
        // Equal to all that rounding leaves.
        let same = left == right || (left - right).abs() <= 1e-9 * left.abs().max(right.abs());
        Some(match self.sign {
            "<" => left < right,
            ">" => left > right,
            "=" => same,
            _ => !same,
        })
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        for sign in ["!=", "<", ">", "="] {
            if let Some((left, right)) = text.split_once(sign) {
                let read = |side: &str| Quantity::read(side).map_err(D::Error::custom);
                return Ok(Self { left: read(left)?, sign, right: read(right)? });
            }
        }
        Err(D::Error::custom(format!("`{text}` compares nothing: it needs <, >, = or !=")))
    }
}

/// `text` with the numbers of the run in the place of names in braces, as in `{norm 1}`, and with
/// the Korean particle that what stands before it asks for, as in `{norm 1}{이/가}`.
///
/// # Errors
///
/// The name that the run has no number for.
pub fn filled(text: &str, trace: &Trace) -> Result<String, String> {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("a brace is never closed")?;
        result.push_str(before);
        let value = if let Some(step) = name.strip_prefix("token ") {
            let step = step_of(step, trace).ok_or_else(|| name.to_owned())?;
            trace.experiment.sequence().tokens().get(step.index()).cloned()
        } else if let Some((with, without)) = name.split_once('/') {
            Some(particle(&result, with, without).into_owned())
        } else {
            let quantity = Quantity::read(name)?;
            quantity.value(trace).map(|value| quantity.written(value))
        };
        result.push_str(&value.ok_or_else(|| format!("{{{name}}}"))?);
        rest = after;
    }
    result.push_str(rest);
    Ok(result)
}
