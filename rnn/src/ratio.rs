//! One size by another, where a run may make either of them zero or let it overflow.

/// Why there is no quotient of two sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoRatio {
    /// Both are 0.
    BothZero,
    /// The divisor is 0, and the other is not.
    ByZero,
    /// One of them, or the quotient, is beyond what an `f64` holds.
    Beyond,
}

/// `size` / `by`, of two sizes.
///
/// # Errors
///
/// Why there is no such number. So a quotient is always a finite number, and 0 only where `size` is.
pub fn ratio(size: f64, by: f64) -> Result<f64, NoRatio> {
    if !size.is_finite() || !by.is_finite() {
        return Err(NoRatio::Beyond);
    }
    match (size == 0.0, by == 0.0) {
        (true, true) => Err(NoRatio::BothZero),
        (false, true) => Err(NoRatio::ByZero),
        (true, false) => Ok(0.0),
        (false, false) => {
            let quotient = size / by;
            if quotient.is_normal() { Ok(quotient) } else { Err(NoRatio::Beyond) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotient_is_a_number_or_says_why_not() {
        assert_eq!(ratio(3.0, 4.0), Ok(0.75));
        assert_eq!(ratio(0.0, 4.0), Ok(0.0));
        assert_eq!(ratio(0.0, 0.0), Err(NoRatio::BothZero));
        assert_eq!(ratio(-0.0, 0.0), Err(NoRatio::BothZero));
        assert_eq!(ratio(3.0, 0.0), Err(NoRatio::ByZero));
        for (size, by) in [
            (f64::INFINITY, 1.0),
            (1.0, f64::INFINITY),
            (f64::INFINITY, f64::INFINITY),
            (f64::NAN, 1.0),
            (1.0, f64::NAN),
            (1e300, 1e-300),
            (1e-300, 1e300),
        ] {
            assert_eq!(ratio(size, by), Err(NoRatio::Beyond), "{size} / {by}");
        }
        // The smallest numbers that there are have a quotient.
        assert_eq!(ratio(1e-323, 5e-324), Ok(2.0));
    }
}
