//! What the page around is told: it follows from what was on show and what is now.

use super::{Page, lesson::at};
use crate::{
    address::Notice,
    lesson::{self, Answer, Place, Scope, Verdict},
    rnn::Trace,
    session::Playback,
};

/// The messages that tell of the change from `before` to `after`; `before` is none at first.
pub fn notices(before: Option<&Page>, after: &Page) -> Vec<Notice> {
    let mut all = Vec::new();
    let differs =
        |part: &dyn Fn(&Page, &Page) -> bool| before.is_none_or(|before| part(before, after));
    if differs(&|before, after| before.stage() != after.stage()) {
        all.push(Notice::Moment { moment: after.stage().to_string() });
    }
    if differs(&|before, after| before.session().run() != after.session().run()) {
        all.push(Notice::Experiment { address: after.link().written() });
    }
    if differs(&is_elsewhere) {
        all.push(Notice::Address { address: after.address().written() });
    }
    let place = after.lesson().place();
    let opened = |before: &Page, after: &Page| {
        !before.is_in_lesson() || before.lesson().place() != after.lesson().place()
    };
    if after.is_in_lesson() && differs(&opened) {
        let last = after.lesson().progress().next(lesson::chapters()).is_none();
        all.push(Notice::Screen { chapter: place.chapter + 1, screen: place.screen + 1, last });
    }
    // What was answered before is no news: not on opening, not on coming back to a screen.
    let answered = before.filter(|before| {
        let (old, new) = (before.lesson().progress(), after.lesson().progress());
        old.place == new.place && before.lesson().answer_given() != after.lesson().answer_given()
    });
    if after.is_in_lesson()
        && let (Some(_), Some(answer)) = (answered, after.lesson().answer_given())
        && let Some(right) = is_right(after, place, answer)
    {
        let task = answer == Answer::Done;
        let (chapter, screen) = (place.chapter + 1, place.screen + 1);
        all.push(Notice::Answer { chapter, screen, right, task });
    }
    all
}

/// Whether the address of the page has changed, which time that runs does not wait for.
fn is_elsewhere(before: &Page, after: &Page) -> bool {
    let moves = |page: &Page| page.session().playback() != Playback::Paused;
    let (old, new) = (before.shown(), after.shown());
    if moves(after) { new.has_other_runs(&old) } else { moves(before) || new != old }
}

/// Whether an answer is right, in the language in which it was asked.
fn is_right(page: &Page, place: Place, answer: Answer) -> Option<bool> {
    let (chapter, screen) = at(place)?;
    let Some(question) = screen.question() else { return Some(true) };
    let run = Trace::of(chapter.experiment(place.screen, page.language()).ok()?);
    let schools = chapter.schools(place.screen, page.language());
    let scope = Scope::of(&run, page.language()).with(&schools);
    Some(question.verdict(screen.bug(), &scope, answer)? == Verdict::Right)
}
