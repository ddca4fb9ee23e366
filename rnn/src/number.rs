//! Numbers as people write them.

/// The number that `text` is: digits with a point, an exponent and signs (a hyphen or a minus sign); none if it
/// is anything else. What is larger than the largest number is infinite.
pub fn number(text: &str) -> Option<f64> {
    let plain = text.replace('−', "-");
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    if plain.is_empty() || !plain.chars().all(is_part) {
        return None;
    }
    value(&plain)
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
fn value(plain: &str) -> Option<f64> {
    plain.parse().ok()
}

/// JavaScript reads the same numbers to the same bits, and brings along the table of powers for it.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
fn value(plain: &str) -> Option<f64> {
    Some(js_sys::JsString::from(plain).unchecked_into_f64()).filter(|value| !value.is_nan())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_writes_is_a_number_and_nothing_else_is() {
        let numbers = [
            ("0.5", 0.5),
            ("−1.5", -1.5),
            ("-1.5", -1.5),
            ("+2", 2.0),
            (".5", 0.5),
            ("1.", 1.0),
            ("007", 7.0),
            ("1e-3", 0.001),
            ("2E2", 200.0),
            ("1e999", f64::INFINITY),
        ];
        for (text, value) in numbers {
            assert_eq!(number(text), Some(value), "{text}");
        }
        let others = [
            "", ".", "-", "e5", "1e", "1e+", "--1", "1-1", "1.2.3", "inf", "NaN", "0x1", " 1",
            "1_0", "1,5",
        ];
        for text in others {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
