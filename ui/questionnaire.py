"""The questions in the sidebar: by group, each optional and changeable in place, widgets as views of the state."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from engine.conditions import Truth, arises
from engine.knowledge import Knowledge
from engine.models import CriteriaFile, Criterion, Quality
from engine.quantity import Quantity
from engine.requirements import Requirements, Value, read_answer
from engine.spoken import QUALITY
from engine.text import Text, Unreadable
from ui.markdown import plain
from ui.quantities import say_quantity, say_unit
from ui.state import answer, change, current, knowledge
from ui.texts import _, language, ngettext, say

NONE = "∅"  # the pill that states an empty answer; no id looks like it
GROUP = "question-group"  # the group being answered
UNFOLDED = "unfolded"  # counts what is unfolded from elsewhere: the browser folds by itself, only new ones obey
UNREAD = "unread-answers"  # what was typed and could not be read, with the reason
EVERYTHING = "every-question"  # whether questions without effect are shown too
PRIORITIES, LABELS = "priorities", "priority-labels"
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


def show_questionnaire(facts: Knowledge, requirements: Requirements, to_ask: Collection[str] | None) -> None:
    """Ask, group by group, what was answered or is in `to_ask`; None: everything that arises."""
    answers = requirements.answers
    everything = {name: find_asked(facts, group, answers) for name, group in facts.groups.items()}
    shown = to_ask if to_ask is None or not st.session_state.get(EVERYTHING) else None
    asked = {name: _worth_asking(questions, answers, shown) for name, questions in everything.items()}
    with st.sidebar:
        _show_count([one for questions in asked.values() for one in questions], answers)
        _rank_priorities(requirements.priorities)
        opened = _find_opened(asked, answers)
        for name, questions in asked.items():
            if questions:
                _ask_group(name, facts.groups[name], questions, answers, name == opened)
        idle = _count_all(everything) - _count_all(
            {name: _worth_asking(questions, answers, to_ask) for name, questions in everything.items()}
        )
        if idle:
            label = ngettext("Show {count} question without effect", "Show {count} questions without effect", idle)
            help_ = _("With the answers so far they would change no decision.")
            st.toggle(label.format(count=idle), key=EVERYTHING, help=help_)


def find_asked(facts: Knowledge, group: CriteriaFile, answers: Mapping[str, Value]) -> list[Criterion]:
    """The questions of a group that arise; one that waits for the answer to another is not asked yet."""
    return [one for one in group.criteria if arises(facts.criteria, one.id, answers) is Truth.HOLDS]


def _worth_asking(
    questions: list[Criterion], answers: Mapping[str, Value], to_ask: Collection[str] | None
) -> list[Criterion]:
    return [one for one in questions if to_ask is None or one.id in to_ask or one.id in answers]


def _count_all(asked: Mapping[str, list[Criterion]]) -> int:
    return sum(map(len, asked.values()))


def show_question(criterion: str) -> None:
    """Unfold the group in which a question stands, and fold the others."""
    _note_group(criterion)
    st.session_state[UNFOLDED] = st.session_state.get(UNFOLDED, 0) + 1


def _note_group(criterion: str) -> None:
    """The group in which a person answers."""
    for name, group in knowledge().groups.items():
        if any(one.id == criterion for one in group.criteria):
            st.session_state[GROUP] = name


def show_in_step(key: str, value: Any) -> None:
    """Let a widget show what the state holds; one that shows it already is left alone, so that no click is undone."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _find_opened(asked: Mapping[str, list[Criterion]], answers: Mapping[str, Value]) -> str | None:
    """The group being answered, else the first with an unanswered question."""
    chosen: str | None = st.session_state.get(GROUP)
    if chosen in asked:
        return chosen
    return next((name for name, all_ in asked.items() if any(one.id not in answers for one in all_)), None)


def _show_count(asked: list[Criterion], answers: Mapping[str, Value]) -> None:
    count = _("{answered} of {asked}").format(answered=_count(asked, answers), asked=len(asked))
    title = _("Requirements")
    st.markdown(f"**{title}** :gray[{count}]")


def _count(asked: list[Criterion], answers: Mapping[str, Value]) -> int:
    return sum(one.id in answers for one in asked)


# --- priorities -----------------------------------------------------------------------------------------------------


def _rank_priorities(chosen: tuple[Quality, ...]) -> None:
    labels = (language(), chosen)
    if st.session_state.get(LABELS) != labels:  # the browser keeps labels, not values: give it the new ones
        st.session_state[PRIORITIES] = list(chosen)
        st.session_state[LABELS] = labels
    show_in_step(PRIORITIES, list(chosen))
    st.multiselect(
        _("Priorities, strongest first"),
        list(Quality),
        format_func=partial(_say_priority, chosen),
        key=PRIORITIES,
        on_change=_take_priorities,
        placeholder=_("None ranked yet"),
        select_all=False,
    )


def _say_priority(chosen: tuple[Quality, ...], quality: Quality) -> str:
    words = say(QUALITY[quality])
    return f"{chosen.index(quality) + 1} {words}" if quality in chosen else words


def _take_priorities() -> None:
    """A label of another language or rank, which a browser may still send, is no choice of the person."""
    chosen = tuple(st.session_state[PRIORITIES])
    if all(isinstance(one, Quality) for one in chosen):
        change(priorities=chosen)


# --- groups and questions -------------------------------------------------------------------------------------------


def _ask_group(
    name: str, group: CriteriaFile, asked: list[Criterion], answers: Mapping[str, Value], unfolded: bool
) -> None:
    count = _("{answered} of {asked}").format(answered=_count(asked, answers), asked=len(asked))
    label = f"{plain(say(group.title))} :gray[{count}]"
    with st.expander(label, expanded=unfolded, key=_key(name), icon=f":material/{group.icon}:"):
        for criterion in asked:
            _ask(criterion, answers.get(criterion.id))


def _key(group: str) -> str:
    return f"group-{group}-{st.session_state.get(UNFOLDED, 0)}"


def _ask(criterion: Criterion, value: Value | None) -> None:
    if isinstance(value, Quantity) or criterion.kind == "quantity":
        _ask_quantity(criterion, value if isinstance(value, Quantity) else None)
    elif isinstance(value, date) or criterion.kind == "date":
        _ask_date(criterion, value if isinstance(value, date) else None)
    elif criterion.kind == "one":
        _ask_one(criterion, value)
    else:
        _ask_many(criterion, value)


def _help(criterion: Criterion) -> str | None:
    """The question's own help, then that of each answer that has any."""
    lines = [plain(say(criterion.help))] if criterion.help else []
    lines += [f"**{plain(say(one.label))}**: {plain(say(one.help))}" for one in criterion.answers if one.help]
    return "\n\n".join(lines) or None


def _say_option(criterion: Criterion, option: str) -> str:
    if option == NONE:
        return _("None of these")
    return plain(say(next(one.label for one in criterion.answers if one.id == option)))


def _ask_one(criterion: Criterion, value: frozenset[str] | None) -> None:
    key = f"answer-{criterion.id}"
    show_in_step(key, next(iter(value), None) if value else None)
    st.pills(
        plain(say(criterion.question)),
        [one.id for one in criterion.answers],
        format_func=partial(_say_option, criterion),
        key=key,
        help=_help(criterion),
        on_change=_take_one,
        args=(criterion.id,),
    )


def _take_one(criterion: str) -> None:
    _note_group(criterion)
    answer(criterion, st.session_state[f"answer-{criterion}"])


def _ask_many(criterion: Criterion, value: frozenset[str] | None) -> None:
    """Nothing chosen is unknown; that none applies is a statement of its own."""
    key = f"answer-{criterion.id}"
    ids = [one.id for one in criterion.answers]
    shown = [NONE] if value is not None and not value else [one for one in ids if one in (value or ())]
    if sorted(st.session_state.get(key) or []) != sorted(shown):
        st.session_state[key] = shown
    st.pills(
        plain(say(criterion.question)),
        [*ids, NONE],
        selection_mode="multi",
        format_func=partial(_say_option, criterion),
        key=key,
        help=_help(criterion),
        on_change=_take_many,
        args=(criterion.id,),
    )


def _take_many(criterion: str) -> None:
    _note_group(criterion)
    chosen = tuple(st.session_state[f"answer-{criterion}"])
    stated_none = current().project.answers.get(criterion) in ((), [])
    if NONE in chosen and not stated_none:
        answer(criterion, ())
        return
    answer(criterion, tuple(one for one in chosen if one != NONE) or None)


# --- numbers and days -----------------------------------------------------------------------------------------------


def _ask_quantity(criterion: Criterion, value: Quantity | None) -> None:
    """Common limits as ready answers, and a field for any other value."""
    with st.container(gap="xsmall"):
        _ask_common(criterion, value)
        _ask_own(criterion, value)


def _ask_common(criterion: Criterion, value: Quantity | None) -> None:
    ready = next((str(one) for one in criterion.common if one == value), None)
    show_in_step(f"common-{criterion.id}", ready)
    st.pills(
        plain(say(criterion.question)),
        [str(one) for one in criterion.common],
        format_func=partial(_say_common, criterion),
        key=f"common-{criterion.id}",
        help=_help(criterion),
        on_change=_take_common,
        args=(criterion.id,),
    )


def _ask_own(criterion: Criterion, value: Quantity | None) -> None:
    unread: tuple[str, Text] | None = st.session_state.get(UNREAD, {}).get(criterion.id)
    own = _write_quantity(criterion, value) if value is not None and value not in criterion.common else ""
    show_in_step(f"own-{criterion.id}", unread[0] if unread else own)
    st.text_input(
        say(criterion.question),
        key=f"own-{criterion.id}",
        placeholder=_("Other, in {unit}").format(unit=say_unit(str(criterion.unit))),
        label_visibility="collapsed",
        on_change=_take_own,
        args=(criterion.id,),
    )
    if unread:
        st.markdown(f":small[:red[:material/error: {plain(say(unread[1]))}]]")


def _say_common(criterion: Criterion, written: str) -> str:
    value = next(one for one in criterion.common if str(one) == written)
    return plain(_("up to {value}").format(value=say_quantity(value)))


def _write_quantity(criterion: Criterion, value: Quantity) -> str:
    """As the field reads it back: without the unit in which it is asked."""
    return f"{value.number:f}" if value.unit == criterion.unit else f"{value.number:f} {value.unit}"


def _take_common(criterion: str) -> None:
    _note_group(criterion)
    _forget_unread(criterion)
    answer(criterion, st.session_state[f"common-{criterion}"])


def _take_own(criterion: str) -> None:
    """Keep what can be read; what cannot stays in the field with the reason, and nothing is answered."""
    _note_group(criterion)
    _forget_unread(criterion)
    typed = st.session_state[f"own-{criterion}"].strip()
    try:
        value = read_answer(knowledge().criteria[criterion], typed) if typed else None
    except Unreadable as error:
        st.session_state.setdefault(UNREAD, {})[criterion] = (typed, error.text)
        value = None
    answer(criterion, str(value) if isinstance(value, Quantity) else None)


def _forget_unread(criterion: str) -> None:
    st.session_state.get(UNREAD, {}).pop(criterion, None)


def _ask_date(criterion: Criterion, value: date | None) -> None:
    key = f"answer-{criterion.id}"
    show_in_step(key, value)
    st.date_input(
        plain(say(criterion.question)),
        value=None,
        min_value=min(EARLIEST, value or EARLIEST),
        max_value=max(LATEST, value or LATEST),
        key=key,
        help=_help(criterion),
        format="YYYY-MM-DD",
        on_change=_take_date,
        args=(criterion.id,),
    )


def _take_date(criterion: str) -> None:
    _note_group(criterion)
    answer(criterion, st.session_state[f"answer-{criterion}"])
