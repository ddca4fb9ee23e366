//! Long work in pieces, so that what is shown meanwhile stays quick: a page does some of them each frame.

/// Work that is done piece by piece until it has its result.
pub struct Pieces<T> {
    /// Does the next piece; the last answers the result.
    next: Box<dyn FnMut() -> Option<T>>,
    done: usize,
    of: usize,
}

impl<T: 'static> Pieces<T> {
    /// Work of about `of` pieces: `next` does one of them, and answers the result with the last.
    pub fn new(of: usize, next: impl FnMut() -> Option<T> + 'static) -> Self {
        Self { next: Box::new(next), done: 0, of }
    }

    /// Work of a single piece.
    pub fn once(work: impl FnOnce() -> T + 'static) -> Self {
        let mut work = Some(work);
        Self::new(1, move || Some(work.take()?()))
    }

    /// Does the next piece, and more while `has_time`; answers the result when it is there. There is
    /// nothing to do afterwards.
    pub fn further(&mut self, has_time: impl Fn() -> bool) -> Option<T> {
        loop {
            self.done += 1;
            let result = (self.next)();
            if result.is_some() || !has_time() {
                return result;
            }
        }
    }

    /// Does all that is left at once.
    pub fn finish(mut self) -> Option<T> {
        self.further(|| true)
    }

    /// How many pieces are done, and of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.done.min(self.of), self.of)
    }

    /// This work, and with its result about `of` pieces of another.
    pub fn then<U: 'static>(
        mut self,
        of: usize,
        other: impl FnOnce(T) -> Pieces<U> + 'static,
    ) -> Pieces<U> {
        let (mut other, mut second) = (Some(other), None::<Pieces<U>>);
        Pieces::new(self.of + of, move || {
            if let Some(second) = &mut second {
                return (second.next)();
            }
            second = (self.next)().and_then(|result| Some(other.take()?(result)));
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// The sum of 1 to `last`, a number a piece.
    fn sum(last: usize) -> Pieces<usize> {
        let (mut at, mut sum) = (0, 0);
        Pieces::new(last, move || {
            at += 1;
            sum += at;
            (at == last).then_some(sum)
        })
    }

    #[test]
    fn work_is_done_while_there_is_time_and_goes_on_where_it_was() {
        let mut work = sum(4);
        let twice = Cell::new(true);
        let has_time = || twice.replace(false);
        assert_eq!((work.further(has_time), work.progress()), (None, (2, 4)));
        assert_eq!((work.further(|| false), work.progress()), (None, (3, 4)));
        assert_eq!((work.further(|| true), work.progress()), (Some(10), (4, 4)));
    }

    #[test]
    fn a_second_work_begins_with_the_result_of_the_first() {
        let mut both = sum(3).then(6, sum);
        assert_eq!((both.further(|| false), both.progress()), (None, (1, 9)));
        assert_eq!((both.further(|| true), both.progress()), (Some(21), (9, 9)));
        assert_eq!(sum(3).then(6, sum).finish(), Some(21));
    }
}
