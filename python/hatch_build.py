"""Refuses to build a package without the page in it, which `cargo xtask package` puts there."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Hook(BuildHookInterface):
    """Looks for the page; an editable install may do without."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before anything is built."""
        page = Path(self.root, "src/unrolled/static/page.html.gz")
        if version != "editable" and not page.exists():
            raise RuntimeError(f"{page} is missing: `cargo xtask package` makes it")
