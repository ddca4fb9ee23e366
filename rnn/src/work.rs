//! How often something has been computed, so that a test can hold that nothing is computed because
//! it is drawn.

use std::cell::Cell;

thread_local! {
    static DONE: Cell<u64> = const { Cell::new(0) };
}

/// How many passes, sweeps, chains, contributions and derivations this thread has computed.
pub fn done() -> u64 {
    DONE.get()
}

/// One more.
pub fn count() {
    DONE.set(DONE.get() + 1);
}
