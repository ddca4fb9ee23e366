//! Terms that explain themselves: a word names its meaning by `aria-describedby`, and the meaning,
//! a popover, is shown while the word is pointed at or has the keyboard's focus.

use super::{
    events::{Listener, Subscription},
    page::{box_of, set_property, window_size},
    window,
};
use gloo_events::{EventListener, EventListenerOptions};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement};

/// Which elements are words with a meaning.
const WORD: &str = "dfn[aria-describedby]";
/// Which element is a meaning.
const MEANING: &str = ".Meaning";

/// Where an element is in the window: left, top, width and height in CSS pixels.
type Place = (f64, f64, f64, f64);
/// A width and a height, or a point.
type Pair = (f64, f64);
/// Where the upper left corner of a meaning stands: by the place of its word, its own size, and the size
/// of the window.
type Placing = dyn Fn(Place, Pair, Pair) -> Pair;

/// Shows and hides meanings, until it is dropped. `place` says where one stands: by the place of its
/// word, its own size, and the size of the window.
///
/// The browser itself closes a meaning by Escape and by a press elsewhere.
pub fn explain_terms(place: impl Fn(Place, Pair, Pair) -> Pair + 'static) -> Subscription {
    let Some(document) = window().and_then(|window| window.document()) else {
        return Subscription::nothing();
    };
    let place: Rc<Placing> = Rc::new(place);
    let options = EventListenerOptions::enable_prevent_default();
    let listeners = ["pointerover", "focusin", "focusout", "click"].map(|kind| {
        let (within, place) = (document.clone(), Rc::clone(&place));
        EventListener::new_with_options(&document, kind, options, move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let Some(target) = target else { return };
            let word = target.closest(WORD).ok().flatten();
            match (event.type_().as_str(), word) {
                ("focusout", _) => hide(&within),
                (kind, Some(word)) => {
                    if kind == "click" {
                        press(event, &word);
                    }
                    show(&within, &word, &*place);
                }
                ("pointerover", None) => {
                    let inside = target.closest(MEANING).is_ok_and(|meaning| meaning.is_some());
                    let focused = within.active_element();
                    let reading = focused.is_some_and(|it| it.matches(WORD) == Ok(true));
                    if !inside && !reading {
                        hide(&within);
                    }
                }
                _ => {}
            }
        })
    });
    Subscription::of(Listener::Several(listeners.into()))
}

/// A press on a word is for its meaning alone, also where the word is the label of a control.
fn press(event: &Event, word: &Element) {
    event.prevent_default();
    if let Some(word) = word.dyn_ref::<HtmlElement>() {
        // A word that cannot have the focus is explained all the same.
        let _ = word.focus();
    }
}

fn show(document: &Document, word: &Element, place: &Placing) {
    let meaning = word.get_attribute("aria-describedby");
    let meaning = meaning.and_then(|id| document.get_element_by_id(&id));
    let Some(meaning) = meaning.and_then(|meaning| meaning.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    // One that is shown already stays so; a browser without popovers shows none.
    let _ = meaning.show_popover();
    let (_, _, width, height) = box_of(&meaning);
    let (x, y) = place(box_of(word), (width, height), window_size());
    set_property(&meaning, "--x", &format!("{x}px"));
    set_property(&meaning, "--y", &format!("{y}px"));
}

fn hide(document: &Document) {
    let shown = document.query_selector(".Meaning:popover-open").ok().flatten();
    if let Some(shown) = shown.and_then(|shown| shown.dyn_into::<HtmlElement>().ok()) {
        // What is shown can be hidden.
        let _ = shown.hide_popover();
    }
}
