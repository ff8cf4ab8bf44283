"""What a decision point depends on: its ancestors, the criteria that can matter to it, and their classes of values."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise

from engine.conditions import Truth, judge
from engine.forces import PointView, View
from engine.graph import PREFIX
from engine.models import Condition, Criterion, Impossible, When
from engine.quantity import Quantity
from engine.requirements import Value

LARGEST_POWER = 6  # answers whose sets are all listed


@lru_cache(maxsize=4096)
def ancestry(view: View, point: str) -> tuple[PointView, ...]:
    """The point and all points upstream of it, upstream first."""
    needed = {point}
    for name in reversed(list(view.points)):
        if name in needed:
            needed |= {
                subject.removeprefix(PREFIX) for subject in _subjects(view.points[name]) if subject.startswith(PREFIX)
            }
    return tuple(one for name, one in view.points.items() if name in needed)


@lru_cache(maxsize=4096)
def relevant_criteria(view: View, point: str, binding: frozenset[str] = frozenset()) -> dict[str, Criterion]:
    """The criteria that can matter to a point, with those that decide whether they arise and what is allowed."""
    known = view.knowledge.criteria
    queue = [subject for one in ancestry(view, point) for subject in _subjects(one) if subject in known]
    queue += [name for name in known if name in binding]
    found: set[str] = set()
    while queue:
        name = queue.pop()
        if name not in found:
            found.add(name)
            queue += known[name].asked_when
        if not queue:
            queue += [name for row in bounding(view, found) for name in row.when if name not in found]
    return {name: known[name] for name in known if name in found}


def bounding(view: View, criteria: Collection[str]) -> list[Impossible]:
    """The impossible combinations that touch any of these criteria."""
    return [row for row in view.knowledge.impossible if not set(criteria).isdisjoint(row.when)]


@lru_cache(maxsize=4096)
def hears(view: PointView) -> tuple[str, ...]:
    """The criteria and upstream decisions that a point listens to, lifecycle forces included."""
    return tuple(dict.fromkeys(_subjects(view)))


def _subjects(view: PointView) -> Iterator[str]:
    yield from view.point.applies_when
    for force in view.forces:
        yield from force.when


@lru_cache(maxsize=4096)
def value_classes(view: View, point: str, binding: frozenset[str] = frozenset()) -> dict[str, tuple[Value, ...]]:
    """For each criterion that can matter, one value of each class that no condition tells apart."""
    tests = _tests(view, point, binding)
    criteria = view.knowledge.criteria
    return {name: classes_of(criteria[name], found, view.as_of) for name, found in tests.items()}


@lru_cache(maxsize=4096)
def partial_classes(view: View, point: str, binding: frozenset[str] = frozenset()) -> frozenset[str]:
    """The criteria whose classes are not all listed."""
    tests = _tests(view, point, binding)
    return frozenset(name for name, found in tests.items() if is_partial(view.knowledge.criteria[name], found))


def _tests(view: View, point: str, binding: frozenset[str]) -> dict[str, list[Condition]]:
    criteria = relevant_criteria(view, point, binding)
    tests: dict[str, list[Condition]] = {name: [] for name in criteria}
    for when in _all_conditions(view, point, criteria):
        for subject, condition in when.items():
            if subject in tests and condition not in tests[subject]:
                tests[subject].append(condition)
    return tests


def _all_conditions(view: View, point: str, criteria: Mapping[str, Criterion]) -> Iterator[When]:
    for one in ancestry(view, point):
        yield one.point.applies_when
        yield from (force.when for force in one.forces)
    yield from (criterion.asked_when for criterion in criteria.values())
    yield from (row.when for row in view.knowledge.impossible)


def classes_of(criterion: Criterion, tests: list[Condition], as_of: date) -> tuple[Value, ...]:
    """One value of each class that no test tells apart."""
    if criterion.kind == "many":
        return _classes_of_sets(criterion, tests)
    found: dict[tuple[Truth, ...], Value] = {}
    for value in _candidates(criterion, tests, as_of):
        found.setdefault(tuple(judge(test, criterion.id, {criterion.id: value}) for test in tests), value)
    return tuple(found.values())


def _candidates(criterion: Criterion, tests: list[Condition], as_of: date) -> Iterator[Value]:
    if criterion.kind == "one":
        yield from (frozenset([answer.id]) for answer in criterion.answers)
    elif criterion.kind == "quantity":
        limits = sorted({limit for test in tests for limit in test.quantities})
        yield from limits
        yield from (Quantity((low.number_in(high.unit) + high.number) / 2, high.unit) for low, high in pairwise(limits))
        yield from (Quantity(limit.number / 2, limit.unit) for limit in limits[:1])
        yield from (Quantity(limit.number * 2, limit.unit) for limit in limits[-1:])
        if not limits:
            yield Quantity(Decimal(1), str(criterion.unit))
    else:
        days = sorted({day for test in tests for day in test.dates} | {as_of})
        yield from (
            day + timedelta(days=shift) for day in days for shift in (0, 1, -1) if day + timedelta(days=shift) >= as_of
        )


def is_partial(criterion: Criterion, tests: list[Condition]) -> bool:
    """Whether the classes are too many to list: then small sets and the whole stand for all, and prove nothing."""
    return criterion.kind == "many" and len(_distinct_answers(criterion, tests)) > LARGEST_POWER


def _classes_of_sets(criterion: Criterion, tests: list[Condition]) -> tuple[Value, ...]:
    """One set of answers for each way in which the conditions see it; see `is_partial` for the exception."""
    answers = _distinct_answers(criterion, tests)
    sizes = range(len(answers) + 1) if len(answers) <= LARGEST_POWER else (0, 1, 2, len(answers))
    found: dict[_Seen, frozenset[str]] = {}
    for size in sizes:
        for chosen in combinations(answers, size):
            found.setdefault(_see(tests, frozenset(chosen)), frozenset(chosen))
    return tuple(sorted(found.values(), key=lambda one: (len(one), sorted(one))))


_Seen = tuple[bool | frozenset[str], ...]


def _see(tests: list[Condition], answers: frozenset[str]) -> _Seen:
    return tuple(
        answers & frozenset(test.all_of) if test.all_of is not None else not answers.isdisjoint(test.values)
        for test in tests
    )


def _distinct_answers(criterion: Criterion, tests: list[Condition]) -> list[str]:
    """One answer for each way in which the conditions see it alone, leaving out what none of them sees."""
    unseen = _see(tests, frozenset())
    found = {_see(tests, frozenset([answer.id])): answer.id for answer in reversed(criterion.answers)}
    return [
        answer.id for answer in criterion.answers if answer.id in {one for seen, one in found.items() if seen != unseen}
    ]
