//! Where everything in the score stands, in CSS pixels.

use crate::rnn::{Experiment, Parameter, Step, Task, weights::Sizes};

/// A rectangle; y grows downward.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

impl Rect {
    /// The point in the middle.
    pub fn center(self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The right edge.
    pub fn right(self) -> f64 {
        self.x + self.width
    }

    /// The lower edge.
    pub fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// The least rectangle around both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let width = self.right().max(other.right()) - x;
        Self { x, y, width, height: self.bottom().max(other.bottom()) - y }
    }

    /// The area that both have.
    pub fn overlap(self, other: Self) -> f64 {
        let width = self.right().min(other.right()) - self.x.max(other.x);
        let height = self.bottom().min(other.bottom()) - self.y.max(other.y);
        width.max(0.0) * height.max(0.0)
    }
}

/// The narrowest column of a time step: with more steps than fit, the score scrolls.
const NARROWEST_COLUMN: f64 = 16.0;
/// The widest column of a time step.
const WIDEST_COLUMN: f64 = 180.0;
/// From this width on, a column has room for numbers.
const NUMBERED_COLUMN: f64 = 40.0;
/// The lowest tile that has room for a number.
const NUMBERED_TILE: f64 = 13.0;

/// The room for a line of words below the sum of the contributions.
const CAPTION: f64 = 18.0;

/// The lowest lane of states: the answer stands beside them.
const LOWEST_STACK: f64 = 76.0;

/// The time axis that all lanes share: T columns, and one for the output after them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    steps: usize,
    column: f64,
    output: f64,
}

impl Axis {
    /// The axis of `steps` time steps in a width of `available`.
    pub fn of(steps: usize, available: f64) -> Self {
        let output = (available * 0.17).clamp(110.0, 140.0);
        let column = ((available - output) / steps as f64).floor();
        Self { steps, column: column.clamp(NARROWEST_COLUMN, WIDEST_COLUMN), output }
    }

    /// T, the number of columns.
    pub fn steps(self) -> usize {
        self.steps
    }

    /// The width of one step's column.
    pub fn column(self) -> f64 {
        self.column
    }

    /// The width of the output's column.
    pub fn output(self) -> f64 {
        self.output
    }

    /// The width of all columns.
    pub fn width(self) -> f64 {
        self.left_of_output() + self.output
    }

    /// Where the output's column begins.
    pub fn left_of_output(self) -> f64 {
        self.column * self.steps as f64
    }

    /// Where the column of `step` begins.
    pub fn left(self, step: Step) -> f64 {
        self.column * step.index() as f64
    }

    /// The step whose column holds `x`, if one does.
    pub fn step_at(self, x: f64) -> Option<Step> {
        let index = (x / self.column).floor();
        (index >= 0.0 && index < self.steps as f64).then(|| Step::from_index(index as usize))
    }

    /// Whether a column has room for numbers.
    pub fn has_numbers(self) -> bool {
        self.column >= NUMBERED_COLUMN
    }
}

/// Tiles in rows and columns, close together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// The rectangle that the tiles fill.
    pub rect: Rect,
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
}

impl Block {
    /// The rectangle of a tile.
    pub fn rect_of(self, row: usize, column: usize) -> Rect {
        let (width, height) = self.tile();
        Rect {
            x: self.rect.x + width * column as f64,
            y: self.rect.y + height * row as f64,
            width,
            height,
        }
    }

    /// The row and column of the tile at a point, if there is one.
    pub fn tile_at(self, (x, y): (f64, f64)) -> Option<(usize, usize)> {
        let (width, height) = self.tile();
        let row = ((y - self.rect.y) / height).floor();
        let column = ((x - self.rect.x) / width).floor();
        let inside =
            row >= 0.0 && row < self.rows as f64 && column >= 0.0 && column < self.columns as f64;
        inside.then_some((row as usize, column as usize))
    }

    /// Whether a tile has room for a number.
    pub fn has_numbers(self) -> bool {
        let (width, height) = self.tile();
        width >= NUMBERED_COLUMN - 8.0 && height >= NUMBERED_TILE
    }

    fn tile(self) -> (f64, f64) {
        (self.rect.width / self.columns as f64, self.rect.height / self.rows as f64)
    }
}

/// A lane of the score that is drawn: one quantity over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// H, the hidden states, with the arrows forward.
    Hidden,
    /// A₂, the outputs of every step, where every step has a loss.
    Output,
    /// ∂L/∂H over time and units, as one heat map.
    HiddenError,
    /// ‖∂L/∂H‖, how strongly the loss still reacts to each step.
    Norm,
    /// ∂L/∂Z₁, the error, with the arrows back.
    Error,
    /// Each step's contribution to the gradient of a tensor, and their sum.
    Contribution,
}

impl Lane {
    /// All lanes, from the top: in the order in which a step’s numbers are computed.
    pub const ALL: [Self; 6] = [
        Self::Hidden,
        Self::Output,
        Self::HiddenError,
        Self::Norm,
        Self::Error,
        Self::Contribution,
    ];

    /// Its name in a chapter, and in the page's styles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Output => "output",
            Self::Error => "error",
            Self::HiddenError => "hidden-error",
            Self::Norm => "norm",
            Self::Contribution => "contribution",
        }
    }
}

/// Where the tiles of every lane stand: for drawing, for pointing, for the numbers on top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// The columns that all lanes share.
    pub axis: Axis,
    /// The tensor whose contributions are shown.
    pub parameter: Parameter,
    sizes: Sizes,
    every_step_answers: bool,
}

impl Layout {
    /// The layout of a run of `experiment` in a width of `available`, with the contributions to
    /// `parameter`.
    pub fn of(experiment: &Experiment, parameter: Parameter, available: f64) -> Self {
        Self {
            axis: Axis::of(experiment.steps(), available),
            parameter,
            sizes: experiment.weights().sizes(),
            every_step_answers: experiment.settings().task == Task::NextToken,
        }
    }

    /// The same layout with the contributions to `parameter`.
    #[must_use]
    pub fn with(self, parameter: Parameter) -> Self {
        Self { parameter, ..self }
    }

    /// The lanes that there are, from the top.
    pub fn lanes(self) -> impl Iterator<Item = Lane> {
        Lane::ALL.into_iter().filter(move |&lane| lane != Lane::Output || self.every_step_answers)
    }

    /// The height of a lane.
    pub fn height(self, lane: Lane) -> f64 {
        let units = self.sizes.units as f64;
        match lane {
            Lane::Hidden => (16.0 + stack(units)).max(LOWEST_STACK),
            Lane::Error => {
                let arrows = if self.every_step_answers { 12.0 } else { 0.0 };
                (16.0 + arrows + stack(units)).max(LOWEST_STACK)
            }
            Lane::Output => 8.0 + self.bars() + CAPTION,
            Lane::HiddenError => 12.0 + (112.0 / units).clamp(3.5, 15.0) * units,
            Lane::Norm => 62.0,
            Lane::Contribution => 12.0 + square(self.axis.output) + CAPTION,
        }
    }

    /// The rows and columns of a step's tiles in a lane.
    pub fn shape(self, lane: Lane) -> (usize, usize) {
        match lane {
            Lane::Hidden | Lane::Error | Lane::HiddenError => (self.sizes.units, 1),
            Lane::Output => (self.sizes.outputs, 1),
            Lane::Norm => (1, 1),
            Lane::Contribution => self.sizes.of(self.parameter),
        }
    }

    /// The tiles of `step`; a lane of single numbers has one tile.
    pub fn block(self, lane: Lane, step: Step) -> Block {
        let (left, column) = (self.axis.left(step), self.axis.column);
        let height = self.height(lane);
        let numbered = self.axis.has_numbers();
        let centered = |width: f64, y: f64, height: f64| Rect {
            x: left + (column - width) / 2.0,
            y,
            width,
            height,
        };
        let rect = match lane {
            Lane::Hidden | Lane::Error => {
                let width = if numbered { (column - 6.0).min(46.0) } else { column - 4.0 };
                let filled = stack(self.sizes.units as f64);
                centered(width, (height - filled) / 2.0, filled)
            }
            Lane::Output => centered((column - 10.0).max(column * 0.7), 4.0, self.bars()),
            Lane::HiddenError => centered(column, 6.0, height - 12.0),
            Lane::Norm => {
                let width = (column * 0.5).max(column - 44.0).min(column - 4.0);
                centered(width, 4.0, if numbered { height - 24.0 } else { height - 8.0 })
            }
            Lane::Contribution => return self.matrix(left, column),
        };
        let (rows, columns) = self.shape(lane);
        Block { rect, rows, columns }
    }

    /// The tiles in the output's column: the sum of the contributions.
    pub fn total_block(self) -> Block {
        self.matrix(self.axis.left_of_output(), self.axis.output)
    }

    /// A matrix of the shape of the parameter in a column of the lane of contributions.
    fn matrix(self, left: f64, column: f64) -> Block {
        let (rows, columns) = self.shape(Lane::Contribution);
        let side = square(column);
        // A bias is a flat row; every other matrix fills the square.
        let height =
            if rows == 1 { (side / columns as f64).clamp(12.0_f64.min(side), 18.0) } else { side };
        let middle = (self.height(Lane::Contribution) - CAPTION) / 2.0;
        let rect =
            Rect { x: left + (column - side) / 2.0, y: middle - height / 2.0, width: side, height };
        Block { rect, rows, columns }
    }

    /// The height of the bars of all outputs.
    fn bars(self) -> f64 {
        let outputs = self.sizes.outputs as f64;
        (150.0 / outputs).clamp(1.0, 15.0) * outputs
    }
}

/// The height of a state's units on top of one another.
fn stack(units: f64) -> f64 {
    (168.0 / units).clamp(5.0, 19.0) * units
}

/// The side of a square matrix in a column, with room for a plus sign where there can be one.
fn square(column: f64) -> f64 {
    if column >= NUMBERED_COLUMN { (column - 18.0).min(88.0) } else { column - 3.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{rnn::Trace, session::Stage, text::Language};

    fn layout(units: usize, parameter: Parameter, task: Task, available: f64) -> Layout {
        let mut settings = Language::default().first_experiment().unwrap().settings().clone();
        settings.hidden = units;
        settings.task = task;
        Layout::of(&Experiment::new(settings).unwrap(), parameter, available)
    }

    #[test]
    fn few_steps_fill_the_width_and_many_scroll() {
        assert!(Axis::of(7, 760.0).width() <= 760.0);
        assert!(Axis::of(7, 760.0).has_numbers());
        assert!(!Axis::of(40, 1000.0).has_numbers());
        assert!(Axis::of(200, 760.0).width() > 760.0);
    }

    /// The rules beside the network come in the order of `Stage::numbers`; so do the lanes.
    #[test]
    fn lanes_come_in_the_order_in_which_a_stage_computes_their_numbers() {
        let trace = Trace::of(Language::default().first_experiment().unwrap());
        let layout = Layout::of(&trace.experiment, Parameter::W1h, 700.0);
        let lanes: Vec<Lane> = layout.lanes().collect();
        let place = |spot| {
            let (lane, _) = layout.rect_of(spot)?;
            lanes.iter().position(|&there| there == lane)
        };
        for step in Step::all(trace.steps()) {
            let numbers = Stage::Backward(step).numbers(&trace, Parameter::W1h);
            let places: Vec<usize> = numbers.into_iter().filter_map(place).collect();
            assert!(places.len() == 3 && places.is_sorted(), "{places:?}");
        }
    }

    #[test]
    fn outputs_have_a_lane_where_every_step_has_some() {
        let has_output =
            |task| layout(4, Parameter::W1h, task, 700.0).lanes().any(|lane| lane == Lane::Output);
        assert!(has_output(Task::NextToken));
        assert!(!has_output(Task::Binary { target: true }));
    }
}
