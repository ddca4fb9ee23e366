//! The page around the app: its language, its theme, what the device remembers.

use super::window;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Storage, Window};

fn root() -> Option<HtmlElement> {
    window()?.document()?.document_element()?.dyn_into().ok()
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

/// Tells the page's styles which theme they are for: `light` or `dark`.
pub fn set_theme(name: &str) {
    if let Some(root) = root() {
        // The name is a valid attribute, so setting it cannot fail.
        let _ = root.set_attribute("data-theme", name);
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

/// A choice that this device remembers, where it lets us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// The language of the page.
    Language,
    /// Light or dark.
    Theme,
}

impl Preference {
    const fn key(self) -> &'static str {
        match self {
            Self::Language => "unrolled.language",
            Self::Theme => "unrolled.theme",
        }
    }

    /// What was remembered.
    pub fn read(self) -> Option<String> {
        storage()?.get_item(self.key()).ok()?
    }

    /// Remembers a choice, if the device has room and allows it.
    pub fn write(self, value: &str) {
        if let Some(storage) = storage() {
            // A full or denied storage only means that the choice is asked again.
            let _ = storage.set_item(self.key(), value);
        }
    }
}

fn storage() -> Option<Storage> {
    window().as_ref().map(Window::local_storage)?.ok()?
}
