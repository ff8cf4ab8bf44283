"""One service or technique on the catalogue's page: what it is, was and will be, its parts, limits and sources."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import streamlit as st

from engine.knowledge import Knowledge
from engine.lifecycle import name_of, name_on, service_name, shutdown_of, stage_on, write_day
from engine.models import Capability, Evidence, LifecycleStage, Limit, Maybe, Name, Service, Stage, Successor, Technique
from ui.catalogue import say_value
from ui.markdown import link, plain
from ui.service_facts import sign_of
from ui.texts import _, language, say

Owner = Service | Technique
Numbers = Mapping[str, int]  # address of a source -> its number in the list
_BREAK = "  \n  "  # of a line inside an item of a list


def show_service(knowledge: Knowledge, use: str, as_of: date) -> None:
    """The page of the service that a use names; a capability that it names stands first among the parts."""
    owner, chosen = knowledge.used(use)
    evidence = find_evidence(owner)
    numbers = {url: number for number, url in enumerate(evidence, 1)}
    st.header(plain(name_of(knowledge, owner.id, language(), day=as_of)), anchor=False)
    st.markdown("\n\n".join(filter(None, [write_life(owner.lifecycle, as_of), plain(say(owner.purpose))])))
    names, parts = write_names(knowledge, owner, as_of), write_parts(knowledge, owner, chosen, numbers, as_of)
    left, right = st.columns([1.25, 1], gap="large") if names or parts else (None, st.container())
    if left:
        with left:
            _show(_("Names"), names)
            _show(_("Parts"), parts)
    with right:
        _show(_("Successor"), write_successor(knowledge, owner.successor))
        _show(_("Limits"), write_limits(owner.limits, numbers))
        _show(
            _("Controls"), _bullets(plain(say(one)) for one in (owner.controls if isinstance(owner, Service) else ()))
        )
        _show_decisions(knowledge, owner)
        _show(_("Sources"), write_sources(evidence))


def _show(title: str, body: str) -> None:
    if body:
        st.markdown(f"##### {title}\n\n{body}")


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


# --- names and lives ------------------------------------------------------------------------------------------------


def write_names(knowledge: Knowledge, owner: Owner, as_of: date) -> str:
    """Every name, the newest first, with the day until which it held; the one in force in bold; the guide's marked."""
    if not isinstance(owner, Service):
        return ""
    now, guide = name_on(owner, as_of), service_name(knowledge.edition, owner, "exam")
    lines = [_say_name(one, now, guide) for one in reversed(owner.names)]
    if guide not in {one.name for one in owner.names}:
        note = _("in the exam guide")
        lines.append(f"{plain(guide)} :gray[{note}]")
    return _bullets(lines) if len(lines) > 1 else ""


def _say_name(one: Name, now: str, guide: str) -> str:
    words = f"**{plain(one.name)}**" if one.name == now else plain(one.name)
    notes = [say_until(one.until)] if one.until else []
    notes += [_("in the exam guide")] if one.name == guide else []
    return f"{words} :gray[{plain(', '.join(notes))}]" if notes else words


def say_until(until: Maybe) -> str:
    if until == "unknown":
        return _("until an unknown day")
    return _("until {day}").format(day=_day(until))


def write_life(stages: tuple[LifecycleStage, ...], as_of: date) -> str:
    """The chip of the stage on a day, an announced end, and when the earlier stages began."""
    now, end = stage_on(stages, as_of), shutdown_of(stages)
    if now is None:
        return ""
    sign = sign_of(now.stage)
    words = [f":{sign.colour}-badge[:material/{sign.icon}: {plain(sign.word)}]"]
    if end and now.stage is not Stage.SHUTDOWN:
        ending = _("ends {day}").format(day=_day(end.on))
        words.append(f"**{plain(ending)}**")
    return f"{' '.join(words)} :small[:gray[{plain(_say_beginnings(stages, now, end))}]]"


def _say_beginnings(stages: tuple[LifecycleStage, ...], now: LifecycleStage, end: LifecycleStage | None) -> str:
    """When each stage began; the end only once it is past, since an announced one stands beside the chip."""
    told = [stage for stage in stages if stage is not end or stage is now]
    if len(told) == 1:
        return _("beginning unknown") if now.on == "unknown" else _("since {day}").format(day=_day(now.on))
    return ", ".join(_say_stage(stage) for stage in told)


def _say_stage(stage: LifecycleStage) -> str:
    day = _("unknown") if stage.on == "unknown" else _day(stage.on)
    return f"{sign_of(stage.stage).word}: {day}"


def _day(day: Maybe) -> str:
    return write_day(day, language()).replace(" ", "\N{NO-BREAK SPACE}")


def write_successor(knowledge: Knowledge, successor: Successor | None) -> str:
    if successor is None:
        return ""
    names = ", ".join(plain(name_of(knowledge, use, language())) for use in successor.uses)
    note = plain(say(successor.note))
    return f"**{names}** {note}".strip() if names else note


# --- parts and limits -----------------------------------------------------------------------------------------------


def write_parts(knowledge: Knowledge, owner: Owner, chosen: Capability | None, numbers: Numbers, as_of: date) -> str:
    """Every capability with its life, purpose, limits and successor; the chosen one first."""
    if not isinstance(owner, Service):
        return ""
    parts = sorted(owner.capabilities, key=lambda one: one is not chosen)
    return _bullets(_BREAK.join(_part(knowledge, one, numbers, as_of)) for one in parts)


def _part(knowledge: Knowledge, part: Capability, numbers: Numbers, as_of: date) -> Iterator[str]:
    yield f"**{plain(say(part.name))}** {write_life(part.lifecycle, as_of)}".rstrip()
    if part.purpose:
        yield plain(say(part.purpose))
    if part.limits:
        yield f":gray[{'; '.join(_say_limit(one) for one in part.limits)}]{_refer(part.limits, numbers)}"
    if part.successor:
        label = _("Successor:")
        yield f":gray[{label}] {write_successor(knowledge, part.successor)}"


def write_limits(limits: Iterable[Limit], numbers: Numbers) -> str:
    return _bullets(f"{_say_limit(one)}{_refer([one], numbers)}" for one in limits)


def _say_limit(limit: Limit) -> str:
    return f"{plain(say(limit.what))}: {plain(say_value(limit.value))}"


def _refer(limits: Iterable[Limit], numbers: Numbers) -> str:
    """Links to the sources of limits by their numbers in the list."""
    urls = dict.fromkeys(one.url for limit in limits for one in limit.evidence)
    return "".join(f" :small[{link(f'[{numbers[url]}]', url)}]" for url in urls)


# --- uses and sources -----------------------------------------------------------------------------------------------


def _show_decisions(knowledge: Knowledge, owner: Owner) -> None:
    uses = find_decisions(knowledge, owner.id)
    if uses:
        title = _("Decisions that can choose it")
        st.markdown(f"##### {title}")
    for point, options in uses.items():
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            name = plain(say(knowledge.decisions[point].short))
            icon = ":material/account_tree:"
            st.page_link("pages/decision_graph.py", label=name, icon=icon, query_params={"decision": point})
            st.markdown(f":small[:gray[{plain(', '.join(options))}]]", width="content")


def find_decisions(knowledge: Knowledge, owner: str) -> dict[str, list[str]]:
    """The decision points with the options that use a service or technique."""
    found: dict[str, list[str]] = {}
    for point in knowledge.decisions.values():
        for option in point.options:
            if any(use.partition("/")[0] == owner for use in option.uses):
                found.setdefault(point.id, []).append(say(option.label))
    return found


def find_evidence(owner: Owner) -> dict[str, Evidence]:
    """Everything that was read about it and its parts, once for each address."""
    limits, stages = [*owner.limits], [*owner.lifecycle]
    for part in owner.capabilities if isinstance(owner, Service) else ():
        limits += part.limits
        stages += part.lifecycle
    read = [*owner.evidence, *(one for stage in stages for one in stage.evidence)]
    read += [one for limit in limits for one in limit.evidence]
    return {one.url: one for one in read}


def write_sources(evidence: Mapping[str, Evidence]) -> str:
    """A numbered list of what was read, when, and of which day the copy was."""
    return "\n".join(f"{number}. {_source(one)}" for number, one in enumerate(evidence.values(), 1))


def _source(one: Evidence) -> str:
    kinds = {"page": _("page"), "excerpt": _("excerpt"), "package": _("package"), "third-party": _("third party")}
    words = [kinds[one.read], _("read {day}").format(day=_day(one.read_on))]
    words.append(
        _("copy of {day}").format(day=_day(one.copy_date)) if one.copy_date != "unknown" else _("day of copy unknown")
    )
    return f"{link(say_address(one.url), one.url)} :small[:gray[{plain(', '.join(words))}]]"


def say_address(url: str) -> str:
    """The site and the last part of the path."""
    site, _slash, path = url.removeprefix("https://").partition("/")
    last = path.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2]
    return f"{site}: {last}" if last else site
