"""The catalogue's entries: services, capabilities with a life of their own and techniques, found and put in a table."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from engine.knowledge import Knowledge
from engine.lifecycle import name_of, service_name, shutdown_of, stage_on
from engine.models import Capability, LifecycleStage, Limit, Maybe, Service, Stage, Successor, Technique
from ui.service_facts import sign_of
from ui.texts import _, language, say

AREAS = ("data", "train", "serve", "watch", "govern", "technique")
# A cell of a table takes no icon: letters that every font has stand for it.
SIGN = {
    Stage.PREVIEW: "◇",
    Stage.GA: "✓",
    Stage.CLOSED_TO_NEW: "⊘",
    Stage.DEPRECATED: "△",
    Stage.SHUTDOWN: "✕",
}
_LIMITS = 2  # limits that a cell shows


@dataclass(frozen=True)
class Entry:
    """One thing of the catalogue as it stands on a day."""

    use: str
    area: str
    name: str
    short: str  # of a capability: its own name alone
    whole: str  # of a capability: the name of its service
    exam_name: str
    former: tuple[tuple[str, Maybe], ...]  # names with the day until which they held
    stage: Stage | None
    stages: tuple[LifecycleStage, ...]
    successor: str
    limits: str
    words: str  # everything that a search looks at
    sections: frozenset[str] = frozenset()  # of the exam guide, "1" to "6"

    @property
    def owner(self) -> str:
        return self.use.partition("/")[0]

    @property
    def end(self) -> Maybe | None:
        """The day of the shutdown, past or announced."""
        last = shutdown_of(self.stages)
        return last.on if last else None

    @property
    def has_dates(self) -> bool:
        return any(stage.on != "unknown" for stage in self.stages)

    @property
    def is_telling(self) -> bool:
        """Whether its life has more to say than that it is generally available."""
        return self.stage not in (Stage.GA, None) or self.end is not None or bool(self.former)


def find_entries(knowledge: Knowledge, as_of: date) -> list[Entry]:
    """All entries by name; a capability stands after its service when its life differs from it."""
    owners: list[Service | Technique] = [*knowledge.services.values(), *knowledge.techniques.values()]
    owners.sort(key=lambda owner: fold(name_of(knowledge, owner.id, language(), day=as_of)))
    sections = find_sections(knowledge)
    return [
        replace(entry, sections=sections.get(owner.id, frozenset()))
        for owner in owners
        for entry in _entries_of(knowledge, owner, as_of)
    ]


def find_sections(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """For each service and technique, the sections of the guide whose decisions can choose it or a part of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for point in knowledge.decisions.values():
        sections = {objective.partition(".")[0] for objective in point.objectives}
        for option in point.options:
            for use in option.uses:
                found[use.partition("/")[0]] |= sections
    return {owner: frozenset(sections) for owner, sections in found.items()}


def _entries_of(knowledge: Knowledge, owner: Service | Technique, as_of: date) -> Iterator[Entry]:
    yield _owner_entry(knowledge, owner, as_of)
    if not isinstance(owner, Service):
        return
    stage = stage_on(owner.lifecycle, as_of)
    for capability in owner.capabilities:
        own = stage_on(capability.lifecycle, as_of)
        if own and (shutdown_of(capability.lifecycle) or own.stage != (stage and stage.stage)):
            yield _capability_entry(knowledge, owner, capability, as_of)


def _owner_entry(knowledge: Knowledge, owner: Service | Technique, as_of: date) -> Entry:
    now = stage_on(owner.lifecycle, as_of)
    names = [one.name for one in owner.names] if isinstance(owner, Service) else [say(owner.name)]
    parts = [say(one.name) for one in owner.capabilities] if isinstance(owner, Service) else []
    exam_name = service_name(knowledge.edition, owner, "exam") if isinstance(owner, Service) else ""
    return Entry(
        use=owner.id,
        area=owner.area if isinstance(owner, Service) else "technique",
        name=name_of(knowledge, owner.id, language(), day=as_of),
        short=name_of(knowledge, owner.id, language(), day=as_of),
        whole="",
        exam_name=exam_name,
        former=tuple((one.name, one.until) for one in owner.names if one.until) if isinstance(owner, Service) else (),
        stage=now.stage if now else None,
        stages=owner.lifecycle,
        successor=say_successor(knowledge, owner.successor),
        limits=_say_limits(owner.limits),
        words=fold(" ".join([owner.id, exam_name, *names, *parts])),
    )


def _capability_entry(knowledge: Knowledge, owner: Service, capability: Capability, as_of: date) -> Entry:
    use = f"{owner.id}/{capability.id}"
    now = stage_on(capability.lifecycle, as_of)
    whole, short = name_of(knowledge, owner.id, language(), day=as_of), say(capability.name)
    exam_name = service_name(knowledge.edition, owner, "exam")
    return Entry(
        use=use,
        area=owner.area,
        name=f"{whole}: {short}",
        short=short,
        whole=owner.short or whole,
        exam_name=exam_name,
        former=(),
        stage=now.stage if now else None,
        stages=capability.lifecycle,
        successor=say_successor(knowledge, capability.successor or owner.successor),
        limits=_say_limits(capability.limits),
        words=fold(" ".join([use, exam_name, short, *(one.name for one in owner.names)])),
    )


def say_successor(knowledge: Knowledge, successor: Successor | None) -> str:
    if successor is None:
        return ""
    names = "; ".join(name_of(knowledge, use, language()) for use in successor.uses)
    return names or (say(successor.note) if successor.note else "")


def _say_limits(limits: Iterable[Limit]) -> str:
    said = [f"{say(one.what)}: {say_value(one.value)}" for one in limits]
    return "; ".join(said[:_LIMITS]) + (" …" if len(said) > _LIMITS else "")


def say_value(value: str) -> str:
    return {"yes": _("yes"), "no": _("no")}.get(value, value)


# --- search ---------------------------------------------------------------------------------------------------------


def find_matching(
    entries: Iterable[Entry],
    search: str = "",
    areas: Iterable[str] = (),
    stages: Iterable[Stage] = (),
    sections: Iterable[str] = (),
) -> list[Entry]:
    """The entries with every word of the search, in one of the areas, stages and sections; none chosen means any."""
    words, wanted_areas, wanted_stages, wanted = fold(search).split(), set(areas), set(stages), set(sections)
    return [
        entry
        for entry in entries
        if all(word in entry.words for word in words)
        and (not wanted_areas or entry.area in wanted_areas)
        and (not wanted_stages or entry.stage in wanted_stages)
        and (not wanted or entry.sections & wanted)
    ]


def fold(text: str) -> str:
    """Small letters without accents, so that “predicao” finds “predição”."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


# --- table ----------------------------------------------------------------------------------------------------------


def make_table(entries: Iterable[Entry]) -> pd.DataFrame:
    """One row an entry, in the words of the screen; an end is a day, so that the column sorts as days do."""
    return pd.DataFrame(
        [
            {
                _("Today's name"): entry.name,
                _("Exam name"): entry.exam_name or "—",
                _("Stage"): _say_stage(entry),
                _("Ends"): entry.end if isinstance(entry.end, date) else None,
                _("Successor"): entry.successor or "—",
                _("Limits"): entry.limits or "—",
            }
            for entry in entries
        ]
    )


def say_stage(stage: Stage | None) -> str:
    return f"{SIGN[stage]} {sign_of(stage).word}" if stage else "—"


def _say_stage(entry: Entry) -> str:
    """The stage; an end on an unknown day is told here, since a column of days has no word for it."""
    words, unknown = say_stage(entry.stage), _("day unknown")
    return f"{words}, {unknown}" if entry.end == "unknown" else words
