//! The head of the page: its name, what was done and can be undone, the language and the theme.

use super::{
    choice::Choice, dialogue::Dialogue, keys::Keys, surroundings::use_words, symbols::Symbols,
};
use crate::{
    browser::{self, Preference},
    figure::Theme,
    page::{Act, Page},
    session::{Action, Edit, View},
    text::{Language, Words},
    training::Command,
};
use web_sys::HtmlElement;
use yew::prelude::*;

/// The head of the page.
pub(super) fn header(page: &Page, export: Html, on_act: &Callback<Act>) -> Html {
    let words = page.language().words();
    let session = page.session();
    let chosen = Language::ALL.iter().position(|it| *it == page.language_chosen()).unwrap_or(0);
    let on_language = on_act.reform(|choice: usize| {
        let language = Language::ALL.get(choice).copied().unwrap_or_default();
        Preference::Language.write(language.code());
        Act::Speak(language)
    });
    let (other, other_name) = match page.theme() {
        Theme::Light => (Theme::Dark, words.dark_theme()),
        Theme::Dark => (Theme::Light, words.light_theme()),
    };
    let on_theme = on_act.reform(move |_: MouseEvent| {
        Preference::Theme.write(other.name());
        Act::Light(other)
    });
    html! {
        <header class="Header">
            <h1>{ "Unrolled" }</h1>
            <Tabs view={page.view()} on_act={on_act.clone()} />
            <p>{ words.tagline() }</p>
            // Where there is little room, everything else opens at this button.
            <button class="icon menu" popovertarget="more" aria-label={words.menu()} title={words.menu()}>
                { "⋯" }
            </button>
            <div id="more" class="more" popover="auto">
                { history(words, page, on_act) }
                <button
                    popovertarget="more"
                    popovertargetaction="hide"
                    onclick={on_act.reform(|_: MouseEvent| Act::AskForOverview)}
                >{ words.overview_again() }</button>
                <Dialogue title={words.symbols_title()}>
                    <Symbols run={session.run().clone()} />
                </Dialogue>
                { export }
                <Dialogue title={words.keys_title()} sign="?" asked={page.keys_asked()}>
                    <Keys device={page.device()} on_prefer={on_act.reform(Act::Prefer)} />
                </Dialogue>
                <Choice name={words.language()} chosen={chosen} on_choose={on_language}>
                    { for Language::ALL.into_iter().map(|language| html! {
                        <option
                            key={language.code()}
                            value={language.code()}
                            lang={language.code()}
                        >{ language.name() }</option>
                    }) }
                </Choice>
                <button class="icon theme" onclick={on_theme} title={other_name} aria-label={other_name}>
                    <svg viewBox="0 0 16 16" aria-hidden="true">
                        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" />
                        <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
                    </svg>
                </button>
            </div>
        </header>
    }
}

#[derive(PartialEq, Properties)]
struct TabsProps {
    view: View,
    on_act: Callback<Act>,
}

/// The views, one of them turned to, and in sight however narrow the page is.
#[component]
fn Tabs(props: &TabsProps) -> Html {
    let words = use_words();
    let TabsProps { view, on_act } = props;
    let node = use_node_ref();
    use_effect_with((node.clone(), *view), |(node, _)| {
        if let Some(tabs) = node.cast::<HtmlElement>() {
            browser::reveal_child(&tabs, "[aria-current]");
        }
    });
    html! {
        <nav ref={node} class="tabs" aria-label={words.views()}>
            { for View::ALL.into_iter().map(|tab| html! {
                <button
                    key={words.view(tab)}
                    aria-current={(tab == *view).then_some("page")}
                    onclick={on_act.reform(move |_: MouseEvent| Act::Turn(tab))}
                >{ words.view(tab) }</button>
            }) }
        </nav>
    }
}

/// Undo, redo, back to the start weights, and how many updates there have been.
fn history(words: &'static Words, page: &Page, on_act: &Callback<Act>) -> Html {
    let button = |label: &'static str, icon: &'static str, able: bool, act: Act| {
        let onclick = on_act.reform(move |_: MouseEvent| act.clone());
        html! {
            <button class="icon" aria-label={label} title={label} disabled={!able} {onclick}>
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <path d={icon} fill="none" stroke="currentColor" stroke-width="1.6" />
                </svg>
            </button>
        }
    };
    let session = page.session();
    let learning = page.learning().filter(|_| page.is_in_training());
    let (updates, undo, redo, rewind) = match learning {
        Some(learning) => (
            0,
            (learning.can_undo(), Command::Undo.into()),
            (learning.can_redo(), Command::Redo.into()),
            (learning.end() > 0, Command::Restart.into()),
        ),
        None => (
            session.updates(),
            (session.can_undo(), Action::Undo.into()),
            (session.can_redo(), Action::Redo.into()),
            (
                session.run().experiment().settings().weights.is_some(),
                Action::Edit(Edit::Rewind).into(),
            ),
        ),
    };
    html! {
        <div class="history">
            <output class="updates" hidden={updates == 0}>
                { words.updates(updates) }
            </output>
            { button(words.undo(), icon::UNDO, undo.0, undo.1) }
            { button(words.redo(), icon::REDO, redo.0, redo.1) }
            { button(words.rewind(), icon::REWIND, rewind.0, rewind.1) }
        </div>
    }
}

/// The shapes of the buttons, in a square of 16.
mod icon {
    pub(super) const UNDO: &str = "M3 6h6.5a3.5 3.5 0 0 1 0 7H6M6 3 3 6l3 3";
    pub(super) const REDO: &str = "M13 6H6.500a3.5 3.5 0 0 0 0 7H10M10 3l3 3-3 3";
    pub(super) const REWIND: &str = "M13 8a5 5 0 1 1-1.600-3.700M12 1.500v3.200H8.800";
}
