"""From a model to what is shown of it: an experiment that holds its weights, checked against the model."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from . import _keras, _reference, _torch
from ._canonical import LONGEST_TEXT, MOST_INPUTS, Array, Seen, UnsupportedModel, agree, check_sizes
from ._widget import Network, Widget

#: Whole vocabularies are shown up to so many tokens; of larger ones, those of the sequence.
_WHOLE = 100


def _see(model: Any, x: Any, **options: Any) -> Seen:
    for framework in (_torch, _keras):
        if framework.is_model(model):
            seen = framework.see(model, x, **options)
            check_sizes(seen)
            return seen
    raise UnsupportedModel(
        f"{type(model).__module__}.{type(model).__name__} is no model of PyTorch or Keras.",
        "Pass an nn.Module, a keras.Model, or a recurrent layer of either.",
    )


def _name(token: str) -> str:
    """A token as one word, so that a sequence of them is a text."""
    written = "".join({" ": "␣", "\n": "⏎", "\t": "⇥"}.get(c, c) for c in token)
    written = "".join(f"U+{ord(c):04X}" if c.isspace() or not c.isprintable() else c for c in written)
    return written or "∅"


def _names(vocabulary: Any, count: int) -> list[str]:
    """How each of `count` tokens is written, each differently."""
    if vocabulary is None:
        return [str(index) for index in range(count)]
    if isinstance(vocabulary, Mapping):
        names = {int(index): str(token) for token, index in vocabulary.items()}
        listed = [names.get(index, str(index)) for index in range(count)]
    elif isinstance(vocabulary, str) or isinstance(vocabulary, Sequence):
        listed = [str(token) for token in vocabulary]
    else:
        raise TypeError("vocabulary must be a list of tokens, or a dict from tokens to their numbers")
    if len(listed) != count:
        raise ValueError(f"vocabulary has {len(listed)} tokens, but the model has {count}")
    written: list[str] = []
    seen: set[str] = set()
    for index, token in enumerate(listed):
        name = _name(token)
        name = f"{name}#{index}" if name in seen else name
        seen.add(name)
        written.append(name)
    return written


def _as_tokens(seen: Seen) -> None:
    """Rows of zeros with a one are tokens."""
    d = seen.inputs.shape[1]
    places = seen.inputs.argmax(axis=1)
    if seen.tokens is None and d > 1 and np.array_equal(np.eye(d)[places], seen.inputs):
        seen.embedding, seen.tokens = np.eye(d), places.tolist()


def _inputs(seen: Seen, vocabulary: Any) -> tuple[dict[str, Any], Array, Array, list[str]]:
    """What the page reads, the inputs and the input weights that go with it, and the names of all tokens."""
    if seen.tokens is None or seen.embedding is None:
        if seen.inputs.shape[1] > MOST_INPUTS:
            raise UnsupportedModel(f"A step has {seen.inputs.shape[1]} numbers; the page shows up to {MOST_INPUTS}.")
        # The shortest that is read as the same number of the model's precision.
        kind = np.float64 if seen.exact else np.float32
        steps = [[np.format_float_positional(kind(value), trim="-") for value in row] for row in seen.inputs]
        text = " ".join(",".join(row) for row in steps)
        if len(text) > LONGEST_TEXT:
            raise UnsupportedModel(f"Its inputs are {len(text)} characters of numbers; the page reads {LONGEST_TEXT}.", "Give it fewer steps.")
        return {"text": text, "unit": "number"}, np.array([[float(value) for value in row] for row in steps]), seen.wx, []
    names = _names(vocabulary, len(seen.embedding))
    used = list(range(len(names))) if len(names) <= _WHOLE else sorted(set(seen.tokens))
    if len(used) < len(names):
        seen.notes.append(f"Of {len(names)} tokens, the {len(used)} of this sequence are shown.")
    table = seen.embedding[used]
    if table.shape != (len(used), len(used)) or not np.array_equal(table, np.eye(len(used))):
        seen.notes.append("The embedding is shown multiplied into the input weights: a row is what a token gives each unit.")
    inputs = np.eye(len(used))[[used.index(token) for token in seen.tokens]]
    text = {"text": " ".join(names[token] for token in seen.tokens), "unit": "word", "vocabulary": [names[it] for it in used]}
    return text, inputs, table @ seen.wx, names


def _task(seen: Seen, logits: Array, target: Any, labels: Any, names: list[str]) -> dict[str, Any]:
    """What the network is asked; `logits`, T×k, are what it answers at each step."""
    steps, k = logits.shape
    if target is not None:
        target = target.tolist() if hasattr(target, "tolist") else target
    if seen.head is None:
        if target is not None:
            raise UnsupportedModel("There is no layer that reads out, so there is nothing to have a target.", "Pass the whole model, or `head`.")
        seen.notes.append("No layer reads out: the outputs are the hidden state itself, and the loss is half its squared length.")
        return {"kind": "values", "target": [0.0] * k}
    each = seen.logits is not None and seen.logits.ndim == 2
    if target is None:
        own = (logits[:, 0] > 0).astype(int) if k == 1 else logits.argmax(axis=1)
        target = own.tolist() if each else int(own[-1])
        seen.notes.append("Without a target, the loss is that of the model's own most likely answer.")
    many = isinstance(target, list) and len(target) == steps and (each or steps != k)
    flat = target if many else [target]
    whole = all(it is None or isinstance(it, (int, bool)) for it in flat)
    if many and not each:
        raise UnsupportedModel(f"`{seen.head_name}` reads the last step alone, so there is one target.")
    if whole and k == 1:
        task: dict[str, Any] = {"kind": "binary"}
        flat = [it if it is None else int(it) for it in flat]
        if any(it not in (None, 0, 1) for it in flat):
            raise ValueError("a target of one output is 0 or 1, or a number with a point for regression")
    elif whole:
        if labels is None and len(names) == k:
            labels = names
        task = {"kind": "classes", "labels": _names(labels, k)}
        flat = [it if it is None else int(it) for it in flat]
        if any(it is not None and not 0 <= it < k for it in flat):
            raise ValueError(f"a target of {k} outputs is a number from 0 to {k - 1}")
    else:
        task = {"kind": "values"}
        flat = [it if it is None else np.atleast_1d(np.asarray(it, dtype=float)).tolist() for it in flat]
        if any(it is not None and len(it) != k for it in flat):
            raise ValueError(f"a target must have {k} numbers, one for each output")
    return {**task, "targets": flat} if many else {**task, "target": flat[0]}


def _network(model: Any, x: Any, target: Any, vocabulary: Any, labels: Any, head: Any, initial: Any, batch: int, layer: int | None) -> Network:
    seen = _see(model, x, head=head, initial=initial, batch=batch, layer=layer)
    # The model itself first: whatever is shown later, this is what it did.
    did = _reference.forward(seen.cell, seen.blocks(), seen.inputs, seen.start)["h"]
    agree("The hidden state", did if len(seen.states) == seen.steps else did[-1:], seen.states, seen.exact)
    w2, b2 = seen.head if seen.head is not None else (np.eye(seen.units), np.zeros(seen.units))
    logits = did @ w2 + b2
    if seen.logits is not None:
        ours = logits if seen.logits.ndim == 2 else logits[-1:]
        ours = {"softmax": _reference.softmax, "sigmoid": _reference.sigmoid}.get(seen.answer, lambda z: z)(ours)
        agree(f"The output of `{seen.head_name}`", ours, np.atleast_2d(seen.logits), seen.exact)
    _as_tokens(seen)
    text, inputs, wx, names = _inputs(seen, vocabulary)
    weights = seen.blocks()
    for at, gate in enumerate(_reference.GATES[seen.cell]):
        weights[f"w{gate}x"] = wx[:, at * seen.units : (at + 1) * seen.units]
    weights |= {"w2": w2, "b2": b2}
    experiment: dict[str, Any] = {
        "format": "unrolled-experiment/1",
        **text,
        "task": _task(seen, logits, target, labels, names),
        "cell": seen.cell,
        "hidden": seen.units,
        "weights": {name: block.tolist() for name, block in weights.items()},
    }
    if "targets" in experiment["task"]:
        experiment["reduction"] = "mean"
    if any(np.any(part) for part in seen.start.values()):
        experiment["initial"] = {letter: part.tolist() for letter, part in seen.start.items()}
    return Network(experiment=experiment, trace=_reference.run(experiment, inputs), name=seen.name, notes=seen.notes)


def show(
    model: Any,
    x: Any,
    *,
    target: Any = None,
    vocabulary: Any = None,
    labels: Sequence[str] | None = None,
    head: Any = None,
    initial: Any = None,
    batch: int = 0,
    layer: int | None = None,
    height: int | None = None,
    theme: str = "auto",
) -> Widget:
    """Shows a recurrent model at work on one sequence, forward and backward, in a notebook.

    `model` is an `nn.Module` of PyTorch or a model of Keras 3 with one recurrent layer (RNN, LSTM, GRU
    or one of PyTorch's cells), or that layer; `x` is what it is called with, of which sequence `batch`
    is shown: T token numbers, or T×d numbers, with or without a batch. It is run once, in evaluation
    mode, and left as it was.

    `target` is what the output should be: the number of a class, 0 or 1 where there is one output, a
    number with a point (or k of them) for regression, or a list of T of these where the model answers
    at each step, `None` where there is none. Then the loss is their mean. Without a target, it is that
    of the model's own answer. `vocabulary`, a list or a dict as `{"word": 0}`, and `labels` name tokens
    and outputs. `head` is the linear layer that reads out, or its name, where there are several.
    `initial` is the start state of a bare layer: h, or (h, c). `layer` is which of several layers,
    the last if it is `None`. `height` is that of the view, in pixels; otherwise all of it is seen.
    `theme` is "light", "dark" or that of the notebook, "auto".

    Raises `UnsupportedModel` where the model cannot be shown, and where it does not compute what the
    equations of its cell do on the same input: nothing is shown that does not agree.
    """
    network = _network(model, x, target, vocabulary, labels, head, initial, batch, layer)
    return Widget(network, height=height, theme=theme)


def trace(
    model: Any,
    x: Any,
    *,
    target: Any = None,
    vocabulary: Any = None,
    labels: Sequence[str] | None = None,
    head: Any = None,
    initial: Any = None,
    batch: int = 0,
    layer: int | None = None,
) -> dict[str, Any]:
    """Every number of the same run, by the names of `unrolled-trace/1`, as 64-bit NumPy arrays.

    A variable of the cell (`h`; `c`, `i`, `f`, `zi` …) is T×n, and so is ∂loss/∂ of it (`dh`, `dzi`);
    `x` is T×d, and `z2`, `a2` and `dz2` of the outputs T×k, zero in the rows of `dz2` that have no loss.
    `loss` is a number, and `gradients` has that of each weight. Arguments and errors as of `show`.
    """
    run = _network(model, x, target, vocabulary, labels, head, initial, batch, layer).trace
    losses = {"losses": run["forward"]["loss"]}
    forward = {name: value for name, value in run["forward"].items() if name != "loss"}
    return {**forward, **losses, **run["backward"], "loss": run["loss"], "gradients": run["gradients"]}


def save(
    model: Any,
    path: str | Path,
    *,
    x: Any,
    target: Any = None,
    vocabulary: Any = None,
    labels: Sequence[str] | None = None,
    head: Any = None,
    initial: Any = None,
    batch: int = 0,
    layer: int | None = None,
) -> Path:
    """Writes what `show` shows into a file.

    A name that ends in `.html` is a page that has everything in it and needs neither a kernel nor a
    server; `.json` is an experiment with the weights, which the page opens; `.png` the picture.
    Arguments and errors as of `show`; `ValueError` for another name.
    """
    path = Path(path)
    if path.suffix not in (".html", ".json", ".png"):
        raise ValueError(f"{path.name}: the name must end in .html, .json or .png")
    network = _network(model, x, target, vocabulary, labels, head, initial, batch, layer)
    if path.suffix == ".html":
        Widget(network).to_html(path)
    elif path.suffix == ".json":
        path.write_text(json.dumps(network.experiment, ensure_ascii=False), encoding="utf-8")
    else:
        path.write_bytes(network.picture())
    return path
