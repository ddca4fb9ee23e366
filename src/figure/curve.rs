//! The loss as one weight moves: the curve, three points on it, and the tangent.

use super::{
    brush::{Brush, Drawn},
    layout::Rect,
    palette::Palette,
};
use crate::rnn::{Check, Place, Trace};
use plotters::prelude::DrawingBackend;

/// How many points of the curve are computed.
const POINTS: usize = 41;
/// How far the picture goes beyond the outer points, as a share of ε.
const BEYOND: f64 = 1.4;

/// The loss around one weight.
#[derive(Clone, Debug, PartialEq)]
pub struct LossCurve {
    /// Distances from the weight, in units of ε, and the loss there.
    points: Vec<(f64, f64)>,
    check: Check,
    loss: f64,
}

impl LossCurve {
    /// The loss of `trace` around the weight at `place`, which `check` moved.
    pub fn of(trace: &Trace, place: Place, check: Check) -> Self {
        let weight = place.of(trace.experiment().weights());
        let half = (POINTS / 2) as f64;
        let points = (0..POINTS)
            .map(|at| {
                let distance = (at as f64 - half) / half * BEYOND;
                (distance, trace.loss_with(place, weight + distance * check.nudge))
            })
            .filter(|(_, loss)| loss.is_finite())
            .collect();
        Self { points, check, loss: trace.loss() }
    }

    /// The least and the largest loss in the picture; never an empty range.
    pub fn range(&self) -> (f64, f64) {
        let ends = [self.tangent(-BEYOND), self.tangent(BEYOND)];
        let losses = self.points.iter().map(|&(_, loss)| loss).chain(ends);
        let (least, most) = losses
            .filter(|loss| loss.is_finite())
            .fold((self.loss, self.loss), |(least, most), loss| (least.min(loss), most.max(loss)));
        let room = least.abs().max(1.0);
        if most > least { (least, most) } else { (least - room, most + room) }
    }

    fn tangent(&self, distance: f64) -> f64 {
        self.loss + self.check.gradient * distance * self.check.nudge
    }

    /// Draws the curve into a picture of `size`, in CSS pixels.
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
        let (least, most) = self.range();
        let place = |(distance, loss): (f64, f64)| {
            let x = f64::midpoint(distance / BEYOND, 1.0) * (width - 16.0) + 8.0;
            let y = (most - loss) / (most - least) * (height - 24.0) + 12.0;
            (x, y)
        };
        for distance in [-1.0, 0.0, 1.0] {
            let (x, _) = place((distance, most));
            brush.fill(Rect { x, y: 0.0, width: 1.0, height }, palette.outline, 1.0)?;
        }
        // A gradient that has overflowed is no slope of a line.
        let tangent = [-BEYOND, BEYOND].map(|distance| (distance, self.tangent(distance)));
        if tangent.iter().all(|(_, loss)| loss.is_finite()) {
            brush.dashed_curve(&tangent.map(place), palette.error, 2.0)?;
        }
        let curve: Vec<(f64, f64)> = self.points.iter().map(|&point| place(point)).collect();
        brush.curve(&curve, palette.weak, 2.0)?;
        let Check { loss_below, loss_above, .. } = self.check;
        let points = [(-1.0, loss_below), (0.0, self.loss), (1.0, loss_above)].map(place);
        brush.curve(&[points[0], points[2]], palette.colour(1.0, 1.0), 1.0)?;
        for (x, y) in points {
            let dot = 9.0;
            let rect = Rect { x: x - dot / 2.0, y: y - dot / 2.0, width: dot, height: dot };
            brush.fill(rect, palette.colour(1.0, 1.0), 1.0)?;
        }
        Ok(())
    }
}
