//! The page as a whole: an address counts entirely, what is fixed stays, what is asked is not shown
//! before, and nothing that a learner made is lost.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use proptest::prelude::*;
use std::time::Duration;
use unrolled::{
    address::{Address, Control, Looks, Notice},
    figure::{Lane, Theme},
    lesson::{self, Answer, Ask, Place, Progress, Scope, Screen},
    page::{Act, Device, Fetch, Later, Opened, Page, Said, notices},
    rnn::{
        Cell, Experiment, Parameter, Place as Weight, Step, StepUnit, Targets, Task, Variable,
        experiment::DEFAULT_SPECTRAL_RADIUS,
        train::{Controls, Network},
    },
    session::{Action, Cursor, Draft, Edit, Playback, Spot, Stage, View},
    text::{Example, Language},
    training::{Command, Data, More},
    ui::{App, AppProps},
};

fn page(address: &str) -> Page {
    Page::new(Device::default(), Progress::default(), &Opened::with(address)).unwrap()
}

fn without(missing: &[Later], address: &str) -> Page {
    let opened = Opened::with(address);
    Page::without(missing.to_vec(), Device::default(), Progress::default(), &opened).unwrap()
}

fn korean() -> Language {
    Language::from_code("ko").unwrap()
}

fn open(address: &str) -> Act {
    Act::Open(Box::new(Opened::with(address)))
}

fn edit(edit: Edit) -> Act {
    Action::Edit(edit).into()
}

fn type_text(text: &str) -> Act {
    edit(Edit::Text(text.into()))
}

/// The page after acts, each once the training that a screen of the lesson waits for is made.
fn after(page: &Page, acts: impl IntoIterator<Item = Act>) -> Page {
    acts.into_iter().fold(page.clone(), |page, act| {
        let mut page = page.after(act);
        while page.is_studying() {
            let (elapsed, more) = (Duration::from_millis(16), More::new(|| true));
            page = page.after(Command::Tick { elapsed, more }.into());
        }
        page
    })
}

fn text(page: &Page) -> &str {
    &page.session().run().experiment().settings().text
}

fn go(chapter: usize, screen: usize) -> Act {
    Act::Go(Place { chapter: chapter - 1, screen: screen - 1 })
}

/// The first screen that is like this, chapter and screen from 1.
fn first(is_it: impl Fn(&Screen) -> bool) -> (usize, usize) {
    let like =
        |place: &Place| place.of(lesson::chapters()).is_some_and(|(_, screen)| is_it(screen));
    let place = Place::all(lesson::chapters()).find(like).unwrap();
    (place.chapter + 1, place.screen + 1)
}

/// A screen whose question holds something back.
fn held() -> (usize, usize) {
    first(|screen| screen.question().is_some_and(|question| question.reveal.is_some()))
}

/// A screen with a question that has two answers.
fn asks() -> (usize, usize) {
    first(|screen| {
        screen.question().is_some_and(|question| match &question.kind {
            Ask::Choice(choices) => choices.len() == 2,
            _ => false,
        })
    })
}

fn file(change: impl Fn(&mut unrolled::rnn::Settings)) -> Edit {
    let mut settings = Language::default().first_experiment().unwrap().settings().clone();
    change(&mut settings);
    Edit::File(settings.to_json().into())
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let step = || (0_usize..9).prop_map(Step::from_index);
    let weight = (prop::sample::select(&Parameter::ALL[..]), 0_usize..7, 0_usize..4)
        .prop_map(|(parameter, row, column)| Weight { parameter, row, column });
    prop_oneof![
        "[a-c ]{0,9}".prop_map(|text| Edit::Text(text.into())),
        prop_oneof![Just(StepUnit::Word), Just(StepUnit::Character)].prop_map(Edit::StepUnit),
        any::<bool>().prop_map(|target| Edit::Task(Task::binary(target))),
        Just(Edit::Task(Task::NextToken)),
        "[ab,\" ]{0,6}".prop_map(|list| Edit::Labels(list.into())),
        (0_usize..7).prop_map(Edit::Units),
        any::<u64>().prop_map(Edit::Seed),
        "[0-9a]{0,3}".prop_map(|typed| Edit::SeedTyped(typed.into())),
        (-0.5..2.0).prop_map(Edit::SpectralRadius),
        (step(), step()).prop_map(|(from, to)| Edit::Move { from, to }),
        (weight, -2.0..2.0).prop_map(|(place, value)| Edit::Weight { place, value }),
        prop::option::of(0_usize..5).prop_map(Edit::Truncation),
        prop::option::of(-1.0..3.0).prop_map(Edit::Clip),
        (-1.0..3.0).prop_map(Edit::LearningRate),
        Just(Edit::Rewind),
        Just(Edit::Update),
        prop::sample::select(&Example::ALL[..]).prop_map(|example| {
            let experiment = example.experiment(Language::default()).unwrap();
            Edit::Open(Box::new(experiment.settings().clone()))
        }),
        Just(file(|settings| settings.hidden = 5)),
        Just(file(|settings| "another text".clone_into(&mut settings.text))),
        Just(Edit::File("no file".into())),
    ]
}

fn any_action() -> impl Strategy<Value = Action> {
    let spot = prop_oneof![
        (0_usize..9, 0_usize..5).prop_map(|(step, unit)| Spot::Value {
            of: Variable::State,
            step: Step::from_index(step),
            unit
        }),
        (0_usize..9, 0_usize..5).prop_map(|(step, unit)| Spot::Error {
            of: Variable::Z1,
            step: Step::from_index(step),
            unit
        }),
        Just(Spot::Output { step: Step::from_index(6), output: 0 }),
        Just(Spot::Loss { step: Step::from_index(6) }),
    ];
    let stage = prop_oneof![
        (0_usize..9).prop_map(|step| Stage::Forward(Step::from_index(step))),
        Just(Stage::Output),
        Just(Stage::Loss),
        Just(Stage::BackwardOutput),
        (0_usize..9).prop_map(|step| Stage::Backward(Step::from_index(step))),
        Just(Stage::Update),
    ];
    prop_oneof![
        4 => any_edit().prop_map(Action::Edit),
        2 => (0_usize..60, 0.0..=1.0)
            .prop_map(|(position, progress)| Action::Seek(Cursor { position, progress })),
        2 => stage.prop_map(Action::Go),
        2 => Just(Action::StepForward),
        1 => Just(Action::StepBack),
        1 => Just(Action::GoToStart),
        2 => Just(Action::GoToEnd),
        1 => Just(Action::Play),
        1 => Just(Action::Pause),
        3 => (0_u64..3000)
            .prop_map(|elapsed| Action::Tick { elapsed: Duration::from_millis(elapsed) }),
        2 => Just(Action::Update),
        2 => Just(Action::Undo),
        1 => Just(Action::Redo),
        1 => spot.clone().prop_map(|spot| Action::Point(Some(spot))),
        1 => spot.clone().prop_map(Action::Pin),
        1 => spot.prop_map(|spot| Action::Glance(Some(spot))),
    ]
}

/// Rows of an LSTM, and a cell beside this one.
fn looks() -> impl Strategy<Value = Looks> {
    let lanes: Vec<Lane> = Lane::of(Cell::Lstm).iter().map(|(lane, _)| *lane).collect();
    let rows = prop::sample::subsequence(lanes, 0..4);
    let beside = prop::option::of(prop::sample::select(&Cell::ALL[..]));
    (rows, beside).prop_map(|(rows, beside)| Looks { rows, beside })
}

/// What a learner can do, short of opening an address.
fn any_act() -> impl Strategy<Value = Act> {
    let place = prop::sample::select(Place::all(lesson::chapters()).collect::<Vec<_>>());
    prop_oneof![
        8 => any_action().prop_map(Act::Run),
        2 => prop::sample::select(&View::ALL[..]).prop_map(Act::Turn),
        1 => place.prop_map(Act::Go),
        1 => looks().prop_map(Act::Look),
        1 => (0_usize..4).prop_map(|option| Act::Answer(Some(Answer::Option(option)))),
        1 => Just(Act::Answer(None)),
        1 => Just(Act::PutBack),
        1 => Just(Act::Forget),
        1 => prop::sample::select(&Language::ALL[..]).prop_map(Act::Speak),
    ]
}

/// What a control fixes, told independently of how the page looks after it.
fn fixed(control: Control, experiment: &Experiment) -> String {
    let settings = experiment.settings();
    match control {
        Control::Text => format!("{:?}", (&settings.text, settings.unit, &settings.vocabulary)),
        Control::Task => format!("{:?}", (&settings.task, settings.reduction)),
        Control::Cell => settings.cell.name().to_owned(),
        Control::Units => settings.hidden.to_string(),
        Control::Start => {
            let radius = settings.spectral_radius.unwrap_or(DEFAULT_SPECTRAL_RADIUS);
            let seed = settings.seed.unwrap_or_default();
            format!("{:?}", (seed, radius, settings.keep_bias.unwrap_or(1.0), &settings.initial))
        }
        Control::Weights => {
            let start = fixed(Control::Start, experiment);
            format!("{:?}", (settings.weights.is_some(), start))
        }
        Control::Learning => {
            format!("{:?}", (experiment.learning_rate(), settings.truncation, settings.clip_norm))
        }
    }
}

/// What is on show, and how: all that an address decides.
fn shown(page: &Page) -> (Address, Language, Theme, View, Playback, Stage) {
    let session = page.session();
    let address = page.address();
    (
        address,
        page.language(),
        page.theme(),
        page.view_on_show(),
        session.playback(),
        session.stage(),
    )
}

fn any_address() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "text=a+b+c",
        "text=one",
        "unit=character",
        "cells=2",
        "seed=9",
        "seed=-1",
        "eta=2",
        "task=next-token",
        "target=1",
        "label=x&label=y",
        "radius=1.5",
        "window=2",
        "at=forward.2",
        "at=backward.1",
        "at=forward.99",
        "focus=h.1.1",
        "cell=lstm",
        "gradient=wfh",
        "scale=logarithmic",
        "rows=g+dzf",
        "beside=gru",
        "focus=h.99.1",
        "view=chain",
        "view=lesson",
        "view=laboratory",
        "screen=2.2",
        "screen=4.1",
        "lang=ko",
        "lang=en",
        "theme=dark",
        "theme=light",
        "hide=header+setup",
        "only=norm",
        "only=chain",
        "lock=all",
        "lock=text",
        "play=1",
        "keys=0",
        "aside=text%3Dmine",
        "nonsense=1",
    ]);
    prop::collection::vec(part, 0..7).prop_map(|parts| parts.join("&"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn opening_one_address_and_then_another_is_opening_the_other(
        one in any_address(),
        other in any_address(),
        between in prop::collection::vec(
            prop_oneof![any_action().prop_map(Act::Run), looks().prop_map(Act::Look)],
            0..6,
        ),
    ) {
        let fresh = page(&other);
        let later = after(&page(&one), between).after(open(&other));
        prop_assert_eq!(shown(&later), shown(&fresh));
        prop_assert_eq!(later.problems(), fresh.problems());
        prop_assert_eq!(later.draft(), &Draft::Accepted);
    }

    #[test]
    fn a_lesson_that_comes_later_shows_what_one_that_was_there_would_have(
        one in any_address(),
        other in any_address(),
        place in prop::sample::select(vec![(1, 1), (2, 3), (10, 4)]),
    ) {
        let progress = page("view=lesson").after(go(place.0, place.1)).lesson().memory();
        let there = |address: &str| {
            Page::new(Device::default(), progress.clone(), &Opened::with(address)).unwrap()
        };
        let bring = || Act::Bring(Box::new(progress.clone()));
        let late = without(&[Later::Lesson], &one);
        prop_assert_eq!(shown(&late.after(bring())), shown(&there(&one)));
        // And it does not matter when it comes.
        prop_assert_eq!(
            shown(&late.after(open(&other)).after(bring())),
            shown(&there(&one).after(open(&other)))
        );
    }

    #[test]
    fn an_address_in_a_language_that_comes_later_shows_what_it_would_have(
        one in any_address(),
        other in any_address(),
        has_lesson in any::<bool>(),
    ) {
        let words = Later::Words(korean());
        let missing = if has_lesson { vec![words] } else { vec![Later::Lesson, words] };
        prop_assume!(!other.contains("lang="));
        let other = open(&format!("lang=ko&{other}"));
        let late = without(&missing, &one).after(other.clone());
        prop_assert_eq!(late.fetch(), Some((words, Fetch::Coming)));
        let there = late.after(Act::Hear(korean())).after(Act::Bring(Box::default()));
        prop_assert_eq!(shown(&there), shown(&page(&one).after(other)));
        prop_assert_eq!(there.fetch(), None);
    }

    #[test]
    fn nothing_that_is_fixed_changes_whatever_is_done(
        lock in prop::sample::subsequence(Control::ALL.to_vec(), 1..=6),
        start in prop_oneof![Just(""), Just("&view=chain"), Just("&at=update"), Just("&text=a+b+c&seed=3")],
        acts in prop::collection::vec(any_action(), 0..25),
    ) {
        let names: Vec<&str> = lock.iter().map(|control| control.name()).collect();
        let mut page = page(&format!("lock={}{start}", names.join("+")));
        let before = page.session().run().experiment().clone();
        for action in acts {
            page = page.after(action.clone().into());
            let now = &page.session().run().experiment();
            for &control in &lock {
                prop_assert_eq!(
                    fixed(control, now), fixed(control, &before), "{:?} after {:?}", control, action
                );
            }
            if lock.contains(&Control::Weights) {
                prop_assert_eq!(page.session().updates(), 0);
            }
        }
    }

    #[test]
    fn what_a_question_asks_is_not_shown_before_it_is_answered(
        acts in prop::collection::vec(any_action(), 0..25),
    ) {
        let mut page = after(&page("view=lesson"), [go(held().0, held().1)]);
        prop_assert!(page.held_at().is_some());
        for action in acts {
            page = page.after(action.clone().into());
            let last = page.held_at().unwrap();
            let session = page.session();
            prop_assert!(session.cursor().position <= last, "{action:?}");
            prop_assert_eq!(session.updates(), 0);
            for spot in session.focus().map(|focus| focus.spot).into_iter().chain(session.glance()) {
                let later = spot.stage().is_some_and(|stage| session.timeline().position(stage) > last);
                prop_assert!(!later, "{spot:?} after {action:?}");
            }
        }
    }

    #[test]
    fn the_address_of_a_page_brings_everything_back(acts in prop::collection::vec(any_act(), 0..12)) {
        let left = after(&page(""), acts);
        let own = |page: &Page| page.after(Act::Turn(View::Score)).session().run().experiment().clone();
        let address = left.address().written();
        let device = left.device();
        let again = Page::new(device, left.lesson().memory(), &Opened::with(&address)).unwrap();
        prop_assert_eq!(own(&again), own(&left));
        prop_assert_eq!(&again.session().run().experiment(), &left.session().run().experiment());
        prop_assert_eq!(again.address(), left.address());
        prop_assert_eq!(again.problems().len(), 0);
    }

    #[test]
    fn whatever_is_done_in_the_lesson_the_learners_own_run_stays(
        acts in prop::collection::vec(any_action().prop_map(Act::Run), 0..9),
    ) {
        let mine = after(&page(""), [type_text("my own words"), Action::Update.into()]);
        let there = after(&mine.after(Act::Turn(View::Lesson)), acts);
        let back = there.after(Act::Turn(View::Score));
        prop_assert_eq!(back.session().run(), mine.session().run());
        prop_assert_eq!(back.session().updates(), 1);
    }
}

#[test]
fn a_question_stays_asked_where_the_text_becomes_too_short_for_it() {
    let asked = after(&page("view=lesson"), [go(held().0, held().1)]);
    for text in ["a", "a b"] {
        let short = after(&asked, [type_text(text), Action::GoToEnd.into()]);
        let last = short.held_at().unwrap();
        assert!(short.session().cursor().position <= last, "{text}");
        let updated = after(&short, [Action::Update.into()]);
        assert_eq!(updated.session().updates(), 0);
    }
}

#[test]
fn what_is_shown_is_in_the_link_and_a_screen_of_the_lesson_shows_its_own() {
    let rows: Vec<Lane> =
        Lane::of(Cell::Lstm).iter().filter(|(_, told)| !told).map(|(lane, _)| *lane).collect();
    let chosen = Looks { rows: rows[..2].to_vec(), beside: Some(Cell::Gru) };
    let page = after(&page("cell=lstm&view=chain"), [Act::Look(chosen.clone())]);
    assert_eq!(page.link().looks, chosen);
    assert_eq!(**after(&page, [open(&page.link().written())]).looks(), chosen);
    // Of a cell that has no such rows, and beside itself, nothing is written.
    let gru = page.after(edit(Edit::Cell(Cell::Gru)));
    assert_eq!(gru.link().looks.beside, None);
    // The lesson shows what its screens say, and Explore is as it was left.
    let (chapter, screen) = first(|screen| screen.beside.is_some());
    let lesson = after(&page, [Act::Turn(View::Lesson), go(chapter, screen)]);
    let of_screen = lesson.looks().beside;
    assert!(of_screen.is_some() && lesson.looks().rows.is_empty());
    assert_eq!(lesson.link().looks, Looks::default());
    let other = lesson.after(Act::Look(Looks { beside: None, ..chosen.clone() }));
    assert_eq!(other.link().looks.rows.len(), 2);
    assert_eq!(other.after(go(chapter, screen)).looks().beside, of_screen);
    assert_eq!(**other.after(Act::Turn(View::Chain)).looks(), chosen);
}

#[test]
fn lines_that_are_dropped_on_a_training_are_trained_on() {
    let drop = |page: &Page, text: &str| page.after(edit(Edit::File(text.into())));
    let training = page("view=train");
    let words = drop(&training, "so good\t1\nnot good\t0\nno line\n");
    let corpus = |page: &Page| page.learning().unwrap().data().corpus().examples().len();
    assert_eq!((corpus(&words), words.said()), (2, None));
    assert!(words.address().written().contains("own=so+good"));
    // They are there again when the address is opened, and after an undo those before.
    assert_eq!(corpus(&page(&words.address().written())), 2);
    let before = words.after(Act::Train(Command::Undo));
    assert_eq!(corpus(&before), corpus(&training));
    let numbers = drop(&training, "1 0.5\t0.5\n-1 2\t1\n");
    assert_eq!(corpus(&numbers), 2);
    assert!(numbers.address().written().contains("own.unit=number"));
    assert_eq!(drop(&training, "").said(), Some(Said::NoLines));
    // An experiment is opened in Explore as ever.
    let json = Language::default().first_experiment().unwrap().settings().to_json();
    assert!(drop(&training, &json).learning().unwrap().data().set().is_some());
}

#[test]
fn lines_that_are_dropped_on_the_lesson_leave_its_training_as_it_is() {
    let is_trained = |place: &Place| {
        let (_, screen) = place.of(lesson::chapters()).unwrap();
        screen.view == Some(View::Train) && screen.task().is_some()
    };
    let place = Place::all(lesson::chapters()).find(is_trained).unwrap();
    let mut screen = page("view=lesson").after(Act::Go(place));
    while screen.is_studying() {
        let more = More::new(|| true);
        screen = screen.after(Command::Tick { elapsed: Duration::from_millis(16), more }.into());
    }
    let dropped = screen.after(edit(Edit::File("so good\t1\nnot good\t0\n".into())));
    assert!(screen.learning().is_some());
    // It is read as an experiment, and is said to be none.
    assert_eq!(dropped.said(), None);
    assert!(matches!(dropped.session().draft(), Draft::Rejected { .. }));
    assert_eq!(dropped.learning(), screen.learning());
    assert_eq!(dropped.address().written(), screen.address().written());
}

#[test]
fn a_text_that_is_no_numbers_is_replaced_aloud() {
    let page = page("text=so+it+goes");
    let numbers = page.after(edit(Edit::StepUnit(StepUnit::Number)));
    assert_eq!(numbers.said(), Some(Said::TextReplaced));
    let back = numbers.after(edit(Edit::StepUnit(StepUnit::Word)));
    assert_eq!((text(&back), back.said()), ("so it goes", None));
}

#[test]
fn opening_an_address_can_be_undone() {
    let mine = after(&page(""), [type_text("my own words"), open("text=other&lang=ko&theme=dark")]);
    assert_eq!(
        (text(&mine), mine.language(), mine.theme()),
        ("other", Language::from_code("ko").unwrap(), Theme::Dark)
    );
    assert_eq!(text(&mine.after(Action::Undo.into())), "my own words");
}

#[test]
fn an_update_that_is_locked_is_refused_whichever_way_it_is_asked_for() {
    for act in [
        Action::Update,
        Action::StepForward,
        Action::Edit(Edit::Weight {
            place: Weight { parameter: Parameter::W1H, row: 0, column: 0 },
            value: 2.0,
        }),
    ] {
        let before = page("lock=weights&at=update");
        let next = before.after(act.clone().into());
        assert_eq!(next.session().run(), before.session().run(), "{act:?}");
        assert_eq!(next.said(), Some(Said::Locked), "{act:?}");
    }
    // A file that leaves what is fixed as it is may be opened; another may not.
    let locked = page("lock=text");
    let kept = locked.after(edit(file(|settings| settings.hidden = 5)));
    assert_eq!(kept.session().run().experiment().settings().hidden, 5);
    let refused = locked.after(edit(file(|settings| "another".clone_into(&mut settings.text))));
    assert_eq!((text(&refused), refused.said()), (text(&locked), Some(Said::Locked)));
}

#[test]
fn keys_act_only_on_what_is_shown() {
    let key = |address: &str, key: &str| page(address).key(key);
    assert_eq!(key("", "2"), Some(Act::Turn(View::Lesson)));
    assert_eq!(key("", "ArrowRight"), Some(Action::StepForward.into()));
    for hidden in ["only=heat-map", "hide=header", "only=chain"] {
        for digit in ["1", "2", "3", "4", "5"] {
            assert_eq!(key(hidden, digit), None, "{hidden} {digit}");
        }
    }
    for (address, what) in [
        ("hide=transport", "ArrowRight"),
        ("hide=transport", " "),
        ("keys=0", "2"),
        ("keys=0", "ArrowLeft"),
        ("", "6"),
        ("", "x"),
        ("", "PageDown"),
        ("", "Escape"),
    ] {
        assert_eq!(key(address, what), None, "{address} {what}");
    }
    assert_eq!(key("focus=h.1.1", "Escape"), Some(Action::LetGo.into()));
    // A frame in a slide deck leaves the deck its keys, unless it is told otherwise.
    let embedded = |address| {
        let device = Device { embedded: true, ..Device::default() };
        Page::new(device, Progress::default(), &Opened::with(address)).unwrap()
    };
    for what in [" ", "ArrowRight", "ArrowLeft", "Home", "End", "1", "2", "PageDown"] {
        assert_eq!(embedded("").key(what), None, "{what}");
    }
    assert_eq!(embedded("keys=1").key("ArrowRight"), Some(Action::StepForward.into()));
    // They can be switched off by whoever is disturbed by them.
    let off = Device { no_keys: true, ..Device::default() };
    let off = page("").after(Act::Prefer(off));
    assert_eq!((off.key("2"), off.key(" ")), (None, None));
    assert_eq!(off.key("Ctrl+z"), Some(Action::Undo.into()));
}

#[test]
fn what_is_dropped_besides_is_said() {
    let learnt = page("").after(Action::Update.into());
    for change in
        [Edit::SpectralRadius(0.5), Edit::Units(6), Edit::Seed(1), Edit::SeedTyped("7".into())]
    {
        let next = learnt.after(edit(change.clone()));
        assert_eq!(next.said(), Some(Said::WeightsDropped), "{change:?}");
        let back = next.after(Action::Undo.into());
        assert_eq!((back.session().run(), back.said()), (learnt.session().run(), None));
        assert_eq!(page("").after(edit(change)).said(), None, "nothing was learnt");
    }
    // A drag says it until something else is done.
    let dragged =
        after(&learnt, [edit(Edit::SpectralRadius(0.5)), edit(Edit::SpectralRadius(0.6))]);
    assert_eq!(dragged.said(), Some(Said::WeightsDropped));
    assert_eq!(dragged.after(Action::StepBack.into()).said(), None);
    assert_eq!(page("").after(Act::Unreadable).said(), Some(Said::Unreadable));
}

#[test]
fn a_box_keeps_what_was_refused() {
    let labels = after(&page("label=a&label=b"), [edit(Edit::Labels("a, a".into()))]);
    let Draft::Rejected { edit: Edit::Labels(list), .. } = labels.draft() else {
        panic!("accepted")
    };
    assert_eq!(&**list, "a, a");
    let seed = after(&page(""), [edit(Edit::SeedTyped("seven".into()))]);
    assert!(matches!(seed.draft(), Draft::Rejected { edit: Edit::SeedTyped(_), .. }));
    let mended = seed.after(edit(Edit::SeedTyped(" 7 ".into())));
    assert_eq!(mended.session().run().experiment().settings().seed, Some(7));
    // The right label stays the right one by its name.
    let moved = after(
        &page("label=bad&label=good&target=1"),
        [edit(Edit::Labels("good, so-so, bad".into()))],
    );
    let Task::Classes { labels, targets: Targets::Last(target) } =
        &moved.session().run().experiment().settings().task
    else {
        panic!("no labels")
    };
    assert_eq!(labels[*target], "good");
}

#[test]
fn a_task_is_done_as_soon_as_its_goals_hold() {
    let (chapter, screen) = first(|screen| screen.task().is_some());
    let there = after(&page("view=lesson"), [go(chapter, screen)]);
    assert_eq!(there.lesson().answer_given(), None);
    let at = Place { chapter: chapter - 1, screen: screen - 1 };
    let task = at.of(lesson::chapters()).unwrap().1.task().unwrap();
    let before = there.session().run().experiment().clone();
    let solved = task.solution.applied_to(before, there.language()).unwrap();
    let solve: Act = Action::Edit(Edit::Open(Box::new(solved.settings().clone()))).into();
    assert_eq!(there.after(solve.clone()).lesson().answer_given(), Some(Answer::Done));
    // In Explore it is nobody's task.
    let own = after(&there, [Act::Turn(View::Score), solve]);
    assert_eq!(own.lesson().answer_given(), None);
}

#[test]
fn the_overview_goes_with_the_first_thing_done_and_comes_when_it_is_called() {
    let new = page("");
    assert!(new.has_overview());
    // What is looked at, and how the page looks, is nothing done to the run.
    let spot = Spot::Value { of: Variable::State, step: Step::from_index(1), unit: 2 };
    let looked = [Action::Point(Some(spot)), Action::Pin(spot), Action::LetGo].map(Act::from);
    assert!(after(&new, looked).has_overview());
    assert!(new.after(Act::Light(Theme::Dark)).has_overview());
    for address in ["at=forward.2", "focus=h.2.1", "play=1", "view=chain"] {
        assert!(!page(address).has_overview(), "{address}");
    }
    for done in [Action::StepBack.into(), type_text("a b"), Act::Turn(View::Score), go(1, 1)] {
        assert!(!new.after(done.clone()).has_overview(), "{done:?}");
    }
    // Playing begins at the beginning, since a whole run is on show.
    let playing = new.after(Action::Play.into());
    assert!(!playing.has_overview());
    assert_eq!(playing.stage(), Stage::Forward(Step::from_index(0)));
    // Called back from anywhere, also from a number that is asked about.
    let elsewhere = after(&new, [Action::Pin(spot).into(), Act::Turn(View::Lesson)]);
    let again = elsewhere.after(Act::AskForOverview);
    assert!(again.has_overview());
    assert_eq!(again.session().focus(), None);
    let stopped = after(&playing, [Action::GoToEnd.into(), Act::AskForOverview]);
    assert!(stopped.has_overview());
    assert_eq!(stopped.session().run(), new.session().run());
    assert!(!stopped.after(Action::StepBack.into()).has_overview());
}

#[test]
fn the_page_around_is_told_what_is_new_and_nothing_twice() {
    let answers = |before: &Page, after: &Page| {
        let all = notices(Some(before), after).into_iter();
        all.filter(|notice| matches!(notice, Notice::Answer { .. })).collect::<Vec<_>>()
    };
    let (chapter, screen) = asks();
    let asked = after(&page("view=lesson"), [go(chapter, screen)]);
    let right = (0..2)
        .map(|option| asked.after(Act::Answer(Some(Answer::Option(option)))))
        .map(|answered| answers(&asked, &answered))
        .filter(|told| {
            let one = Notice::Answer { right: true, task: false, chapter, screen };
            *told == [one]
        })
        .count();
    assert_eq!(right, 1, "one of two answers is right");
    let answered = asked.after(Act::Answer(Some(Answer::Option(0))));
    assert_eq!(answers(&answered, &answered.after(Action::StepBack.into())), []);
    // Coming back to what was answered is no news, nor is opening a page that remembers it.
    let elsewhere = answered.after(go(chapter, screen + 1));
    assert_eq!(answers(&elsewhere, &elsewhere.after(go(chapter, screen))), []);
    let device = Device::default();
    let again =
        Page::new(device, answered.lesson().memory(), &Opened::with("view=lesson")).unwrap();
    assert!(again.lesson().answer_given().is_some());
    let first = notices(None, &again);
    assert!(!first.iter().any(|notice| matches!(notice, Notice::Answer { .. })), "{first:?}");
    // It is judged in the language in which it was asked, not in that of the device.
    let korean = |option| {
        let asked = after(&page("view=lesson&lang=ko"), [go(chapter, screen)]);
        answers(&asked, &asked.after(Act::Answer(Some(Answer::Option(option)))))
    };
    let english = |option| {
        let asked = after(&page("view=lesson&lang=en"), [go(chapter, screen)]);
        answers(&asked, &asked.after(Act::Answer(Some(Answer::Option(option)))))
    };
    let right = |told: Vec<Notice>| matches!(told[..], [Notice::Answer { right: true, .. }]);
    for (language, judged) in [
        (Language::from_code("ko").unwrap(), [right(korean(0)), right(korean(1))]),
        (Language::default(), [right(english(0)), right(english(1))]),
    ] {
        let place = Place { chapter: chapter - 1, screen: screen - 1 };
        let (chapter, screen) = place.of(lesson::chapters()).unwrap();
        let run = unrolled::rnn::Trace::of(chapter.experiment(place.screen, language).unwrap());
        let scope = Scope::of(&run, language);
        let expected = screen.question().unwrap().options(screen.bug(), &scope);
        assert_eq!(expected.unwrap(), judged, "{language:?}");
    }
}

#[test]
fn the_page_around_is_told_the_address_that_brings_all_back() {
    let told = |before: Option<&Page>, after: &Page| {
        let addresses: Vec<String> = notices(before, after)
            .into_iter()
            .filter_map(|notice| match notice {
                Notice::Address { address } => Some(address),
                _ => None,
            })
            .collect();
        assert!(addresses.len() <= 1);
        addresses.into_iter().next()
    };
    let start = page("text=a+b+c&hide=header&at=forward.1");
    assert_eq!(told(None, &start), Some(start.address().written()));
    assert_eq!(told(Some(&start), &start), None);
    let spot = Spot::Value { of: Variable::Z1, step: Step::from_index(0), unit: 0 };
    let turns = [View::Chain, View::Lesson].map(Act::Turn);
    let others = [Action::GoToEnd, Action::Pin(spot)].map(Act::from);
    for act in turns.into_iter().chain(others).chain([type_text("x y")]) {
        let changed = start.after(act.clone());
        let address = changed.address().written();
        assert_eq!(told(Some(&start), &changed), Some(address.clone()), "{act:?}");
        assert_eq!(page(&address).address().written(), address, "{act:?}");
    }
    // While time runs it is not told anew at each stage, but where it comes to rest.
    let playing = start.after(Action::Play.into());
    assert_eq!(told(Some(&start), &playing), None);
    let later = playing.after(Action::StepForward.into());
    let rest = later.after(Action::Pause.into());
    assert_eq!(told(Some(&playing), &rest), Some(rest.address().written()));
}

#[test]
fn two_pages_of_one_device_add_to_each_other() {
    let start = Progress::default();
    let answer =
        |page: &Page, place: Act| after(page, [place, Act::Answer(Some(Answer::Option(0)))]);
    let (two, held) = (asks(), held());
    assert_ne!(two, held);
    let one = answer(&page("view=lesson"), go(two.0, two.1)).lesson().memory();
    let other = answer(&page("view=lesson"), go(held.0, held.1)).lesson().memory();
    let stored = start.with_change(&start, &one).with_change(&start, &other);
    let both = after(&page("view=lesson"), [Act::Remember(Box::new(stored.clone()))]);
    for place in [go(two.0, two.1), go(held.0, held.1)] {
        assert_eq!(both.after(place).lesson().answer_given(), Some(Answer::Option(0)));
    }
    // Another page's progress does not turn this one's screen.
    let here = page("view=lesson").after(go(3, 1));
    assert_eq!(here.after(Act::Remember(Box::new(stored))).lesson().place(), here.lesson().place());
}

#[test]
fn whoever_turns_to_a_lesson_that_is_not_there_waits_for_it_and_loses_nothing() {
    let came = || Act::Bring(Box::default());
    let made = without(&[Later::Lesson], "text=a+b").after(type_text("a b c"));
    assert_eq!(made.fetch(), None);
    let waits = made.after(Act::Turn(View::Lesson));
    assert_eq!((waits.view(), waits.fetch()), (View::Score, Some((Later::Lesson, Fetch::Coming))));
    let failed = waits.after(Act::Miss);
    assert_eq!((text(&failed), failed.fetch()), ("a b c", Some((Later::Lesson, Fetch::Failed))));
    // What is done meanwhile stays, and ends no waiting.
    let typed = failed.after(type_text("a b c d"));
    assert_eq!((text(&typed), typed.fetch()), ("a b c d", Some((Later::Lesson, Fetch::Failed))));
    let again = typed.after(Act::FetchAgain);
    assert_eq!(again.fetch(), Some((Later::Lesson, Fetch::Coming)));
    let there = again.after(came());
    assert_eq!((there.view(), there.fetch()), (View::Lesson, None));
    assert!(there.lesson().session().is_some());
    assert_eq!(text(&there.after(Act::Turn(View::Score))), "a b c d");
    // Whoever goes elsewhere, or gives up, is not called back.
    for elsewhere in [Act::Turn(View::Train), open("text=x"), Act::StopWaiting] {
        let gone = waits.after(elsewhere);
        assert_eq!(gone.fetch(), None);
        assert_eq!(gone.after(came()).view(), gone.view());
    }
    // Without the lesson nothing that is remembered of it can be read, or is forgotten.
    let remembered = page("view=lesson").after(go(2, 1)).lesson().memory();
    let early = made.after(Act::Remember(Box::new(remembered.clone())));
    assert_eq!(early.lesson().memory(), Progress::default());
    let there = early.after(Act::Bring(Box::new(remembered.clone())));
    assert_eq!(there.lesson().memory(), remembered);
    // A lesson is taken in once.
    assert_eq!(there.after(came()).lesson().memory(), remembered);
    // Which screens there are is known when it comes.
    let nowhere = Opened {
        address: Address { screen: Some(Place { chapter: 98, screen: 0 }), ..Address::default() },
        problems: Vec::new(),
    };
    let there = made.after(Act::Open(Box::new(nowhere))).after(came());
    assert_eq!(there.problems().len(), 1, "{:?}", there.problems());
    assert_eq!((there.view(), there.lesson().place()), (View::Lesson, Place::default()));
}

#[test]
fn a_language_that_is_not_there_is_waited_for_and_nothing_is_lost() {
    let (words, english) = (Later::Words(korean()), Language::default());
    let made = without(&[words, Later::Lesson], "text=a+b").after(type_text("a b c"));
    let waits = made.after(Act::Speak(korean()));
    assert_eq!((waits.language(), waits.language_chosen()), (english, korean()));
    assert_eq!(waits.fetch(), Some((words, Fetch::Coming)));
    let failed = waits.after(Act::Miss).after(type_text("a b c d"));
    assert_eq!((text(&failed), failed.fetch()), ("a b c d", Some((words, Fetch::Failed))));
    let there = failed.after(Act::FetchAgain).after(Act::Hear(korean()));
    assert_eq!((there.language(), there.fetch(), text(&there)), (korean(), None, "a b c d"));
    // Who gives up, or chooses another, has that.
    for instead in [Act::StopWaiting, Act::Speak(english)] {
        let stayed = waits.after(instead);
        assert_eq!((stayed.language_chosen(), stayed.fetch()), (english, None));
        assert_eq!(stayed.after(Act::Hear(korean())).language(), english);
    }
    // A view and a language wait for what each of them wants, in whatever order it comes.
    let both = made.after(Act::Turn(View::Lesson)).after(Act::Speak(korean()));
    let (hear, bring) = (Act::Hear(korean()), Act::Bring(Box::default()));
    assert_eq!(both.fetch(), Some((Later::Lesson, Fetch::Coming)));
    for (first, then) in [(&hear, &bring), (&bring, &hear)] {
        let there = both.after(first.clone());
        assert!(there.fetch().is_some());
        let there = there.after(then.clone());
        assert_eq!((there.language(), there.view(), there.fetch()), (korean(), View::Lesson, None));
    }
    // Who turns elsewhere still wants the language.
    let turned = both.after(Act::Turn(View::Chain));
    assert_eq!(turned.fetch(), Some((words, Fetch::Coming)));
    // What did not come before the first frame: the experiment of the address is there all the same.
    let early = without(&[words], "lang=ko&text=x+y");
    assert_eq!((text(&early), early.language()), ("x y", english));
    assert_eq!(early.fetch(), Some((words, Fetch::Coming)));
    assert_eq!(early.after(hear.clone()).language(), korean());
    let device = Device { language: korean(), ..Device::default() };
    let early =
        Page::without(vec![words], device, Progress::default(), &Opened::default()).unwrap();
    assert_eq!((early.language(), early.language_chosen()), (english, korean()));
    assert_eq!(early.after(hear.clone()).language(), korean());
    // An address in English keeps nobody from their own language at the next one.
    let english_first = Opened::with("lang=en");
    let pinned = Page::without(vec![words], device, Progress::default(), &english_first).unwrap();
    assert_eq!((pinned.language(), pinned.fetch()), (english, None));
    let next = pinned.after(open("text=x+y"));
    assert_eq!((next.language(), next.fetch()), (english, Some((words, Fetch::Coming))));
    let next = next.after(hear);
    assert_eq!((next.language(), text(&next)), (korean(), "x y"));
}

#[test]
fn locked_weights_are_those_of_their_seed_and_radius() {
    let locked = page("text=a+b&lock=weights");
    for change in [Edit::Seed(9), Edit::SeedTyped("77".into()), Edit::SpectralRadius(0.3)] {
        let refused = locked.after(edit(change.clone()));
        assert_eq!(refused.said(), Some(Said::Locked), "{change:?}");
        assert_eq!(refused.session().run(), locked.session().run(), "{change:?}");
    }
}

#[test]
fn a_locked_text_keeps_its_vocabulary() {
    let locked = page("text=a+b+c+d&lock=text");
    let with = |settings: &mut unrolled::rnn::Settings| {
        "a b c d".clone_into(&mut settings.text);
        settings.vocabulary = Some(["a", "b", "c", "d", "e"].map(str::to_owned).to_vec());
    };
    assert_eq!(locked.after(edit(file(with))).said(), Some(Said::Locked));
}

#[test]
fn what_was_refused_is_over_once_something_else_is_done() {
    let refused = page("").after(edit(Edit::SeedTyped("x".into())));
    assert!(matches!(refused.draft(), Draft::Rejected { .. }));
    let updated = refused.after(Action::Update.into());
    assert_eq!((updated.draft(), updated.session().updates()), (&Draft::Accepted, 1));
    assert_eq!(updated.after(Action::Undo.into()).session().updates(), 0);
}

#[test]
fn a_language_that_another_page_of_the_device_chose_waits_for_the_next_visit() {
    let korean = Language::from_code("ko").unwrap();
    let before = page("view=lesson").after(go(held().0, held().1));
    assert!(before.held_at().is_some());
    let device = Device { language: korean, printing: true, ..before.device() };
    let after = before.after(Act::Prefer(device));
    assert_eq!((after.language(), after.held_at()), (before.language(), before.held_at()));
    assert!(after.device().printing);
    assert_eq!(after.after(Act::Speak(korean)).language(), korean);
}

#[test]
fn training_in_a_task_stops_as_soon_as_it_is_done_and_can_be_undone_at_once() {
    let (chapter, screen) = first(|screen| {
        screen.task().is_some_and(|task| {
            task.solution.updates > 20 && !task.locks().contains(&Control::Weights)
        })
    });
    let place = Place { chapter: chapter - 1, screen: screen - 1 };
    let task = place.of(lesson::chapters()).unwrap().1.task().unwrap();
    let train = || Act::from(Action::Train { updates: 10 });
    let start = page("view=lesson").after(go(chapter, screen));
    let once = start.after(train());
    assert_eq!(once.session().updates(), 10);
    assert_eq!(
        once.after(Action::Undo.into()).session().run().experiment(),
        start.session().run().experiment()
    );
    let mut now = start;
    for _ in 0..30 {
        if now.lesson().answer_given().is_some() {
            break;
        }
        now = now.after(train());
    }
    assert_eq!(now.lesson().answer_given(), Some(Answer::Done));
    // The update before the last one did not do it.
    let one_less = (1..now.session().updates())
        .fold(page("view=lesson").after(go(chapter, screen)), |page, _| {
            page.after(Action::Update.into())
        });
    let scope = |page: &Page| task.is_done(&Scope::of(page.session().run(), page.language()));
    assert!(scope(&now) && !scope(&one_less));
}

#[test]
fn a_task_locks_what_it_does_not_allow() {
    for (chapter, it) in lesson::chapters().iter().enumerate() {
        for (screen, at) in it.screens.iter().enumerate() {
            let Some(task) = at.task() else { continue };
            let there = page("view=lesson").after(Act::Go(Place { chapter, screen }));
            assert_eq!(there.locks(), task.locks(), "{}", at.name);
            let typed = match there.session().run().experiment().settings().unit {
                StepUnit::Number => "7 8 9",
                StepUnit::Word | StepUnit::Character => "quite another text",
            };
            let changed = text(&there.after(type_text(typed))) == typed;
            assert_eq!(changed, !task.locks().contains(&Control::Text), "{}", at.name);
        }
    }
}

#[test]
fn what_is_locked_stays_in_a_training() {
    let tick = || {
        let more = More::new(|| true);
        Act::from(Command::Tick { elapsed: Duration::from_millis(200), more })
    };
    let training = |page: &Page| page.learning().unwrap().clone();
    let base = page("view=train&update=12").after(tick());
    let learning = training(&base);
    let (network, controls) = (learning.network(), learning.controls());
    let other = Network { units: 5, ..network };
    let mut elsewhere = network;
    elsewhere.start.seed = 9;
    let faster = Controls { learning_rate: 2.0, ..controls };
    let changes = [
        (Control::Text, Command::Choose(Data::named("hello").unwrap())),
        (Control::Task, Command::Choose(Data::named("parity").unwrap())),
        (Control::Cell, Command::Build(Network { cell: Cell::Lstm, ..network })),
        (Control::Units, Command::Build(other)),
        (Control::Start, Command::Build(elsewhere)),
        (Control::Weights, Command::StepForward),
        (Control::Learning, Command::Steer(faster)),
    ];
    for (control, command) in changes {
        // What the address asks for is made, and then it stays.
        let locked = page(&format!("view=train&update=12&lock={}", control.name())).after(tick());
        assert_eq!(training(&locked).end(), 12, "{control:?}");
        let refused = locked.after(command.clone().into());
        assert_eq!(refused.said(), Some(Said::Locked), "{control:?}");
        assert_eq!(training(&refused).run(), training(&locked).run(), "{control:?}");
        // All the same, it can be looked at.
        assert_eq!(training(&refused.after(Command::Seek(3).into())).cursor(), 3);
        let free = base.after(command.into());
        assert_eq!(free.said(), None, "{control:?}");
        assert_ne!(training(&free).run(), training(&base).run(), "{control:?}");
    }
    let playing = page("view=train&lock=weights").after(Command::Play.into()).after(tick());
    assert_eq!((training(&playing).end(), playing.said()), (0, Some(Said::Locked)));
    assert!(!playing.is_moving());
}

#[test]
fn a_network_from_a_file_is_asked_about_and_then_shown_in_explore() {
    let bytes = include_bytes!("../rnn/tests/models/torch-gru.safetensors");
    let lesson = page("view=lesson");
    let asked = lesson.after(Act::Weights((&bytes[..]).into()));
    let found = asked.model().unwrap();
    let model = found.as_ref().as_ref().unwrap();
    assert_eq!(asked.session().run(), lesson.session().run());
    let settings = model.experiment(&model.answers()).unwrap().settings().clone();
    let shown = asked.after(Act::ShowModel(Some(Box::new(settings))));
    assert_eq!((shown.view(), shown.model()), (View::Score, None));
    assert_eq!(shown.session().run().experiment().cell(), Cell::GruResetAfter);
    assert_ne!(text(&shown.after(Action::Undo.into())), text(&shown));
    // What no file of weights is, is said as of any other file.
    let nothing = lesson.after(Act::Weights((&[0; 64][..]).into()));
    assert_eq!((nothing.model(), nothing.said()), (None, Some(Said::Unreadable)));
    let locked = page("lock=weights").after(Act::Weights((&bytes[..]).into()));
    let settings = model.experiment(&model.answers()).unwrap().settings().clone();
    let refused = locked.after(Act::ShowModel(Some(Box::new(settings))));
    assert_eq!(refused.said(), Some(Said::Locked));
}

/// What a browser is given of `page` at first.
fn rendered(page: Page) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let renderer = yew::LocalServerRenderer::<App>::with_props(AppProps { page });
        renderer.hydratable(false).render().await
    })
}

#[test]
fn the_page_says_what_a_file_of_weights_holds_and_asks_what_it_does_not_say() {
    let read = |language: &str, bytes: &[u8]| {
        rendered(page(&format!("lang={language}")).after(Act::Weights(bytes.into())))
    };
    let says = |html: &str, all: &[&str]| {
        let dialogue = html.split("class=\"Dialogue Model\"").nth(1).unwrap();
        let dialogue = dialogue.split("</dialog>").next().unwrap();
        for said in all {
            assert!(dialogue.contains(said), "{said}: {dialogue}");
        }
    };
    let checked = [
        "PyTorch, LSTM: 3 inputs, 4 hidden units, 2 outputs.",
        "Checked: the run gives the output that is in the file, over 5 time steps.",
        "Arrays that were taken (6)",
        "rnn.weight_hh_l0",
        "Show this network",
    ];
    says(&read("en", include_bytes!("../rnn/tests/models/torch-lstm.safetensors")), &checked);
    let embedding = include_bytes!("../rnn/tests/models/keras-embedding.npz");
    says(&read("en", embedding), &["Vocabulary: 6 tokens in the order of the inputs"]);
    says(&read("ko", embedding), &["검사함: 타임 스텝 5개", "어휘 사전: 토큰 6개"]);
    let unchecked = include_bytes!("../rnn/tests/models/torch-lstm-cell.safetensors");
    says(&read("en", unchecked), &["Not checked:", "Arrays that were not taken (2)", "save_file("]);
    let both = include_bytes!("../rnn/tests/models/torch-both-directions.safetensors");
    says(&read("en", both), &["reads the sequence in both directions"]);
}
