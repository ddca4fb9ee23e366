//! Mounts the page.

use unrolled::{
    browser,
    lesson::has_chapters,
    page::Page,
    ui::{App, AppProps, device, fetch_lesson, opened, remembered_progress},
};

fn main() {
    if has_chapters() || !opened().wants_lesson() {
        return mount();
    }
    // The first frame is to be a screen of the lesson. If it does not come, the page says so.
    fetch_lesson(|_| mount());
}

fn mount() {
    let page = if has_chapters() {
        Page::new(device(), remembered_progress(), &opened())
    } else {
        Page::without_lesson(device(), &opened())
    };
    // A test holds that every language has a first experiment, and so a page.
    if let Some(page) = page
        && let Some(root) = browser::own_root()
    {
        browser::watch(&root);
        yew::Renderer::<App>::with_root_and_props(root, AppProps { page }).render();
    }
}
