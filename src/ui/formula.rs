//! The rules in `MathML`, in the letters of the course material.

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod golden;

use crate::{
    rnn::{Parameter, Step, Task, Trace},
    session::Spot,
    text,
};
use yew::prelude::*;

/// The rule by which `spot` is computed in the run of `trace`; a weight has none.
pub(super) fn rule(spot: Spot, trace: &Trace) -> Html {
    let binary = matches!(trace.experiment().settings().task, Task::Binary { .. });
    let line = match spot {
        Spot::PreActivation { step, .. } => {
            let t = step.number();
            html! {
                <>{ at("Z", "1", t) }{ op("=") }{ at("X", "", t) }{ weight("W", "1x") }{ op("+") }
                { at("H", "", t - 1) }{ weight("W", "1h") }{ op("+") }{ weight("b", "1") }</>
            }
        }
        Spot::State { step, .. } => {
            let t = step.number();
            html! { <>{ at("H", "", t) }{ op("=") }{ word("tanh") }{ parens(at("Z", "1", t)) }</> }
        }
        Spot::Logit { step, .. } => {
            let s = step.number();
            html! {
                <>{ at("Z", "2", s) }{ op("=") }{ at("H", "", s) }{ weight("W", "2") }{ op("+") }
                { weight("b", "2") }</>
            }
        }
        Spot::Output { step, .. } => {
            let s = step.number();
            let squash = word(if binary { "sigmoid" } else { "softmax" });
            html! { <>{ at("A", "2", s) }{ op("=") }{ squash }{ parens(at("Z", "2", s)) }</> }
        }
        Spot::Loss { step } => loss(step, binary),
        Spot::WholeLoss => whole_loss(),
        Spot::OutputError { step, .. } => {
            let s = step.number();
            let difference = html! { <>{ at("y", "", s) }{ op("−") }{ at("A", "2", s) }</> };
            html! { <>{ partial(at("Z", "2", s)) }{ op("=") }{ op("−") }{ parens(difference) }</> }
        }
        Spot::HiddenError { step, .. } => hidden_error(step, trace),
        Spot::Error { step, .. } => {
            let t = step.number();
            html! {
                <>{ partial(at("Z", "1", t)) }{ op("=") }{ partial(at("H", "", t)) }{ op("⊙") }
                { parens(one_minus_square(t)) }</>
            }
        }
        Spot::Norm { step } => {
            let error = partial(at("H", "", step.number()));
            let squares = html! {
                <msqrt><munder><mo>{ "∑" }</mo><mi>{ "i" }</mi></munder>
                <msup><mrow>{ parens(html! { <msub><mrow>{ error.clone() }</mrow><mi>{ "i" }</mi></msub> }) }</mrow>
                <mn>{ 2 }</mn></msup></msqrt>
            };
            html! { <>{ op("‖") }{ error }{ op("‖") }{ op("=") }{ squares }</> }
        }
        Spot::Contribution { step, place } => {
            let (name, index) = place.parameter.letters();
            html! {
                <>{ partial(weight(name, index)) }{ op("+=") }
                { contribution(place.parameter, step.number()) }</>
            }
        }
        Spot::Gradient(place) => {
            let (name, index) = place.parameter.letters();
            let step = if Parameter::RECURRENT.contains(&place.parameter) { "t" } else { "s" };
            html! {
                <>{ partial(weight(name, index)) }{ op("=") }
                <munder><mo>{ "∑" }</mo><mi>{ step }</mi></munder>
                { contribution(place.parameter, step) }</>
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
            html! {
                <>{ at("J", "", t) }{ op("=") }{ ratio(at("H", "", t), at("H", "", t - 1)) }{ op("=") }
                { weight("W", "1h") }{ word("diag") }{ parens(one_minus_square(t)) }</>
            }
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
            html! { <>{ ratio(at("H", "", t), at("H", "", s)) }{ op("=") }{ product }</> }
        }
        Spot::Weight(_) => return html! {},
    };
    html! { <math display="block"><mrow>{ line }</mrow></math> }
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

fn loss(step: Step, binary: bool) -> Html {
    let s = step.number();
    if !binary {
        return html! {
            <>{ at("L", "", s) }{ op("=") }{ op("−") }{ at("y", "", s) }{ op("·") }{ word("ln") }
            { at("A", "2", s) }</>
        };
    }
    html! {
        <>{ letter("L") }{ op("=") }{ op("−") }{ letter("y") }{ word("ln") }{ weight("A", "2") }
        { op("−") }{ parens(html! { <><mn>{ 1 }</mn>{ op("−") }{ letter("y") }</> }) }
        { word("ln") }{ parens(html! { <><mn>{ 1 }</mn>{ op("−") }{ weight("A", "2") }</> }) }</>
    }
}

fn whole_loss() -> Html {
    html! {
        <>{ letter("L") }{ op("=") }<munder><mo>{ "∑" }</mo><mi>{ "s" }</mi></munder>
        { at("L", "", "s") }</>
    }
}

fn hidden_error(step: Step, trace: &Trace) -> Html {
    let t = step.number();
    let from_output = trace.experiment().loss_row(step).is_some();
    let from_next = t < trace.steps();
    html! {
        <>
            { partial(at("H", "", t)) }{ op("=") }
            if from_output {
                { partial(at("Z", "2", t)) }{ transposed("W", "2") }
            }
            if from_output && from_next {
                { op("+") }
            }
            if from_next {
                { partial(at("Z", "1", t + 1)) }{ transposed("W", "1h") }
            }
        </>
    }
}

/// What step `t` contributes to the gradient of a tensor.
fn contribution(parameter: Parameter, t: impl ToString) -> Html {
    let t = t.to_string();
    let before = t.parse::<usize>().map_or_else(|_| format!("{t}−1"), |t| (t - 1).to_string());
    match parameter {
        Parameter::FromInput(_) => {
            html! { <>{ transposed_at("X", &t) }{ partial(at("Z", "1", t)) }</> }
        }
        Parameter::FromState(_) => {
            html! { <>{ transposed_at("H", &before) }{ partial(at("Z", "1", t)) }</> }
        }
        Parameter::Bias(_) | Parameter::StateBias(_) => partial(at("Z", "1", t)),
        Parameter::ToOutput => {
            html! { <>{ transposed_at("H", &t) }{ partial(at("Z", "2", t)) }</> }
        }
        Parameter::OutputBias => partial(at("Z", "2", t)),
    }
}

fn one_minus_square(t: usize) -> Html {
    html! {
        <><mn>{ 1 }</mn>{ op("−") }<msup><mrow>{ at("H", "", t) }</mrow><mn>{ 2 }</mn></msup></>
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
    let gradient = |parameter: Parameter| format!("∂L/∂{}", parameter.letter());
    let name = match spot {
        Spot::PreActivation { .. } => "Z₁".to_owned(),
        Spot::State { .. } => "H".to_owned(),
        Spot::Logit { .. } => "Z₂".to_owned(),
        Spot::Output { .. } => "A₂".to_owned(),
        Spot::Loss { .. } | Spot::WholeLoss => "L".to_owned(),
        Spot::OutputError { .. } => "∂L/∂Z₂".to_owned(),
        Spot::Error { .. } => "∂L/∂Z₁".to_owned(),
        Spot::HiddenError { .. } => "∂L/∂H".to_owned(),
        Spot::Norm { .. } => "‖∂L/∂H‖".to_owned(),
        Spot::Weight(place) | Spot::Updated(place) => place.parameter.letter().to_owned(),
        Spot::Gradient(place) | Spot::Contribution { place, .. } => gradient(place.parameter),
        Spot::Jacobian { .. } => "J".to_owned(),
        Spot::Chain { .. } => "∂H".to_owned(),
    };
    let raised = |step: Step| html! { <sup>{ format!("({})", step.number()) }</sup> };
    let over = match spot {
        Spot::Chain { from, .. } => Some(html! { <>{ "/∂H" }{ raised(from) }</> }),
        _ => None,
    };
    html! { <span class="formula">{ indexed(&name) }{ for spot.step().map(raised) }{ for over }</span> }
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
const INDICES: [(bool, &str, &str); 2] =
    [(false, "₀₁₂₃₄₅₆₇₈₉ₓₕₚₜₛ", "0123456789xhpts"), (true, "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁻ᵗˢᵀ", "0123456789()−ts⊤")];

/// The plain letter of an index or an exponent, and whether it is above the line.
fn index(c: char) -> Option<(bool, char)> {
    INDICES.into_iter().find_map(|(above, signs, plain)| {
        let mut pairs = signs.chars().zip(plain.chars());
        pairs.find_map(|(sign, plain)| (sign == c).then_some((above, plain)))
    })
}

/// The parts of a run of letters: above the line, below it, or on it.
fn levels(run: &str) -> Vec<(Option<bool>, String)> {
    let mut parts: Vec<(Option<bool>, String)> = Vec::new();
    for c in run.chars() {
        let found = index(c);
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
