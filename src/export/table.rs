//! The numbers of a lane as rows, and as comma-separated values.

use crate::{
    figure::Lane,
    rnn::{Parameter, Place, Step, Trace},
    session::Spot,
    text::{Words, plain},
};

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
    let tokens = run.experiment().sequence().tokens();
    let steps = Step::all(run.steps()).zip(tokens);
    let heads = steps.map(|(step, token)| format!("{} {token}", step.number()));
    let sum = (lane == Lane::Contribution).then(|| words.sum().to_owned());
    let head: Vec<String> =
        [words.time_step().to_owned()].into_iter().chain(heads).chain(sum).collect();
    let rows = rows(run, lane, parameter, words).into_iter().map(|(name, values)| {
        [name].into_iter().chain(values.iter().map(f64::to_string)).collect::<Vec<_>>()
    });
    let lines: Vec<String> = [head]
        .into_iter()
        .chain(rows)
        .map(|fields| fields.iter().map(|field| quoted(field)).collect::<Vec<_>>().join(","))
        .collect();
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
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
        rnn::{Experiment, Variable},
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
}
