//! Mounts the page.

use unrolled::{
    browser,
    ui::{App, AppProps, Opened, preferred_language},
};

fn main() {
    let opened = Opened::with(&browser::address());
    let language = opened.address.language.unwrap_or_else(preferred_language);
    // A test holds that every language has a first experiment.
    if let Ok(experiment) = language.first_experiment() {
        yew::Renderer::<App>::with_props(AppProps { experiment, opened }).render();
    }
}
