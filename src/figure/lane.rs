//! The lanes of the score: each draws one quantity over time, as far as the cursor has come.

use super::{
    brush::{Brush, Drawn, Line},
    layout::{Axis, Block, Lane, Layout, Look, Rect},
    palette::Palette,
    ranges::{Colours, Flow, Ranges},
    sums,
};
use crate::{
    rnn::{Place, Step, Trace, Variable, engine::Head, recipe::Recipe},
    session::{Cursor, Scale, Spot, Stage, Timeline},
};
use ndarray::Axis as Dimension;
use plotters::prelude::DrawingBackend;
use std::{ops::RangeInclusive, rc::Rc};

/// What a lane shows, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The run.
    pub trace: &'a Trace,
    /// Its ranges of colours.
    pub ranges: &'a Ranges,
    /// How far it has come.
    pub cursor: Cursor,
    /// Where everything stands.
    pub layout: Layout,
    /// The colours.
    pub palette: &'a Palette,
    /// How sizes of gradients become colours.
    pub scale: Scale,
    /// What of the lane is drawn.
    pub part: Columns,
}

/// Some columns of a lane, side by side. Time changes a few of them from frame to frame, and what the others
/// show stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The first column, counted from 0.
    first: usize,
    /// The last one; the output's comes after those of all steps.
    last: usize,
}

impl Columns {
    /// All columns.
    pub const WHOLE: Self = Self { first: 0, last: usize::MAX };

    /// What of `lane` is another picture at one cursor than at another, both as the lane sees them.
    pub fn between(lane: Lane, timeline: Timeline, one: Cursor, other: Cursor) -> Self {
        let steps = timeline.steps();
        let columns = |position: usize| match timeline.stage(position) {
            Stage::Forward(step) | Stage::Backward(step) => (step.index(), step.index()),
            _ => (steps.saturating_sub(1), steps),
        };
        let from = one.position.min(other.position);
        let to = one.position.max(other.position);
        let (mut first, mut last) = columns(from);
        for position in from..=to {
            let columns = columns(position);
            (first, last) = (first.min(columns.0), last.max(columns.1));
        }
        match lane {
            // All bars grow at once.
            Lane::Output => Self::WHOLE,
            // Each contribution moves into the sum, behind all columns.
            Lane::Contribution => Self { first, last: usize::MAX },
            _ => Self { first, last },
        }
    }

    /// Where it begins and ends, in CSS pixels from the left of the lane: its arrows reach into the columns
    /// beside it.
    pub fn sides(self, axis: Axis) -> (f64, f64) {
        let left = axis.column() * self.first.saturating_sub(1) as f64;
        let columns = self.last.saturating_add(2);
        let right =
            if columns > axis.steps() { axis.width() } else { axis.column() * columns as f64 };
        (left, right)
    }

    /// Whether something of a step's column, or an arrow from or to it, lies within its sides.
    fn shows(self, step: Step) -> bool {
        let near = self.first.saturating_sub(2)..=self.last.saturating_add(2);
        near.contains(&step.index())
    }
}

impl Lane {
    /// The positions on the timeline between which this lane changes.
    pub fn active(self, timeline: Timeline) -> RangeInclusive<usize> {
        match self {
            Self::Value(_) => 0..=timeline.position(Stage::Output),
            Self::Output => timeline.position(Stage::Output)..=timeline.position(Stage::Loss),
            _ => timeline.position(Stage::BackwardOutput)..=timeline.last() - 1,
        }
    }

    /// The cursor as this lane sees it: all that happens outside of its time is one to it.
    pub fn local(self, timeline: Timeline, cursor: Cursor) -> Cursor {
        let active = self.active(timeline);
        if cursor.position < *active.start() {
            Cursor::beginning(*active.start())
        } else if cursor.position > *active.end() {
            Cursor::at(*active.end())
        } else {
            cursor
        }
    }
}

/// What of a state can be seen when a stage has happened in part: first the arrows come in, then
/// the sum Z₁ stands there, then tanh squashes it to H.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateShown {
    /// Nothing yet.
    Nothing,
    /// Z₁, before tanh.
    Sum,
    /// H.
    State,
}

impl StateShown {
    /// What can be seen when a forward stage has happened to the share `done`.
    pub fn at(done: f64) -> Self {
        match done {
            ..0.5 => Self::Nothing,
            ..0.85 => Self::Sum,
            _ => Self::State,
        }
    }
}

/// The share of a stage from which to which a lane's numbers appear: those of a cell with gates one
/// equation after another.
fn window(recipe: &Recipe, lane: Lane) -> (f64, f64) {
    let count = recipe.variables().count() as f64;
    let part = |place: Option<usize>, from: f64, to: f64| {
        let place = place.unwrap_or_default() as f64;
        let width = (to - from) / count;
        (from + place * width, from + (place + 1.0) * width)
    };
    match lane {
        Lane::Value(of) => part(recipe.variables().position(|it| it == of), 0.15, 1.0),
        _ if recipe.plain().is_some() => (0.5, 1.0),
        Lane::Error(of) | Lane::Arrival(of, _) | Lane::Norm(of) => {
            part(recipe.variables().rev().position(|it| it == of), 0.2, 0.8)
        }
        Lane::Contribution => (0.8, 1.0),
        Lane::Output => (0.5, 1.0),
    }
}

/// Which of the numbers that a stage computes, in the order of their computation, is being computed when
/// the share `done` of the stage has happened: the first until the second begins. Where the stage is over or
/// has not begun, none is.
pub fn turn(recipe: &Recipe, numbers: &[Spot], done: f64) -> Option<usize> {
    let begins = |spot: &Spot| {
        let plain = recipe.plain().is_some();
        match *spot {
            Spot::Value { of: Variable::State, .. } if plain => 0.7,
            Spot::Value { .. } | Spot::Error { of: Variable::State, .. } if plain => 0.0,
            Spot::Contribution { .. } if plain => 0.65,
            Spot::Value { of, .. } => window(recipe, Lane::Value(of)).0,
            Spot::Error { of, .. } => window(recipe, Lane::Error(of)).0,
            Spot::Contribution { .. } => window(recipe, Lane::Contribution).0,
            _ => 1.0,
        }
    };
    let under_way = done > 0.0 && done < 1.0 && !numbers.is_empty();
    under_way.then(|| numbers.iter().rposition(|spot| begins(spot) <= done).unwrap_or_default())
}

impl<'a> Scene<'a> {
    /// Draws `lane` with `brush`.
    ///
    /// # Errors
    ///
    /// What the backend answers.
    pub fn draw<DB: DrawingBackend>(self, lane: Lane, brush: &Brush<'_, DB>) -> Drawn<DB> {
        match lane {
            Lane::Value(Variable::State) if self.is_plain() => self.hidden(brush),
            Lane::Value(of) => self.values(of, brush),
            Lane::Output => self.output(brush),
            Lane::Error(of) => {
                self.spreading(lane, brush)?;
                match self.flow_into(of) {
                    Some(flow) => self.flow(lane, flow, brush),
                    None => Ok(()),
                }
            }
            Lane::Arrival(..) => self.spreading(lane, brush),
            Lane::Norm(of) => self.norm(of, brush),
            Lane::Contribution => self.contribution(brush),
        }
    }

    fn is_plain(self) -> bool {
        self.recipe().plain().is_some()
    }

    fn recipe(self) -> &'static Recipe {
        self.trace.experiment().recipe()
    }

    /// How much of a lane's numbers of a step has appeared.
    pub(super) fn appeared(self, lane: Lane, step: Step) -> f64 {
        let stage = if lane.is_forward() { Stage::Forward(step) } else { Stage::Backward(step) };
        let (from, to) = window(self.recipe(), lane);
        ramp(self.completion(stage), from, to)
    }

    /// What colour each number has.
    pub fn colours(self) -> Colours<'a> {
        let Self { trace, ranges, palette, scale, .. } = self;
        Colours { trace, ranges, palette, scale }
    }

    /// How much of `stage` has happened, from 0 to 1.
    fn completion(self, stage: Stage) -> f64 {
        self.cursor.completion(Timeline::of(self.trace.steps()).position(stage))
    }

    /// The steps of which something is drawn.
    fn steps(self) -> impl DoubleEndedIterator<Item = Step> {
        Step::all(self.trace.steps()).filter(move |&step| self.part.shows(step))
    }

    fn block(self, lane: Lane, step: Step) -> Block {
        self.layout.block(lane, step)
    }

    /// The token and the state before it come in along their arrows; their sum Z₁ takes its colour;
    /// tanh squashes it.
    fn hidden<DB: DrawingBackend>(self, brush: &Brush<'_, DB>) -> Drawn<DB> {
        let sums = self.trace.values(Variable::Z1);
        let unit = 0;
        let range_of = |spot| self.ranges.range(spot);
        let range_of_sums = range_of(Spot::Value { of: Variable::Z1, step: Step::FIRST, unit });
        let range_of_states =
            range_of(Spot::Value { of: Variable::State, step: Step::FIRST, unit });
        for step in self.steps() {
            let block = self.block(Lane::Value(Variable::State), step);
            let done = self.completion(Stage::Forward(step));
            if done < 1.0 {
                brush.empty(block, self.palette.outline)?;
            }
            let state = self.trace.state_after(step);
            let sum = sums.map_or(state, |sums| sums.index_axis_move(Dimension(0), step.number()));
            let (formed, squashed) = (ramp(done, 0.35, 0.55), ramp(done, 0.7, 1.0));
            let range = range_of_sums + (range_of_states - range_of_sums) * squashed;
            let value = |row: usize, _| {
                if squashed < 1.0 {
                    sum[row] + (state[row] - sum[row]) * squashed
                } else {
                    state[row]
                }
            };
            brush.tiles(block, formed, &value, &|_, _, value| self.palette.colour(value, range))?;
        }
        let line = Line { colour: self.palette.ink, opacity: 1.0, width: 1.5, dashes: None };
        let (_, middle) = self.block(Lane::Value(Variable::State), Step::FIRST).rect.center();
        for step in self.steps() {
            let rect = self.block(Lane::Value(Variable::State), step).rect;
            let entering = ramp(self.completion(Stage::Forward(step)), 0.0, 0.35);
            brush.arrow(
                &[(rect.center().0, 0.0), (rect.center().0, rect.y - 1.0)],
                entering,
                line,
            )?;
            let from = rect.right() + 4.0;
            let (to, done) = if step.number() < self.trace.steps() {
                let next = step.next();
                let left = self.block(Lane::Value(Variable::State), next).rect.x - 4.0;
                (left, ramp(self.completion(Stage::Forward(next)), 0.0, 0.4))
            } else {
                let left = self.layout.axis.left_of_output() + 6.0;
                (left, first_half(self.completion(Stage::Output)))
            };
            if to - from >= 10.0 {
                brush.arrow(&[(from, middle), (to, middle)], done, line)?;
            }
        }
        Ok(())
    }

    /// A variable of a cell with gates: each step's tiles take their colour when its equation has its
    /// turn. H goes on along arrows, C along a line that no weight crosses.
    fn values<DB: DrawingBackend>(self, of: Variable, brush: &Brush<'_, DB>) -> Drawn<DB> {
        let lane = Lane::Value(of);
        let Some(values) = self.trace.values(of) else { return Ok(()) };
        for step in self.steps() {
            let (block, done) = (self.block(lane, step), self.appeared(lane, step));
            if done < 1.0 {
                brush.empty(block, self.palette.outline)?;
            }
            let row = values.row(step.number());
            let value = |unit: usize, _| row[unit];
            brush.tiles(block, done, &value, &|unit, _, value| {
                self.colours().at(Spot::Value { of, step, unit }, value)
            })?;
        }
        if self.layout.look(lane) != Look::Stack {
            return Ok(());
        }
        let straight = of == Variable::Memory;
        let width = if straight { 3.0 } else { 1.5 };
        let line = Line { colour: self.palette.ink, opacity: 1.0, width, dashes: None };
        for step in self.steps() {
            let rect = self.block(lane, step).rect;
            let (_, middle) = rect.center();
            let (from, last) = (rect.right() + 3.0, step.number() == self.trace.steps());
            let (to, done) = if last {
                let left = self.layout.axis.left_of_output() + 6.0;
                (left, first_half(self.completion(Stage::Output)))
            } else {
                let next = self.block(lane, step.next()).rect.x - 3.0;
                (next, ramp(self.completion(Stage::Forward(step.next())), 0.0, 0.15))
            };
            if to - from < 8.0 || (straight && last) {
                continue;
            }
            if straight {
                let to = from + (to - from) * done;
                if done > 0.0 {
                    brush.curve(&[(from, middle), (to, middle)], line.colour, line.width)?;
                }
            } else {
                brush.arrow(&[(from, middle), (to, middle)], done, line)?;
            }
        }
        Ok(())
    }

    /// A bar for each output of each step, as long as its probability; the target's is dark.
    fn output<DB: DrawingBackend>(self, brush: &Brush<'_, DB>) -> Drawn<DB> {
        let done = self.completion(Stage::Output);
        for step in self.steps() {
            let block = self.block(Lane::Output, step);
            brush.outline(block.rect, self.palette.outline)?;
            let experiment = self.trace.experiment();
            let Some(row) = experiment.loss_row(step) else { continue };
            let is_share = experiment.question().head != Head::Identity;
            for (output, &share) in self.trace.output().answers.row(row).iter().enumerate() {
                let tile = block.rect_of(output, 0);
                // A value of a regression is no length: its tile has its colour.
                let length = if is_share { share } else { 1.0 };
                let gap = if tile.height >= 5.0 { 1.0 } else { 0.0 };
                let bar =
                    Rect { width: tile.width * length * done, height: tile.height - gap, ..tile };
                let colour = self.colours().at(Spot::Output { step, output }, share);
                if done > 0.0 {
                    brush.fill(bar, colour, 1.0)?;
                }
            }
        }
        Ok(())
    }

    /// What flows back into the lane of ∂L/∂V. In a cell without gates that of Z₁ has it, behind tanh.
    fn flow_into(self, of: Variable) -> Option<&'a Flow> {
        match of {
            Variable::Z1 => self.ranges.flow(Variable::State),
            _ if self.is_plain() => None,
            of => self.ranges.flow(of),
        }
    }

    /// The error flows back along arrows as wide as it is large: dashed where it comes through weights,
    /// whole where it comes straight through. Where exactly nothing flows there is no arrow.
    fn flow<DB: DrawingBackend>(self, lane: Lane, flow: &Flow, brush: &Brush<'_, DB>) -> Drawn<DB> {
        let line = |size: f64, dashed: bool| {
            let share = self.scale.share(size, self.ranges.of_flows());
            Line {
                colour: if size.is_finite() { self.palette.error } else { self.palette.undefined },
                opacity: 0.35 + 0.65 * share.sqrt(),
                width: 1.0 + 5.0 * share,
                dashes: dashed.then_some((5.0, 3.0)),
            }
        };
        let every_step_answers = self.trace.experiment().first_loss() == Step::FIRST;
        let last_loss = self.trace.experiment().last_loss();
        let ways_are_two = flow.straight.iter().any(|&size| size != 0.0)
            && flow.through.iter().any(|&size| size != 0.0);
        let (window, _) = window(self.recipe(), lane);
        for step in self.steps() {
            let rect = self.block(lane, step).rect;
            let (middle, to) = (rect.center().1, rect.right() + 4.0);
            let done = ramp(self.completion(Stage::Backward(step)), 0.0, window);
            let at = |sizes: &[f64]| sizes.get(step.index()).copied().unwrap_or_default();
            let (own, here) = (at(&flow.from_output), at(&flow.from_here));
            let down = [(rect.center().0, 0.0), (rect.center().0, rect.y - 1.0)];
            if here != 0.0 && !self.is_plain() {
                brush.arrow(&down, done, line(here, false))?;
            }
            if own == 0.0 {
                // Another step's output, or an output that has nothing to say.
            } else if (every_step_answers || step != last_loss) && self.trace.steps() > 1 {
                brush.arrow(&down, done, line(own, false))?;
            } else if step.number() == self.trace.steps() {
                let axis = self.layout.axis;
                let corner = axis.left_of_output() + axis.output() / 2.0;
                let top = (middle - 14.0).max(0.0);
                brush.arrow(
                    &[(corner, top), (corner, middle), (to, middle)],
                    done,
                    line(own, true),
                )?;
            } else {
                brush.arrow(&down, done, line(own, false))?;
            }
            if step.number() == self.trace.steps() {
                continue;
            }
            let from = self.block(lane, step.next()).rect.x - 4.0;
            if from - to < 10.0 {
                continue;
            }
            let apart = if ways_are_two { (rect.height / 4.0).min(9.0) } else { 0.0 };
            let ways = [(at(&flow.straight), -apart, false), (at(&flow.through), apart, true)];
            for (size, aside, dashed) in ways {
                if size != 0.0 {
                    let y = middle + aside;
                    brush.arrow(&[(from, y), (to, y)], done, line(size, dashed))?;
                }
            }
        }
        Ok(())
    }

    /// A T×n quantity of the backward pass, each step's tiles in its column: their colour spreads from
    /// the column it comes from.
    fn spreading<DB: DrawingBackend>(self, lane: Lane, brush: &Brush<'_, DB>) -> Drawn<DB> {
        let trace = self.trace;
        let values = match lane {
            Lane::Error(of) => trace.errors(of),
            Lane::Arrival(of, nth) => {
                trace.way_back().at(of).nth(nth).and_then(|arrival| trace.arrivals(arrival))
            }
            _ => None,
        };
        let Some(values) = values else { return Ok(()) };
        for step in self.steps() {
            let block = self.block(lane, step);
            let done = self.appeared(lane, step);
            if done < 1.0 {
                brush.empty(block, self.palette.outline)?;
            }
            let width = block.rect.width * done;
            let rect = Rect { x: block.rect.right() - width, width, ..block.rect };
            let row = values.row(step.index());
            if width > 0.0 {
                let spread = Block { rect, ..block };
                let value = |unit: usize, _| row[unit];
                brush.tiles(spread, 1.0, &value, &|unit, _, value| {
                    self.colours().at(self.layout.spot(lane, step, unit, 0), value)
                })?;
            }
        }
        Ok(())
    }

    fn norm<DB: DrawingBackend>(self, of: Variable, brush: &Brush<'_, DB>) -> Drawn<DB> {
        for step in self.steps() {
            let spot = Spot::Norm { of, step };
            let norm = spot.value(self.trace).unwrap_or_default();
            let full = self.block(Lane::Norm(of), step).rect;
            let done = self.appeared(Lane::Norm(of), step);
            let share = self.scale.share(norm, self.ranges.range(spot));
            let height = full.height * share * done;
            let bar = Rect { y: full.bottom() - height, height, ..full };
            let floor = Rect { y: full.bottom(), height: 1.0, ..full };
            brush.fill(floor, self.palette.outline, 1.0)?;
            // The shortest bar is one pixel high; what is 0 has none.
            if done > 0.0 && norm != 0.0 {
                brush.fill(bar, self.colours().at(spot, norm), 1.0)?;
            }
        }
        Ok(())
    }

    /// Each step's matrix appears in its column, and a copy of it moves into the sum at the right,
    /// which changes as it arrives.
    fn contribution<DB: DrawingBackend>(self, brush: &Brush<'_, DB>) -> Drawn<DB> {
        let (trace, parameter) = (self.trace, self.layout.parameter);
        let total = self.layout.total_block();
        // All that has arrived, and what is arriving.
        let mut whole = None;
        let mut arriving = None;
        let mut moving = None;
        for step in Step::all(trace.steps()).rev() {
            let block = self.block(Lane::Contribution, step);
            let done = self.completion(Stage::Backward(step));
            let shows = self.part.shows(step);
            if done < 1.0 && shows {
                brush.empty(block, self.palette.outline)?;
            }
            // Where there are gates, the errors of which it is made take longer.
            let (from, _) = window(self.recipe(), Lane::Contribution);
            let ramp =
                |of: f64, to: f64| ramp(done, from + (1.0 - from) * of, from + (1.0 - from) * to);
            if shows {
                self.term(step, block, ramp(0.0, 0.3), brush)?;
            }
            let (gone, arrived) = (ramp(0.3, 0.9), ramp(0.7, 1.0));
            if gone > 0.0 && gone < 1.0 {
                moving = Some((step, block, gone));
            }
            if arrived >= 1.0 {
                whole = Some(step);
            } else if arrived > 0.0 {
                arriving = Some((step, arrived));
            }
        }
        let after_last = Step::from_index(trace.steps());
        let mut sum = self.ranges.sums().back_to(trace, parameter, whole.unwrap_or(after_last));
        if let Some((step, share)) = arriving {
            sums::add(trace, parameter, step, share, Rc::make_mut(&mut sum));
        }
        if whole.is_some() || arriving.is_some() {
            let value = |row, column| sum[[row, column]];
            brush.tiles(total, 1.0, &value, &|row, column, value| {
                self.colours().at(Spot::Gradient(Place { parameter, row, column }), value)
            })?;
        } else {
            brush.empty(total, self.palette.outline)?;
        }
        if let Some((step, block, gone)) = moving {
            let eased = gone * gone * (3.0 - 2.0 * gone);
            let between = |from: f64, to: f64| from + (to - from) * eased;
            let rect = Rect {
                x: between(block.rect.x, total.rect.x),
                y: between(block.rect.y, total.rect.y),
                width: between(block.rect.width, total.rect.width),
                height: between(block.rect.height, total.rect.height),
            };
            self.term(step, Block { rect, ..block }, 0.9, brush)?;
        }
        Ok(())
    }

    /// Draws what `step` contributes in the tiles of `block`.
    fn term<DB: DrawingBackend>(
        self,
        step: Step,
        block: Block,
        opacity: f64,
        brush: &Brush<'_, DB>,
    ) -> Drawn<DB> {
        let parameter = self.layout.parameter;
        let rows = sums::rows_of(self.trace, parameter, step, block.rows);
        if rows.len() < block.rows {
            brush.fill(block.rect, self.palette.colour(0.0, 1.0), opacity)?;
        }
        let (first, height) = (rows.start, block.rect.height / block.rows as f64);
        let rect = Rect {
            y: block.rect.y + height * first as f64,
            height: height * rows.len() as f64,
            ..block.rect
        };
        let place = |row, column| Place { parameter, row: first + row, column };
        let value = |row, column| self.trace.contribution_at(step, place(row, column));
        brush.tiles(
            Block { rect, rows: rows.len(), ..block },
            opacity,
            &value,
            &|row, column, value| {
                self.colours().at(Spot::Contribution { step, place: place(row, column) }, value)
            },
        )
    }
}

/// 0 until `done` is `from`, 1 from `to` on, and evenly in between.
fn ramp(done: f64, from: f64, to: f64) -> f64 {
    ((done - from) / (to - from)).clamp(0.0, 1.0)
}

fn first_half(done: f64) -> f64 {
    (done * 2.0).min(1.0)
}
