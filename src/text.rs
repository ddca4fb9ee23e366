//! Every sentence that a learner reads, in every language.
//!
//! A language is one [`Words`] value; a sentence that one of them lacks does not compile.

mod english;
mod examples;
mod korean;

pub use crate::figure::numbers;

pub use examples::Example;

use crate::{
    figure::{ChainLane, Lane},
    rnn::{
        Bug, Experiment, ExperimentError, Link, NoRatio, Parameter, Place, Settings, Silence, Step,
        Task, Trace, Unit,
        experiment::DEFAULT_SPECTRAL_RADIUS,
        settings::{Cell, Format},
    },
    session::{Moment, Playback, Quantity, Spot, View},
};

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Korean.
    Korean,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::English, Self::Korean];

    /// The code of the language (BCP 47).
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Korean => "ko",
        }
    }

    /// The language of a code such as `ko-KR`, if the page speaks it.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split('-').next()?;
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// The experiment on the first frame.
    ///
    /// # Errors
    ///
    /// None in fact: a test makes the experiment of each language.
    pub fn first_experiment(self) -> Result<Experiment, ExperimentError> {
        let words = self.words();
        Experiment::new(Settings {
            format: Format::One,
            text: words.first_text.to_owned(),
            unit: Unit::Word,
            vocabulary: None,
            task: Task::Binary { target: false },
            cell: Cell::Tanh,
            hidden: 4,
            weights: None,
            seed: Some(words.first_seed),
            spectral_radius: Some(DEFAULT_SPECTRAL_RADIUS),
            learning_rate: None,
            truncation: None,
            clip_norm: None,
        })
    }

    /// The sentences of the language.
    pub const fn words(self) -> &'static Words {
        match self {
            Self::English => &english::WORDS,
            Self::Korean => &korean::WORDS,
        }
    }
}

/// What a lane is called and what it shows.
#[derive(Debug)]
pub struct LaneWords {
    /// The name of the quantity.
    pub name: &'static str,
    /// What the lane shows, in a few words.
    pub note: &'static str,
}

/// The words of the chain view.
#[derive(Debug)]
pub struct ChainWords {
    /// The region.
    pub name: &'static str,
    /// The words of a row.
    pub lane: fn(ChainLane) -> LaneWords,
    /// The words of the gradient written out.
    pub expansion: LaneWords,
    /// The curve of the whole norm.
    pub both: &'static str,
    /// The curve of what W₁ₕ does.
    pub by_weights: &'static str,
    /// The curve of what saturation does.
    pub by_saturation: &'static str,
    /// Why the error fades or grows, told of the link to the first step.
    pub reason: fn(Option<&Link>, &Trace) -> String,
}

/// The words of the laboratory.
#[derive(Debug)]
pub struct LabWords {
    /// The region.
    pub name: &'static str,
    /// The choice of a tensor.
    pub tensor: &'static str,
    /// The choice of a row.
    pub row: &'static str,
    /// The choice of a column.
    pub column: &'static str,
    /// The gradient check.
    pub check: &'static str,
    /// What it is.
    pub check_note: &'static str,
    /// The choice of a program.
    pub program: &'static str,
    /// The program without a mistake.
    pub right_program: &'static str,
    /// Before the mistake of a program.
    pub broken: &'static str,
    /// A mistake.
    pub bug: fn(Bug) -> &'static str,
    /// The picture of the loss.
    pub curve: &'static str,
    /// |slope − gradient| by their size.
    pub relative_error: &'static str,
    /// The button that checks every weight.
    pub check_all: &'static str,
    /// How many agree, of how many checked, of all.
    pub agreeing: fn(usize, usize, usize) -> String,
    /// Before the weight that differs most.
    pub worst: &'static str,
    /// Copies for each step.
    pub untie: &'static str,
    /// What that is, of one weight.
    pub untie_note: fn(Place, &Trace) -> String,
    /// The copy of a step.
    pub copy_of_weight: &'static str,
    /// The derivative of the loss with respect to the copy.
    pub its_term: &'static str,
    /// Their sum.
    pub sum_of_terms: &'static str,
    /// The loss with one weight for all steps.
    pub loss_tied: &'static str,
    /// The loss with the copies.
    pub loss_untied: &'static str,
    /// The loss that the terms predict.
    pub loss_by_terms: &'static str,
    /// The button that makes all copies one again.
    pub tie: &'static str,
    /// Truncation and clipping.
    pub shorten: &'static str,
    /// What they are.
    pub shorten_note: &'static str,
    /// How far a loss reaches, of how many steps.
    pub window: fn(usize, usize) -> String,
    /// The picture of who reaches whom.
    pub reach: &'static str,
    /// How many terms are dropped.
    pub dropped: &'static str,
    /// The cosine of the angle to the whole gradient.
    pub cosine: &'static str,
    /// The length that is left.
    pub length_kept: &'static str,
    /// The threshold, if there is one.
    pub clip: fn(Option<f64>) -> String,
    /// The norm of the gradient.
    pub norm: &'static str,
    /// The norm against the threshold.
    pub norm_against: fn(f64, Option<f64>) -> String,
    /// The loss before an update.
    pub loss_now: &'static str,
    /// The loss after it, as the derivative predicts it.
    pub loss_predicted: &'static str,
    /// The loss after it, as it is set.
    pub loss_with: &'static str,
    /// The loss after an update by the whole gradient.
    pub loss_without: &'static str,
    /// In the place of a loss that is past the largest number there is.
    pub overflow: &'static str,
}

/// The words of the lesson's panel; the lesson itself is in the files of its chapters.
#[derive(Debug)]
pub struct LessonWords {
    /// The region.
    pub name: &'static str,
    /// A chapter, by its number.
    pub chapter: fn(usize) -> String,
    /// The screen of how many.
    pub screen: fn(usize, usize) -> String,
    /// The list of the chapters.
    pub contents: &'static str,
    /// How many of a chapter's screens have been seen, of how many.
    pub seen: fn(usize, usize) -> String,
    /// The button that forgets how far one has come.
    pub forget: &'static str,
    /// What that button does.
    pub forget_note: &'static str,
    /// The screen before.
    pub back: &'static str,
    /// The next screen.
    pub next: &'static str,
    /// The next chapter.
    pub next_chapter: &'static str,
    /// After the last screen.
    pub finished: &'static str,
    /// The question.
    pub question: &'static str,
    /// Answers to which of two is larger.
    pub larger_or_smaller: [&'static str; 2],
    /// Answers to which sign.
    pub positive_or_negative: [&'static str; 2],
    /// The answer that it is a step, with its token.
    pub step: fn(usize, &str) -> String,
    /// The label of the box for a number.
    pub your_answer: &'static str,
    /// The button that gives the answer.
    pub answer: &'static str,
    /// What stands in the box is no number.
    pub no_number: &'static str,
    /// What was answered.
    pub you_said: fn(&str) -> String,
    /// It is right.
    pub right: &'static str,
    /// It is not.
    pub wrong: &'static str,
    /// A number that is right, and how far off it was.
    pub off_by: fn(f64) -> String,
    /// The button that takes the answer back.
    pub again: &'static str,
    /// The task.
    pub task: &'static str,
    /// It is done.
    pub done: &'static str,
    /// The goal of a task, reached or not, for a screen reader.
    pub reached: fn(bool) -> &'static str,
    /// The hint.
    pub hint: &'static str,
    /// The button that does the task.
    pub show_one_way: &'static str,
    /// The experiment is not that of the screen any more.
    pub changed: &'static str,
    /// The button that brings it back.
    pub put_back: &'static str,
    /// Why time does not go on.
    pub answer_first: &'static str,
    /// The table of a broken program.
    pub program: &'static str,
    /// The length of the program's gradient.
    pub program_norm: &'static str,
    /// The length of the measured one.
    pub measured_norm: &'static str,
    /// How far the one is from the other, by its length.
    pub difference: &'static str,
    /// The same, of the program with the mistake that was guessed.
    pub guessed: &'static str,
}

/// The words of sharing and embedding.
#[derive(Debug)]
pub struct ShareWords {
    /// The link to what is on show.
    pub link: &'static str,
    /// Embedding it.
    pub embed: &'static str,
    /// What that is.
    pub embed_note: &'static str,
    /// The choice between a frame and an element.
    pub way: &'static str,
    /// The choice of what is shown alone.
    pub only: &'static str,
    /// Nothing alone.
    pub all: &'static str,
    /// What is hidden.
    pub hide: &'static str,
    /// What is fixed.
    pub lock: &'static str,
    /// A part, a view or a control, by its name in an address.
    pub part: fn(&str) -> &'static str,
    /// The live preview.
    pub preview: &'static str,
}

/// The words of what is taken along.
#[derive(Debug)]
pub struct TakeWords {
    /// The button and the dialogue.
    pub button: &'static str,
    /// The button that closes it.
    pub close: &'static str,
    /// The choice of a file to open.
    pub open: &'static str,
    /// Saves a file.
    pub download: &'static str,
    /// The programs.
    pub programs: &'static str,
    /// What they are.
    pub programs_note: &'static str,
    /// The files.
    pub files: &'static str,
    /// The experiment as a file.
    pub experiment: &'static str,
    /// The trace as a file.
    pub trace: &'static str,
    /// Tables and pictures.
    pub figures: &'static str,
}

/// All sentences in one language.
#[derive(Debug)]
pub struct Words {
    /// The language in itself.
    pub language_name: &'static str,
    /// The label of the language switch.
    pub language: &'static str,
    /// What the page is for, in one line.
    pub tagline: &'static str,
    /// The text on the first frame.
    pub first_text: &'static str,
    /// The seed with which that text shows an error that visibly fades on its way back.
    pub first_seed: u64,
    /// A longer text, of a dozen words.
    pub long_text: &'static str,
    /// A text of a dozen letters.
    pub letters_text: &'static str,
    /// The button for a dark page.
    pub dark_theme: &'static str,
    /// The button for a light page.
    pub light_theme: &'static str,

    /// The switch between views.
    pub views: &'static str,
    /// A view.
    pub view: fn(View) -> &'static str,
    /// The words of the chain view.
    pub chain: ChainWords,
    /// The words of the laboratory.
    pub lab: LabWords,
    /// The words of the lesson.
    pub lesson: LessonWords,
    /// The words of sharing and embedding.
    pub share: ShareWords,
    /// The words of what is taken along.
    pub take: TakeWords,
    /// The label of the choice of an example.
    pub examples: &'static str,
    /// Nothing is chosen.
    pub choose: &'static str,
    /// An example.
    pub example: fn(Example) -> &'static str,
    /// The region where the experiment is set up.
    pub experiment: &'static str,
    /// The label of the text box.
    pub sequence: &'static str,
    /// The label of the choice between words and characters.
    pub unit: &'static str,
    /// A word is one step.
    pub word: &'static str,
    /// A character is one step.
    pub character: &'static str,
    /// The label of the choice of a task.
    pub task: &'static str,
    /// The task of one sigmoid.
    pub binary: &'static str,
    /// The task of several labels.
    pub classes: &'static str,
    /// The task of the next token.
    pub next_token: &'static str,
    /// The label of the list of labels.
    pub labels: &'static str,
    /// The labels that the task begins with.
    pub first_labels: [&'static str; 3],
    /// The label of the target.
    pub target: &'static str,
    /// The label of the number of cells.
    pub cells: &'static str,
    /// One cell less.
    pub fewer_cells: &'static str,
    /// One cell more.
    pub more_cells: &'static str,
    /// The label of the spectral radius of W₁ₕ.
    pub spectral_radius: &'static str,
    /// The label of the seed.
    pub seed: &'static str,
    /// The button that goes to the next seed.
    pub next_seed: &'static str,
    /// The button that takes a change back.
    pub undo: &'static str,
    /// The button that makes it again.
    pub redo: &'static str,
    /// The button that goes back to the start weights.
    pub rewind: &'static str,
    /// What is wrong with the experiment, and how to mend it.
    pub problem: fn(&ExperimentError) -> String,
    /// The address of the page is too long.
    pub address_too_long: &'static str,
    /// A key of the address has this value, which it cannot have.
    pub address_value: fn(&str, &str) -> String,
    /// A key of the address makes no experiment, and why.
    pub address_experiment: fn(&str, &str) -> String,
    /// Said with a problem: the last good run is still shown.
    pub last_run_stays: &'static str,

    /// The region of the lanes.
    pub score: &'static str,
    /// The label of the time axis.
    pub time_step: &'static str,
    /// The head of the output's column.
    pub output: &'static str,
    /// The loss, in the output card.
    pub loss: &'static str,
    /// The sum of the contributions of these steps, from the first to the last number.
    pub sum_of_steps: fn(usize, usize) -> String,
    /// The sum is still empty.
    pub sum_not_begun: &'static str,
    /// The words of a lane.
    pub lane: fn(Lane, Parameter) -> LaneWords,
    /// What a model answers that sums its inputs.
    pub bag: &'static str,
    /// What that is.
    pub bag_note: &'static str,
    /// The region of the weights.
    pub weights: &'static str,
    /// What can be done with them.
    pub weights_note: &'static str,
    /// The label of a weight's value.
    pub weight: &'static str,
    /// How a token is moved.
    pub move_token: &'static str,
    /// The button that folds a lane away, or unfolds it.
    pub fold: fn(bool) -> &'static str,
    /// The label of the choice of a tensor.
    pub contributions_to: &'static str,
    /// In the output card, where every step has a loss.
    pub losses_together: &'static str,
    /// The name of a number.
    pub spot: fn(Spot, &Trace) -> String,
    /// The name of a weight by what it joins, as a row's head.
    pub place: fn(Place, &Trace) -> String,
    /// The button that opens the table of a lane's numbers.
    pub numbers_as_table: &'static str,
    /// A cell, by its number, as a row's head.
    pub cell: fn(usize) -> String,
    /// The sum, as a column's head.
    pub sum: &'static str,
    /// The switch to logarithmic colours.
    pub logarithmic: &'static str,
    /// The note beside a colour scale.
    pub scale: &'static str,

    /// What happens at a moment: its title.
    pub moment_title: fn(Moment, &Trace) -> String,
    /// What happens at a moment, in a sentence or two, with its numbers.
    pub moment_story: fn(Moment, &Trace) -> String,
    /// The place on the timeline: the moment of how many.
    pub moment_of: fn(usize, usize) -> String,
    /// The label of the rule.
    pub rule: &'static str,
    /// The region that says where a number comes from.
    pub origin: &'static str,
    /// Before the name of a number that the learner asks for.
    pub this_number: &'static str,
    /// Before the name of a number that is explained unasked.
    pub for_example: &'static str,
    /// A weight is given.
    pub given: &'static str,
    /// The list of the products that make a number.
    pub products: &'static str,
    /// The label of a remark on printed notes.
    pub remark_title: &'static str,
    /// Where printed notes simplify a rule, and what is exactly true.
    pub remark: fn(Quantity) -> Option<&'static str>,
    /// The lines of a program.
    pub in_numpy: &'static str,
    /// The button that copies.
    pub copy: &'static str,
    /// It has copied.
    pub copied: &'static str,
    /// The region of the present moment.
    pub present_moment: &'static str,

    /// The region of the transport.
    pub transport: &'static str,
    /// The button of the first moment.
    pub go_to_start: &'static str,
    /// The button of the moment before.
    pub step_back: &'static str,
    /// The button that starts or stops time.
    pub play: fn(Playback) -> &'static str,
    /// The button of the next moment.
    pub step_forward: &'static str,
    /// The button of the last moment.
    pub go_to_end: &'static str,
    /// The label of the slider.
    pub timeline: &'static str,
    /// The label of the speed.
    pub speed: &'static str,
    /// The button of an update.
    pub update: &'static str,
    /// What an update does.
    pub update_note: &'static str,
    /// How many updates there have been.
    pub updates: fn(usize) -> String,
    /// The forward phase of the timeline.
    pub forward: &'static str,
    /// The backward phase of the timeline.
    pub backward: &'static str,

    /// What was to be changed is fixed on this page.
    pub said_locked: &'static str,
    /// Initial weights have taken the place of given or learnt ones.
    pub weights_dropped: &'static str,
    /// A file could not be read.
    pub unreadable: &'static str,
    /// A text is one token.
    pub one_token: &'static str,
    /// The button that takes characters as steps.
    pub take_characters: &'static str,
    /// Copying was refused.
    pub copy_refused: &'static str,
    /// An address is there twice.
    pub address_twice: &'static str,
    /// A link is long.
    pub link_long: &'static str,
    /// The spectral radius that given or learnt weights have, and the initial one.
    pub real_radius: fn(f64, f64) -> String,
    /// A key that there is not, and the one that it is most like.
    pub address_unknown: fn(&str, Option<&str>) -> String,
    /// A key is there more than once.
    pub address_repeated: fn(&str) -> String,
    /// A key has no effect beside another.
    pub address_unused: fn(&str, &str) -> String,
    /// A moment or a number that the run does not have.
    pub address_beyond: fn(&str, &str) -> String,
    /// Signs stand where spaces seem to be meant.
    pub address_no_spaces: fn(&str) -> String,
    /// Why ∂L/∂H of a step is exactly 0, in whole sentences.
    pub silence: fn(&[Silence], Step) -> String,
    /// In the place of a quotient that there is not.
    pub no_ratio: fn(NoRatio) -> &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rnn::weights;

    #[test]
    fn the_first_frame_shows_an_error_that_fades() {
        for language in Language::ALL {
            let trace = Trace::of(language.first_experiment().unwrap());
            let norms: Vec<f64> = (trace.backward.d_hidden.rows().into_iter())
                .map(|row| weights::norm(row.iter().copied()))
                .collect();
            assert!(norms.windows(2).all(|pair| pair[0] < 0.95 * pair[1]), "{norms:?}");
            assert!(norms[0] < 0.1 * norms[norms.len() - 1], "{norms:?}");
            let shown = trace.forward.hidden.rows().into_iter().skip(1);
            for value in shown.flatten().chain(&trace.backward.d_pre_activation) {
                assert!((0.005..0.955).contains(&value.abs()), "{value}");
            }
        }
    }

    #[test]
    fn a_language_is_found_by_its_code() {
        assert_eq!(Language::from_code("ko-KR"), Some(Language::Korean));
        assert_eq!(Language::from_code("EN"), Some(Language::English));
        assert_eq!(Language::from_code("fr"), None);
        assert_eq!(Language::from_code(""), None);
    }
}
