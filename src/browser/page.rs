//! The page around the app: its language, its theme, what the device remembers.

use super::{
    events::{Listener, Subscription},
    steady::own_turn,
    window,
};
use gloo_events::EventListener;
use std::{cell::RefCell, collections::BTreeMap};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement, MouseEvent, Storage, StorageEvent, Window,
};

fn root() -> Option<HtmlElement> {
    window()?.document()?.document_element()?.dyn_into().ok()
}

/// An element of the page that is the app's alone, and no translator's.
pub fn own_root() -> Option<Element> {
    let document = window()?.document()?;
    let root = document.create_element("div").ok()?;
    root.set_id("unrolled");
    root.set_attribute("translate", "no").ok()?;
    root.set_class_name("notranslate");
    let body = document.body()?;
    // What was seen while the page was loading.
    body.set_text_content(None);
    body.append_child(&root).ok()?;
    Some(root)
}

/// The languages that the person prefers, best first, as codes such as `ko-KR`.
pub fn languages() -> Vec<String> {
    window().map_or_else(Vec::new, |window| {
        window.navigator().languages().iter().filter_map(|code| code.as_string()).collect()
    })
}

/// Tells the page which language it is written in.
pub fn set_language(code: &str) {
    if let Some(root) = root() {
        root.set_lang(code);
    }
}

/// Tells the page's styles something of the whole page, such as `data-theme`.
pub fn set_root(attribute: &str, value: &str) {
    if let Some(root) = root() {
        // Every name that is used here is a valid one, so setting it cannot fail.
        let _ = root.set_attribute(attribute, value);
    }
}

/// Whether a media query holds, such as `(prefers-reduced-motion: reduce)`.
pub fn media_matches(query: &str) -> bool {
    window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|list| list.matches())
}

/// How many device pixels make a CSS pixel.
pub fn device_pixel_ratio() -> f64 {
    window().map_or(1.0, |window| window.device_pixel_ratio())
}

/// Answers whether a frame that computes from now on has still time for it. Whatever takes longer than that goes
/// on in the next frame, so that the page stays quick. Without a browser there are no frames, and time enough.
pub fn time_in_frame() -> impl Fn() -> bool + 'static {
    const MILLISECONDS: f64 = 8.0;
    let clock = window().and_then(|window| window.performance());
    let end = clock.as_ref().map(|clock| clock.now() + MILLISECONDS);
    move || clock.as_ref().zip(end).is_none_or(|(clock, end)| clock.now() < end)
}

/// Sets a custom property of an element's style, which a strict content policy allows from code.
pub fn set_property(element: &HtmlElement, name: &str, value: &str) {
    // Setting a property to a text fails only on a read-only style, which no element of ours has.
    let _ = element.style().set_property(name, value);
}

/// Scrolls `container` sideways, as little as it takes, so that what lies from `left` to `right`
/// behind its `margin` at the left can be seen.
pub fn reveal(container: &HtmlElement, margin: f64, left: f64, right: f64) {
    let (start, width) = (f64::from(container.scroll_left()), f64::from(container.client_width()));
    let target = if left < start {
        left
    } else if right + margin > start + width {
        right + margin - width
    } else {
        return;
    };
    container.set_scroll_left(target.round() as i32);
}

/// Scrolls `container` sideways, as little as it takes, so that the element that `selector` finds in it can be
/// seen, with a little of what is beside it.
pub fn reveal_child(container: &HtmlElement, selector: &str) {
    const BESIDE: f64 = 24.0;
    let found = container.query_selector(selector).ok().flatten();
    let Some(child) = found else { return };
    let (outer, inner) = (container.get_bounding_client_rect(), child.get_bounding_client_rect());
    let left = inner.left() - outer.left() + f64::from(container.scroll_left());
    reveal(container, 0.0, left - BESIDE, left + inner.width() + BESIDE);
}

/// Where a pointer is in `element`, in CSS pixels from its upper left corner.
pub fn position_in(element: &Element, event: &MouseEvent) -> (f64, f64) {
    let rect = element.get_bounding_client_rect();
    (f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top())
}

/// Where an element is in the window: left, top, width and height in CSS pixels.
pub fn box_of(element: &Element) -> (f64, f64, f64, f64) {
    let rect = element.get_bounding_client_rect();
    (rect.left(), rect.top(), rect.width(), rect.height())
}

/// The width and the height of the window without its scroll bars, in CSS pixels.
pub fn window_size() -> (f64, f64) {
    root().map_or((0.0, 0.0), |root| {
        (f64::from(root.client_width()), f64::from(root.client_height()))
    })
}

/// The part of `container` that can be seen in the window and is not behind what `cover` finds at its
/// lower edge: left, top, width and height, in pixels from the upper left corner of its content.
pub fn seen_of(container: &HtmlElement, cover: &str) -> (f64, f64, f64, f64) {
    let rect = container.get_bounding_client_rect();
    let (wide, high) = window_size();
    let document = container.owner_document();
    let covered = document.and_then(|document| document.query_selector(cover).ok().flatten());
    let lowest = covered.map(|cover| cover.get_bounding_client_rect().top());
    let lowest = lowest.filter(|&top| top > rect.top()).map_or(high, |top| top.min(high));
    let left = rect.left().max(0.0);
    let top = rect.top().max(0.0);
    let right = (rect.left() + f64::from(container.client_width())).min(wide);
    let bottom = (rect.top() + f64::from(container.client_height())).min(lowest);
    let scrolled = f64::from(container.scroll_left());
    (left - rect.left() + scrolled, top - rect.top(), right - left, bottom - top)
}

/// How far below the top of `container` each element lies that `selector` finds in it; none for one
/// that is not shown.
pub fn tops_of(container: &HtmlElement, selector: &str) -> Vec<Option<f64>> {
    let top = container.get_bounding_client_rect().top();
    let Ok(found) = container.query_selector_all(selector) else { return Vec::new() };
    (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into::<Element>().ok())
        .map(|element| {
            let rect = element.get_bounding_client_rect();
            (rect.height() > 0.0).then(|| rect.top() - top)
        })
        .collect()
}

/// Moves the keyboard's focus to the element that `selector` finds in `container`.
pub fn focus_child(container: &HtmlElement, selector: &str) {
    let found = container.query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot have the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Opens a dialogue over the page.
pub fn show_modal(dialog: &HtmlDialogElement) {
    // A dialogue that is open already stays so.
    let _ = dialog.show_modal();
}

/// Closes a dialogue.
pub fn close(dialog: &HtmlDialogElement) {
    dialog.close();
}

/// Closes what stands behind a summary.
pub fn fold(details: &Element) {
    // What is closed already has nothing to take away.
    let _ = details.remove_attribute("open");
}

/// Closes every dialogue that is open.
pub(super) fn close_dialogues() {
    let document = window().and_then(|window| window.document());
    let open = document.and_then(|document| document.query_selector_all("dialog[open]").ok());
    let open = open.iter().flat_map(|list| (0..list.length()).filter_map(|at| list.get(at)));
    open.filter_map(|node| node.dyn_into().ok()).for_each(|dialog| close(&dialog));
}

/// Writes `text` into a text box.
pub fn write_into(area: &HtmlTextAreaElement, text: &str) {
    area.set_value(text);
}

/// Takes the focus from a choice that was made by pointer: it is not seen there, and the next arrow, meant for
/// the page, would change the choice.
pub fn leave_unseen(event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if let Some(choice) = target.filter(|choice| choice.matches(":focus-visible") == Ok(false)) {
        // What has no focus has none to lose.
        let _ = choice.blur();
    }
}

/// Writes a number into a box for numbers.
pub fn write_number(input: &HtmlInputElement, number: f64) {
    input.set_value(&number.to_string());
}

/// Shows that the option at `index` of a list is chosen. A list that shows it is left alone: a browser would
/// lay it out anew, in each frame that renders it.
pub fn choose(select: &HtmlSelectElement, index: usize) {
    let index = i32::try_from(index).unwrap_or(-1);
    if select.selected_index() != index {
        select.set_selected_index(index);
    }
}

/// Sends what a pointer does to `element` until it is released, wherever it goes.
pub fn capture_pointer(element: &Element, pointer: i32) {
    // A pointer that is gone already has nothing to send.
    let _ = element.set_pointer_capture(pointer);
}

thread_local! {
    /// What this page remembers itself, since the device does not.
    static CHOSEN: RefCell<BTreeMap<&'static str, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// A choice that this device remembers, where it lets us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// The language of the page.
    Language,
    /// Light or dark.
    Theme,
    /// How far the lesson has come.
    Lesson,
    /// That single keys are not to act on the whole page.
    NoKeys,
}

impl Preference {
    const fn key(self) -> &'static str {
        match self {
            Self::Language => "unrolled.language",
            Self::Theme => "unrolled.theme",
            Self::Lesson => "unrolled.lesson",
            Self::NoKeys => "unrolled.no-keys",
        }
    }

    /// What was remembered, or chosen on this page where the device lets it remember nothing.
    pub fn read(self) -> Option<String> {
        let chosen = CHOSEN.with_borrow(|chosen| chosen.get(self.key()).cloned());
        chosen.or_else(|| storage()?.get_item(self.key()).ok()?)
    }

    /// Calls `on_change` when another page of this device has remembered something else.
    pub fn on_change(self, on_change: impl Fn() + 'static) -> Subscription {
        let Some(window) = window() else { return Subscription::nothing() };
        let listener = EventListener::new(&window, "storage", move |event| {
            let key = event.dyn_ref::<StorageEvent>().map(StorageEvent::key);
            // No key means that everything was cleared.
            if key.is_some_and(|key| key.is_none_or(|key| key == self.key())) {
                own_turn();
                on_change();
            }
        });
        Subscription::of(Listener::Event(listener))
    }

    /// Forgets what was remembered.
    pub fn forget(self) {
        CHOSEN.with_borrow_mut(|chosen| chosen.remove(self.key()));
        if let Some(storage) = storage() {
            // A denied storage has nothing to forget.
            let _ = storage.remove_item(self.key());
        }
    }

    /// Remembers a choice, if the device has room and allows it.
    pub fn write(self, value: &str) {
        let kept = storage().is_some_and(|storage| storage.set_item(self.key(), value).is_ok());
        // A full or denied storage only means that the choice is asked again at the next visit.
        CHOSEN.with_borrow_mut(|chosen| {
            if kept {
                chosen.remove(self.key());
            } else {
                chosen.insert(self.key(), value.to_owned());
            }
        });
    }
}

fn storage() -> Option<Storage> {
    window().as_ref().map(Window::local_storage)?.ok()?
}
