//! What happens at the present moment: its name, its story, its rule.

use super::{
    formula::{prose, rule},
    surroundings::use_words,
    weights::Matrices,
};
use crate::session::{Action, Focus, Run, Timeline};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct PresentMomentProps {
    pub(super) run: Run,
    pub(super) position: usize,
    /// Whether a screen reader should stay silent, as while playing.
    pub(super) quiet: bool,
    pub(super) focus: Option<Focus>,
    pub(super) on_action: Callback<Action>,
}

/// The panel beside the score.
#[component]
pub(super) fn PresentMoment(props: &PresentMomentProps) -> Html {
    let words = use_words();
    let timeline = Timeline::of(props.run.steps());
    let moment = timeline.moment(props.position);
    html! {
        <aside class="PresentMoment" aria-label={words.present_moment}>
            <div aria-live={if props.quiet { "off" } else { "polite" }}>
                <h2>{ prose(&(words.moment_title)(moment, &props.run)) }</h2>
                <p class="place">{ (words.moment_of)(props.position + 1, timeline.count()) }</p>
                <p class="story">{ prose(&(words.moment_story)(moment, &props.run)) }</p>
            </div>
            <figure class="rule">
                <figcaption>{ words.rule }</figcaption>
                { rule(moment, props.run.steps()) }
            </figure>
            <Matrices
                run={props.run.clone()}
                focus={props.focus}
                on_action={props.on_action.clone()}
            />
        </aside>
    }
}
