//! The view of a training: its lanes over the updates, a cursor across them, and the predictions at the
//! cursor beside them.

mod own;
mod panel;
mod race;
mod setup;
mod states;
mod transport;

pub(super) use panel::TrainPanel;
pub(super) use race::{RaceView, Rivals};
pub(super) use setup::{TrainSetup, TrainSetupProps};
pub(super) use transport::TrainTransport;

use super::{
    axis::{LABELS, NARROW, use_lengths, use_now, use_width},
    canvas::use_canvas,
    emit_some,
    figure::use_table,
    formula::prose,
    surroundings::{use_around, use_words},
    term::explained,
};
use crate::{
    browser::{self, Frames},
    export::{picture, table},
    figure::{UpdateLane, Updates},
    page::Act,
    text::{Term, numbers, plain},
    training::{Command, Data, Learning, More, Motion, Shared},
};
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// The room for the names of the lines, wide and narrow.
const NAMES: (f64, f64) = (128.0, 116.0);

/// The margin of a narrow page.
const MARGIN: f64 = 12.0;

/// The width of an exported picture.
const PICTURE: f64 = 720.0;

/// How many updates are made between two pictures where there is to be less motion.
const BURST: usize = 50;

/// The most rows of a table on the page; the file has all.
const MOST_ROWS: usize = 120;
/// And how many columns: the file has all.
const MOST_COLUMNS: usize = 80;

/// Lets time pass for a training that goes on by itself.
#[hook]
pub(super) fn use_training_frames(moving: bool, on_act: &Callback<Act>) {
    use_effect_with((moving, on_act.clone()), |(moving, on_act)| {
        let on_act = on_act.clone();
        let frames = moving.then(|| {
            Frames::each(move |elapsed| {
                let more = More::new(browser::time_in_frame());
                on_act.emit(Command::Tick { elapsed, more }.into());
            })
        });
        move || drop(frames)
    });
}

/// The training as it is shown: where there is to be less motion, in bursts.
#[hook]
pub(super) fn use_shown(learning: Option<&Learning>, still: bool) -> Option<Learning> {
    let last = use_mut_ref(|| None::<Learning>);
    let mut last = last.borrow_mut();
    let waits = learning.zip(last.as_ref()).is_some_and(|(now, last)| {
        let near = now.cursor().abs_diff(last.cursor()) < BURST && now.data() == last.data();
        still && near && now.motion() != Motion::Still
    });
    if !waits {
        *last = learning.cloned();
    }
    last.clone()
}

/// The room that the words of a mark take at most.
const MARK: f64 = 190.0;
/// How wide the line of the present update is.
const NOW: f64 = 3.0;

#[derive(PartialEq, Properties)]
pub(super) struct TrainProps {
    pub(super) learning: Learning,
    /// The lanes that are shown.
    pub(super) lanes: Vec<UpdateLane>,
    pub(super) on_act: Callback<Act>,
}

/// All lanes, with the cursor across them.
#[component]
pub(super) fn Train(props: &TrainProps) -> Html {
    let words = use_words();
    let node = use_node_ref();
    let TrainProps { learning, lanes, on_act } = props;
    let width = use_width(&node);
    let narrow = width < NARROW;
    let (labels, names) = if narrow { (MARGIN, NAMES.1) } else { (LABELS, NAMES.0) };
    let axis = (width - labels - names - MARGIN).max(100.0).floor();
    let (run, data) = (learning.run().clone(), learning.data().clone());
    let updates = Updates::of(&run, data.floor(), data.best_bag(), axis);
    use_lengths(&node, [("--labels", labels), ("--output", names), ("--width", axis + names)]);
    let now = use_now(updates.x_of(learning.cursor()), NOW);
    html! {
        <section
            ref={node}
            class="Score Train"
            aria-label={words.train_lanes()}
            data-labels={if narrow { "above" } else { "beside" }}
        >
            { for UpdateLane::ALL.into_iter().map(|lane| html! {
                <LaneRow
                    key={lane.name()}
                    run={run.clone()}
                    data={data.clone()}
                    {lane}
                    {axis}
                    hidden={!updates.has(lane) || !lanes.contains(&lane)}
                    on_act={on_act.clone()}
                />
            }) }
            { now }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct LaneRowProps {
    run: Shared,
    data: Data,
    lane: UpdateLane,
    /// The width of the axis.
    axis: f64,
    hidden: bool,
    on_act: Callback<Act>,
}

impl LaneRowProps {
    fn updates(&self, width: f64) -> Updates<'_> {
        Updates::of(&self.run, self.data.floor(), self.data.best_bag(), width)
    }
}

/// What a lane's canvas shows.
#[derive(Clone, PartialEq)]
struct Shown(LaneRowProps);

/// A lane with its label, the names of its lines, and its table.
#[component]
fn LaneRow(props: &LaneRowProps) -> Html {
    let words = use_words();
    let LaneRowProps { data, lane, axis, on_act, .. } = props;
    let (lane, axis) = (*lane, *axis);
    let updates = props.updates(axis);
    let height = updates.height(lane);
    let lane_words = words.update_lane(lane, data);
    let label = plain(&lane_words.name);
    let (node, canvas) = use_canvas(
        label.into(),
        (axis, height),
        Shown(props.clone()),
        |Shown(props), palette, brush| {
            let updates = props.updates(props.axis);
            // A canvas that was lost draws nothing; the numbers beside it stay.
            let _ = updates.draw(props.lane, brush, palette);
        },
    );
    // Dragging along a lane moves the cursor.
    let seek = {
        let (node, shown) = (node.clone(), props.clone());
        move |event: &PointerEvent| {
            let element = node.cast::<Element>()?;
            let (x, _) = browser::position_in(&element, event);
            Some(Act::Train(Command::Seek(shown.updates(axis).updates_at(x))))
        }
    };
    let onpointerdown = emit_some(on_act, {
        let seek = seek.clone();
        move |event: PointerEvent| {
            if let Some(element) = node.cast::<Element>() {
                browser::capture_pointer(&element, event.pointer_id());
            }
            seek(&event)
        }
    });
    let onpointermove = emit_some(
        on_act,
        move |event: PointerEvent| {
            if event.buttons() == 1 { seek(&event) } else { None }
        },
    );
    let numbers = html! { <LaneNumbers ..props.clone() /> };
    let table = use_table(&lane_words.name, || numbers);
    let reached = updates.reached().filter(|_| lane == UpdateLane::Accuracy);
    let meaning = match lane {
        UpdateLane::Loss => Some(Term::Loss),
        UpdateLane::Accuracy | UpdateLane::Weights => None,
        UpdateLane::Reach => Some(Term::HiddenGradient),
        UpdateLane::Gradient => Some(Term::Norm),
    };
    html! {
        <div class="Lane" data-lane={lane.name()} hidden={props.hidden}>
            <div class="label">
                <h2>{ explained(meaning, prose(&lane_words.name)) }</h2>
                <p>{ prose(&lane_words.note) }</p>
            </div>
            <div class="figure">
                <div class="tiles" {onpointerdown} {onpointermove}>
                    { canvas }
                    <svg class="LaneNumbers" width={axis.to_string()} height={height.to_string()}>
                        { for reached.map(|(x, y)| {
                            // Beside its mark, or over it where there is no room.
                            let (anchor, x) = if x < axis / 2.0 {
                                ("start", (x + 10.0).min(axis - MARK).max(0.0))
                            } else {
                                ("end", (x - 10.0).max(MARK).min(axis))
                            };
                            html! {
                                <text class="reached" data-anchor={anchor} x={x.to_string()} y={(height - 8.0).max(y + 14.0).to_string()}>
                                    { words.mark_reached(props.run.reached().unwrap_or_default()) }
                                </text>
                            }
                        }) }
                    </svg>
                </div>
                <svg class="output names" height={height.to_string()} aria-hidden="true">
                    { for updates.labels(lane).into_iter().enumerate().map(|(key, (y, mark))| html! {
                        <text {key} x="6" y={y.to_string()}>{ words.mark(mark) }</text>
                    }) }
                </svg>
            </div>
            { table }
        </div>
    }
}

/// The numbers of a lane as a table, and as files.
#[component]
fn LaneNumbers(props: &LaneRowProps) -> Html {
    let around = use_around();
    let words = around.language.words();
    let LaneRowProps { data, lane, axis, .. } = props;
    let lane = *lane;
    let updates = props.updates(*axis);
    let name = words.update_lane(lane, data).name;
    let heads = table::update_heads(&updates, lane, words);
    let rows = table::update_rows(&updates, lane);
    let every = rows.len().div_ceil(MOST_ROWS).max(1);
    // Of many updates every so manieth has a row, and the one with the largest number.
    let first = |row: &[Option<f64>]| row.first().copied().flatten().unwrap_or(f64::NEG_INFINITY);
    let largest = (0..rows.len())
        .max_by(|&one, &other| first(&rows[one].1).total_cmp(&first(&rows[other].1)));
    let shown = |at: usize| at.is_multiple_of(every) || Some(at) == largest;
    let csv = {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| {
            let text = table::updates_csv(&props.updates(PICTURE), lane, words);
            browser::download(
                &format!("unrolled-{}.csv", lane.name()),
                "text/csv",
                text.as_bytes(),
            );
        })
    };
    let svg = {
        let (props, palette, name) = (props.clone(), Rc::clone(&around.palette), name.clone());
        Callback::from(move |_: MouseEvent| {
            let updates = props.updates(PICTURE);
            let (text, _) = picture::updates_svg(&updates, lane, &name, &palette, words);
            browser::download(
                &format!("unrolled-{}.svg", lane.name()),
                "image/svg+xml",
                text.as_bytes(),
            );
        })
    };
    html! {
        <>
            <p class="ways">
                <button onclick={csv}>{ "CSV" }</button>
                <button onclick={svg}>{ "SVG" }</button>
            </p>
            <table>
                <caption>{ prose(&name) }</caption>
                <thead>
                    <tr>{ for heads.into_iter().take(1 + MOST_COLUMNS).map(|head| html! { <th scope="col">{ head }</th> }) }</tr>
                </thead>
                <tbody>
                    { for rows.into_iter().enumerate().filter(|&(at, _)| shown(at)).map(|(_, (number, row))| html! {
                        <tr key={number}>
                            <th scope="row">{ number }</th>
                            { for row.into_iter().take(MOST_COLUMNS).map(|value| html! {
                                <td>{ for value.map(numbers::plain) }</td>
                            }) }
                        </tr>
                    }) }
                </tbody>
            </table>
        </>
    }
}
