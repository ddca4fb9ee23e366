//! What goes out of the page and comes into it: copies, downloads, files.

use super::{events::Listener, events::Subscription, steady::own_turn, window};
use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Function, Promise, Uint8Array, encode_uri_component};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Document, DragEvent, File, HtmlAnchorElement,
    HtmlCanvasElement, HtmlImageElement, HtmlInputElement, HtmlTextAreaElement, Url,
};

fn document() -> Option<Document> {
    window()?.document()
}

/// Copies `text`, and calls `on_done` with whether it has been copied.
///
/// Where the page may not use the clipboard itself, as in many frames, it copies as a person would.
pub fn copy(text: &str, on_done: impl FnOnce(bool) + 'static) {
    let Some(window) = window() else { return };
    let navigator = window.navigator();
    let offered = js_sys::Reflect::has(&navigator, &JsValue::from_str("clipboard"))
        .unwrap_or(false)
        && !navigator.clipboard().is_undefined();
    let promise = offered.then(|| navigator.clipboard().write_text(text));
    let text = text.to_owned();
    spawn_local(async move {
        let copied = match promise {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        };
        own_turn();
        on_done(copied || copy_by_hand(&text).is_some());
    });
}

fn copy_by_hand(text: &str) -> Option<()> {
    let document = document()?;
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    document.body()?.append_child(&area).ok()?;
    area.select();
    let command = js_sys::Reflect::get(&document, &JsValue::from_str("execCommand")).ok()?;
    let done = command.dyn_into::<Function>().ok()?.call1(&document, &"copy".into());
    area.remove();
    done.ok()?.as_bool()?.then_some(())
}

/// Fetches a part of the page that does not come with it, and calls `on_done` with its text; with nothing
/// where it does not come. The start, which knows its file, gets it.
pub fn fetch_part(name: &str, on_done: impl FnOnce(Option<String>) + 'static) {
    let get = js_sys::Reflect::get(&js_sys::global(), &"unrolledPart".into());
    let promise: Option<Promise> = get
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|get| get.call1(&JsValue::UNDEFINED, &name.into()))
        .and_then(JsCast::dyn_into)
        .ok();
    spawn_local(async move {
        let text = match promise {
            Some(promise) => JsFuture::from(promise).await.ok().and_then(|text| text.as_string()),
            None => None,
        };
        own_turn();
        on_done(text);
    });
}

/// Hands bytes to the person as a file of this name and kind, such as `text/csv`.
pub fn download(name: &str, kind: &str, bytes: &[u8]) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    if let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        hand_over(name, &blob);
    }
}

fn hand_over(name: &str, blob: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let link: HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // A file that has been taken needs its address no more.
    let _ = Url::revoke_object_url(&url);
    Some(())
}

/// Hands a picture in SVG of this width and height to the person as a PNG file, at twice its size.
pub fn rasterise(name: &str, svg: &str, (width, height): (f64, f64)) {
    const SCALE: f64 = 2.0;
    let Ok(image) = HtmlImageElement::new() else { return };
    let (name, loaded) = (name.to_owned(), image.clone());
    let draw = move || -> Option<()> {
        let canvas: HtmlCanvasElement =
            document()?.create_element("canvas").ok()?.dyn_into().ok()?;
        canvas.set_width((width * SCALE) as u32);
        canvas.set_height((height * SCALE) as u32);
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let size = (f64::from(canvas.width()), f64::from(canvas.height()));
        context
            .draw_image_with_html_image_element_and_dw_and_dh(&loaded, 0.0, 0.0, size.0, size.1)
            .ok()?;
        let name = name.clone();
        let give = Closure::once_into_js(move |blob: JsValue| {
            blob.dyn_into::<Blob>().ok().and_then(|blob| hand_over(&name, &blob));
        });
        canvas.to_blob(give.unchecked_ref()).ok()
    };
    let on_load = Closure::once_into_js(move || {
        // A picture that cannot be drawn is not handed over; the SVG is there beside it.
        let _ = draw();
    });
    image.set_onload(Some(on_load.unchecked_ref()));
    let encoded: String = encode_uri_component(svg).into();
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{encoded}"));
}

/// Reads the file that was chosen in `input`, and lets the same one be chosen again. One that is too
/// large is none.
pub fn picked_file(input: &HtmlInputElement, on_bytes: impl FnOnce(Option<Vec<u8>>) + 'static) {
    if let Some(file) = input.files().and_then(|files| files.get(0)) {
        read(&file, on_bytes);
    }
    input.set_value("");
}

/// The largest file that is read, in bytes: nothing that can be shown is nearly as large.
const LARGEST: f64 = 64e6;

fn read(file: &File, on_bytes: impl FnOnce(Option<Vec<u8>>) + 'static) {
    if file.size() > LARGEST {
        return on_bytes(None);
    }
    let bytes = file.array_buffer();
    spawn_local(async move {
        let bytes = JsFuture::from(bytes).await.ok();
        own_turn();
        on_bytes(bytes.map(|bytes| Uint8Array::new(&bytes).to_vec()));
    });
}

/// Calls `on_bytes` with what is in a file that is dropped on the page; none where it is too large, or
/// where there are several.
pub fn on_drop(on_bytes: impl Fn(Option<Vec<u8>>) + Clone + 'static) -> Subscription {
    let Some(document) = document() else { return Subscription::nothing() };
    let options = EventListenerOptions::enable_prevent_default();
    let has_file = |event: &DragEvent| {
        event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
    };
    let over = EventListener::new_with_options(&document, "dragover", options, move |event| {
        if event.dyn_ref::<DragEvent>().is_some_and(has_file) {
            event.prevent_default();
        }
    });
    let drop = EventListener::new_with_options(&document, "drop", options, move |event| {
        let Some(event) = event.dyn_ref::<DragEvent>().filter(|event| has_file(event)) else {
            return;
        };
        event.prevent_default();
        // What is said of the file must not stand behind a dialogue.
        super::page::close_dialogues();
        let files = event.data_transfer().and_then(|data| data.files());
        match files.filter(|files| files.length() == 1).and_then(|files| files.get(0)) {
            Some(file) => read(&file, on_bytes.clone()),
            None => on_bytes(None),
        }
    });
    Subscription::of(Listener::Several(vec![over, drop]))
}
