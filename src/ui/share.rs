//! The link to what is on show, and the snippet that embeds it, with a live preview.

use super::{choice::Choice, explanation::CopyButton, formula::prose, surroundings::use_around};
use crate::{
    address::{Address, Alone, Control, Embed, Part, is_key},
    browser,
    text::plain,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The length from which on some platforms cut links.
const LONG: usize = 2000;

#[derive(PartialEq, Properties)]
pub(super) struct ShareProps {
    /// What is on show.
    pub(super) address: Address,
}

/// The link, and the snippet with its choices.
#[component]
pub(super) fn Share(props: &ShareProps) -> Html {
    let around = use_around();
    let words = around.language.words();
    let embed = use_state_eq(Embed::default);
    let by_element = use_state_eq(|| false);
    let link = browser::link(&props.address.written(), is_key);
    let long = link.len() > LONG;
    let address = Address {
        language: Some(around.language),
        embed: Embed::clone(&embed),
        ..props.address.clone()
    };
    let address = address.written();
    let source = browser::link(&address, is_key);
    let snippet =
        if *by_element { element(&source, &address) } else { frame(&source, words.tagline()) };
    let change = |change: fn(&mut Embed, usize, bool), index: usize| {
        let embed = embed.clone();
        Callback::from(move |event: Event| {
            let checked = event.target_unchecked_into::<HtmlInputElement>().checked();
            let mut next = Embed::clone(&embed);
            change(&mut next, index, checked);
            embed.set(next);
        })
    };
    let box_of = |name: &'static str, checked: bool, onchange: Callback<Event>| {
        html! {
            <label key={name}>
                <input type="checkbox" {checked} {onchange} />
                { prose(words.part(name)) }
            </label>
        }
    };
    let only = Alone::all().position(|it| Some(it) == embed.only).map_or(0, |at| at + 1);
    let on_only = {
        let embed = embed.clone();
        Callback::from(move |at: usize| {
            let only = at.checked_sub(1).and_then(|at| Alone::all().nth(at));
            embed.set(Embed { only, ..Embed::clone(&embed) });
        })
    };
    let on_way = {
        let setter = by_element.setter();
        Callback::from(move |at: usize| setter.set(at == 1))
    };
    html! {
        <section class="Share">
            <h3>{ words.share_link() }</h3>
            <div class="link">
                <input type="text" readonly={true} aria-label={words.share_link()} value={link.clone()} />
                <CopyButton text={link} />
            </div>
            <p class="long" role="status" hidden={!long}>{ words.link_long() }</p>
            <details>
                <summary>{ words.share_embed() }</summary>
                <p>{ words.share_embed_note() }</p>
                <div class="choices">
                    <label>
                        { words.share_way() }{ " " }
                        <Choice chosen={usize::from(*by_element)} on_choose={on_way}>
                            <option>{ "<iframe>" }</option>
                            <option>{ "<unrolled-rnn>" }</option>
                        </Choice>
                    </label>
                    <label>
                        { words.share_only() }{ " " }
                        <Choice chosen={only} on_choose={on_only}>
                            <option>{ words.share_all() }</option>
                            { for Alone::all().map(|alone| html! {
                                <option key={alone.name()}>{ plain(words.part(alone.name())) }</option>
                            }) }
                        </Choice>
                    </label>
                </div>
                <fieldset hidden={embed.only.is_some()}>
                    <legend>{ words.share_hide() }</legend>
                    { for Part::ALL.into_iter().take(6).enumerate().map(|(index, part)| {
                        let onchange = change(|embed, index, on| toggle(&mut embed.hide, Part::ALL[index], on), index);
                        box_of(part.name(), embed.hide.contains(&part), onchange)
                    }) }
                </fieldset>
                <fieldset>
                    <legend>{ words.share_lock() }</legend>
                    { for Control::ALL.into_iter().enumerate().map(|(index, control)| {
                        let onchange = change(|embed, index, on| toggle(&mut embed.lock, Control::ALL[index], on), index);
                        box_of(control.name(), embed.lock.contains(&control), onchange)
                    }) }
                </fieldset>
                { box_of("play", embed.play, change(|embed, _, on| embed.play = on, 0)) }
                <pre tabindex="0"><code>{ &snippet }</code></pre>
                <CopyButton text={snippet} />
                <h3>{ words.share_preview() }</h3>
                <iframe key={address} src={source} title={words.share_preview()} loading="lazy"></iframe>
            </details>
        </section>
    }
}

/// Puts `item` into the list, or takes it out; the list keeps its order.
fn toggle<T: Ord>(list: &mut Vec<T>, item: T, on: bool) {
    list.retain(|other| *other != item);
    if on {
        let place = list.partition_point(|other| *other < item);
        list.insert(place, item);
    }
}

/// A text as the value of an attribute.
fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

fn frame(source: &str, title: &str) -> String {
    format!(
        "<iframe src=\"{}\"\n        title=\"Unrolled: {}\" loading=\"lazy\" allow=\"clipboard-write\"\n        \
         style=\"width: 100%; height: 820px; border: 0\"></iframe>",
        quoted(source),
        quoted(title),
    )
}

/// A list as the value of an attribute: split by bars, or as JSON where that would be read as another.
fn list_of(entries: &[String]) -> String {
    let plain = |entry: &String| {
        !entry.is_empty()
            && entry.trim() == entry
            && !entry.starts_with('[')
            && !entry.contains('|')
    };
    if entries.iter().all(plain) {
        return entries.join("|");
    }
    // A list of texts always prints.
    serde_json::to_string(entries).unwrap_or_default()
}

/// The element with the keys of the address as its attributes.
fn element(source: &str, address: &str) -> String {
    let page = source.split(['#', '?']).next().unwrap_or_default();
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (mut attributes, mut labels, mut vocabulary) = (Vec::new(), Vec::new(), Vec::new());
    for (key, value) in form_urlencoded::parse(address.as_bytes()).into_owned() {
        match key.as_str() {
            "label" => labels.push(value),
            "vocab" => vocabulary.push(value),
            _ => attributes.push((key, value)),
        }
    }
    for (name, list) in [("labels", labels), ("vocabulary", vocabulary)] {
        if !list.is_empty() {
            attributes.push((name.to_owned(), list_of(&list)));
        }
    }
    let attributes: Vec<String> = attributes
        .into_iter()
        .map(|(name, value)| format!(" {name}=\"{}\"", quoted(&value)))
        .collect();
    let attributes = attributes.concat();
    format!(
        "<script src=\"{}/unrolled-element.js\" async></script>\n<unrolled-rnn{attributes}></unrolled-rnn>",
        quoted(folder)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_holds_any_text() {
        let source = "https://example.org/rnn/#text=a+%22b%22&at=output";
        assert!(frame(source, "x < y").contains("#text=a+%22b%22&amp;at=output\""));
        let element = element(source, "text=a+%22b%22&label=x&label=y&target=1");
        assert!(element.contains("src=\"https://example.org/rnn/unrolled-element.js\""));
        assert!(element.contains(" text=\"a &quot;b&quot;\" target=\"1\" labels=\"x|y\""));
    }

    #[test]
    fn a_list_is_split_by_bars_unless_an_entry_would_be_split_or_trimmed() {
        let list = |entries: &[&str]| {
            list_of(&entries.iter().map(|&entry| entry.to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(list(&["a", "b, c", "\"d]"]), "a|b, c|\"d]");
        for entries in [&["a|b", "c"], &["a", "[c"], &["a", " c"], &["a ", "c"], &["", "c"]] {
            let written = list(entries);
            assert_eq!(serde_json::from_str::<Vec<String>>(&written).unwrap(), entries);
        }
        let snippet = element("https://example.org/#", "label=a%7Cb&label=c");
        assert!(snippet.contains(" labels=\"[&quot;a|b&quot;,&quot;c&quot;]\""), "{snippet}");
    }

    #[test]
    fn a_choice_is_put_in_once_and_taken_out() {
        let mut list = vec![Part::Header];
        toggle(&mut list, Part::Weights, true);
        toggle(&mut list, Part::Header, true);
        assert_eq!(list, [Part::Header, Part::Weights]);
        toggle(&mut list, Part::Header, false);
        assert_eq!(list, [Part::Weights]);
    }
}
