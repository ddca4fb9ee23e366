//! Every screen of every chapter, in every language: each question has an answer, and wrong ones;
//! each number that is spoken of is there; each task can be done, and is not done already.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use unrolled::{
    lesson::{
        Answer, Ask, Chapter, Place, Progress, Question, Screen, Task, Verdict, chapters, filled,
        read_chapters,
    },
    rnn::Trace,
    session::{Draft, Session},
    text::Language,
};

fn each_screen(mut check: impl FnMut(&str, &Chapter, usize, &Screen, Language, &Trace)) {
    for chapter in read_chapters().unwrap_or_else(|problem| panic!("{problem}")) {
        check_chapter(&chapter, &mut check);
    }
}

fn check_chapter(
    chapter: &Chapter,
    check: &mut impl FnMut(&str, &Chapter, usize, &Screen, Language, &Trace),
) {
    for language in Language::ALL {
        for (number, screen) in chapter.screens.iter().enumerate() {
            let title = chapter.title.of(language);
            let name = format!("“{title}”, screen {}, {}", number + 1, language.code());
            let experiment = chapter.experiment(number, language);
            let experiment = experiment.unwrap_or_else(|problem| panic!("{name}: {problem}"));
            check(&name, chapter, number, screen, language, &Trace::of(experiment));
        }
    }
}

#[test]
fn there_are_eight_chapters_of_three_to_eight_screens() {
    let chapters = chapters();
    assert!(chapters.len() >= 8);
    for chapter in chapters {
        assert!((3..=8).contains(&chapter.screens.len()));
        assert!(chapter.screens.iter().filter(|screen| screen.question.is_some()).count() >= 1);
        assert!(chapter.screens.last().unwrap().task.is_some(), "each ends with something to do");
    }
}

#[test]
fn every_text_is_there_and_every_number_in_it() {
    each_screen(|name, _, _, screen, language, trace| {
        let mut texts = vec![&screen.say];
        if let Some(Question { ask, why, kind, .. }) = &screen.question {
            texts.extend([ask, why]);
            if let Ask::Choice(choices) = kind {
                texts.extend(choices.iter().map(|choice| &choice.text));
            }
        }
        if let Some(Task { text, hint, .. }) = &screen.task {
            texts.extend([text, hint]);
        }
        for text in texts {
            let text = text.of(language);
            assert!(!text.trim().is_empty(), "{name}: a text is empty");
            let filled = filled(text, trace);
            let filled = filled.unwrap_or_else(|number| panic!("{name}: the run has no {number}"));
            assert!(!filled.contains(['{', '}']), "{name}: {filled}");
            let hangul = filled.chars().any(|c| ('가'..='힣').contains(&c));
            assert_eq!(hangul, language.code() == "ko", "{name}: {filled}");
        }
    });
}

#[test]
fn every_screen_brings_the_score_to_its_state() {
    each_screen(|name, chapter, number, screen, language, trace| {
        let session = Session::new(language.first_experiment().unwrap());
        let actions = chapter.actions(number, language);
        assert!(!actions.is_empty(), "{name}");
        let session = actions.into_iter().fold(session, |session, action| session.after(action));
        assert_eq!(session.draft(), &Draft::Accepted, "{name}");
        assert_eq!(&session.run().experiment, &trace.experiment, "{name}");
        if let Some(moment) = &screen.moment {
            let moment = moment.in_run(trace.steps());
            assert_eq!(Some(session.moment()), moment, "{name}: the run has no such moment");
        }
        if let Some(point) = &screen.point {
            let spot = point.spot(trace).filter(|spot| spot.value(trace).is_some());
            assert_eq!(session.focus().map(|focus| focus.spot), spot, "{name}");
            assert!(spot.is_some(), "{name}: there is nothing to point at");
        }
        if let Some(question) = &screen.question
            && let Some(reveal) = &question.reveal
        {
            let (before, after) = (screen.moment.as_ref().unwrap(), reveal.in_run(trace.steps()));
            let position = |moment| session.timeline().position(moment);
            let after = position(after.unwrap_or_else(|| panic!("{name}: no such moment")));
            let before = position(before.in_run(trace.steps()).unwrap());
            assert!(before < after, "{name}: the answer is seen before the question");
        }
    });
}

#[test]
fn every_question_can_be_answered_rightly_and_wrongly() {
    each_screen(|name, _, _, screen, _, trace| {
        let Some(question) = &screen.question else { return };
        let verdict = |answer| question.verdict(screen, trace, answer);
        if let Ask::Number { of, within } = &question.kind {
            let value = of.value(trace).unwrap_or_else(|| panic!("{name}: no such number"));
            assert_eq!(verdict(Answer::Number(value)), Some(Verdict::Right), "{name}");
            let off = value + 1.5 * within;
            assert_eq!(verdict(Answer::Number(off)), Some(Verdict::Wrong), "{name}");
            assert!(*within < 0.5 * value.abs(), "{name}: 0 would do");
            return;
        }
        let options = question.options(screen, trace);
        let options = options.unwrap_or_else(|problem| panic!("{name}: {problem}"));
        for (option, right) in options.into_iter().enumerate() {
            let expected = if right { Verdict::Right } else { Verdict::Wrong };
            assert_eq!(verdict(Answer::Option(option)), Some(expected), "{name}");
        }
        assert_eq!(verdict(Answer::Option(999)), None, "{name}");
    });
}

#[test]
fn every_task_can_be_done_and_is_not_done_yet() {
    each_screen(|name, chapter, number, screen, language, trace| {
        let Some(task) = &screen.task else { return };
        let done = |trace: &Trace| {
            task.goal.iter().all(|goal| {
                goal.holds(trace).unwrap_or_else(|| panic!("{name}: a goal names no number"))
            })
        };
        assert!(!done(trace), "{name}: it is done before it is begun");
        let before = chapter.experiment(number, language).unwrap();
        let solved = task.solution.applied_to(before, language);
        let solved = solved.unwrap_or_else(|problem| panic!("{name}: {problem}"));
        assert!(done(&Trace::of(solved)), "{name}: the solution does not do it");
    });
}

#[test]
fn progress_goes_through_every_screen_and_back_and_is_remembered() {
    let chapters = chapters();
    let mut progress = Progress::default();
    let mut count = 1;
    while let Some(next) = progress.next(chapters) {
        progress = progress.answered(Some(Answer::Option(0))).at(next);
        count += 1;
    }
    assert_eq!(count, chapters.iter().map(|chapter| chapter.screens.len()).sum::<usize>());
    assert_eq!(Progress::read(&progress.written(), chapters), progress);
    while let Some(previous) = progress.previous(chapters) {
        progress = progress.at(previous);
        assert_eq!(progress.answer(), Some(Answer::Option(0)));
    }
    assert_eq!(progress.place, Place::default());
    assert_eq!(progress.seen(0), chapters[0].screens.len());
    for broken in ["", "{}", "[1]", r#"{"place":{"chapter":99,"screen":0}}"#] {
        assert_eq!(Progress::read(broken, chapters).place, Place::default());
    }
}

/// The chapter that CONTRIBUTING.md gives as an example.
#[test]
fn the_example_for_teachers_is_a_chapter() {
    let guide = include_str!("../CONTRIBUTING.md");
    let example = guide.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let example: toml::Value = toml::from_str(example).unwrap();
    let chapter: Chapter = serde_json::from_value(serde_json::to_value(example).unwrap())
        .unwrap_or_else(|problem| panic!("the example in CONTRIBUTING.md: {problem}"));
    check_chapter(&chapter, &mut |name, _, _, screen, _, trace| {
        let Some(question) = &screen.question else { return };
        assert!(question.options(screen, trace).is_ok(), "{name}");
    });
}

#[test]
fn a_particle_goes_by_the_number_before_it() {
    let trace = Trace::of(Language::default().first_experiment().unwrap());
    assert_eq!(filled("{0.5}{이/가} **{0.6}**{이/가}", &trace).unwrap(), "0.5000이 **0.6000**이");
    assert_eq!(filled("‘{token 2}’{을/를}, {T}{으로/로}", &trace).unwrap(), "‘film’을, 7로");
}

#[test]
fn what_is_right_is_what_the_numbers_say() {
    let trace = Trace::of(Language::default().first_experiment().unwrap());
    let text = Language::ALL.map(|language| format!(r#""{}": """#, language.code())).join(", ");
    let text = format!("{{ {text} }}");
    let right = |kind: &str| {
        let json = format!(
            r#"{{ "say": {text}, "bug": "sum", "question": {{ "ask": {text}, "why": {text}, {kind} }} }}"#
        );
        let screen: Screen = serde_json::from_str(&json).unwrap();
        let question = screen.question.as_ref().unwrap();
        question.options(&screen, &trace).map(|options| {
            options.iter().map(|&right| if right { '+' } else { '-' }).collect::<String>()
        })
    };
    assert_eq!(right(r#""compare": ["2", "1"]"#).unwrap(), "+-");
    assert_eq!(right(r#""compare": ["1", "3 x norm last"]"#).unwrap(), "-+");
    assert_eq!(right(r#""sign": "0.5""#).unwrap(), "+-");
    assert_eq!(right(r#""sign": "-0.5""#).unwrap(), "-+");
    // The error of the first example fades on its way back.
    assert_eq!(right(r#""which-step": "norm""#).unwrap(), "------+");
    assert_eq!(right(r#""which-bug": true"#).unwrap(), "---+-");
    let choice = |condition: &str| {
        right(&format!(
            r#""choice": [{{ "text": {text}, "right": "{condition}" }}, {{ "text": {text}, "right": "T != 7" }}]"#
        ))
    };
    assert_eq!(choice("T = 7").unwrap(), "+-");
    assert_eq!(choice("norm 1 < norm last").unwrap(), "+-");
    // Without a right answer, or with right ones only, there is nothing to ask.
    assert!(choice("1 > 2").is_err());
    assert!(right(r#""compare": ["1", "1"]"#).is_err());
    assert!(right(r#""sign": "norm 99""#).is_err());
}
