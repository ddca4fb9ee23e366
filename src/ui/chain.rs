//! The chain view: the Jacobians along the time axis, their running product and its size, and the
//! terms of the gradient written out.

use super::{
    axis::use_fitted,
    canvas::use_canvas,
    choice::Choice,
    figure::{Figure, LaneTable, use_lane_canvas, use_table},
    formula::{prose, set},
    surroundings::use_words,
    term::{explained, term},
    tokens::Tokens,
};
use crate::{
    browser,
    figure::{Chain, ChainLane, ChainScene, Curve, Lane, Layout, Palette, Ranges},
    lesson::Place,
    rnn::{Cell, Link, NoRatio, Norm, Step, ratio, weights},
    session::{Action, Cursor, Focus, Run, Scale, Stage, Timeline},
    text::{
        Term, Words,
        numbers::{self, time},
        plain,
    },
};
use ndarray::Array2;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// The most numbers of a table of matrices: more than anybody reads, and no more than a browser lays
/// out at once.
const MOST_NUMBERS: usize = 20_000;

/// From this width on, a column has room for its term written out.
const ROOM_FOR_TERM: f64 = 86.0;

#[derive(PartialEq, Properties)]
pub(super) struct ChainViewProps {
    pub(super) run: Run,
    pub(super) stage: Stage,
    pub(super) scale: Scale,
    pub(super) focus: Option<Focus>,
    /// The screen of the lesson, and the cell beside which it shows this one.
    pub(super) screen: Option<(Place, Option<Cell>)>,
    pub(super) on_action: Callback<Action>,
}

/// The chain of Jacobians.
#[component]
pub(super) fn ChainView(props: &ChainViewProps) -> Html {
    let words = use_words();
    let ChainViewProps { run, stage, scale, focus, screen, on_action } = props;
    let node = use_node_ref();
    let recipe = run.experiment().recipe();
    let fitted = use_fitted(&node, run, recipe.main_parameter(), *stage);
    // Another cell with the same text, task and seed, beside which this one is seen.
    // What was chosen on one screen of the lesson is not chosen on the next.
    let compared = use_state_eq(|| (*screen, None::<Option<Cell>>));
    let chosen = Some(*compared).filter(|(of, _)| of == screen).and_then(|(_, chosen)| chosen);
    let other = chosen.unwrap_or_else(|| screen.and_then(|(_, beside)| beside));
    let other = other.filter(|other| *other != run.experiment().cell());
    let chain = use_memo((run.clone(), other), |(run, other)| {
        let other = other.and_then(|cell| run.with_cell(cell));
        Chain::of(run).beside(other.as_deref())
    });
    let next_token = run.experiment().has_several_losses();
    let on_edit = on_action.reform(Action::Edit);
    html! {
        <section
            ref={node.clone()}
            class="Score Chain"
            aria-label={words.chain_name()}
            tabindex="0"
            data-labels={fitted.labels_stand()}
            data-tokens={fitted.tokens_run()}
        >
            <div class="now" aria-hidden="true" />
            <Tokens run={run.clone()} stage={*stage} column={fitted.layout.axis.column()} {on_edit} />
            { for ChainLane::ALL.into_iter().filter(|&lane| lane != ChainLane::Triangle || next_token).map(
                |lane| html! {
                    <ChainRow
                        key={format!("{lane:?}")}
                        run={run.clone()}
                        chain={Rc::clone(&chain)}
                        {lane}
                        layout={fitted.layout}
                        focus={*focus}
                        {other}
                        on_compare={Callback::from({
                            let (compared, screen) = (compared.setter(), *screen);
                            move |cell| compared.set((screen, Some(cell)))
                        })}
                        on_action={on_action.clone()}
                    />
                }
            ) }
            <Expansion run={run.clone()} layout={fitted.layout} scale={*scale} />
            <p class="reason">{ prose(&words.chain_reason(chain.links.last(), run)) }</p>
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ChainRowProps {
    run: Run,
    chain: Rc<Chain>,
    lane: ChainLane,
    layout: Layout,
    focus: Option<Focus>,
    /// The cell that this one is compared with.
    other: Option<Cell>,
    on_compare: Callback<Option<Cell>>,
    on_action: Callback<Action>,
}

/// What a row's canvas shows.
#[derive(Clone, PartialEq)]
struct Shown {
    run: Run,
    chain: Rc<Chain>,
    lane: ChainLane,
    layout: Layout,
}

impl Shown {
    fn scene<'a>(&'a self, ranges: &'a Ranges, palette: &'a Palette) -> ChainScene<'a> {
        let Self { run, chain, layout, .. } = self;
        ChainScene { trace: run, ranges, chain, layout: *layout, palette }
    }
}

/// One row of the chain, with its label and its table.
#[component]
fn ChainRow(props: &ChainRowProps) -> Html {
    let words = use_words();
    let ChainRowProps { run, chain, lane, layout, focus, other, on_compare, on_action } = props;
    let lane = *lane;
    let cell = run.experiment().cell();
    let label = words.chain_lane(lane, cell);
    let around = super::surroundings::use_around();
    let shown = Shown { run: run.clone(), chain: Rc::clone(chain), lane, layout: *layout };
    let ranges = run.derived();
    let scene = shown.scene(&ranges, &around.palette);
    let size = (layout.axis.width(), scene.height(lane));
    let (node, canvas) =
        use_canvas(plain(&label.name).into(), size, shown.clone(), |shown, palette, brush| {
            let ranges = shown.run.derived();
            // A canvas that was lost draws nothing; the numbers beside it stay.
            let _ = shown.scene(&ranges, palette).draw(shown.lane, brush);
        });
    let spot = {
        let (shown, palette) = (shown.clone(), Rc::clone(&around.palette));
        move |event: &MouseEvent| {
            let ranges = shown.run.derived();
            let point = browser::position_in(&node.cast::<Element>()?, event);
            shown.scene(&ranges, &palette).spot_at(shown.lane, point)
        }
    };
    let point = on_action.reform({
        let spot = spot.clone();
        move |event: PointerEvent| Action::Point(spot(&event))
    });
    let pin =
        on_action.reform(move |event: MouseEvent| spot(&event).map_or(Action::LetGo, Action::Pin));
    let leave = on_action.reform(|_: PointerEvent| Action::Point(None));
    // A part of its own, which pointing does not concern.
    let table = use_table(&label.name, || {
        html! { <ChainTable run={run.clone()} chain={Rc::clone(chain)} {lane} /> }
    });
    let lit = focus.and_then(|focus| scene.rect_of(focus.spot)).filter(|(there, _)| *there == lane);
    html! {
        <div class="Lane" data-lane={name(lane)}>
            <div class="label">
                <h2>
                    { term(Term::of_chain_lane(lane), prose(&label.name)) }
                </h2>
                <p>{ prose(&label.note) }</p>
                if lane == ChainLane::Norm {
                    { compare(words, cell, *other, on_compare) }
                }
            </div>
            <div class="figure">
                <div class="tiles" onpointermove={point} onpointerleave={leave} onclick={pin}>
                    { canvas }
                    <svg class="LaneNumbers" width={size.0.to_string()} height={size.1.to_string()}>
                        { inscriptions(scene, lane) }
                        { for lit.map(|(_, rect)| html! {
                            <rect
                                class="lit"
                                x={rect.x.to_string()}
                                y={rect.y.to_string()}
                                width={rect.width.to_string()}
                                height={rect.height.to_string()}
                            />
                        }) }
                    </svg>
                </div>
                if lane == ChainLane::Norm {
                    <ul class="output legend">
                        { for chain.kinds().map(|curve| {
                            let (class, name) = match curve {
                                Curve::Both => ("total", words.chain_both().to_owned()),
                                Curve::Weights if chain.plain => {
                                    ("weights", words.chain_by_weights().to_owned())
                                }
                                Curve::Weights => ("weights", words.chain_straight().to_owned()),
                                Curve::Saturation if cell != Cell::Tanh => {
                                    ("saturation", words.chain_by_slopes().to_owned())
                                }
                                Curve::Saturation => {
                                    ("saturation", words.chain_by_saturation().to_owned())
                                }
                                Curve::Other => {
                                    ("other", other.map_or("", |it| words.cell(it)).to_owned())
                                }
                            };
                            let saturates = curve == Curve::Saturation && cell == Cell::Tanh;
                            let term = saturates.then_some(Term::Saturated);
                            html! { <li key={class} {class}>{ explained(term, prose(&name)) }</li> }
                        }) }
                    </ul>
                }
            </div>
            { table }
        </div>
    }
}

/// The choice of a cell beside which this one is seen.
fn compare(
    words: &Words,
    cell: Cell,
    other: Option<Cell>,
    on_compare: &Callback<Option<Cell>>,
) -> Html {
    let others: Vec<Cell> = Cell::ALL.into_iter().filter(|other| *other != cell).collect();
    let chosen = other.and_then(|other| others.iter().position(|it| *it == other));
    let on_choose = on_compare.reform({
        let others = others.clone();
        move |at: usize| at.checked_sub(1).and_then(|at| others.get(at).copied())
    });
    html! {
        <label class="compare">
            <span>{ words.compare_with() }</span>
            <Choice chosen={chosen.map_or(0, |at| at + 1)} {on_choose}>
                <option>{ "–" }</option>
                { for others.into_iter().map(|other| html! {
                    <option key={other.name()}>{ words.cell(other) }</option>
                }) }
            </Choice>
        </label>
    }
}

const fn name(lane: ChainLane) -> &'static str {
    match lane {
        ChainLane::Jacobian => "jacobian",
        ChainLane::Product => "product",
        ChainLane::Norm => "chain-norm",
        ChainLane::Triangle => "triangle",
    }
}

/// What is written over a row: sizes of matrices, the powers of ten, the names of the curves.
fn inscriptions(scene: ChainScene<'_>, lane: ChainLane) -> Html {
    let axis = scene.layout.axis;
    let text = |x: f64, y: f64, class: &'static str, text: String| {
        html! { <text {class} x={x.to_string()} y={y.to_string()}>{ text }</text> }
    };
    let steps = || Step::all(scene.trace.steps());
    let outside = axis.left_of_output();
    match lane {
        ChainLane::Product if axis.has_numbers() => steps()
            .filter_map(|step| {
                let rect = scene.block(lane, step).rect;
                let norm = numbers::short_norm(scene.chain.link(step)?.norm);
                Some(text(rect.center().0, rect.bottom() + 9.0, "", norm))
            })
            .collect(),
        ChainLane::Norm => {
            let (least, most) = scene.chain.decades();
            let power = |decade: f64| match decade {
                0.0 => "1".to_owned(),
                1.0 => "10".to_owned(),
                _ => format!("1e{decade}").replace('-', "−"),
            };
            html! {
                <g>
                    { for [least, 0.0, most].into_iter().filter(|&decade| decade != 0.0 || (least < -0.5 && most > 0.5)).map(|decade| {
                        text(outside + 4.0, scene.y_of(decade), "tick", power(decade))
                    }) }
                    if scene.chain.has_zero() {
                        { text(outside + 4.0, scene.y_of_zero(), "tick", "0".to_owned()) }
                    }
                </g>
            }
        }
        ChainLane::Triangle => {
            let first = scene.trace.experiment().first_loss();
            let block = scene.block(lane, first);
            let high = block.rect_of(0, 0).height >= 12.0;
            steps()
                .skip(first.index())
                .filter(|_| high)
                .map(|loss| {
                    let (_, y) = block.rect_of(loss.index() - first.index(), 0).center();
                    text(outside + 26.0, y, "tick", format!("s = {}", loss.number()))
                })
                .collect()
        }
        _ => html! {},
    }
}

#[derive(PartialEq, Properties)]
struct ChainTableProps {
    run: Run,
    chain: Rc<Chain>,
    lane: ChainLane,
}

/// The numbers of a row as a table.
#[component]
fn ChainTable(props: &ChainTableProps) -> Html {
    let words = use_words();
    let ChainTableProps { run, chain, lane } = props;
    let lane = *lane;
    let (units, carried) = (run.units(), run.experiment().recipe().carried());
    let size = carried.len() * units;
    // A number of what is carried on: a unit, of H or of C where there are both.
    let name_of = |at: usize| {
        let unit = at % units + 1;
        match carried[..] {
            [_] => unit.to_string(),
            _ => format!("{} {unit}", carried[at / units].symbol()),
        }
    };
    let steps = || Step::all(run.steps());
    let most_rows = MOST_NUMBERS / run.steps();
    // One number of each step's matrix in a row; a step without one has none.
    let matrix = |matrices: Vec<Option<Array2<f64>>>| -> Vec<(String, Vec<Option<String>>)> {
        (0..size * size)
            .take(most_rows)
            .map(|at| {
                let (row, column) = (at / size, at % size);
                let number = |matrix: &Option<Array2<f64>>| {
                    matrix.as_ref().map(|matrix| numbers::exact(matrix[[row, column]]))
                };
                let head = format!("{} → {}", name_of(row), name_of(column));
                (head, matrices.iter().map(number).collect())
            })
            .collect()
    };
    let curve = |curve: Curve| {
        let name = match curve {
            Curve::Both => words.chain_both(),
            Curve::Weights if chain.plain => words.chain_by_weights(),
            Curve::Weights => words.chain_straight(),
            Curve::Saturation if run.experiment().cell() != Cell::Tanh => words.chain_by_slopes(),
            Curve::Saturation => words.chain_by_saturation(),
            Curve::Other => words.compare_with(),
        };
        let norms: Vec<Option<Norm>> = chain.norms(curve).into_iter().rev().collect();
        let written = |norm: Option<Norm>| Some(norm.map_or_else(|| "–".to_owned(), numbers::norm));
        (plain(name), norms.into_iter().map(written).collect())
    };
    let rows = match lane {
        ChainLane::Jacobian => {
            matrix(steps().map(|step| (step > Step::FIRST).then(|| run.jacobian(step))).collect())
        }
        ChainLane::Product => {
            matrix(steps().map(|step| chain.link(step).map(Link::product)).collect())
        }
        ChainLane::Norm => {
            let mut kinds: Vec<Curve> = chain.kinds().collect();
            kinds.sort_by_key(|kind| *kind != Curve::Both);
            kinds.into_iter().map(curve).collect()
        }
        ChainLane::Triangle => steps()
            .filter_map(|loss| Some((loss, run.experiment().loss_row(loss)?)))
            .map(|(loss, row)| {
                let size = |step: Step| chain.triangle[[row, step.index()]];
                let sizes = steps().map(|step| (step <= loss).then(|| numbers::size(size(step))));
                (format!("s = {}", loss.number()), sizes.collect())
            })
            .collect(),
    };
    html! {
        <table>
            <caption>
                { prose(&words.chain_lane(lane, run.experiment().cell()).name) }
                if rows.len() == most_rows {
                    { format!(" ({most_rows} / {})", size * size) }
                }
            </caption>
            <thead>
                <tr>
                    <th scope="col">{ words.time_step() }</th>
                    { for steps().map(|step| html! { <th scope="col">{ step.number() }</th> }) }
                </tr>
            </thead>
            <tbody>
                { for rows.into_iter().map(|(head, values)| html! {
                    <tr>
                        <th scope="row">{ head }</th>
                        { for values.into_iter().map(|value| html! {
                            <td>{ value }</td>
                        }) }
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

#[derive(PartialEq, Properties)]
struct ExpansionProps {
    run: Run,
    layout: Layout,
    scale: Scale,
}

/// ∂L/∂W₁ₕ written out contribution by contribution, each beside its matrix and as strong as it is
/// large.
#[component]
fn Expansion(props: &ExpansionProps) -> Html {
    let words = use_words();
    let ExpansionProps { run, layout, scale } = props;
    let end = Cursor::at(Timeline::of(run.steps()).last());
    let lane = Lane::Contribution;
    let recipe = run.experiment().recipe();
    let (plain, parameter) = (recipe.plain().is_some(), recipe.main_parameter());
    let layout = layout.with(parameter);
    let figure = Figure { run: run.clone(), lane, cursor: end, layout, scale: *scale };
    let canvas = use_lane_canvas(&figure);
    let sizes: Vec<f64> = Step::all(run.steps())
        .map(|step| weights::norm(run.contribution(step).matrix(parameter).iter().copied()))
        .collect();
    let most = sizes.iter().copied().fold(0.0, f64::max);
    // The error at the last step is all there is to carry back where there is one loss, carried all
    // the way.
    let experiment = run.experiment();
    let steps = run.steps();
    let one_error = experiment.cell() == Cell::Tanh
        && experiment.first_loss().number() == steps
        && experiment.window() == steps;
    let name = if plain {
        words.chain_expansion().to_owned()
    } else {
        words.chain_expansion_of(&format!("∂L/∂{}", parameter.symbol()))
    };
    html! {
        <div class="Lane Expansion" data-lane="expansion">
            <div class="label">
                <h2>
                    { term(Term::Contribution, prose(&name)) }
                </h2>
                <p>{ prose(words.chain_expansion_note()) }</p>
            </div>
            <div class="figure">
                <div class="tiles">{ canvas }</div>
                <ol class="Contributions" hidden={!layout.axis.has_numbers()}>
                    { for Step::all(run.steps()).zip(&sizes).map(|(step, &size)| {
                        // Three strengths, so that what is too small to see is seen to be.
                        let strength = match ratio(size, most) {
                            Ok(0.2..) => "strong",
                            Ok(0.02..) => "weak",
                            Err(NoRatio::Beyond) if !size.is_finite() => "strong",
                            _ => "faded",
                        };
                        html! {
                            <li key={step.number()} data-strength={strength}>
                                <span hidden={!one_error || layout.axis.column() < ROOM_FOR_TERM}>
                                    { set(&written(step, steps)) }
                                </span>
                                <small>{ numbers::short_size(size) }</small>
                            </li>
                        }
                    }) }
                </ol>
                <p class="written" hidden={experiment.cell() != Cell::Tanh}>{ prose(if one_error {
                    words.chain_expansion_written()
                } else {
                    words.chain_expansion_each()
                }) }</p>
            </div>
            <LaneTable run={run.clone()} {lane} {parameter} />
        </div>
    }
}

/// What a step contributes to ∂Z₁⁽ᵗ⁾/∂W₁ₕ of the last of `steps` steps, where K⁽ᵗ⁾ is
/// ∂Z₁⁽ᵗ⁾/∂Z₁⁽ᵗ⁻¹⁾: H⁽⁶⁾ for the last of seven, H⁽⁵⁾K⁽⁷⁾ for the one before.
fn written(step: Step, steps: usize) -> String {
    let t = step.number();
    let state = format!("H{}", time(t - 1));
    let factor = |t: usize| format!("K{}", time(t));
    match steps - t {
        0 => state,
        1 => format!("{state}{}", factor(steps)),
        2 => format!("{state}{}{}", factor(steps - 1), factor(steps)),
        _ => format!("{state}{}⋯{}", factor(t + 1), factor(steps)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        rnn::{Experiment, Parameter, Trace, Variable},
        text::Language,
    };

    /// The time steps in a label, in order: 4, 6, 7 of H⁽⁴⁾K⁽⁶⁾K⁽⁷⁾.
    fn times(label: &str) -> Vec<usize> {
        let inner = label.split('⁽').skip(1).filter_map(|rest| rest.split_once('⁾'));
        let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|sign| sign == c).unwrap();
        inner.map(|(time, _)| time.chars().fold(0, |all, c| 10 * all + digit(c))).collect()
    }

    /// K⁽ᵗ⁾ = ∂Z₁⁽ᵗ⁾/∂Z₁⁽ᵗ⁻¹⁾ = diag(1 − (H⁽ᵗ⁻¹⁾)²)·W₁ₕ, as the page defines it.
    fn factor(trace: &Trace, t: usize) -> Array2<f64> {
        let state = trace.state_after(Step::from_index(t - 2));
        let derivative = state.mapv(|h| 1.0 - h * h).insert_axis(ndarray::Axis(1));
        derivative * trace.experiment().weights().matrix(Parameter::W1H)
    }

    #[test]
    fn the_sum_that_is_written_out_is_the_gradient() {
        for language in Language::ALL {
            let settings = language.first_experiment().unwrap().settings().clone();
            for text in ["a", "a b", "a b c d", &settings.text] {
                let mut settings = settings.clone();
                settings.text = text.to_owned();
                let trace = Trace::of(Experiment::new(settings).unwrap());
                let steps = trace.steps();
                let errors = trace.errors(Variable::Z1).unwrap();
                let last = errors.row(steps - 1).to_owned();
                let mut sum = Array2::<f64>::zeros((4, 4));
                for step in Step::all(steps) {
                    let label = written(step, steps);
                    let times = times(&label);
                    let (&state, factors) = times.split_first().unwrap();
                    let between = match *factors {
                        [] => vec![],
                        [first, last] if label.contains('⋯') => (first..=last).collect(),
                        _ => factors.to_vec(),
                    };
                    let product =
                        between.iter().fold(Array2::eye(4), |product: Array2<f64>, &t| {
                            product.dot(&factor(&trace, t))
                        });
                    let error = product.dot(&last).insert_axis(ndarray::Axis(0));
                    let states = trace.states();
                    let state = states.row(state).insert_axis(ndarray::Axis(1));
                    sum += &state.dot(&error);
                }
                let gradient = trace.gradient().matrix(Parameter::W1H);
                let off = weights::norm((&sum - &gradient).iter().copied());
                assert!(off < 1e-12, "{text}: {sum} is not {gradient}");
            }
        }
        assert_eq!(written(Step::from_index(4), 7), "H⁽⁴⁾K⁽⁶⁾K⁽⁷⁾");
        assert_eq!(written(Step::FIRST, 7), "H⁽⁰⁾K⁽²⁾⋯K⁽⁷⁾");
    }
}
