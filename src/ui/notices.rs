//! What is to be said at once, wherever the learner looks: what is wrong in the address, what could
//! not be done, what was done besides.

use super::{formula::prose, surroundings::use_words, truth};
use crate::{
    address::AddressError,
    browser,
    page::{Act, Fetch, Later, Said},
    session::{Action, Draft},
    text::Words,
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct NoticesProps {
    pub(super) problems: Rc<Vec<AddressError>>,
    pub(super) draft: Draft,
    pub(super) said: Option<Said>,
    pub(super) fetch: Option<(Later, Fetch)>,
    pub(super) on_act: Callback<Act>,
}

/// All of it, at the top of what can be seen.
#[component]
pub(super) fn Notices(props: &NoticesProps) -> Html {
    let words = use_words();
    let NoticesProps { problems, draft, said, fetch, on_act } = props;
    let (coming, missed) = match fetch {
        Some((Later::Words(language), _)) => {
            (words.words_coming(language.name()), words.words_missed(language.name()))
        }
        _ => (words.lesson_coming().to_owned(), words.lesson_missed().to_owned()),
    };
    let is = |state: Fetch| fetch.is_some_and(|(_, fetch)| fetch == state);
    let act = |act: Act| on_act.reform(move |_: MouseEvent| act.clone());
    let problem = match draft {
        Draft::Accepted => None,
        Draft::Rejected { problem, .. } => Some(words.problem(problem)),
    };
    // What is gone to stands below them.
    let any = !problems.is_empty() || problem.is_some() || fetch.is_some() || said.is_some();
    use_effect_with(any, |any| browser::set_root("data-notices", truth(*any)));
    html! {
        <div class="Notices">
            <div class="AddressProblems" role="alert" hidden={problems.is_empty()}>
                <ul>
                    { for problems.iter().enumerate().map(|(key, problem)| html! {
                        <li {key}>{ prose(&address_problem(words, problem)) }</li>
                    }) }
                </ul>
                <button onclick={act(Act::CloseProblems)}>{ words.export_close() }</button>
            </div>
            <p class="problem" id="problem" role="alert" hidden={problem.is_none()}>
                { for problem.map(|problem| prose(&words.two_sentences(&problem, words.last_run_stays()))) }
            </p>
            <div class="coming" role="status" hidden={!is(Fetch::Coming)}>
                <p>{ coming }</p>
            </div>
            <div class="missed" role="alert" hidden={!is(Fetch::Failed)}>
                <p>{ missed }</p>
                <button onclick={act(Act::FetchAgain)}>{ words.lesson_fetch_again() }</button>
                <button onclick={act(Act::StopWaiting)}>{ words.export_close() }</button>
            </div>
            <div class="said" role="status" hidden={said.is_none()}>
                <p>{ for said.map(|said| sentence(words, said)) }</p>
                <button
                    hidden={!matches!(said, Some(Said::WeightsDropped | Said::TextReplaced))}
                    onclick={act(Action::Undo.into())}
                >{ words.undo() }</button>
            </div>
        </div>
    }
}

fn sentence(words: &Words, said: Said) -> &'static str {
    match said {
        Said::Locked => words.said_locked(),
        Said::WeightsDropped => words.weights_dropped(),
        Said::TextReplaced => words.text_replaced(),
        Said::NoLines => words.no_lines(),
        Said::Unreadable => words.unreadable(),
    }
}

fn address_problem(words: &Words, problem: &AddressError) -> String {
    match problem {
        AddressError::TooLong => words.address_too_long().to_owned(),
        AddressError::Value { key, value } => words.address_value(key, value),
        AddressError::Experiment { key, problem } => {
            words.address_experiment(key, &words.problem(problem))
        }
        AddressError::Unknown { key, nearest } => match nearest {
            Some(nearest) => words.address_unknown_nearest(key, nearest),
            None => words.address_unknown(key),
        },
        AddressError::Repeated { key } => words.address_repeated(key),
        AddressError::Unused { key, beside } => words.address_unused(key, beside),
        AddressError::Beyond { key, value } => words.address_beyond(key, value),
        AddressError::NoSpaces { sign } => words.address_no_spaces(sign),
        AddressError::Damaged { key } => words.address_damaged(key),
        AddressError::Inside { key, sign, name } => words.address_inside(key, sign, name),
        AddressError::Twice => words.address_twice().to_owned(),
        AddressError::NothingLeft => words.address_nothing_left().to_owned(),
    }
}
