"""PyTorch: what an `nn.RNN`, `nn.LSTM`, `nn.GRU` or one of their cells does inside of a model.

PyTorch is never imported here: a model of it has brought it along.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from typing import Any, Iterator

import numpy as np

from ._canonical import Seen, UnsupportedModel, numbers

_KINDS = ("RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell")


def is_model(model: Any) -> bool:
    """Whether `model` is a module of PyTorch."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(model, torch.nn.Module)


@contextmanager
def _as_it_was(model: Any) -> Iterator[None]:
    """Evaluation mode without gradients, and each module's own mode again after it."""
    torch = sys.modules["torch"]
    modes = [(module, module.training) for module in model.modules()]
    try:
        model.eval()
        with torch.no_grad():
            yield
    finally:
        for module, mode in modes:
            module.training = mode


def _only(found: list[tuple[str, Any]], what: str, hint: str) -> tuple[str, Any]:
    if len(found) != 1:
        names = ", ".join(f"`{name or type(module).__name__}`" for name, module in found) or "none"
        raise UnsupportedModel(f"The model has {len(found)} {what} ({names}).", hint)
    return found[0]


def _row(tensor: Any, batch: int, batched: bool, at: int) -> Any:
    """One sequence of a batch whose axis is `at`."""
    if not batched:
        return tensor
    if not -tensor.shape[at] <= batch < tensor.shape[at]:
        raise UnsupportedModel(f"There is no sequence {batch}: the batch has {tensor.shape[at]}.")
    return tensor.select(at, batch)


def _tensor(x: Any, like: Any, tokens: int | None) -> Any:
    """`x` as the model takes it; tokens of a bare layer as rows of zeros with a one."""
    torch = sys.modules["torch"]
    if not isinstance(x, torch.Tensor):
        x = torch.tensor(np.asarray(x).tolist())
    if tokens is not None and not x.is_floating_point():
        if x.numel() and not 0 <= int(x.min()) <= int(x.max()) < tokens:
            raise UnsupportedModel(f"A token is not in 0 … {tokens - 1}, the inputs of the layer.")
        x = torch.nn.functional.one_hot(x.long(), tokens)
        return x.to(device=like.device, dtype=like.dtype)
    return x.to(device=like.device, dtype=like.dtype if x.is_floating_point() else None)


def see(model: Any, x: Any, *, head: Any, initial: Any, batch: int, layer: int | None) -> Seen:
    """Runs the model on `x`, as it is called with it, and keeps what its recurrent layer was given and did."""
    torch = sys.modules["torch"]
    nn = torch.nn
    named = dict(model.named_modules())
    kinds = tuple(getattr(nn, kind) for kind in _KINDS)
    found = [(name, module) for name, module in named.items() if isinstance(module, kinds)]
    name, layer_module = _only(found, "recurrent layers", "Pass the one to be shown, with the input that it gets.")
    name = name or type(model).__name__
    is_cell = isinstance(layer_module, (nn.RNNCell, nn.LSTMCell, nn.GRUCell))
    if getattr(layer_module, "bidirectional", False):
        raise UnsupportedModel(
            f"`{name}` reads the sequence in both directions.", "The page shows one: pass a layer of the forward one."
        )
    if getattr(layer_module, "proj_size", 0):
        raise UnsupportedModel(f"`{name}` projects its state (`proj_size`), which the page does not show.")
    heads = [(at, module) for at, module in named.items() if isinstance(module, nn.Linear)]
    if head is not None:
        heads = [(at, module) for at, module in heads if module is head or at == head]
        if not heads:
            raise UnsupportedModel("`head` is no linear layer of the model.", "Pass the module, or its name in it.")
    else:
        heads = [(at, module) for at, module in heads if module.in_features == layer_module.hidden_size]
        if len(heads) > 1:
            _only(heads, "layers that may read out", "Say which by `head`.")
    embeddings = [(at, module) for at, module in named.items() if isinstance(module, nn.Embedding)]

    calls: dict[str, list[tuple[tuple, dict, Any]]] = {"layer": [], "head": [], "embedding": []}

    def keep(what: str, module: Any) -> Any:
        try:
            return module.register_forward_hook(
                lambda _m, args, kwargs, out: calls[what].append((args, kwargs, out)), with_kwargs=True
            )
        except TypeError:  # PyTorch 1 hands over what is passed by place alone.
            return module.register_forward_hook(lambda _m, args, out: calls[what].append((args, {}, out)))

    like = next(layer_module.parameters())
    bare = model is layer_module
    if not bare and initial is not None:
        raise UnsupportedModel("`initial` is for a bare layer: the model itself decides where it starts.")
    with ExitStack() as stack:
        stack.enter_context(_as_it_was(model))
        for what, module in [("layer", layer_module), *(("head", it) for _, it in heads), *(("embedding", it) for _, it in embeddings[:1])]:
            stack.callback(keep(what, module).remove)
        given = _tensor(x, like, layer_module.input_size if bare else None)
        state = None
        if initial is not None:
            both = isinstance(initial, (tuple, list)) and isinstance(layer_module, (nn.LSTM, nn.LSTMCell))
            parts = [torch.as_tensor(numbers(part).tolist(), dtype=like.dtype, device=like.device) for part in (initial if both else [initial])]
            if not is_cell:
                wide = given.dim() == 3
                size = (layer_module.num_layers, *((given.shape[0 if layer_module.batch_first else 1],) if wide else ()), layer_module.hidden_size)
                parts = [part.reshape(-1, *(1,) * wide, layer_module.hidden_size).expand(size).contiguous() for part in parts]
            state = tuple(parts) if isinstance(layer_module, (nn.LSTM, nn.LSTMCell)) and len(parts) == 2 else parts[0]
        if bare and is_cell:
            for row in given:
                out = model(row[None], *(() if state is None else (_batched(state),)))
                state = out
        elif bare:
            model(given, *(() if state is None else (state,)))
        else:
            model(given)

    if not calls["layer"]:
        raise UnsupportedModel(f"The model did not use `{name}` for this input.")
    if not is_cell and len(calls["layer"]) > 1:
        raise UnsupportedModel(f"The model used `{name}` {len(calls['layer'])} times for this input.", "Pass the layer.")
    seen = (_of_cell if is_cell else _of_layer)(layer_module, calls["layer"], batch, layer, name)
    if embeddings and calls["embedding"]:
        _with_tokens(seen, embeddings[0][1], calls["embedding"], batch, getattr(layer_module, "batch_first", True))
    if heads and calls["head"] and layer not in (None, -1, getattr(layer_module, "num_layers", 1) - 1):
        seen.notes.append("The output belongs to the last layer, so it is left out.")
    elif heads and calls["head"]:
        _with_head(seen, heads[0], calls["head"], batch, getattr(layer_module, "batch_first", True))
    return seen


def _batched(state: Any) -> Any:
    one = lambda part: part if part.dim() == 2 else part.reshape(1, -1)  # noqa: E731
    return tuple(map(one, state)) if isinstance(state, tuple) else one(state)


def _weights(module: Any, end: str, n: int, activation: str, is_lstm: bool, is_gru: bool) -> dict[str, Any]:
    """The canonical weights of the layer whose names end so, in which rows are inputs."""
    wx, wh = numbers(getattr(module, f"weight_ih{end}")).T, numbers(getattr(module, f"weight_hh{end}")).T
    biased = getattr(module, f"bias_ih{end}", None) is not None
    b_x = numbers(getattr(module, f"bias_ih{end}")) if biased else np.zeros(wx.shape[1])
    b_h = numbers(getattr(module, f"bias_hh{end}")) if biased else np.zeros(wx.shape[1])
    blocks = wh.shape[1] // n
    if blocks != (4 if is_lstm else 3 if is_gru else 1):
        raise UnsupportedModel(f"`weight_hh{end}` has {blocks} blocks of {n} rows.")
    notes = [] if biased else ["The layer has no bias; it is shown as zeros."]
    if is_gru:
        # b_hn stays apart: it is multiplied by the reset gate. The others only ever meet as a sum.
        if biased:
            notes.append("PyTorch has two biases for each gate; of the reset and the update gate their sum is shown.")
        summed = np.concatenate([(b_x + b_h)[: 2 * n], b_x[2 * n :]])
        return {"cell": "gru-reset-after", "wx": wx, "wh": wh, "bias": summed, "state_bias": b_h[2 * n :], "notes": notes}
    cell = "lstm" if is_lstm else activation
    if biased:
        notes.append("PyTorch has two biases for each sum; their sum is shown.")
    return {"cell": cell, "wx": wx, "wh": wh, "bias": b_x + b_h, "notes": notes}


def _parts(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (tuple, list)) else [value]


def _of_layer(module: Any, calls: list, batch: int, layer: int | None, name: str) -> Seen:
    nn = sys.modules["torch"].nn
    (args, kwargs, out) = calls[0]
    given, state = args[0] if args else kwargs["input"], (args[1] if len(args) > 1 else kwargs.get("hx"))
    if isinstance(given, nn.utils.rnn.PackedSequence):
        raise UnsupportedModel("The sequences are packed.", "Show one sequence, without packing.")
    batched = given.dim() == 3
    at = 0 if module.batch_first else 1
    inputs, states = numbers(_row(given, batch, batched, at)), numbers(_row(out[0], batch, batched, at))
    number = module.num_layers - 1 if layer is None else layer
    if not -module.num_layers <= number < module.num_layers:
        raise UnsupportedModel(f"`{name}` has {module.num_layers} layers; there is no layer {layer}.")
    number %= module.num_layers
    is_lstm, is_gru = isinstance(module, nn.LSTM), isinstance(module, nn.GRU)
    activation = getattr(module, "nonlinearity", "tanh")
    each = [_weights(module, f"_l{k}", module.hidden_size, activation, is_lstm, is_gru) for k in range(module.num_layers)]
    starts = [{} for _ in each]
    if state is not None:
        for letter, part in zip("hc", _parts(state)):
            rows = numbers(_row(part, batch, batched, 1))
            for k in range(module.num_layers):
                starts[k][letter] = rows[k]
    last = numbers(_row(_parts(out[1])[0], batch, batched, 1))
    for k in range(number):
        # What a layer above is given is what the one below it does, checked as that one is.
        below = Seen(inputs=inputs, states=last[k : k + 1], name=f"{name}, layer {k}", start=starts[k], **each[k])
        inputs = below_states(below)
    top = number == module.num_layers - 1
    seen = Seen(
        inputs=inputs,
        states=states if top else last[number : number + 1],
        name=name,
        exact=str(given.dtype) == "torch.float64",
        start=starts[number],
        **each[number],
    )
    if module.num_layers > 1:
        seen.notes.append(f"`{name}` has {module.num_layers} layers; shown is layer {number}, counted from 0.")
        if number:
            seen.notes.append("Its inputs are the states of the layer below.")
    return seen


def below_states(seen: Seen) -> Any:
    """The states of a layer below the one that is shown, which end in what the model itself has."""
    from ._canonical import agree
    from ._reference import forward

    states = forward(seen.cell, seen.blocks(), seen.inputs, seen.start)["h"]
    agree(f"The last state of `{seen.name}`", states[-1], seen.states[-1], seen.exact)
    return states


def _of_cell(module: Any, calls: list, batch: int, layer: int | None, name: str) -> Seen:
    nn = sys.modules["torch"].nn
    if layer not in (None, 0, -1):
        raise UnsupportedModel(f"`{name}` is one layer.")
    rows, states = [], []
    for args, kwargs, out in calls:
        given = args[0] if args else kwargs["input"]
        rows.append(numbers(_row(given, batch, given.dim() == 2, 0)))
        h = _parts(out)[0]
        states.append(numbers(_row(h, batch, h.dim() == 2, 0)))
    args, kwargs, _ = calls[0]
    state, start = (args[1] if len(args) > 1 else kwargs.get("hx")), {}
    if state is not None:
        start = {letter: numbers(_row(part, batch, part.dim() == 2, 0)) for letter, part in zip("hc", _parts(state))}
    is_lstm, is_gru = isinstance(module, nn.LSTMCell), isinstance(module, nn.GRUCell)
    activation = getattr(module, "nonlinearity", "tanh")
    weights = _weights(module, "", module.hidden_size, activation, is_lstm, is_gru)
    exact = str(module.weight_hh.dtype) == "torch.float64"
    return Seen(inputs=np.array(rows), states=np.array(states), name=name, exact=exact, start=start, **weights)


def _with_tokens(seen: Seen, module: Any, calls: list, batch: int, batch_first: bool) -> None:
    """Tokens, where what the layer was given is exactly their rows of the embedding."""
    indices = [call[0][0] if call[0] else call[1]["input"] for call in calls]
    if len(indices) == 1 and indices[0].dim() == 2:
        tokens = numbers(_row(indices[0], batch, True, 0 if batch_first else 1))
    else:
        tokens = np.concatenate([np.atleast_1d(numbers(it))[batch : batch + 1] if len(indices) > 1 else numbers(it) for it in indices])
    tokens = tokens.astype(int)
    table = numbers(module.weight)
    if len(tokens) == seen.steps and table.shape[1] == seen.inputs.shape[1] and np.array_equal(table[tokens], seen.inputs):
        seen.embedding, seen.tokens = table, tokens.tolist()


def _with_head(seen: Seen, head: tuple[str, Any], calls: list, batch: int, batch_first: bool) -> None:
    name, module = head
    outs = [call[2] for call in calls]
    if len(outs) > 1:
        logits = np.array([numbers(_row(out, batch, out.dim() == 2, 0)) for out in outs])
    elif outs[0].dim() == 3:
        logits = numbers(_row(outs[0], batch, True, 0 if batch_first else 1))
    elif outs[0].dim() == 2 and outs[0].shape[0] == seen.steps and seen.steps > 1 and calls[0][0][0].dim() == 2 and batch == 0 and _is_unbatched(calls, seen):
        logits = numbers(outs[0])
    else:
        logits = numbers(_row(outs[0], batch, outs[0].dim() == 2, 0))
    bias = numbers(module.bias) if module.bias is not None else np.zeros(module.out_features)
    seen.head, seen.logits, seen.head_name = (numbers(module.weight).T, bias), logits, name or "Linear"


def _is_unbatched(calls: list, seen: Seen) -> bool:
    """Whether the head was given one sequence, a row a step, and not a batch."""
    given = numbers(calls[0][0][0])
    return given.shape == seen.states.shape and np.allclose(given, seen.states)
