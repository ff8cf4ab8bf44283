"""Pin a choice with a reason, see what the engine says of it, and take the pin away."""

import streamlit as st

from engine.advice import Advice, Decision
from engine.knowledge import Knowledge
from engine.spoken import explain
from ui.decision_words import find_outcome
from ui.markdown import plain
from ui.share import LONGEST
from ui.state import change, current
from ui.texts import _, say

WIDTH = 360  # px of the menu


def show_pin(knowledge: Knowledge, advice: Advice, decision: Decision) -> None:
    point = knowledge.decisions[decision.point]
    pinned = advice.requirements.choices.get(decision.point)
    label = _("Change the pin") if pinned else _("Pin another choice")
    with st.popover(label, icon=":material/keep:", key=f"pin-menu-{point.id}"), st.container(width=WIDTH):
        options = _choose(knowledge, decision, pinned.options if pinned else ())
        for option in options:
            _show_opinion(knowledge, decision, option)
        key = f"pin-reason-{point.id}"
        if pinned and key not in st.session_state:
            st.session_state[key] = pinned.reason
        st.text_input(_("Reason"), key=key, max_chars=LONGEST, placeholder=_("Why it is fixed"))
        with st.container(horizontal=True):
            able = bool(options) or point.picks == "many"
            st.button(
                _("Pin"), key=f"pin-{point.id}", disabled=not able, on_click=_pin, args=(point.id, tuple(options))
            )
            if pinned:
                st.button(_("Unpin"), key=f"unpin-{point.id}", on_click=_unpin, args=(point.id,))


def _choose(knowledge: Knowledge, decision: Decision, pinned: tuple[str, ...]) -> list[str]:
    point = knowledge.decisions[decision.point]
    options = [one.id for one in point.options]
    key = f"pin-option-{point.id}"
    if point.picks == "many":
        st.session_state.setdefault(key, list(pinned or decision.chosen))
        chosen: list[str] = st.multiselect(
            _("Choices"), options, format_func=lambda one: say(point.option(one).label), key=key
        )
        return chosen
    st.session_state.setdefault(key, next(iter(pinned), None))
    one = st.selectbox(
        _("Choice"),
        options,
        index=None,
        format_func=lambda one: say(point.option(one).label),
        placeholder=_("Choose an option"),
        key=key,
    )
    return [one] if one else []


def _show_opinion(knowledge: Knowledge, decision: Decision, option: str) -> None:
    """What the engine says of an option that a person is about to pin."""
    verdict = decision.verdicts.get(option)
    if verdict is None or option in decision.would_choose:
        return
    outcome = find_outcome(decision, verdict, knowledge.decisions[decision.point].picks)
    label = plain(say(knowledge.decisions[decision.point].option(option).label))
    lines = [f"- {plain(say(explain(knowledge, decision, cause)))}" for cause in verdict.because]
    word = outcome.word if verdict.state != "chosen" else _("Not the engine's choice")
    st.markdown("\n".join([f"**{label}**: {plain(word)}\\.", "", *lines]))


def _pin(point: str, options: tuple[str, ...]) -> None:
    reason = st.session_state.get(f"pin-reason-{point}") or ""
    change(choices=dict(current().project.choices) | {point: {"options": options, "reason": reason}})


def _unpin(point: str) -> None:
    change(choices={name: one for name, one in current().project.choices.items() if name != point})
    for key in (f"pin-option-{point}", f"pin-reason-{point}"):
        st.session_state.pop(key, None)
