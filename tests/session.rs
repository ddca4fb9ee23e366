//! Whatever a learner does, in whatever order, the page has something true to show.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use proptest::prelude::*;
use std::time::Duration;
use unrolled::{
    rnn::{Experiment, Parameter, Place, Step, Task, Trace, Unit},
    session::{
        Action, Cursor, Derived, Draft, Edit, Focus, Moment, Playback, Run, Session, Speed, Spot,
    },
    text::Language,
};

fn session() -> Session {
    Session::new(Language::default().first_experiment().unwrap())
}

fn after(actions: impl IntoIterator<Item = Action>) -> Session {
    actions.into_iter().fold(session(), |session, action| session.after(action))
}

fn type_text(text: &str) -> Action {
    Action::Edit(Edit::Text(text.into()))
}

fn tick(milliseconds: u64) -> Action {
    Action::Tick { elapsed: Duration::from_millis(milliseconds) }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c ]{0,12}",
        "\\PC{0,6}",
        Just(String::new()),
        Just("\u{7}".to_owned()),
        Just("x ".repeat(201)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    (0_usize..12).prop_map(Step::from_index)
}

fn place() -> impl Strategy<Value = Place> {
    (prop::sample::select(&Parameter::ALL[..]), 0_usize..8, 0_usize..8)
        .prop_map(|(parameter, row, column)| Place { parameter, row, column })
}

fn spot() -> impl Strategy<Value = Spot> {
    prop_oneof![
        (step(), 0_usize..8).prop_map(|(step, cell)| Spot::State { step, cell }),
        (step(), 0_usize..8).prop_map(|(step, output)| Spot::Output { step, output }),
        (step(), 0_usize..8).prop_map(|(step, cell)| Spot::HiddenError { step, cell }),
        (step(), place()).prop_map(|(step, place)| Spot::Term { step, place }),
        place().prop_map(Spot::Weight),
        place().prop_map(Spot::Gradient),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        text().prop_map(|text| Edit::Text(text.into())),
        prop_oneof![Just(Unit::Word), Just(Unit::Character)].prop_map(Edit::Unit),
        any::<bool>().prop_map(|target| Edit::Task(Task::Binary { target })),
        Just(Edit::Task(Task::NextToken)),
        (0_usize..8).prop_map(Edit::Cells),
        any::<u64>().prop_map(Edit::Seed),
        (-1.0..3.0).prop_map(Edit::SpectralRadius),
        (step(), step()).prop_map(|(from, to)| Edit::Move { from, to }),
        (place(), -2e6..2e6).prop_map(|(place, value)| Edit::Weight { place, value }),
        Just(Edit::Rewind),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => edit().prop_map(Action::Edit),
        2 => (0_usize..500, 0.0..=1.0)
            .prop_map(|(position, progress)| Action::Seek(Cursor { position, progress })),
        2 => Just(Action::StepForward),
        1 => Just(Action::StepBack),
        1 => Just(Action::GoToStart),
        1 => Just(Action::GoToEnd),
        1 => Just(Action::Undo),
        1 => Just(Action::Redo),
        1 => prop::sample::select(&Parameter::RECURRENT[..]).prop_map(Action::Show),
        1 => spot().prop_map(|spot| Action::Point(Some(spot))),
        1 => spot().prop_map(Action::Pin),
        1 => Just(Action::LetGo),
        1 => Just(Action::Play),
        1 => Just(Action::Pause),
        1 => prop::sample::select(&Speed::ALL).prop_map(Action::SetSpeed),
        4 => (0_u64..5000).prop_map(tick),
        2 => Just(Action::Update),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_cursor_stays_on_the_timeline(actions in prop::collection::vec(action(), 0..40)) {
        let mut session = session();
        for action in actions {
            session = session.after(action);
            let cursor = session.cursor();
            prop_assert!(cursor.position <= session.timeline().last());
            prop_assert!((0.0..=1.0).contains(&cursor.progress));
        }
    }

    #[test]
    fn the_run_is_that_of_its_settings(actions in prop::collection::vec(action(), 0..20)) {
        let session = after(actions);
        let experiment = &session.run().experiment;
        prop_assert_eq!(&Experiment::new(experiment.settings().clone()).unwrap(), experiment);
    }

    #[test]
    fn a_refused_edit_changes_nothing_but_the_draft(
        actions in prop::collection::vec(action(), 0..10),
        edit in edit(),
    ) {
        let before = after(actions);
        let next = before.after(Action::Edit(edit));
        if matches!(next.draft(), Draft::Rejected { .. }) {
            prop_assert_eq!(next.run(), before.run());
            prop_assert_eq!(next.cursor(), before.cursor());
        }
    }

    #[test]
    fn time_only_moves_what_plays(elapsed in 0_u64..5000) {
        let paused = session();
        prop_assert_eq!(paused.after(tick(elapsed)), paused);
    }

    #[test]
    fn playing_passes_every_moment_and_stops_at_the_end(
        ticks in prop::collection::vec(1_u64..2500, 400),
    ) {
        let mut session = after([Action::GoToStart, Action::Play]);
        let mut passed = vec![0];
        for elapsed in ticks {
            session = session.after(tick(elapsed));
            let position = session.cursor().position;
            if passed.last() != Some(&position) {
                passed.push(position);
            }
        }
        prop_assert_eq!(passed, (0..session.timeline().count()).collect::<Vec<_>>());
        prop_assert_eq!(session.playback(), Playback::Paused);
        prop_assert_eq!(session.cursor(), Cursor::at(session.timeline().last()));
    }
}

#[test]
fn the_first_frame_shows_the_whole_way_back() {
    assert_eq!(session().moment().to_string(), "backward:1");
    assert_eq!(session().cursor().progress, 1.0);
}

#[test]
fn stepping_forward_and_back_is_where_it_was() {
    let start = after([Action::GoToStart]);
    let mut session = start.clone();
    for _ in 1..start.timeline().count() {
        session = session.after(Action::StepForward).after(tick(1000));
        assert_eq!(session.playback(), Playback::Paused);
    }
    assert_eq!(session.moment(), Moment::Update);
    for _ in 1..start.timeline().count() {
        session = session.after(Action::StepBack);
    }
    assert_eq!(session, start);
}

#[test]
fn a_step_past_the_end_updates_and_begins_the_next_pass() {
    let before = after([Action::GoToEnd]);
    let next = before.after(Action::StepForward);
    assert_eq!(next.updates(), 1);
    assert_eq!(next.moment().to_string(), "forward:1");
    assert!(next.run().forward.loss() < before.run().forward.loss());
}

#[test]
fn play_at_the_end_plays_the_pass_again() {
    let session = after([Action::GoToEnd, Action::Play]);
    assert_eq!(session.cursor(), Cursor::beginning(0));
    assert_eq!(session.updates(), 0);
}

#[test]
fn an_edit_keeps_the_moment_where_it_can() {
    let longer = after([type_text("one two three four five six seven eight nine")]);
    assert_eq!(longer.moment().to_string(), "backward:1");
    let middle = Cursor::at(session().timeline().position(Moment::Output));
    let shorter = after([Action::Seek(middle), type_text("one two")]);
    assert_eq!(shorter.moment(), Moment::Output);
}

#[test]
fn what_was_learnt_survives_another_text() {
    let learnt = after([Action::Update, Action::Update]);
    let edited = learnt.after(type_text("all the film was new"));
    assert_eq!(edited.updates(), 2);
    let (old, new) = (learnt.run().experiment.weights(), edited.run().experiment.weights());
    assert_eq!(old.w1h, new.w1h);
    assert_eq!(old.w2, new.w2);
    assert_eq!(old.w1x.row(0), new.w1x.row(1), "the row of `the`");
    assert_eq!(old.w1x.row(6), new.w1x.row(0), "the row of `all`");
}

#[test]
fn another_seed_means_start_weights() {
    let session = after([Action::Update, Action::Edit(Edit::Seed(5))]);
    assert_eq!(session.updates(), 0);
    assert_eq!(session.run().experiment.settings().weights, None);
}

#[test]
fn a_refused_text_is_mended_by_the_next_one() {
    let refused = after([type_text("")]);
    assert!(matches!(refused.draft(), Draft::Rejected { .. }));
    assert_eq!(refused.run().experiment, session().run().experiment);
    let mended = refused.after(type_text("fine"));
    assert_eq!(mended.draft(), &Draft::Accepted);
    assert_eq!(mended.run().steps(), 1);
}

proptest! {
    #[test]
    fn undoing_everything_brings_the_first_experiment_back(
        actions in prop::collection::vec(action(), 0..40),
    ) {
        let mut session = after(actions);
        let mut path = Vec::new();
        while session.can_undo() {
            path.push((session.run().experiment.clone(), session.updates()));
            session = session.after(Action::Undo);
        }
        prop_assert_eq!(&session.run().experiment, &Language::default().first_experiment().unwrap());
        prop_assert_eq!(session.updates(), 0);
        // A refused edit is taken back without another run, and is not made again.
        path.dedup();
        for (experiment, updates) in path.iter().rev() {
            session = session.after(Action::Redo);
            prop_assert_eq!(&session.run().experiment, experiment);
            prop_assert_eq!(session.updates(), *updates);
        }
    }

    #[test]
    fn what_is_pointed_at_is_a_number_of_the_run(
        actions in prop::collection::vec(action(), 0..30),
        edit in edit(),
    ) {
        // Pointing comes from the page, which shows only what there is.
        let session = after(actions).after(Action::LetGo);
        let spot = Spot::State { step: Step::FIRST, cell: 0 };
        let session = session.after(Action::Pin(spot)).after(Action::Edit(edit));
        if let Some(focus) = session.focus() {
            prop_assert!(focus.spot.value(session.run()).is_some());
        }
    }
}

#[test]
fn typing_is_taken_back_at_once_and_pressing_step_by_step() {
    let typed = after([type_text("a"), type_text("ab"), type_text("abc")]);
    assert_eq!(typed.after(Action::Undo).run().experiment, session().run().experiment);
    let pressed = after([Action::Edit(Edit::Seed(1)), Action::Edit(Edit::Seed(2))]);
    let back = pressed.after(Action::Undo);
    assert_eq!(back.run().experiment.settings().seed, Some(1));
    let again = back.after(Action::Redo);
    assert_eq!(again.run().experiment, pressed.run().experiment);
}

#[test]
fn a_refused_text_is_what_undo_takes_back_first() {
    let refused = after([type_text("one two"), type_text("")]);
    let mended = refused.after(Action::Undo);
    assert_eq!(mended.draft(), &Draft::Accepted);
    assert_eq!(mended.run().experiment.settings().text, "one two");
}

#[test]
fn a_moved_token_keeps_its_weights_and_changes_the_answer() {
    let (from, to) = (Step::from_index(3), Step::FIRST);
    let moved = session().after(Action::Edit(Edit::Move { from, to }));
    let experiment = &moved.run().experiment;
    assert_eq!(experiment.settings().text, "not the film was good at all");
    let before = session();
    let row = |session: &Session, token: &str| {
        let experiment = &session.run().experiment;
        let names = experiment.sequence().vocabulary();
        let place = names.iter().position(|name| name == token).unwrap();
        experiment.weights().w1x.row(place).to_vec()
    };
    assert_eq!(row(&moved, "not"), row(&before, "not"));
    assert_ne!(moved.run().forward.probabilities, before.run().forward.probabilities);
    assert_eq!(moved.run().bag_of_words(), before.run().bag_of_words());
}

#[test]
fn a_weight_is_changed_alone_and_rewound() {
    let place = Place { parameter: Parameter::W1h, row: 1, column: 2 };
    let changed = session().after(Action::Edit(Edit::Weight { place, value: 0.25 }));
    let (before, after) = (session(), changed.clone());
    for other in Place::all(before.run().experiment.weights()) {
        let value = other.of(after.run().experiment.weights());
        let expected =
            if other == place { 0.25 } else { other.of(before.run().experiment.weights()) };
        assert_eq!(value, expected, "{other:?}");
    }
    let rewound = changed.after(Action::Edit(Edit::Rewind));
    assert_eq!(rewound.run().experiment, before.run().experiment);
}

#[test]
fn what_is_pinned_stays_until_it_is_let_go() {
    let [one, other] = [0, 1].map(|cell| Spot::State { step: Step::FIRST, cell });
    let pinned = session().after(Action::Pin(one));
    assert_eq!(pinned.after(Action::Point(Some(other))).focus(), pinned.focus());
    assert_eq!(pinned.after(Action::Point(None)).focus(), pinned.focus());
    assert_eq!(pinned.after(Action::Pin(one)).focus(), None);
    assert_eq!(pinned.after(Action::LetGo).focus(), None);
    let elsewhere = pinned.after(Action::Pin(other));
    assert_eq!(elsewhere.focus(), Some(Focus { spot: other, pinned: true }));
}

#[test]
fn what_follows_from_a_run_is_made_once() {
    struct Steps(usize);
    impl Derived for Steps {
        fn of(trace: &Trace) -> Self {
            Self(trace.steps())
        }
    }
    struct Cells(usize);
    impl Derived for Cells {
        fn of(trace: &Trace) -> Self {
            Self(trace.experiment.weights().sizes().cells)
        }
    }
    let run = Run::of(Language::default().first_experiment().unwrap());
    let steps = run.derived::<Steps>();
    assert_eq!((steps.0, run.derived::<Cells>().0), (7, 4));
    assert!(std::rc::Rc::ptr_eq(&steps, &run.clone().derived::<Steps>()));
    let other = Run::of(run.experiment.clone());
    assert!(!std::rc::Rc::ptr_eq(&steps, &other.derived::<Steps>()));
}
