"""Advice on the small knowledge: every status, pins and what follows from them, and what is noted besides."""

from datetime import date

import pytest

from engine.advice import advise
from engine.forces import Cause
from engine.models import Choice, ProjectFile, Quality
from engine.requirements import Requirements, read_requirements
from tests.small_world import FILES, TODAY, criterion, knowledge, load_world, point, rule, said, service


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return load_world(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture
def ask(small):
    """Advice for answers as a person writes them."""

    def ask(answers=None, **fields):
        project = ProjectFile.model_validate({"answers": answers or {}} | fields)
        requirements, problems = read_requirements(small.criteria, small.decisions, project, TODAY)
        assert not problems
        return advise(small, requirements)

    return ask


def pin(**choices):
    return {point: {"options": options, "reason": "we have it"} for point, options in choices.items()}


IMAGES = {"data-type": ["images"]}
SQL = {"code-level": "sql", "data-type": ["tabular"]}
OWN = {"code-level": "own-code", "data-type": ["tabular"]}
BEHIND, LONG = {"isolation": "perimeter"}, {"lives-until": "2027-06-01"}
STATUS = [
    # answers, point -> status, chosen
    ({}, "approach", "open", ("in-sql",)),
    ({}, "endpoint", "open", ()),
    ({}, "monitoring", "open", ()),
    ({"code-level": "sql"}, "approach", "provisional", ("in-sql",)),
    (SQL, "approach", "settled", ("in-sql",)),
    (SQL, "endpoint", "not-applicable", ()),
    (IMAGES, "approach", "settled", ("own-training",)),
    (OWN, "endpoint", "open", ("public",)),
    (OWN | LONG | {"isolation": "public", "stability": "ga-only"}, "endpoint", "settled", ("public",)),
    (OWN | BEHIND | {"payload": "1.5 MB", "stability": "preview-accepted"}, "endpoint", "settled", ("private",)),
    (OWN | BEHIND | {"payload": "1.51 MB"}, "endpoint", "conflict", ()),
    (OWN | BEHIND | {"stability": "ga-only"}, "endpoint", "conflict", ()),
    ({"watch": []}, "monitoring", "settled", ()),
    ({"watch": ["drift"]}, "monitoring", "settled", ("drift-check",)),
    ({"watch": ["reasons"]} | SQL, "monitoring", "settled", ()),
    ({"watch": ["drift", "reasons"]} | OWN, "monitoring", "settled", ("drift-check", "reasons-check")),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "name", "status", "chosen"), STATUS, ids=[f"{row[1]}-{row[0]}" for row in STATUS])
def test_status(ask, answers, name, status, chosen):
    advice = ask(answers)
    decision = advice.decisions[name]
    assert (decision.status, decision.chosen, decision.would_choose) == (status, chosen, chosen)
    assert advice.has_conflict == any(one.status == "conflict" for one in advice.decisions.values())


def test_a_provisional_choice_shows_what_would_change_it_and_what_to_ask(ask):
    decision = ask({"code-level": "sql"}).decisions["approach"]
    assert decision.proved
    assert decision.witness == {"data-type": frozenset({"images"})}
    assert decision.still_to_ask == ("data-type",)
    assert ask(SQL).decisions["approach"].still_to_ask == ()
    assert ask(SQL).decisions["approach"].witness is None


def test_downstream_hears_nothing_of_an_open_choice(ask):
    advice = ask({"watch": ["reasons"]})
    assert advice.decisions["approach"].status == "open"
    assert advice.decisions["monitoring"].chosen == ()  # whether reasons are given waits for the approach
    assert advice.decisions["monitoring"].still_to_ask == ("code-level", "data-type")
    assert ask({"watch": ["reasons"], "code-level": "own-code"}).decisions["monitoring"].chosen == ("reasons-check",)


def test_a_provisional_choice_is_heard_downstream(ask):
    advice = ask({"code-level": "sql"})
    assert advice.decisions["endpoint"].status == "not-applicable"


def test_the_empty_whiteboard_asks_and_draws_nothing(ask):
    advice = ask()
    assert {decision.status for decision in advice.decisions.values()} == {"open"}
    assert advice.architecture.components == ()
    assert advice.notes == ()


# --- causes ---------------------------------------------------------------------------------------------------------


def test_why_an_option_stands_and_why_each_other_fell(ask):
    decision = ask(OWN | BEHIND | {"payload": "1 MB"}).decisions["endpoint"]
    perimeter = Cause("rule", "endpoint-perimeter-rules-out-public")
    assert decision.tier == "elimination"
    assert decision.decisive == (perimeter,)
    states = {name: (one.state, one.tier, one.because) for name, one in decision.verdicts.items()}
    ended = Cause("lifecycle", "platform/shared:shutdown")
    assert states == {
        "public": ("ruled-out", "elimination", (perimeter,)),
        "shared": ("ruled-out", "elimination", (perimeter, ended)),
        "private": ("chosen", "elimination", (perimeter, ended)),
    }
    assert decision.forces[perimeter].because.en == "A perimeter lets nobody in."
    assert decision.forces[perimeter].evidence
    assert decision.forces[ended].because.en.startswith("Platform: Shared ends on 1 Jun 2027")


def test_a_priority_decides_between_what_is_left(ask):
    decision = ask(OWN, priorities=["lowest-latency"]).decisions["endpoint"]
    assert (decision.chosen, decision.tier) == (("private",), "priorities")
    assert decision.decisive == (Cause("priority", Quality.LOWEST_LATENCY),)
    assert decision.verdicts["public"].because == decision.decisive
    assert (decision.verdicts["private"].priorities, decision.verdicts["public"].priorities) == ((5,), (3,))


def test_a_conflict_names_what_removed_everything(ask):
    decision = ask(OWN | BEHIND | {"payload": "2 MB"}).decisions["endpoint"]
    assert [cause.id for cause in decision.status_because] == [
        "endpoint-perimeter-rules-out-public",
        "platform/shared:shutdown",
        "endpoint-large-payload-rules-out-private",
    ]
    assert {verdict.state for verdict in decision.verdicts.values()} == {"ruled-out"}
    assert (decision.proved, decision.still_to_ask) == (True, ())  # nothing that is not answered would help


def test_what_does_not_apply_names_the_premise(ask):
    assert ask(SQL).decisions["endpoint"].status_because == (Cause("upstream", "endpoint-applies"),)
    assert ask(SQL).decisions["endpoint"].verdicts == {}
    assert ask(SQL).decisions["endpoint"].still_to_ask == ()
    assert ask({}).decisions["endpoint"].status_because == (Cause("upstream", "endpoint-applies"),)


def test_a_choice_names_the_rules_that_make_it_and_holds_the_words_of_all_that_act(ask):
    decision = ask({"code-level": "own-code", "data-type": ["images"]}).decisions["approach"]
    assert decision.status_because == decision.because
    assert {cause.id for cause in decision.forces} == {
        "approach-images-rule-out-sql",
        "approach-own-code-favours-own-training",
    }


# --- pins -----------------------------------------------------------------------------------------------------------


def test_a_pin_is_followed_downstream_and_keeps_its_own_verdict(ask):
    advice = ask(SQL | {"watch": ["reasons"]}, choices=pin(approach=["own-training"]))
    pinned = advice.decisions["approach"]
    assert (pinned.status, pinned.chosen, pinned.would_choose) == ("pinned", ("own-training",), ("in-sql",))
    assert pinned.verdicts["own-training"].state == "chosen"
    assert pinned.verdicts["own-training"].tier == "strong"  # the tier it loses by
    assert [cause.id for cause in pinned.verdicts["own-training"].because] == ["approach-sql-favours-sql"]
    assert (pinned.verdicts["in-sql"].state, pinned.verdicts["in-sql"].because) == ("available", ())
    assert advice.decisions["endpoint"].status == "open"  # it applies now
    assert advice.decisions["monitoring"].chosen == ("reasons-check",)


def test_a_pin_that_breaks_a_rule_says_which(ask):
    advice = ask(IMAGES, choices=pin(approach=["in-sql"]))
    pinned = advice.decisions["approach"]
    assert (pinned.status, pinned.would_choose) == ("pinned", ("own-training",))
    verdict = pinned.verdicts["in-sql"]
    assert (verdict.state, verdict.tier) == ("chosen", "elimination")
    assert verdict.because == (Cause("rule", "approach-images-rule-out-sql"),)
    assert advice.decisions["endpoint"].status == "not-applicable"


def test_a_pin_on_what_must_not_be_used_says_so_whatever_decided_instead(ask):
    pinned = ask(OWN, choices=pin(endpoint=["shared"])).decisions["endpoint"]
    assert (pinned.would_choose, pinned.tier) == (("public",), "order")
    assert pinned.verdicts["shared"].tier == "elimination"
    assert pinned.verdicts["shared"].because == (Cause("lifecycle", "platform/shared:shutdown"),)


def test_a_pin_that_the_engine_would_choose_too_keeps_its_reasons(ask):
    pinned = ask(SQL, choices=pin(approach=["in-sql"])).decisions["approach"]
    assert pinned.status == "pinned"
    assert pinned.verdicts["in-sql"].because == (Cause("rule", "approach-sql-favours-sql"),)


def test_a_pin_hides_the_points_own_conflict_and_is_heard(ask):
    advice = ask(OWN | BEHIND | {"payload": "2 MB"}, choices=pin(endpoint=["private"]))
    assert advice.decisions["endpoint"].status == "pinned"
    assert advice.decisions["endpoint"].would_choose == ()
    assert not advice.has_conflict
    assert [component.id for component in advice.architecture.components] == ["caller", "endpoint"]


def test_a_pin_on_what_does_not_apply_is_without_effect(ask):
    advice = ask(SQL, choices=pin(endpoint=["public"]))
    assert (advice.decisions["endpoint"].status, advice.decisions["endpoint"].chosen) == ("not-applicable", ())


def test_a_pin_of_picks_many_may_be_empty(ask):
    pinned = ask({"watch": ["drift"]}, choices=pin(monitoring=[])).decisions["monitoring"]
    assert (pinned.status, pinned.chosen, pinned.would_choose) == ("pinned", (), ("drift-check",))
    assert pinned.verdicts["drift-check"].state == "available"


# --- upstream in conflict, in the middle of a chain -----------------------------------------------------------------


def test_a_conflict_upstream_is_unknown_downstream():
    criteria = [criterion("x", answers="a b")]
    both = [rule("up-p", {"x": ["a"]}, rules_out=["p"]), rule("up-q", {"x": ["a"]}, rules_out=["q"])]
    middle = [rule("middle-p", {"decision.up": {"none_of": ["p"]}}, rules_out=["p"])]
    points = [
        point("up", "p q", both),
        point("middle", "p q", middle),
        point("end", "p q", applies_when={"decision.up": {"none_of": ["q"]}}),
    ]
    known = knowledge(criteria, points)
    decisions = advise(known, Requirements(TODAY, {"x": frozenset("a")})).decisions
    assert decisions["up"].status == "conflict"
    assert decisions["middle"].chosen == ("p",)  # the rule waits
    assert decisions["end"].status == "open"  # whether it applies waits
    relaxed = advise(known, Requirements(TODAY, {"x": frozenset("a")}, choices={"up": Choice(options=("q",))}))
    assert relaxed.decisions["middle"].chosen == ("q",)
    assert relaxed.decisions["end"].status == "not-applicable"


def test_upstream_not_applicable_fails_any_of_and_holds_none_of():
    known = knowledge(
        [criterion("x", answers="a b")],
        [
            point("up", "p q", applies_when={"x": ["a"]}),
            point("any", "p q", applies_when={"decision.up": ["p"]}),
            point("none", "p q", [rule("none-p", {"decision.up": {"none_of": ["q"]}}, rules_out=["p"])]),
        ],
    )
    decisions = advise(known, Requirements(TODAY, {"x": frozenset("b")})).decisions
    assert [decisions[name].status for name in ("up", "any", "none")] == ["not-applicable", "not-applicable", "settled"]
    assert decisions["none"].chosen == ("q",)


# --- lens, date, notes ----------------------------------------------------------------------------------------------


def test_the_exam_lens_greys_out_what_the_edition_leaves_out(ask):
    decision = ask({"watch": ["reasons"]} | OWN, lens="exam").decisions["monitoring"]
    assert decision.verdicts["reasons-check"].state == "out-of-scope"
    assert decision.verdicts["reasons-check"].because == (Cause("scope", "reasons-check"),)
    assert decision.chosen == ()


def test_the_day_of_the_advice_changes_it(ask):
    answers = OWN | {"isolation": "public", "lives-until": "2027-01-01"}
    cheapest = {"priorities": ["lowest-cost"]}
    before = ask(answers, as_of=date(2026, 1, 31), **cheapest).decisions["endpoint"]
    after = ask(answers, as_of=date(2026, 2, 1), **cheapest).decisions["endpoint"]
    assert (before.chosen, after.chosen) == (("shared",), ("public",))  # deprecated since that day
    assert after.verdicts["shared"].because == (Cause("lifecycle", "platform/shared:deprecated"),)


def notes(advice):
    return [(note.kind, note.id, note.text.en) for note in advice.notes]


def test_a_day_before_the_facts_is_noted(ask):
    first = date(2026, 1, 15)
    assert notes(ask({}, as_of=first)) == []
    early = notes(ask({}, as_of=date(2026, 1, 14)))
    assert early == [
        ("before-facts", "2026-01-14", "The facts reach back to 15 Jan 2026: what was true before is not known here.")
    ]
    assert notes(ask({}, as_of=date(2026, 1, 14), lens="exam")) == []  # the guide's day rules there


def test_an_answer_without_effect_is_noted(ask):
    advice = ask(SQL | {"framework": "xgboost"})
    assert notes(advice) == [
        ("unused-answer", "framework", "The answer to “Framework” has no effect now: the question does not arise.")
    ]
    assert "“Framework”" in advice.notes[0].text.pt


def test_an_impossible_combination_is_reported_as_such_and_nothing_is_called_settled(ask):
    advice = ask({"task": "forecasting", "data-type": ["images"]})
    assert notes(advice) == [("impossible", "images-make-no-series", "Images make no series.")]
    assert "settled" not in {decision.status for decision in advice.decisions.values()}
    assert not advice.decisions["approach"].proved


def test_an_end_is_noted_when_it_is_ahead_and_when_it_has_come(ask):
    choices = pin(endpoint=["shared"])
    ahead = notes(ask(OWN, choices=choices))
    assert ("lifecycle", "platform/shared", "Platform: Shared ends on 1 Jun 2027.") in ahead
    passed = notes(ask(OWN, choices=choices, as_of=date(2027, 6, 1)))
    assert ("lifecycle", "platform/shared", "Platform: Shared ended on 1 Jun 2027.") in passed
    exam = notes(ask(OWN, choices=choices, lens="exam"))
    assert ("lifecycle", "platform/shared", "Platform: Shared ends on 1 Jun 2027.") in exam  # later ones are notes


def test_an_end_is_said_in_portuguese(ask):
    for day, ends in [(TODAY, "termina em"), (date(2027, 6, 1), "terminou em")]:
        advice = ask(OWN, choices=pin(endpoint=["shared"]), as_of=day)
        assert f"Platform: Compartilhado {ends} 1 jun. 2027." in [note.text.pt for note in advice.notes]


def test_a_part_ends_with_its_service_and_what_ended_on_an_unknown_day_has_no_date():
    parts = [{"id": "part", "name": said("part")}]
    services = [
        service("dated", [("ga", "unknown"), ("shutdown", date(2027, 1, 1))], capabilities=parts),
        service("undated", [("shutdown", "unknown")]),
    ]
    known = knowledge(decisions=[point("p", [{"id": "x", "uses": ["dated/part", "undated"]}])], services=services)
    advice = advise(known, Requirements(TODAY, choices={"p": Choice(options=("x",))}))
    assert notes(advice) == [("lifecycle", "dated/part", "dated: part ends on 1 Jan 2027.")]


def test_the_ends_of_what_only_the_architecture_brings_in_are_noted_but_not_of_a_ghost(tmp_path):
    row = "  - {{id: {}, lane: serve, when: [{{decision.{}: [{}]}}], service: {}, decisions: [{}]}}\n"
    added = row.format("watcher", "monitoring", "drift-check", "platform/shared", "monitoring")
    added += row.format("ghost", "endpoint", "public", "platform/private", "endpoint")
    changed = FILES["architecture/parts.yaml"].replace("connections:\n", added + "connections:\n")
    known = load_world(tmp_path, {"architecture/parts.yaml": changed})
    answers = {
        "code-level": frozenset({"own-code"}),
        "data-type": frozenset({"tabular"}),
        "watch": frozenset({"drift"}),
    }
    short = advise(known, Requirements(TODAY, answers | {"lives-until": date(2027, 5, 31)}))
    assert parts(short)["ghost"].open
    assert notes(short) == [("lifecycle", "platform/shared", "Platform: Shared ends on 1 Jun 2027.")]
    long = advise(known, Requirements(TODAY, answers | {"lives-until": date(2027, 6, 1)}))
    assert "watcher" in parts(short)
    assert "watcher" not in parts(long)  # the lifecycle test of the options holds for it too
    left_out = (
        "Platform: Shared ends on 1 Jun 2027: only for a system that stops before. It is left out of the architecture."
    )
    assert notes(long) == [("lifecycle", "platform/shared", left_out)]
    unknown = advise(known, Requirements(TODAY, answers))
    assert "watcher" not in parts(unknown)  # deprecated, and nobody says how long the system lives


def test_what_an_open_choice_uses_is_not_noted():
    criteria = [criterion("a", answers="b c"), criterion("stability", answers="ga-only preview-accepted")]
    options = [{"id": "x", "uses": ["young"]}, {"id": "y", "uses": ["young"]}]
    rules = [rule("p-y", {"a": ["b"]}, favours={"y": "slight"})]
    known = knowledge(criteria, [point("p", options, rules)], [service("young", [("preview", "unknown")])])
    assert notes(advise(known, Requirements(TODAY))) == []
    assert len(notes(advise(known, Requirements(TODAY, {"a": frozenset("b")})))) == 1


def test_a_technique_is_noted_by_its_name(tmp_path):
    changed = FILES["techniques/shap.yaml"].replace("stage: ga", "stage: preview").replace("pt: SHAP", "pt: SHAP (pt)")
    known = load_world(tmp_path, {"techniques/shap.yaml": changed})
    answers = {"code-level": frozenset({"own-code"}), "watch": frozenset({"reasons"})}
    texts = {note.id: note.text for note in advise(known, Requirements(TODAY, answers)).notes}
    assert texts["shap"].en == "SHAP is in preview."
    assert texts["shap"].pt == "SHAP (pt) está em prévia."


def test_a_preview_is_noted(ask):
    advice = ask(OWN | BEHIND)
    assert notes(advice) == [("lifecycle", "platform/private", "Platform: Private is in preview.")]


def test_what_only_something_unusual_would_change_is_said_to_be_settled_otherwise():
    usual = criterion("pricing", answers="on-demand flat", usual=["on-demand"])
    options = [{"id": "x"}, {"id": "y"}]
    favoured = rule("p-x", {"a": ["b"]}, favours={"x": "slight"})
    unusual = rule("p-y", {"pricing": ["flat"]}, favours={"y": "strong"})
    known = knowledge([criterion("a", answers="b c"), usual], [point("p", options, [favoured, unusual])])
    given = Requirements(TODAY, {"a": frozenset("b")})
    decision = advise(known, given).decisions["p"]
    assert (decision.chosen, decision.status, decision.settled_if_usual) == (("x",), "provisional", True)
    bare = knowledge(
        [criterion("a", answers="b c"), criterion("pricing", answers="on-demand flat")], [known.decisions["p"]]
    )
    assert not advise(bare, given).decisions["p"].settled_if_usual
    stated = Requirements(TODAY, {"a": frozenset("b"), "pricing": frozenset(["on-demand"])})
    assert advise(known, stated).decisions["p"].status == "settled"
    chosen = advise(known, Requirements(TODAY, {"pricing": frozenset(["flat"])})).decisions["p"].chosen
    assert chosen == ("y",)


# --- the architecture of it -----------------------------------------------------------------------------------------


def parts(advice):
    return {one.id: one for one in advice.architecture.components}


def test_components_follow_the_choices_and_connections_need_both_ends(ask):
    architecture = ask(OWN | BEHIND | {"stability": "preview-accepted"}).architecture
    assert [one.id for one in architecture.components] == ["caller", "endpoint"]
    endpoint = architecture.component("endpoint")
    assert (endpoint.service, endpoint.title.en, endpoint.detail.pt) == ("platform", "Platf.", "Privado")
    assert not endpoint.open
    assert [(one.source, one.target, one.kind) for one in architecture.connections] == [("caller", "endpoint", "serve")]
    assert [lane.id for lane in architecture.lanes] == ["serve"]


@pytest.mark.parametrize(
    ("task", "kinds"), [({"task": "classification"}, ["lookup"]), ({"task": "forecasting"}, []), ({}, [])]
)
def test_a_connection_needs_its_condition(ask, task, kinds):
    architecture = ask(SQL | BEHIND | task).architecture
    assert [one.kind for one in architecture.connections] == kinds


WATCHER = """\
  - {id: watcher, lane: serve, when: [{decision.monitoring: [drift-check]}], service: platform, decisions: [monitoring]}
connections:
"""


def test_what_hangs_on_an_open_choice_is_a_ghost_and_ghosts_alone_are_not_drawn(ask, tmp_path):
    assert parts(ask(OWN)) == {}  # the endpoint is open, and nothing else is there
    changed = FILES["architecture/parts.yaml"].replace("connections:\n", WATCHER)
    known = load_world(tmp_path, {"architecture/parts.yaml": changed})
    answers = {
        "code-level": frozenset({"own-code"}),
        "data-type": frozenset({"tabular"}),
        "watch": frozenset({"drift"}),
    }
    drawn = parts(advise(known, Requirements(TODAY, answers)))
    assert {name: one.open for name, one in drawn.items()} == {"watcher": False, "endpoint": True}
    assert (drawn["endpoint"].detail.en, drawn["endpoint"].service) == ("Public", "platform")


def test_the_users_own_systems_alone_are_not_drawn(ask):
    assert parts(ask(BEHIND)) == {}


BOXES = """\
lanes: [{id: serve, title: {en: Serve, pt: Servir}}]
components:
  - {id: plain, lane: serve, when: [{decision.approach: [own-training]}], service: shap, decisions: [approach]}
  - {id: far, lane: serve, when: [{decision.endpoint: [public]}], service: platform, decisions: [approach, endpoint]}
  - {id: mute, lane: serve, when: [{decision.approach: [own-training]}], title: {en: Mute, pt: Mudo}}
  - id: own
    lane: serve
    when: [{decision.approach: [in-sql]}, {decision.approach: [own-training]}]
    title: {en: Own words, pt: Palavras próprias}
    role: {en: Waits, pt: Espera}
    role_of: approach
    service: platform
    category: queue
connections:
  - {from: far, to: own, kind: serve, label: {en: calls, pt: chama}}
  - {from: plain, to: own, kind: log, label: {en: logs, pt: registra}}
"""


def test_a_box_has_its_own_words_and_sign_else_those_of_its_service(tmp_path):
    changes = {"architecture/parts.yaml": BOXES, "exam/scenarios/private-images.yaml": None}
    known = load_world(tmp_path, changes)
    drawn = advise(
        known, Requirements(TODAY, {"code-level": frozenset({"own-code"}), "data-type": frozenset({"tabular"})})
    )
    boxes = parts(drawn)
    assert list(boxes) == ["plain", "mute", "own"]  # far hangs on an open choice that it does not stand for
    own, plain, mute = boxes["own"], boxes["plain"], boxes["mute"]
    assert (own.title.pt, own.detail.pt, own.category, own.service) == (
        "Palavras próprias",
        "Espera",
        "queue",
        "platform",
    )
    assert (plain.title.en, plain.detail, plain.category, plain.service) == ("SHAP", None, "code", "shap")
    assert (mute.title.en, mute.category, mute.service) == ("Mute", "service", None)
    assert [(one.source, one.target) for one in drawn.architecture.connections] == [("plain", "own")]


def test_names_follow_the_lens_and_the_day(ask):
    answers = OWN | BEHIND
    assert parts(ask(answers, lens="exam"))["endpoint"].title.en == "The Guide's Platform"
    assert parts(ask(answers, as_of=date(2025, 12, 31)))["endpoint"].title.en == "Old Platform"


# --- the same in, the same out --------------------------------------------------------------------------------------


def test_the_order_of_the_answers_is_no_matter(ask):
    answers = OWN | BEHIND | {"payload": "1 MB", "watch": ["drift"]}
    one, other = ask(answers), ask(dict(reversed(answers.items())))
    assert one.decisions == other.decisions
    assert one.architecture == other.architecture


def test_every_option_of_every_applicable_point_has_a_verdict(ask, small):
    for answers in (SQL, OWN, IMAGES):
        for name, decision in ask(answers).decisions.items():
            if decision.status != "not-applicable":
                assert tuple(decision.verdicts) == small.options[name]


def test_an_unverified_rule_disfavours_and_says_so(tmp_path):
    changed = FILES["decisions/approach.yaml"].replace(
        "    rules_out: [in-sql]\n", "    rules_out: [in-sql]\n    unverified: true\n"
    )
    known = load_world(tmp_path, {"decisions/approach.yaml": changed})
    requirements = Requirements(TODAY, {"data-type": frozenset({"images"}), "code-level": frozenset({"sql"})})
    decision = advise(known, requirements).decisions["approach"]
    assert decision.verdicts["in-sql"].strong == 0  # one against, one for
    assert decision.verdicts["in-sql"].state == "chosen"
    cause = Cause("rule", "approach-images-rule-out-sql")
    assert decision.forces[cause].confidence == "unverified"
