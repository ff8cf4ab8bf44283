"""A decision point is whole, or the check names what is not: gaps, losers, dead and wasted rules, ties of the order."""

import random

import pytest

from engine.bitset import BitPoint
from engine.conditions import Truth
from engine.decision import Step, choose
from engine.forces import view
from engine.gaps import find_gap
from engine.models import Impossible
from engine.proof import find_unsound, shares_of_order
from engine.worlds import RANKINGS, Table
from tests.real import KNOWLEDGE
from tests.small_world import TODAY, criterion, knowledge, point, rule, said

CRITERIA = [criterion("a", answers="b c"), criterion("d", answers="e f")]


def faults(decisions, criteria=CRITERIA, impossible=()):
    known = knowledge(criteria, decisions, impossible=impossible)
    return [fault.message for fault in find_unsound(known, TODAY, shares_of_order(known, TODAY))]


WHOLE = [rule("p-x", {"a": ["b"]}, favours={"x": "strong"}), rule("p-y", {"a": ["c"]}, favours={"y": "strong"})]


def test_a_whole_point_has_no_fault():
    assert faults([point("p", "x y", WHOLE)]) == []


def test_a_gap_is_named_with_a_world_and_may_be_declared_or_impossible():
    out = [rule("p-no-x", {"a": ["b"]}, rules_out=["x"]), rule("p-no-y", {"d": ["e"]}, rules_out=["y"])]
    gap = "nothing is left in the production lens when a: [b], d: [e]"
    assert gap in faults([point("p", "x y", [*WHOLE, *out])])
    declared = {"id": "none-left", "when": {"a": ["b"], "d": ["e"]}, "because": said("none")}
    assert gap not in faults([point("p", "x y", [*WHOLE, *out], conflicts=[declared])])
    never = [Impossible.model_validate(declared)]
    assert not [
        one for one in faults([point("p", "x y", [*WHOLE, *out])], impossible=never) if "nothing is left" in one
    ]


def test_a_gap_that_only_an_upstream_choice_opens_is_found_through_it():
    first = point("first", "x y", [rule("first-y", {"a": ["c"]}, favours={"y": "strong"})])
    out = [
        rule("p-no-q", {"decision.first": ["y"]}, rules_out=["q"]),
        rule("p-no-r", {"d": ["e"]}, rules_out=["r"]),
    ]
    now = view(knowledge(CRITERIA, [first, point("p", "q r", out)]), "production", TODAY)
    assert find_gap(now, "first") is None
    found = find_gap(now, "p")
    assert found is not None
    assert found.world == {"a": frozenset("c"), "d": frozenset("e")}


def test_a_gap_that_no_upstream_choice_can_open_is_none():
    """Each option of the upstream point takes one option away; never both at once."""
    first = point("first", "x y", [rule("first-y", {"a": ["c"]}, favours={"y": "strong"})])
    out = [
        rule("p-no-q", {"decision.first": ["y"]}, rules_out=["q"]),
        rule("p-no-r", {"decision.first": ["x"]}, rules_out=["r"]),
    ]
    assert find_gap(view(knowledge(CRITERIA, [first, point("p", "q r", out)]), "production", TODAY), "p") is None


def test_an_option_that_never_wins_is_named():
    never = rule("p-never-z", {"a": ["b", "c"]}, disfavours={"z": "strong"})
    favoured = rule("p-x-or-y", {"d": ["e", "f"]}, favours={"x": "slight", "y": "slight"})
    found = faults(
        [point("p", [{"id": "x"}, {"id": "y", "qualities": {"control": 5}}, {"id": "z"}], [*WHOLE, never, favoured])]
    )
    assert "no answers and no single priority let z win, in either lens" in found


def test_a_rule_in_the_shadow_of_others_is_named():
    shadow = [rule("p-b-x", {"a": ["b"]}, rules_out=["y"]), rule("p-c-x", {"a": ["c"]}, rules_out=["y"])]
    dead = rule("p-d-x", {"a": ["b", "c"], "d": ["e"]}, rules_out=["y"])
    found = faults([point("p", "x y", [*shadow, dead])])
    assert "the rule p-d-x changes no outcome: others decide wherever it holds" in found


def test_a_rule_that_favours_what_is_ruled_out_is_named():
    out = rule("p-no-y", {"a": ["b"]}, rules_out=["y"])
    wasted = rule("p-b", {"a": ["b"], "d": ["e"]}, favours={"y": "strong", "z": "strong"})
    found = faults([point("p", "x y z", [WHOLE[1], out, wasted])])
    assert "the rule p-b favours y, which is ruled out wherever it holds" in found


def test_ties_that_the_order_decides_are_counted_and_need_a_word():
    rules = [rule("p-y", {"a": ["c"], "d": ["e"]}, favours={"y": "strong"})]
    options: list[dict[str, object]] = [{"id": "x"}, {"id": "y", "qualities": {"control": 5}}]
    tied = point("p", options, rules)
    assert shares_of_order(knowledge(CRITERIA, [tied]), TODAY)["p"] == pytest.approx(0.75, abs=0.05)
    assert [one for one in faults([tied]) if one.endswith("only the order of the file decides")]
    assert faults([point("p", options, rules, order_suffices=said("x is the plain one"))]) == []


@pytest.mark.parametrize("name", sorted(KNOWLEDGE.decisions))
@pytest.mark.parametrize("lens", ["production", "exam"])
def test_bits_decide_as_the_reference_does(lens, name):
    point_view = view(KNOWLEDGE, lens, TODAY).points[name]
    bits = BitPoint(point_view)
    chance = random.Random(name)
    for _ in range(60):
        holding = chance.getrandbits(max(1, len(point_view.forces))) & chance.getrandbits(
            max(1, len(point_view.forces))
        )
        steps = tuple(
            Step(force, Truth.HOLDS if holding >> place & 1 else Truth.FAILS, ())
            for place, force in enumerate(point_view.forces)
        )
        for ranking in RANKINGS:
            ruling = choose(point_view, steps, ranking)
            expected = None if ruling.outcome == "conflict" else ruling.chosen
            assert bits.outcome(holding, ranking) == expected
        assert bits.order_decides(holding) == (choose(point_view, steps, ()).tier == "order")


def test_worlds_are_allowed_and_hold_what_is_asked():
    now = view(KNOWLEDGE, "production", TODAY)
    table = Table(now, now.points["serving-platform"])
    force = table.point.forces[0]
    worlds = list(table.worlds([force.when], 30, "seed"))
    assert worlds
    assert all(table.is_allowed(world) and table.holding(world) & 1 for world in worlds)
