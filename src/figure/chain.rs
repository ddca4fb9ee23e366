//! The chain of Jacobians over the time axis of the score, and who sends what where.

use super::{
    brush::{Brush, Drawn},
    layout::{Block, Lane, Layout, Rect},
    numbers,
    palette::Palette,
    ranges::{Colours, Ranges, largest},
};
use crate::{
    pieces::Pieces,
    rnn::{Cell, Link, Norm, Step, Trace},
    session::{Run, Scale, Spot},
};
use ndarray::Array2;
use plotters::{prelude::DrawingBackend, style::RGBColor};
use std::mem;

/// How far right of the last step the middle of a mark on the scale stands, in CSS pixels.
const TICK: f64 = 26.0;

/// A row of the chain view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChainLane {
    /// J⁽ᵗ⁾, each step's own matrix.
    Jacobian,
    /// ∂H⁽ˢ⁾/∂H⁽ᵗ⁾ for the last step s, the product of all later ones.
    Product,
    /// ‖∂H⁽ˢ⁾/∂H⁽ᵗ⁾‖ on a logarithmic scale, and its two shares.
    Norm,
    /// ‖H⁽ᵗ⁻¹⁾ᵀ ∂L⁽ˢ⁾/∂Z₁⁽ᵗ⁾‖ of every loss step and every unit step.
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
    /// Whether the cell has no gates.
    pub plain: bool,
    /// Another cell with the same text and seed, and the norms of its products, from the last step back.
    pub other: Option<(Cell, Vec<Norm>)>,
}

impl Chain {
    /// The chain of a run.
    pub fn of(trace: &Trace) -> Self {
        Self::with(trace, trace.chain(last(trace)), None)
    }

    /// The chain of a run beside that of another cell with the same text, task and seed, link by link.
    pub fn beside(run: &Run, other: Option<Cell>) -> Pieces<Self> {
        let chain = links(run.clone());
        let beside = other.and_then(|cell| Some((cell, links(run.with_cell(cell)?))));
        let run = run.clone();
        match beside {
            None => chain.then(1, move |links| Pieces::once(move || Self::with(&run, links, None))),
            Some((cell, beside)) => {
                let (_, of) = beside.progress();
                chain.then(of + 1, move |links| {
                    beside.then(1, move |others| {
                        let norms = others.iter().map(|link| link.norm).collect();
                        Pieces::once(move || Self::with(&run, links, Some((cell, norms))))
                    })
                })
            }
        }
    }

    fn with(trace: &Trace, links: Vec<Link>, other: Option<(Cell, Vec<Norm>)>) -> Self {
        let recipe = trace.experiment().recipe();
        let triangle = trace.triangle(recipe.main_parameter());
        Self { links, triangle, plain: recipe.plain().is_some(), other }
    }

    /// The Jacobian of a step; the first has none.
    pub fn jacobian(&self, step: Step) -> Option<&Array2<f64>> {
        self.link(step.previous()?)?.jacobian.as_ref()
    }

    /// The link from `step` to the last one.
    pub fn link(&self, step: Step) -> Option<&Link> {
        self.links.len().checked_sub(step.number()).and_then(|at| self.links.get(at))
    }

    /// The curves that there are: a cell with gates has no saturation of its own to tell apart.
    pub fn kinds(&self) -> impl Iterator<Item = Curve> + '_ {
        Curve::ALL.into_iter().filter(|curve| match curve {
            Curve::Saturation => self.plain,
            Curve::Other => self.other.is_some(),
            Curve::Weights | Curve::Both => true,
        })
    }

    /// The norms of the curves of the view at each link; none where W₁ₕ alone makes zero, and
    /// saturation has nothing to be compared with.
    pub fn curves(&self) -> Vec<(Curve, Vec<Option<Norm>>)> {
        self.kinds().map(|curve| (curve, self.norms(curve))).collect()
    }

    /// The norms of a curve, from the last step back.
    pub fn norms(&self, curve: Curve) -> Vec<Option<Norm>> {
        match (curve, &self.other) {
            (Curve::Other, other) => {
                other.iter().flat_map(|(_, norms)| norms).copied().map(Some).collect()
            }
            _ => self.links.iter().map(|link| curve.of(link)).collect(),
        }
    }

    /// The powers of ten between which all norms lie, but for those that are 0, and 1; never an
    /// empty range.
    pub fn decades(&self) -> (f64, f64) {
        let norms = self.curves().into_iter().flat_map(|(_, norms)| norms).flatten();
        let logs = norms.filter_map(Norm::log).map(|log| log / std::f64::consts::LN_10);
        let (least, most) =
            logs.fold((0.0_f64, 0.0_f64), |(least, most), log| (least.min(log), most.max(log)));
        (least.floor(), most.ceil().max(1.0))
    }

    /// Whether one of the norms is 0: it stands below all powers of ten.
    pub fn has_zero(&self) -> bool {
        let mut norms = self.curves().into_iter().flat_map(|(_, norms)| norms).flatten();
        norms.any(|norm| norm.log().is_none())
    }
}

fn last(trace: &Trace) -> Step {
    Step::from_index(trace.steps() - 1)
}

/// The links of a run, a piece each.
fn links(run: Run) -> Pieces<Vec<Link>> {
    let (mut next, mut links) = (run.links(last(&run)), Vec::new());
    Pieces::new(run.steps(), move || {
        links.extend(next.next(&run));
        (links.len() == run.steps()).then(|| mem::take(&mut links))
    })
}

/// A curve in the row of norms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Curve {
    /// What one part alone does: W₁ₕ, or where there are gates the one that keeps.
    Weights,
    /// What saturation does to that.
    Saturation,
    /// Both: the whole product.
    Both,
    /// The whole product of another cell.
    Other,
}

impl Curve {
    /// All curves, in the order in which they are drawn.
    pub const ALL: [Self; 4] = [Self::Weights, Self::Saturation, Self::Other, Self::Both];

    /// Its norm at a link of its own chain.
    pub fn of(self, link: &Link) -> Option<Norm> {
        match self {
            Self::Weights => Some(link.norm_of_weights),
            Self::Saturation => link.norm_of_saturation(),
            Self::Both => Some(link.norm),
            Self::Other => None,
        }
    }

    /// Its colour.
    pub fn colour(self, palette: &Palette) -> RGBColor {
        match self {
            Self::Weights => palette.colour(1.0, 1.0),
            Self::Saturation => palette.colour(-1.0, 1.0),
            Self::Both => palette.ink,
            Self::Other => palette.gate(1.0),
        }
    }

    /// Its width, in CSS pixels.
    const fn width(self) -> f64 {
        match self {
            Self::Weights | Self::Saturation | Self::Other => 2.0,
            Self::Both => 3.0,
        }
    }

    /// How far its marks of a 0 stand beside the middle of the column, in their own widths: all
    /// three may be 0 at one step.
    const fn aside(self) -> f64 {
        match self {
            Self::Weights => -1.0,
            Self::Saturation => 1.0,
            Self::Both | Self::Other => 0.0,
        }
    }
}

/// The side of the square that marks a norm, in CSS pixels.
const DOT: f64 = 7.0;

/// The room at the bottom of the row of norms where a 0 stands.
const ROOM_OF_ZERO: f64 = 22.0;

/// What the chain view shows, and where.
#[derive(Clone, Copy, Debug)]
pub struct ChainScene<'a> {
    /// The run.
    pub trace: &'a Trace,
    /// Its ranges of colours.
    pub ranges: &'a Ranges,
    /// Its chain.
    pub chain: &'a Chain,
    /// The layout of the score, which the view shares.
    pub layout: Layout,
    /// The colours.
    pub palette: &'a Palette,
}

impl ChainLane {
    /// Its name in files and in the page's styles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jacobian => "jacobian",
            Self::Product => "product",
            Self::Norm => "chain-norm",
            Self::Triangle => "triangle",
        }
    }
}

impl ChainScene<'_> {
    /// What is written over a row, with the place of its middle: norms of matrices, the powers of ten,
    /// the steps with a loss.
    pub fn inscriptions(self, lane: ChainLane) -> Vec<((f64, f64), String)> {
        let axis = self.layout.axis;
        let steps = || Step::all(self.trace.steps());
        let outside = axis.left_of_output();
        match lane {
            ChainLane::Product if axis.has_numbers() => steps()
                .filter_map(|step| {
                    let rect = self.block(lane, step).rect;
                    let norm = numbers::short_norm(self.chain.link(step)?.norm);
                    Some(((rect.center().0, rect.bottom() + 9.0), norm))
                })
                .collect(),
            ChainLane::Norm => {
                let (least, most) = self.chain.decades();
                let power = |decade: f64| match decade {
                    0.0 => "1".to_owned(),
                    1.0 => "10".to_owned(),
                    _ => format!("1e{decade}").replace('-', "−"),
                };
                let has_room = least < -0.5 && most > 0.5;
                let decades = [least, 0.0, most];
                let decades = decades.into_iter().filter(|&it| it != 0.0 || has_room);
                let zero = self.chain.has_zero().then(|| (self.y_of_zero(), "0".to_owned()));
                let ticks = decades.map(|decade| (self.y_of(decade), power(decade))).chain(zero);
                ticks.map(|(y, text)| ((outside + TICK, y), text)).collect()
            }
            ChainLane::Triangle => {
                let first = self.trace.experiment().first_loss();
                let block = self.block(lane, first);
                let high = block.rect_of(0, 0).height >= 12.0;
                steps()
                    .skip(first.index())
                    .filter(|_| high)
                    .map(|loss| {
                        let (_, y) = block.rect_of(loss.index() - first.index(), 0).center();
                        ((outside + TICK, y), format!("s = {}", loss.number()))
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }

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

    /// The tiles of a step in a row.
    pub fn block(self, lane: ChainLane, step: Step) -> Block {
        match lane {
            ChainLane::Jacobian | ChainLane::Product => {
                let carried = self.trace.experiment().recipe().carried().len();
                self.layout.square_block(step, carried * self.trace.units())
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
        let (row, column) = self.block(lane, step).tile_at(point)?;
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
        let room = if self.chain.has_zero() { ROOM_OF_ZERO } else { 0.0 };
        let height = self.height(ChainLane::Norm) - room;
        8.0 + (most - decade) / (most - least) * (height - 16.0)
    }

    /// Where a norm of 0 stands in the row of norms: at its bottom edge, since no power of ten is 0.
    pub fn y_of_zero(self) -> f64 {
        self.height(ChainLane::Norm) - 8.0
    }

    /// Where the norm of a curve stands at a step.
    pub fn point_of(self, norm: Norm, step: Step) -> (f64, f64) {
        let x = self.layout.axis.left(step) + self.layout.axis.column() / 2.0;
        let y = norm.log().map(|log| self.y_of(log / std::f64::consts::LN_10));
        (x, y.unwrap_or(self.y_of_zero()))
    }

    /// The mark of a norm of 0.
    pub fn mark_of_zero(self, curve: Curve, step: Step) -> Rect {
        let x = self.layout.axis.left(step) + self.layout.axis.column() / 2.0;
        let aside = curve.aside() * (self.layout.axis.column() / 3.0).min(DOT + 2.0);
        square((x + aside, self.y_of_zero()))
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
                    let Some(jacobian) = self.chain.jacobian(step) else { continue };
                    self.matrix(brush, lane, step, jacobian, |row, column| Spot::Jacobian {
                        step,
                        row,
                        column,
                    })?;
                }
                Ok(())
            }
            ChainLane::Product => {
                let to = Step::from_index(self.trace.steps() - 1);
                for link in &self.chain.links {
                    let from = link.from;
                    self.matrix(brush, lane, from, &link.product(), |row, column| Spot::Chain {
                        from,
                        to,
                        row,
                        column,
                    })?;
                }
                Ok(())
            }
            ChainLane::Norm => self.norms(brush),
            ChainLane::Triangle => self.triangle(brush),
        }
    }

    /// A matrix in a step's column.
    fn matrix<DB: DrawingBackend>(
        self,
        brush: &Brush<'_, DB>,
        lane: ChainLane,
        step: Step,
        matrix: &Array2<f64>,
        spot: impl Fn(usize, usize) -> Spot,
    ) -> Drawn<DB> {
        let block = self.block(lane, step);
        // No number of the chain takes part in the scale of the gradients.
        let (trace, ranges, palette, scale) =
            (self.trace, self.ranges, self.palette, Scale::Linear);
        let colours = Colours { trace, ranges, palette, scale };
        brush.empty(block, self.palette.outline)?;
        let value = |row, column| matrix.get((row, column)).copied().unwrap_or(f64::NAN);
        brush.tiles(block, 1.0, &value, &|row, column, value| colours.at(spot(row, column), value))
    }

    /// Three curves from the last step back: what W₁ₕ does, what saturation does, and both. A norm
    /// of 0 is an empty square at the bottom edge.
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
        for (curve, norms) in self.chain.curves() {
            let colour = curve.colour(self.palette);
            let norms = || {
                self.chain
                    .links
                    .iter()
                    .zip(&norms)
                    .map_while(|(link, norm)| Some((link.from, (*norm)?)))
            };
            // Down to the first 0, and no further: the line would lie on the edge.
            let falling = norms().take_while(|(_, norm)| norm.log().is_some()).count() + 1;
            let line: Vec<(f64, f64)> =
                norms().take(falling).map(|(step, norm)| self.point_of(norm, step)).collect();
            // Without colour the two shares are told apart by their dashes.
            match curve {
                Curve::Saturation | Curve::Other => {
                    brush.dashed_curve(&line, colour, curve.width())?;
                }
                _ => brush.curve(&line, colour, curve.width())?,
            }
            for (step, norm) in norms() {
                match norm {
                    Norm::Zero(_) => brush.outline(self.mark_of_zero(curve, step), colour)?,
                    Norm::Log(_) if curve == Curve::Both => {
                        brush.fill(square(self.point_of(norm, step)), colour, 1.0)?;
                    }
                    Norm::Log(_) => {}
                }
            }
        }
        Ok(())
    }

    /// The sizes of all terms; those that truncation drops are crossed out.
    fn triangle<DB: DrawingBackend>(self, brush: &Brush<'_, DB>) -> Drawn<DB> {
        let range = largest(self.chain.triangle.iter().copied());
        let first = self.trace.experiment().first_loss().number();
        let window = self.trace.experiment().window();
        for step in Step::all(self.trace.steps()) {
            let block = self.block(ChainLane::Triangle, step);
            for row in 0..block.rows {
                let loss = first + row;
                if step.number() > loss {
                    continue;
                }
                let tile = block.rect_of(row, 0);
                let gap = if tile.width.min(tile.height) >= 5.0 { 1.0 } else { 0.0 };
                let inner = Rect { width: tile.width - gap, height: tile.height - gap, ..tile };
                let size = self.chain.triangle[[row, step.index()]];
                let colour = self.palette.colour(size, range);
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

/// The square that marks a point.
fn square((x, y): (f64, f64)) -> Rect {
    Rect { x: x - DOT / 2.0, y: y - DOT / 2.0, width: DOT, height: DOT }
}
