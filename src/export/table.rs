//! The numbers of a lane as rows, and as comma-separated values.

use crate::{
    figure::{
        Chain, ChainLane, Curve, Lane, Mark, Trail, Trails, UpdateLane, Updates, updates::MEAN_OF,
    },
    pieces::Pieces,
    rnn::{Link, Norm, Parameter, Place, Step, Trace, train::Look},
    session::{Run, Spot},
    text::{Words, numbers, plain},
};
use ndarray::Array2;
use std::{f64::consts::LN_10, mem, rc::Rc};

/// A row of a lane's table: its head, and a number for each step.
pub type Row = (String, Vec<f64>);

/// The rows of a lane; that of contributions has their sum at the end.
pub fn rows(run: &Trace, lane: Lane, parameter: Parameter, words: &Words) -> Vec<Row> {
    let units = run.experiment().weights().sizes().units;
    let over_time = |spot: &dyn Fn(Step) -> Spot| -> Vec<f64> {
        Step::all(run.steps()).filter_map(|step| spot(step).value(run)).collect()
    };
    let by_unit = |spot: &dyn Fn(Step, usize) -> Spot| {
        (0..units).map(|unit| (words.unit(unit + 1), over_time(&|step| spot(step, unit)))).collect()
    };
    match lane {
        Lane::Value(of) => by_unit(&|step, unit| Spot::Value { of, step, unit }),
        Lane::Error(of) => by_unit(&|step, unit| Spot::Error { of, step, unit }),
        Lane::Arrival(of, nth) => by_unit(&|step, unit| Spot::Arrival { of, nth, step, unit }),
        Lane::Output => (run.experiment().outputs().iter().enumerate())
            .map(|(output, name)| (name.clone(), over_time(&|step| Spot::Output { step, output })))
            .chain([(words.loss().to_owned(), over_time(&|step| Spot::Loss { step }))])
            .collect(),
        Lane::Norm(of) => {
            let name = plain(&words.lane(lane, run.experiment().cell(), parameter).name);
            vec![(name, over_time(&|step| Spot::Norm { of, step }))]
        }
        Lane::Contribution => Place::all(run.gradient())
            .filter(|place| place.parameter == parameter)
            .map(|place| {
                let mut row = over_time(&|step| Spot::Contribution { step, place });
                row.push(place.of(run.gradient()));
                (words.place(place, run), row)
            })
            .collect(),
    }
}

/// A lane as comma-separated values (RFC 4180): a row for each unit, a column for each step, every
/// number exact. It begins with a byte order mark, by which spreadsheets know UTF-8.
pub fn csv(run: &Trace, lane: Lane, parameter: Parameter, words: &Words) -> String {
    let sum = (lane == Lane::Contribution).then(|| words.sum().to_owned());
    let head: Vec<String> = step_heads(run, words).chain(sum).collect();
    let rows = rows(run, lane, parameter, words).into_iter().map(|(name, values)| {
        [name].into_iter().chain(values.iter().map(f64::to_string)).collect::<Vec<_>>()
    });
    written([head].into_iter().chain(rows))
}

/// The heads of the columns of a table over time.
fn step_heads(run: &Trace, words: &Words) -> impl Iterator<Item = String> {
    let tokens = run.experiment().sequence().tokens();
    let steps = Step::all(run.steps()).zip(tokens);
    let heads = steps.map(|(step, token)| format!("{} {token}", step.number()));
    [words.time_step().to_owned()].into_iter().chain(heads)
}

/// A number of the Jacobians.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Entry {
    /// One that an `f64` holds.
    Number(f64),
    /// A norm of a matrix.
    Size(f64),
    /// The norm of a product, which can be smaller or larger than any `f64`.
    Norm(Norm),
}

impl Entry {
    /// As it is read on the page.
    pub fn written(self) -> String {
        match self {
            Self::Number(number) => numbers::exact(number),
            Self::Size(size) => numbers::size(size),
            Self::Norm(norm) => numbers::norm(norm),
        }
    }

    /// As a program reads it, with all its digits.
    pub fn exact(self) -> String {
        let norm = match self {
            Self::Number(number) | Self::Size(number) => return number.to_string(),
            Self::Norm(norm) => norm,
        };
        match norm.log() {
            None => "0".to_owned(),
            Some(log) if log.exp().is_normal() => log.exp().to_string(),
            Some(log) => {
                let decades = log / LN_10;
                format!("{}e{}", 10.0_f64.powf(decades - decades.floor()), decades.floor())
            }
        }
    }
}

/// A row of the Jacobians: its head, and what it has at each step, where it has something.
pub type ChainRow = (String, Vec<Option<Entry>>);

/// The rows of a part of the Jacobians, made one after another since there can be many, and how many there
/// are.
pub fn chain_rows(
    run: &Run,
    chain: &Rc<Chain>,
    lane: ChainLane,
    words: &'static Words,
) -> (Box<dyn Iterator<Item = ChainRow>>, usize) {
    let (run, chain) = (run.clone(), Rc::clone(chain));
    let (units, carried) = (run.units(), run.experiment().recipe().carried());
    let size = carried.len() * units;
    // A number of what is carried on: a unit, of H or of C where there are both.
    let name_of = move |at: usize| {
        let unit = at % units + 1;
        match carried[..] {
            [_] => unit.to_string(),
            _ => format!("{} {unit}", carried[at / units].symbol()),
        }
    };
    let count = run.steps();
    let steps = || Step::all(count);
    // One number of each step's matrix in a row; a step without one has none.
    let matrix = |matrices: Vec<Option<Array2<f64>>>| -> Box<dyn Iterator<Item = ChainRow>> {
        Box::new((0..size * size).map(move |at| {
            let (row, column) = (at / size, at % size);
            let number = |matrix: &Array2<f64>| Entry::Number(matrix[[row, column]]);
            let numbers = matrices.iter().map(|matrix| matrix.as_ref().map(number));
            (format!("{} → {}", name_of(row), name_of(column)), numbers.collect())
        }))
    };
    match lane {
        ChainLane::Jacobian => {
            (matrix(steps().map(|step| chain.jacobian(step).cloned()).collect()), size * size)
        }
        ChainLane::Product => {
            (matrix(steps().map(|step| chain.link(step).map(Link::product)).collect()), size * size)
        }
        ChainLane::Norm => {
            let mut kinds: Vec<Curve> = chain.kinds().collect();
            kinds.sort_by_key(|kind| *kind != Curve::Both);
            let (of, cell) = (kinds.len(), run.experiment().cell());
            let rows = kinds.into_iter().map(move |curve| {
                let norms = chain.norms(curve).into_iter().rev();
                let name = plain(&words.chain_curve(curve, &chain, cell));
                (name, norms.map(|norm| norm.map(Entry::Norm)).collect())
            });
            (Box::new(rows), of)
        }
        ChainLane::Triangle => {
            let row_of = |loss: Step| run.experiment().loss_row(loss).map(|row| (loss, row));
            let losses: Vec<(Step, usize)> = steps().filter_map(row_of).collect();
            let of = losses.len();
            let rows = losses.into_iter().map(move |(loss, row)| {
                let size = |step: Step| Entry::Size(chain.triangle[[row, step.index()]]);
                let sizes = Step::all(count).map(|step| (step <= loss).then(|| size(step)));
                (format!("s = {}", loss.number()), sizes.collect())
            });
            (Box::new(rows), of)
        }
    }
}

/// A part of the Jacobians as comma-separated values, as [`csv`] has the lanes, row by row.
pub fn chain_csv(
    run: &Run,
    chain: &Rc<Chain>,
    lane: ChainLane,
    words: &'static Words,
) -> Pieces<String> {
    let (mut rows, count) = chain_rows(run, chain, lane, words);
    let mut text = begun(&step_heads(run, words).collect::<Vec<_>>());
    Pieces::new(count + 1, move || {
        let Some((name, entries)) = rows.next() else { return Some(mem::take(&mut text)) };
        let entry = |entry: Option<Entry>| entry.map_or_else(String::new, Entry::exact);
        let fields = [name].into_iter().chain(entries.into_iter().map(entry));
        text.push_str(&line(&fields.collect::<Vec<_>>()));
        None
    })
}

/// The heads of the columns of a lane of a training: the number of the update, and what is there.
pub fn update_heads(updates: &Updates<'_>, lane: UpdateLane, words: &Words) -> Vec<String> {
    let name = |name: &str| plain(name);
    let of = match lane {
        UpdateLane::Loss => vec![
            name(words.lane_training_loss()),
            words.train_running(MEAN_OF),
            name(words.train_held_out_loss()),
        ],
        UpdateLane::Accuracy => vec![name(words.lane_held_out())],
        UpdateLane::Reach => {
            (0..updates.rows()).map(|before| words.mark(Mark::Before(before))).collect()
        }
        UpdateLane::Gradient => vec![
            name(words.lane_gradient_norm()),
            name(words.train_clipping()),
            name(words.train_step()),
        ],
        UpdateLane::Weights => updates
            .weights_of()
            .flat_map(|(of, count)| {
                let columns = updates.run().training().weights().matrix(of).ncols();
                let place = move |at: usize| (at / columns + 1, at % columns + 1);
                (0..count)
                    .map(place)
                    .map(move |(row, column)| format!("{}[{row}, {column}]", of.symbol()))
            })
            .collect(),
    };
    [name(words.train_number())].into_iter().chain(of).collect()
}

/// The rows of a lane of a training: the number of the update, and what is there; where nothing was
/// measured there is nothing.
pub fn update_rows(updates: &Updates<'_>, lane: UpdateLane) -> Vec<(usize, Vec<Option<f64>>)> {
    let run = updates.run();
    let look = |after: usize| {
        let found = run.looks().binary_search_by_key(&after, |look| look.updates);
        found.ok().map(|at| &run.looks()[at])
    };
    let made = run.updates().iter().zip(updates.mean());
    match lane {
        UpdateLane::Loss => {
            let held_out = |after: usize| look(after).map(|look| look.held_out.loss);
            let first = (0, vec![None, None, held_out(0)]);
            let rows = made.map(|(update, mean)| {
                let row = vec![Some(update.loss), Some(*mean), held_out(update.number)];
                (update.number, row)
            });
            [first].into_iter().chain(rows).collect()
        }
        UpdateLane::Accuracy => {
            let rows = run.looks().iter();
            rows.map(|look| (look.updates, vec![look.held_out.accuracy])).collect()
        }
        UpdateLane::Reach => {
            let rows = run.looks().iter();
            let norms = |look: &Look| look.reach.iter().copied().map(Some).collect();
            rows.map(|look| (look.updates, norms(look))).collect()
        }
        UpdateLane::Gradient => made
            .map(|(update, _)| {
                let row = [update.gradient_norm, update.clipping, update.step_norm];
                (update.number, row.map(Some).to_vec())
            })
            .collect(),
        UpdateLane::Weights => run
            .weights()
            .map(|(after, weights)| {
                let all = updates.weights_of().map(|(of, _)| weights.matrix(of));
                let all = all.flat_map(|matrix| matrix.into_iter().copied().map(Some));
                (after, all.collect())
            })
            .collect(),
    }
}

/// A lane of a training as comma-separated values: a row for each update at which something was measured.
pub fn updates_csv(updates: &Updates<'_>, lane: UpdateLane, words: &Words) -> String {
    let rows = update_rows(updates, lane).into_iter().map(|(number, row)| {
        let numbers = row.iter().map(|it| it.map_or_else(String::new, |it| it.to_string()));
        [number.to_string()].into_iter().chain(numbers).collect()
    });
    written([update_heads(updates, lane, words)].into_iter().chain(rows))
}

/// The curves of a comparison as comma-separated values: a row for each number of updates, or each gap, at
/// which one of them has a point, and a column for each of the `names`.
pub fn trails_csv(trails: &Trails, names: &[String], head: &str) -> String {
    let points = trails.trails.iter().flat_map(|trail| &trail.points);
    let mut places: Vec<usize> = points.map(|(place, _)| *place).collect();
    places.sort_unstable();
    places.dedup();
    let rows = places.into_iter().map(|place| {
        let numbers = trails.trails.iter().map(|Trail { points, .. }| {
            let found = points.iter().find(|(other, _)| *other == place);
            found.map_or_else(String::new, |(_, number)| number.to_string())
        });
        [place.to_string()].into_iter().chain(numbers).collect()
    });
    let head = [head.to_owned()].into_iter().chain(names.iter().cloned()).collect();
    written([head].into_iter().chain(rows))
}

fn written(mut lines: impl Iterator<Item = Vec<String>>) -> String {
    let head = begun(&lines.next().unwrap_or_default());
    lines.fold(head, |text, fields| text + &line(&fields))
}

/// The begin of a table, with its head.
fn begun(head: &[String]) -> String {
    format!("\u{feff}{}", line(head))
}

fn line(fields: &[String]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
    format!("{}\r\n", fields.join(","))
}

fn quoted(field: &str) -> String {
    if field.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        export::picture,
        figure::{ChainScene, Layout, Palette, Theme},
        rnn::{Cell, Experiment, Variable},
        text::Language,
    };

    #[test]
    fn a_lane_is_a_row_of_exact_numbers_for_each_unit() {
        let words = Language::default().words();
        let mut settings = Language::default().first_experiment().unwrap().settings().clone();
        settings.text = "a \"b\" c,d".to_owned();
        let run = Trace::of(Experiment::new(settings).unwrap());
        let table = csv(&run, Lane::Value(Variable::State), Parameter::W1H, words);
        // The mark by which spreadsheets know that it is Unicode.
        let lines: Vec<&str> = table.strip_prefix('\u{feff}').unwrap().split("\r\n").collect();
        assert_eq!(lines[0], "Time step,1 a,\"2 \"\"b\"\"\",\"3 c,d\"");
        assert_eq!(lines.len(), 1 + 4 + 1);
        let numbers: Vec<f64> =
            lines[2].split(',').skip(1).map(|number| number.parse().unwrap()).collect();
        let expected: Vec<f64> = (1..=3).map(|step| run.states()[[step, 1]]).collect();
        assert_eq!(numbers, expected);
        let terms = csv(&run, Lane::Contribution, Parameter::B1, words);
        assert!(terms.lines().next().unwrap().ends_with(",sum"));
    }

    #[test]
    fn the_jacobians_are_rows_of_exact_numbers_also_where_no_float_holds_them() {
        let words = Language::default().words();
        let mut settings = Language::default().first_experiment().unwrap().settings().clone();
        settings.text = "a ".repeat(200);
        settings.spectral_radius = Some(0.001);
        let run = Run::of(Experiment::new(settings).unwrap());
        let chain = Rc::new(Chain::beside(&run, Some(Cell::Lstm)).finish().unwrap());
        for lane in ChainLane::ALL {
            let table = chain_csv(&run, &chain, lane, words).finish().unwrap();
            let rows: Vec<Vec<&str>> =
                table.trim_end().lines().map(|line| line.split(',').collect()).collect();
            let wanted = match lane {
                ChainLane::Jacobian | ChainLane::Product => 16,
                ChainLane::Norm => 4,
                ChainLane::Triangle => 1,
            };
            assert_eq!(rows.len(), 1 + wanted, "{lane:?}");
            assert!(rows.iter().all(|row| row.len() == 201), "{lane:?}");
            if lane == ChainLane::Jacobian {
                let jacobian = run.jacobian(Step::from_index(6));
                assert_eq!(rows[1 + 5][7].parse(), Ok(jacobian[[1, 1]]));
                assert_eq!(rows[1][1], "", "the first step has none");
            }
            if lane == ChainLane::Norm {
                let (_, decades) = rows[1][1].split_once('e').unwrap();
                assert!(decades.parse::<i64>().unwrap() < -400, "{}", rows[1][1]);
                assert!(rows.last().unwrap()[0].contains("LSTM"));
            }
        }
        let (ranges, palette) = (run.derived(), Palette::of(Theme::Light));
        let layout = Layout::of(run.experiment(), Parameter::W1H, 900.0);
        let scene =
            ChainScene { trace: &run, ranges: &ranges, chain: &chain, layout, palette: &palette };
        for lane in ChainLane::ALL {
            let (svg, size) = picture::chain_svg(scene, lane, words);
            assert!(svg.matches("<svg").count() == 2 && size.1 > 60.0, "{lane:?}");
            let names = lane == ChainLane::Norm;
            assert_eq!(svg.contains(">LSTM</text>"), names, "{lane:?}");
        }
    }

    #[test]
    fn a_comparison_is_a_column_for_each_of_its_curves() {
        let trails = Trails {
            trails: vec![
                Trail { points: vec![(0, 1.0), (10, 0.25)], mark: None },
                Trail { points: vec![(10, 0.5), (20, 1e-9)], mark: Some(20) },
            ],
            line: None,
            least_span: 1,
        };
        let names = ["η = 0.1, slow".to_owned(), "<b>".to_owned()];
        let table = trails_csv(&trails, &names, "Update");
        let lines: Vec<&str> = table.trim_start_matches('\u{feff}').trim_end().lines().collect();
        assert_eq!(
            lines,
            ["Update,\"η = 0.1, slow\",<b>", "0,1,", "10,0.25,0.5", "20,,0.000000001"]
        );
        let palette = Palette::of(Theme::Light);
        let (svg, _) = picture::trails_svg(&trails, &names, "title", &palette, (300.0, 100.0));
        assert!(svg.contains("&lt;b&gt;") && svg.matches("<svg").count() == 2);
    }

    #[test]
    fn a_lane_of_a_training_is_a_row_for_each_update() {
        let set = crate::rnn::train::DataSet::named("hello").unwrap();
        let mut run = crate::rnn::train::Run::new(set.training(1), None);
        run.run_for(25);
        let updates = Updates::of(&run, None, None, 400.0);
        let words = Language::default().words();
        for (lane, rows) in UpdateLane::ALL.into_iter().zip([26, 3, 3, 25, 26]) {
            let table = updates_csv(&updates, lane, words);
            let lines: Vec<&str> = table.trim_end().split("\r\n").collect();
            assert_eq!(lines.len(), 1 + rows, "{lane:?}");
            let columns = update_heads(&updates, lane, words).len();
            assert!(update_rows(&updates, lane).iter().all(|(_, row)| row.len() + 1 == columns));
        }
        // The weights after the last update, and before the first.
        let rows = update_rows(&updates, UpdateLane::Weights);
        let of = |weights: &crate::rnn::Weights| -> Vec<Option<f64>> {
            let all = [Parameter::W1H, Parameter::W2].map(|of| weights.matrix(of).to_owned());
            all.iter().flatten().copied().map(Some).collect()
        };
        assert_eq!(rows.last(), Some(&(25, of(run.training().weights()))));
        assert_eq!(rows[0], (0, of(run.at(0).weights())));
        let (svg, _) = crate::export::picture::updates_svg(
            &updates,
            UpdateLane::Loss,
            "a < b",
            &crate::figure::Palette::of(crate::figure::Theme::Light),
            words,
        );
        assert!(svg.contains("a &lt; b") && svg.matches("<svg").count() == 2);
    }
}
