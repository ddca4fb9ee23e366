"""Makes the files of this folder: networks of PyTorch and of Keras, each with an input and its output.

Made with Python 3.11, PyTorch 1.13, safetensors 0.8.0, Keras 3.15.1 on JAX 0.7.1, and NumPy 1.26.4:

    python make.py
"""

import json
import os

os.environ |= {"KERAS_BACKEND": "jax", "JAX_ENABLE_X64": "1"}

import keras
import numpy as np
import torch
from keras import layers
from safetensors.torch import save_file

T, D, N, K = 5, 3, 4, 2


# PyTorch


def keep(name, modules, check=None, before="", notes=None, dtype=None):
    """Saves the tensors of `modules` with an input and its output."""
    tensors = {
        f"{before}{layer}{'.' if layer else ''}{key}": value.contiguous().clone()
        for layer, module in modules.items()
        for key, value in module.state_dict().items()
    }
    if dtype is not None:
        tensors = {key: value.to(dtype) for key, value in tensors.items()}
    if check is not None:
        x, y = check
        tensors |= {"unrolled.check.x": x, "unrolled.check.y": y.detach().contiguous()}
    save_file(tensors, f"{name}.safetensors", notes)


torch.manual_seed(7)
x = torch.randn(T, D)
for name, rnn in {
    "torch-tanh": torch.nn.RNN(D, N),
    "torch-relu-without-bias": torch.nn.RNN(D, N, nonlinearity="relu", bias=False),
    "torch-lstm": torch.nn.LSTM(D, N),
    "torch-lstm-square": torch.nn.LSTM(N, N),
    "torch-gru": torch.nn.GRU(D, N),
}.items():
    head = torch.nn.Linear(N, K)
    given = torch.randn(T, N) if "square" in name else x
    keep(name, {"rnn": rnn, "head": head}, (given, head(rnn(given)[0])))

# In 64 bits, with a batch of one, the output after its function, and of the last step alone.
rnn, head = torch.nn.GRU(D, N, batch_first=True).double(), torch.nn.Linear(N, 1).double()
given = x.double()[None]
keep("torch-gru-64", {"rnn": rnn, "head": head}, (given, torch.sigmoid(head(rnn(given)[0]))[0, -1]))

# A cell in a model that was compiled and spread over devices; nothing to check it with; one layer more.
modules = {"core": torch.nn.LSTMCell(D, N), "readout": torch.nn.Linear(N, K)}
modules["norm"] = torch.nn.LayerNorm(D)
keep("torch-lstm-cell", modules, before="_orig_mod.module.")

# Tokens: an embedding, and as many outputs.
words = ["the", "film", "was", "good", "bad", "not"]
embedding, rnn = torch.nn.Embedding(6, D), torch.nn.GRU(D, N)
head, given = torch.nn.Linear(N, 6), torch.tensor([0, 1, 2, 5, 3])
output = torch.softmax(head(rnn(embedding(given))[0]), -1)
modules = {"embedding": embedding, "rnn": rnn, "head": head}
keep("torch-embedding", modules, (given, output), notes={"vocabulary": json.dumps(words)})

# Rounded to 16 bits.
for dtype, name in [(torch.bfloat16, "bf16"), (torch.float16, "f16")]:
    rnn, head = torch.nn.LSTM(D, N), torch.nn.Linear(N, K)
    for parameter in [*rnn.parameters(), *head.parameters()]:
        parameter.data = parameter.data.to(dtype).float()
    keep(f"torch-{name}", {"rnn": rnn, "head": head}, (x, head(rnn(x)[0])), dtype=dtype)

# What is not shown.
keep("torch-two-layers", {"rnn": torch.nn.LSTM(D, N, num_layers=2), "head": torch.nn.Linear(N, K)})
keep("torch-both-directions", {"rnn": torch.nn.GRU(D, N, bidirectional=True)})
keep("torch-projection", {"rnn": torch.nn.LSTM(D, N, proj_size=2)})
keep("torch-weight-norm", {"rnn": torch.nn.utils.weight_norm(torch.nn.RNN(D, N), "weight_hh_l0")})
keep("torch-linear", {"a": torch.nn.Linear(D, N), "b": torch.nn.Linear(N, K)})
torch.save({"weight_hh_l0": torch.zeros(1)}, "torch.pt")


# Keras


def keep_keras(name, model, x, save=np.savez, dtype="float32"):
    """Saves the weights of `model` by their paths, with an input and its output."""
    arrays = {weight.path: np.asarray(weight.value) for weight in model.weights}
    y = np.asarray(model(x))
    save(f"{name}.npz", **arrays, **{"unrolled.check.x": x, "unrolled.check.y": y})


keras.utils.set_random_seed(7)


def shaken(*parts, dtype="float32"):
    """A model whose biases are not zero."""
    model = keras.Sequential(parts)
    generator = np.random.default_rng(7)
    for weight in model.weights:
        weight.assign(weight.value + generator.normal(0, 0.3, weight.shape).astype(dtype))
    return model


def vectors(dtype="float32"):
    return np.random.default_rng(8).normal(size=(1, T, D)).astype(dtype)


whole = {"return_sequences": True}
for name, layer in {
    "keras-tanh": layers.SimpleRNN(N, **whole),
    "keras-sigmoid": layers.SimpleRNN(N, activation="sigmoid", **whole),
    "keras-lstm": layers.LSTM(N, **whole),
    "keras-gru": layers.GRU(N, **whole),
    "keras-gru-reset-before": layers.GRU(N, reset_after=False, **whole),
    "keras-gru-without-bias": layers.GRU(N, reset_after=False, use_bias=False, **whole),
    "keras-linear-unit": layers.SimpleRNN(N, activation="linear", **whole),
}.items():
    keep_keras(name, shaken(layers.Input((None, D)), layer, layers.Dense(K)), vectors())

# In 64 bits, as far as Keras has them: it multiplies matrices in 32.
keras.config.set_floatx("float64")
keras.config.set_dtype_policy("float64")
given = layers.Input((None, D), dtype="float64")
model = shaken(given, layers.GRU(N), layers.Dense(3, "softmax"), dtype="float64")
keep_keras("keras-gru-64", model, vectors("float64"), np.savez_compressed)
keras.config.set_floatx("float32")
keras.config.set_dtype_policy("float32")
model = shaken(layers.Input((None,)), layers.Embedding(6, D), layers.LSTM(N, **whole), layers.Dense(1))
keep_keras("keras-embedding", model, np.array([[0, 1, 2, 5, 3]], "int32"), np.savez_compressed)
keep_keras("keras-states", shaken(layers.Input((None, D)), layers.GRU(N, **whole)), vectors())
both = layers.Bidirectional(layers.LSTM(N))
keep_keras("keras-both-directions", shaken(layers.Input((None, D)), both), vectors())
model = shaken(layers.Input((None, D)), layers.LSTM(N, **whole), layers.LSTM(N), layers.Dense(K))
keep_keras("keras-two-layers", model, vectors())
np.savez("keras-unnamed.npz", *model.get_weights())
