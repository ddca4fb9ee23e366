//! A lane of the score: its canvas, the numbers over it, and its table.

use super::surroundings::{use_around, use_words};
use crate::{
    browser::{self, Surface},
    export::table,
    figure::{
        Axis, Block, Lane, Layout, Palette, Scene, StateShown, brush::Brush, lane::largest,
        palette::wants_light_ink,
    },
    rnn::{Parameter, Step, weights},
    session::{Action, Cursor, Moment, Run, Scale, Timeline},
    text::{Words, numbers},
};
use plotters::{prelude::IntoDrawingArea, style::RGBColor};
use std::rc::Rc;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// How much of a moment must have happened for its numbers to show.
const NUMBERS_SHOW_AT: f64 = 0.7;

/// What a lane's figure shows.
#[derive(Clone, PartialEq)]
pub(super) struct Figure {
    pub(super) run: Run,
    pub(super) lane: Lane,
    /// The cursor as the lane sees it.
    pub(super) cursor: Cursor,
    pub(super) layout: Layout,
    pub(super) scale: Scale,
}

/// A lane's canvas, drawn anew when anything that it shows has changed.
#[hook]
pub(super) fn use_lane_canvas(props: &Figure) -> Html {
    let around = use_around();
    let words = around.language.words();
    let node = use_node_ref();
    use_effect_with(
        (node.clone(), props.clone(), Rc::clone(&around.palette)),
        |(node, props, palette)| {
            if let Some(canvas) = node.cast::<HtmlCanvasElement>() {
                draw(canvas, props, palette);
            }
        },
    );
    let (width, height) = size(props);
    html! {
        <canvas
            ref={node}
            role="img"
            aria-label={(words.lane)(props.lane, props.layout.parameter).name}
            width={width.to_string()}
            height={height.to_string()}
        />
    }
}

fn size(props: &Figure) -> (f64, f64) {
    (props.layout.axis.width(), props.layout.height(props.lane))
}

fn draw(canvas: HtmlCanvasElement, props: &Figure, palette: &Palette) {
    let size = size(props);
    for (name, length) in [("width", size.0), ("height", size.1)] {
        browser::set_property(&canvas, name, &format!("{length}px"));
    }
    let Some((surface, ratio)) = Surface::new(canvas, size, browser::device_pixel_ratio()) else {
        return;
    };
    let area = surface.into_drawing_area();
    let Figure { run, lane, cursor, layout, scale } = props;
    let scene = Scene { trace: run, cursor: *cursor, layout: *layout, palette, scale: *scale };
    // A canvas that was lost draws nothing; the numbers beside it stay.
    let _ = scene.draw(*lane, &Brush::new(&area, ratio));
    let _ = area.present();
}

/// The numbers over a lane's canvas, for as many steps as have room for them.
pub(super) fn lane_numbers(props: &Figure) -> Html {
    let Figure { run, lane, cursor, layout, scale } = props;
    let timeline = Timeline::of(run.steps());
    let (width, height) = size(props);
    let shown = |step: Step| {
        let done = |moment| cursor.completion(timeline.position(moment));
        match lane {
            Lane::Hidden => StateShown::at(done(Moment::Forward(step))),
            Lane::Output if done(Moment::Loss) >= NUMBERS_SHOW_AT => StateShown::State,
            Lane::Output => StateShown::Nothing,
            _ if done(Moment::Backward(step)) >= NUMBERS_SHOW_AT => StateShown::State,
            _ => StateShown::Nothing,
        }
    };
    let has_numbers = match lane {
        Lane::Hidden | Lane::Error => layout.block(*lane, Step::FIRST).has_numbers(),
        Lane::Norm | Lane::Output => layout.axis.has_numbers(),
        Lane::HiddenError | Lane::Contribution => false,
    };
    html! {
        <svg class="LaneNumbers" width={width.to_string()} height={height.to_string()}>
            if has_numbers {
                { for Step::all(run.steps()).map(|step| html! {
                    <StepNumbers
                        key={step.number()}
                        run={run.clone()}
                        lane={*lane}
                        layout={*layout}
                        scale={*scale}
                        {step}
                        shown={shown(step)}
                    />
                }) }
            }
            if *lane == Lane::Contribution && layout.axis.has_numbers() {
                { signs(layout.axis, layout.total_block().rect.center().1) }
            }
        </svg>
    }
}

/// The plus signs between the contributions, and the sign of equality before their sum.
fn signs(axis: Axis, middle: f64) -> Html {
    let middle = middle.to_string();
    html! {
        <g class="signs">
            { for Step::all(axis.steps()).map(|step| {
                let x = axis.left(step) + axis.column();
                let last = step.number() == axis.steps();
                html! {
                    <text key={step.number()} x={x.to_string()} y={middle.clone()}>
                        { if last { "=" } else { "+" } }
                    </text>
                }
            }) }
        </g>
    }
}

#[derive(PartialEq, Properties)]
struct StepNumbersProps {
    run: Run,
    lane: Lane,
    layout: Layout,
    scale: Scale,
    step: Step,
    shown: StateShown,
}

/// The numbers of one step in a lane.
#[component]
fn StepNumbers(props: &StepNumbersProps) -> Html {
    let around = use_around();
    let StepNumbersProps { run, lane, layout, scale, step, shown } = props;
    let block = layout.block(*lane, *step);
    let below = |value: f64, prefix: &str| {
        let x = block.rect.center().0.to_string();
        let y = (block.rect.bottom() + 11.0).to_string();
        html! { <text {x} {y}>{ prefix }{ numbers::short_size(value) }</text> }
    };
    let texts = match lane {
        Lane::Hidden => {
            let (values, range) = match shown {
                StateShown::Sum => {
                    let sums = &run.forward.pre_activation;
                    (sums.row(step.index()), largest(sums.iter().copied()).max(1.0))
                }
                _ => (run.forward.hidden_after(*step), 1.0),
            };
            let colour = |value| around.palette.colour(value, range);
            cell_texts(block, values.iter().copied(), colour)
        }
        Lane::Error | Lane::HiddenError | Lane::Contribution => {
            let errors = &run.backward.d_pre_activation;
            let range = largest(errors.iter().copied());
            let row = errors.row(step.index());
            let colour = |value| around.palette.scaled(value, range, *scale);
            cell_texts(block, row.iter().copied(), colour)
        }
        Lane::Output => {
            let losses = &run.forward.losses;
            let loss = run.experiment.loss_row(*step).and_then(|row| losses.get(row));
            below(loss.copied().unwrap_or_default(), "L ")
        }
        Lane::Norm => {
            below(weights::norm(run.backward.d_hidden.row(step.index()).iter().copied()), "")
        }
    };
    let visible = *shown != StateShown::Nothing;
    html! {
        <g
            data-step={step.number().to_string()}
            data-shown={visible.to_string()}
            data-sum={(*shown == StateShown::Sum).to_string()}
        >{ texts }</g>
    }
}

fn cell_texts(
    block: Block,
    values: impl Iterator<Item = f64>,
    colour: impl Fn(f64) -> RGBColor,
) -> Html {
    values
        .enumerate()
        .map(|(row, value)| {
            let (x, y) = block.rect_of(row, 0).center();
            let light = wants_light_ink(colour(value));
            html! {
                <text
                    key={row}
                    x={x.to_string()}
                    y={y.to_string()}
                    data-ink={if light { "light" } else { "dark" }}
                >{ numbers::short(value) }</text>
            }
        })
        .collect()
}

#[derive(PartialEq, Properties)]
pub(super) struct TableProps {
    pub(super) run: Run,
    pub(super) lane: Lane,
    pub(super) parameter: Parameter,
}

/// The numbers of a lane as a table.
#[component]
pub(super) fn LaneTable(props: &TableProps) -> Html {
    let words = use_words();
    let label = (words.lane)(props.lane, props.parameter).name;
    use_table(label, || numbers_table(props, words))
}

/// Something that folds a table out, which is made when it is opened.
#[hook]
pub(super) fn use_table(label: &'static str, table: impl FnOnce() -> Html) -> Html {
    let words = use_words();
    let open = use_state_eq(|| false);
    let ontoggle = {
        let (open, setter) = (*open, open.setter());
        Callback::from(move |_: Event| setter.set(!open))
    };
    html! {
        <details class="LaneTable" {ontoggle}>
            <summary>{ words.numbers_as_table }</summary>
            <div class="frame" tabindex="0" role="region" aria-label={label}>
                if *open {
                    { table() }
                }
            </div>
        </details>
    }
}

fn numbers_table(props: &TableProps, words: &'static Words) -> Html {
    let TableProps { run, lane, parameter } = props;
    let rows = table::rows(run, *lane, *parameter, words);
    let tokens = run.experiment.sequence().tokens();
    html! {
        <table>
            <caption>{ (words.lane)(*lane, *parameter).name }</caption>
            <thead>
                <tr>
                    <th scope="col">{ words.time_step }</th>
                    { for Step::all(run.steps()).zip(tokens).map(|(step, token)| html! {
                        <th key={step.number()} scope="col">
                            { format!("{} {token}", step.number()) }
                        </th>
                    }) }
                    if *lane == Lane::Contribution {
                        <th scope="col">{ words.sum }</th>
                    }
                </tr>
            </thead>
            <tbody>
                { for rows.into_iter().enumerate().map(|(key, (head, values))| html! {
                    <tr {key}>
                        <th scope="row">{ head }</th>
                        { for values.into_iter().enumerate().map(|(key, value)| html! {
                            <td {key}>{ numbers::exact(value) }</td>
                        }) }
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

/// The colour scale of the heat map, with the numbers at its ends, and its switch.
pub(super) fn colour_scale(
    run: &Run,
    scale: Scale,
    words: &Words,
    on_action: &Callback<Action>,
) -> Html {
    let range = largest(run.backward.d_hidden.iter().copied());
    let (logarithmic, other) = match scale {
        Scale::Linear => (false, Scale::Logarithmic),
        Scale::Logarithmic => (true, Scale::Linear),
    };
    html! {
        <div class="ColourScale">
            <span>{ numbers::short(-range) }</span>
            <i role="img" aria-label={words.scale} />
            <span>{ numbers::short(range) }</span>
            <button
                aria-pressed={logarithmic.to_string()}
                title={words.logarithmic}
                aria-label={words.logarithmic}
                onclick={on_action.reform(move |_: MouseEvent| Action::SetScale(other))}
            >{ "log" }</button>
        </div>
    }
}
