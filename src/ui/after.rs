//! What comes after the text, where the task is to predict the next token.

use super::{emit_some, surroundings::use_words, term::term, truth};
use crate::{
    session::{Action, Edit, Run},
    text::{Term, numbers},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The most expected tokens that are listed.
const MOST: usize = 6;

#[derive(PartialEq, Properties)]
pub(super) struct AfterProps {
    pub(super) run: Run,
    pub(super) on_action: Callback<Action>,
}

/// What the network expects next, and the button that goes on with the text.
#[component]
pub(super) fn After(props: &AfterProps) -> Html {
    let words = use_words();
    let AfterProps { run, on_action } = props;
    let temperature = use_state_eq(|| 0.0_f64);
    let seed = use_state_eq(|| 1_u64);
    let next = use_memo((run.clone(), temperature.to_bits(), *seed), |(run, temperature, seed)| {
        run.continuation(f64::from_bits(*temperature), *seed)
    });
    let Some(next) = &*next else { return html! {} };
    let names = run.experiment().output_names();
    let name = |place: usize| names.get(place).cloned().unwrap_or_default();
    let slide = {
        let temperature = temperature.setter();
        Callback::from(move |event: InputEvent| {
            temperature.set(event.target_unchecked_into::<HtmlInputElement>().value_as_number());
        })
    };
    let again = {
        let (seed, setter) = (*seed, seed.setter());
        Callback::from(move |_: MouseEvent| setter.set(seed + 1))
    };
    let go_on = {
        let text = next.text.clone();
        emit_some(on_action, move |_: MouseEvent| {
            Some(Action::Edit(Edit::Append(text.as_str().into())))
        })
    };
    let greedy = *temperature == 0.0;
    html! {
        <section class="After" aria-label={words.after_text()}>
            <h3>{ words.after_text() }</h3>
            <ol>
                { for next.expected.iter().take(MOST).map(|&(place, share)| html! {
                    <li key={place} data-drawn={truth(place == next.drawn)}>
                        <bdi>{ name(place) }</bdi>
                        <span>{ numbers::short_size(share) }</span>
                        <meter min="0" max="1" value={share.to_string()} aria-label={name(place)} />
                    </li>
                }) }
            </ol>
            <div class="drawing">
                <label>
                    <span>
                        { term(Term::Temperature, html! { words.temperature() }) }
                        <output>
                            { if greedy { words.greedy().to_owned() } else { numbers::typed(*temperature) } }
                        </output>
                    </span>
                    <input type="range" aria-label={words.temperature()} min="0" max="2" step="0.1" value={temperature.to_string()} oninput={slide} />
                </label>
                <button disabled={greedy} onclick={again}>{ words.draw_again() }</button>
                <button class="primary" onclick={go_on}>{ words.add_token(&name(next.drawn)) }</button>
            </div>
        </section>
    }
}
