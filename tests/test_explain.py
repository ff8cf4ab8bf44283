"""Flips: every minimal set of changes with which another option wins, and no other; held against brute force."""

import random
from itertools import combinations, product

import pytest

from engine.advice import advise
from engine.explain import Change, find_conflicts, find_flips, find_relaxations
from engine.models import Choice
from engine.requirements import Requirements
from tests.small_world import TODAY, criterion, knowledge, point, rule

CRITERIA = [
    criterion("a", answers="b c"),
    criterion("m", kind="many", answers="n o"),
    criterion("k", answers="l q", asked_when={"a": ["c"]}),
]
FIRST = point(
    "first",
    "x y",
    [rule("first-y", {"a": ["c"]}, favours={"y": "strong"}), rule("first-x", {"a": ["b"]}, favours={"x": "strong"})],
)
RULES = [
    rule("p-s", {"decision.first": ["y"], "m": {"all_of": ["n", "o"]}}, favours={"s": "strong"}),
    rule("p-t", {"k": ["q"]}, favours={"t": "strong"}),
    rule("p-r", {"decision.first": ["x", "y"]}, favours={"r": "slight"}),
]
WORLD = knowledge(CRITERIA, [FIRST, point("p", "r s t", RULES)])
GIVEN = Requirements(TODAY, {"a": frozenset("b"), "m": frozenset("n")})


def in_words(flips):
    return [[(one.criterion, one.adds or one.removes or min(one.value)) for one in flip.changes] for flip in flips]


def test_a_flip_goes_through_upstream_decisions_and_answers_that_only_then_arise():
    found = find_flips(WORLD, GIVEN, "p", most=2)
    assert in_words(found.by_option["s"]) == [[("a", "c"), ("m", "o")]]
    assert in_words(found.by_option["t"]) == [[("a", "c"), ("k", "q")]]
    assert find_flips(WORLD, GIVEN, "p", most=1).by_option == {"s": (), "t": ()}


def test_an_unknown_answer_counts_and_is_said_to_be_news():
    known = Requirements(TODAY, {"a": frozenset("c"), "m": frozenset("n")})
    (flip,) = find_flips(WORLD, known, "p", most=1).by_option["t"]
    assert flip.changes == (Change("k", frozenset("q"), is_news=True),)
    (other,) = find_flips(WORLD, known, "p", most=1).by_option["s"]
    assert other.changes == (Change("m", frozenset("no"), is_news=False, adds="o"),)


def test_changes_that_leave_the_choice_are_told():
    found = find_flips(WORLD, GIVEN, "p", most=1)
    assert Change("a", frozenset("c"), is_news=False) in found.harmless
    assert Change("m", frozenset(), is_news=False, removes="n") in found.harmless


def test_a_pin_upstream_stays():
    pinned = Requirements(TODAY, GIVEN.answers, choices={"first": Choice(options=("y",))})
    assert in_words(find_flips(WORLD, pinned, "p", most=1).by_option["s"]) == [[("m", "o")]]


def _random_world(seed):
    chance = random.Random(seed)

    def when():
        subjects = chance.sample(["a", "m", "k", "decision.first"], chance.randint(1, 2))
        values = {"a": "bc", "m": "no", "k": "lq", "decision.first": "xy"}
        return {one: [chance.choice(values[one])] for one in subjects}

    def effect() -> dict[str, object]:
        option = chance.choice("rst")
        return chance.choice([{"favours": {option: chance.choice(["strong", "slight"])}}, {"rules_out": [option]}])

    rules = [rule(f"p-{number}", when(), **effect()) for number in range(5)]
    return knowledge(CRITERIA, [FIRST, point("p", "r s t", rules)])


SPACE = {
    "a": [None, frozenset("b"), frozenset("c")],
    "m": [None, *(frozenset(one) for size in range(3) for one in combinations("no", size))],
    "k": [None, frozenset("l"), frozenset("q")],
}


def _steps(before, after):
    """How many changes lead from one set of answers to another; none where an answer would be taken back."""
    steps = 0
    for name in SPACE:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if new is None:
            return None
        if name != "m":
            steps += 1
        else:
            steps += len((old or frozenset()) ^ new) or 1
    return steps


@pytest.mark.parametrize("seed", range(40))
def test_the_least_number_of_changes_is_that_of_brute_force(seed):
    known = _random_world(seed)
    chance = random.Random(seed)
    answers = {name: value for name, values in SPACE.items() if (value := chance.choice(values)) is not None}
    given = Requirements(TODAY, answers)
    found = find_flips(known, given, "p", most=2).by_option
    least: dict[str, int] = {}
    for values in product(*SPACE.values()):
        world = {name: value for name, value in zip(SPACE, values, strict=True) if value is not None}
        steps = _steps(answers, world)
        if steps in (1, 2):
            for option in advise(known, Requirements(TODAY, world)).decisions["p"].would_choose:
                least[option] = min(steps, least.get(option, 9))
    for option, flips in found.items():
        assert min((len(flip.changes) for flip in flips), default=None) == least.get(option), (option, flips)
        sets = [frozenset(flip.changes) for flip in flips]
        assert not any(one < other for one in sets for other in sets)  # no fewer of its changes would do


# --- conflicts ------------------------------------------------------------------------------------------------------

OUT = [
    rule("q-no-r", {"a": ["b"]}, rules_out=["r"]),
    rule("q-no-s", {"m": ["n"]}, rules_out=["s"]),
    rule("q-no-s-either", {"decision.first": ["y"]}, rules_out=["s"]),
    rule("q-no-r-at-all", {"k": ["l"]}, rules_out=["r"]),
]
CLASH = knowledge([*CRITERIA, criterion("z", answers="v w")], [FIRST, point("q", "r s", OUT)])


def test_the_answers_that_cannot_hold_together_are_found_without_those_that_have_no_part_in_it():
    given = Requirements(TODAY, {"a": frozenset("b"), "m": frozenset("no"), "z": frozenset("v")})
    assert find_conflicts(CLASH, given, "q") == (frozenset({"a", "m"}),)


def test_every_minimal_set_is_found_through_upstream_decisions():
    given = Requirements(TODAY, {"a": frozenset("c"), "m": frozenset("n"), "k": frozenset("l")})
    # that k was answered says that it arises, and so what a is
    assert set(find_conflicts(CLASH, given, "q")) == {frozenset({"a", "k"}), frozenset({"m", "k"})}
    wider = knowledge(
        CRITERIA[:2],
        [FIRST, point("q", "r s", [*OUT[1:3], rule("q-no-r", {"m": {"none_of": ["o"]}}, rules_out=["r"])])],
    )
    both = Requirements(TODAY, {"a": frozenset("c"), "m": frozenset("n")})
    assert find_conflicts(wider, both, "q") == (frozenset({"m"}),)


def test_no_conflict_has_no_sets():
    assert find_conflicts(CLASH, Requirements(TODAY, {"a": frozenset("b")}), "q") == ()


def test_a_relaxation_is_a_flip_of_given_answers_and_wishes_come_first():
    wish = criterion("m", kind="many", answers="n o", nature="wish")
    world = knowledge([CRITERIA[0], wish], [FIRST, point("q", "r s", OUT[:2])])
    given = Requirements(TODAY, {"a": frozenset("b"), "m": frozenset("n")})
    found = find_relaxations(world, given, "q")
    assert in_words(found)[0] == [("m", "n")]
    assert {flip.option for flip in found} == {"r", "s"}
