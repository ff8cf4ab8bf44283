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
        values = dict(given)
        results: dict[str, Result] = {}
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
        return "contradictory"  # no world has these answers: reported as such, there is nothing to prove
    assert proof.proved
    assert proof.settled == (others == {current})
    if proof.settled:
        return "settled"
    witness = dict(proof.witness or {})
    assert not witness.keys() & answers.keys(), "a witness adds answers"
    extended = world.completions(dict(answers) | witness)
    assert any(results[about] != current for results in extended), "a witness is part of an allowed world"
    assert set(proof.matters).isdisjoint(answers), "what is answered is asked no more"
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
    return tuple(some(chance, options, 0)) if chance.random() < 0.5 else (chance.choice(options),)


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


@pytest.mark.parametrize("seed", range(30, 36))
def test_any_outcome_is_proved_or_refuted_not_only_the_current_one(seed):
    for world, answers in random_cases(seed, worlds=5):
        for about in world.view.points:
            outcomes: set[Result] = {results[about] for results in world.completions(answers)}
            outcomes |= {"conflict", frozenset("p")}
            for outcome in outcomes:
                hold(world, answers, about, outcome)


def test_the_random_worlds_are_varied():
    seen: Counter[tuple[str, str]] = Counter()
    for world, answers in random_cases("varied", worlds=60):
        for about, current in world.decide(world.in_force(answers)).items():
            picks = world.known.decisions[about].picks
            seen[hold(world, answers, about, current), current if isinstance(current, str) else f"picks {picks}"] += 1
    assert min(seen[found, f"picks {picks}"] for found in ("settled", "refuted") for picks in ("one", "many")) > 50
    assert min(seen[found, "conflict"] for found in ("settled", "refuted")) > 1
    assert seen["settled", "not-applicable"] > 20
    assert seen["refuted", "waiting"] > 20
    assert sum(count for (found, _), count in seen.items() if found == "contradictory") < seen.total() / 5


@pytest.mark.parametrize("seed", range(40, 46))
def test_the_status_of_advice_says_what_every_completion_says(seed):
    for world, answers in random_cases(seed):
        requirements = Requirements(AS_OF, answers, world.priorities, world.choices)
        completions = list(world.completions(answers))
        for name, decision in advise(world.known, requirements).decisions.items():
            others = [results[name] for results in completions if results[name] != frozenset(decision.chosen)]
            assert decision.proved or not completions
            if decision.status == "settled":
                assert not others
                assert decision.still_to_ask == ()
            elif decision.status == "provisional" and completions:
                assert others
                assert set(decision.still_to_ask).isdisjoint(answers)
                assert decision.still_to_ask
            elif decision.status == "pinned":
                assert decision.chosen == world.choices[name].options


# --- each way to be wrong, in its smallest case ---------------------------------------------------------------------

A, B, DATA = criterion("a", answers="x y"), criterion("b", answers="x y"), criterion("data", "many", "x y")
ONLY_IF_A = criterion("c", answers="x y", asked_when={"a": ["x"]})
X, Y = frozenset("x"), frozenset("y")
RULES_OUT = rule("out", {"a": ["x"]}, rules_out=["q"])
UPSTREAM = point("up", "p q", [rule("f", {"b": ["x"]}, favours={"q": "strong"})])
CASES = {
    # criteria, points (the last is asked about), answers -> what every completion decides, or a witness
    "nothing to ask": ([A], [point("end", "p q")], {}, "settled"),
    "one answer decides": ([A], [point("end", "p q", [rule("r", {"a": ["y"]}, rules_out=["p"])])], {}, {"a": Y}),
    "that answer is given": (
        [A],
        [point("end", "p q", [rule("r", {"a": ["y"]}, rules_out=["p"])])],
        {"a": X},
        "settled",
    ),
    "what is lost cannot be lost more": (
        [A, B],
        [point("end", "p q", [RULES_OUT, rule("d", {"b": ["x"]}, disfavours={"q": "strong"})])],
        {"a": X},
        "settled",
    ),
    "either answer brings the same": (
        [A],
        [point("end", "p q", [rule(one, {"a": [one]}, rules_out=["p"]) for one in "xy"])],
        {"a": X},
        "settled",
    ),
    "what is required may be ruled out already": (
        [A, B],
        [point("end", "p q", [RULES_OUT, rule("must", {"b": ["x"]}, requires=["q"])], picks="many")],
        {"a": X},
        {"b": X},
    ),
    "through an ancestor": (
        [B],
        [UPSTREAM, point("end", "p q", [rule("r", {"decision.up": ["q"]}, rules_out=["p"])])],
        {},
        {"b": X},
    ),
    "through none of an ancestor": (
        [B],
        [UPSTREAM, point("end", "p q", [rule("r", {"decision.up": {"none_of": ["p"]}}, rules_out=["p"])])],
        {},
        {"b": X},
    ),
    "through a question that may not arise": (
        [A, ONLY_IF_A],
        [point("end", "p q", [rule("r", {"c": ["y"]}, rules_out=["p"])])],
        {},
        {"a": X, "c": Y},
    ),
    "through a question that does not arise": (
        [A, ONLY_IF_A],
        [point("end", "p q", [rule("r", {"c": ["y"]}, rules_out=["p"])])],
        {"a": Y},
        "settled",
    ),
    "an answer tells that its question arises": (
        [A, ONLY_IF_A],
        [point("end", "p q", [rule("r", {"a": ["y"]}, rules_out=["p"])])],
        {"c": X},
        "settled",
    ),
    "a criterion has the name of a decision upstream": (
        [criterion("up", answers="x y"), B],
        [
            UPSTREAM,
            point(
                "end",
                "p q",
                [
                    rule("r", {"up": ["y"]}, rules_out=["p"]),
                    rule("s", {"decision.up": ["q"], "up": ["x"]}, favours={"p": "slight"}),
                ],
            ),
        ],
        {"b": Y},
        {"up": Y},
    ),
    "an empty answer is one too": (
        [DATA],
        [point("end", "p q", [rule("r", {"data": {"none_of": ["x", "y"]}}, rules_out=["p"])])],
        {},
        {"data": frozenset()},
    ),
    "all at once": (
        [DATA],
        [point("end", "p q", [rule("r", {"data": {"all_of": ["x", "y"]}}, rules_out=["p"])])],
        {},
        {"data": frozenset("xy")},
    ),
    "the edge of a limit": (
        [criterion("size", "quantity")],
        [
            point(
                "end",
                "p q",
                [
                    rule("r", {"size": {"over": "2 MB"}}, favours={"p": "strong"}),
                    rule("s", {"size": {"under": "2 MB"}}, favours={"p": "strong"}),
                    rule("t", {"size": {"at_least": "2 MB", "up_to": "2 MB"}}, rules_out=["p"]),
                ],
            )
        ],
        {},
        {"size": read_quantity("2 MB")},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_smallest_case(name):
    criteria, points, answers, expected = CASES[name]
    known = knowledge(criteria, points)
    about = points[-1].id
    world = World(known, {})
    proof = prove(Question(world.view, answers, (), {}), about, world.decide(world.in_force(answers))[about])
    assert proof.proved
    assert (proof.witness or "settled") == expected
    assert proof.settled == (expected == "settled")


def test_nothing_is_proved_of_answers_that_cannot_hold_together():
    row = Impossible.model_validate({"id": "no", "when": {"a": ["y"], "b": ["y"]}, "because": said("no")})
    world = World(knowledge([A, B], [point("end", "p q")], impossible=[row]), {})
    proof = prove(Question(world.view, {"a": Y, "b": Y}, (), {}), "end", frozenset("p"))
    assert (proof.proved, proof.settled, proof.witness) == (False, False, None)
    assert prove(Question(world.view, {"a": Y, "b": X}, (), {}), "end", frozenset("p")).settled


def test_an_impossible_combination_is_no_witness():
    points = [point("end", "p q", [rule("r", {"a": ["y"], "b": ["y"]}, rules_out=["p"])])]
    row = Impossible.model_validate({"id": "no", "when": {"a": ["y"], "b": ["y"]}, "because": said("no")})
    for impossible, settled in [((), False), ((row,), True)]:
        world = World(knowledge([A, B], points, impossible=impossible), {})
        proof = prove(Question(world.view, {}, (), {}), "end", frozenset("p"))
        assert proof.settled is settled


@pytest.mark.parametrize("options", [("p",), ("q",), ("p", "q"), ()])
def test_a_pin_upstream_leaves_nothing_to_ask(options):
    points = [UPSTREAM, point("end", "p q", [rule("r", {"decision.up": {"all_of": ["p", "q"]}}, rules_out=["p"])])]
    world = World(knowledge([B], points), {}, choices={"up": Choice(options=options)})
    current = world.decide({})["end"]
    assert current == frozenset("q" if len(options) == 2 else "p")
    assert prove(Question(world.view, {}, (), world.choices), "end", current).settled
    assert not prove(Question(world.view, {}, (), world.choices), "up", frozenset("p")).settled  # its own verdict


def test_lives_until_is_never_before_today():
    ends = [service("ended", [("ga", "unknown"), ("shutdown", AS_OF + DAY)])]
    known = knowledge(
        [criterion("lives-until", "date")], [point("end", [{"id": "p", "uses": ["ended"]}, {"id": "q"}])], ends
    )
    proof = prove(Question(view(known, "production", AS_OF), {}, (), {}), "end", frozenset("q"))
    assert proof.witness == {"lives-until": AS_OF}  # the only day on which it may still be used
    for day, settled in [(AS_OF, True), (AS_OF + DAY, False)]:
        rules = [rule("r", {"lives-until": {"before": day}}, rules_out=["p"])]
        world = World(knowledge([criterion("lives-until", "date")], [point("end", "p q", rules)]), {})
        assert prove(Question(world.view, {}, (), {}), "end", frozenset("p")).settled is settled


def test_past_its_budget_nothing_is_called_settled(monkeypatch):
    names = "abcdefgh"
    criteria = [criterion(name, answers="x y") for name in names]
    when = {name: ["y"] for name in names[:-1]}
    rules = [rule("r", when | {"h": ["x"]}, rules_out=["p"]), rule("s", when | {"h": ["y"]}, rules_out=["p"])]
    world = World(knowledge(criteria, [point("end", "p q", rules)]), {})
    question = Question(world.view, {}, (), {})
    assert prove(question, "end", frozenset("p")).witness == {name: Y if name != "h" else X for name in names}
    monkeypatch.setattr("engine.stability.BUDGET", 3)
    proof = prove(question, "end", frozenset("p"))
    assert (proof.proved, proof.settled, proof.witness) == (False, False, None)
    assert set(proof.matters) == set(names)


def test_what_matters_most_is_asked_first():
    rules = [rule("r", {"a": ["x"]}, favours={"q": "slight"})]
    rules += [rule(f"s-{one}", {"b": [one]}, favours={"q": "slight"}) for one in "xy"]
    world = World(knowledge([A, B], [point("end", "p q", rules)]), {})
    assert prove(Question(world.view, {}, (), {}), "end", frozenset("p")).matters[-1] == "a"
