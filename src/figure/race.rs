//! Several trainings in one chart: their held-out losses over the updates, or shares against the gap.

use super::{
    brush::{Brush, Drawn},
    layout::Rect,
    palette::Palette,
    updates::top,
};
use plotters::{prelude::DrawingBackend, style::RGBColor};

/// The room above and below the curves.
const ROOM: f64 = 6.0;

/// The most curves that have each a look of its own; more are grey.
pub const MOST_TOLD_APART: usize = 3;

/// One curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Trail {
    /// The loss of a training after so many updates, or the share of a cell at each gap.
    pub points: Vec<(usize, f64)>,
    /// The point that has a square: where the goal was reached; the last gap.
    pub mark: Option<usize>,
}

/// What a race looks like.
#[derive(Clone, Debug, PartialEq)]
pub struct Trails {
    /// A curve of each training or cell.
    pub trails: Vec<Trail>,
    /// The loss of whoever guesses evenly, where there is one; the largest share.
    pub line: Option<f64>,
    /// The least that the right edge stands for.
    pub least_span: usize,
}

impl Trails {
    /// The number of updates at the right edge.
    pub fn span(&self) -> usize {
        let ends = self.trails.iter().filter_map(|trail| trail.points.last());
        ends.map(|(updates, _)| *updates).max().unwrap_or_default().max(self.least_span)
    }

    /// The colour of a curve.
    pub fn colour(&self, at: usize, palette: &Palette) -> RGBColor {
        match at {
            _ if self.trails.len() > MOST_TOLD_APART => palette.weak,
            0 => palette.error,
            1 => palette.colour(1.0, 1.0),
            _ => palette.gate(1.0),
        }
    }

    /// The loss at the top.
    fn most(&self) -> f64 {
        let losses = self.trails.iter().flat_map(|trail| &trail.points).map(|(_, loss)| *loss);
        let largest = losses.filter(|loss| loss.is_finite()).fold(0.0, f64::max);
        top(largest, self.line)
    }

    /// Where the upper line stands, in a picture of this height.
    pub fn line_at(&self, height: f64) -> Option<f64> {
        self.line.map(|loss| self.y_of(loss, height))
    }

    fn y_of(&self, loss: f64, height: f64) -> f64 {
        let share = if loss.is_finite() { (loss / self.most()).clamp(0.0, 1.0) } else { 1.0 };
        ROOM + (1.0 - share) * (height - 2.0 * ROOM)
    }

    /// Draws them into a picture of `size`, in CSS pixels; a square stands where a goal was reached.
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
        let span = self.span() as f64;
        for y in self.line_at(height).into_iter().chain([self.y_of(0.0, height)]) {
            brush.fill(Rect { x: 0.0, y: y - 0.5, width, height: 1.0 }, palette.outline, 1.0)?;
        }
        let told_apart = self.trails.len() <= MOST_TOLD_APART;
        for (at, Trail { points, mark }) in self.trails.iter().enumerate() {
            let marked = points.iter().position(|(updates, _)| Some(*updates) == *mark);
            let points: Vec<(f64, f64)> = points
                .iter()
                .map(|&(updates, loss)| (updates as f64 / span * width, self.y_of(loss, height)))
                .collect();
            let colour = self.colour(at, palette);
            if told_apart && at == 0 {
                brush.dashed_curve(&points, colour, 2.0)?;
            } else {
                brush.curve(&points, colour, if told_apart { 2.0 } else { 1.0 })?;
            }
            if let Some((x, y)) = marked.and_then(|at| points.get(at)) {
                let dot = if told_apart { 8.0 } else { 5.0 };
                let rect = Rect { x: x - dot / 2.0, y: y - dot / 2.0, width: dot, height: dot };
                brush.fill(rect, if told_apart { colour } else { palette.ink }, 1.0)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chart_ends_with_the_longest_training_and_what_is_too_large_stands_at_the_top() {
        let trails = Trails {
            trails: vec![
                Trail { points: vec![(0, 0.7), (60, 0.1)], mark: Some(60) },
                Trail { points: vec![(0, 0.7), (90, f64::NAN)], mark: None },
            ],
            line: Some(0.693),
            least_span: 50,
        };
        assert_eq!(trails.span(), 90);
        assert!((trails.y_of(f64::NAN, 100.0) - ROOM).abs() < 1e-9);
        assert!(trails.y_of(0.0, 100.0) > trails.line_at(100.0).unwrap());
    }
}
