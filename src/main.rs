//! Mounts the page.

use unrolled::ui::{App, AppProps, preferred_language};

fn main() {
    // A test holds that every language has a first experiment.
    if let Ok(experiment) = preferred_language().first_experiment() {
        yew::Renderer::<App>::with_props(AppProps { experiment }).render();
    }
}
