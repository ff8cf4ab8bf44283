"""The whiteboard without a browser: widgets as views of the state, links and files read kindly, reasons shown."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from streamlit.testing.v1 import AppTest

from engine.advice import Advice, advise
from engine.knowledge import Knowledge, load_knowledge
from engine.models import ProjectFile
from engine.project import write_project
from engine.requirements import read_requirements
from tests.small_world import TODAY, load_world
from ui import state
from ui.markdown import plain
from ui.panels import find_own_reasons, find_subjects
from ui.questionnaire import NONE
from ui.selection import find_selection, in_order_of_need
from ui.share import LONGEST, read_link, write_link

ROOT = Path(__file__).parent.parent
REAL = load_knowledge()
Visit = Callable[[str], AppTest]
CONFLICT = {"code-level": "own-code", "isolation": "perimeter", "payload": "3 MB"}  # nothing inside takes 3 MB
HOSTILE = "<script>alert(1)</script> **[x](javascript:alert(1))** $x$ :red[y]"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load_world(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture
def small(world: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    """Visits an app that advises from the small knowledge."""
    monkeypatch.setattr(state, "load_knowledge", lambda: world)
    state.knowledge.clear()
    yield visit
    state.knowledge.clear()


def visit(query: str = "", language: str = "en") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in parse_qsl(query, keep_blank_values=True):
        app.query_params[name] = value
    app.query_params.setdefault("lang", language)
    return run(app)


def run(changed: Any) -> AppTest:
    """Run the app after a change to it or to one of its widgets."""
    app: AppTest = changed.run()
    assert not app.exception
    return app


def answered(**answers: object) -> str:
    link = write_link(
        ProjectFile.model_validate({"answers": {name.replace("_", "-"): v for name, v in answers.items()}})
    )
    return urlencode(link)


def project_of(app: AppTest) -> ProjectFile:
    project: ProjectFile = app.session_state["state"].project
    return project


def texts(app: AppTest) -> str:
    return "\n".join(one.value for one in (*app.markdown, *app.title, *app.subheader))


def pills(app: AppTest, key: str) -> Any:
    return next(one for one in app.button_group if one.key == key)


def keys(app: AppTest) -> set[str]:
    return {one.key for one in (*app.button_group, *app.text_input, *app.date_input, *app.button)}


def advise_on(world: Knowledge, **fields: object) -> Advice:
    project = ProjectFile.model_validate(fields)
    found, problems = read_requirements(world.criteria, world.decisions, project, TODAY)
    assert not problems
    return advise(world, found)


# --- the empty whiteboard, and examples -----------------------------------------------------------------------------


def test_the_empty_whiteboard_asks_and_does_not_advise(small: Visit) -> None:
    app = small("")
    assert "start-images" in keys(app)
    assert "report" not in keys(app)
    assert not any(key.startswith("choose-") for key in keys(app))


def test_an_example_starts_with_its_title_and_answers(small: Visit) -> None:
    app = small("")
    run(app.button(key="start-images").click())
    assert app.title[0].value == "Images"
    assert project_of(app).answers["isolation"] == "perimeter"


@pytest.mark.parametrize("language", ["en", "pt"])
@pytest.mark.parametrize("example", REAL.examples)
def test_every_real_example_opens(example: str, language: str) -> None:
    app = visit(f"example={example}", language)
    title = REAL.examples[example].title
    assert app.title[0].value == plain(title.pt if language == "pt" else title.en)
    assert len([key for key in keys(app) if key.startswith("choose-")]) > 5
    assert not app.session_state["state"].problems


# --- questions ------------------------------------------------------------------------------------------------------


def test_a_question_is_asked_only_when_it_arises_and_its_answer_is_kept(small: Visit) -> None:
    app = small(answered(task="classification"))
    assert "answer-framework" not in keys(app)
    run(pills(app, "answer-code-level").set_value("own-code"))
    run(app.toggle(key="every-question").set_value(True))  # no decision of the small world hears the framework
    run(pills(app, "answer-framework").set_value("xgboost"))
    run(pills(app, "answer-code-level").set_value("sql"))
    assert "answer-framework" not in keys(app)
    assert project_of(app).answers["framework"] == "xgboost"
    run(pills(app, "answer-code-level").set_value("own-code"))
    assert pills(app, "answer-framework").value == "xgboost"


def test_a_question_without_effect_is_shown_only_on_demand(small: Visit) -> None:
    app = small(answered(code_level="own-code", task="classification"))
    assert "answer-isolation" in keys(app)
    assert "answer-framework" not in keys(app)
    assert app.toggle(key="every-question").label.endswith("without effect")
    run(app.toggle(key="every-question").set_value(True))
    assert "answer-framework" in keys(app)


def test_an_answer_can_be_taken_away(small: Visit) -> None:
    app = small(answered(task="classification", isolation="public"))
    run(pills(app, "answer-isolation").set_value(None))
    assert "isolation" not in project_of(app).answers


def test_none_of_these_is_a_statement_and_silence_is_not(small: Visit) -> None:
    app = small(answered(task="classification"))
    assert pills(app, "answer-watch").value == []
    run(pills(app, "answer-watch").select("drift"))
    run(pills(app, "answer-watch").select(NONE))
    assert project_of(app).answers["watch"] == ()
    assert pills(app, "answer-watch").value == [NONE]
    run(pills(app, "answer-watch").select("drift"))
    assert project_of(app).answers["watch"] == ("drift",)
    run(pills(app, "answer-watch").unselect("drift"))
    assert "watch" not in project_of(app).answers


def test_a_number_is_chosen_typed_or_refused_under_its_field(small: Visit) -> None:
    app = small(answered(task="classification"))
    run(pills(app, "common-payload").set_value("1 MB"))
    assert project_of(app).answers["payload"] == "1 MB"
    run(app.text_input(key="own-payload").input("2,5"))
    assert project_of(app).answers["payload"] == "2.5 MB"
    assert pills(app, "common-payload").value is None
    run(app.text_input(key="own-payload").input("much"))
    assert "payload" not in project_of(app).answers
    assert app.text_input(key="own-payload").value == "much"
    assert "is not a number" in texts(app)
    run(app.text_input(key="own-payload").input(""))
    assert "is not a number" not in texts(app)


def test_a_day_is_given_and_taken_away(small: Visit) -> None:
    app = small(answered(task="classification"))
    assert app.date_input(key="answer-lives-until").value is None
    run(app.date_input(key="answer-lives-until").set_value(TODAY))
    assert project_of(app).answers["lives-until"] == TODAY
    run(app.date_input(key="answer-lives-until").set_value(None))
    assert "lives-until" not in project_of(app).answers


def test_priorities_keep_the_order_of_choosing(small: Visit) -> None:
    app = small(answered(task="classification"))
    run(app.multiselect(key="priorities").select("Lowest cost"))
    run(app.multiselect(key="priorities").set_value(["1 Lowest cost", "Accuracy"]))
    assert project_of(app).priorities == ("lowest-cost", "accuracy")
    assert app.multiselect(key="priorities").options[4] == "2 Accuracy"


def test_labels_of_another_language_change_no_priority(small: Visit) -> None:
    app = small(answered(task="classification") + "&priorities=accuracy,control")
    app.session_state["language"] = "pt"
    run(run(app))
    assert project_of(app).priorities == ("accuracy", "control")


# --- what is explained ----------------------------------------------------------------------------------------------


def test_a_conflict_stands_where_it_is_with_its_answers_in_words(small: Visit) -> None:
    app = small(answered(**CONFLICT))
    assert app.subheader[0].value == "No choice possible"
    shown = texts(app)
    assert "Isolation: **Inside a perimeter**" in shown
    assert "Request size: **3" in shown
    assert "A perimeter lets nobody in" in shown


def test_what_ends_a_conflict_is_tried_and_undone_or_kept(small: Visit) -> None:
    app = small(answered(**CONFLICT))
    before = dict(project_of(app).answers)
    run(app.button(key="try-endpoint-0").click())
    tried = dict(project_of(app).answers)
    assert len(tried.items() ^ before.items()) == 2  # one answer, changed
    assert "keep-trial" in keys(app)
    run(app.button(key="undo-trial").click())
    assert dict(project_of(app).answers) == before
    run(app.button(key="try-endpoint-0").click())
    run(app.button(key="keep-trial").click())
    assert dict(project_of(app).answers) == tried
    assert "undo-trial" not in keys(app)


def test_a_card_opens_its_decision_in_the_panel(small: Visit) -> None:
    app = small(answered(**CONFLICT))
    run(app.button(key="choose-approach").click())
    assert app.subheader[0].value == "Own training"
    assert "Own code trains by itself" in texts(app)


def test_a_pin_is_explained_and_taken_away(small: Visit) -> None:
    app = small(answered(code_level="own-code", isolation="perimeter"))
    run(app.button(key="choose-endpoint").click())
    assert app.subheader[0].value == "Private"
    run(app.selectbox(key="pin-option-endpoint").select("Public"))
    assert "A perimeter lets nobody in" in texts(app)
    run(app.text_input(key="pin-reason-endpoint").input(HOSTILE))
    run(app.button(key="pin-endpoint").click())
    assert project_of(app).choices["endpoint"].options == ("public",)
    assert app.subheader[0].value == "Public"
    assert HOSTILE not in texts(app)
    assert "<script>" not in texts(app)
    run(app.button(key="unpin-endpoint").click())
    assert not project_of(app).choices


def test_what_only_removes_others_does_not_speak_for_the_choice(world: Knowledge) -> None:
    advice = advise_on(world, answers={"data-type": ["images"], "code-level": "own-code"})
    reasons = [cause.id for cause in find_own_reasons(advice.decisions["approach"])]
    assert reasons == ["approach-own-code-favours-own-training"]


def test_the_answers_behind_a_conflict_are_found(world: Knowledge) -> None:
    decision = advise_on(world, answers=CONFLICT).decisions["endpoint"]
    assert set(find_subjects(decision, decision.status_because)) == {"isolation", "payload", "lives-until"}


def test_a_conflict_is_looked_at_first(world: Knowledge) -> None:
    assert find_selection(advise_on(world, answers=CONFLICT), None, None).point == "endpoint"


def test_the_most_severe_stand_first_once_there_is_a_conflict(world: Knowledge) -> None:
    assert in_order_of_need(advise_on(world, answers=CONFLICT))[0] == "endpoint"
    calm = advise_on(world, answers={"code-level": "own-code"})
    assert in_order_of_need(calm) == [
        name for name in world.decisions if calm.decisions[name].status != "not-applicable"
    ]


@pytest.mark.parametrize(
    ("component", "point", "expected"),
    [
        (None, None, ("endpoint", "endpoint")),
        ("caller", None, ("caller", None)),
        ("caller", "gone", ("caller", None)),
        (None, "approach", (None, "approach")),
        ("gone", "gone", ("endpoint", "endpoint")),
    ],
)
def test_the_nearest_to_what_was_selected_is_shown(
    world: Knowledge, component: str | None, point: str | None, expected: tuple[str | None, str | None]
) -> None:
    advice = advise_on(world, answers={"code-level": "own-code", "isolation": "perimeter", "payload": "1 MB"})
    found = find_selection(advice, component, point)
    assert (found.component_id, found.point) == expected


# --- links ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", REAL.examples)
def test_a_link_brings_everything_back(example: str) -> None:
    app = visit(f"example={example}")
    project = project_of(app)
    link = write_link(project)
    again = visit(urlencode(link))
    assert write_link(project_of(again)) == link
    assert not again.session_state["state"].problems


def test_an_empty_answer_survives_the_link(small: Visit) -> None:
    assert project_of(small(answered(task="classification", watch=()))).answers["watch"] == ()


def test_an_old_link_is_read_and_said(small: Visit) -> None:
    app = small("v=0&a.task=forecasting")
    assert "the link is of version 0" in texts(app).replace("\\", "")
    assert project_of(app).answers == {"task": ("forecasting",)}


def test_a_link_of_other_knowledge_says_so(small: Visit) -> None:
    app = small("v=1&a.task=forecasting&knowledge=abc")
    assert "it was saved with version abc" in texts(app)
    run(app.button(key="dismiss-problems").click())
    assert "it was saved with version abc" not in texts(app)


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ("a.nothing=1", "answers.nothing"),
        ("a.isolation=moon", "answers.isolation"),
        ("a.isolation=public~perimeter", "answers.isolation"),
        ("a.payload=much", "answers.payload"),
        ("a.payload=3 s", "answers.payload"),
        ("a.lives-until=soon", "answers.lives-until"),
        ("as_of=2026-13-45", "as_of"),
        ("priorities=fun,accuracy", "priorities"),
        ("c.endpoint=moon", "choices.endpoint"),
        ("c.endpoint=public~private", "choices.endpoint"),
        ("c.endpoint=", "choices.endpoint"),
        ("c.nothing=public", "choices.nothing"),
        ("c.endpoint=../../x", "choices.endpoint"),
        (f"a.isolation={'x' * (LONGEST + 1)}", "a.isolation"),
        (f"a.{HOSTILE}={HOSTILE}", "answers.<script>"),
    ],
)
def test_a_broken_part_is_named_and_the_rest_is_kept(small: Visit, part: str, place: str) -> None:
    app = small(f"v=1&a.task=forecasting&{urlencode(dict([part.split('=', 1)]))}")
    (problem,) = app.session_state["state"].problems
    assert problem.place.startswith(place)
    assert project_of(app).answers == {"task": ("forecasting",)}
    assert not project_of(app).choices
    assert "<script>" not in texts(app)


def test_nothing_hostile_in_a_title_reaches_the_page_as_markup(small: Visit) -> None:
    app = small(f"v=1&a.task=forecasting&{urlencode({'title': HOSTILE})}")
    assert project_of(app).title == HOSTILE
    assert "<script>" not in texts(app)
    assert r"\[x\]\(javascript" in app.title[0].value


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_end_of_time_are_shown(small: Visit, day: str) -> None:
    app = small(f"v=1&as_of={day}&a.lives-until={day}")
    assert str(project_of(app).as_of) == day


def test_a_link_without_a_version_is_no_link(small: Visit) -> None:
    assert small("a.task=forecasting&utm_source=mail").session_state["state"].is_empty


@pytest.mark.usefixtures("small")
def test_reading_a_link_raises_nothing_whatever_it_holds() -> None:
    names = ["a.", "c.", "r.", "a.task", "c.endpoint", "title", "lens", "as_of", "priorities", "knowledge", "\0", "."]
    for name in names:
        for value in ("", "~", ",", "\0", "é" * LONGEST, "1e999 MB", "-1 MB", "[]", "{}", "2026-02-30"):
            assert read_link({"v": "1", name: value})


# --- files, the report, the lens and the day ------------------------------------------------------------------------


def test_a_project_file_is_opened_and_there_is_a_way_back(small: Visit) -> None:
    app = small(answered(task="classification"))
    text = write_project(ProjectFile.model_validate({"title": "Saved", "answers": {"task": "forecasting"}}))
    run(app.file_uploader(key="project-file").set_value(("plan.yaml", text.encode(), "application/yaml")))
    assert app.title[0].value == "Saved"
    run(app.button(key="go-back").click())
    assert project_of(app).answers["task"] == ("classification",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"answers: [", "plan.yaml"),
        (b"answer: {task: forecasting}", "Nearest: answers"),
        (b"\xff\xfe\x00", "plan.yaml"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(small: Visit, content: bytes, words: str) -> None:
    app = small(answered(task="classification"))
    run(app.file_uploader(key="project-file").set_value(("plan.yaml", content, "application/yaml")))
    assert words in texts(app).replace("\\", "")
    assert project_of(app).answers["task"] == ("classification",)


def test_the_report_holds_what_repeats_the_advice(small: Visit, world: Knowledge) -> None:
    app = small(answered(**CONFLICT))
    run(app.button(key="report").click())
    report = app.code[0].value
    assert world.version in report
    assert "payload: 3 MB" in report
    assert "endpoint-perimeter-rules-out-public" in report or "approach-own-code-favours-own-training" in report


def test_lens_and_day_are_the_projects(small: Visit) -> None:
    app = small(answered(code_level="own-code"))
    run(pills(app, "lens").set_value("exam"))
    run(app.date_input(key="as-of").set_value(TODAY))
    assert (project_of(app).lens, project_of(app).as_of) == ("exam", TODAY)
    run(app.date_input(key="as-of").set_value(None))
    assert project_of(app).as_of is None


def test_a_title_is_given(small: Visit) -> None:
    app = small(answered(code_level="own-code"))
    run(app.text_input(key="title").input("  My plan "))
    assert app.title[0].value == "My plan"
