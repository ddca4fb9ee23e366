//! The rules in `MathML`, in the letters of the course material.

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod golden;

use crate::{
    rnn::{
        Experiment, Parameter, Reduction, Step, Trace, Variable,
        engine::Head,
        formula::{Formula, Row},
        recipe::{Function, When},
        way_back::{Arrival, Cause},
    },
    session::Spot,
    text,
};
use yew::prelude::*;

/// The rule by which `spot` is computed in the run of `trace`; what is given has none.
pub(super) fn rule(spot: Spot, trace: &Trace) -> Html {
    let recipe = trace.experiment().recipe();
    let line = match spot {
        Spot::Value { of, step, .. } => {
            let t = step.number();
            let Some(rule) = recipe.rule(of) else { return html! {} };
            html! { <>{ variable(of, t) }{ op("=") }{ set_rule(&rule, t) }</> }
        }
        Spot::Error { of, step, .. } => {
            let rule = html! { { for arrivals(of, step, trace) } };
            html! { <>{ partial(variable(of, step.number())) }{ op("=") }{ rule }</> }
        }
        Spot::Arrival { of, nth, step, .. } => {
            let Some(arrival) = trace.way_back().at(of).nth(nth) else { return html! {} };
            let error = partial(variable(of, step.number()));
            html! { <>{ error }{ op("=") }{ set_rule(&arrival.rule(), step.number()) }{ op("+") }{ op("…") }</> }
        }
        Spot::Norm { of, step } => {
            let error = partial(variable(of, step.number()));
            let squares = html! {
                <msqrt><munder><mo>{ "∑" }</mo><mi>{ "i" }</mi></munder>
                <msup><mrow>{ parens(html! { <msub><mrow>{ error.clone() }</mrow><mi>{ "i" }</mi></msub> }) }</mrow>
                <mn>{ 2 }</mn></msup></msqrt>
            };
            html! { <>{ op("‖") }{ error }{ op("‖") }{ op("=") }{ squares }</> }
        }
        Spot::Logit { .. }
        | Spot::Output { .. }
        | Spot::Loss { .. }
        | Spot::WholeLoss
        | Spot::OutputError { .. } => at_output(spot, trace.experiment()),
        Spot::Contribution { step, place } => {
            let (name, index) = place.parameter.letters();
            html! {
                <>{ partial(weight(name, index)) }{ op("+=") }
                { contribution(place.parameter, Time::At(step.number()), trace) }</>
            }
        }
        Spot::Gradient(place) => {
            let (name, index) = place.parameter.letters();
            let step = if place.parameter.is_recurrent() { "t" } else { "s" };
            html! {
                <>{ partial(weight(name, index)) }{ op("=") }
                <munder><mo>{ "∑" }</mo><mi>{ step }</mi></munder>
                { contribution(place.parameter, Time::Any(step), trace) }</>
            }
        }
        Spot::Updated(place) => {
            let (name, index) = place.parameter.letters();
            let clips = trace.experiment().settings().clip_norm.is_some();
            html! {
                <>
                    { weight(name, index) }{ op("←") }{ weight(name, index) }{ op("−") }{ letter("η") }
                    if clips {
                        { op("·") }{ clipping() }{ op("·") }
                    }
                    { partial(weight(name, index)) }
                </>
            }
        }
        Spot::Jacobian { step, .. } => {
            let t = step.number();
            let states = ratio(carried(trace, t), carried(trace, t - 1));
            let right = recipe.plain().map(|function| {
                let slope = set_slope(function, Variable::State, Time::At(t));
                html! { <>{ op("=") }{ weight("W", "1h") }{ word("diag") }{ parens(slope) }</> }
            });
            html! { <>{ at("J", "", t) }{ op("=") }{ states }{ for right }</> }
        }
        Spot::Chain { from, to, .. } => {
            let (s, t) = (from.number(), to.number());
            let product = if s == t {
                letter("I")
            } else if s + 1 == t {
                at("J", "", t)
            } else {
                html! { <>{ at("J", "", s + 1) }{ op("⋯") }{ at("J", "", t) }</> }
            };
            html! { <>{ ratio(carried(trace, t), carried(trace, s)) }{ op("=") }{ product }</> }
        }
        Spot::Weight(_) | Spot::Start { .. } => return html! {},
    };
    html! { <math display="block"><mrow>{ line }</mrow></math> }
}

/// The rule of a number of the output layer or of the loss.
fn at_output(spot: Spot, experiment: &Experiment) -> Html {
    match spot {
        Spot::Logit { step, .. } => {
            let s = step.number();
            html! {
                <>{ at("Z", "2", s) }{ op("=") }{ at("H", "", s) }{ weight("W", "2") }{ op("+") }
                { weight("b", "2") }</>
            }
        }
        Spot::Output { step, .. } => {
            let s = step.number();
            let logits = at("Z", "2", s);
            let right = match experiment.question().head {
                Head::Sigmoid => html! { <>{ word("sigmoid") }{ parens(logits) }</> },
                Head::Softmax => html! { <>{ word("softmax") }{ parens(logits) }</> },
                Head::Identity => logits,
            };
            html! { <>{ at("A", "2", s) }{ op("=") }{ right }</> }
        }
        Spot::Loss { step } => loss(step, experiment),
        Spot::WholeLoss => whole_loss(experiment),
        Spot::OutputError { step, .. } => {
            let s = step.number();
            let difference = html! { <>{ at("y", "", s) }{ op("−") }{ at("A", "2", s) }</> };
            html! {
                <>
                    { partial(at("Z", "2", s)) }{ op("=") }{ op("−") }
                    { share(experiment) }{ parens(difference) }
                </>
            }
        }
        _ => html! {},
    }
}

/// The step of a rule: one, or any, by its letter.
#[derive(Clone, Copy)]
enum Time {
    At(usize),
    Any(&'static str),
}

impl Time {
    fn shifted(self, when: When) -> String {
        match (self, when) {
            (Self::At(t), When::Before) => (t - 1).to_string(),
            (Self::At(t), When::Now) => t.to_string(),
            (Self::At(t), When::Next) => (t + 1).to_string(),
            (Self::Any(t), When::Before) => format!("{t}−1"),
            (Self::Any(t), When::Now) => t.to_owned(),
            (Self::Any(t), When::Next) => format!("{t}+1"),
        }
    }
}

/// A rule of the mathematics at step `t`.
fn set_rule(rule: &Formula, t: usize) -> Html {
    set_formula(rule, Time::At(t))
}

fn set_formula(formula: &Formula, time: Time) -> Html {
    match formula {
        Formula::Row(row, when) => set_row(*row, *when, time),
        Formula::Through { row, when, matrix, transposed: is_transposed } => {
            let (name, index) = matrix.letters();
            let matrix = if *is_transposed { transposed(name, index) } else { weight(name, index) };
            html! { <>{ set_row(*row, *when, time) }{ matrix }</> }
        }
        Formula::Bias(bias) => {
            let (name, index) = bias.letters();
            weight(name, index)
        }
        Formula::Of(function, of) => {
            let argument = set_row(Row::Value(*of), When::Now, time);
            html! { <>{ word(name_of(*function)) }{ parens(argument) }</> }
        }
        Formula::Slope(function @ Function::Sigmoid, of) => set_slope(*function, *of, time),
        Formula::Slope(function, of) => parens(set_slope(*function, *of, time)),
        Formula::Rest(of) => {
            parens(html! { <><mn>{ 1 }</mn>{ op("−") }{ set_formula(of, time) }</> })
        }
        Formula::Negative(of) => html! { <>{ op("−") }{ set_formula(of, time) }</> },
        Formula::Each(one, other) => {
            html! { <>{ set_formula(one, time) }{ op("⊙") }{ set_formula(other, time) }</> }
        }
        Formula::Outer(column, row) => {
            let column = match &**column {
                Formula::Row(of, when) => transposed_row(*of, *when, time),
                other => set_formula(other, time),
            };
            html! { <>{ column }{ set_formula(row, time) }</> }
        }
        Formula::Sum(parts) => joined(parts.iter(), time),
    }
}

/// How many summands of a rule stand in one line.
const MOST_IN_A_LINE: usize = 3;

/// A sum; a summand that is subtracted brings its sign along. A long one, or one of products of gates, has
/// a line for each.
fn joined<'a>(parts: impl ExactSizeIterator<Item = &'a Formula> + Clone, time: Time) -> Html {
    let of_gates = parts.clone().any(|part| matches!(part, Formula::Each(..)));
    let long = parts.len() > if of_gates { 1 } else { MOST_IN_A_LINE };
    let signed = |(at, part): (usize, &Formula)| {
        let negative = match part {
            Formula::Each(one, _) => matches!(**one, Formula::Negative(_)),
            part => matches!(part, Formula::Negative(_)),
        };
        let sign = (at > 0 && !negative).then(|| op("+"));
        let part = html! { <>{ for sign }{ set_formula(part, time) }</> };
        if long {
            html! { <mtr><mtd>{ part }</mtd></mtr> }
        } else {
            part
        }
    };
    let all: Html = parts.enumerate().map(signed).collect();
    if long {
        html! { <mtable displaystyle="true">{ all }</mtable> }
    } else {
        all
    }
}

/// What arrives at ∂L/∂V of a step, of all that there is.
fn arrivals(of: Variable, step: Step, trace: &Trace) -> Option<Html> {
    let is_there = |arrival: &Arrival| match arrival.from {
        Cause::Output => trace.experiment().loss_row(step).is_some(),
        Cause::Next(_) => step.number() < trace.steps(),
        Cause::Here(_) => true,
    };
    let rules: Vec<Formula> = trace.way_back().at(of).filter(is_there).map(Arrival::rule).collect();
    (!rules.is_empty()).then(|| joined(rules.iter(), Time::At(step.number())))
}

fn set_row(row: Row, when: When, time: Time) -> Html {
    let t = time.shifted(when);
    match row {
        Row::Input => at("X", "", t),
        Row::Value(of) => variable(of, t),
        Row::Error(of) => partial(variable(of, t)),
        Row::OutputError => partial(at("Z", "2", t)),
    }
}

fn transposed_row(row: Row, when: When, time: Time) -> Html {
    let t = time.shifted(when);
    match row {
        Row::Input => transposed_at("X", &t),
        Row::Value(of) => transposed_at(of.letter().0, &t),
        Row::Error(_) | Row::OutputError => set_row(row, when, time),
    }
}

/// The slope of a function, by its value.
fn set_slope(function: Function, of: Variable, time: Time) -> Html {
    let value = || set_row(Row::Value(of), When::Now, time);
    match function {
        Function::Tanh => {
            html! {
                <><mn>{ 1 }</mn>{ op("−") }<msup><mrow>{ value() }</mrow><mn>{ 2 }</mn></msup></>
            }
        }
        Function::Sigmoid => {
            let rest = html! { <><mn>{ 1 }</mn>{ op("−") }{ value() }</> };
            html! { <>{ value() }{ op("⊙") }{ parens(rest) }</> }
        }
        Function::Relu => html! { <>{ value() }{ op(">") }<mn>{ 0 }</mn></> },
    }
}

const fn name_of(function: Function) -> &'static str {
    match function {
        Function::Tanh => "tanh",
        Function::Relu => "relu",
        Function::Sigmoid => "σ",
    }
}

/// A variable of step `t`.
fn variable(of: Variable, t: impl ToString) -> Html {
    let (name, index) = of.letter();
    match of {
        Variable::Squashed => html! { <>{ word("tanh") }{ parens(at(name, index, t)) }</> },
        _ => at(name, index, t),
    }
}

/// What is carried on from step `t`: H, or H and C.
fn carried(trace: &Trace, t: usize) -> Html {
    let all = trace.experiment().recipe().carried();
    match all[..] {
        [only] => variable(only, t),
        _ => parens(html! { { for all.into_iter().enumerate().map(|(place, of)| html! {
            <>{ for (place > 0).then(|| op(",")) }{ variable(of, t) }</>
        }) } }),
    }
}

/// What clipping multiplies a gradient by.
fn clipping() -> Html {
    let share = html! {
        <>
            <mn>{ 1 }</mn>{ op(",") }
            <mfrac><mi>{ "c" }</mi><mrow>{ op("‖") }{ letter("g") }{ op("‖") }</mrow></mfrac>
        </>
    };
    html! { <>{ word("min") }{ parens(share) }</> }
}

/// What the losses of several steps are divided by, where they are averaged.
fn share(experiment: &Experiment) -> Html {
    if experiment.settings().reduction != Some(Reduction::Mean) {
        return html! {};
    }
    let count = experiment.loss_steps().count();
    html! { <mfrac><mn>{ 1 }</mn><mn>{ count }</mn></mfrac> }
}

fn loss(step: Step, experiment: &Experiment) -> Html {
    let s = step.number();
    // The only loss needs no step.
    let several = experiment.has_several_losses();
    match experiment.question().head {
        Head::Softmax => html! {
            <>{ at("L", "", s) }{ op("=") }{ op("−") }{ at("y", "", s) }{ op("·") }{ word("ln") }
            { at("A", "2", s) }</>
        },
        Head::Sigmoid => {
            let loss = if several { at("L", "", s) } else { letter("L") };
            let target = || if several { at("y", "", s) } else { letter("y") };
            let output = || if several { at("A", "2", s) } else { weight("A", "2") };
            html! {
                <>{ loss }{ op("=") }{ op("−") }{ target() }{ word("ln") }{ output() }
                { op("−") }{ parens(html! { <><mn>{ 1 }</mn>{ op("−") }{ target() }</> }) }
                { word("ln") }{ parens(html! { <><mn>{ 1 }</mn>{ op("−") }{ output() }</> }) }</>
            }
        }
        Head::Identity => html! {
            <>{ at("L", "", s) }{ op("=") }<mfrac><mn>{ 1 }</mn><mn>{ 2 }</mn></mfrac>
            { op("‖") }{ at("A", "2", s) }{ op("−") }{ at("y", "", s) }
            <msup><mo>{ "‖" }</mo><mn>{ 2 }</mn></msup></>
        },
    }
}

fn whole_loss(experiment: &Experiment) -> Html {
    html! {
        <>{ letter("L") }{ op("=") }{ share(experiment) }<munder><mo>{ "∑" }</mo><mi>{ "s" }</mi></munder>
        { at("L", "", "s") }</>
    }
}

/// What a step contributes to the gradient of a tensor.
fn contribution(parameter: Parameter, time: Time, trace: &Trace) -> Html {
    let row = |row| set_row(row, When::Now, time);
    match parameter {
        Parameter::ToOutput => {
            let state = transposed_row(Row::Value(Variable::State), When::Now, time);
            html! { <>{ state }{ row(Row::OutputError) }</> }
        }
        Parameter::OutputBias => row(Row::OutputError),
        _ => match trace.way_back().term(parameter) {
            Some(term) => set_formula(&term.rule(), time),
            None => html! {},
        },
    }
}

fn letter(name: &'static str) -> Html {
    html! { <mi>{ name }</mi> }
}

fn word(name: &'static str) -> Html {
    html! { <><mi>{ name }</mi><mo>{ "\u{2061}" }</mo></> }
}

fn op(sign: &'static str) -> Html {
    html! { <mo>{ sign }</mo> }
}

fn parens(inner: Html) -> Html {
    html! { <mrow><mo>{ "(" }</mo>{ inner }<mo>{ ")" }</mo></mrow> }
}

/// A quantity of time step `t`, as in Z₁⁽⁴⁾.
fn at(name: &'static str, index: &'static str, t: impl ToString) -> Html {
    let t = t.to_string();
    let step = html! { <mrow><mo>{ "(" }</mo><mn>{ t }</mn><mo>{ ")" }</mo></mrow> };
    if index.is_empty() {
        html! { <msup><mi>{ name }</mi>{ step }</msup> }
    } else {
        html! { <msubsup><mi>{ name }</mi><mi>{ index }</mi>{ step }</msubsup> }
    }
}

/// A parameter, as in W₁ₕ.
fn weight(name: &'static str, index: &'static str) -> Html {
    html! { <msub><mi>{ name }</mi><mi>{ index }</mi></msub> }
}

fn transposed(name: &'static str, index: &'static str) -> Html {
    html! { <msubsup><mi>{ name }</mi><mi>{ index }</mi><mi>{ "⊤" }</mi></msubsup> }
}

fn transposed_at(name: &'static str, t: &str) -> Html {
    let t = t.to_owned();
    html! {
        <msup>
            <mi>{ name }</mi>
            <mrow><mo>{ "(" }</mo><mn>{ t }</mn><mo>{ ")" }</mo><mi>{ "⊤" }</mi></mrow>
        </msup>
    }
}

/// ∂ of one quantity by ∂ of another.
fn ratio(of: Html, by: Html) -> Html {
    html! {
        <mfrac>
            <mrow><mo>{ "∂" }</mo>{ of }</mrow>
            <mrow><mo>{ "∂" }</mo>{ by }</mrow>
        </mfrac>
    }
}

/// ∂L/∂ of a quantity.
fn partial(of: Html) -> Html {
    html! {
        <mfrac>
            <mrow><mo>{ "∂" }</mo><mi>{ "L" }</mi></mrow>
            <mrow><mo>{ "∂" }</mo>{ of }</mrow>
        </mfrac>
    }
}

/// What a number is one of, with its step, as in H⁽³⁾ or ∂L/∂W₁ₕ.
pub(super) fn symbol(spot: Spot) -> Html {
    let gradient = |parameter: Parameter| format!("∂L/∂{}", parameter.symbol());
    let name = match spot {
        Spot::Value { of, .. } | Spot::Start { of, .. } => of.symbol(),
        Spot::Error { of, .. } | Spot::Arrival { of, .. } => format!("∂L/∂{}", of.symbol()),
        Spot::Norm { of, .. } => format!("‖∂L/∂{}‖", of.symbol()),
        Spot::Logit { .. } => "Z₂".to_owned(),
        Spot::Output { .. } => "A₂".to_owned(),
        Spot::Loss { .. } | Spot::WholeLoss => "L".to_owned(),
        Spot::OutputError { .. } => "∂L/∂Z₂".to_owned(),
        Spot::Weight(place) | Spot::Updated(place) => place.parameter.symbol(),
        Spot::Gradient(place) | Spot::Contribution { place, .. } => gradient(place.parameter),
        Spot::Jacobian { .. } => "J".to_owned(),
        Spot::Chain { .. } => "∂H".to_owned(),
    };
    let raised = |step: Step| html! { <sup>{ format!("({})", step.number()) }</sup> };
    let over = match spot {
        Spot::Chain { from, .. } => Some(html! { <>{ "/∂H" }{ raised(from) }</> }),
        _ => None,
    };
    let start = matches!(spot, Spot::Start { .. }).then(|| html! { <sup>{ "(0)" }</sup> });
    let time = spot.step().map(raised).or(start);
    html! { <span class="formula">{ indexed(&name) }{ for time }{ for over }</span> }
}

/// A sentence whose formulas, which are marked in it, are set as formulas are.
pub(super) fn prose(sentence: &str) -> Html {
    let set_part = |(at, part): (usize, &str)| match at % 2 {
        0 => html! { part.to_owned() },
        _ => set(part),
    };
    text::parts(sentence).enumerate().map(set_part).collect()
}

/// A formula in letters, such as W₁ₕᵀ or ∂L/∂Z₁⁽ᵗ⁾, as it is set in a sentence.
///
/// The letters of indices that Unicode has are few and often ill drawn: indices become `<sub>` and
/// `<sup>`.
///
/// A long one may be broken before a sign of operation; inside of parentheses only if it must.
pub(super) fn set(formula: &str) -> Html {
    let pieces = pieces(formula, true).into_iter().flat_map(|piece| pieces(piece, false));
    let set_piece = |(at, piece): (usize, &str)| {
        html! { <>{ if at > 0 { " " } else { "" } }<span class="formula">{ indexed(piece) }</span></> }
    };
    pieces.enumerate().map(set_piece).collect()
}

/// The pieces of a formula that is too long for one line: what stands before each sign of operation,
/// the parentheses `whole` or not.
fn pieces(formula: &str, whole: bool) -> Vec<&str> {
    // How many letters a piece may have that is not broken.
    let short = if whole { 24 } else { 30 };
    if formula.chars().count() <= short {
        return vec![formula];
    }
    let (mut pieces, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, c) in formula.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ' ' if whole && depth > 0 => {}
            // A space before a sign, and not the one after it.
            ' ' if formula[at + 1..].starts_with(is_operation) => {
                pieces.push(&formula[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(&formula[start..]);
    pieces
}

fn is_operation(c: char) -> bool {
    "=+−·⊙←".contains(c)
}

/// A sentence of the lesson. Where none of its formulas is marked, as in a chapter from before there
/// were marks, a run of characters that holds an index, or a sign of calculus, is one.
pub(super) fn lesson_prose(sentence: &str) -> Html {
    if text::parts(sentence).nth(1).is_some() {
        return prose(sentence);
    }
    let mut parts = Vec::new();
    let mut rest = sentence;
    while !rest.is_empty() {
        let formula = rest.find(|c: char| !belongs_to_formula(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(formula);
        parts.push(if run.chars().any(marks_formula) {
            set(run)
        } else {
            html! { run.to_owned() }
        });
        let plain = after.find(belongs_to_formula).unwrap_or(after.len());
        let (run, after) = after.split_at(plain);
        parts.push(html! { run.to_owned() });
        rest = after;
    }
    parts.into_iter().collect()
}

fn belongs_to_formula(c: char) -> bool {
    c.is_ascii_alphanumeric() || "∂‖/⊙()·+−".contains(c) || index(c).is_some()
}

fn marks_formula(c: char) -> bool {
    "∂‖⊙".contains(c) || index(c).is_some()
}

/// The letters of indices and of exponents that Unicode has, and the plain ones.
const INDICES: [(bool, &str, &str); 2] = [
    (false, "₀₁₂₃₄₅₆₇₈₉ₓₕₚₜₛ", "0123456789xhpts"),
    (true, "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁻⁺ᵗˢᵀ", "0123456789()−+ts⊤"),
];

/// The plain letter of an index or an exponent, and whether it is above the line.
fn index(c: char) -> Option<(bool, char)> {
    INDICES.into_iter().find_map(|(above, signs, plain)| {
        let mut pairs = signs.chars().zip(plain.chars());
        pairs.find_map(|(sign, plain)| (sign == c).then_some((above, plain)))
    })
}

/// The parts of a run of letters: above the line, below it, or on it. Plain letters behind `_` are below
/// it, too: those that Unicode has no index for.
fn levels(run: &str) -> Vec<(Option<bool>, String)> {
    let mut parts: Vec<(Option<bool>, String)> = Vec::new();
    let mut below = false;
    for c in run.chars() {
        below = c == '_' || (below && (c.is_ascii_lowercase() || c.is_ascii_digit()));
        if c == '_' {
            continue;
        }
        let found = if below { Some((false, c)) } else { index(c) };
        let (level, letter) = (found.map(|(above, _)| above), found.map_or(c, |(_, plain)| plain));
        match parts.last_mut() {
            Some((last, letters)) if *last == level => letters.push(letter),
            _ => parts.push((level, letter.to_string())),
        }
    }
    parts
}

fn indexed(run: &str) -> Html {
    let set = |(level, letters): (Option<bool>, String)| match level {
        None => html! { letters },
        Some(false) => html! { <sub>{ letters }</sub> },
        Some(true) => html! { <sup>{ letters }</sup> },
    };
    levels(run).into_iter().map(set).collect()
}

/// Letters of a formula inside of a drawing's `<text>`.
pub(super) fn in_drawing(run: &str) -> Html {
    // How far a part stands below the line, in the height of its letters.
    let depth = |level| match level {
        None => 0.0,
        Some(false) => 0.35,
        Some(true) => -0.55,
    };
    let mut before = 0.0;
    let set = |(level, letters): (Option<bool>, String)| {
        let (size, to) = (if level.is_some() { 0.72 } else { 1.0 }, depth(level));
        let shift = (to * 0.72 - before) / size;
        before = to * 0.72;
        html! { <tspan dy={format!("{shift:.3}em")} font-size={format!("{size}em")}>{ letters }</tspan> }
    };
    levels(run).into_iter().map(set).collect()
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn a_long_formula_is_broken_before_a_sign_and_in_parentheses_only_if_it_must() {
        assert_eq!(pieces("∂L/∂H ⊙ (1 − H²)", true), ["∂L/∂H ⊙ (1 − H²)"]);
        let formula = "∂H⁽ᵗ⁾/∂H⁽ᵗ⁻¹⁾ = W₁ₕ·diag(1 − H²)";
        assert_eq!(pieces(formula, true), ["∂H⁽ᵗ⁾/∂H⁽ᵗ⁻¹⁾", "= W₁ₕ·diag(1 − H²)"]);
        let formula = "tanh(X⁽ᵗ⁾·W₁ₓ + H⁽ᵗ⁻¹⁾·W₁ₕ + b₁)";
        assert_eq!(pieces(formula, true), [formula]);
        assert_eq!(pieces(formula, false), ["tanh(X⁽ᵗ⁾·W₁ₓ", "+ H⁽ᵗ⁻¹⁾·W₁ₕ", "+ b₁)"]);
    }
}
