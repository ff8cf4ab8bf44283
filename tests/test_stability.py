"""Settled or not, held against the slowest proof there is: every completion of small random worlds, one by one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from random import Random

import pytest

from engine.advice import advise
from engine.conditions import Truth, judge_all
from engine.decision import rule_on
from engine.forces import View, view
from engine.graph import PREFIX
from engine.knowledge import Knowledge
from engine.models import Choice, Criterion, DecisionPoint, Impossible, Quality
from engine.quantity import read_quantity
from engine.requirements import Requirements, Value
from engine.stability import Question, prove
from tests.small_world import criterion, knowledge, point, rule, said, service

AS_OF = date(2027, 1, 10)
DAY = timedelta(days=1)
SOON, LATE = AS_OF + 10 * DAY, AS_OF + 20 * DAY
Values = dict[str, Value | None]
Result = frozenset[str] | str  # the chosen options, or how the point came out


# --- the slow proof -------------------------------------------------------------------------------------------------


@dataclass
class World:
    """A small knowledge with every value that its criteria can take, seen under priorities and pins."""

    known: Knowledge
    domains: Mapping[str, list[Value]]  # criteria stand after those that decide whether they are asked
    priorities: tuple[Quality, ...] = ()
    choices: Mapping[str, Choice] = field(default_factory=dict)
    decided: dict[tuple[Value | None, ...], dict[str, Result]] = field(default_factory=dict)

    @cached_property
    def view(self) -> View:
        return view(self.known, "production", AS_OF)

    def in_force(self, given: Mapping[str, Value]) -> Values:
        """What counts of the given answers: a question that does not arise has no value."""
        values: Values = {}
        for name, one in self.known.criteria.items():
            if judge_all(one.asked_when, values)[0] is Truth.FAILS:
                values[name] = None
            elif name in given:
                values[name] = given[name]
        return values

    def decide(self, given: Values) -> dict[str, Result]:
        """What each point decides by itself, in graph order; points downstream hear its pin, if it has one."""
        values, results = dict(given), {}
        for name, one in self.view.points.items():
            ruling = rule_on(one, values, self.priorities)
            results[name] = frozenset(ruling.chosen) if ruling.outcome == "chosen" else ruling.outcome
            if ruling.outcome == "not-applicable":
                values[PREFIX + name] = None
            elif name in self.choices:
                values[PREFIX + name] = frozenset(self.choices[name].options)
            elif ruling.outcome == "chosen":
                values[PREFIX + name] = frozenset(ruling.chosen)
        return results

    def completions(self, answers: Mapping[str, Value]) -> Iterator[dict[str, Result]]:
        """What the points decide in each allowed completion of the answers."""
        values = self.in_force(answers)
        stated = [name for name in answers if name not in values or values[name] is not None]
        free = {name: [answers[name]] if name in stated else values for name, values in self.domains.items()}
        for combination in product(*free.values()):
            world = self.in_force(dict(zip(free, combination, strict=True)))
            if any(world[name] is None for name in stated):
                continue
            if any(judge_all(row.when, world)[0] is Truth.HOLDS for row in self.known.impossible):
                continue
            key = tuple(world.values())
            if key not in self.decided:
                self.decided[key] = self.decide(world)
            yield self.decided[key]


def hold(world: World, answers: Mapping[str, Value], about: str, current: Result) -> str:
    """Hold the engine's proof against all completions; says how it came out."""
    proof = prove(Question(world.view, answers, world.priorities, world.choices), about, current)
    others = {results[about] for results in world.completions(answers)}
    if not others:
        return "contradictory"  # no world has these answers: reported as such, nothing to prove
    settled = others == {current}
    assert proof.proved
    assert proof.settled == settled
    if settled:
        return "settled"
    witness = dict(proof.witness or {})
    assert not witness.keys() & answers.keys(), "a witness adds answers"
    extended = world.completions(dict(answers) | witness)
    assert any(results[about] != current for results in extended), "a witness is part of an allowed world"
    return "refuted"


# --- small random worlds --------------------------------------------------------------------------------------------

LIMITS = ["2 MB", "4 MB"]
SERVICES = [
    service("fine", [("ga", "unknown")]),
    service("ending", [("ga", "unknown"), ("shutdown", SOON)]),
    service("deprecated", [("ga", "unknown"), ("deprecated", AS_OF), ("shutdown", LATE)]),
    service("no-end", [("deprecated", "unknown")]),
    service("preview", [("preview", "unknown")]),
    service("closed", [("closed-to-new", "unknown")]),
]
FORMS: dict[str, tuple[Criterion, list[Value]]] = {
    "task": (criterion("task", answers="x y z"), [frozenset(one) for one in "xyz"]),
    "data": (criterion("data", "many", "x y"), [frozenset(one) for one in ("", "x", "y", "xy")]),
    "first": (criterion("first", answers="x y"), [frozenset(one) for one in "xy"]),  # named as a decision is
    "payload": (criterion("payload", "quantity"), [read_quantity(f"{size} MB") for size in (1, 2, 3, 4, 5)]),
    "lives-until": (
        criterion("lives-until", "date"),
        [AS_OF, SOON - DAY, SOON, SOON + DAY, LATE - DAY, LATE, LATE + DAY],
    ),
    "stability": (
        criterion("stability", answers="ga-only preview-accepted"),
        [frozenset({"ga-only"}), frozenset({"preview-accepted"})],
    ),
    "existing-assets": (
        criterion("existing-assets", "many", [{"id": "x", "label": said("x"), "assets": ["closed"]}]),
        [frozenset(), frozenset("x")],
    ),
}


def some(chance: Random, words: str | list[str], least: int = 1) -> list[str]:
    return sorted(chance.sample(list(words), chance.randint(least, len(words))))


def random_condition(chance: Random, one: Criterion | DecisionPoint) -> dict[str, object]:
    if isinstance(one, Criterion) and one.kind == "quantity":
        return {chance.choice(["over", "up_to", "under", "at_least"]): chance.choice(LIMITS)}
    if isinstance(one, Criterion) and one.kind == "date":
        return {chance.choice(["before", "after"]): chance.choice([SOON, LATE])}
    words = [part.id for part in (one.answers if isinstance(one, Criterion) else one.options)]
    test = chance.choice(["any_of", "any_of", "none_of", "all_of"])
    return {test: some(chance, words)[:2]}


def random_when(chance: Random, heard: Mapping[str, Criterion | DecisionPoint], *counts: int) -> dict[str, object]:
    subjects = chance.sample(list(heard), min(len(heard), chance.choice(counts)))
    return {subject: random_condition(chance, heard[subject]) for subject in subjects}


def random_effect(chance: Random, options: str) -> dict[str, object]:
    effect = chance.choice(["rules_out", "requires", "favours", "favours", "favours", "disfavours"])
    named = some(chance, options)[:2]
    if effect in ("rules_out", "requires"):
        return {effect: named, "unverified": chance.random() < 0.2}
    return {effect: {option: chance.choice(["strong", "slight"]) for option in named}}


def random_point(chance: Random, name: str, heard: Mapping[str, Criterion | DecisionPoint]) -> DecisionPoint:
    letters = "pqr"[: chance.randint(2, 3)]
    options = [
        {
            "id": letter,
            "uses": [chance.choice(SERVICES).id] if chance.random() < 0.4 else [],
            "qualities": {"least-effort": chance.randint(1, 3), "lowest-cost": chance.randint(1, 2)},
        }
        for letter in letters
    ]
    rules = [
        rule(f"{name}-{number}", random_when(chance, heard, 1, 2), **random_effect(chance, letters))
        for number in range(chance.randint(1, 5))
    ]
    applies = random_when(chance, heard, 1) if chance.random() < 0.25 else {}
    return point(name, options, rules, picks=chance.choice(["one", "one", "many"]), applies_when=applies)


def random_world(chance: Random) -> World:
    chosen = ["lives-until", "stability", "existing-assets", *chance.sample(["task", "data", "first", "payload"], 2)]
    chance.shuffle(chosen)
    criteria: dict[str, Criterion] = {}
    for name in chosen:
        asked = random_when(chance, criteria, 1, 2) if criteria and chance.random() < 0.4 else {}
        criteria[name] = FORMS[name][0].model_copy(
            update={"asked_when": point("x", "y", applies_when=asked).applies_when}
        )
    points: dict[str, DecisionPoint] = {}
    for name in ("first", "second", "third"):
        heard = criteria | {PREFIX + one: found for one, found in points.items()}
        points[name] = random_point(chance, name, heard)
    impossible = list(random_impossible(chance, criteria))
    known = knowledge(list(criteria.values()), list(points.values()), SERVICES, impossible)
    priorities = chance.choice([(), (Quality.LEAST_EFFORT,), (Quality.LOWEST_COST, Quality.LEAST_EFFORT)])
    pinned = [one for one in points.values() if chance.random() < 0.25]
    choices = {one.id: Choice(options=random_pin(chance, one)) for one in pinned}
    return World(known, {name: FORMS[name][1] for name in chosen}, priorities, choices)


def random_impossible(chance: Random, criteria: Mapping[str, Criterion]) -> Iterator[Impossible]:
    """Pairs of answers; no question is left without an allowed answer."""
    names = chance.sample(list(criteria), 4)
    for pair in (names[:2], names[2:])[: chance.choice([0, 0, 1, 2])]:
        when = {}
        for name in pair:
            one = criteria[name]
            always = one.kind == "many" and not one.asked_when and chance.random() < 0.5
            when[name] = {"none_of": ["x"]} if always else random_answer(chance, one)
        yield Impossible.model_validate({"id": "-".join(pair), "when": when, "because": said("no")})


def random_answer(chance: Random, one: Criterion) -> dict[str, object]:
    return {"any_of": [chance.choice(one.answers).id]} if one.answers else random_condition(chance, one)


def random_pin(chance: Random, one: DecisionPoint) -> tuple[str, ...]:
    options = [option.id for option in one.options]
    return tuple(some(chance, options, 0)) if one.picks == "many" else (chance.choice(options),)


def random_answers(chance: Random, world: World) -> dict[str, Value]:
    answered = [name for name in world.domains if chance.random() < chance.choice([0.2, 0.5, 0.8])]
    return {name: chance.choice(world.domains[name]) for name in answered}


def random_cases(seed: object, worlds: int = 10, tries: int = 4) -> Iterator[tuple[World, dict[str, Value]]]:
    chance = Random(f"world {seed}")
    for _ in range(worlds):
        world = random_world(chance)
        yield from ((world, random_answers(chance, world)) for _ in range(tries))


@pytest.mark.parametrize("seed", range(30))
def test_a_choice_is_settled_exactly_when_every_completion_agrees(seed):
    for world, answers in random_cases(seed):
        for about, current in world.decide(world.in_force(answers)).items():
            hold(world, answers, about, current)
