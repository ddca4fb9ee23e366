//! Pointing at numbers: what is lit, where it comes from, what it is.

use super::{axis::Fitted, emit_some, formula::prose, surroundings::use_words, truth};
use crate::{
    browser,
    figure::{Direction, Lane, Layout, Rect, place_label},
    session::{Action, Focus, Run, Spot, Stage},
    text::numbers,
};
use web_sys::{EventTarget, HtmlElement};
use yew::prelude::*;

/// How far the label stands from its number, in CSS pixels.
const GAP: f64 = 8.0;
/// The most sources whose arrows are drawn; more would hide the picture.
const MOST_ARROWS: usize = 64;

#[derive(PartialEq, Properties)]
pub(super) struct PointingProps {
    pub(super) run: Run,
    pub(super) layout: Layout,
    /// The width of the labels at the left.
    pub(super) labels: f64,
    pub(super) score: NodeRef,
    pub(super) focus: Option<Focus>,
    /// The operand of the explanation that is looked at.
    pub(super) glance: Option<Spot>,
}

/// The layer over the score that lights a number, draws arrows from what it was computed from, and
/// says its value.
#[component]
pub(super) fn Pointing(props: &PointingProps) -> Html {
    let words = use_words();
    let tops = use_state_eq(Vec::new);
    {
        let setter = tops.setter();
        use_effect_with(
            (props.score.clone(), props.layout, props.labels.to_bits(), props.focus, props.glance),
            move |(score, layout, labels, focus, glance)| {
                let Some(score) = score.cast::<HtmlElement>() else { return };
                if glance.is_none() && focus.is_none() {
                    return;
                }
                let tops: Vec<(Lane, f64)> = layout
                    .lanes()
                    .zip(browser::tops_of(&score, ".figure"))
                    .filter_map(|(lane, top)| Some((lane, top?)))
                    .collect();
                setter.set(tops);
                // What a pointer is on must not move; what is looked at from elsewhere comes to it.
                if let Some((_, rect)) = glance.and_then(|glance| layout.rect_of(glance)) {
                    browser::reveal(&score, f64::from_bits(*labels), rect.x, rect.right());
                }
            },
        );
    }
    let labels = props.labels;
    let place = |spot: Spot| -> Option<Rect> {
        let (lane, rect) = props.layout.rect_of(spot)?;
        let (_, top) = tops.iter().find(|(there, _)| *there == lane)?;
        Some(Rect { x: rect.x + props.labels, y: rect.y + top, ..rect })
    };
    let lit = props.focus.and_then(|focus| Some((focus, place(focus.spot)?)));
    let origin = lit.map(|(focus, _)| props.run.origin(focus.spot));
    let around = |rect: &Rect| Rect {
        x: rect.x - 1.0,
        y: rect.y - 1.0,
        width: rect.width + 1.0,
        height: rect.height + 1.0,
    };
    let glance = props.glance.and_then(place);
    let readout = use_node_ref();
    let sources: Vec<Rect> =
        origin.iter().flat_map(|it| &it.sources).copied().filter_map(place).collect();
    let width = props.layout.axis.width();
    let mut rest: Vec<Rect> = (tops.iter())
        .map(|&(lane, y)| Rect { x: labels, y, width, height: props.layout.height(lane) })
        .collect();
    // The tokens stand over the first row.
    if let Some(first) = rest.first().copied() {
        rest.push(Rect { y: 0.0, height: first.y, ..first });
    }
    let held = Held { target: lit.map(|(_, rect)| rect), read: sources.clone(), rest, labels };
    use_effect_with((readout.clone(), props.score.clone(), held), |(readout, score, held)| {
        if let (Some(readout), Some(score)) = (readout.cast(), score.cast()) {
            held.place(&readout, &score);
        }
    });
    html! {
        <div class="Pointing">
            <svg width={(width + labels).to_string()} height="100%" aria-hidden="true">
                if let Some((_, rect)) = lit {
                    <path class="arrows" d={sources.iter().take(MOST_ARROWS).map(|&from| arrow(from, rect)).collect::<String>()} />
                    { outlines("source", sources.iter().map(around)) }
                    { outlines("lit", [around(&rect)]) }
                }
                { outlines("glance", glance.iter().map(around)) }
            </svg>
            <output
                ref={readout}
                class="Readout"
                data-pinned={truth(props.focus.is_some_and(|focus| focus.pinned))}
                hidden={lit.is_none()}
            >
                { for props.focus.into_iter().filter_map(|focus| {
                    let value = focus.spot.value(&props.run)?;
                    Some(html! {
                        <>
                            <span>{ prose(&words.spot(focus.spot, &props.run)) }</span>
                            <b>{ numbers::exact(value) }</b>
                        </>
                    })
                }) }
            </output>
        </div>
    }
}

/// What a label belongs to, and what it must let be read.
#[derive(PartialEq)]
struct Held {
    target: Option<Rect>,
    read: Vec<Rect>,
    /// The other numbers.
    rest: Vec<Rect>,
    /// The width of the labels at the left, behind which nothing is seen.
    labels: f64,
}

impl Held {
    /// Puts the label in a part of the score that can be seen.
    fn place(&self, label: &HtmlElement, score: &HtmlElement) {
        let Some(target) = self.target else { return };
        let (_, _, width, height) = browser::box_of(label);
        let (x, y, seen, high) = browser::seen_of(score, ".Transport");
        let x = x + self.labels;
        let seen = Rect { x, y, width: seen - self.labels, height: high };
        // A number that is out of sight has its label beside it all the same.
        let anywhere = Rect { x: self.labels, y: 0.0, width: 1e6, height: 1e6 };
        let frame = if seen.overlap(target) > 0.0 { seen } else { anywhere };
        let (x, y) = place_label((width, height), GAP, target, &self.read, &self.rest, frame);
        browser::set_property(label, "--x", &format!("{x}px"));
        browser::set_property(label, "--y", &format!("{y}px"));
    }
}

/// The edges of all of these in one line, which is drawn at once; nothing where there are none.
pub(super) fn outlines(kind: &'static str, rects: impl IntoIterator<Item = Rect>) -> Html {
    let edges: String = rects.into_iter().map(Rect::edge).collect();
    let path = (!edges.is_empty()).then(|| html! { <path class={kind} d={edges} /> });
    html! { { for path } }
}

/// A curve from the edge of one rectangle to the facing edge of another: sideways where they stand
/// side by side, else up or down.
fn arrow(from: Rect, to: Rect) -> String {
    let ((x1, y1), (x2, y2)) = (from.center(), to.center());
    if (x1 - x2).abs() > f64::midpoint(from.width, to.width) {
        let (x1, x2) = if x1 < x2 { (from.right(), to.x) } else { (from.x, to.right()) };
        let middle = f64::midpoint(x1, x2);
        // Over what lies between, where both are on one line.
        let rise = if (y1 - y2).abs() < 4.0 { 4.0 + (x1 - x2).abs() * 0.08 } else { 0.0 };
        format!("M{x1} {y1}C{middle} {} {middle} {} {x2} {y2}", y1 - rise, y2 - rise)
    } else {
        let (y1, y2) = if y1 < y2 { (from.bottom(), to.y) } else { (from.y, to.bottom()) };
        let middle = f64::midpoint(y1, y2);
        format!("M{x1} {y1}C{x1} {middle} {x2} {middle} {x2} {y2}")
    }
}

/// The keys of the score: arrows go from number to number, Enter pins, Escape lets go.
#[hook]
pub(super) fn use_grid_keys(
    score: &NodeRef,
    fitted: Fitted,
    newest: &Callback<(), Option<Focus>>,
    stage: Stage,
    on_action: &Callback<Action>,
) -> Callback<KeyboardEvent> {
    let (score, Fitted { layout, labels }) = (score.clone(), fitted);
    let newest = newest.clone();
    emit_some(on_action, move |event: KeyboardEvent| {
        // Keys may come quicker than what they change is drawn.
        let focus = newest.emit(());
        let here = score.get().map(EventTarget::from);
        if event.target() != here || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return None;
        }
        let direction = match event.key().as_str() {
            "ArrowLeft" => Direction::Left,
            "ArrowRight" => Direction::Right,
            "ArrowUp" => Direction::Up,
            "ArrowDown" => Direction::Down,
            "Enter" => {
                event.prevent_default();
                return focus.map(|focus| Action::Pin(focus.spot));
            }
            "Escape" => return focus.map(|_| Action::LetGo),
            _ => return None,
        };
        event.prevent_default();
        let next = match focus {
            Some(Focus { spot, .. }) => layout.neighbour(spot, direction),
            None => layout.first_spot(stage),
        };
        if let (Some(score), Some((_, rect))) = (score.cast(), layout.rect_of(next)) {
            browser::reveal(&score, labels, rect.x, rect.right());
        }
        Some(if focus.is_some_and(|focus| focus.pinned) {
            Action::Pin(next)
        } else {
            Action::Point(Some(next))
        })
    })
}
