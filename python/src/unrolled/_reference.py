"""The cells in NumPy, forward and backward: what a model is held against before it is shown.

Every name is that of `unrolled-trace/1`: `zi` is the sum of a gate, `i` the gate, `dzi` the gradient
of the loss with respect to it. An array of a variable is T×n.
"""

from __future__ import annotations

import numpy as np

from ._canonical import GATES, Array

Numbers = dict[str, Array]


def sigmoid(z: Array) -> Array:
    """1 / (1 + exp(−z)), which overflows for no z."""
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), 1 - 1 / (1 + np.exp(-np.abs(z))))


def softmax(z: Array) -> Array:
    """exp(z) over its sum, along the last axis."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


_PLAIN = {
    "tanh": (np.tanh, lambda h: 1 - h**2),
    "relu": (lambda z: np.maximum(z, 0), lambda h: (h > 0).astype(float)),
    "sigmoid": (sigmoid, lambda h: h * (1 - h)),
}


def _variables(cell: str) -> list[str]:
    if cell == "lstm":
        return ["zi", "i", "zf", "f", "zg", "g", "zo", "o", "c", "tc", "h"]
    if cell in _PLAIN:
        return ["z1", "h"]
    return ["zr", "r", "zu", "u", "k" if cell == "gru" else "q", "zg", "g", "h"]


def forward(cell: str, w: Numbers, x: Array, start: Numbers) -> Numbers:
    """Every variable of the cell at every step, from `start` (`h`, and `c` of the LSTM; zero if missing)."""
    n = len(w[f"b{GATES[cell][0]}"])
    v = {name: np.zeros((len(x), n)) for name in _variables(cell)}
    h, c = start.get("h", np.zeros(n)), start.get("c", np.zeros(n))
    for t, x_t in enumerate(x):
        now: Numbers = {}

        def z(gate: str, state: Array, x_t: Array = x_t) -> Array:
            return np.asarray(x_t @ w[f"w{gate}x"] + state @ w[f"w{gate}h"] + w[f"b{gate}"])

        if cell in _PLAIN:
            now["z1"] = z("1", h)
            now["h"] = _PLAIN[cell][0](now["z1"])
        elif cell == "lstm":
            for gate in "ifgo":
                now[f"z{gate}"] = z(gate, h)
                now[gate] = np.tanh(now["zg"]) if gate == "g" else sigmoid(now[f"z{gate}"])
            now["c"] = c = now["f"] * c + now["i"] * now["g"]
            now["tc"] = np.tanh(c)
            now["h"] = now["o"] * now["tc"]
        else:
            for gate in "ru":
                now[f"z{gate}"] = z(gate, h)
                now[gate] = sigmoid(now[f"z{gate}"])
            if cell == "gru":
                now["k"] = now["r"] * h
                now["zg"] = z("g", now["k"])
            else:
                now["q"] = h @ w["wgh"] + w["bgh"]
                now["zg"] = x_t @ w["wgx"] + w["bg"] + now["r"] * now["q"]
            now["g"] = np.tanh(now["zg"])
            now["h"] = now["u"] * h + (1 - now["u"]) * now["g"]
        h = now["h"]
        for name, value in now.items():
            v[name][t] = value
    return v


def backward(cell: str, w: Numbers, x: Array, start: Numbers, v: Numbers, from_output: Array) -> tuple[Numbers, Numbers]:
    """The error of every variable at every step, and the gradient of every weight of the cell.

    `from_output`, T×n, is what arrives at H of each step from the outputs.
    """
    n = v["h"].shape[1]
    h0, c0 = start.get("h", np.zeros(n)), start.get("c", np.zeros(n))
    before = np.vstack([h0, v["h"][:-1]])
    d = {f"d{name}": np.zeros_like(value) for name, value in v.items()}
    carry, carry_c = np.zeros(n), np.zeros(n)
    for t in reversed(range(len(x))):
        at = {name: value[t] for name, value in v.items()}
        h_p = before[t]
        e: Numbers = {"h": from_output[t] + carry}
        if cell in _PLAIN:
            e["z1"] = e["h"] * _PLAIN[cell][1](at["h"])
            carry = e["z1"] @ w["w1h"].T
        elif cell == "lstm":
            c_p = v["c"][t - 1] if t else c0
            e["o"], e["tc"] = e["h"] * at["tc"], e["h"] * at["o"]
            e["c"] = e["tc"] * (1 - at["tc"] ** 2) + carry_c
            e["i"], e["f"], e["g"] = e["c"] * at["g"], e["c"] * c_p, e["c"] * at["i"]
            for gate in "ifo":
                e[f"z{gate}"] = e[gate] * at[gate] * (1 - at[gate])
            e["zg"] = e["g"] * (1 - at["g"] ** 2)
            carry = sum((e[f"z{gate}"] @ w[f"w{gate}h"].T for gate in "ifgo"), np.zeros(n))
            carry_c = e["c"] * at["f"]
        else:
            e["u"], e["g"] = e["h"] * (h_p - at["g"]), e["h"] * (1 - at["u"])
            e["zg"] = e["g"] * (1 - at["g"] ** 2)
            if cell == "gru":
                e["k"] = e["zg"] @ w["wgh"].T
                e["r"], through = e["k"] * h_p, e["k"] * at["r"]
            else:
                e["r"], e["q"] = e["zg"] * at["q"], e["zg"] * at["r"]
                through = e["q"] @ w["wgh"].T
            for gate in "ru":
                e[f"z{gate}"] = e[gate] * at[gate] * (1 - at[gate])
            carry = e["h"] * at["u"] + through + e["zr"] @ w["wrh"].T + e["zu"] @ w["wuh"].T
        for name, value in e.items():
            d[f"d{name}"][t] = value
    gradients = {}
    for gate in GATES[cell]:
        e_z = d[f"dz{gate}"]
        given, e_h = before, e_z
        if gate == "g" and cell == "gru":
            given = v["k"]
        elif gate == "g" and cell == "gru-reset-after":
            e_h = d["dq"]
            gradients["bgh"] = e_h.sum(axis=0)
        gradients[f"w{gate}x"] = x.T @ e_z
        gradients[f"w{gate}h"] = given.T @ e_h
        gradients[f"b{gate}"] = e_z.sum(axis=0)
    return d, gradients


def run(experiment: dict, x: Array) -> dict:
    """The whole trace of an experiment with weights whose steps have the inputs `x`, T×d.

    `forward` and `backward` have arrays by name, T×n or, of the outputs, T×k, with zeros where a step has
    no loss; then `loss` and `gradients`.
    """
    cell, steps = experiment["cell"], len(x)
    w = {name: np.asarray(value, dtype=float) for name, value in experiment["weights"].items()}
    start = {name: np.asarray(value, dtype=float) for name, value in experiment.get("initial", {}).items()}
    v = forward(cell, w, x, start)
    z2 = v["h"] @ w["w2"] + w["b2"]
    task = experiment["task"]
    targets = task.get("targets") or [None] * (steps - 1) + [task["target"]]
    asked = np.array([target is not None for target in targets])
    wanted = np.zeros_like(z2)
    for t in np.flatnonzero(asked):
        if task["kind"] == "classes":
            wanted[t, targets[t]] = 1
        else:
            wanted[t] = targets[t]
    if task["kind"] == "values":
        a2, losses = z2, 0.5 * ((z2 - wanted) ** 2).sum(axis=1)
    elif task["kind"] == "binary":
        a2 = sigmoid(z2)
        losses = (np.logaddexp(0, z2) - wanted * z2).sum(axis=1)
    else:
        a2 = softmax(z2)
        peak = z2.max(axis=1)
        losses = peak + np.log(np.exp(z2 - peak[:, None]).sum(axis=1)) - (wanted * z2).sum(axis=1)
    share = 1 / asked.sum() if experiment.get("reduction") == "mean" else 1.0
    dz2 = (a2 - wanted) * asked[:, None] * share
    d, gradients = backward(cell, w, x, start, v, dz2 @ w["w2"].T)
    gradients["w2"], gradients["b2"] = v["h"].T @ dz2, dz2.sum(axis=0)
    return {
        "forward": {"x": x, **v, "z2": z2, "a2": a2, "loss": losses * asked},
        "backward": {**d, "dz2": dz2},
        "loss": float((losses * asked).sum() * share),
        "gradients": gradients,
    }
