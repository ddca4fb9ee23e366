//! Mounts the page.

use unrolled::{
    browser,
    page::{Later, Page},
    text::Language,
    ui::{App, AppProps, device, fetch_later, is_there, opened, remembered_progress},
};

fn main() {
    mount_with(opened().wants(device().language).collect());
}

/// Fetches what the first frame is to show, then mounts the page, which says what has not come.
fn mount_with(mut wanted: Vec<Later>) {
    wanted.retain(|later| !is_there(*later));
    match wanted.pop() {
        Some(later) => fetch_later(later, |_| mount_with(wanted)),
        None => mount(),
    }
}

fn mount() {
    let all = Language::ALL.map(Later::Words).into_iter().chain([Later::Lesson]);
    let missing = all.filter(|later| !is_there(*later)).collect();
    // A test holds that every language has a first experiment, and so a page.
    if let Some(page) = Page::without(missing, device(), remembered_progress(), &opened())
        && let Some(root) = browser::own_root()
    {
        browser::watch(&root);
        yew::Renderer::<App>::with_root_and_props(root, AppProps { page }).render();
    }
}
