//! A person's own sequences: typed or pasted, read line by line, split.

use super::super::{
    choice::Choice, dialogue::Dialogue, formula::prose, setup::segments, surroundings::use_words,
};
use crate::{
    page::Act,
    rnn::{
        StepUnit,
        tokens::MOST_TOKENS,
        train::{BadLine, MOST_SEQUENCES},
    },
    text::Words,
    training::{Command, Data, DataKind, Own},
};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// How long the sequences can be that a plain text is cut into.
const CUTS: [usize; 5] = [8, 16, 24, 48, 96];

/// The most bad lines that are named one by one.
const MOST_NAMED: usize = 20;

#[derive(PartialEq, Properties)]
pub(in crate::ui) struct OwnLinesProps {
    pub(in crate::ui) data: Data,
    pub(in crate::ui) on_act: Callback<Act>,
}

/// The button that opens a dialogue, and the dialogue.
#[component]
pub(in crate::ui) fn OwnLines(props: &OwnLinesProps) -> Html {
    let words = use_words();
    html! {
        <div class="own">
            <Dialogue title={words.own_title()}>
                <Lines ..props.clone() />
            </Dialogue>
        </div>
    }
}

impl Clone for OwnLinesProps {
    fn clone(&self) -> Self {
        Self { data: self.data.clone(), on_act: self.on_act.clone() }
    }
}

/// What is typed, and how it is to be read.
#[component]
fn Lines(props: &OwnLinesProps) -> Html {
    let words = use_words();
    let OwnLinesProps { data, on_act } = props;
    let own = match data.kind() {
        DataKind::Own(own) => Some(own),
        DataKind::Set(_) => None,
    };
    let node = use_node_ref();
    let unit = use_state_eq(|| own.map_or(StepUnit::Word, |own| own.unit));
    let cut = use_state_eq(|| own.and_then(|own| own.cut));
    let refused = use_state_eq(Vec::<BadLine>::new);
    let on_unit = Callback::from({
        let setter = unit.setter();
        move |unit| setter.set(unit)
    });
    let on_cut = Callback::from({
        let setter = cut.setter();
        move |index: usize| setter.set(index.checked_sub(1).and_then(|at| CUTS.get(at).copied()))
    });
    let read = {
        let (node, on_act, setter) = (node.clone(), on_act.clone(), refused.setter());
        let (unit, cut) = (*unit, *cut);
        move |seed: u64| {
            let Some(area) = node.cast::<HtmlTextAreaElement>() else { return };
            match Own::read(&area.value(), unit, None, cut, seed) {
                Ok(own) => {
                    setter.set(Vec::new());
                    on_act.emit(Command::Choose(Data::own(own)).into());
                }
                Err(bad) => setter.set(bad),
            }
        }
    };
    let seed = own.map_or(1, |own| own.seed);
    let take = Callback::from({
        let read = read.clone();
        move |_: MouseEvent| read(seed)
    });
    let redraw = Callback::from(move |_: MouseEvent| read(seed + 1));
    let bad = if refused.is_empty() { own.map(Own::bad).unwrap_or_default() } else { &refused };
    let in_both = data.split().in_both(data.corpus()).len();
    let units = [
        (StepUnit::Word, html! { words.word() }),
        (StepUnit::Character, html! { words.character() }),
        (StepUnit::Number, html! { words.number() }),
    ];
    let chosen = cut.and_then(|cut| CUTS.iter().position(|it| *it == cut)).map_or(0, |at| at + 1);
    html! {
        <div class="OwnLines">
            <p>{ prose(&words.own_note(MOST_SEQUENCES, MOST_TOKENS)) }</p>
            <pre>{ words.own_example() }</pre>
            <label>
                <span>{ words.own_lines() }</span>
                <textarea
                    ref={node}
                    rows="10"
                    spellcheck="false"
                    autocomplete="off"
                    autocapitalize="off"
                    defaultvalue={own.map(|own| own.text.to_string()).unwrap_or_default()}
                />
            </label>
            <div class="choices">
                { segments((words.time_step_is(), None), "own-unit", &units, &unit, &on_unit) }
                <label>
                    <span>{ words.own_read_as() }</span>
                    <Choice {chosen} on_choose={on_cut}>
                        <option>{ words.own_as_lines() }</option>
                        { for CUTS.into_iter().map(|cut| html! { <option key={cut}>{ words.own_as_text(cut) }</option> }) }
                    </Choice>
                </label>
                <button class="take" onclick={take}>{ words.own_take() }</button>
            </div>
            <div role="status">
                <p hidden={own.is_none()}>
                    <b>{ words.split(data) }</b>{ " " }
                    <button onclick={redraw} hidden={data.split().is_by_heart()}>{ words.own_redraw() }</button>
                </p>
                <p hidden={own.is_none() || in_both == 0}>{ words.own_in_both(in_both) }</p>
                { bad_lines(words, bad, own.is_some() && refused.is_empty()) }
            </div>
        </div>
    }
}

/// The lines that were left out, each with its number.
fn bad_lines(words: &Words, bad: &[BadLine], some: bool) -> Html {
    html! {
        <div class="bad" hidden={bad.is_empty()}>
            <p>{ if some { words.own_left_out(bad.len()) } else { words.own_none().to_owned() } }</p>
            <ul>
                { for bad.iter().take(MOST_NAMED).map(|bad| html! {
                    <li key={bad.line}>{ prose(&words.bad_line(bad)) }</li>
                }) }
            </ul>
        </div>
    }
}
