"""PyTorch's own numbers, forward and by its own differentiation, are those that are shown."""

import itertools
from typing import Any

import numpy as np
import pytest

import unrolled
from unrolled import _torch

torch = pytest.importorskip("torch", reason="PyTorch is not on this machine")
nn = torch.nn

LAYERS = {
    "tanh": (nn.RNN, nn.RNNCell, {"nonlinearity": "tanh"}),
    "relu": (nn.RNN, nn.RNNCell, {"nonlinearity": "relu"}),
    "lstm": (nn.LSTM, nn.LSTMCell, {}),
    "gru-reset-after": (nn.GRU, nn.GRUCell, {}),
}


class Reader(nn.Module):
    """A model as a course makes it."""

    def __init__(self, layer: Any, n: int, k: int, *, tokens: int = 0, d: int = 3, each: bool = False) -> None:
        super().__init__()
        self.embedding = nn.Embedding(tokens, d) if tokens else None
        self.layer, self.drop, self.head, self.each = layer, nn.Dropout(0.5), nn.Linear(n, k), each

    def forward(self, x: Any) -> Any:
        out, _ = self.layer(x if self.embedding is None else self.embedding(x))
        if not self.each:
            out = out[:, -1] if self.layer.batch_first else out[-1]
        return self.head(self.drop(out))


@pytest.fixture(autouse=True)
def same_numbers() -> None:
    torch.manual_seed(7)


@pytest.mark.parametrize("cell", LAYERS)
@pytest.mark.parametrize(("bias", "same", "first", "double"), list(itertools.product([True, False], repeat=4)))
def test_a_layer_does_what_is_shown_forward_and_backward(cell: str, bias: bool, same: bool, first: bool, double: bool) -> None:
    kind = torch.float64 if double else torch.float32
    d, n, steps = (4 if same else 3), 4, 6
    make, _, options = LAYERS[cell]
    layer = make(d, n, bias=bias, batch_first=first, dtype=kind, **options)
    x = torch.randn(2, steps, d, dtype=kind)
    x = x if first else x.transpose(0, 1)
    target = [int(it) for it in torch.randint(0, 3, (steps,))]
    model = Reader(layer, n, 3, each=True).to(kind)
    shown = unrolled.trace(model, x, target=target, batch=1)
    model.eval()
    out, _ = layer(x)
    out.retain_grad()
    logits = model.head(out)
    mine = logits[1] if first else logits[:, 1]
    loss = nn.functional.cross_entropy(mine, torch.tensor(target))
    loss.backward()
    states = (out[1] if first else out[:, 1]).tolist()
    close = {"rtol": 1e-9, "atol": 1e-11} if double else {"rtol": 2e-4, "atol": 2e-6}
    np.testing.assert_allclose(shown["h"], states, **close)
    np.testing.assert_allclose(shown["loss"], loss.item(), **close)
    gradients = shown["gradients"]
    names = {"lstm": "ifgo", "gru-reset-after": "rug"}.get(cell, "1")
    np.testing.assert_allclose(np.hstack([gradients[f"w{g}x"] for g in names]).T, layer.weight_ih_l0.grad.tolist(), **close)
    np.testing.assert_allclose(np.hstack([gradients[f"w{g}h"] for g in names]).T, layer.weight_hh_l0.grad.tolist(), **close)
    np.testing.assert_allclose(gradients["w2"].T, model.head.weight.grad.tolist(), **close)
    if bias:
        np.testing.assert_allclose(np.hstack([gradients[f"b{g}"] for g in names]), layer.bias_ih_l0.grad.tolist(), **close)
        if cell == "gru-reset-after":
            np.testing.assert_allclose(gradients["bgh"], layer.bias_hh_l0.grad[-n:].tolist(), **close)


@pytest.mark.parametrize("cell", LAYERS)
def test_cells_and_start_states_are_those_of_the_layer(cell: str) -> None:
    make, make_cell, options = LAYERS[cell]
    layer, one = make(3, 4, **options), make_cell(3, 4, **options)
    for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
        getattr(one, name).data = getattr(layer, f"{name}_l0").data
    x = torch.randn(5, 3)
    start = tuple(torch.randn(2, 4)) if cell == "lstm" else torch.randn(4)
    both = [unrolled.trace(model, x, initial=start)["h"] for model in (layer, one)]
    np.testing.assert_allclose(both[0], both[1], rtol=1e-9)
    assert not np.allclose(both[0], unrolled.trace(layer, x)["h"])


def test_tokens_have_their_names_and_the_embedding_is_multiplied_in() -> None:
    model = Reader(nn.LSTM(3, 4, batch_first=True), 4, 2, tokens=5)
    words = ["a", "b c", "\n", "a", ""]
    widget = unrolled.show(model, torch.tensor([[1, 2, 3, 4]]), target=1, vocabulary=words, labels=["no", "yes"])
    experiment = widget._network.experiment
    assert experiment["text"] == "b␣c ⏎ a#3 ∅" and experiment["vocabulary"] == ["a", "b␣c", "⏎", "a#3", "∅"]
    assert experiment["task"] == {"kind": "classes", "labels": ["no", "yes"], "target": 1}
    folded = model.embedding.weight.double() @ model.layer.weight_ih_l0.double().T
    np.testing.assert_allclose(experiment["weights"]["wfx"], folded[:, 4:8].tolist(), rtol=1e-12)
    assert any("embedding" in note for note in widget.notes)


def test_of_a_large_vocabulary_the_tokens_of_the_sequence_are_shown() -> None:
    model = Reader(nn.GRU(3, 4, batch_first=True), 4, 1, tokens=5000)
    experiment = unrolled.show(model, [[4000, 7, 7]], target=0)._network.experiment
    assert experiment["vocabulary"] == ["7", "4000"] and experiment["text"] == "4000 7 7"
    assert experiment["task"] == {"kind": "binary", "target": 0}


def test_of_several_layers_the_last_is_shown_with_the_output_or_the_one_that_is_asked_for() -> None:
    model = Reader(nn.LSTM(3, 4, num_layers=3, batch_first=True), 4, 2)
    x = torch.randn(1, 5, 3)
    whole = unrolled.trace(model, x, target=0)
    assert whole["x"].shape == (5, 4) and whole["z2"].shape == (5, 2)
    below = unrolled.trace(model, x, layer=1)
    np.testing.assert_allclose(below["h"], whole["x"], atol=1e-7)
    assert below["z2"].shape == (5, 4)


def test_the_model_is_left_as_it_was() -> None:
    model = Reader(nn.LSTM(3, 4, batch_first=True), 4, 2)
    model.drop.eval()
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    unrolled.show(model, torch.randn(1, 4, 3))
    assert model.training and not model.drop.training
    assert all(torch.equal(before[name], tensor) for name, tensor in model.state_dict().items())
    assert all(parameter.grad is None and parameter.requires_grad for parameter in model.parameters())
    assert not any(module._forward_hooks for module in model.modules())


class Squashed(Reader):
    def forward(self, x: Any) -> Any:
        return self.head(torch.tanh(self.layer(x)[0][:, -1]))


class Reversed(Reader):
    def forward(self, x: Any) -> Any:
        return self.head(self.layer(x.flip(1))[0][:, 0])


def test_what_computes_something_else_is_refused_and_said() -> None:
    x = torch.randn(1, 5, 3)
    with pytest.raises(unrolled.UnsupportedModel, match="The output of `head` is .* in the model"):
        unrolled.show(Squashed(nn.LSTM(3, 4, batch_first=True), 4, 2), x)
    with pytest.raises(unrolled.UnsupportedModel, match="The output of `head` is"):
        unrolled.show(Reversed(nn.LSTM(3, 4, batch_first=True), 4, 2), x)
    with pytest.raises(unrolled.UnsupportedModel, match="both directions"):
        unrolled.show(nn.LSTM(3, 4, bidirectional=True), x[0])
    with pytest.raises(unrolled.UnsupportedModel, match="proj_size"):
        unrolled.show(nn.LSTM(3, 4, proj_size=2), x[0])
    with pytest.raises(unrolled.UnsupportedModel, match=r"0 recurrent layers \(none\)"):
        unrolled.show(nn.Linear(3, 4), x)
    with pytest.raises(unrolled.UnsupportedModel, match="200 units; the page shows 1 to 128"):
        unrolled.show(nn.RNN(3, 200), x[0])
    with pytest.raises(unrolled.UnsupportedModel, match="no model of PyTorch or Keras"):
        unrolled.show(object(), x)
    with pytest.raises(unrolled.UnsupportedModel, match="no sequence 1: the batch has 1"):
        unrolled.show(nn.RNN(3, 2, batch_first=True), x, batch=1)
    broken = nn.RNN(3, 2)
    broken.weight_hh_l0.data[0, 0] = float("nan")
    with pytest.raises(unrolled.UnsupportedModel, match="1 weights are infinite or not a number"):
        unrolled.show(broken, x[0])


def _swap(one: int, other: int) -> Any:
    def change(weights: dict[str, Any], n: int) -> None:
        for name in ("wx", "wh", "bias"):
            block = weights[name] = np.array(weights[name])
            parts = [block[..., at * n : (at + 1) * n].copy() for at in (one, other)]
            block[..., one * n : (one + 1) * n], block[..., other * n : (other + 1) * n] = parts[1], parts[0]

    return change


def _transposed(weights: dict[str, Any], n: int) -> None:
    wh = np.array(weights["wh"])
    weights["wh"] = np.hstack([wh[:, at : at + n].T for at in range(0, wh.shape[1], n)])


def _biases_added(weights: dict[str, Any], n: int) -> None:
    bias = np.array(weights["bias"])
    bias[2 * n :] += weights["state_bias"]
    weights["bias"], weights["state_bias"] = bias, np.zeros(n)


def _other_reset(weights: dict[str, Any], n: int) -> None:
    _biases_added(weights, n)
    weights["cell"], weights["state_bias"] = "gru", None


@pytest.mark.parametrize(
    ("cell", "mistake"),
    [
        *(("lstm", _swap(*pair)) for pair in itertools.combinations(range(4), 2)),
        *(("gru-reset-after", _swap(*pair)) for pair in itertools.combinations(range(3), 2)),
        *((cell, _transposed) for cell in LAYERS),
        ("gru-reset-after", _biases_added),
        ("gru-reset-after", _other_reset),
    ],
)
def test_no_mistake_in_the_order_of_the_weights_would_pass(monkeypatch: Any, cell: str, mistake: Any) -> None:
    make, _, options = LAYERS[cell]
    layer, x = make(4, 4, **options), torch.randn(6, 4)
    unrolled.show(layer, x)
    right = _torch._weights

    def wrong(*given: Any) -> dict[str, Any]:
        weights = right(*given)
        mistake(weights, 4)
        return weights

    monkeypatch.setattr(_torch, "_weights", wrong)
    with pytest.raises(unrolled.UnsupportedModel, match="The hidden state at step"):
        unrolled.show(layer, x)
