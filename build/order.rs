//! The order of the chapters of the lesson: that of the numbers that the names of their files begin
//! with, as people count. The build script uses it, and so does whatever else counts the chapters.

/// What a file is sorted by: the number that its name begins with, then the name itself. One without
/// a number comes last.
pub(crate) fn place(name: &str) -> (u64, &str) {
    let digits = name.split(|letter: char| !letter.is_ascii_digit()).next();
    (digits.and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX), name)
}
