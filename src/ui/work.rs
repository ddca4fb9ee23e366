//! Long work on the page: some of it is done each frame; how far it is can be seen, and it can be stopped.

use super::surroundings::use_words;
use crate::{
    browser::{self, Frames},
    pieces::Pieces,
};
use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};
use yew::prelude::*;

/// Work that is under way, or has its result.
pub(super) struct Work<T> {
    pieces: RefCell<Pieces<T>>,
    result: OnceCell<Rc<T>>,
}

/// What of the work concerns the page, whatever its result is.
pub(super) trait Underway {
    /// Does as much as a frame has time for.
    fn further(&self);

    /// How many pieces are done, and of how many; none when all are.
    fn left(&self) -> Option<(usize, usize)>;
}

impl<T: 'static> Underway for Work<T> {
    fn further(&self) {
        if self.result.get().is_some() {
            return;
        }
        if let Some(result) = self.pieces.borrow_mut().further(browser::time_in_frame()) {
            // It was not there before.
            let _ = self.result.set(Rc::new(result));
        }
    }

    fn left(&self) -> Option<(usize, usize)> {
        self.result.get().is_none().then(|| self.pieces.borrow().progress())
    }
}

impl<T: 'static> Work<T> {
    /// Begins the work: what a frame has time for is done at once, and that is mostly all.
    pub(super) fn begun(pieces: Pieces<T>) -> Self {
        let work = Self { pieces: RefCell::new(pieces), result: OnceCell::new() };
        work.further();
        work
    }

    /// The result, where it is there.
    pub(super) fn result(&self) -> Option<Rc<T>> {
        self.result.get().cloned()
    }
}

#[derive(Properties)]
pub(super) struct ProgressProps {
    pub(super) work: Rc<dyn Underway>,
    pub(super) name: AttrValue,
    /// What comes when the work has its result.
    pub(super) on_done: Callback<()>,
}

impl PartialEq for ProgressProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.work, &other.work)
            && (&self.name, &self.on_done) == (&other.name, &other.on_done)
    }
}

/// Goes on with the work, frame by frame, until it has its result. Says how far it is, beside a button that
/// stops it and goes on; nothing when it is through. It is a part of its own, so that a frame renders nothing
/// else.
#[component]
pub(super) fn Progress(props: &ProgressProps) -> Html {
    let words = use_words();
    let ProgressProps { work, name, on_done } = props;
    let again = use_force_update();
    // The work that was stopped: another is not.
    let stopped = use_state_eq(|| None::<usize>);
    let this = Rc::as_ptr(work).cast::<()>() as usize;
    let is_stopped = *stopped == Some(this);
    let left = work.left();
    use_effect_with((left.is_some() && !is_stopped, this), {
        let (work, on_done) = (Rc::clone(work), on_done.clone());
        move |(runs, _)| {
            let frames = runs.then(|| {
                Frames::each(move |_| {
                    work.further();
                    again.force_update();
                    if work.left().is_none() {
                        on_done.emit(());
                    }
                })
            });
            move || drop(frames)
        }
    });
    let press = {
        let stopped = stopped.setter();
        Callback::from(move |_: MouseEvent| stopped.set((!is_stopped).then_some(this)))
    };
    let Some((done, of)) = left else { return Html::default() };
    html! {
        <div class="Work">
            <span>{ name }</span>
            <progress aria-label={name} max={of.to_string()} value={done.to_string()} />
            <button onclick={press}>{ if is_stopped { words.work_on() } else { words.work_stop() } }</button>
        </div>
    }
}
