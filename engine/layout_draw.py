"""One drawing of an architecture: arranged by dot, lines joined behind their labels, titles set, controls below."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, floor, sqrt
from typing import TypeVar

from engine.layout_dot import Arrangement, Item, Line, Routing, Spacing, arrange
from engine.layout_faults import Segment, edges_through, segments_of
from engine.layout_lines import draw_line
from engine.layout_parts import LANE_TITLE, Box, Edge, LabelBox, LaneBox, Layout, Rect, TitleBox
from engine.layout_plan import Plan
from engine.layout_straighten import straighten
from engine.models import Text
from engine.text_metrics import text_width

CONTROLS = Text(en="Controls", pt="Controles")

_CLEARANCE = 6.0  # boxes are laid out so much larger on every side, and no line passes closer
_RIM = 8.0  # around the whole drawing, for strokes and arrowheads
_SPACING = Spacing(0.25, 0.12)
_TITLE_HEIGHT = 16
_TITLE_CLEARANCE = 5.0
_CONTROL_GAP = 12.0
_NARROW = 480.0  # controls wrap no earlier than this, however narrow the drawing above them is

Part = TypeVar("Part", Box, LabelBox)


@dataclass(frozen=True, slots=True)
class Variant:
    """`order` is how boxes and lines are told to dot, which settles ties by it.

    `stagger` makes a drawing taller and narrower: so many ranks take turns in what a box leads to.
    """

    lanes_left_off: tuple[str, ...]
    stagger: int = 1
    order: int = 0


def draw(plan: Plan, variant: Variant, routing: Routing) -> Layout:
    """A whole drawing but for the controls, in its upper left corner."""
    arrangement = _arrange(plan, variant, routing)
    boxes, labels = _placed_parts(plan, arrangement)
    layout = Layout(
        plan.language,
        boxes=boxes,
        labels=labels,
        edges=_edges(plan, arrangement, boxes, labels),
        lanes_left_off=variant.lanes_left_off,
        routing=routing,
    )
    return _cropped(_with_lanes(layout, arrangement.lanes, dict(plan.lanes)))


def sketch(plan: Plan, variant: Variant) -> Layout:
    """Where everything would stand, with straight lines: not to be shown, but made in a quarter of the time."""
    arrangement = _arrange(plan, variant, None)
    boxes, labels = _placed_parts(plan, arrangement)
    centres = {box.id: box.centre for box in boxes}
    edges = (
        Edge(label.edge, line.source, line.target, line.kind, (centres[line.source], at.centre, centres[line.target]))
        for line, label, at in zip(plan.lines, plan.labels, labels, strict=True)
    )
    width, height = arrangement.width + _RIM, arrangement.height + _RIM
    return Layout(plan.language, width, height, boxes=boxes, edges=tuple(edges))


def straightened(layout: Layout) -> Layout:
    """The same drawing with calmer lines, its titles placed anew between them."""
    calm = straighten(layout)
    return _cropped(
        _with_lanes(calm, {lane.id: lane for lane in calm.lanes}, {lane.id: lane.title.text for lane in calm.lanes})
    )


# --- boxes and lines ------------------------------------------------------------------------------------------------


def _arrange(plan: Plan, variant: Variant, routing: Routing | None) -> Arrangement:
    """Split each line at its label, so that dot keeps room for the words."""
    areas = {lane for lane, _ in plan.lanes} - set(variant.lanes_left_off)
    lane_of = {box.id: box.lane if box.lane in areas else None for box in plan.boxes}
    name_of = {box.id: f"b{number}" for number, box in enumerate(plan.boxes)}
    boxes = [
        Item(name_of[box.id], box.width + 2 * _CLEARANCE, box.height + 2 * _CLEARANCE, lane_of[box.id])
        for box in plan.boxes
    ]
    labels, lines = [], []
    led_to: Counter[str] = Counter()
    for number, (line, label) in enumerate(zip(plan.lines, plan.labels, strict=True)):
        lane = lane_of[line.source] if lane_of[line.source] == lane_of[line.target] else None
        labels.append(Item(f"l{number}", label.width, label.height, lane))
        ranks = 1 + 2 * (led_to[line.source] % variant.stagger)  # two: a box and a label
        led_to[line.source] += 1
        lines += [Line(name_of[line.source], f"l{number}", ranks), Line(f"l{number}", name_of[line.target])]
    if variant.order >= 1:
        labels.reverse()
    if variant.order >= 2:
        boxes.reverse()
    return arrange([*boxes, *labels], [*lines, *_columns(plan, name_of)], _SPACING, routing)


def _columns(plan: Plan, name_of: Mapping[str, str]) -> Iterator[Line]:
    """Boxes without lines stand under each other, as many as beside each other, or else all in one wide row."""
    joined = {end for line in plan.lines for end in (line.source, line.target)}
    for lane in dict.fromkeys(box.lane for box in plan.boxes):
        alone = [box.id for box in plan.boxes if box.lane == lane and box.id not in joined]
        tall = max(2, round(sqrt(len(alone))))
        for number, (upper, lower) in enumerate(pairwise(alone), start=1):
            if number % tall:
                yield Line(name_of[upper], name_of[lower], hidden=True)


def _placed_parts(plan: Plan, arrangement: Arrangement) -> tuple[tuple[Box, ...], tuple[LabelBox, ...]]:
    boxes = (_placed(box, arrangement.places[f"b{number}"]) for number, box in enumerate(plan.boxes))
    labels = (_placed(label, arrangement.places[f"l{number}"]) for number, label in enumerate(plan.labels))
    return tuple(boxes), tuple(labels)


def _placed(part: Part, place: Rect) -> Part:
    """On whole px, so that the edges of boxes are crisp."""
    x, y = place.centre
    return replace(part, x=float(round(x - part.width / 2)), y=float(round(y - part.height / 2)))


def _edges(plan: Plan, arrangement: Arrangement, boxes: Sequence[Box], labels: Sequence[LabelBox]) -> tuple[Edge, ...]:
    box_of = {box.id: (f"b{number}", box) for number, box in enumerate(boxes)}
    edges = []
    for number, (line, label) in enumerate(zip(plan.lines, labels, strict=True)):
        (source_name, source), (target_name, target) = box_of[line.source], box_of[line.target]
        first = arrangement.routes[source_name, f"l{number}"]
        second = arrangement.routes[f"l{number}", target_name]
        points = draw_line(first, label, second, source, target)
        edges.append(Edge(label.edge, line.source, line.target, line.kind, points))
    return tuple(edges)


# --- titles of lanes ------------------------------------------------------------------------------------------------


def _with_lanes(layout: Layout, areas: Mapping[str, Rect], titles: Mapping[str, str]) -> Layout:
    parts = [*layout.boxes, *layout.labels]
    lanes = (_lane(id_, titles[id_], area, parts, layout.edges) for id_, area in areas.items())
    return replace(layout, lanes=tuple(lanes))


def _lane(id_: str, title: str, area: Rect, parts: Sequence[Rect], edges: Sequence[Edge]) -> LaneBox:
    """A lane with its title in the first free spot from the upper left; where none is, the fault count refuses it."""
    inside = [part for part in parts if part.overlaps(area)]
    segments = [segment for segment in segments_of(edges) if segment.overlaps(area)]
    width = text_width(title, *LANE_TITLE)
    free = (spot for spot in _spots(area, width) if _is_free(spot, inside, segments))
    spot = next(free, next(_spots(area, width)))
    at = TitleBox(spot.x, spot.y, spot.width, spot.height, title)
    return LaneBox(area.x, area.y, area.width, area.height, id_, at)


def _spots(area: Rect, width: float) -> Iterator[Rect]:
    """Places for a title, row by row; the upper left corner comes first even where the lane is too narrow."""
    left, top = round(area.x) + 12.0, round(area.y) + 6.0
    yield Rect(left, top, width, _TITLE_HEIGHT)
    for down in range(0, int(area.height) - _TITLE_HEIGHT - 8, 6):
        for right in range(0, int(area.width - width) - 16, 6):
            yield Rect(left + right, top + down, width, _TITLE_HEIGHT)


def _is_free(spot: Rect, parts: Sequence[Rect], segments: Sequence[Segment]) -> bool:
    room = spot.grown(_TITLE_CLEARANCE)
    return not any(room.overlaps(part) for part in parts) and not edges_through(room, segments)


# --- the whole ------------------------------------------------------------------------------------------------------


def _moved(layout: Layout, by_x: float, by_y: float) -> Layout:
    return replace(
        layout,
        boxes=tuple(part.moved(by_x, by_y) for part in layout.boxes),
        labels=tuple(part.moved(by_x, by_y) for part in layout.labels),
        edges=tuple(edge.moved(by_x, by_y) for edge in layout.edges),
        lanes=tuple(lane.moved(by_x, by_y) for lane in layout.lanes),
    )


def _cropped(layout: Layout) -> Layout:
    """Move the drawing to the upper left corner and make the page as large as it is."""
    shapes: list[Rect] = [*layout.boxes, *layout.labels, *layout.lanes]
    if not shapes:
        return layout
    points = [point for edge in layout.edges for point in edge.points]
    left = min([*(shape.x for shape in shapes), *(x for x, _ in points)])
    top = min([*(shape.y for shape in shapes), *(y for _, y in points)])
    right = max([*(shape.right for shape in shapes), *(x for x, _ in points)])
    bottom = max([*(shape.bottom for shape in shapes), *(y for _, y in points)])
    moved = _moved(layout, _RIM - floor(left), _RIM - floor(top))
    return replace(moved, width=ceil(right - floor(left) + 2 * _RIM), height=ceil(bottom - floor(top) + 2 * _RIM))


def with_controls(layout: Layout, plan: Plan, max_width: float) -> Layout:
    """Set the controls in rows under the drawing, as wide as it is or as one control needs."""
    if not plan.controls:
        return layout
    text = CONTROLS.in_(plan.language)
    title = TitleBox(_RIM, layout.height + _CONTROL_GAP, text_width(text, *LANE_TITLE), _TITLE_HEIGHT, text)
    room = max(layout.width, min(max_width, _NARROW), *(box.width + 2 * _RIM for box in plan.controls)) - _RIM
    x, y = _RIM, title.bottom + 6
    controls = []
    for box in plan.controls:
        if x > _RIM and x + box.width > room:
            x, y = _RIM, y + box.height + _CONTROL_GAP
        controls.append(replace(box, x=x, y=y))
        x += box.width + _CONTROL_GAP
    width = max(layout.width, *(box.right + _RIM for box in controls))
    return replace(
        layout, controls=tuple(controls), controls_title=title, width=width, height=y + controls[-1].height + _RIM
    )
