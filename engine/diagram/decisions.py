"""The decision graph of an advice as text (Mermaid) and as one self-contained SVG, both from one sketch."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from engine.advice import Advice, Status
from engine.diagram.decision_layout import (
    FIRST_LINE,
    LINE,
    SECOND_LINE,
    Curve,
    Drawing,
    NodeBox,
    lay_out_decisions,
)
from engine.diagram.decision_shapes import SIGNS, draw_curve, draw_frame, draw_head, draw_sign, move_path
from engine.diagram.decision_sketch import Link, Node, Sketch, sketch
from engine.graph import PREFIX
from engine.knowledge import Knowledge
from engine.models import Language, Text
from engine.spoken import STATUS
from engine.text_metrics import text_width

TITLE = Text(en="Decision graph", pt="Grafo de decisões")
ANSWER = Text(en="Answer", pt="Resposta")
ACTS = Text(en="Acts on the choice", pt="Age sobre a escolha")
SILENT = Text(en="Heard, without effect now", pt="Ouvida, sem efeito agora")
_LEGEND_ROW, _LEGEND_GAP, _NARROWEST = 24, 20, 360
# The tokens of the theme: light, and dark where the reader's system asks for it.
STYLE = """
.decisions { --ink: #1B2530; --muted: #4C5966; --outline: #66727E; --page: #FFFFFF; --surface: #F3F5F6;
  --ghost: #EEF1F3; --settled: #17643A; --provisional: #8A4204; --open: #4C5966; --conflict: #A01F2B;
  --pinned: #1D4F9E; --not-applicable: #4C5966;
  font-family: "IBM Plex Sans", Plex, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
@media (prefers-color-scheme: dark) { .decisions { --ink: #E8EDF2; --muted: #B0BBC6; --outline: #8F9BA7;
  --page: #12181E; --surface: #1C242C; --ghost: #262F38; --settled: #86D8A6; --provisional: #F5B478;
  --open: #B0BBC6; --conflict: #FF9DA3; --pinned: #9BC1F8; --not-applicable: #B0BBC6; } }
.decisions .page { fill: var(--page); }
.decisions .frame { fill: var(--page); stroke: var(--outline); }
.decisions .answer .frame { fill: var(--surface); }
.decisions .dashed .frame { fill: var(--ghost); stroke-dasharray: 4 3; }
.decisions .sign { fill: none; stroke: var(--status); stroke-width: 1.6; }
.decisions .title, .decisions .legend text { fill: var(--muted); font-size: 12px; }
.decisions .words { fill: var(--ink); font-size: 13px; font-weight: 600; }
.decisions .dashed .words { fill: var(--muted); }
.decisions .line { fill: none; stroke: var(--outline); stroke-width: 1.2; }
.decisions .dotted .line { stroke-dasharray: 1.5 4; }
.decisions .head { fill: var(--outline); }
"""


# --- Mermaid --------------------------------------------------------------------------------------------------------


def draw_mermaid(knowledge: Knowledge, advice: Advice, language: Language) -> str:
    """A flowchart, left to right: the same text for the same advice. What is heard without effect is dotted."""
    return _write_mermaid(sketch(knowledge, advice, language))


def _write_mermaid(drawn: Sketch) -> str:
    lines = ["flowchart LR", *(f"  {line}" for node in drawn.nodes for line in _mermaid_node(node, drawn.language))]
    status = {node.id: node.status for node in drawn.nodes}
    lines += [f"  {_mermaid_link(link, status[link.target])}" for link in drawn.links]
    lines += [
        "  classDef answer fill:#F3F5F6,stroke:#66727E,color:#1B2530",
        "  classDef settled fill:#FFFFFF,stroke:#17643A,color:#1B2530",
        "  classDef provisional fill:#FFFFFF,stroke:#8A4204,color:#1B2530",
        "  classDef open fill:#EEF1F3,stroke:#66727E,color:#4C5966,stroke-dasharray:4 3",
        "  classDef conflict fill:#FFFFFF,stroke:#A01F2B,color:#1B2530,stroke-width:2px",
        "  classDef pinned fill:#FFFFFF,stroke:#1D4F9E,color:#1B2530",
        "  classDef not-applicable fill:#EEF1F3,stroke:#66727E,color:#4C5966,stroke-dasharray:4 3",
    ]
    return "\n".join(lines) + "\n"


def _mermaid_node(node: Node, language: Language) -> Iterator[str]:
    """The status is said in words too, where the choice does not say it."""
    name, words = _mermaid_id(node.id), f"{_escape(node.title)}<br/>{_escape(node.words)}"
    if node.status is None:
        yield f'{name}(["{words}"]):::answer'
        return
    if node.status in ("settled", "provisional"):
        words += f"<br/>({_escape(STATUS[node.status].in_(language))})"
    yield f'{name}["{words}"]:::{node.status}'


def _mermaid_link(link: Link, target: Status | None) -> str:
    arrow = "-->" if link.acts and target != "not-applicable" else "-.->"
    return f"{_mermaid_id(link.source)} {arrow} {_mermaid_id(link.target)}"


def _mermaid_id(node: str) -> str:
    """`end` and the like are words of Mermaid: every id has a prefix."""
    return f"d_{node.removeprefix(PREFIX)}" if node.startswith(PREFIX) else f"a_{node}"


def _escape(text: str) -> str:
    """Mermaid reads entities as `#name;`; nothing that is left can end a label or begin markup."""
    for letter, entity in (("#", "#35;"), ("&", "#amp;"), ("<", "#lt;"), (">", "#gt;"), ('"', "#quot;"), ("`", "#96;")):
        text = text.replace(letter, entity)
    return " ".join(text.split())


# --- SVG ------------------------------------------------------------------------------------------------------------


class _Entry(NamedTuple):
    kind: str
    words: str


def draw_svg(knowledge: Knowledge, advice: Advice, language: Language) -> str:
    """One SVG of fixed size with a legend, the same bytes for the same advice."""
    drawing = lay_out_decisions(sketch(knowledge, advice, language))
    legend, height = _legend(drawing, language)
    width = max(drawing.width, _NARROWEST)
    root = ET.Element("svg", _size(width, height), xmlns="http://www.w3.org/2000/svg", role="img")
    root.set("viewBox", f"0 0 {width:g} {height:g}")
    root.set("class", "decisions")
    root.set("aria-label", TITLE.in_(language))
    ET.SubElement(root, "style").text = STYLE
    ET.SubElement(root, "rect", {"class": "page", "width": "100%", "height": "100%"})
    root.extend(_curve(curve) for curve in drawing.curves)
    root.extend(_box(box, language) for box in drawing.boxes)
    root.extend(legend)
    return ET.tostring(root, encoding="unicode") + "\n"


def _curve(curve: Curve) -> ET.Element:
    group = ET.Element("g", {"class": "link dotted" if curve.dotted else "link"})
    group.set("data-source", curve.source)
    group.set("data-target", curve.target)
    ET.SubElement(group, "path", {"class": "line", "d": draw_curve(curve)})
    ET.SubElement(group, "path", {"class": "head", "d": draw_head(curve)})
    return group


def _box(box: NodeBox, language: Language) -> ET.Element:
    group = ET.Element("g", {"class": f"{box.kind} dashed" if box.is_dashed else box.kind, "data-id": box.id})
    status = f" ({STATUS[box.status].in_(language)})" if box.status else ""
    ET.SubElement(group, "title").text = f"{box.title}: {' '.join(box.lines)}{status}"
    ET.SubElement(group, "path", {"class": "frame", "d": draw_frame(box, box.radius)})
    group.extend(_sign(draw_sign(box), box.status or "open"))
    group.append(_text("title", box.text_left, box.y + FIRST_LINE, box.title))
    for number, line in enumerate(box.lines):
        group.append(_text("words", box.text_left, box.y + SECOND_LINE + LINE * number, line))
    return group


def _sign(path: str | None, status: Status) -> Iterator[ET.Element]:
    if path:
        yield ET.Element("path", {"class": "sign", "style": f"--status: var(--{status})", "d": path})


def _legend(drawing: Drawing, language: Language) -> tuple[list[ET.Element], float]:
    """The signs and lines that occur, in as many rows as the width needs, and the height of the whole."""
    x, y = 8.0, drawing.height + 22
    parts: list[ET.Element] = []
    for entry in _entries(drawing, language):
        wide = 36 + text_width(entry.words, 12)
        if x > 8 and x + wide > max(drawing.width, _NARROWEST):
            x, y = 8.0, y + _LEGEND_ROW
        parts.append(_legend_entry(entry, x, y))
        x += wide + _LEGEND_GAP
    return parts, y + 14


def _entries(drawing: Drawing, language: Language) -> Iterator[_Entry]:
    statuses = {box.status for box in drawing.boxes}
    if None in statuses:
        yield _Entry("answer", ANSWER.in_(language))
    yield from (_Entry(status, STATUS[status].in_(language)) for status in SIGNS if status in statuses)
    if any(not curve.dotted for curve in drawing.curves):
        yield _Entry("acts", ACTS.in_(language))
    if any(not curve.acts for curve in drawing.curves):
        yield _Entry("silent", SILENT.in_(language))


def _legend_entry(entry: _Entry, x: float, y: float) -> ET.Element:
    group = ET.Element("g", {"class": "legend"})
    if entry.kind in ("acts", "silent"):
        line = ET.SubElement(group, "g", {"class": "link" if entry.kind == "acts" else "link dotted"})
        ET.SubElement(line, "path", {"class": "line", "d": f"M{x:g} {y:g} L{x + 26:g} {y:g}"})
    elif entry.kind == "answer":
        pill = NodeBox(x + 2, y - 7, 24, 14, "", "answer", "", (), None)
        holder = ET.SubElement(group, "g", {"class": "answer"})
        ET.SubElement(holder, "path", {"class": "frame", "d": draw_frame(pill, 7)})
    else:
        status = next(one for one in SIGNS if one == entry.kind)
        group.extend(_sign(move_path(SIGNS[status], x + 10, y - 8), status))
    group.append(_text("", x + 34, y + 4, entry.words))
    return group


def _text(class_: str, x: float, y: float, words: str) -> ET.Element:
    element = ET.Element("text", ({"class": class_} if class_ else {}) | {"x": f"{x:g}", "y": f"{y:g}"})
    element.text = words
    return element


def _size(width: float, height: float) -> dict[str, str]:
    return {"width": f"{width:g}", "height": f"{height:g}"}
