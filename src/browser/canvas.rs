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
/// It wraps plotters-canvas, which sets a colour text and fills one rectangle for each cell of a
/// heat map. Here filled rectangles are painted into a bitmap instead, which goes to the canvas in
/// one piece before the first shape of another kind, or at the end.
pub struct Surface {
    canvas: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    /// Red, green, blue and opacity of each pixel, while only rectangles have been drawn.
    bitmap: Option<Vec<u8>>,
}

impl Surface {
    /// Makes `canvas` as large as `width` by `height` CSS pixels at `ratio` device pixels each,
    /// clears it, and answers the surface with the ratio that it really has.
    pub fn new(
        canvas: HtmlCanvasElement,
        (width, height): (f64, f64),
        ratio: f64,
    ) -> Option<(Self, f64)> {
        let ratio = ratio.min(WIDEST / width.max(1.0));
        let size = ((width * ratio).round() as u32, (height * ratio).round() as u32);
        if (canvas.width(), canvas.height()) != size {
            canvas.set_width(size.0);
            canvas.set_height(size.1);
        }
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let bitmap = Some(vec![0; size.0 as usize * size.1 as usize * 4]);
        let canvas = CanvasBackend::with_canvas_object(canvas)?;
        Some((Self { canvas, context, size, bitmap }, ratio))
    }

    /// Puts the bitmap on the canvas, in place of all that was there.
    fn flush(&mut self) {
        let Some(bitmap) = self.bitmap.take() else { return };
        let image = ImageData::new_with_u8_clamped_array(Clamped(&bitmap), self.size.0);
        if let Ok(image) = image {
            // Fails only where the image has no pixels, and then there is nothing to show.
            let _ = self.context.put_image_data(&image, 0.0, 0.0);
        }
    }
}

/// Writes `colour` into the pixels of a rectangle, cut to the bitmap of `size`.
fn paint(
    bitmap: &mut [u8],
    size: (u32, u32),
    from: BackendCoord,
    to: BackendCoord,
    colour: BackendColor,
) {
    let (red, green, blue) = colour.rgb;
    let opacity = (colour.alpha * 255.0).round() as u8;
    let pixel = [red, green, blue, opacity];
    let cut = |at: i32, most: u32| usize::try_from(at).unwrap_or_default().min(most as usize);
    let (left, right) = (cut(from.0, size.0), cut(to.0, size.0));
    let row = size.0 as usize * 4;
    for y in cut(from.1, size.1)..cut(to.1, size.1) {
        if let Some(stretch) = bitmap.get_mut(y * row + left * 4..y * row + right.max(left) * 4) {
            for target in stretch.chunks_exact_mut(4) {
                target.copy_from_slice(&pixel);
            }
        }
    }
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
            paint(bitmap, self.size, upper_left, bottom_right, style.color());
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
}
