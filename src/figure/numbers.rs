//! Numbers as a learner reads them: the sign always said, never a wall of zeros.

/// The minus sign, which is as wide as the plus sign.
const MINUS: char = '\u{2212}';

/// A number in the space of a cell: `+0.98`, `−0.05`, `+3e−4`, `0`.
///
/// Two decimals where they say something; below that, one digit and the power of ten, so that a
/// fading gradient stays readable.
pub fn short(value: f64) -> String {
    let size = value.abs();
    if value.is_nan() {
        "?".to_owned()
    } else if value == 0.0 {
        "0".to_owned()
    } else if size.is_infinite() {
        format!("{}∞", sign(value))
    } else if (0.005..99.95).contains(&size) {
        format!("{}{}", sign(value), decimals(size))
    } else {
        format!("{}{}", sign(value), typographic(&format!("{size:.0e}")))
    }
}

fn decimals(size: f64) -> String {
    if size < 9.995 { format!("{size:.2}") } else { format!("{size:.1}") }
}

/// A number with four significant digits and its sign: `+0.1234`, `−1.234e−5`.
pub fn exact(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return short(value);
    }
    format!("{}{}", sign(value), four_digits(value.abs()))
}

/// A size, which has no sign, with four significant digits.
pub fn size(value: f64) -> String {
    match value {
        _ if value == 0.0 => "0".to_owned(),
        _ if value.is_nan() => "?".to_owned(),
        _ if value.is_infinite() => "∞".to_owned(),
        _ => four_digits(value),
    }
}

/// A number in a sentence, with four significant digits: the minus sign where it has one, no plus.
pub fn plain(value: f64) -> String {
    if value < 0.0 { exact(value) } else { size(value) }
}

/// A size in the space of a column: three digits.
pub fn short_size(value: f64) -> String {
    if !value.is_finite() || value == 0.0 {
        size(value)
    } else if (0.001..1000.0).contains(&value) {
        let digits = (2 - value.log10().floor() as i32).clamp(0, 3) as usize;
        format!("{value:.digits$}")
    } else {
        typographic(&format!("{value:.0e}"))
    }
}

fn four_digits(size: f64) -> String {
    if (0.001..10_000.0).contains(&size) {
        let digits = (3 - size.log10().floor() as i32).clamp(0, 6) as usize;
        format!("{size:.digits$}")
    } else {
        typographic(&format!("{size:.3e}"))
    }
}

fn sign(value: f64) -> char {
    if value < 0.0 { MINUS } else { '+' }
}

fn typographic(number: &str) -> String {
    number.replace('-', &MINUS.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_show_the_sign_and_what_matters() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (0.98, "+0.98"),
            (-0.049_99, "−0.05"),
            (0.005, "+0.01"),
            (-0.004_9, "−5e−3"),
            (3.2e-12, "+3e−12"),
            (12.34, "+12.3"),
            (-99.94, "−99.9"),
            (1234.0, "+1e3"),
            (f64::INFINITY, "+∞"),
            (f64::NAN, "?"),
        ];
        for (value, expected) in cases {
            assert_eq!(short(value), expected, "{value}");
        }
    }

    #[test]
    fn exact_numbers_have_four_digits() {
        assert_eq!(exact(0.123_456), "+0.1235");
        assert_eq!(exact(-12.345_6), "−12.35");
        assert_eq!(exact(-1.234_5e-5), "−1.234e−5");
        assert_eq!(size(1.272_9), "1.273");
        assert_eq!(short_size(0.051_2), "0.051");
        assert_eq!(short_size(1.273), "1.27");
        assert_eq!(short_size(122.7), "123");
        assert_eq!(short_size(2.2e-5), "2e−5");
    }
}
