//! The page in a real browser, headless: `wasm-pack test --headless --chrome`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use unrolled::{
    figure::{Lane, Layout, Palette, Theme, lane::largest},
    lesson::Progress,
    page::{Opened, Page},
    rnn::{Experiment, Parameter, Step, Trace},
    text::Language,
    ui::{App, AppProps, device},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, Event, HtmlCanvasElement, HtmlElement, HtmlTextAreaElement};

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

fn first_experiment() -> Experiment {
    Language::English.first_experiment().unwrap()
}

/// Mounts the page in an element of its own and waits until it stands.
async fn mounted() -> Element {
    let root = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&root).unwrap();
    let page = Page::new(device(), Progress::default(), &Opened::default()).unwrap();
    let props = AppProps { page };
    yew::Renderer::<App>::with_root_and_props(root.clone(), props).render();
    yew::scheduler::flush().await;
    root
}

fn find<T: JsCast>(root: &Element, selector: &str) -> T {
    root.query_selector(selector).unwrap().unwrap().dyn_into().unwrap()
}

async fn press(root: &Element, name: &str) {
    find::<HtmlElement>(root, &format!("button[aria-label='{name}']")).click();
    yew::scheduler::flush().await;
}

fn moment(root: &Element) -> String {
    find::<Element>(root, "main").get_attribute("data-moment").unwrap()
}

#[wasm_bindgen_test]
async fn the_buttons_walk_along_the_timeline() {
    let root = mounted().await;
    assert_eq!(moment(&root), "backward:1");
    press(&root, "Go to start").await;
    assert_eq!(moment(&root), "forward:1");
    for expected in ["forward:2", "forward:3"] {
        press(&root, "Step forward").await;
        assert_eq!(moment(&root), expected);
    }
    press(&root, "Step back").await;
    assert_eq!(moment(&root), "forward:2");
    press(&root, "Go to end").await;
    assert_eq!(moment(&root), "update");
    root.remove();
}

#[wasm_bindgen_test]
async fn what_is_typed_is_run_and_what_cannot_be_is_answered() {
    let root = mounted().await;
    let input: HtmlTextAreaElement = find(&root, ".sequence textarea");
    let type_text = async |text: &str| {
        input.set_value(text);
        let options = web_sys::EventInit::new();
        options.set_bubbles(true);
        let event = Event::new_with_event_init_dict("input", &options).unwrap();
        input.dispatch_event(&event).unwrap();
        yew::scheduler::flush().await;
    };
    let tokens = || root.query_selector_all(".Tokens bdi").unwrap().length();
    let problem: HtmlElement = find(&root, ".problem");
    type_text("one two three").await;
    assert_eq!(tokens(), 3);
    assert!(problem.hidden());
    type_text("").await;
    assert_eq!(tokens(), 3, "the last good run stays");
    assert!(!problem.hidden());
    assert_eq!(input.value(), "");
    type_text("four five").await;
    assert_eq!(tokens(), 2);
    assert!(problem.hidden());
    root.remove();
}

#[wasm_bindgen_test]
async fn the_heat_map_on_the_canvas_is_that_of_the_trace() {
    let root = mounted().await;
    press(&root, "Go to end").await;
    let canvas: HtmlCanvasElement = find(&root, "[data-lane='hidden-error'] canvas");
    let context: web_sys::CanvasRenderingContext2d =
        canvas.get_context("2d").unwrap().unwrap().dyn_into().unwrap();
    let trace = Trace::of(first_experiment());
    let cells = 4;
    // The layout that the page chose, read back from the width that it gave the canvas.
    let ratio = web_sys::window().unwrap().device_pixel_ratio();
    let width = f64::from(canvas.width()) / ratio;
    let layout = (1..4000)
        .map(|available| Layout::of(&trace.experiment, Parameter::W1h, f64::from(available)))
        .find(|layout| (layout.axis.width() - width).abs() < 0.51)
        .unwrap();
    let values = &trace.backward.d_hidden;
    let range = largest(values.iter().copied());
    let dark = document().document_element().unwrap().get_attribute("data-theme").as_deref()
        == Some("dark");
    let palette = Palette::of(if dark { Theme::Dark } else { Theme::Light });
    for step in Step::all(trace.steps()) {
        for cell in 0..cells {
            let (x, y) = layout.block(Lane::HiddenError, step).rect_of(cell, 0).center();
            let image = context.get_image_data(x * ratio, y * ratio, 1.0, 1.0).unwrap();
            let colour = palette.colour(values[[step.index(), cell]], range);
            let expected = [colour.0, colour.1, colour.2, 255];
            assert_eq!(image.data().to_vec(), expected, "{step:?} cell {cell}");
        }
    }
    root.remove();
}
