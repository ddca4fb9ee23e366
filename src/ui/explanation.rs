//! The number that is asked about, and what happens at the present stage: the rule, the arithmetic
//! down to the last product, the story, the lines of `NumPy`.

use super::{
    account::{Chosen, use_writing},
    forecast::forecast,
    formula::{prose, rule},
    opened::Opened,
    overview::Overview,
    surroundings::{use_around, use_words},
    term::explained,
    truth,
};
use crate::{
    browser::{self, Frames},
    export::program,
    page::Act,
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
    /// Whether an overview stands in the panel until something is asked.
    pub(super) overview: bool,
    /// Whether nothing is said while nothing is asked, because something else stands in the panel.
    pub(super) alone: bool,
    pub(super) updates: usize,
    pub(super) shown: Parameter,
    pub(super) scale: Scale,
    pub(super) on_act: Callback<Act>,
    pub(super) on_action: Callback<Action>,
}

/// The panel beside the score. While a pointer hurries over many numbers, it speaks of the first of them and
/// then of the last: nobody reads the others, and each would be laid out anew.
#[component]
pub(super) fn Explanation(props: &ExplanationProps) -> Html {
    /// For how many frames a pointer that went on must rest on a number until the panel speaks of it.
    const PAUSE: usize = 8;
    use_around();
    let left = use_mut_ref(|| 0);
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
        before.clone_from(&next);
    }
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
    let asked = next.focus.is_some();
    let overview = next.overview.then(|| {
        let ExplanationProps { run, updates, on_act, .. } = next.clone();
        html! { <Overview {run} {updates} {asked} {on_act} /> }
    });
    let panel = if asked || !(next.alone || next.overview) {
        html! { <Panel ..next /> }
    } else {
        html! { <div class="Unasked" /> }
    };
    html! { <>{ for overview }{ panel }</> }
}

/// When time stands, and the number that is explained.
type Moment = (usize, Spot);

/// Parts of which, while time or a pointer goes on through moments, one a frame is made anew, from the
/// `first` of them, a frame after the picture, so that no frame is long. All are in the end, however short a
/// moment is.
#[hook]
fn use_in_turn(moment: Option<Moment>, first: usize, parts: Vec<Html>) -> Vec<Html> {
    let again = use_force_update();
    let turns = use_mut_ref(Turns::default);
    let parts = turns.borrow_mut().shown_of(moment, first, parts);
    let waiting = turns.borrow().left > 0;
    use_effect_with(waiting, move |waiting| {
        let frames = waiting.then(|| {
            Frames::each(move |_| {
                turns.borrow_mut().is_frame = true;
                again.force_update();
            })
        });
        move || drop(frames)
    });
    parts
}

/// Whose turn it is among parts that are made anew one by one.
#[derive(Default)]
struct Turns {
    /// The moment to be shown, where they are.
    moment: Option<Moment>,
    /// The part whose turn is next.
    next: usize,
    /// How many are still to be made.
    left: usize,
    /// Whether a frame has begun in which one of them is.
    is_frame: bool,
    shown: Vec<Html>,
}

impl Turns {
    fn shown_of(&mut self, moment: Option<Moment>, first: usize, parts: Vec<Html>) -> Vec<Html> {
        self.shown.resize_with(parts.len(), Html::default);
        let is_frame = std::mem::take(&mut self.is_frame);
        if self.moment != moment {
            self.moment = moment;
            if self.left == 0 {
                self.next = first;
            }
            self.left = if moment.is_some() { parts.len() } else { 0 };
        } else if is_frame && self.left > 0 {
            self.left -= 1;
            self.shown[self.next].clone_from(&parts[self.next]);
            self.next = (self.next + 1) % parts.len();
        }
        if self.left == 0 {
            self.shown = parts;
        }
        self.shown.clone()
    }
}

/// All of the panel: what is asked about stands first, by the styles.
#[component]
fn Panel(props: &ExplanationProps) -> Html {
    /// The part that stands first when a number is asked about.
    const ORIGIN: usize = 3;
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
    let parts = vec![
        html! {
            <>
                <h2>{ prose(&words.stage_title(stage, run)) }</h2>
                <p class="place">{ words.stage_of(props.position + 1, timeline.count()) }</p>
                <p class="story">{ prose(&words.stage_story(stage, run)) }</p>
            </>
        },
        html! {
            <Opened
                run={run.clone()}
                {stage}
                explained={*explained}
                {pending}
                scale={props.scale}
                on_action={on_drawing}
            />
        },
        html! {
            <div class="happens">
                { for before.map(|run| forecast(words, run)) }
                <figure class="rule" data-long={truth(computed.len() > 4)}>
                    <figcaption>{ words.rule() }</figcaption>
                    { for computed.iter().enumerate().map(|(at, &spot)| html! {
                        <div data-turn={truth(props.turn == Some(at))}>{ rule(spot, run) }</div>
                    }) }
                </figure>
            </div>
        },
        html! {
            <Origin
                run={run.clone()}
                spot={*explained}
                with_rule={asked
                    || !computed.iter().any(|spot| spot.quantity() == explained.quantity())}
                {asked}
                scale={props.scale}
                on_action={props.on_action.clone()}
            />
        },
        html! { <Code run={run.clone()} spot={*explained} /> },
    ];
    let hurried = props.quiet || props.focus.is_some_and(|focus| !focus.pinned);
    let moment = hurried.then_some((props.position, *explained));
    let mut parts = use_in_turn(moment, if asked { ORIGIN } else { 0 }, parts).into_iter();
    html! {
        <aside
            class="Explanation"
            aria-label={words.present_stage()}
            data-asked={truth(asked && !*drawn)}
            data-drawn={truth(asked && *drawn)}
        >
            <div class="now" aria-live={if props.quiet { "off" } else { "polite" }}>
                { for parts.next() }
            </div>
            <div class="details">{ for parts }</div>
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
                        <span {key} data-lit={truth(lit)} aria-current={lit.then_some("true")}>
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
        <button class="copy" {onclick} data-refused={truth(done == Some(false))}>
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn while_time_goes_on_one_part_a_frame_is_made_anew_and_each_however_short_a_moment_is() {
        let said = |moments: [usize; 3]| -> Vec<Html> {
            moments.iter().map(|moment| html! { moment }).collect()
        };
        let mut turns = Turns::default();
        for (step, (moment, runs, is_frame, expected)) in [
            // What stands is shown at once.
            (1, false, false, [1, 1, 1]),
            // What is drawn in the same frame is not made longer; what is shown twice in a frame is the same.
            (2, true, true, [1, 1, 1]),
            (2, true, false, [1, 1, 1]),
            (2, true, true, [1, 2, 1]),
            (2, true, false, [1, 2, 1]),
            // The next moment comes before all are made.
            (3, true, true, [1, 2, 1]),
            (3, true, true, [1, 2, 3]),
            (4, true, true, [1, 2, 3]),
            (4, true, true, [4, 2, 3]),
            (4, true, true, [4, 4, 3]),
            (4, true, true, [4, 4, 4]),
            // And when time stands all that is left.
            (5, true, true, [4, 4, 4]),
            (5, false, false, [5, 5, 5]),
        ]
        .into_iter()
        .enumerate()
        {
            turns.is_frame = is_frame;
            let of = runs.then_some((moment, Spot::WholeLoss));
            assert_eq!(turns.shown_of(of, 1, said([moment; 3])), said(expected), "{step}");
        }
    }
}
