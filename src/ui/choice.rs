//! A choice of one out of a list.

use super::surroundings::use_around;
use crate::browser;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct ChoiceProps {
    /// Its name, where no label is around it.
    #[prop_or_default]
    pub(super) name: Option<&'static str>,
    /// Which of the options is chosen.
    pub(super) chosen: usize,
    pub(super) on_choose: Callback<usize>,
    /// The options.
    pub(super) children: Children,
}

/// A list that always shows what is chosen: an option that was once picked by hand heeds no attribute of its
/// own any more, so an undo or a refusal would not be seen in it.
#[component]
pub(super) fn Choice(props: &ChoiceProps) -> Html {
    use_around();
    let node = use_node_ref();
    use_effect({
        let (node, chosen) = (node.clone(), props.chosen);
        move || {
            if let Some(select) = node.cast::<HtmlSelectElement>() {
                browser::choose(&select, chosen);
            }
        }
    });
    let onchange = {
        let (chosen, on_choose) = (props.chosen, props.on_choose.clone());
        Callback::from(move |event: Event| {
            let select = event.target_unchecked_into::<HtmlSelectElement>();
            let picked = usize::try_from(select.selected_index());
            browser::choose(&select, chosen);
            if let Ok(picked) = picked {
                on_choose.emit(picked);
            }
        })
    };
    html! {
       <select ref={node} aria-label={props.name} title={props.name} {onchange}>
           { props.children.clone() }
       </select>
    }
}
