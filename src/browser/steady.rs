//! Keeps the page's own nodes as the page made them.
//!
//! A translator, or an extension, takes texts out of the page and puts elements of its own there.
//! Yew would fail at its next step, or write into texts that nobody sees any more. So whatever others
//! change is noted, and taken back before the page does anything itself: it stands as long as nothing
//! happens, and nothing that the learner does or made is lost. What is not changed by the page is
//! changed by others: the page says when it renders, and nothing is guessed.

use super::window;
use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Array;
use std::{cell::RefCell, mem};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, MutationObserver, MutationObserverInit, MutationRecord, Node, NodeList};

/// The events at which components act; each is seen here before it reaches them.
const EVENTS: [&str; 16] = [
    "pointermove",
    "pointerdown",
    "pointerup",
    "pointercancel",
    "pointerover",
    "pointerout",
    "click",
    "keydown",
    "input",
    "change",
    "compositionend",
    "focus",
    "blur",
    "toggle",
    "close",
    "drop",
];

thread_local! {
    static WATCH: RefCell<Option<Watch>> = const { RefCell::new(None) };
}

struct Watch {
    root: Element,
    observer: MutationObserver,
    /// What others have changed, in order.
    foreign: Vec<MutationRecord>,
    /// Whether what changes now is changed by the page itself.
    own: bool,
    _noted: Closure<dyn FnMut(Array)>,
    _events: Vec<EventListener>,
}

/// Begins to watch over the nodes in `root`, which is the app's alone.
pub fn watch(root: &Element) {
    let noted = Closure::<dyn FnMut(Array)>::new(|records: Array| {
        // What the page changes is not to be taken back, even if others have changed some of it by now.
        with_watch(|watch| {
            if !watch.own {
                watch.note(&records);
            }
        });
    });
    let Ok(observer) = MutationObserver::new(noted.as_ref().unchecked_ref()) else { return };
    let options = EventListenerOptions::run_in_capture_phase();
    let events = window().into_iter().flat_map(|window| {
        EVENTS.map(|event| EventListener::new_with_options(&window, event, options, |_| own_turn()))
    });
    let watch = Watch {
        root: root.clone(),
        observer,
        foreign: Vec::new(),
        own: false,
        _noted: noted,
        _events: events.collect(),
    };
    watch.observe();
    WATCH.set(Some(watch));
}

/// The page is about to do something: what others have changed is taken back.
pub(super) fn own_turn() {
    with_watch(Watch::take_back);
}

/// From here on, until all that is to be rendered now has been, the page's nodes are changed by the
/// page itself.
///
/// Whoever begins says when it is through, by [`own_changes_end`]. For what is only taken away the end is also a
/// task of its own, queued here before the first change.
pub fn own_changes_begin() {
    let begins = WATCH.with_borrow(|watch| watch.as_ref().is_some_and(|watch| !watch.own));
    if begins {
        // Taking back is a change as well.
        spawn_local(async { with_watch(Watch::own_changes_end) });
        with_watch(|watch| {
            watch.take_back();
            watch.own = true;
        });
    }
}

/// What was to be rendered has been. It is said before the browser tells any observer of it: an observer may
/// change the page at once, and what it has changed is not the page's.
pub fn own_changes_end() {
    with_watch(Watch::own_changes_end);
}

fn with_watch(act: impl FnOnce(&mut Watch)) {
    WATCH.with_borrow_mut(|watch| watch.as_mut().map(act));
}

impl Watch {
    fn observe(&self) {
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_character_data(true);
        options.set_character_data_old_value(true);
        options.set_subtree(true);
        // Fails only where nothing was asked for.
        let _ = self.observer.observe_with_options(&self.root, &options);
    }

    fn note(&mut self, records: &Array) {
        self.foreign.extend(records.iter().filter_map(|record| record.dyn_into().ok()));
    }

    fn own_changes_end(&mut self) {
        self.observer.take_records();
        self.own = false;
    }

    fn take_back(&mut self) {
        if self.own {
            return;
        }
        self.note(&self.observer.take_records());
        if self.foreign.is_empty() {
            return;
        }
        self.observer.disconnect();
        for record in mem::take(&mut self.foreign).iter().rev() {
            undo(record);
        }
        self.observe();
    }
}

fn nodes(list: &NodeList) -> impl Iterator<Item = Node> + '_ {
    (0..list.length()).filter_map(|index| list.get(index))
}

/// Undoes one change. Where the nodes have gone elsewhere since, nothing is to be undone.
fn undo(record: &MutationRecord) {
    let Some(target) = record.target() else { return };
    if record.type_() == "characterData" {
        target.set_node_value(record.old_value().as_deref());
        return;
    }
    let inside = |node: &Node| node.parent_node().as_ref() == Some(&target);
    for node in nodes(&record.added_nodes()).filter(inside) {
        // It is a child of the target, which was just seen.
        let _ = target.remove_child(&node);
    }
    let next = record.next_sibling().filter(inside).or_else(|| {
        let before = record.previous_sibling().filter(inside);
        before.map_or_else(|| target.first_child(), |before| before.next_sibling())
    });
    for node in nodes(&record.removed_nodes()) {
        // A node cannot be put into itself, and none that was removed holds its old parent.
        let _ = target.insert_before(&node, next.as_ref());
    }
}
