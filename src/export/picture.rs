//! A figure as a picture of its own, with its title, its tokens and its numbers.

use crate::{
    figure::{
        ChainLane, ChainScene, Lane, Layout, MOST_TOLD_APART, Palette, Scene, StateShown, Trails,
        UpdateLane, Updates, brush::Brush,
    },
    rnn::{Step, Trace},
    text::{Words, plain},
};
use plotters::{
    drawing::IntoDrawingArea,
    style::{Color, RGBColor},
};
use plotters_svg::SVGBackend;
use std::fmt::Write;

/// The room around the picture.
const MARGIN: f64 = 16.0;
/// How far from the right edge the names of curves have their middle.
const LEGEND: f64 = 70.0;
/// The room for the title and the tokens above it.
const HEAD: f64 = 52.0;
/// How many pixels the shapes are drawn with to a CSS pixel, so that they may be enlarged.
const FINE: f64 = 4.0;

/// A lane of the score as an SVG file, and its width and height in CSS pixels.
pub fn svg(scene: Scene<'_>, lane: Lane, words: &Words) -> (String, (f64, f64)) {
    let Scene { trace, layout, palette, .. } = scene;
    let (width, height) = (layout.axis.width(), layout.height(lane));
    let shapes = shapes((width, height), |brush| {
        // Drawing into a string does not fail.
        let _ = scene.draw(lane, brush);
    });
    let title = words.lane(lane, layout.cell, layout.parameter).name;
    let (mut svg, size) = begun((width, height), &title, palette);
    tokens(&mut svg, trace, layout);
    svg.push_str(&shapes);
    if scene.has_numbers(lane) {
        for step in Step::all(trace.steps()) {
            let shown = scene.shown(lane, step);
            if shown == StateShown::Nothing {
                continue;
            }
            for number in scene.inscriptions(lane, step, shown == StateShown::Sum) {
                let fill = match number.light {
                    Some(true) => "#ffffff".to_owned(),
                    Some(false) => "#000000".to_owned(),
                    None => code(palette.ink),
                };
                let (x, y) = number.at;
                let _ = write!(
                    svg,
                    "<text x=\"{x}\" y=\"{y}\" font-size=\"11.5\" dominant-baseline=\"central\" fill=\"{fill}\">{}</text>",
                    number.text
                );
            }
        }
    }
    svg.push_str("</g></svg>\n");
    (svg, size)
}

/// A part of the Jacobians as an SVG file, and its width and height in CSS pixels.
pub fn chain_svg(scene: ChainScene<'_>, lane: ChainLane, words: &Words) -> (String, (f64, f64)) {
    let ChainScene { trace, layout, palette, .. } = scene;
    let (width, height) = (layout.axis.width(), scene.height(lane));
    let shapes = shapes((width, height), |brush| {
        // Drawing into a string does not fail.
        let _ = scene.draw(lane, brush);
    });
    let cell = trace.experiment().cell();
    let (mut svg, size) = begun((width, height), &words.chain_lane(lane, cell).name, palette);
    tokens(&mut svg, trace, layout);
    svg.push_str(&shapes);
    let mut label = |(x, y): (f64, f64), fill: RGBColor, text: &str| {
        // Writing into a string does not fail.
        let _ = write!(
            svg,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"11.5\" dominant-baseline=\"central\" fill=\"{}\">{}</text>",
            code(fill),
            escaped(text)
        );
    };
    for (at, text) in scene.inscriptions(lane) {
        label(at, palette.ink, &text);
    }
    if lane == ChainLane::Norm {
        // The names of the curves, below one another beside them.
        for (curve, nth) in scene.chain.kinds().zip(0_u32..) {
            let at = (width - LEGEND, 20.0 + 18.0 * f64::from(nth));
            let name = plain(&words.chain_curve(curve, scene.chain, cell));
            label(at, curve.colour(palette), &name);
        }
    }
    svg.push_str("</g></svg>\n");
    (svg, size)
}

/// Writes the tokens over their columns, where there is room.
fn tokens(svg: &mut String, trace: &Trace, layout: Layout) {
    if !layout.axis.has_numbers() {
        return;
    }
    for (step, token) in Step::all(trace.steps()).zip(trace.experiment().sequence().tokens()) {
        let x = layout.axis.left(step) + layout.axis.column() / 2.0;
        let token = escaped(token);
        // Writing into a string does not fail.
        let _ = write!(svg, "<text x=\"{x}\" y=\"-8\" font-weight=\"600\">{token}</text>");
    }
}

/// A lane of a training as an SVG file, and its width and height in CSS pixels.
pub fn updates_svg(
    updates: &Updates<'_>,
    lane: UpdateLane,
    title: &str,
    palette: &Palette,
    words: &Words,
) -> (String, (f64, f64)) {
    /// The room for the names of the lines.
    const NAMES: f64 = 150.0;
    let (width, height) = (updates.width(), updates.height(lane));
    let shapes = shapes((width, height), |brush| {
        // Drawing into a string does not fail.
        let _ = updates.draw(lane, brush, palette);
    });
    let (mut svg, size) = begun((width + NAMES, height), title, palette);
    svg.push_str(&shapes);
    for (y, mark) in updates.labels(lane) {
        let name = escaped(&words.mark(mark));
        // Writing into a string does not fail.
        let _ = write!(
            svg,
            "<text x=\"{}\" y=\"{y}\" text-anchor=\"start\" dominant-baseline=\"central\">{name}</text>",
            width + 8.0
        );
    }
    svg.push_str("</g></svg>\n");
    (svg, size)
}

/// A comparison of trainings as an SVG file, with the names of its curves beside them where they have a look of
/// their own.
pub fn trails_svg(
    trails: &Trails,
    names: &[String],
    title: &str,
    palette: &Palette,
    (width, height): (f64, f64),
) -> (String, (f64, f64)) {
    /// The room for the names.
    const NAMES: f64 = 190.0;
    let shapes = shapes((width, height), |brush| {
        // Drawing into a string does not fail.
        let _ = trails.draw(brush, palette, (width, height));
    });
    let (mut svg, size) = begun((width + NAMES, height), title, palette);
    svg.push_str(&shapes);
    for (at, name) in names.iter().enumerate().filter(|_| names.len() <= MOST_TOLD_APART) {
        // Writing into a string does not fail.
        let _ = write!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"start\" fill=\"{}\">{}</text>",
            width + 8.0,
            16.0 + 18.0 * at as f64,
            code(trails.colour(at, palette)),
            escaped(name)
        );
    }
    svg.push_str("</g></svg>\n");
    (svg, size)
}

/// What `draw` draws in a picture of `size`, as a picture inside of another.
fn shapes((width, height): (f64, f64), draw: impl FnOnce(&Brush<'_, SVGBackend<'_>>)) -> String {
    let mut shapes = String::new();
    {
        let pixels = ((width * FINE) as u32, (height * FINE) as u32);
        let area = SVGBackend::with_string(&mut shapes, pixels).into_drawing_area();
        draw(&Brush::fine(&area, FINE));
        // Drawing into a string does not fail.
        let _ = area.present();
    }
    // The shapes come as a whole picture; inside of ours it is one among others.
    let shapes = shapes.find("<svg").map_or("", |at| &shapes[at..]);
    let nested = format!(
        "<svg x=\"0\" y=\"0\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\">",
        width * FINE,
        height * FINE
    );
    shapes.split_once('>').map_or(String::new(), |(_, rest)| format!("{nested}{rest}"))
}

/// The begin of a picture with room for one of this size below its title, and how large it is in all.
fn begun((width, height): (f64, f64), title: &str, palette: &Palette) -> (String, (f64, f64)) {
    let size = (width + 2.0 * MARGIN, height + HEAD + 2.0 * MARGIN);
    let ground = palette.colour(0.0, 1.0);
    let title = escaped(&plain(title));
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {0} {1}\" \
         font-family=\"sans-serif\" font-size=\"12\" text-anchor=\"middle\" fill=\"{}\">\
         <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\
         <text x=\"{MARGIN}\" y=\"{}\" text-anchor=\"start\" font-size=\"15\" font-weight=\"600\">{title}</text>\
         <g transform=\"translate({MARGIN} {})\">",
        size.0,
        size.1,
        code(palette.ink),
        code(ground),
        MARGIN + 14.0,
        MARGIN + HEAD,
    );
    (svg, size)
}

fn code(colour: RGBColor) -> String {
    let (red, green, blue) = colour.to_rgba().rgb();
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        figure::{Columns, Layout, Palette, Ranges, Theme},
        rnn::{Cell, Experiment, Parameter, Trace, Variable},
        session::{Cursor, Derived, Scale, Timeline},
        text::Language,
    };

    #[test]
    fn a_picture_has_its_title_its_tokens_and_its_numbers() {
        let mut settings = Language::default().first_experiment().unwrap().settings().clone();
        settings.text = "a <b> c".to_owned();
        let trace = Trace::of(Experiment::new(settings).unwrap());
        let words = Language::default().words();
        let palette = Palette::of(Theme::Light);
        let layout = Layout::of(trace.experiment(), Parameter::W1H, 700.0);
        let end = Cursor::at(Timeline::of(3).last());
        let (ranges, scale) = (Ranges::of(&trace), Scale::Linear);
        let scene = Scene {
            trace: &trace,
            ranges: &ranges,
            cursor: end,
            layout,
            palette: &palette,
            scale,
            part: Columns::WHOLE,
        };
        for lane in layout.lanes() {
            let (svg, (width, _)) = svg(scene, lane, words);
            assert_eq!(svg.matches("<svg").count(), 2);
            assert_eq!(svg.matches("</svg>").count(), 2);
            assert!(svg.contains("&lt;b&gt;") && !svg.contains("<b>"));
            assert!(
                svg.contains(&escaped(&plain(&words.lane(lane, Cell::Tanh, Parameter::W1H).name)))
            );
            assert!(width > 400.0);
        }
        let (hidden, _) = svg(scene, Lane::Value(Variable::State), words);
        let number = crate::figure::numbers::short(trace.states()[[2, 1]]);
        assert!(hidden.contains(&number), "{number}");
        let beginning = Scene { cursor: Cursor::beginning(0), ..scene };
        assert!(!svg(beginning, Lane::Value(Variable::State), words).0.contains(&number));
    }
}
