"""Every decision as a card: its name and chip, the choice, one line of reason; a click explains it in the panel."""

from itertools import islice

import streamlit as st

from engine.advice import Advice, Decision, Status
from engine.diagram.decision_sketch import WORDS
from engine.knowledge import Knowledge
from engine.spoken import STATUS
from ui.decision_words import COLOUR, ICON, chip, say_reason
from ui.figures import colour
from ui.markdown import plain
from ui.panels import find_subjects, say_choice, say_subject
from ui.selection import in_order_of_need
from ui.state import select
from ui.texts import _, ngettext, say

ROW = 4
CALLED = "card-called"  # a card was clicked: the page scrolls to the panel


def show_counts(advice: Advice) -> None:
    """How many decisions there are, and one chip for each status."""
    live = [one.status for one in advice.decisions.values() if one.status != "not-applicable"]
    lead = ngettext("{count} decision", "{count} decisions", len(live))
    chips = [_count_chip(status, live.count(status)) for status in STATUS if status in live]
    st.markdown(f"**{lead}** {' '.join(chips)}", width="content")


def _count_chip(status: Status, count: int) -> str:
    words = {
        "settled": ngettext("{count} settled", "{count} settled", count),
        "provisional": ngettext("{count} provisional", "{count} provisional", count),
        "open": ngettext("{count} open", "{count} open", count),
        "conflict": ngettext("{count} conflict", "{count} conflicts", count),
        "pinned": ngettext("{count} pinned", "{count} pinned", count),
    }
    return f":{COLOUR[status]}-badge[:material/{ICON[status]}: {words[status]}]"


def show_cards(knowledge: Knowledge, advice: Advice, selected: str | None) -> None:
    st.header(_("Decisions"), anchor=False)
    if selected:
        teal = f"light-dark({colour('primaryColor')}, {colour('primaryColor', 'dark')})"
        st.html(f"<style>.st-key-card-{selected} {{outline: 2px solid {teal}; outline-offset: -1px}}</style>")
    points = iter(in_order_of_need(advice))
    while row := list(islice(points, ROW)):
        for column, point in zip(st.columns(ROW, gap="small"), row, strict=False):
            with column:
                _show_card(knowledge, advice.decisions[point])
    _fold_away(knowledge, advice)


def _show_card(knowledge: Knowledge, decision: Decision) -> None:
    point = knowledge.decisions[decision.point]
    with st.container(border=True, height="stretch", key=f"card-{point.id}", gap="xxsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", gap="xxsmall"):
            st.markdown(f":small[:gray[{plain(say(point.short))}]]", width="content")
            st.markdown(f":small[{chip(decision.status)}]", width="content")
        choice = f"**{plain(say_choice(knowledge, decision))}**"
        st.button(
            f":gray[{choice}]" if decision.status == "open" else choice,
            key=f"choose-{point.id}",
            type="tertiary",
            on_click=_take_card,
            args=(point.id,),
        )
        st.markdown(f":small[:gray[{plain(_say_line(knowledge, decision))}]]")


def _say_line(knowledge: Knowledge, decision: Decision) -> str:
    """The one line of a card: for a pin what it replaces, for a conflict what excludes each other."""
    if decision.status == "pinned" and decision.would_choose != decision.chosen:
        point = knowledge.decisions[decision.point]
        wished = ", ".join(say(point.option(one).label) for one in decision.would_choose)
        return _("Without the pin: {choice}").format(choice=wished or say(WORDS["conflict"]))
    if decision.status == "conflict":
        subjects = find_subjects(decision, decision.status_because)
        return _("These exclude each other: {answers}").format(
            answers=", ".join(say_subject(knowledge, one) for one in subjects)
        )
    return say_reason(knowledge, decision)


def _take_card(point: str) -> None:
    st.session_state[CALLED] = True
    select(None, point)


def was_called() -> bool:
    """Whether this run answers the click on a card; asked once a run."""
    return bool(st.session_state.pop(CALLED, False))


def _fold_away(knowledge: Knowledge, advice: Advice) -> None:
    """The decisions that do not apply, in one line that unfolds."""
    idle = [one for one in advice.decisions.values() if one.status == "not-applicable"]
    if not idle:
        return
    label = ngettext("{count} does not apply", "{count} do not apply", len(idle))
    with st.expander(f":gray[{label}]", key="idle-decisions", icon=":material/remove:"):
        st.markdown("\n".join(f"- {_say_idle(knowledge, one)}" for one in idle))


def _say_idle(knowledge: Knowledge, decision: Decision) -> str:
    name = plain(say(knowledge.decisions[decision.point].short))
    return f"**{name}** :gray[{plain(say_reason(knowledge, decision))}]"
