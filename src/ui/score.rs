//! The score: time runs across, and every lane shares the same time axis.

use super::{
    figure::{Figure, LaneTable, colour_scale, lane_numbers, use_lane_canvas},
    formula::prose,
    surroundings::use_words,
};
use crate::{
    browser,
    figure::{Axis, Lane},
    rnn::Step,
    session::{Cursor, Moment, Run, Timeline},
    text::{Words, numbers},
};
use web_sys::HtmlElement;
use yew::prelude::*;

/// The width of the labels at the left.
const LABELS: f64 = 172.0;
/// In a score narrower than this, labels stand above their lanes.
const NARROW: f64 = 640.0;
/// The width that is assumed until the score is measured.
const ASSUMED_WIDTH: f64 = 960.0;

#[derive(PartialEq, Properties)]
pub(super) struct ScoreProps {
    pub(super) run: Run,
    pub(super) cursor: Cursor,
}

/// All lanes, with the column of the present moment lit across them.
#[component]
pub(super) fn Score(props: &ScoreProps) -> Html {
    let words = use_words();
    let node = use_node_ref();
    let width = use_state_eq(|| ASSUMED_WIDTH);
    {
        let setter = width.setter();
        use_effect_with(node.clone(), move |node| {
            let subscription = node
                .cast::<HtmlElement>()
                .map(|score| browser::on_resize(&score, move |width| setter.set(width)));
            move || drop(subscription)
        });
    }
    let labels = if *width < NARROW { 0.0 } else { LABELS };
    let axis = Axis::of(props.run.steps(), (*width - labels).max(1.0));
    let timeline = Timeline::of(props.run.steps());
    let moment = timeline.moment(props.cursor.position);
    let (now_left, now_width) = match moment {
        Moment::Forward(step) | Moment::Backward(step) => (axis.left(step), axis.column()),
        _ => (axis.left_of_output(), axis.output()),
    };
    use_effect_with((node.clone(), axis, labels, now_left, now_width), {
        |&(ref node, axis, labels, now_left, now_width): &(NodeRef, Axis, f64, f64, f64)| {
            let Some(score) = node.cast::<HtmlElement>() else { return };
            for (name, length) in [
                ("--labels", labels),
                ("--column", axis.column()),
                ("--output", axis.output()),
                ("--width", axis.width()),
                ("--now-left", now_left),
                ("--now-width", now_width),
            ] {
                browser::set_property(&score, name, &format!("{length}px"));
            }
            browser::reveal(&score, labels, now_left, now_left + now_width);
        }
    });
    html! {
        <section
            ref={node}
            class="Score"
            aria-label={words.score}
            tabindex="0"
            data-labels={if labels > 0.0 { "beside" } else { "above" }}
            data-tokens={if axis.has_numbers() { "across" } else { "upright" }}
        >
            <div class="now" aria-hidden="true" />
            <Tokens run={props.run.clone()} {moment} />
            { for Lane::ALL.into_iter().map(|lane| html! {
                <LaneRow
                    key={format!("{lane:?}")}
                    run={props.run.clone()}
                    {lane}
                    cursor={lane.local(timeline, props.cursor)}
                    {axis}
                    output={OutputShown::at(timeline, props.cursor)}
                />
            }) }
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct TokensProps {
    run: Run,
    moment: Moment,
}

/// The lane of the tokens, which is also the ruler of time.
#[component]
fn Tokens(props: &TokensProps) -> Html {
    let words = use_words();
    let present = |step: Step| matches!(props.moment, Moment::Forward(now) | Moment::Backward(now) if now == step);
    let at_output = !matches!(props.moment, Moment::Forward(_) | Moment::Backward(_));
    html! {
        <div class="Lane" data-lane="tokens">
            <div class="label"><h2>{ words.time_step }</h2></div>
            <ol class="Tokens">
                { for Step::all(props.run.steps()).zip(props.run.experiment.sequence().tokens()).map(
                    |(step, token)| html! {
                        <li
                            key={step.number()}
                            data-present={present(step).to_string()}
                            aria-current={present(step).then_some("step")}
                        >
                            <small>{ "t = " }{ step.number() }</small>
                            <bdi title={token.clone()}>{ visible(token) }</bdi>
                        </li>
                    }
                ) }
                <li class="output" data-present={at_output.to_string()}>
                    <small>{ words.output }</small>
                </li>
            </ol>
        </div>
    }
}

/// A token as it can be seen: white space has a sign of its own.
fn visible(token: &str) -> String {
    if token.chars().all(char::is_whitespace) { "␣".to_owned() } else { token.to_owned() }
}

/// How far the cursor has come at the output.
#[derive(Clone, Copy, Debug, PartialEq)]
struct OutputShown {
    answer: bool,
    loss: bool,
    error: bool,
    /// The first step whose contribution is in the sum, if there is one.
    summed_from: Option<Step>,
}

impl OutputShown {
    fn at(timeline: Timeline, cursor: Cursor) -> Self {
        let reached = |moment| cursor.completion(timeline.position(moment)) >= 0.5;
        let steps = (timeline.count() - 4) / 2;
        Self {
            answer: reached(Moment::Output),
            loss: reached(Moment::Loss),
            error: reached(Moment::BackwardOutput),
            summed_from: Step::all(steps).find(|&step| reached(Moment::Backward(step))),
        }
    }
}

#[derive(PartialEq, Properties)]
struct LaneRowProps {
    run: Run,
    lane: Lane,
    cursor: Cursor,
    axis: Axis,
    output: OutputShown,
}

/// A lane with its label, and what stands in its output column.
#[component]
fn LaneRow(props: &LaneRowProps) -> Html {
    let words = use_words();
    let LaneRowProps { run, lane, cursor, axis, output } = props;
    let lane_words = (words.lane)(*lane);
    let figure = Figure { run: run.clone(), lane: *lane, cursor: *cursor, axis: *axis };
    let canvas = use_lane_canvas(&figure);
    html! {
        <div class="Lane" data-lane={name(*lane)}>
            <div class="label">
                <h2>{ prose(lane_words.name) }</h2>
                <p>{ prose(lane_words.note) }</p>
            </div>
            <div class="figure">
                { canvas }
                { lane_numbers(&figure) }
                <div class="output">{ at_output(words, run, *lane, *output) }</div>
            </div>
            <LaneTable run={run.clone()} lane={*lane} />
        </div>
    }
}

const fn name(lane: Lane) -> &'static str {
    match lane {
        Lane::Hidden => "hidden",
        Lane::Error => "error",
        Lane::HiddenError => "hidden-error",
        Lane::Norm => "norm",
        Lane::Contribution => "contribution",
    }
}

fn at_output(words: &Words, run: &Run, lane: Lane, shown: OutputShown) -> Html {
    match lane {
        Lane::Hidden => {
            let target = run.experiment.target(Step::from_index(run.steps() - 1));
            html! {
                <div class="Answer">
                    <p data-shown={shown.answer.to_string()}>
                        <b>{ prose("A₂ = ") }{ numbers::size(run.forward.probabilities[[0, 0]]) }</b>
                    </p>
                    <p>{ words.target }{ " = " }{ target }</p>
                    <p data-shown={shown.loss.to_string()}>
                        { words.loss }{ " L = " }{ numbers::size(run.forward.loss()) }
                    </p>
                </div>
            }
        }
        Lane::Error => html! {
            <p class="output-error" data-shown={shown.error.to_string()}>
                { prose("∂L/∂Z₂ = ") }<b>{ numbers::exact(run.backward.d_logits[[0, 0]]) }</b>
            </p>
        },
        Lane::HiddenError => colour_scale(run, lane, words),
        Lane::Norm => html! {},
        Lane::Contribution => html! {
            <p class="sum">
                { match shown.summed_from {
                    Some(first) => (words.sum_of_steps)(first.number(), run.steps()),
                    None => words.sum_not_begun.to_owned(),
                } }
            </p>
        },
    }
}
