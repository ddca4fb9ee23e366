//! A plotters backend on a canvas, sharp at any pixel ratio and quick with many rectangles.

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// The widest canvas, in device pixels, that every current browser draws.
const WIDEST: f64 = 8192.0;

/// A canvas as plotters draws on it, in device pixels.
///
/// It wraps plotters-canvas, which sets a colour text and fills one rectangle for each tile of a
/// heat map. Here filled rectangles are painted into a bitmap instead, which goes to the canvas in
/// one piece before the first shape of another kind, or at the end.
pub struct Surface {
    canvas: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    /// The first column of pixels that is drawn, and how many are; what lies beside them stays as it is.
    part: (u32, u32),
    /// Red, green, blue and opacity of each pixel of that part, while only rectangles have been drawn.
    bitmap: Option<Vec<u8>>,
}

impl Surface {
    /// Makes `canvas` as large as `width` by `height` CSS pixels at `ratio` device pixels each, and answers
    /// the surface, which is empty, with the ratio that it really has. With a `part`, from one CSS pixel to
    /// another across the canvas, nothing is drawn beside it, and what is there stays.
    pub fn new(
        canvas: HtmlCanvasElement,
        (width, height): (f64, f64),
        ratio: f64,
        part: Option<(f64, f64)>,
    ) -> Option<(Self, f64)> {
        let ratio = ratio.min(WIDEST / width.max(1.0));
        let size = ((width * ratio).round() as u32, (height * ratio).round() as u32);
        let part = part.filter(|_| (canvas.width(), canvas.height()) == size);
        if part.is_none() && (canvas.width(), canvas.height()) != size {
            canvas.set_width(size.0);
            canvas.set_height(size.1);
        }
        let part = part.map_or((0, size.0), |(from, to)| {
            let (from, to) = ((from * ratio).floor() as u32, (to * ratio).ceil() as u32);
            (from.min(size.0), to.min(size.0).saturating_sub(from))
        });
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let bitmap = Some(vec![0; part.1 as usize * size.1 as usize * 4]);
        let canvas = CanvasBackend::with_canvas_object(canvas)?;
        Some((Self { canvas, context, size, part, bitmap }, ratio))
    }

    /// Puts the bitmap on the canvas, in place of all that was there: that of a picture before, since
    /// it is put there once, before the first shape of this one. The shapes that follow are cut to it.
    fn flush(&mut self) {
        let Some(bitmap) = self.bitmap.take() else { return };
        let (left, width) = self.part;
        let image = ImageData::new_with_u8_clamped_array(Clamped(&bitmap), width);
        if let Ok(image) = image {
            // Fails only where the image has no pixels, and then there is nothing to show.
            let _ = self.context.put_image_data(&image, f64::from(left), 0.0);
        }
        self.context.save();
        self.context.begin_path();
        self.context.rect(f64::from(left), 0.0, f64::from(width), f64::from(self.size.1));
        self.context.clip();
    }
}

/// Lays `colour` over the pixels of a rectangle, cut to the bitmap of `size`.
fn paint(
    bitmap: &mut [u8],
    size: (u32, u32),
    from: BackendCoord,
    to: BackendCoord,
    colour: BackendColor,
) {
    let (red, green, blue) = colour.rgb;
    let solid = [red, green, blue, 255];
    let cut = |at: i32, most: u32| usize::try_from(at).unwrap_or_default().min(most as usize);
    let (left, right) = (cut(from.0, size.0), cut(to.0, size.0));
    let row = size.0 as usize * 4;
    for y in cut(from.1, size.1)..cut(to.1, size.1) {
        if let Some(stretch) = bitmap.get_mut(y * row + left * 4..y * row + right.max(left) * 4) {
            for pixel in stretch.as_chunks_mut::<4>().0 {
                *pixel = if colour.alpha >= 1.0 { solid } else { over(*pixel, colour) };
            }
        }
    }
}

/// What is seen where `colour` lies over `below`, as a canvas and an SVG picture mix them (source
/// over; Porter and Duff 1984). The colours of an `ImageData` are not multiplied by their opacity.
fn over(below: [u8; 4], colour: BackendColor) -> [u8; 4] {
    let [red, green, blue, opacity] = below;
    let above = colour.alpha.clamp(0.0, 1.0);
    let rest = f64::from(opacity) / 255.0 * (1.0 - above);
    let whole = above + rest;
    if whole <= 0.0 {
        return [0; 4];
    }
    let mix = |over: u8, under: u8| {
        ((f64::from(over) * above + f64::from(under) * rest) / whole).round() as u8
    };
    let rgb = colour.rgb;
    [mix(rgb.0, red), mix(rgb.1, green), mix(rgb.2, blue), (whole * 255.0).round() as u8]
}

type Answer = Result<(), DrawingErrorKind<plotters_canvas_error::Error>>;

/// Plotters-canvas keeps the name of its error to itself.
mod plotters_canvas_error {
    pub(super) type Error =
        <plotters_canvas::CanvasBackend as plotters_backend::DrawingBackend>::ErrorType;
}

impl DrawingBackend for Surface {
    type ErrorType = plotters_canvas_error::Error;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Answer {
        self.canvas.ensure_prepared()
    }

    fn present(&mut self) -> Answer {
        self.flush();
        self.context.restore();
        self.canvas.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Answer {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &colour, true)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Answer {
        if let (Some(bitmap), true) = (&mut self.bitmap, fill) {
            let (left, width) = self.part;
            let within = |(x, y): BackendCoord| (x.saturating_sub_unsigned(left), y);
            let (from, to) = (within(upper_left), within(bottom_right));
            paint(bitmap, (width, self.size.1), from, to, style.color());
            return Ok(());
        }
        self.flush();
        self.canvas.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Answer {
        self.flush();
        self.canvas.draw_line(from, to, style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Answer {
        self.flush();
        self.canvas.draw_path(path, style)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Answer {
        self.flush();
        self.canvas.fill_polygon(corners, style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Answer {
        self.flush();
        self.canvas.draw_circle(center, radius, style, fill)
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        at: BackendCoord,
    ) -> Answer {
        self.flush();
        self.canvas.draw_text(text, style, at)
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        self.canvas.estimate_text_size(text, style)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_is_cut_to_the_bitmap() {
        let mut bitmap = vec![0; 3 * 2 * 4];
        let colour = BackendColor { alpha: 1.0, rgb: (9, 8, 7) };
        paint(&mut bitmap, (3, 2), (-5, 1), (2, 9), colour);
        let painted: Vec<bool> = bitmap.chunks(4).map(|pixel| pixel == [9, 8, 7, 255]).collect();
        assert_eq!(painted, [false, false, false, true, true, false]);
    }

    #[test]
    fn what_can_be_seen_through_shows_what_lies_below() {
        let mut bitmap = vec![0; 4 * 4];
        let mut lay = |from: i32, alpha: f64, rgb: (u8, u8, u8)| {
            paint(&mut bitmap, (4, 1), (from, 0), (4, 1), BackendColor { alpha, rgb });
            bitmap.clone()
        };
        lay(0, 1.0, (200, 100, 0));
        lay(1, 0.25, (0, 100, 200));
        lay(2, 0.0, (255, 255, 255));
        let pixels = lay(3, 1.0, (1, 2, 3));
        assert_eq!(pixels[..4], [200, 100, 0, 255]);
        assert_eq!(pixels[4..8], [150, 100, 50, 255]);
        assert_eq!(pixels[8..12], [150, 100, 50, 255], "nothing is laid over it");
        assert_eq!(pixels[12..], [1, 2, 3, 255]);
    }

    #[test]
    fn where_nothing_lies_below_the_page_shines_through() {
        let red = |alpha: f64| BackendColor { alpha, rgb: (255, 0, 0) };
        let mut bitmap = vec![0; 4];
        paint(&mut bitmap, (1, 1), (0, 0), (1, 1), red(0.5));
        assert_eq!(bitmap, [255, 0, 0, 128], "the colour is not mixed with black");
        let blue = BackendColor { alpha: 0.5, rgb: (0, 0, 255) };
        paint(&mut bitmap, (1, 1), (0, 0), (1, 1), blue);
        // Half of it blue, of the rest half red: a third of what can be seen is red.
        assert_eq!(bitmap, [85, 0, 170, 192]);
        assert_eq!(over([0; 4], red(0.0)), [0; 4]);
    }
}
