//! The only door to the browser: nothing outside of this module calls it.
//!
//! It imports nothing of ours, and every function is total: where the browser has no answer (no
//! window, storage denied), the learner loses a convenience and never the page.

pub mod canvas;
mod events;
mod files;
mod host;
mod page;
mod steady;
mod terms;

pub use canvas::Surface;
pub use events::{
    Frames, Subscription, on_canvas_restored, on_composition_end, on_key, on_media_change,
    on_print, on_resize,
};
pub use files::{copy, download, fetch_part, on_drop, picked_file, rasterise};
pub use host::{
    fragment, height, is_embedded, link, on_address_change, on_body_resize, on_host_message, query,
    set_address, tell_host,
};
pub use page::{
    Preference, box_of, capture_pointer, choose, close, device_pixel_ratio, focus_child, fold,
    languages, leave_unseen, media_matches, own_root, position_in, reveal, reveal_child, seen_of,
    set_language, set_property, set_root, show_modal, time_in_frame, tops_of, window_size,
    write_into, write_number,
};

pub use steady::{own_changes_begin, own_changes_end, watch};
pub use terms::explain_terms;

use web_sys::Window;

/// The browser's window; there is none where the page is rendered without a browser.
fn window() -> Option<Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}
