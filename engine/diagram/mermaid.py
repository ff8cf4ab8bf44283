"""An architecture as Mermaid text, to paste where Mermaid is drawn: lanes as subgraphs, lines by family."""

from collections.abc import Iterator, Mapping, Sequence

from engine.architecture import Architecture, Connection
from engine.diagram.families import FAMILIES, family_of
from engine.layout_parts import Box
from engine.layout_plan import Plan, plan_drawing
from engine.models import Language, Text

CONTROLS = Text(en="Controls", pt="Controles")
PROTECTED = Text(en="protected by", pt="protegido por")
_LINES = {"data": "-->", "request": "==>", "model": "-.->", "watch": "-.-o"}
# The same colours on light and dark pages, since the text cannot know where it is pasted: 3:1 or more on both.
_COLOURS = {"data": "#3B7DD8", "request": "#0E8A99", "model": "#8A6BD6", "watch": "#B8651B"}
_PLAIN = frozenset(" ,()/+:'")  # besides letters and digits, what Mermaid never takes for a sign of its own


def draw_mermaid(architecture: Architecture, language: Language) -> str:
    """A flowchart from top to bottom; the same text for the same architecture."""
    plan = plan_drawing(architecture, language)
    names = {box.id: f"n{number}" for number, box in enumerate((*plan.boxes, *plan.controls))}
    lines = ["flowchart TD", *_lanes(plan, names, language)]
    lines += [_edge(line, label.text, names) for line, label in zip(plan.lines, plan.labels, strict=True)]
    lines += [*_edge_styles(plan.lines), *_box_styles((*plan.boxes, *plan.controls), names)]
    return "\n".join(lines) + "\n"


def _lanes(plan: Plan, names: Mapping[str, str], language: Language) -> Iterator[str]:
    groups = [(title, [box for box in plan.boxes if box.lane == lane]) for lane, title in plan.lanes]
    groups.append((CONTROLS.in_(language), list(plan.controls)))
    for number, (title, boxes) in enumerate(groups):
        if boxes:
            yield f'  subgraph lane{number} ["{_escaped(title)}"]'
            yield from (f'    {names[box.id]}["{_words(box, language)}"]' for box in boxes)
            yield "  end"
    lanes = {lane for lane, _ in plan.lanes}
    yield from (f'  {names[box.id]}["{_words(box, language)}"]' for box in plan.boxes if box.lane not in lanes)


def _words(box: Box, language: Language) -> str:
    """Up to three lines; the third stands for the lock of the drawn diagram."""
    protected = f"{PROTECTED.in_(language)} {', '.join(box.locked_by)}" if box.locked_by else ""
    return "<br/>".join(_escaped(words) for words in (box.title, box.detail, protected) if words)


def _edge(line: Connection, words: str, names: Mapping[str, str]) -> str:
    return f'  {names[line.source]} {_LINES[family_of(line.kind).id]}|"{_escaped(words)}"| {names[line.target]}'


def _edge_styles(lines: Sequence[Connection]) -> Iterator[str]:
    for family in FAMILIES:
        members = [str(number) for number, line in enumerate(lines) if line.kind in family.kinds]
        if members:
            yield f"  linkStyle {','.join(members)} stroke:{_COLOURS[family.id]}"


def _box_styles(boxes: Sequence[Box], names: Mapping[str, str]) -> Iterator[str]:
    for state, members in (
        ("existing", [names[box.id] for box in boxes if box.existing]),
        ("open", [names[box.id] for box in boxes if box.open]),
    ):
        if members:
            yield f"  classDef {state} stroke-dasharray:4 3"
            yield f"  class {','.join(members)} {state}"


def _escaped(words: str) -> str:
    """Signs as Mermaid's character codes, so that no text can end a label, begin markup or start a directive."""
    return "".join(letter if letter.isalnum() or letter in _PLAIN else f"#{ord(letter)};" for letter in words)
