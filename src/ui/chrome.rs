//! The head of the page: its name, the language and the theme.

use super::surroundings::Surroundings;
use crate::{figure::Theme, text::Language};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The head of the page.
pub(super) fn header(
    around: &Surroundings,
    on_language: &Callback<Language>,
    on_theme: &Callback<Theme>,
) -> Html {
    let words = around.language.words();
    let on_language = on_language.reform(|event: Event| {
        let code = event.target_unchecked_into::<HtmlSelectElement>().value();
        Language::from_code(&code).unwrap_or_default()
    });
    let (other, other_name) = match around.theme {
        Theme::Light => (Theme::Dark, words.dark_theme),
        Theme::Dark => (Theme::Light, words.light_theme),
    };
    let on_theme = on_theme.reform(move |_: MouseEvent| other);
    html! {
        <header class="Header">
            <h1>{ "Unrolled" }</h1>
            <p>{ words.tagline }</p>
            <select aria-label={words.language} onchange={on_language}>
                { for Language::ALL.into_iter().map(|language| html! {
                    <option
                        key={language.code()}
                        value={language.code()}
                        lang={language.code()}
                        selected={language == around.language}
                    >{ language.words().language_name }</option>
                }) }
            </select>
            <button class="icon" onclick={on_theme} title={other_name} aria-label={other_name}>
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" />
                    <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
                </svg>
            </button>
        </header>
    }
}
