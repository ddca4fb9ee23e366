//! The cell of the present step, opened: one unit's numbers on the wires between them, forward and in
//! reverse.

use super::{formula::in_drawing, surroundings::use_around, truth};
use crate::{
    figure::{Colours, palette::wants_light_ink},
    rnn::{Cell, Gate, Step, Variable, way_back::Cause},
    session::{Action, Quantity, Run, Scale, Spot, Stage},
    text::{numbers, plain},
};
use yew::prelude::*;

/// Where a number of a drawing comes from.
#[derive(Clone, Copy, PartialEq)]
enum What {
    /// A variable of the step.
    Now(Variable),
    /// A variable of the step before.
    Before(Variable),
}

/// A drawing of a cell: numbers, what is done to them, and the wires between, in CSS pixels; in lists that
/// drawings can share.
struct Sketch {
    height: f64,
    numbers: &'static [&'static [(What, f64, f64)]],
    operations: &'static [&'static [(&'static str, f64, f64)]],
    wires: &'static [&'static [Wire]],
}

type Wire = &'static [(f64, f64)];

const WIDTH: f64 = 340.0;
/// The size of a number's tile.
const TILE: (f64, f64) = (46.0, 20.0);

const PLAIN: Sketch = Sketch {
    height: 84.0,
    numbers: &[&[
        (What::Before(Variable::State), 30.0, 48.0),
        (What::Now(Variable::Sum(Gate::One)), 160.0, 48.0),
        (What::Now(Variable::State), 290.0, 48.0),
    ]],
    operations: &[],
    wires: &[&[&[(53.0, 48.0), (137.0, 48.0)], &[(183.0, 48.0), (267.0, 48.0)]]],
};

const LSTM: Sketch = Sketch {
    height: 204.0,
    numbers: &[&[
        (What::Before(Variable::Memory), 28.0, 36.0),
        (What::Now(Variable::Open(Gate::Forget)), 84.0, 96.0),
        (What::Now(Variable::Open(Gate::Input)), 112.0, 160.0),
        (What::Now(Variable::Open(Gate::Candidate)), 174.0, 160.0),
        (What::Now(Variable::Memory), 204.0, 36.0),
        (What::Now(Variable::Squashed), 262.0, 92.0),
        (What::Now(Variable::Open(Gate::Output)), 226.0, 188.0),
        (What::Now(Variable::State), 314.0, 146.0),
    ]],
    operations: &[&[
        ("×", 84.0, 36.0),
        ("+", 142.0, 36.0),
        ("×", 142.0, 96.0),
        ("×", 262.0, 146.0),
    ]],
    wires: &[&[
        &[(51.0, 36.0), (75.0, 36.0)],
        &[(84.0, 86.0), (84.0, 45.0)],
        &[(93.0, 36.0), (133.0, 36.0)],
        &[(112.0, 150.0), (112.0, 122.0), (136.0, 102.0)],
        &[(174.0, 150.0), (174.0, 122.0), (148.0, 102.0)],
        &[(142.0, 87.0), (142.0, 45.0)],
        &[(151.0, 36.0), (181.0, 36.0)],
        &[(227.0, 36.0), (338.0, 36.0)],
        &[(262.0, 36.0), (262.0, 82.0)],
        &[(262.0, 102.0), (262.0, 137.0)],
        &[(249.0, 180.0), (262.0, 170.0), (262.0, 155.0)],
        &[(271.0, 146.0), (291.0, 146.0)],
    ]],
};

/// What both forms of a GRU have.
const OF_GRU: &[(What, f64, f64)] = &[
    (What::Before(Variable::State), 28.0, 36.0),
    (What::Now(Variable::Open(Gate::Update)), 104.0, 96.0),
    (What::Now(Variable::Open(Gate::Candidate)), 200.0, 152.0),
    (What::Now(Variable::Open(Gate::Reset)), 66.0, 144.0),
    (What::Now(Variable::State), 298.0, 36.0),
];

const OPERATIONS_OF_GRU: &[(&str, f64, f64)] =
    &[("×", 104.0, 36.0), ("+", 200.0, 36.0), ("×", 200.0, 96.0), ("1−", 152.0, 96.0)];

const WIRES_OF_GRU: &[Wire] = &[
    &[(51.0, 36.0), (95.0, 36.0)],
    &[(104.0, 86.0), (104.0, 45.0)],
    &[(113.0, 36.0), (191.0, 36.0)],
    &[(127.0, 96.0), (143.0, 96.0)],
    &[(161.0, 96.0), (191.0, 96.0)],
    &[(200.0, 142.0), (200.0, 105.0)],
    &[(200.0, 87.0), (200.0, 45.0)],
    &[(209.0, 36.0), (275.0, 36.0)],
    &[(28.0, 46.0), (28.0, 188.0), (95.0, 188.0)],
    &[(141.0, 188.0), (200.0, 188.0), (200.0, 162.0)],
];

const GRU: Sketch = Sketch {
    height: 204.0,
    numbers: &[OF_GRU, &[(What::Now(Variable::Kept), 118.0, 188.0)]],
    operations: &[OPERATIONS_OF_GRU],
    wires: &[WIRES_OF_GRU, &[&[(66.0, 154.0), (66.0, 170.0), (95.0, 184.0)]]],
};

/// The reset gate meets the product behind the weights.
const GRU_RESET_AFTER: Sketch = Sketch {
    height: 204.0,
    numbers: &[OF_GRU, &[(What::Now(Variable::Recalled), 118.0, 188.0)]],
    operations: &[OPERATIONS_OF_GRU, &[("×", 166.0, 188.0)]],
    wires: &[WIRES_OF_GRU, &[&[(89.0, 144.0), (166.0, 144.0), (166.0, 179.0)]]],
};

impl Sketch {
    const fn of(cell: Cell) -> &'static Self {
        match cell {
            Cell::Tanh | Cell::Relu | Cell::Sigmoid => &PLAIN,
            Cell::Lstm => &LSTM,
            Cell::Gru => &GRU,
            Cell::GruResetAfter => &GRU_RESET_AFTER,
        }
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct OpenedProps {
    pub(super) run: Run,
    pub(super) stage: Stage,
    /// The number that is explained, whose unit the drawing shows.
    pub(super) explained: Spot,
    /// What the present stage has still to compute, while it happens.
    pub(super) pending: Vec<Quantity>,
    pub(super) scale: Scale,
    pub(super) on_action: Callback<Action>,
}

/// One unit of the cell at the present step, with its numbers on the wires.
#[component]
pub(super) fn Opened(props: &OpenedProps) -> Html {
    let around = use_around();
    let words = around.language.words();
    let OpenedProps { run, stage, explained, pending, scale, on_action } = props;
    let natural = matches!(stage, Stage::Backward(_) | Stage::BackwardOutput | Stage::Update);
    // What was chosen for this direction of the pass; the other begins anew.
    let chosen = use_state_eq(|| None::<(bool, bool)>);
    let back = chosen.filter(|(of, _)| *of == natural).map_or(natural, |(_, chosen)| chosen);
    let step = match stage {
        Stage::Forward(step) | Stage::Backward(step) => *step,
        Stage::Update => Step::FIRST,
        _ => Step::from_index(run.steps() - 1),
    };
    let cell = run.experiment().cell();
    let unit = unit_of(*explained).filter(|unit| *unit < run.units()).unwrap_or_default();
    let sketch = Sketch::of(cell);
    let direction = |to_back: bool, label: &'static str| {
        let setter = chosen.setter();
        let onclick = Callback::from(move |_: MouseEvent| setter.set(Some((natural, to_back))));
        html! { <button aria-pressed={truth(back == to_back)} {onclick}>{ label }</button> }
    };
    let is_pending = |what: What| match (what, back) {
        (What::Now(Variable::Squashed), false) => {
            pending.contains(&Quantity::Value(Variable::State))
        }
        (What::Now(of), false) => pending.contains(&Quantity::Value(of)),
        (What::Now(of), true) => pending.contains(&Quantity::Error(of)),
        (What::Before(_), false) => false,
        (What::Before(_), true) => !pending.is_empty(),
    };
    let ranges = run.derived();
    let colours = Colours { trace: run, ranges: &ranges, palette: &around.palette, scale: *scale };
    let number = |key: usize, what: What, (x, y): (f64, f64)| {
        let (spot, label) = match (what, back) {
            (What::Now(of), false) => (Some(Spot::Value { of, step, unit }), of.symbol()),
            (What::Now(of), true) => {
                (Some(Spot::Error { of, step, unit }), format!("∂L/∂{}", of.symbol()))
            }
            (What::Before(of), false) => {
                let before = match step.previous() {
                    Some(step) => Spot::Value { of, step, unit },
                    None => Spot::Start { of, unit },
                };
                (Some(before), format!("{}⁽ᵗ⁻¹⁾", of.symbol()))
            }
            (What::Before(of), true) => {
                (straight_back(run, of, step, unit), format!("∂L/∂{}⁽ᵗ⁻¹⁾", of.symbol()))
            }
        };
        let value = spot.filter(|_| !is_pending(what)).and_then(|spot| spot.value(run));
        let colour = spot.zip(value).map(|(spot, value)| colours.at(spot, value));
        let fill = colour.map_or_else(
            || "none".to_owned(),
            |colour| format!("rgb({},{},{})", colour.0, colour.1, colour.2),
        );
        let ink = colour.map(|colour| if wants_light_ink(colour) { "light" } else { "dark" });
        let look = |spot: Option<Spot>| on_action.reform(move |()| Action::Glance(spot));
        let name = spot.map(|spot| plain(&words.spot(spot, run)));
        let said = match value {
            _ if is_pending(what) => "…".to_owned(),
            None => "–".to_owned(),
            Some(value) => numbers::short(value),
        };
        html! {
            <g
                {key}
                class="number"
                role="button"
                tabindex={spot.map(|_| "0")}
                aria-label={name.map(|name| format!("{name}: {said}"))}
                onclick={on_action.reform(move |_: MouseEvent| spot.map_or(Action::LetGo, Action::Pin))}
                onpointerenter={look(spot).reform(|_: PointerEvent| ())}
                onpointerleave={look(None).reform(|_: PointerEvent| ())}
                onfocus={look(spot).reform(|_: FocusEvent| ())}
                onblur={look(None).reform(|_: FocusEvent| ())}
            >
                <text class="name" x={x.to_string()} y={(y - 17.5).to_string()}>{ in_drawing(&label) }</text>
                <rect
                    x={(x - TILE.0 / 2.0).to_string()}
                    y={(y - TILE.1 / 2.0).to_string()}
                    width={TILE.0.to_string()}
                    height={TILE.1.to_string()}
                    rx="4"
                    {fill}
                />
                <text x={x.to_string()} y={y.to_string()} data-ink={ink}>{ said }</text>
            </g>
        }
    };
    let title = words.opened(step.number(), unit + 1);
    html! {
        <section class="Opened" aria-label={title.clone()} data-back={truth(back)}>
            <h3>
                <span>{ title }</span>
                <span class="directions" role="group" aria-label={words.opened_direction()}>
                    { direction(false, words.opened_forward()) }
                    { direction(true, words.opened_backward()) }
                </span>
            </h3>
            <svg viewBox={format!("0 0 {WIDTH} {}", sketch.height)}>
                <g>
                    { for sketch.wires.iter().copied().flatten().enumerate().map(|(key, wire)| {
                        let points: Vec<String> =
                            wire.iter().map(|(x, y)| format!("{x},{y}")).collect();
                        html! { <polyline {key} points={points.join(" ")} /> }
                    }) }
                </g>
                <g>
                    { for sketch.operations.iter().copied().flatten().enumerate().map(|(key, (sign, x, y))| html! {
                        <g {key} class="operation">
                            <circle cx={x.to_string()} cy={y.to_string()} r="9" />
                            <text x={x.to_string()} y={y.to_string()}>{ *sign }</text>
                        </g>
                    }) }
                </g>
                <g>
                    { for sketch.numbers.iter().copied().flatten().enumerate().map(|(key, (what, x, y))| {
                        number(key, *what, (*x, *y))
                    }) }
                </g>
            </svg>
        </section>
    }
}

/// The unit that a number belongs to, if it belongs to one.
fn unit_of(spot: Spot) -> Option<usize> {
    match spot {
        Spot::Value { unit, .. }
        | Spot::Start { unit, .. }
        | Spot::Error { unit, .. }
        | Spot::Arrival { unit, .. } => Some(unit),
        Spot::Contribution { place, .. }
        | Spot::Gradient(place)
        | Spot::Weight(place)
        | Spot::Updated(place) => place.parameter.gate().map(|_| place.column),
        _ => None,
    }
}

/// What comes straight back from `step` to a variable of the step before, where there is a straight way;
/// else all that arrives there.
fn straight_back(run: &Run, of: Variable, step: Step, unit: usize) -> Option<Spot> {
    let step = step.previous()?;
    let nth = run.way_back().at(of).position(|arrival| arrival.from == Cause::Next(of));
    Some(match nth {
        Some(nth) => Spot::Arrival { of, nth, step, unit },
        None => Spot::Error { of, step, unit },
    })
}
