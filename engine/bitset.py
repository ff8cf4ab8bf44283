"""The ranking of one point on bits: one integer says which forces hold, a few bit counts per option decide.

The outcome of `engine.decision.choose`, which stays the reference, without its trace: for many worlds.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.forces import Force, PointView
from engine.models import Quality

CONFLICT = None  # the outcome where nothing is left


@dataclass(frozen=True, slots=True)
class _Option:
    """Which forces, one bit each, act on an option."""

    id: str
    removes: int
    requires: int
    strong: tuple[int, int]  # for, against
    slight: tuple[int, int]

    def balance(self, holding: int) -> tuple[int, int]:
        return _count(holding, self.strong), _count(holding, self.slight)


class BitPoint:
    """A point under one lens and date. Place n of `point.forces` is bit n of what holds."""

    def __init__(self, point: PointView) -> None:
        self.many = point.point.picks == "many"
        self.options = [
            _compile(option.id, point.forces) for option in point.point.options if option.id not in point.out_of_scope
        ]
        self.out_required = _mask(point.forces, lambda force: not force.requires.isdisjoint(point.out_of_scope))
        self.grades = point.grades

    def outcome(self, holding: int, ranking: tuple[Quality, ...] = ()) -> tuple[str, ...] | None:
        """The chosen options, or CONFLICT."""
        return self._choose_many(holding) if self.many else self._choose_one(holding, ranking)

    def order_decides(self, holding: int) -> bool:
        """Whether, with no priority stated, only the place in the file tells the best two options apart."""
        if self.many:
            return False
        ranks = sorted((one.balance(holding) for one in self.options if not holding & one.removes), reverse=True)
        return len(ranks) > 1 and ranks[0] == ranks[1]

    def _choose_one(self, holding: int, ranking: tuple[Quality, ...]) -> tuple[str, ...] | None:
        best, best_rank = None, None
        for option in self.options:
            if holding & option.removes:
                continue
            strong, slight = option.balance(holding)
            rank = (strong, [self.grades[option.id][quality] for quality in ranking], slight)
            if best_rank is None or rank > best_rank:
                best, best_rank = option.id, rank
        return CONFLICT if best is None else (best,)

    def _choose_many(self, holding: int) -> tuple[str, ...] | None:
        if holding & self.out_required:
            return CONFLICT
        chosen = []
        for option in self.options:
            required = holding & option.requires
            if holding & option.removes:
                if required:
                    return CONFLICT
            elif required or option.balance(holding) > (0, 0):
                chosen.append(option.id)
        return tuple(chosen)


def _compile(option: str, forces: tuple[Force, ...]) -> _Option:
    def weighing(tier: int, sign: int) -> int:
        return _mask(forces, lambda force: force.weights.get(option, (0, 0))[tier] * sign > 0)

    return _Option(
        id=option,
        removes=_mask(forces, lambda force: option in force.removes),
        requires=_mask(forces, lambda force: option in force.requires),
        strong=(weighing(0, 1), weighing(0, -1)),
        slight=(weighing(1, 1), weighing(1, -1)),
    )


def _mask(forces: Iterable[Force], test: Callable[[Force], bool]) -> int:
    return sum(1 << place for place, force in enumerate(forces) if test(force))


def _count(holding: int, sides: tuple[int, int]) -> int:
    return (holding & sides[0]).bit_count() - (holding & sides[1]).bit_count()
