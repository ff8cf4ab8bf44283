"""What follows from the dates of what an option uses: each row of the design, in both lenses, around each edge."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.decision import rule_on, why_not
from engine.forces import Cause, view
from engine.lifecycle import find_consequences, in_scope, name_of, name_on, stage_on, write_day
from engine.models import LifecycleStage, Technique
from tests.small_world import TODAY, criterion, knowledge, point, said, service

DAY = timedelta(days=1)
END = date(2027, 6, 1)
DAY_OF_EXAM = date(2026, 1, 15)
EDITION = {"day": DAY_OF_EXAM, "excludes": ["excluded", "partly/excluded"], "terms": {"renamed": "Guide's Name"}}
OLD_JOBS = {"id": "old-jobs", "label": said("old"), "assets": ["old"]}
CRITERIA = [
    criterion("lives-until", "date"),
    criterion("stability", answers="ga-only preview-accepted"),
    criterion("existing-assets", "many", answers=[OLD_JOBS, {"id": "other", "label": said("other")}]),
]
GA = ("ga", "unknown")


def words(*given):
    return frozenset(given)


def stand(lifecycle, answers=None, lens="production", as_of=TODAY, name="old", part=None):
    """How an option stands that uses a thing with this lifecycle (`part`: of a capability of it), and why.

    "in", "out", or the strong points against it.
    """
    stages = [{"stage": stage, "on": day} for stage, day in part or ()]
    parts = [{"id": "part", "name": said("part"), "lifecycle": stages}]
    used = f"{name}/part" if part else name
    known = knowledge(
        CRITERIA,
        [point("p", [{"id": "x", "uses": [used]}, {"id": "other"}])],
        [service(name, lifecycle, capabilities=parts)],
        edition=EDITION,
    )
    ruling = rule_on(view(known, lens, as_of).points["p"], answers or {}, ())
    score = ruling.scores["x"]
    _, causes = why_not(ruling, "x", ())
    how = ("in" if score.stands else "out") if not score.strong else str(score.strong)
    return how, [cause.id for cause in causes]


IN, OUT, AGAINST = "in", "out", "-1"
SHUTDOWN = [GA, ("shutdown", END)]
DEPRECATED = [GA, ("deprecated", TODAY), ("shutdown", END)]
NO_END = [GA, ("deprecated", TODAY)]
CLOSED = [GA, ("closed-to-new", TODAY)]
PREVIEW = [("preview", TODAY)]
GA_ONLY, ANY_STAGE = {"stability": words("ga-only")}, {"stability": words("preview-accepted")}


def until(day):
    return {"lives-until": day}


def in_use(*assets):
    return {"existing-assets": words(*assets)}


PRODUCTION = [
    # lifecycle, as of, answers -> how it stands, which stage says so
    ("ga", [GA], TODAY, {}, IN, None),
    ("ga outlives everything", [GA], TODAY, until(date(2999, 1, 1)), IN, None),
    ("the day before its shutdown", SHUTDOWN, END - DAY, {}, IN, None),
    ("the day of its shutdown", SHUTDOWN, END, {}, OUT, "shutdown"),
    ("the day after its shutdown", SHUTDOWN, END + DAY, until(END - DAY), OUT, "shutdown"),
    ("a shutdown on an unknown day has come", [GA, ("shutdown", "unknown")], TODAY, {}, OUT, "shutdown"),
    ("stops the day before the end", SHUTDOWN, TODAY, until(END - DAY), IN, None),
    ("lives until the end", SHUTDOWN, TODAY, until(END), OUT, "shutdown"),
    ("lives longer than the end", SHUTDOWN, TODAY, until(END + DAY), OUT, "shutdown"),
    ("an announced end waits for how long it lives", SHUTDOWN, TODAY, {}, IN, None),
    ("the day before its deprecation", DEPRECATED, TODAY - DAY, until(END - DAY), IN, None),
    ("deprecated, stops before the end", DEPRECATED, TODAY, until(END - DAY), AGAINST, "deprecated"),
    ("deprecated, lives until the end", DEPRECATED, TODAY, until(END), OUT, "shutdown"),
    ("deprecated, nobody says how long it lives", DEPRECATED, TODAY, {}, OUT, "shutdown"),
    ("deprecated without an end, stops soon", NO_END, TODAY, until(TODAY + DAY), OUT, "deprecated"),
    ("deprecated without an end, nobody says", NO_END, TODAY, {}, OUT, "deprecated"),
    ("the day before deprecation without an end", NO_END, TODAY - DAY, {}, IN, None),
    ("closed to new, nobody says what is in use", CLOSED, TODAY, {}, OUT, "closed-to-new"),
    ("closed to new, nothing is in use", CLOSED, TODAY, in_use(), OUT, "closed-to-new"),
    ("closed to new, another thing is in use", CLOSED, TODAY, in_use("other"), OUT, "closed-to-new"),
    ("closed to new, it is in use", CLOSED, TODAY, in_use("old-jobs", "other"), IN, None),
    ("the day before it closes", CLOSED, TODAY - DAY, in_use(), IN, None),
    ("preview, only ga accepted", PREVIEW, TODAY, GA_ONLY, OUT, "preview"),
    ("preview, accepted", PREVIEW, TODAY, ANY_STAGE, IN, None),
    ("preview, nobody says", PREVIEW, TODAY, {}, IN, None),
    ("ga since today, only ga accepted", [("ga", TODAY)], TODAY, GA_ONLY, IN, None),
    ("not there yet", [("ga", TODAY)], TODAY - DAY, {}, OUT, "ga"),
    ("not even in preview yet", PREVIEW, TODAY - DAY, ANY_STAGE, OUT, "preview"),
]  # fmt: skip

in_production = pytest.mark.parametrize(
    ("lifecycle", "as_of", "answers", "how", "stage"),
    [row[1:] for row in PRODUCTION],
    ids=[row[0] for row in PRODUCTION],
)


@in_production
def test_production_lens(lifecycle, as_of, answers, how, stage):
    found, causes = stand(lifecycle, answers, as_of=as_of)
    assert found == how
    assert causes == ([f"old:{stage}"] if stage else [])


@in_production
def test_a_capability_has_a_life_of_its_own(lifecycle, as_of, answers, how, stage):  # noqa: ARG001
    assert stand([GA], answers, as_of=as_of, part=lifecycle)[0] == how
    assert stand(lifecycle, answers, as_of=as_of, part=[GA])[0] == how  # and dies with its service


EXAM = [
    ("born the day before the edition", [("ga", DAY_OF_EXAM - DAY)], {}, IN, None),
    ("born on the edition's day", [("ga", DAY_OF_EXAM)], {}, IN, None),
    ("born the day after", [("ga", DAY_OF_EXAM + DAY)], {}, OUT, "x"),
    ("in preview the day after, known since long", [("preview", DAY_OF_EXAM + DAY), ("ga", TODAY)], {}, OUT, "x"),
    ("shut down before", [GA, ("shutdown", DAY_OF_EXAM - DAY)], {}, OUT, "old:shutdown"),
    ("shut down later", [GA, ("shutdown", DAY_OF_EXAM + DAY)], {}, IN, None),
    ("shut down later, before it must live", [GA, ("shutdown", END)], until(END + DAY), IN, None),
    ("shut down today", [GA, ("shutdown", TODAY)], {}, IN, None),
    ("deprecated", [GA, ("deprecated", DAY_OF_EXAM)], {}, IN, None),
    ("closed to new", [GA, ("closed-to-new", DAY_OF_EXAM)], {}, IN, None),
    ("in preview, only ga accepted", [("preview", DAY_OF_EXAM)], GA_ONLY, OUT, "old:preview"),
    ("ga only later, only ga accepted", [("preview", "unknown"), ("ga", TODAY)], GA_ONLY, OUT, "old:preview"),
    ("in preview", [("preview", DAY_OF_EXAM)], {}, IN, None),
    ("ga, only ga accepted", [GA], GA_ONLY, IN, None),
    ("deprecated, only ga accepted", [GA, ("deprecated", DAY_OF_EXAM)], GA_ONLY, IN, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lifecycle", "answers", "how", "cause"), [row[1:] for row in EXAM], ids=[row[0] for row in EXAM]
)
def test_exam_lens(lifecycle, answers, how, cause):
    for as_of in (DAY_OF_EXAM - 900 * DAY, TODAY, END + 900 * DAY):  # the edition's day rules, whatever the as-of date
        found, causes = stand(lifecycle, answers, "exam", as_of)
        assert found == how
        assert cause is None or causes == [cause]
        assert stand([GA], answers, "exam", as_of, part=lifecycle)[0] == how


@pytest.mark.parametrize("name", ["excluded", "partly"])
def test_what_the_edition_excludes_is_an_option_of_production_only(name):
    part = [GA] if name == "partly" else None
    known = knowledge(
        CRITERIA,
        [point("p", [{"id": "x", "uses": ["partly/excluded" if part else name]}, {"id": "other"}])],
        [service(name, [GA], capabilities=[{"id": "excluded", "name": said("x")}, {"id": "kept", "name": said("k")}])],
        edition=EDITION,
    )
    exam = rule_on(view(known, "exam", TODAY).points["p"], {}, ())
    assert exam.chosen == ("other",)
    assert why_not(exam, "x", ()) == ("elimination", (Cause("scope", "x"),))
    assert rule_on(view(known, "production", TODAY).points["p"], {}, ()).chosen == ("x",)
    assert in_scope(known.edition, known, "partly/kept" if part else "excluded/kept") is bool(part)


def test_what_is_closed_to_new_and_named_by_no_asset_is_out_for_everybody():
    assert stand(CLOSED, in_use("old-jobs", "other"), name="unnamed") == (OUT, ["unnamed:closed-to-new"])
    options = [{"id": "x", "uses": ["old"]}]
    without = knowledge(decisions=[point("p", options)], services=[service("old", [GA, ("closed-to-new", TODAY)])])
    assert rule_on(view(without, "production", TODAY).points["p"], {}, ()).outcome == "conflict"


def test_every_thing_that_an_option_uses_counts():
    options: list[dict] = [{"id": "x", "uses": ["fine", "ended"]}, {"id": "other"}]
    services = [service("fine", [GA]), service("ended", [GA, ("shutdown", TODAY)])]
    known = knowledge(CRITERIA, [point("p", options)], services)
    ruling = rule_on(view(known, "production", TODAY).points["p"], {}, ())
    assert ruling.scores["x"].removed_by == (Cause("lifecycle", "ended:shutdown"),)


def test_a_consequence_brings_its_words_and_evidence():
    source = {"url": "https://example.com/end", "read": "page", "read_on": TODAY, "copy_date": "unknown"}
    stages = [{"stage": "ga", "on": "unknown"}, {"stage": "shutdown", "on": END, "evidence": [source]}]
    ending = service("old", lifecycle=stages)
    known = knowledge(CRITERIA, [point("p", [{"id": "x", "uses": ["old"]}])], [ending])
    force = view(known, "production", TODAY).points["p"].forces[0]
    assert force.because.en == "old ends on 1 Jun 2027: only for a system that stops before."
    assert force.because.pt == "old termina em 1 jun. 2027: só para um sistema que pare antes."
    assert [str(one.url) for one in force.evidence] == ["https://example.com/end"]
    assert force.confidence == "verified"
    bare = knowledge(CRITERIA, [point("p", [{"id": "x", "uses": ["old"]}])], [service("old", [GA, ("shutdown", END)])])
    assert view(bare, "production", TODAY).points["p"].forces[0].confidence == "unverified"


# --- stages and names on a day --------------------------------------------------------------------------------------

STAGES = tuple(
    LifecycleStage.model_validate({"stage": stage, "on": day})
    for stage, day in [("preview", date(2020, 1, 1)), ("ga", "unknown"), ("deprecated", END)]
)


@pytest.mark.parametrize(
    ("stages", "day", "expected"),
    [
        (STAGES[:1], date(2019, 12, 31), None),
        (STAGES[:1], date(2020, 1, 1), "preview"),
        (STAGES, date(2019, 1, 1), "ga"),  # an unknown beginning counts as begun
        (STAGES, END - DAY, "ga"),
        (STAGES, END, "deprecated"),
        ((), END, None),
    ],
)
def test_the_stage_in_force_on_a_day(stages, day, expected):
    found = stage_on(stages, day)
    assert (found and found.stage) == expected


RENAMED = service(
    "renamed",
    [GA],
    names=[{"name": "First", "until": date(2025, 1, 1)}, {"name": "Second", "until": "unknown"}, {"name": "Third"}],
)


@pytest.mark.parametrize(
    ("day", "name"), [(date(2024, 12, 31), "First"), (date(2025, 1, 1), "Third"), (TODAY, "Third")]
)
def test_the_name_in_force_on_a_day(day, name):
    assert name_on(RENAMED, day) == name


def test_names_follow_the_lens():
    part = {"capabilities": [{"id": "part", "name": {"en": "Part", "pt": "Parte"}}]}
    known = knowledge(services=[RENAMED, service("plain", [GA], **part)], edition=EDITION)
    assert name_of(known, "renamed", "en") == "Third"
    assert name_of(known, "renamed", "en", day=date(2024, 1, 1)) == "First"
    assert name_of(known, "renamed", "en", "exam") == "Guide's Name"
    assert name_of(known, "plain/part", "pt") == "plain: Parte"
    shap = Technique.model_validate({"id": "shap", "name": {"en": "SHAP", "pt": "SHAP!"}, "purpose": said("x")})
    assert name_of(replace(known, techniques={"shap": shap}), "shap", "pt", "exam") == "SHAP!"
    earlier = knowledge(services=[RENAMED], edition={"day": date(2024, 9, 30)})
    assert name_of(earlier, "renamed", "en", "exam") == "First"


def test_a_day_is_written_in_words():
    assert write_day(END, "en") == "1 Jun 2027"
    assert write_day(END, "pt") == "1 jun. 2027"
    assert write_day("unknown", "en") == "an unknown day"
    assert write_day("unknown", "pt") == "data desconhecida"


def test_what_ends_on_the_day_of_the_edition_is_still_in_its_exam():
    for end, removed in [(date(2024, 9, 29), True), (date(2024, 9, 30), False), (date(2024, 10, 1), False)]:
        ending = service("ending", [("ga", "unknown"), ("shutdown", end)])
        known = knowledge(services=[ending], edition={"day": date(2024, 9, 30)})
        assert [one.removes for one in find_consequences(known, "ending", "exam", TODAY)] == [True] * removed
