//! One number has one colour: in its tile, in the chip beside the score, in a picture that is taken
//! along. And the pictures of the chain, of the reach of the losses, and of the loss around a weight.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "random/experiment.rs"]
mod random;

use plotters::{drawing::DrawingArea, prelude::IntoDrawingArea, style::RGBColor};
use plotters_svg::SVGBackend;
use proptest::prelude::*;
use random::{changed, experiment};
use unrolled::{
    export::picture,
    figure::{
        Chain, ChainLane, ChainScene, Colours, Columns, Curve, Lane, Layout, LossCurve, Palette,
        Ranges, Rect, Scene, Theme, brush::Brush,
    },
    rnn::{Norm, Parameter, Place, Step, Task, Trace, Variable, Weights},
    session::{Cursor, Derived, Run, Scale, Spot, Timeline},
    text::Language,
};

/// The shapes of a picture, in the order in which they were drawn.
struct Shapes {
    rectangles: Vec<(Rect, String)>,
    lines: Vec<(Vec<(f64, f64)>, String)>,
}

impl Shapes {
    fn read(svg: &str) -> Self {
        let field = |line: &str, name: &str| -> Option<String> {
            let rest = &line[line.find(&format!(" {name}=\""))? + name.len() + 3..];
            Some(rest[..rest.find('"')?].to_owned())
        };
        let number = |line: &str, name: &str| field(line, name)?.parse::<f64>().ok();
        let rectangle = |line: &str| {
            let rect = Rect {
                x: number(line, "x")?,
                y: number(line, "y")?,
                width: number(line, "width")?,
                height: number(line, "height")?,
            };
            Some((rect, field(line, "fill")?))
        };
        let line_of = |line: &str| {
            let points = field(line, "points")?;
            let points = points.split_whitespace().filter_map(|point| {
                let (x, y) = point.split_once(',')?;
                Some((x.parse().ok()?, y.parse().ok()?))
            });
            Some((points.collect(), field(line, "stroke")?))
        };
        Self {
            rectangles: svg
                .lines()
                .filter(|line| line.starts_with("<rect"))
                .filter_map(rectangle)
                .collect(),
            lines: svg
                .lines()
                .filter(|line| line.starts_with("<polyline"))
                .filter_map(line_of)
                .collect(),
        }
    }

    /// The colour of the last rectangle over a point.
    fn colour_at(&self, (x, y): (f64, f64)) -> Option<&str> {
        let holds = |rect: &Rect| {
            (rect.x..rect.right()).contains(&x) && (rect.y..rect.bottom()).contains(&y)
        };
        self.rectangles.iter().rfind(|(rect, _)| holds(rect)).map(|(_, colour)| colour.as_str())
    }
}

fn hex(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

fn drawn(
    size: (f64, f64),
    draw: impl FnOnce(&DrawingArea<SVGBackend<'_>, plotters::coord::Shift>),
) -> Shapes {
    let mut svg = String::new();
    {
        let size = (size.0.ceil() as u32, size.1.ceil() as u32);
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        draw(&area);
        area.present().unwrap();
    }
    Shapes::read(&svg)
}

fn end(trace: &Trace) -> Cursor {
    Cursor::at(Timeline::of(trace.steps()).last())
}

/// A point of the tile of a number that has its colour whatever the number: where a bar begins.
fn point_in(spot: Spot, rect: Rect) -> (f64, f64) {
    match spot {
        Spot::Norm { of: Variable::State, .. } => (rect.center().0, rect.bottom() - 0.5),
        Spot::Output { .. } => (rect.x + 0.5, rect.center().1),
        _ => rect.center(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_chip_has_the_colour_of_its_tile(experiment in experiment(), dark: bool, logarithmic: bool) {
        let run = Run::of(experiment);
        let ranges = run.derived::<Ranges>();
        let palette = Palette::of(if dark { Theme::Dark } else { Theme::Light });
        let scale = if logarithmic { Scale::Logarithmic } else { Scale::Linear };
        let trace: &Trace = &run;
        let chips = Colours { trace, ranges: &ranges, palette: &palette, scale };
        for parameter in Parameter::RECURRENT {
            let layout = Layout::of(run.experiment(), parameter, 900.0);
            let (ranges, palette) = (&*ranges, &palette);
            let scene = Scene { trace, ranges, cursor: end(&run), layout, palette, scale, part: Columns::WHOLE };
            for lane in layout.lanes() {
                let size = (layout.axis.width(), layout.height(lane));
                let shapes = drawn(size, |area| scene.draw(lane, &Brush::new(area, 1.0)).unwrap());
                let (rows, columns) = layout.shape(lane);
                let tiles = || {
                    (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)))
                };
                let of_steps = Step::all(run.steps()).flat_map(|step| {
                    tiles().map(move |(row, column)| layout.spot(lane, step, row, column))
                });
                let sums = tiles().filter(|_| lane == Lane::Contribution).map(|(row, column)| {
                    Spot::Gradient(Place { parameter, row, column })
                });
                for spot in of_steps.chain(sums) {
                    // A bar of no length is drawn as one pixel or not at all.
                    let Some(value) = spot.value(&run) else { continue };
                    let bar = matches!(spot, Spot::Norm { of: Variable::State, .. } | Spot::Output { .. });
                    if bar && scale.share(value, ranges.range(spot)) < 0.05 {
                        continue;
                    }
                    let (_, rect) = layout.rect_of(spot).unwrap();
                    let chip = hex(chips.of(spot));
                    let tile = shapes.colour_at(point_in(spot, rect));
                    prop_assert_eq!(tile, Some(chip.as_str()), "{:?} = {}", spot, value);
                }
            }
        }
        let (layout, chain) = (Layout::of(run.experiment(), Parameter::W1H, 900.0), Chain::of(&run));
        let scene =
            ChainScene { trace, ranges: &ranges, chain: &chain, layout, palette: &palette };
        let (units, to) = (run.experiment().weights().sizes().units, chain.links[0].from);
        for lane in [ChainLane::Jacobian, ChainLane::Product] {
            let size = (layout.axis.width(), scene.height(lane));
            let shapes = drawn(size, |area| scene.draw(lane, &Brush::new(area, 1.0)).unwrap());
            for step in Step::all(run.steps()) {
                for (row, column) in (0..units * units).map(|at| (at / units, at % units)) {
                    let spot = match lane {
                        ChainLane::Product => Spot::Chain { from: step, to, row, column },
                        _ if step == Step::FIRST => continue,
                        _ => Spot::Jacobian { step, row, column },
                    };
                    let (found, rect) = scene.rect_of(spot).unwrap();
                    prop_assert_eq!((found, scene.spot_at(lane, rect.center())), (lane, Some(spot)));
                    let chip = hex(chips.of(spot));
                    prop_assert_eq!(shapes.colour_at(rect.center()), Some(chip.as_str()), "{:?}", spot);
                }
            }
        }
    }

    #[test]
    fn a_picture_that_is_taken_along_has_the_same_colours(experiment in experiment()) {
        let run = Run::of(experiment);
        let ranges = run.derived::<Ranges>();
        let (palette, scale) = (Palette::of(Theme::Light), Scale::Logarithmic);
        let trace: &Trace = &run;
        let layout = Layout::of(run.experiment(), Parameter::W1H, 760.0);
        let (ranges, palette) = (&*ranges, &palette);
        let scene = Scene { trace, ranges, cursor: end(&run), layout, palette, scale, part: Columns::WHOLE };
        let (svg, _) = picture::svg(scene, Lane::Error(Variable::State), Language::default().words());
        let shapes = Shapes::read(&svg);
        for step in Step::all(run.steps()) {
            for unit in 0..run.experiment().weights().sizes().units {
                let spot = Spot::Error { of: Variable::State, step, unit };
                let (x, y) = layout.rect_of(spot).unwrap().1.center();
                // Its shapes are four times as fine.
                let found = shapes.colour_at((4.0 * x, 4.0 * y));
                let chip = hex(scene.colours().of(spot));
                prop_assert_eq!(found, Some(chip.as_str()), "{:?}", spot);
            }
        }
    }

    #[test]
    fn the_curves_of_the_chain_go_through_its_norms(experiment in experiment()) {
        let trace = Trace::of(experiment);
        check_norms(&trace)?;
    }
}

/// Whether `dashes` begin where `path` does, lie on it all along, and end where it ends but for a dash
/// and a gap.
fn dashes_follow(dashes: &[Vec<(f64, f64)>], path: &[(f64, f64)]) -> bool {
    let far = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1);
    let off = |point: (f64, f64)| {
        let stretches = path.windows(2).map(|ends| {
            let (from, to) = (ends[0], ends[1]);
            let length = far(from, to).max(f64::MIN_POSITIVE);
            let along = ((point.0 - from.0) * (to.0 - from.0)
                + (point.1 - from.1) * (to.1 - from.1))
                / (length * length);
            let share = along.clamp(0.0, 1.0);
            far(point, (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1)))
        });
        stretches.fold(f64::INFINITY, f64::min)
    };
    let mut points = dashes.iter().flatten();
    let (Some(&first), Some(&last)) = (points.clone().next(), points.clone().last()) else {
        return false;
    };
    far(first, path[0]) <= 1.0
        && far(last, path[path.len() - 1]) <= 13.0
        && points.all(|&point| off(point) <= 1.5)
}

/// Every curve of the row of norms, against the links.
fn check_norms(trace: &Trace) -> Result<(), TestCaseError> {
    let (chain, ranges) = (Chain::of(trace), Ranges::of(trace));
    let palette = Palette::of(Theme::Light);
    let layout = Layout::of(trace.experiment(), Parameter::W1H, 760.0);
    let scene = ChainScene { trace, ranges: &ranges, chain: &chain, layout, palette: &palette };
    let height = scene.height(ChainLane::Norm);
    let shapes = drawn((layout.axis.width(), height), |area| {
        scene.draw(ChainLane::Norm, &Brush::new(area, 1.0)).unwrap();
    });
    let pixel = |(x, y): (f64, f64)| (x.round(), y.round());
    for curve in Curve::ALL {
        let colour = hex(curve.colour(&palette));
        let mut expected = Vec::new();
        let mut fallen = false;
        for link in &chain.links {
            let Some(norm) = curve.of(link) else { break };
            let point = scene.point_of(norm, link.from);
            prop_assert!((0.0..height).contains(&point.1), "{point:?}");
            let middle = layout.axis.left(link.from) + layout.axis.column() / 2.0;
            prop_assert_eq!(point.0, middle);
            match norm {
                Norm::Zero(_) => {
                    prop_assert!(point.1 > scene.y_of(chain.decades().0), "0 is below all powers");
                    let mark = scene.mark_of_zero(curve, link.from);
                    let corner = (mark.x + 0.5, mark.y + 0.5);
                    prop_assert_eq!(shapes.colour_at(corner), Some(colour.as_str()));
                    prop_assert_ne!(shapes.colour_at(mark.center()), Some(colour.as_str()));
                }
                Norm::Log(log) => {
                    let y = scene.y_of(log / std::f64::consts::LN_10);
                    prop_assert!((point.1 - y).abs() < 1e-9);
                    if curve == Curve::Both {
                        prop_assert_eq!(shapes.colour_at(point), Some(colour.as_str()));
                    }
                }
            }
            if !fallen {
                expected.push(pixel(point));
            }
            fallen |= norm.log().is_none();
        }
        let lines = shapes.lines.iter().filter(|(_, stroke)| *stroke == colour);
        let mut lines = lines.map(|(points, _)| points.iter().copied().map(pixel).collect());
        let drawn = match curve {
            Curve::Saturation => dashes_follow(&lines.collect::<Vec<_>>(), &expected),
            _ => lines.any(|points: Vec<(f64, f64)>| points == expected),
        };
        prop_assert!(drawn || expected.len() < 2, "{curve:?} through {expected:?}");
    }
    Ok(())
}

#[test]
fn a_norm_of_zero_stands_below_every_power_of_ten() {
    let first = Language::default().first_experiment().unwrap();
    for w1h in [
        ndarray::Array2::zeros((2, 2)),
        ndarray::array![[0.0, 1.0], [0.0, 0.0]],
        ndarray::array![[0.6, -0.6], [0.6, -0.6]],
    ] {
        let experiment = changed(&first, |settings| {
            let weights = first.weights();
            settings.hidden = 2;
            let first_two = |parameter| {
                let matrix = weights.matrix(parameter);
                let (rows, columns) = matrix.dim();
                let rows = if parameter == Parameter::W2 { 2 } else { rows };
                ndarray::Array2::from_shape_fn((rows, columns.min(2)), |at| matrix[at])
            };
            let weights = Weights::from_tensors(Parameter::ALL.map(|parameter| {
                (
                    parameter,
                    if parameter == Parameter::W1H { w1h.clone() } else { first_two(parameter) },
                )
            }));
            settings.weights = Some(weights);
        });
        let trace = Trace::of(experiment);
        assert!(Chain::of(&trace).has_zero(), "{w1h}");
        check_norms(&trace).unwrap();
    }
}

#[test]
fn the_reach_has_a_tile_for_each_loss_and_step_and_crosses_out_what_is_dropped() {
    let first = Language::default().first_experiment().unwrap();
    let window = 3;
    let trace = Trace::of(changed(&first, |settings| {
        settings.task = Task::NextToken;
        settings.truncation = Some(window);
    }));
    let whole = Trace::of(trace.experiment().untruncated());
    let chain = Chain {
        links: Vec::new(),
        triangle: whole.triangle(Parameter::W1H),
        plain: true,
        other: None,
    };
    let ranges = Ranges::of(&trace);
    let palette = Palette::of(Theme::Light);
    let layout = Layout::of(trace.experiment(), Parameter::W1H, 300.0);
    let scene =
        ChainScene { trace: &trace, ranges: &ranges, chain: &chain, layout, palette: &palette };
    let lane = ChainLane::Triangle;
    let shapes = drawn((layout.axis.width(), scene.height(lane)), |area| {
        scene.draw(lane, &Brush::new(area, 1.0)).unwrap();
    });
    let largest = chain.triangle.iter().copied().fold(0.0, f64::max);
    let crosses = |rect: Rect| {
        let inside = |&(x, y): &(f64, f64)| {
            (rect.x - 1.0..=rect.right()).contains(&x)
                && (rect.y - 1.0..=rect.bottom()).contains(&y)
        };
        let lines = shapes.lines.iter();
        lines.filter(|(points, _)| points.iter().all(inside)).count()
    };
    for step in Step::all(trace.steps()) {
        let block = scene.block(lane, step);
        assert_eq!(block.rows, trace.steps());
        for loss in Step::all(trace.steps()) {
            let rect = block.rect_of(loss.index(), 0);
            let found = shapes.colour_at(rect.center());
            let size = chain.triangle[[loss.index(), step.index()]];
            let colour = hex(palette.colour(size, largest));
            if step > loss {
                assert_eq!((found, crosses(rect)), (None, 0), "no loss reaches a later step");
            } else if loss.number() - step.number() < window {
                assert_eq!((found, crosses(rect)), (Some(colour.as_str()), 0), "{loss:?} {step:?}");
            } else {
                assert_eq!((found, crosses(rect)), (None, 2), "{loss:?} {step:?}");
            }
        }
    }
}

#[test]
fn the_curve_of_the_loss_goes_through_the_losses_and_its_tangent_has_the_slope() {
    let trace = Trace::of(Language::default().first_experiment().unwrap());
    let palette = Palette::of(Theme::Dark);
    let (width, height) = (320.0, 200.0);
    for (place, nudge) in [
        (Place { parameter: Parameter::W1H, row: 1, column: 2 }, 0.3),
        (Place { parameter: Parameter::B2, row: 0, column: 0 }, 2.0),
    ] {
        let check = trace.check_by(nudge, trace.gradient(), place);
        let curve = LossCurve::of(&trace, place, check);
        let (least, most) = curve.range();
        let shapes = drawn((width, height), |area| {
            curve.draw(&Brush::new(area, 1.0), &palette, (width, height)).unwrap();
        });
        let y_of = |loss: f64| (most - loss) / (most - least) * (height - 24.0) + 12.0;
        let x_of = |distance: f64| f64::midpoint(distance / 1.4, 1.0) * (width - 16.0) + 8.0;
        let line = |colour: RGBColor| {
            let lines = shapes.lines.iter();
            let mut of_colour = lines.filter(|(_, stroke)| *stroke == hex(colour));
            of_colour.next().map(|(points, _)| points.clone()).unwrap()
        };
        let weight = place.of(trace.experiment().weights());
        let points = line(palette.weak);
        assert_eq!(points.len(), 41);
        for (x, y) in points {
            let distance = ((x - 8.0) / (width - 16.0) * 2.0 - 1.0) * 1.4;
            let loss = trace.loss_with(place, weight + distance * nudge);
            // x is rounded to a pixel, y as well.
            assert!((y - y_of(loss)).abs() < 2.0, "{distance}: {y}, not {}", y_of(loss));
        }
        let tangent = [-1.4, 1.4].map(|distance| {
            let loss = trace.loss() + check.gradient * distance * nudge;
            (x_of(distance), y_of(loss))
        });
        let dashes = shapes.lines.iter().filter(|(_, stroke)| *stroke == hex(palette.error));
        let dashes: Vec<_> = dashes.map(|(points, _)| points.clone()).collect();
        assert!(
            dashes.len() > 3 && dashes_follow(&dashes, &tangent),
            "{dashes:?}, not {tangent:?}"
        );
        let dot = hex(palette.colour(1.0, 1.0));
        for (distance, loss) in
            [(-1.0, check.loss_below), (0.0, trace.loss()), (1.0, check.loss_above)]
        {
            let found = shapes.colour_at((x_of(distance), y_of(loss)));
            assert_eq!(found, Some(dot.as_str()), "the loss at {distance} ε");
        }
    }
}

#[test]
fn a_gradient_that_has_overflowed_has_no_tangent() {
    let trace = Trace::of(Language::default().first_experiment().unwrap());
    let place = Place { parameter: Parameter::W1H, row: 0, column: 0 };
    let palette = Palette::of(Theme::Light);
    for wrong in [f64::INFINITY, f64::NAN, 1e308] {
        let mut gradient = trace.gradient().clone();
        gradient.matrix_mut(Parameter::W1H)[[0, 0]] = wrong;
        let curve = LossCurve::of(&trace, place, trace.check_by(3.0, &gradient, place));
        let (least, most) = curve.range();
        assert!(least.is_finite() && most.is_finite() && least < most, "{least} {most}");
        let shapes = drawn((320.0, 200.0), |area| {
            curve.draw(&Brush::new(area, 1.0), &palette, (320.0, 200.0)).unwrap();
        });
        // The curve and the measured slope are there, and nothing else.
        let tangent = hex(palette.error);
        assert_eq!(shapes.lines.len(), 2);
        assert!(shapes.lines.iter().all(|(_, stroke)| *stroke != tangent), "{wrong}");
    }
}
