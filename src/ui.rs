//! The components: they show a [`Session`](crate::session::Session) and emit
//! [`Action`](crate::session::Action)s. No component computes a gradient, draws a shape, or speaks
//! a sentence of its own.

mod account;
mod after;
mod app;
mod around;
mod axis;
mod canvas;
mod chain;
mod choice;
mod chrome;
mod dialogue;
mod explanation;
mod export;
mod figure;
mod forecast;
mod formula;
mod keys;
mod laboratory;
mod lesson;
mod model;
mod notices;
mod opened;
mod overview;
mod pointing;
mod score;
mod setup;
mod share;
mod surroundings;
mod symbols;
mod term;
mod tokens;
mod train;
mod transport;
mod weights;
mod work;

pub use app::{App, AppProps};
pub use around::opened;
pub use surroundings::{device, fetch_later, is_there, remembered_progress};

use yew::Callback;

/// An attribute that says whether something `is` so.
const fn truth(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

/// Emits what `read` finds in an event, if it finds something.
fn emit_some<E: 'static, T: 'static>(
    callback: &Callback<T>,
    read: impl Fn(E) -> Option<T> + 'static,
) -> Callback<E> {
    let callback = callback.clone();
    Callback::from(move |event| {
        if let Some(value) = read(event) {
            callback.emit(value);
        }
    })
}
