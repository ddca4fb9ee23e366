"""What a model is, whatever framework it was made in: its cell, its weights, what it was given and did.

Row vectors, as on the page: T steps, d inputs, n units, k outputs; a matrix has a row for each number
that goes in. The frameworks' adapters make a `Seen`; nothing past this module knows of frameworks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: The gates of each cell, by the letters that their weights have in a file.
GATES = {
    "tanh": "1",
    "relu": "1",
    "sigmoid": "1",
    "lstm": "ifgo",
    "gru": "rug",
    "gru-reset-after": "rug",
}

#: What the page can show.
MOST_UNITS, MOST_STEPS, MOST_INPUTS, LONGEST_TEXT = 128, 200, 1000, 20_000


class UnsupportedModel(ValueError):
    """The model cannot be shown as it is: `reason` says why, `advice` what to do."""

    def __init__(self, reason: str, advice: str = "") -> None:
        super().__init__(f"{reason} {advice}".strip())
        self.reason = reason
        self.advice = advice


@dataclass
class Seen:
    """A model as it was seen at work on one sequence.

    `wx` is d×gn, `wh` n×gn and `bias` gn, in the order of `GATES`; `state_bias`, n numbers, only of
    `gru-reset-after`. `inputs`, T×d, is what the recurrent layer was given; `states`, T×n, what it
    answered, or its last row alone. `logits`, k or T×k, is what `head`, n×k and k, made of it.
    """

    cell: str
    wx: Array
    wh: Array
    bias: Array
    inputs: Array
    states: Array
    name: str
    exact: bool = False
    state_bias: Array | None = None
    start: dict[str, Array] = field(default_factory=dict)
    #: The rows that tokens stand for, V×d, and the tokens, where the inputs are such rows.
    embedding: Array | None = None
    tokens: list[int] | None = None
    head: tuple[Array, Array] | None = None
    head_name: str = ""
    logits: Array | None = None
    #: What was done to the logits before they were seen: `linear`, `softmax` or `sigmoid`.
    answer: str = "linear"
    notes: list[str] = field(default_factory=list)

    @property
    def units(self) -> int:
        """n."""
        return int(self.wh.shape[0])

    @property
    def steps(self) -> int:
        """T."""
        return int(self.inputs.shape[0])

    def blocks(self) -> dict[str, Array]:
        """The weights of the cell, by their names in a file."""
        n, weights = self.units, {}
        for at, gate in enumerate(GATES[self.cell]):
            part = slice(at * n, (at + 1) * n)
            weights[f"w{gate}x"] = self.wx[:, part]
            weights[f"w{gate}h"] = self.wh[:, part]
            weights[f"b{gate}"] = self.bias[part]
        if self.state_bias is not None:
            weights["bgh"] = self.state_bias
        return weights


def numbers(tensor: Any) -> Array:
    """The numbers of a tensor of any framework, as 64-bit floats."""
    if hasattr(tensor, "detach"):
        # A list, so that it does not matter which NumPy PyTorch was built for.
        tensor = tensor.detach().cpu().tolist()
    elif hasattr(tensor, "numpy"):
        tensor = tensor.numpy()
    return np.asarray(tensor, dtype=np.float64)


def check_sizes(seen: Seen) -> None:
    """Refuses what the page cannot show, and layouts whose shapes disagree."""
    d, n, g = seen.inputs.shape[1], seen.units, len(GATES[seen.cell])
    for what, found, expected in [
        ("The input weights", seen.wx.shape, (d, g * n)),
        ("The recurrent weights", seen.wh.shape, (n, g * n)),
        ("The bias", seen.bias.shape, (g * n,)),
    ]:
        if found != expected:
            raise UnsupportedModel(
                f"{what} of `{seen.name}` are {found}; with {n} units and {d} inputs they would be {expected}."
            )
    for what, count, most in [("units", n, MOST_UNITS), ("time steps", seen.steps, MOST_STEPS)]:
        if not 1 <= count <= most:
            advice = "Give it a shorter sequence." if what == "time steps" and count else ""
            raise UnsupportedModel(f"`{seen.name}` has {count} {what}; the page shows 1 to {most}.", advice)
    everything = [seen.wx, seen.wh, seen.bias, *(seen.head or ())]
    bad = sum(int(np.sum(~np.isfinite(block))) for block in everything)
    if bad:
        raise UnsupportedModel(
            f"{bad} weights are infinite or not a number.", "The training has diverged: show an earlier state of it."
        )


def agree(what: str, ours: Array, theirs: Array, exact: bool) -> None:
    """Refuses a model that does something else than its recipe.

    The largest difference may be 1e-5 of the largest number (64-bit models: 1e-10).
    """
    limit = (1e-10 if exact else 1e-5) * max(1.0, float(np.max(np.abs(theirs), initial=0.0)))
    ours, theirs = np.atleast_2d(ours), np.atleast_2d(theirs)
    if ours.shape != theirs.shape:
        raise UnsupportedModel(f"{what} has shape {theirs.shape}, where {ours.shape} was computed.")
    away = np.max(np.abs(ours - theirs), axis=1)
    steps = np.flatnonzero(~(away <= limit))
    if steps.size:
        row = int(steps[0])
        at = f" at step {row + 1}" if len(ours) > 1 else ""
        unit = int(np.argmax(np.abs(ours[row] - theirs[row])))
        raise UnsupportedModel(
            f"{what}{at} is {theirs[row, unit]:.6g} in the model (number {unit + 1}), "
            f"and {ours[row, unit]:.6g} by the equations of the cell.",
            "So the model computes something else than a plain recurrent layer and a linear head "
            "(another activation, a layer in between, a mask), and nothing is shown as if it were the model.",
        )
