"""What a drawing of an architecture holds in one language: boxes, labels, controls with their sizes, not yet placed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from engine.architecture import Architecture, Component, Connection
from engine.layout_parts import (
    BOX_HEIGHT,
    LABEL,
    LABEL_HEIGHT,
    LABEL_MARGIN,
    LINE_ONE,
    LINE_TWO,
    MARK_ROOM,
    TEXT_LEFT,
    TEXT_RIGHT,
    Box,
    LabelBox,
)
from engine.models import ConnectionKind, Language, Text
from engine.text_metrics import text_width

EXISTING = Text(en="Existing", pt="Existente")
OPEN = Text(en="Open", pt="Em aberto")
_MIN_BOX_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Plan:
    """`labels` stand in the order of `lines`; `lanes` are id and title."""

    language: Language
    lanes: tuple[tuple[str, str], ...]
    boxes: tuple[Box, ...]
    controls: tuple[Box, ...]
    lines: tuple[Connection, ...]
    labels: tuple[LabelBox, ...]


def plan_drawing(architecture: Architecture, language: Language) -> Plan:
    """Measure all parts; what only protects other parts is a control, and `secure` is no line but a lock on the box."""
    protections = [line for line in architecture.connections if line.kind is ConnectionKind.SECURE]
    lines = tuple(line for line in architecture.connections if line.kind is not ConnectionKind.SECURE)
    controls = {line.source for line in protections} - {end for line in lines for end in (line.source, line.target)}
    titles = {component.id: _one_line(component.title, language) for component in architecture.components}
    lanes = {lane.id: _one_line(lane.title, language) for lane in architecture.lanes}
    boxes = [
        replace(
            _measure_box(component, language, locked=any(line.target == component.id for line in protections)),
            lane_title=lanes.get(component.lane, ""),
            locked_by=_names(titles, [line.source for line in protections if line.target == component.id]),
            protects=_names(titles, [line.target for line in protections if line.source == component.id]),
        )
        for component in architecture.components
    ]
    return Plan(
        language=language,
        lanes=tuple(lanes.items()),
        boxes=tuple(box for box in boxes if box.id not in controls),
        controls=tuple(box for box in boxes if box.id in controls),
        lines=lines,
        labels=tuple(_measure_label(number, line, language) for number, line in enumerate(lines)),
    )


def _names(titles: dict[str, str], ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(titles[id_] for id_ in dict.fromkeys(ids))


def _one_line(text: Text | None, language: Language) -> str:
    """Control characters have no place in a drawing: XML forbids some of them."""
    if text is None:
        return ""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text.in_(language)).split())


def _measure_box(component: Component, language: Language, locked: bool) -> Box:
    """A box wide enough for its words: its name, its role or state, and the mark of a lock or an open decision."""
    title, detail = _one_line(component.title, language), _one_line(_detail(component), language)
    text = max(text_width(title, *LINE_ONE), text_width(detail, *LINE_TWO))
    mark = MARK_ROOM if component.open or locked else 0
    return Box(
        x=0,
        y=0,
        width=max(_MIN_BOX_WIDTH, ceil(TEXT_LEFT + text + mark + TEXT_RIGHT)),
        height=BOX_HEIGHT,
        id=component.id,
        lane=component.lane,
        title=title,
        detail=detail,
        category=component.category,
        existing=component.existing,
        open=component.open,
    )


def _detail(component: Component) -> Text | None:
    """The second line; without one of its own, it says that a box exists already or is still open."""
    if component.detail or not (component.existing or component.open):
        return component.detail
    return EXISTING if component.existing else OPEN


def _measure_label(number: int, line: Connection, language: Language) -> LabelBox:
    text = _one_line(line.label, language)
    width = ceil(text_width(text, *LABEL)) + LABEL_MARGIN
    return LabelBox(x=0, y=0, width=width, height=LABEL_HEIGHT, edge=f"{line.source}.{line.target}.{number}", text=text)
