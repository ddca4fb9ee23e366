//! Where a label stands that belongs to something on the page.

use super::Rect;

/// The upper left corner of a label of this `size`, inside of `frame` and `gap` beside its `target`, where
/// it covers as little as possible of what `read` lists, and then of the `rest`; the target itself only
/// if there is no other place in the frame.
pub fn place_label(
    size: (f64, f64),
    gap: f64,
    target: Rect,
    read: &[Rect],
    rest: &[Rect],
    frame: Rect,
) -> (f64, f64) {
    let (width, height) = size;
    let everything = read.iter().fold(target, |all, one| all.joined(*one));
    let beside = |rect: Rect| {
        let (x, y) = rect.center();
        [
            (x - width / 2.0, rect.y - gap - height),
            (x - width / 2.0, rect.bottom() + gap),
            (rect.right() + gap, y - height / 2.0),
            (rect.x - gap - width, y - height / 2.0),
        ]
    };
    let inside = |(x, y): (f64, f64)| {
        // Where it does not fit, its beginning is seen.
        let x = x.min(frame.right() - width).max(frame.x);
        (x, y.min(frame.bottom() - height).max(frame.y))
    };
    let covered = |(x, y): (f64, f64)| {
        let label = Rect { x, y, width, height };
        let of = |all: &[Rect]| all.iter().map(|&rect| label.overlap(rect)).sum::<f64>();
        (label.overlap(target), of(read), of(rest))
    };
    // Over and under what the target is a part of.
    let around = rest.iter().filter(|rect| rect.overlap(target) > 0.0);
    let around = around.map(|rect| Rect { x: target.x, width: target.width, ..*rect });
    let all = [target, everything].into_iter().chain(around);
    all.flat_map(beside)
        .map(inside)
        .map(|place| (covered(place), place))
        .reduce(|best, other| if other.0 < best.0 { other } else { best })
        .map_or((target.x, target.bottom()), |(_, place)| place)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZE: (f64, f64) = (120.0, 30.0);
    const FRAME: Rect = Rect { x: 100.0, y: 0.0, width: 400.0, height: 300.0 };

    fn rect() -> impl Strategy<Value = Rect> {
        (100.0..460.0, 0.0..280.0, 5.0..40.0, 5.0..20.0).prop_map(|(x, y, width, height)| Rect {
            x,
            y,
            width,
            height,
        })
    }

    proptest! {
        #[test]
        fn a_label_is_inside_and_beside(target in rect(), read in prop::collection::vec(rect(), 0..8)) {
            let (x, y) = place_label(SIZE, 6.0, target, &read, &[], FRAME);
            prop_assert!(x >= FRAME.x && x + SIZE.0 <= FRAME.right(), "{x}");
            prop_assert!(y >= FRAME.y && y + SIZE.1 <= FRAME.bottom(), "{y}");
            let label = Rect { x, y, width: SIZE.0, height: SIZE.1 };
            prop_assert_eq!(label.overlap(target), 0.0);
        }
    }

    #[test]
    fn it_stands_above_unless_that_covers_what_is_read() {
        let target = Rect { x: 300.0, y: 100.0, width: 40.0, height: 16.0 };
        assert_eq!(place_label(SIZE, 6.0, target, &[], &[], FRAME), (260.0, 64.0));
        let above = Rect { y: 80.0, ..target };
        assert_eq!(place_label(SIZE, 6.0, target, &[above], &[], FRAME), (260.0, 122.0));
        let below = Rect { y: 120.0, ..target };
        assert_eq!(place_label(SIZE, 6.0, target, &[above, below], &[], FRAME), (346.0, 93.0));
    }
}
