"""What is wrong with a drawing, counted: the bar for the tests and the measure by which a layout is chosen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import combinations, pairwise
from math import hypot
from typing import NamedTuple

from engine.layout_parts import LABEL, LANE_TITLE, LINE_ONE, LINE_TWO, Box, Edge, Layout, Point, Rect
from engine.text_metrics import text_width

NEAR = 3.0  # px between two lines below which they read as one
LONG = 20.0  # px over which that is a fault
_TOUCH = 0.5  # px by which shapes may share an edge
_SHARED_BOX = 12.0  # px around a common box within which two lines may come together
_TOUCHES = 2.5  # px before a box at which a line seems to touch it
_LONGEST_END = 8.0  # px that a line may run so near to a box it joins: enough to come in at an angle, not to run along
_SAME_CROSSING = 4.0  # px within which two meetings of the same lines are one
_PARALLEL = 0.15  # sine of the angle below which two lines run along each other


@dataclass(frozen=True, slots=True)
class Faults:
    """Hard faults are never accepted; `crossings` and `near_runs` are kept low."""

    boxes_over_boxes: int = 0
    boxes_in_foreign_lanes: int = 0
    lanes_over_lanes: int = 0
    labels_over_boxes: int = 0
    labels_over_labels: int = 0
    titles_over_boxes: int = 0
    titles_over_labels: int = 0
    titles_outside_lanes: int = 0
    edges_through_boxes: int = 0
    edges_through_labels: int = 0
    edges_through_titles: int = 0
    texts_too_wide: int = 0
    parts_outside: int = 0
    crossings: int = 0
    near_runs: int = 0

    @property
    def hard(self) -> int:
        return sum(self.by_name().values()) - self.crossings - self.near_runs

    def by_name(self) -> dict[str, int]:
        return {part.name: getattr(self, part.name) for part in fields(self)}


class Segment(NamedTuple):
    """A straight piece of the line number `edge`, with the rectangle around it."""

    edge: int
    start: Point
    end: Point
    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_square(self) -> bool:
        """Whether it is level or upright."""
        return self.left == self.right or self.top == self.bottom

    def overlaps(self, shape: Rect) -> bool:
        """Whether the rectangle around it shares some area or edge with a shape."""
        return (
            self.left <= shape.right and self.right >= shape.x and self.top <= shape.bottom and self.bottom >= shape.y
        )

    def comes_near(self, other: "Segment", gap: float) -> bool:
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )


def count_faults(layout: Layout) -> Faults:
    """Count every kind of fault in one drawing; pure geometry, in a few thousandths of a second."""
    segments = segments_of(layout.edges)
    boxes = [*layout.boxes, *layout.controls]
    titles = [lane.title for lane in layout.lanes]
    all_titles = [*titles, *([layout.controls_title] if layout.controls_title else [])]
    crossings, near_runs = count_crossings(layout, segments)
    return Faults(
        boxes_over_boxes=_overlaps(boxes),
        boxes_in_foreign_lanes=_boxes_in_foreign_lanes(layout),
        lanes_over_lanes=_overlaps(layout.lanes),
        labels_over_boxes=_overlaps_between(layout.labels, boxes),
        labels_over_labels=_overlaps(layout.labels),
        titles_over_boxes=_overlaps_between(all_titles, boxes),
        titles_over_labels=_overlaps_between(all_titles, layout.labels) + _overlaps(all_titles),
        titles_outside_lanes=sum(not lane.holds(lane.title) for lane in layout.lanes),
        edges_through_boxes=_edges_through_boxes(layout, segments),
        edges_through_labels=_edges_through_labels(layout, segments),
        edges_through_titles=sum(len(edges_through(title, segments)) for title in all_titles),
        texts_too_wide=_texts_too_wide(layout),
        parts_outside=_parts_outside(layout),
        crossings=crossings,
        near_runs=near_runs,
    )


# --- shapes over shapes ---------------------------------------------------------------------------------------------


def _overlaps(shapes: Sequence[Rect]) -> int:
    return sum(first.overlaps(second, -_TOUCH) for first, second in combinations(shapes, 2))


def _overlaps_between(shapes: Sequence[Rect], others: Sequence[Rect]) -> int:
    return sum(shape.overlaps(other, -_TOUCH) for shape in shapes for other in others)


def _boxes_in_foreign_lanes(layout: Layout) -> int:
    """Boxes that touch the area of another lane, or leave their own."""
    faults = 0
    for lane in layout.lanes:
        for box in layout.boxes:
            faults += not lane.holds(box) if box.lane == lane.id else lane.overlaps(box, -_TOUCH)
        faults += sum(lane.overlaps(control, -_TOUCH) for control in layout.controls)
    return faults


def _texts_too_wide(layout: Layout) -> int:
    slack = 0.1
    faults = sum(_is_too_wide(box, slack) for box in (*layout.boxes, *layout.controls))
    faults += sum(text_width(label.text, *LABEL) > label.width + slack for label in layout.labels)
    titles = [lane.title for lane in layout.lanes] + ([layout.controls_title] if layout.controls_title else [])
    return faults + sum(text_width(title.text, *LANE_TITLE) > title.width + slack for title in titles)


def _is_too_wide(box: Box, slack: float) -> bool:
    return max(text_width(box.title, *LINE_ONE), text_width(box.detail, *LINE_TWO)) > box.text_room + slack


def _parts_outside(layout: Layout) -> int:
    page = Rect(0, 0, layout.width, layout.height)
    shapes = (*layout.boxes, *layout.controls, *layout.labels, *layout.lanes)
    faults = sum(not page.holds(shape) for shape in shapes)
    return faults + sum(not page.holds(Rect(x, y, 0, 0)) for edge in layout.edges for x, y in edge.points)


# --- lines through shapes -------------------------------------------------------------------------------------------


def segments_of(edges: Iterable[Edge]) -> list[Segment]:
    """From left to right, so that a search can stop early."""
    found = [piece(number, a, b) for number, edge in enumerate(edges) for a, b in pairwise(edge.points) if a != b]
    return sorted(found, key=lambda segment: segment.left)


def edges_through(shape: Rect, segments: Iterable[Segment]) -> set[int]:
    """The lines that pass through the inside of a shape."""
    left, top, right, bottom = shape.x + _TOUCH, shape.y + _TOUCH, shape.right - _TOUCH, shape.bottom - _TOUCH
    return {
        segment.edge
        for segment in segments
        if segment.left < right
        and segment.right > left
        and segment.top < bottom
        and segment.bottom > top
        and _inner_length(segment, left, top, right, bottom) > 0
    }


def _inner_length(segment: Segment, left: float, top: float, right: float, bottom: float) -> float:
    """How much of a segment lies inside a rectangle (Liang and Barsky)."""
    (x, y), (end_x, end_y) = segment.start, segment.end
    dx, dy = end_x - x, end_y - y
    enters, leaves = 0.0, 1.0
    for towards, room in ((-dx, x - left), (dx, right - x), (-dy, y - top), (dy, bottom - y)):
        if towards == 0:
            if room < 0:
                return 0
        elif towards < 0:
            enters = max(enters, room / towards)
        else:
            leaves = min(leaves, room / towards)
    return max(0.0, leaves - enters) * hypot(dx, dy)


def _edges_through_boxes(layout: Layout, segments: Sequence[Segment]) -> int:
    """Lines that touch a foreign box, or do more with a box of their own than end at its edge."""
    faults = 0
    for box in (*layout.boxes, *layout.controls):
        for number in edges_through(box.grown(_TOUCHES), segments):
            ends = (layout.edges[number].source, layout.edges[number].target).count(box.id)
            near = length_inside(box.grown(_TOUCHES), (segment for segment in segments if segment.edge == number))
            faults += near > ends * _LONGEST_END
    return faults


def length_inside(shape: Rect, segments: Iterable[Segment]) -> float:
    """How much of some pieces lies inside a shape."""
    left, top, right, bottom = shape.x, shape.y, shape.right, shape.bottom
    return sum(
        _inner_length(segment, left, top, right, bottom)
        for segment in segments
        if segment.left < right and segment.right > left and segment.top < bottom and segment.bottom > top
    )


def _edges_through_labels(layout: Layout, segments: Sequence[Segment]) -> int:
    faults = 0
    for label in layout.labels:
        faults += sum(layout.edges[number].id != label.edge for number in edges_through(label, segments))
    return faults


# --- lines over lines -----------------------------------------------------------------------------------------------


def count_crossings(layout: Layout, segments: Sequence[Segment] | None = None) -> tuple[int, int]:
    """Crossings, and pairs of lines that run along each other."""
    segments = segments_of(layout.edges) if segments is None else segments
    shared = _SharedBoxes(layout)
    crossings: dict[tuple[int, int], list[Point]] = {}
    near: dict[tuple[int, int], float] = {}
    for first, second in _neighbours(segments):
        pair = (min(first.edge, second.edge), max(first.edge, second.edge))
        if _is_parallel(first, second):
            near[pair] = near.get(pair, 0) + runs_along(first, second, shared=shared.of(*pair))
        elif (point := meeting(first, second)) and not any(_covers(box, point) for box in shared.of(*pair)):
            places = crossings.setdefault(pair, [])
            if all(hypot(point[0] - x, point[1] - y) > _SAME_CROSSING for x, y in places):
                places.append(point)
    return sum(map(len, crossings.values())), sum(length > LONG for length in near.values())


def _neighbours(segments: Sequence[Segment]) -> Iterator[tuple[Segment, Segment]]:
    """Pieces of different lines that come closer than NEAR."""
    for number, first in enumerate(segments):
        right, top, bottom = first.right + NEAR, first.top - NEAR, first.bottom + NEAR
        for second in segments[number + 1 :]:
            if second.left > right:
                break
            if second.top < bottom and second.bottom > top and second.edge != first.edge:
                yield first, second


class _SharedBoxes:
    """The boxes at which two lines both end, with the surroundings in which they may come together."""

    def __init__(self, layout: Layout) -> None:
        self._edges = layout.edges
        self._boxes = {box.id: box.grown(_SHARED_BOX) for box in layout.boxes}

    def of(self, first: int, second: int) -> list[Rect]:
        one, other = self._edges[first], self._edges[second]
        return [self._boxes[end] for end in {one.source, one.target} & {other.source, other.target}]


def _covers(shape: Rect, point: Point) -> bool:
    return shape.x <= point[0] <= shape.right and shape.y <= point[1] <= shape.bottom


def _is_parallel(first: Segment, second: Segment) -> bool:
    ax, ay = first.end[0] - first.start[0], first.end[1] - first.start[1]
    bx, by = second.end[0] - second.start[0], second.end[1] - second.start[1]
    return abs(ax * by - ay * bx) <= _PARALLEL * hypot(ax, ay) * hypot(bx, by)


def meeting(first: Segment, second: Segment) -> Point | None:
    """Where two pieces meet, their ends included; parallel ones never do."""
    (x, y), (end_x, end_y) = first.start, first.end
    (u, v), (end_u, end_v) = second.start, second.end
    ax, ay, bx, by = end_x - x, end_y - y, end_u - u, end_v - v
    across = ax * by - ay * bx
    if across == 0:
        return None
    along_first = ((u - x) * by - (v - y) * bx) / across
    along_second = ((u - x) * ay - (v - y) * ax) / across
    if -1e-6 <= along_first <= 1 + 1e-6 and -1e-6 <= along_second <= 1 + 1e-6:
        return x + along_first * ax, y + along_first * ay
    return None


def runs_along(first: Segment, second: Segment, gap: float = NEAR, shared: Sequence[Rect] = ()) -> float:
    """How far two nearly parallel pieces run closer than a gap, away from the boxes they share."""
    if not _is_parallel(first, second):
        return 0
    (x, y), (end_x, end_y) = first.start, first.end
    length = hypot(end_x - x, end_y - y)
    ux, uy = (end_x - x) / length, (end_y - y) / length
    along = sorted(((px - x) * ux + (py - y) * uy, (py - y) * ux - (px - x) * uy) for px, py in second[1:3])
    (begin, offset), (finish, other_offset) = along
    low, high = max(0.0, begin), min(length, finish)
    if high <= low or abs(offset + other_offset) / 2 >= gap:
        return 0
    common = piece(first.edge, (x + low * ux, y + low * uy), (x + high * ux, y + high * uy))
    return high - low - sum(_inner_length(common, box.x, box.y, box.right, box.bottom) for box in shared)


def piece(edge: int, a: Point, b: Point) -> Segment:
    return Segment(edge, a, b, min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
