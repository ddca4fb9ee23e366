//! A lane of the score: its canvas, the numbers over it, and its table.

use super::surroundings::{use_around, use_words};
use crate::{
    browser::{self, Surface},
    figure::{
        Axis, Block, Lane, Palette, Scene,
        brush::Brush,
        lane::{contribution_range, largest},
        palette::wants_light_ink,
    },
    rnn::{Step, weights},
    session::{Cursor, Moment, Run, Timeline},
    text::{Words, numbers},
};
use plotters::prelude::IntoDrawingArea;
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
    pub(super) axis: Axis,
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
            aria-label={(words.lane)(props.lane).name}
            width={width.to_string()}
            height={height.to_string()}
        />
    }
}

fn size(props: &Figure) -> (f64, f64) {
    let cells = props.run.experiment.weights().sizes().cells;
    (props.axis.width(), props.lane.height(props.axis, cells))
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
    let scene = Scene { trace: &props.run, cursor: props.cursor, axis: props.axis, palette };
    // A canvas that was lost draws nothing; the numbers beside it stay.
    let _ = scene.draw(props.lane, &Brush::new(&area, ratio));
    let _ = area.present();
}

/// The numbers over a lane's canvas, for as many steps as have room for them.
pub(super) fn lane_numbers(props: &Figure) -> Html {
    let Figure { run, lane, cursor, axis } = props;
    let timeline = Timeline::of(run.steps());
    let cells = run.experiment.weights().sizes().cells;
    let (width, height) = size(props);
    let moment = |step: Step| match lane {
        Lane::Hidden => Moment::Forward(step),
        _ => Moment::Backward(step),
    };
    let shown = |step: Step| cursor.completion(timeline.position(moment(step))) >= NUMBERS_SHOW_AT;
    let has_numbers = match lane {
        Lane::Hidden | Lane::Error => lane.block(*axis, cells, Step::FIRST).has_numbers(),
        Lane::Norm => axis.has_numbers(),
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
                        axis={*axis}
                        {step}
                        shown={shown(step)}
                    />
                }) }
            }
            if *lane == Lane::Contribution && axis.has_numbers() {
                { signs(*axis, lane.total_block(*axis, cells).rect.center().1) }
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
    axis: Axis,
    step: Step,
    shown: bool,
}

/// The numbers of one step in a lane.
#[component]
fn StepNumbers(props: &StepNumbersProps) -> Html {
    let around = use_around();
    let StepNumbersProps { run, lane, axis, step, shown } = props;
    let cells = run.experiment.weights().sizes().cells;
    let block = lane.block(*axis, cells, *step);
    let texts = match lane {
        Lane::Hidden => {
            let states = run.forward.hidden_after(*step);
            cell_texts(block, states.iter().copied(), 1.0, &around.palette)
        }
        Lane::Error | Lane::HiddenError | Lane::Contribution => {
            let errors = &run.backward.d_pre_activation;
            let range = largest(errors.iter().copied());
            let row = errors.row(step.index());
            cell_texts(block, row.iter().copied(), range, &around.palette)
        }
        Lane::Norm => {
            let norm = weights::norm(run.backward.d_hidden.row(step.index()).iter().copied());
            let x = block.rect.center().0.to_string();
            let y = (block.rect.bottom() + 11.0).to_string();
            html! { <text {x} {y}>{ numbers::short_size(norm) }</text> }
        }
    };
    html! { <g data-step={step.number().to_string()} data-shown={shown.to_string()}>{ texts }</g> }
}

fn cell_texts(
    block: Block,
    values: impl Iterator<Item = f64>,
    range: f64,
    palette: &Palette,
) -> Html {
    values
        .enumerate()
        .map(|(row, value)| {
            let (x, y) = block.rect_of(row, 0).center();
            let light = wants_light_ink(palette.colour(value, range));
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
}

/// The numbers of a lane as a table, made when it is opened.
#[component]
pub(super) fn LaneTable(props: &TableProps) -> Html {
    let words = use_words();
    let open = use_state_eq(|| false);
    let ontoggle = {
        let (open, setter) = (*open, open.setter());
        Callback::from(move |_: Event| setter.set(!open))
    };
    html! {
        <details class="LaneTable" {ontoggle}>
            <summary>{ words.numbers_as_table }</summary>
            <div class="frame" tabindex="0" role="region" aria-label={(words.lane)(props.lane).name}>
                if *open {
                    { table(&props.run, props.lane, words) }
                }
            </div>
        </details>
    }
}

fn table(run: &Run, lane: Lane, words: &'static Words) -> Html {
    let rows = table_rows(run, lane, words);
    let tokens = run.experiment.sequence().tokens();
    html! {
        <table>
            <caption>{ (words.lane)(lane).name }</caption>
            <thead>
                <tr>
                    <th scope="col">{ words.time_step }</th>
                    { for Step::all(run.steps()).zip(tokens).map(|(step, token)| html! {
                        <th key={step.number()} scope="col">
                            { format!("{} {token}", step.number()) }
                        </th>
                    }) }
                    if lane == Lane::Contribution {
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

/// The rows of a lane's table: a head, and a number for each step.
fn table_rows(run: &Run, lane: Lane, words: &Words) -> Vec<(String, Vec<f64>)> {
    let cells = run.experiment.weights().sizes().cells;
    let by_cell = |value: &dyn Fn(Step, usize) -> f64| {
        (0..cells)
            .map(|cell| {
                let row = Step::all(run.steps()).map(|step| value(step, cell)).collect();
                ((words.cell)(cell + 1), row)
            })
            .collect()
    };
    let backward = &run.backward;
    match lane {
        Lane::Hidden => by_cell(&|step, cell| run.forward.hidden_after(step)[cell]),
        Lane::Error => by_cell(&|step, cell| backward.d_pre_activation[[step.index(), cell]]),
        Lane::HiddenError => by_cell(&|step, cell| backward.d_hidden[[step.index(), cell]]),
        Lane::Norm => {
            let norms = backward.d_hidden.rows();
            let row = norms.into_iter().map(|row| weights::norm(row.iter().copied())).collect();
            vec![((words.lane)(Lane::Norm).name.to_owned(), row)]
        }
        Lane::Contribution => {
            let contributions: Vec<_> =
                Step::all(run.steps()).map(|step| run.contribution(step).w1h).collect();
            (backward.gradient.w1h.indexed_iter())
                .map(|((from, to), &sum)| {
                    let terms = contributions.iter().map(|matrix| matrix[[from, to]]);
                    let head = format!("{} → {}", (words.cell)(from + 1), (words.cell)(to + 1));
                    (head, terms.chain([sum]).collect())
                })
                .collect()
        }
    }
}

/// The colour scale of a lane, with the numbers at its ends.
pub(super) fn colour_scale(run: &Run, lane: Lane, words: &Words) -> Html {
    let range = match lane {
        Lane::Hidden => 1.0,
        Lane::Error => largest(run.backward.d_pre_activation.iter().copied()),
        Lane::HiddenError | Lane::Norm => largest(run.backward.d_hidden.iter().copied()),
        Lane::Contribution => contribution_range(run),
    };
    html! {
        <div class="ColourScale" role="img" aria-label={words.scale}>
            <span>{ numbers::short(-range) }</span>
            <i />
            <span>{ numbers::short(range) }</span>
        </div>
    }
}
