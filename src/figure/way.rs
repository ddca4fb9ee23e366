//! The way of hidden states through the plane of the two directions in which they differ most.

use super::{
    brush::{Brush, Drawn},
    layout::Rect,
    palette::Palette,
};
use plotters::prelude::DrawingBackend;

/// The way of one sequence: where its state is after each step, and the side its target is on, from −1
/// to 1, if it has one.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// The states along the two directions.
    pub points: Vec<[f64; 2]>,
    /// What it is coloured by.
    pub side: Option<f64>,
}

/// Several ways in one plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Ways {
    /// The ways.
    pub ways: Vec<Way>,
    /// How far the picture reaches from its middle, along each direction.
    pub reach: f64,
}

impl Ways {
    /// Draws them into a picture of `size`, in CSS pixels: a line for each, and a square where it ends.
    ///
    /// # Errors
    ///
    /// What the backend answers.
    pub fn draw<DB: DrawingBackend>(
        &self,
        brush: &Brush<'_, DB>,
        palette: &Palette,
        (width, height): (f64, f64),
    ) -> Drawn<DB> {
        const DOT: f64 = 6.0;
        let half = width.min(height) / 2.0 - DOT;
        let reach = if self.reach > 0.0 { self.reach } else { 1.0 };
        let at = |[along, across]: [f64; 2]| {
            let place = |share: f64| share.clamp(-1.0, 1.0) * half;
            (width / 2.0 + place(along / reach), height / 2.0 - place(across / reach))
        };
        let (x, y) = at([0.0, 0.0]);
        brush.fill(Rect { x, y: 0.0, width: 1.0, height }, palette.outline, 1.0)?;
        brush.fill(Rect { x: 0.0, y, width, height: 1.0 }, palette.outline, 1.0)?;
        let shown =
            self.ways.iter().filter(|way| way.points.iter().flatten().all(|it| it.is_finite()));
        for way in shown.clone() {
            let line: Vec<(f64, f64)> = way.points.iter().copied().map(at).collect();
            brush.curve(&line, palette.weak, 1.0)?;
        }
        for way in shown {
            let Some(&end) = way.points.last() else { continue };
            let (x, y) = at(end);
            let rect = Rect { x: x - DOT / 2.0, y: y - DOT / 2.0, width: DOT, height: DOT };
            let colour = way.side.map_or(palette.ink, |side| palette.colour(side, 1.0));
            brush.fill(rect, colour, 1.0)?;
        }
        Ok(())
    }
}
