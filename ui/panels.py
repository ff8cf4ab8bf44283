"""The panel beside the board: one decision with its reasons, what stood against the others, facts, pin and sources."""

from collections.abc import Iterable

import streamlit as st

from engine.advice import Advice, Decision, Verdict
from engine.architecture import Component
from engine.diagram.decision_sketch import WORDS, say_answer
from engine.forces import Cause
from engine.graph import PREFIX
from engine.knowledge import Knowledge
from engine.lifecycle import name_of, write_day
from engine.models import Evidence
from engine.requirements import Value
from engine.spoken import IF_USUAL, explain
from ui.decision_words import chip, find_outcome
from ui.markdown import link, plain
from ui.pins import show_pin
from ui.questionnaire import show_question
from ui.selection import Selection
from ui.service_facts import (
    Numbers,
    cite,
    find_evidence,
    find_limits,
    number_sources,
    stage_chip,
    write_facts,
    write_limits,
)
from ui.state import select
from ui.texts import _, language, ngettext, say
from ui.what_if import show_flips, show_relaxations

POINT = "panel-point"
REASONS = 2  # against each option that lost
SHOWN = 4  # options that lost, and questions, that stand there before the rest is folded away


def show_panel(knowledge: Knowledge, advice: Advice, selection: Selection) -> None:
    with st.container(border=True, key="panel", gap="small"):
        if len(selection.points) > 1:
            _choose_point(knowledge, selection)
        if selection.point:
            show_decision(knowledge, advice, advice.decisions[selection.point])
        elif selection.component:
            _show_part(knowledge, advice, selection.component)
        else:
            st.markdown(_("Nothing is decided yet."))


def _choose_point(knowledge: Knowledge, selection: Selection) -> None:
    """A component that stands for several decisions explains one at a time."""
    key = f"{POINT}-{selection.component.id}" if selection.component else POINT
    if st.session_state.get(key) != selection.point:
        st.session_state[key] = selection.point
    st.pills(
        _("Decision"),
        selection.points,
        format_func=lambda one: plain(say(knowledge.decisions[one].short)),
        key=key,
        required=True,
        on_change=_take_point,
        args=(key, selection.component.id if selection.component else None),
        label_visibility="collapsed",
    )


def _take_point(key: str, component: str | None) -> None:
    select(component, st.session_state[key])


def show_decision(knowledge: Knowledge, advice: Advice, decision: Decision) -> None:
    """Question, choice, chips, because, why not the others, what is still to ask, facts, pin and sources."""
    uses = _find_uses(knowledge, decision)
    sources = _find_sources(knowledge, decision, uses)
    numbers = number_sources(sources)
    _show_choice(knowledge, advice, decision, uses)
    if decision.status == "not-applicable":
        _show_reasons(knowledge, decision, decision.status_because, numbers)
        return
    _show_status(knowledge, advice, decision, numbers)
    _show_losers(knowledge, decision, numbers)
    if decision.status not in ("open", "pinned"):
        _show_questions(knowledge, decision)
    if decision.status not in ("pinned", "conflict"):
        show_flips(knowledge, advice, decision)
    for use in uses:
        _show_facts(knowledge, use, numbers)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        show_pin(knowledge, advice, decision)
        _show_sources(sources, numbers)


def _show_status(knowledge: Knowledge, advice: Advice, decision: Decision, numbers: Numbers) -> None:
    """Why it stands as it does: what speaks for the choice, against the pin, or what is missing."""
    if decision.status == "pinned":
        _show_pinned(knowledge, advice, decision, numbers)
    elif decision.status == "conflict":
        _show_conflict(knowledge, advice, decision)
        show_relaxations(knowledge, advice, decision)
    elif decision.status == "open":
        st.markdown(_("Nothing answered so far speaks for one option: this is a question, not advice."))
        _show_questions(knowledge, decision)
    elif decision.because:
        _title(_("Because"))
        _show_reasons(knowledge, decision, find_own_reasons(decision), numbers)


def _show_choice(knowledge: Knowledge, advice: Advice, decision: Decision, uses: list[str]) -> None:
    with st.container(gap="xxsmall"):
        st.markdown(f":small[:gray[{plain(say(knowledge.decisions[decision.point].title))}]]")
        choice = plain(say_choice(knowledge, decision))
        st.subheader(f":gray[{choice}]" if decision.status == "open" else choice, anchor=False)
        stages = filter(None, (stage_chip(knowledge, advice, use) for use in uses))
        st.markdown(f"{chip(decision.status)} {' '.join(list(dict.fromkeys(stages))[:2])}")


def say_choice(knowledge: Knowledge, decision: Decision) -> str:
    """What is chosen, in full; for a conflict and an empty choice that nothing is."""
    if decision.status == "conflict":
        return say(WORDS["conflict"])
    point = knowledge.decisions[decision.point]
    if decision.status == "not-applicable":
        return say(point.short)
    chosen = ", ".join(say(point.option(one).label) for one in decision.chosen)
    return chosen or (_("Not decided yet") if decision.status == "open" else say(WORDS["nothing"]))


def _find_uses(knowledge: Knowledge, decision: Decision) -> list[str]:
    if decision.status == "not-applicable":
        return []
    point = knowledge.decisions[decision.point]
    return list(dict.fromkeys(use for one in decision.chosen for use in point.option(one).uses))


def _title(words: str) -> None:
    st.markdown(f"##### {words}")


# --- reasons --------------------------------------------------------------------------------------------------------


def _show_reasons(knowledge: Knowledge, decision: Decision, causes: Iterable[Cause], numbers: Numbers) -> None:
    st.markdown("\n".join(f"- {write_reason(knowledge, decision, cause, numbers)}" for cause in causes))


def write_reason(knowledge: Knowledge, decision: Decision, cause: Cause, numbers: Numbers) -> str:
    """A cause in words with its sources; where none was read, a word says how sure it is."""
    words = plain(say(explain(knowledge, decision, cause)))
    force = decision.forces.get(cause)
    if force is None:
        return words
    parts = [words, *([cite(force.evidence, numbers)] if force.evidence else [])]
    if force.confidence == "judgement":
        word = _("Judgement")
        parts.append(f":gray-badge[{word}]")
    elif force.confidence == "unverified":
        word = _("Unverified")
        parts.append(f":orange-badge[:material/help: {word}]")
    return " ".join(parts)


def find_own_reasons(decision: Decision) -> list[Cause]:
    """What speaks for the choice; what only removes others stands with them, unless nothing else is there."""
    elsewhere = {
        cause
        for verdict in decision.verdicts.values()
        if verdict.state == "ruled-out"
        for cause in verdict.because[:REASONS]
    }
    return [cause for cause in decision.because if cause not in elsewhere] or list(decision.because)


def _show_conflict(knowledge: Knowledge, advice: Advice, decision: Decision) -> None:
    """Where nothing is left: which answers stand against each other."""
    subjects = find_subjects(decision, decision.status_because)
    stated = [_state_subject(knowledge, advice, one) for one in subjects]
    words = _("Every option is ruled out. These answers exclude each other:")
    st.markdown("\n".join([f":red[:material/error:] {words}", "", *(f"- {one}" for one in stated if one)]))


def find_subjects(decision: Decision, causes: Iterable[Cause]) -> list[str]:
    """The criteria and decisions that causes listen to, each once."""
    forces = [decision.forces[cause] for cause in causes if cause in decision.forces]
    return list(dict.fromkeys(subject for force in forces for subject in force.when))


def say_subject(knowledge: Knowledge, subject: str) -> str:
    """The name of a criterion or a decision."""
    if subject.startswith(PREFIX):
        return say(knowledge.decisions[subject.removeprefix(PREFIX)].short)
    return say(knowledge.criteria[subject].label)


def _state_subject(knowledge: Knowledge, advice: Advice, subject: str) -> str:
    """A criterion with its answer, or a decision with its choice."""
    if subject.startswith(PREFIX):
        said = say_choice(knowledge, advice.decisions[subject.removeprefix(PREFIX)])
    else:
        value: Value | None = advice.requirements.answers.get(subject)
        said = say_answer(knowledge.criteria[subject], value, language()) if value is not None else _("not answered")
    return f"{plain(say_subject(knowledge, subject))}: **{plain(said)}**"


def _show_pinned(knowledge: Knowledge, advice: Advice, decision: Decision, numbers: Numbers) -> None:
    """The pin's reason, and what the engine thinks of it."""
    reason = advice.requirements.choices[decision.point].reason
    if reason:
        lead = _("Pinned because:")
        st.markdown(f"{lead} {plain(reason)}")
    if decision.would_choose == decision.chosen:
        st.markdown(_("It would be chosen without the pin too."))
        _show_reasons(knowledge, decision, decision.because, numbers)
        return
    point = knowledge.decisions[decision.point]
    wished = ", ".join(plain(say(point.option(one).label)) for one in decision.would_choose)
    _title(_("What speaks against the pin"))
    if wished:
        st.markdown(_("Without it: {choice}.").format(choice=f"**{wished}**"))
    against = [cause for one in decision.chosen for cause in decision.verdicts[one].because]
    _show_reasons(knowledge, decision, dict.fromkeys(against), numbers)


# --- the other options ----------------------------------------------------------------------------------------------


def _show_losers(knowledge: Knowledge, decision: Decision, numbers: Numbers) -> None:
    others = [one for one in decision.verdicts.values() if one.state != "chosen"]
    if not others:
        return
    _title(_("What rules each out") if decision.status == "conflict" else _("Why not the others"))
    blocks = _write_losers(knowledge, decision, others, numbers)
    unspoken = [one for one in others if not one.because and one.option not in decision.would_choose]
    silent = [plain(_label(knowledge, decision, one)) for one in unspoken]
    if silent:
        lead = _("Nothing speaks for:")
        blocks.append(f":gray[{lead} {', '.join(silent)}\\.]")
    st.markdown("\n\n".join(blocks[:SHOWN]))
    if len(blocks) > SHOWN:
        with st.expander(ngettext("{count} more", "{count} more", len(blocks) - SHOWN), key=f"losers-{decision.point}"):
            st.markdown("\n\n".join(blocks[SHOWN:]))


def _write_losers(knowledge: Knowledge, decision: Decision, verdicts: Iterable[Verdict], numbers: Numbers) -> list[str]:
    """The options in bold, then in a word how they came out and why; what lost for the same reason stands together."""
    alike: dict[str, list[str]] = {}
    icons: dict[str, str] = {}
    for one in verdicts:
        if one.because:
            outcome = find_outcome(decision, one, knowledge.decisions[decision.point].picks)
            reasons = [write_reason(knowledge, decision, cause, numbers) for cause in one.because[:REASONS]]
            words = " ".join([f":gray[{plain(outcome.word)}\\.]", *reasons])
            alike.setdefault(words, []).append(plain(_label(knowledge, decision, one)))
            icons[words] = f":{outcome.colour}[:material/{outcome.icon}:]"
    return [f"{icons[words]} **{', '.join(names)}**  \n{words}" for words, names in alike.items()]


def _label(knowledge: Knowledge, decision: Decision, verdict: Verdict) -> str:
    return say(knowledge.decisions[decision.point].option(verdict.option).label)


# --- what is still to ask -------------------------------------------------------------------------------------------


def _show_questions(knowledge: Knowledge, decision: Decision) -> None:
    if not decision.still_to_ask:
        return
    _title(_("Still to ask"))
    if decision.witness:
        parts = [_say_witness(knowledge, name, value) for name, value in decision.witness.items()]
        st.markdown(_("Another choice follows if it turns out that: {answers}.").format(answers="; ".join(parts)))
    if decision.settled_if_usual:
        st.markdown(f":material/check: {say(IF_USUAL).capitalize()}.")
    with st.container(horizontal=True, gap="xsmall", key=f"ask-{decision.point}"):
        for name in decision.still_to_ask[:SHOWN]:
            st.button(
                plain(say(knowledge.criteria[name].label)),
                key=f"ask-{decision.point}-{name}",
                icon=":material/arrow_back:",
                help=_("Show the question"),
                on_click=show_question,
                args=(name,),
            )


def _say_witness(knowledge: Knowledge, name: str, value: Value) -> str:
    criterion = knowledge.criteria[name]
    return f"{plain(say(criterion.label))}: **{plain(say_answer(criterion, value, language()))}**"


# --- facts and sources ----------------------------------------------------------------------------------------------


def _show_facts(knowledge: Knowledge, use: str, numbers: Numbers) -> None:
    limits = find_limits(knowledge, use)
    name = name_of(knowledge, use, language())
    label = _("Facts: {name}").format(name=name.partition(": ")[2] or name)
    with st.expander(plain(label), key=f"facts-{use}", icon=":material/info:"):
        st.markdown(write_facts(knowledge, use))
        if limits:
            _title(_("Limits"))
            st.markdown(write_limits(limits, numbers))
        st.page_link(
            "pages/catalogue.py",
            label=_("Open in the catalogue"),
            icon=":material/inventory_2:",
            query_params={"service": use.partition("/")[0]},
        )


def _find_sources(knowledge: Knowledge, decision: Decision, uses: list[str]) -> list[Evidence]:
    """What was read, in the order in which the panel cites it: for the choice, against the others, facts."""
    causes = [*decision.because, *(cause for one in decision.verdicts.values() for cause in one.because)]
    forces = [decision.forces[cause] for cause in dict.fromkeys(causes) if cause in decision.forces]
    found = [one for force in (*forces, *decision.forces.values()) for one in force.evidence]
    return found + [one for use in uses for one in find_evidence(knowledge, use)]


def _show_sources(sources: Iterable[Evidence], numbers: Numbers) -> None:
    by_address = {one.url: one for one in sources}
    if not by_address:
        return
    label = ngettext("{count} source", "{count} sources", len(numbers))
    with st.popover(label, type="tertiary", icon=":material/link:", key="sources"):
        st.markdown("\n".join(f"{place}. {_write_source(by_address[url])}" for url, place in numbers.items()))


def _write_source(evidence: Evidence) -> str:
    read = {
        "page": _("page read {day}"),
        "excerpt": _("excerpt read {day}"),
        "package": _("package read {day}"),
        "third-party": _("third party, read {day}"),
    }[evidence.read].format(day=write_day(evidence.read_on, language()))
    copy = evidence.copy_date
    if copy != "unknown":
        read = _("{read}, a copy of {day}").format(read=read, day=write_day(copy, language()))
    shown = evidence.url.removeprefix("https://")
    return f"{link(shown, evidence.url)}  \n   :small[:gray[{plain(read)}]]"


# --- a part without a decision of its own ---------------------------------------------------------------------------


def _show_part(knowledge: Knowledge, advice: Advice, component: Component) -> None:
    """What the architecture brings in by itself: what it is, and from which answers and choices it follows."""
    with st.container(gap="xxsmall"):
        if component.detail:
            st.markdown(f":small[:gray[{plain(say(component.detail))}]]")
        st.subheader(plain(say(component.title)), anchor=False)
        if component.service:
            st.markdown(stage_chip(knowledge, advice, component.service))
    rule = next(one for one in knowledge.architecture.components if one.id == component.id)
    subjects = dict.fromkeys(subject for row in rule.when for subject in row)
    said = [_state_subject(knowledge, advice, one) for one in subjects if _counts(advice, one)]
    if said:
        _title(_("It follows from"))
        st.markdown("\n".join(f"- {one}" for one in said))
    if component.service:
        sources = list(find_evidence(knowledge, component.service))
        numbers = number_sources(sources)
        _show_facts(knowledge, component.service, numbers)
        _show_sources(sources, numbers)


def _counts(advice: Advice, subject: str) -> bool:
    """Whether a person answered it, or the advice decided it."""
    if not subject.startswith(PREFIX):
        return subject in advice.requirements.answers
    return advice.decisions[subject.removeprefix(PREFIX)].status not in ("not-applicable", "conflict")
