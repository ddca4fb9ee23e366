//! What a visitor sees first in the place of the explanation: what the network does, what is what, and three
//! ways on.

use super::{surroundings::use_words, truth};
use crate::{
    page::Act,
    rnn::{StepUnit, Task},
    session::{Action, Run, View},
    text::{Words, numbers},
};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct OverviewProps {
    pub(super) run: Run,
    pub(super) updates: usize,
    /// Whether a number is asked about, which is said in its place where there is room for one of both.
    pub(super) asked: bool,
    pub(super) on_act: Callback<Act>,
}

/// The panel of the first minute.
#[component]
pub(super) fn Overview(props: &OverviewProps) -> Html {
    let words = use_words();
    let OverviewProps { run, updates, asked, on_act } = props;
    let units = run.experiment().weights().sizes().units;
    let way = |class: &'static str, name: &'static str, note: &'static str, act: Act| {
        let onclick = on_act.reform(move |_: MouseEvent| act.clone());
        html! {
            <button {class} {onclick}><b>{ name }</b><small>{ note }</small></button>
        }
    };
    html! {
        <section
            class="Overview"
            aria-label={words.overview_title()}
            data-asked={truth(*asked)}
        >
            <h2>{ words.overview_title() }</h2>
            <p>{ reads(words, run) }{ " " }{ guesses(words, run, *updates) }</p>
            <p>
                if run.experiment().recipe().plain().is_some() {
                    <b>{ words.overview_top() }</b>{ " " }{ words.overview_state(units) }{ " " }
                } else {
                    <b>{ words.overview_top_gated() }</b>{ " " }{ words.overview_states(units) }{ " " }
                }
                <b>{ words.overview_below() }</b>{ " " }{ words.overview_gradients() }
            </p>
            <ul class="colours">
                <li class="positive">{ words.overview_positive() }</li>
                <li class="negative">{ words.overview_negative() }</li>
                <li>{ words.overview_pale() }</li>
            </ul>
            <div class="ways">
            { way("first", words.overview_play(), words.overview_play_note(), Action::Play.into()) }
            { way("", words.overview_lesson(), words.overview_lesson_note(), Act::Turn(View::Lesson)) }
            <p class="any"><b>{ words.overview_click() }</b><small>{ words.overview_click_note() }</small></p>
            </div>
        </section>
    }
}

/// What the network reads and predicts.
fn reads(words: &Words, run: &Run) -> String {
    let settings = run.experiment().settings();
    match &settings.task {
        task if task.asks_each_step() && *task != Task::NextToken => {
            words.overview_each(run.steps())
        }
        Task::Binary { .. } if words.is_review(&settings.text) => match settings.unit {
            StepUnit::Character => words.overview_review_characters().to_owned(),
            _ => words.overview_review().to_owned(),
        },
        Task::Binary { .. } => words.overview_binary(run.steps()),
        Task::Classes { labels, .. } => words.overview_classes(run.steps(), labels.len()),
        Task::Values { .. } => words.overview_values(run.steps()),
        Task::NextToken => words.overview_next(run.steps()),
    }
}

/// What its prediction is worth.
fn guesses(words: &Words, run: &Run, updates: usize) -> String {
    let experiment = run.experiment();
    let prediction = match experiment.settings().task {
        Task::Binary { .. } if !experiment.settings().task.asks_each_step() => {
            let last = experiment.last_loss();
            let prediction = numbers::short_size(run.output().answers[[0, 0]]);
            let target = experiment.target(last);
            Some((prediction, target))
        }
        Task::Binary { .. } | Task::Classes { .. } | Task::Values { .. } | Task::NextToken => None,
    };
    match (experiment.settings().weights.is_some(), prediction) {
        (false, Some((prediction, target))) => words.overview_guess(&prediction, target),
        (false, None) => words.overview_random().to_owned(),
        (true, _) if updates > 0 => words.overview_trained(updates),
        (true, Some((prediction, target))) => words
            .two_sentences(words.overview_given(), &words.overview_predicts(&prediction, target)),
        (true, None) => words.overview_given().to_owned(),
    }
}
