"""The drawing board: the architecture as an SVG that is clicked, zoomed, moved and saved in the browser."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from engine.advice import Advice
from engine.architecture import Architecture
from engine.diagram.svg import draw_svg
from engine.layout import lay_out
from engine.models import Language
from ui.state import select
from ui.texts import _, language

HERE = Path(__file__).parent
KEY = "board"
# Beside the panel there is room for the first width; a browser with room for the second says so and gets both.
NARROW, WIDE = 600, 1020


def show_board(advice: Advice, selected: str | None, file_name: str, called: bool = False) -> None:
    """Draw the architecture; a click or Enter on a box selects its component. `called` brings the panel into view."""
    in_conflict = tuple(
        one.id
        for one in advice.architecture.components
        if any(advice.decisions[point].status == "conflict" for point in one.decisions)
    )
    _board()(
        key=KEY,
        data={
            "drawings": [_draw(advice.architecture, language(), width, in_conflict) for width in _widths()],
            "wide": WIDE,
            "selected": selected,
            "called": called,
            "file": file_name,
            "words": _words(),
        },
        default={"roomy": False},
        on_picked_change=_take_pick,
        on_roomy_change=lambda: None,
    )


def _widths() -> tuple[int, ...]:
    """A drawing takes its time: the wide one is made for who has room for it."""
    said = st.session_state.get(KEY) or {}
    return (NARROW, WIDE) if said.get("roomy") else (NARROW,)


@lru_cache(maxsize=128)
def _draw(architecture: Architecture, chosen: Language, width: int, in_conflict: tuple[str, ...]) -> dict[str, Any]:
    layout = lay_out(architecture, chosen, width)
    return {"width": layout.width, "svg": draw_svg(layout, findings=dict.fromkeys(in_conflict, "!"))}


def _words() -> dict[str, str]:
    return {
        "closer": _("Zoom in"),
        "farther": _("Zoom out"),
        "fit": _("Whole drawing"),
        "save": _("Save as SVG"),
        "board": _("Architecture. Choose a box to see its reasons."),
    }


def _take_pick() -> None:
    picked = st.session_state[KEY]["picked"]
    if isinstance(picked, str):
        select(picked)


@st.cache_resource(show_spinner=False)
def _board():  # type: ignore[no-untyped-def]
    return st.components.v2.component("board", css=_read("board.css"), js=_read("board.js"))


def show_copy_button(label: str) -> None:
    """A button that puts the address of the page, which is the share link, on the clipboard."""
    _copy_button()(key="copy-link", data={"label": label, "done": _("Copied")})


@st.cache_resource(show_spinner=False)
def _copy_button():  # type: ignore[no-untyped-def]
    return st.components.v2.component("copy_link", css=_read("copy.css"), js=_read("copy.js"))


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
