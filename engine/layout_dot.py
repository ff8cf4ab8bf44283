"""One arrangement by Graphviz dot, in-process: boxes and labels placed, lanes around them, lines routed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Literal

from engine.layout_parts import Point, Rect

Routing = Literal["ortho", "polyline"]
_POINTS_PER_INCH = 72  # dot takes sizes in inches and answers in points; a point is a px here
_LOCK = Lock()  # Graphviz keeps state of its own, and sessions are threads
# Room for a title above the boxes of a lane. An empty table of fixed size, so that dot asks no font for its height.
_TITLE_BAND = (
    'graph [margin=8 labeljust=l label=<<TABLE FIXEDSIZE="TRUE" WIDTH="20" HEIGHT="6" BORDER="0" CELLBORDER="0" '
    'CELLPADDING="0" CELLSPACING="0"><TR><TD FIXEDSIZE="TRUE" WIDTH="20" HEIGHT="6"></TD></TR></TABLE>>]'
)


@dataclass(frozen=True, slots=True)
class Item:
    """A box or a label for dot: its name there, its size, and its lane, if that has an area."""

    name: str
    width: float
    height: float
    lane: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """Between two items, by name; `ranks` is how far below the tail the head stands. A hidden one only holds places."""

    tail: str
    head: str
    ranks: int = 1
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Spacing:
    """In inches, as dot wants them."""

    nodesep: float
    ranksep: float


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where dot put everything, from the upper left corner; a route begins and ends at the edge of its items."""

    width: float
    height: float
    places: Mapping[str, Rect]
    lanes: Mapping[str, Rect]
    routes: Mapping[tuple[str, str], tuple[Point, ...]]


def arrange(items: Sequence[Item], lines: Sequence[Line], spacing: Spacing, routing: Routing | None) -> Arrangement:
    """Place the items top down and route the lines; without a routing it only places, in a quarter of the time."""
    clusters: dict[str | None, list[Item]] = {}
    for item in items:
        clusters.setdefault(item.lane, []).append(item)
    free = clusters.pop(None, [])
    head = f"graph [rankdir=TB splines={routing or 'false'} nodesep={spacing.nodesep} ranksep={spacing.ranksep}]"
    parts = [head, 'node [shape=box fixedsize=true label=""]', "edge [arrowhead=none]"]
    parts += [_cluster(number, members) for number, members in enumerate(clusters.values())]
    parts += [_node(item) for item in free]
    parts += [_edge(line) for line in lines]
    drawn = run_dot("digraph {\n" + "\n".join(parts) + "\n}")
    return _read(drawn, [str(lane) for lane in clusters])


def run_dot(source: str) -> Any:
    """What dot makes of a graph, as JSON; one call at a time."""
    from pygraphviz import AGraph

    with _LOCK:
        graph = AGraph(string=source)
        drawn = graph.draw(prog="dot", format="json0")
        graph.close()
    return json.loads(drawn)


def _node(item: Item) -> str:
    return f"{item.name} [width={item.width / _POINTS_PER_INCH:.4f} height={item.height / _POINTS_PER_INCH:.4f}]"


def _edge(line: Line) -> str:
    return f"{line.tail} -> {line.head} [minlen={line.ranks}{' style=invis' if line.hidden else ''}]"


def _cluster(number: int, members: Sequence[Item]) -> str:
    return f"subgraph cluster_{number} {{\n{_TITLE_BAND}\n" + "\n".join(map(_node, members)) + "\n}"


# --- reading the answer ---------------------------------------------------------------------------------------------


def _read(drawn: Mapping[str, Any], lanes: Sequence[str]) -> Arrangement:
    left, bottom, right, top = _numbers(drawn["bb"])
    objects = drawn.get("objects", ())
    names = {part["_gvid"]: part["name"] for part in objects}
    return Arrangement(
        width=right - left,
        height=top - bottom,
        places={part["name"]: _place(part, top) for part in objects if "pos" in part},
        lanes={lanes[int(part["name"].removeprefix("cluster_"))]: _area(part, top) for part in objects if "bb" in part},
        routes={
            (names[line["tail"]], names[line["head"]]): _route(line["pos"], top)
            for line in drawn.get("edges", ())
            if "pos" in line
        },
    )


def _numbers(text: str) -> list[float]:
    return [float(number) for number in text.split(",")]


def _place(part: Mapping[str, Any], top: float) -> Rect:
    x, y = _numbers(part["pos"])
    width, height = float(part["width"]) * _POINTS_PER_INCH, float(part["height"]) * _POINTS_PER_INCH
    return Rect(x - width / 2, top - y - height / 2, width, height)


def _area(part: Mapping[str, Any], top: float) -> Rect:
    left, bottom, right, upper = _numbers(part["bb"])
    return Rect(left, top - upper, right - left, upper - bottom)


def _route(spline: str, top: float) -> tuple[Point, ...]:
    """Ortho and polyline routes come as Bézier pieces that are straight: every third point is a corner."""
    points = [_numbers(point) for point in spline.split(" ")]
    return tuple((x, top - y) for x, y in points[::3])
