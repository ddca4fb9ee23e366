//! Where the states go, in two directions, and what the network writes.

use super::super::{
    canvas::use_canvas, figure::use_table, formula::prose, surroundings::use_words, term::term,
};
use crate::{
    figure::{Way, Ways},
    text::{Term, numbers, plain},
    training::{Learning, side},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The size of the picture.
const SIZE: (f64, f64) = (260.0, 200.0);

/// The temperature at first.
const TEMPERATURE: f64 = 0.7;

#[derive(PartialEq, Properties)]
pub(super) struct AtCursorProps {
    pub(super) learning: Learning,
}

/// The ways of the hidden states of held-out sequences.
#[component]
pub(super) fn StateWays(props: &AtCursorProps) -> Html {
    let words = use_words();
    let learning = &props.learning;
    let axes = learning.directions_at();
    let key = (learning.run().clone(), learning.cursor(), axes);
    let states = use_memo(key, |_| learning.states(axes));
    let corpus = learning.data().corpus();
    let ways = states.as_ref().as_ref().map(|states| Ways {
        ways: states
            .ways
            .iter()
            .map(|(place, points)| {
                let example = corpus.examples().get(*place);
                let side = example.and_then(|example| side(example, corpus.asked()));
                Way { points: points.clone(), side }
            })
            .collect(),
        reach: states.reach,
    });
    let label = plain(words.states_title());
    let (_, canvas) = use_canvas(label.into(), SIZE, ways, |ways, palette, brush| {
        if let Some(ways) = ways {
            // A canvas that was lost draws nothing; the numbers beside it stay.
            let _ = ways.draw(brush, palette, SIZE);
        }
    });
    let table = use_table(words.states_title(), || {
        html! {
            <table>
                <caption>{ prose(words.states_title()) }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ words.train_sequence() }</th>
                        <th scope="col">{ words.states_direction(1) }</th>
                        <th scope="col">{ words.states_direction(2) }</th>
                    </tr>
                </thead>
                <tbody>
                    { for states.iter().flat_map(|states| &states.ways).map(|(place, points)| {
                        let end = points.last().copied().unwrap_or_default();
                        html! {
                            <tr key={*place}>
                                <th scope="row">{ corpus.examples().get(*place).map_or("", |it| it.text()) }</th>
                                { for end.into_iter().map(|number| html! { <td>{ numbers::short(number) }</td> }) }
                            </tr>
                        }
                    }) }
                </tbody>
            </table>
        }
    });
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    html! {
        <div class="StateWays" hidden={states.is_none()}>
            <h3>{ prose(words.states_title()) }</h3>
            { canvas }
            <p class="note">
                { for states.as_ref().as_ref().map(|states| {
                    let [first, second] = states.shares.map(percent);
                    prose(&words.states_note(states.ways.len(), &first, &second))
                }) }
            </p>
            { table }
        </div>
    }
}

/// What the network writes, where it predicts next tokens.
#[component]
pub(super) fn WrittenText(props: &AtCursorProps) -> Html {
    let words = use_words();
    let learning = &props.learning;
    let temperature = use_state_eq(|| TEMPERATURE);
    let key = (learning.run().clone(), learning.cursor(), *temperature);
    let text = use_memo(key, |(_, _, temperature)| learning.written(*temperature));
    let oninput = {
        let setter = temperature.setter();
        Callback::from(move |event: InputEvent| {
            setter.set(event.target_unchecked_into::<HtmlInputElement>().value_as_number());
        })
    };
    html! {
        <div class="WrittenText" hidden={text.is_none()}>
            <h3>{ words.written_title() }</h3>
            <blockquote><bdi>{ (*text).clone().unwrap_or_default() }</bdi></blockquote>
            <label class="radius">
                <span>{ term(Term::Temperature, html! { words.temperature() }) }<output>{ numbers::typed(*temperature) }</output></span>
                <input type="range" aria-label={words.temperature()} min="0" max="2" step="0.1" value={temperature.to_string()} {oninput} />
            </label>
        </div>
    }
}
