//! Where everything in the score stands, in CSS pixels.

use crate::rnn::Step;

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
}

/// The narrowest column of a time step: with more steps than fit, the score scrolls.
const NARROWEST_COLUMN: f64 = 16.0;
/// The widest column of a time step.
const WIDEST_COLUMN: f64 = 116.0;
/// From this width on, a column has room for numbers.
const NUMBERED_COLUMN: f64 = 40.0;
/// The lowest cell that has room for a number.
const NUMBERED_CELL: f64 = 13.0;

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
        let output = (available * 0.16).clamp(92.0, 132.0);
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

/// Cells in rows and columns, close together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// The rectangle that the cells fill.
    pub rect: Rect,
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
}

impl Block {
    /// The rectangle of a cell.
    pub fn rect_of(self, row: usize, column: usize) -> Rect {
        let (width, height) = self.cell();
        Rect {
            x: self.rect.x + width * column as f64,
            y: self.rect.y + height * row as f64,
            width,
            height,
        }
    }

    /// The row and column of the cell at a point, if there is one.
    pub fn cell_at(self, (x, y): (f64, f64)) -> Option<(usize, usize)> {
        let (width, height) = self.cell();
        let row = ((y - self.rect.y) / height).floor();
        let column = ((x - self.rect.x) / width).floor();
        let inside =
            row >= 0.0 && row < self.rows as f64 && column >= 0.0 && column < self.columns as f64;
        inside.then_some((row as usize, column as usize))
    }

    /// Whether a cell has room for a number.
    pub fn has_numbers(self) -> bool {
        let (width, height) = self.cell();
        width >= NUMBERED_COLUMN - 8.0 && height >= NUMBERED_CELL
    }

    fn cell(self) -> (f64, f64) {
        (self.rect.width / self.columns as f64, self.rect.height / self.rows as f64)
    }
}

/// A lane of the score that is drawn: one quantity over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// H, the hidden states, with the arrows forward.
    Hidden,
    /// ∂L/∂Z₁, the error, with the arrows back.
    Error,
    /// ∂L/∂H over time and cells, as one heat map.
    HiddenError,
    /// ‖∂L/∂H‖, how much reaches each step.
    Norm,
    /// Each step's contribution to ∂L/∂W₁ₕ, and their sum.
    Contribution,
}

impl Lane {
    /// All lanes, from the top.
    pub const ALL: [Self; 5] =
        [Self::Hidden, Self::Error, Self::HiddenError, Self::Norm, Self::Contribution];

    /// The height of the lane for `cells` cells.
    pub fn height(self, axis: Axis, cells: usize) -> f64 {
        let cells = cells as f64;
        match self {
            Self::Hidden | Self::Error => (16.0 + stack(cells)).max(LOWEST_STACK),
            Self::HiddenError => 12.0 + (112.0 / cells).clamp(3.5, 15.0) * cells,
            Self::Norm => 62.0,
            Self::Contribution => 12.0 + square(axis.output) + CAPTION,
        }
    }

    /// The cells of `step`; a lane of single numbers has one cell.
    pub fn block(self, axis: Axis, cells: usize, step: Step) -> Block {
        let (left, column) = (axis.left(step), axis.column);
        let height = self.height(axis, cells);
        match self {
            Self::Hidden | Self::Error => {
                let width =
                    if axis.has_numbers() { (column - 6.0).min(46.0) } else { column - 4.0 };
                let filled = stack(cells as f64);
                let rect = Rect {
                    x: left + (column - width) / 2.0,
                    y: (height - filled) / 2.0,
                    width,
                    height: filled,
                };
                Block { rect, rows: cells, columns: 1 }
            }
            Self::HiddenError => {
                let rect = Rect { x: left, y: 6.0, width: column, height: height - 12.0 };
                Block { rect, rows: cells, columns: 1 }
            }
            Self::Norm => {
                let width = (column * 0.5).max(column - 44.0).min(column - 4.0);
                let rect = Rect {
                    x: left + (column - width) / 2.0,
                    y: 4.0,
                    width,
                    height: if axis.has_numbers() { height - 24.0 } else { height - 8.0 },
                };
                Block { rect, rows: 1, columns: 1 }
            }
            Self::Contribution => {
                let side = square(column);
                let rect = Rect {
                    x: left + (column - side) / 2.0,
                    y: (height - CAPTION - side) / 2.0,
                    width: side,
                    height: side,
                };
                Block { rect, rows: cells, columns: cells }
            }
        }
    }

    /// The cells in the output's column: the sum of the contributions.
    pub fn total_block(self, axis: Axis, cells: usize) -> Block {
        let side = square(axis.output);
        let rect = Rect {
            x: axis.left_of_output() + (axis.output - side) / 2.0,
            y: (self.height(axis, cells) - CAPTION - side) / 2.0,
            width: side,
            height: side,
        };
        Block { rect, rows: cells, columns: cells }
    }
}

/// The height of a state's cells on top of one another.
fn stack(cells: f64) -> f64 {
    (168.0 / cells).clamp(5.0, 19.0) * cells
}

/// The side of a square matrix in a column, with room for a plus sign where there can be one.
fn square(column: f64) -> f64 {
    if column >= NUMBERED_COLUMN { (column - 18.0).min(88.0) } else { column - 3.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_found_at_its_center() {
        for (steps, cells, available) in [(1, 1, 300.0), (7, 4, 700.0), (200, 32, 900.0)] {
            let axis = Axis::of(steps, available);
            for lane in Lane::ALL {
                for step in Step::all(steps) {
                    let block = lane.block(axis, cells, step);
                    for row in 0..block.rows {
                        for column in 0..block.columns {
                            let center = block.rect_of(row, column).center();
                            assert_eq!(block.cell_at(center), Some((row, column)));
                            assert_eq!(axis.step_at(center.0), Some(step));
                        }
                    }
                    assert!(block.rect.bottom() <= lane.height(axis, cells) + 1e-9);
                }
            }
        }
    }

    #[test]
    fn few_steps_fill_the_width_and_many_scroll() {
        assert!(Axis::of(7, 760.0).width() <= 760.0);
        assert!(Axis::of(7, 760.0).has_numbers());
        assert!(!Axis::of(40, 1000.0).has_numbers());
        assert!(Axis::of(200, 760.0).width() > 760.0);
    }
}
