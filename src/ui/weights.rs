//! The weights as matrices: to be looked at, pointed at and changed.

use super::{
    canvas::use_canvas,
    emit_some,
    figure::use_table,
    formula::{prose, set},
    pointing::outlines,
    surroundings::{use_around, use_words},
    truth,
};
use crate::{
    browser,
    figure::{Block, Colours, Palette, Rect, palette::wants_light_ink},
    rnn::{Parameter, Place, weights::Weights},
    session::{Action, Edit, Focus, Run, Scale, Spot},
    text::{Words, numbers},
};
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

/// The width that a matrix may have, in CSS pixels.
const WIDEST: f64 = 200.0;
/// The height that a matrix may have.
const HIGHEST: f64 = 130.0;
/// The most rows that have room for their names.
const MOST_NAMED: usize = 8;
/// How far the slider of a weight goes, either side of zero.
const SLIDER: f64 = 3.0;

#[derive(PartialEq, Properties)]
pub(super) struct WeightsProps {
    pub(super) run: Run,
    pub(super) focus: Option<Focus>,
    /// The tensors that are spoken of.
    #[prop_or_default]
    pub(super) light: &'static [Parameter],
    pub(super) on_action: Callback<Action>,
}

/// All five tensors, and the weight that is chosen.
#[component]
pub(super) fn Matrices(props: &WeightsProps) -> Html {
    let words = use_words();
    let table = use_table(words.weights(), || table(&props.run, words));
    html! {
        <section class="Matrices" aria-label={words.weights()}>
            <h3>{ words.weights() }</h3>
            <div class="all">
                { for props.run.experiment().weights().parameters().map(|parameter| html! {
                    <Matrix
                        key={parameter.field()}
                        run={props.run.clone()}
                        {parameter}
                        lit={props.light.contains(&parameter)}
                        focus={props.focus}
                        on_action={props.on_action.clone()}
                    />
                }) }
            </div>
            <WeightEditor
                run={props.run.clone()}
                focus={props.focus}
                on_action={props.on_action.clone()}
            />
            { table }
        </section>
    }
}

/// Every weight and its gradient.
fn table(run: &Run, words: &Words) -> Html {
    let weights = run.experiment().weights();
    html! {
        <table>
            <caption>{ words.weights() }</caption>
            <thead>
                <tr>
                    <th scope="col">{ words.weight() }</th>
                    <th scope="col">{ set("w") }</th>
                    <th scope="col">{ set("∂L/∂w") }</th>
                </tr>
            </thead>
            <tbody>
                { for Place::all(weights).enumerate().map(|(key, place)| html! {
                    <tr {key}>
                        <th scope="row">{ prose(&words.spot(Spot::Weight(place), run)) }</th>
                        <td>{ numbers::exact(place.of(weights)) }</td>
                        <td>{ numbers::exact(place.of(run.gradient())) }</td>
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

#[derive(PartialEq, Properties)]
struct MatrixProps {
    run: Run,
    parameter: Parameter,
    lit: bool,
    focus: Option<Focus>,
    on_action: Callback<Action>,
}

/// The units of a tensor: as large as there is room for, down to slivers.
fn block(weights: &Weights, parameter: Parameter) -> Block {
    let (rows, columns) = weights.sizes().of(parameter);
    let width = (WIDEST / columns as f64).min(36.0) * columns as f64;
    let height = (HIGHEST / rows as f64).min(16.0) * rows as f64;
    Block { rect: Rect { x: 0.0, y: 0.0, width, height }, rows, columns }
}

/// What `draw` makes of the colours of the weights, to which the scale of the gradients is nothing.
fn with_colours<T>(run: &Run, palette: &Palette, draw: impl FnOnce(Colours<'_>) -> T) -> T {
    let ranges = run.derived();
    draw(Colours { trace: run, ranges: &ranges, palette, scale: Scale::Linear })
}

/// One tensor as a heat map, with its numbers where there is room.
#[component]
fn Matrix(props: &MatrixProps) -> Html {
    let around = use_around();
    let words = use_words();
    let MatrixProps { run, parameter, lit: spoken_of, focus, on_action } = props;
    let parameter = *parameter;
    let weights = run.experiment().weights();
    let block = block(weights, parameter);
    let label = format!("{} {}", words.weights(), parameter.field());
    let size = (block.rect.width, block.rect.height);
    let shown = (run.clone(), parameter, block);
    let (node, canvas) = use_canvas(label.into(), size, shown, |shown, palette, brush| {
        let (run, parameter, block) = shown;
        // A canvas that was lost draws nothing; the numbers beside it stay.
        let _ = with_colours(run, palette, |colours| {
            let weights = run.experiment().weights().matrix(*parameter);
            let value = |row, column| weights[[row, column]];
            brush.tiles(*block, 1.0, &value, &|row, column, value| {
                colours.at(Spot::Weight(Place { parameter: *parameter, row, column }), value)
            })
        });
    });
    let place_at = {
        move |event: &MouseEvent| {
            let point = browser::position_in(&node.cast::<Element>()?, event);
            let (row, column) = block.tile_at(point)?;
            Some(Spot::Weight(Place { parameter, row, column }))
        }
    };
    let point = on_action.reform({
        let place_at = place_at.clone();
        move |event: PointerEvent| Action::Point(place_at(&event))
    });
    let pin = emit_some(on_action, move |event: MouseEvent| place_at(&event).map(Action::Pin));
    let leave = on_action.reform(|_: PointerEvent| Action::Point(None));
    let rows = match parameter {
        Parameter::FromInput(_) => run.experiment().sequence().names(),
        _ => &[],
    };
    html! {
        <figure class="Matrix" data-parameter={parameter.field()} data-lit={truth(*spoken_of)}>
            <figcaption>
                <b>{ set(&parameter.symbol()) }</b>
                { format!(" {} × {}", block.rows, block.columns) }
            </figcaption>
            <div>
                <ol aria-hidden="true" hidden={rows.is_empty() || rows.len() > MOST_NAMED}>
                    { for rows.iter().take(MOST_NAMED).enumerate().map(|(key, token)| html! {
                        <li {key}><bdi>{ token }</bdi></li>
                    }) }
                </ol>
                <div
                    class="tiles"
                    onpointermove={point}
                    onpointerleave={leave}
                    onclick={pin}
                >
                    { canvas }
                    <svg
                        class="LaneNumbers"
                        width={block.rect.width.to_string()}
                        height={block.rect.height.to_string()}
                    >
                        if block.has_numbers() {
                            { for Place::all(weights).filter(|place| place.parameter == parameter).map(|place| {
                                let value = place.of(weights);
                                let (x, y) = block.rect_of(place.row, place.column).center();
                                let colour = with_colours(run, &around.palette, |colours| {
                                    colours.of(Spot::Weight(place))
                                });
                                let light = wants_light_ink(colour);
                                html! {
                                    <text
                                        x={x.to_string()}
                                        y={y.to_string()}
                                        data-ink={if light { "light" } else { "dark" }}
                                    >{ numbers::short(value) }</text>
                                }
                            }) }
                        }
                        { lit(run, parameter, *focus, block) }
                    </svg>
                </div>
            </div>
        </figure>
    }
}

/// The outlines of the weight that is pointed at, and of those that the number pointed at comes from.
fn lit(run: &Run, parameter: Parameter, focus: Option<Focus>, block: Block) -> Html {
    let within = |place: Place| {
        let rect = block.rect_of(place.row, place.column);
        Rect {
            x: rect.x + 0.5,
            y: rect.y + 0.5,
            width: (rect.width - 1.0).max(1.0),
            height: (rect.height - 1.0).max(1.0),
        }
    };
    let Some(Focus { spot, .. }) = focus else { return html! {} };
    let here = |spot: Spot| match spot {
        Spot::Weight(place) if place.parameter == parameter => Some(place),
        _ => None,
    };
    let itself = match spot {
        Spot::Weight(place) | Spot::Gradient(place) | Spot::Contribution { place, .. } => {
            here(Spot::Weight(place))
        }
        _ => None,
    };
    html! {
        <>
            { outlines("source", run.origin(spot).sources.iter().copied().filter_map(here).map(within)) }
            { outlines("lit", itself.map(within)) }
        </>
    }
}

/// The number in the box or the slider to which something has happened.
fn number_in(event: &Event) -> f64 {
    event.target_unchecked_into::<HtmlInputElement>().value_as_number()
}

#[derive(PartialEq, Properties)]
struct NumberBoxProps {
    value: f64,
    label: &'static str,
    on_change: Callback<f64>,
}

/// A box for a number. What is typed belongs to the person: it is written anew only where it says another
/// number, so that “-0” can become “-0.5”.
#[component]
fn NumberBox(props: &NumberBoxProps) -> Html {
    use_around();
    let NumberBoxProps { value, label, on_change } = props;
    let (value, node) = (*value, use_node_ref());
    let write = use_callback((node.clone(), value), |(), (node, value)| {
        if let Some(input) = node.cast::<HtmlInputElement>()
            && input.value_as_number() != *value
        {
            browser::write_number(&input, *value);
        }
    });
    use_effect_with(write.clone(), |write| write.emit(()));
    html! {
        <input
            ref={node}
            type="number"
            aria-label={*label}
            step="any"
            oninput={on_change.reform(|event: InputEvent| number_in(event.as_ref()))}
            onblur={write.reform(|_: FocusEvent| ())}
        />
    }
}

/// The weight that is pointed at, and where a pinned one is changed.
#[component]
fn WeightEditor(props: &WeightsProps) -> Html {
    let words = use_words();
    let run = &props.run;
    let chosen = props.focus.and_then(|focus| match focus.spot {
        Spot::Weight(place) => Some((place, focus.pinned)),
        _ => None,
    });
    let change = emit_some(&props.on_action, move |value: f64| {
        let (place, _) = chosen?;
        value.is_finite().then_some(Action::Edit(Edit::Weight { place, value }))
    });
    let pinned = chosen.is_some_and(|(_, pinned)| pinned);
    let value = chosen.map(|(place, _)| place.of(run.experiment().weights())).unwrap_or_default();
    html! {
        <div class="WeightEditor">
            <p hidden={chosen.is_some()}>{ words.weights_note() }</p>
            <p hidden={chosen.is_none()}>
                { for chosen.map(|(place, _)| html! {
                    <>
                        { prose(&words.spot(Spot::Weight(place), run)) }
                        <b>{ format!(" = {}", numbers::exact(value)) }</b>
                        <br />
                        { set(&format!("∂L/∂{}", place.parameter.symbol())) }
                        { format!(" = {}", numbers::exact(place.of(run.gradient()))) }
                    </>
                }) }
            </p>
            <div hidden={!pinned}>
                <input
                    type="range"
                    aria-label={words.weight()}
                    min={(-SLIDER).to_string()}
                    max={SLIDER.to_string()}
                    step="0.01"
                    value={value.to_string()}
                    oninput={change.reform(|event: InputEvent| number_in(event.as_ref()))}
                />
                <NumberBox {value} label={words.weight()} on_change={change} />
            </div>
        </div>
    }
}
