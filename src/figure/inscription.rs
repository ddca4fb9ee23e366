//! The numbers that stand in a picture, for whoever writes them.

use super::{
    lane::{Scene, StateShown},
    layout::{Block, Lane, Look},
    numbers,
    palette::wants_light_ink,
};
use crate::{
    rnn::{Step, Variable},
    session::{Spot, Stage, Timeline},
};

/// How much of a stage must have happened for its numbers to show.
const NUMBERS_SHOW_AT: f64 = 0.7;

/// A number at a place, centered there.
#[derive(Clone, Debug, PartialEq)]
pub struct Inscription {
    /// The place in the lane, in CSS pixels.
    pub at: (f64, f64),
    /// The number as it is read.
    pub text: String,
    /// Whether it stands on a dark colour, or on a light one; on none it has the ink of words.
    pub light: Option<bool>,
}

impl Scene<'_> {
    /// Whether a lane has room for numbers.
    pub fn has_numbers(self, lane: Lane) -> bool {
        match self.layout.look(lane) {
            Look::Stack => self.layout.block(lane, Step::FIRST).has_numbers(),
            Look::Bar | Look::Bars => self.layout.axis.has_numbers(),
            Look::Gate | Look::Map | Look::Matrix => false,
        }
    }

    /// What of the numbers of `step` can be seen in a lane.
    pub fn shown(self, lane: Lane, step: Step) -> StateShown {
        let timeline = Timeline::of(self.trace.steps());
        let done = |stage| self.cursor.completion(timeline.position(stage));
        let plain = self.layout.cell.recipe().plain().is_some();
        let state = |is_shown| if is_shown { StateShown::State } else { StateShown::Nothing };
        match lane {
            Lane::Value(_) if plain => StateShown::at(done(Stage::Forward(step))),
            Lane::Value(_) => state(self.appeared(lane, step) >= NUMBERS_SHOW_AT),
            Lane::Output => state(done(Stage::Loss) >= NUMBERS_SHOW_AT),
            _ if plain => state(done(Stage::Backward(step)) >= NUMBERS_SHOW_AT),
            _ => state(self.appeared(lane, step) >= NUMBERS_SHOW_AT),
        }
    }

    /// The numbers of one step in a lane; `sum` asks for Z₁ in the place of H.
    pub fn inscriptions(self, lane: Lane, step: Step, sum: bool) -> Vec<Inscription> {
        let Self { trace: run, layout, .. } = self;
        let block = layout.block(lane, step);
        let below = |value: f64, prefix: &str| {
            let at = (block.rect.center().0, block.rect.bottom() + 11.0);
            let text = format!("{prefix}{}", numbers::short_size(value));
            vec![Inscription { at, text, light: None }]
        };
        match lane {
            Lane::Value(Variable::State) if sum => {
                self.in_tiles(block, |unit| Spot::Value { of: Variable::Z1, step, unit })
            }
            _ if layout.look(lane) == Look::Stack => {
                self.in_tiles(block, |unit| layout.spot(lane, step, unit, 0))
            }
            Lane::Output => {
                let losses = &run.output().losses;
                let loss = run.experiment().loss_row(step).and_then(|row| losses.get(row));
                loss.map_or_else(Vec::new, |loss| below(*loss, "L "))
            }
            Lane::Norm(of) => below(Spot::Norm { of, step }.value(run).unwrap_or_default(), ""),
            _ => Vec::new(),
        }
    }

    /// The numbers of a block of one column, each in its tile.
    fn in_tiles(self, block: Block, spot: impl Fn(usize) -> Spot) -> Vec<Inscription> {
        (0..block.rows)
            .filter_map(|row| {
                let spot = spot(row);
                Some(Inscription {
                    at: block.rect_of(row, 0).center(),
                    text: numbers::short(spot.value(self.trace)?),
                    light: Some(wants_light_ink(self.colours().of(spot))),
                })
            })
            .collect()
    }
}
