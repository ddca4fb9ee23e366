//! A picture on a canvas, drawn anew when anything that it shows has changed.

use super::{axis::use_lengths, surroundings::use_around};
use crate::{
    browser::{self, Surface},
    figure::{Palette, brush::Brush},
};
use plotters::prelude::IntoDrawingArea;
use std::rc::Rc;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// A canvas of `size` CSS pixels that `draw` fills with what is `shown`, and a way to it.
#[hook]
pub(super) fn use_canvas<T: Clone + PartialEq + 'static>(
    label: AttrValue,
    size: (f64, f64),
    shown: T,
    draw: fn(&T, &Palette, &Brush<'_, Surface>),
) -> (NodeRef, Html) {
    use_canvas_in_parts(
        label,
        size,
        shown,
        |_, _| None,
        move |shown, _, palette, brush| draw(shown, palette, brush),
    )
}

/// The same of a picture that changes in part: `sides` answers where what is `shown` differs from what was
/// before, in CSS pixels from the left, if it is so little; of that `draw` draws what differs from before,
/// else all of it.
#[hook]
pub(super) fn use_canvas_in_parts<T: Clone + PartialEq + 'static>(
    label: AttrValue,
    size: (f64, f64),
    shown: T,
    sides: fn(&T, &T) -> Option<(f64, f64)>,
    draw: impl Fn(&T, Option<&T>, &Palette, &Brush<'_, Surface>) + 'static,
) -> (NodeRef, Html) {
    let around = use_around();
    let node = use_node_ref();
    let times_restored = use_state_eq(|| 0_usize);
    use_effect_with((node.clone(), *times_restored), {
        let setter = times_restored.setter();
        move |(node, times): &(NodeRef, usize)| {
            let times = *times;
            let subscription = node
                .cast::<HtmlCanvasElement>()
                .map(|canvas| browser::on_canvas_restored(&canvas, move || setter.set(times + 1)));
            move || drop(subscription)
        }
    });
    // What is on the canvas.
    let drawn = use_mut_ref(|| None);
    use_lengths(&node, [("width", size.0), ("height", size.1)]);
    use_effect_with(
        (
            node.clone(),
            shown,
            size,
            Rc::clone(&around.palette),
            around.pixel_ratio,
            *times_restored,
        ),
        move |now| {
            let (node, shown, size, palette, pixel_ratio, _) = now;
            let before = drawn.replace(None);
            let Some(canvas) = node.cast::<HtmlCanvasElement>() else { return };
            // On the same canvas, as long as it keeps what is on it.
            let kept = before.filter(|(node, _, size, palette, ratio, restored)| {
                (node, size, palette, ratio, restored) == (&now.0, &now.2, &now.3, &now.4, &now.5)
            });
            let before = kept.as_ref().map(|(_, shown, ..)| shown);
            let part = before.and_then(|before| sides(shown, before));
            let surface = Surface::new(canvas, *size, *pixel_ratio, part);
            let Some((surface, ratio)) = surface else { return };
            let area = surface.into_drawing_area();
            draw(shown, before.filter(|_| part.is_some()), palette, &Brush::new(&area, ratio));
            // A canvas that was lost shows nothing; the numbers beside it stay.
            let _ = area.present();
            drawn.replace(Some(now.clone()));
        },
    );
    let (width, height) = (size.0.to_string(), size.1.to_string());
    let canvas =
        html! { <canvas ref={node.clone()} role="img" aria-label={label} {width} {height} /> };
    (node, canvas)
}
