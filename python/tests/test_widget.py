"""What goes into a notebook: little, and something for every place that shows it."""

import base64
import gzip
import json
import struct
import sys
import types
import zlib
from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import pytest

import unrolled
from unrolled import _picture, _reference
from unrolled._widget import Network, Widget


def network(cell: str = "lstm", steps: int = 4, units: int = 3) -> Network:
    random = np.random.default_rng(5)
    weights: dict[str, Any] = {}
    for gate in _reference.GATES[cell]:
        weights |= {f"w{gate}x": random.normal(size=(2, units)), f"w{gate}h": random.normal(size=(units, units)), f"b{gate}": random.normal(size=units)}
    weights |= {"w2": random.normal(size=(units, 1)), "b2": random.normal(size=1)}
    experiment = {
        "format": "unrolled-experiment/1",
        "text": " ".join("ab"[step % 2] for step in range(steps)),
        "unit": "word",
        "task": {"kind": "binary", "target": 1},
        "cell": cell,
        "hidden": units,
        "weights": {name: value.tolist() for name, value in weights.items()},
    }
    inputs = np.eye(2)[[step % 2 for step in range(steps)]]
    return Network(experiment, _reference.run(experiment, inputs), "network", ["A <note>."])


def pixels(png: bytes) -> np.ndarray:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, data, size = 8, b"", (0, 0)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
        data += body if kind == b"IDAT" else b""
        at += 12 + length
    rows = np.frombuffer(zlib.decompress(data), np.uint8).reshape(size[1], 1 + 3 * size[0])
    assert not rows[:, 0].any()
    return rows[:, 1:].reshape(size[1], size[0], 3)


def test_the_picture_has_the_colour_of_each_number() -> None:
    lane = np.array([[1.0, -1.0], [0.0, np.nan], [0.5, -0.25]])
    drawn = pixels(_picture.png(_picture.draw({"H": lane}, ["a", "가", "c"])))
    assert np.array_equal(drawn, _picture.draw({"H": lane}, ["a", "가", "c"]))
    seen = {tuple(int(it) for it in pixel) for pixel in drawn.reshape(-1, 3)}
    # Blue is positive, orange negative, white zero, purple undefined, as on the page.
    for colour in [(10, 103, 163), (214, 90, 10), (255, 255, 255), (162, 28, 175), (141, 193, 228), (252, 222, 197)]:
        assert colour in seen, colour


@pytest.mark.parametrize("steps", [1, 7, 200])
def test_the_picture_is_of_a_size_to_be_looked_at(steps: int) -> None:
    height, width, _ = pixels(network(steps=steps, units=3).picture()).shape
    assert height < 700 and 80 < width < 900


def test_every_place_has_something_to_show(monkeypatch: Any) -> None:
    widget = Widget(network())
    data, metadata = widget._repr_mimebundle_()
    assert set(data) == {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"} and metadata == {}
    assert isinstance(data["image/png"], str) and base64.b64decode(data["image/png"]) == network().picture()
    assert "lstm, 3 units, 4 steps, loss" in data["text/plain"] and "A <note>." in data["text/plain"]
    # Where there is nothing to show, as anywidget sees it, nothing is added.
    monkeypatch.setattr(anywidget.AnyWidget, "_repr_mimebundle_", lambda self, **more: None)
    assert widget._repr_mimebundle_() is None


def test_colab_is_handed_what_it_needs(monkeypatch: Any) -> None:
    output = types.ModuleType("google.colab.output")
    output.enable_custom_widget_manager = lambda: None  # type: ignore[attr-defined]
    output._widgets = types.SimpleNamespace(_installed_url="manager.js")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "google.colab.output", output)
    data, metadata = Widget(network())._repr_mimebundle_()
    assert "image/png" in data
    assert metadata["application/vnd.jupyter.widget-view+json"]["colab"]["custom_widget_manager"]["url"] == "manager.js"


def test_a_notebook_keeps_little_and_no_page() -> None:
    state = json.dumps(Widget(network(units=64)).get_state())
    assert len(state) < 40_000 and '"weights"' not in state
    assert len(Widget._esm) < 15_000


def test_the_kernel_answers_what_the_module_asks(monkeypatch: Any) -> None:
    widget, sent = Widget(network()), []
    monkeypatch.setattr(widget, "send", lambda content, buffers=None: sent.append((content, buffers)))
    for asked in [{"ask": "page", "id": "1"}, {"ask": "network", "id": "2"}, {"ask": "else", "id": "3"}, "noise", {}]:
        widget._handle_custom_msg(asked, [])
    (page, buffers), (answer, none) = sent
    assert page == {"id": "1"} and b'id="wasm"' in gzip.decompress(buffers[0])
    assert answer["id"] == "2" and answer["experiment"]["cell"] == "lstm" and none is None
    assert answer["loss"] == network().trace["loss"]


def test_a_page_alone_has_all_in_it(tmp_path: Path) -> None:
    html = Widget(network()).to_html(tmp_path / "alone.html")
    assert (tmp_path / "alone.html").read_text(encoding="utf-8") == html
    # What a note says is no markup, and nothing is left to fill in.
    assert "A \\u003cnote>." in html and "{{" not in html.replace("{{page}}", "")
    assert "http" not in html.split('id="page">')[0]


def test_other_names_of_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must end in .html, .json or .png"):
        unrolled.save(object(), tmp_path / "model.pt", x=[])


def test_the_six_names_are_there() -> None:
    assert unrolled.__all__ == ["UnsupportedModel", "Widget", "__version__", "save", "show", "trace"]
    refused = unrolled.UnsupportedModel("It cannot.", "Do that.")
    assert isinstance(refused, ValueError) and str(refused) == "It cannot. Do that."
