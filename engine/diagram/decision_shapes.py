"""The shapes of a decision graph as path data of absolute M, L, C, Q and Z: what both SVG and plotly can draw."""

import re
from collections.abc import Sequence
from math import hypot

from engine.advice import Status
from engine.diagram.decision_layout import SIGN, Curve, NodeBox
from engine.layout_parts import Point, Rect

HEAD_LONG, HEAD_WIDE = 8.0, 3.6  # px of an arrowhead: its length, and half its width
_CIRCLE = "M15 8 C15 11.87 11.87 15 8 15 C4.13 15 1 11.87 1 8 C1 4.13 4.13 1 8 1 C11.87 1 15 4.13 15 8 Z"
_DOT = "M7.6 11.5 L8.4 11.5 L8.4 12.1 L7.6 12.1 Z"
# Strokes in a square of 16, after the icons of the chips: check_circle, hourglass_top, help, error, keep, remove.
SIGNS: dict[Status, str] = {
    "settled": f"{_CIRCLE} M4.8 8.3 L7.1 10.6 L11.3 5.9",
    "provisional": "M3.8 1.8 L12.2 1.8 M3.8 14.2 L12.2 14.2 M5 1.8 L5 4.4 L8 8 L11 4.4 L11 1.8 "
    "M5 14.2 L5 11.6 L8 8 L11 11.6 L11 14.2",
    "open": f"{_CIRCLE} M5.9 6.3 Q6 4.3 8 4.3 Q10.1 4.3 10.1 6.1 Q10.1 7.2 9 7.9 Q8 8.5 8 9.6 {_DOT}",
    "conflict": f"{_CIRCLE} M8 4.2 L8 9.2 {_DOT}",
    "pinned": "M5 1.8 L11 1.8 M6.2 1.8 L6.2 6.8 L4.2 9.6 L11.8 9.6 L9.8 6.8 L9.8 1.8 M8 9.6 L8 14.6",
    "not-applicable": "M3.8 8 L12.2 8",
}


def draw_sign(box: NodeBox) -> str | None:
    """The sign of a decision's status, or of a question, in its place at the left of the box."""
    status = "open" if box.kind == "question" else box.status
    if status is None:
        return None
    return move_path(SIGNS[status], box.x + 11, box.y + (box.height - SIGN) / 2)


def draw_frame(box: Rect, radius: float) -> str:
    """A box with round corners."""
    left, top, right, bottom = box.x, box.y, box.right, box.bottom
    return (
        f"M{_pair((left + radius, top))} L{_pair((right - radius, top))} Q{_pair((right, top))} "
        f"{_pair((right, top + radius))} L{_pair((right, bottom - radius))} Q{_pair((right, bottom))} "
        f"{_pair((right - radius, bottom))} L{_pair((left + radius, bottom))} Q{_pair((left, bottom))} "
        f"{_pair((left, bottom - radius))} L{_pair((left, top + radius))} Q{_pair((left, top))} "
        f"{_pair((left + radius, top))} Z"
    )


def draw_curve(curve: Curve) -> str:
    """The line of a link; it ends inside its arrowhead, not at the tip. Plotly wants a letter for every piece."""
    first, *rest = map(_pair, _shortened(curve.points))
    pieces = (rest[place : place + 3] for place in range(0, len(rest), 3))
    return " ".join([f"M{first}", *(f"C{' '.join(piece)}" for piece in pieces)])


def draw_head(curve: Curve) -> str:
    """The arrowhead at the end of a link."""
    tip, (ux, uy) = curve.points[-1], _direction(curve)
    x, y = tip[0] - HEAD_LONG * ux, tip[1] - HEAD_LONG * uy
    wings = [(x - HEAD_WIDE * uy, y + HEAD_WIDE * ux), tip, (x + HEAD_WIDE * uy, y - HEAD_WIDE * ux)]
    return f"M{' L'.join(map(_pair, wings))} Z"


def move_path(path: str, by_x: float, by_y: float) -> str:
    """The same path elsewhere; its numbers come in pairs."""
    return re.sub(r"(-?[\d.]+) (-?[\d.]+)", lambda pair: _pair((float(pair[1]) + by_x, float(pair[2]) + by_y)), path)


def _shortened(points: Sequence[Point]) -> list[Point]:
    """The last handle moves with the end, so that the curve keeps its direction there."""
    ux, uy = _unit(points[-2], points[-1])
    by = HEAD_LONG - 1
    return [*points[:-2], *((x - by * ux, y - by * uy) for x, y in points[-2:])]


def _direction(curve: Curve) -> Point:
    return _unit(curve.points[-2], curve.points[-1])


def _unit(a: Point, b: Point) -> Point:
    length = hypot(b[0] - a[0], b[1] - a[1])
    return ((b[0] - a[0]) / length, (b[1] - a[1]) / length) if length else (1.0, 0.0)


def _pair(point: Point) -> str:
    return f"{round(point[0], 1):g} {round(point[1], 1):g}"
