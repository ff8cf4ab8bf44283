"""What is known of a used service or technique: its stage, its dates, its names, its limits and its sources."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from engine.advice import Advice
from engine.knowledge import Knowledge
from engine.lifecycle import lens_day, name_of, shutdown_of, stage_on, write_day
from engine.models import Evidence, LifecycleStage, Limit, Service, Stage, Successor
from ui.markdown import link, plain
from ui.texts import _, language, say

Numbers = Mapping[str, int]  # address of a source -> its number in the panel


class Sign(NamedTuple):
    """How a lifecycle stage is shown: colour, icon and word."""

    colour: str
    icon: str
    word: str


def sign_of(stage: Stage) -> Sign:
    return {
        Stage.GA: Sign("green", "verified", _("GA")),
        Stage.PREVIEW: Sign("violet", "experiment", _("Preview")),
        Stage.DEPRECATED: Sign("orange", "event_busy", _("Deprecated")),
        Stage.CLOSED_TO_NEW: Sign("blue", "block", _("Closed to new")),
        Stage.SHUTDOWN: Sign("gray", "cancel", _("Shut down")),
    }[stage]


def stage_chip(knowledge: Knowledge, advice: Advice, use: str) -> str:
    """The chip of the stage on the day that rules, with an announced end; nothing where nothing is known."""
    stages = _stages(knowledge, use)
    now = stage_on(stages, lens_day(knowledge.edition, advice.lens, advice.as_of))
    if now is None:
        return ""
    sign, end = sign_of(now.stage), shutdown_of(stages)
    words = sign.word
    if end is not None and now.stage is not Stage.SHUTDOWN and isinstance(end.on, date):
        words = _("{stage}, ends {day}").format(stage=words, day=write_day(end.on, language()))
    return f":{sign.colour}-badge[:material/{sign.icon}: {plain(words)}]"


def _stages(knowledge: Knowledge, use: str) -> tuple[LifecycleStage, ...]:
    """The capability's own lifecycle, else its owner's."""
    owner, capability = knowledge.used(use)
    return capability.lifecycle if capability and capability.lifecycle else owner.lifecycle


def write_facts(knowledge: Knowledge, use: str) -> str:
    """Names, purpose, lifecycle and successor of one used thing, as lines of Markdown."""
    return "\n\n".join(_facts(knowledge, use))


def _facts(knowledge: Knowledge, use: str) -> Iterator[str]:
    owner, capability = knowledge.used(use)
    yield f"**{plain(name_of(knowledge, use, language()))}**"
    purpose = capability.purpose if capability and capability.purpose else owner.purpose
    yield f":gray[{plain(say(purpose))}]"
    if isinstance(owner, Service):
        guide = name_of(knowledge, owner.id, language(), "exam")
        if guide != owner.name:
            lead = _("In the exam guide:")
            yield f"{lead} {plain(guide)}"
    stages = _stages(knowledge, use)
    if stages:
        yield " · ".join(_dated(one) for one in stages)
    successor = (capability.successor if capability else None) or owner.successor
    if successor:
        lead = _("Successor:")
        yield f"{lead} {_say_successor(knowledge, successor)}"


def _dated(stage: LifecycleStage) -> str:
    word = plain(sign_of(stage.stage).word)
    if stage.on == "unknown":
        beginning = _("since an unknown day")
        return f"{word}, {beginning}"
    return f"{word}: {_kept(write_day(stage.on, language()))}"


def _kept(words: str) -> str:
    """A day stays on one line."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _say_successor(knowledge: Knowledge, successor: Successor) -> str:
    names = ", ".join(plain(name_of(knowledge, use, language())) for use in successor.uses)
    note = plain(say(successor.note)) if successor.note else ""
    return f"{names}. {note}" if names and note else names or note


def find_limits(knowledge: Knowledge, use: str) -> tuple[Limit, ...]:
    """The limits of the capability, else those of the whole."""
    owner, capability = knowledge.used(use)
    return capability.limits if capability and capability.limits else owner.limits


def write_limits(limits: Iterable[Limit], numbers: Numbers) -> str:
    return "\n".join(f"- {_say_limit(one, numbers)}" for one in limits)


def _say_limit(limit: Limit, numbers: Numbers) -> str:
    value = {"yes": _("yes"), "no": _("no")}.get(limit.value, limit.value)
    words = f"{plain(say(limit.what))}: **{plain(_kept(value) if len(value) < 30 else value)}**"
    return f"{words} {cite(limit.evidence, numbers)}".rstrip()


def find_evidence(knowledge: Knowledge, use: str) -> Iterator[Evidence]:
    """Everything that was read about a used thing."""
    owner, capability = knowledge.used(use)
    yield from owner.evidence
    for stage in _stages(knowledge, use):
        yield from stage.evidence
    for limit in capability.limits if capability else owner.limits:
        yield from limit.evidence


def number_sources(evidence: Iterable[Evidence]) -> Numbers:
    """Each address once, in the order in which it is cited."""
    urls = dict.fromkeys(one.url for one in evidence)
    return {url: place for place, url in enumerate(urls, 1)}


def cite(evidence: Iterable[Evidence], numbers: Numbers) -> str:
    """Numbered links beside a statement; the list of sources has the same numbers."""
    urls = dict.fromkeys(one.url for one in evidence)
    return "\N{NO-BREAK SPACE}".join(f":small[{link(f'[{numbers[url]}]', url)}]" for url in urls)
