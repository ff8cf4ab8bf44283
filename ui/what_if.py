"""What would change a choice, as buttons that try it; what is tried can be kept or undone."""

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from engine.advice import Advice, Decision
from engine.diagram.decision_sketch import say_answer
from engine.explain import Change, Flip, Flips, find_conflicts, find_flips, find_relaxations
from engine.knowledge import Knowledge
from engine.models import ProjectFile, RawAnswer
from engine.requirements import Requirements, Value, write_answer
from ui.markdown import plain
from ui.state import current, keep, knowledge, requirements
from ui.texts import _, language, say

SHOWN = 6  # flips that stand there before the rest is folded away
FURTHER = "further-flips"


def show_flips(facts: Knowledge, advice: Advice, decision: Decision) -> None:
    """For each option that lost: one change of the answers, or two on demand, with which it would win."""
    label, key = _("What would change this?"), f"flips-{decision.point}"
    with st.expander(label, key=key, icon=":material/alt_route:", on_change="rerun") as opened:
        if not opened.open:  # the search is worth its time only for who asks
            return
        deep = st.toggle(_("Two changes together"), key=f"{FURTHER}-{decision.point}")
        found = _flips(facts, advice.requirements, decision.point, 2 if deep else 1)
        flips = [flip for several in found.by_option.values() for flip in several]
        if not flips:
            st.markdown(_no_flip(deep))
        _show_buttons(facts, decision, sorted(flips, key=lambda flip: len(flip.changes))[: SHOWN * (1 + deep)])
        never = [option for option, several in found.by_option.items() if not several]
        if never:
            names = ", ".join(plain(_label(facts, decision, option)) for option in never)
            lead = _("No such change lets these win:")
            st.markdown(f":gray[{lead} {names}\\.]")


def _no_flip(deep: bool) -> str:
    return _("No two changes lead to another choice.") if deep else _("No single change leads to another choice.")


@st.cache_data(max_entries=200, show_spinner=False, hash_funcs={Knowledge: lambda one: one.version})
def _flips(facts: Knowledge, given: Requirements, point: str, most: int) -> Flips:
    return find_flips(facts, given, point, most)


def show_relaxations(facts: Knowledge, advice: Advice, decision: Decision) -> None:
    """The smallest sets of answers that clash, and single changes that end the conflict, with what each gives."""
    for names in find_conflicts(facts, advice.requirements, decision.point):
        stated = [_state(facts, advice.requirements, name) for name in facts.criteria if name in names]
        lead = _("Not together:")
        st.markdown(f":red[:material/error:] {lead} {'; '.join(stated)}")
    relaxations = find_relaxations(facts, advice.requirements, decision.point)
    if relaxations:
        title = _("What would end it")
        st.markdown(f"##### {title}")
        _show_buttons(facts, decision, relaxations[:SHOWN])


def _state(facts: Knowledge, given: Requirements, name: str) -> str:
    criterion = facts.criteria[name]
    said = say_answer(criterion, given.answers[name], language())
    return f"{plain(say(criterion.label))} **{plain(said)}**"


def _show_buttons(facts: Knowledge, decision: Decision, flips: Iterable[Flip]) -> None:
    for number, flip in enumerate(flips):
        changes = " + ".join(_say_change(facts, change) for change in flip.changes)
        label = f"{changes} → **{plain(_label(facts, decision, flip.option))}**"
        st.button(
            label,
            key=f"try-{decision.point}-{number}",
            on_click=_try,
            args=(flip,),
            help=_("Try it: nothing is lost, it can be undone."),
        )


def _label(facts: Knowledge, decision: Decision, option: str) -> str:
    return say(facts.decisions[decision.point].option(option).label)


def _say_change(facts: Knowledge, change: Change) -> str:
    """The criterion with its new answer; with a sign where one of several answers comes or goes."""
    criterion = facts.criteria[change.criterion]
    label = plain(say(criterion.label))
    for sign, answer in (("+", change.adds), ("−", change.removes)):
        if answer:
            return f"{label}: {sign} {plain(say_answer(criterion, frozenset([answer]), language()))}"
    return f"{label}: {plain(say_answer(criterion, change.value, language()))}"


def _try(flip: Flip) -> None:
    """Answer otherwise, remembering the project as it was."""
    state = current()
    answers = requirements().answers
    for change in flip.changes:
        answers = change.apply(answers)
    tried = {change.criterion: _write(change.criterion, answers[change.criterion]) for change in flip.changes}
    project = ProjectFile.model_validate(state.project.model_dump() | {"answers": {**state.project.answers, **tried}})
    keep(replace(state, project=project, before=state.before or state.project))


def _write(criterion: str, value: Value) -> RawAnswer:
    """As the questions write it: one answer as a word, several as a list."""
    written = write_answer(value)
    single = knowledge().criteria[criterion].kind == "one"
    return written[0] if single and isinstance(written, tuple) else written


def show_trial() -> None:
    """While a change is tried: keep it, or go back to what was there before."""
    if current().before is None:
        return
    with st.container(border=True, key="trial", horizontal=True, vertical_alignment="center"):
        words = _("A change is being tried.")
        st.markdown(f":material/alt_route: **{words}**", width="content")
        st.button(_("Keep it"), key="keep-trial", type="primary", on_click=_keep_trial)
        st.button(_("Undo it"), key="undo-trial", on_click=_undo_trial)


def _keep_trial() -> None:
    keep(replace(current(), before=None))


def _undo_trial() -> None:
    state = current()
    if state.before is not None:
        keep(replace(state, project=state.before, before=None))
