//! Numbers as a learner reads them: the sign always said, never a wall of zeros.
//!
//! `∞` is what a program has there: a number past the largest that fits; `?` is what came of
//! computing with such a one.

use crate::rnn::Norm;
use std::f64::consts::LN_10;

/// The minus sign, which is as wide as the plus sign.
const MINUS: char = '\u{2212}';

/// A number in the space of a tile: `+0.98`, `−0.05`, `+3e−4`, `0`.
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

/// A number as it is typed, every digit of it.
pub fn typed(value: f64) -> String {
    typographic(&value.to_string())
}

/// A size in the space of a column: three digits.
pub fn short_size(value: f64) -> String {
    if !value.is_finite() || value == 0.0 {
        return size(value);
    }
    let exponent = exponent(value, 2);
    if (-3..3).contains(&exponent) {
        let digits = (2 - exponent).clamp(0, 3) as usize;
        format!("{value:.digits$}")
    } else {
        typographic(&format!("{value:.0e}"))
    }
}

/// The norm of a product with four significant digits, also where no `f64` holds it: `1.234e−400`.
pub fn norm(norm: Norm) -> String {
    written(norm, size, |mantissa| format!("{mantissa:.3}"))
}

/// The norm of a product in the space of a column: `1e−400`.
pub fn short_norm(norm: Norm) -> String {
    written(norm, short_size, |mantissa| format!("{mantissa:.0}"))
}

fn written(norm: Norm, fits: fn(f64) -> String, digits: fn(f64) -> String) -> String {
    let Some(log) = norm.log() else { return "0".to_owned() };
    let value = log.exp();
    if value.is_normal() {
        return fits(value);
    }
    let decades = log / LN_10;
    let mantissa = digits(10.0_f64.powf(decades - decades.floor()));
    // 9.9996 is rounded to 10.000.
    let (mantissa, carried) =
        if mantissa.starts_with("10") { (digits(1.0), 1.0) } else { (mantissa, 0.0) };
    typographic(&format!("{mantissa}e{}", decades.floor() + carried))
}

/// A number as an exponent: `³`.
pub fn superscript(number: usize) -> String {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let written = number.to_string();
    written.bytes().filter_map(|digit| digits.get(usize::from(digit - b'0'))).collect()
}

/// A time step above the line, as in H⁽³⁾.
pub fn time(step: usize) -> String {
    format!("⁽{}⁾", superscript(step))
}

fn four_digits(size: f64) -> String {
    let exponent = exponent(size, 3);
    if (-3..4).contains(&exponent) {
        let digits = (3 - exponent).clamp(0, 6) as usize;
        format!("{size:.digits$}")
    } else {
        typographic(&format!("{size:.3e}"))
    }
}

/// The power of ten of the first digit of `size`, which is more than 0, once it is rounded to
/// `digits` digits after the first: 0.99996 is 1.000 and not 0.9999.
fn exponent(size: f64, digits: usize) -> i32 {
    let written = format!("{size:.digits$e}");
    written.split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or_default()
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
    fn tiles_show_the_sign_and_what_matters() {
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
        // Rounding does not add a digit.
        assert_eq!(exact(-0.999_99), "−1.000");
        assert_eq!(size(9_999.9), "1.000e4");
        assert_eq!(size(0.000_999_99), "0.001000");
        assert_eq!(short_size(0.999_9), "1.00");
        assert_eq!(short_size(999.9), "1e3");
    }

    #[test]
    fn what_is_hardly_a_number_can_be_read_too() {
        let smallest = f64::from_bits(1);
        assert_eq!(short(smallest), "+5e−324");
        assert_eq!(exact(-smallest), "−4.941e−324");
        assert_eq!(short_size(smallest), "5e−324");
        assert_eq!(exact(f64::MAX), "+1.798e308");
        for write in [short, exact, size, plain, short_size] {
            assert_eq!(write(-0.0), "0");
            assert_eq!(write(f64::NAN), "?");
        }
        assert_eq!(plain(f64::NEG_INFINITY), "−∞");
        assert_eq!(size(f64::INFINITY), "∞");
    }

    #[test]
    fn norms_of_long_products_are_written_where_no_number_holds_them() {
        let of = |decades: f64| Norm::Log(decades * LN_10);
        assert_eq!(norm(Norm::Zero(crate::rnn::Cause::Weights { power: 2 })), "0");
        assert_eq!(norm(Norm::Log(0.0)), "1.000");
        assert_eq!(norm(of(-400.0 + 0.091_315)), "1.234e−400");
        assert_eq!(norm(of(594.0)), "1.000e594");
        assert_eq!(norm(of(400.0 - 1e-7)), "1.000e400");
        assert_eq!(short_norm(of(-400.0 + 0.4)), "3e−400");
        assert_eq!(short_norm(of(-1.0)), "0.100");
        assert_eq!(superscript(10), "¹⁰");
    }
}
