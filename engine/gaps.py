"""Can a decision point end with nothing left? Searched exactly over all allowed worlds, through all ancestors."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.conditions import in_force
from engine.forces import View
from engine.graph import PREFIX
from engine.requirements import Value
from engine.stability import (
    CONFLICT,
    NOT_APPLICABLE,
    BudgetSpentError,
    Possible,
    Question,
    Result,
    Search,
    first_unasked,
    trace_back,
)

BUDGET = 20_000  # steps of one search


@dataclass(frozen=True, slots=True)
class Gap:
    """`world` holds answers under which nothing is left; none: not proved within the budget of steps."""

    world: Mapping[str, Value] | None


def find_gap(view: View, point: str) -> Gap | None:
    """An allowed world in which the point is in conflict, nothing being pinned; None: proved that there is none."""
    try:
        world = _ConflictSearch(view, point).find({}, {})
    except BudgetSpentError:
        return Gap(None)
    return Gap(world) if world is not None else None


class _ConflictSearch(Search):
    """Depth first: suppose what upstream points decide, then look for answers that make them decide so."""

    def __init__(self, view: View, point: str) -> None:
        super().__init__(Question(view, {}, (), {}), point, CONFLICT)
        self.hard_only = True
        self.impossible = [*self.impossible, *view.points[point].point.conflicts]  # declared ones are no gaps

    def find(self, answers: dict[str, Value], supposed: dict[str, Result]) -> dict[str, Value] | None:
        self.steps += 1
        if self.steps > BUDGET:
            raise BudgetSpentError
        judged = self._judge_all(answers, supposed)
        if judged is None:
            return None
        possible, waits, pending = judged
        here = possible[self.point]
        if CONFLICT not in here.words:
            return None
        if here.words == {CONFLICT} and not here.chooses:
            if not pending:
                return answers if self.completable(answers) else None
            live = trace_back(pending[0], waits)
        else:
            upstream = self._next_upstream(waits[self.point], possible, supposed)
            if upstream:
                return self._suppose(upstream, possible[upstream], answers, supposed)
            live = trace_back(self.point, waits)
        return self._answer(live, answers, supposed)

    def _judge_all(
        self, answers: Mapping[str, Value], supposed: Mapping[str, Result]
    ) -> tuple[dict[str, Possible], dict[str, Counter[str]], list[str]] | None:
        """What each point can decide, with the points that need not yet decide as supposed; None: they cannot."""
        values = in_force(self.criteria, answers)
        possible: dict[str, Possible] = {}
        waits: dict[str, Counter[str]] = {}
        pending = []
        for view in self.points:
            name = view.point.id
            possible[name], waits[name] = self.judge_once(view, values, possible)
            if name in supposed and not possible[name].is_only(supposed[name]):
                if possible[name].excludes(supposed[name]):
                    return None
                pending.append(name)
                possible[name] = _exactly(supposed[name], possible[name].many)
        return possible, waits, pending

    def _next_upstream(
        self, waits: Counter[str], possible: Mapping[str, Possible], supposed: Mapping[str, Result]
    ) -> str | None:
        """An upstream point that picks one and that the point waits for."""
        names = (subject.removeprefix(PREFIX) for subject, _ in waits.most_common() if subject.startswith(PREFIX))
        return next((name for name in names if name not in supposed and not possible[name].many), None)

    def _suppose(
        self, name: str, possible: Possible, answers: dict[str, Value], supposed: dict[str, Result]
    ) -> dict[str, Value] | None:
        for result in _results(possible):
            world = self.find(answers, supposed | {name: result})
            if world is not None:
                return world
        return None

    def _answer(
        self, live: Counter[str], answers: dict[str, Value], supposed: dict[str, Result]
    ) -> dict[str, Value] | None:
        asked = (first_unasked(self.criteria, name, answers) for name, _ in live.most_common())
        subject = next(filter(None, asked), None)
        if subject is None:
            raise BudgetSpentError  # nothing to ask and nothing proved: never say that there is no gap
        for value in self.classes[subject]:
            longer = answers | {subject: value}
            if self.allowed(longer):
                world = self.find(longer, supposed)
                if world is not None:
                    return world
        if subject in self.partial:
            raise BudgetSpentError  # not all sets of its answers were tried
        return None


def _results(possible: Possible) -> Iterator[Result]:
    """What an upstream point can decide with all answers given; where it conflicts itself, that is its own gap."""
    if NOT_APPLICABLE in possible.words:
        yield NOT_APPLICABLE
    if possible.chooses:
        yield from (frozenset([option]) for option in sorted(possible.sure | possible.maybe))


def _exactly(result: Result, many: bool) -> Possible:
    if isinstance(result, str):
        return Possible(many, frozenset([result]), False)
    return Possible(many, sure=result)
