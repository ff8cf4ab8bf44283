"""A layout as one self-contained SVG: in the page it follows Streamlit's theme, alone the reader's light or dark."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import hypot
from pathlib import Path
from xml.etree import ElementTree as ET

from engine.diagram.families import FAMILIES, Family, family_of
from engine.diagram.icons import LOCK, OPEN, icon_path
from engine.layout_parts import (
    LABEL,
    LANE_TITLE,
    LINE_ONE,
    LINE_TWO,
    TEXT_LEFT,
    Box,
    Edge,
    LabelBox,
    LaneBox,
    Layout,
    Point,
    TitleBox,
)
from engine.models import Category, Language, Text
from engine.text_metrics import text_width

CORNER = 7.0  # px by which the corners of lines are rounded
_ICON, _MARK = 20, 14
_SHORT_OF_HEAD = {
    "data": 7.0,
    "request": 8.0,
    "model": 1.0,
    "watch": 3.5,
}  # a line ends inside its head, not at its tip
_LEGEND_LINE, _LEGEND_ROW, _NARROWEST = 34, 22, 300


WORDS = {
    "architecture": Text(en="Architecture", pt="Arquitetura"),
    "existing": Text(en="existing", pt="existente"),
    "open": Text(en="open decision", pt="decisão em aberto"),
    "locked": Text(en="protected by", pt="protegido por"),
    "protects": Text(en="protects", pt="protege"),
    "finding": Text(en="finding", pt="achado"),
}


def draw_svg(
    layout: Layout,
    *,
    standalone: bool = False,
    selected: str | None = None,
    findings: Mapping[str, str] | None = None,
) -> str:
    """One SVG of fixed size, the same bytes for the same input.

    `selected` is the id of the box with the thick outline; `findings` puts a numbered disc on boxes, by id.
    `standalone` adds what a file needs outside the page: a background, and fonts to fall back on.
    """
    legend, height = _legend(layout)
    root = _canvas(layout, height, standalone)
    root.extend(_lane(lane) for lane in layout.lanes)
    root.extend(_edges(layout))
    for box in (*layout.boxes, *layout.controls):
        root.append(_box(box, layout.language, selected == box.id, (findings or {}).get(box.id)))
    if layout.controls_title:
        root.append(_title(layout.controls_title))
    root.extend(legend)
    if standalone:
        _hold_widths(root)
    return ET.tostring(root, encoding="unicode")


def _canvas(layout: Layout, height: float, standalone: bool) -> ET.Element:
    width = max(layout.width, _NARROWEST) if layout.boxes or layout.controls else layout.width
    root = ET.Element("svg", _size(width, height), xmlns="http://www.w3.org/2000/svg", role="group")
    root.set("viewBox", f"0 0 {_number(width)} {_number(height)}")
    root.set("class", "architecture standalone" if standalone else "architecture")
    root.set("aria-label", WORDS["architecture"].in_(layout.language))
    ET.SubElement(root, "style").text = _style()
    if standalone:
        ET.SubElement(root, "rect", {"class": "page", "width": "100%", "height": "100%"})
    return root


@lru_cache(maxsize=1)
def _style() -> str:
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")


# --- lanes and boxes ------------------------------------------------------------------------------------------------


def _lane(lane: LaneBox) -> ET.Element:
    group = ET.Element("g", {"class": "lane", "data-id": lane.id})
    ET.SubElement(group, "rect", _place(lane.x, lane.y) | _size(lane.width, lane.height) | {"rx": "10"})
    group.append(_title(lane.title))
    return group


def _title(title: TitleBox) -> ET.Element:
    return _text("title", title.x, title.y + 12.5, title.text)


def _box(box: Box, language: Language, chosen: bool, finding: str | None) -> ET.Element:
    states = {"existing": box.existing, "open": box.open, "selected": chosen}
    classes = " ".join(["box", *(state for state, holds in states.items() if holds)])
    group = ET.Element("g", {"class": classes, "data-id": box.id, "role": "button", "tabindex": "0"})
    told = _told(box, language, finding)
    group.set("aria-label", told)
    ET.SubElement(group, "title").text = told
    frame = _place(box.x + 0.5, box.y + 0.5) | _size(box.width - 1, box.height - 1)
    ET.SubElement(group, "rect", frame | {"class": "frame", "rx": "8"})
    group.append(_glyph("icon", box.category, box.x + 12, box.y + (box.height - _ICON) / 2, _ICON))
    group.extend(_lines(box))
    if mark := LOCK if box.locked_by else OPEN if box.open else None:
        group.append(_glyph("mark", mark, box.right - 8 - _MARK, box.y + 6, _MARK))
    if finding:
        group.extend(_disc(box, finding))
    return group


def _told(box: Box, language: Language, finding: str | None) -> str:
    """What a box says to those who hear it or hover over it."""
    parts = [box.title, box.detail, box.lane_title]
    existing, open_, locked, protects, found = (
        WORDS[word].in_(language) for word in ("existing", "open", "locked", "protects", "finding")
    )
    parts += [existing] if box.existing and box.detail.lower() != existing else []
    parts += [open_] if box.open else []
    parts += [f"{locked} {', '.join(box.locked_by)}"] if box.locked_by else []
    parts += [f"{protects} {', '.join(box.protects)}"] if box.protects else []
    parts += [f"{found} {finding}"] if finding else []
    return ", ".join(part for part in parts if part)


def _lines(box: Box) -> list[ET.Element]:
    x = box.x + TEXT_LEFT
    if not box.detail:
        return [_text("name", x, box.y + 25.5, box.title)]
    return [_text("name", x, box.y + 18, box.title), _text("detail", x, box.y + 33.5, box.detail)]


def _disc(box: Box, finding: str) -> list[ET.Element]:
    x, y = box.right - 4, box.y + 4
    disc = ET.Element("circle", {"class": "disc", "cx": _number(x), "cy": _number(y), "r": "9"})
    return [disc, _text("number", x, y + 4, finding)]


def _glyph(class_: str, name: Category | str, x: float, y: float, size: int) -> ET.Element:
    """The glyphs stand in a square of 960, from -960 to 0."""
    transform = f"translate({_number(x)} {_number(y + size)}) scale({size / 960:.5f})"
    return ET.Element("path", {"class": class_, "transform": transform, "d": icon_path(name)})


# --- lines ----------------------------------------------------------------------------------------------------------


def _edges(layout: Layout) -> list[ET.Element]:
    boxes = {box.id: box for box in layout.boxes}
    labels = {label.edge: label for label in layout.labels}
    return [_edge(edge, boxes, labels[edge.id], layout.language) for edge in layout.edges]


def _edge(edge: Edge, boxes: Mapping[str, Box], label: LabelBox, language: Language) -> ET.Element:
    family = family_of(edge.kind)
    group = ET.Element("g", {"class": f"edge {family.id}", "data-id": edge.id})
    group.set("data-source", edge.source)
    group.set("data-target", edge.target)
    told = f"{boxes[edge.source].title} → {boxes[edge.target].title}: {label.text} ({family.words.in_(language)})"
    ET.SubElement(group, "title").text = told
    ET.SubElement(group, "path", {"class": "reach", "d": _rounded(edge.points)})
    group.extend(_line(edge.points, family))
    group.extend(_label(label))
    return group


def _line(points: tuple[Point, ...], family: Family) -> list[ET.Element]:
    """The line and its head, which says the family a second time."""
    line = ET.Element("path", {"class": "line", "d": _rounded(_shortened(points, _SHORT_OF_HEAD[family.id]))})
    return [line, _head(points[-2], points[-1], family)]


def _head(before: Point, tip: Point, family: Family) -> ET.Element:
    (x, y), (ux, uy) = tip, _direction(before, tip)
    if family.id == "watch":
        return ET.Element(
            "circle", {"class": "head", "cx": _number(x - 3.5 * ux), "cy": _number(y - 3.5 * uy), "r": "3.5"}
        )
    long, wide = {"data": (9, 3.8), "request": (10.5, 5), "model": (8, 4.2)}[family.id]
    back = (x - long * ux, y - long * uy)
    wings = [(back[0] - wide * uy, back[1] + wide * ux), tip, (back[0] + wide * uy, back[1] - wide * ux)]
    end = "" if family.id == "model" else " Z"
    return ET.Element("path", {"class": "head", "d": "M" + " L".join(map(_pair, wings)) + end})


def _label(label: LabelBox) -> list[ET.Element]:
    """A plate in the colour of the page, so that the line seems to pass behind the words."""
    plate = _place(label.x + 3, label.y + 1) | _size(label.width - 6, label.height - 2)
    x, y = label.centre
    return [ET.Element("rect", plate | {"class": "plate", "rx": "4"}), _text("words", x, y + 4, label.text)]


def _shortened(points: tuple[Point, ...], by: float) -> list[Point]:
    (x, y), (ux, uy) = points[-1], _direction(points[-2], points[-1])
    return [*points[:-1], (x - by * ux, y - by * uy)]


def _rounded(points: Iterable[Point]) -> str:
    """A path through the points, each corner cut by a curve that begins at most halfway to the next."""
    way = list(points)
    parts = [f"M{_pair(way[0])}"]
    for before, corner, after in zip(way, way[1:], way[2:], strict=False):
        cut = min(CORNER, _distance(before, corner) / 2, _distance(corner, after) / 2)
        (to_x, to_y), (from_x, from_y) = _direction(corner, before), _direction(corner, after)
        begin = (corner[0] + cut * to_x, corner[1] + cut * to_y)
        end = (corner[0] + cut * from_x, corner[1] + cut * from_y)
        parts.append(f"L{_pair(begin)} Q{_pair(corner)} {_pair(end)}")
    return " ".join([*parts, f"L{_pair(way[-1])}"])


def _distance(a: Point, b: Point) -> float:
    return hypot(b[0] - a[0], b[1] - a[1])


def _direction(a: Point, b: Point) -> Point:
    length = _distance(a, b) or 1
    return (b[0] - a[0]) / length, (b[1] - a[1]) / length


# --- legend ---------------------------------------------------------------------------------------------------------


def _legend(layout: Layout) -> tuple[list[ET.Element], float]:
    """The four families under the drawing, in as many rows as its width needs, and the height of the whole."""
    if not layout.boxes:
        return [], layout.height
    x, y = 8.0, layout.height + 20
    entries = []
    for family in FAMILIES:
        words = family.words.in_(layout.language)
        wide = _LEGEND_LINE + 8 + text_width(words, *LINE_TWO)
        if x > 8 and x + wide > max(layout.width, _NARROWEST):
            x, y = 8.0, y + _LEGEND_ROW
        entries.append(_legend_entry(family, words, x, y))
        x += wide + 20
    return entries, y + 14


def _legend_entry(family: Family, words: str, x: float, y: float) -> ET.Element:
    group = ET.Element("g", {"class": f"legend {family.id}"})
    group.extend(_line(((x, y), (x + _LEGEND_LINE, y)), family))
    group.append(_text("", x + _LEGEND_LINE + 8, y + 4, words))
    return group


def _hold_widths(root: ET.Element) -> None:
    """Where the fonts are missing, another font is squeezed into the same room, so that no word leaves its box."""
    kinds = {"name": LINE_ONE, "detail": LINE_TWO, "words": LABEL, "title": LANE_TITLE}
    for text in root.iter("text"):
        if text.text and (kind := kinds.get(text.get("class", ""))):
            text.set("textLength", _number(text_width(text.text, *kind)))
            text.set("lengthAdjust", "spacingAndGlyphs")


# --- elements -------------------------------------------------------------------------------------------------------


def _text(class_: str, x: float, y: float, words: str) -> ET.Element:
    element = ET.Element("text", ({"class": class_} if class_ else {}) | _place(x, y))
    element.text = words
    return element


def _place(x: float, y: float) -> dict[str, str]:
    return {"x": _number(x), "y": _number(y)}


def _size(width: float, height: float) -> dict[str, str]:
    return {"width": _number(width), "height": _number(height)}


def _pair(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    """With at most one decimal: enough for the eye, and the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
