//! Where everything in the score stands, in CSS pixels.

use crate::rnn::{
    Cell, Experiment, Parameter, Step, Variable,
    recipe::{Function, Recipe, Right},
    weights::Sizes,
};
use std::sync::OnceLock;

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

    /// Its edge as a closed path of SVG.
    pub fn edge(self) -> String {
        let Self { x, y, width, height } = self;
        format!("M{x} {y}h{width}v{height}h{}z", -width)
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
    /// A variable of the cell; H and C with the arrows forward.
    Value(Variable),
    /// A₂, the outputs of every step, where there are several losses.
    Output,
    /// ∂L/∂V of a variable V, with the arrows back where something comes from the next step.
    Error(Variable),
    /// One summand of ∂L/∂V: which.
    Arrival(Variable, usize),
    /// ‖∂L/∂V‖, how strongly the loss still reacts to each step.
    Norm(Variable),
    /// Each step's contribution to the gradient of a tensor, and their sum.
    Contribution,
}

/// How a lane looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The units of a step on top of one another, with room for numbers and for arrows between.
    Stack,
    /// Low rows of what lies between 0 and 1.
    Gate,
    /// One heat map over time and units.
    Map,
    /// Bars beside one another.
    Bars,
    /// One bar a step.
    Bar,
    /// A matrix a step.
    Matrix,
}

impl Look {
    /// Its name in the page's styles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stack => "stack",
            Self::Gate => "gate",
            Self::Map => "map",
            Self::Bars => "bars",
            Self::Bar => "bar",
            Self::Matrix => "matrix",
        }
    }
}

impl Lane {
    /// The lanes of a cell, from the top, in the order in which a step's numbers are computed; those that
    /// tell its story are marked, and stand open.
    pub fn of(cell: Cell) -> &'static [(Self, bool)] {
        static LANES: [OnceLock<Vec<(Lane, bool)>>; Cell::ALL.len()] =
            [const { OnceLock::new() }; Cell::ALL.len()];
        let place = Cell::ALL.iter().position(|it| *it == cell).unwrap_or_default();
        LANES.get(place).map_or(&[], |lanes| lanes.get_or_init(|| lanes_of(cell.recipe())))
    }

    /// Those that tell the story of a cell.
    pub fn told(cell: Cell) -> impl Iterator<Item = Self> {
        Self::of(cell).iter().filter(|(_, told)| *told).map(|(lane, _)| *lane)
    }

    /// Its name in a chapter, an address, and in the page's styles.
    pub fn name(self) -> String {
        match self {
            Self::Value(Variable::State) => "hidden".to_owned(),
            Self::Value(Variable::Memory) => "memory".to_owned(),
            Self::Value(of) => of.field(),
            Self::Output => "output".to_owned(),
            Self::Error(Variable::Z1) => "error".to_owned(),
            Self::Error(Variable::State) => "hidden-error".to_owned(),
            Self::Error(Variable::Memory) => "memory-error".to_owned(),
            Self::Error(of) => format!("d{}", of.field()),
            Self::Arrival(of, nth) => format!("arrival-{}-{}", of.field(), nth + 1),
            Self::Norm(Variable::State) => "norm".to_owned(),
            Self::Norm(of) => format!("norm-{}", of.field()),
            Self::Contribution => "contribution".to_owned(),
        }
    }

    /// Whether it shows something of the forward pass.
    pub const fn is_forward(self) -> bool {
        matches!(self, Self::Value(_) | Self::Output)
    }

    /// How it looks in a cell.
    pub fn look(self, cell: Cell) -> Look {
        let recipe = cell.recipe();
        let plain = recipe.plain().is_some();
        match self {
            Self::Value(of) if is_gate(recipe, of) => Look::Gate,
            Self::Value(Variable::State | Variable::Memory) | Self::Error(Variable::Z1) => {
                Look::Stack
            }
            Self::Error(Variable::State | Variable::Memory) if !plain => Look::Stack,
            Self::Value(_) | Self::Error(_) | Self::Arrival(..) => Look::Map,
            Self::Output => Look::Bars,
            Self::Norm(_) => Look::Bar,
            Self::Contribution => Look::Matrix,
        }
    }
}

/// Whether a variable lies between 0 and 1 and says how much of another passes.
pub(super) fn is_gate(recipe: &Recipe, of: Variable) -> bool {
    let squashed = recipe.equation(of).map(|equation| equation.is);
    matches!(of, Variable::Open(_)) && matches!(squashed, Some(Right::Of(Function::Sigmoid, _)))
}

fn lanes_of(recipe: &Recipe) -> Vec<(Lane, bool)> {
    let told = |lane| (lane, true);
    if recipe.plain().is_some() {
        return [
            Lane::Value(Variable::State),
            Lane::Output,
            Lane::Error(Variable::State),
            Lane::Norm(Variable::State),
            Lane::Error(Variable::Z1),
            Lane::Contribution,
        ]
        .map(told)
        .to_vec();
    }
    let carried: Vec<Variable> = recipe.carried().into_iter().rev().collect();
    let way_back = recipe.way_back();
    let keeper = recipe.keeps().map(|(gate, _)| Variable::Open(gate));
    // The gate that keeps comes first: it decides what there is.
    let (keeping, other_gates): (Vec<Variable>, Vec<Variable>) =
        (recipe.variables()).filter(|of| is_gate(recipe, *of)).partition(|of| Some(*of) == keeper);
    let gates = [keeping, other_gates].concat();
    let others = recipe.variables().filter(|of| !gates.contains(of) && !carried.contains(of));
    let mut lanes: Vec<(Lane, bool)> = gates.iter().map(|of| told(Lane::Value(*of))).collect();
    lanes.extend(others.map(|of| (Lane::Value(of), false)));
    lanes.extend(carried.iter().map(|of| told(Lane::Value(*of))));
    lanes.push(told(Lane::Output));
    for of in recipe.variables().rev() {
        let is_carried = carried.contains(&of);
        lanes.push((Lane::Error(of), is_carried));
        if is_carried {
            lanes.extend((0..way_back.at(of).count()).map(|nth| (Lane::Arrival(of, nth), false)));
            lanes.push(told(Lane::Norm(of)));
        }
    }
    lanes.push(told(Lane::Contribution));
    lanes
}

/// Where the tiles of every lane stand: for drawing, for pointing, for the numbers on top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// The columns that all lanes share.
    pub axis: Axis,
    /// The tensor whose contributions are shown.
    pub parameter: Parameter,
    /// The cell, whose lanes these are.
    pub cell: Cell,
    sizes: Sizes,
    several_losses: bool,
    /// Which of the lanes that do not stand open from the beginning have been added, a bit for each.
    added: u64,
}

impl Layout {
    /// The layout of a run of `experiment` in a width of `available`, with the contributions to
    /// `parameter`.
    pub fn of(experiment: &Experiment, parameter: Parameter, available: f64) -> Self {
        Self {
            axis: Axis::of(experiment.steps(), available),
            parameter,
            cell: experiment.cell(),
            sizes: experiment.weights().sizes(),
            several_losses: experiment.has_several_losses()
                || experiment.last_loss().number() < experiment.steps(),
            added: 0,
        }
    }

    /// The same layout with the contributions to `parameter`.
    #[must_use]
    pub fn with(self, parameter: Parameter) -> Self {
        Self { parameter, ..self }
    }

    /// The same layout with these lanes beside those that stand open from the beginning.
    #[must_use]
    pub fn adding(self, lanes: &[Lane]) -> Self {
        let bit = |(place, (lane, _)): (usize, &(Lane, bool))| {
            u64::from(lanes.contains(lane)).checked_shl(place as u32).unwrap_or_default()
        };
        Self { added: Lane::of(self.cell).iter().enumerate().map(bit).sum(), ..self }
    }

    /// The lanes that there are, from the top.
    pub fn lanes(self) -> impl Iterator<Item = Lane> {
        self.all().filter(|(_, is_shown)| *is_shown).map(|(lane, _)| lane)
    }

    /// The lanes that could be added.
    pub fn folded(self) -> impl Iterator<Item = Lane> {
        self.all().filter(|(_, is_shown)| !is_shown).map(|(lane, _)| lane)
    }

    /// Every lane, and whether it is shown.
    fn all(self) -> impl Iterator<Item = (Lane, bool)> {
        let there = move |lane: Lane| lane != Lane::Output || self.several_losses;
        let all = Lane::of(self.cell).iter().enumerate();
        all.filter(move |(_, (lane, _))| there(*lane)).map(move |(place, (lane, told))| {
            (*lane, *told || self.added.checked_shr(place as u32).unwrap_or_default() & 1 == 1)
        })
    }

    /// How a lane looks.
    pub fn look(self, lane: Lane) -> Look {
        lane.look(self.cell)
    }

    /// Whether the cell has no gates: its few lanes have more room.
    fn is_plain(self) -> bool {
        self.cell.recipe().plain().is_some()
    }

    /// The height of a lane.
    pub fn height(self, lane: Lane) -> f64 {
        let units = self.sizes.units as f64;
        let plain = self.is_plain();
        match self.look(lane) {
            Look::Stack if lane == Lane::Error(Variable::Z1) => {
                let arrows = if self.several_losses { 12.0 } else { 0.0 };
                (16.0 + arrows + self.stack()).max(LOWEST_STACK)
            }
            // The answer stands beside it.
            Look::Stack if lane == Lane::Value(Variable::State) => {
                (16.0 + self.stack()).max(LOWEST_STACK)
            }
            Look::Stack if lane.is_forward() => 12.0 + self.stack(),
            Look::Stack => 26.0 + self.stack(),
            Look::Gate => 8.0 + (44.0 / units).clamp(3.0, 9.0) * units,
            Look::Map if plain => 12.0 + (112.0 / units).clamp(3.5, 15.0) * units,
            Look::Map => 12.0 + (72.0 / units).clamp(3.0, 12.0) * units,
            Look::Bars => 8.0 + self.bars() + CAPTION,
            Look::Bar => {
                if plain {
                    62.0
                } else {
                    46.0
                }
            }
            Look::Matrix => 12.0 + square(self.axis.output) + CAPTION,
        }
    }

    /// The rows and columns of a step's tiles in a lane.
    pub fn shape(self, lane: Lane) -> (usize, usize) {
        match lane {
            Lane::Value(_) | Lane::Error(_) | Lane::Arrival(..) => (self.sizes.units, 1),
            Lane::Output => (self.sizes.outputs, 1),
            Lane::Norm(_) => (1, 1),
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
        let rect = match self.look(lane) {
            Look::Stack => {
                let width = if numbered { (column - 6.0).min(46.0) } else { column - 4.0 };
                let filled = self.stack();
                let above = if lane.is_forward() || self.is_plain() {
                    (height - filled) / 2.0
                } else {
                    // Room for what comes from above.
                    height - filled - 6.0
                };
                centered(width, above, filled)
            }
            Look::Gate => centered((column - 6.0).max(column * 0.8), 4.0, height - 8.0),
            Look::Map => centered(column, 6.0, height - 12.0),
            Look::Bars => centered((column - 10.0).max(column * 0.7), 4.0, self.bars()),
            Look::Bar => {
                let width = (column * 0.5).max(column - 44.0).min(column - 4.0);
                centered(width, 4.0, if numbered { height - 24.0 } else { height - 8.0 })
            }
            Look::Matrix => return self.matrix(left, column, self.shape(lane)),
        };
        let (rows, columns) = self.shape(lane);
        Block { rect, rows, columns }
    }

    /// The tiles in the output's column: the sum of the contributions.
    pub fn total_block(self) -> Block {
        self.matrix(self.axis.left_of_output(), self.axis.output, self.shape(Lane::Contribution))
    }

    /// The tiles of a square matrix of a step, where the contributions of the step would stand.
    pub fn square_block(self, step: Step, size: usize) -> Block {
        self.matrix(self.axis.left(step), self.axis.column, (size, size))
    }

    /// A matrix in a column of the lane of contributions.
    fn matrix(self, left: f64, column: f64, (rows, columns): (usize, usize)) -> Block {
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

    /// The height of a state's units on top of one another.
    fn stack(self) -> f64 {
        let units = self.sizes.units as f64;
        let (all, most) = if self.is_plain() { (168.0, 19.0) } else { (116.0, 17.0) };
        (all / units).clamp(5.0, most) * units
    }
}

/// The side of a square matrix in a column, with room for a plus sign where there can be one.
fn square(column: f64) -> f64 {
    if column >= NUMBERED_COLUMN { (column - 18.0).min(88.0) } else { column - 3.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        rnn::{Task, Trace},
        session::Stage,
        text::Language,
    };

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
        let layout = Layout::of(trace.experiment(), Parameter::W1H, 700.0);
        let lanes: Vec<Lane> = layout.lanes().collect();
        let place = |spot| {
            let (lane, _) = layout.rect_of(spot)?;
            lanes.iter().position(|&there| there == lane)
        };
        for step in Step::all(trace.steps()) {
            let numbers = Stage::Backward(step).numbers(&trace, Parameter::W1H);
            let places: Vec<usize> = numbers.into_iter().filter_map(place).collect();
            assert!(places.len() == 3 && places.is_sorted(), "{places:?}");
        }
    }

    #[test]
    fn outputs_have_a_lane_where_every_step_has_some() {
        let has_output =
            |task| layout(4, Parameter::W1H, task, 700.0).lanes().any(|lane| lane == Lane::Output);
        assert!(has_output(Task::NextToken));
        assert!(!has_output(Task::binary(true)));
    }
}
