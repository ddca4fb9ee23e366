//! A dialogue over the page, and the button that opens it.

use super::surroundings::use_words;
use crate::browser;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct DialogueProps {
    /// What it is called, by the button, its head and a screen reader.
    pub(super) title: &'static str,
    /// What stands on the button, if it is not the title.
    #[prop_or_default]
    pub(super) sign: Option<&'static str>,
    /// How often it has been asked for by a key.
    #[prop_or_default]
    pub(super) asked: usize,
    /// What stands in it; it is made when it is opened.
    pub(super) children: Children,
}

/// The button, and the dialogue.
#[component]
pub(super) fn Dialogue(props: &DialogueProps) -> Html {
    let words = use_words();
    let DialogueProps { title, sign, asked, children } = props;
    let dialog = use_node_ref();
    let is_open = use_state_eq(|| false);
    let open = use_callback((dialog.clone(), is_open.setter()), |(), (dialog, setter)| {
        setter.set(true);
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            browser::show_modal(&dialog);
        }
    });
    let answered = use_mut_ref(|| *asked);
    use_effect_with((*asked, open.clone()), move |(asked, open)| {
        if answered.replace(*asked) != *asked {
            open.emit(());
        }
    });
    let close = use_callback(dialog.clone(), |_: MouseEvent, dialog| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            browser::close(&dialog);
        }
    });
    let onclose = use_callback(is_open.setter(), |_: Event, setter| setter.set(false));
    html! {
        <>
            <button
                class={sign.map(|_| "icon")}
                title={sign.map(|_| *title)}
                aria-label={sign.map(|_| *title)}
                onclick={open.reform(|_: MouseEvent| ())}
            >{ sign.unwrap_or(title) }</button>
            <dialog ref={dialog} class="Dialogue" aria-label={*title} {onclose}>
                <div class="head">
                    <h2>{ *title }</h2>
                    <button class="icon" aria-label={words.export_close()} title={words.export_close()} onclick={close}>
                        { "✕" }
                    </button>
                </div>
                if *is_open {
                    { children.clone() }
                }
            </dialog>
        </>
    }
}
