//! The few shapes that the pictures are made of, drawn on device pixels.
//!
//! Every method answers what the backend answers.
#![allow(clippy::missing_errors_doc, reason = "the sentence above says it for all of them")]

use super::layout::{Block, Rect};
use plotters::{
    coord::Shift,
    drawing::{DrawingArea, DrawingAreaErrorKind},
    element::{DashedPathElement, PathElement, Polygon, Rectangle},
    prelude::DrawingBackend,
    style::{Color, RGBColor, ShapeStyle},
};
use std::ops::Range;

/// What drawing on the backend `DB` can answer.
pub type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// Draws on an area whose pixels are `scale` to a CSS pixel.
pub struct Brush<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    scale: f64,
    /// How many pixels wide and high what is seen as one of them is.
    grain: f64,
}

impl<'a, DB: DrawingBackend> Brush<'a, DB> {
    /// A brush for `area`, where `scale` device pixels make a CSS pixel.
    pub fn new(area: &'a DrawingArea<DB, Shift>, scale: f64) -> Self {
        Self { area, scale, grain: 1.0 }
    }

    /// The same for a picture whose pixels are finer than what is seen of it: a CSS pixel is seen as one.
    pub fn fine(area: &'a DrawingArea<DB, Shift>, scale: f64) -> Self {
        Self { area, scale, grain: scale }
    }

    /// Fills a rectangle whose edges lie on whole device pixels, so that neighbours meet.
    pub fn fill(&self, rect: Rect, colour: RGBColor, opacity: f64) -> Drawn<DB> {
        if opacity <= 0.0 {
            return Ok(());
        }
        self.rectangle(rect, colour.mix(opacity.min(1.0)).filled())
    }

    /// Draws the outline of a rectangle, one CSS pixel wide and inside of it.
    pub fn outline(&self, rect: Rect, colour: RGBColor) -> Drawn<DB> {
        let thin = 1.0;
        for side in [
            Rect { height: thin, ..rect },
            Rect { height: thin, y: rect.bottom() - thin, ..rect },
            Rect { width: thin, ..rect },
            Rect { width: thin, x: rect.right() - thin, ..rect },
        ] {
            self.fill(side, colour, 1.0)?;
        }
        Ok(())
    }

    /// Fills the tiles of a block, a thin gap between them where they are large enough. Where several fall on
    /// one pixel, it has the colour of the largest of their values.
    pub fn tiles(
        &self,
        block: Block,
        opacity: f64,
        value_of: &dyn Fn(usize, usize) -> f64,
        colour_of: &dyn Fn(usize, usize, f64) -> RGBColor,
    ) -> Drawn<DB> {
        let pixels = |length: f64| (length * self.scale / self.grain).round().max(1.0) as usize;
        let (rows, columns) = (
            block.rows.min(pixels(block.rect.height)),
            block.columns.min(pixels(block.rect.width)),
        );
        let shown = Block { rows, columns, ..block };
        for row in 0..rows {
            for column in 0..columns {
                let tile = shown.rect_of(row, column);
                let gap = if tile.width.min(tile.height) >= 5.0 { 1.0 } else { 0.0 };
                let inner = Rect { width: tile.width - gap, height: tile.height - gap, ..tile };
                let (of_rows, of_columns) =
                    (covered(row, rows, block.rows), covered(column, columns, block.columns));
                let all =
                    of_rows.flat_map(|row| of_columns.clone().map(move |column| (row, column)));
                let all = all.map(|(row, column)| (row, column, value_of(row, column)));
                // What is no number stands out, and counts as the largest.
                let most = all.max_by(|(.., a), (.., b)| a.abs().total_cmp(&b.abs()));
                if let Some((row, column, value)) = most {
                    self.fill(inner, colour_of(row, column, value), opacity)?;
                }
            }
        }
        Ok(())
    }

    /// Outlines what is not computed yet: each tile where it is large enough, else the block.
    pub fn empty(&self, block: Block, colour: RGBColor) -> Drawn<DB> {
        let tile = block.rect_of(0, 0);
        if tile.width.min(tile.height) < 9.0 {
            return self.outline(block.rect, colour);
        }
        for row in 0..block.rows {
            for column in 0..block.columns {
                let tile = block.rect_of(row, column);
                let inner = Rect { width: tile.width - 1.0, height: tile.height - 1.0, ..tile };
                self.outline(inner, colour)?;
            }
        }
        Ok(())
    }

    /// Draws an arrow along horizontal and vertical stretches from corner to corner of `path`, as
    /// far as `progress` (0 to 1) of its length; the head stands where it ends.
    pub fn arrow(&self, path: &[(f64, f64)], progress: f64, line: Line) -> Drawn<DB> {
        let lengths = || path.windows(2).map(|ends| distance(ends[0], ends[1]));
        let total: f64 = lengths().sum();
        let head = (4.5 + line.width).min(total);
        let mut left = total * progress.clamp(0.0, 1.0);
        if left <= 0.0 {
            return Ok(());
        }
        for (ends, length) in path.windows(2).zip(lengths()) {
            let reach = left.min(length);
            let tip = along(ends[0], ends[1], reach / length);
            left -= reach;
            let last = left <= 0.0;
            let body = if last { (reach - head).max(0.0) } else { reach };
            self.stretch(ends[0], along(ends[0], ends[1], body / length), line)?;
            if last {
                let back = along(ends[0], ends[1], (reach - head) / length);
                return self.head(back, tip, line);
            }
        }
        Ok(())
    }

    /// Draws a line from point to point, `width` CSS pixels wide.
    pub fn curve(&self, points: &[(f64, f64)], colour: RGBColor, width: f64) -> Drawn<DB> {
        if points.len() < 2 {
            return Ok(());
        }
        let style = colour.stroke_width((width * self.scale).round().max(1.0) as u32);
        let path: Vec<(i32, i32)> = points.iter().map(|&point| self.pixel(point)).collect();
        self.area.draw(&PathElement::new(path, style))
    }

    /// Draws a dashed line from point to point, `width` CSS pixels wide.
    pub fn dashed_curve(&self, points: &[(f64, f64)], colour: RGBColor, width: f64) -> Drawn<DB> {
        let pixels = |length: f64| (length * self.scale).round().max(1.0) as u32;
        let path: Vec<(i32, i32)> = points.iter().map(|&point| self.pixel(point)).collect();
        let style = colour.stroke_width(pixels(width));
        self.area.draw(&DashedPathElement::new(path, pixels(7.0), pixels(5.0), style))
    }

    /// Crosses a rectangle out.
    pub fn cross(&self, rect: Rect, colour: RGBColor) -> Drawn<DB> {
        self.curve(&[(rect.x, rect.y), (rect.right(), rect.bottom())], colour, 1.0)?;
        self.curve(&[(rect.x, rect.bottom()), (rect.right(), rect.y)], colour, 1.0)
    }

    /// A horizontal or vertical stretch, dashed where the line is.
    fn stretch(&self, from: (f64, f64), to: (f64, f64), line: Line) -> Drawn<DB> {
        let length = distance(from, to);
        let (dash, gap) = line.dashes.unwrap_or((length, 1.0));
        let mut start = 0.0;
        while start < length {
            let end = (start + dash).min(length);
            let (a, b) = (along(from, to, start / length), along(from, to, end / length));
            let half = line.width / 2.0;
            let (x, y) = (a.0.min(b.0), a.1.min(b.1));
            let (width, height) = ((a.0 - b.0).abs(), (a.1 - b.1).abs());
            let across = width < height;
            let rect = if across {
                Rect { x: x - half, y, width: line.width, height }
            } else {
                Rect { x, y: y - half, width, height: line.width }
            };
            self.fill(rect, line.colour, line.opacity)?;
            start += dash + gap;
        }
        Ok(())
    }

    fn head(&self, back: (f64, f64), tip: (f64, f64), line: Line) -> Drawn<DB> {
        let half = 2.5 + line.width * 0.6;
        let length = distance(back, tip).max(f64::MIN_POSITIVE);
        let across = ((tip.1 - back.1) / length * half, (back.0 - tip.0) / length * half);
        let corners =
            [(back.0 + across.0, back.1 + across.1), tip, (back.0 - across.0, back.1 - across.1)];
        let style = line.colour.mix(line.opacity).filled();
        self.area.draw(&Polygon::new(corners.map(|corner| self.pixel(corner)), style))
    }

    fn rectangle(&self, rect: Rect, style: ShapeStyle) -> Drawn<DB> {
        let (left, top) = self.pixel((rect.x, rect.y));
        let (right, bottom) = self.pixel((rect.right(), rect.bottom()));
        // The smallest shape is one pixel: a tiny number must not vanish.
        let corner = (right.max(left + 1), bottom.max(top + 1));
        self.area.draw(&Rectangle::new([(left, top), corner], style))
    }

    fn pixel(&self, (x, y): (f64, f64)) -> (i32, i32) {
        ((x * self.scale).round() as i32, (y * self.scale).round() as i32)
    }
}

/// How an arrow looks.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Its colour.
    pub colour: RGBColor,
    /// How opaque it is, from 0 to 1.
    pub opacity: f64,
    /// How wide its body is, in CSS pixels.
    pub width: f64,
    /// The lengths of dash and gap, if it is dashed.
    pub dashes: Option<(f64, f64)>,
}

/// Which of `all` rows fall on the pixel `at` of `pixels`, no more than there are rows.
fn covered(at: usize, pixels: usize, all: usize) -> Range<usize> {
    at * all / pixels..((at + 1) * all).div_ceil(pixels)
}

fn distance(from: (f64, f64), to: (f64, f64)) -> f64 {
    (to.0 - from.0).hypot(to.1 - from.1)
}

fn along(from: (f64, f64), to: (f64, f64), share: f64) -> (f64, f64) {
    (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
}
