//! A lane of the score: its canvas, the numbers over it, and its table.

use super::{
    canvas::use_canvas_in_parts,
    formula::prose,
    surroundings::{use_around, use_words},
    truth,
};
use crate::{
    export::table,
    figure::{Axis, Columns, Lane, Layout, Palette, Ranges, Scene, StateShown},
    rnn::{Parameter, Step, Variable},
    session::{Action, Cursor, Run, Scale, Timeline},
    text::{self, Words, numbers},
};
use std::rc::Rc;
use yew::prelude::*;

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

/// A lane's canvas.
#[hook]
pub(super) fn use_lane_canvas(props: &Figure) -> Html {
    let words = use_words();
    let label =
        text::plain(&words.lane(props.lane, props.layout.cell, props.layout.parameter).name);
    let (_, canvas) = use_canvas_in_parts(
        label.into(),
        size(props),
        props.clone(),
        |props, before| Some(props.part_since(before)?.sides(props.layout.axis)),
        |props, before, palette, brush| {
            // A canvas that was lost draws nothing; the numbers beside it stay.
            let ranges = props.run.derived();
            let part = before.and_then(|before| props.part_since(before));
            let scene =
                Scene { part: part.unwrap_or(Columns::WHOLE), ..props.scene(&ranges, palette) };
            let _ = scene.draw(props.lane, brush);
        },
    );
    canvas
}

fn size(props: &Figure) -> (f64, f64) {
    (props.layout.axis.width(), props.layout.height(props.lane))
}

impl Figure {
    /// What is another picture than `before`, where only time has passed.
    fn part_since(&self, before: &Self) -> Option<Columns> {
        let timeline = Timeline::of(self.run.steps());
        let same = Self { cursor: self.cursor, ..before.clone() } == *self;
        same.then(|| Columns::between(self.lane, timeline, before.cursor, self.cursor))
    }

    fn scene<'a>(&'a self, ranges: &'a Ranges, palette: &'a Palette) -> Scene<'a> {
        let Self { run, cursor, layout, scale, .. } = self;
        Scene {
            trace: run,
            ranges,
            cursor: *cursor,
            layout: *layout,
            palette,
            scale: *scale,
            part: Columns::WHOLE,
        }
    }
}

/// The numbers over a lane's canvas, for as many steps as have room for them.
pub(super) fn lane_numbers(props: &Figure, palette: &Rc<Palette>) -> Html {
    let Figure { run, lane, layout, scale, .. } = props;
    let (width, height) = size(props);
    let ranges = run.derived();
    let scene = props.scene(&ranges, palette);
    html! {
        <svg class="LaneNumbers" width={width.to_string()} height={height.to_string()}>
            if scene.has_numbers(*lane) {
                { for Step::all(run.steps()).map(|step| html! {
                    <StepNumbers
                        key={step.number()}
                        run={run.clone()}
                        lane={*lane}
                        layout={*layout}
                        scale={*scale}
                        {step}
                        shown={scene.shown(*lane, step)}
                    />
                }) }
            }
            if let Some(keeper) = keeper(*lane, *layout) {
                { factors(*layout, &keeper) }
            }
            if *lane == Lane::Contribution && layout.axis.has_numbers() {
                { signs(layout.axis, layout.total_block().rect.center().1) }
            }
        </svg>
    }
}

/// What a variable is multiplied by on its straight way to the next step, where there is one and room for
/// its letter.
fn keeper(lane: Lane, layout: Layout) -> Option<String> {
    if lane != Lane::Value(Variable::Memory) {
        return None;
    }
    let (_, keeper) = layout.cell.recipe().keeps().filter(|_| layout.axis.column() >= 74.0)?;
    Some(format!("× {}", keeper.operand().of.symbol()))
}

/// That, over the line between two steps.
fn factors(layout: Layout, symbol: &str) -> Html {
    let lane = Lane::Value(Variable::Memory);
    html! {
        <g class="signs factors">
            { for Step::all(layout.axis.steps()).skip(1).map(|step| {
                let rect = layout.block(lane, step).rect;
                let x = layout.axis.left(step);
                let y = rect.center().1 - 8.0;
                html! {
                    <text key={step.number()} x={x.to_string()} y={y.to_string()}>
                        { symbol.to_owned() }
                    </text>
                }
            }) }
        </g>
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
    let (cursor, palette, ranges) = (Cursor::at(0), &around.palette, run.derived());
    let scene = Scene {
        trace: run,
        ranges: &ranges,
        cursor,
        layout: *layout,
        palette,
        scale: *scale,
        part: Columns::WHOLE,
    };
    let sum = *shown == StateShown::Sum;
    html! {
        <g
            data-step={step.number().to_string()}
            data-shown={truth(*shown != StateShown::Nothing)}
            data-sum={truth(sum)}
        >
            { for scene.inscriptions(*lane, *step, sum).into_iter().enumerate().map(|(key, number)| html! {
                <text
                    {key}
                    x={number.at.0.to_string()}
                    y={number.at.1.to_string()}
                    data-ink={number.light.map(|light| if light { "light" } else { "dark" })}
                >{ number.text }</text>
            }) }
        </g>
    }
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
    let cell = props.run.experiment().cell();
    let label = words.lane(props.lane, cell, props.parameter).name;
    use_table(&label, || numbers_table(props, words))
}

/// Something that folds a table out, which is made when it is opened.
#[hook]
pub(super) fn use_table(label: &str, table: impl FnOnce() -> Html) -> Html {
    let words = use_words();
    let open = use_state_eq(|| false);
    let ontoggle = {
        let (open, setter) = (*open, open.setter());
        Callback::from(move |_: Event| setter.set(!open))
    };
    html! {
        <details class="LaneTable" {ontoggle}>
            <summary>{ words.numbers_as_table() }</summary>
            <div class="frame" tabindex="0" role="region" aria-label={text::plain(label)}>
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
    let tokens = run.experiment().sequence().token_names();
    html! {
        <table>
            <caption>{ prose(&words.lane(*lane, run.experiment().cell(), *parameter).name) }</caption>
            <thead>
                <tr>
                    <th scope="col">{ words.time_step() }</th>
                    { for Step::all(run.steps()).zip(tokens).map(|(step, token)| html! {
                        <th key={step.number()} scope="col">
                            { step.number() }{ " " }<bdi>{ token }</bdi>
                        </th>
                    }) }
                    if *lane == Lane::Contribution {
                        <th scope="col">{ words.sum() }</th>
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
    let range = run.derived::<Ranges>().of_hidden_errors();
    let (logarithmic, other) = match scale {
        Scale::Linear => (false, Scale::Logarithmic),
        Scale::Logarithmic => (true, Scale::Linear),
    };
    html! {
        <div class="ColourScale">
            <span>{ numbers::short(-range) }</span>
            <i role="img" aria-label={words.scale()} />
            <span>{ numbers::short(range) }</span>
            <button
                aria-pressed={truth(logarithmic)}
                title={words.logarithmic()}
                aria-label={words.logarithmic()}
                onclick={on_action.reform(move |_: MouseEvent| Action::SetScale(other))}
            >{ "log" }</button>
        </div>
    }
}
