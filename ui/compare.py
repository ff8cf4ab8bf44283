"""Up to four services side by side: the same questions to each, as lines of a table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from engine.knowledge import Knowledge
from engine.lifecycle import name_of, service_name, shutdown_of, stage_on, write_day
from engine.models import LifecycleStage, Limit, Maybe, Service, Stage, Technique
from ui.catalogue import SIGN, fold, say_successor, say_value
from ui.reading_table import Item, Row
from ui.service_facts import sign_of
from ui.service_page import find_decisions, find_evidence, say_address, say_until
from ui.texts import _, language, say

MOST = 4
CODE = "code-level"  # the criterion of which services name the answers that suffice
Owner = Service | Technique


Ask = Callable[[Knowledge, Owner, date], Iterable[Item]]


def name_owners(knowledge: Knowledge, as_of: date) -> dict[str, str]:
    """Everything that can be compared, by today's name, with the exam's where it is another."""
    names = {one: _name_both(knowledge, one, as_of) for one in (*knowledge.services, *knowledge.techniques)}
    return dict(sorted(names.items(), key=lambda item: fold(item[1])))


def _name_both(knowledge: Knowledge, use: str, as_of: date) -> str:
    today = name_of(knowledge, use, language(), day=as_of)
    exam = name_of(knowledge, use, language(), "exam")
    return today if exam == today else f"{today} ({exam})"


def compare(knowledge: Knowledge, uses: Iterable[str], as_of: date) -> list[Row]:
    """One row a question; a question to which no service has an answer is left out."""
    owners = [knowledge.used(use)[0] for use in uses]
    rows = [
        Row((Item("", label),), tuple(tuple(ask(knowledge, one, as_of)) for one in owners))
        for label, ask in _questions()
    ]
    return [row for row in rows if any(row.cells)]


def _questions() -> list[tuple[str, Ask]]:
    return [
        (_("Exam name"), _exam_name),
        (_("Former names"), _former_names),
        (_("Stage"), _stage),
        (_("Ends"), _end),
        (_("Successor"), _successor),
        (_("What it is for"), _purpose),
        (_("Code it needs"), _code),
        (_("Parts"), _parts),
        (_("Limits"), _limits),
        (_("Controls: isolation, residency, keys"), _controls),
        (_("Where it is an option"), _options),
        (_("Sources"), _sources),
    ]


# --- names and lives ------------------------------------------------------------------------------------------------


def _exam_name(knowledge: Knowledge, owner: Owner, _as_of: date) -> Iterator[Item]:
    if isinstance(owner, Service):
        yield Item(service_name(knowledge.edition, owner, "exam"))


def _former_names(_knowledge: Knowledge, owner: Owner, _as_of: date) -> Iterator[Item]:
    for one in reversed(owner.names) if isinstance(owner, Service) else ():
        if one.until:
            yield Item(one.name, say_until(one.until))


def _stage(_knowledge: Knowledge, owner: Owner, as_of: date) -> Iterator[Item]:
    now = stage_on(owner.lifecycle, as_of)
    if now:
        since = _("since {day}").format(day=_day(now.on)) if now.on != "unknown" else _("since an unknown day")
        yield Item(_say_stage(now.stage), since, sign_of(now.stage).colour)


def _say_stage(stage: Stage) -> str:
    return f"{SIGN[stage]} {sign_of(stage).word}"


def _end(_knowledge: Knowledge, owner: Owner, _as_of: date) -> Iterator[Item]:
    if owner.lifecycle:
        yield Item(say_end(owner.lifecycle))


def say_end(stages: tuple[LifecycleStage, ...]) -> str:
    end = shutdown_of(stages)
    if end is None:
        return _("none known")
    return _("on an unknown day") if end.on == "unknown" else _day(end.on)


def _successor(knowledge: Knowledge, owner: Owner, _as_of: date) -> Iterator[Item]:
    successor = owner.successor
    if successor:
        note = say(successor.note) if successor.uses else ""
        yield Item(say_successor(knowledge, successor), note)


def _day(day: Maybe) -> str:
    return write_day(day, language()).replace(" ", "\N{NO-BREAK SPACE}")


# --- what it is and can ---------------------------------------------------------------------------------------------


def _purpose(_knowledge: Knowledge, owner: Owner, _as_of: date) -> Iterator[Item]:
    yield Item(say(owner.purpose))


def _code(knowledge: Knowledge, owner: Owner, _as_of: date) -> Iterator[Item]:
    levels = knowledge.criteria[CODE].answers if CODE in knowledge.criteria else ()
    for level in levels:
        if isinstance(owner, Service) and level.id in owner.code:
            yield Item(say(level.label))


def _parts(_knowledge: Knowledge, owner: Owner, as_of: date) -> Iterator[Item]:
    for part in owner.capabilities if isinstance(owner, Service) else ():
        yield Item(say(part.name), _note_life(part.lifecycle, as_of))


def _note_life(stages: tuple[LifecycleStage, ...], as_of: date) -> str:
    """What a part's life has to say beside being generally available."""
    now, end = stage_on(stages, as_of), shutdown_of(stages)
    notes = [_say_stage(now.stage)] if now and now.stage is not Stage.GA else []
    if end and isinstance(end.on, date):
        words = _("since {day}") if now is end else _("ends {day}")
        notes.append(words.format(day=_day(end.on)))
    return ", ".join(notes)


def _limits(_knowledge: Knowledge, owner: Owner, _as_of: date) -> Iterator[Item]:
    """The limits of the whole, then those of its parts with the name of the part; sources by number."""
    numbers = {url: number for number, url in enumerate(find_evidence(owner), 1)}
    yield from (_limit(one, "", numbers) for one in owner.limits)
    for part in owner.capabilities if isinstance(owner, Service) else ():
        yield from (_limit(one, say(part.name), numbers) for one in part.limits)


def _limit(limit: Limit, part: str, numbers: Mapping[str, int]) -> Item:
    cited = {numbers[one.url]: one.url for one in limit.evidence}
    return Item(f"{say(limit.what)}: {say_value(limit.value)}", part, cited=cited)


def _controls(_knowledge: Knowledge, owner: Owner, _as_of: date) -> Iterator[Item]:
    for one in owner.controls if isinstance(owner, Service) else ():
        yield Item(say(one))


# --- uses and sources -----------------------------------------------------------------------------------------------


def _options(knowledge: Knowledge, owner: Owner, _as_of: date) -> Iterator[Item]:
    for point, options in find_decisions(knowledge, owner.id).items():
        yield Item(say(knowledge.decisions[point].short), ", ".join(options))


def _sources(_knowledge: Knowledge, owner: Owner, _as_of: date) -> Iterator[Item]:
    for number, (url, one) in enumerate(find_evidence(owner).items(), 1):
        read = _("read {day}").format(day=_day(one.read_on))
        yield Item(f"{number}. {say_address(url)}", read, url=url)
