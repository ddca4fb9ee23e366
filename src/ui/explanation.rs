//! What happens at the present stage, and where its numbers come from: the story, the rule, the
//! rule with numbers in it, the arithmetic down to the last product, the lines of `NumPy`.

use super::{
    formula::{prose, rule},
    surroundings::{use_around, use_words},
};
use crate::{
    browser,
    export::program,
    figure::{Colours, Palette},
    rnn::Parameter,
    session::{Action, Expression, Function, Run, Scale, Spot, Timeline},
    text::{self, numbers},
};
use yew::prelude::*;

/// The most numbers that stand in one line; where there are more, the list below has them.
const MOST_IN_A_LINE: usize = 6;

#[derive(PartialEq, Properties)]
pub(super) struct ExplanationProps {
    pub(super) run: Run,
    pub(super) position: usize,
    /// Whether a screen reader should stay silent, as while playing.
    pub(super) quiet: bool,
    pub(super) explained: Spot,
    /// Whether the learner asks for that number, and it is not only an example.
    pub(super) asked: bool,
    pub(super) shown: Parameter,
    pub(super) scale: Scale,
    pub(super) on_action: Callback<Action>,
}

/// The panel beside the score.
#[component]
pub(super) fn Explanation(props: &ExplanationProps) -> Html {
    let words = use_words();
    let ExplanationProps { run, explained, .. } = props;
    let timeline = Timeline::of(run.steps());
    let stage = timeline.stage(props.position);
    let computed = run.numbers_at(stage, props.shown);
    html! {
        <aside class="Explanation" aria-label={words.present_stage()}>
            <div class="now" aria-live={if props.quiet { "off" } else { "polite" }}>
                <h2>{ prose(&words.stage_title(stage, run)) }</h2>
                <p class="place">{ words.stage_of(props.position + 1, timeline.count()) }</p>
                <p class="story">{ prose(&words.stage_story(stage, run)) }</p>
            </div>
            <div class="details">
            <figure class="rule">
                <figcaption>{ words.rule() }</figcaption>
                { for computed.iter().map(|&spot| rule(spot, run)) }
            </figure>
            <Origin
                run={run.clone()}
                spot={*explained}
                with_rule={!computed.iter().any(|spot| spot.quantity() == explained.quantity())}
                asked={props.asked}
                scale={props.scale}
                on_action={props.on_action.clone()}
            />
            <Code run={run.clone()} spot={*explained} />
            </div>
        </aside>
    }
}

#[derive(PartialEq, Properties)]
struct OriginProps {
    run: Run,
    spot: Spot,
    /// Whether the rule of this number is not among those above.
    with_rule: bool,
    /// Whether the learner asks for this number, and it is not only an example.
    asked: bool,
    scale: Scale,
    on_action: Callback<Action>,
}

/// Where one number comes from.
#[component]
fn Origin(props: &OriginProps) -> Html {
    let words = use_words();
    let OriginProps { run, spot, with_rule, asked, scale, on_action } = props;
    let value = spot.value(run).unwrap_or(f64::NAN);
    let writing = use_writing(run, *scale, on_action);
    let origin = run.origin(*spot);
    let arithmetic = &origin.arithmetic;
    let remark = words.remark(spot.quantity());
    html! {
        <section class="Origin" aria-label={words.origin()}>
            <h3>
                <span>{ if *asked { words.this_number() } else { words.for_example() } }</span>
                { " " }
                { prose(&words.spot(*spot, run)) }
            </h3>
            <div hidden={!with_rule}>{ rule(*spot, run) }</div>
            <p class="line">
                if let Some(arithmetic) = arithmetic {
                    { writing.line(arithmetic) }
                    { " = " }
                } else {
                    { words.given() }
                    { " " }
                }
                <b>{ numbers::exact(value) }</b>
            </p>
            { for arithmetic.as_ref().and_then(|arithmetic| products(&writing, *spot, arithmetic)).into_iter().map(
                |list| html! {
                    <details open={true}>
                        <summary>{ words.products() }</summary>
                        <div class="frame" tabindex="0" role="region" aria-label={words.products()}>
                            { list }
                        </div>
                    </details>
                }
            ) }
            <details class="remark" hidden={remark.is_none()}>
                <summary>{ words.remark_title() }</summary>
                <p>{ prose(remark.unwrap_or_default()) }</p>
            </details>
        </section>
    }
}

/// Writes expressions with the numbers of a run in them.
struct Writing<'a> {
    run: &'a Run,
    palette: std::rc::Rc<Palette>,
    scale: Scale,
    name: Box<dyn Fn(Spot) -> String + 'a>,
    on_action: &'a Callback<Action>,
}

#[hook]
fn use_writing<'a>(run: &'a Run, scale: Scale, on_action: &'a Callback<Action>) -> Writing<'a> {
    let around = use_around();
    let words = around.language.words();
    let name = Box::new(move |spot| words.spot(spot, run));
    Writing { run, palette: around.palette, scale, name, on_action }
}

impl Writing<'_> {
    /// One number: its colour in the lanes, its value, and a way to it.
    fn number(&self, spot: Spot) -> Html {
        let value = spot.value(self.run).unwrap_or(f64::NAN);
        let name = text::plain(&(self.name)(spot));
        let look = |spot: Option<Spot>| self.on_action.reform(move |()| Action::Glance(spot));
        let ranges = self.run.derived();
        let (palette, scale) = (&self.palette, self.scale);
        let colour = Colours { trace: self.run, ranges: &ranges, palette, scale }.at(spot, value);
        let fill = format!("rgb({},{},{})", colour.0, colour.1, colour.2);
        html! {
            <button
                class="operand"
                title={name.clone()}
                aria-label={format!("{name}: {}", numbers::exact(value))}
                onclick={self.on_action.reform(move |_: MouseEvent| Action::Pin(spot))}
                onpointerenter={look(Some(spot)).reform(|_: PointerEvent| ())}
                onpointerleave={look(None).reform(|_: PointerEvent| ())}
                onfocus={look(Some(spot)).reform(|_: FocusEvent| ())}
                onblur={look(None).reform(|_: FocusEvent| ())}
            >
                <svg viewBox="0 0 8 8" aria-hidden="true"><rect width="8" height="8" {fill} /></svg>
                { in_a_line(value) }
            </button>
        }
    }

    fn expression(&self, expression: &Expression) -> Html {
        match expression {
            Expression::Number(spot) => self.number(*spot),
            Expression::Constant(value) => html! { <span>{ constant(*value) }</span> },
            Expression::Sum(_) => self.list(&expression.summands(), " + "),
            Expression::Product(factors) => {
                let factors: Vec<&Expression> = factors.iter().collect();
                self.list(&factors, " × ")
            }
            Expression::Of(function, argument) => {
                let argument = self.expression(argument);
                match function {
                    Function::Tanh => html! { <>{ "tanh(" }{ argument }{ ")" }</> },
                    Function::Sigmoid => html! { <>{ "sigmoid(" }{ argument }{ ")" }</> },
                    Function::Square => html! { <>{ "(" }{ argument }{ ")" }<sup>{ "2" }</sup></> },
                    Function::Root => html! { <>{ "√(" }{ argument }{ ")" }</> },
                    Function::OneMinus => html! { <>{ "(1 − " }{ argument }{ ")" }</> },
                    Function::Negative => html! { <>{ "−" }{ argument }</> },
                    Function::Logarithm => html! { <>{ "ln " }{ argument }</> },
                }
            }
            Expression::Softmax { logits, of } => {
                let power = |spot: Spot| html! { <>{ "e" }<sup>{ self.number(spot) }</sup></> };
                let one = logits.get(*of).map(|&spot| power(spot));
                html! {
                    <>
                        { for one }
                        { " / (" }
                        { for logits.iter().take(MOST_IN_A_LINE).enumerate().map(|(at, &spot)| html! {
                            <>{ if at > 0 { " + " } else { "" } }{ power(spot) }</>
                        }) }
                        { if logits.len() > MOST_IN_A_LINE { " + …" } else { "" } }
                        { ")" }
                    </>
                }
            }
        }
    }

    fn list(&self, parts: &[&Expression], sign: &'static str) -> Html {
        html! {
            <>
                { for parts.iter().take(MOST_IN_A_LINE).enumerate().map(|(at, part)| html! {
                    <>{ if at > 0 { sign } else { "" } }{ self.expression(part) }</>
                }) }
                if parts.len() > MOST_IN_A_LINE {
                    { sign }{ "…" }
                }
            </>
        }
    }

    /// The rule with numbers in it, on one line: of a sum of products, what the products are.
    fn line(&self, expression: &Expression) -> Html {
        let summands = expression.summands();
        let products = summands.iter().any(|summand| matches!(summand, Expression::Product(_)));
        if summands.len() < 2 || !products {
            return self.expression(expression);
        }
        html! {
            <>
                { for summands.iter().take(MOST_IN_A_LINE).enumerate().map(|(at, summand)| html! {
                    <>
                        { if at > 0 { " + " } else { "" } }
                        <span>{ in_a_line(summand.value(self.run)) }</span>
                    </>
                }) }
                { if summands.len() > MOST_IN_A_LINE { " + …" } else { "" } }
            </>
        }
    }
}

/// The arithmetic down to the last product: a line for each summand of the sum that the number is,
/// or that is inside of it. There is none where nothing is left to say.
fn products(writing: &Writing<'_>, spot: Spot, arithmetic: &Expression) -> Option<Html> {
    let run = writing.run;
    let inner = match arithmetic.summands().len() {
        0 | 1 => arithmetic.numbers().into_iter().find(|number| {
            matches!(
                number,
                Spot::PreActivation { .. } | Spot::Logit { .. } | Spot::HiddenError { .. }
            ) && !matches!(spot, Spot::Norm { .. })
        }),
        _ => None,
    };
    let origin = inner.map(|inner| run.origin(inner));
    let sum = match &origin {
        Some(origin) => origin.arithmetic.as_ref()?,
        None => arithmetic,
    };
    let summands = sum.summands();
    if summands.len() < 2 {
        return None;
    }
    let total = inner.unwrap_or(spot);
    Some(html! {
        <table>
            <tbody>
                { for summands.into_iter().enumerate().map(|(key, summand)| {
                    // A term of a gradient is a product itself.
                    let written = match summand {
                        Expression::Number(term @ Spot::Contribution { .. }) => Some(run.origin(*term)),
                        _ => None,
                    };
                    html! {
                        <tr {key}>
                            { name_of(writing, summand) }
                            <td>{ writing.expression(
                                written.as_ref().and_then(|it| it.arithmetic.as_ref()).unwrap_or(summand)
                            ) }</td>
                            <td>{ numbers::exact(summand.value(run)) }</td>
                        </tr>
                    }
                }) }
                <tr class="total">
                    <th scope="row" colspan="2">{ prose(&(writing.name)(total)) }</th>
                    <td>{ numbers::exact(sum.value(run)) }</td>
                </tr>
            </tbody>
        </table>
    })
}

/// The head of a summand: the step where it is a step's term.
fn name_of(writing: &Writing<'_>, summand: &Expression) -> Html {
    match summand {
        Expression::Number(spot @ Spot::Contribution { step, .. }) => {
            let spot = *spot;
            let onclick = writing.on_action.reform(move |_: MouseEvent| Action::Pin(spot));
            html! {
                <th scope="row">
                    <button class="operand" title={text::plain(&(writing.name)(spot))} {onclick}>
                        { format!("t = {}", step.number()) }
                    </button>
                </th>
            }
        }
        _ => html! { <td /> },
    }
}

/// A number in a formula: three digits, the minus sign but no plus.
fn in_a_line(value: f64) -> String {
    let size = numbers::short_size(value.abs());
    if value < 0.0 { format!("(−{size})") } else { size }
}

/// A number that the rule brings along.
fn constant(value: f64) -> String {
    if value == value.trunc() && value.abs() < 1e6 {
        if value < 0.0 { format!("(−{})", -value) } else { value.to_string() }
    } else {
        in_a_line(value)
    }
}

#[derive(PartialEq, Properties)]
struct CodeProps {
    run: Run,
    spot: Spot,
}

/// The lines of `NumPy` of which the present one computes the number.
#[component]
fn Code(props: &CodeProps) -> Html {
    let words = use_words();
    let program = use_memo(props.run.clone(), |run| program::numpy(run));
    let quantity = props.spot.quantity();
    let block = program.block_of(quantity);
    let lines: Vec<&str> = block.iter().map(|line| line.text.as_str()).collect();
    let text = lines.join("\n") + "\n";
    html! {
        <section class="Code" aria-label={words.in_numpy()} hidden={block.is_empty()}>
            <div>
                <h3>{ words.in_numpy() }</h3>
                <CopyButton {text} />
            </div>
            <pre tabindex="0"><code>
                { for block.iter().enumerate().map(|(key, line)| {
                    let lit = line.computes.contains(&quantity);
                    html! {
                        <span {key} data-lit={lit.to_string()} aria-current={lit.then_some("true")}>
                            { &line.text }{ "\n" }
                        </span>
                    }
                }) }
            </code></pre>
        </section>
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct CopyButtonProps {
    pub(super) text: AttrValue,
}

/// Copies a text, and says so, or that it may not.
#[component]
pub(super) fn CopyButton(props: &CopyButtonProps) -> Html {
    let words = use_words();
    let copied = use_state_eq(|| None::<(AttrValue, bool)>);
    let onclick = {
        let (text, setter) = (props.text.clone(), copied.setter());
        Callback::from(move |_: MouseEvent| {
            let (asked, setter) = (text.clone(), setter.clone());
            browser::copy(&text, move |done| setter.set(Some((asked, done))));
        })
    };
    let done = copied.as_ref().filter(|(text, _)| *text == props.text).map(|(_, done)| *done);
    html! {
        <button class="copy" {onclick} data-refused={(done == Some(false)).to_string()}>
            <span aria-live="polite">
                { match done {
                    None => words.copy(),
                    Some(true) => words.copied(),
                    Some(false) => words.copy_refused(),
                } }
            </span>
        </button>
    }
}
