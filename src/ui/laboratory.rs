//! The laboratory: the gradient checked, untied, truncated and clipped.

use super::{
    canvas::use_canvas,
    choice::Choice,
    figure::use_table,
    formula::{prose, set},
    surroundings::{use_around, use_words},
    term::term,
    truth,
};
use crate::{
    browser::{self, Frames},
    figure::{Chain, ChainLane, ChainScene, Layout, LossCurve, Palette, Ranges},
    rnn::{Bug, Check, NoRatio, Parameter, Place, Step, Trace, Weights},
    session::{Action, Edit, Forecast, Run, Spot, loss_after_update},
    text::{Term, Words, numbers, plain},
};
use std::{collections::BTreeMap, rc::Rc};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The size of the picture of the loss, in CSS pixels.
const CURVE: (f64, f64) = (320.0, 200.0);
/// The width of the picture of truncation.
const TRIANGLE: f64 = 300.0;

#[derive(PartialEq, Properties)]
pub(super) struct LaboratoryProps {
    pub(super) run: Run,
    /// The weight that the learner asks about.
    pub(super) place: Place,
    pub(super) on_action: Callback<Action>,
}

/// All experiments on the gradient.
#[component]
pub(super) fn Laboratory(props: &LaboratoryProps) -> Html {
    let words = use_words();
    let LaboratoryProps { run, place, on_action } = props;
    html! {
        <section class="Laboratory" aria-label={words.lab_name()}>
            <WeightChoice run={run.clone()} place={*place} on_action={on_action.clone()} />
            <div class="bench">
                <GradientCheck run={run.clone()} place={*place} on_action={on_action.clone()} />
                <Untied run={run.clone()} place={*place} on_action={on_action.clone()} />
                <Shortened run={run.clone()} place={*place} on_action={on_action.clone()} />
            </div>
        </section>
    }
}

fn value(event: &InputEvent) -> f64 {
    event.target_unchecked_into::<HtmlInputElement>().value_as_number()
}

/// The choice of a weight by its tensor, row and column.
#[component]
fn WeightChoice(props: &LaboratoryProps) -> Html {
    let words = use_words();
    let LaboratoryProps { run, place, on_action } = props;
    let place = *place;
    let (rows, columns) = run.experiment().weights().sizes().of(place.parameter);
    let choice =
        |label: &'static str, names: Vec<String>, now: usize, pick: Rc<dyn Fn(usize) -> Place>| {
            let on_choose = on_action.reform(move |at| Action::Pin(Spot::Weight(pick(at))));
            html! {
                <label>
                    <span>{ label }</span>
                    <Choice chosen={now} {on_choose}>
                        { for names.into_iter().enumerate().map(|(at, name)| html! {
                            <option key={at}>{ name }</option>
                        }) }
                    </Choice>
                </label>
            }
        };
    // A choice holds plain text, in which few fonts draw the letters' indices well.
    let parameters: Vec<Parameter> = run.experiment().weights().parameters().collect();
    let tensors = parameters.iter().map(|parameter| parameter.field().to_owned()).collect();
    let tensor = parameters.iter().position(|&parameter| parameter == place.parameter);
    let names = run.experiment().sequence().names();
    let row_names = (0..rows).map(|row| match place.parameter {
        Parameter::FromInput(_) => names.get(row).cloned().unwrap_or_default(),
        _ => (row + 1).to_string(),
    });
    html! {
        <div class="WeightChoice">
            { choice(words.lab_tensor(), tensors, tensor.unwrap_or_default(), Rc::new(move |at| Place {
                parameter: parameters.get(at).copied().unwrap_or(place.parameter),
                row: 0,
                column: 0,
            })) }
            { choice(words.lab_row(), row_names.collect(), place.row, Rc::new(move |row| Place { row, ..place })) }
            { choice(
                words.lab_column(),
                (1..=columns).map(|column| column.to_string()).collect(),
                place.column,
                Rc::new(move |column| Place { column, ..place }),
            ) }
            <p>{ prose(&words.spot(Spot::Weight(place), run)) }
                <b>{ format!(" = {}", numbers::exact(place.of(run.experiment().weights()))) }</b></p>
        </div>
    }
}

/// The slope of the loss at one weight, measured, beside the gradient.
#[component]
fn GradientCheck(props: &LaboratoryProps) -> Html {
    let words = use_words();
    let LaboratoryProps { run, place, .. } = props;
    let power = use_state_eq(|| -0.5_f64);
    let bug = use_state_eq(|| None::<Bug>);
    let gradient = use_memo((run.clone(), *bug), |(run, bug)| match bug {
        Some(bug) => bug.gradient(run),
        None => run.full_gradient(),
    });
    let nudge = 10.0_f64.powf(*power);
    let check = run.check_by(nudge, &gradient, *place);
    let curve = LossCurve::of(run, *place, check);
    let (least, most) = curve.range();
    let (_, canvas) =
        use_canvas(words.lab_curve().into(), CURVE, curve, |curve, palette, brush| {
            // A canvas that was lost draws nothing; the numbers beside it stay.
            let _ = curve.draw(brush, palette, CURVE);
        });
    let set_power = {
        let setter = power.setter();
        Callback::from(move |event: InputEvent| setter.set(value(&event)))
    };
    let chosen = Bug::ALL.iter().position(|it| Some(*it) == *bug).map_or(0, |at| at + 1);
    let set_bug = {
        let setter = bug.setter();
        Callback::from(move |at: usize| {
            setter.set(at.checked_sub(1).and_then(|at| Bug::ALL.get(at)).copied());
        })
    };
    let row = |name: Html, value: String| html! { <tr><th scope="row">{ name }</th><td>{ value }</td></tr> };
    html! {
        <article class="GradientCheck">
            <h2>{ term(Term::Check, html! { words.lab_check() }) }</h2>
            <p>{ prose(words.lab_check_note()) }</p>
            <label>
                <span>{ words.lab_program() }</span>
                <Choice {chosen} on_choose={set_bug}>
                    <option>{ words.lab_right_program() }</option>
                    { for Bug::ALL.into_iter().map(|broken| html! {
                        <option>{ words.lab_broken() }{ " " }{ plain(words.bug(broken, run.experiment().cell())) }</option>
                    }) }
                </Choice>
            </label>
            <label class="slider">
                <span>{ set("ε") }{ " = " }{ numbers::size(nudge) }</span>
                <input
                    type="range"
                    min="-10"
                    max="0.5"
                    step="0.25"
                    value={power.to_string()}
                    aria-valuetext={numbers::size(nudge)}
                    oninput={set_power}
                />
            </label>
            <div class="curve">
                { canvas }
                <p class="ends"><span>{ set("w − ε") }</span><span>{ set("w") }</span><span>{ set("w + ε") }</span></p>
                <p class="range">{ set("L") }{ format!(" {} … {}", numbers::plain(least), numbers::plain(most)) }</p>
            </div>
            <table>
                <tbody>
                    { row(set("L(w − ε)"), precise(check.loss_below)) }
                    { row(set("L(w)"), precise(run.loss())) }
                    { row(set("L(w + ε)"), precise(check.loss_above)) }
                    { row(set("(L(w + ε) − L(w − ε)) / 2ε"), numbers::exact(check.slope)) }
                    { row(set("∂L/∂w"), numbers::exact(check.gradient)) }
                    { row(prose(words.lab_relative_error()), quotient(check.relative_error(), numbers::size, words)) }
                </tbody>
            </table>
            <CheckAll key={format!("{:?}", *bug)} run={run.clone()} {gradient} />
        </article>
    }
}

/// A loss with enough digits to see the difference that a small change makes.
fn precise(loss: f64) -> String {
    if loss.is_finite() { format!("{loss:.10}") } else { numbers::size(loss) }
}

/// A quotient as `write` writes it, or why there is none.
fn quotient(value: Result<f64, NoRatio>, write: fn(f64) -> String, words: &Words) -> String {
    value.map_or_else(|reason| words.no_ratio(reason).to_owned(), write)
}

#[derive(PartialEq, Properties)]
struct CheckAllProps {
    run: Run,
    gradient: Rc<Weights>,
}

/// How far the check of all weights has come.
#[derive(Clone, Debug, Default, PartialEq)]
struct Progress {
    done: usize,
    agreeing: usize,
    worst: Option<(Place, Check)>,
}

impl Progress {
    /// Checks the next weights of `places`: one, and more while there is time.
    fn further(
        &self,
        run: &Trace,
        gradient: &Weights,
        places: &[Place],
        has_time: impl Fn() -> bool,
    ) -> Self {
        let mut next = self.clone();
        for &place in places.iter().skip(self.done) {
            let check = run.check(gradient, place);
            next.done += 1;
            next.agreeing += usize::from(check.agrees());
            if next.worst.is_none_or(|(_, worst)| check.disagreement() > worst.disagreement()) {
                next.worst = Some((place, check));
            }
            if !has_time() {
                break;
            }
        }
        next
    }
}

/// Checks every weight, some of them each frame.
#[component]
fn CheckAll(props: &CheckAllProps) -> Html {
    let words = use_words();
    let CheckAllProps { run, gradient } = props;
    let progress = use_state_eq(|| None::<Progress>);
    let goes_on = use_state_eq(|| false);
    let places =
        use_memo(run.clone(), |run| Place::all(run.experiment().weights()).collect::<Vec<_>>());
    // Another run is unchecked.
    use_effect_with((run.clone(), Rc::clone(gradient)), {
        let (progress, goes_on) = (progress.setter(), goes_on.setter());
        move |_| {
            progress.set(None);
            goes_on.set(false);
        }
    });
    let (done, all) = (progress.as_ref().map_or(0, |progress| progress.done), places.len());
    let running = *goes_on && done < all;
    use_effect_with(
        (running, (*progress).clone(), run.clone(), Rc::clone(gradient), Rc::clone(&places)),
        {
            let setter = progress.setter();
            move |(running, progress, run, gradient, places)| {
                let (progress, run) = (progress.clone().unwrap_or_default(), run.clone());
                let (gradient, places) = (Rc::clone(gradient), Rc::clone(places));
                let frames = running.then(|| {
                    Frames::each(move |_| {
                        let has_time = browser::time_in_frame();
                        setter.set(Some(progress.further(&run, &gradient, &places, has_time)));
                    })
                });
                move || drop(frames)
            }
        },
    );
    // What was stopped goes on; what is through begins anew.
    let press = {
        let (progress, goes_on) = (progress.setter(), goes_on.setter());
        Callback::from(move |_: MouseEvent| {
            if !running && done == all {
                progress.set(None);
            }
            goes_on.set(!running);
        })
    };
    let label = match (running, done) {
        (true, _) => words.work_stop(),
        (false, done) if done > 0 && done < all => words.lab_check_on(),
        (false, _) => words.lab_check_all(),
    };
    html! {
        <div class="CheckAll">
            <button onclick={press}>{ label }</button>
            <progress
                aria-label={words.lab_check_all()}
                hidden={!running}
                max={all.to_string()}
                value={done.to_string()}
            />
            <p aria-live={if running { "off" } else { "polite" }}>
                { for progress.as_ref().map(|progress| {
                    let Progress { done, agreeing, worst } = progress;
                    let worst = worst.filter(|(_, check)| !check.agrees() && !running);
                    html! {
                        <>
                            <span data-agrees={truth(agreeing == done)}>
                                { words.lab_check_result(*agreeing, *done, all) }
                            </span>
                            { for worst.map(|(place, check)| html! {
                                <span class="worst">
                                    { " " }{ words.lab_worst() }{ " " }
                                    { prose(&words.spot(Spot::Gradient(place), run)) }
                                    { format!(": {} / {}", numbers::exact(check.gradient), numbers::exact(check.slope)) }
                                </span>
                            }) }
                        </>
                    }
                }) }
            </p>
        </div>
    }
}

/// One weight with a copy for each step.
#[component]
fn Untied(props: &LaboratoryProps) -> Html {
    let words = use_words();
    let LaboratoryProps { run, place, .. } = props;
    let main = run.experiment().recipe().main_parameter();
    let recurrent = place.parameter.is_recurrent();
    let place = if recurrent { *place } else { Place { parameter: main, row: 0, column: 0 } };
    let moved = use_state_eq(BTreeMap::<Step, f64>::new);
    use_effect_with((run.clone(), place), {
        let setter = moved.setter();
        move |_| setter.set(BTreeMap::new())
    });
    let value_of = |step: Step| {
        place.of(run.experiment().weights()) + moved.get(&step).copied().unwrap_or_default()
    };
    let mut copies = BTreeMap::new();
    for step in moved.keys().copied().filter(|step| step.number() <= run.steps()) {
        let mut weights = run.experiment().weights().clone();
        weights.matrix_mut(place.parameter)[[place.row, place.column]] = value_of(step);
        copies.insert(step, weights);
    }
    let untied = crate::rnn::Untied::of(run.experiment().clone(), &copies);
    let predicted: f64 = (moved.iter())
        .filter(|(step, _)| step.number() <= run.steps())
        .map(|(&step, by)| run.contribution_at(step, place) * by)
        .sum();
    let tie = {
        let setter = moved.setter();
        Callback::from(move |_: MouseEvent| setter.set(BTreeMap::new()))
    };
    let drag = |step: Step| {
        let (setter, moved) = (moved.setter(), (*moved).clone());
        Callback::from(move |event: InputEvent| {
            let mut moved = moved.clone();
            moved.insert(step, value(&event));
            setter.set(moved);
        })
    };
    let whole = moved.is_empty() && run.experiment().window() == run.steps();
    let sum_name = if whole { words.lab_sum_of_contributions() } else { words.lab_sum_of_rest() };
    let sum: f64 = Step::all(run.steps()).map(|step| untied.contribution_at(step, place)).sum();
    html! {
        <article class="Untied">
            <h2>{ term(Term::Shared, html! { words.lab_untie() }) }</h2>
            <p>{ prose(&words.untie_note(place, run)) }</p>
            <div class="frame" tabindex="0" role="region" aria-label={words.lab_untie()}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{ set("t") }</th>
                            <th scope="col">{ words.lab_copy_of_weight() }</th>
                            <th scope="col">{ prose(words.lab_its_contribution()) }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for Step::all(run.steps()).map(|step| {
                            let term = untied.contribution_at(step, place);
                            let changed = moved.contains_key(&step);
                            html! {
                                <tr key={step.number()} data-changed={truth(changed)}>
                                    <th scope="row">{ step.number() }</th>
                                    <td>
                                        <input
                                            type="range"
                                            min="-1"
                                            max="1"
                                            step="0.01"
                                            value={moved.get(&step).copied().unwrap_or_default().to_string()}
                                            aria-label={format!("{} {}", words.lab_copy_of_weight(), step.number())}
                                            aria-valuetext={numbers::exact(value_of(step))}
                                            oninput={drag(step)}
                                        />
                                        <span>{ numbers::short(value_of(step)) }</span>
                                    </td>
                                    <td>{ numbers::exact(term) }</td>
                                </tr>
                            }
                        }) }
                    </tbody>
                    <tfoot>
                        <tr>
                            <th scope="row" colspan="2">{ sum_name }</th>
                            <td>{ numbers::exact(sum) }</td>
                        </tr>
                    </tfoot>
                </table>
            </div>
            <table>
                <tbody>
                    <tr><th scope="row">{ words.lab_loss_tied() }</th><td>{ numbers::size(run.loss()) }</td></tr>
                    <tr><th scope="row">{ words.lab_loss_untied() }</th><td>{ numbers::size(untied.loss()) }</td></tr>
                    <tr><th scope="row">{ words.lab_loss_by_contributions() }</th><td>{ numbers::plain(run.loss() + predicted) }</td></tr>
                </tbody>
            </table>
            <button onclick={tie} disabled={moved.is_empty()}>{ words.lab_tie() }</button>
        </article>
    }
}

/// What a triangle's canvas shows.
#[derive(Clone, PartialEq)]
struct Reach {
    run: Run,
    chain: Rc<Chain>,
    layout: Layout,
}

impl Reach {
    fn scene<'a>(&'a self, ranges: &'a Ranges, palette: &'a Palette) -> ChainScene<'a> {
        let Self { run, chain, layout } = self;
        ChainScene { trace: run, ranges, chain, layout: *layout, palette }
    }
}

/// Truncation, clipping, and what an update makes of them.
#[component]
fn Shortened(props: &LaboratoryProps) -> Html {
    let words = use_words();
    let around = use_around();
    let LaboratoryProps { run, on_action, .. } = props;
    let settings = run.experiment().settings();
    let steps = run.steps();
    let whole = use_memo(run.clone(), |run| {
        let whole = Trace::of(run.experiment().untruncated());
        Chain {
            plain: true,
            other: None,
            links: Vec::new(),
            triangle: whole.triangle(run.experiment().recipe().main_parameter()),
        }
    });
    let layout = Layout::of(run.experiment(), run.experiment().recipe().main_parameter(), TRIANGLE);
    let reach = Reach { run: run.clone(), chain: Rc::clone(&whole), layout };
    let height = reach.scene(&run.derived(), &around.palette).height(ChainLane::Triangle);
    let size = (layout.axis.left_of_output(), height);
    let (_, canvas) = use_canvas(words.lab_reach().into(), size, reach, |reach, palette, brush| {
        let ranges = reach.run.derived();
        // A canvas that was lost draws nothing; the numbers beside it stay.
        let _ = reach.scene(&ranges, palette).draw(ChainLane::Triangle, brush);
    });
    let outcome = use_memo(run.clone(), Outcome::of);
    let edit = |read: fn(f64) -> Edit| {
        on_action.reform(move |event: InputEvent| Action::Edit(read(value(&event))))
    };
    let window = run.experiment().window();
    let set_window = on_action.reform(move |event: InputEvent| {
        let window = value(&event) as usize;
        Action::Edit(Edit::Truncation((window < steps).then_some(window)))
    });
    let threshold = settings.clip_norm.map_or(CLIP_MOST, f64::log10);
    let rate = run.experiment().learning_rate();
    let slider =
        |label: String, meaning: Term, (least, most, step): (f64, f64, f64), now: f64, oninput| {
            html! {
                <label class="slider">
                    <span>{ term(meaning, prose(&label)) }</span>
                    <input
                        type="range"
                        min={least.to_string()}
                        max={most.to_string()}
                        step={step.to_string()}
                        value={now.to_string()}
                        aria-valuetext={plain(&label)}
                        {oninput}
                    />
                </label>
            }
        };
    let table = use_table(words.lab_reach(), || triangle_table(run, &whole));
    let row = |name: &str, value: String| html! { <tr><th scope="row">{ prose(name) }</th><td>{ value }</td></tr> };
    let none = || words.lab_overflow().to_owned();
    html! {
        <article class="Shortened">
            <h2>{ term(Term::TruncatedBptt, html! { words.lab_shorten() }) }</h2>
            <p>{ prose(words.lab_shorten_note()) }</p>
            { slider(words.lab_window(window, steps), Term::TruncatedBptt, (1.0, steps as f64, 1.0), window as f64, set_window) }
            <div class="reach">{ canvas }</div>
            { table }
            <table>
                <tbody>
                    { row(words.lab_dropped(), outcome.dropped.to_string()) }
                    { row(words.lab_cosine(), match outcome.cosine {
                        Ok(cosine) => words.cosine(cosine),
                        Err(reason) => words.no_ratio(reason).to_owned(),
                    }) }
                    { row(words.lab_length_kept(), quotient(outcome.kept, numbers::size, words)) }
                </tbody>
            </table>
            { slider(words.lab_clip(settings.clip_norm), Term::Clipping, (-3.0, CLIP_MOST, 0.1), threshold, edit(|power| {
                Edit::Clip((power < CLIP_MOST).then(|| 10.0_f64.powf(power)))
            })) }
            <div class="norm">
                <meter
                    min="0"
                    max={outcome.norm.max(settings.clip_norm.unwrap_or_default()).min(f64::MAX).to_string()}
                    value={outcome.norm.min(settings.clip_norm.unwrap_or(f64::MAX)).to_string()}
                    aria-label={words.lab_norm()}
                />
                <p>{ prose(&words.lab_norm_against(outcome.norm, settings.clip_norm)) }</p>
            </div>
            { slider(format!("{} = {}", words.learning_rate(), numbers::size(rate)), Term::LearningRate, (-3.0, 2.0, 0.1), rate.max(1e-3).log10(), edit(|power| {
                Edit::LearningRate(10.0_f64.powf(power))
            })) }
            <table>
                <tbody>
                    { row(words.lab_loss_now(), numbers::size(run.loss())) }
                    { row(words.lab_loss_predicted(), outcome.predicted.map_or_else(none, numbers::plain)) }
                    { row(words.lab_loss_with(), outcome.with.map_or_else(none, numbers::size)) }
                    { row(words.lab_loss_without(), outcome.without.map_or_else(none, numbers::size)) }
                </tbody>
            </table>
        </article>
    }
}

/// The power of ten at which the slider of the threshold says: none.
const CLIP_MOST: f64 = 3.0;

/// What truncation and clipping do to the gradient and to the next loss.
#[derive(PartialEq)]
struct Outcome {
    dropped: usize,
    cosine: Result<f64, NoRatio>,
    kept: Result<f64, NoRatio>,
    norm: f64,
    /// None where it, or a number on the way to it, is past the largest number there is.
    predicted: Option<f64>,
    with: Option<f64>,
    without: Option<f64>,
}

impl Outcome {
    fn of(run: &Run) -> Self {
        let forecast = run.derived::<Forecast>();
        let truncated = run.truncated();
        let mut settings = run.experiment().settings().clone();
        settings.truncation = None;
        settings.clip_norm = None;
        settings.weights = Some(run.experiment().weights().clone());
        let plain = crate::rnn::Experiment::new(settings).map(Trace::of);
        Self {
            dropped: truncated.dropped.len(),
            cosine: truncated.cosine,
            kept: truncated.size_ratio,
            norm: run.gradient().norm(),
            predicted: forecast.predicted,
            with: forecast.after,
            without: plain.ok().as_ref().and_then(loss_after_update),
        }
    }
}

/// The norms of all contributions as a table.
fn triangle_table(run: &Run, chain: &Chain) -> Html {
    html! {
        <table>
            <tbody>
                { for Step::all(run.steps()).filter_map(|loss| Some((loss, run.experiment().loss_row(loss)?))).map(
                    |(loss, row)| html! {
                        <tr>
                            <th scope="row">{ set("s") }{ format!(" = {}", loss.number()) }</th>
                            { for Step::all(loss.number()).map(|step| html! {
                                <td>{ numbers::size(chain.triangle[[row, step.index()]]) }</td>
                            }) }
                        </tr>
                    }
                ) }
            </tbody>
        </table>
    }
}
