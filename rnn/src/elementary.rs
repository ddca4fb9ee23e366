//! exp, tanh and the logistic function by additions, multiplications and divisions alone: the same
//! bits on every machine, and several numbers at a time on a vector unit.
//!
//! The libraries of machines and browsers differ in the last bit of these functions. The tests hold
//! ours against `libm` to 1e-14.

/// eʸ − 1 as 2ᵏ · p + (2ᵏ − 1), for |y| up to 708: answers 2ᵏ and p.
///
/// y = k ln 2 + r with |r| at most ln 2 / 2, and p = eʳ − 1 is its Taylor series up to r¹³ / 13!,
/// which leaves less than 1e-17 of r.
#[inline]
fn parts(y: f64) -> (f64, f64) {
    /// What is added to a number so that its last bit counts ones: 1.5 · 2⁵².
    const ROUND: f64 = 6_755_399_441_055_744.0;
    /// ln 2 in two parts, the first with enough zeros at its end that k times it is exact.
    const LN_2: (f64, f64) = (0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10);
    let rounded = y * std::f64::consts::LOG2_E + ROUND;
    let k = rounded - ROUND;
    let r = y - k * LN_2.0 - k * LN_2.1;
    let mut p = 1.0 / 6_227_020_800.0;
    for coefficient in [
        1.0 / 479_001_600.0,
        1.0 / 39_916_800.0,
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
    ] {
        p = p * r + coefficient;
    }
    let power = f64::from_bits((rounded.to_bits() << 52).wrapping_add(1023 << 52));
    (power, p * r)
}

/// The smaller of `a` and `most`; not a number where `a` is none.
#[inline]
fn at_most(a: f64, most: f64) -> f64 {
    if a > most { most } else { a }
}

/// e⁻ʸ for y from 0 on. Below the smallest normal number it is 0.
#[inline]
pub fn exp_of_minus(y: f64) -> f64 {
    let (power, p) = parts(-at_most(y, 708.0));
    if y > 708.0 { 0.0 } else { power * p + power }
}

/// tanh(x) = (e²ˣ − 1) / (e²ˣ − 1 + 2).
#[inline]
pub fn tanh(x: f64) -> f64 {
    // From here on it is 1 but for what an `f64` cannot hold.
    let (power, p) = parts(2.0 * at_most(x.abs(), 20.0));
    let e = power * p + (power - 1.0);
    (e / (e + 2.0)).copysign(x)
}

/// σ(x) = 1 / (1 + e⁻ˣ).
#[inline]
pub fn sigmoid(x: f64) -> f64 {
    let e = exp_of_minus(x.abs());
    (if x < 0.0 { e } else { 1.0 }) / (1.0 + e)
}

/// max(0, x).
#[inline]
pub fn relu(x: f64) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of both signs and every size up to `most`.
    fn numbers(most: f64) -> impl Iterator<Item = f64> {
        let even = (0..200_000).map(move |at| most * f64::from(at) / 200_000.0);
        let small = (0..300).map(|power| 0.731 * 10.0_f64.powi(-power));
        even.chain(small).flat_map(|x| [x, -x])
    }

    fn close(ours: f64, theirs: f64) -> bool {
        (ours - theirs).abs() <= 1e-14 * theirs.abs()
    }

    #[test]
    fn they_are_those_of_libm_to_the_fourteenth_digit() {
        for x in numbers(25.0) {
            assert!(close(tanh(x), libm::tanh(x)), "tanh({x:e}): {:e}", tanh(x));
        }
        for x in numbers(700.0) {
            let (y, expected) = (x.abs(), libm::exp(-x.abs()));
            assert!(close(exp_of_minus(y), expected), "exp(-{y:e}): {:e}", exp_of_minus(y));
            let expected = if x < 0.0 {
                libm::exp(x) / (1.0 + libm::exp(x))
            } else {
                1.0 / (1.0 + libm::exp(-x))
            };
            assert!(close(sigmoid(x), expected), "sigmoid({x:e}): {:e}", sigmoid(x));
        }
    }

    #[test]
    fn at_the_ends_they_are_what_they_tend_to() {
        let (huge, nan) = (f64::INFINITY, f64::NAN);
        assert_eq!([tanh(huge), tanh(-huge), tanh(1e300), tanh(19.1)], [1.0, -1.0, 1.0, 1.0]);
        assert_eq!([sigmoid(huge), sigmoid(-huge), sigmoid(0.0)], [1.0, 0.0, 0.5]);
        assert_eq!([exp_of_minus(0.0), exp_of_minus(huge), exp_of_minus(1e3)], [1.0, 0.0, 0.0]);
        assert!(tanh(nan).is_nan() && sigmoid(nan).is_nan() && exp_of_minus(nan).is_nan());
        assert!(relu(nan).is_nan() && relu(-1.0) == 0.0 && relu(huge) == huge);
        assert!(tanh(-0.0).is_sign_negative() && tanh(0.0) == 0.0);
    }
}
