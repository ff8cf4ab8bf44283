"""The glyph of each category, as an SVG path: Material Symbols Rounded, so that exports hold what the page shows.

Copyright Google LLC, Apache License 2.0 (https://www.apache.org/licenses/LICENSE-2.0). The paths are taken
unchanged from the npm package @material-symbols/svg-400 0.48.2, folder "rounded"; icons.json names the symbol of each.
"""

import json
from functools import lru_cache
from pathlib import Path

from engine.models import Category

VIEW_BOX = "0 -960 960 960"
LOCK = "lock"  # protected by a control
OPEN = "open"  # its decision still asks a question


@lru_cache(maxsize=1)
def _glyphs() -> dict[str, dict[str, str]]:
    glyphs: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("icons.json").read_text(encoding="utf-8"))
    return glyphs


def icon_path(name: Category | str) -> str:
    """Path data in the coordinates of VIEW_BOX, for a category, LOCK or OPEN."""
    return _glyphs()[str(name)]["path"]


def icon_symbol(name: Category | str) -> str:
    """The name of the same glyph in Streamlit: `:material/<name>:`."""
    return _glyphs()[str(name)]["symbol"]
