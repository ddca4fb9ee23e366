"""The cells in NumPy are those of the references, which automatic differentiation elsewhere has made."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from unrolled import _reference

ROOT = Path(__file__).parents[2] / "tests"
FILES = sorted([*ROOT.glob("golden-cells/*.json"), *ROOT.glob("golden/*.json")])


def given(file: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    golden = json.loads(file.read_text(encoding="utf-8"))
    experiment, trace = golden["experiment"], golden["trace"]
    task = experiment["task"]
    if task["kind"] == "next-token":
        # The target of each step is the token after it.
        text = experiment["text"]
        tokens = text.split() if experiment["unit"] == "word" else list(text)
        places = [trace["vocabulary"].index(token) for token in tokens[1:]]
        experiment["task"] = {"kind": "classes", "targets": places}
    return experiment, trace


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_number_is_that_of_automatic_differentiation(file: Path) -> None:
    experiment, golden = given(file)
    if "weights" not in experiment:
        pytest.skip("its weights are made of a seed")
    steps = golden["forward"]
    run = _reference.run(experiment, np.array([step["x"] for step in steps]))
    compared = 0
    window = experiment.get("truncation")
    for t, step in enumerate(steps):
        for name, value in step.items():
            if name in run["forward"] and name != "loss":
                np.testing.assert_allclose(run["forward"][name][t], value, rtol=1e-9, atol=1e-12, err_msg=name)
                compared += 1
        for name, value in {} if window else {**golden["backward"][t]}.items():
            if name in run["backward"]:
                np.testing.assert_allclose(run["backward"][name][t], value, rtol=1e-9, atol=1e-12, err_msg=name)
                compared += 1
    np.testing.assert_allclose(run["loss"], golden["loss"], rtol=1e-9)
    for name, value in {} if window else golden["gradients"].items():
        np.testing.assert_allclose(run["gradients"][name], value, rtol=1e-9, atol=1e-12, err_msg=name)
        compared += 1
    assert compared > 3 * len(steps)
