//! The score: time runs across, and every lane shares the same time axis.

use super::{
    after::After,
    axis::{Fitted, use_fitted},
    figure::{Figure, LaneTable, colour_scale, lane_numbers, use_lane_canvas},
    formula::{prose, set},
    pointing::{Pointing, use_grid_keys},
    surroundings::{use_around, use_words},
    term::{explained, term},
    tokens::Tokens,
    truth,
};
use crate::{
    address::Looks,
    browser,
    figure::{Lane, Layout},
    rnn::{Gate, Parameter, Reduction, Step, Task, Trace, Variable},
    session::{Action, Cursor, Derived, Focus, Run, Scale, Spot, Stage, Timeline},
    text::{Term, Words, numbers, plain},
};
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct ScoreProps {
    pub(super) run: Run,
    pub(super) cursor: Cursor,
    pub(super) shown: Parameter,
    pub(super) scale: Scale,
    pub(super) updates: usize,
    pub(super) focus: Option<Focus>,
    /// The same, where what a key changed is not shown yet.
    pub(super) newest: Callback<(), Option<Focus>>,
    pub(super) glance: Option<Spot>,
    /// The lanes that stand open, until the learner folds or unfolds one.
    pub(super) open: Vec<Lane>,
    pub(super) looks: Rc<Looks>,
    pub(super) on_look: Callback<Looks>,
    pub(super) on_action: Callback<Action>,
}

/// All lanes, with the column of the present stage lit across them.
#[component]
pub(super) fn Score(props: &ScoreProps) -> Html {
    let words = use_words();
    let node = use_node_ref();
    let timeline = Timeline::of(props.run.steps());
    let stage = timeline.stage(props.cursor.position);
    // Rows beside those that tell the story, which a learner has asked for.
    let added = &props.looks.rows;
    let (fitted, now) = use_fitted(&node, &props.run, props.shown, stage);
    // And those that a screen of the lesson names.
    let beside = [&added[..], &props.open[..]].concat();
    let fitted = Fitted { layout: fitted.layout.adding(&beside), ..fitted };
    let Fitted { layout, labels } = fitted;
    let axis = layout.axis;
    let onkeydown = use_grid_keys(&node, fitted, &props.newest, stage, &props.on_action);
    let on_edit = props.on_action.reform(Action::Edit);
    html! {
        <section
            ref={node.clone()}
            class="Score"
            aria-label={words.score()}
            tabindex="0"
            {onkeydown}
            data-labels={fitted.labels_stand()}
            data-tokens={fitted.tokens_run()}
        >
            { now }
            <Tokens run={props.run.clone()} {stage} column={axis.column()} {on_edit} />
            { for layout.lanes().map(|lane| html! {
                <LaneRow
                    key={lane.name()}
                    run={props.run.clone()}
                    {lane}
                    cursor={lane.local(timeline, props.cursor)}
                    {layout}
                    scale={props.scale}
                    updates={props.updates}
                    output={OutputShown::at(timeline, props.cursor)}
                    open={props.open.contains(&lane) || added.contains(&lane)}
                    on_action={props.on_action.clone()}
                />
            }) }
            { more_lanes(words, layout, props) }
            <After run={props.run.clone()} on_action={props.on_action.clone()} />
            <Pointing
                run={props.run.clone()}
                {layout}
                {labels}
                score={node}
                focus={props.focus}
                glance={props.glance}
            />
        </section>
    }
}

/// The buttons that add a row, or take one away that was added.
fn more_lanes(words: &Words, layout: Layout, props: &ScoreProps) -> Html {
    let ScoreProps { open, looks, on_look, .. } = props;
    let is_extra = |lane: &Lane| {
        let is_untold = |(other, told): &(Lane, bool)| other == lane && !told;
        !open.contains(lane) && Lane::of(layout.cell).iter().any(is_untold)
    };
    let toggle = |lane: Lane| {
        let mut looks = Looks::clone(looks);
        if looks.rows.contains(&lane) {
            looks.rows.retain(|other| *other != lane);
        } else {
            looks.rows.push(lane);
        }
        on_look.reform(move |_: MouseEvent| looks.clone())
    };
    let extra: Vec<Lane> = layout.lanes().chain(layout.folded()).filter(is_extra).collect();
    let in_order = Lane::of(layout.cell).iter().map(|(lane, _)| *lane);
    let extra: Vec<Lane> = in_order.filter(|lane| extra.contains(lane)).collect();
    let count = extra.len();
    html! {
        <details class="more-lanes" hidden={count == 0}>
            <summary>{ words.more_lanes(count) }</summary>
            <div>
                { for extra.into_iter().map(|lane| {
                    let lane_words = words.lane(lane, layout.cell, layout.parameter);
                    html! {
                        <button
                            key={lane.name()}
                            title={Some(plain(&lane_words.note)).filter(|note| !note.is_empty())}
                            aria-pressed={truth(looks.rows.contains(&lane))}
                            onclick={toggle(lane)}
                        >{ prose(&lane_words.name) }</button>
                    }
                }) }
            </div>
        </details>
    }
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
        let reached = |stage| cursor.completion(timeline.position(stage)) >= 0.5;
        let steps = (timeline.count() - 4) / 2;
        Self {
            answer: reached(Stage::Output),
            loss: reached(Stage::Loss),
            error: reached(Stage::BackwardOutput),
            summed_from: Step::all(steps).find(|&step| reached(Stage::Backward(step))),
        }
    }
}

#[derive(PartialEq, Properties)]
struct LaneRowProps {
    run: Run,
    lane: Lane,
    cursor: Cursor,
    layout: Layout,
    scale: Scale,
    updates: usize,
    output: OutputShown,
    open: bool,
    on_action: Callback<Action>,
}

/// A lane with its label, and what stands in its output column.
#[component]
fn LaneRow(props: &LaneRowProps) -> Html {
    let around = use_around();
    let words = around.language.words();
    let LaneRowProps { run, lane, cursor, layout, scale, on_action, .. } = props;
    let (lane, layout, scale) = (*lane, *layout, *scale);
    let lane_words = words.lane(lane, layout.cell, layout.parameter);
    let truncated = run.experiment().window() < run.steps();
    let cut = truncated && matches!(lane, Lane::Error(_) | Lane::Norm(_));
    let folded = use_state_eq(|| !props.open);
    use_effect_with((props.open, folded.setter()), |(open, folded)| folded.set(!open));
    let fold = {
        let (folded, setter) = (*folded, folded.setter());
        Callback::from(move |_: MouseEvent| setter.set(!folded))
    };
    let figure = Figure { run: run.clone(), lane, cursor: *cursor, layout, scale };
    let canvas = use_lane_canvas(&figure);
    let units = use_node_ref();
    let spot = {
        let units = units.clone();
        move |event: &MouseEvent| {
            let element = units.cast::<Element>()?;
            layout.spot_at(lane, browser::position_in(&element, event))
        }
    };
    let point = on_action.reform({
        let spot = spot.clone();
        move |event: PointerEvent| Action::Point(spot(&event))
    });
    let pin =
        on_action.reform(move |event: MouseEvent| spot(&event).map_or(Action::LetGo, Action::Pin));
    let leave = on_action.reform(|_: PointerEvent| Action::Point(None));
    html! {
        <div class="Lane" data-lane={lane.name()} data-look={layout.look(lane).name()} data-folded={truth(*folded)}>
            <div class="label">
                <h2>
                    <button
                        class="fold"
                        aria-expanded={truth(!*folded)}
                        title={if *folded { words.unfold() } else { words.fold_away() }}
                        aria-label={plain(&lane_words.name)}
                        onclick={fold}
                    />
                    { explained(Term::of_lane(lane), prose(&lane_words.name)) }
                </h2>
                <p>
                    { prose(&lane_words.note) }
                    if cut { { "; " }{ words.lane_truncated() } }
                </p>
                if lane == Lane::Contribution {
                    { parameter_switch(words, layout, on_action) }
                }
            </div>
            <div class="figure" hidden={*folded}>
                <div
                    ref={units}
                    class="tiles"
                    onpointermove={point}
                    onpointerleave={leave}
                    onclick={pin}
                >
                    { canvas }
                    { lane_numbers(&figure, &around.palette) }
                </div>
                <div class="output">{ at_output(words, props) }</div>
            </div>
            <LaneTable run={run.clone()} {lane} parameter={layout.parameter} />
        </div>
    }
}

/// The choice of the tensor whose contributions are shown: where there are gates, a gate and one of its
/// tensors.
fn parameter_switch(words: &Words, layout: Layout, on_action: &Callback<Action>) -> Html {
    let shown = layout.parameter;
    let tensors: Vec<Parameter> =
        layout.cell.recipe().parameters().into_iter().filter(|it| it.is_recurrent()).collect();
    let mut gates: Vec<Gate> = tensors.iter().filter_map(|it| it.gate()).collect();
    gates.dedup();
    let button = |to: Parameter, label: String, pressed: bool| {
        html! {
            <button
                key={label.clone()}
                aria-pressed={truth(pressed)}
                onclick={on_action.reform(move |_: MouseEvent| Action::Show(to))}
            >{ set(&label) }</button>
        }
    };
    let of_gate = |parameter: &&Parameter| parameter.gate() == shown.gate();
    html! {
        <>
            <div
                class="switch"
                role="group"
                aria-label={words.gate()}
                hidden={gates.len() < 2}
            >
                { for gates.iter().map(|&gate| {
                    let symbol = Variable::Open(gate).symbol();
                    button(shown.of_gate(gate), symbol, shown.gate() == Some(gate))
                }) }
            </div>
            <div class="switch" role="group" aria-label={words.contributions_to()}>
                { for tensors.iter().filter(of_gate).map(|&parameter| {
                    button(parameter, parameter.symbol(), parameter == shown)
                }) }
            </div>
        </>
    }
}

fn at_output(words: &Words, props: &LaneRowProps) -> Html {
    let LaneRowProps { run, scale, output: shown, on_action, .. } = props;
    let shown = *shown;
    let experiment = run.experiment();
    let plain = experiment.recipe().plain().is_some();
    let entering = if plain { Variable::Z1 } else { Variable::State };
    match props.lane {
        Lane::Value(Variable::State) => {
            html! { <Answer run={run.clone()} updates={props.updates} {shown} on_action={on_action.clone()} /> }
        }
        Lane::Output => output_names(run, shown),
        Lane::Error(of) if of == entering => {
            let several = experiment.has_several_losses();
            let one = run.output().errors.len() == 1;
            html! {
                <p class="output-error" hidden={several} data-shown={truth(shown.error)}>
                    if one {
                        { set("∂L/∂Z₂") }{ " = " }
                        <b>{ ask(
                            words,
                            run,
                            Spot::OutputError { step: experiment.last_loss(), output: 0 },
                            numbers::exact(run.output().errors[[0, 0]]),
                            on_action,
                        ) }</b>
                    } else {
                        { set("∂L/∂Z₂ = A₂ − y") }
                    }
                </p>
            }
        }
        Lane::Error(Variable::State) if plain => colour_scale(run, *scale, words, on_action),
        Lane::Norm(Variable::State) if !plain => colour_scale(run, *scale, words, on_action),
        Lane::Value(_) | Lane::Error(_) | Lane::Arrival(..) | Lane::Norm(_) => html! {},
        Lane::Contribution => html! {
            <p class="sum">
                { match shown.summed_from {
                    Some(first) => words.sum_of(first.number(), run.steps()),
                    None => words.sum_not_begun().to_owned(),
                } }
            </p>
        },
    }
}

/// What the same words answer as a bag.
struct Bag(f64);

impl Derived for Bag {
    fn of(trace: &Trace) -> Self {
        Self(trace.bag_of_words().first().copied().unwrap_or(f64::NAN))
    }
}

#[derive(PartialEq, Properties)]
struct AnswerProps {
    run: Run,
    updates: usize,
    shown: OutputShown,
    on_action: Callback<Action>,
}

/// A number outside of the rows that can be asked about as those in them.
fn ask(words: &Words, run: &Run, spot: Spot, said: String, on_action: &Callback<Action>) -> Html {
    let name = plain(&words.spot(spot, run));
    let onclick = on_action.reform(move |_: MouseEvent| Action::Pin(spot));
    html! {
        <button class="ask" aria-label={format!("{name}: {said}")} {onclick}>{ said.clone() }</button>
    }
}

/// The answer of the whole run, beside that of the same words as a bag, and its loss.
#[component]
fn Answer(props: &AnswerProps) -> Html {
    let words = use_words();
    let AnswerProps { run, updates, shown, on_action } = props;
    let experiment = run.experiment();
    let last = experiment.last_loss();
    let ask = |spot: Spot, said: String| ask(words, run, spot, said, on_action);
    let settings = experiment.settings();
    let target = experiment.target(experiment.last_loss());
    let reached = truth(shown.answer);
    let heading = || {
        let word = term(Term::Prediction, html! { words.prediction() });
        html! { <h3>{ word }{ " " }{ set("A₂") }</h3> }
    };
    let answers = || run.output().answers.row(0);
    let answer = match &settings.task {
        _ if experiment.has_several_losses() => {
            let averaged = settings.reduction == Some(Reduction::Mean);
            let how = if averaged { words.losses_averaged() } else { words.losses_together() };
            html! {
                <>
                    <h3>{ term(Term::Loss, html! { words.loss() }) }{ " " }{ set("L") }</h3>
                    <p class="value" data-shown={truth(shown.loss)}>
                        { ask(Spot::WholeLoss, numbers::size(run.loss())) }
                    </p>
                    <p>{ how }</p>
                </>
            }
        }
        Task::Binary { .. } => html! {
            <>
                { heading() }
                <p class="value" data-shown={reached}>
                    { ask(Spot::Output { step: last, output: 0 }, numbers::size(answers().iter().sum())) }
                </p>
            </>
        },
        Task::Classes { .. } => html! {
            <>
                { heading() }
                <ul class="labels" tabindex="0" aria-label={words.predictions()} data-shown={reached}>
                    { for experiment.output_names().into_iter().zip(answers()).enumerate().map(
                        |(output, (label, &share))| html! {
                            <li key={output} data-target={truth(output == target)}>
                                <bdi title={label.clone()}>{ label.clone() }</bdi>
                                { ask(Spot::Output { step: last, output }, numbers::short_size(share)) }
                                <meter min="0" max="1" value={share.to_string()} aria-label={label.clone()} />
                            </li>
                        }
                    ) }
                </ul>
            </>
        },
        Task::Values { .. } | Task::NextToken => html! {
            <>
                { heading() }
                <p class="value" data-shown={reached}>
                    { for answers().iter().enumerate().map(|(output, &value)| html! {
                        <>
                            { if output > 0 { ", " } else { "" } }
                            { ask(Spot::Output { step: last, output }, numbers::exact(value)) }
                        </>
                    }) }
                </p>
            </>
        },
    };
    let loss = numbers::size(run.loss());
    // A name and its number, which stay side by side where there is room.
    let row = |name: Html, value: Html| html! { <><span>{ name }{ " " }</span><b>{ value }</b></> };
    let target = match (&settings.task, words.target_meaning(settings, target)) {
        (Task::Values { .. }, _) => {
            let wanted = experiment.wanted(experiment.last_loss());
            wanted.iter().map(|value| numbers::plain(*value)).collect::<Vec<_>>().join(", ")
        }
        (_, Some(meaning)) => format!("{target}, {meaning}"),
        _ => target.to_string(),
    };
    let one = !experiment.has_several_losses();
    let binary = one && matches!(settings.task, Task::Binary { .. });
    let has_target = binary || (one && matches!(settings.task, Task::Values { .. }));
    // The words of a text can stand in any order; numbers in another order are another series.
    let bag = (binary && !experiment.sequence().is_numbers())
        .then(|| words.bag(&numbers::short_size(run.derived::<Bag>().0)));
    html! {
        <div class="Answer">
            { answer }
            <p class="trained" data-shown={reached}>{ trained(words, run, *updates) }</p>
            <p hidden={!has_target}>
                { row(html! { <>{ term(Term::Target, prose(words.target())) }{ " =" }</> }, html! { target }) }
            </p>
            <p hidden={!one} data-shown={truth(shown.loss)}>
                { row(
                    html! { <>{ term(Term::Loss, html! { words.loss() }) }{ " " }{ set("L") }{ " =" }</> },
                    ask(Spot::Loss { step: last }, loss),
                ) }
            </p>
            <p class="bag" hidden={bag.is_none()} title={words.bag_note()}>
                { term(Term::BagOfWords, html! { { for bag } }) }
            </p>
        </div>
    }
}

/// What the weights are, and so what the prediction is worth.
fn trained(words: &Words, run: &Run, updates: usize) -> String {
    match (run.experiment().settings().weights.is_some(), updates) {
        (false, _) => words.untrained().to_owned(),
        (true, 0) => words.given_weights().to_owned(),
        (true, _) => words.after_updates(updates),
    }
}

/// The names of the outputs, beside the bars where there is room for them.
fn output_names(run: &Run, shown: OutputShown) -> Html {
    /// The most names that can be read one below the other.
    const MOST: usize = 10;
    let names = run.experiment().output_names();
    html! {
        <ol class="OutputNames" data-shown={truth(shown.answer)}>
            { for names.iter().take(if names.len() > MOST { 0 } else { MOST }).enumerate().map(
                |(key, name)| html! { <li {key}><bdi>{ name }</bdi></li> }
            ) }
        </ol>
    }
}
