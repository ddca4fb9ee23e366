//! The transport of a training: one line over the updates that scrubs both ways, and how fast it goes.

use super::super::{
    emit_some,
    setup::segments,
    surroundings::use_words,
    transport::{icon, use_share},
};
use crate::{
    page::Act,
    training::{Command, Learning, Motion, Pace},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(in crate::ui) struct TrainTransportProps {
    pub(in crate::ui) learning: Learning,
    /// Whether it goes on, which less motion does not show at every frame.
    pub(in crate::ui) motion: Motion,
    pub(in crate::ui) on_act: Callback<Act>,
}

/// The buttons and the line.
#[component]
pub(in crate::ui) fn TrainTransport(props: &TrainTransportProps) -> Html {
    let words = use_words();
    let TrainTransportProps { learning, motion, on_act } = props;
    let button = |label: &'static str,
                  class: &'static str,
                  icon: &'static str,
                  command: Command| {
        let onclick = on_act.reform(move |_: MouseEvent| command.clone().into());
        html! {
            <button class={classes!("icon", class)} aria-label={label} title={label} {onclick}>
                <svg viewBox="0 0 16 16" aria-hidden="true"><path d={icon} fill="currentColor" /></svg>
            </button>
        }
    };
    let moving = *motion != Motion::Still;
    let (play, play_icon, command) = if moving {
        (words.pause(), icon::PAUSE, Command::Pause)
    } else {
        (words.play(), icon::PLAY, Command::Play)
    };
    let (cursor, end) = (learning.cursor(), learning.end());
    let share = use_share(cursor as f64 / end.max(1) as f64);
    let oninput = on_act.reform(|event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Command::Seek(input.value_as_number() as usize).into()
    });
    // The line ends at the last update: past it the keys make new ones, as the buttons do.
    let onkeydown = emit_some(on_act, |event: KeyboardEvent| {
        let command = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => Command::StepForward,
            "ArrowLeft" | "ArrowDown" => Command::StepBack,
            "Home" => Command::GoToStart,
            "End" => Command::GoToEnd,
            _ => return None,
        };
        event.prevent_default();
        Some(command.into())
    });
    let place = words.train_place(cursor, end);
    let paces = [Pace::Slow, Pace::Quick].map(|pace| (pace, html! { words.pace(pace) }));
    let on_pace = on_act.reform(|pace| Command::SetPace(pace).into());
    html! {
        <footer class="Transport" data-of="training" aria-label={words.transport()}>
            <div class="buttons">
                { button(words.train_first(), "", icon::START, Command::GoToStart) }
                { button(words.train_back(), "", icon::BACK, Command::StepBack) }
                { button(play, "play", play_icon, command) }
                { button(words.train_one(), "", icon::FORWARD, Command::StepForward) }
                { button(words.train_last(), "", icon::END, Command::GoToEnd) }
            </div>
            <div class="TimelineBar">
                <output class="place">{ place.clone() }</output>
                <div class="track" />
                { share }
                <input
                    type="range"
                    data-page-keys=""
                    aria-label={words.timeline()}
                    aria-valuetext={place}
                    min="0"
                    max={end.to_string()}
                    step="1"
                    value={cursor.to_string()}
                    {oninput}
                    {onkeydown}
                />
            </div>
            { segments((words.train_pace(), None), "pace", &paces, &learning.pace(), &on_pace) }
        </footer>
    }
}
