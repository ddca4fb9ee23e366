//! The state that a component has of its own.

use crate::browser;
use yew::{functional::UseReducerHandle, prelude::*};

/// A state of a component's own. Every change of the page's nodes begins where a component with a
/// state is rendered again, so the page says here that its own changes begin.
#[hook]
pub(super) fn use_own_state<T, F>(first: F) -> UseStateHandle<T>
where
    T: PartialEq + 'static,
    F: FnOnce() -> T,
{
    browser::own_changes_begin();
    use_state_eq(first)
}

/// The same of a state that changes by actions.
#[hook]
pub(super) fn use_own_reducer<T, F>(first: F) -> UseReducerHandle<T>
where
    T: Reducible + PartialEq + 'static,
    F: FnOnce() -> T,
{
    browser::own_changes_begin();
    use_reducer_eq(first)
}
