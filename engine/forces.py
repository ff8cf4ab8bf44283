"""What acts on each decision point under one lens and date: its rules and what follows from lifecycles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from engine.knowledge import Knowledge
from engine.lifecycle import Consequence, find_consequences, in_scope
from engine.models import DecisionPoint, Evidence, Lens, Option, Quality, Rule, Strength, Text, When

NEUTRAL = 3  # the grade of a quality that neither the option nor its service states


@dataclass(frozen=True, slots=True)
class Cause:
    """Why an option stands or fell."""

    kind: Literal["rule", "lifecycle", "priority", "order", "upstream", "pin", "scope"]
    id: str


@dataclass(frozen=True, slots=True)
class Force:
    """A rule or a lifecycle fact as it acts here and now. `weights` are strong and slight points per option."""

    cause: Cause
    when: When
    because: Text
    evidence: tuple[Evidence, ...]
    confidence: Literal["verified", "unverified", "judgement"]
    removes: frozenset[str] = frozenset()
    requires: frozenset[str] = frozenset()
    weights: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    if_unknown: bool = False


@dataclass(frozen=True, eq=False)
class PointView:
    """A decision point with the forces that act on it and the options outside the edition's scope."""

    point: DecisionPoint
    forces: tuple[Force, ...]
    out_of_scope: frozenset[str]
    grades: Mapping[str, Mapping[Quality, int]]


@dataclass(frozen=True, eq=False)
class View:
    """The knowledge under one lens and date."""

    knowledge: Knowledge
    lens: Lens
    as_of: date
    points: Mapping[str, PointView]


@lru_cache(maxsize=32)
def view(knowledge: Knowledge, lens: Lens, as_of: date) -> View:
    points = {point.id: _view_point(knowledge, point, lens, as_of) for point in knowledge.decisions.values()}
    return View(knowledge, lens, as_of, points)


def _view_point(knowledge: Knowledge, point: DecisionPoint, lens: Lens, as_of: date) -> PointView:
    out = frozenset(
        option.id
        for option in point.options
        if lens == "exam" and not all(in_scope(knowledge.edition, knowledge, use) for use in option.uses)
    )
    rules = (act(rule, point) for rule in point.rules if rule.lens in (None, lens))
    lifecycles = (
        force
        for option in point.options
        if option.id not in out
        for force in _from_lifecycle(knowledge, option, lens, as_of)
    )
    grades = {option.id: _grades(knowledge, option) for option in point.options}
    return PointView(point, (*rules, *lifecycles), out, grades)


def act(rule: Rule, point: DecisionPoint) -> Force:
    """A hard rule removes (in picks one, `requires` removes the others); an unverified one only disfavours."""
    weights = {option: _points(strength) for option, strength in rule.favours.items()}
    weights |= {option: _points(strength, -1) for option, strength in rule.disfavours.items()}
    removes, requires = frozenset(rule.rules_out), frozenset(rule.requires)
    if point.picks == "one" and requires:
        removes, requires = frozenset(option.id for option in point.options) - requires, frozenset()
    if rule.unverified and rule.is_hard:
        weights = dict.fromkeys(removes, (-1, 0)) | dict.fromkeys(requires, (1, 0))
        removes = requires = frozenset()
    cause = Cause("rule", rule.id)
    return Force(cause, rule.when, rule.because, rule.evidence, rule.confidence, removes, requires, weights)


def _points(strength: Strength, sign: int = 1) -> tuple[int, int]:
    return (sign, 0) if strength == "strong" else (0, sign)


def _from_lifecycle(knowledge: Knowledge, option: Option, lens: Lens, as_of: date) -> Iterator[Force]:
    for use in option.uses:
        for found in find_consequences(knowledge, use, lens, as_of):
            yield _lifecycle_force(option, found)


def _lifecycle_force(option: Option, found: Consequence) -> Force:
    return Force(
        cause=Cause("lifecycle", f"{found.use}:{found.stage}"),
        when=found.when,
        because=found.because,
        evidence=found.evidence,
        confidence="verified" if found.evidence else "unverified",
        removes=frozenset([option.id]) if found.removes else frozenset(),
        weights={} if found.removes else {option.id: (-1, 0)},
        if_unknown=found.if_unknown,
    )


def _grades(knowledge: Knowledge, option: Option) -> dict[Quality, int]:
    """The option's own grade, else that of the first used thing that states it, else neutral."""
    owners = [knowledge.used(use)[0] for use in option.uses]
    stated = [option.qualities, *(owner.qualities for owner in owners)]
    return {quality: next((one[quality] for one in stated if quality in one), NEUTRAL) for quality in Quality}
