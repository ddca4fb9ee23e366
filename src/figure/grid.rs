//! The numbers of the score as one grid: which one stands where, and which is beside which.

use super::layout::{Lane, Layout, Rect};
use crate::{
    rnn::{Place, Step, Variable, recipe::Right},
    session::{Spot, Stage},
};

/// A way to go from number to number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the step before.
    Left,
    /// To the next step.
    Right,
    /// To the tile or the lane above.
    Up,
    /// To the tile or the lane below.
    Down,
}

impl Layout {
    /// The number that a point of a lane shows, if it shows one.
    pub fn spot_at(self, lane: Lane, (x, y): (f64, f64)) -> Option<Spot> {
        let place = |row, column| Place { parameter: self.parameter, row, column };
        let Some(step) = self.axis.step_at(x) else {
            let (row, column) = self.total_block().tile_at((x, y))?;
            return (lane == Lane::Contribution).then(|| Spot::Gradient(place(row, column)));
        };
        let (row, column) = self.block(lane, step).tile_at((x, y))?;
        Some(self.spot(lane, step, row, column))
    }

    /// The number of a step in a lane, by its row and column.
    pub fn spot(self, lane: Lane, step: Step, row: usize, column: usize) -> Spot {
        match lane {
            Lane::Value(of) => Spot::Value { of, step, unit: row },
            Lane::Output => Spot::Output { step, output: row },
            Lane::Error(of) => Spot::Error { of, step, unit: row },
            Lane::Arrival(of, nth) => Spot::Arrival { of, nth, step, unit: row },
            Lane::Norm(of) => Spot::Norm { of, step },
            Lane::Contribution => {
                Spot::Contribution { step, place: Place { parameter: self.parameter, row, column } }
            }
        }
    }

    /// The lane in which a number stands, its step, row and column there; that of a gradient is past the
    /// last step. A sum stands where what a function makes of it does.
    fn stands(self, spot: Spot) -> Option<(Lane, Option<Step>, usize, usize)> {
        let shown = |lane: Lane| self.lanes().any(|there| there == lane);
        let squashed = |of: Variable| {
            let equations = self.cell.recipe().equations.iter();
            let mut made = equations.filter(|it| matches!(it.is, Right::Of(_, sum) if sum == of));
            made.next().map_or(of, |equation| equation.of)
        };
        let place = match spot {
            Spot::Value { of, step, unit } => {
                let of = if shown(Lane::Value(of)) { of } else { squashed(of) };
                (Lane::Value(of), Some(step), unit, 0)
            }
            Spot::Output { step, output }
            | Spot::Logit { step, output }
            | Spot::OutputError { step, output } => (Lane::Output, Some(step), output, 0),
            Spot::Error { of, step, unit } => (Lane::Error(of), Some(step), unit, 0),
            Spot::Arrival { of, nth, step, unit } => {
                let own = Lane::Arrival(of, nth);
                (if shown(own) { own } else { Lane::Error(of) }, Some(step), unit, 0)
            }
            Spot::Norm { of, step } => (Lane::Norm(of), Some(step), 0, 0),
            Spot::Contribution { step, place } => {
                (Lane::Contribution, Some(step), place.row, place.column)
            }
            Spot::Gradient(place) => (Lane::Contribution, None, place.row, place.column),
            Spot::Start { .. }
            | Spot::Loss { .. }
            | Spot::WholeLoss
            | Spot::Weight(_)
            | Spot::Updated(_)
            | Spot::Jacobian { .. }
            | Spot::Chain { .. } => return None,
        };
        Some(place)
    }

    /// The number beside another one in the grid of all numbers: across a matrix and on to the next
    /// step, down a step's tiles and on to the next lane. At the edge it is the number itself.
    pub fn neighbour(self, spot: Spot, direction: Direction) -> Spot {
        let last = Step::from_index(self.axis.steps() - 1);
        let Some((lane, step, row, column)) = self.stands(spot) else { return spot };
        let (rows, columns) = self.shape(lane);
        let at = |step: Option<Step>, row: usize, column: usize| match step {
            Some(step) => self.spot(lane, step, row, column),
            None => Spot::Gradient(Place { parameter: self.parameter, row, column }),
        };
        match direction {
            Direction::Left if column > 0 => at(step, row, column - 1),
            Direction::Left => match step {
                Some(step) => step.previous().map_or(spot, |step| at(Some(step), row, columns - 1)),
                None => at(Some(last), row, columns - 1),
            },
            Direction::Right if column + 1 < columns => at(step, row, column + 1),
            Direction::Right => match step {
                Some(step) if step < last => at(Some(step.next()), row, 0),
                Some(_) if lane == Lane::Contribution => at(None, row, 0),
                _ => spot,
            },
            Direction::Up if row > 0 => at(step, row - 1, column),
            Direction::Down if row + 1 < rows => at(step, row + 1, column),
            Direction::Up | Direction::Down => {
                let lanes: Vec<Lane> = self.lanes().collect();
                let here = lanes.iter().position(|&there| there == lane).unwrap_or_default();
                let down = direction == Direction::Down;
                let there = if down { here.checked_add(1) } else { here.checked_sub(1) };
                let Some(&lane) = there.and_then(|there| lanes.get(there)) else { return spot };
                let row = if down { 0 } else { self.shape(lane).0 - 1 };
                self.spot(lane, step.unwrap_or(last), row, 0)
            }
        }
    }

    /// The number where a person begins to look at `stage`.
    pub fn first_spot(self, stage: Stage) -> Spot {
        let state = Lane::Value(Variable::State);
        let error = self.lanes().find(|lane| match self.cell.recipe().plain() {
            Some(_) => *lane == Lane::Error(Variable::Z1),
            None => matches!(lane, Lane::Error(_)),
        });
        match stage {
            Stage::Forward(step) => self.spot(state, step, 0, 0),
            Stage::Backward(step) => self.spot(error.unwrap_or(state), step, 0, 0),
            _ => self.spot(state, Step::from_index(self.axis.steps() - 1), 0, 0),
        }
    }

    /// Where a number stands: its lane, and its rectangle there. Numbers that no lane shows have
    /// none.
    pub fn rect_of(self, spot: Spot) -> Option<(Lane, Rect)> {
        let of_other_tensor = match spot {
            Spot::Contribution { place, .. } | Spot::Gradient(place) => {
                place.parameter != self.parameter
            }
            _ => false,
        };
        let (lane, step, row, column) = self.stands(spot)?;
        if of_other_tensor || !self.lanes().any(|there| there == lane) {
            return None;
        }
        let block = step.map_or_else(|| self.total_block(), |step| self.block(lane, step));
        Some((lane, block.rect_of(row, column)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        rnn::{Cell, Experiment, Parameter, Task},
        text::Language,
    };

    fn layout(units: usize, parameter: Parameter, task: Task, available: f64) -> Layout {
        let mut settings = Language::default().first_experiment().unwrap().settings().clone();
        settings.hidden = units;
        settings.task = task;
        Layout::of(&Experiment::new(settings).unwrap(), parameter, available)
    }

    #[test]
    fn a_number_is_found_at_its_center() {
        for (units, available) in [(1, 300.0), (4, 700.0), (32, 900.0)] {
            for parameter in Parameter::RECURRENT {
                for task in [Task::NextToken, Task::binary(true)] {
                    let layout = layout(units, parameter, task, available);
                    for lane in layout.lanes() {
                        for step in Step::all(layout.axis.steps()) {
                            let block = layout.block(lane, step);
                            for row in 0..block.rows {
                                for column in 0..block.columns {
                                    let spot = layout.spot(lane, step, row, column);
                                    let (found, rect) = layout.rect_of(spot).unwrap();
                                    assert_eq!(found, lane);
                                    assert_eq!(layout.spot_at(lane, rect.center()), Some(spot));
                                }
                            }
                            assert!(block.rect.bottom() <= layout.height(lane) + 1e-9);
                            assert!(block.rect.y >= 0.0);
                        }
                    }
                    let (rows, columns) = layout.shape(Lane::Contribution);
                    let last = Place { parameter, row: rows - 1, column: columns - 1 };
                    let (lane, rect) = layout.rect_of(Spot::Gradient(last)).unwrap();
                    assert_eq!(layout.spot_at(lane, rect.center()), Some(Spot::Gradient(last)));
                }
            }
        }
    }

    #[test]
    fn every_lane_of_every_cell_can_be_added_and_its_numbers_are_found() {
        for cell in Cell::ALL {
            let mut settings = Language::default().first_experiment().unwrap().settings().clone();
            settings.cell = cell;
            let experiment = Experiment::new(settings).unwrap();
            let parameter = cell.recipe().main_parameter();
            let layout = Layout::of(&experiment, parameter, 900.0);
            let told = layout.lanes().count();
            let all: Vec<Lane> = Lane::of(cell).iter().map(|(lane, _)| *lane).collect();
            let layout = layout.adding(&all);
            // There is no row of outputs where only the last step has one.
            assert_eq!(layout.lanes().count(), all.len() - 1, "{cell:?}");
            assert_eq!(layout.folded().count(), 0);
            assert!(told < all.len() - 1 || cell.recipe().plain().is_some());
            let trace = crate::rnn::Trace::of(experiment);
            for lane in layout.lanes() {
                for step in Step::all(layout.axis.steps()) {
                    let spot = layout.spot(lane, step, 0, 0);
                    assert!(spot.value(&trace).is_some(), "{cell:?} has no {spot:?}");
                    let (found, rect) = layout.rect_of(spot).unwrap();
                    assert_eq!((found, layout.spot_at(lane, rect.center())), (lane, Some(spot)));
                }
            }
            let names: std::collections::HashSet<String> = all.iter().map(|it| it.name()).collect();
            assert_eq!(names.len(), all.len());
        }
    }

    #[test]
    fn arrows_reach_every_number_and_come_back() {
        let layout = layout(3, Parameter::W1H, Task::NextToken, 700.0);
        let walk = |mut spot: Spot, direction: Direction| {
            let mut path = vec![spot];
            loop {
                let next = layout.neighbour(spot, direction);
                if next == spot {
                    return path;
                }
                path.push(next);
                spot = next;
            }
        };
        let first = layout.spot(Lane::Value(Variable::State), Step::FIRST, 0, 0);
        let down = walk(first, Direction::Down);
        let rows: usize = layout.lanes().map(|lane| layout.shape(lane).0).sum();
        assert_eq!(down.len(), rows);
        assert_eq!(walk(down[rows - 1], Direction::Up).len(), rows);
        let across = walk(down[rows - 1], Direction::Right);
        assert_eq!(across.len(), 3 * (layout.axis.steps() + 1));
        let back = walk(across[across.len() - 1], Direction::Left);
        assert!(back.iter().eq(across.iter().rev()));
    }
}
