//! What surrounds the session on this device: language, theme, motion.

use crate::{
    address::Address,
    browser::{self, Preference},
    figure::{Palette, Theme},
    text::{Language, Words},
};
use std::rc::Rc;
use yew::prelude::*;

/// What every component may ask of its surroundings.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Surroundings {
    pub(super) language: Language,
    pub(super) theme: Theme,
    pub(super) palette: Rc<Palette>,
    /// Whether the person asks for less motion.
    pub(super) still: bool,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self::of(Language::default(), Theme::default(), false)
    }
}

impl Surroundings {
    fn of(language: Language, theme: Theme, still: bool) -> Self {
        Self { language, theme, palette: Rc::new(Palette::of(theme)), still }
    }
}

const DARK: &str = "(prefers-color-scheme: dark)";
const STILL: &str = "(prefers-reduced-motion: reduce)";

fn preferred_theme(dark: bool) -> Theme {
    let chosen = Preference::Theme.read().and_then(|name| Theme::from_name(&name));
    chosen.unwrap_or(if dark { Theme::Dark } else { Theme::Light })
}

/// The language of the page: the one chosen on this device, else the first that the browser asks
/// for and the page speaks.
pub fn preferred_language() -> Language {
    Preference::Language
        .read()
        .into_iter()
        .chain(browser::languages())
        .find_map(|code| Language::from_code(&code))
        .unwrap_or_default()
}

/// The surroundings, and how to choose a language and a theme.
pub(super) struct Chooser {
    pub(super) surroundings: Surroundings,
    pub(super) on_language: Callback<Language>,
    pub(super) on_theme: Callback<Theme>,
}

/// Follows the device until the person chooses, and remembers the choice.
#[hook]
pub(super) fn use_surroundings(address: &Address) -> Chooser {
    let asked = address.theme;
    let language = use_state_eq(|| address.language.unwrap_or_else(preferred_language));
    let theme =
        use_state_eq(|| asked.unwrap_or_else(|| preferred_theme(browser::media_matches(DARK))));
    let still = use_state_eq(|| browser::media_matches(STILL));
    {
        let (theme, still) = (theme.setter(), still.setter());
        use_effect_with((), move |()| {
            let subscriptions = [
                browser::on_media_change(DARK, move |dark| {
                    theme.set(asked.unwrap_or_else(|| preferred_theme(dark)));
                }),
                browser::on_media_change(STILL, move |answer| still.set(answer)),
            ];
            move || drop(subscriptions)
        });
    }
    use_effect_with(*language, |language| browser::set_language(language.code()));
    use_effect_with(*theme, |theme| browser::set_root("data-theme", theme.name()));
    let on_language = use_callback(language.setter(), |choice: Language, language| {
        Preference::Language.write(choice.code());
        language.set(choice);
    });
    let on_theme = use_callback(theme.setter(), |choice: Theme, theme| {
        Preference::Theme.write(choice.name());
        theme.set(choice);
    });
    let surroundings = use_memo((*language, *theme, *still), |&(language, theme, still)| {
        Surroundings::of(language, theme, still)
    });
    Chooser { surroundings: Surroundings::clone(&surroundings), on_language, on_theme }
}

/// The surroundings of this component.
#[hook]
pub(super) fn use_around() -> Surroundings {
    use_context::<Surroundings>().unwrap_or_default()
}

/// The sentences of the page's language.
#[hook]
pub(super) fn use_words() -> &'static Words {
    use_around().language.words()
}
