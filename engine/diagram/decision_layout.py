"""Where everything of a decision graph stands: left to right by Graphviz dot, the same for the same sketch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from engine.advice import Status
from engine.diagram.decision_sketch import Kind, Link, Node, Sketch
from engine.layout_dot import run_dot
from engine.layout_parts import Point, Rect
from engine.models import Language
from engine.text_metrics import text_width

TITLE, WORDS = (12, 400), (13, 600)  # size in px and weight
LINE = 16  # px from one line of words to the next
FIRST_LINE, SECOND_LINE = 17, 33  # px from the top of a box to the foot of its letters
WIDEST = 124  # px of one line of words; longer ones go on below
MOST_LINES = 3
SIGN = 16  # px of a sign's square
MARGIN = 6  # px around the whole
_LEFT, _LEFT_OF_ANSWER, _RIGHT = 36, 15, 12
_PX_PER_INCH = 72  # dot takes sizes in inches and answers in points; a point is a px here
_HEAD = (
    'graph [rankdir=LR splines=true nodesep=0.13 ranksep=0.34] node [shape=box fixedsize=true label=""] '
    "edge [arrowhead=none tailport=e headport=w]"
)


@dataclass(frozen=True, slots=True)
class NodeBox(Rect):
    """A node in its place, its words broken into lines."""

    id: str
    kind: Kind
    title: str
    lines: tuple[str, ...]
    status: Status | None

    @property
    def text_left(self) -> float:
        """Where its words begin: after the sign, if it has one."""
        return self.x + (_LEFT_OF_ANSWER if self.kind == "answer" else _LEFT)

    @property
    def text_room(self) -> float:
        return self.right - _RIGHT - self.text_left

    @property
    def radius(self) -> float:
        """Decisions have slightly rounded corners, answers and questions round ends."""
        return 8 if self.kind == "decision" else min(self.height / 2, 21)

    @property
    def is_dashed(self) -> bool:
        return self.kind == "question" or self.status in ("open", "not-applicable")


@dataclass(frozen=True, slots=True)
class Curve:
    """A link as a Bézier curve, from the right edge of its source to the left edge of its target.

    Points are the beginning, then two handles and an end for each piece.
    """

    source: str
    target: str
    acts: bool
    dotted: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    language: Language
    width: float
    height: float
    boxes: tuple[NodeBox, ...]
    curves: tuple[Curve, ...]

    def box(self, node: str) -> NodeBox | None:
        return next((box for box in self.boxes if box.id == node), None)


@lru_cache(maxsize=128)
def lay_out_decisions(sketch: Sketch) -> Drawing:
    """Place the nodes and route the links. No boxes overlap, no word is wider than its box."""
    if not sketch.nodes:
        return Drawing(sketch.language, 0, 0, (), ())
    sized = [_size(node) for node in sketch.nodes]
    names = {box.id: f"n{number}" for number, box in enumerate(sized)}
    drawn = run_dot(_source(sized, names, sketch.links))
    left, bottom, right, top = _numbers(drawn["bb"])
    places = {part["name"]: _numbers(part["pos"]) for part in drawn["objects"]}
    boxes = tuple(_place(box, places[names[box.id]], top) for box in sized)
    width, height = right - left + 2 * MARGIN, top - bottom + 2 * MARGIN
    return Drawing(sketch.language, round(width, 1), round(height, 1), boxes, _curves(drawn, sketch, names, top))


# --- sizes ----------------------------------------------------------------------------------------------------------


def _size(node: Node) -> NodeBox:
    lines = break_lines(node.words)
    left = _LEFT_OF_ANSWER if node.kind == "answer" else _LEFT
    widest = max(text_width(node.title, *TITLE), *(text_width(line, *WORDS) for line in lines))
    height = SECOND_LINE + LINE * (len(lines) - 1) + 9
    return NodeBox(0, 0, left + widest + _RIGHT, height, node.id, node.kind, node.title, lines, node.status)


def break_lines(words: str) -> tuple[str, ...]:
    """Lines that are no wider than WIDEST; what is left after MOST_LINES is cut, said by an ellipsis."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, *WORDS) <= WIDEST:
            lines[-1] = longer
        else:
            lines.append(_fit(word))
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], _fit(f"{lines[MOST_LINES - 1]}…", cut=True)]
    return tuple(lines)


def _fit(text: str, cut: bool = False) -> str:
    """A single word that is wider than a line loses its end."""
    while text_width(text, *WORDS) > WIDEST:
        text, cut = text[:-2] + "…" if cut else text[:-1] + "…", True
    return text


# --- to dot and back ------------------------------------------------------------------------------------------------


def _source(boxes: Sequence[NodeBox], names: Mapping[str, str], links: Sequence[Link]) -> str:
    nodes = [f"{names[box.id]} [width={_inches(box.width)} height={_inches(box.height)}]" for box in boxes]
    weights = [f"[weight={3 if link.acts else 1}]" for link in links]  # what acts is drawn short and straight
    edges = [
        f"{names[link.source]} -> {names[link.target]} {weight}" for link, weight in zip(links, weights, strict=True)
    ]
    return "digraph {\n" + "\n".join([_HEAD, *nodes, *edges]) + "\n}"


def _inches(px: float) -> str:
    return f"{px / _PX_PER_INCH:.4f}"


def _place(box: NodeBox, centre: Sequence[float], top: float) -> NodeBox:
    x, y = centre
    return box.moved(round(x - box.width / 2 + MARGIN, 1), round(top - y - box.height / 2 + MARGIN, 1))


def _curves(drawn: Mapping[str, Any], sketch: Sketch, names: Mapping[str, str], top: float) -> tuple[Curve, ...]:
    ids = {part["_gvid"]: part["name"] for part in drawn["objects"]}
    routes = {(ids[edge["tail"]], ids[edge["head"]]): edge["pos"] for edge in drawn.get("edges", ())}
    status = {node.id: node.status for node in sketch.nodes}
    return tuple(
        Curve(
            link.source,
            link.target,
            link.acts,
            not link.acts or status[link.target] == "not-applicable",
            _route(routes[names[link.source], names[link.target]], top),
        )
        for link in sketch.links
    )


def _route(spline: str, top: float) -> tuple[Point, ...]:
    points = [_numbers(point) for point in spline.split(" ")]
    return tuple((round(x + MARGIN, 1), round(top - y + MARGIN, 1)) for x, y in points)


def _numbers(text: str) -> list[float]:
    return [float(number) for number in text.split(",")]
