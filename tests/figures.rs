//! The pictures, drawn without a browser: what they show is what the trace says.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use plotters::prelude::IntoDrawingArea;
use plotters_backend::{BackendColor, BackendCoord, DrawingBackend, DrawingErrorKind};
use plotters_svg::SVGBackend;
use proptest::prelude::*;
use std::convert::Infallible;
use unrolled::{
    figure::{
        Block, Columns, Lane, Layout, Palette, Ranges, Rect, Scene, Theme, brush::Brush, turn,
    },
    rnn::{
        Cell, Experiment, Parameter, Place, Settings, Step, StepUnit, Task, Trace, Variable,
        Weights,
    },
    session::{Cursor, Derived, Scale, Spot, Stage, Timeline},
    text::Language,
};

fn trace() -> Trace {
    Trace::of(Language::default().first_experiment().unwrap())
}

fn layout(trace: &Trace, parameter: Parameter) -> Layout {
    Layout::of(trace.experiment(), parameter, 760.0)
}

fn draw(trace: &Trace, lane: Lane, cursor: Cursor) -> String {
    draw_for(trace, Parameter::W1H, lane, cursor)
}

fn draw_for(trace: &Trace, parameter: Parameter, lane: Lane, cursor: Cursor) -> String {
    let layout = layout(trace, parameter);
    let palette = Palette::of(Theme::Light);
    let mut svg = String::new();
    {
        let size = (layout.axis.width() as u32, layout.height(lane).ceil() as u32);
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        let (ranges, scale) = (Ranges::of(trace), Scale::Linear);
        let scene = Scene {
            trace,
            ranges: &ranges,
            cursor,
            layout,
            palette: &palette,
            scale,
            part: Columns::WHOLE,
        };
        scene.draw(lane, &Brush::new(&area, 1.0)).unwrap();
        area.present().unwrap();
    }
    svg
}

fn at(trace: &Trace, stage: Stage) -> Cursor {
    Cursor::at(Timeline::of(trace.steps()).position(stage))
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

/// The largest finite size.
fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.map(f64::abs).filter(|size| size.is_finite()).fold(0.0, f64::max)
}

fn hex(value: f64, range: f64) -> String {
    let plotters::style::RGBColor(red, green, blue) =
        Palette::of(Theme::Light).colour(value, range);
    format!("#{red:02X}{green:02X}{blue:02X}")
}

#[test]
fn every_tile_has_the_colour_of_its_number() {
    let trace = trace();
    let (layout, units) = (layout(&trace, Parameter::W1H), 4);
    let end = at(&trace, Stage::Update);
    let hidden = draw(&trace, Lane::Value(Variable::State), end);
    let errors = draw(&trace, Lane::Error(Variable::Z1), end);
    let heat = draw(&trace, Lane::Error(Variable::State), end);
    let d_hidden = trace.state_errors();
    let d_pre_activation = trace.errors(Variable::Z1).unwrap();
    for step in Step::all(trace.steps()) {
        for unit in 0..units {
            // Off the middle, where arrows end.
            let point = |lane: Lane| {
                let rect = layout.block(lane, step).rect_of(unit, 0);
                (rect.x + 3.0, rect.y + 3.0)
            };
            let state = trace.state_after(step)[unit];
            assert_eq!(
                colour_at(&hidden, point(Lane::Value(Variable::State))),
                Some(hex(state, 1.0))
            );
            for (svg, lane, values) in [
                (&errors, Lane::Error(Variable::Z1), d_pre_activation),
                (&heat, Lane::Error(Variable::State), d_hidden),
            ] {
                let range = largest(values.iter().copied());
                let value = values[[step.index(), unit]];
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
    for parameter in Parameter::RECURRENT {
        let layout = layout(&trace, parameter);
        let place = Place { parameter, row: 0, column: 0 };
        let range = Ranges::of(&trace).range(Spot::Gradient(place));
        let terms = Step::all(trace.steps()).map(|step| trace.contribution(step));
        let numbers: Vec<f64> = (terms.chain([trace.gradient().clone()]))
            .flat_map(|weights| weights.matrix(parameter).iter().copied().collect::<Vec<_>>())
            .collect();
        assert!((range - largest(numbers.into_iter())).abs() <= 1e-15 * range);
        let mut sum = trace.gradient().matrix(parameter).to_owned() * 0.0;
        for step in Step::all(trace.steps()).rev() {
            let contribution = trace.contribution(step);
            let contribution = contribution.matrix(parameter);
            sum += &contribution;
            let stage = at(&trace, Stage::Backward(step));
            let svg = draw_for(&trace, parameter, Lane::Contribution, stage);
            let block = layout.block(Lane::Contribution, step);
            let total = layout.total_block();
            for ((row, column), &value) in contribution.indexed_iter() {
                let tile = block.rect_of(row, column).center();
                let place = format!("{parameter:?} {step:?} [{row}, {column}]");
                assert_eq!(colour_at(&svg, tile), Some(hex(value, range)), "{place}");
                let tile = total.rect_of(row, column).center();
                let expected = Some(hex(sum[[row, column]], range));
                assert_eq!(colour_at(&svg, tile), expected, "sum at {place}");
            }
        }
        let gradient = trace.gradient().matrix(parameter);
        assert!((&sum - &gradient).iter().all(|difference| difference.abs() < 1e-12));
    }
}

#[test]
fn a_contribution_is_on_its_way_before_the_sum_changes() {
    let trace = trace();
    let layout = layout(&trace, Parameter::W1H);
    let last = at(&trace, Stage::Backward(Step::from_index(trace.steps() - 1)));
    let leaving = draw(&trace, Lane::Contribution, Cursor { progress: 0.8, ..last });
    let total = layout.total_block();
    let corner = |svg: &str| colour_at(svg, (total.rect.right() - 2.0, total.rect.bottom() - 2.0));
    let early = draw(&trace, Lane::Contribution, Cursor { progress: 0.4, ..last });
    assert_eq!(corner(&leaving), corner(&early), "the sum is still empty");
    let (left, right) =
        (layout.block(Lane::Contribution, Step::from_index(trace.steps() - 1)), total);
    let between = f64::midpoint(left.rect.right(), right.rect.x);
    let moving = colour_at(&leaving, (between, total.rect.center().1 + 2.0));
    assert!(moving.is_some(), "the matrix is between its column and the sum");
    assert_ne!(corner(&draw(&trace, Lane::Contribution, last)), corner(&early));
}

#[test]
fn a_state_is_first_the_sum_and_then_squashed() {
    let trace = trace();
    let second = Step::from_index(1);
    let stage = at(&trace, Stage::Forward(second));
    let rect =
        layout(&trace, Parameter::W1H).block(Lane::Value(Variable::State), second).rect_of(0, 0);
    let colour = |progress: f64| {
        let svg = draw(&trace, Lane::Value(Variable::State), Cursor { progress, ..stage });
        colour_at(&svg, (rect.x + 3.0, rect.y + 3.0))
    };
    let sums = trace.values(Variable::Z1).unwrap();
    let range = largest(sums.iter().copied()).max(1.0);
    assert_eq!(colour(0.3), None);
    assert_eq!(colour(0.6), Some(hex(sums[[2, 0]], range)));
    assert_eq!(colour(1.0), Some(hex(sums[[2, 0]].tanh(), 1.0)));
}

#[test]
fn every_output_of_every_step_has_a_bar_as_long_as_its_probability() {
    let mut settings = trace().experiment().settings().clone();
    settings.task = Task::NextToken;
    let trace = Trace::of(Experiment::new(settings).unwrap());
    let layout = layout(&trace, Parameter::W1H);
    let svg = draw(&trace, Lane::Output, at(&trace, Stage::Update));
    let palette = Palette::of(Theme::Light);
    for step in Step::all(trace.steps()) {
        let row = trace.experiment().loss_row(step).unwrap();
        for (output, share) in trace.output().answers.row(row).iter().enumerate() {
            let tile = layout.block(Lane::Output, step).rect_of(output, 0);
            let target = trace.experiment().target(step) == output;
            let plotters::style::RGBColor(red, green, blue) =
                if target { palette.ink } else { palette.weak };
            let middle = tile.center().1;
            let inside = colour_at(&svg, (tile.x + tile.width * share - 1.5, middle));
            assert_eq!(
                inside,
                Some(format!("#{red:02X}{green:02X}{blue:02X}")),
                "{step:?} {output}"
            );
            assert_eq!(colour_at(&svg, (tile.x + tile.width * share + 1.5, middle)), None);
        }
    }
}

#[test]
fn every_step_has_a_bar_as_high_as_its_error_is_long() {
    let trace = trace();
    let layout = layout(&trace, Parameter::W1H);
    let svg = draw(&trace, Lane::Norm(Variable::State), at(&trace, Stage::Update));
    let plotters::style::RGBColor(red, green, blue) = Palette::of(Theme::Light).error;
    let error = Some(format!("#{red:02X}{green:02X}{blue:02X}"));
    let norms: Vec<f64> =
        (trace.state_errors().rows().into_iter()).map(|row| row.dot(&row).sqrt()).collect();
    let most = norms.iter().copied().fold(0.0, f64::max);
    for (step, norm) in Step::all(trace.steps()).zip(norms) {
        let full = layout.block(Lane::Norm(Variable::State), step).rect;
        let (middle, top) = (full.center().0, full.bottom() - full.height * norm / most);
        assert_eq!(colour_at(&svg, (middle, top + 1.5)), error, "{step:?}");
        assert_ne!(colour_at(&svg, (middle, top - 1.5)), error, "{step:?}");
    }
}

#[test]
fn what_is_not_computed_yet_has_no_colour() {
    let trace = trace();
    let layout = layout(&trace, Parameter::W1H);
    let third = at(&trace, Stage::Backward(Step::from_index(2)));
    for lane in [Lane::Error(Variable::Z1), Lane::Error(Variable::State), Lane::Contribution] {
        let svg = draw(&trace, lane, third);
        let center = |index| layout.block(lane, Step::from_index(index)).rect_of(0, 0).center();
        assert_eq!(colour_at(&svg, center(1)), None, "{lane:?}");
        assert_ne!(colour_at(&svg, center(2)), None, "{lane:?}");
        let arriving = draw(&trace, lane, Cursor { progress: 0.5, ..third });
        assert_eq!(colour_at(&arriving, center(2)), None, "{lane:?}");
    }
    let svg = draw(&trace, Lane::Value(Variable::State), at(&trace, Stage::Forward(Step::FIRST)));
    let center =
        layout.block(Lane::Value(Variable::State), Step::from_index(1)).rect_of(0, 0).center();
    assert_eq!(colour_at(&svg, center), None);
}

#[test]
fn a_lane_stands_still_outside_of_its_time() {
    let trace = trace();
    let timeline = Timeline::of(trace.steps());
    for lane in layout(&trace, Parameter::W1H).lanes() {
        let active = lane.active(timeline);
        for position in 0..timeline.count() {
            let cursor = Cursor { position, progress: 0.6 };
            let local = lane.local(timeline, cursor);
            assert_eq!(draw(&trace, lane, cursor), draw(&trace, lane, local), "{lane:?}");
            // Where nothing can change, time does not reach the lane at all.
            let still = if position < *active.start() {
                Cursor::beginning(*active.start())
            } else if position > *active.end() {
                Cursor::at(*active.end())
            } else {
                cursor
            };
            assert_eq!(local, still, "{lane:?} at {position}");
        }
        assert!(active.clone().count() < timeline.count(), "{lane:?} has a time of its own");
    }
}

#[test]
fn infinite_and_undefined_numbers_are_drawn_and_marked() {
    let mut settings: Settings = trace().experiment().settings().clone();
    let mut weights = trace().experiment().weights().clone();
    // Nothing enters, so no tile saturates, and the error grows a millionfold at each step.
    weights.matrix_mut(Parameter::W1X).fill(0.0);
    weights.matrix_mut(Parameter::W1H).fill(0.0);
    weights.matrix_mut(Parameter::W1H).diag_mut().fill(1e6);
    settings.text = "a ".repeat(100);
    let weights = Weights::from_tensors(weights.parameters().map(|parameter| {
        let matrix = weights.matrix(parameter).to_owned();
        let one_row = parameter == Parameter::W1X;
        (parameter, if one_row { ndarray::Array2::zeros((1, 4)) } else { matrix })
    }));
    settings.weights = Some(weights);
    let trace = Trace::of(Experiment::new(settings).unwrap());
    assert!(trace.state_errors().iter().any(|value| !value.is_finite()));
    // They set no range: what is finite beside them keeps its colour.
    assert_eq!(largest([1.0, f64::INFINITY, -3.0, f64::NAN, f64::NEG_INFINITY].into_iter()), 3.0);
    let place = Place { parameter: Parameter::W1H, row: 0, column: 0 };
    assert!(Ranges::of(&trace).range(Spot::Gradient(place)).is_finite());
    let undefined = Palette::of(Theme::Light).undefined;
    let mark = format!("#{:02X}{:02X}{:02X}", undefined.0, undefined.1, undefined.2);
    for lane in layout(&trace, Parameter::W1H).lanes() {
        let svg = draw(&trace, lane, at(&trace, Stage::Update));
        assert!(svg.ends_with("</svg>\n"), "{lane:?}");
        let marked = svg.contains(&mark);
        let holds_infinity = matches!(
            lane,
            Lane::Error(Variable::Z1 | Variable::State)
                | Lane::Norm(Variable::State)
                | Lane::Contribution
        );
        assert_eq!(marked, holds_infinity, "{lane:?}");
    }
}

#[test]
fn where_exactly_nothing_flows_there_is_no_arrow_and_no_bar() {
    let settings = trace().experiment().settings().clone();
    let mut weights = trace().experiment().weights().clone();
    weights.matrix_mut(Parameter::W1H).fill(0.0);
    let trace =
        Trace::of(Experiment::new(Settings { weights: Some(weights), ..settings }).unwrap());
    let end = at(&trace, Stage::Update);
    let arrows = draw(&trace, Lane::Error(Variable::Z1), end).matches("<polygon").count();
    assert_eq!(arrows, 1, "the error comes from the output to the last step, and no further");
    let layout = layout(&trace, Parameter::W1H);
    let norms = draw(&trace, Lane::Norm(Variable::State), end);
    for step in Step::all(trace.steps()) {
        let rect = layout.block(Lane::Norm(Variable::State), step).rect;
        let bar = colour_at(&norms, (rect.center().0, rect.bottom() - 0.5));
        assert_eq!(bar.is_some(), step.number() == trace.steps(), "{step:?}");
    }
}

#[test]
fn each_equation_of_a_step_has_its_turn_in_the_order_of_computation() {
    let settings = Language::default().first_experiment().unwrap().settings().clone();
    for cell in Cell::ALL {
        let settings = Settings { cell, weights: None, ..settings.clone() };
        let trace = Trace::of(Experiment::new(settings).unwrap());
        let recipe = trace.experiment().recipe();
        let step = Step::FIRST.next();
        for stage in [Stage::Forward(step), Stage::Backward(step)] {
            let numbers = stage.numbers(&trace, recipe.main_parameter());
            let mut turns: Vec<usize> = (0..=1000)
                .filter_map(|done| turn(recipe, &numbers, f64::from(done) / 1000.0))
                .collect();
            turns.dedup();
            assert_eq!(turns, (0..numbers.len()).collect::<Vec<_>>(), "{cell:?} {stage:?}");
            assert_eq!(turn(recipe, &numbers, 0.0), None);
            assert_eq!(turn(recipe, &numbers, 1.0), None);
        }
    }
}

/// Pixels, of which those from one column to another can be drawn on.
#[derive(Clone, Debug, PartialEq)]
struct Raster {
    size: (u32, u32),
    columns: std::ops::Range<i32>,
    pixels: Vec<[f64; 4]>,
}

impl Raster {
    fn pixel(&mut self, (x, y): BackendCoord) -> Option<&mut [f64; 4]> {
        let (width, height) = (self.size.0.cast_signed(), self.size.1.cast_signed());
        let inside =
            self.columns.contains(&x) && (0..width).contains(&x) && (0..height).contains(&y);
        inside.then(|| &mut self.pixels[(y * width + x) as usize])
    }
}

impl DrawingBackend for &mut Raster {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }
    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }
    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }
    fn draw_pixel(
        &mut self,
        point: BackendCoord,
        colour: BackendColor,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        if let Some([red, green, blue, opacity]) = self.pixel(point) {
            let (alpha, (r, g, b)) = (colour.alpha, colour.rgb);
            for (below, above) in [(red, r), (green, g), (blue, b)] {
                *below += (f64::from(above) - *below) * alpha;
            }
            *opacity += (1.0 - *opacity) * alpha;
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_changes_from_frame_to_frame_is_all_that_needs_to_be_drawn(
        cell in prop::sample::select(&Cell::ALL[..]),
        (steps, width) in prop::sample::select(vec![(3, 300.0), (7, 760.0), (12, 500.0), (30, 500.0)]),
        every in any::<bool>(),
        lane in any::<prop::sample::Index>(),
        from in 0.0..1.0_f64,
        by in prop_oneof![0.0..0.02_f64, -0.02..0.0_f64, -1.0..1.0_f64],
    ) {
        let text: Vec<String> = (0..steps).map(|step| format!("w{}", step % 5)).collect();
        let task = if every { Task::NextToken } else { Task::binary(true) };
        let settings = Settings { cell, seed: Some(7), ..Settings::new(text.join(" "), StepUnit::Word, task) };
        let trace = Trace::of(Experiment::new(settings).unwrap());
        let layout = Layout::of(trace.experiment(), trace.experiment().recipe().main_parameter(), width);
        let lanes: Vec<Lane> = Lane::of(cell).iter().map(|(lane, _)| *lane).collect();
        let lane = *lane.get(&lanes);
        let (ranges, palette) = (Ranges::of(&trace), Palette::of(Theme::Light));
        let timeline = Timeline::of(trace.steps());
        let cursor = |share: f64| {
            let elapsed = 1.0 + share.clamp(0.0, 1.0) * (timeline.count() - 1) as f64;
            lane.local(timeline, Cursor::from_elapsed(elapsed))
        };
        let (before, after) = (cursor(from), cursor(from + by));
        let size = (layout.axis.width().ceil() as u32, layout.height(lane).ceil() as u32);
        let whole = || {
            let columns = 0..size.0.cast_signed();
            Raster { size, columns, pixels: vec![[0.0; 4]; (size.0 * size.1) as usize] }
        };
        let draw = |raster: &mut Raster, cursor: Cursor, part: Columns| {
            let scale = Scale::Linear;
            let (trace, palette, ranges) = (&trace, &palette, &ranges);
            let scene = Scene { trace, ranges, cursor, layout, palette, scale, part };
            let area = raster.into_drawing_area();
            scene.draw(lane, &Brush::new(&area, 1.0)).unwrap();
        };
        let (mut kept, mut fresh) = (whole(), whole());
        draw(&mut kept, before, Columns::WHOLE);
        draw(&mut fresh, after, Columns::WHOLE);
        let part = Columns::between(lane, timeline, before, after);
        let (left, right) = part.sides(layout.axis);
        kept.columns = left.floor() as i32..right.ceil() as i32;
        for y in 0..size.1.cast_signed() {
            for x in kept.columns.clone() {
                kept.pixel((x, y)).into_iter().for_each(|pixel| *pixel = [0.0; 4]);
            }
        }
        draw(&mut kept, after, part);
        let differing = kept.pixels.iter().zip(&fresh.pixels).position(|(one, other)| one != other);
        let place = differing.map(|at| (at % size.0 as usize, at / size.0 as usize));
        prop_assert_eq!(place, None, "{:?} from {:?} to {:?}", lane, before, after);
    }
}

#[test]
fn where_many_tiles_fall_on_a_pixel_it_has_the_colour_of_the_largest() {
    // 6 × 6 numbers on 3 × 2 pixels; the largest of each pixel stands elsewhere in it.
    let mut numbers = ndarray::Array2::from_elem((6, 6), 0.1);
    for (at, value) in
        [((0, 1), -0.9), ((1, 3), 0.8), ((2, 5), 0.7), ((5, 0), -0.6), ((3, 2), f64::NAN)]
    {
        numbers[at] = value;
    }
    let palette = Palette::of(Theme::Light);
    let colour = |value: f64| {
        if value.is_nan() { palette.undefined } else { palette.colour(value, 1.0) }
    };
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (3, 2)).into_drawing_area();
        let rect = Rect { x: 0.0, y: 0.0, width: 3.0, height: 2.0 };
        let block = Block { rect, rows: 6, columns: 6 };
        let value = |row, column| numbers[[row, column]];
        Brush::new(&area, 1.0).tiles(block, 1.0, &value, &|_, _, value| colour(value)).unwrap();
        area.present().unwrap();
    }
    assert_eq!(svg.lines().filter(|line| line.starts_with("<rect")).count(), 6);
    let wanted = [[-0.9, 0.8, 0.7], [-0.6, f64::NAN, 0.1]];
    for (row, values) in wanted.into_iter().enumerate() {
        for (column, value) in values.into_iter().enumerate() {
            let plotters::style::RGBColor(red, green, blue) = colour(value);
            let drawn = colour_at(&svg, (column as f64 + 0.5, row as f64 + 0.5)).unwrap();
            assert_eq!(drawn, format!("#{red:02X}{green:02X}{blue:02X}"), "{row}, {column}");
        }
    }
}
