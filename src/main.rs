//! Mounts the page.

use unrolled::{
    browser,
    page::Page,
    ui::{App, AppProps, device, opened, remembered_progress},
};

fn main() {
    // A test holds that every language has a first experiment, and so a page.
    if let Some(page) = Page::new(device(), remembered_progress(), &opened())
        && let Some(root) = browser::own_root()
    {
        browser::watch(&root);
        yew::Renderer::<App>::with_root_and_props(root, AppProps { page }).render();
    }
}
