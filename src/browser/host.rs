//! The address of the page, and the page around it.

use super::{
    events::{Listener, Subscription},
    steady::own_turn,
    window,
};
use gloo_events::EventListener;
use js_sys::JSON;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HashChangeEvent, Location, MessageEvent, Window};

/// The longest message of the page around that is read, in bytes: the largest network there may be
/// fits into it.
const LONGEST_MESSAGE: usize = 1 << 24;

fn part(of: fn(&Location) -> Result<String, JsValue>) -> String {
    let text = window().and_then(|window| of(&window.location()).ok()).unwrap_or_default();
    text.trim_start_matches(['?', '#']).to_owned()
}

/// What stands behind the `#` of the page's address.
pub fn fragment() -> String {
    part(Location::hash)
}

/// What stands behind the `?` of the page's address.
pub fn query() -> String {
    part(Location::search)
}

/// The address of the page without a fragment, and without those keys of its query that are `ours`.
fn bare(ours: fn(&str) -> bool) -> String {
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let page = href.split(['#', '?']).next().unwrap_or_default();
    // What others have put there stays as it is written.
    let query = query();
    let others: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let mut pairs = form_urlencoded::parse(pair.as_bytes());
            !pair.is_empty() && !pairs.any(|(key, _)| ours(&key))
        })
        .collect();
    let mark = if others.is_empty() { "" } else { "?" };
    format!("{page}{mark}{}", others.join("&"))
}

/// Puts `text` behind the `#` of the page's address, without a new entry in its history, and takes
/// out of its query the keys that are `ours`.
pub fn set_address(text: &str, ours: fn(&str) -> bool) {
    replace_address(&format!("{}#{text}", bare(ours)));
}

/// Puts `url` in the place of the page's address, without a new entry in its history.
fn replace_address(url: &str) {
    let history = window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        // A sandbox, or a browser that is asked too often, keeps the old address.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(url));
    }
}

/// The address of the page with `text` behind its `#`, and without the keys of its query that are
/// `ours`.
pub fn link(text: &str, ours: fn(&str) -> bool) -> String {
    format!("{}#{text}", bare(ours))
}

/// Calls `on_change` when the person goes to another address on this page, which is then the page's.
pub fn on_address_change(on_change: impl Fn() + 'static) -> Subscription {
    let Some(window) = window() else { return Subscription::nothing() };
    let listener = EventListener::new(&window, "hashchange", move |event| {
        // The page may have put an address of its own in its place before it heard of it.
        if let Some(event) = event.dyn_ref::<HashChangeEvent>() {
            replace_address(&event.new_url());
        }
        own_turn();
        on_change();
    });
    Subscription::of(Listener::Event(listener))
}

/// The page around this one, where it is embedded.
fn host() -> Option<Window> {
    let window = window()?;
    let parent = window.parent().ok().flatten()?;
    (!js_sys::Object::is(&parent, &window)).then_some(parent)
}

/// Whether the page is embedded in another.
pub fn is_embedded() -> bool {
    host().is_some()
}

/// Sends a message, JSON, to the page around; to that of `origin` alone, if one is named.
pub fn tell_host(json: &str, origin: Option<&str>) {
    let Some(host) = host() else { return };
    if let Ok(message) = JSON::parse(json) {
        // A page of another origin than the one named is not told.
        let _ = host.post_message(&message, origin.unwrap_or("*"));
    }
}

/// Calls `on_message` with each message, as JSON, of the page around; of that of `origin` alone, if
/// one is named. Messages of anyone else are not heard.
pub fn on_host_message(
    origin: Option<String>,
    on_message: impl Fn(String) + 'static,
) -> Subscription {
    let (Some(window), Some(host)) = (window(), host()) else { return Subscription::nothing() };
    let listener = EventListener::new(&window, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let from_host = event.source().is_some_and(|source| js_sys::Object::is(&source, &host));
        if !from_host || origin.as_ref().is_some_and(|origin| *origin != event.origin()) {
            return;
        }
        let json = JSON::stringify(&event.data()).ok().and_then(|json| json.as_string());
        if let Some(json) = json.filter(|json| json.len() <= LONGEST_MESSAGE) {
            own_turn();
            on_message(json);
        }
    });
    Subscription::of(Listener::Event(listener))
}

/// The height that the page needs, in CSS pixels.
pub fn height() -> f64 {
    let body = window().and_then(|window| window.document()).and_then(|page| page.body());
    body.map_or(0.0, |body| body.get_bounding_client_rect().height().ceil())
}

/// Calls `on_change` now and whenever the size of the page's body changes.
pub fn on_body_resize(on_change: impl Fn() + 'static) -> Subscription {
    let body = window().and_then(|window| window.document()).and_then(|page| page.body());
    match body {
        Some(body) => super::on_resize(&Element::from(body), move |_| on_change()),
        None => Subscription::nothing(),
    }
}
