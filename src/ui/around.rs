//! The page in its surroundings: its address, and the page that embeds it.

use crate::{
    address::{Address, Notice, Request, is_key},
    browser,
    page::{Act, Opened, Page, notices},
    session::Action,
};
use std::{cell::RefCell, rc::Rc};
use yew::prelude::*;

/// The newest page, for whoever asks between two frames.
pub(super) type Now = Rc<RefCell<Rc<Page>>>;

/// What the page was opened with.
pub fn opened() -> Opened {
    let (address, problems) = Address::of_page(&browser::fragment(), &browser::query());
    Opened { address, problems }
}

/// Keeps the address of the page as the learner changes things, and follows it when it is changed.
#[hook]
pub(super) fn use_address(page: &Page, now: &Now, act: &Callback<Act>) {
    let shown = page.shown();
    let written = use_mut_ref(|| shown.clone());
    let moving = page.is_moving();
    use_effect_with((shown, moving), {
        let now = Rc::clone(now);
        move |(shown, moving)| {
            // A page that nothing has changed keeps the address it was opened with. While time runs
            // only what was made is kept at once.
            let mut written = written.borrow_mut();
            if *shown != *written && (!moving || shown.has_other_runs(&written)) {
                *written = shown.clone();
                browser::set_address(&now.borrow().address().written(), is_key);
            }
        }
    });
    use_effect_with(act.clone(), |act| {
        let act = act.clone();
        let subscription =
            browser::on_address_change(move || act.emit(Act::Open(Box::new(opened()))));
        move || drop(subscription)
    });
}

/// Tells the page around what happens here, and does what it asks.
#[hook]
pub(super) fn use_host(page: &Rc<Page>, now: &Now, act: &Callback<Act>) {
    let host = page.embed().host.clone();
    let tell = use_callback(host.clone(), |notice: Notice, host: &Option<String>| {
        browser::tell_host(&notice.written(), host.as_deref());
    });
    use_effect_with((host, act.clone(), tell.clone()), {
        let now = Rc::clone(now);
        move |(host, act, tell)| {
            let (act, answer, around) = (act.clone(), tell.clone(), host.clone());
            let messages = browser::on_host_message(host.clone(), move |json| {
                let Some(request) = Request::read(&json) else { return };
                match request {
                    Request::Set { address, experiment } => {
                        let mut opened = Opened::with(&address);
                        if let Some(json) = experiment {
                            opened = opened.and_file(&json);
                        }
                        // The page around keeps its own voice, whatever it opens.
                        if opened.address.embed.host.is_none() {
                            opened.address.embed.host.clone_from(&around);
                        }
                        act.emit(Act::Open(Box::new(opened)));
                    }
                    Request::Get { id } => {
                        let page = Rc::clone(&now.borrow());
                        answer.emit(Notice::State {
                            id,
                            address: page.link().written(),
                            moment: page.stage().to_string(),
                            loss: page.session().run().loss(),
                        });
                    }
                    Request::Go { at, focus } => {
                        if let Some(stage) = at {
                            act.emit(Action::Go(stage).into());
                        }
                        if let Some(spot) = focus {
                            act.emit(Action::LetGo.into());
                            act.emit(Action::Pin(spot).into());
                        }
                    }
                    Request::Play => act.emit(Action::Play.into()),
                    Request::Pause => act.emit(Action::Pause.into()),
                }
            });
            tell.emit(Notice::Ready);
            let (tell, host) = (tell.clone(), host.clone());
            let sizes = browser::on_body_resize(move || {
                let height = browser::height();
                tell.emit(Notice::Height { height });
                // What learning platforms listen to.
                let frame = format!(r#"{{"subject":"lti.frameResize","height":{height}}}"#);
                browser::tell_host(&frame, host.as_deref());
            });
            move || drop((messages, sizes))
        }
    });
    let told = use_mut_ref(|| None::<Rc<Page>>);
    let page = Rc::clone(page);
    use_effect(move || {
        if browser::is_embedded() {
            let before = told.replace(Some(Rc::clone(&page)));
            for notice in notices(before.as_deref(), &page) {
                tell.emit(notice);
            }
        }
    });
}

/// The keys that work wherever nothing else wants them; those that nothing here wants are the page's
/// around.
#[hook]
pub(super) fn use_keys(now: &Now, act: &Callback<Act>) {
    let now = Rc::clone(now);
    use_effect_with(act.clone(), move |act| {
        let act = act.clone();
        let subscription = browser::on_key(move |key| {
            let page = Rc::clone(&now.borrow());
            let Some(what) = page.key(key) else {
                let notice = Notice::Key { key: key.to_owned() };
                browser::tell_host(&notice.written(), page.embed().host.as_deref());
                return false;
            };
            act.emit(what);
            true
        });
        move || drop(subscription)
    });
}
