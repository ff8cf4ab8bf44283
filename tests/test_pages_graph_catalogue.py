"""The decision graph and the catalogue as pages: what they show, follow and refuse, without a browser."""

import json
from datetime import date
from html import escape

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from engine.diagram.decision_layout import lay_out_decisions
from engine.diagram.decision_sketch import Path, find_path, sketch
from engine.graph import PREFIX
from engine.lifecycle import name_of, name_on, service_name, shutdown_of, write_day
from engine.models import LifecycleStage, ProjectFile, Service, Stage
from tests.conftest import ROOT
from tests.real import DRAWN, KNOWLEDGE, TODAY, advice
from ui.catalogue import find_entries, find_matching, make_table
from ui.changes import KINDS, Change, Kind, find_changes, say_why
from ui.decision_words import hover_cards, write_options, write_way
from ui.figures import colour, decision_figure, light_path, repaint
from ui.markdown import link, plain
from ui.reading_table import Item, Row, write_table
from ui.service_page import (
    find_decisions,
    find_evidence,
    write_life,
    write_limits,
    write_names,
    write_parts,
    write_sources,
)
from ui.state import State
from ui.timeline import Span, find_spans, make_rows, timeline_figure

FRAUD = "fraud-in-real-time"
GRAPH, CATALOGUE = "pages/decision_graph.py", "pages/catalogue.py"
HOSTILE = "<script>alert(1)</script> **x** :red[y] $z$ [a](javascript:b)"


def open_page(page: str, project: ProjectFile | None = None, language: str = "en", **own: str) -> AppTest:
    """A page by itself, with a project and with parameters of its own in the address."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.session_state["language"] = language
    test.session_state["state"] = State(project=plain_project(project) if project else ProjectFile())
    for name, value in own.items():
        test.query_params[name] = value
    return run(test.switch_page(page))


def plain_project(project: ProjectFile) -> ProjectFile:
    """An example or scenario as the state keeps it."""
    return ProjectFile.model_validate(project.model_dump(exclude={"summary", "title"}))


def run(part: AppTest | Element) -> AppTest:
    """Run the page again, with what was done to a widget; nothing may go wrong."""
    test = part.run()
    assert not test.exception
    return test


def figure(test: AppTest):
    [chart] = test.get("plotly_chart")
    return json.loads(chart.proto.spec)


def words(test: AppTest) -> str:
    return "\n".join(str(element.value) for element in [*test.title, *test.header, *test.markdown])


# --- decision graph -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "pt"])
@pytest.mark.parametrize("example", sorted(KNOWLEDGE.examples))
def test_every_example_draws_its_graph(example, language):
    test = open_page(GRAPH, DRAWN[example], language)
    found = advice(DRAWN[example])
    assert len(figure(test)["layout"]["shapes"]) > len(found.decisions)
    point = KNOWLEDGE.decisions[str(test.selectbox(key="graph-point").value)]
    assert point.short.in_(language) in test.header[0].value
    assert [header.value for header in test.header][1] == plain(point.title.in_(language))


def test_the_list_of_decisions_chooses_and_the_figure_stays():
    test = open_page(GRAPH, DRAWN[FRAUD], decision="endpoint")
    before = figure(test)
    assert "Endpoint" in test.header[0].value
    run(test.selectbox(key="graph-point").select("approach"))
    assert "Approach" in test.header[0].value
    assert figure(test) == before  # a figure that changes would lose zoom and scroll
    run(test)
    assert "Approach" in test.header[0].value  # the old address does not win over the choice


@pytest.mark.parametrize("unknown", ["nowhere", HOSTILE, ""])
def test_a_link_to_an_unknown_decision_shows_another(unknown):
    test = open_page(GRAPH, DRAWN[FRAUD], decision=unknown)
    assert test.selectbox(key="graph-point").value in KNOWLEDGE.decisions


def test_the_modes_show_less():
    test = open_page(GRAPH, DRAWN[FRAUD], decision="endpoint")
    everything = len(figure(test)["layout"]["shapes"])
    run(test.segmented_control(key="graph-mode").select("path"))
    path = figure(test)["data"][2]["customdata"]
    found = advice(DRAWN[FRAUD])
    assert set(path) == find_path(sketch(KNOWLEDGE, found, "en").links, PREFIX + "endpoint").nodes
    run(test.segmented_control(key="graph-mode").select("open"))
    shown = {one.removeprefix(PREFIX) for one in figure(test)["data"][2]["customdata"] if one.startswith(PREFIX)}
    assert {one.point for one in found.decisions.values() if one.status in ("open", "provisional")} <= shown
    run(test.segmented_control(key="graph-mode").select("all"))
    run(test.toggle(key="graph-whole").set_value(True))
    assert len(figure(test)["layout"]["shapes"]) > everything


def test_without_answers_the_whole_graph_stands_quietly():
    test = open_page(GRAPH)
    assert "No question is answered yet" in words(test)
    assert [part.proto.label for part in test.get("page_link")] == ["Answer on the whiteboard"]
    assert test.selectbox(key="graph-point").value is None
    assert set(figure(test)["data"][2]["customdata"]) == {PREFIX + point for point in KNOWLEDGE.decisions}
    assert len(test.header) == 0


def test_a_pin_shows_its_reason_as_plain_words():
    point = next(iter(KNOWLEDGE.decisions.values()))
    choice = {"options": [point.options[-1].id], "reason": HOSTILE}
    project = {"answers": {"task": "classification"}, "choices": {point.id: choice}}
    test = open_page(GRAPH, ProjectFile.model_validate(project), decision=point.id)
    [reason] = [element.value for element in test.markdown if "Pinned because" in str(element.value)]
    assert "\\<script\\>" in reason
    assert ":red[" not in reason


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_the_way_names_every_decision_of_the_path_and_every_answer(name):
    found = advice(DRAWN[name])
    links = sketch(KNOWLEDGE, found, "en").links
    for decision in found.decisions.values():
        path = find_path(links, PREFIX + decision.point)
        way = write_way(KNOWLEDGE, found, path)
        points = [node for node in path.nodes if node.startswith(PREFIX)]
        assert way.count(". **") >= len(points)
        for node in path.nodes:
            named = (
                KNOWLEDGE.decisions[node.removeprefix(PREFIX)].short
                if node in points
                else KNOWLEDGE.criteria[node].label
            )
            assert plain(named.en) in way
        options = write_options(KNOWLEDGE, decision)
        assert all(
            plain(KNOWLEDGE.decisions[decision.point].option(one).label.en) in options for one in decision.verdicts
        )


def test_the_lit_path_is_told_by_style_alone():
    found = advice(DRAWN[FRAUD])
    drawn = sketch(KNOWLEDGE, found, "en")
    drawing = lay_out_decisions(drawn)
    path = find_path(drawn.links, PREFIX + "endpoint")
    rules = light_path(drawing, path, PREFIX + "endpoint", "card")
    count = len(drawing.curves)
    for place, curve in enumerate(drawing.curves):
        lit = (curve.source, curve.target) in path.links
        assert (f'[data-index="{place}"]' in rules) == lit
        assert (f'[data-index="{count + place}"]' in rules) == lit
    for place, box in enumerate(drawing.boxes):
        assert (f'[data-index="{2 * count + place}"]' in rules) == (box.id in path.nodes)
    assert light_path(drawing, Path(), None, "card") == ""


def test_shapes_stand_in_the_order_that_the_style_counts_on():
    drawing = lay_out_decisions(sketch(KNOWLEDGE, advice(DRAWN[FRAUD]), "en"))
    shapes = decision_figure(drawing, ()).layout.shapes
    count = len(drawing.curves)
    assert all(shape.path.count("C") for shape in shapes[:count])
    assert all(shape.fillcolor == colour("grayColor") for shape in shapes[count : 2 * count])
    frames = shapes[2 * count : 2 * count + len(drawing.boxes)]
    assert [shape.line.dash != "solid" for shape in frames] == [box.is_dashed for box in drawing.boxes]


def test_every_colour_of_the_figures_has_a_dark_counterpart():
    rules = repaint()
    found = advice(DRAWN[FRAUD])
    drawing = lay_out_decisions(sketch(KNOWLEDGE, found, "en"))
    rows = make_rows([entry for entry in find_entries(KNOWLEDGE, TODAY) if entry.is_telling], TODAY)
    drawn = decision_figure(drawing, ()).to_json() + timeline_figure(rows, TODAY, "Today").to_json()
    used = {drawn[place : place + 7] for place in range(len(drawn)) if drawn[place] == "#" and drawn[place - 1] == '"'}
    assert used
    assert {one for one in used if f"light-dark({one}," not in rules} == set()


def test_hover_cards_say_what_lost_and_why():
    found = advice(DRAWN[FRAUD])
    cards = dict(hover_cards(KNOWLEDGE, found, lay_out_decisions(sketch(KNOWLEDGE, found, "en"))))
    card = cards[PREFIX + "endpoint"]
    assert "Private Service Connect" in card
    assert "<b>Ruled out</b>" in card
    assert max(len(line) for line in card.split("<br>")) < 90
    assert set(cards) == {node.id for node in sketch(KNOWLEDGE, found, "en").nodes}


def test_pages_keep_what_was_chosen_while_others_are_visited():
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.query_params.update({"lang": "en", "example": FRAUD})
    run(run(test).switch_page(GRAPH))
    run(test.selectbox(key="graph-point").select("approach"))
    run(test.switch_page(CATALOGUE))
    run(test.pills(key="catalogue-area").select("data"))
    run(test.switch_page(GRAPH))
    assert test.selectbox(key="graph-point").value == "approach"
    assert "Approach" in test.header[0].value
    assert run(test.switch_page(CATALOGUE)).pills(key="catalogue-area").value == ["data"]


# --- catalogue ------------------------------------------------------------------------------------------------------


def uses(search="", areas=(), stages=(), sections=()):
    return [entry.use for entry in find_matching(find_entries(KNOWLEDGE, TODAY), search, areas, stages, sections)]


@pytest.mark.parametrize("language", ["en", "pt"])
def test_the_catalogue_lists_every_service_and_technique(language):
    test = open_page(CATALOGUE, language=language)
    assert len(test.dataframe[0].value) == len(find_entries(KNOWLEDGE, TODAY))
    assert set(KNOWLEDGE.services) | set(KNOWLEDGE.techniques) <= set(uses())


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("dataproc", "managed-spark"),  # a former name
        ("DLP", "sensitive-data-protection"),  # the exam's name
        ("optimized online", "feature-store/optimized-serving"),  # a capability
        ("agent inference", "inference"),  # two words apart
        ("predição".replace("ção", "cao"), None),
    ],
)
def test_search_looks_at_every_name(search, found):
    assert (found in uses(search)) if found else uses(search) == uses(search.replace("cao", "ção"))


def test_filters_narrow_together():
    data = uses(areas=["data"])
    assert {KNOWLEDGE.services[use.partition("/")[0]].area for use in data} == {"data"}
    ended = uses(stages=[Stage.SHUTDOWN])
    assert "container-registry" in ended
    assert set(uses(areas=["data"], stages=[Stage.SHUTDOWN])) == set(data) & set(ended)


@pytest.mark.parametrize("section", KNOWLEDGE.edition.sections, ids=lambda section: section.id)
def test_a_section_of_the_guide_leaves_what_its_decisions_can_choose(section):
    points = [one for one in KNOWLEDGE.decisions.values() if any(o[0] == section.id for o in one.objectives)]
    owners = {use.partition("/")[0] for point in points for option in point.options for use in option.uses}
    assert owners
    assert {use.partition("/")[0] for use in uses(sections=[section.id])} == owners
    test = open_page(CATALOGUE)
    run(test.multiselect(key="catalogue-section").select(section.id))
    assert len(test.dataframe[0].value) == len(uses(sections=[section.id]))


def test_ends_are_days_and_an_unknown_one_is_told_beside_the_stage():
    entries = find_entries(KNOWLEDGE, TODAY)
    table = make_table(entries)
    for entry, end, stage in zip(entries, table["Ends"], table["Stage"], strict=True):
        assert end == (entry.end if isinstance(entry.end, date) else None)
        assert ("day unknown" in stage) == (entry.end == "unknown")
    known = [end for end in table["Ends"] if end]
    assert known
    assert all(isinstance(end, date) for end in known)
    assert any(entry.end == "unknown" for entry in entries)


def test_a_search_without_result_says_so_and_a_hostile_one_is_harmless():
    test = open_page(CATALOGUE)
    run(test.text_input(key="catalogue-search").input(HOSTILE))
    assert "Nothing is found" in words(test)
    assert not test.dataframe


def test_a_search_that_leaves_one_service_explains_it():
    test = open_page(CATALOGUE)
    run(test.text_input(key="catalogue-search").input("dataproc"))
    assert len(test.dataframe[0].value) == 1
    assert "Managed Service for Apache Spark" in test.header[0].value


@pytest.mark.parametrize("language", ["en", "pt"])
@pytest.mark.parametrize(
    "use", ["inference", "feature-store/optimized-serving", "vector-search/agent-retrieval", "shap"]
)
def test_a_link_to_a_service_explains_it(use, language):
    test = open_page(CATALOGUE, language=language, service=use)
    owner, part = KNOWLEDGE.used(use)
    assert test.header[0].value == plain(name_of(KNOWLEDGE, owner.id, language, day=TODAY))
    assert plain(owner.purpose.in_(language)) in words(test)
    assert test.selectbox(key="catalogue-service").value == use
    if part:
        [parts] = [element.value for element in test.markdown if plain(part.name.in_(language)) in str(element.value)]
        assert parts.splitlines()[2].startswith(f"- **{plain(part.name.in_(language))}**")


@pytest.mark.parametrize("use", [*KNOWLEDGE.services, *KNOWLEDGE.techniques])
def test_every_fact_of_a_service_is_on_its_page(use):
    owner, _ = KNOWLEDGE.used(use)
    evidence = find_evidence(owner)
    numbers = {url: number for number, url in enumerate(evidence, 1)}
    parts = write_parts(KNOWLEDGE, owner, None, numbers, TODAY)
    for part in owner.capabilities if isinstance(owner, Service) else ():
        assert plain(part.name.en) in parts
        assert all(plain(limit.value.replace("yes", "")) in parts for limit in part.limits)
    for limit in owner.limits:
        said = write_limits([limit], numbers)
        assert plain(limit.what.en) in said
        assert all(f"<{one.url}>" in said for one in limit.evidence)
    names = [one.name for one in owner.names] if isinstance(owner, Service) else []
    assert all(plain(name) in write_names(KNOWLEDGE, owner, TODAY) for name in names if len(names) > 1)
    assert write_sources(evidence).count("\n") == max(len(evidence) - 1, 0)


@pytest.mark.parametrize("unknown", ["nowhere", "inference/nowhere", HOSTILE])
def test_a_link_to_an_unknown_service_shows_the_list(unknown):
    assert not open_page(CATALOGUE, service=unknown).header


def test_stages_follow_the_day_of_the_project():
    now = {entry.use: entry.stage for entry in find_entries(KNOWLEDGE, TODAY)}
    later = {entry.use: entry.stage for entry in find_entries(KNOWLEDGE, date(2028, 1, 1))}
    assert now["explainable-ai"] is Stage.DEPRECATED
    assert later["explainable-ai"] is Stage.SHUTDOWN
    test = open_page(CATALOGUE, ProjectFile(as_of=date(2028, 1, 1)), service="explainable-ai")
    assert "Shut down" in words(test)


def test_the_page_of_a_service_names_the_decisions_that_use_it():
    assert "endpoint" in find_decisions(KNOWLEDGE, "inference")
    labels = [part.proto.label for part in open_page(CATALOGUE, service="inference").get("page_link")]
    assert {plain(KNOWLEDGE.decisions[one].short.en) for one in find_decisions(KNOWLEDGE, "inference")} <= set(labels)


# --- comparison -----------------------------------------------------------------------------------------------------


def html(test: AppTest, mark: str) -> str:
    """The one piece of HTML on the page that holds a mark."""
    [found] = [str(element.proto.body) for element in test.get("html") if mark in element.proto.body]
    return found


def cells(test: AppTest, label: str) -> list[str]:
    """The cells of a row of the table, by its label."""
    [row] = [row for row in html(test, "<table").split("<tr>") if f">{label}<" in row.partition("</th>")[0]]
    return row.split("<td ")[1:]


@pytest.mark.parametrize("language", ["en", "pt"])
def test_a_link_to_a_comparison_sets_services_side_by_side(language):
    chosen = ["explainable-ai", "managed-spark", "feature-store", "shap"]
    test = open_page(CATALOGUE, language=language, compare="~".join(chosen))
    assert test.segmented_control(key="catalogue-view").value == "compare"
    assert test.multiselect(key="catalogue-compared").value == chosen
    head = html(test, "<table").partition("</thead>")[0]
    for use in chosen:
        owner, _ = KNOWLEDGE.used(use)
        assert escape(name_of(KNOWLEDGE, use, language, day=TODAY)) in head
        assert escape(owner.purpose.in_(language)) in html(test, "<table")
        assert all(escape(url) in html(test, "<table") for url in find_evidence(owner))


def test_a_comparison_answers_the_same_questions_of_each():
    test = open_page(CATALOGUE, compare="managed-spark~explainable-ai~container-registry")
    assert ["Dataproc" in cell for cell in cells(test, "Former names")] == [True, False, False]
    assert "Explainable AI" in cells(test, "Exam name")[1]
    assert ["Deprecated" in cell for cell in cells(test, "Stage")] == [False, True, False]
    ends = [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in cells(test, "Ends")]
    assert ["none known" in ends[0], "16 Mar 2027" in ends[1], "18 Mar 2025" in ends[2]] == [True] * 3
    assert "Artifact Registry" in cells(test, "Successor")[2]
    assert "Some Python" in cells(test, "Code it needs")[1]
    assert all(
        escape(KNOWLEDGE.decisions[one].short.en) in cells(test, "Where it is an option")[1]
        for one in find_decisions(KNOWLEDGE, "explainable-ai")
    )


def test_the_address_takes_four_services_at_most_and_none_that_is_unknown():
    many = list(KNOWLEDGE.services)[:6]
    test = open_page(CATALOGUE, compare="~".join(["nowhere", *many]))
    assert test.multiselect(key="catalogue-compared").value == many[:4]
    test = open_page(CATALOGUE, compare=HOSTILE)
    assert test.segmented_control(key="catalogue-view").value == "all"


def test_an_empty_comparison_says_what_to_do():
    test = open_page(CATALOGUE, view="compare")
    assert "Choose two to four services" in words(test)


def test_words_of_a_table_to_read_are_no_markup():
    written = write_table(
        ["a", HOSTILE], [Row((Item(HOSTILE),), ((Item(HOSTILE, HOSTILE, url='https://a.example/"x'),),))], "1rem"
    )
    assert "<script" not in written
    assert 'example/"' not in written


# --- changes since the guide ----------------------------------------------------------------------------------------


def changes(*kinds: Kind) -> list[Change]:
    return [change for change in find_changes(KNOWLEDGE, TODAY) if not kinds or change.kind in kinds]


def days(kind: Kind) -> list[date]:
    return [change.reasons[0].day for change in changes(kind) if isinstance(change.reasons[0].day, date)]


def test_every_new_name_and_every_end_since_the_guide_is_told():
    told, edition = {change.use for change in changes()}, KNOWLEDGE.edition
    for service in KNOWLEDGE.services.values():
        lives = {service.id: service.lifecycle}
        lives |= {f"{service.id}/{part.id}": part.lifecycle for part in service.capabilities}
        ends = {use: shutdown_of(stages) for use, stages in lives.items()}
        expected = {use for use, end in ends.items() if end and isinstance(end.on, date) and end.on > edition.day}
        if service_name(edition, service, "exam") != name_on(service, TODAY):
            expected.add(service.id)
        assert told >= {use for use in expected if not {use, service.id} & set(edition.excludes)}


def test_what_is_as_the_guide_knew_it_is_no_news():
    told = {change.use: change for change in changes()}
    assert "compute-accelerators/k80" not in told  # ended before
    assert "gemini" not in told  # excluded by the edition: the exam calls it nothing
    assert "bigquery" not in told
    assert all(change.exam != change.today or change.kind is Kind.READY for change in told.values())


def test_changes_stand_in_the_order_of_their_weight():
    places = [KINDS.index(change.kind) for change in changes()]
    assert places == sorted(places)
    ending, ended = days(Kind.ENDS), days(Kind.SHUT_DOWN)
    assert ending == sorted(ending)
    assert ended == sorted(ended, reverse=True)
    assert min(ending) > TODAY >= max(ended)


@pytest.mark.parametrize(
    ("use", "exam", "today", "why"),
    [
        ("container-registry", "Container Registry", "Artifact Registry", "Shut down on 18 Mar 2025"),
        ("explainable-ai", "Explainable AI", "SHAP; BigQuery ML", "Ends on 16 Mar 2027, deprecated since 16 Mar 2026"),
        ("inference", "Vertex AI Prediction", "Agent Platform Inference", "Renamed on 22 Apr 2026"),
        ("managed-spark", "Dataproc", "Managed Service for Apache Spark", "Renamed on an unknown day"),
        ("bigquery-ml/timesfm", "", "BigQuery ML: TimesFM", "New since the guide, GA since 22 Oct 2025"),
    ],
)
def test_a_change_names_both_sides_and_the_reason(use, exam, today, why):
    [change] = [change for change in changes() if change.use == use]
    assert (change.exam, change.today, say_why(change)) == (exam, today, why)


@pytest.mark.parametrize("language", ["en", "pt"])
def test_the_changes_name_their_edition(language):
    test = open_page(CATALOGUE, language=language, view="changes")
    edition = KNOWLEDGE.edition
    assert plain(edition.title.in_(language)) in words(test)
    assert plain(write_day(edition.day, language)) in words(test)
    assert html(test, "<table").count('<th scope="row">') == len(changes())


def test_changes_can_be_narrowed_to_what_happened():
    test = open_page(CATALOGUE, view="changes")
    run(test.pills(key="catalogue-kind").select(Kind.RENAMED))
    renamed = changes(Kind.RENAMED)
    assert html(test, "<table").count('<th scope="row">') == len(renamed)
    assert all(escape(change.today) in html(test, "<table") for change in renamed)


def test_a_link_to_a_service_leaves_the_changes():
    test = open_page(CATALOGUE, view="changes")
    test.query_params.clear()
    test.query_params["service"] = "inference"
    run(test)
    assert test.segmented_control(key="catalogue-view").value == "all"
    assert "Agent Platform Inference" in test.header[0].value


# --- timeline -------------------------------------------------------------------------------------------------------


def life(*stages):
    return tuple(LifecycleStage(stage=stage, on=on) for stage, on in stages)


def test_an_unknown_beginning_is_never_invented():
    spans = find_spans(life(("ga", "unknown"), ("deprecated", date(2026, 1, 1)), ("shutdown", date(2027, 1, 1))))
    assert spans == (
        Span(Stage.GA, None, date(2026, 1, 1)),
        Span(Stage.DEPRECATED, date(2026, 1, 1), date(2027, 1, 1)),
        Span(Stage.SHUTDOWN, date(2027, 1, 1), None),
    )
    assert find_spans(life(("ga", date(2020, 1, 1)), ("shutdown", "unknown"))) == (Span(Stage.SHUTDOWN, None, None),)


def test_only_unknown_beginnings_stand_in_the_fog():
    entries = {entry.use: entry for entry in find_entries(KNOWLEDGE, TODAY)}
    known = make_rows([entries["feature-store/optimized-serving"]], TODAY)
    unknown = make_rows([entries["video-intelligence"]], TODAY)
    assert [shape.type for shape in timeline_figure(known, TODAY, "Today").layout.shapes] == ["line"]
    assert "path" in [shape.type for shape in timeline_figure(unknown, TODAY, "Today").layout.shapes]


def test_the_timeline_begins_with_what_ends_next():
    rows = make_rows([entry for entry in find_entries(KNOWLEDGE, TODAY) if entry.is_telling], TODAY)
    ends = [next((span.begin for span in row.spans if span.stage is Stage.SHUTDOWN), None) for row in rows]
    coming = [end for end in ends if end and end > TODAY]
    assert ends[: len(coming)] == sorted(coming)


def test_every_stage_has_a_pattern_or_is_the_plain_one():
    rows = make_rows([entry for entry in find_entries(KNOWLEDGE, TODAY) if entry.is_telling], TODAY)
    shapes = [trace.marker.pattern.shape for trace in timeline_figure(rows, TODAY, "Today").data]
    assert len(shapes) == len(set(shapes))


def test_a_life_is_said_with_its_dates():
    stages = life(("ga", date(2024, 4, 15)), ("deprecated", date(2026, 2, 17)), ("shutdown", date(2027, 2, 17)))
    said = write_life(stages, TODAY)
    assert "Deprecated" in said
    assert "17\N{NO-BREAK SPACE}Feb\N{NO-BREAK SPACE}2027" in said.replace("\\", "")
    assert write_life((), TODAY) == ""


# --- words as words -------------------------------------------------------------------------------------------------


def test_markdown_of_words_is_escaped():
    assert plain("a*b_c[d]`e`") == r"a\*b\_c\[d\]\`e\`"
    assert "<" not in link("x](y)", "https://a.example/<b>").replace("(<", "").replace("\\<", "")
