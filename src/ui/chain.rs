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
    work::{Progress, Work},
};
use crate::{
    address::Looks,
    browser,
    export::table::{self, Entry},
    figure::{Chain, ChainLane, ChainScene, Curve, Lane, Layout, Palette, Ranges},
    rnn::{Cell, NoRatio, Step, ratio, weights},
    session::{Action, Cursor, Focus, Run, Scale, Stage, Timeline},
    text::{
        Term, Words,
        numbers::{self, time},
        plain,
    },
};
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
    pub(super) looks: Rc<Looks>,
    pub(super) on_look: Callback<Looks>,
    pub(super) on_action: Callback<Action>,
}

/// The chain of Jacobians.
#[component]
pub(super) fn ChainView(props: &ChainViewProps) -> Html {
    let words = use_words();
    let ChainViewProps { run, stage, scale, focus, looks, on_look, on_action } = props;
    let node = use_node_ref();
    let recipe = run.experiment().recipe();
    let (fitted, now) = use_fitted(&node, run, recipe.main_parameter(), *stage);
    // Another cell with the same text, task and seed, beside which this one is seen.
    let other = looks.of(run.experiment().cell()).beside;
    let work =
        use_memo((run.clone(), other), |(run, other)| Work::begun(Chain::beside(run, *other)));
    let again = use_force_update();
    let on_done = use_callback((), move |(), ()| again.force_update());
    let chain = work.result();
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
            { now }
            <Tokens run={run.clone()} stage={*stage} column={fitted.layout.axis.column()} {on_edit} />
            <Progress work={work as Rc<_>} name={words.chain_name()} {on_done} />
            { for chain.iter().flat_map(|chain| ChainLane::ALL.map(|lane| (chain, lane))).filter(
                |&(_, lane)| lane != ChainLane::Triangle || next_token
            ).map(
                |(chain, lane)| html! {
                    <ChainRow
                        key={format!("{lane:?}")}
                        run={run.clone()}
                        chain={Rc::clone(chain)}
                        {lane}
                        layout={fitted.layout}
                        focus={*focus}
                        {other}
                        on_compare={on_look.reform({
                            let looks = Rc::clone(looks);
                            move |beside| Looks { beside, ..Looks::clone(&looks) }
                        })}
                        on_action={on_action.clone()}
                    />
                }
            ) }
            <Expansion run={run.clone()} layout={fitted.layout} scale={*scale} />
            { for chain.iter().map(|chain| html! {
                <p class="reason">{ prose(&words.chain_reason(chain.links.last(), run)) }</p>
            }) }
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
        <div class="Lane" data-lane={lane.name()}>
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
                        { for scene.inscriptions(lane).into_iter().map(|((x, y), text)| html! {
                            <text x={x.to_string()} y={y.to_string()}>{ text }</text>
                        }) }
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
                            let class = match curve {
                                Curve::Both => "total",
                                Curve::Weights => "weights",
                                Curve::Saturation => "saturation",
                                Curve::Other => "other",
                            };
                            let name = words.chain_curve(curve, chain, cell);
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
    let steps = || Step::all(run.steps());
    let most_rows = MOST_NUMBERS / run.steps();
    let (rows, all) = table::chain_rows(run, chain, lane, words);
    let rows: Vec<(String, Vec<Option<String>>)> = rows
        .take(most_rows)
        .map(|(head, entries)| {
            // A norm that is none is said; a step that has no matrix has an empty place.
            let none = || (lane == ChainLane::Norm).then(|| "–".to_owned());
            let written = entries.into_iter().map(|entry| entry.map(Entry::written).or_else(none));
            (head, written.collect())
        })
        .collect();
    html! {
        <table>
            <caption>
                { prose(&words.chain_lane(lane, run.experiment().cell()).name) }
                if rows.len() == most_rows {
                    { format!(" ({most_rows} / {all})") }
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
    use ndarray::Array2;

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
