//! What surrounds the page on this device: language, theme, motion.

use crate::{
    browser::{self, Preference},
    figure::{Palette, Theme},
    lesson::{Progress, bring_chapters, chapters, has_chapters},
    page::{Act, Device, Fetch, Later, Page},
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
    /// How many device pixels make a CSS pixel.
    pub(super) pixel_ratio: f64,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self::of(Language::default(), Theme::default(), 1.0)
    }
}

impl Surroundings {
    fn of(language: Language, theme: Theme, pixel_ratio: f64) -> Self {
        Self { language, theme, palette: Rc::new(Palette::of(theme)), pixel_ratio }
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

/// Whether it is there already.
pub fn is_there(later: Later) -> bool {
    match later {
        Later::Words(language) => language.is_there(),
        Later::Lesson => has_chapters(),
    }
}

/// Fetches it, and calls `on_done` with whether it is there.
pub fn fetch_later(later: Later, on_done: impl FnOnce(bool) + 'static) {
    let name = match later {
        Later::Words(language) => language.code(),
        Later::Lesson => "lesson",
    };
    browser::fetch_part(name, move |text| {
        let bring = |text: String| match later {
            Later::Words(language) => language.bring(&text),
            Later::Lesson => bring_chapters(&text),
        };
        on_done(text.is_some_and(|text| bring(text).is_ok()));
    });
}

/// Fetches what something waits for.
#[hook]
pub(super) fn use_later(page: &Page, act: &Callback<Act>) {
    use_effect_with((page.fetch(), act.clone()), |(fetch, act)| {
        if let Some((later, Fetch::Coming)) = *fetch {
            let act = act.clone();
            fetch_later(later, move |is_there| {
                act.emit(match later {
                    _ if !is_there => Act::Miss,
                    Later::Words(language) => Act::Hear(language),
                    Later::Lesson => Act::Bring(Box::new(remembered_progress())),
                });
            });
        }
    });
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
    let pixel_ratio = use_pixel_ratio();
    let surroundings =
        use_memo((language, theme, pixel_ratio), |&(language, theme, pixel_ratio)| {
            Surroundings::of(language, theme, pixel_ratio)
        });
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
                Preference::Lesson.write(&next.written(chapters()));
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

/// How many device pixels make a CSS pixel, which changes when the person zooms, or takes the page
/// to another screen.
#[hook]
fn use_pixel_ratio() -> f64 {
    let ratio = use_state_eq(browser::device_pixel_ratio);
    // A query can only ask for one ratio; of the next one another must be asked.
    use_effect_with(*ratio, {
        let setter = ratio.setter();
        move |ratio| {
            let subscription = browser::on_media_change(&at_ratio(*ratio), move |_| {
                setter.set(browser::device_pixel_ratio());
            });
            move || drop(subscription)
        }
    });
    *ratio
}

/// The media query that holds at a pixel ratio.
fn at_ratio(ratio: f64) -> String {
    format!("(resolution: {ratio}dppx)")
}

/// The surroundings of this component.
///
/// Every component asks for them, or for its words, before its nodes are made or changed; so here the page
/// says that the changes that follow are its own. Yew goes on with the rest of a long rendering in a
/// later task, so one component cannot say it for others.
#[hook]
pub(super) fn use_around() -> Surroundings {
    browser::own_changes_begin();
    // Effects run when everything has been rendered, and before anybody else's turn.
    use_effect(browser::own_changes_end);
    use_context::<Surroundings>().unwrap_or_default()
}

/// The sentences of the page's language.
#[hook]
pub(super) fn use_words() -> &'static Words {
    use_around().language.words()
}
