//! A drawing in the text: the network as one block with a loop, and the same block once per step.

use crate::{
    rnn::Step,
    session::Run,
    text::numbers,
    ui::{formula::in_drawing, surroundings::use_words, truth},
};
use yew::prelude::*;

/// The most copies that have room; of a longer run, the first ones and the last.
const MOST: usize = 4;

#[derive(PartialEq, Properties)]
pub(super) struct FoldUnrollProps {
    pub(super) run: Run,
}

/// The network rolled up, which a button unrolls. The styles say where the copies go, and how.
#[component]
pub(super) fn FoldUnroll(props: &FoldUnrollProps) -> Html {
    let words = use_words();
    let unrolled = use_state_eq(|| false);
    let turn = {
        let (unrolled, setter) = (*unrolled, unrolled.setter());
        Callback::from(move |_: MouseEvent| setter.set(!unrolled))
    };
    let copies = copies(props.run.steps());
    let gap = copies.len() == MOST && props.run.steps() > MOST;
    let tokens: Vec<&str> = props.run.experiment().sequence().token_names().collect();
    let note = if *unrolled { words.lesson_unrolled_note() } else { words.lesson_rolled_note() };
    html! {
        <figure class="FoldUnroll" data-unrolled={truth(*unrolled)}>
            <svg viewBox="0 0 340 156" role="img" aria-label={words.lesson_drawing()}>
                { for copies.iter().enumerate().rev().map(|(at, &step)| {
                    let is_last = at + 1 == copies.len();
                    let token = tokens.get(step.index()).copied().unwrap_or_default();
                    copy(at, step, token, is_last, gap && at + 2 == copies.len())
                }) }
                <g class="loop">
                    <path d="M 196 80 H 228 V 42 H 184 V 50" />
                    <path class="head" d="M 179.5 49 L 184 57 L 188.5 49 Z" />
                    <text x="212" y="34">{ in_drawing("H⁽ᵗ⁻¹⁾") }</text>
                    <text class="side" x="234" y="65">{ in_drawing("W₁ₕ") }</text>
                </g>
            </svg>
            <figcaption>{ note }</figcaption>
            <button aria-pressed={truth(*unrolled)} onclick={turn}>
                { if *unrolled { words.lesson_roll_up() } else { words.lesson_unroll() } }
            </button>
        </figure>
    }
}

/// The steps that have a copy of their own in the drawing.
fn copies(steps: usize) -> Vec<Step> {
    let first = if steps > MOST { MOST - 1 } else { steps };
    let last = (steps > MOST).then(|| Step::from_index(steps - 1));
    Step::all(first).chain(last).collect()
}

/// One copy of the block, with its input below and the arrow to the next one.
fn copy(at: usize, step: Step, token: &str, is_last: bool, gap: bool) -> Html {
    let time = numbers::time(step.number());
    html! {
        <g class="copy" key={at} data-at={at.to_string()}>
            <path class="in" d="M 26 132 V 98" />
            <path class="head" d="M 21.5 99 L 26 91 L 30.5 99 Z" />
            <text class="weight" x="31" y="114">{ in_drawing("W₁ₓ") }</text>
            <rect x="0" y="58" width="52" height="32" rx="6" />
            <text class="of" x="26" y="79">{ in_drawing(&format!("H{time}")) }</text>
            <text class="of folded" x="26" y="79">{ in_drawing("H⁽ᵗ⁾") }</text>
            <text class="token" x="26" y="148">{ shortened(token) }</text>
            <text class="token folded" x="26" y="148">{ in_drawing("X⁽ᵗ⁾") }</text>
            if is_last {
                <path class="in" d="M 26 58 V 40" />
                <path class="head" d="M 21.5 41 L 26 33 L 30.5 41 Z" />
                <text x="26" y="26">{ in_drawing("A₂") }</text>
            } else {
                <path class="on" d="M 52 74 H 80" data-gap={truth(gap)} />
                <path class="head on" d="M 77 69.5 L 85 74 L 77 78.5 Z" />
                <text class="weight on" x="69" y="66">{ in_drawing(if gap { "…" } else { "W₁ₕ" }) }</text>
            }
        </g>
    }
}

/// A token in the width of a copy.
fn shortened(token: &str) -> String {
    const ROOM: usize = 8;
    let letters: Vec<char> = token.chars().collect();
    match letters.len() {
        0..=ROOM => token.to_owned(),
        _ => letters[..ROOM - 1].iter().chain(&['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_has_its_first_copies_and_its_last() {
        let numbers = |steps| copies(steps).into_iter().map(Step::number).collect::<Vec<_>>();
        assert_eq!(numbers(1), [1]);
        assert_eq!(numbers(4), [1, 2, 3, 4]);
        assert_eq!(numbers(14), [1, 2, 3, 14]);
    }
}
