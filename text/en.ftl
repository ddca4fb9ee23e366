### The words of the page in English, in the syntax of Project Fluent (https://projectfluent.org).
###
### English says which entries there are. Another language is a file beside this one, named by its
### code (BCP 47), with the same entries; the build says what is missing, and where.
###
### The comment on an entry says where it stands, and then what each placeholder is: a String, or a
### Number, by which a plural can be chosen. A line may end wherever there is a space.
###
### A formula stands between backticks: `∂L/∂H⁽ᵗ⁾`. Letters alone are formulas too: `H`, `t`. Time is a
### superscript in parentheses. The build says where a sign of a formula stands outside.

## The language itself

# The language in its own words: an entry of the switch between languages.
language-name = English

# The label of that switch, for a screen reader.
language = Language

## Texts and a seed that a run begins with: not translated, but chosen

# A film review of about seven words that is negative. It is the experiment on the first frame, and
# that of most examples.
first-text = the film was not good at all

# A whole number: the random weights of the first frame. With it the gradient must shrink on its
# way back through that text; where it does not, `cargo test --lib text` fails and says which seed will do.
first-seed = 1231

# The set of sequences with which the training begins: a name in the folder `data`, not translated, but
# chosen.
first-set = opinions-en

# A longer negative review, of about a dozen words, for the example of exploding gradients.
long-text = the film began well but in the end it was not good at all

# About a dozen letters that repeat, for the example in which every letter is predicted.
letters-text = hello hello!

# The first of the labels that a task of several labels begins with.
label-negative = negative

# The second.
label-neutral = neutral

# The third.
label-positive = positive

## The top of the page

# What the page is for, in one line.
tagline =
    Watch a recurrent neural network read a sentence, and backpropagation through time find out how
    to improve it.

# The switch between views, for a screen reader.
views = Views

# A tab: the whole network, to be explored freely.
view-score = Explore

# A tab: the lesson.
view-lesson = Lesson

# A tab: a network that is trained on many sequences.
view-train = Train

# A tab: the product of the Jacobians.
view-chain = Jacobians

# A tab: the laboratory, where a gradient is tried.
view-laboratory = Laboratory

# The button, on a narrow page, that opens what else is in the head of the page.
menu = Menu

# The button for the dark theme.
dark-theme = Dark theme

# The button for the light theme.
light-theme = Light theme

# The button that takes a change back.
undo = Undo

# The button that makes it again.
redo = Redo

# The button that goes back to the initial weights, which the seed gave.
rewind = Reset to the initial weights

# How often the weights have been updated, beside those buttons.
# $count (Number): how many updates
updates =
    { $count ->
        [one] 1 update
       *[other] { $count } updates
    }

## Setting up the experiment

# The region, for a screen reader.
experiment = Experiment

# The label of the choice of an example.
examples = Example

# The entry of that choice when nothing is chosen.
choose = Choose …

# An example: that of the first frame.
example-first = A film review

# An example: every step predicts the next letter.
example-next-letter = Predict the next letter

# An example: gradients vanish because W₁ₕ is small.
example-small-weights = Vanishing gradients: small `W₁ₕ`

# An example: gradients vanish because tanh is saturated.
example-saturated = Vanishing gradients: saturated tanh

# An example: gradients explode.
example-exploding = Exploding gradients

# An example: an LSTM carries the gradient back.
example-carried = The LSTM: the gradient reaches the first step

# An example: numbers, with a target at every step.
example-parity = Numbers: is the count of ones odd so far?

# The label of the box for the text.
sequence = Sequence

# The label of the choice between words and characters; “word” or “character” follows.
time-step-is = One time step is a

# Under the box for the text: all of it is one word; the next button follows.
one-token = This is a single token. Do you want characters as time steps?

# The button that makes each character a time step.
take-characters = Use characters

# The choice: a time step is a word.
word = word

# The choice: a time step is a character.
character = character

# The choice: a time step is a number, or several.
number = number

# The label of the choice of a cell.
cell-kind = Cell

# The button behind which the other cells are.
more-cells = more

# A cell.
cell-tanh = tanh

# When it is used.
cell-tanh-note = The plain RNN (Elman 1990): one weighted sum and a tanh. Start here.

# A cell.
cell-relu = ReLU

# When it is used.
cell-relu-note = Like tanh, with `max(0, z)`: it does not saturate upwards, so states can grow without bound.

# A cell.
cell-sigmoid = sigmoid

# When it is used.
cell-sigmoid-note =
    Like tanh, but its values lie between 0 and 1. Its slope is at most `1/4`, so gradients vanish
    sooner.

# A cell.
cell-lstm = LSTM

# When it is used.
cell-lstm-note = Two states and three gates: for what must be remembered over many steps.

# A cell.
cell-gru = GRU

# When it is used.
cell-gru-note = One state and two gates, fewer weights than an LSTM; the form of papers and textbooks.

# A cell.
cell-gru-reset-after = GRU, reset after

# When it is used.
cell-gru-reset-after-note =
    The GRU of PyTorch, Keras and cuDNN, which applies the reset gate after the product with the weights.
    Use it to compare numbers with theirs.

# The label of the slider for the initial bias of the gate that keeps. Also before its bounds.
keep-bias = Keep bias

# The label of the box for the state with which the first step begins; its symbol follows.
start-state = Start state

# In that box, where it is empty.
zeros = all 0

# The label of the choice whether the losses of all steps are summed or averaged.
reduction = Loss `L`

# That choice.
reduction-sum = sum

# That choice.
reduction-mean = mean

# The box for the target of a step.
# $step (Number): the step
target-of-step = Target of step { $step }

# The label of the choice of a task.
task = Task

# A task: binary classification.
binary = binary classification

# A task: multi-class classification.
classes = multi-class classification

# A task: the outputs are numbers.
values = regression

# The first three tasks with a target at every step.
binary-each = binary, every step

# The same.
classes-each = multi-class, every step

# The same.
values-each = regression, every step

# A task: next-token prediction, at every step.
next-token = next-token prediction

# The label of the box for the list of labels.
labels = Labels (comma-separated)

# The label of the target. Also in the card at the output, as in “Target y = 0”, and before the bounds
# of its value.
target = Target `y`

# The label of the number of hidden units. Also before the bounds of that number.
units = Hidden units

# The button that takes one away.
fewer-units = Fewer hidden units

# The button that adds one.
more-units = More hidden units

# The label of the slider that sets the spectral radius of the initial weights. Also before the bounds
# of that number.
spectral-radius = Initial spectral radius of `W₁ₕ`

# The same label where a cell has several such matrices.
spectral-radius-gated = Initial spectral radius of each recurrent matrix

# At that slider, where the weights are not the initial ones any more.
# $real (String): the spectral radius of the weights
# $initial (String): that of the initial weights
real-radius = { $real } (initial { $initial })

# The label of the box for the seed.
seed = Random seed

# The button that goes to the next seed.
next-seed = Next seed

# Said after what is wrong with the experiment: the last good run is still on show.
last-run-stays = The last valid run is still shown below.

# How two sentences follow each other.
# $first (String): a sentence
# $second (String): the sentence after it
two-sentences = { $first } { $second }

## What the page says of what has just happened

# What was to be changed is fixed on this page.
said-locked = This setting is locked on this page.

# Weights from the seed have taken the place of given or trained ones; the button “Undo” follows.
weights-dropped =
    The given or trained weights were replaced by new initial weights. Undo brings them back.

# Steps have become numbers, where the text was none; the button “Undo” follows.
text-replaced =
    Each step is now a number. The text was not a list of numbers, so another sequence stands in its
    place. Undo, or switching back, restores the text.

# No line of a file that was dropped on the training can be trained on.
no-lines =
    No line of this file can be trained on. Write one sequence a line, then a tab and its target;
    “Your own sequences” says what is wrong with each line.

# A file that was opened or dropped could not be read.
unreadable =
    This could not be read. Choose or drop one file: an experiment (JSON), or a network (safetensors, npz).

## What is wrong with an experiment, and how to mend it

# The text has no token.
problem-empty = Type at least one token.

# The text has one token, and the task is to predict the next.
problem-nothing-to-predict = One token has no next token to predict. Type at least two.

# The text has too many characters.
problem-too-long = This text is too long to read. Shorten it to a few sentences.

# The text has too many tokens.
# $most (Number): how many there can be
problem-too-many-tokens =
    At most { $most } time steps fit on the page. Shorten the text, or use words as time steps.

# The text has a control character.
# $position (Number): its place among the characters, from 1
# $code (String): its code point in hexadecimal, such as 0007
problem-control-character = Character { $position } is the control character U+{ $code }. Remove it.

# The text has an accent or the like with nothing before it.
# $position (Number): its place among the characters, from 1
# $code (String): its code point in hexadecimal, such as 0301
problem-lone-modifier =
    Character { $position } (U+{ $code }) only changes the character before it, and there is none.
    Type that character first, or remove this one.

# The experiment has a vocabulary of its own, and the text has a token that is not in it.
# $token (String): the token
problem-unknown-token = “{ $token }” is not in the given vocabulary. Use another token.

# There are too few or too many labels.
# $least (Number): how many there must be
# $most (Number): how many there can be
problem-list-length = Enter { $least } to { $most } entries, with a comma between them.

# A label is there twice.
# $entry (String): the label
problem-repeated-entry = “{ $entry }” appears twice. Each entry must be different.

# A label is empty.
# $number (Number): which one, from 1
problem-empty-entry = Entry { $number } is empty. Type something, or remove the extra comma.

# A number is too small or too large.
# $name (String): what it is called on the page, such as `Learning rate η`
# $least (String): the least that it can be
# $most (String): the most that it can be
problem-out-of-range = { $name } must be between { $least } and { $most }.

# The same, where nothing is too large.
# $name (String): what it is
# $least (String): the smallest
problem-too-small = { $name } must be at least { $least }.

# The same, of a size.
# $name (String): what it is
problem-not-positive = { $name } must be more than 0.

# A setting of another cell.
# $cell (String): the cell
# $name (String): the setting
problem-no-such-part = The cell { $cell } has no such setting: { $name }. Remove it.

# What that number may be, beside the labels of controls: η.
learning-rate = Learning rate `η`

# The same: how many steps each loss is backpropagated through.
truncation-window = Truncated BPTT window `w`

# The same: the threshold of gradient clipping.
clipping-threshold = Clipping threshold `c`

# The same: a weight in a file.
# $symbol (String): its symbol, such as W₁ₕ
# $row (String): its row, from 1
# $column (String): its column, from 1
weight-in-file = Weight `{ $symbol }`, row { $row }, column { $column }

# A number of the run grows to infinity.
problem-overflow =
    The numbers of this run are too large to represent. Choose smaller weights or a smaller spectral
    radius.

# The seed is no whole number.
# $most (String): the largest that it can be
problem-not-whole = The seed must be a whole number from 0 to { $most }.

# What is typed is no target of the task.
# $found (String): what is typed
# $step (Number): the step
problem-not-target =
    “{ $found }” at step { $step } is not a target of this task. Leave the box empty if the step has
    none.

# What is typed is no list of numbers.
# $found (String): what is typed
problem-not-numbers =
    “{ $found }” is not a list of numbers. Separate the numbers by commas, as in 0.5, −1.

# There are not as many targets as steps.
# $found (Number): how many there are
# $expected (Number): how many steps there are
problem-target-count =
    { $found ->
        [one] There is 1 target
       *[other] There are { $found } targets
    } and { $expected ->
        [one] 1 step
       *[other] { $expected } steps
    }. Give each step a target, or none.

# No step has a target.
problem-no-target = Give at least one step a target.

# A target has more or fewer numbers than the first.
# $entry (Number): the step
# $found (Number): how many numbers it has
# $expected (Number): how many the first has
problem-target-length =
    The target of step { $entry } has { $found ->
        [one] 1 number
       *[other] { $found } numbers
    }, but the first target has { $expected }. Give every target the same number of values.

# A start state has more or fewer numbers than there are hidden units.
# $found (Number): how many it has
# $expected (Number): how many units there are
problem-initial-length =
    The start state has { $found ->
        [one] 1 number
       *[other] { $found } numbers
    }. It needs { $expected }, one for each hidden unit.

# A step is no number.
# $part (String): what the learner typed
# $step (Number): the step
problem-not-a-number =
    Step { $step }: “{ $part }” is not a number. Write each step as a number, or several with
    commas: 1,0.

# A comma has no number on one side.
# $token (String): the step as it is written
# $step (Number): the step
problem-comma = Step { $step }: “{ $token }” has a comma too many. Remove it.

# A number is too large.
# $part (String): the number as it is written
# $step (Number): the step
problem-number-too-large =
    Step { $step }: { $part } is too large. It must be between −1000000 and 1000000.

# A step has more or fewer numbers than the first.
# $step (Number): the step
# $found (Number): how many it has
# $expected (Number): how many the first has
problem-ragged =
    Step { $step } has { $found ->
        [one] 1 number
       *[other] { $found } numbers
    }, but step 1 has { $expected }. Give every step the same number of values.

# A step has too many numbers.
# $most (Number): how many it may have
problem-too-many-numbers = A step may have at most { $most } numbers.

# Numbers with a vocabulary.
problem-no-vocabulary = Numbers have no vocabulary. Remove it.

# Numbers with next-token prediction.
problem-no-next-token =
    Numbers have no next token to predict. Choose another task, or another unit of a time step.

# A file or an address cannot be read as an experiment.
# $reason (String): why, in English, with the field’s name
problem-malformed = This is not a valid experiment: { $reason }.

## The address of the page

# The address is too long; the page shows its first experiment.
address-too-long =
    The link is too long to read, so the page shows its default experiment. Ask for a new link.

# A value in the address is none that its key can have.
# $key (String): the key, such as view
# $value (String): the value
address-value =
    The link contains an invalid value, { $key } = “{ $value }”. It was ignored. Correct it, or ask
    for a new link.

# A value in the address makes an experiment that cannot run.
# $key (String): its key in the address, such as cells
# $problem (String): what is wrong, in a sentence or two
address-experiment = The link’s “{ $key }” was ignored: { $problem }

# A value of the address has a character that cannot be read.
# $key (String): the key, such as text
address-damaged =
    The link is damaged: part of “{ $key }” could not be read. Ask for a new link.

# A value of the address seems to have swallowed the settings after it.
# $key (String): the key, such as text
# $sign (String): the sign that stands between, such as ;
# $name (String): the key that stands in the value
address-inside =
    The value of “{ $key }” in the link contains “{ $sign }{ $name }=”. If that is a setting, write &
    before it instead of { $sign }.

# The address has settings at two places.
address-twice = The link has settings both after ? and after #. Only those after # were used.

# The address hides every part of the page.
address-nothing-left = The link hides every part of the page. Name fewer parts in “hide”.

# The address has a key that there is not.
# $key (String): the key
address-unknown = The link contains “{ $key }”, which is not a setting. It was ignored.

# The same, where one that there is looks like it.
# $key (String): the key
# $nearest (String): the one that may be meant
address-unknown-nearest =
    The link contains “{ $key }”, which is not a setting. It was ignored. Did you mean
    “{ $nearest }”?

# The address has a key more than once.
# $key (String): the key
address-repeated = The link contains “{ $key }” more than once. Only the first one was used.

# The address has a key that has no effect beside another.
# $key (String): the key
# $beside (String): the other
address-unused = “{ $key }” has no effect together with “{ $beside }” and was ignored.

# The address names a stage or a number that the run does not have.
# $key (String): the key
# $value (String): the value
address-beyond =
    The link points at { $key } = “{ $value }”, which this sequence and network do not have.

# The text in the address is one word, in which signs stand where spaces may be meant.
# $sign (String): the sign, such as +
address-no-spaces =
    The text of the link is one word with “{ $sign }” in it. If spaces are meant, write + (not %2B)
    between words in the link.

## The unrolled network: its lanes, one below the other

# The region, for a screen reader.
score = Unrolled network

# The label of the axis of time, and the head of the first column of tables.
time-step = Time step

# How a token is moved; the token stands before it.
move-token = drag it, or press Alt and an arrow key, to move it

# The head of the column after the last step.
output = output

# The loss, in the card at the output, as in “loss L = 0.69”; also in a table.
loss = loss

# The list of the labels and their predicted probabilities in that card, for a screen reader.
predictions = Predicted probabilities

# The head of the card at the output; the symbol of the prediction follows.
prediction = Prediction

# In the card at the output, where every step has a loss: the number below is their sum.
losses-together = sum over all steps

# The same where it is their mean.
losses-averaged = mean over the steps

# In the card at the output: the prediction of a model that sums its inputs.
# $prediction (String): the prediction
bag = bag of words: { $prediction }

# What that is, as a tooltip.
bag-note =
    Prediction of a bag-of-words model with these same weights: it sums the words first, so their
    order cannot matter

# The name of a lane: the predictions of every step.
lane-output = Prediction `A₂`

# What it shows.
lane-output-note = made of `H·W₂ + b₂` at every step, with the loss of that step

# The name of a lane: the hidden states.
lane-hidden = Hidden state `H`

# What it shows.
lane-hidden-note = `tanh(X⁽ᵗ⁾·W₁ₓ + H⁽ᵗ⁻¹⁾·W₁ₕ + b₁)`

# The name of a lane: the errors.
lane-error = Error `∂L/∂Z₁`

# What it shows.
lane-error-note = `∂L/∂H ⊙ (1 − H²)`

# The name of a lane: the gradients at the hidden states.
lane-hidden-error = Gradient `∂L/∂H`

# What it shows.
lane-hidden-error-note = at the hidden state: how the loss reacts to each unit at each step

# After what the lanes of the gradients show, where the way back is truncated.
lane-truncated = 0: cut off by truncated BPTT

# The name of a lane: their norms, as bars.
lane-norm = Norm `‖∂L/∂H‖`

# What it shows.
lane-norm-note = norm of each column above: how strongly the loss still reacts to this step

# The name of a lane: what each step contributes to ∂L/∂W₁ₓ.
lane-w1x = Contributions to `∂L/∂W₁ₓ`

# What it shows.
lane-w1x-note = `X⁽ᵗ⁾ᵀ·∂L/∂Z₁⁽ᵗ⁾` of each step, and their sum

# The name of a lane: what each step contributes to ∂L/∂W₁ₕ.
lane-w1h = Contributions to `∂L/∂W₁ₕ`

# What it shows.
lane-w1h-note = `H⁽ᵗ⁻¹⁾ᵀ·∂L/∂Z₁⁽ᵗ⁾` of each step, and their sum

# The name of a lane: what each step contributes to ∂L/∂b₁.
lane-b1 = Contributions to `∂L/∂b₁`

# What it shows.
lane-b1-note = `∂L/∂Z₁⁽ᵗ⁾` of each step, and their sum

# What that lane shows in a cell with gates.
lane-norm-short = how strongly the loss still reacts to this step

# The name of a lane of a cell with gates: F.
lane-forget = Forget gate `F`

# What it shows.
lane-forget-note = `1` keeps, `0` forgets

# The name of a lane of a cell with gates: I.
lane-input = Input gate `I`

# What it shows.
lane-input-note = how much of `G` is added

# The name of a lane of a cell with gates: O.
lane-output-gate = Output gate `O`

# What it shows.
lane-output-gate-note = how much of `tanh(C)` becomes `H`

# The name of a lane of a cell with gates: R.
lane-reset = Reset gate `R`

# What it shows.
lane-reset-note = how much of `H⁽ᵗ⁻¹⁾` the candidate uses

# The name of a lane of a cell with gates: U.
lane-update = Update gate `U`

# What it shows.
lane-update-note = `1` keeps `H⁽ᵗ⁻¹⁾`, `0` takes `G`

# The name of a lane of a cell with gates: G.
lane-candidate = Candidate `G`

# The name of a lane of a cell with gates: C.
lane-memory = Cell state `C`

# The name of a lane: a weighted sum.
# $symbol (String): its symbol, such as Z_f
lane-sum = Weighted sum `{ $symbol }`

# The name of a lane: any other variable.
# $symbol (String): its symbol, such as tanh(C)
lane-value = `{ $symbol }`

# The name of a lane: the gradient at a weighted sum.
# $symbol (String): its symbol, such as ∂L/∂Z_f
lane-error-of = Error `{ $symbol }`

# The name of a lane: the gradient at any other variable.
# $symbol (String): its symbol, such as ∂L/∂C
lane-gradient-of = Gradient `{ $symbol }`

# What the lane of ∂L/∂H shows in a cell with gates.
lane-gated-error-note = dashed arrows: through the weights; solid arrows: straight through the gate

# What the lane of ∂L/∂C shows.
lane-memory-error-note = from step `t + 1` straight through `F`, and from `H` of this step

# The name of a lane: one of the summands of a gradient.
# $symbol (String): the gradient, such as ∂L/∂C
# $rule (String): the summand, in marks, such as `∂L/∂H ⊙ O`
lane-arrival = Part of `{ $symbol }`: { $rule }

# The name of a lane: norms of a gradient, as bars.
# $symbol (String): the gradient, such as ∂L/∂C
lane-norm-of = Norm `‖{ $symbol }‖`

# The name of a lane: what each step contributes to a gradient.
# $symbol (String): the gradient, such as ∂L/∂W_fh
lane-contributions-to = Contributions to `{ $symbol }`

# What it shows.
# $rule (String): what each step contributes, as a formula
lane-contributions-note = `{ $rule }` of each step, and their sum

# The heading of a drawing: one unit of the cell at the present step.
# $step (Number): the step
# $unit (Number): the unit, from 1
opened = Inside the cell: step { $step }, unit { $unit }

# The choice which numbers are drawn there, for a screen reader.
opened-direction = direction

# That choice: those of the forward pass.
opened-forward = forward

# That choice: those of the backward pass.
opened-backward = backward

# The heading of what the network expects behind the last token.
after-text = After the text

# The label of the slider for how the next token is drawn.
temperature = Temperature

# Its value 0: the likeliest token is taken.
greedy = 0: take the likeliest

# The button that draws another token.
draw-again = Draw again

# The button that puts the token at the end of the text.
# $token (String): the token
add-token = Add “{ $token }” to the text

# The label of the switch between the gates of those lanes, for a screen reader.
gate = gate

# What folds out the buttons that add rows.
# $count (Number): how many rows there are
more-lanes = More rows ({ $count })

# The label of the switch between those three lanes.
contributions-to = Contributions to

# At the end of the lane of contributions: what is summed, while it is one step.
# $step (Number): the step
sum-of-step = sum: step { $step }

# The same of several steps.
# $first (Number): the first step
# $last (Number): the last step
sum-of-steps = sum: steps { $first }–{ $last }

# The same before the first step.
sum-not-begun = nothing summed yet

# The button at the name of a lane, which collapses it, as a tooltip.
fold-away = Collapse

# The same button where the lane is collapsed.
unfold = Expand

# The switch to a logarithmic colour scale.
logarithmic = Logarithmic colour scale (makes small values visible)

# The colour scale, for a screen reader.
scale = colour scale

# The button that opens the table of a lane’s numbers.
numbers-as-table = Table

# The head of the last column of such a table.
sum = sum

## The weights

# The region, and the caption of its table.
weights = Weights

# What can be done with them.
weights-note = Hover over a weight to see its value; click it to change it.

# The label of the box and the slider for a weight’s value, and the head of a column.
weight = Value of the weight

## The names of numbers, as in “H, step 3, unit 1”

# A hidden unit; also at the head of a table’s row.
# $number (Number): the unit, from 1
unit = unit { $number }

# A weight of W₁ₓ by what it joins.
# $token (String): the token of its row
# $unit (Number): the unit of its column, from 1
place-input = “{ $token }” → unit { $unit }

# A weight of W₁ₕ by what it joins.
# $from (Number): the unit of its row, from 1
# $to (Number): the unit of its column, from 1
place-recurrent = unit { $from } → unit { $to }

# A weight of W₂ by what it joins.
# $unit (Number): the unit of its row, from 1
# $output (String): the output of its column, by one of the next two
place-output = unit { $unit } → { $output }

# An output that has a name.
# $name (String): its label or token
output-named = “{ $name }”

# The one output of binary classification.
output-unnamed = output

# A number of a step.
# $symbol (String): its symbol, such as L
# $step (Number): the step
spot-of-step = `{ $symbol }`, step { $step }

# A number of a unit at a step.
# $symbol (String): its symbol, such as H
# $step (Number): the step
# $unit (Number): the unit, from 1
spot-of-unit = `{ $symbol }`, step { $step }, unit { $unit }

# What a variable starts with.
# $symbol (String): its symbol, such as H
# $unit (Number): the unit, from 1
spot-start = Initial `{ $symbol }`, unit { $unit }

# One of the summands of a gradient.
# $symbol (String): the gradient, such as ∂L/∂C
# $step (Number): the step
# $unit (Number): the unit, from 1
# $from (String): where it comes from, by one of the entries “cause”
spot-arrival = Part of `{ $symbol }`, step { $step }, unit { $unit }: { $from }

# A number of a named output at a step.
# $symbol (String): its symbol, such as A₂
# $name (String): the output’s label or token
# $step (Number): the step
spot-of-output = `{ $symbol }` of “{ $name }”, step { $step }

# A weight, or its gradient.
# $symbol (String): its symbol, such as W₁ₕ
# $place (String): what it joins, by one of the entries “place” above
spot-of-weight = `{ $symbol }`, { $place }

# A weight after an update.
# $symbol (String): its symbol, such as W₁ₕ
# $place (String): what it joins
spot-updated = Updated `{ $symbol }`, { $place }

# What a step contributes to the gradient of a weight.
# $symbol (String): the symbol of the gradient, such as ∂L/∂W₁ₕ
# $step (Number): the step
# $place (String): what the weight joins
spot-contribution = Contribution of step { $step } to `{ $symbol }`, { $place }

# A number of a Jacobian, or of a product of Jacobians.
# $symbol (String): its symbol, such as ∂H⁽⁷⁾/∂H⁽³⁾
# $from (Number): the unit of the earlier step, from 1
# $to (Number): the unit of the later step, from 1
spot-chain = `{ $symbol }`, unit { $from } → unit { $to }

## The panel beside the network: the current stage

# The region, for a screen reader.
present-stage = Current stage

# The place on the timeline.
# $number (Number): the stage, from 1
# $count (Number): how many there are
stage-of = Stage { $number } of { $count }

# The title of a stage: the hidden state of a step is computed.
# $step (Number): the step
# $token (String): its token
stage-forward = Forward · step { $step }, “{ $token }”

# The title of a stage: the output is computed.
stage-output = Forward · output layer

# The title of a stage: the loss is computed.
stage-loss = Forward · loss

# The title of a stage: the error at the output is computed.
stage-backward-output = Backward · output layer

# The title of a stage: the gradient and the error of a step are computed.
# $step (Number): the step
# $token (String): its token
stage-backward = Backward · step { $step }, “{ $token }”

# The title of a stage: the weights change.
stage-update = Update · one gradient-descent step

# What happens as the first hidden state is computed.
story-first =
    The network reads the first token. There is no earlier hidden state (`H⁽⁰⁾ = 0`), so `H⁽¹⁾`
    depends on this token alone.

# What happens as a later hidden state is computed.
# $before (Number): the step before
story-forward =
    The token and the hidden state of step { $before } are multiplied by their weights and added,
    and tanh brings the result between −1 and 1. The weights are the same at every step.

# What happens as the state of an LSTM is computed.
# $before (Number): the step before, 0 at the first
story-lstm =
    From the token and { $before ->
        [0] the start state
       *[other] the hidden state of step { $before }
    } the cell computes three gates and the candidate `G`. `F` keeps part of the cell state, `I` adds
    part of `G`, and `O` makes `H` from `tanh(C)`.

# What happens as the state of a GRU is computed.
# $before (Number): the step before, 0 at the first
story-gru =
    From the token and { $before ->
        [0] the start state
       *[other] the hidden state of step { $before }
    } the cell computes two gates and the candidate `G`. `U` keeps part of the hidden state and takes
    the rest from `G`; `R` decides how much of the earlier state `G` can use.

# What arrives at a step of a cell with gates to which nothing comes back from later steps.
# $norm (String): the norm of ∂L/∂H
story-gated-own = The gradient arrives from this step’s own output: `‖∂L/∂H‖` is { $norm }.

# At a step of a cell with gates that no gradient reaches.
story-gated-nothing = No gradient arrives at this step, so it contributes nothing.

# After what arrives at a step from later ones, where its own output adds to it.
story-gated-also = Part of the gradient at `H` is from this step’s own output.

# What arrives at an earlier step of an LSTM.
# $next (Number): the step after
# $state (String): the norm of ∂L/∂H
# $memory (String): the norm of ∂L/∂C
story-lstm-arrives =
    From step { $next } the gradient arrives by two routes: straight to `C`, multiplied only by `F`;
    and to `H`, through the weights of the gates (`‖∂L/∂H‖` is { $state }), from where a part is
    added at `C`. Together `‖∂L/∂C‖` is { $memory }.

# What arrives at an earlier step of a GRU.
# $next (Number): the step after
# $norm (String): the norm of ∂L/∂H
story-gru-arrives =
    From step { $next } the gradient arrives by two routes: straight, multiplied only by `U`, and
    through the weights. Together `‖∂L/∂H‖` is { $norm }.

# What happens as the state of any other cell is computed, or of one with a start state.
# $before (Number): the step before, 0 at the first
# $function (String): the function of the cell, such as relu
story-cell =
    The token and { $before ->
        [0] the start state
       *[other] the hidden state of step { $before }
    } are multiplied by their weights and added; `{ $function }` of the result is the new hidden state.
    The weights are the same at every step.

# What happens as the output is computed, where several steps have a target.
story-output-each =
    At every step that has a target the hidden state becomes the prediction `A₂`, with the same `W₂` and
    `b₂`.

# The same: the outputs are numbers.
story-output-values =
    The last hidden state holds what the network remembers of the whole sequence. One weighted sum turns
    it into the prediction; there is no function behind it.

# What happens as the output is computed: binary classification.
# $prediction (String): the predicted probability
story-output-binary =
    The last hidden state holds what the network remembers of the whole sequence. One weighted sum
    and a sigmoid turn it into the prediction, the probability { $prediction }.

# The same: multi-class classification.
# $prediction (String): the predicted probability of the target
story-output-classes =
    The last hidden state holds what the network remembers of the whole sequence. A weighted sum for
    each label and a softmax turn it into probabilities; that of the target is { $prediction }.

# The same: next-token prediction.
story-output-next =
    At every step a softmax gives each token of the vocabulary a probability of coming next. The
    dark bar is the token that really comes.

# What happens as the loss is computed, where several steps have a target.
# $loss (String): the loss
story-loss-each =
    Every step that has a target has a loss of its own: the further off its prediction, the larger it is.
    Together the loss is { $loss }.

# The same: the outputs are numbers.
# $loss (String): the loss
story-loss-values =
    The loss is half the squared distance between prediction and target: here { $loss }.

# What happens as the loss is computed: binary classification.
# $target (Number): the target, 0 or 1
# $loss (String): the loss
story-loss-binary =
    The prediction is compared with the target { $target }. The further off it is, the larger the
    loss: here { $loss }.

# The same: multi-class classification.
# $loss (String): the loss
story-loss-classes =
    Only the predicted probability of the target counts: the smaller it is, the larger the loss.
    Here the loss is { $loss }.

# The same: next-token prediction.
# $loss (String): the sum of all losses
story-loss-next =
    Every step has a loss of its own: the smaller the predicted probability of the token that comes,
    the larger it is. Together the losses are { $loss }.

# What happens as the error at the outputs is computed, where several steps have a target or the outputs
# are numbers.
story-error-each =
    The backward pass begins: the error `∂L/∂Z₂` of each output is its prediction minus its target.
    Summed over the steps, these errors give the gradients of `W₂` and `b₂`.

# The same where the losses are averaged.
story-error-mean =
    The backward pass begins: the error `∂L/∂Z₂` of each output is its prediction minus its target,
    divided by the number of losses. Summed over the steps, these errors give the gradients of `W₂`
    and `b₂`.

# What happens as the error at the output is computed: binary classification.
# $error (String): the error, with its sign
story-error-binary =
    The backward pass begins. At the output, the error `∂L/∂Z₂` is the prediction minus the target:
    { $error }. From it the gradients of `W₂` and `b₂` follow directly.

# The same: multi-class classification.
story-error-classes =
    The backward pass begins. At each output, the error `∂L/∂Z₂` is the predicted probability minus
    the target, which is 1 for the target label and 0 for the others. From it the gradients of `W₂`
    and `b₂` follow directly.

# The same: next-token prediction.
story-error-next =
    The backward pass begins, at every step: the error `∂L/∂Z₂` of each output is its probability,
    minus 1 for the token that comes. Summed over the steps, these errors give the gradients of `W₂`
    and `b₂`.

# What arrives at the last step in the backward pass; one of the two entries “story-adds” follows.
# $norm (String): the norm of the gradient at the hidden state
story-arrives-last =
    The gradient arrives from the output through `W₂ᵀ`. Its norm `‖∂L/∂H‖` is { $norm }.

# What arrives at an earlier step.
# $step (Number): the step after it, from which it comes
# $norm (String): the norm of the gradient at the hidden state
# $ratio (String): how many times that of the step after it
story-arrives =
    The gradient arrives from step { $step } through `W₁ₕᵀ`. Its norm `‖∂L/∂H‖` is { $norm }, which
    is { $ratio } times the norm at step { $step }.

# The same where a gradient comes from the step’s own output too.
# $step (Number): the step after it, from which it comes
# $norm (String): the norm of the gradient at the hidden state
# $ratio (String): how many times that of the step after it
story-arrives-both =
    The gradient arrives from step { $step } through `W₁ₕᵀ`, and from this step’s own output. Its
    norm `‖∂L/∂H‖` is { $norm }, which is { $ratio } times the norm at step { $step }.

# What arrives at an earlier step, where it cannot be compared to the step after it.
# $step (Number): the step after it, from which it comes
# $norm (String): the norm of the gradient at the hidden state
story-arrives-norm =
    The gradient arrives from step { $step } through `W₁ₕᵀ`. Its norm `‖∂L/∂H‖` is { $norm }.

# The same where a gradient comes from the step’s own output too.
# $step (Number): the step after it, from which it comes
# $norm (String): the norm of the gradient at the hidden state
story-arrives-both-norm =
    The gradient arrives from step { $step } through `W₁ₕᵀ`, and from this step’s own output. Its
    norm `‖∂L/∂H‖` is { $norm }.

# The same where a gradient comes from the step’s own output alone.
# $step (Number): the step after it, from which nothing comes
# $norm (String): the norm of the gradient at the hidden state
story-arrives-own =
    The gradient arrives from this step’s own output alone. Its norm `‖∂L/∂H‖` is { $norm }. Nothing
    arrives from step { $step }.

# The same where the numbers have overflowed.
story-arrives-overflow =
    The gradient that arrives is larger than the largest number a computer can represent, about
    1.8e308: `‖∂L/∂H‖` has overflowed.

# What happens at a step where exactly nothing arrives; the reason follows.
story-nothing =
    No gradient arrives at this step, so it contributes nothing to `∂L/∂W₁ₕ`: `‖∂L/∂H‖ = 0`.

# The reason, where there is one.
# $reason (String): one of the entries “silence” below, which may be a clause or a sentence
silence-one = That is because { $reason }.

# The reasons, where there are two.
# $first (String): why nothing comes from the step’s own output
# $second (String): why nothing comes from the step after it
silence-two = That is because { $first }, and because { $second }.

# A reason: there is no error at the output.
silence-no-output-error =
    `∂L/∂Z₂` is exactly 0: the prediction equals the target in every digit that a computer keeps

# A reason: W₂.
silence-output-weights = every weight of `W₂` that could carry `∂L/∂Z₂` back is 0

# A reason: nothing has arrived at the step after it.
# $step (Number): the step after it
silence-nothing-later = `∂L/∂H` at step { $step } is already 0

# A reason: saturation.
# $step (Number): the step after it
silence-saturation =
    every unit of step { $step } that the gradient reaches is saturated exactly: `H = ±1`, so `1 −
    H² = 0`

# The same reason where the activation function is not tanh.
# $step (Number): where
silence-slope = the slope of the activation function is exactly 0 in every unit of step { $step } that the gradient reaches

# A reason: truncation.
# $step (Number): the step after it
silence-truncation = truncated BPTT stops at step { $step }

# A reason: W₁ₕ.
silence-weights = every weight of `W₁ₕ` that could carry the gradient back is 0

# A reason: a sum that is 0.
silence-cancelled = the gradients that arrive by different paths cancel out exactly

# A reason: the numbers are too small.
silence-underflow =
    the gradient is smaller than the smallest number a computer can represent, about 5e−324

# What a step then contributes to ∂L/∂W₁ₕ.
story-adds =
    Multiplied by `1 − H²` it becomes the error `∂L/∂Z₁`. The previous hidden state times that error
    is this step’s contribution to `∂L/∂W₁ₕ`.

# The same of any other cell without gates.
# $function (String): the function of the cell, such as relu
story-cell-adds =
    Multiplied by the slope of `{ $function }` it becomes the error `∂L/∂Z₁`. The previous hidden state
    times that error is this step’s contribution to `∂L/∂W₁ₕ`.

# The same of the first step, which has no hidden state before it.
story-adds-nothing =
    There is no earlier hidden state (`H⁽⁰⁾ = 0`), so this step contributes nothing to `∂L/∂W₁ₕ`. It
    can still contribute to `∂L/∂W₁ₓ` and `∂L/∂b₁`.

# What happens as the weights change.
# $rate (String): the learning rate
# $norm (String): the norm of the gradient
story-update =
    Gradient descent: every weight and bias changes by `−η` times its gradient, with learning rate
    `η = { $rate }`. The norm of the gradient, all parameters together, is { $norm }.

# The same where the gradient is clipped.
# $rate (String): the learning rate
# $norm (String): the norm of the gradient
# $threshold (String): the threshold
story-update-clipped =
    Gradient descent with clipping: the norm of the gradient, all parameters together, is
    { $norm }, larger than the threshold `c = { $threshold }`. So the gradient is scaled down to the
    norm { $threshold }, and every weight changes by `−η` times its clipped gradient, with learning
    rate `η = { $rate }`.

# The same where the gradient is 0.
story-update-zero = The gradient of every parameter is 0, so no weight changes.

# The same where it has overflowed.
story-update-overflow =
    The gradient has overflowed: it is larger than the largest number a computer can represent,
    about 1.8e308. No update is possible.

## The panel beside the network: where a number comes from

# Before the formula.
rule = Formula

# The region, for a screen reader.
origin = Where this number comes from

# Before the name of a number that the learner has chosen.
this-number = Selected:

# Before the name of a number that is explained unasked.
for-example = For example:

# Before a weight, which is a parameter.
given = A parameter, not computed:

# The heading of the list of all products that make a number.
products = Every product

# The heading of a remark on how lecture notes write a formula.
remark-title = In other notation

# Such a remark, on Z₁.
remark-pre-activation =
    Some books write `X·W₁ₓ + Hₚ·W₁ₕ + b₁`, with `Hₚ` for the previous hidden state. Here the
    superscript in parentheses is the time step: `H⁽ᵗ⁻¹⁾`.

# Such a remark, on ∂L/∂Z₁.
remark-error =
    Some lecture notes write `W₁ₕ ⊙ (1 − Hₚ²)` for one step back, with `Hₚ` for the previous hidden
    state. “`⊙`” there stands for the product with a diagonal matrix: each row of `W₁ₕ` is
    multiplied by the `1 − Hₚ²` of the unit it starts from, `diag(1 − Hₚ²)·W₁ₕ`. Here the gradient
    has already come through `W₁ₕᵀ`, and `⊙` multiplies unit by unit.

# Such a remark, on ∂L/∂H.
remark-hidden-error =
    The gradient goes back through the transpose `W₁ₕᵀ`: what went from unit `i` to unit `j` comes
    back from `j` to `i`. A program that leaves the transpose out runs without an error message, and
    its gradient is wrong.

# Such a remark, on ∂L/∂W₁ₓ.
remark-w1x =
    The contribution of each step has that step’s own `X⁽ᵗ⁾`: it changes the row of that step’s
    token alone. Writing the last `X` into every contribution is an easy slip.

# Such a remark, on ∂L/∂W₁ₕ.
remark-w1h =
    Some lecture notes write `∂Z₁/∂W₁ₕ = Hₚ + Hₚₚ·W₁ₕ ⊙ (1 − Hₚ²) + …`, with `Hₚ` and `Hₚₚ` for the
    hidden states one and two steps earlier. Each summand there is the contribution of one step
    here: its previous hidden state times the error that has come back to it.

# Such a remark, on the Jacobians.
remark-jacobian =
    Some lecture notes write `W₁ₕ ⊙ (1 − Hₚ²)`, with `Hₚ` for the previous hidden state. That is
    `∂Z₁/∂Z₁ₚ`, with the earlier derivative on the left; the Jacobian `J⁽ᵗ⁾ = ∂H⁽ᵗ⁾/∂H⁽ᵗ⁻¹⁾` here
    has the later one on the right. Over many steps the two products differ only at the ends.

# The heading of the lines of NumPy.
in-numpy = In NumPy

# The button that copies them.
copy = Copy

# What that button then says.
copied = Copied

# The same where the browser does not let it copy.
copy-refused = Not allowed: press Ctrl+C

## The bar at the bottom: time

# The region, for a screen reader.
transport = Playback

# The button of the first stage.
go-to-start = Go to start

# The button of the stage before.
step-back = Step back

# The button that starts time.
play = Play

# The button that stops time.
pause = Pause

# The button of the next stage.
step-forward = Step forward

# The button of the last stage.
go-to-end = Go to end

# The label of the slider, for a screen reader.
timeline = Timeline

# The label of the choice of a speed.
speed = Speed

# The button of an update, and that part of the bar.
update = Update

# What an update does, as a tooltip.
update-note = Apply one gradient-descent step, then start the next forward pass

# The button of ten updates, beside that of one.
train = Train ×10

# What it does, as a tooltip.
train-note = Make ten updates in a row; in a task it stops as soon as the task is done

# The part of the bar of the forward pass; its steps follow.
forward = Forward

# The part of the bar of the backward pass; its steps follow.
backward = Backward

## The view of the Jacobians

# The region, for a screen reader.
chain-name = Jacobians

# The name of a row: the Jacobian of each step.
chain-jacobian = Jacobian `J⁽ᵗ⁾`

# What it shows.
chain-jacobian-note = `∂H⁽ᵗ⁾/∂H⁽ᵗ⁻¹⁾ = W₁ₕ·diag(1 − H²)`: the matrix of one step

# The name of a row: the product of all later Jacobians.
chain-product = Product of all later `J`

# What it shows.
chain-product-note = how the last hidden state reacts to this one; the number below is its norm

# The note of the row of the products in a cell with gates.
# $carried (String): what is carried from step to step, such as H, C
chain-product-gated =
    how the last `{ $carried }` react to those of this step; the number below is the norm

# The name of a row: the norm of that product, as curves.
chain-norm = Norm of the product (log scale)

# What it shows.
chain-norm-note = effect of `W₁ₕ` × effect of saturation

# The name of a row: what each loss contributes at each step.
chain-triangle = Loss at step `s` × contribution of step `t`

# What it shows.
chain-triangle-note = norm of what step `t` contributes to `∂L/∂W₁ₕ` for the loss at step `s`

# The name of a row: the gradient as a sum of products.
chain-expansion = `∂L/∂W₁ₕ`, contribution by contribution

# What it shows.
chain-expansion-note =
    each step’s contribution, and their sum; below, the norm of each: grey where too small to matter

# Below it, how the sum is written where the run has one loss.
chain-expansion-written =
    `∂Z₁⁽ᵗ⁾/∂W₁ₕ = H⁽ᵗ⁻¹⁾ + H⁽ᵗ⁻²⁾·K⁽ᵗ⁾ + …` at the last step, multiplied by the error there, where
    `K⁽ᵗ⁾ = ∂Z₁⁽ᵗ⁾/∂Z₁⁽ᵗ⁻¹⁾ = diag(1 − (H⁽ᵗ⁻¹⁾)²)·W₁ₕ`.

# The same where the sum cannot be written so: several losses, or truncated BPTT.
chain-expansion-each = `∂L/∂W₁ₕ` is the sum of `H⁽ᵗ⁻¹⁾ᵀ·∂L/∂Z₁⁽ᵗ⁾` over all steps.

# The note of the row of the Jacobians in a cell with gates.
# $carried (String): what is carried from step to step, such as H, C
chain-jacobian-gated = how `{ $carried }` of step `t` react to those of step `t − 1`

# The note of the row of the norms in a cell with gates.
# $keeper (String): the gate that keeps, such as F
chain-norm-gated = the full product, and the part that comes straight through `{ $keeper }`

# The note of the row of the losses by steps in a cell with gates.
chain-triangle-gated =
    norm of what step `t` contributes to the gradient of the recurrent weights of the gate that
    keeps, for the loss at step `s`

# The name of the row of contributions in a cell with gates.
# $symbol (String): the gradient, such as ∂L/∂W_fh
chain-expansion-of = `{ $symbol }`, contribution by contribution

# A curve: the product of the gate that keeps, with no weights between.
chain-straight = straight through

# What is said of the curves of a cell with gates.
# $steps (Number): the last step
# $whole (String): the norm of the full product
# $keeper (String): the gate that keeps, such as F
# $alone (String): the norm of what comes straight through
chain-gated =
    On its way back from step { $steps } to step 1, the norm of a gradient at the states is
    multiplied by at most { $whole }. The straight path alone, by `{ $keeper }`, gives at most {
    $alone }; the paths through the weights come on top.

# The label of the choice of another cell, whose product is drawn beside. Also the head of its row in the
# table.
compare-with = Compare with

# A curve: the norm of the full product.
chain-both = full product

# A curve: what W₁ₕ alone would make of it.
chain-by-weights = `W₁ₕ` alone

# A curve: what saturation makes of that.
chain-by-saturation = effect of saturation

# The same curve of another cell without gates.
chain-by-slopes = effect of the slopes

# The note of that row in another cell without gates.
chain-norm-slopes = effect of `W₁ₕ` × effect of the slopes

# What is said of the curves of another cell without gates.
# $steps (Number): the last step
# $whole (String): the norm of the full product
# $alone (String): what W₁ₕ alone does
chain-slopes =
    On its way back from step { $steps } to step 1, the norm of a gradient is multiplied by at most
    { $whole }. With `W₁ₕ` alone it would be { $alone }; the slopes of the activation function make
    the difference.

# Why there is nothing to see: the run has one step.
chain-none = With a single step there is nothing to multiply. Add a second token.

# By how much the norm of a gradient can change on its way back to the first step; why follows.
# $steps (Number): the last step
# $whole (String): the norm of the full product
# $weights (String): what W₁ₕ alone makes of it
# $saturation (String): what saturation makes of that
chain-sizes =
    On its way back from step { $steps } to step 1, the norm of a gradient is multiplied by at most
    { $whole }: { $weights } from `W₁ₕ` alone, times { $saturation } for saturation (`1 − H²` below
    1).

# Why: it explodes.
# $each (String): the factor per step
chain-grows =
    So it grows, by a factor of about { $each } per step: `W₁ₕ` stretches it more than saturation
    shrinks it.

# Why: it does neither.
# $each (String): the factor per step
chain-stays =
    So it neither vanishes nor explodes over this distance: the factor is about { $each } per step.

# What becomes of the gradient of the run itself.
# $symbol (String): the gradient, such as ∂L/∂H
# $steps (Number): the last step
# $last (String): its norm there
# $first (String): its norm at step 1
# $ratio (String): the second by the first
chain-in-fact =
    In this run `‖{ $symbol }‖` is { $last } at step { $steps } and { $first } at step 1: { $ratio }
    times as large.

# Why: it vanishes, mostly by W₁ₕ.
# $each (String): the factor per step
chain-small-weights =
    So it vanishes, by a factor of about { $each } per step, mostly because `W₁ₕ` is small.

# Why: it vanishes, mostly by saturation.
# $each (String): the factor per step
chain-saturated =
    So it vanishes, by a factor of about { $each } per step, mostly because `1 − H²` is below 1.

# How much gets back to the first step, though W₁ₕ alone would let nothing through.
# $steps (Number): the last step
# $whole (String): the norm of the full product
# $power (String): the power of W₁ₕ that is 0, such as W₁ₕ²
chain-despite =
    On its way back from step { $steps } to step 1, the norm of a gradient is multiplied by at most
    { $whole }. With `W₁ₕ` alone nothing would be left, since `{ $power } = 0`; that something gets
    through is due to `1 − H²`, which differs from unit to unit.

# Exactly nothing gets back to the first step.
# $steps (Number): the last step
# $cause (String): why, by one of the next three, which may be a clause or a sentence
chain-zero =
    From step { $steps } back to step 1, nothing is left of the gradient: the product is exactly 0,
    because { $cause }.

# A cause: a power of W₁ₕ is 0.
# $power (String): the power, such as W₁ₕ²
chain-zero-weights = `{ $power } = 0`

# A cause: saturation.
# $step (Number): where
chain-zero-saturation =
    every unit of step { $step } that the gradient could pass through is saturated exactly: `H =
    ±1`, so `1 − H² = 0`

# A cause: both.
# $step (Number): where
chain-zero-together = at step { $step } `W₁ₕ` and `1 − H²` together let nothing through

# After it, where W₁ₕ alone would let something through.
# $norm (String): the norm of its power
chain-weights-alone = With `W₁ₕ` alone the norm would be { $norm }.

# After all that: the run has no gradient to carry back; the reason follows.
# $steps (Number): the last step
chain-no-error = In this run there is no gradient to begin with: `∂L/∂H` at step { $steps } is 0.

## The laboratory: one weight

# The region, for a screen reader.
lab-name = Laboratory

# The label of the choice of a parameter.
lab-tensor = Parameter

# The label of the choice of its row.
lab-row = row

# The label of the choice of its column.
lab-column = column

# The label of the norm of the gradient, for a screen reader.
lab-norm = Norm of the gradient

## The laboratory: the gradient check

# The heading.
lab-check = Gradient check

# What it is.
lab-check-note =
    Change one weight by `±ε` and recompute the loss. The slope between the two outer points (the
    numerical gradient) should equal the slope of the tangent, which backpropagation computed. A
    large `ε` is spoilt because the loss is no parabola, a tiny one by rounding.

# The label of the choice of an implementation, with or without a bug.
lab-program = Implementation

# The choice: the one without a bug.
lab-right-program = correct (this page)

# Before the bug of a program, which is one of the next ones.
lab-broken = buggy:

# The bug of a program: W₁ₕ is used instead of its transpose.
bug-transpose = transpose of `W₁ₕ` left out

# The same in a cell with gates, which has several such weights.
bug-transposes = transposes of the recurrent weights left out

# The bug of a program: the derivative of tanh is missing.
bug-slope = factor `1 − H²` left out

# The same in a cell other than that of tanh.
bug-slopes = derivatives of the activation functions left out

# The bug of a program: what comes from the next step is missing.
bug-next = gradient from the next step left out

# The bug of a program: contributions are overwritten.
bug-sum = contributions overwritten instead of summed

# The bug of a program: the last input is used for every step.
bug-input = last `X` used in every contribution

# The picture of the loss as a function of the weight, for a screen reader.
lab-curve = The loss around this weight, with its tangent

# The label of |slope − gradient|, divided by their size.
lab-relative-error = relative error

# The button that checks every weight.
lab-check-all = Check all weights

# The button that stops long work that is under way.
work-stop = Stop

# The same button when the work was stopped.
work-on = Go on

# The button that checks every weight when it was stopped before the end.
lab-check-on = Check the rest

# While it runs: how far it is.
# $done (Number): how many have been checked
# $all (Number): how many there are
lab-checked = { $done } of { $all } checked …

# When it is done: how many agree.
# $agreeing (Number): how many
# $all (Number): how many there are
lab-agreeing = { $agreeing } of { $all } agree.

# Before the weight that differs most, and both its numbers.
lab-worst = Largest discrepancy (backpropagation / numerical):

## The laboratory: a copy of a weight for each step

# The heading.
lab-untie = Untie the weights

# What it is.
# $symbol (String): the parameter, such as W₁ₕ
# $place (String): what the weight joins, as in “unit 1 → unit 2”
lab-untie-note =
    Every step shares this weight, `{ $symbol }`, { $place }. Give each step its own copy and drag
    one: to first order, the loss changes by that step’s contribution times the change.

# A row of the table: the copies.
lab-copy-of-weight = copy

# A row: the derivative of the loss by each copy.
lab-its-contribution = contribution

# The sum of those derivatives.
lab-sum-of-contributions = sum = gradient of the shared weight

# The sum where the weights are untied or what arrives is truncated.
lab-sum-of-rest = sum of the contributions

# The loss with one weight for all steps.
lab-loss-tied = loss, weights shared

# The loss with the copies.
lab-loss-untied = loss, weights untied

# The loss as the derivatives predict it, to first order.
lab-loss-by-contributions = first-order prediction of the loss

# The button that makes all copies one weight again.
lab-tie = Tie the weights again

## The laboratory: truncation and clipping

# The heading.
lab-shorten = Truncated BPTT and gradient clipping

# What they are.
lab-shorten-note =
    Truncated BPTT backpropagates each loss through a limited number of steps; a crossed-out
    contribution is dropped from the gradient. Gradient clipping scales the gradient down to a
    threshold if its norm is larger, and keeps its direction.

# The label of the slider of truncated BPTT: nothing is cut.
# $steps (Number): how many steps there are
lab-window-all =
    { $steps ->
        [one] Each loss is backpropagated through the only step
       *[other] Each loss is backpropagated through all { $steps } steps
    }

# The same: through how many steps each loss is backpropagated.
# $window (Number): how many steps
# $steps (Number): how many steps there are
lab-window-part = Each loss is backpropagated through `w = { $window }` of { $steps } steps

# The picture of what each loss contributes at each step, for a screen reader.
lab-reach = Contribution of each step, per loss

# Before the number of contributions that are dropped.
lab-dropped = contributions dropped

# Before the cosine of the angle to the gradient that is not truncated (the full gradient).
lab-cosine = cosine similarity with the full gradient

# Before the norm, divided by that of the gradient that is not truncated (the full gradient).
lab-length-kept = norm relative to the full gradient

# In the place of a quotient: both numbers are 0.
no-ratio-both-zero = – (both are 0)

# In the place of a quotient: one number is 0.
no-ratio-by-zero = – (one of them is 0)

# In the place of a quotient: it cannot be computed.
no-ratio-beyond = – (a number too large or too small to compute with)

# The label of the slider of clipping.
# $threshold (String): the threshold c
lab-clip-at = Clipping threshold `c = { $threshold }`

# The same: nothing is clipped.
lab-clip-none = No clipping

# The norm of the gradient, where nothing is clipped.
# $norm (String): the norm
lab-norm-only = `‖g‖ = { $norm }`

# The norm, where it is more than the threshold.
# $norm (String): the norm
# $threshold (String): the threshold
lab-norm-clipped = `‖g‖ = { $norm }`, clipped to { $threshold }

# The norm, where it is not.
# $norm (String): the norm
lab-norm-below = `‖g‖ = { $norm }`, below the threshold

# The norm, where it is 0.
lab-norm-zero = `‖g‖ = 0`, nothing to clip

# The norm, where it has overflowed.
lab-norm-overflow =
    `‖g‖` has overflowed: it is larger than the largest number a computer can represent, about
    1.8e308.

# Before the loss before an update.
lab-loss-now = loss now

# Before the loss after it, as the derivative predicts it.
lab-loss-predicted = after one update, first-order prediction

# Before the loss after it, with truncation and clipping as they are set.
lab-loss-with = after one update with these settings

# Before the loss after an update by the gradient without them.
lab-loss-without = after one update with the full gradient

# In the place of a loss that is too large.
lab-overflow = – (too large to represent)

## The lesson’s panel; the lesson itself is in the folder `lesson`

# The region, for a screen reader.
lesson-name = Lesson

# The chapter.
# $number (Number): its number
lesson-chapter = Chapter { $number }

# The screen of the chapter.
# $screen (Number): its number
# $count (Number): how many the chapter has
lesson-screen = screen { $screen } of { $count }

# The list of the chapters.
lesson-contents = All chapters

# At a chapter: what one can do after it.
# $goal (String): a predicate without a full stop, as “go from a sentence to a loss”
lesson-goal = After this chapter you can { $goal }.

# In the list, at a chapter: how long it takes.
# $minutes (Number): how many minutes
lesson-minutes = about { $minutes } min

# Below the list: how long all chapters take together.
# $minutes (Number): how many minutes
lesson-minutes-all = The whole lesson takes about { $minutes } minutes, or three sessions.

# Below the list, once: something that was remembered had no place any more.
lesson-lost = The lesson has changed since you were here: some of your answers belonged to screens that are gone.

# Beside the number of a screen that looks back at its chapter.
lesson-recap = Recap

# In that list, at a chapter: how much of it has been seen.
# $seen (Number): how many screens have been seen
# $count (Number): how many there are
lesson-seen =
    { $seen ->
        [0] { $count } screens
       *[other] { $seen } of { $count } seen
    }

# The button that clears how far one has come.
lesson-forget = Clear my progress

# Before that button: what is kept, and where.
lesson-forget-note = Your progress and answers are stored on this device only.

# The button of the screen before.
lesson-back = Back

# The button of the next screen.
lesson-next = Next

# The same at the end of a chapter.
lesson-next-chapter = Next chapter

# After the last screen.
lesson-finished = That was the last screen. Go on in Explore with a text of your own.

# At the top of the page, while the lesson is fetched that the learner has turned to.
lesson-coming = The lesson is loading …

# The same when it did not come, above the two buttons that follow.
lesson-missed = The lesson could not be loaded. Everything you made is still here. Check the connection and try again.

# At the top of the page, while the texts of a language are fetched that the learner has chosen.
# $language (String): what the language calls itself
words-coming = The page is loading in { $language } …

# The same when they did not come, above the two buttons that follow.
# $language (String): what the language calls itself
words-missed = The page could not be loaded in { $language }. Everything you made is still here. Check the connection and try again.

# The button that tries to load the lesson, or a language, once more.
lesson-fetch-again = Try again

# In the place of a screen while the training that it is about is made.
# $made (Number): how many updates have been made
# $most (Number): how many are made at most
lesson-studying = Training the network of this screen: { $made } of at most { $most } updates …

# The heading of a question.
lesson-question = Predict

# An answer to which of two numbers is larger: the first.
lesson-larger = larger

# The other answer.
lesson-smaller = smaller

# An answer to which sign a number has.
lesson-positive = positive

# The other answer.
lesson-negative = negative

# The third answer to which of two numbers is larger.
lesson-equal = equal

# The third answer to which sign a number has.
lesson-zero = zero

# An answer that is a hidden unit.
# $unit (Number): its number
lesson-unit = unit { $unit }

# An answer to which bug a program has: none.
lesson-no-bug = no bug

# An answer that is a step.
# $step (Number): the step
# $token (String): its token
lesson-step = step { $step }, “{ $token }”

# The label of the box for a number.
lesson-your-answer = Your answer

# The button that gives the answer.
lesson-answer = Answer

# What stands in the box is no number.
lesson-no-number = Please enter a number, for example 0.5 or −1.2.

# What was answered.
# $answer (String): the answer
lesson-you-said = Your answer: { $answer }.

# It is right; an explanation follows.
lesson-right = Right.

# It is wrong; an explanation follows.
lesson-wrong = Not quite.

# A number that was right within a margin.
# $off (String): how far off it was
lesson-off-by = Close enough, off by { $off }.

# The button that takes the answer back.
lesson-again = Answer again

# The heading of a task.
lesson-task = Your turn

# The task is done.
lesson-done = Done!

# At a goal of a task: the number, after what it is.
# $now (String): the number as it is
lesson-now = now { $now }

# The same: the number must be larger than another.
# $value (String): the other number, or what it is with the number in parentheses
lesson-wanted-more = wanted: more than { $value }

# The same: it must be smaller.
# $value (String): as above
lesson-wanted-less = wanted: less than { $value }

# The same: it must not be smaller.
# $value (String): as above
lesson-wanted-at-least = wanted: at least { $value }

# The same: it must not be larger.
# $value (String): as above
lesson-wanted-at-most = wanted: at most { $value }

# The same: it must be equal.
# $value (String): as above
lesson-wanted-equal = wanted: { $value }

# The same: it must be about equal.
# $value (String): as above
lesson-wanted-about = wanted: about { $value }

# The same: it must be another.
# $value (String): as above
lesson-wanted-other = wanted: any number but { $value }

# At a goal of a task, for a screen reader: it is reached.
lesson-reached = reached

# The same: it is not.
lesson-not-reached = not reached yet

# The button that opens the hint.
lesson-hint = Hint

# The button that does the task.
lesson-show-one-way = Show a solution

# The learner has changed the experiment of the screen.
lesson-changed = You have changed the experiment. This screen describes the original.

# The button that brings it back.
lesson-put-back = Restore the original

# Why time does not go on, as a tooltip.
lesson-answer-first = Answer the question to continue.

# The drawing of the network as one block with a loop and as a row of copies, for a screen reader.
lesson-drawing = The network rolled up and unrolled

# The button that spreads the drawing out.
lesson-unroll = Unroll

# The button that folds it again.
lesson-roll-up = Roll up

# Below the folded drawing.
lesson-rolled-note = One block; its hidden state comes back to it at the next time step.

# Below the drawing spread out.
lesson-unrolled-note = The same block once per time step; every copy has the same weights.

# The caption of the table of a program’s gradients against those that are measured.
lesson-program = Gradient of the program compared with the numerical gradient

# The head of a column: the norm of the program’s gradient.
lesson-program-norm = norm, program

# The head of a column: the norm of the measured one.
lesson-measured-norm = norm, numerical

# The head of a column: the norm of their difference, divided by the latter.
lesson-difference = difference

# The head of a column: the same with the bug that the learner has guessed.
lesson-guessed = difference if your answer were right

## “Export and share”: what can be exported

# The button and the heading.
export-button = Export and share

# The button that closes it; also that of notices.
export-close = Close

# The label of the choice of a file to open.
export-open = Open an experiment or a network from a file (or drop one on the page)

# In the place of what can be exported, while a question of the lesson is open.
lesson-no-export = Answer the question first. Then you can export the numbers of this run.

# Before a file’s kind: saves it.
export-download = Save

# The heading of the programs.
export-programs = Code of this run

# Above the programs, where a training is open: the program that trains the same way.
export-training = This training in PyTorch, with its initial weights and minibatches

# What they are.
export-programs-note = Each program holds this run’s data and computes every number on the page.

# The heading of the network: its weights, and programs that load them.
export-network = This network

# What the file and the programs are.
export-network-note =
    The file holds the weights, and an input with its output. Each program loads it and compares the outputs.

# A file: the weights.
export-weights = Weights (safetensors)

# A program that loads them.
export-load-pytorch = Loads them in PyTorch

# A program that loads them.
export-load-keras = Loads them in Keras

# The heading of the files.
export-files = Files

# A file: the experiment.
export-experiment = Experiment (JSON)

# A file: all numbers of the run.
export-trace = Trace: every number of the run (JSON)

# The heading of the tables and pictures.
export-figures = Tables and pictures

## A network out of a file: what was recognised in it

# The heading.
model = A network from a file

# What it is.
# $maker (String): PyTorch, Keras or Unrolled
# $kind (String): the kind of recurrent layer
# $inputs (Number): the number of inputs
# $units (Number): the number of hidden units
# $outputs (Number): the number of outputs
model-is =
    { $maker }, { $kind }: { $inputs ->
        [one] 1 input
       *[other] { $inputs } inputs
    }, { $units ->
        [one] 1 hidden unit
       *[other] { $units } hidden units
    }, { $outputs ->
        [one] 1 output
       *[other] { $outputs } outputs
    }.

# Its own input and output agree with the run.
# $difference (String): the largest difference
# $steps (Number): how many time steps were compared
model-agrees =
    Checked: the run gives the output that is in the file, over { $steps ->
        [one] 1 time step
       *[other] { $steps } time steps
    }. The largest difference is { $difference }.

# There is no input and output in the file.
model-not-checked =
    Not checked: the file holds no input with its output, so nothing says that this is the same network.
    Another activation function, for instance, would not be noticed.

# An embedding was recognised.
# $name (String): its name in the file
model-embedding =
    { $name } stands before the recurrent layer. Its product with the weights of the input takes their
    place, so each token has a row of its own.

# There is no output layer.
model-no-output = There is no output layer in the file, so the outputs are the hidden states themselves.

# Before the list of arrays that became weights.
model-taken = Arrays that were taken

# Before the list of the others.
model-left = Arrays that were not taken

# The label of the box for the vocabulary.
# $inputs (Number): how many tokens there must be
model-vocabulary =
    Vocabulary: { $inputs ->
        [one] 1 token
       *[other] { $inputs } tokens
    } in the order of the inputs, one a line or as a list in JSON

# The label of the choice of a file for that box.
model-vocabulary-file = or from a file

# The button that shows the network.
model-show = Show this network

# Above lines of Python.
model-how-to-check = How to save it with an input and its output

# What is wrong with a file.
model-pickle =
    This is a pickle of PyTorch. Opening one can run code, so this page does not. Save the weights as
    safearrays instead:

# What is wrong with a file.
model-hdf5 =
    This is a file of Keras whose numbers are packed as HDF5, which this page does not read. Save the
    weights as npz instead:

# What is wrong with a file.
model-too-large = This file is larger than any network that this page shows.

# What is wrong with a file.
model-damaged = This file is damaged: it is not as its format says. Save it again.

# What is wrong with a file.
# $name (String): the name of an array
model-repeated = The name “{ $name }” is in the file twice.

# What is wrong with a file.
# $key (String): experiment, vocabulary or labels
model-note = What the file says under “{ $key }” cannot be read.

# What is wrong with a file.
model-unnamed =
    The arrays have no names, so nothing says which is which. Save them with their names instead:

# What is wrong with a file.
# $names (String): the first names that there are
model-no-layer =
    No recurrent layer was found. This page looks for weight_hh_l0 (PyTorch) or recurrent_kernel
    (Keras); the file has: { $names }.

# What is wrong with a file.
# $names (String): names of arrays
model-layers =
    There are several recurrent layers, and this page shows one: { $names }. Save the one to be seen alone,
    with the output layer that reads it.

# What is wrong with a file.
# $name (String): the name of an array
model-backward =
    { $name } belongs to a layer that reads the sequence in both directions, which this page does not show.
    Save its forward direction alone.

# What is wrong with a file.
# $name (String): the name of an array
model-projection =
    { $name } projects the state of an LSTM, which this page does not show. Train the layer without
    proj_size.

# What is wrong with a file.
# $name (String): the name of an array
model-parts =
    { $name } is only a part of an array, as weight normalization stores it. Remove the parametrization
    before saving.

# What is wrong with a file.
# $names (String): names of arrays
model-outputs =
    Several arrays could be the output layer: { $names }. Save the one that reads the hidden states alone.

# What is wrong with a file.
# $name (String): the name of an array
# $rows (Number): its rows
# $columns (Number): its columns
model-blocks =
    { $name } is { $rows }×{ $columns }. One side of a recurrent matrix is 1, 3 or 4 times the other.

# What is wrong with a file.
# $name (String): the name of an array
model-missing = { $name } is missing in the file.

# What is wrong with a file.
# $expected (String): the shape that it must have
# $found (String): its shape
# $name (String): the name of an array
model-shape = { $name } is { $found }; with the other arrays it would be { $expected }.

# What is wrong with a file.
# $kind (String): a type of numbers
# $name (String): the name of an array
model-kind = { $name } is of type { $kind }. This page reads F16, BF16, F32 and F64.

# What is wrong with a file.
# $most (String): the largest weight that is possible
# $name (String): the name of an array
model-number = { $name } has a number that is not finite or is beyond ±{ $most }.

# What is wrong with a file.
# $found (Number): how many inputs there are
# $most (Number): how many are possible
model-many-inputs = The network has { $found } inputs; this page shows at most { $most }.

# What is wrong with a file.
# $found (Number): how many hidden units there are
# $most (Number): how many are possible
model-many-units = The network has { $found } hidden units; this page shows at most { $most }.

# What is wrong with a file.
# $found (Number): how many outputs there are
# $most (Number): how many are possible
model-many-outputs = The network has { $found } outputs; this page shows at most { $most }.

# What is wrong with a file.
# $kind (String): the kind of recurrent layer that the file names
model-other-cell = The file says that it is of the kind “{ $kind }”, but its arrays are those of another.

# What is wrong with a file.
model-check-shape =
    The input or the output to check with does not fit the network. It must be one sequence of at most 200
    time steps, with the output of each step or of the last one.

# What is wrong with a file.
# $expected (String): the number in the file
# $found (String): the number that the run gives
# $step (Number): the time step
model-check-failed =
    With the input in the file, step { $step } gives { $found } where the model gave { $expected }. So this is
    not the same network: perhaps it has another activation function, or a layer besides. It is not shown.

# What is wrong with an answer.
# $expected (Number): how many tokens there must be
# $found (Number): how many there are
model-list-inputs = The vocabulary must have { $expected } tokens, and has { $found }.

# What is wrong with an answer.
# $expected (Number): how many labels there must be
# $found (Number): how many there are
model-list-outputs = There must be { $expected } labels, and there are { $found }.

## “Export and share”: a link, and embedding in another page

# The label of the link.
share-link = Link to this view

# Under the link, where it is long.
link-long =
    This link is very long, and some platforms cut links after about 2,000 characters. To be safe,
    save the experiment as a file and send that.

# The heading of embedding.
share-embed = Embed it in a page

# What it is.
share-embed-note = Choose what your learners see and may change, and paste this into your page.

# The label of the choice between a frame and an element of HTML.
share-way = Format

# The label of the choice of what is shown alone, which is one of the entries “part”.
share-only = Show only

# The choice: everything is shown.
share-all = the whole page

# The heading of the parts that can be hidden; they follow, as one of the entries “part” each.
share-hide = Hide

# The heading of the controls that can be fixed.
share-lock = Lock

# The heading of the preview.
share-preview = Preview

# A part that can be hidden: the top of the page.
part-header = header

# A part: the controls of the experiment.
part-setup = controls

# A part: the panel beside the network.
part-explanation = explanation

# A part: the weights.
part-weights = weights

# A part: the buttons and the timeline at the bottom.
part-transport = playback

# A part: the tables of numbers.
part-tables = tables

# What can be shown alone: the network.
part-score = unrolled network

# What can be embedded alone: the loss of a training.
part-loss-curve = The loss curve of the training

# Alone: the view of the Jacobians.
part-chain = Jacobians

# Alone: the laboratory.
part-laboratory = laboratory

# A lane, hidden or alone: the hidden states.
part-hidden = hidden state

# Rows: the gates of a cell that has some.
part-gates = gates

# A lane: the outputs.
part-output = predictions

# A lane: the errors.
part-error = error

# A lane: the gradients at the hidden states.
part-heat-map = gradient `∂L/∂H`

# A lane: their norms.
part-norm = norm `‖∂L/∂H‖`

# A lane: the contributions.
part-contribution = contributions

# A control that can be fixed: the text.
part-text = text

# A control: the task and the target.
part-task = task and target

# A control: the kind of cell.
part-cell = cell

# A control: the number of hidden units.
part-units = hidden units

# A control: the seed and the spectral radius.
part-start = initial weights

# A control: the learning rate, truncation and clipping.
part-learning = learning rate, truncation, clipping

# A choice for embedding: the page begins to play by itself.
part-play = Autoplay

## The dialogues on keys and symbols

# The button and the dialogue that lists the keys.
keys-title = Keyboard

# The switch for the keys that act on the whole page.
keys-switch = Single-key shortcuts work on the whole page

# Above the keys that act on what has the focus.
keys-own = On the selected element

# What the arrows do in the rows of numbers.
keys-walk = From number to number, in the rows

# What Enter and Escape do there.
keys-pin = Pin the number, release it

# What Alt and an arrow do on a token.
keys-move = Move the token to another time step

# The button and the dialogue that explains the letters of the formulas.
symbols-title = Symbols

# Head of a column: the letter.
symbols-symbol = Symbol

# Head of a column: its name.
symbols-name = Name

# Head of a column: how many rows and columns it has in this run.
symbols-shape = Shape

# Head of a column: where on the page it stands.
symbols-where = Where

# A place: the rows over time.
symbols-in-rows = rows of the unrolled network

# A place: the weights below.
symbols-in-weights = weights

# A place: the card of the prediction.
symbols-in-card = prediction

# A place: that view.
symbols-in-jacobians = Jacobians

# A place: that view.
symbols-in-laboratory = Laboratory

# The name of a letter.
symbols-steps = number of time steps

# The name of a letter.
symbols-input = input, a one-hot vector

# The same where a step is numbers.
symbols-input-numbers = input, the numbers of the step

# The name of a letter.
symbols-state = hidden state

# The name of a letter.
symbols-state-before = previous hidden state (`Hₚ` in some books)

# The name of a letter.
symbols-w1x = input weights

# The name of a letter.
symbols-w1h = recurrent weights

# The name of a letter.
symbols-b1 = bias of the recurrent layer

# The name of a letter.
symbols-z1 = weighted sum (pre-activation)

# The name of a letter.
symbols-w2 = output weights

# The name of a letter.
symbols-b2 = bias of the output layer

# The name of a letter.
symbols-z2 = weighted sum of the output (logit)

# The name of a letter.
symbols-a2 = prediction, also `ŷ`

# The name of a letter.
symbols-y = target

# The name of a letter.
symbols-loss = loss

# The name of a letter.
symbols-dz2 = error at the output (`δ` in many books)

# The name of a letter.
symbols-dh = gradient at the hidden state

# The name of a letter.
symbols-dz1 = error at the weighted sum

# The name of a letter.
symbols-norm = norm of that gradient

# The name of a letter.
symbols-dw = gradient of the recurrent weights: the sum of the contributions

# The name of a letter.
symbols-jacobian = Jacobian of one time step

# The name of a letter.
symbols-eta = learning rate

# The name of a letter.
symbols-gradient = full gradient, of all parameters

# The name of a letter.
symbols-window = window of truncated BPTT, in time steps

# The name of a letter.
symbols-clip = clipping threshold

# The name of a letter.
symbols-epsilon = change of a weight in a gradient check

## The view of a training

# The region of the controls, for a screen reader.
train-setup = Training

# The choice of the sequences.
train-data = Sequences

# The split of the sequences.
# $training (Number): how many are trained on
# $heldout (Number): how many are not
train-split = { $training } to train on, { $heldout } held out

# The same where nothing is held out.
# $count (Number): how many sequences
train-by-heart = { $count } to train on, none held out

# Before what is to be predicted first.
train-ask = Predict first:

# The choice of how weights follow the gradient.
train-optimizer = Optimizer

# One of them.
optimizer-sgd = Gradient descent

# One of them.
optimizer-momentum = Momentum 0.9

# One of them.
optimizer-adam = Adam

# The choice of how many sequences a minibatch has.
train-batch = Minibatch

# The control of gradient clipping where nothing is clipped.
train-clip-none = No clipping

# The control of truncation: all steps.
train-window-all = BPTT over all steps

# The same where it is truncated.
# $window (Number): over how many steps
train-window = BPTT over `w = { $window }` steps

# The choice of the clipping threshold.
train-clip = Clip at `c`

# The choice of truncated BPTT.
train-truncation = Truncation

# The slider of the gap in the set “The long wait”.
# $gap (Number): how many tokens lie between
train-gap = Gap: { $gap } tokens

# Before the controls that can be changed at any time.
train-live = Changes count from the update on show; later ones are forgotten

# The region of the lanes, for a screen reader.
train-lanes = Training over the updates

# A lane: the loss.
lane-training-loss = Loss

# What it shows.
# $count (Number): of how many updates the line is the mean
lane-training-loss-note = Dots: one minibatch each; line: mean of the last { $count }; dashed: held out

# The same where nothing is held out.
# $count (Number): of how many updates the line is the mean
lane-training-loss-heart =
    Dots: one minibatch each; line: mean of the last { $count }; dashed: all sequences

# A lane: the share of right predictions.
lane-held-out = Accuracy

# What it shows.
# $count (Number): how many sequences
lane-held-out-note =
    { $count ->
        [one] On 1 held-out sequence
       *[other] On { $count } held-out sequences
    }

# The same where nothing is held out.
# $count (Number): how many sequences
lane-held-out-heart =
    { $count ->
        [one] On the only sequence
       *[other] On all { $count } sequences
    }

# A lane: how far back the gradient reaches.
lane-reach = `‖∂L/∂H‖` by step

# What it shows.
lane-reach-note = How far back the gradient reaches, on a logarithmic scale

# A lane: the norm of the gradient.
lane-gradient-norm = Gradient norm `‖g‖`

# What it shows.
lane-gradient-norm-note = Of each minibatch, on a logarithmic scale

# A lane: weights over the updates.
lane-weights = Weights

# What it shows.
lane-weights-note = A row for each weight, as far as there is room; each matrix on a scale of its own

# A line: the loss of guessing evenly.
mark-guessing = guessing

# A line: the least loss that is possible on average.
mark-floor = floor

# A line: the accuracy at which the training stops.
# $percent (String): the accuracy in percent
mark-goal = goal { $percent } %

# A line: the accuracy of the best model without order, over all sequences.
# $percent (String): the accuracy in percent
mark-bag = bag of words { $percent } %

# Beside the place where the goal was reached.
# $update (Number): after how many updates
mark-reached = goal reached at update { $update }

# A line: the clipping threshold.
# $norm (String): the threshold
mark-clip = clip { $norm }

# A row: the last step.
mark-last = last step

# A row: an earlier step.
# $count (Number): how many steps before the last
mark-before = { $count } before

# The lowest row: the first step.
# $count (Number): how many steps before the last
mark-first = { $count } before (step 1)

# Before the first update, as a heading.
train-at-start = Before the first update

# Where the cursor stands, as a heading.
# $update (Number): after how many updates
train-after = After update { $update }

# How well held-out sequences are predicted.
# $right (Number): how many predictions are right
# $all (Number): of how many
train-right =
    { $all ->
        [one] { $right } of 1 held-out prediction is right
       *[other] { $right } of { $all } held-out predictions are right
    }

# The same where nothing is held out.
# $right (Number): how many predictions are right
# $all (Number): of how many
train-right-heart =
    { $all ->
        [one] { $right } of 1 prediction is right
       *[other] { $right } of { $all } predictions are right
    }

# Their mean loss.
# $loss (String): the loss
train-loss-is = mean loss { $loss }

# How well sequences that are trained on are predicted.
# $count (Number): how many
# $percent (String): the accuracy in percent
# $loss (String): their mean loss
train-in-training =
    { $count ->
        [one] Of 1 sequence in training { $percent } % is right
       *[other] Of { $count } sequences in training { $percent } % are right
    } · mean loss { $loss }

# The same where a prediction is neither right nor wrong.
# $count (Number): how many
# $loss (String): their mean loss
train-in-training-loss =
    { $count ->
        [one] Of 1 sequence in training
       *[other] Of { $count } sequences in training
    }: mean loss { $loss }

# How well longer sequences are predicted.
# $percent (String): the accuracy in percent
train-longer = On sequences longer than any in training: { $percent } % right

# The table of held-out sequences.
train-predictions = Held-out predictions

# The same where nothing is held out.
train-predictions-heart = Predictions

# Above the table: what pressing a sequence does.
train-examine = Choose a sequence to follow it in Explore, step by step, with these weights.

# A column: a sequence.
train-sequence = Sequence

# A sign, for a screen reader: the prediction is right.
train-is-right = right

# A sign, for a screen reader: the prediction is wrong.
train-is-wrong = wrong

# In the column of predictions, where there are several.
# $right (Number): how many are right
# $all (Number): of how many
train-some-right = { $right } of { $all }

# The button that shows all rows.
# $count (Number): how many
train-show-all = Show all { $count }

# The same to show few.
train-show-few = Show fewer

# The heading over an update taken apart.
# $update (Number): its number
train-update = Update { $update }, taken apart

# Below it: what an update does.
train-update-note =
    The gradients of the minibatch are averaged over all its targets, clipped, and followed by one
    step.

# A column: the norm of a sequence’s gradient.
train-norm = Norm of its gradient

# A row: the mean of the minibatch.
train-mean = Mean over the targets

# A row: what the gradient is multiplied by.
train-clipping = Clipping factor

# A row: how far the weights move.
train-step = Norm of the step `‖ΔW‖`

# A row: the loss of the minibatch before the step.
train-loss-before = Loss before the step

# A row: the loss after the step as the gradient predicts it.
train-loss-predicted = Predicted by the gradient (first order)

# A row: the loss of the same minibatch after the step.
train-loss-after = Loss after the step, same minibatch

# It stopped at its goal.
# $update (Number): after how many updates
# $percent (String): the accuracy in percent
rest-goal =
    Goal reached after { $update } updates: { $percent } % of the held-out predictions are right.
    Play goes on.

# It stopped without a goal reached, though such a training often has by then.
# $update (Number): after how many updates
rest-late =
    Stopped after { $update } updates; the goal is not reached. Play goes on; another seed may do
    better.

# It stopped where there is no goal.
# $update (Number): after how many updates
rest-done = Stopped after { $update } updates. Play goes on.

# It stopped since nothing is a number any more.
# $update (Number): since which update
rest-no-number =
    The loss is no number any more since update { $update }. Go back and choose a smaller learning
    rate.

# It stopped since no more updates are kept.
# $update (Number): after how many updates
rest-full = Stopped after { $update } updates: no more are kept.

# The button of one update.
train-one = One update

# The button that goes one update back.
train-back = One update back

# The button of the initial weights.
train-first = To the initial weights

# The button of the last update.
train-last = To the last update

# The choice of how fast it goes.
train-pace = Speed

# One of them: about sixteen updates a second.
pace-slow = Slow

# One of them: as many updates as the device can make.
pace-quick = Fast

# Where the cursor stands.
# $update (Number): after how many updates
# $end (Number): how many there are
train-place = update { $update } of { $end }

# A column: the number of an update.
train-number = Update

# A column: the running mean of the loss.
# $count (Number): of how many updates
train-running = mean of { $count }

# A column: the loss of the held-out sequences.
train-held-out-loss = held-out loss

# The picture of the hidden states in a plane.
states-title = Where the hidden states go

# Below it.
# $count (Number): how many sequences
# $first (String): the share of the variance in the first direction, in percent
# $second (String): the same of the second
states-note =
    { $count ->
        [one] 1 sequence
       *[other] { $count } sequences
    } in the two principal directions of `H` ({ $first } % and { $second } % of
    the variance after the last update); the square is the last step, blue or orange by its target.

# A column of its table.
# $number (Number): which direction
states-direction = direction { $number }

# Trainings side by side, as a heading.
race-title = Compare

# What stands below it.
# $updates (Number): after how many updates they end at the latest
race-note =
    Each training starts from its initial weights, with the settings on show but for one, and goes on until
    its goal or for { $updates } updates. Trainings with the same seed see the same minibatches.

# A button: three learning rates are compared.
race-rates = Three learning rates

# A button: three cells are compared.
race-cells = tanh, GRU, LSTM

# A button: twenty seeds are compared.
race-seeds = 20 seeds

# The chart of the race.
race-chart = Held-out loss `L` of each training

# Below the chart: what its lines and its edges are.
# $updates (Number): the number of updates at its right edge
race-lines =
    From `0` to { $updates } updates. Upper line: the loss of guessing; lower line: a loss of `0`; square:
    goal reached.

# A button: how often each gap is bridged.
gaps-button = Share against the gap

# The chart of these shares.
gaps-chart = Share of the seeds that reach the goal, against the gap

# Below that chart: what its lines and its edges are.
# $gap (Number): the gap at its right edge, in tokens
gaps-lines = From a gap of `0` to one of { $gap } tokens. Upper line: every seed; lower line: none.

# A column: the gap.
gaps-gap = Gap

# How far that comparison is.
# $ended (Number): how many trainings have ended
# $all (Number): of how many
gaps-ended = { $ended } of { $all } trainings have ended: 20 seeds for each curve at each gap.

# A training of the race, by its learning rate.
# $rate (String): the learning rate
race-rate = learning rate `η = { $rate }`

# A column: the training, by what it differs in.
race-training = Training

# A column: what became of it.
race-outcome = Outcome

# What became of a training: how far it is.
# $count (Number): how many updates it has made
race-made =
    { $count ->
        [one] 1 update
       *[other] { $count } updates
    }

# The same where it has reached its goal.
# $updates (Number): after how many updates
race-reached = goal reached after { $updates } updates

# The same where it has made all updates without reaching its goal.
# $updates (Number): how many updates
race-late = goal not reached in { $updates } updates

# The same where there is no number any more.
# $updates (Number): after how many updates
race-no-number = no number after { $updates } updates

# How many of them have reached the goal so far.
# $reached (Number): how many
# $all (Number): of how many
race-share-now = { $reached } of { $all } have reached the goal so far.

# The same when all have ended.
# $reached (Number): how many
# $all (Number): of how many
# $median (Number): the median of the updates that they took
race-share-over =
    { $reached } of { $all } have reached the goal; half of these needed at most { $median } updates.

# The same of a few that are named one by one.
# $reached (Number): how many
# $all (Number): of how many
race-share-few = { $reached } of { $all } have reached the goal.

# The same where none has.
# $all (Number): how many there are
race-share-none = None of { $all } has reached the goal.

# What the network writes.
written-title = What the network writes

## Training on one’s own sequences

# The button and the head of the dialogue.
own-title = Your own sequences …

# What can be typed.
# $sequences (Number): the most sequences
# $tokens (Number): the most tokens of each
own-note =
    One line for each sequence: the sequence, a tab, its target. A target is 0 or 1, a label, or a
    number as in 0.5; or one for each step, with spaces between them and - where a step has none.
    Without tabs each next token is the target. At most { $sequences } sequences of { $tokens }
    tokens; the text stays on this page, and is in no link.

# Two lines as an example; the arrow stands for the tab.
own-example = the film was not good ⇥ 0

# The text box.
own-lines = Sequences and targets

# The choice of how the text is read.
own-read-as = Read as

# One of them.
own-as-lines = one sequence a line

# The others: a plain text is cut into pieces.
# $tokens (Number): how many tokens each has
own-as-text = a plain text, cut into { $tokens } tokens

# The button that begins the training.
own-take = Train on these

# The button that draws the split again.
own-redraw = Draw another split

# Held-out sequences that are trained on too.
# $count (Number): how many
own-in-both =
    { $count ->
        [one] 1 held-out sequence is trained on too: it cannot show what the network has not seen.
       *[other] { $count } held-out sequences are trained on too: they cannot show what the network has not seen.
    }

# Over the list of bad lines, beside good ones.
# $count (Number): how many lines
own-left-out =
    { $count ->
        [one] 1 line is left out:
       *[other] { $count } lines are left out:
    }

# Over the list where no line could be read.
own-none = No sequence could be read:

# A bad line.
# $line (Number): its number
# $problem (String): what is wrong with it
line-of = Line { $line }: { $problem }

# What is wrong with a line.
line-no-tab = There is no tab between the sequence and its target.

# What is wrong with a line.
line-tabs = There is more than one tab; leave the one before the target.

# What is wrong with a line.
line-tab-for-next = There is a tab; where next tokens are predicted a line has none.

# What is wrong with a line.
line-no-target = No step has a target.

# What is wrong with a line.
# $found (String): what was typed
line-not-binary = The target “{ $found }” is neither 0 nor 1.

# What is wrong with a line.
# $found (String): what was typed
line-not-a-number = The target “{ $found }” is not a number; write it as 0.5, several as 0.5,1.

# What is wrong with a line.
# $found (Number): how many targets
# $expected (Number): how many steps
line-target-count =
    { $found ->
        [one] There is 1 target
       *[other] There are { $found } targets
    } for { $expected ->
        [one] 1 step
       *[other] { $expected } steps
    }; give one, or one for each step.

# What is wrong with a line.
# $found (Number): how many numbers
# $expected (Number): how many before
line-target-length =
    A target has { $found ->
        [one] 1 number
       *[other] { $found } numbers
    }; those before have { $expected }.

# What is wrong with a line.
# $found (Number): the target
# $last (Number): the last place
line-no-such-output = There is no output { $found }; the last one is { $last }.

# What is wrong with a line.
# $found (Number): how many numbers a step has
# $expected (Number): how many before
line-width =
    Its steps have { $found ->
        [one] 1 number
       *[other] { $found } numbers
    }; those before have { $expected }.

# What is wrong with a line.
# $most (Number): how many there can be
line-many-tokens = With it there are more than { $most } different tokens.

# What is wrong with a line.
# $most (Number): how many there can be
line-many-targets = With it there are more than { $most } different targets.

# What is wrong with the last line.
# $label (String): the target of all
line-one-target = All targets are “{ $label }”; there must be at least two different ones.

# What is wrong with a line.
# $most (Number): how many sequences are read
line-too-many = It and what follows is left out: there are more than { $most } sequences.

## The sets of sequences: what each is called, what it is for, and what to predict first

# A set: English opinions on films.
set-opinions-en = Not good

# What it is for.
set-opinions-en-note =
    Opinions on films: “not” turns the word that follows. Held-out sentences follow the same rule,
    but were not trained on.

# What to predict first.
set-opinions-en-ask =
    Some sentences have the same words in another order, and opposite targets. How many would the
    best bag of words get right?

# The same in Korean.
set-opinions-ko = 좋지 않다 (Korean)

# What it is for.
set-opinions-ko-note =
    Korean opinions on films, cut into morphemes: 지 않 turns the word before it. Held-out sentences
    follow the same rule.

# What to predict first.
set-opinions-ko-ask = Where will the prediction turn: at the opinion, or after it?

# A set: Elman’s syllables.
set-syllables = ba dii guuu

# What it is for.
set-syllables-note =
    Three syllables in random order, letter by letter. The consonant tells which vowel follows, and
    how often; the next consonant cannot be known.

# What to predict first.
set-syllables-ask = How far can the loss fall? Where will the floor be, above 0 or at 0?

# A set: the word hello.
set-hello = By heart: hello

# What it is for.
set-hello-note =
    One word again and again, letter by letter. After `l` comes `l` or `o`; only the hidden state
    can tell which.

# What to predict first.
set-hello-ask = How many updates will it take?

# A set: an English rhyme.
set-rhyme-en = By heart: a rhyme

# What it is for.
set-rhyme-en-note = A rhyme, letter by letter, learnt by heart: nothing is held out.

# What to predict first.
set-rhyme-en-ask = What will it write after 40 updates: letters, syllables or words?

# The same in Korean.
set-rhyme-ko = By heart: a Korean rhyme

# What it is for.
set-rhyme-ko-note = A Korean rhyme, syllable by syllable, learnt by heart: nothing is held out.

# What to predict first.
set-rhyme-ko-ask = What will it write after 40 updates?

# A set: parity, with a target at the end.
set-parity = Odd or even

# What it is for.
set-parity-note =
    Is the number of ones odd? Only the last step has a target. With these settings some seeds reach
    the goal and others do not.

# What to predict first.
set-parity-ask = Will your seed reach it?

# The same with a target at every step.
set-parity-every-step = Odd or even, at every step

# What it is for.
set-parity-every-step-note =
    The same strings, but every step has a target: is the number of ones so far odd?

# What to predict first.
set-parity-every-step-ask = Will it take more updates than with one target at the end, or fewer?

# A set: which of two marks came first.
set-which-first = Which came first?

# What it is for.
set-which-first-note =
    `X` and `Y` stand somewhere among fillers: which comes first? Compare clipping at 1 with no
    clipping.

# What to predict first.
set-which-first-ask = How large will the largest gradient norm be?

# A set: remember the first token.
set-first = The long wait

# What it is for.
set-first-note =
    The target is the first token; fillers follow. Gradient descent must carry the gradient back
    over the whole gap.

# What to predict first.
set-first-ask = Which fails first as the gap grows: tanh, GRU or LSTM?

# A set: which marks, in which order.
set-order = `X`, then `Y`

# What it is for.
set-order-note =
    Two marks among fillers, and four classes: XX, XY, YX, YY. The task with which the LSTM was
    introduced (Hochreiter and Schmidhuber 1997), made shorter.

# What to predict first.
set-order-ask = Which of them reach the goal within 600 updates: tanh, GRU, LSTM?

# A set: as, then as many bs.
set-counting = The counter

# What it is for.
set-counting-note =
    Some `a`, then as many `b`: once the first `b` has come, all that follows is known to whoever has
    counted.

# What to predict first.
set-counting-ask = What will the cell state `C` of the LSTM be after the fifth `a`?

# A set: few English sentences, written by hand.
set-own-en = Too few sentences

# What it is for.
set-own-en-note =
    46 English sentences in pairs that differ by a word or two and have opposite targets. Some are
    held out.

# What to predict first.
set-own-en-ask = The training loss will fall. Will the held-out accuracy rise?

# The same in Korean.
set-own-ko = Too few sentences (Korean)

# What it is for.
set-own-ko-note =
    48 Korean sentences in pairs that differ by a word or two and have opposite targets. Some are
    held out.

# What to predict first.
set-own-ko-ask = The training loss will fall. Will the held-out accuracy rise?

# A set: Elman’s exclusive or over time.
set-temporal-xor = XOR over time

# What it is for.
set-temporal-xor-note =
    Every third bit is the exclusive or of the two before it; the others are random (Elman 1990).

# What to predict first.
set-temporal-xor-ask = Which of three bits can be predicted, and so where is the floor?

# A set: balanced brackets.
set-brackets = Brackets

# What it is for.
set-brackets-note = Is every bracket closed? In half of the strings one bracket is turned round.

# What to predict first.
set-brackets-ask = Will it also judge strings longer than any in training?

# A set: small English sentences.
set-sentences = Who eats what

# What it is for.
set-sentences-note =
    Small sentences from a grammar, one after the other without full stops; the next word is
    predicted.

# What to predict first.
set-sentences-ask = Will the held-out loss only ever fall?

# A set: the embedded Reber grammar.
set-reber = Embedded Reber grammar

# What it is for.
set-reber-note =
    The second letter comes back just before the end; a string of the Reber grammar stands between
    them.

# What to predict first.
set-reber-ask = Will the loss fall evenly, or in stairs?

## The first minute

# Head of the panel of the first minute.
overview-title = A recurrent neural network at work

# The button at the top of the page that shows that panel again.
overview-again = Overview

# What the network reads and predicts, of the film review.
overview-review = This small network reads a film review word by word, left to right, and predicts one number: the probability that the review is positive.

# The same, where a time step is a character.
overview-review-characters =
    This small network reads a film review character by character, left to right, and predicts one
    number: the probability that the review is positive.

# The same, of any text with a target of 0 or 1.
# $steps (Number): the number of time steps
overview-binary =
    This small network reads a sequence of { $steps ->
        [one] 1 time step
       *[other] { $steps } time steps
    }, left to right, and predicts one number: the probability that the target is 1.

# The same, of several labels.
# $steps (Number): the number of time steps
# $labels (Number): the number of labels
overview-classes =
    This small network reads a sequence of { $steps ->
        [one] 1 time step
       *[other] { $steps } time steps
    }, left to right, and predicts the probability of each of { $labels } labels.

# The same, of the next token.
# $steps (Number): the number of time steps
overview-next =
    This small network reads a sequence of { $steps ->
        [one] 1 time step
       *[other] { $steps } time steps
    }, left to right, and at every step predicts which token comes next.

# The same, where the outputs are numbers.
# $steps (Number): how many time steps there are
overview-values =
    This small network reads a sequence of { $steps ->
        [one] 1 time step
       *[other] { $steps } time steps
    }, left to right, and predicts numbers.

# The same, where several steps have a target.
# $steps (Number): how many time steps there are
overview-each =
    This small network reads a sequence of { $steps ->
        [one] 1 time step
       *[other] { $steps } time steps
    }, left to right, and makes a prediction at every step that has a target.

# After that, of random weights.
# $prediction (String): the prediction
# $target (Number): the target
overview-guess = Its weights are still random, so its prediction, { $prediction }, is a guess. The target is { $target }.

# The same, where there are several predictions.
overview-random = Its weights are still random, so its predictions are guesses.

# The same, after updates.
# $updates (Number): how many
overview-trained =
    { $updates ->
        [one] Its weights have had 1 update.
       *[other] Its weights have had { $updates } updates.
    }

# The same, of given weights.
overview-given = Its weights were given, not drawn at random.

# After it, where there is one prediction and one target.
# $prediction (String): the prediction
# $target (Number): the target
overview-predicts = It predicts { $prediction }; the target is { $target }.

# Before what the top row is.
overview-top = Top row:

# The same in a cell with gates.
overview-top-gated = Top rows:

# What they are.
# $units (Number): the number of hidden units
overview-states =
    { $units ->
        [one] the gates, from 0 to 1, and the states, one number each, that carry what has been read so far.
       *[other] the gates, from 0 to 1, and the states, { $units } numbers each, that carry what has been read so far.
    }

# What the top row is.
# $units (Number): the number of hidden units
overview-state =
    { $units ->
        [one] the hidden state, one number that carries what has been read so far.
       *[other] the hidden state, { $units } numbers that carry what has been read so far.
    }

# Before what the rows below are.
overview-below = Rows below:

# What they are.
overview-gradients =
    how the loss would change if those numbers changed. They are computed from right to left: that
    is backpropagation through time (BPTT).

# Beside the colour of positive numbers.
overview-positive = positive

# Beside the colour of negative numbers.
overview-negative = negative

# Beside those two.
overview-pale = pale: near zero

# A way on: a button.
overview-play = Play it from the first step

# Beside it.
overview-play-note = forward, loss, backward, update

# A way on: a button.
overview-lesson = Start the lesson

# Beside it.
overview-lesson-note = from a plain network to this one

# A way on.
overview-click = Click any number

# Beside it.
overview-click-note = and see where it comes from

# The label of the target of the film review.
review-question = Is the review positive?

# The same, of any other text with a target of 0 or 1.
binary-question = Target `y`: 0 or 1?

# The same, of several labels.
classes-question = Which of the labels is right?

# The same, of numbers.
values-question = Target `y`: which values?

# The label at the same place, where every step predicts the next word.
word-question = Which word comes next?

# The same, where a step is a character.
character-question = Which character comes next?

# The same, of the letters of the example.
letter-question = Which letter comes next?

# What stands below that label: there is a target at every step.
every-step = at every step

# The target 0 of the question about the film review.
review-no = no

# The target 1 of that question.
review-yes = yes

# In the card of the prediction: the weights are random.
untrained = untrained: a guess

# In the card of the prediction: the weights were given.
given-weights = given weights

# In the card of the prediction.
# $updates (Number): how many
after-updates =
    { $updates ->
        [one] after 1 update
       *[other] after { $updates } updates
    }

# The button behind which stand the spectral radius and the seed.
initial-weights = Initial weights

# On that button.
# $seed (String): the seed
initial-random = seed { $seed }

# A phase of the bar: the prediction and the loss.
phase-loss = Loss

## The sums beside a number, and what an update does

# L of all steps together, in a title.
# $symbol (String): its letter
spot-whole-loss = `{ $symbol }`, all steps

# The head of the summands of a sum: they come from the previous hidden state.
cause-previous = previous hidden state

# The same: from the hidden state of the same step.
cause-state = hidden state

# The same: from the input.
cause-input = input

# The same: a bias.
cause-bias = bias

# The same: from the output of the same step.
cause-output = from the output

# The same: from the next step.
cause-next = from the next step

# The same: from the gradient at a variable at the next step, where several come from there.
# $symbol (String): the gradient, such as ∂L/∂Z_f
cause-next-error = from `{ $symbol }` of the next step

# The same: from the gradient at another variable at the same step.
# $symbol (String): the gradient, such as ∂L/∂H
cause-here-error = from `{ $symbol }` of this step

# The same: from the next step, past every weight.
cause-straight = straight from the next step

# The same: through the weights.
cause-weights = through the weights

# The same: from a variable that the same step has computed of the previous hidden state.
# $symbol (String): its symbol, such as K
cause-recalled = `{ $symbol }` of this step

# The same: what is kept of the step before.
cause-kept = kept from the step before

# The same: what is new at this step.
cause-written = added at this step

# The same: what was predicted.
cause-prediction = prediction

# The same: what should have been predicted.
cause-target = target

# The same: the weight before an update.
cause-before = present value

# The same: what an update adds to the weight.
cause-change = change

# The same: what one step gives.
# $step (Number): the step
cause-step = step { $step }

# A button that shows or hides the summands of a group.
# $count (Number): how many summands
group-summands =
    { $count ->
        [one] 1 summand
       *[other] { $count } summands
    }

# In place of the name of a number: the part of an error that truncation lets pass.
truncated-part = not truncated

# Over a table at the update.
forecast = What the update does to the loss

# Its rows.
forecast-before = loss before

# The change by the slope at the present weights.
forecast-predicted = predicted change

# What the prediction is, where nothing is clipped or truncated.
forecast-formula = `−η‖g‖²`

# The change when the loss is computed again.
forecast-real = actual change

# The loss after the update.
forecast-after = loss after

# Under the table: both changes are nearly the same.
forecast-agrees = The loss changes almost as predicted: over this distance its slope hardly changes.

# The loss falls, but by less.
forecast-less =
    The loss falls by less than predicted: in the direction of the update its curve bends upwards,
    and the gradient knows only the slope at the start.

# The loss falls by more.
forecast-more =
    The loss falls by more than predicted: in the direction of the update its curve bends downwards,
    and the gradient knows only the slope at the start.

# How they compare: the loss cannot fall so far.
forecast-beyond =
    The predicted fall is larger than the loss itself: the update is far too large for the slope to
    predict anything. Try a smaller learning rate, or gradient clipping.

# The loss rises, where it should have fallen.
forecast-rises =
    The loss rises, although it was predicted to fall: the update is too large. Try a smaller
    learning rate.

# What truncation leaves of the gradient points the wrong way.
forecast-uphill =
    The update follows a truncated gradient, and here that was predicted to raise the loss.

# No weight moves.
forecast-nothing = The gradient is 0, so no weight changes, and neither does the loss.

# A number is past the largest there is.
forecast-overflow = – (overflow)

# The cosine of an angle with the angle beside it.
# $cosine (String): the cosine
# $degrees (String): the angle in degrees
cosine-and-angle = { $cosine } (an angle of { $degrees }°)

## The glossary

# What each word of the field means: shown when it is pointed at.
meaning-hidden-state =
    Hidden state `H⁽ᵗ⁾`: the numbers, one for each unit, in which the network keeps what it has read up
    to step `t`.

# The same.
meaning-hidden-unit =
    Hidden unit: one number of the hidden state. All units of a step are computed from all units of
    the previous step and from the input.

# The same.
meaning-time-step =
    Time step: one token of the sequence. The network uses the same weights at every step.

# The same.
meaning-one-hot =
    Input `X⁽ᵗ⁾`: a one-hot vector, with 1 at the place of the token and 0 everywhere else, so that
    `X` times a weight matrix picks one of its rows.

# The same.
meaning-weighted-sum =
    Weighted sum `Z`: inputs times weights plus a bias, before the activation function.

# The same.
meaning-bias = Bias: a number that is added to a weighted sum, whatever the input is.

# The same.
meaning-logit =
    Logit `Z₂`: the weighted sum of an output, which sigmoid or softmax turns into a probability.

# The same.
meaning-prediction =
    Prediction `A₂`: the probability that the network gives to an outcome; in regression, the
    predicted number.

# The same.
meaning-target = Target `y`: what the network should predict, taken from the data.

# The same.
meaning-loss =
    Loss `L`: one number for how wrong the predictions are: `−ln` of the probability that the
    network gave to the target; in regression, half the squared distance to it.

# The same.
meaning-error =
    Error `∂L/∂Z`: how much the loss changes per unit of change of a weighted sum (`δ` in many books).

# The same.
meaning-hidden-gradient =
    Gradient at the hidden state, `∂L/∂H⁽ᵗ⁾`: how fast the loss changes when a hidden unit of step
    `t` changes.

# The same.
meaning-gradient =
    Gradient: the derivative of the loss with respect to each weight, or to each number of a state
    such as `C`: how fast the loss changes when that number changes. It points to where the loss
    rises fastest.

# The same.
meaning-contribution =
    Contribution: one step’s part of the gradient of a weight that all steps share. The gradient is
    the sum of all contributions.

# The same.
meaning-norm =
    Norm `‖·‖`: of a vector, the root of the sum of the squares of its numbers. Of a matrix
    (spectral norm), the largest factor by which it can stretch a vector.

# The same.
meaning-jacobian =
    Jacobian `J⁽ᵗ⁾`: a matrix that says how fast each number that step `t` hands on (`H`, in an LSTM
    also `C`) changes when a number of step `t − 1` changes.

# The same.
meaning-saturated =
    Saturated unit: its hidden state is so near −1 or 1 that `tanh` hardly changes any more, so `1 − H²`
    lets almost no gradient through.

# The same.
meaning-spectral-radius =
    Spectral radius: the largest absolute value of an eigenvalue of a recurrent matrix such as
    `W₁ₕ`. Below 1 repeated products shrink, above 1 they can grow.

# The same.
meaning-initial-weights =
    Initial weights: the random numbers that training begins with; the same seed gives the same ones.

# The same.
meaning-bag-of-words =
    Bag of words: a model that adds up the words, so that it cannot know their order.

# The same.
meaning-truncated-bptt =
    Truncated BPTT: the gradient of each loss is carried back over the last `w` steps only, which saves
    work and leaves out earlier contributions.

# The same.
meaning-clipping =
    Gradient clipping: a gradient whose norm is above a threshold `c` is scaled down to the norm `c`; its
    direction stays.

# The same.
meaning-check =
    Gradient check: compares a gradient with the slope that is measured by moving one weight a little
    to either side.

# The same.
meaning-learning-rate =
    Learning rate `η`: how far an update moves each weight against its gradient.

# The same.
meaning-shared =
    Shared weight: one weight used at every step. With separate copies, each copy’s gradient is one
    step’s contribution.

# The same.
meaning-gate =
    Gate: numbers between 0 and 1, one for each unit, computed from the input and the previous
    hidden state. A gate lets through that fraction of what it multiplies.

# The same.
meaning-candidate =
    Candidate `G`: what the step offers to add, the tanh of a weighted sum. A gate decides how much of
    it is added.

# The same.
meaning-cell-state =
    Cell state `C⁽ᵗ⁾`: the second state of an LSTM. From step to step it is multiplied by the forget
    gate and added to; no weight stands in between.

# The same.
meaning-keep-bias =
    Keep bias: the initial bias of the gate that keeps. At 1 the gate begins more than half open, so
    gradients reach earlier steps from the start. Frameworks differ in it.

# The same.
meaning-temperature =
    Temperature `τ`: the logits are divided by it before softmax. Below 1 likely tokens become likelier;
    at 0 the likeliest is always taken.
