"""From the pieces that dot routes to one line: joined behind its label and led on to the drawn boxes."""

from collections.abc import Sequence

from engine.layout_parts import Point, Rect

CORNER_ROOM = 10.0  # px from the corner of a box within which no line ends, because it is round

TURN = 13.0  # px before a box at which a line turns that would miss it: room for a head


def draw_line(
    first: Sequence[Point], label: Rect, second: Sequence[Point], source: Rect, target: Rect
) -> tuple[Point, ...]:
    """The whole line from the edge of the source through the label to the edge of the target."""
    start = _end_at(source, list(reversed(first)))
    finish = _end_at(target, list(second))
    return without_idle_corners([*reversed(start), *_behind(label, start[0], finish[0]), *finish])


def _behind(label: Rect, enters: Point, leaves: Point) -> list[Point]:
    """The way through the middle of a label; level or upright where both pieces are."""
    middle_x, middle_y = label.centre
    from_side, to_side = _is_on_side(label, enters), _is_on_side(label, leaves)
    if from_side and to_side:
        return [(middle_x, enters[1]), (middle_x, leaves[1])]
    if from_side:
        return [(leaves[0], enters[1])]
    if to_side:
        return [(enters[0], leaves[1])]
    return [(enters[0], middle_y), (leaves[0], middle_y)]


def _is_on_side(label: Rect, point: Point) -> bool:
    """Whether a line meets the left or right edge of a label rather than its top or bottom."""
    to_side = min(abs(point[0] - label.x), abs(point[0] - label.right))
    return to_side < min(abs(point[1] - label.y), abs(point[1] - label.bottom))


# --- ends -----------------------------------------------------------------------------------------------------------


def _end_at(box: Rect, points: list[Point]) -> list[Point]:
    """Lead a line, which stops short of the drawn box, on to its edge."""
    before, last = points[-2], points[-1]
    if before[0] == last[0] or before[1] == last[1]:
        return _end_square(box, points)
    return [*points[:-1], _nearest(box, last)]


def _end_square(box: Rect, points: list[Point]) -> list[Point]:
    """The last piece is level or upright: lengthen it, beside the round corners of the box if need be."""
    before, last = points[-2], points[-1]
    if before[0] == last[0]:
        edge, gap = (box.y, -TURN) if before[1] < box.centre[1] else (box.bottom, TURN)
        x = _clamp(last[0], box.x + CORNER_ROOM, box.right - CORNER_ROOM)
        return [*points[:-1], (last[0], edge + gap), (x, edge + gap), (x, edge)]
    edge, gap = (box.x, -TURN) if before[0] < box.centre[0] else (box.right, TURN)
    y = _clamp(last[1], box.y + CORNER_ROOM, box.bottom - CORNER_ROOM)
    return [*points[:-1], (edge + gap, last[1]), (edge + gap, y), (edge, y)]


def _nearest(box: Rect, point: Point) -> Point:
    """The point of a box's edge nearest to a point outside it, off the corners."""
    x = _clamp(point[0], box.x + CORNER_ROOM, box.right - CORNER_ROOM)
    y = _clamp(point[1], box.y + CORNER_ROOM, box.bottom - CORNER_ROOM)
    outside_by_x = max(box.x - point[0], point[0] - box.right)
    outside_by_y = max(box.y - point[1], point[1] - box.bottom)
    if outside_by_y >= outside_by_x:
        return x, box.y if point[1] < box.centre[1] else box.bottom
    return box.x if point[0] < box.centre[0] else box.right, y


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


# --- corners --------------------------------------------------------------------------------------------------------


def without_idle_corners(points: Sequence[Point]) -> tuple[Point, ...]:
    """Leave out points that repeat, and those from which a line goes on, or back, the way it came."""
    kept: list[Point] = []
    for point in points:
        kept.append((round(point[0], 1), round(point[1], 1)))
        while len(kept) > 1 and (kept[-1] == kept[-2] or (len(kept) > 2 and _on_one_line(*kept[-3:]))):
            kept.pop(-2)
    return tuple(kept)


def _on_one_line(first: Point, second: Point, third: Point) -> bool:
    across = (second[0] - first[0]) * (third[1] - second[1]) - (second[1] - first[1]) * (third[0] - second[0])
    return abs(across) < 1e-6
