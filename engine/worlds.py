"""Worlds of one decision point: what it hears, varied by itself, to find where each rule matters and each option wins.

Upstream decisions are free here: they take each of their options, or do not apply. A rule or an option with a world
is proved alive by that world; one without is reported.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.bitset import BitPoint
from engine.conditions import Truth, find_impossible, judge, judge_all
from engine.dependence import classes_of
from engine.forces import Force, PointView, View
from engine.graph import PREFIX
from engine.models import Condition, Quality, When
from engine.requirements import Value

World = dict[str, Value | None]
UNANSWERED: Value = frozenset(["unanswered"])  # some rules speak only while another answer is missing
TRIES = 10  # worlds tried for one set of conditions
SAMPLE = 1_000  # worlds in which the tiers that decide are counted
RANKINGS: tuple[tuple[Quality, ...], ...] = ((), *((quality,) for quality in Quality))


@dataclass(frozen=True, slots=True)
class Subject:
    """What a point hears, one value of each class that it tells apart, and the forces that each value lets hold."""

    name: str
    values: tuple[Value | None, ...]
    lets: Mapping[Value | None, int]  # one bit a force
    loudness: Mapping[Value | None, int]  # how many forces it speaks to
    asked_when: When


class Table:
    """The worlds of one point under one lens and date."""

    def __init__(self, view: View, point: PointView) -> None:
        self.point = point
        self.criteria = view.knowledge.criteria
        heard = [*point.point.applies_when, *(subject for force in point.forces for subject in force.when)]
        self.subjects = {name: self._subject(view, name) for name in self._with_premises(dict.fromkeys(heard))}
        self.bits = BitPoint(point)
        self.every = (1 << len(point.forces)) - 1
        self.bounds = [row for row in view.knowledge.impossible if self.subjects.keys() >= row.when.keys()]

    def find_effect(self, force: Force) -> World | None:
        """A world in which the point would decide otherwise without the force, under some priority or none.

        A choice that only the order of the file would make is no advice: to support it is an effect too.
        """
        bit = 1 << self.point.forces.index(force)
        for world in self._worlds_around(force):
            holding = self.holding(world)
            if self.bits.order_decides(holding & ~bit) and not self.bits.order_decides(holding):
                return world
            for ranking in RANKINGS:
                if self.bits.outcome(holding, ranking) != self.bits.outcome(holding & ~bit, ranking):
                    return world
        return None

    def find_waste(self, force: Force) -> str | None:
        """An option that a force favours although whenever it acts something removes it."""
        favoured = {option for option, weight in force.weights.items() if sum(weight) > 0} - self.point.out_of_scope
        if not favoured:
            return None
        for world in self._worlds_around(force):
            holding = self.holding(world)
            favoured -= {option.id for option in self.bits.options if not holding & option.removes}
            if not favoured:
                return None
        return min(favoured)

    def find_winners(self) -> frozenset[str]:
        """Options that are chosen in some world, under some single priority or none."""
        found: set[str] = set()
        for world in self.worlds([{}], 4 * TRIES, self.point.point.id):
            found |= self._winners(world)
        for option in {option.id for option in self.bits.options} - found:
            for force in self.point.forces:
                helps = sum(force.weights.get(option, (0,))) > 0 or option in force.requires
                if option not in found and (helps or (force.removes and option not in force.removes)):
                    for world in self.worlds([force.when], 2 * TRIES, f"{option}-{force.cause.id}"):
                        found |= self._winners(world)
        return frozenset(found)

    def share_of_order(self) -> float:
        """The share of complete worlds in which only the file's order decides, no priority stated; of a sample."""
        chance = random.Random(self.point.point.id)
        every = self._fitting([])
        complete = {name: [value for value in values if value != UNANSWERED] for name, values in every.items()}
        made = (self._pick(complete, chance, bold=1.0) for _ in range(SAMPLE))
        decided = [self.bits.order_decides(self.holding(world)) for world in made if world and self.is_allowed(world)]
        return sum(decided) / len(decided) if decided else 0.0

    def _winners(self, world: World) -> set[str]:
        holding = self.holding(world)
        return {option for ranking in RANKINGS for option in self.bits.outcome(holding, ranking) or ()}

    def holding(self, world: World) -> int:
        """The forces that hold, as bits."""
        holding = self.every
        for name, value in world.items():
            holding &= self.subjects[name].lets[value]
        return holding

    def _worlds_around(self, force: Force) -> Iterator[World]:
        """Worlds in which a force holds: alone, then beside each force that speaks for or against what it touches."""
        yield from self.worlds([force.when], 4 * TRIES, force.cause.id)
        for other in self.point.forces:
            if other is not force:
                yield from self.worlds([force.when, other.when], TRIES, f"{force.cause.id} {other.cause.id}")

    def worlds(self, fixed: list[When], tries: int, seed: str) -> Iterator[World]:
        """Allowed worlds in which all of `fixed` holds and the point applies: the plainest first, then varied ones."""
        fitting = self._fitting(fixed)
        if not all(fitting.values()):
            return
        chance = random.Random(seed)  # seeded: the same worlds each time
        for number in range(tries):
            world = self._pick(fitting, chance, bold=number / tries)
            if world is not None and self.is_allowed(world):
                yield world

    def _fitting(self, fixed: Iterable[When]) -> dict[str, list[Value | None]]:
        """For each subject the values with which `fixed` can hold and the point applies."""
        needed: dict[str, list[Condition]] = {}
        for when in (*fixed, self.point.point.applies_when):
            for name, condition in when.items():
                needed.setdefault(name, []).append(condition)
        self._add_premises(needed)
        return {
            name: [
                value for value in subject.values if all(_passes(test, name, value) for test in needed.get(name, ()))
            ]
            for name, subject in self.subjects.items()
        }

    def _pick(self, fitting: Mapping[str, list[Value | None]], chance: random.Random, bold: float) -> World | None:
        """One value for each subject: the one that says least, or, the bolder, any other. None: impossible."""
        world: World = {}
        for name, subject in self.subjects.items():
            values = self._arising(subject, fitting[name], world)
            if not values:
                return None
            is_quiet = chance.random() >= bold
            world[name] = min(values, key=subject.loudness.__getitem__) if is_quiet else chance.choice(values)
        return world

    def _arising(self, subject: Subject, values: list[Value | None], world: World) -> list[Value | None]:
        """The values that agree with whether the question arises."""
        if not subject.asked_when:
            return values
        if any(world.get(premise) == UNANSWERED for premise in subject.asked_when):
            return [value for value in values if value == UNANSWERED]
        arises = judge_all(subject.asked_when, world)[0] is Truth.HOLDS
        return [value for value in values if (value is not None) == arises]

    def _add_premises(self, needed: dict[str, list[Condition]]) -> None:
        """Add what must hold so that the questions arise whose answers are needed."""
        queue = [name for name, tests in needed.items() if any(test.none_of is None for test in tests)]
        while queue:
            name = queue.pop()
            for premise, condition in (self.criteria[name].asked_when if name in self.criteria else {}).items():
                needed.setdefault(premise, []).append(condition)
                queue.append(premise)

    def is_allowed(self, world: World) -> bool:
        known = {name: value for name, value in world.items() if value != UNANSWERED}
        return not find_impossible(self.bounds, known)

    def _with_premises(self, heard: Iterable[str]) -> list[str]:
        """What is heard, each after what decides whether it is asked."""
        ordered: dict[str, None] = {}

        def add(name: str) -> None:
            for premise in self.criteria[name].asked_when if name in self.criteria else ():
                add(premise)
            ordered[name] = None

        for name in heard:
            add(name)
        return list(ordered)

    def _subject(self, view: View, name: str) -> Subject:
        values = _values(view, self.point, name)
        lets = {
            value: sum(
                1 << place
                for place, force in enumerate(self.point.forces)
                if name not in force.when or _passes(force.when[name], name, value)
            )
            for value in values
        }
        speaks = sum(1 << place for place, force in enumerate(self.point.forces) if name in force.when)
        loudness = {value: (mask & speaks).bit_count() for value, mask in lets.items()}
        asked_when = self.criteria[name].asked_when if name in self.criteria else {}
        return Subject(name, values, lets, loudness, asked_when)


def _passes(condition: Condition, name: str, value: Value | None) -> bool:
    return value != UNANSWERED and judge(condition, name, {name: value}) is Truth.HOLDS


def _values(view: View, point: PointView, name: str) -> tuple[Value | None, ...]:
    if name.startswith(PREFIX):
        upstream = view.points[name.removeprefix(PREFIX)].point
        options = [option.id for option in upstream.options]
        chosen = [frozenset([option]) for option in options]
        if upstream.picks == "many":
            chosen += [frozenset[str](), *(frozenset([one, other]) for one in options for other in options)]
        return tuple(dict.fromkeys([*chosen, None]))
    criterion = view.knowledge.criteria[name]
    listeners = [force.when for force in point.forces] + [point.point.applies_when]
    listeners += [one.asked_when for one in view.knowledge.criteria.values()]
    listeners += [row.when for row in view.knowledge.impossible]
    tests = list({repr(when[name]): when[name] for when in listeners if name in when}.values())
    classes = classes_of(criterion, tests, view.as_of)
    return (*classes, UNANSWERED, None) if criterion.asked_when else (*classes, UNANSWERED)
