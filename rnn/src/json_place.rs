//! Which field of a JSON text stands at a place in it. A mistake is found at a place; who made it knows
//! names.

/// What a scan is inside of.
enum Inside {
    /// A list: how many entries came before, and whether this one has begun.
    List(usize, bool),
    /// An object: the key whose value comes, or none while a key is to come.
    Object(Option<String>),
}

/// What of a place is the next one's already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Nothing: the text itself is wrong there.
    Nothing,
    /// The entry of a list: it is not what it must be.
    Entry,
    /// That, and a key: there is no such one.
    Key,
}

/// The path of the field that the text has come to after so many bytes of a line, both counted from 1,
/// such as `weights.w1h[1]`; `.` where that is the whole. What has only been announced is part of it
/// where `next` says so: a key that has just ended, the first entry of a list.
pub(crate) fn path_at(json: &str, line: usize, column: usize, next: Next) -> String {
    let before: usize = json.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let read = &json.as_bytes()[..(before + column).min(json.len())];
    let (mut inside, mut at, mut key_began) = (Vec::new(), 0, 0);
    while let Some(&byte) = read.get(at) {
        let (began, is_value) = (at, !b" \t\r\n,:]}".contains(&byte));
        at += 1;
        if is_value && let Some(Inside::List(_, has_begun)) = inside.last_mut() {
            *has_begun = true;
        }
        match (byte, inside.last_mut()) {
            (b'"', within) => {
                at = end_of_text(read, at);
                if let Some(Inside::Object(key @ None)) = within {
                    *key = serde_json::from_slice(&read[began..at]).ok();
                    key_began = began;
                }
            }
            (b'{', _) => inside.push(Inside::Object(None)),
            (b'[', _) => inside.push(Inside::List(0, false)),
            (b'}' | b']', _) => drop(inside.pop()),
            (b',', Some(Inside::List(entry, has_begun))) => {
                (*entry, *has_begun) = (*entry + 1, false);
            }
            (b',', Some(Inside::Object(key))) => *key = None,
            _ => {}
        }
    }
    let ends_in_key = key_began > 0 && end_of_text(read, key_began + 1) == read.len();
    if let Some(Inside::Object(key)) = inside.last_mut()
        && ends_in_key
        && next != Next::Key
    {
        *key = None;
    }
    let mut path = String::new();
    for one in inside {
        match one {
            Inside::List(0, false) if next == Next::Nothing => {}
            Inside::Object(None) => {}
            Inside::List(entry, _) => path.extend(["[", &entry.to_string(), "]"]),
            Inside::Object(Some(key)) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&key);
            }
        }
    }
    if path.is_empty() { ".".to_owned() } else { path }
}

/// Where a text in quotes ends that begins before `at`, its last quote included.
fn end_of_text(read: &[u8], mut at: usize) -> usize {
    while let Some(byte) = read.get(at) {
        at += match byte {
            b'"' => return at + 1,
            b'\\' => 2,
            _ => 1,
        };
    }
    read.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_path() {
        let path = |json: &str, next| path_at(json, 1, json.len(), next);
        for (json, expected) in [
            ("", "."),
            ("{", "."),
            (r#"{"a": 1"#, "a"),
            (r#"{"a": 1, "b": {"#, "b"),
            (r#"{"a": {"b": [1, [2, 3"#, "a.b[1][1]"),
            (r#"{"a": {"b": [1, [2, 3]"#, "a.b[1]"),
            (r#"{"a": {"b": [1, [2, 3]]}"#, "a"),
            (r#"{"a": {"b": [1, [2, 3]]}}"#, "."),
            (r#"{"a": [ "#, "a"),
            (r#"{"a": ["#, "a"),
            (r#"{"a": "{[,\"\\", "b" 1"#, "b"),
        ] {
            assert_eq!(path(json, Next::Nothing), expected, "{json}");
        }
        assert_eq!(path(r#"{"a": {"b\n""#, Next::Key), "a.b\n");
        assert_eq!(path(r#"{"a": ["#, Next::Entry), "a[0]");
        assert_eq!(path(r#"{"a": {"b""#, Next::Entry), "a");
        assert_eq!(path_at("{\"a\":\n\n 1}", 3, 2, Next::Nothing), "a");
        assert_eq!(path_at("{\"a\":\n\n 1}", 9, 9, Next::Nothing), ".");
    }
}
