//! What a learner takes along, and brings back: programs, tables, pictures, files.

use super::{
    emit_some,
    explanation::CopyButton,
    formula::prose,
    share::Share,
    surroundings::{use_around, use_words},
    work::{Progress, Underway, Work},
};
use crate::{
    address::{Address, Looks},
    browser,
    export::{loader, picture, program, table, training},
    figure::{Chain, ChainLane, ChainScene, Columns, Layout, Scene},
    page::Act,
    pieces::Pieces,
    rnn::{Experiment, Parameter},
    session::{Action, Cursor, Edit, Run, Scale},
    training::Learning,
};
use std::rc::Rc;
use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

/// The width of a picture that is taken along.
const PICTURE: f64 = 900.0;

/// The text of a table or a picture, and how large the picture is.
type Made = (String, (f64, f64));

/// What makes such a text.
type Make = Rc<dyn Fn() -> Pieces<Made>>;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ExportProps {
    pub(super) run: Run,
    pub(super) cursor: Cursor,
    pub(super) shown: Parameter,
    pub(super) scale: Scale,
    pub(super) looks: Rc<Looks>,
    /// Whether a question is open, whose answer is in the numbers of the run.
    pub(super) asks: bool,
    /// The training, where it is open.
    pub(super) training: Option<Learning>,
    /// The address of what is on show.
    pub(super) link: Callback<(), Address>,
    pub(super) on_act: Callback<Act>,
}

/// The button that opens the dialogue, and the dialogue.
#[component]
pub(super) fn Export(props: &ExportProps) -> Html {
    let words = use_words();
    let dialog = use_node_ref();
    let is_open = use_state_eq(|| false);
    let open = {
        let (dialog, setter) = (dialog.clone(), is_open.setter());
        Callback::from(move |_: MouseEvent| {
            setter.set(true);
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                browser::show_modal(&dialog);
            }
        })
    };
    let close = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                browser::close(&dialog);
            }
        })
    };
    let onclose = {
        let setter = is_open.setter();
        Callback::from(move |_: Event| setter.set(false))
    };
    let pick = {
        let on_act = props.on_act.clone();
        let dialog = dialog.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let on_act = on_act.clone();
            browser::picked_file(&input, move |bytes| on_act.emit(opened(bytes)));
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                browser::close(&dialog);
            }
        })
    };
    html! {
        <>
            <button class="export" onclick={open}>{ words.export_button() }</button>
            <dialog ref={dialog} class="Export" aria-label={words.export_button()} {onclose}>
                <div class="head">
                    <h2>{ words.export_button() }</h2>
                    <button class="icon" aria-label={words.export_close()} title={words.export_close()} onclick={close}>
                        { "✕" }
                    </button>
                </div>
                <label class="open">
                    <span>{ words.export_open() }</span>
                    <input type="file" accept=".json,application/json,.safetensors,.npz,.txt,.tsv" onchange={pick} />
                </label>
                if *is_open {
                    <Share address={props.link.emit(())} />
                    <div>
                        if props.asks {
                            <p class="later">{ words.lesson_no_export() }</p>
                        } else {
                            <Offers ..props.clone() />
                        }
                    </div>
                }
            </dialog>
        </>
    }
}

/// Everything that can be taken along.
#[component]
fn Offers(props: &ExportProps) -> Html {
    let words = use_words();
    let around = use_around();
    let ExportProps { run, cursor, shown, scale, looks, .. } = props;
    let numpy = use_memo(run.clone(), |run| program::numpy(run).to_string());
    let pytorch = use_memo(run.clone(), |run| program::pytorch(run).to_string());
    let key = props.training.as_ref().map(|learning| (learning.run().clone(), learning.cursor()));
    let learnt = use_memo(key, |_| props.training.as_ref().map(training::pytorch));
    let experiment = run.experiment().settings().to_json();
    let trace = use_memo(run.clone(), |run| run.to_json());
    let give = |label: String, name: String, kind: &'static str, text: String| {
        let onclick = emit_some(&Callback::from(|(): ()| ()), move |_: MouseEvent| {
            browser::download(&name, kind, text.as_bytes());
            Some(())
        });
        html! { <button {onclick}>{ label }</button> }
    };
    let text_row = |title: &'static str, name: &str, kind: &'static str, text: &str| {
        html! {
            <li>
                <span>{ title }</span>
                <span class="ways">
                    <CopyButton text={text.to_owned()} />
                    { give(words.export_download().to_owned(), name.to_owned(), kind, text.to_owned()) }
                </span>
            </li>
        }
    };
    let network = network(props);
    let (in_torch, in_keras) = (loader::pytorch(&network), loader::keras(&network));
    let weights = Callback::from(move |_: MouseEvent| {
        if let Ok(bytes) = loader::file(&network) {
            browser::download(loader::FILE, "application/octet-stream", &bytes);
        }
    });
    let layout = Layout::of(run.experiment(), *shown, PICTURE).adding(&looks.rows);
    // The file in the making; at first there is none. Most are made before a frame is over.
    let making = use_state(|| (AttrValue::default(), Rc::new(Work::begun(Pieces::once(|| ())))));
    let make = {
        let setter = making.setter();
        Callback::from(move |(name, pieces): (String, Pieces<()>)| {
            let work = Work::begun(pieces);
            if work.left().is_some() {
                setter.set((AttrValue::from(name), Rc::new(work)));
            }
        })
    };
    let ways = |title: String, file: String, table: Make, picture: Make| {
        let [csv, svg, png] =
            [("csv", &table), ("svg", &picture), ("png", &picture)].map(|(kind, it)| {
                let (make, it, name) = (make.clone(), Rc::clone(it), format!("{file}.{kind}"));
                Callback::from(move |_: MouseEvent| {
                    make.emit((name.clone(), given(name.clone(), it())));
                })
            });
        html! {
            <li key={file}>
                <span>{ prose(&title) }</span>
                <span class="ways">
                    <button onclick={csv}>{ "CSV" }</button>
                    <button onclick={svg}>{ "SVG" }</button>
                    <button onclick={png}>{ "PNG" }</button>
                </span>
            </li>
        }
    };
    let lanes = layout.lanes().map(|lane| {
        let name = words.lane(lane, run.experiment().cell(), *shown).name;
        let file = format!("unrolled-{}", lane.name());
        let (cursor, shown, scale) = (*cursor, *shown, *scale);
        let tabulate = {
            let run = run.clone();
            move || {
                let run = run.clone();
                Pieces::once(move || (table::csv(&run, lane, shown, words), (0.0, 0.0)))
            }
        };
        let (run, palette) = (run.clone(), Rc::clone(&around.palette));
        let draw = move || {
            let (run, palette) = (run.clone(), Rc::clone(&palette));
            Pieces::once(move || {
                let ranges = run.derived();
                let scene = Scene {
                    trace: &run,
                    ranges: &ranges,
                    cursor,
                    layout,
                    palette: &palette,
                    scale,
                    part: Columns::WHOLE,
                };
                picture::svg(scene, lane, words)
            })
        };
        ways(name, file, Rc::new(tabulate), Rc::new(draw))
    });
    let several = run.experiment().has_several_losses();
    let parts = ChainLane::ALL.into_iter().filter(|&lane| lane != ChainLane::Triangle || several);
    let beside = looks.of(run.experiment().cell()).beside;
    let jacobians = parts.map(|lane| {
        let name = words.chain_lane(lane, run.experiment().cell()).name;
        let file = format!("unrolled-{}", lane.name());
        let tabulate = {
            let run = run.clone();
            // As many rows as the largest matrix has entries.
            let entries = (run.experiment().recipe().carried().len() * run.units()).pow(2);
            move || {
                let of = run.clone();
                let chain = Chain::beside(&run, beside);
                let table = chain.then(entries, move |chain| {
                    table::chain_csv(&of, &Rc::new(chain), lane, words)
                });
                table.then(1, |text| Pieces::once(|| (text, (0.0, 0.0))))
            }
        };
        let (run, palette) = (run.clone(), Rc::clone(&around.palette));
        let draw = move || {
            let (of, palette) = (run.clone(), Rc::clone(&palette));
            Chain::beside(&run, beside).then(1, move |chain| {
                Pieces::once(move || {
                    let experiment = of.experiment();
                    let parameter = experiment.recipe().main_parameter();
                    let scene = ChainScene {
                        trace: &of,
                        ranges: &of.derived(),
                        chain: &chain,
                        layout: Layout::of(experiment, parameter, PICTURE),
                        palette: &palette,
                    };
                    picture::chain_svg(scene, lane, words)
                })
            })
        };
        ways(name, file, Rc::new(tabulate), Rc::new(draw))
    });
    html! {
        <>
            { for learnt.iter().map(|program| html! {
                <ul>{ text_row(words.export_training(), "unrolled_training.py", "text/x-python", program) }</ul>
            }) }
            <h3>{ words.export_programs() }</h3>
            <p>{ words.export_programs_note() }</p>
            <ul>
                { text_row("NumPy", "unrolled.py", "text/x-python", &numpy) }
                { text_row("PyTorch", "unrolled_torch.py", "text/x-python", &pytorch) }
            </ul>
            <h3>{ words.export_network() }</h3>
            <p>{ prose(words.export_network_note()) }</p>
            <ul>
                <li>
                    <span>{ words.export_weights() }</span>
                    <span class="ways"><button onclick={weights}>{ words.export_download() }</button></span>
                </li>
                { for in_torch.iter().map(|text| {
                    text_row(words.export_load_pytorch(), "load_torch.py", "text/x-python", text)
                }) }
                { text_row(words.export_load_keras(), "load_keras.py", "text/x-python", &in_keras) }
            </ul>
            <h3>{ words.export_files() }</h3>
            <ul>
                { text_row(words.export_experiment(), "experiment.json", "application/json", &experiment) }
                { match &*trace {
                    Ok(trace) => text_row(words.export_trace(), "trace.json", "application/json", trace),
                    Err(problem) => html! { <li>{ prose(&words.problem(problem)) }</li> },
                } }
            </ul>
            <h3>{ words.export_figures() }</h3>
            <ul>{ for lanes }</ul>
            <h3>{ words.chain_name() }</h3>
            <ul>{ for jacobians }</ul>
            <Progress work={Rc::clone(&making.1) as Rc<_>} name={making.0.clone()} on_done={Callback::noop()} />
        </>
    }
}

/// What is made, and then given to the learner as a file whose name says of what kind it is.
fn given(name: String, made: Pieces<Made>) -> Pieces<()> {
    made.then(1, move |(text, size)| {
        Pieces::once(move || match name.rsplit('.').next() {
            Some("png") => browser::rasterise(&name, &text, size),
            Some("svg") => browser::download(&name, "image/svg+xml", text.as_bytes()),
            _ => browser::download(&name, "text/csv", text.as_bytes()),
        })
    })
}

/// The network that is taken along: that of the training after as many updates as are on show, where it
/// is open; else that of the run.
fn network(props: &ExportProps) -> Experiment {
    let trained = props
        .training
        .as_ref()
        .and_then(|learning| Experiment::new(learning.experiment(0, learning.cursor())?).ok());
    trained.unwrap_or_else(|| props.run.experiment().clone())
}

/// What a file does that could be read, or not: a text is an experiment, anything else has weights.
fn opened(bytes: Option<Vec<u8>>) -> Act {
    let Some(bytes) = bytes else { return Act::Unreadable };
    match str::from_utf8(&bytes) {
        Ok(text) if !text.contains('\0') => Action::Edit(Edit::File(text.into())).into(),
        _ => Act::Weights(bytes.into()),
    }
}

/// Opens an experiment or a network from a file that is dropped on the page.
#[hook]
pub(super) fn use_dropped_files(on_act: &Callback<Act>) {
    use_effect_with(on_act.clone(), |on_act| {
        let on_act = on_act.clone();
        let subscription = browser::on_drop(move |bytes| on_act.emit(opened(bytes)));
        move || drop(subscription)
    });
}
