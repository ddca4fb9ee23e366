//! How tokens and labels are shown, so that two that look alike are told apart.

use std::collections::HashMap;

/// How each of `entries` is shown: as it is, with signs for white space where it is nothing else,
/// and with code points where it would look like another entry, or like nothing.
pub fn names(entries: &[String]) -> Vec<String> {
    let mut alike: HashMap<String, usize> = HashMap::new();
    for entry in entries {
        *alike.entry(likeness(entry)).or_default() += 1;
    }
    let name = |entry: &String| {
        let likeness = likeness(entry);
        let clash = likeness.is_empty() || alike.get(&likeness).is_some_and(|&count| count > 1);
        let blank = entry.chars().all(char::is_whitespace);
        entry.chars().map(|letter| shown(letter, blank, clash)).collect()
    };
    entries.iter().map(name).collect()
}

/// A letter as it is shown in an entry that is `blank`, or looks like another.
fn shown(letter: char, blank: bool, clash: bool) -> String {
    match letter {
        ' ' if blank || clash => "␣".to_owned(),
        '\n' => "↵".to_owned(),
        '\r' => "␍".to_owned(),
        '\t' => "⇥".to_owned(),
        _ if letter.is_whitespace() && letter != ' ' => code(letter),
        _ if clash && is_invisible(letter) => code(letter),
        _ if clash && twin(letter) != letter => format!("{letter}{}", code(letter)),
        _ => letter.to_string(),
    }
}

fn code(letter: char) -> String {
    format!("⟨{:04X}⟩", u32::from(letter))
}

/// What is left of a text for the eye.
fn likeness(text: &str) -> String {
    text.chars()
        .filter(|&letter| !is_invisible(letter))
        .map(|letter| if letter.is_whitespace() { ' ' } else { twin(letter) })
        .collect()
}

/// Whether a letter has no ink and no width (Unicode's `Default_Ignorable_Code_Point`, and the blank
/// of Braille).
fn is_invisible(letter: char) -> bool {
    matches!(
        u32::from(letter),
        0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x2800 | 0x3164
            | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFF8 | 0x1_BCA0..=0x1_BCA3
            | 0x1_D173..=0x1_D17A | 0xE_0000..=0xE_0FFF
    )
}

/// The Latin letter or the sign that a letter of another script has the shape of; else itself.
fn twin(letter: char) -> char {
    const TWINS: &str = "аaеeоoрpсcуyхxѕsіiјjһhԁdԛqԝwАAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoαaνvρp‐-‑-–-−-‒-’'‘'＇'";
    // Each is the twin of an ASCII letter, which has none itself.
    if letter.is_ascii() {
        return letter;
    }
    let mut pairs = TWINS.chars();
    while let (Some(other), Some(latin)) = (pairs.next(), pairs.next()) {
        if other == letter {
            return latin;
        }
    }
    letter
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(entries: &[&str]) -> Vec<String> {
        names(&entries.iter().map(|&entry| entry.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn what_can_be_told_apart_is_shown_as_it_is() {
        let entries = ["the", "필름", "👩‍👩‍👧", "naïve", "мир", "a b", "می‌خواهم", "⭐️", "co-op"];
        assert_eq!(shown(&entries), entries);
    }

    #[test]
    fn no_two_entries_look_alike_and_none_looks_like_nothing() {
        let groups: [&[&str]; 9] = [
            &["film", "film\u{200B}", "fi\u{AD}lm", "film\u{FEFF}"],
            &[" ", "\u{A0}", "\u{2003}", "\u{3000}", "\u{2009}", "\t", "\n", "\r\n", "\r"],
            &["\u{200B}", "\u{3164}", "\u{2800}", "\u{2060}"],
            &["⭐", "⭐\u{FE0F}"],
            &["cop", "сор", "coр"],
            &["co-op", "co–op", "co−op", "co‑op"],
            &["a b", "a\u{A0}b", "a\u{2003}b"],
            &["a", "a\u{202E}", "\u{200F}a"],
            &["don't", "don’t"],
        ];
        for group in groups {
            let names = shown(group);
            for (at, name) in names.iter().enumerate() {
                assert!(!names[..at].contains(name), "{names:?}");
                let inked = |c: char| !is_invisible(c) && !c.is_whitespace();
                assert!(name.chars().any(inked), "{name:?}");
            }
            let looks: Vec<String> = names.iter().map(|name| likeness(name)).collect();
            for (at, look) in looks.iter().enumerate() {
                assert!(!looks[..at].contains(look), "{looks:?}");
            }
        }
    }
}
