//! Trainings side by side: another learning rate, another cell, other seeds.

use super::super::{
    axis::use_width, canvas::use_canvas, figure::use_table, formula::prose, surroundings::use_words,
};
use crate::{
    figure::{MOST_TOLD_APART, Trails},
    page::Act,
    text::{Words, numbers, plain},
    training::{Command, Contest, Learning, Motion, Outcome, Race, Runner},
};
use yew::prelude::*;

/// The height of the chart.
const HEIGHT: f64 = 140.0;

/// The widest that the chart gets, and the room beside it.
const WIDTH: (f64, f64) = (760.0, 40.0);

#[derive(PartialEq, Properties)]
pub(in crate::ui) struct RaceViewProps {
    pub(in crate::ui) learning: Learning,
    pub(in crate::ui) on_act: Callback<Act>,
}

/// What can be compared, and the race on show.
#[component]
pub(in crate::ui) fn RaceView(props: &RaceViewProps) -> Html {
    let words = use_words();
    let RaceViewProps { learning, on_act } = props;
    let node = use_node_ref();
    let size = ((use_width(&node) - WIDTH.1).clamp(200.0, WIDTH.0).floor(), HEIGHT);
    let race = learning.race();
    let moving = learning.motion() == Motion::Racing;
    let begin = |contest: Contest| {
        let going = moving && race.is_some_and(|race| race.contest() == contest);
        let command = if going { Command::Pause } else { Command::Race(contest) };
        let onclick = on_act.reform(move |_: MouseEvent| command.clone().into());
        let pressed = race.is_some_and(|race| race.contest() == contest);
        html! {
            <button aria-pressed={pressed.to_string()} {onclick}>{ words.contest(contest) }</button>
        }
    };
    let trails = race.map(|race| trails(race, learning));
    let label = plain(words.race_chart());
    let told_apart = race.is_some_and(|race| race.runners().len() <= MOST_TOLD_APART);
    let (_, canvas) =
        use_canvas(label.into(), size, (trails, size), |(trails, size), palette, brush| {
            if let Some(trails) = trails {
                // A canvas that was lost draws nothing; the numbers beside it stay.
                let _ = trails.draw(brush, palette, *size);
            }
        });
    let table = use_table(
        words.race_chart(),
        || html! { <>{ for race.map(|race| results(race, words)) }</> },
    );
    html! {
        <section class="Race" ref={node} aria-label={words.race_title()}>
            <h2>{ words.race_title() }</h2>
            <p class="note">{ prose(&words.race_note(learning.data().updates())) }</p>
            <div class="ways">{ for Contest::ALL.into_iter().map(begin) }</div>
            <div hidden={race.is_none()}>
                <h3>{ prose(words.race_chart()) }</h3>
                { canvas }
                <ul class="entrants">
                    { for race.filter(|_| told_apart).into_iter().flat_map(|race| race.runners()).enumerate().map(|(key, runner)| html! {
                        <li {key} data-trail={key.to_string()}>
                            <b>{ prose(&words.entrant(runner.entrant())) }</b>{ ": " }{ words.outcome(runner) }
                        </li>
                    }) }
                </ul>
                <p role="status">{ for race.map(|race| words.race_share(race, learning.data())) }</p>
                { table }
            </div>
        </section>
    }
}

/// The curves of a race.
fn trails(race: &Race, learning: &Learning) -> Trails {
    let curve = |runner: &Runner| {
        let points = runner.looks().iter().map(|(updates, score)| (*updates, score.loss));
        (points.collect(), runner.outcome() == Outcome::Reached)
    };
    Trails {
        trails: race.runners().iter().map(curve).collect(),
        guessing: learning.data().corpus().guessing(),
    }
}

/// The table of a race: where each training stands.
fn results(race: &Race, words: &Words) -> Html {
    html! {
        <table>
            <caption>{ prose(words.race_chart()) }</caption>
            <thead>
                <tr>
                    <th scope="col">{ words.race_training() }</th>
                    <th scope="col">{ words.race_outcome() }</th>
                    <th scope="col">{ words.train_held_out_loss() }</th>
                    <th scope="col">{ words.lane_held_out() }</th>
                </tr>
            </thead>
            <tbody>
                { for race.runners().iter().enumerate().map(|(key, runner)| {
                    let score = runner.looks().last().map(|(_, score)| *score);
                    let accuracy = score.and_then(|score| score.accuracy);
                    html! {
                        <tr {key}>
                            <th scope="row">{ prose(&words.entrant(runner.entrant())) }</th>
                            <td>{ words.outcome(runner) }</td>
                            <td>{ for score.map(|score| numbers::size(score.loss)) }</td>
                            <td>{ for accuracy.map(numbers::size) }</td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}
