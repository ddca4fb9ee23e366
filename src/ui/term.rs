//! Terms that explain themselves where they stand: when they are pointed at, focused or tapped.

use super::{formula::prose, surroundings::use_words};
use crate::{
    browser,
    figure::{Rect, place_label},
    text::Term,
};
use yew::prelude::*;

/// A word whose meaning is shown beside it.
pub(super) fn term(term: Term, word: Html) -> Html {
    html! { <dfn tabindex="0" aria-describedby={id(term)}>{ word }</dfn> }
}

/// A word whose meaning is shown beside it, if there is something to explain.
pub(super) fn explained(meaning: Option<Term>, word: Html) -> Html {
    match meaning {
        Some(meaning) => term(meaning, word),
        None => word,
    }
}

fn id(term: Term) -> String {
    format!("meaning-{}", term as usize)
}

/// What all terms mean, each of which waits to be shown over the page.
///
/// What is shown and where is between the browser and these elements: nothing is rendered again.
#[component]
pub(super) fn Glossary() -> Html {
    let words = use_words();
    use_effect_with((), |()| {
        let terms = browser::explain_terms(|(x, y, width, height), size, (wide, high)| {
            let word = Rect { x, y, width, height };
            let window = Rect { x: 4.0, y: 4.0, width: wide - 8.0, height: high - 8.0 };
            // No gap is between them, so that a pointer can go from one to the other.
            place_label(size, 0.0, word, &[], &[], window)
        });
        move || drop(terms)
    });
    html! {
        <>
            { for Term::ALL.map(|term| html! {
                <div id={id(term)} class="Meaning" role="tooltip" popover="auto">
                    { prose(words.meaning(term)) }
                </div>
            }) }
        </>
    }
}
