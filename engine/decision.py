"""The naive evaluator: one decision point decided as the design says, plainly enough to be the reference.

Every faster evaluation elsewhere must agree with this module.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.conditions import Truth, Values, judge_all
from engine.forces import Cause, Force, PointView
from engine.models import Quality

Tier = Literal["elimination", "strong", "priorities", "slight", "order"]
Outcome = Literal["chosen", "conflict", "not-applicable", "waiting"]
State = Literal["chosen", "available", "ruled-out", "out-of-scope"]


@dataclass(frozen=True, slots=True)
class Step:
    """What one force did: it holds, fails, or waits for answers."""

    force: Force
    truth: Truth
    waits_for: tuple[str, ...]

    @property
    def acts(self) -> bool:
        return self.truth is Truth.HOLDS or (self.truth is Truth.UNKNOWN and self.force.if_unknown)


@dataclass(frozen=True, slots=True)
class Score:
    """How an option stands: what removed or required it, and its points by tier."""

    option: str
    removed_by: tuple[Cause, ...]
    required_by: tuple[Cause, ...]
    favoured_by: tuple[Cause, ...]
    disfavoured_by: tuple[Cause, ...]
    strong: int
    priorities: tuple[int, ...]
    slight: int
    order: int
    out_of_scope: bool = False

    @property
    def stands(self) -> bool:
        return not self.removed_by and not self.out_of_scope

    @property
    def tiers(self) -> tuple[tuple[Tier, int | tuple[int, ...]], ...]:
        """The tiers of the ranking, each compared only on a tie before it; higher is better."""
        return ("strong", self.strong), ("priorities", self.priorities), ("slight", self.slight), ("order", -self.order)

    @property
    def rank(self) -> tuple[int, tuple[int, ...], int, int]:
        return self.strong, self.priorities, self.slight, -self.order


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a point decides on its own, before pins and proof."""

    outcome: Outcome
    chosen: tuple[str, ...]
    tier: Tier | None
    scores: Mapping[str, Score]
    steps: tuple[Step, ...]
    waits_for: tuple[str, ...] = ()
    many: bool = False  # each option stands for itself, none is beaten by another

    @property
    def is_waiting(self) -> bool:
        """Whether any force still waits for an answer."""
        return any(step.truth is Truth.UNKNOWN for step in self.steps)


def rule_on(view: PointView, values: Values, priorities: tuple[Quality, ...]) -> Ruling:
    """Decide one point from the known answers and the upstream current choices."""
    applies, waits_for = judge_all(view.point.applies_when, values)
    if applies is Truth.FAILS:
        return Ruling("not-applicable", (), None, {}, ())
    steps = tuple(Step(force, *judge_all(force.when, values)) for force in view.forces)
    if applies is Truth.UNKNOWN:
        return Ruling("waiting", (), None, {}, steps, waits_for)
    return choose(view, steps, priorities)


def choose(view: PointView, steps: tuple[Step, ...], priorities: tuple[Quality, ...]) -> Ruling:
    """Choose among the options under the forces that act."""
    acting = [step.force for step in steps if step.acts]
    scores = {score.option: score for score in _scores(view, acting, priorities)}
    if view.point.picks == "many":
        return _choose_many(scores, steps)
    return _choose_one(scores, steps)


def _scores(view: PointView, acting: list[Force], priorities: tuple[Quality, ...]) -> Iterator[Score]:
    for order, option in enumerate(view.point.options):
        weights = [(force, force.weights[option.id]) for force in acting if option.id in force.weights]
        yield Score(
            option=option.id,
            removed_by=tuple(force.cause for force in acting if option.id in force.removes),
            required_by=tuple(force.cause for force in acting if option.id in force.requires),
            favoured_by=tuple(force.cause for force, weight in weights if sum(weight) > 0),
            disfavoured_by=tuple(force.cause for force, weight in weights if sum(weight) < 0),
            strong=sum(weight[0] for _, weight in weights),
            priorities=tuple(view.grades[option.id][quality] for quality in priorities),
            slight=sum(weight[1] for _, weight in weights),
            order=order,
            out_of_scope=option.id in view.out_of_scope,
        )


def _choose_one(scores: Mapping[str, Score], steps: tuple[Step, ...]) -> Ruling:
    standing = _ranked(scores)
    if not standing:
        return Ruling("conflict", (), None, scores, steps)
    winner = standing[0]
    tier = tier_between(winner, standing[1]) if len(standing) > 1 else "elimination"
    return Ruling("chosen", (winner.option,), tier, scores, steps)


def _ranked(scores: Mapping[str, Score]) -> list[Score]:
    """What stands, the best first."""
    return sorted((score for score in scores.values() if score.stands), key=lambda score: score.rank, reverse=True)


def _choose_many(scores: Mapping[str, Score], steps: tuple[Step, ...]) -> Ruling:
    """An option is in when required or when favours outweigh disfavours; required and removed is a conflict."""
    if any(score.required_by and not score.stands for score in scores.values()):
        return Ruling("conflict", (), None, scores, steps, many=True)
    chosen = [
        score
        for score in scores.values()
        if score.stands and (score.required_by or (score.strong, score.slight) > (0, 0))
    ]
    tier: Tier | None = None
    if chosen:
        tier = "strong" if any(score.strong or score.required_by for score in chosen) else "slight"
    return Ruling("chosen", tuple(score.option for score in chosen), tier, scores, steps, many=True)


def tier_between(winner: Score, other: Score) -> Tier:
    """The first tier in which two options differ; the order in the file always does."""
    pairs = zip(winner.tiers, other.tiers, strict=True)
    return next(tier for (tier, mine), (_, theirs) in pairs if mine != theirs)


def find_causes(ruling: Ruling, view: PointView, priorities: tuple[Quality, ...]) -> tuple[Cause, ...]:
    """Why the chosen options stand: what favours or requires them, speaks against the others, or decides a tie."""
    causes = [cause for option in ruling.chosen for cause in _speaking_for(ruling.scores[option])]
    if ruling.tier == "elimination":
        causes += [cause for score in ruling.scores.values() for cause in score.removed_by]
    elif ruling.tier == "priorities":
        winner, rival = _ranked(ruling.scores)[:2]
        causes.append(_deciding_priority(winner, rival, priorities))
    elif ruling.tier == "order":
        causes.append(Cause("order", view.point.id))
    elif ruling.tier in ("strong", "slight") and not ruling.many:
        causes += [cause for score in _ranked(ruling.scores)[1:] for cause in score.disfavoured_by]
    return tuple(dict.fromkeys(causes))


def find_decisive(view: PointView, ruling: Ruling, priorities: tuple[Quality, ...]) -> tuple[Cause, ...]:
    """The causes without which the choice would differ; all causes when no single one is needed."""
    if ruling.outcome not in ("chosen", "conflict"):
        return ()
    causes = [step.force.cause for step in ruling.steps if step.acts]
    decisive = [cause for cause in dict.fromkeys(causes) if _differs_without(cause, view, ruling, priorities)]
    for place, quality in enumerate(priorities):
        rest = priorities[:place] + priorities[place + 1 :]
        if _outcome(choose(view, ruling.steps, rest)) != _outcome(ruling):
            decisive.append(Cause("priority", quality))
    return tuple(decisive) or find_causes(ruling, view, priorities)


def why_not(ruling: Ruling, option: str, priorities: tuple[Quality, ...]) -> tuple[Tier | None, tuple[Cause, ...]]:
    """By which tier and causes an option lost; nothing for one that is chosen."""
    score = ruling.scores[option]
    if option in ruling.chosen:
        return None, ()
    if score.out_of_scope:
        return "elimination", (Cause("scope", option),)
    if score.removed_by:
        return "elimination", score.removed_by
    if ruling.many:
        if not score.disfavoured_by:
            return None, ()
        return "strong" if score.strong < 0 else "slight", score.disfavoured_by
    winner = ruling.scores[ruling.chosen[0]]
    tier = tier_between(winner, score)
    if tier == "priorities":
        return tier, (_deciding_priority(winner, score, priorities),)
    if tier == "order":
        return tier, (Cause("order", option),)
    against = [cause for cause in _speaking_for(winner) if cause not in score.favoured_by]
    return tier, tuple(dict.fromkeys([*score.disfavoured_by, *against]))


def _speaking_for(score: Score) -> Iterable[Cause]:
    return (*score.required_by, *score.favoured_by)


def _deciding_priority(winner: Score, other: Score, priorities: tuple[Quality, ...]) -> Cause:
    """The first ranked priority in which the two differ."""
    graded = zip(priorities, winner.priorities, other.priorities, strict=True)
    return next(Cause("priority", quality) for quality, mine, theirs in graded if mine != theirs)


def _differs_without(cause: Cause, view: PointView, ruling: Ruling, priorities: tuple[Quality, ...]) -> bool:
    rest = tuple(step for step in ruling.steps if step.force.cause != cause)
    return _outcome(choose(view, rest, priorities)) != _outcome(ruling)


def _outcome(ruling: Ruling) -> tuple[Outcome, tuple[str, ...]]:
    return ruling.outcome, ruling.chosen
