"""Keras' own numbers are those that are shown."""

import os
from typing import Any

import numpy as np
import pytest

import unrolled
from unrolled import _keras

os.environ.setdefault("KERAS_BACKEND", "jax")
keras = pytest.importorskip("keras", reason="Keras is not on this machine")
layers = keras.layers

CELLS = {
    "tanh": lambda **more: layers.SimpleRNN(4, **more),
    "relu": lambda **more: layers.SimpleRNN(4, activation="relu", **more),
    "lstm": lambda **more: layers.LSTM(4, **more),
    "gru": lambda **more: layers.GRU(4, reset_after=False, **more),
    "gru-reset-after": lambda **more: layers.GRU(4, **more),
}


@pytest.fixture(autouse=True)
def same_numbers() -> None:
    keras.utils.set_random_seed(7)


def scrambled(model: Any) -> Any:
    """With no zeros among the biases, so that each of them counts."""
    model.set_weights([np.random.default_rng(3).normal(0, 0.5, size=it.shape).astype("float32") for it in model.get_weights()])
    return model


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("sequences", [True, False])
def test_a_layer_does_what_is_shown(cell: str, bias: bool, sequences: bool) -> None:
    layer = CELLS[cell](use_bias=bias, return_sequences=True)
    x = np.random.default_rng(1).normal(size=(2, 5, 4)).astype("float32")
    states = layer(x)
    scrambled(layer)
    states = np.asarray(layer(x))[1]
    layer.return_sequences = sequences
    np.testing.assert_allclose(unrolled.trace(layer, x, batch=1)["h"], states, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_a_model_with_tokens_and_a_head(cell: str) -> None:
    model = keras.Sequential([layers.Input((5,)), layers.Embedding(6, 3), CELLS[cell](), layers.Dropout(0.5), layers.Dense(3, activation="softmax")])
    scrambled(model)
    x = np.array([[0, 1, 2, 3, 5]])
    widget = unrolled.show(model, x, target=2, vocabulary=list("abcdef"))
    experiment, trace = widget._network.experiment, widget._network.trace
    assert experiment["cell"] == cell and experiment["text"] == "a b c d f"
    np.testing.assert_allclose(trace["forward"]["a2"][-1], np.asarray(model(x))[0], rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(trace["loss"], -np.log(np.asarray(model(x), dtype=float)[0, 2]), rtol=1e-3)


def test_each_step_may_have_its_answer_and_a_start_state_counts() -> None:
    model = keras.Sequential([layers.Input((4, 2)), layers.LSTM(3, return_sequences=True), layers.Dense(1, activation="sigmoid")])
    x = np.random.default_rng(1).normal(size=(1, 4, 2))
    assert unrolled.show(scrambled(model), x, target=[0, 1, None, 1])._network.experiment["task"]["targets"] == [0, 1, None, 1]
    layer = layers.LSTM(3)
    layer(x)
    assert not np.allclose(unrolled.trace(layer, x, initial=(np.ones(3), np.ones(3)))["h"], unrolled.trace(layer, x)["h"])


def test_what_computes_something_else_is_refused() -> None:
    x = np.ones((1, 4, 2), "float32")

    def refused(model: Any, match: str) -> None:
        model(x)
        with pytest.raises(unrolled.UnsupportedModel, match=match):
            unrolled.show(model, x)

    refused(layers.LSTM(3, recurrent_activation="hard_sigmoid"), "activations tanh and hard_sigmoid")
    refused(layers.GRU(3, activation="relu"), "activations relu")
    refused(keras.Sequential([layers.Input((4, 2)), layers.Bidirectional(layers.LSTM(3))]), "both directions")
    refused(keras.Sequential([layers.Input((4, 2)), layers.LSTM(3), layers.Dense(2, activation="relu")]), "activation relu")
    refused(keras.Sequential([layers.Input((4, 2)), layers.LSTM(3), layers.LayerNormalization(), layers.Dense(2)]), "The output of `dense")


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_no_other_order_of_the_gates_would_pass(monkeypatch: Any, order: tuple[int, ...]) -> None:
    layer = layers.GRU(4, reset_after=False)
    x = np.random.default_rng(1).normal(size=(1, 5, 4))
    layer(x)
    scrambled(layer)
    right = _keras._weights
    unrolled.show(layer, x)

    def wrong(of: Any) -> dict[str, Any]:
        weights = right(of)
        gates = [np.r_[it * 4 : it * 4 + 4] for it in order]
        # `right` has made r z h of z r h; the identity is tested as the others, with z r h left as it is.
        back = np.r_[4:8, 0:4, 8:12]
        for name in ("wx", "wh", "bias"):
            weights[name] = np.asarray(weights[name])[..., back][..., np.concatenate(gates)]
        return weights

    monkeypatch.setattr(_keras, "_weights", wrong)
    with pytest.raises(unrolled.UnsupportedModel, match="The hidden state"):
        unrolled.show(layer, x)
