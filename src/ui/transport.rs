//! The transport: buttons, and the timeline as one line that scrubs both ways.

use super::{choice::Choice, emit_some, formula::in_drawing, surroundings::use_words, truth};
use crate::{
    browser,
    session::{Action, Cursor, Playback, Run, Speed, Stage, Timeline},
    text::{Words, plain},
};
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// The most steps whose stages the bar numbers one by one.
const MOST_NUMBERED: usize = 24;
/// The most for which it does so on a narrow page.
const FEW: usize = 8;

/// How many updates are made at once.
const UPDATES: usize = 10;

#[derive(PartialEq, Properties)]
pub(super) struct TransportProps {
    pub(super) run: Run,
    pub(super) elapsed: f64,
    pub(super) playback: Playback,
    pub(super) speed: Speed,
    /// Whether time may not go on, as before an answer.
    pub(super) held: bool,
    pub(super) on_action: Callback<Action>,
}

/// The buttons and the timeline.
#[component]
pub(super) fn Transport(props: &TransportProps) -> Html {
    let words = use_words();
    let button = |label: &'static str, class: &'static str, icon: &'static str, action: Action| {
        let onward = matches!(action, Action::Play | Action::StepForward | Action::GoToEnd);
        let disabled = props.held && onward;
        let title = if disabled { words.lesson_answer_first() } else { label };
        let onclick = props.on_action.reform(move |_: MouseEvent| action.clone());
        html! {
            <button class={classes!("icon", class)} aria-label={label} {title} {disabled} {onclick}>
                <svg viewBox="0 0 16 16" aria-hidden="true"><path d={icon} fill="currentColor" /></svg>
            </button>
        }
    };
    let (play_icon, play) = match props.playback {
        Playback::Playing => (icon::PAUSE, Action::Pause),
        Playback::Paused | Playback::Stepping => (icon::PLAY, Action::Play),
    };
    let timeline_bar = use_timeline_bar(props);
    let update = props.on_action.reform(|_: MouseEvent| Action::Update);
    let train = props.on_action.reform(|_: MouseEvent| Action::Train { updates: UPDATES });
    html! {
        <footer class="Transport" aria-label={words.transport()}>
            <div class="buttons">
                { button(words.go_to_start(), "", icon::START, Action::GoToStart) }
                { button(words.step_back(), "", icon::BACK, Action::StepBack) }
                { button(words.playback(props.playback), "play", play_icon, play) }
                { button(words.step_forward(), "", icon::FORWARD, Action::StepForward) }
                { button(words.go_to_end(), "", icon::END, Action::GoToEnd) }
            </div>
            { timeline_bar }
            { speed_choice(words, props.speed, &props.on_action) }
            <button class="update" title={words.update_note()} disabled={props.held} onclick={update}>
                { words.update() }
            </button>
            <button class="train" title={words.train_note()} disabled={props.held} onclick={train}>
                { words.train() }
            </button>
        </footer>
    }
}

fn speed_choice(words: &Words, speed: Speed, on_action: &Callback<Action>) -> Html {
    let chosen = Speed::ALL.iter().position(|it| *it == speed).unwrap_or_default();
    let on_choose =
        emit_some(on_action, |at: usize| Speed::ALL.get(at).copied().map(Action::SetSpeed));
    html! {
        <Choice name={words.speed()} {chosen} {on_choose}>
            { for Speed::ALL.into_iter().enumerate().map(|(key, choice)| html! {
                <option {key}>{ format!("{}×", choice.factor()) }</option>
            }) }
        </Choice>
    }
}

/// Where time stands on a bar, as a share of it: a box of its own, which the browser moves without laying
/// anything out or painting it anew. It is moved by what can be seen, not in every frame.
#[hook]
pub(super) fn use_share(share: f64) -> Html {
    /// About as many places as a wide bar has pixels.
    const PLACES: f64 = 1000.0;
    let node = use_node_ref();
    let back = ((1.0 - share) * PLACES).round() * 100.0 / PLACES;
    use_effect_with((node.clone(), back), |(node, back)| {
        if let Some(node) = node.cast::<HtmlElement>() {
            browser::set_property(&node, "transform", &format!("translateX(-{back}%)"));
        }
    });
    html! { <div class="share" aria-hidden="true"><i ref={node} /></div> }
}

/// All stages of the pass in a row, with a slider over them.
#[hook]
fn use_timeline_bar(props: &TransportProps) -> Html {
    let words = use_words();
    let timeline = Timeline::of(props.run.steps());
    let cursor = Cursor::from_elapsed(props.elapsed);
    let bar = use_node_ref();
    let share = use_share(props.elapsed / timeline.count() as f64);
    // While it plays, the slider that cannot be seen says which stage it is, no more.
    let value = match props.playback {
        Playback::Playing => props.elapsed.floor(),
        Playback::Paused | Playback::Stepping => props.elapsed,
    };
    // The stage under the pointer is named by a tooltip: most have room for a letter only.
    let pointed = use_state_eq(|| 0);
    let onpointermove = {
        let (bar, setter, count) = (bar.clone(), pointed.setter(), timeline.count());
        Callback::from(move |event: PointerEvent| {
            let Some(bar) = bar.cast::<HtmlElement>() else { return };
            let (x, _) = browser::position_in(&bar, &event);
            let share = (x / f64::from(bar.offset_width())).clamp(0.0, 1.0);
            setter.set(((share * count as f64) as usize).min(count - 1));
        })
    };
    let read = |event: &Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Cursor::from_elapsed(input.value_as_number())
    };
    let oninput =
        props.on_action.reform(move |event: InputEvent| Action::Seek(read(event.as_ref())));
    let onchange = props.on_action.reform(move |event: Event| Action::Seek(read(&event).settled()));
    let onkeydown = emit_some(&props.on_action, |event: KeyboardEvent| {
        let action = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => Action::StepForward,
            "ArrowLeft" | "ArrowDown" => Action::StepBack,
            "Home" => Action::GoToStart,
            "End" => Action::GoToEnd,
            _ => return None,
        };
        event.prevent_default();
        Some(action)
    });
    let title_of =
        |position: usize| plain(&words.stage_title(timeline.stage(position), &props.run));
    html! {
        <div class="TimelineBar" ref={bar}>
            <Stages steps={props.run.steps()} position={cursor.position} />
            { share }
            <input
                type="range"
                data-page-keys=""
                aria-label={words.timeline()}
                title={title_of((*pointed).min(timeline.last()))}
                aria-valuetext={title_of(cursor.position)}
                min="0"
                max={timeline.count().to_string()}
                step="any"
                value={value.to_string()}
                {oninput}
                {onchange}
                {onkeydown}
                {onpointermove}
            />
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct StagesProps {
    steps: usize,
    position: usize,
}

/// The segments of the bar: numbered stages, or whole phases where stages are too narrow.
#[component]
fn Stages(props: &StagesProps) -> Html {
    let words = use_words();
    let timeline = Timeline::of(props.steps);
    let state = |first: usize, last: usize| {
        if props.position > last {
            "done"
        } else if props.position < first {
            "later"
        } else {
            "now"
        }
    };
    let phase = |stage: Stage| match stage {
        Stage::Forward(_) => "forward",
        Stage::Output | Stage::Loss | Stage::BackwardOutput => "output",
        Stage::Backward(_) => "backward",
        Stage::Update => "update",
    };
    let label = |stage: Stage| match stage {
        Stage::Forward(step) | Stage::Backward(step) => step.number().to_string(),
        Stage::Output => "A₂".to_owned(),
        Stage::Loss => "L".to_owned(),
        Stage::BackwardOutput => "∂".to_owned(),
        Stage::Update => "W".to_owned(),
    };
    let (output, last) = (timeline.position(Stage::Output), timeline.last());
    let phases = [
        (0, output, words.forward()),
        (output + 1, output + 1, words.phase_loss()),
        (output + 2, last - 1, words.backward()),
        (last, last, words.update()),
    ];
    let segments: Vec<(usize, usize, &str, String)> = if props.steps <= MOST_NUMBERED {
        let stages = timeline.stages().enumerate();
        stages.map(|(at, stage)| (at, at, phase(stage), label(stage))).collect()
    } else {
        let steps = props.steps;
        vec![
            (0, output - 1, "forward", format!("1–{steps}")),
            (output, output + 2, "output", String::new()),
            (output + 3, last - 1, "backward", format!("{steps}–1")),
            (last, last, "update", String::new()),
        ]
    };
    let percent = |halves: usize| format!("{}%", halves as f64 * 50.0 / timeline.count() as f64);
    html! {
        <>
            <svg class="Phases" aria-hidden="true">
                { for phases.into_iter().map(|(first, until, name)| {
                    // The last is shorter than its name may be, which so ends with it.
                    let middle = if until == last { 2 * (last + 1) } else { first + until + 1 };
                    html! {
                        <text key={name} x={percent(middle)} y="50%" data-state={state(first, until)}>
                            { name }
                        </text>
                    }
                }) }
            </svg>
            <svg class="Stages" aria-hidden="true" data-many={truth(props.steps > FEW)}>
                { for segments.into_iter().map(|(first, until, phase, label)| html! {
                    <g key={first} data-phase={phase} data-state={state(first, until)}>
                        <rect x={percent(2 * first)} width={percent(2 * (until + 1 - first))} height="100%" />
                        <text x={percent(first + until + 1)} y="50%">{ in_drawing(&label) }</text>
                    </g>
                }) }
            </svg>
        </>
    }
}

/// The shapes of the buttons, in a square of 16.
pub(super) mod icon {
    pub(in crate::ui) const START: &str = "M3 3h2v10H3zM13 3v10L6 8z";
    pub(in crate::ui) const BACK: &str = "M12 3v10L4 8z";
    pub(in crate::ui) const PLAY: &str = "M4 2.5v11L13.5 8z";
    pub(in crate::ui) const PAUSE: &str = "M4 3h3v10H4zM9 3h3v10H9z";
    pub(in crate::ui) const FORWARD: &str = "M4 3v10l8-5z";
    pub(in crate::ui) const END: &str = "M11 3h2v10h-2zM3 3v10l7-5z";
}
