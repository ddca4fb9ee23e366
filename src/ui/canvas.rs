//! A picture on a canvas, drawn anew when anything that it shows has changed.

use super::surroundings::use_around;
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
pub(super) fn use_canvas<T: PartialEq + 'static>(
    label: AttrValue,
    size: (f64, f64),
    shown: T,
    draw: fn(&T, &Palette, &Brush<'_, Surface>),
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
    use_effect_with(
        (
            node.clone(),
            shown,
            size,
            Rc::clone(&around.palette),
            around.pixel_ratio,
            *times_restored,
        ),
        move |(node, shown, size, palette, pixel_ratio, _)| {
            let Some(canvas) = node.cast::<HtmlCanvasElement>() else { return };
            for (name, length) in [("width", size.0), ("height", size.1)] {
                browser::set_property(&canvas, name, &format!("{length}px"));
            }
            let surface = Surface::new(canvas, *size, *pixel_ratio);
            let Some((surface, ratio)) = surface else { return };
            let area = surface.into_drawing_area();
            draw(shown, palette, &Brush::new(&area, ratio));
            // A canvas that was lost shows nothing; the numbers beside it stay.
            let _ = area.present();
        },
    );
    let (width, height) = (size.0.to_string(), size.1.to_string());
    let canvas =
        html! { <canvas ref={node.clone()} role="img" aria-label={label} {width} {height} /> };
    (node, canvas)
}
