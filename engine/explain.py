"""What would flip a choice: the smallest changes of answers with which another option wins, searched exhaustively.

One change is one criterion answered otherwise, or one answer added to or taken from several. An answer that is not
known yet counts as a change too: it reads "if it turns out that". Priorities, pins, lens and date stay as they are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from engine.advice import decide_until
from engine.conditions import find_impossible, in_force
from engine.decision import Ruling, rule_on
from engine.dependence import ancestry, bounding, hears, relevant_criteria, value_classes
from engine.forces import View, view
from engine.graph import PREFIX
from engine.knowledge import Knowledge
from engine.models import Criterion
from engine.requirements import Requirements, Value

Answers = Mapping[str, Value]
LARGEST_CONFLICT = 3  # answers of a set that is surely found
_UNKNOWN = object()  # marks a missing value in a key of the memory


@dataclass(frozen=True, slots=True)
class Change:
    """One criterion answered otherwise; `adds` and `removes` name the one answer of several that differs."""

    criterion: str
    value: Value
    is_news: bool  # it was not answered before
    adds: str | None = None
    removes: str | None = None

    def apply(self, answers: Answers) -> Answers:
        value = self.value
        before = answers.get(self.criterion)
        if isinstance(before, frozenset) and self.adds:
            value = before | {self.adds}
        elif isinstance(before, frozenset) and self.removes:
            value = before - {self.removes}
        return {**answers, self.criterion: value}


@dataclass(frozen=True, slots=True)
class Flip:
    """Changes that together, and no fewer of them, make an option win."""

    option: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Flips:
    """The flips of each option that is not chosen, and the single changes that leave the choice as it is."""

    by_option: Mapping[str, tuple[Flip, ...]]
    harmless: tuple[Change, ...]


def find_flips(knowledge: Knowledge, requirements: Requirements, point: str, most: int = 2) -> Flips:
    """All minimal sets of at most `most` changes with which each option wins that is not chosen now."""
    now = view(knowledge, requirements.lens, requirements.as_of)
    search = _FlipSearch(now, requirements, point)
    return search.find(most)


def find_conflicts(knowledge: Knowledge, requirements: Requirements, point: str) -> tuple[frozenset[str], ...]:
    """All minimal sets of answered criteria that leave nothing at a point, smallest first; none without a conflict.

    Sets of up to `LARGEST_CONFLICT` answers are all found; a larger one is found by taking answers away one by one.
    """
    now = view(knowledge, requirements.lens, requirements.as_of)

    def clashes(names: Iterable[str]) -> bool:
        answers = {name: requirements.answers[name] for name in names}
        return decide_until(now, replace(requirements, answers=answers), point).outcome == "conflict"

    involved = [name for name in relevant_criteria(now, point) if name in requirements.answers]
    if not clashes(involved):
        return ()
    found: list[frozenset[str]] = []
    for size in range(LARGEST_CONFLICT + 1):
        for names in map(frozenset, combinations(involved, size)):
            if not any(smaller <= names for smaller in found) and clashes(names):
                found.append(names)
    return tuple(found) or (_shrink(involved, clashes),)


def _shrink(names: list[str], clashes: Callable[[Iterable[str]], bool]) -> frozenset[str]:
    """One minimal set: what can be taken away without mending the conflict is no part of it."""
    left = list(names)
    for name in names:
        rest = [one for one in left if one != name]
        if clashes(rest):
            left = rest
    return frozenset(left)


def find_relaxations(knowledge: Knowledge, requirements: Requirements, point: str, most: int = 1) -> tuple[Flip, ...]:
    """Changes of given answers that end a conflict, each with what it gives: fewest first, wishes before facts."""
    flips = find_flips(knowledge, requirements, point, most).by_option.values()
    given = [flip for several in flips for flip in several if not any(change.is_news for change in flip.changes)]

    def cost(flip: Flip) -> tuple[int, int]:
        facts = sum(knowledge.criteria[change.criterion].nature == "fact" for change in flip.changes)
        return len(flip.changes), facts

    return tuple(sorted(given, key=cost))


class _FlipSearch:
    def __init__(self, now: View, requirements: Requirements, point: str) -> None:
        self.now = now
        self.requirements = requirements
        self.point = point
        self.points = ancestry(now, point)
        self.criteria = relevant_criteria(now, point)
        self.classes = value_classes(now, point)
        self.bounds = bounding(now, self.criteria)
        self.options = [option.id for option in now.points[point].point.options]
        self.memory: dict[tuple[object, ...], Ruling] = {}

    def find(self, most: int) -> Flips:
        chosen = self._winners(self.requirements.answers)
        changes = list(self._changes())
        found: dict[str, list[Flip]] = {option: [] for option in self.options if option not in chosen}
        harmless = []
        for size in range(1, most + 1):
            for several in combinations(changes, size):
                if len({(change.criterion, change.adds, change.removes) for change in several}) < size:
                    continue
                if size > 1 and _rewrites(several):
                    continue
                answers = self._apply(several)
                if answers is None:
                    continue
                winners = self._winners(answers)
                if size == 1 and winners == chosen:
                    harmless.append(several[0])
                for option in winners - chosen:
                    if _is_minimal(several, found[option]) and option in self._exact_winners(answers):
                        found[option].append(Flip(option, several))
        return Flips({option: tuple(flips) for option, flips in found.items()}, tuple(harmless))

    def _changes(self) -> Iterator[Change]:
        for name, criterion in self.criteria.items():
            value = self.requirements.answers.get(name)
            yield from _changes_of(criterion, value, self.classes[name])

    def _apply(self, changes: tuple[Change, ...]) -> Answers | None:
        """The changed answers; None where they are an impossible combination."""
        answers: Answers = self.requirements.answers
        for change in changes:
            answers = change.apply(answers)
        return None if find_impossible(self.bounds, in_force(self.criteria, answers)) else answers

    def _winners(self, answers: Answers) -> frozenset[str]:
        """What wins, an upstream choice that only the file's order makes being heard once nothing is missing."""
        values: dict[str, Value | None] = dict(in_force(self.criteria, answers))
        ruling = None
        for one in self.points:
            name = one.point.id
            key = (name, *(values.get(subject, _UNKNOWN) for subject in hears(one)))
            if key not in self.memory:
                self.memory[key] = rule_on(one, values, self.requirements.priorities)
            ruling = self.memory[key]
            pin = self.requirements.choices.get(name)
            if ruling.outcome == "not-applicable":
                values[PREFIX + name] = None
            elif pin and name != self.point:
                values[PREFIX + name] = frozenset(pin.options)
            elif ruling.outcome == "chosen" and (ruling.tier not in ("order", None) or not ruling.is_waiting):
                values[PREFIX + name] = frozenset(ruling.chosen)
        return frozenset(ruling.chosen) if ruling else frozenset()

    def _exact_winners(self, answers: Answers) -> frozenset[str]:
        """What the engine itself decides, by proof where the order speaks."""
        ruling = decide_until(self.now, replace(self.requirements, answers=answers), self.point)
        return frozenset(ruling.chosen)


def _changes_of(criterion: Criterion, value: Value | None, classes: tuple[Value, ...]) -> Iterator[Change]:
    if criterion.kind != "many":
        for other in classes:
            if other != value:
                yield Change(criterion.id, other, value is None)
        return
    given = value if isinstance(value, frozenset) else frozenset[str]()
    if value is None:
        yield Change(criterion.id, frozenset(), True)
    for answer in (answer.id for answer in criterion.answers):
        if answer in given:
            yield Change(criterion.id, given - {answer}, False, removes=answer)
        else:
            yield Change(criterion.id, given | {answer}, value is None, adds=answer)


def _rewrites(changes: tuple[Change, ...]) -> bool:
    """Whether two changes answer the same question anew: that is one change."""
    whole = [change.criterion for change in changes if not change.adds and not change.removes]
    return any(sum(one.criterion == name for one in changes) > 1 for name in whole)


def _is_minimal(changes: tuple[Change, ...], flips: list[Flip]) -> bool:
    return not any(set(flip.changes) <= set(changes) for flip in flips)
