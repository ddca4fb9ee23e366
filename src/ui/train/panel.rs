//! What stands beside the lanes: the predictions of held-out sequences at the cursor, and the update there
//! taken apart.

use super::super::{
    formula::{prose, set},
    surroundings::use_words,
    term::term,
};
use super::states::{StateWays, WrittenText};
use crate::{
    lesson::TrainingPart,
    page::Act,
    rnn::train::{Explained, Part},
    text::{Term, Words, numbers},
    training::{Data, Learning, Said, Shared, said},
};
use std::rc::Rc;
use yew::prelude::*;

/// How many sequences are shown until all are asked for.
const FEW: usize = 10;

#[derive(PartialEq, Properties)]
pub(in crate::ui) struct TrainPanelProps {
    pub(in crate::ui) learning: Learning,
    /// What of it is shown.
    pub(in crate::ui) parts: Vec<TrainingPart>,
    pub(in crate::ui) on_act: Callback<Act>,
}

/// The predictions, and the update taken apart.
#[component]
pub(in crate::ui) fn TrainPanel(props: &TrainPanelProps) -> Html {
    let words = use_words();
    let TrainPanelProps { learning, parts, on_act } = props;
    let shows = |part: TrainingPart| parts.contains(&part);
    let key = (learning.run().clone(), learning.cursor());
    let moment = use_memo(key.clone(), |_| learning.moment());
    let data = learning.data();
    let right = moment.right().map(|right| words.predictions_right(right, data));
    let rest = words.rest(learning);
    html! {
        <section class="TrainPanel" aria-label={words.training_place(learning)}>
            <h2>{ words.training_place(learning) }</h2>
            <p>
                { for right.map(|right| html! { <>{ right }{ " · " }</> }) }
                { words.train_loss_is(&numbers::size(moment.score.loss)) }
            </p>
            <p hidden={moment.trained.is_none()}>{ for moment.trained.map(|trained| words.in_training(trained)) }</p>
            <p hidden={moment.longer.is_none()}>{ for moment.longer.map(|share| words.longer(share)) }</p>
            <p class="rest" role="status" data-rest={learning.rest().map(|rest| format!("{rest:?}").to_ascii_lowercase())}>
                { for rest }
            </p>
            if shows(TrainingPart::Predictions) {
                <Predictions
                    data={data.clone()}
                    moment={moment}
                    updates={learning.cursor()}
                    on_act={on_act.clone()}
                />
            }
            if shows(TrainingPart::Text) {
                <WrittenText learning={learning.clone()} />
            }
            if shows(TrainingPart::States) {
                <StateWays learning={learning.clone()} />
            }
            if shows(TrainingPart::Update) {
                <TakenApart
                    run={key.0}
                    data={data.clone()}
                    number={learning.number()}
                    on_act={on_act.clone()}
                />
            }
        </section>
    }
}

/// A sequence that opens in Explore when it is pressed.
fn sequence(data: &Data, place: usize, updates: usize, on_act: &Callback<Act>) -> Html {
    let text = data.corpus().examples().get(place).map_or("", |example| example.text());
    let examine = on_act.reform(move |_: MouseEvent| Act::Examine { sequence: place, updates });
    html! {
        <button class="sequence" title={text.to_owned()} onclick={examine}><bdi>{ text.to_owned() }</bdi></button>
    }
}

#[derive(PartialEq, Properties)]
struct PredictionsProps {
    data: Data,
    moment: Rc<crate::training::Moment>,
    updates: usize,
    on_act: Callback<Act>,
}

/// Held-out sequences with the network's predictions, right or wrong.
#[component]
fn Predictions(props: &PredictionsProps) -> Html {
    let words = use_words();
    let PredictionsProps { data, moment, updates, on_act } = props;
    let all = use_state_eq(|| false);
    let count = moment.answered.len();
    let most = if *all { count } else { FEW };
    let toggle = {
        let (setter, now) = (all.setter(), *all);
        Callback::from(move |_: MouseEvent| setter.set(!now))
    };
    let name = if data.split().is_by_heart() {
        words.train_predictions_heart()
    } else {
        words.train_predictions()
    };
    html! {
        <div class="Predictions">
            <h3>{ name }</h3>
            <p class="note">{ words.train_examine() }</p>
            <table>
                <thead>
                    <tr>
                        <th scope="col" colspan="2">{ words.train_sequence() }</th>
                        <th scope="col" colspan="2">{ term(Term::Prediction, html! { words.prediction() }) }</th>
                        <th scope="col">{ term(Term::Target, prose(words.target())) }</th>
                    </tr>
                </thead>
                <tbody>
                    { for moment.answered.iter().take(most).map(|(place, answered)| {
                        let right = answered.right.map(|(right, all)| right == all);
                        let example = data.corpus().examples().get(*place);
                        let said = example.map_or(Said::Several, |example| {
                            said(data.corpus(), example, answered)
                        });
                        html! {
                            <tr key={*place} data-right={right.map(|right| right.to_string())}>
                                <td>
                                    { for right.map(|right| html! {
                                        <span role="img" aria-label={if right { words.train_is_right() } else { words.train_is_wrong() }}>
                                            { if right { "✓" } else { "✗" } }
                                        </span>
                                    }) }
                                </td>
                                <th scope="row">{ sequence(data, *place, *updates, on_act) }</th>
                                { prediction(words, &said, answered.right) }
                            </tr>
                        }
                    }) }
                </tbody>
            </table>
            <button hidden={count <= FEW} onclick={toggle}>
                { if *all { words.train_show_few().to_owned() } else { words.train_show_all(count) } }
            </button>
        </div>
    }
}

/// The cells of a row: the prediction, drawn and written, and the target.
fn prediction(words: &Words, said: &Said<'_>, right: Option<(usize, usize)>) -> Html {
    let meter = |share: f64| {
        let share = if share.is_finite() { share } else { 0.0 };
        html! { <td><meter min="0" max="1" value={share.to_string()} aria-hidden="true" /></td> }
    };
    let listed = |values: &[f64]| {
        values.iter().map(|value| numbers::short(*value)).collect::<Vec<_>>().join(", ")
    };
    match said {
        Said::Probability(p, target) => html! {
            <>{ meter(*p) }<td>{ numbers::short_size(*p) }</td><td>{ *target }</td></>
        },
        Said::Label(label, p, target) => html! {
            <>{ meter(*p) }<td><bdi>{ *label }</bdi></td><td><bdi>{ *target }</bdi></td></>
        },
        Said::Numbers(values, target) => html! {
            <><td /><td>{ listed(values) }</td><td>{ listed(target) }</td></>
        },
        Said::Several => html! {
            <>
                { right.map_or_else(|| html! { <td /> }, |(right, all)| meter(right as f64 / all as f64)) }
                <td colspan="2">{ for right.map(|(right, all)| words.train_some_right(right, all)) }</td>
            </>
        },
    }
}

#[derive(PartialEq, Properties)]
struct TakenApartProps {
    run: Shared,
    data: Data,
    number: usize,
    on_act: Callback<Act>,
}

/// One update: what each sequence of its minibatch adds, their mean, the clip, the step, and what it does to
/// the loss.
#[component]
fn TakenApart(props: &TakenApartProps) -> Html {
    let words = use_words();
    let TakenApartProps { run, data, number, on_act } = props;
    let explained = use_memo((run.clone(), *number), |(run, number)| run.explained(*number));
    let Explained { update, parts, predicted_loss, loss_after, gradient, .. } = &*explained;
    let row = |name: Html, value: f64| {
        html! { <tr><th scope="row" colspan="2">{ name }</th><td>{ numbers::size(value) }</td></tr> }
    };
    let mean = |part: &Part, of: f64| of / part.targets.max(1) as f64;
    html! {
        <div class="TakenApart">
            <h3>{ words.train_update(*number) }</h3>
            <p class="note">{ words.train_update_note() }</p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ words.train_sequence() }</th>
                        <th scope="col">{ term(Term::Loss, html! { words.loss() }) }</th>
                        <th scope="col">{ words.train_norm() }</th>
                    </tr>
                </thead>
                <tbody>
                    { for parts.iter().enumerate().map(|(key, part)| html! {
                        <tr {key}>
                            <th scope="row">{ sequence(data, part.example, number - 1, on_act) }</th>
                            <td>{ numbers::size(mean(part, part.loss)) }</td>
                            <td>{ numbers::size(mean(part, part.gradient.norm())) }</td>
                        </tr>
                    }) }
                </tbody>
                <tbody class="mean">
                    <tr>
                        <th scope="row">{ words.train_mean() }</th>
                        <td>{ numbers::size(update.loss) }</td>
                        <td>{ numbers::size(gradient.norm()) }</td>
                    </tr>
                    { row(term(Term::Clipping, html! { words.train_clipping() }), update.clipping) }
                    { row(prose(words.train_step()), update.step_norm) }
                </tbody>
                <tbody class="mean">
                    { row(html! { words.train_loss_before() }, update.loss) }
                    { row(html! { words.train_loss_predicted() }, *predicted_loss) }
                    { row(html! { <>{ words.train_loss_after() }{ " " }{ set("L") }</> }, *loss_after) }
                </tbody>
            </table>
        </div>
    }
}
