"""The widget: a small module in the notebook, and the whole page in a frame, which comes from the kernel once."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from . import _picture

_STATIC = Path(__file__).parent / "static"


@cache
def _page() -> bytes:
    """The page in one file, gzipped."""
    return (_STATIC / "page.html.gz").read_bytes()


@cache
def _version() -> str:
    return hashlib.sha256(_page()).hexdigest()[:16]


@dataclass
class Network:
    """What is shown: an experiment with its weights, and its trace."""

    experiment: dict[str, Any]
    trace: dict[str, Any]
    name: str
    notes: list[str] = field(default_factory=list)

    def tokens(self) -> list[str]:
        """The tokens, T of them."""
        return str(self.experiment["text"]).split()

    def picture(self) -> bytes:
        """The states and their gradients, as a PNG."""
        run = self.trace
        lanes = {"H": run["forward"]["h"]}
        if "c" in run["forward"]:
            lanes["C"] = run["forward"]["c"]
        lanes["∂L/∂H"] = run["backward"]["dh"]
        return _picture.png(_picture.draw(lanes, self.tokens()))

    def summary(self) -> str:
        """One line that says what it is."""
        steps = len(self.trace["forward"]["h"])
        return (
            f"{self.name}: {self.experiment['cell']}, {self.experiment['hidden']} units, {steps} steps, "
            f"loss {self.trace['loss']:.6g}"
        )


class Widget(anywidget.AnyWidget):
    """A network in a notebook. `unrolled.show` makes one.

    `moment` is the stage on show, as the page names it: "forward:3", "output", "loss",
    "backward-output", "backward:3", "update"; `selection` the number that is pointed at, such as
    "h.3.1" (H at step 3 of unit 1) or "dh.3.1", or nothing. Both can be set and observed, as can
    `height`, in pixels. `notes` says what is not shown as it is in the model.
    """

    _esm = (_STATIC / "widget.js").read_text(encoding="utf-8")
    _picture = traitlets.Unicode("").tag(sync=True)
    _page = traitlets.Unicode("").tag(sync=True)
    moment = traitlets.Unicode("").tag(sync=True)
    selection = traitlets.Unicode("").tag(sync=True)
    height = traitlets.Int(None, allow_none=True).tag(sync=True)
    theme = traitlets.Enum(["auto", "light", "dark"], default_value="auto").tag(sync=True)
    notes = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, network: Network, *, height: int | None = None, theme: str = "auto") -> None:
        self._network = network
        super().__init__(
            _picture=base64.b64encode(network.picture()).decode("ascii"),
            _page=_version(),
            moment="backward:1",
            height=height,
            theme=theme,
            notes=network.notes,
        )
        self.on_msg(self._answer)

    def _answer(self, _widget: Any, asked: Any, _buffers: Any) -> None:
        """Hands over the page, which is the same for all widgets, or this one's network."""
        if not isinstance(asked, dict) or "id" not in asked:
            return
        if asked.get("ask") == "page":
            self.send({"id": asked["id"]}, buffers=[_page()])
        elif asked.get("ask") == "network":
            self.send({"id": asked["id"], **self._handed()})

    def _handed(self) -> dict[str, Any]:
        return {"experiment": self._network.experiment, "loss": self._network.trace["loss"]}

    def __repr__(self) -> str:
        return f"<unrolled.Widget {self._network.summary()}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        text = "\n".join(
            [
                self._network.summary(),
                *self.notes,
                "Where nothing but this is seen in a running Jupyter: restart its server once, so that it finds anywidget.",
            ]
        )
        return {**data, "image/png": self._picture, "text/plain": text}, metadata

    def to_html(self, path: str | Path | None = None) -> str:
        """A page that has everything in it, and needs neither a kernel nor a server; written to `path`."""

        def inert(value: Any) -> str:
            return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")

        names = ["_picture", "_page", "moment", "selection", "height", "theme", "notes"]
        html = (
            (_STATIC / "alone.html")
            .read_text(encoding="utf-8")
            .replace("{{traits}}", inert({name: getattr(self, name) for name in names}))
            .replace("{{network}}", inert(self._handed()))
            .replace("{{page}}", base64.b64encode(_page()).decode("ascii"))
            .replace("{{widget}}", self._esm.replace("export default {", "const widget = {"))
        )
        if path is not None:
            Path(path).write_text(html, encoding="utf-8")
        return html
