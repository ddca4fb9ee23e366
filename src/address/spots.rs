//! How an address names a number: `h.3.1` is H of unit 1 at step 3.

use crate::{
    rnn::{Parameter, Place, Step},
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
        Spot::PreActivation { step, unit: c } => unit("z1", step, c),
        Spot::State { step, unit: c } => unit("h", step, c),
        Spot::Logit { step, output } => unit("z2", step, output),
        Spot::Output { step, output } => unit("a2", step, output),
        Spot::OutputError { step, output } => unit("dz2", step, output),
        Spot::Error { step, unit: c } => unit("dz1", step, c),
        Spot::HiddenError { step, unit: c } => unit("dh", step, c),
        Spot::Loss { step } => format!("loss.{}", step.number()),
        Spot::WholeLoss => "loss".to_owned(),
        Spot::Norm { step } => format!("norm.{}", step.number()),
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
        let parameter = Parameter::ALL.into_iter().find(|parameter| parameter.field() == tensor)?;
        Some(Place { parameter, row: index(row)?, column: index(column)? })
    };
    Some(match parts[..] {
        ["z1", t, c] => Spot::PreActivation { step: step(t)?, unit: index(c)? },
        ["h", t, c] => Spot::State { step: step(t)?, unit: index(c)? },
        ["z2", s, o] => Spot::Logit { step: step(s)?, output: index(o)? },
        ["a2", s, o] => Spot::Output { step: step(s)?, output: index(o)? },
        ["dz2", s, o] => Spot::OutputError { step: step(s)?, output: index(o)? },
        ["dz1", t, c] => Spot::Error { step: step(t)?, unit: index(c)? },
        ["dh", t, c] => Spot::HiddenError { step: step(t)?, unit: index(c)? },
        ["loss", s] => Spot::Loss { step: step(s)? },
        ["loss"] => Spot::WholeLoss,
        ["norm", t] => Spot::Norm { step: step(t)? },
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
        _ => return None,
    })
}
