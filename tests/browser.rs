//! The page in a real browser, headless: `wasm-pack test --headless --chrome`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use plotters::prelude::IntoDrawingArea;
use std::ops::Deref;
use unrolled::{
    browser::Surface,
    export::picture,
    figure::{Colours, Columns, Lane, Layout, Palette, Ranges, Scene, Theme, brush::Brush},
    lesson::Progress,
    page::{Opened, Page},
    rnn::{Cell, Experiment, Parameter, Step, Trace, Variable, number, work},
    session::{Cursor, Derived, Scale, Spot, Stage, Timeline},
    text::Language,
    ui::{App, AppProps, device},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    CanvasRenderingContext2d, Document, Element, Event, HtmlCanvasElement, HtmlElement,
    HtmlImageElement, HtmlTextAreaElement,
};
use yew::AppHandle;

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

fn first_experiment() -> Experiment {
    Language::default().first_experiment().unwrap()
}

/// Mounts the page in an element of its own and waits until it stands.
async fn mounted() -> Mounted {
    mounted_at("").await
}

/// The same, opened at an address.
async fn mounted_at(address: &str) -> Mounted {
    let root = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&root).unwrap();
    let page = Page::new(device(), Progress::default(), &Opened::with(address)).unwrap();
    let props = AppProps { page };
    let app = yew::Renderer::<App>::with_root_and_props(root.clone(), props).render();
    yew::scheduler::flush().await;
    Mounted { root, app }
}

/// A page in an element of its own.
struct Mounted {
    root: Element,
    app: AppHandle<App>,
}

impl Deref for Mounted {
    type Target = Element;

    fn deref(&self) -> &Element {
        &self.root
    }
}

impl Mounted {
    /// Ends it, so that it computes nothing while the next test counts.
    fn remove(self) {
        self.app.destroy();
        self.root.remove();
    }
}

fn find<T: JsCast>(root: &Element, selector: &str) -> T {
    root.query_selector(selector).unwrap().unwrap().dyn_into().unwrap()
}

async fn press(root: &Element, name: &str) {
    find::<HtmlElement>(root, &format!("button[aria-label='{name}']")).click();
    yew::scheduler::flush().await;
}

fn stage(root: &Element) -> String {
    find::<Element>(root, "main").get_attribute("data-moment").unwrap()
}

/// JavaScript reads them here, and Rust elsewhere.
#[wasm_bindgen_test]
fn a_number_has_the_same_bits_as_everywhere() {
    for text in [
        "0.1",
        "-0",
        ".5",
        "1.",
        "+1",
        "00.5",
        "1E-5",
        "9007199254740993",
        "0.500000000000000166533453693773481063544750213623046875",
        "179769313486231580793728971405301199e273",
        "1.7976931348623159e308",
        "1e999",
        "5e-324",
        "2.4703282292062328e-324",
        "2.2250738585072011e-308",
        "",
        ".",
        "-",
        "e5",
        "1e",
        "1e+",
        "--1",
        "1-1",
        "1.2.3",
    ] {
        let here = number(text).map(f64::to_bits);
        assert_eq!(here, text.parse::<f64>().ok().map(f64::to_bits), "{text}");
    }
}

#[wasm_bindgen_test]
async fn the_buttons_walk_along_the_timeline() {
    let root = mounted().await;
    assert_eq!(stage(&root), "backward:1");
    press(&root, "Go to start").await;
    assert_eq!(stage(&root), "forward:1");
    for expected in ["forward:2", "forward:3"] {
        press(&root, "Step forward").await;
        assert_eq!(stage(&root), expected);
    }
    press(&root, "Step back").await;
    assert_eq!(stage(&root), "forward:2");
    press(&root, "Go to end").await;
    assert_eq!(stage(&root), "update");
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
    let context = context_of(&canvas);
    let trace = Trace::of(first_experiment());
    let units = 4;
    // The layout that the page chose, read back from the width that it gave the canvas.
    let ratio = web_sys::window().unwrap().device_pixel_ratio();
    let width = f64::from(canvas.width()) / ratio;
    let layout = (1..4000)
        .map(|available| Layout::of(trace.experiment(), Parameter::W1H, f64::from(available)))
        .find(|layout| (layout.axis.width() - width).abs() < 0.51)
        .unwrap();
    let ranges = Ranges::of(&trace);
    let dark = document().document_element().unwrap().get_attribute("data-theme").as_deref()
        == Some("dark");
    let palette = Palette::of(if dark { Theme::Dark } else { Theme::Light });
    let colours =
        Colours { trace: &trace, ranges: &ranges, palette: &palette, scale: Scale::Linear };
    for step in Step::all(trace.steps()) {
        for unit in 0..units {
            let (x, y) = layout.block(Lane::Error(Variable::State), step).rect_of(unit, 0).center();
            let image = context.get_image_data(x * ratio, y * ratio, 1.0, 1.0).unwrap();
            let colour = colours.of(Spot::Error { of: Variable::State, step, unit });
            let expected = [colour.0, colour.1, colour.2, 255];
            assert_eq!(image.data().to_vec(), expected, "{step:?} unit {unit}");
        }
    }
    root.remove();
}

fn new_canvas() -> HtmlCanvasElement {
    document().create_element("canvas").unwrap().dyn_into().unwrap()
}

fn context_of(canvas: &HtmlCanvasElement) -> CanvasRenderingContext2d {
    canvas.get_context("2d").unwrap().unwrap().dyn_into().unwrap()
}

/// Red, green, blue and opacity of every pixel, row by row.
struct Pixels {
    width: usize,
    data: Vec<u8>,
}

impl Pixels {
    fn of(canvas: &HtmlCanvasElement) -> Self {
        let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
        let image = context_of(canvas).get_image_data(0.0, 0.0, width, height).unwrap();
        Self { width: width as usize, data: image.data().to_vec() }
    }

    fn at(&self, (x, y): (usize, usize)) -> [u8; 4] {
        let start = (y * self.width + x) * 4;
        self.data[start..start + 4].try_into().unwrap()
    }

    /// The colour at a place that lies inside of a surface, away from edges and from letters.
    fn inside(&self, (x, y): (usize, usize)) -> Option<[u8; 4]> {
        let pixel = self.at((x, y));
        let near = (y - 1..=y + 1).flat_map(|y| (x - 1..=x + 1).map(move |x| (x, y)));
        near.map(|place| self.at(place)).all(|other| other == pixel).then_some(pixel)
    }
}

/// A picture that is taken along, painted.
async fn painted(svg: &str, (width, height): (f64, f64), ratio: f64) -> Pixels {
    let image = HtmlImageElement::new().unwrap();
    let encoded: String = js_sys::encode_uri_component(svg).into();
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{encoded}"));
    JsFuture::from(image.decode()).await.map_err(|error: JsValue| error).unwrap();
    let canvas = new_canvas();
    canvas.set_width((width * ratio) as u32);
    canvas.set_height((height * ratio) as u32);
    let context = context_of(&canvas);
    context
        .draw_image_with_html_image_element_and_dw_and_dh(
            &image,
            0.0,
            0.0,
            width * ratio,
            height * ratio,
        )
        .unwrap();
    Pixels::of(&canvas)
}

/// At rest and in the middle of every kind of motion, at one pixel to a CSS pixel and at two.
#[wasm_bindgen_test]
async fn what_is_on_a_canvas_is_what_is_taken_along() {
    let trace = Trace::of(first_experiment());
    let (ranges, words) = (Ranges::of(&trace), Language::default().words());
    let layout = Layout::of(trace.experiment(), Parameter::W1H, 760.0);
    let position = |stage| Timeline::of(trace.steps()).position(stage);
    let third = Step::from_index(2);
    let backward = position(Stage::Backward(third));
    for (lane, position, progress) in [
        (Lane::Value(Variable::State), position(Stage::Forward(third)), 0.45),
        (Lane::Value(Variable::State), position(Stage::Update), 1.0),
        (Lane::Error(Variable::Z1), backward, 0.8),
        (Lane::Error(Variable::State), backward, 0.75),
        (Lane::Norm(Variable::State), backward, 0.75),
        (Lane::Contribution, backward, 0.6),
        (Lane::Contribution, backward, 0.72),
        (Lane::Contribution, backward, 0.9),
    ] {
        for (theme, scale, ratio) in
            [(Theme::Light, Scale::Linear, 1.0), (Theme::Dark, Scale::Logarithmic, 2.0)]
        {
            let palette = Palette::of(theme);
            let cursor = Cursor { position, progress };
            let scene = Scene {
                trace: &trace,
                ranges: &ranges,
                cursor,
                layout,
                palette: &palette,
                scale,
                part: Columns::WHOLE,
            };
            let (svg, size) = picture::svg(scene, lane, words);
            let picture = painted(&svg, size, ratio).await;
            let canvas = new_canvas();
            let (width, height) = (layout.axis.width(), layout.height(lane));
            let (surface, drawn) =
                Surface::new(canvas.clone(), (width, height), ratio, None).unwrap();
            let area = surface.into_drawing_area();
            scene.draw(lane, &Brush::new(&area, drawn)).unwrap();
            area.present().unwrap();
            let shown = Pixels::of(&canvas);
            let ground = palette.colour(0.0, 1.0);
            let ground = [ground.0, ground.1, ground.2];
            // The head of a picture, and what is around it.
            let (left, top) = ((16.0 * ratio) as usize, (68.0 * ratio) as usize);
            let mut compared = 0;
            for y in 1..canvas.height() as usize - 1 {
                for x in 1..canvas.width() as usize - 1 {
                    let Some([red, green, blue, opacity]) = shown.inside((x, y)) else { continue };
                    let Some(expected) = picture.inside((x + left, y + top)) else { continue };
                    let share = f64::from(opacity) / 255.0;
                    for (found, below, expected) in
                        [(red, ground[0], 0), (green, ground[1], 1), (blue, ground[2], 2)]
                            .map(|(found, below, at)| (found, below, expected[at]))
                    {
                        let seen = f64::from(found) * share + f64::from(below) * (1.0 - share);
                        let off = (seen - f64::from(expected)).abs();
                        assert!(
                            off <= 2.0,
                            "{lane:?} at {progress}, {x}, {y}: {seen} and not {expected}"
                        );
                    }
                    compared += usize::from(opacity > 0);
                }
            }
            assert!(compared > 500, "{lane:?} at {progress}: {compared} pixels");
        }
    }
}

/// Waits for the next animation frame.
async fn frame() {
    let next = js_sys::Promise::new(&mut |resolve, _| {
        web_sys::window().unwrap().request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(next).await.unwrap();
    yew::scheduler::flush().await;
}

/// Moves a pointer over the middle of a picture, a little to the right of where it was.
fn point(element: &Element, x: f64, y: f64) {
    let rect = element.get_bounding_client_rect();
    let options = web_sys::PointerEventInit::new();
    options.set_bubbles(true);
    options.set_client_x((rect.left() + x) as i32);
    options.set_client_y((rect.top() + y) as i32);
    let event = web_sys::PointerEvent::new_with_event_init_dict("pointermove", &options).unwrap();
    element.dispatch_event(&event).unwrap();
}

#[wasm_bindgen_test]
async fn nothing_is_computed_because_it_is_drawn() {
    let address = "text=one+two+three+four&task=next-token&window=2&cells=5";
    for view in ["score", "chain", "laboratory"] {
        let root = mounted_at(&format!("{address}&view={view}")).await;
        press(&root, "Go to start").await;
        press(&root, "Play").await;
        // A stage may compute what it needs once. Yew lays its work over more than one frame, so what
        // counts are the frames after the first few.
        let (mut last, mut done, mut since, mut frames) = (stage(&root), work::done(), 0, 0);
        while frames < 40 {
            frame().await;
            let (now, computed) = (stage(&root), work::done());
            since = if now == last { since + 1 } else { 0 };
            if since > 5 {
                assert_eq!(computed, done, "{view}, {now}: a frame computed something");
                frames += 1;
            }
            (last, done) = (now, computed);
        }
        press(&root, "Pause").await;
        root.remove();
    }
}

#[wasm_bindgen_test]
async fn a_number_that_is_pointed_at_is_derived_once() {
    let root = mounted_at("text=one+two+three+four&task=next-token&window=2&cells=5").await;
    press(&root, "Go to end").await;
    let tiles: Element = find(&root, "[data-lane='hidden-error'] .tiles");
    let middle = tiles.get_bounding_client_rect().height() / 10.0;
    let mut spent = Vec::new();
    for x in [20.0, 21.0, 22.0, 20.0] {
        let before = work::done();
        point(&tiles, x, middle);
        yew::scheduler::flush().await;
        frame().await;
        spent.push(work::done() - before);
    }
    // Its arithmetic, that of what stands inside of it, and one sweep for what truncation cuts.
    assert!((1..=4).contains(&spent[0]), "{spent:?}");
    assert_eq!(spent[1..], [0, 0, 0]);
    root.remove();
}

/// In this build Yew stops the page where siblings have the same key, so that whatever renders is checked.
#[wasm_bindgen_test]
async fn every_cell_and_task_renders_in_every_view_and_direction() {
    // Each cell in each view; the tasks take turns, so that each is with each view and several cells.
    let tasks = ["task=binary", "task=next-token", "task=values&targets=0.5+-+1"];
    for (index, cell) in Cell::ALL.into_iter().enumerate() {
        for (at, view) in ["score", "chain", "laboratory"].into_iter().enumerate() {
            let task = tasks[(index + at) % tasks.len()];
            let address = format!("text=one+two+two&cell={}&{task}&view={view}", cell.name());
            let root = mounted_at(&address).await;
            for button in ["Go to start", "Go to end", "Step back"] {
                press(&root, button).await;
            }
            for direction in
                0..root.query_selector_all(".Opened .directions button").unwrap().length()
            {
                let buttons = root.query_selector_all(".Opened .directions button").unwrap();
                buttons.item(direction).unwrap().unchecked_into::<HtmlElement>().click();
                yew::scheduler::flush().await;
                let numbers = root.query_selector_all(".Opened .number").unwrap().length();
                assert!(numbers >= 3, "{address}: {numbers} numbers in the opened cell");
            }
            assert!(root.query_selector(".problem:not([hidden])").unwrap().is_none(), "{address}");
            root.remove();
        }
    }
}
