//! Addresses: what is written is read again, bit for bit; whatever is read, the page opens.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "random/experiment.rs"]
mod random;

use proptest::prelude::*;
use random::spot;
use unrolled::{
    address::{Address, AddressError, Alone, Control, Course, Embed, Looks, Part, Source},
    figure::{Lane, Theme},
    lesson,
    rnn::{
        Cell, Experiment, Parameter, Settings, StepUnit, Task, Trace,
        train::{Controls, Network, Optimizer},
        weights::Start,
    },
    session::{Scale, Session, Stage, Timeline, View},
    text::Language,
    training::Comparison,
};

fn settings() -> impl Strategy<Value = Settings> {
    let text =
        prop_oneof!["[a-e]{2,9}", "[가-힣]{1,3} [가-힣 &=#%+]{1,9}[가-힣]", "[ -~]{1,12}[a-z]"];
    (
        random::experiment(),
        text,
        any::<bool>(),
        prop::option::of(1_usize..9),
        prop::option::of(1e-9..1e9),
        prop::option::of(0.0..9.0),
        any::<bool>(),
    )
        .prop_filter_map(
            "it makes no experiment",
            |(experiment, text, character, truncation, clip_norm, learning_rate, learnt)| {
                let unit = if character { StepUnit::Character } else { StepUnit::Word };
                let settings = Settings {
                    text,
                    unit,
                    truncation,
                    clip_norm,
                    learning_rate,
                    ..experiment.settings().clone()
                };
                let experiment = Experiment::new(settings).ok()?;
                let experiment =
                    if learnt { Trace::of(experiment).updated().ok()? } else { experiment };
                Some(experiment.settings().clone())
            },
        )
}

fn embed() -> impl Strategy<Value = Embed> {
    let alone: Vec<Alone> = Alone::all().collect();
    (
        prop::sample::subsequence(Part::ALL.to_vec(), 0..=Part::ALL.len()),
        prop::option::of(prop::sample::select(alone)),
        prop::sample::subsequence(Control::ALL.to_vec(), 0..=Control::ALL.len()),
        any::<bool>(),
        prop::option::of("https?://[a-z]{1,9}\\.org(:[0-9]{2,4})?"),
        any::<bool>(),
        prop::option::of(any::<bool>()),
    )
        .prop_map(|(mut hide, only, lock, play, host, offline, keys)| {
            hide.retain(|&part| only != Some(Alone::Lane(part)));
            Embed { keys, hide, only, lock, play, host, offline }
        })
}

fn course() -> impl Strategy<Value = Course> {
    let optimizers = [Optimizer::SGD, Optimizer::MOMENTUM, Optimizer::ADAM];
    (
        (
            prop::sample::select(vec!["opinions-en", "first-7", "order", "hello", "own"]),
            prop::sample::select(&Cell::ALL[..]),
            1_usize..=32,
        ),
        (0_u64..1 << 53, 0.0..2.0, -3.0..5.0),
        (prop::sample::select(optimizers.to_vec()), 1e-6..10.0, prop::option::of(1e-3..100.0)),
        (prop::option::of(1_usize..40), 1_usize..300, 0_usize..9),
        prop::collection::vec((1_usize..9, 1e-6..10.0), 0..3),
        prop::option::of(prop::sample::select(&Comparison::ALL[..])),
    )
        .prop_map(|((set, cell, units), start, how, last, rates, compare)| {
            let (truncation, batch_size, update) = last;
            let (seed, spectral_radius, keep_bias) = start;
            let (optimizer, learning_rate, clip_norm) = how;
            let start = Start { seed, spectral_radius, keep_bias };
            let network = Network { cell, units, start };
            let controls = Controls { optimizer, learning_rate, clip_norm, truncation, batch_size };
            let mut changes: Vec<(usize, Controls)> = rates
                .into_iter()
                .filter(|(since, _)| *since <= update)
                .map(|(since, learning_rate)| (since, Controls { learning_rate, ..controls }))
                .collect();
            changes.sort_by_key(|(since, _)| *since);
            changes.dedup_by_key(|(since, _)| *since);
            let source = match set {
                "own" => Source::Own {
                    text: "so & so;\tyes\nno\t1".to_owned(),
                    unit: StepUnit::Word,
                    cut: None,
                    seed,
                },
                set => Source::Set(set.to_owned()),
            };
            Course { source, network, controls, changes, update, compare }
        })
}

fn looks() -> impl Strategy<Value = Looks> {
    let cell = || prop::sample::select(&Cell::ALL[..]);
    let rows = cell().prop_flat_map(|cell| {
        let lanes: Vec<Lane> = Lane::of(cell).iter().map(|(lane, _)| *lane).collect();
        let count = lanes.len();
        prop::sample::subsequence(lanes, 0..=count)
    });
    (rows, prop::option::of(cell())).prop_map(|(rows, beside)| Looks { rows, beside })
}

fn shown() -> impl Strategy<Value = Option<Parameter>> {
    let parameter = prop::sample::select(&Cell::ALL[..])
        .prop_flat_map(|cell| prop::sample::select(cell.recipe().parameters()));
    prop::option::of(parameter)
}

fn address() -> impl Strategy<Value = Address> {
    let stage = (1_usize..9, 0_usize..99).prop_map(|(steps, position)| {
        let timeline = Timeline::of(steps);
        timeline.stage(position % timeline.count())
    });
    let screen = prop::sample::select(lesson::Place::all(lesson::chapters()).collect::<Vec<_>>());
    (
        (prop::option::of(settings()), prop::option::of(settings()), prop::option::of(course())),
        prop::option::of(stage),
        prop::option::of(spot()),
        prop::sample::select(View::ALL.to_vec()),
        prop::option::of(screen),
        prop::option::of(prop::sample::select(Language::ALL.to_vec())),
        prop::option::of(prop::sample::select(vec![Theme::Light, Theme::Dark])),
        (embed(), looks(), shown(), prop::option::of(Just(Scale::Logarithmic))),
    )
        .prop_map(
            |(runs, stage, focus, view, screen, language, theme, (embed, looks, shown, scale))| {
                let (settings, aside, training) = runs;
                let view = match embed.only {
                    None => view,
                    Some(Alone::Train | Alone::LossCurve) => View::Train,
                    Some(Alone::Chain) => View::Chain,
                    Some(Alone::Laboratory) => View::Laboratory,
                    Some(Alone::Score | Alone::Lane(_)) => View::Score,
                };
                Address {
                    settings,
                    aside,
                    training,
                    stage,
                    focus,
                    shown,
                    scale,
                    looks,
                    view: Some(view),
                    screen,
                    language,
                    theme,
                    embed,
                }
            },
        )
}

/// Opens the page as an address says it.
fn open(address: &Address) -> Session {
    let first = address.language.unwrap_or_default().first_experiment().unwrap();
    address.actions().into_iter().fold(Session::new(first), |session, action| session.after(action))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(address in address()) {
        let (read, problems) = Address::read(&address.written());
        let left: Vec<_> = problems
            .into_iter()
            .filter(|problem| {
                !matches!(problem, AddressError::NoSpaces { .. } | AddressError::NothingLeft)
            })
            .collect();
        prop_assert_eq!(left, vec![]);
        prop_assert_eq!(read, address);
    }

    #[test]
    fn an_experiment_of_any_cell_comes_back_bit_for_bit(experiment in random::any_experiment()) {
        let settings = Some(experiment.settings().clone());
        let address = Address { settings, ..Address::default() };
        let (read, problems) = Address::read(&address.written());
        let spaces = |problem: &AddressError| matches!(problem, AddressError::NoSpaces { .. });
        prop_assert!(problems.iter().all(spaces), "{problems:?}");
        prop_assert_eq!(read.settings, address.settings);
    }

    #[test]
    fn what_a_session_shows_comes_back_bit_for_bit(settings in settings(), position in 0_usize..30) {
        let session = open(&Address { settings: Some(settings), ..Address::default() });
        let stage = session.timeline().stage(position);
        let session = session.after(unrolled::session::Action::Go(stage));
        let (read, _) = Address::read(&Address::of(&session).written());
        let again = open(&read);
        prop_assert_eq!(again.run().experiment(), session.run().experiment());
        prop_assert_eq!(again.stage(), session.stage());
        let bits = |session: &Session| session.run().loss().to_bits();
        prop_assert_eq!(bits(&again), bits(&session));
    }

    #[test]
    fn whatever_is_read_the_page_opens(text in "\\PC{0,200}") {
        let (address, _) = Address::read(&text);
        let session = open(&address);
        prop_assert!(session.focus().is_none_or(|focus| focus.spot.value(session.run()).is_some()));
    }

    #[test]
    fn damage_is_survived(address in address(), at in any::<prop::sample::Index>(), with in "\\PC{0,3}") {
        let mut written: Vec<char> = address.written().chars().collect();
        if !written.is_empty() {
            let at = at.index(written.len());
            written.splice(at..=at, with.chars());
        }
        let (address, _) = Address::read(&written.into_iter().collect::<String>());
        let session = open(&address);
        prop_assert!(session.focus().is_none_or(|focus| focus.spot.value(session.run()).is_some()));
    }
}

#[test]
fn what_is_shown_of_a_run_is_in_its_address() {
    let text =
        "cell=lstm&gradient=wfh&scale=logarithmic&rows=g dzf arrival-h-2&beside=gru&view=chain";
    let (address, problems) = Address::read(text);
    assert_eq!(problems, []);
    let session = open(&address);
    assert_eq!(session.shown().field(), "wfh");
    assert_eq!(session.scale(), Scale::Logarithmic);
    let names: Vec<String> = address.looks.rows.iter().map(|lane| lane.name()).collect();
    assert_eq!(names, ["g", "dzf", "arrival-h-2"]);
    assert_eq!(address.looks.beside, Some(Cell::Gru));
    assert_eq!(address.beyond(&session), []);
    // A row or a parameter that the cell has not is said, and the rest is shown.
    let (address, _) = Address::read("cell=gru&gradient=wfh&rows=g+memory");
    let session = open(&address);
    assert_ne!(session.shown().field(), "wfh");
    let keys: Vec<String> =
        address.beyond(&session).iter().map(|problem| format!("{problem:?}")).collect();
    assert_eq!(keys.len(), 2, "{keys:?}");
    assert!(keys[0].contains("wfh") && keys[1].contains("memory"), "{keys:?}");
    assert_eq!(address.looks.of(Cell::Gru).rows.len(), 1);
}

#[test]
fn short_addresses_are_readable() {
    let first = Language::default().first_experiment().unwrap();
    let session = Session::new(first);
    assert_eq!(
        Address::of(&session).written(),
        "text=the+film+was+not+good+at+all&seed=1231&radius=0.95&at=backward.1"
    );
    let (address, problems) = Address::read("#text=a b c&cells=6&task=next-token&lang=ko");
    assert!(problems.is_empty());
    let settings = address.settings.unwrap();
    assert_eq!(
        (settings.text.as_str(), settings.hidden, settings.task),
        ("a b c", 6, Task::NextToken)
    );
    assert_eq!(address.language, Language::from_code("ko"));
}

fn read(text: &str) -> (Address, Vec<AddressError>) {
    Address::read(text)
}

#[test]
fn each_key_stands_or_falls_alone() {
    for (wrong, key) in [
        ("rows=tanh", "rows"),
        ("beside=rnn", "beside"),
        ("gradient=everything", "gradient"),
        ("scale=big", "scale"),
        ("seed=-1", "seed"),
        ("seed=1e3", "seed"),
        ("cells=many", "cells"),
        ("cells=0", "cells"),
        ("cells=100000000", "cells"),
        ("cells=", "cells"),
        ("radius=NaN", "radius"),
        ("radius=99", "radius"),
        ("eta=-1", "eta"),
        ("window=0", "window"),
        ("clip=-2", "clip"),
        ("unit=syllable", "unit"),
        ("task=guess", "task"),
        ("target=2", "target"),
        ("label=one", "label"),
        ("label=one&label=one", "label"),
        ("label=one&label=one+", "label"),
        ("label=one&label=", "label"),
        ("label=one&label=two&target=7", "target"),
        ("vocab=other", "vocab"),
        ("weights=AAAA", "weights"),
        ("weights=!!", "weights"),
        ("at=sideways.2", "at"),
        ("focus=h.1", "focus"),
        ("view=sideways", "view"),
        ("screen=99.1", "screen"),
        ("lang=xx", "lang"),
        ("theme=pink", "theme"),
        ("hide=header+nothing", "hide"),
        ("only=everything", "only"),
        ("lock=doors", "lock"),
        ("play=maybe", "play"),
        ("host=javascript:alert(1)", "host"),
    ] {
        let (address, problems) = read(&format!("text=my+own+text&{wrong}"));
        let named = |problem: &AddressError| match problem {
            AddressError::Value { key, .. } | AddressError::Experiment { key, .. } => *key,
            other => panic!("{wrong}: {other:?}"),
        };
        assert_eq!(problems.iter().map(named).collect::<Vec<_>>(), [key], "{wrong}");
        let settings = address.settings.unwrap();
        assert_eq!(settings.text, "my own text", "{wrong}");
        assert!(Experiment::new(settings).is_ok(), "{wrong}");
    }
    // What is right beside what is wrong is kept, however much is wrong.
    let (address, problems) =
        read("text=a+b&cells=6&seed=x&radius=77&view=chain&theme=dark&eta=0.5&clip=no&at=output");
    assert_eq!(problems.len(), 3);
    let settings = address.settings.unwrap();
    assert_eq!((settings.hidden, settings.learning_rate), (6, Some(0.5)));
    assert_eq!((address.view, address.theme), (Some(View::Chain), Some(Theme::Dark)));
    assert_eq!(address.stage, Some(Stage::Output));
    // A text that is none leaves the first one of the language.
    let (address, problems) = read("text=+++&cells=6");
    assert!(matches!(problems[..], [AddressError::Experiment { key: "text", .. }]));
    let settings = address.settings.unwrap();
    assert_eq!((settings.text.as_str(), settings.hidden), ("the film was not good at all", 6));
    // And text that is no numbers leaves some, where steps are numbers.
    for wrong in ["text=abc", "text=1+1,2", ""] {
        let (address, problems) =
            read(&format!("cell=gru&cells=6&seed=5&keep=3&unit=number&{wrong}"));
        assert!(matches!(problems[..], [AddressError::Experiment { key: "text", .. }]), "{wrong}");
        let settings = address.settings.unwrap();
        assert_eq!(
            (settings.cell, settings.hidden, settings.seed),
            (Cell::Gru, 6, Some(5)),
            "{wrong}"
        );
        assert_eq!((settings.keep_bias, settings.unit), (Some(3.0), StepUnit::Number), "{wrong}");
    }
    assert_eq!(read(&format!("text={}", "a".repeat(2 << 20))).1, [AddressError::TooLong]);
}

#[test]
fn a_message_names_what_is_on_the_page_and_no_number_without_end() {
    for (language, said) in [("en", "more than 0"), ("ko", "0보다 큰 값")] {
        let language = Language::from_code(language).unwrap();
        for (wrong, part) in [
            ("cell=lstm&clip=0", said),
            ("window=0", "1"),
            ("cell=tanh&keep=3", "tanh"),
            ("cell=tanh&c0=1,2,3,4", "C⁽⁰⁾"),
            ("h0=1e9,0,0,0", "H⁽⁰⁾"),
            ("task=values&target=1e9", "1000000"),
        ] {
            let (_, problems) = read(&format!("text=a+b&{wrong}"));
            let [AddressError::Experiment { problem, .. }] = &problems[..] else {
                panic!("{wrong}: {problems:?}")
            };
            let message = language.words().problem(problem);
            assert!(message.contains(part), "{wrong}: {message}");
            assert!(message.chars().count() < 250, "{wrong}: {message}");
            for field in ["initial.", "task.", "keep_bias", "clip_norm", "e-308", "the cell \""] {
                assert!(!message.contains(field), "{wrong}: {message}");
            }
        }
    }
}

#[test]
fn a_long_link_that_was_cut_keeps_what_is_left() {
    let settings = Settings {
        text: "one two three four five six".to_owned(),
        hidden: 32,
        ..Language::default().first_experiment().unwrap().settings().clone()
    };
    let learnt = Trace::of(Experiment::new(settings).unwrap()).updated().unwrap();
    let whole = Address { settings: Some(learnt.settings().clone()), ..Address::default() };
    let cut = &whole.written()[..2048];
    let (address, problems) = read(cut);
    assert!(matches!(problems[..], [AddressError::Value { key: "weights", .. }]), "{problems:?}");
    let settings = address.settings.unwrap();
    assert_eq!((settings.text.as_str(), settings.hidden), ("one two three four five six", 32));
}

#[test]
fn a_page_of_which_nothing_is_left_says_so() {
    assert_eq!(read("text=a&hide=all").1, vec![AddressError::NothingLeft]);
    assert_eq!(read("text=a&hide=header+setup").1, vec![]);
    for language in Language::ALL {
        assert!(!language.words().address_nothing_left().is_empty());
    }
}

#[test]
fn what_is_misspelt_is_named_with_what_may_be_meant() {
    let unknown = |text: &str| match &read(text).1[..] {
        [AddressError::Unknown { nearest, .. }] => *nearest,
        other => panic!("{text}: {other:?}"),
    };
    for (key, meant) in [
        ("cels", "cells"),
        ("txt", "text"),
        ("sead", "seed"),
        ("focsu", "focus"),
        ("hidden", "cells"),
        ("units", "cells"),
        ("learning_rate", "eta"),
        ("lr", "eta"),
        ("labels", "label"),
        ("vocabulary", "vocab"),
        ("language", "lang"),
        ("spectral-radius", "radius"),
    ] {
        assert_eq!(unknown(&format!("{key}=1")), Some(meant), "{key}");
    }
    assert_eq!(unknown("somethingelse=1"), None);
    // Other people's keys are nobody's mistake, and case and an escaped ampersand are none.
    assert_eq!(read("utm_source=course&_=1&fbclid=x&gclid=y").1, vec![]);
    let others = "_ga=1.2&trk=a&si=b&s=20&igshid=c&mkt_tok=d&wbraid=e&dclid=f&wt.mc_id=g&_hsenc=h";
    assert_eq!(read(others).1, vec![]);
    assert_eq!(read("text=a&amp;amp;seed=3").1, vec![]);
    let (address, problems) = read("Text=a+b&amp;CELLS=6&amp;at=forward.2");
    assert_eq!(problems, vec![]);
    assert_eq!(address.settings.unwrap().hidden, 6);
    assert_eq!(address.stage.map(|stage| stage.to_string()).as_deref(), Some("forward:2"));
    // What has no effect, or is there twice, is said.
    assert_eq!(read("text=a&text=b").1, [AddressError::Repeated { key: "text" }]);
    assert_eq!(read("label=a&label=b").1, []);
    let unused = |key| AddressError::Unused { key, beside: "task=next-token" };
    assert_eq!(read("task=next-token&target=1&text=a+b").1, [unused("target")]);
    for (text, sign) in [
        ("the%2Bfilm%2Bwas", Some("+")),
        ("the%2520film", Some("%20")),
        ("1%2B1", None),
        ("C%2B%2B", None),
        ("a%2Bb+c", None),
    ] {
        let problems = read(&format!("text={text}")).1;
        let found = problems.iter().find_map(|problem| match problem {
            AddressError::NoSpaces { sign } => Some(*sign),
            _ => None,
        });
        assert_eq!(found, sign, "{text}");
    }
}

#[test]
fn one_form_of_address_counts_at_a_time() {
    let text = |(address, _): &(Address, Vec<AddressError>)| {
        address.settings.as_ref().map(|settings| settings.text.clone())
    };
    let query = Address::of_page("", "text=a+b&unit=character&utm_source=x");
    assert_eq!((text(&query), query.1), (Some("a b".to_owned()), vec![]));
    let both = Address::of_page("text=c+d", "text=a+b&unit=character");
    assert_eq!(text(&both), Some("c d".to_owned()));
    assert_eq!(both.0.settings.map(|settings| settings.unit), Some(StepUnit::Word));
    assert_eq!(both.1, [AddressError::Twice]);
    // A fragment of somebody else's leaves the query alone.
    let other = Address::of_page(":~:text=word", "text=a+b");
    assert_eq!(text(&other), Some("a b".to_owned()));
}

#[test]
fn what_the_run_does_not_have_is_said() {
    for (address, beyond) in [
        ("text=a+b+c&at=forward.4", vec!["at"]),
        ("text=a+b+c&at=backward.3", vec![]),
        ("text=a+b+c&focus=h.9.1", vec!["focus"]),
        ("text=a+b+c&focus=h.1.9&at=forward.7", vec!["at", "focus"]),
        ("text=a+b&task=next-token&at=forward.2", vec!["at"]),
        ("at=forward.99", vec!["at"]),
    ] {
        let (address, problems) = read(address);
        assert_eq!(problems, vec![]);
        let found: Vec<&str> = (address.beyond(&open(&address)).iter())
            .map(|problem| match problem {
                AddressError::Beyond { key, .. } => *key,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(found, beyond, "{address:?}");
    }
}

#[test]
fn what_is_fixed_stays_and_what_is_alone_hides_the_rest() {
    use unrolled::{
        rnn::Task::NextToken,
        session::{Action, Edit},
    };
    let (address, problems) = Address::read("lock=text+weights&only=norm");
    assert_eq!(problems, vec![]);
    for (action, allowed) in [
        (Action::Edit(Edit::Text("x".into())), false),
        (Action::Edit(Edit::StepUnit(StepUnit::Character)), false),
        (Action::Update, false),
        (Action::Edit(Edit::Units(2)), true),
        (Action::Edit(Edit::Task(NextToken)), true),
        (Action::Play, true),
    ] {
        let locked = address.embed.lock.iter().any(|control| control.is_changed_by(&action));
        assert_eq!(!locked, allowed, "{action:?}");
    }
    let hidden = address.embed.hidden();
    assert!(hidden.contains(&Part::Header) && hidden.contains(&Part::Error));
    assert!(!hidden.contains(&Part::Norm) && !hidden.contains(&Part::Tokens));
    assert_eq!(Address::read("only=chain").0.view, Some(View::Chain));
    let all = Address::read("lock=all").0.embed;
    assert_eq!(all.lock, Control::ALL);
    assert_eq!(Stage::Output.to_string().parse(), Ok(Stage::Output));
}

#[test]
fn what_is_wrong_in_what_was_made_elsewhere_is_said_too() {
    for inside in ["text=q&sed=4", "text=q&cells=999", "text=q+r&weights=AAAA", "text=q+r&weigh"] {
        let mut link = form_urlencoded::Serializer::new(String::from("text=a+b&screen=2.2&"));
        let (address, problems) = read(&link.append_pair("aside", inside).finish());
        assert_eq!(problems, read(inside).1, "{inside}");
        assert_eq!(problems.len(), 1, "{inside}");
        assert!(address.aside.is_some_and(|settings| settings.text.starts_with('q')), "{inside}");
    }
}

#[test]
fn what_a_link_swallowed_or_lost_on_its_way_is_said() {
    for (link, sign, name) in [
        ("text=a+b;seed=3;cells=5", ";", "seed"),
        ("text=a+b%23seed=3", "#", "seed"),
        ("text=a+b?cells=3", "?", "cells"),
    ] {
        let inside =
            AddressError::Inside { key: "text", sign: sign.to_owned(), name: name.to_owned() };
        assert_eq!(read(link).1, [inside], "{link}");
    }
    assert_eq!(read("text=why;+a=b+%23c").1, [], "what is no key is a text");
    for link in ["text=caf%C3", "text=caf%E9+au+lait", "text=%ED%A0%80"] {
        assert_eq!(read(link).1, [AddressError::Damaged { key: "text" }], "{link}");
    }
    assert_eq!(read("text=caf%EF%BF%BD").1, []);
}

#[test]
fn what_is_shown_alone_goes_before_what_hides_it() {
    let unused = |key| AddressError::Unused { key, beside: "only" };
    let (address, problems) = read("only=chain&view=score");
    assert_eq!((address.view, problems), (Some(View::Chain), vec![unused("view")]));
    assert_eq!(read("only=chain&view=chain").1, []);
    let (address, problems) = read("only=norm&hide=norm+tables");
    assert_eq!(problems, [unused("hide")]);
    assert_eq!(address.embed.hide, [Part::Tables]);
}

#[test]
fn several_classes_without_labels_have_those_of_the_page() {
    for address in ["task=classes&target=1", "task=classes&target=1&lang=ko"] {
        let (address, problems) = read(address);
        let words = address.language.unwrap_or_default().words();
        assert_eq!(problems, []);
        let task = Task::classes(words.first_labels(), 1);
        assert_eq!(address.settings.map(|settings| settings.task), Some(task));
    }
}
