"""Lines with fewer idle corners: pieces shifted in line with their neighbours wherever nothing gets worse by it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from engine.layout_faults import Segment, edges_through, length_inside, meeting, piece, runs_along
from engine.layout_lines import CORNER_ROOM, without_idle_corners
from engine.layout_parts import Box, LabelBox, Layout, Point, Rect

_ROUNDS, _MANY = 2, 30  # a second round over more lines than that takes longer than it is worth
_BOX_CLEARANCE, _LABEL_CLEARANCE = 6.0, 2.0
_NEAR = 7.0  # px between parallel lines below which a shift is worth a corner
_MISSED = 100.0  # the cost of a line through a shape, or past its own label
_MERGED, _CROSSING, _TITLE, _RUN, _SHORT, _BESIDE, _CORNER, _LENGTH = 25.0, 10.0, 4.0, 3.0, 2.0, 1.5, 1.0, 0.002
_SHORTEST_END = 14.0  # px of a first or last piece that still shows where a line begins or points

Line = tuple[Point, ...]


def straighten(layout: Layout) -> Layout:
    """The same drawing with calmer lines; boxes stay, labels may slide along to the line they name."""
    scene = _Scene(layout)
    for _ in range(_ROUNDS if len(layout.edges) <= _MANY else 1):
        for number, edge in enumerate(layout.edges):
            if edge.source != edge.target:  # a loop would fold into nothing
                scene.improve(number)
    return scene.drawing()


class _Scene:
    """The lines of a drawing while they are being improved, one at a time, in their order."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._boxes = {box.id: box for box in layout.boxes}
        self._rooms = [(box.id, box.grown(_BOX_CLEARANCE - 0.5)) for box in layout.boxes]
        self._titles = [lane.title.grown(_LABEL_CLEARANCE) for lane in layout.lanes]
        self._lines = [edge.points for edge in layout.edges]
        labels = {label.edge: label for label in layout.labels}
        self._labels = [labels[edge.id] for edge in layout.edges]
        self._label_rooms = [label.grown(_LABEL_CLEARANCE) for label in self._labels]
        self._pieces = [_pieces(number, line) for number, line in enumerate(self._lines)]
        self._reaches = [_around(pieces).grown(_NEAR) for pieces in self._pieces]

    def drawing(self) -> Layout:
        edges = zip(self._layout.edges, self._lines, strict=True)
        return replace(
            self._layout,
            edges=tuple(replace(edge, points=points) for edge, points in edges),
            labels=tuple(self._labels),
        )

    def improve(self, number: int) -> None:
        """Take the best change of one line as long as there is a better one."""
        least = self._cost(number, self._lines[number], self._labels[number], inf)
        while True:
            best = None
            for line, label in self._changes(number):
                cost = self._cost(number, line, label, least - 1e-6)
                if cost < least - 1e-6:
                    least, best = cost, (line, label)
            if best is None:
                return
            self._take(number, *best)

    def _take(self, number: int, line: Line, label: LabelBox) -> None:
        self._lines[number], self._labels[number] = line, label
        self._label_rooms[number] = label.grown(_LABEL_CLEARANCE)
        self._pieces[number] = _pieces(number, line)
        self._reaches[number] = _around(self._pieces[number]).grown(_NEAR)

    def _changes(self, number: int) -> list[tuple[Line, LabelBox]]:
        line, label = self._lines[number], self._labels[number]
        anywhere = self._cost_beside(number, self._pieces[number], inf) > 0
        lines = [line, *_shifts(line, label, self._ends(number), anywhere), *self._nudges(number)]
        kept = [(other, label) for other in lines[1:]]
        return kept + [(other, at) for other in lines for at in _labels_along(other, label)]

    def _nudges(self, number: int) -> Iterator[Line]:
        """The line with a piece that runs close beside another moved away from it, by a little or a little more."""
        line, ends = self._lines[number], self._ends(number)
        for place, own in enumerate(self._pieces[number]):
            near = self._pieces_around(number, _around([own]))
            beside = (other for others in near for other in others if own.comes_near(other, _NEAR))
            if own.is_square and any(runs_along(own, other, _NEAR) > _NEAR for other in beside):
                axis = 0 if own.left == own.right else 1
                for by in (_NEAR, -_NEAR, 2 * _NEAR, -2 * _NEAR):
                    if _may_end(line, place, axis, own.start[axis] + by, ends):
                        yield _shifted(line, place, axis, own.start[axis] + by)

    def _ends(self, number: int) -> tuple[Box, Box]:
        edge = self._layout.edges[number]
        return self._boxes[edge.source], self._boxes[edge.target]

    # --- what a line costs ---

    def _cost(self, number: int, line: Line, label: LabelBox, limit: float) -> float:
        """The cost of a line, or some number over the limit as soon as it is clear that it costs more."""
        pieces = _pieces(number, line)
        cost = _CORNER * len(line) + _LENGTH * sum(_long(a, b) for a, b in pairwise(line))
        cost += _SHORT * ((_long(*line[:2]) < _SHORTEST_END) + (_long(*line[-2:]) < _SHORTEST_END))
        cost += _off_centre(line, label, self._ends(number))
        cost += _BESIDE * sum(_turns_beside(label, corner) for corner in line[1:-1])
        cost += 0 if edges_through(_core(label), pieces) else _MISSED
        if cost < limit:
            cost += _TITLE * sum(len(edges_through(title, pieces)) for title in self._titles)
            cost += _MISSED * self._faults(number, pieces, label)
        return cost if cost >= limit else cost + self._cost_beside(number, pieces, limit - cost)

    def _faults(self, number: int, pieces: Sequence[Segment], label: LabelBox) -> int:
        """Boxes and labels that the line or its label comes too near, and lines that its label covers."""
        if label is not self._labels[number] and self._covers_something(number, label):
            return 1
        ends = self._layout.edges[number].source, self._layout.edges[number].target
        whole = _around(pieces)
        faults = 0
        for id_, room in self._rooms:
            if whole.overlaps(room):
                faults += length_inside(room, pieces) > ends.count(id_) * (_BOX_CLEARANCE + 1)
        for other, room in enumerate(self._label_rooms):
            if other != number and whole.overlaps(room):
                faults += len(edges_through(room, pieces))
        return faults

    def _covers_something(self, number: int, label: LabelBox) -> bool:
        """Whether a label at a new place would stand on a box, a label, a line or the rim of a lane."""
        room = label.grown(_LABEL_CLEARANCE)
        return (
            any(label.overlaps(other) for _, other in self._rooms)
            or any(label.overlaps(other) for place, other in enumerate(self._label_rooms) if place != number)
            or any(label.overlaps(lane) and not lane.holds(label) for lane in self._layout.lanes)
            or any(edges_through(room, others) for others in self._pieces_around(number, room))
        )

    def _cost_beside(self, number: int, pieces: Sequence[Segment], limit: float) -> float:
        cost = 0.0
        for others in self._pieces_around(number, _around(pieces)):
            cost += _cost_beside(pieces, others)
            if cost >= limit:
                break
        return cost

    def _pieces_around(self, number: int, place: Rect) -> Iterator[list[Segment]]:
        """The pieces of each other line that could come near a place."""
        for other, reach in enumerate(self._reaches):
            if other != number and reach.overlaps(place, 1):
                yield self._pieces[other]


def _cost_beside(pieces: Sequence[Segment], others: Sequence[Segment]) -> float:
    """Crossings of two lines, and how often they run beside each other."""
    cost = 0.0
    for first in pieces:
        for second in others:
            if first.comes_near(second, _NEAR):
                if runs_along(first, second, _NEAR) > _NEAR:
                    cost += _MERGED if runs_along(first, second) else _RUN
                elif meeting(first, second):
                    cost += _CROSSING
    return cost


def _around(pieces: Sequence[Segment]) -> Rect:
    left, top = min(piece.left for piece in pieces), min(piece.top for piece in pieces)
    return Rect(left, top, max(piece.right for piece in pieces) - left, max(piece.bottom for piece in pieces) - top)


def _pieces(number: int, line: Line) -> list[Segment]:
    return [piece(number, a, b) for a, b in pairwise(line)]


def _long(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _off_centre(line: Line, label: LabelBox, ends: tuple[Box, Box]) -> float:
    """A little for a line that passes its label or meets its boxes away from their middle."""
    x, y = label.centre
    passing = [abs(a[0] - x) for a, b in pairwise(line) if a[0] == b[0] and min(a[1], b[1]) < y < max(a[1], b[1])]
    away = sum(_off_middle(point, box) for point, box in zip((line[0], line[-1]), ends, strict=True))
    return min(passing, default=0.0) / 50 + away / 2


def _turns_beside(label: LabelBox, corner: Point) -> bool:
    """Whether a line turns right at the end of the words, so that it seems to stop there."""
    x, y = label.centre
    return abs(corner[1] - y) < label.height / 2 and -10 < abs(corner[0] - x) - label.width / 2 < 10


def _off_middle(point: Point, box: Box) -> float:
    """From 0 in the middle of a side to 1 at its end."""
    if box.x < point[0] < box.right:
        return 2 * abs(point[0] - box.centre[0]) / box.width
    return 2 * abs(point[1] - box.centre[1]) / box.height


# --- changes --------------------------------------------------------------------------------------------------------


def _shifts(line: Line, label: LabelBox, ends: tuple[Box, Box], anywhere: bool) -> Iterator[Line]:
    """The line with one piece moved in line with the next but one, to the middle of the label, or anywhere at a box."""
    for place, (a, b) in enumerate(pairwise(line)):
        axis = 0 if a[0] == b[0] else 1
        if a[1 - axis] == b[1 - axis] or a[axis] != b[axis]:
            continue
        targets = [line[other][axis] for other in (place - 1, place + 2) if 0 <= other < len(line)]
        if axis == 0:
            targets.append(label.centre[0])
        if anywhere:
            targets += _ports(line, place, axis, ends)
        for target in dict.fromkeys(targets):
            if target != a[axis] and _may_end(line, place, axis, target, ends):
                yield _shifted(line, place, axis, target)


def _ports(line: Line, place: int, axis: int, ends: tuple[Box, Box]) -> list[float]:
    """Other places at which the first or last piece could meet its box."""
    found: list[float] = []
    for at_end, box in ((place == 0, ends[0]), (place == len(line) - 2, ends[1])):
        if at_end:
            low, size = (box.x, box.width) if axis == 0 else (box.y, box.height)
            room = size - 2 * CORNER_ROOM
            found += [round(low + CORNER_ROOM + room * part, 1) for part in (0, 0.25, 0.5, 0.75, 1)]
    return found


def _may_end(line: Line, place: int, axis: int, target: float, ends: tuple[Box, Box]) -> bool:
    """Whether the first and last piece still meet their boxes, off the round corners."""
    for at_end, box in ((place == 0, ends[0]), (place == len(line) - 2, ends[1])):
        low, size = (box.x, box.width) if axis == 0 else (box.y, box.height)
        if at_end and not low + CORNER_ROOM <= target <= low + size - CORNER_ROOM:
            return False
    return True


def _shifted(line: Line, place: int, axis: int, target: float) -> Line:
    points = list(line)
    for number in (place, place + 1):
        x, y = points[number]
        points[number] = (target, y) if axis == 0 else (x, target)
    return without_idle_corners(points)


def _core(label: LabelBox) -> Rect:
    """The part of a label that its line has to touch, so that it seems to pass behind the words."""
    return Rect(label.x + 10, label.y + 7, max(2.0, label.width - 20), label.height - 14)


def _labels_along(line: Line, label: LabelBox) -> list[LabelBox]:
    """Where the label could stand on its line: slid to an upright piece beside it, or elsewhere if it lost the line."""
    x, y = label.centre
    upright = [a[0] for a, b in pairwise(line) if a[0] == b[0] and min(a[1], b[1]) <= y <= max(a[1], b[1])]
    slides = [at - x for at in upright if abs(at - x) < label.width]
    reach = label.width / 2 - 11
    slides += [at - x - reach if at > x else at - x + reach for at in upright if reach < abs(at - x) < label.width]
    found = [label.moved(float(round(by)), 0) for by in slides if abs(by) >= 1]
    if not edges_through(_core(label), _pieces(0, line)):
        found += _rests(line, label)
    return found


def _rests(line: Line, label: LabelBox) -> list[LabelBox]:
    """Places in the middle and at the quarters of the pieces that are long enough for the label."""
    x, y = label.centre
    return [
        label.moved(round(a[0] + (b[0] - a[0]) * part - x), round(a[1] + (b[1] - a[1]) * part - y))
        for a, b in pairwise(line)
        if _long(a, b) > (label.height if a[0] == b[0] else label.width) + 2 * _SHORTEST_END
        for part in (0.5, 0.25, 0.75)
    ]
