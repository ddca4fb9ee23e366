//! What the browser tells us: frames, keys, sizes. A subscription ends when it is dropped.

use super::{steady::own_turn, window};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_render::{AnimationFrame, request_animation_frame};
use js_sys::Array;
use std::{cell::RefCell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, ResizeObserver};

/// Something that is heard of until it is dropped.
#[must_use = "a subscription ends when it is dropped"]
pub struct Subscription {
    _listener: Listener,
}

impl Subscription {
    pub(super) fn of(listener: Listener) -> Self {
        Self { _listener: listener }
    }

    pub(super) fn nothing() -> Self {
        Self::of(Listener::Nothing)
    }
}

pub(super) enum Listener {
    Event(#[allow(dead_code)] EventListener),
    Several(#[allow(dead_code)] Vec<EventListener>),
    Size(#[allow(dead_code)] SizeListener),
    Nothing,
}

pub(super) struct SizeListener {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut(Array)>,
}

impl Drop for SizeListener {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Animation frames, until it is dropped; each tells how much time has passed since the last.
#[must_use = "frames end when this is dropped"]
pub struct Frames {
    _next: Rc<RefCell<Option<AnimationFrame>>>,
}

impl Frames {
    /// The longest time that one frame tells: a page that was away does not jump.
    const LONGEST: f64 = 100.0;

    /// Calls `on_frame` once a frame, before the browser paints.
    pub fn each(on_frame: impl Fn(Duration) + 'static) -> Self {
        let next = Rc::new(RefCell::new(None));
        request(Rc::clone(&next), None, Rc::new(on_frame));
        Self { _next: next }
    }
}

fn request(
    next: Rc<RefCell<Option<AnimationFrame>>>,
    last: Option<f64>,
    on_frame: Rc<dyn Fn(Duration)>,
) {
    let slot = Rc::downgrade(&next);
    let frame = request_animation_frame(move |now| {
        let Some(next) = slot.upgrade() else { return };
        own_turn();
        request(next, Some(now), Rc::clone(&on_frame));
        let passed = last.map_or(0.0, |last| now - last).clamp(0.0, Frames::LONGEST);
        on_frame(Duration::from_secs_f64(passed / 1000.0));
    });
    *next.borrow_mut() = Some(frame);
}

/// Calls `on_key` for each key pressed on the page that nothing else wants: not while a text is
/// typed, composed, or a control has its own use for it. A key with Ctrl, or ⌘, is named `Ctrl+z`,
/// with Shift as well `Ctrl+Shift+z`. `on_key` says whether it used the key.
pub fn on_key(on_key: impl Fn(&str) -> bool + 'static) -> Subscription {
    let Some(document) = window().and_then(|window| window.document()) else {
        return Subscription { _listener: Listener::Nothing };
    };
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&document, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let control = event.ctrl_key() || event.meta_key();
        let key = match (control, event.shift_key()) {
            (true, true) => format!("Ctrl+Shift+{}", event.key().to_ascii_lowercase()),
            (true, false) => format!("Ctrl+{}", event.key().to_ascii_lowercase()),
            (false, _) => event.key(),
        };
        let wanted_elsewhere = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|element| keeps_key(&element, &key));
        if event.alt_key() || event.is_composing() || event.default_prevented() || wanted_elsewhere
        {
            return;
        }
        if on_key(&key) {
            event.prevent_default();
        }
    });
    Subscription { _listener: Listener::Event(listener) }
}

/// Whether the focused element uses the key itself: text boxes all keys, sliders and choices the
/// arrows, buttons and links the keys that press them. Space does nothing to what is chosen already,
/// nor to a slider, so it stays the page's after a choice by mouse.
fn keeps_key(element: &Element, key: &str) -> bool {
    // A dialogue has the keyboard to itself.
    if element.closest("dialog").is_ok_and(|dialog| dialog.is_some()) {
        return true;
    }
    let editable = element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable);
    match element.tag_name().as_str() {
        "INPUT" if element.has_attribute("data-page-keys") => false,
        "INPUT" if key == " " => !element.dyn_ref::<HtmlInputElement>().is_some_and(|input| {
            input.type_() == "range" || (input.type_() == "radio" && input.checked())
        }),
        // Nothing is typed into sliders and radio buttons, so there is nothing of theirs to undo.
        "INPUT" | "SELECT" if key.starts_with("Ctrl+") => {
            element.get_attribute("type").is_some_and(|kind| kind == "text" || kind == "number")
        }
        "INPUT" | "TEXTAREA" | "SELECT" => true,
        "BUTTON" | "A" | "SUMMARY" => matches!(key, " " | "Enter"),
        _ => editable,
    }
}

/// Calls `on_end` when an input method has finished a composition in `element`.
pub fn on_composition_end(element: &Element, on_end: impl Fn() + 'static) -> Subscription {
    let listener = EventListener::new(element, "compositionend", move |_| on_end());
    Subscription { _listener: Listener::Event(listener) }
}

/// Calls `on_restored` when the browser gives back a canvas that it had taken away, empty.
pub fn on_canvas_restored(canvas: &Element, on_restored: impl Fn() + 'static) -> Subscription {
    let listener = EventListener::new(canvas, "contextrestored", move |_| {
        own_turn();
        on_restored();
    });
    Subscription { _listener: Listener::Event(listener) }
}

/// Calls `on_change` whenever the answer to a media query changes, with the new answer.
pub fn on_media_change(query: &str, on_change: impl Fn(bool) + 'static) -> Subscription {
    let list = window().and_then(|window| window.match_media(query).ok().flatten());
    let Some(list) = list else { return Subscription { _listener: Listener::Nothing } };
    let answer = list.clone();
    let listener = EventListener::new(&list, "change", move |_| {
        own_turn();
        on_change(answer.matches());
    });
    Subscription { _listener: Listener::Event(listener) }
}

/// Calls `on_print` with `true` before the page is printed and with `false` after it, in time for
/// what it changes to be on the paper. Some browsers tell it in no other way.
pub fn on_print(on_print: impl Fn(bool) + 'static) -> Subscription {
    let Some(window) = window() else { return Subscription::nothing() };
    let before = Rc::new(on_print);
    let after = Rc::clone(&before);
    Subscription::of(Listener::Several(vec![
        EventListener::new(&window, "beforeprint", move |_| {
            own_turn();
            before(true);
        }),
        EventListener::new(&window, "afterprint", move |_| {
            own_turn();
            after(false);
        }),
    ]))
}

/// Calls `on_width` with the width of `element` in CSS pixels, now and whenever its size changes.
pub fn on_resize(element: &Element, on_width: impl Fn(f64) + 'static) -> Subscription {
    on_width(f64::from(element.client_width()));
    let observed = element.clone();
    let closure = Closure::<dyn FnMut(Array)>::new(move |_| {
        own_turn();
        on_width(f64::from(observed.client_width()));
    });
    match ResizeObserver::new(closure.as_ref().unchecked_ref()) {
        Ok(observer) => {
            observer.observe(element);
            let listener = SizeListener { observer, _closure: closure };
            Subscription { _listener: Listener::Size(listener) }
        }
        Err(_) => Subscription { _listener: Listener::Nothing },
    }
}
