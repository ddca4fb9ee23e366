//! The time axis that the score and the chain share, fitted to the room that there is.

use crate::{
    browser,
    figure::Layout,
    rnn::Parameter,
    session::{Run, Stage},
};
use web_sys::HtmlElement;
use yew::prelude::*;

/// The width of the labels at the left.
pub(super) const LABELS: f64 = 172.0;
/// In a score narrower than this, labels stand above their lanes.
pub(super) const NARROW: f64 = 640.0;
/// The width that is assumed until the score is measured.
const ASSUMED_WIDTH: f64 = 960.0;

/// Where everything stands, and the width of the labels at the left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fitted {
    pub(super) layout: Layout,
    pub(super) labels: f64,
}

impl Fitted {
    /// Where labels stand, as the styles name it.
    pub(super) fn labels_stand(self) -> &'static str {
        if self.labels > 0.0 { "beside" } else { "above" }
    }

    /// How tokens are written, as the styles name it.
    pub(super) fn tokens_run(self) -> &'static str {
        if self.layout.axis.has_numbers() { "across" } else { "upright" }
    }
}

/// The width of the element at `node`, now and whenever it changes.
#[hook]
pub(super) fn use_width(node: &NodeRef) -> f64 {
    let width = use_state_eq(|| ASSUMED_WIDTH);
    let setter = width.setter();
    use_effect_with(node.clone(), move |node| {
        let subscription = node
            .cast::<HtmlElement>()
            .map(|score| browser::on_resize(&score, move |width| setter.set(width)));
        move || drop(subscription)
    });
    *width
}

/// Gives the element at `node` lengths in CSS pixels that the styles of it and of all within it name.
#[hook]
pub(super) fn use_lengths<const COUNT: usize>(
    node: &NodeRef,
    lengths: [(&'static str, f64); COUNT],
) {
    use_effect_with((node.clone(), lengths), |(node, lengths)| {
        let Some(element) = node.cast::<HtmlElement>() else { return };
        for (name, length) in lengths {
            browser::set_property(&element, name, &format!("{length}px"));
        }
    });
}

/// The light across all rows: what is wide as a column in a score, and a line in a training. Where it stands
/// is a matter of its own, so that nothing else is asked for its style when it goes on.
#[hook]
pub(super) fn use_now(left: f64, width: f64) -> Html {
    let node = use_node_ref();
    use_lengths(&node, [("--now-left", left), ("--now-width", width)]);
    html! { <div ref={node} class="now" aria-hidden="true" /> }
}

/// Fits the axis of `run` into the element at `node`, and lights the column of `stage`.
#[hook]
pub(super) fn use_fitted(
    node: &NodeRef,
    run: &Run,
    shown: Parameter,
    stage: Stage,
) -> (Fitted, Html) {
    let width = use_width(node);
    let labels = if width < NARROW { 0.0 } else { LABELS };
    let layout = Layout::of(run.experiment(), shown, (width - labels).max(1.0));
    let axis = layout.axis;
    let (now_left, now_width) = match stage {
        Stage::Forward(step) | Stage::Backward(step) => (axis.left(step), axis.column()),
        _ => (axis.left_of_output(), axis.output()),
    };
    use_lengths(
        node,
        [
            ("--labels", labels),
            ("--column", axis.column()),
            ("--output", axis.output()),
            ("--width", axis.width()),
        ],
    );
    let now = use_now(now_left, now_width);
    use_effect_with((node.clone(), layout, labels, now_left, now_width), {
        |&(ref node, _, labels, now_left, now_width): &(NodeRef, Layout, f64, f64, f64)| {
            if let Some(score) = node.cast::<HtmlElement>() {
                browser::reveal(&score, labels, now_left, now_left + now_width);
            }
        }
    });
    (Fitted { layout, labels }, now)
}
