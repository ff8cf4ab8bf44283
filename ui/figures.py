"""The plotly figure of the decision graph, and the style rules that repaint it for the dark theme and light a path."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from engine.advice import Status
from engine.diagram.decision_layout import FIRST_LINE, LINE, SECOND_LINE, TITLE, WORDS, Curve, Drawing, NodeBox
from engine.diagram.decision_shapes import draw_curve, draw_frame, draw_head, draw_sign
from engine.diagram.decision_sketch import Path

FONT = "Plex, IBM Plex Sans, sans-serif"
NO_TEMPLATE = "none"  # every look is said here: Streamlit's template would add colours of its own
CLEAR = "rgba(0,0,0,0)"
# The theme's tokens that figures use. A figure is always drawn in the light ones, so that it never changes with the
# theme; `repaint` says the dark ones. (The server learns the theme too late: st.context.theme may be wrong at first.)
TOKENS = (
    "textColor",
    "grayTextColor",
    "grayColor",
    "borderColor",
    "backgroundColor",
    "secondaryBackgroundColor",
    "grayBackgroundColor",
    "primaryColor",
    "greenTextColor",
    "orangeTextColor",
    "redTextColor",
    "blueTextColor",
    "violetTextColor",
)
STATUS_TOKEN: dict[Status, str] = {
    "settled": "greenTextColor",
    "provisional": "orangeTextColor",
    "open": "grayTextColor",
    "conflict": "redTextColor",
    "pinned": "blueTextColor",
    "not-applicable": "grayTextColor",
}
# Plotly takes every touch for itself, so that a thumb on a figure could not scroll the page; the browser turns taps
# into clicks anyway. A card starts where the selected box is, and stays where the reader put it until the next choice;
# `into` counts how often a person asked to see the card. The card may come later than this, and grow with its figure.
HAND = """
export default function({data}) {
  if (!document.figuresLeaveTouch) {
    document.figuresLeaveTouch = true
    document.addEventListener("touchstart", event => {
      if (event.target.closest(".stPlotlyChart")) event.stopImmediatePropagation()
    }, {capture: true, passive: true})
  }
  const wishes = document.figureWishes ??= {}
  wishes[data.card] = data
  const bring = tries => {
    const card = document.querySelector(`.st-key-${data.card}`)
    if (wishes[data.card] !== data) return
    if (!card || card.scrollWidth < data.width) {
      if (tries) setTimeout(bring, 100, tries - 1)
      return
    }
    if (data.left !== null && card.dataset.left !== String(data.left)) {
      card.dataset.left = data.left
      const inside = data.left > card.scrollLeft + 90 && data.left < card.scrollLeft + card.clientWidth - 90
      if (!inside) card.scrollLeft = data.left - card.clientWidth / 2
    }
    if (data.into && document.figuresShown !== data.into) {
      document.figuresShown = data.into
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches
      card.style.scrollMarginTop = "4.5rem"
      card.scrollIntoView({behavior: calm ? "auto" : "smooth", block: "start"})
    }
  }
  bring(200)
}
"""
_SPOT = 38  # px of the unseen squares that take hover and click; a row of them covers a box


def colour(token: str, mode: str = "light") -> str:
    """A colour of the theme, from .streamlit/config.toml."""
    return str(st.get_option(f"theme.{mode}.{token}"))


def repaint() -> str:
    """Style rules that give every light token of a figure its dark counterpart in the dark theme."""
    rules = []
    for token in TOKENS:
        light, dark = colour(token), colour(token, "dark")
        red, green, blue = (int(light[place : place + 2], 16) for place in (1, 3, 5))
        for part in ("fill", "stroke"):
            value = f"rgb({red}, {green}, {blue})"
            drawn = f'.stPlotlyChart [style*="{part}: {value}"], .stPlotlyChart [{part}="{value}"]'
            rules.append(f"{drawn} {{{part}: light-dark({light}, {dark}) !important}}")
    return "\n".join(rules)


def light_path(drawing: Drawing, path: Path, selected: str | None, key: str) -> str:
    """Style rules that light a path in a figure that stays as it is, so that zoom and scroll are kept."""
    teal = f"light-dark({colour('primaryColor')}, {colour('primaryColor', 'dark')})"
    lines = [place for place, one in enumerate(drawing.curves) if (one.source, one.target) in path.links]
    frames = [place for place, box in enumerate(drawing.boxes) if box.id in path.nodes]
    chosen = [place for place in frames if drawing.boxes[place].id == selected]
    count = len(drawing.curves)
    rules = [
        _rule(key, lines, f"stroke: {teal} !important; stroke-width: 3px !important"),
        _rule(key, (count + one for one in lines), f"fill: {teal} !important; stroke: {teal}; stroke-width: 3px"),
        _rule(key, (2 * count + one for one in frames), f"stroke: {teal} !important; stroke-width: 2.5px !important"),
        _rule(key, (2 * count + one for one in chosen), "stroke-width: 4px !important"),
    ]
    return "\n".join(rule for rule in rules if rule)


def _rule(key: str, shapes: Iterable[int], look: str) -> str:
    chosen = ", ".join(f'.st-key-{key} .shapelayer path[data-index="{place}"]' for place in shapes)
    return f"{chosen} {{{look}}}" if chosen else ""


@lru_cache(maxsize=64)
def decision_figure(drawing: Drawing, hovers: tuple[tuple[str, str], ...]) -> go.Figure:
    """The drawing at its own size, one unit a px; shapes in the order lines, heads, frames, signs. Never change it."""
    cards = dict(hovers)
    return go.Figure(
        data=[_titles(drawing), _words(drawing), _spots(drawing, cards)],
        layout={
            "shapes": [
                *map(_line_shape, drawing.curves),
                *map(_head_shape, drawing.curves),
                *map(_frame_shape, drawing.boxes),
                *(shape for box in drawing.boxes for shape in _sign_shapes(box)),
            ],
            "template": NO_TEMPLATE,
            "width": drawing.width,
            "height": drawing.height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "showlegend": False,
            "hovermode": "closest",
            "hoverlabel": hover_look(),
            "modebar": modebar_look(),
            "xaxis": _axis(0, drawing.width),
            "yaxis": _axis(drawing.height, 0),
        },
    )


def _axis(first: float, last: float) -> dict[str, object]:
    low, high = sorted((first, last))
    return {"range": [first, last], "minallowed": low, "maxallowed": high, "visible": False}


def modebar_look() -> dict[str, object]:
    return {"bgcolor": CLEAR, "color": colour("grayColor"), "activecolor": colour("primaryColor")}


def hover_look() -> dict[str, object]:
    return {
        "bgcolor": colour("backgroundColor"),
        "bordercolor": colour("grayColor"),
        "font": {"family": FONT, "size": 13, "color": colour("textColor")},
        "align": "left",
        "namelength": 0,
    }


@st.cache_resource(show_spinner=False)
def _hand() -> Any:
    return st.components.v2.component("figure_hand", js=HAND)


def guide_hand(card: str, left: float | None = None, width: float = 0, into: int = 0) -> None:
    """Leave touches over figures to the page; bring a place of a wide card, or a whole card, into view."""
    _hand()(data={"card": card, "left": left, "width": width, "into": into}, key=f"hand-{card}")


# --- shapes ---------------------------------------------------------------------------------------------------------


def _line_shape(curve: Curve) -> dict[str, object]:
    dash = "1.5px,4px" if curve.dotted else "solid"
    line = {"color": colour("grayColor"), "width": 1.2, "dash": dash}
    return {"type": "path", "path": draw_curve(curve), "line": line, "layer": "below"}


def _head_shape(curve: Curve) -> dict[str, object]:
    grey = colour("grayColor")
    return {
        "type": "path",
        "path": draw_head(curve),
        "line": {"width": 0, "color": grey},
        "fillcolor": grey,
        "layer": "below",
    }


def _frame_shape(box: NodeBox) -> dict[str, object]:
    fill = "backgroundColor" if box.kind == "decision" else "secondaryBackgroundColor"
    fill = "grayBackgroundColor" if box.is_dashed else fill
    line = {"color": colour("grayColor"), "width": 1, "dash": "4px,3px" if box.is_dashed else "solid"}
    path = draw_frame(box, box.radius)
    return {"type": "path", "path": path, "line": line, "fillcolor": colour(fill), "layer": "below"}


def _sign_shapes(box: NodeBox) -> list[dict[str, object]]:
    path = draw_sign(box)
    if path is None:
        return []
    line = {"color": colour(STATUS_TOKEN[box.status or "open"]), "width": 1.6}
    return [{"type": "path", "path": path, "line": line, "layer": "below"}]


# --- words and what takes the pointer -------------------------------------------------------------------------------


def _titles(drawing: Drawing) -> go.Scatter:
    size, weight = TITLE
    places = [(box.text_left, box.y + FIRST_LINE, box.title, colour("grayTextColor")) for box in drawing.boxes]
    return _texts(places, size, weight)


def _words(drawing: Drawing) -> go.Scatter:
    size, weight = WORDS
    places = [
        (
            box.text_left,
            box.y + SECOND_LINE + LINE * number,
            line,
            colour("grayTextColor" if box.is_dashed else "textColor"),
        )
        for box in drawing.boxes
        for number, line in enumerate(box.lines)
    ]
    return _texts(places, size, weight)


def _texts(places: list[tuple[float, float, str, str]], size: int, weight: int) -> go.Scatter:
    """Words at the foot of their letters; plotly sets their middle, a third of their size above."""
    return go.Scatter(
        x=[place[0] for place in places],
        y=[place[1] - 0.35 * size for place in places],
        text=[escape(place[2]) for place in places],
        mode="text",
        textposition="middle right",
        textfont={"family": FONT, "size": size, "weight": weight, "color": [place[3] for place in places]},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _spots(drawing: Drawing, cards: Mapping[str, str]) -> go.Scatter:
    spots = [(x, box) for box in drawing.boxes for x in _across(box)]
    unseen = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=[x for x, _ in spots],
        y=[box.centre[1] for _, box in spots],
        customdata=[box.id for _, box in spots],
        hovertext=[cards.get(box.id, escape(box.title)) for _, box in spots],
        hoverinfo="text",
        mode="markers",
        marker={"size": _SPOT, "symbol": "square", "opacity": 0},
        selected=unseen,
        unselected=unseen,
    )


def _across(box: NodeBox) -> list[float]:
    """Places in a row, half a spot apart from the ends and less than a spot from each other."""
    first, last = box.x + _SPOT / 2, box.right - _SPOT / 2
    steps = max(1, round((last - first) / (_SPOT * 0.8)))
    return [first + (last - first) * step / steps for step in range(steps + 1)]


def escape(text: str) -> str:
    """Plotly reads a little markup in words: nothing that comes from a file or a person may be taken for it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
