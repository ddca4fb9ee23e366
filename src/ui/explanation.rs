//! The number that is asked about, and what happens at the present stage: the rule, the arithmetic
//! down to the last product, the story, the lines of `NumPy`.

use super::{
    account::{Chosen, use_writing},
    forecast::forecast,
    formula::{prose, rule},
    opened::Opened,
    surroundings::{use_around, use_words},
    term::explained,
};
use crate::{
    browser::{self, Frames},
    export::program,
    rnn::{Parameter, Step},
    session::{Action, Focus, Quantity, Run, Scale, Spot, Stage, Timeline},
    text::{Term, numbers},
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ExplanationProps {
    pub(super) run: Run,
    /// The run before the update that made this one, if nothing else has happened since.
    pub(super) before_update: Option<Run>,
    pub(super) position: usize,
    /// Which of the numbers of the present stage is being computed, while it happens.
    pub(super) turn: Option<usize>,
    /// Whether a screen reader should stay silent, as while playing.
    pub(super) quiet: bool,
    pub(super) explained: Spot,
    /// The learner's question for that number, which without one is only an example.
    pub(super) focus: Option<Focus>,
    /// Whether nothing is said while nothing is asked, because something else stands in the panel.
    pub(super) alone: bool,
    pub(super) shown: Parameter,
    pub(super) scale: Scale,
    pub(super) on_action: Callback<Action>,
}

/// The panel beside the score. While a pointer hurries over many numbers, it speaks of the first of them and
/// then of the last: nobody reads the others, and each would be laid out anew. While time runs it comes a
/// frame after the picture, so that neither frame is long.
#[component]
pub(super) fn Explanation(props: &ExplanationProps) -> Html {
    /// For how many frames a pointer that went on must rest on a number until the panel speaks of it.
    const PAUSE: usize = 8;
    use_around();
    let left = use_mut_ref(|| 0);
    let again = use_force_update();
    let is_late = use_mut_ref(|| false);
    let pausing = use_state_eq(|| false);
    let before = use_mut_ref(|| props.clone());
    let mut next = props.clone();
    {
        let mut before = before.borrow_mut();
        // Only for a pointer that goes on over the same picture, to another number or to none.
        let ExplanationProps { explained, focus, .. } = next;
        let same = ExplanationProps { explained, focus, ..before.clone() } == next;
        if *pausing && same && focus.is_none_or(|focus| !focus.pinned) {
            next.clone_from(&before);
        }
        let late = next.quiet && next.position != before.position && !*is_late.borrow();
        is_late.replace(late);
        if late {
            next.clone_from(&before);
        }
        before.clone_from(&next);
    }
    use_effect_with(*is_late.borrow(), move |late| {
        let frames = late.then(|| Frames::each(move |_| again.force_update()));
        move || drop(frames)
    });
    use_effect_with((props.explained, props.focus), {
        let (left, setter) = (Rc::clone(&left), pausing.setter());
        move |(_, focus)| {
            left.replace(PAUSE);
            // After a pointer only.
            if focus.is_some_and(|focus: Focus| !focus.pinned) {
                setter.set(true);
            }
        }
    });
    use_effect_with(*pausing, {
        let setter = pausing.setter();
        move |pausing| {
            let frames = pausing.then(|| {
                Frames::each(move |_| {
                    let now = left.borrow().saturating_sub(1);
                    left.replace(now);
                    setter.set(now > 0);
                })
            });
            move || drop(frames)
        }
    });
    if next.alone && next.focus.is_none() {
        return html! {};
    }
    html! { <Panel ..next /> }
}

/// All of the panel: what is asked about stands first, by the styles.
#[component]
fn Panel(props: &ExplanationProps) -> Html {
    let words = use_words();
    let ExplanationProps { run, explained, .. } = props;
    let asked = props.focus.is_some();
    let timeline = Timeline::of(run.steps());
    let stage = timeline.stage(props.position);
    let computed = run.numbers_at(stage, props.shown);
    let before = match stage {
        Stage::Update => Some(run),
        Stage::Forward(Step::FIRST) => props.before_update.as_ref(),
        _ => None,
    };
    // A number of the drawing was asked about: what is said of it stands below, so that the drawing stays.
    let drawn = use_state_eq(|| false);
    use_effect_with(asked, {
        let setter = drawn.setter();
        move |asked| {
            if !asked {
                setter.set(false);
            }
        }
    });
    let on_drawing = {
        let (setter, on_action) = (drawn.setter(), props.on_action.clone());
        Callback::from(move |action: Action| {
            if matches!(action, Action::Pin(_)) {
                setter.set(true);
            }
            on_action.emit(action);
        })
    };
    let behind = props.turn.map_or(computed.len(), |turn| turn + 1);
    let pending: Vec<Quantity> = computed[behind..].iter().map(|spot| spot.quantity()).collect();
    html! {
        <aside
            class="Explanation"
            aria-label={words.present_stage()}
            data-asked={(asked && !*drawn).to_string()}
            data-drawn={(asked && *drawn).to_string()}
        >
            <div class="now" aria-live={if props.quiet { "off" } else { "polite" }}>
                <h2>{ prose(&words.stage_title(stage, run)) }</h2>
                <p class="place">{ words.stage_of(props.position + 1, timeline.count()) }</p>
                <p class="story">{ prose(&words.stage_story(stage, run)) }</p>
            </div>
            <div class="details">
                <Opened
                    run={run.clone()}
                    {stage}
                    explained={*explained}
                    {pending}
                    scale={props.scale}
                    on_action={on_drawing}
                />
                <div class="happens">
                    { for before.map(|run| forecast(words, run)) }
                    <figure class="rule" data-long={(computed.len() > 4).to_string()}>
                        <figcaption>{ words.rule() }</figcaption>
                        { for computed.iter().enumerate().map(|(at, &spot)| html! {
                            <div data-turn={(props.turn == Some(at)).to_string()}>{ rule(spot, run) }</div>
                        }) }
                    </figure>
                </div>
                <Origin
                    run={run.clone()}
                    spot={*explained}
                    with_rule={asked
                        || !computed.iter().any(|spot| spot.quantity() == explained.quantity())}
                    {asked}
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
    /// Whether its rule stands here.
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
    // What a learner has opened or closed stays so for the next number.
    let chosen = use_state_eq(Chosen::new);
    let origin = run.origin(*spot);
    // They are on how lecture notes write the rules of the tanh cell.
    let of_tanh = run.experiment().cell() == crate::rnn::Cell::Tanh;
    let remark = words.remark(spot.quantity()).filter(|_| of_tanh);
    let title = prose(&words.spot(*spot, run));
    html! {
        <section class="Origin" aria-label={words.origin()}>
            <h3>
                <span>{ if *asked { words.this_number() } else { words.for_example() } }</span>
                { " " }
                { explained(Term::of_quantity(spot.quantity()), title) }
            </h3>
            <div class="own" hidden={!with_rule}>{ rule(*spot, run) }</div>
            <p class="line">
                { match &origin.arithmetic {
                    Some(arithmetic) => writing.line(arithmetic),
                    None => html! { <>{ words.given() }{ " " }</> },
                } }
                <b>{ numbers::exact(value) }</b>
            </p>
            { writing.accounts(&origin.accounts, &chosen) }
            <details class="remark" hidden={remark.is_none()}>
                <summary>{ words.remark_title() }</summary>
                <p>{ prose(remark.unwrap_or_default()) }</p>
            </details>
        </section>
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
