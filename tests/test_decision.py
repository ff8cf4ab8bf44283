"""One decision point decided: hard rules, then tiers, each compared only on a tie before it; one and many."""

import pytest

from engine.decision import find_causes, find_decisive, rule_on, why_not
from engine.forces import Cause, view
from engine.models import Quality
from tests.small_world import TODAY, criterion, knowledge, point, rule, service

EVIDENCE = [{"url": "https://example.com/x", "read": "page", "read_on": TODAY, "copy_date": "unknown"}]
CRITERIA = [criterion("x", "many", "a b c d"), criterion("y", "many", "a b")]
EFFORT, COST = Quality.LEAST_EFFORT, Quality.LOWEST_COST


class Case:
    """A point with its rules, ruled on under answers and priorities."""

    def __init__(self, rules, answers="a", options="one two three", priorities=(), values=None, **fields):
        known = knowledge(CRITERIA, [point("p", options, rules, **fields)], [service("s", [("ga", "unknown")])])
        self.view = view(known, "production", TODAY).points["p"]
        self.priorities = priorities
        given = {"x": frozenset(answers.split())} if values is None else values
        self.ruling = rule_on(self.view, given, priorities)

    @property
    def result(self):
        return self.ruling.outcome, self.ruling.chosen, self.ruling.tier

    @property
    def causes(self):
        return [cause.id for cause in find_causes(self.ruling, self.view, self.priorities)]

    @property
    def decisive(self):
        return [cause.id for cause in find_decisive(self.view, self.ruling, self.priorities)]

    def lost(self, option):
        tier, causes = why_not(self.ruling, option, self.priorities)
        return tier, [cause.id for cause in causes]


WHEN_A, WHEN_B = {"x": ["a"]}, {"x": ["b"]}


# --- hard rules -----------------------------------------------------------------------------------------------------


def test_a_rule_that_rules_out_removes_its_options():
    case = Case([rule("r", WHEN_A, rules_out=["one", "two"], evidence=EVIDENCE)])
    assert case.result == ("chosen", ("three",), "elimination")
    assert case.lost("one") == ("elimination", ["r"])
    assert case.causes == case.decisive == ["r"]


def test_a_rule_that_requires_removes_all_others():
    case = Case([rule("r", WHEN_A, requires=["two"], evidence=EVIDENCE)])
    assert case.result == ("chosen", ("two",), "elimination")
    assert case.lost("one") == case.lost("three") == ("elimination", ["r"])


def test_two_requirements_leave_what_both_allow():
    rules = [rule("r", WHEN_A, requires=["one", "two"]), rule("q", WHEN_A, requires=["two", "three"])]
    assert Case(rules).result == ("chosen", ("two",), "elimination")


def test_nothing_left_is_a_conflict():
    case = Case([rule("r", WHEN_A, requires=["one"]), rule("q", WHEN_A, rules_out=["one"])])
    assert case.result == ("conflict", (), None)
    assert case.decisive == ["r", "q"]
    assert case.lost("one") == ("elimination", ["q"])
    assert case.lost("two") == ("elimination", ["r"])


@pytest.mark.parametrize("effect", [{"rules_out": ["one"]}, {"requires": ["two", "three"]}])
def test_an_unverified_hard_rule_never_removes_but_disfavours_strongly_and_says_so(effect):
    case = Case([rule("r", WHEN_A, unverified=True, evidence=EVIDENCE, **effect)])
    assert case.ruling.chosen == ("two",)
    assert case.ruling.scores["one"].stands
    assert (case.ruling.scores["one"].strong, case.ruling.scores["one"].slight) == (-1, 0)
    assert case.lost("one") == ("strong", ["r"])
    assert {force.confidence for force in case.view.forces} == {"unverified"}


def test_an_unverified_requirement_of_picks_many_favours_strongly():
    case = Case([rule("r", WHEN_A, requires=["two"], unverified=True)], picks="many")
    assert [(score.strong, score.slight) for score in case.ruling.scores.values()] == [(0, 0), (1, 0), (0, 0)]
    assert case.ruling.scores["two"].required_by == ()


def test_an_unverified_preference_weighs_as_any_other():
    assert Case([rule("r", WHEN_A, favours={"two": "slight"}, unverified=True)]).result == (
        "chosen",
        ("two",),
        "slight",
    )


def test_an_unverified_rule_loses_against_a_strong_favour():
    rules = [rule("r", WHEN_A, rules_out=["one"], unverified=True)]
    rules += [rule("f", WHEN_A, favours={"one": "strong"}), rule("g", WHEN_A, favours={"one": "strong"})]
    assert Case(rules).result == ("chosen", ("one",), "strong")


@pytest.mark.parametrize("values", [{}, {"x": frozenset("b")}, {"x": frozenset()}, {"x": None}])
def test_a_rule_that_waits_or_fails_does_nothing(values):
    rules = [rule("r", WHEN_A, rules_out=["one"]), rule("f", WHEN_A, favours={"two": "strong"})]
    assert Case(rules, values=values).result == ("chosen", ("one",), "order")


def test_all_conditions_of_a_rule_must_hold():
    rules = [rule("r", {"x": ["a"], "y": ["b"]}, rules_out=["one"])]
    for y, chosen in [({"b"}, "two"), ({"a"}, "one"), (None, "one")]:
        values = {"x": frozenset("a"), "y": None if y is None else frozenset(y)}
        assert Case(rules, values=values).ruling.chosen == (chosen,)
    waiting = Case(rules, values={"x": frozenset("a")})
    assert [(step.truth.value, step.waits_for) for step in waiting.ruling.steps] == [("unknown", ("y",))]


# --- tiers ----------------------------------------------------------------------------------------------------------


def graded(one, two, quality="least-effort"):
    return [{"id": "one", "qualities": {quality: one}}, {"id": "two", "qualities": {quality: two}}]


FAVOUR_ONE = rule("g", WHEN_A, favours={"one": "strong"})
FAVOUR_TWO = rule("f", WHEN_A, favours={"two": "strong"})
AGAINST_ONE = rule("d", WHEN_A, disfavours={"one": "strong"})
SLIGHTLY_TWO = rule("s", WHEN_A, favours={"two": "slight"})
SLIGHTLY_AGAINST_ONE = rule("t", WHEN_A, disfavours={"one": "slight"})
TIERS = [
    # rules, options, priorities -> chosen, tier, why it stands
    ([], graded(3, 3), (), "one", "order", ["p"]),
    ([FAVOUR_TWO], graded(5, 1), (EFFORT,), "two", "strong", ["f"]),
    ([AGAINST_ONE], graded(5, 1), (EFFORT,), "two", "strong", ["d"]),
    ([FAVOUR_TWO, FAVOUR_ONE], graded(3, 4), (EFFORT,), "two", "priorities", None),
    ([FAVOUR_TWO, rule("g", WHEN_A, disfavours={"two": "strong"})], graded(4, 4), (EFFORT,), "one", "order", None),
    ([SLIGHTLY_TWO], graded(4, 3), (EFFORT,), "one", "priorities", ["least-effort"]),
    ([SLIGHTLY_TWO], graded(4, 3), (), "two", "slight", ["s"]),
    ([SLIGHTLY_TWO], graded(4, 3), (COST,), "two", "slight", ["s"]),
    ([SLIGHTLY_TWO], graded(4, 4), (EFFORT,), "two", "slight", ["s"]),
    ([SLIGHTLY_AGAINST_ONE], graded(4, 4), (EFFORT,), "two", "slight", ["t"]),
    ([SLIGHTLY_TWO, SLIGHTLY_TWO | {"id": "u"}, FAVOUR_ONE], graded(3, 3), (), "one", "strong", ["g"]),
    ([SLIGHTLY_TWO, rule("v", WHEN_A, favours={"one": "slight"})], graded(3, 3), (), "one", "order", None),
    ([], graded(3, 4), (COST, EFFORT), "two", "priorities", ["least-effort"]),
    ([], graded(2, 3), (EFFORT,), "two", "priorities", ["least-effort"]),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "options", "priorities", "chosen", "tier", "causes"), TIERS)
def test_tier_by_tier(rules, options, priorities, chosen, tier, causes):
    case = Case(rules, options=options, priorities=priorities)
    assert case.result == ("chosen", (chosen,), tier)
    other = "one" if chosen == "two" else "two"
    assert case.lost(other)[0] == tier
    if causes:
        assert case.causes == causes


def test_priorities_speak_in_their_order():
    options = [
        {"id": "one", "qualities": {"least-effort": 5, "lowest-cost": 1}},
        {"id": "two", "qualities": {"least-effort": 1, "lowest-cost": 5}},
    ]
    first = Case([], options=options, priorities=(EFFORT, COST))
    second = Case([], options=options, priorities=(COST, EFFORT))
    assert (first.ruling.chosen, first.causes) == (("one",), ["least-effort"])
    assert (second.ruling.chosen, second.causes) == (("two",), ["lowest-cost"])
    assert first.lost("two") == ("priorities", ["least-effort"])
    assert first.decisive == ["least-effort"]


def test_each_loser_names_the_priority_that_beat_it():
    options = [
        {"id": "one", "qualities": {"lowest-cost": 4, "least-effort": 5}},
        {"id": "two", "qualities": {"lowest-cost": 4, "least-effort": 2}},
        {"id": "three", "qualities": {"lowest-cost": 1, "least-effort": 5}},
    ]
    case = Case([], options=options, priorities=(COST, EFFORT))
    assert case.lost("two") == ("priorities", ["least-effort"])
    assert case.lost("three") == ("priorities", ["lowest-cost"])
    assert case.causes == ["least-effort"]  # against the next best


def test_a_grade_is_the_options_own_else_its_services_else_neutral():
    options: list[dict] = [
        {"id": "own", "uses": ["graded"], "qualities": {"control": 1}},
        {"id": "inherited", "uses": ["plain", "graded"]},
        {"id": "neutral", "uses": ["plain"]},
    ]
    known = knowledge(
        decisions=[point("p", options)],
        services=[
            service("graded", [("ga", "unknown")], qualities={"control": 5}),
            service("plain", [("ga", "unknown")]),
        ],
    )
    grades = view(known, "production", TODAY).points["p"].grades
    assert [grades[one][Quality.CONTROL] for one in ("own", "inherited", "neutral")] == [1, 5, 3]


@pytest.mark.parametrize("answers", ["a", "b", "a b", "c"])
def test_the_loser_names_what_beat_it(answers):
    rules = [FAVOUR_TWO, rule("g", WHEN_B, disfavours={"one": "strong"}), rule("h", WHEN_B, favours={"two": "slight"})]
    expected = {
        "a": ("strong", ["f"]),
        "b": ("strong", ["g", "h"]),
        "a b": ("strong", ["g", "f", "h"]),
        "c": None,
    }[answers]
    case = Case(rules, answers, options="one two")
    if expected:
        assert case.lost("one") == expected
        assert case.lost("two") == (None, [])
    else:
        assert case.lost("two") == ("order", ["two"])


def test_decisive_is_only_what_the_choice_would_differ_without():
    rules = [FAVOUR_TWO, rule("g", WHEN_A, rules_out=["three"])]
    assert Case(rules).decisive == ["f"]
    twice = Case([FAVOUR_TWO, FAVOUR_TWO | {"id": "g"}])  # either alone would do: no single one is needed
    assert twice.decisive == ["f", "g"]


def test_a_rule_and_a_priority_are_decisive_together():
    options = [
        {"id": "one", "qualities": {"least-effort": 2, "lowest-cost": 3}},
        {"id": "two", "qualities": {"least-effort": 3, "lowest-cost": 3}},
        {"id": "three", "qualities": {"least-effort": 5, "lowest-cost": 3}},
    ]
    case = Case([rule("r", WHEN_A, rules_out=["three"])], options=options, priorities=(COST, EFFORT))
    assert case.result == ("chosen", ("two",), "priorities")
    assert case.decisive == ["r", "least-effort"]  # cost is the same everywhere


def test_what_speaks_for_and_against_an_option_is_kept_apart():
    both = rule("b", WHEN_A, favours={"one": "strong", "two": "strong"})
    rules = [both, FAVOUR_TWO, rule("d", WHEN_A, disfavours={"two": "slight"})]
    case = Case(rules, options="one two")
    assert case.causes == ["b", "f"]
    assert case.lost("one") == ("strong", ["f"])  # what favours both is no reason against one of them
    assert [cause.id for cause in case.ruling.scores["two"].disfavoured_by] == ["d"]


def test_a_misfit_of_the_rival_is_a_cause_beside_a_taste_for_the_winner():
    rules = [rule("liked", WHEN_A, favours={"one": "slight"}), rule("misfit", WHEN_A, disfavours={"two": "strong"})]
    case = Case(rules, options="one two")
    assert case.result == ("chosen", ("one",), "strong")
    assert case.causes == case.decisive == ["liked", "misfit"]
    worse = [*rules, rule("own", WHEN_A, disfavours={"one": "slight"}), rule("gone", WHEN_A, rules_out=["three"])]
    worse += [rule("idle", WHEN_A, disfavours={"three": "strong"})]
    assert Case(worse).causes == ["liked", "misfit"]  # neither what speaks against it nor against what is out anyway


def test_the_only_option_stands_by_elimination():
    assert Case([], options="one").result == ("chosen", ("one",), "elimination")
    assert Case([AGAINST_ONE], options="one").causes == []  # what speaks against it is no cause of it


# --- applies, upstream ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "values", "outcome"),
    [
        (["a"], {"decision.up": frozenset("a")}, "chosen"),
        (["a"], {"decision.up": frozenset("b")}, "not-applicable"),
        (["a"], {"decision.up": None}, "not-applicable"),  # upstream not applicable: any of fails
        ({"all_of": ["a"]}, {"decision.up": None}, "not-applicable"),
        ({"none_of": ["a"]}, {"decision.up": None}, "chosen"),  # none of holds
        ({"none_of": ["a"]}, {"decision.up": frozenset("a")}, "not-applicable"),
        (["a"], {}, "waiting"),  # upstream open or in conflict: unknown
        ({"none_of": ["a"]}, {}, "waiting"),
    ],
)
def test_a_point_applies_by_what_is_upstream(condition, values, outcome):
    case = Case([], values=values, applies_when={"decision.up": condition})
    assert case.ruling.outcome == outcome
    assert case.ruling.chosen == (("one",) if outcome == "chosen" else ())
    assert case.ruling.waits_for == (("decision.up",) if outcome == "waiting" else ())
    assert case.causes == [] or outcome == "chosen"
    assert case.decisive == [] or outcome == "chosen"


# --- picks many -----------------------------------------------------------------------------------------------------

MANY = [
    # rules -> chosen
    ([], ()),
    ([rule("f", WHEN_A, favours={"two": "slight"})], ("two",)),
    ([rule("f", WHEN_A, favours={"three": "strong", "one": "slight"})], ("one", "three")),
    ([rule("f", WHEN_A, favours={"two": "slight"}), rule("d", WHEN_A, disfavours={"two": "slight"})], ()),
    ([rule("f", WHEN_A, favours={"two": "strong"}), rule("d", WHEN_A, disfavours={"two": "slight"})], ("two",)),
    ([rule("f", WHEN_A, favours={"two": "slight"}), rule("d", WHEN_A, disfavours={"two": "strong"})], ()),
    ([rule("f", WHEN_A, favours={"two": "strong"}), rule("d", WHEN_A, rules_out=["two"])], ()),
    ([rule("r", WHEN_A, requires=["two"])], ("two",)),
    ([rule("r", WHEN_A, requires=["two"]), rule("d", WHEN_A, disfavours={"two": "strong"})], ("two",)),
    ([rule("r", WHEN_A, requires=["one"]), rule("q", WHEN_A, requires=["three"])], ("one", "three")),
    ([rule("r", WHEN_B, requires=["one"]), rule("f", WHEN_A, disfavours={"one": "slight"})], ()),
    ([rule("r", WHEN_A, requires=["two"], unverified=True)], ("two",)),
    ([rule("r", WHEN_A, requires=["two"], unverified=True), rule("o", WHEN_A, rules_out=["two"])], ()),
    ([rule("f", WHEN_A, favours={"two": "slight"}), rule("o", WHEN_A, rules_out=["two"], unverified=True)], ()),
]


@pytest.mark.parametrize(("rules", "chosen"), MANY)
def test_picks_many(rules, chosen):
    case = Case(rules, picks="many")
    assert (case.ruling.outcome, case.ruling.chosen) == ("chosen", chosen)


def test_the_tier_of_picks_many_is_the_strongest_that_speaks():
    strong = rule("f", WHEN_A, favours={"two": "strong"})
    slight = rule("g", WHEN_A, favours={"one": "slight"})
    assert Case([strong, slight], picks="many").ruling.tier == "strong"
    assert Case([slight], picks="many").ruling.tier == "slight"
    assert Case([rule("r", WHEN_A, requires=["one"])], picks="many").ruling.tier == "strong"
    assert Case([], picks="many").ruling.tier is None


def test_required_and_ruled_out_is_a_conflict():
    case = Case([rule("r", WHEN_A, requires=["two"]), rule("o", WHEN_A, rules_out=["two"])], picks="many")
    assert case.result == ("conflict", (), None)
    assert case.decisive == ["r", "o"]
    assert case.lost("two") == ("elimination", ["o"])
    assert case.lost("one") == (None, [])


def test_an_option_of_picks_many_is_lost_by_the_tier_that_speaks_against_it():
    rules = [rule("f", WHEN_A, favours={"one": "slight"}), rule("d", WHEN_A, disfavours={"one": "strong"})]
    case = Case([*rules, rule("s", WHEN_A, disfavours={"two": "slight"})], picks="many")
    assert case.causes == []
    assert case.lost("one") == ("strong", ["d"])
    assert case.lost("two") == ("slight", ["s"])


def test_priorities_never_put_an_option_in():
    options = [{"id": "one", "qualities": {"least-effort": 5}}, {"id": "two"}]
    assert Case([], options=options, priorities=(EFFORT,), picks="many").ruling.chosen == ()


@pytest.mark.parametrize("count", [1, 2])
def test_an_option_of_picks_many_is_out_for_its_own_reasons_only(count):
    rules = [rule("f", WHEN_A, favours={"two": "strong"}), rule("d", WHEN_A, disfavours={"one": "slight"})]
    rules += [rule("g", WHEN_A, favours={"four": "strong"})] * (count - 1)
    case = Case(rules, options="one two three four", picks="many")
    assert len(case.ruling.chosen) == count
    assert case.lost("one") == ("slight", ["d"])
    assert case.lost("three") == (None, [])  # nothing speaks for it; what speaks for another is no reason
    assert case.lost("two") == (None, [])


def test_why_options_of_picks_many_are_in():
    rules = [rule("r", WHEN_A, requires=["one"]), rule("f", WHEN_A, favours={"two": "slight"})]
    rules += [rule("g", WHEN_A, favours={"two": "strong"}), rule("n", WHEN_B, favours={"three": "strong"})]
    case = Case(rules, picks="many")
    assert case.causes == ["r", "f", "g"]
    assert case.decisive == ["r"]  # two is in by either favour


# --- the two lenses -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lens", ["production", "exam"])
def test_a_rule_may_belong_to_one_lens(lens):
    rules = [rule("r", WHEN_A, rules_out=["one"], lens="exam")]
    known = knowledge(CRITERIA, [point("p", "one two", rules)])
    ruling = rule_on(view(known, lens, TODAY).points["p"], {"x": frozenset("a")}, ())
    assert ruling.chosen == (("two",) if lens == "exam" else ("one",))


def test_out_of_scope_options_are_never_chosen_and_say_so():
    known = knowledge(
        CRITERIA,
        [point("p", [{"id": "one", "uses": ["s"]}, {"id": "two"}], [rule("f", WHEN_A, favours={"one": "strong"})])],
        [service("s", [("ga", "unknown")])],
        edition={"excludes": ["s"]},
    )
    ruling = rule_on(view(known, "exam", TODAY).points["p"], {"x": frozenset("a")}, ())
    assert ruling.chosen == ("two",)
    assert why_not(ruling, "one", ()) == ("elimination", (Cause("scope", "one"),))
    assert rule_on(view(known, "production", TODAY).points["p"], {"x": frozenset("a")}, ()).chosen == ("one",)
