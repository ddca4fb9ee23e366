//! The pictures, drawn without a browser: what they show is what the trace says.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use plotters::prelude::IntoDrawingArea;
use plotters_svg::SVGBackend;
use unrolled::{
    figure::{Axis, Lane, Palette, Scene, Theme, brush::Brush, lane::largest},
    rnn::{Experiment, Settings, Step, Trace},
    session::{Cursor, Moment, Timeline},
    text::Language,
};

fn trace() -> Trace {
    Trace::of(Language::English.first_experiment().unwrap())
}

fn draw(trace: &Trace, lane: Lane, cursor: Cursor) -> String {
    let axis = Axis::of(trace.steps(), 760.0);
    let cells = trace.experiment.weights().sizes().cells;
    let palette = Palette::of(Theme::Light);
    let mut svg = String::new();
    {
        let size = (axis.width() as u32, lane.height(axis, cells).ceil() as u32);
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        let scene = Scene { trace, cursor, axis, palette: &palette };
        scene.draw(lane, &Brush::new(&area, 1.0)).unwrap();
        area.present().unwrap();
    }
    svg
}

fn at(trace: &Trace, moment: Moment) -> Cursor {
    Cursor::at(Timeline::of(trace.steps()).position(moment))
}

/// The colour that a picture has at a point: that of the last rectangle drawn over it.
fn colour_at(svg: &str, (x, y): (f64, f64)) -> Option<String> {
    let number = |line: &str, name: &str| -> f64 {
        let rest = &line[line.find(&format!("{name}=\"")).unwrap() + name.len() + 2..];
        rest[..rest.find('"').unwrap()].parse().unwrap()
    };
    let holds = |line: &&str| {
        let (left, top) = (number(line, " x"), number(line, " y"));
        let (right, bottom) = (left + number(line, "width"), top + number(line, "height"));
        (left..right).contains(&x) && (top..bottom).contains(&y)
    };
    let mut rectangles = svg.lines().filter(|line| line.starts_with("<rect"));
    rectangles.rfind(holds).map(|line| {
        let rest = &line[line.find("fill=\"").unwrap() + 6..];
        rest[..rest.find('"').unwrap()].to_owned()
    })
}

fn hex(value: f64, range: f64) -> String {
    let plotters::style::RGBColor(red, green, blue) =
        Palette::of(Theme::Light).colour(value, range);
    format!("#{red:02X}{green:02X}{blue:02X}")
}

#[test]
fn every_cell_has_the_colour_of_its_number() {
    let trace = trace();
    let (axis, cells) = (Axis::of(trace.steps(), 760.0), 4);
    let end = at(&trace, Moment::Update);
    let hidden = draw(&trace, Lane::Hidden, end);
    let errors = draw(&trace, Lane::Error, end);
    let heat = draw(&trace, Lane::HiddenError, end);
    let (d_hidden, d_pre_activation) = (&trace.backward.d_hidden, &trace.backward.d_pre_activation);
    for step in Step::all(trace.steps()) {
        for cell in 0..cells {
            // Off the middle, where arrows end.
            let point = |lane: Lane| {
                let rect = lane.block(axis, cells, step).rect_of(cell, 0);
                (rect.x + 3.0, rect.y + 3.0)
            };
            let state = trace.forward.hidden_after(step)[cell];
            assert_eq!(colour_at(&hidden, point(Lane::Hidden)), Some(hex(state, 1.0)));
            for (svg, lane, values) in
                [(&errors, Lane::Error, d_pre_activation), (&heat, Lane::HiddenError, d_hidden)]
            {
                let range = largest(values.iter().copied());
                let value = values[[step.index(), cell]];
                assert_eq!(
                    colour_at(svg, point(lane)),
                    Some(hex(value, range)),
                    "{lane:?} {step:?}"
                );
            }
        }
    }
}

#[test]
fn the_sum_grows_by_each_contribution_and_ends_as_the_gradient() {
    let trace = trace();
    let (axis, cells) = (Axis::of(trace.steps(), 760.0), 4);
    let range = unrolled::figure::lane::contribution_range(&trace);
    let mut sum = ndarray::Array2::<f64>::zeros((cells, cells));
    for step in Step::all(trace.steps()).rev() {
        let contribution = trace.contribution(step).w1h;
        sum += &contribution;
        let svg = draw(&trace, Lane::Contribution, at(&trace, Moment::Backward(step)));
        let block = Lane::Contribution.block(axis, cells, step);
        let total = Lane::Contribution.total_block(axis, cells);
        for ((row, column), &value) in contribution.indexed_iter() {
            let cell = block.rect_of(row, column).center();
            assert_eq!(
                colour_at(&svg, cell),
                Some(hex(value, range)),
                "{step:?} [{row}, {column}]"
            );
            let cell = total.rect_of(row, column).center();
            assert_eq!(
                colour_at(&svg, cell),
                Some(hex(sum[[row, column]], range)),
                "sum at {step:?}"
            );
        }
    }
    let gradient = &trace.backward.gradient.w1h;
    assert!((&sum - gradient).iter().all(|difference| difference.abs() < 1e-12));
}

#[test]
fn what_is_not_computed_yet_has_no_colour() {
    let trace = trace();
    let axis = Axis::of(trace.steps(), 760.0);
    let third = at(&trace, Moment::Backward(Step::from_index(2)));
    for lane in [Lane::Error, Lane::HiddenError, Lane::Contribution] {
        let svg = draw(&trace, lane, third);
        let center = |index| lane.block(axis, 4, Step::from_index(index)).rect_of(0, 0).center();
        assert_eq!(colour_at(&svg, center(1)), None, "{lane:?}");
        assert_ne!(colour_at(&svg, center(2)), None, "{lane:?}");
        let arriving = draw(&trace, lane, Cursor { progress: 0.5, ..third });
        assert_eq!(colour_at(&arriving, center(2)), None, "{lane:?}");
    }
    let svg = draw(&trace, Lane::Hidden, at(&trace, Moment::Forward(Step::FIRST)));
    let center = Lane::Hidden.block(axis, 4, Step::from_index(1)).rect_of(0, 0).center();
    assert_eq!(colour_at(&svg, center), None);
}

#[test]
fn a_lane_stands_still_outside_of_its_time() {
    let trace = trace();
    let timeline = Timeline::of(trace.steps());
    for lane in Lane::ALL {
        for position in 0..timeline.count() {
            let cursor = Cursor { position, progress: 0.6 };
            let local = lane.local(timeline, cursor);
            assert_eq!(draw(&trace, lane, cursor), draw(&trace, lane, local), "{lane:?}");
        }
    }
}

#[test]
fn infinite_and_undefined_numbers_are_drawn_and_marked() {
    let mut settings: Settings = trace().experiment.settings().clone();
    let mut weights = trace().experiment.weights().clone();
    // Nothing enters, so no cell saturates, and the error grows a millionfold at each step.
    weights.w1x.fill(0.0);
    weights.w1h.fill(0.0);
    weights.w1h.diag_mut().fill(1e6);
    settings.text = "a ".repeat(100);
    weights.w1x = ndarray::Array2::zeros((1, 4));
    settings.weights = Some(weights);
    let trace = Trace::of(Experiment::new(settings).unwrap());
    assert!(trace.backward.d_hidden.iter().any(|value| !value.is_finite()));
    let undefined = Palette::of(Theme::Light).undefined;
    let mark = format!("#{:02X}{:02X}{:02X}", undefined.0, undefined.1, undefined.2);
    for lane in Lane::ALL {
        let svg = draw(&trace, lane, at(&trace, Moment::Update));
        assert!(svg.ends_with("</svg>\n"), "{lane:?}");
        let marked = svg.contains(&mark);
        let holds_infinity = matches!(lane, Lane::Error | Lane::HiddenError | Lane::Contribution);
        assert_eq!(marked, holds_infinity, "{lane:?}");
    }
}
