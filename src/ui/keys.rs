//! The keys of the page, and the switch for those that act on all of it.

use super::surroundings::use_words;
use crate::{browser::Preference, page::Device};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct KeysProps {
    pub(super) device: Device,
    /// What the device prefers from now on.
    pub(super) on_prefer: Callback<Device>,
}

/// What each key does.
#[component]
pub(super) fn Keys(props: &KeysProps) -> Html {
    let words = use_words();
    let device = props.device;
    let play = [words.play(), words.pause()];
    let steps = [words.step_forward(), words.step_back()];
    let ends = [words.go_to_start(), words.go_to_end()];
    let history = [words.undo(), words.redo()];
    let rows = [
        ("1 2 3 4 5", words.views().to_owned()),
        ("Space", play.join(", ")),
        ("→ ←", steps.join(", ")),
        ("Home End", ends.join(", ")),
        ("?", words.keys_title().to_owned()),
        ("Ctrl+Z Ctrl+Shift+Z", history.join(", ")),
        ("↑ ↓ → ←", words.keys_walk().to_owned()),
        ("Enter Esc", words.keys_pin().to_owned()),
        ("Alt+→ Alt+←", words.keys_move().to_owned()),
    ];
    // From here on a key belongs to what has the focus.
    let own = 6;
    let row = |(keys, what): &(&'static str, String)| {
        html! {
            <tr>
                <th scope="row">{ for keys.split(' ').map(|key| html! { <><kbd>{ key }</kbd>{ " " }</> }) }</th>
                <td>{ what }</td>
            </tr>
        }
    };
    let switch = props.on_prefer.reform(move |event: Event| {
        let no_keys = !event.target_unchecked_into::<HtmlInputElement>().checked();
        if no_keys {
            Preference::NoKeys.write("1");
        } else {
            Preference::NoKeys.forget();
        }
        Device { no_keys, ..device }
    });
    html! {
        <>
            <label class="switch">
                <input type="checkbox" checked={!device.no_keys} onchange={switch} />
                { " " }{ words.keys_switch() }
            </label>
            <table>
                <tbody>{ for rows.iter().take(own).map(row) }</tbody>
                <tbody>
                    <tr><th colspan="2" scope="rowgroup">{ words.keys_own() }</th></tr>
                    { for rows.iter().skip(own).map(row) }
                </tbody>
            </table>
        </>
    }
}
