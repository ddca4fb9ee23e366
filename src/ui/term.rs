//! A term that explains itself where it stands, when it is pointed at, focused or tapped.

use super::surroundings::use_words;
use crate::{
    browser,
    figure::{Rect, place_label},
    text::Term,
};
use std::cell::Cell;
use web_sys::HtmlElement;
use yew::prelude::*;

thread_local! {
    /// How many terms have been put on the page.
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

#[derive(PartialEq, Properties)]
pub(super) struct ExplainedProps {
    /// What is explained.
    pub(super) term: Term,
    /// The word for it, as it stands there.
    pub(super) children: Html,
}

/// A word with its meaning, which shows over the page and moves nothing.
///
/// The browser itself closes it by Escape and by a press elsewhere.
///
/// What is shown and where is between the browser and this element: nothing is rendered again.
#[component]
pub(super) fn Explained(props: &ExplainedProps) -> Html {
    let words = use_words();
    let ExplainedProps { term, children } = props;
    let (word, meaning) = (use_node_ref(), use_node_ref());
    let id = use_memo((), |()| {
        COUNT.set(COUNT.get() + 1);
        format!("meaning-{}", COUNT.get())
    });
    let nodes = (word.clone(), meaning.clone());
    let show = use_callback(nodes.clone(), |(), (word, meaning): &(NodeRef, NodeRef)| {
        if let (Some(word), Some(meaning)) =
            (word.cast::<HtmlElement>(), meaning.cast::<HtmlElement>())
        {
            show(&word, &meaning);
        }
    });
    let hide = use_callback(nodes, |even_if_focused: bool, (word, meaning)| {
        if let (Some(word), Some(meaning)) =
            (word.cast::<HtmlElement>(), meaning.cast::<HtmlElement>())
            && (even_if_focused || !browser::has_focus(&word))
        {
            browser::hide_popover(&meaning);
        }
    });
    html! {
        <span
            class="Term"
            onpointerenter={show.reform(|_: PointerEvent| ())}
            onpointerleave={hide.reform(|_: PointerEvent| false)}
        >
            <button
                ref={word}
                type="button"
                aria-describedby={(*id).clone()}
                onfocus={show.reform(|_: FocusEvent| ())}
                onblur={hide.reform(|_: FocusEvent| true)}
                onclick={show.reform(|_: MouseEvent| ())}
            >{ children.clone() }</button>
            <span
                ref={meaning}
                id={(*id).clone()}
                class="Meaning"
                role="tooltip"
                popover="auto"
                aria-hidden="true"
            >{ super::formula::prose(words.meaning(*term)) }</span>
        </span>
    }
}

/// Shows a meaning at its word, inside of the window: no gap is between them, so that a pointer can go
/// from one to the other.
fn show(word: &HtmlElement, meaning: &HtmlElement) {
    browser::show_popover(meaning);
    let rect = |(x, y, width, height)| Rect { x, y, width, height };
    let (word, (_, _, width, height)) = (rect(browser::box_of(word)), browser::box_of(meaning));
    let (wide, high) = browser::window_size();
    let window = Rect { x: 4.0, y: 4.0, width: wide - 8.0, height: high - 8.0 };
    let (x, y) = place_label((width, height), 0.0, word, &[], window);
    browser::set_property(meaning, "--x", &format!("{x}px"));
    browser::set_property(meaning, "--y", &format!("{y}px"));
}

/// A word that is explained where there is something to explain.
pub(super) fn explained(term: Option<Term>, word: Html) -> Html {
    match term {
        Some(term) => html! { <Explained {term}>{ word }</Explained> },
        None => word,
    }
}
