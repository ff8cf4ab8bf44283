"""Drawings of architectures: nothing over anything, few crossings, the same bytes each time, every text escaped."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.architecture import Architecture
from engine.diagram.icons import LOCK, OPEN, icon_path, icon_symbol
from engine.diagram.mermaid import draw_mermaid
from engine.diagram.svg import draw_svg
from engine.layout import lay_out
from engine.layout_draw import Variant, draw, straightened
from engine.layout_faults import Faults, count_faults
from engine.layout_parts import Box, Edge, LabelBox, LaneBox, Layout, TitleBox
from engine.layout_plan import plan_drawing
from engine.models import Category, ConnectionKind, Lane, Language, Text
from engine.text_metrics import METRICS, text_width, write_metrics
from tests.sample_architectures import (
    CONTINUOUS_TRAINING,
    EMPTY,
    FRAUD,
    LANES,
    PAIR,
    PROTECTED,
    SAMPLES,
    TWO_TOWER,
    box,
    drawn,
    line,
)

ROOT = Path(__file__).parent.parent
SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES: tuple[Language, ...] = ("en", "pt")
MOST_CROSSINGS = {"fraud": 3, "two-tower": 6, "continuous-training": 3, "documents": 1, "protected": 1}
HOSTILE = '"]; end <img src=x onerror=alert(1)> </text></svg> %%{init: {}}%% & `a` #quot; 1. \\ \x00\x1b ]]>'


# --- the samples ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_sample_is_drawn_without_hard_faults_and_with_few_crossings(name: str, language: Language) -> None:
    layout = lay_out(SAMPLES[name], language)
    faults = count_faults(layout)
    assert faults.hard == 0, faults
    assert faults.crossings <= MOST_CROSSINGS.get(name, 0)
    assert faults.near_runs == 0
    assert layout.width <= 1117
    assert len(layout.lanes_left_off) <= 2


def test_samples_are_as_large_as_the_references_they_stand_for() -> None:
    sizes = [(len(sample.components), len(sample.connections)) for sample in (FRAUD, TWO_TOWER, CONTINUOUS_TRAINING)]
    assert sizes == [(13, 17), (17, 24), (18, 22)]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_component_and_line_is_drawn_once(name: str) -> None:
    sample, layout = SAMPLES[name], lay_out(SAMPLES[name], "en")
    assert sorted(part.id for part in (*layout.boxes, *layout.controls)) == sorted(c.id for c in sample.components)
    lines = [c for c in sample.connections if c.kind is not ConnectionKind.SECURE]
    assert [(e.source, e.target, e.kind) for e in layout.edges] == [(c.source, c.target, c.kind) for c in lines]
    assert [label.text for label in layout.labels] == [c.label.en for c in lines]
    drawn_lanes = {lane.id for lane in layout.lanes} | set(layout.lanes_left_off)
    assert drawn_lanes == {part.lane for part in layout.boxes}


def test_lines_end_at_the_edges_of_their_boxes() -> None:
    layout = lay_out(FRAUD, "en")
    boxes = {part.id: part for part in layout.boxes}
    for edge in layout.edges:
        for (x, y), part in ((edge.points[0], boxes[edge.source]), (edge.points[-1], boxes[edge.target])):
            on_side = x in (part.x, part.right) and part.y < y < part.bottom
            on_top_or_bottom = y in (part.y, part.bottom) and part.x < x < part.right
            assert on_side or on_top_or_bottom, (edge.id, x, y, part)


def test_straightening_takes_corners_out_and_nothing_else() -> None:
    rough = draw(plan_drawing(CONTINUOUS_TRAINING, "en"), Variant(()), "ortho")
    calm = straightened(rough)
    corners, fewer = (sum(len(edge.points) for edge in layout.edges) for layout in (rough, calm))
    assert fewer < 0.8 * corners
    assert count_faults(calm).hard == 0
    assert [part.id for part in calm.boxes] == [part.id for part in rough.boxes]


def test_lanes_are_left_off_only_where_that_pays() -> None:
    assert lay_out(FRAUD, "en").lanes_left_off == ()
    assert lay_out(TWO_TOWER, "en").lanes_left_off != ()


def test_where_nothing_is_narrow_enough_there_is_a_drawing_all_the_same() -> None:
    layout = lay_out(FRAUD, "en", 200)
    assert layout.width > 200
    assert count_faults(layout).hard == 0


# --- controls, states, words ----------------------------------------------------------------------------------------


def test_a_lane_without_area_is_still_said() -> None:
    layout = lay_out(TWO_TOWER, "en")
    (left_off,) = layout.lanes_left_off
    root = ET.fromstring(draw_svg(layout))
    told = {group.get("data-id"): group.get("aria-label", "") for group in root.iter(f"{SVG}g")}
    assert left_off == "data"
    assert told["warehouse"] == "BigQuery, Users, items, clicks, Data"


def test_controls_stand_below_and_lock_what_they_protect() -> None:
    layout = lay_out(PROTECTED, "en")
    assert [control.id for control in layout.controls] == ["keys", "perimeter", "audit"]
    assert all(control.y > max(part.bottom for part in layout.boxes) for control in layout.controls)
    locks = {part.id: part.locked_by for part in layout.boxes if part.locked_by}
    assert locks["warehouse"] == ("Cloud KMS", "VPC Service Controls")
    assert set(locks) == {"warehouse", "images", "endpoint", "health"}
    assert not any(edge.kind is ConnectionKind.SECURE for edge in layout.edges)


def test_a_control_that_takes_part_in_the_flow_stays_in_the_drawing() -> None:
    parts = (box("keys", "govern", "security", "Cloud KMS"), box("app", "serve", "service", "App"))
    layout = lay_out(drawn(parts, (line("keys", "app", "secure", "keys"), line("app", "keys", "log", "use"))), "en")
    assert layout.controls == ()
    assert [part.locked_by for part in layout.boxes] == [(), ("Cloud KMS",)]


@pytest.mark.parametrize(
    ("mark", "detail", "language", "expected"),
    [
        ("existing", "", "en", "Existing"),
        ("existing", "", "pt", "Existente"),
        ("existing", "On premises", "en", "On premises"),
        ("open", "", "pt", "Em aberto"),
        ("", "", "en", ""),
    ],
)
def test_second_line_says_the_state_where_it_has_nothing_else_to_say(
    mark: str, detail: str, language: Language, expected: str
) -> None:
    layout = lay_out(drawn((box("a", "serve", "api", "A", detail, mark),)), language)
    assert layout.boxes[0].detail == expected


def test_boxes_widen_with_their_words() -> None:
    short, long = (lay_out(drawn((box("a", "serve", "api", title),)), "en").boxes[0] for title in ("A", "W" * 60))
    assert short.width == 96
    assert long.width > text_width("W" * 60, 13, 600)


def test_text_is_as_wide_as_in_the_browser() -> None:
    assert text_width("Online endpoint", 13, 600) == pytest.approx(96.17, abs=0.1)  # measured in Chromium 156
    assert text_width("Serviço de decisão", 12, 400) == pytest.approx(100.45, abs=0.1)
    assert text_width("Ingestão · Inferência × 10 %", 12, 500) == pytest.approx(156.39, abs=0.3)
    assert text_width("→", 12, 400) == 12  # in none of the fonts: as wide as high


def test_stored_widths_are_those_of_the_fonts(tmp_path: Path) -> None:
    pytest.importorskip("fontTools")
    pytest.importorskip("brotli")
    write_metrics(target=tmp_path / "widths.json")
    assert (tmp_path / "widths.json").read_text(encoding="utf-8") == METRICS.read_text(encoding="utf-8")


def test_every_category_has_a_glyph_of_its_own() -> None:
    paths = [icon_path(name) for name in (*Category, LOCK, OPEN)]
    assert len(set(paths)) == len(paths)
    assert all(path[0] in "Mm" for path in paths)
    assert icon_symbol(Category.DATABASE) == "database"


# --- the fault counter sees each kind of fault ----------------------------------------------------------------------


def part(id_: str, x: float, y: float, lane: str = "") -> Box:
    return Box(x, y, 100, 42, id_, lane, "Name", "Role", Category.API)


def way(id_: str, source: str, target: str, *points: tuple[float, float]) -> Edge:
    return Edge(id_, source, target, ConnectionKind.SERVE, points)


def lane(id_: str, x: float, y: float, width: float, height: float, title: TitleBox) -> LaneBox:
    return LaneBox(x, y, width, height, id_, title)


# Two lanes of two boxes each; a runs down to b past the words "ab", and c down to d past "cd".
GOOD = Layout(
    "en",
    600,
    400,
    boxes=(part("a", 40, 40, "left"), part("b", 40, 200, "left"), part("c", 340, 40, "right"), part("d", 340, 200)),
    labels=(LabelBox(60, 120, 60, 18, "ab", "ab"), LabelBox(360, 120, 60, 18, "cd", "cd")),
    edges=(way("ab", "a", "b", (90, 82), (90, 200)), way("cd", "c", "d", (390, 82), (390, 200))),
    lanes=(
        lane("left", 20, 10, 200, 260, TitleBox(30, 14, 40, 16, "Left")),
        lane("right", 320, 10, 200, 90, TitleBox(330, 14, 40, 16, "Right")),
    ),
)


def with_parts(**changes: object) -> Layout:
    return replace(GOOD, **changes)  # type: ignore[arg-type]


def with_boxes(*more: Box) -> Layout:
    return with_parts(boxes=(*GOOD.boxes, *more))


def with_edges(*more: Edge) -> Layout:
    labels = [LabelBox(540, 380, 20, 10, edge.id, "") for edge in more[:1]]
    return with_parts(edges=(*GOOD.edges, *more), labels=(*GOOD.labels, *labels))


def with_labels(*labels: LabelBox) -> Layout:
    return with_parts(labels=(*labels, *GOOD.labels[len(labels) :]))


def with_title(title: TitleBox) -> Layout:
    return with_parts(lanes=(replace(GOOD.lanes[0], title=title), GOOD.lanes[1]))


BAD = {
    "boxes_over_boxes": with_boxes(part("e", 400, 220)),
    "boxes_over_boxes of controls": with_parts(controls=(part("e", 340, 220),)),
    "boxes_in_foreign_lanes": with_boxes(part("e", 150, 225, "right")),
    "boxes_in_foreign_lanes by leaving their own": with_boxes(part("e", 480, 130, "right")),
    "lanes_over_lanes": with_parts(lanes=(replace(GOOD.lanes[0], width=320.0), GOOD.lanes[1])),
    "labels_over_boxes": with_labels(LabelBox(60, 75, 60, 18, "ab", "ab")),
    "labels_over_labels": with_labels(LabelBox(330, 130, 60, 18, "ab", "ab")),
    "titles_over_boxes": with_title(TitleBox(60, 34, 40, 16, "Left")),
    "titles_over_labels": with_title(TitleBox(30, 112, 40, 16, "Left")),
    "titles_over_labels of other lanes": with_title(TitleBox(335, 14, 40, 16, "Left")),
    "titles_outside_lanes": with_title(TitleBox(10, 14, 40, 16, "Left")),
    "edges_through_boxes": with_edges(way("cb", "c", "b", (340, 60), (20, 60), (20, 220), (40, 220))),
    "edges_through_boxes by touching one": with_edges(
        way("cd", "c", "d", (400, 82), (400, 150), (141, 150), (141, 220))
    ),
    "edges_through_boxes of their own": with_edges(way("ab", "a", "b", (60, 82), (60, 220), (40, 220))),
    "edges_through_boxes along their own": with_edges(way("ab", "a", "b", (60, 82), (60, 199), (140, 199), (140, 210))),
    "edges_through_labels": with_edges(way("other", "c", "d", (410, 82), (410, 200))),
    "edges_through_titles": with_edges(way("ab", "a", "b", (50, 40), (50, 12), (30, 12), (30, 210), (40, 210))),
    "texts_too_wide": with_boxes(replace(part("e", 340, 300), title="Much too long a name")),
    "texts_too_wide in the second line": with_boxes(replace(part("e", 340, 300), detail="Much too long a role")),
    "texts_too_wide beside a lock": with_boxes(replace(part("e", 340, 300), title="Namely", locked_by=("Keys",))),
    "texts_too_wide on a line": with_labels(LabelBox(85, 120, 10, 18, "ab", "abcdef")),
    "texts_too_wide as a title": with_title(TitleBox(30, 14, 10, 16, "Left")),
    "parts_outside": with_boxes(part("e", 550, 300)),
    "parts_outside by a line": with_edges(
        way("cd", "c", "d", (430, 82), (430, 100), (601, 100), (601, 220), (440, 220))
    ),
    "crossings": with_edges(way("ad", "a", "d", (140, 60), (300, 60), (300, 170), (470, 170), (470, 230), (440, 230))),
    "near_runs": with_edges(way("cd", "c", "d", (430, 82), (430, 110), (391, 110), (391, 180), (430, 180), (430, 200))),
}


def test_the_good_layout_has_no_fault() -> None:
    assert count_faults(GOOD) == Faults()


@pytest.mark.parametrize("name", BAD)
def test_fault_is_seen(name: str) -> None:
    assert count_faults(BAD[name]).by_name()[name.split()[0]] > 0


def test_every_kind_of_fault_has_its_bad_layout() -> None:
    assert {name.split()[0] for name in BAD} == set(Faults().by_name())


def test_small_faults_are_not_hard() -> None:
    assert Faults(crossings=3, near_runs=2).hard == 0
    assert Faults(labels_over_boxes=1, crossings=3).hard == 1


def test_lines_may_come_together_at_a_box_they_share() -> None:
    together = with_edges(way("ab", "a", "b", (91, 82), (91, 92), (70, 92), (70, 110)))
    assert count_faults(together).near_runs == 0


# --- the same each time ---------------------------------------------------------------------------------------------


def test_same_architecture_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib; from engine.diagram.mermaid import draw_mermaid; from engine.diagram.svg import draw_svg;"
        "from engine.layout import lay_out; from tests.sample_architectures import FRAUD, TWO_TOWER as T;"
        "text = draw_svg(lay_out(FRAUD, 'pt')) + draw_svg(lay_out(T, 'en'), standalone=True) + draw_mermaid(T, 'en');"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    runs = [
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True)
        for seed in ("1", "2")
    ]
    assert [run.stderr for run in runs] == [b"", b""]
    assert runs[0].stdout == runs[1].stdout


def test_layout_is_kept_by_content() -> None:
    again = Architecture(PAIR.lanes, PAIR.components, PAIR.connections)
    assert lay_out(again, "en") is lay_out(PAIR, "en")


# --- SVG ------------------------------------------------------------------------------------------------------------


def test_svg_has_a_focusable_button_for_each_box() -> None:
    root = ET.fromstring(draw_svg(lay_out(PROTECTED, "en"), selected="endpoint", findings={"images": "2"}))
    boxes = {group.get("data-id"): group for group in root.iter(f"{SVG}g") if group.get("role") == "button"}
    assert set(boxes) == {component.id for component in PROTECTED.components}
    assert all(group.get("tabindex") == "0" for group in boxes.values())
    assert boxes["warehouse"].get("aria-label") == (
        "BigQuery, Masked records, Data, protected by Cloud KMS, VPC Service Controls"
    )
    assert boxes["endpoint"].get("class") == "box selected"
    assert boxes["audit"].get("class") == "box open"
    assert boxes["hospital"].get("class") == "box existing"
    assert "finding 2" in boxes["images"].get("aria-label", "")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Data moves", "Request path", "Model moves", "Watch and trigger"]),
        ("pt", ["Dados", "Requisição", "Modelo", "Monitorar e acionar"]),
    ],
)
def test_svg_explains_its_four_families(language: Language, words: list[str]) -> None:
    root = ET.fromstring(draw_svg(lay_out(PAIR, language)))
    legend = [group for group in root.iter(f"{SVG}g") if str(group.get("class")).startswith("legend")]
    assert [text.text for group in legend for text in group.iter(f"{SVG}text")] == words


def test_svg_stands_alone() -> None:
    text = draw_svg(lay_out(FRAUD, "en"), standalone=True)
    root = ET.fromstring(text)
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert root.get("class") == "architecture standalone"
    assert "prefers-color-scheme: dark" in text
    assert text.count("http") == 1  # the name space: nothing is fetched
    assert not any(name in text for name in ("url(", "@import", "<script", "<image", "xlink"))


@pytest.mark.parametrize("standalone", [True, False])
def test_empty_architecture_is_an_empty_picture(standalone: bool) -> None:
    root = ET.fromstring(draw_svg(lay_out(EMPTY, "en"), standalone=standalone))
    assert not list(root.iter(f"{SVG}g"))


# --- hostile and odd input ------------------------------------------------------------------------------------------


def harmless() -> Architecture:
    return drawn(
        (box("a", "data", "api", "A"), box("b", "data", "api", "B"), box("k", "govern", "security", "K")),
        (line("a", "b", "serve", "x"), line("k", "a", "secure", "y")),
    )


def hostile() -> Architecture:
    """The same, each of its texts an attempt to break out."""
    bad, sample = Text(en=HOSTILE, pt=HOSTILE), harmless()
    return Architecture(
        tuple(Lane(id=one.id, title=bad) for one in sample.lanes),
        tuple(replace(component, title=bad, detail=bad) for component in sample.components),
        tuple(replace(connection, label=bad) for connection in sample.connections),
    )


def test_hostile_text_stays_text_in_svg() -> None:
    layout = lay_out(hostile(), "en")
    root = ET.fromstring(
        draw_svg(layout, standalone=True, findings={"a": HOSTILE.replace("\x00", "").replace("\x1b", "")})
    )
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "style", "rect", "g", "title", "text", "path", "circle",
    }  # fmt: skip
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
    shown = [element.text for element in root.iter(f"{SVG}text") if element.get("class") == "name"]
    assert shown == [" ".join(HOSTILE.replace("\x00", " ").replace("\x1b", " ").split())] * 3


def test_hostile_text_stays_text_in_mermaid() -> None:
    lines = draw_mermaid(hostile(), "en").splitlines()
    assert len(lines) == len(draw_mermaid(harmless(), "en").splitlines())
    assert all(text.count('"') in (0, 2) for text in lines)
    words = [text.split('"')[1].replace("<br/>", "") for text in lines if '"' in text]
    assert not any(sign in text for text in words for sign in "<>[]{}|`%&\\=")


def test_mermaid_of_a_pair() -> None:
    assert draw_mermaid(PAIR, "pt").splitlines() == [
        "flowchart TD",
        '  subgraph lane0 ["Origens"]',
        '    n0["Aplicativo móvel<br/>Existente"]',
        "  end",
        '  subgraph lane1 ["Inferência"]',
        '    n1["Cloud Vision<br/>Detecção de rótulos"]',
        "  end",
        '  n0 ==>|"imagem e rótulos"| n1',
        "  linkStyle 0 stroke:#0E8A99",
        "  classDef existing stroke-dasharray:4 3",
        "  class n0 existing",
    ]


IDS = [f"c{number}" for number in range(9)]
COMPONENTS = st.builds(
    box,
    st.just(""),
    st.sampled_from([one.id for one in LANES]),
    st.sampled_from([category.value for category in Category]),
    st.sampled_from(["A", "Pub/Sub", "Sensitive Data Protection"]),
    st.sampled_from(["", "Role", "Previsão de demanda por loja"]),
    st.sampled_from(["", "existing", "open"]),
)
LINES = st.builds(
    line,
    st.sampled_from(IDS),
    st.sampled_from(IDS),
    st.sampled_from([kind.value for kind in ConnectionKind]),
    st.sampled_from(["x", "windowed counts", "request and decision"]),
)


@st.composite
def architectures(draw_one: st.DrawFn) -> Architecture:
    """Any shape: loops, several lines between the same boxes, parts without lines, controls of controls."""
    components = draw_one(st.lists(COMPONENTS, min_size=1, max_size=len(IDS)))
    named = tuple(replace(component, id=id_) for component, id_ in zip(components, IDS, strict=False))
    ids = {component.id for component in named}
    lines = [one for one in draw_one(st.lists(LINES, max_size=12)) if {one.source, one.target} <= ids]
    return drawn(named, tuple(lines))


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(architectures(), st.sampled_from(LANGUAGES))
def test_any_architecture_is_drawn_without_hard_faults(architecture: Architecture, language: Language) -> None:
    layout = lay_out(architecture, language)
    faults = count_faults(layout)
    assert faults.hard == 0, faults
    ET.fromstring(draw_svg(layout))
