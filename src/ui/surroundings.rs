//! What surrounds the page on this device: language, theme, motion.

use crate::{
    browser::{self, Preference},
    figure::{Palette, Theme},
    lesson::{Progress, chapters},
    page::{Act, Device, Page},
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
}

impl Default for Surroundings {
    fn default() -> Self {
        Self::of(Language::default(), Theme::default())
    }
}

impl Surroundings {
    fn of(language: Language, theme: Theme) -> Self {
        Self { language, theme, palette: Rc::new(Palette::of(theme)) }
    }
}

const DARK: &str = "(prefers-color-scheme: dark)";
const STILL: &str = "(prefers-reduced-motion: reduce)";
const PRINT: &str = "print";
const CONTRAST: &str = "(forced-colors: active)";

fn preferred_theme(contrast: bool) -> Theme {
    let chosen = Preference::Theme.read().and_then(|name| Theme::from_name(&name));
    let dark = browser::media_matches(DARK);
    let of_device = if dark { Theme::Dark } else { Theme::Light };
    chosen.filter(|_| !contrast).unwrap_or(of_device)
}

/// The language of the page: the one chosen on this device, else the first that the browser asks
/// for and the page speaks.
fn preferred_language() -> Language {
    Preference::Language
        .read()
        .into_iter()
        .chain(browser::languages())
        .find_map(|code| Language::from_code(&code))
        .unwrap_or_default()
}

/// What the device, and the person at it, prefer.
pub fn device() -> Device {
    let contrast = browser::media_matches(CONTRAST);
    Device {
        language: preferred_language(),
        theme: preferred_theme(contrast),
        contrast,
        still: browser::media_matches(STILL),
        no_keys: Preference::NoKeys.read().is_some(),
        embedded: browser::is_embedded(),
        printing: browser::media_matches(PRINT),
    }
}

/// How far the lesson has come, as this device remembers it.
pub fn remembered_progress() -> Progress {
    Progress::read(&Preference::Lesson.read().unwrap_or_default(), chapters())
}

/// Follows the device, and tells the document what it must know.
#[hook]
pub(super) fn use_surroundings(page: &Page, act: &Callback<Act>) -> Surroundings {
    use_effect_with(act.clone(), |act| {
        let subscriptions = [DARK, STILL, CONTRAST, PRINT].map(|query| {
            let act = act.clone();
            browser::on_media_change(query, move |_| act.emit(Act::Prefer(device())))
        });
        let act = act.clone();
        let printing = browser::on_print(move |printing| {
            let device = device();
            act.emit(Act::Prefer(Device { printing: printing || device.printing, ..device }));
        });
        move || drop((subscriptions, printing))
    });
    let (language, theme) = (page.language(), page.theme());
    use_effect_with(language, |language| browser::set_language(language.code()));
    use_effect_with(theme, |theme| browser::set_root("data-theme", theme.name()));
    let surroundings =
        use_memo((language, theme), |&(language, theme)| Surroundings::of(language, theme));
    Surroundings::clone(&surroundings)
}

/// Remembers on this device how far the lesson has come, beside what other pages of it add.
#[hook]
pub(super) fn use_memory(page: &Page, act: &Callback<Act>) {
    let memory = page.lesson().memory();
    let known = use_mut_ref(|| memory.clone());
    use_effect_with(memory, {
        move |memory| {
            let before = known.replace(memory.clone());
            if before == *memory {
                return;
            }
            let next = remembered_progress().with_change(&before, memory);
            if next == Progress::default() || *memory == Progress::default() {
                Preference::Lesson.forget();
            } else {
                Preference::Lesson.write(&next.written());
            }
        }
    });
    use_effect_with(act.clone(), |act| {
        let act = act.clone();
        let subscription = Preference::Lesson.on_change(move || {
            act.emit(Act::Remember(Box::new(remembered_progress())));
        });
        move || drop(subscription)
    });
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
