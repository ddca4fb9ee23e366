//! How an address names a number: `h.3.1` is H of unit 1 at step 3.

use crate::{
    rnn::{Parameter, Place, Step, Variable},
    session::Spot,
};

/// The name of a number, counted from 1.
pub(super) fn written(spot: Spot) -> String {
    let unit =
        |name: &str, step: Step, unit: usize| format!("{name}.{}.{}", step.number(), unit + 1);
    let at = |Place { parameter, row, column }: Place| {
        format!("{}.{}.{}", parameter.field(), row + 1, column + 1)
    };
    match spot {
        Spot::Value { of, step, unit: c } => unit(&of.field(), step, c),
        Spot::Start { of, unit } => format!("{}.0.{}", of.field(), unit + 1),
        Spot::Error { of, step, unit: c } => unit(&format!("d{}", of.field()), step, c),
        Spot::Arrival { of, nth, step, unit: c } => {
            unit(&format!("arrival.{}.{}", of.field(), nth + 1), step, c)
        }
        Spot::Norm { of: Variable::State, step } => format!("norm.{}", step.number()),
        Spot::Norm { of, step } => format!("norm.{}.{}", of.field(), step.number()),
        Spot::Logit { step, output } => unit("z2", step, output),
        Spot::Output { step, output } => unit("a2", step, output),
        Spot::OutputError { step, output } => unit("dz2", step, output),
        Spot::Loss { step } => format!("loss.{}", step.number()),
        Spot::WholeLoss => "loss".to_owned(),
        Spot::Contribution { step, place } => format!("term.{}.{}", step.number(), at(place)),
        Spot::Gradient(place) => format!("gradient.{}", at(place)),
        Spot::Weight(place) => format!("weight.{}", at(place)),
        Spot::Updated(place) => format!("updated.{}", at(place)),
        Spot::Jacobian { step, row, column } => {
            format!("jacobian.{}.{}.{}", step.number(), row + 1, column + 1)
        }
        Spot::Chain { from, to, row, column } => {
            format!("chain.{}.{}.{}.{}", from.number(), to.number(), row + 1, column + 1)
        }
    }
}

/// The number of this name; whether a run has it is for the run to say.
pub(super) fn read(name: &str) -> Option<Spot> {
    let parts: Vec<&str> = name.split('.').collect();
    let index = |number: &str| number.parse::<usize>().ok()?.checked_sub(1);
    let step = |number: &str| index(number).map(Step::from_index);
    let place = |tensor: &str, row: &str, column: &str| {
        let parameter = Parameter::named(tensor)?;
        Some(Place { parameter, row: index(row)?, column: index(column)? })
    };
    Some(match parts[..] {
        ["z2", s, o] => Spot::Logit { step: step(s)?, output: index(o)? },
        ["a2", s, o] => Spot::Output { step: step(s)?, output: index(o)? },
        ["dz2", s, o] => Spot::OutputError { step: step(s)?, output: index(o)? },
        ["loss", s] => Spot::Loss { step: step(s)? },
        ["loss"] => Spot::WholeLoss,
        ["arrival", of, nth, t, c] => Spot::Arrival {
            of: Variable::named(of)?,
            nth: index(nth)?,
            step: step(t)?,
            unit: index(c)?,
        },
        ["norm", of, t] => Spot::Norm { of: Variable::named(of)?, step: step(t)? },
        ["norm", t] => Spot::Norm { of: Variable::State, step: step(t)? },
        ["term", t, tensor, r, c] => {
            Spot::Contribution { step: step(t)?, place: place(tensor, r, c)? }
        }
        ["gradient", tensor, r, c] => Spot::Gradient(place(tensor, r, c)?),
        ["weight", tensor, r, c] => Spot::Weight(place(tensor, r, c)?),
        ["updated", tensor, r, c] => Spot::Updated(place(tensor, r, c)?),
        ["jacobian", t, r, c] => {
            Spot::Jacobian { step: step(t)?, row: index(r)?, column: index(c)? }
        }
        ["chain", from, to, r, c] => {
            Spot::Chain { from: step(from)?, to: step(to)?, row: index(r)?, column: index(c)? }
        }
        [of, "0", c] => Spot::Start { of: Variable::named(of)?, unit: index(c)? },
        [of, t, c] => {
            let (step, unit) = (step(t)?, index(c)?);
            match Variable::named(of) {
                Some(of) => Spot::Value { of, step, unit },
                None => Spot::Error { of: Variable::named(of.strip_prefix('d')?)?, step, unit },
            }
        }
        _ => return None,
    })
}
