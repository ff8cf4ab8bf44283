"""The drawn decision graph: it is the graph that decides, nothing covers anything, the same each time, safe as text."""

from itertools import combinations
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from engine.advice import advise
from engine.diagram.decision_layout import TITLE, WIDEST, WORDS, break_lines, lay_out_decisions
from engine.diagram.decision_shapes import SIGNS, draw_curve, draw_head, draw_sign, move_path
from engine.diagram.decision_sketch import ASKED, find_path, sketch, sketch_unsettled
from engine.diagram.decisions import draw_mermaid, draw_svg
from engine.graph import PREFIX
from engine.layout_parts import Rect
from engine.models import Choice, ProjectFile
from engine.requirements import Requirements, read_requirements
from engine.spoken import STATUS
from engine.text_metrics import text_width
from tests.real import DRAWN, KNOWLEDGE, advice, requirements
from tests.small_world import FILES, TODAY, load_world

ADVICE = {name: advice(project) for name, project in DRAWN.items()}
NOTHING = advise(KNOWLEDGE, Requirements(TODAY))
VIEWS = {
    "all": lambda found, language: sketch(KNOWLEDGE, found, language),
    "whole": lambda found, language: sketch(KNOWLEDGE, found, language, whole=True),
    "unsettled": lambda found, language: sketch_unsettled(KNOWLEDGE, found, language),
    "path": lambda found, language: longest_path(sketch(KNOWLEDGE, found, language)),
}
CASES = [
    pytest.param(found, language, view, id=f"{name}-{language}-{view}")
    for name, found in (ADVICE | {"nothing": NOTHING}).items()
    for language in ("en", "pt")
    for view in VIEWS
]
SVG = "{http://www.w3.org/2000/svg}"


def longest_path(drawn):
    paths = [find_path(drawn.links, node.id) for node in drawn.nodes]
    return drawn.along(max(paths, key=lambda path: len(path.nodes)))


def ask(knowledge, **fields):
    project = ProjectFile.model_validate(fields)
    found, problems = read_requirements(knowledge.criteria, knowledge.decisions, project, TODAY)
    assert not problems
    return advise(knowledge, found)


def along(curve, steps=24):
    """Points on the curve."""
    points = curve.points
    for piece in range(0, len(points) - 1, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[piece : piece + 4]
        for step in range(steps + 1):
            t = step / steps
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            yield a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


def holds(box, point):
    inner = box.grown(-2)
    return inner.x < point[0] < inner.right and inner.y < point[1] < inner.bottom


# --- layout ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("found", "language", "view"), CASES)
def test_nothing_covers_anything(found, language, view):
    drawing = lay_out_decisions(VIEWS[view](found, language))
    frame = Rect(0, 0, drawing.width, drawing.height)
    assert [(a.id, b.id) for a, b in combinations(drawing.boxes, 2) if a.overlaps(b, gap=4)] == []
    assert [box.id for box in drawing.boxes if not frame.holds(box)] == []
    for curve in drawing.curves:
        foreign = [box for box in drawing.boxes if box.id not in (curve.source, curve.target)]
        assert [box.id for point in along(curve) for box in foreign if holds(box, point)] == []


@pytest.mark.parametrize(("found", "language", "view"), CASES)
def test_every_word_has_room(found, language, view):
    for box in lay_out_decisions(VIEWS[view](found, language)).boxes:
        assert text_width(box.title, *TITLE) <= box.text_room + 0.1
        assert all(text_width(line, *WORDS) <= box.text_room + 0.1 for line in box.lines)


@pytest.mark.parametrize(("found", "language", "view"), CASES)
def test_a_link_goes_from_right_edge_to_left_edge(found, language, view):
    drawing = lay_out_decisions(VIEWS[view](found, language))
    for curve in drawing.curves:
        source, target = drawing.box(curve.source), drawing.box(curve.target)
        assert source is not None
        assert target is not None
        assert curve.points[0] == pytest.approx((source.right, source.centre[1]), abs=1.5)
        assert curve.points[-1] == pytest.approx((target.x, target.centre[1]), abs=1.5)
        assert source.right < target.x  # time runs to the right


@pytest.mark.parametrize("name", ADVICE)
def test_the_same_drawing_each_time(name):
    drawn = sketch(KNOWLEDGE, ADVICE[name], "en")
    first = lay_out_decisions(drawn)
    lay_out_decisions.cache_clear()
    again = lay_out_decisions(sketch(KNOWLEDGE, advice(DRAWN[name]), "en"))
    assert again == first
    assert draw_svg(KNOWLEDGE, ADVICE[name], "en") == draw_svg(KNOWLEDGE, advice(DRAWN[name]), "en")


def test_an_empty_sketch_is_an_empty_drawing():
    drawn = sketch(KNOWLEDGE, NOTHING, "en").only(())
    assert lay_out_decisions(drawn).boxes == ()


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Pub/Sub", 1),
        ("Online, one answer per request", 2),
        ("a " * 200, 3),
        ("W" * 200, 1),
    ],
)
def test_long_words_break_and_end_in_an_ellipsis(words, lines):
    broken = break_lines(words.strip())
    assert len(broken) == lines
    assert all(text_width(line, *WORDS) <= WIDEST for line in broken)
    assert ("…" in broken[-1]) == (len(words) > 100)


# --- what is drawn --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ADVICE)
def test_the_graph_that_decides_is_the_graph_that_is_drawn(name):
    drawn = sketch(KNOWLEDGE, ADVICE[name], "en", whole=True)
    nodes = {node.id for node in drawn.nodes}
    assert {PREFIX + point for point in KNOWLEDGE.decisions} <= nodes
    links = {(link.source, link.target) for link in drawn.links}
    assert set(KNOWLEDGE.graph.subgraph(nodes).edges) <= links
    added = links - set(KNOWLEDGE.graph.edges)  # only what lifecycles listen to
    assert {source for source, _ in added} <= {"lives-until", "stability", "existing-assets"}
    answers = {node.id for node in drawn.nodes if node.kind == "answer"}
    assert answers <= set(ADVICE[name].requirements.answers)


@pytest.mark.parametrize("name", ADVICE)
def test_the_quiet_view_leaves_out_only_what_answers_say_without_effect(name):
    whole, quiet = (sketch(KNOWLEDGE, ADVICE[name], "en", one) for one in (True, False))
    missing = set(whole.links) - set(quiet.links)
    assert set(quiet.links) <= set(whole.links)
    assert not any(link.acts or link.source.startswith(PREFIX) for link in missing)


@pytest.mark.parametrize("name", ADVICE)
def test_every_cause_of_a_choice_is_on_the_lit_path(name):
    found = ADVICE[name]
    links = sketch(KNOWLEDGE, found, "en").links
    for decision in found.decisions.values():
        path = find_path(links, PREFIX + decision.point)
        subjects = {
            subject for cause in decision.because if cause in decision.forces for subject in decision.forces[cause].when
        }
        known = {subject for subject in subjects if subject.startswith(PREFIX) or subject in found.requirements.answers}
        assert known <= path.nodes


def test_a_path_holds_ancestors_and_acting_answers_only(tmp_path):
    world = load_world(tmp_path)
    silent = {"data-type": ["tabular"], "payload": "1 MB", "watch": ["drift"]}  # heard here or elsewhere, no rule holds
    found = ask(world, answers=silent | {"code-level": "own-code", "isolation": "perimeter"})
    path = find_path(sketch(world, found, "en").links, PREFIX + "endpoint")
    assert path.nodes == {"code-level", "isolation", "decision.approach", "decision.endpoint"}
    assert path.links == {
        ("code-level", "decision.approach"),
        ("isolation", "decision.endpoint"),
        ("decision.approach", "decision.endpoint"),
    }


def test_what_a_lifecycle_listens_to_is_drawn(tmp_path):
    world = load_world(tmp_path)
    answers = {"code-level": "own-code", "lives-until": "2029-01-01"}
    drawn = sketch(world, ask(world, answers=answers), "en")
    assert ("lives-until", "decision.endpoint") not in world.graph.edges
    assert ("lives-until", "decision.endpoint", True) in {(one.source, one.target, one.acts) for one in drawn.links}


def test_an_answer_to_a_question_that_does_not_arise_is_not_drawn(tmp_path):
    criteria = FILES["criteria/limits.yaml"].replace(
        "kind: quantity", "kind: quantity\n    asked_when: {isolation: [public]}"
    )
    world = load_world(tmp_path, {"criteria/limits.yaml": criteria})
    found = ask(world, answers={"code-level": "own-code", "isolation": "perimeter", "payload": "2 MB"})
    assert "payload" not in {node.id for node in sketch(world, found, "en", whole=True).nodes}


def test_open_decisions_ask_and_conflicts_say_so(tmp_path):
    world = load_world(tmp_path)
    asked = {node.id: node for node in sketch(world, ask(world), "en").nodes}
    assert asked["decision.approach"].status == "open"
    assert asked["decision.approach"].words.startswith("Open: ")
    found = ask(world, answers={"isolation": "perimeter", "payload": "2 MB", "code-level": "own-code"})
    words = {node.id: node.words for node in sketch(world, found, "pt").nodes}
    assert words["decision.endpoint"] == "Nenhuma escolha possível"


def test_a_pin_is_said(tmp_path):
    world = load_world(tmp_path)
    found = ask(world, answers={"code-level": "own-code"}, choices={"endpoint": {"options": ["shared"], "reason": "r"}})
    node = next(node for node in sketch(world, found, "en").nodes if node.id == "decision.endpoint")
    assert (node.status, node.words) == ("pinned", "Shared, pinned")


@pytest.mark.parametrize("name", [*ADVICE, "nothing"])
def test_the_unsettled_view_shows_what_can_change_and_by_what(name):
    found = (ADVICE | {"nothing": NOTHING})[name]
    drawn = sketch_unsettled(KNOWLEDGE, found, "en")
    nodes = {node.id: node for node in drawn.nodes}
    graph = nx.DiGraph([(link.source, link.target) for link in drawn.links])
    for decision in found.decisions.values():
        if decision.status in ("open", "provisional", "conflict"):
            assert PREFIX + decision.point in nodes
            for question in decision.still_to_ask[:ASKED]:
                assert nodes[question].kind == "question"
                assert nx.has_path(graph, question, PREFIX + decision.point)


# --- drawings as text -----------------------------------------------------------------------------------------------


def test_mermaid_of_the_small_world(tmp_path):
    world = load_world(tmp_path)
    found = ask(world, answers={"code-level": "own-code", "isolation": "perimeter", "payload": "1 MB"})
    lines = draw_mermaid(world, found, "en").splitlines()
    assert [line for line in lines if "classDef" not in line] == [
        "flowchart LR",
        '  a_code-level(["Code<br/>Own code"]):::answer',
        '  a_isolation(["Isolation<br/>Inside a perimeter"]):::answer',
        '  d_approach["Approach<br/>Own training<br/>(Settled)"]:::settled',
        '  d_endpoint["Endpoint<br/>Private<br/>(Provisional)"]:::provisional',
        '  d_monitoring["Monitoring<br/>Open: Watching?"]:::open',
        "  d_approach --> d_endpoint",
        "  d_approach -.-> d_monitoring",
        "  a_code-level --> d_approach",
        "  a_isolation --> d_endpoint",
    ]


@pytest.mark.parametrize("name", ADVICE)
@pytest.mark.parametrize("language", ["en", "pt"])
def test_mermaid_names_every_node_once_and_links_only_those(name, language):
    lines = draw_mermaid(KNOWLEDGE, ADVICE[name], language).splitlines()
    nodes = [line.split("[")[0].split("(")[0].strip() for line in lines if ":::" in line]
    ends = {end for line in lines if "->" in line for end in line.replace("-.->", "-->").strip().split(" --> ")}
    assert len(nodes) == len(set(nodes))
    assert ends <= set(nodes)
    classes = {line.split()[1] for line in lines if line.strip().startswith("classDef")}
    assert {line.rpartition(":::")[2] for line in lines if ":::" in line} <= classes


HOSTILE = "\"]--><script>alert('x')</script>`#&"


def hostile_world(tmp_path):
    text = FILES["decisions/approach.yaml"].replace("en: Approach", f"en: '{HOSTILE.replace(chr(39), chr(39) * 2)}'")
    return load_world(tmp_path, {"decisions/approach.yaml": text})


def test_hostile_words_stay_words_in_mermaid(tmp_path):
    world = hostile_world(tmp_path)
    lines = draw_mermaid(world, ask(world, answers={"code-level": "own-code"}), "en").splitlines()
    line = next(line for line in lines if "d_approach[" in line)
    label = line[line.index('["') + 2 : line.rindex('"]')]
    assert "script" in label
    assert not set('"`&') & set(label)
    assert "<" not in label.replace("<br/>", "")


def test_hostile_words_stay_words_in_svg(tmp_path):
    world = hostile_world(tmp_path)
    root = ET.fromstring(draw_svg(world, ask(world, answers={"code-level": "own-code"}), "en"))
    assert HOSTILE in [text.text for text in root.iter(f"{SVG}text")]
    assert list(root.iter(f"{SVG}script")) == []


@pytest.mark.parametrize("name", ADVICE)
def test_svg_holds_every_box_and_link(name):
    root = ET.fromstring(draw_svg(KNOWLEDGE, ADVICE[name], "pt"))
    drawn = sketch(KNOWLEDGE, ADVICE[name], "pt")
    assert {part.get("data-id") for part in root.iter(f"{SVG}g")} - {None} == {node.id for node in drawn.nodes}
    links = {(part.get("data-source"), part.get("data-target")) for part in root.iter(f"{SVG}g")} - {(None, None)}
    assert links == {(link.source, link.target) for link in drawn.links}


# --- shapes ---------------------------------------------------------------------------------------------------------


def test_every_status_has_a_sign():
    assert set(SIGNS) == set(STATUS)
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_a_sign_stands_inside_its_box():
    box = next(one for one in lay_out_decisions(sketch(KNOWLEDGE, NOTHING, "en")).boxes if one.kind == "decision")
    path = draw_sign(box)
    assert path
    numbers = [float(part) for part in path.replace("Z", "").translate(str.maketrans("MLCQ", "    ")).split()]
    assert all(box.x < x < box.text_left for x in numbers[::2])
    assert all(box.y < y < box.bottom for y in numbers[1::2])


def test_paths_use_only_what_plotly_reads():
    drawing = lay_out_decisions(sketch(KNOWLEDGE, next(iter(ADVICE.values())), "en"))
    for curve in drawing.curves:
        assert draw_curve(curve).count("C") == (len(curve.points) - 1) // 3  # one letter a piece
        assert draw_head(curve).endswith("Z")
    assert move_path("M1 2 L3.5 -4 Z", 10, 20) == "M11 22 L13.5 16 Z"


def test_choosing_by_hand_moves_what_hangs_on_it():
    name, project = next(iter(DRAWN.items()))
    first = next(iter(KNOWLEDGE.decisions.values()))
    pinned = requirements(project, choices={first.id: Choice(options=(first.options[0].id,))})
    drawn = sketch(KNOWLEDGE, advise(KNOWLEDGE, pinned), "en")
    node = next(node for node in drawn.nodes if node.id == PREFIX + first.id)
    assert node.status == "pinned", name
