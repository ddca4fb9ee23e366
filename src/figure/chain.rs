//! The chain of Jacobians over the time axis of the score, and who sends what where.

use super::{
    brush::{Brush, Drawn},
    layout::{Block, Lane, Layout, Rect},
    palette::Palette,
};
use crate::{
    rnn::{Link, Parameter, Step, Trace},
    session::Spot,
};
use ndarray::Array2;
use plotters::prelude::DrawingBackend;

/// A row of the chain view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChainLane {
    /// Jₜ, each step's own matrix.
    Jacobian,
    /// ∂Hₛ/∂Hₜ for the last step s, the product of all later ones.
    Product,
    /// ‖∂Hₛ/∂Hₜ‖ on a logarithmic scale, and its two shares.
    Norm,
    /// ‖Hₜ₋₁ᵀ ∂Lₛ/∂Z₁ₜ‖ of every loss step and every cell step.
    Triangle,
}

impl ChainLane {
    /// All rows, from the top.
    pub const ALL: [Self; 4] = [Self::Jacobian, Self::Product, Self::Norm, Self::Triangle];
}

/// The products of Jacobians of a run, with what follows from them; computed once a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// From the last step back to the first.
    pub links: Vec<Link>,
    /// The sizes of what each loss gives by way of each step.
    pub triangle: Array2<f64>,
}

impl Chain {
    /// The chain of a run.
    pub fn of(trace: &Trace) -> Self {
        let last = Step::from_index(trace.steps() - 1);
        Self { links: trace.chain(last), triangle: trace.triangle() }
    }

    /// The link from `step` to the last one.
    pub fn link(&self, step: Step) -> Option<&Link> {
        self.links.len().checked_sub(step.number()).and_then(|at| self.links.get(at))
    }

    /// The powers of ten between which all norms of links lie, and 1; never an empty range.
    pub fn decades(&self) -> (f64, f64) {
        let logs = self.links.iter().flat_map(|link| {
            [link.log_norm, link.log_norm_of_weights, link.log_norm_of_saturation()]
        });
        let logs = logs.filter(|log| log.is_finite()).map(|log| log / std::f64::consts::LN_10);
        let (least, most) =
            logs.fold((0.0_f64, 0.0_f64), |(least, most), log| (least.min(log), most.max(log)));
        // Far beyond what a gradient may be, the picture would be a flat line.
        (least.floor().max(-300.0), most.ceil().clamp(1.0, 300.0))
    }
}

/// What the chain view shows, and where.
#[derive(Clone, Copy, Debug)]
pub struct ChainScene<'a> {
    /// The run.
    pub trace: &'a Trace,
    /// Its chain.
    pub chain: &'a Chain,
    /// The layout of the score, which the view shares.
    pub layout: Layout,
    /// The colours.
    pub palette: &'a Palette,
}

impl ChainScene<'_> {
    /// The height of a row, in CSS pixels.
    pub fn height(self, lane: ChainLane) -> f64 {
        match lane {
            ChainLane::Jacobian | ChainLane::Product => self.layout.height(Lane::Contribution),
            ChainLane::Norm => 150.0,
            ChainLane::Triangle => self.triangle_row() * self.chain.triangle.nrows() as f64 + 12.0,
        }
    }

    fn triangle_row(self) -> f64 {
        (240.0 / self.chain.triangle.nrows() as f64).clamp(2.0, 24.0)
    }

    /// The cells of a step in a row.
    pub fn block(self, lane: ChainLane, step: Step) -> Block {
        match lane {
            ChainLane::Jacobian | ChainLane::Product => {
                self.layout.with(Parameter::W1h).block(Lane::Contribution, step)
            }
            ChainLane::Norm => {
                let height = self.height(lane);
                Block { rect: self.column(step, 0.0, height), rows: 1, columns: 1 }
            }
            ChainLane::Triangle => {
                let rows = self.chain.triangle.nrows();
                let rect = self.column(step, 6.0, self.triangle_row() * rows as f64);
                Block { rect, rows, columns: 1 }
            }
        }
    }

    fn column(self, step: Step, y: f64, height: f64) -> Rect {
        Rect { x: self.layout.axis.left(step), y, width: self.layout.axis.column(), height }
    }

    /// The number at a point of a row, if it shows one.
    pub fn spot_at(self, lane: ChainLane, point: (f64, f64)) -> Option<Spot> {
        let step = self.layout.axis.step_at(point.0)?;
        let (row, column) = self.block(lane, step).cell_at(point)?;
        let to = Step::from_index(self.trace.steps() - 1);
        match lane {
            ChainLane::Jacobian => {
                (step > Step::FIRST).then_some(Spot::Jacobian { step, row, column })
            }
            ChainLane::Product => Some(Spot::Chain { from: step, to, row, column }),
            ChainLane::Norm | ChainLane::Triangle => None,
        }
    }

    /// Where a number stands: its row, and its rectangle there.
    pub fn rect_of(self, spot: Spot) -> Option<(ChainLane, Rect)> {
        let (lane, step, row, column) = match spot {
            Spot::Jacobian { step, row, column } => (ChainLane::Jacobian, step, row, column),
            Spot::Chain { from, row, column, .. } => (ChainLane::Product, from, row, column),
            _ => return None,
        };
        Some((lane, self.block(lane, step).rect_of(row, column)))
    }

    /// Where a power of ten stands in the row of norms.
    pub fn y_of(self, decade: f64) -> f64 {
        let (least, most) = self.chain.decades();
        let height = self.height(ChainLane::Norm);
        8.0 + (most - decade) / (most - least) * (height - 16.0)
    }

    /// Draws a row with `brush`.
    ///
    /// # Errors
    ///
    /// What the backend answers.
    pub fn draw<DB: DrawingBackend>(self, lane: ChainLane, brush: &Brush<'_, DB>) -> Drawn<DB> {
        match lane {
            ChainLane::Jacobian => {
                for step in Step::all(self.trace.steps()).skip(1) {
                    let jacobian = self.trace.jacobian(step);
                    self.matrix(brush, lane, step, &jacobian)?;
                }
                Ok(())
            }
            ChainLane::Product => {
                for link in &self.chain.links {
                    self.matrix(brush, lane, link.from, &link.product())?;
                }
                Ok(())
            }
            ChainLane::Norm => self.norms(brush),
            ChainLane::Triangle => self.triangle(brush),
        }
    }

    /// Colours end at 1, the size at which a change neither grows nor fades.
    fn matrix<DB: DrawingBackend>(
        self,
        brush: &Brush<'_, DB>,
        lane: ChainLane,
        step: Step,
        matrix: &Array2<f64>,
    ) -> Drawn<DB> {
        let block = self.block(lane, step);
        brush.empty(block, self.palette.outline)?;
        brush.cells(block, 1.0, |row, column| {
            let value = matrix.get((row, column)).copied().unwrap_or(f64::NAN);
            self.palette.colour(value, 1.0)
        })
    }

    /// Three curves from the last step back: what W₁ₕ does, what saturation does, and both.
    fn norms<DB: DrawingBackend>(self, brush: &Brush<'_, DB>) -> Drawn<DB> {
        let axis = self.layout.axis;
        let (least, most) = self.chain.decades();
        let spacing = ((most - least) / 6.0).ceil().max(1.0);
        let mut decade = (least / spacing).ceil() * spacing;
        while decade <= most {
            let y = self.y_of(decade);
            let colour = if decade == 0.0 { self.palette.weak } else { self.palette.outline };
            brush.fill(
                Rect { x: 0.0, y, width: axis.left_of_output(), height: 1.0 },
                colour,
                1.0,
            )?;
            decade += spacing;
        }
        let curve = |value: &dyn Fn(&Link) -> f64| -> Vec<(f64, f64)> {
            let visible = |log: f64| (log / std::f64::consts::LN_10).clamp(least, most);
            (self.chain.links.iter())
                .filter(|link| !value(link).is_nan())
                .map(|link| {
                    let x = axis.left(link.from) + axis.column() / 2.0;
                    (x, self.y_of(visible(value(link))))
                })
                .collect()
        };
        let weights = self.palette.colour(1.0, 1.0);
        let saturation = self.palette.colour(-1.0, 1.0);
        brush.curve(&curve(&|link| link.log_norm_of_weights), weights, 2.0)?;
        brush.dashed_curve(&curve(&Link::log_norm_of_saturation), saturation, 2.0)?;
        brush.curve(&curve(&|link| link.log_norm), self.palette.ink, 3.0)?;
        let dot = 7.0;
        for (x, y) in curve(&|link| link.log_norm) {
            let rect = Rect { x: x - dot / 2.0, y: y - dot / 2.0, width: dot, height: dot };
            brush.fill(rect, self.palette.ink, 1.0)?;
        }
        Ok(())
    }

    /// The sizes of all terms; those that truncation drops are crossed out.
    fn triangle<DB: DrawingBackend>(self, brush: &Brush<'_, DB>) -> Drawn<DB> {
        let largest = super::lane::largest(self.chain.triangle.iter().copied());
        let first = self.trace.experiment.first_loss().number();
        let window = self.trace.experiment.window();
        for step in Step::all(self.trace.steps()) {
            let block = self.block(ChainLane::Triangle, step);
            for row in 0..block.rows {
                let loss = first + row;
                if step.number() > loss {
                    continue;
                }
                let cell = block.rect_of(row, 0);
                let gap = if cell.width.min(cell.height) >= 5.0 { 1.0 } else { 0.0 };
                let inner = Rect { width: cell.width - gap, height: cell.height - gap, ..cell };
                let size = self.chain.triangle[[row, step.index()]];
                let colour = self.palette.colour(size, largest);
                if loss - step.number() < window {
                    brush.fill(inner, colour, 1.0)?;
                    brush.outline(inner, self.palette.outline)?;
                } else {
                    brush.cross(inner, self.palette.weak)?;
                }
            }
        }
        Ok(())
    }
}
