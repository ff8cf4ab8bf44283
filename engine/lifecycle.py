"""Where a service stands on a day, what it is called, and what follows from that for the options that use it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from engine.conditions import Truth, Values, judge_all
from engine.knowledge import Knowledge
from engine.models import (
    Condition,
    Edition,
    Evidence,
    Language,
    Lens,
    LifecycleStage,
    Service,
    Stage,
    Text,
    When,
)


@dataclass(frozen=True, slots=True)
class Consequence:
    """What the lifecycle of one used thing does to an option: removes it or disfavours it, when `when` holds.

    `if_unknown` says that it acts too while the answer is missing: who does not say how long a system lives
    does not get a service with an announced end.
    """

    use: str
    stage: Stage
    removes: bool
    when: When
    because: Text
    evidence: tuple[Evidence, ...]
    if_unknown: bool = False


def stage_on(stages: tuple[LifecycleStage, ...], day: date) -> LifecycleStage | None:
    """The stage in force on a day; an unknown beginning counts as begun. None: not born yet."""
    begun = [stage for stage in stages if stage.on == "unknown" or stage.on <= day]
    return begun[-1] if begun else None


def shutdown_of(stages: tuple[LifecycleStage, ...]) -> LifecycleStage | None:
    return next((stage for stage in stages if stage.stage is Stage.SHUTDOWN), None)


def lens_day(edition: Edition, lens: Lens, as_of: date) -> date:
    """The day that rules: the edition's in the exam lens, else the as-of date."""
    return edition.day if lens == "exam" else as_of


def name_of(
    knowledge: Knowledge, use: str, language: Language, lens: Lens = "production", day: date | None = None
) -> str:
    """The name of what an option uses: the guide's in the exam lens, else the one in force on the day."""
    owner, capability = knowledge.used(use)
    if not isinstance(owner, Service):
        return owner.name.in_(language)
    name = service_name(knowledge.edition, owner, lens, day)
    return f"{name}: {capability.name.in_(language)}" if capability else name


def service_name(edition: Edition, service: Service, lens: Lens = "production", day: date | None = None) -> str:
    if lens == "exam":
        return edition.terms.get(service.id) or name_on(service, edition.day)
    return name_on(service, day) if day else service.name


def name_on(service: Service, day: date) -> str:
    """The name in force on a day; a former name whose end is unknown is passed over."""
    dated = (
        name for name in service.names if name.until is None or (isinstance(name.until, date) and name.until > day)
    )
    return next(dated).name


def in_scope(edition: Edition, knowledge: Knowledge, use: str) -> bool:
    """Whether an edition's exam can ask for a thing: not excluded, and born before the edition's day."""
    owner = use.partition("/")[0]
    if use in edition.excludes or owner in edition.excludes:
        return False
    return all(stage_on(stages, edition.day) is not None for stages in lifecycles(knowledge, use))


def find_consequences(knowledge: Knowledge, use: str, lens: Lens, as_of: date) -> Iterator[Consequence]:
    """What follows from the lifecycles of a used thing (design: section 3.5)."""
    for stages in lifecycles(knowledge, use):
        now = stage_on(stages, lens_day(knowledge.edition, lens, as_of))
        if now is None:
            yield _not_born(knowledge, use, stages)
        elif lens == "exam":
            yield from _in_exam(knowledge, use, now, knowledge.edition.day)
        else:
            yield from _in_production(knowledge, use, stages, now)


def find_removal(knowledge: Knowledge, use: str, values: Values, lens: Lens, as_of: date) -> Consequence | None:
    """What removes a used thing under these answers, where anything does."""
    for found in find_consequences(knowledge, use, lens, as_of):
        truth, _ = judge_all(found.when, values)
        if found.removes and (truth is Truth.HOLDS or (truth is Truth.UNKNOWN and found.if_unknown)):
            return found
    return None


def write_day(day: date | str, language: Language) -> str:
    """A day in words, or that it is not known."""
    if isinstance(day, str):
        return "an unknown day" if language == "en" else "data desconhecida"
    return format_date(day, "d MMM yyyy", locale="en" if language == "en" else "pt_BR")


def lifecycles(knowledge: Knowledge, use: str) -> list[tuple[LifecycleStage, ...]]:
    """The lifecycle of the owner and that of the capability, where there is one."""
    owner, capability = knowledge.used(use)
    both = [owner.lifecycle, capability.lifecycle if capability else ()]
    return [stages for stages in both if stages]


def _in_exam(knowledge: Knowledge, use: str, now: LifecycleStage, day: date) -> Iterator[Consequence]:
    """Only what ended before the edition's day is out of its exam."""
    if now.stage is Stage.SHUTDOWN and now.on != day:
        yield _shut_down(knowledge, use, now)
    elif now.stage is Stage.PREVIEW:
        yield _preview(knowledge, use, now)


def _in_production(
    knowledge: Knowledge, use: str, stages: tuple[LifecycleStage, ...], now: LifecycleStage
) -> Iterator[Consequence]:
    end = shutdown_of(stages)
    if now.stage is Stage.SHUTDOWN:
        yield _shut_down(knowledge, use, now)
        return
    if end is not None and isinstance(end.on, date):
        yield _ends_too_early(knowledge, use, end, if_unknown=now.stage is Stage.DEPRECATED)
    if now.stage is Stage.DEPRECATED:
        yield _deprecated(knowledge, use, now, end)
    elif now.stage is Stage.CLOSED_TO_NEW:
        yield _closed(knowledge, use, now)
    elif now.stage is Stage.PREVIEW:
        yield _preview(knowledge, use, now)


def _not_born(knowledge: Knowledge, use: str, stages: tuple[LifecycleStage, ...]) -> Consequence:
    because = _say(knowledge, use, stages[0], "{name} begins only on {day}.", "{name} só começa em {day}.")
    return Consequence(use, stages[0].stage, True, {}, because, stages[0].evidence)


def _shut_down(knowledge: Knowledge, use: str, stage: LifecycleStage) -> Consequence:
    because = _say(knowledge, use, stage, "{name} was shut down on {day}.", "{name} foi encerrado em {day}.")
    return Consequence(use, Stage.SHUTDOWN, True, {}, because, stage.evidence)


def _ends_too_early(knowledge: Knowledge, use: str, end: LifecycleStage, if_unknown: bool) -> Consequence:
    assert isinstance(end.on, date)
    because = _say(
        knowledge,
        use,
        end,
        "{name} ends on {day}: only for a system that stops before.",
        "{name} termina em {day}: só para um sistema que pare antes.",
    )
    outlives = {"lives-until": Condition(after=end.on - timedelta(days=1))}
    return Consequence(use, Stage.SHUTDOWN, True, outlives, because, end.evidence, if_unknown)


def _deprecated(knowledge: Knowledge, use: str, now: LifecycleStage, end: LifecycleStage | None) -> Consequence:
    """Out when no end is known; else a strong misfit for the systems that stop before the end."""
    because = _say(
        knowledge,
        use,
        now,
        "{name} is deprecated since {day}: no new work should start on it.",
        "{name} está obsoleto desde {day}: nada novo deve começar nele.",
    )
    if end is None or not isinstance(end.on, date):
        return Consequence(use, Stage.DEPRECATED, True, {}, because, now.evidence)
    stops_before = {"lives-until": Condition(before=end.on)}
    return Consequence(use, Stage.DEPRECATED, False, stops_before, because, now.evidence)


def _closed(knowledge: Knowledge, use: str, now: LifecycleStage) -> Consequence:
    because = _say(
        knowledge,
        use,
        now,
        "{name} takes no new customers since {day}.",
        "{name} não aceita novos clientes desde {day}.",
    )
    assets = knowledge.criteria.get("existing-assets")
    owner = use.partition("/")[0]
    naming = tuple(answer.id for answer in assets.answers if owner in answer.assets) if assets else ()
    when: When = {"existing-assets": Condition(none_of=naming)} if naming else {}
    return Consequence(use, Stage.CLOSED_TO_NEW, True, when, because, now.evidence, if_unknown=True)


def _preview(knowledge: Knowledge, use: str, now: LifecycleStage) -> Consequence:
    because = _say(
        knowledge,
        use,
        now,
        "{name} is in preview, and only general availability is accepted.",
        "{name} está em prévia, e só disponibilidade geral é aceita.",
    )
    when = {"stability": Condition(any_of=("ga-only",))}
    return Consequence(use, Stage.PREVIEW, True, when, because, now.evidence)


def _say(knowledge: Knowledge, use: str, stage: LifecycleStage, en: str, pt: str) -> Text:
    return Text(
        en=en.format(name=name_of(knowledge, use, "en"), day=write_day(stage.on, "en")),
        pt=pt.format(name=name_of(knowledge, use, "pt"), day=write_day(stage.on, "pt")),
    )
