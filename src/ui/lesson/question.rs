//! A question: what it offers, and the reply to the answer that was given.

use super::{emphasised, filled, sentence};
use crate::{
    lesson::{Answer, Ask, Called, Place, Question, School, Scope, Verdict, chapters},
    rnn::{Step, number},
    session::Run,
    text::{formula, numbers},
    ui::{
        formula::{lesson_prose, prose},
        surroundings::use_around,
        truth,
    },
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The most letters of an answer beside which another one has room.
const WORD: usize = 14;

#[derive(PartialEq, Properties)]
pub(super) struct QuestionProps {
    /// The run that the question is about.
    pub(super) run: Run,
    /// The trainings of the screen.
    pub(super) schools: Vec<School>,
    pub(super) place: Place,
    pub(super) answer: Option<Answer>,
    pub(super) on_answer: Callback<Option<Answer>>,
}

/// The question of a screen.
#[component]
pub(super) fn QuestionCard(props: &QuestionProps) -> Html {
    let language = use_around().language;
    let words = language.words();
    let QuestionProps { run, schools, place, answer, on_answer } = props;
    let scope = Scope::of(run, language).with(schools);
    let at = place.of(chapters());
    let Some((screen, question)) = at.and_then(|(_, screen)| Some((screen, screen.question()?)))
    else {
        return Html::default();
    };
    let bug = screen.bug();
    let offers = offers(question, &scope);
    let give = on_answer.reform(Some);
    let said = answer.map(|answer| match answer {
        Answer::Option(option) => offers.get(option).cloned().unwrap_or_default(),
        Answer::Number(number) => plain(number),
        Answer::Done => String::new(),
    });
    let verdict = answer.and_then(|answer| question.verdict(bug, &scope, answer));
    let reply = answer.and_then(|answer| question.reply(bug, &scope, answer));
    let off = match (&question.kind, answer) {
        (Ask::Number(asked), Some(Answer::Number(number))) => {
            asked.of.value(&scope).map(|value| (value - number).abs())
        }
        _ => None,
    };
    html! {
        <section class="Question" aria-label={words.lesson_question()}>
            <h3>{ words.lesson_question() }</h3>
            <p class="ask">{ sentence(&question.ask, &scope) }</p>
            if answer.is_none() {
                if offers.is_empty() {
                    <NumberBox on_number={give.reform(Answer::Number)} />
                } else {
                    <div class="offers" data-many={truth(offers.len() > 2 || offers.iter().any(|offer| offer.chars().count() > WORD))}>
                        { for offers.iter().enumerate().map(|(key, offer)| html! {
                            <button {key} onclick={give.reform(move |_: MouseEvent| Answer::Option(key))}>
                                { lesson_prose(offer) }
                            </button>
                        }) }
                    </div>
                }
            }
            <div class="reply" role="status">
                { for said.zip(verdict).map(|(said, verdict)| {
                    let right = verdict == Verdict::Right;
                    html! {
                        <>
                            <p>{ emphasised(&words.lesson_you_said(said.trim_end_matches('.'))) }</p>
                            <p class="verdict" data-right={truth(right)}>
                                <b>{ if right { words.lesson_right() } else { words.lesson_wrong() } }</b>
                                { for off.filter(|&off| right && off > 0.0).map(|off| format!(" {}", words.lesson_off_by(&numbers::size(off)))) }
                            </p>
                            { for reply.map(|(reply, scope)| html! { <p class="own">{ sentence(reply, &scope) }</p> }) }
                            <ul class="evidence">
                                { for question.evidence(&scope).into_iter().enumerate().map(|(key, evidence)| html! {
                                    <li {key} data-asked={truth(evidence.asked)}>
                                        <span>{ match evidence.name {
                                            Called::Spot(spot) => prose(&words.spot(spot, run)),
                                            Called::Letters(letters) => prose(&formula(&letters)),
                                            Called::Name(name) => lesson_prose(&name),
                                        } }</span>
                                        <b>{ evidence.written }</b>
                                    </li>
                                }) }
                            </ul>
                            { for question.why.as_ref().map(|why| html! { <p class="why">{ sentence(why, &scope) }</p> }) }
                        </>
                    }
                }) }
            </div>
            <button
                class="again"
                hidden={answer.is_none()}
                onclick={on_answer.reform(|_: MouseEvent| None)}
            >{ words.lesson_again() }</button>
        </section>
    }
}

/// What can be answered, in its order; nothing where a number is asked.
fn offers(question: &Question, scope: &Scope<'_>) -> Vec<String> {
    let words = scope.language.words();
    let some =
        |known: [Option<&'static str>; 3]| known.into_iter().flatten().map(str::to_owned).collect();
    match &question.kind {
        Ask::Compare(compare) => some([
            Some(words.lesson_larger()),
            Some(words.lesson_smaller()),
            compare.equal.as_ref().map(|_| words.lesson_equal()),
        ]),
        Ask::Sign(sign) => some([
            Some(words.lesson_positive()),
            Some(words.lesson_negative()),
            sign.zero.as_ref().map(|_| words.lesson_zero()),
        ]),
        Ask::WhichStep(_) => Step::all(scope.trace.steps())
            .zip(scope.trace.experiment().sequence().token_names())
            .map(|(step, token)| words.lesson_step(step.number(), token))
            .collect(),
        Ask::WhichUnit(_) => (1..=scope.trace.experiment().weights().sizes().units)
            .map(|unit| words.lesson_unit(unit))
            .collect(),
        Ask::Number(_) => Vec::new(),
        Ask::Choice(choices) => choices.iter().map(|choice| filled(&choice.text, scope)).collect(),
        Ask::WhichBug(which) => {
            let cell = scope.trace.experiment().cell();
            let name = |bug: Option<_>| {
                bug.map_or(words.lesson_no_bug(), |bug| words.bug(bug, cell)).to_owned()
            };
            which.offers().into_iter().map(name).collect()
        }
    }
}

/// A number as it was answered.
fn plain(number: f64) -> String {
    number.to_string().replace('-', "−")
}

#[derive(PartialEq, Properties)]
struct NumberBoxProps {
    on_number: Callback<f64>,
}

/// A box for a number; anything else is answered beside it.
#[component]
fn NumberBox(props: &NumberBoxProps) -> Html {
    let language = use_around().language;
    let words = language.words();
    let node = use_node_ref();
    let refused = use_state_eq(|| false);
    // No form, since a page in a sandbox may not send one.
    let give = {
        let (node, setter, on_number) = (node.clone(), refused.setter(), props.on_number.clone());
        Callback::from(move |()| {
            let Some(input) = node.cast::<HtmlInputElement>() else { return };
            match read(&input.value()) {
                Some(number) => on_number.emit(number),
                None => setter.set(true),
            }
        })
    };
    let onkeydown = {
        let give = give.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                give.emit(());
            }
        })
    };
    html! {
        <div class="number">
            <label>
                <span>{ words.lesson_your_answer() }</span>
                <input
                    ref={node}
                    type="text"
                    inputmode="text"
                    autocomplete="off"
                    aria-invalid={refused.then_some("true")}
                    aria-describedby={refused.then_some("no-number")}
                    {onkeydown}
                />
            </label>
            <button onclick={give.reform(|_: MouseEvent| ())}>{ words.lesson_answer() }</button>
            <p id="no-number" class="problem" role="alert" hidden={!*refused}>{ words.lesson_no_number() }</p>
        </div>
    }
}

/// A number as people type it: with a comma, with a minus sign of any kind.
fn read(text: &str) -> Option<f64> {
    let text = text.trim().replace(',', ".").replace('–', "-");
    number(&text).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        for (text, number) in [("0.5", 0.5), (" -1,2 ", -1.2), ("−.3", -0.3), ("+2", 2.0)] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        for text in ["", "half", "1.2.3", "inf", "NaN"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
