//! The rules in `MathML`, in the letters of the course material.

use crate::{rnn::Step, session::Moment};
use yew::prelude::*;

/// The rule that computes what happens at `moment` of a pass over `steps` time steps.
pub(super) fn rule(moment: Moment, steps: usize) -> Html {
    let lines = match moment {
        Moment::Forward(step) => forward(step),
        Moment::Output => vec![
            html! { <>{ at("Z", "2", steps) }{ op("=") }{ at("H", "", steps) }{ weight("W", "2") }{ op("+") }{ weight("b", "2") }</> },
            html! { <>{ at("A", "2", steps) }{ op("=") }{ word("sigmoid") }{ parens(at("Z", "2", steps)) }</> },
        ],
        Moment::Loss => vec![html! {
            <>{ letter("L") }{ op("=") }{ op("−") }{ letter("y") }{ word("ln") }{ weight("A", "2") }
            { op("−") }{ parens(html! { <><mn>{ 1 }</mn>{ op("−") }{ letter("y") }</> }) }
            { word("ln") }{ parens(html! { <><mn>{ 1 }</mn>{ op("−") }{ weight("A", "2") }</> }) }</>
        }],
        Moment::BackwardOutput => vec![
            html! { <>{ partial(at("Z", "2", steps)) }{ op("=") }{ op("−") }{ parens(html! { <>{ letter("Y") }{ op("−") }{ at("A", "2", steps) }</> }) }</> },
            html! { <>{ partial(weight("W", "2")) }{ op("=") }{ transposed_at("H", steps) }{ partial(at("Z", "2", steps)) }</> },
            html! { <>{ partial(weight("b", "2")) }{ op("=") }{ partial(at("Z", "2", steps)) }</> },
        ],
        Moment::Backward(step) => backward(step, steps),
        Moment::Update => vec![html! {
            <>{ letter("W") }{ op("←") }{ letter("W") }{ op("−") }{ letter("η") }{ partial(letter("W")) }</>
        }],
    };
    html! {
        <>{ for lines.into_iter().enumerate().map(|(key, line)| html! {
            <math key={key} display="block"><mrow>{ line }</mrow></math>
        }) }</>
    }
}

fn forward(step: Step) -> Vec<Html> {
    let t = step.number();
    vec![
        html! {
            <>{ at("Z", "1", t) }{ op("=") }{ at("X", "", t) }{ weight("W", "1x") }{ op("+") }
            { at("H", "", t - 1) }{ weight("W", "1h") }{ op("+") }{ weight("b", "1") }</>
        },
        html! { <>{ at("H", "", t) }{ op("=") }{ word("tanh") }{ parens(at("Z", "1", t)) }</> },
    ]
}

fn backward(step: Step, steps: usize) -> Vec<Html> {
    let t = step.number();
    let arriving = if t == steps {
        html! { <>{ partial(at("Z", "2", t)) }{ transposed("W", "2") }</> }
    } else {
        html! { <>{ partial(at("Z", "1", t + 1)) }{ transposed("W", "1h") }</> }
    };
    vec![
        html! { <>{ partial(at("H", "", t)) }{ op("=") }{ arriving }</> },
        html! {
            <>{ partial(at("Z", "1", t)) }{ op("=") }{ partial(at("H", "", t)) }{ op("⊙") }
            { parens(html! { <><mn>{ 1 }</mn>{ op("−") }
                <msup><mrow>{ at("H", "", t) }</mrow><mn>{ 2 }</mn></msup></> }) }</>
        },
        html! {
            <>{ partial(weight("W", "1h")) }{ op("+=") }{ transposed_at("H", t - 1) }
            { partial(at("Z", "1", t)) }</>
        },
    ]
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
fn at(name: &'static str, index: &'static str, t: usize) -> Html {
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

fn transposed_at(name: &'static str, t: usize) -> Html {
    html! {
        <msup>
            <mi>{ name }</mi>
            <mrow><mo>{ "(" }</mo><mn>{ t }</mn><mo>{ ")" }</mo><mi>{ "⊤" }</mi></mrow>
        </msup>
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

/// A sentence whose formulas, such as W₁ₕᵀ or ∂L/∂Z₁, are set as formulas are.
///
/// The letters of indices that Unicode has are few and often ill drawn: indices become `<sub>` and
/// `<sup>`, and a run of characters that holds one, or a sign of calculus, has the formula's font.
pub(super) fn prose(sentence: &str) -> Html {
    let mut parts = Vec::new();
    let mut rest = sentence;
    while !rest.is_empty() {
        let formula = rest.find(|c: char| !belongs_to_formula(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(formula);
        if run.chars().any(marks_formula) {
            parts.push(html! { <span class="formula">{ indexed(run) }</span> });
        } else {
            parts.push(html! { run.to_owned() });
        }
        let plain = after.find(belongs_to_formula).unwrap_or(after.len());
        let (run, after) = after.split_at(plain);
        parts.push(html! { run.to_owned() });
        rest = after;
    }
    parts.into_iter().collect()
}

fn belongs_to_formula(c: char) -> bool {
    c.is_ascii_alphanumeric() || "∂‖/⊙()·+−²ᵀ⊤".contains(c) || index(c).is_some()
}

fn marks_formula(c: char) -> bool {
    "∂‖⊙²ᵀ".contains(c) || index(c).is_some()
}

/// The plain letter of an index below the line.
fn index(c: char) -> Option<char> {
    "₀₁₂ₓₕₚₜₛ"
        .chars()
        .zip("012xhpts".chars())
        .find_map(|(sign, plain)| (sign == c).then_some(plain))
}

fn indexed(run: &str) -> Html {
    let mut parts = Vec::new();
    let mut characters = run.chars().peekable();
    while let Some(c) = characters.next() {
        if let Some(first) = index(c) {
            let mut below = String::from(first);
            while let Some(next) = characters.peek().copied().and_then(index) {
                below.push(next);
                characters.next();
            }
            parts.push(html! { <sub>{ below }</sub> });
        } else if c == '²' {
            parts.push(html! { <sup>{ "2" }</sup> });
        } else if c == 'ᵀ' {
            parts.push(html! { <sup>{ "⊤" }</sup> });
        } else {
            parts.push(html! { c.to_string() });
        }
    }
    parts.into_iter().collect()
}
