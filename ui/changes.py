"""What differs today from what the exam guide says: names, ends and newcomers, read from lifecycles and names alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from engine.knowledge import Knowledge
from engine.lifecycle import name_of, name_on, service_name, shutdown_of, stage_on, write_day
from engine.models import Capability, Edition, Evidence, LifecycleStage, Maybe, Service, Stage, Technique
from ui.catalogue import fold, say_successor
from ui.reading_table import Item, Row
from ui.service_facts import sign_of
from ui.texts import _, language, say

Owner = Service | Technique


class Kind(StrEnum):
    """What happened, the most telling first: another answer, then another name, then what the exam does not know."""

    SHUT_DOWN = "shut-down"
    ENDS = "ends"
    DEPRECATED = "deprecated"
    CLOSED = "closed"
    RENAMED = "renamed"
    NEW = "new"
    READY = "ready"
    WORDING = "wording"


KINDS = tuple(Kind)
_AT_END = (Kind.SHUT_DOWN, Kind.ENDS, Kind.DEPRECATED, Kind.CLOSED)  # today's answer is the successor
_OF_STAGE = {Stage.DEPRECATED: Kind.DEPRECATED, Stage.CLOSED_TO_NEW: Kind.CLOSED}


class Reason(NamedTuple):
    kind: Kind
    day: Maybe
    stage: Stage | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Change:
    """One service, or a part of it, of which exam and today speak differently."""

    use: str
    exam: str  # what the exam calls it; empty where its guide cannot know it
    today: str  # its name today, or what takes its place
    reasons: tuple[Reason, ...]  # the most telling first

    @property
    def kind(self) -> Kind:
        return self.reasons[0].kind


def find_changes(knowledge: Knowledge, as_of: date) -> list[Change]:
    """Everything that differs on a day from the default edition of the guide, the most telling first."""
    owners: list[Owner] = [*knowledge.services.values(), *knowledge.techniques.values()]
    return sorted((one for owner in owners for one in _changes_of(knowledge, owner, as_of)), key=_rank)


def _changes_of(knowledge: Knowledge, owner: Owner, as_of: date) -> Iterator[Change]:
    edition = knowledge.edition
    names = _find_rename(edition, owner, as_of) if isinstance(owner, Service) else ()
    reasons = [*_compare_life(owner.lifecycle, edition.day, as_of), *names]
    yield from _change(knowledge, owner, None, reasons, as_of)
    for part in owner.capabilities if isinstance(owner, Service) else ():
        yield from _change(knowledge, owner, part, _compare_life(part.lifecycle, edition.day, as_of), as_of)


def _change(
    knowledge: Knowledge, owner: Owner, part: Capability | None, reasons: Iterable[Reason], as_of: date
) -> Iterator[Change]:
    """The change of a thing with reasons; what the edition excludes is never asked, so that only its coming counts."""
    use = f"{owner.id}/{part.id}" if part else owner.id
    excluded = {use, owner.id} & set(knowledge.edition.excludes)
    counting = sorted(
        (one for one in reasons if one.kind is Kind.NEW or not excluded), key=lambda one: _place(one.kind)
    )
    if not counting:
        return
    if len(counting) > 1:
        counting = [one for one in counting if one.kind is not Kind.WORDING]
    kind, name = counting[0].kind, name_of(knowledge, use, language(), day=as_of)
    successor = say_successor(knowledge, (part.successor if part else None) or owner.successor)
    if kind in (Kind.SHUT_DOWN, Kind.ENDS):
        name = successor or _("no successor named")
    elif kind in _AT_END:
        name = successor or name
    known = all(one.kind is not Kind.NEW for one in counting)
    yield Change(use, name_of(knowledge, use, language(), "exam") if known else "", name, tuple(counting))


def _compare_life(stages: tuple[LifecycleStage, ...], guide: date, as_of: date) -> Iterator[Reason]:
    """What a lifecycle has become between two days; what had ended before the guide is no news."""
    before, now, end = stage_on(stages, guide), stage_on(stages, as_of), shutdown_of(stages)
    if now is None or (before and before.stage is Stage.SHUTDOWN and before.on != guide):
        return
    if before is None:
        yield Reason(Kind.NEW, now.on, now.stage, now.evidence)
    if end:
        yield Reason(Kind.SHUT_DOWN if now is end else Kind.ENDS, end.on, end.stage, end.evidence)
    if now.stage in _OF_STAGE:
        yield Reason(_OF_STAGE[now.stage], now.on, now.stage, now.evidence)
    if before and before.stage is Stage.PREVIEW and now.stage is Stage.GA:
        yield Reason(Kind.READY, now.on, now.stage, now.evidence)


def _find_rename(edition: Edition, service: Service, as_of: date) -> Iterator[Reason]:
    """Whether the guide calls it otherwise: by a former name, or in a wording that no record of names holds."""
    today = name_on(service, as_of)
    if today == service_name(edition, service, "exam"):
        return
    place = next(place for place, one in enumerate(service.names) if one.name == today)
    until = service.names[place - 1].until if place else None
    yield Reason(Kind.RENAMED, until) if until else Reason(Kind.WORDING, "unknown")


# --- order and words ------------------------------------------------------------------------------------------------


def _place(kind: Kind) -> int:
    return KINDS.index(kind)


def _rank(change: Change) -> tuple[int, bool, int, str]:
    """By kind; what ends next stands first, of everything else the latest; unknown days last."""
    first = change.reasons[0]
    if not isinstance(first.day, date):
        return _place(first.kind), True, 0, fold(change.exam or change.today)
    day = first.day.toordinal() if first.kind is Kind.ENDS else -first.day.toordinal()
    return _place(first.kind), False, day, fold(change.exam or change.today)


def say_kind(kind: Kind) -> str:
    return {
        Kind.SHUT_DOWN: _("Shut down"),
        Kind.ENDS: _("Ending"),
        Kind.DEPRECATED: _("Deprecated"),
        Kind.CLOSED: _("Closed to new"),
        Kind.RENAMED: _("Renamed"),
        Kind.NEW: _("New"),
        Kind.READY: _("Out of preview"),
        Kind.WORDING: _("Other wording"),
    }[kind]


def say_why(change: Change) -> str:
    """All reasons as one line."""
    words = ", ".join(_say_reason(one) for one in change.reasons)
    return words[:1].upper() + words[1:]


def _say_reason(reason: Reason) -> str:
    words = {
        Kind.SHUT_DOWN: _("shut down on {day}"),
        Kind.ENDS: _("ends on {day}"),
        Kind.DEPRECATED: _("deprecated since {day}"),
        Kind.CLOSED: _("closed to new customers since {day}"),
        Kind.RENAMED: _("renamed on {day}"),
        Kind.NEW: _("new since the guide, {stage} since {day}"),
        Kind.READY: _("{stage} since {day}, in preview when the guide was written"),
        Kind.WORDING: _("another wording in the guide"),
    }[reason.kind]
    return words.format(day=write_day(reason.day, language()), stage=_say_stage(reason.stage))


def _say_stage(stage: Stage | None) -> str:
    """GA keeps its capitals inside a sentence."""
    word = sign_of(stage).word if stage else ""
    return word if stage is Stage.GA else word.lower()


def make_rows(changes: Iterable[Change]) -> list[Row]:
    """What the exam calls each, what it is today, and why, with the pages where that was read."""
    unknown = Item("", _("not in the guide"))
    return [
        Row(
            (Item(one.exam) if one.exam else unknown,),
            ((Item(one.today),), (Item(say_why(one), cited=_cite(one)),)),
        )
        for one in changes
    ]


def _cite(change: Change) -> dict[int, str]:
    urls = dict.fromkeys(one.url for reason in change.reasons for one in reason.evidence)
    return dict(enumerate(urls, 1))


def say_edition(edition: Edition, as_of: date) -> str:
    """Which edition is compared with which day."""
    words = _(
        "{edition}, dated {day}, compared with {today}. Every row follows from names and lifecycles in the catalogue."
    )
    day, today = write_day(edition.day, language()), write_day(as_of, language())
    return words.format(edition=say(edition.title), day=day, today=today)
