"""Keras 3: what a `SimpleRNN`, `LSTM` or `GRU` does inside of a model.

Keras is never imported here: a model of it has brought it along.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from ._canonical import Seen, UnsupportedModel, numbers

_KINDS = ("SimpleRNN", "LSTM", "GRU")


def is_model(model: Any) -> bool:
    """Whether `model` is a layer of Keras, which a model is as well."""
    keras = sys.modules.get("keras")
    return keras is not None and isinstance(model, keras.layers.Layer)


def _name(function: Any) -> str:
    return str(getattr(function, "__name__", function))


def see(model: Any, x: Any, *, head: Any, initial: Any, batch: int, layer: int | None) -> Seen:
    """Runs the model on `x`, as it is called with it, and keeps what its recurrent layer was given and did."""
    keras = sys.modules["keras"]
    if layer not in (None, 0, -1):
        raise UnsupportedModel("Each layer of Keras is one layer.", "Pass the one to be shown, with the input that it gets.")
    kinds = tuple(getattr(keras.layers, kind) for kind in _KINDS)
    bare = isinstance(model, kinds)
    layers = [model] if bare else list(getattr(model, "layers", []))
    if any(isinstance(it, keras.layers.Bidirectional) for it in layers):
        raise UnsupportedModel("The model reads the sequence in both directions.", "The page shows one: pass its `forward_layer`.")
    found = [it for it in layers if isinstance(it, kinds)]
    if len(found) != 1:
        names = ", ".join(f"`{it.name}`" for it in found) or "none"
        raise UnsupportedModel(f"The model has {len(found)} recurrent layers ({names}).", "Pass the one to be shown, with the input that it gets.")
    recurrent = found[0]
    x = np.asarray(numbers(x))
    tokens = None
    if bare:
        if x.ndim <= 2 and np.array_equal(x, np.round(x)) and x.ndim == 1:
            if not recurrent.built:
                raise UnsupportedModel("The layer has no weights yet.", "Call it once.")
            x = np.eye(recurrent.cell.kernel.shape[0])[x.astype(int)]
        x = x[None] if x.ndim == 2 else x
        given, values = x.astype("float32"), {}
        start = None if initial is None else [np.atleast_2d(numbers(it)).astype("float32").repeat(len(given), 0) for it in (initial if isinstance(initial, (tuple, list)) else [initial])]
        states = recurrent(given, initial_state=start)
        states = states[0] if isinstance(states, (tuple, list)) else states
    else:
        if initial is not None:
            raise UnsupportedModel("`initial` is for a bare layer: the model itself decides where it starts.")
        start = None
        x = x[None] if x.ndim == 1 else x
        if not getattr(model, "inputs", None):
            raise UnsupportedModel("The model is not built of layers that can be followed.", "Use `keras.Sequential` or the functional API, or pass the recurrent layer.")
        dense = [it for it in layers if isinstance(it, keras.layers.Dense) and it.built and it.kernel.shape[0] == recurrent.units]
        if head is not None:
            dense = [it for it in layers if it is head or it.name == head]
        if len(dense) > 1:
            raise UnsupportedModel(f"The model has {len(dense)} layers that may read out.", "Say which by `head`.")
        tables = [it for it in layers if isinstance(it, keras.layers.Embedding)]
        wanted = {"given": recurrent.input, "states": recurrent.output}
        if dense:
            wanted["head"] = dense[0].output
        if isinstance(wanted["given"], (list, tuple)):
            wanted["given"] = wanted["given"][0]
        if isinstance(wanted["states"], (list, tuple)):
            wanted["states"] = wanted["states"][0]
        if len(model.inputs) > 1:
            raise UnsupportedModel(f"The model has {len(model.inputs)} inputs.", "Pass the recurrent layer, with the input that it gets.")
        inside = keras.Model(model.inputs[0], wanted)
        values = {key: numbers(value) for key, value in inside(x, training=False).items()}
        given, states = values["given"], values["states"]
        if tables:
            tokens = x[batch].astype(int)
    if not -len(given) <= batch < len(given):
        raise UnsupportedModel(f"There is no sequence {batch}: the batch has {len(given)}.")
    inputs, did = numbers(given)[batch], numbers(states)[batch]
    if recurrent.go_backwards:
        inputs = inputs[::-1]
    seen = Seen(inputs=inputs, states=np.atleast_2d(did), name=recurrent.name, **_weights(recurrent))
    seen.exact = str(recurrent.compute_dtype) == "float64"
    if start is not None:
        seen.start = {letter: numbers(part)[batch] for letter, part in zip("hc", start)}
    if tokens is not None:
        table = numbers(tables[0].embeddings)
        if len(tokens) == seen.steps and np.array_equal(table[tokens], inputs):
            seen.embedding, seen.tokens = table, tokens.tolist()
    if "head" in values:
        _with_head(seen, dense[0], values["head"][batch])
    return seen


def _weights(layer: Any) -> dict[str, Any]:
    """The canonical weights of a layer, whose matrices have inputs as rows already."""
    cell, n = layer.cell, layer.units
    kind = type(layer).__name__
    activation, gates = _name(cell.activation), _name(getattr(cell, "recurrent_activation", None))
    allowed = {"SimpleRNN": ("tanh", "relu", "sigmoid"), "LSTM": ("tanh",), "GRU": ("tanh",)}[kind]
    if activation not in allowed or gates not in ("sigmoid", "None"):
        raise UnsupportedModel(f"`{layer.name}` has the activations {activation} and {gates}.", "The page has tanh, and σ for gates; a SimpleRNN may also have relu or sigmoid.")
    wx, wh = numbers(cell.kernel), numbers(cell.recurrent_kernel)
    notes = [] if cell.use_bias else ["The layer has no bias; it is shown as zeros."]
    bias = numbers(cell.bias) if cell.use_bias else np.zeros((2, 3 * n) if kind == "GRU" and cell.reset_after else wx.shape[1])
    if kind == "SimpleRNN":
        return {"cell": activation, "wx": wx, "wh": wh, "bias": bias, "notes": notes}
    if kind == "LSTM":
        return {"cell": "lstm", "wx": wx, "wh": wh, "bias": bias, "notes": notes}
    # Keras has the update gate, which it calls z, before the reset gate.
    order = np.r_[n : 2 * n, 0:n, 2 * n : 3 * n]
    wx, wh = wx[:, order], wh[:, order]
    if not cell.reset_after:
        return {"cell": "gru", "wx": wx, "wh": wh, "bias": bias[order], "notes": notes}
    b_x, b_h = bias[0][order], bias[1][order]
    summed = np.concatenate([(b_x + b_h)[: 2 * n], b_x[2 * n :]])
    return {"cell": "gru-reset-after", "wx": wx, "wh": wh, "bias": summed, "state_bias": b_h[2 * n :], "notes": notes}


def _with_head(seen: Seen, dense: Any, out: Any) -> None:
    """The head, and what its activation was given: out of softmax and σ the sums follow but for a constant."""
    weights = numbers(dense.kernel), numbers(dense.bias) if dense.use_bias else np.zeros(dense.units)
    activation = _name(dense.activation)
    if activation not in ("linear", "softmax", "sigmoid"):
        raise UnsupportedModel(f"`{dense.name}` has the activation {activation}.", "The page has outputs without one, softmax and σ.")
    seen.head, seen.logits, seen.head_name = weights, out, dense.name
    seen.answer = activation
