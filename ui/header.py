"""What stands above the board: the title, the lens, the day, sharing, and what a person should know first."""

import streamlit as st

from engine.advice import Advice, Note
from engine.knowledge import Knowledge
from engine.lifecycle import write_day
from engine.models import Lens
from ui.markdown import plain
from ui.questionnaire import EARLIEST, LATEST, show_in_step
from ui.share import LONGEST
from ui.share_menu import show_share_menu
from ui.state import change, clear_problems, current, today
from ui.texts import _, language, ngettext, say

TITLE, LENS, DAY = "title", "lens", "as-of"
LENSES: tuple[Lens, ...] = ("production", "exam")
_NOTE_ICON = {
    "lifecycle": "event_busy",
    "unused-answer": "do_not_disturb_on",
    "impossible": "error",
    "before-facts": "history",
}


def show_title_row(knowledge: Knowledge, advice: Advice) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="title-row"):
        with st.container(horizontal=True, width="content", vertical_alignment="center", gap="xxsmall"):
            st.title(plain(current().project.title or _("Whiteboard")), anchor=False, width="content")
            _edit_title()
        with st.container(horizontal=True, width="content", vertical_alignment="center", gap="small"):
            _choose_lens()
            _choose_day(knowledge)
            show_share_menu(knowledge, advice)


def _edit_title() -> None:
    with st.popover("", icon=":material/edit:", type="tertiary", help=_("Rename"), key="rename"):
        show_in_step(TITLE, current().project.title)
        st.text_input(_("Title"), key=TITLE, max_chars=LONGEST, on_change=_take_title)


def _take_title() -> None:
    change(title=st.session_state[TITLE].strip())


def _choose_lens() -> None:
    words = {"production": _("Production"), "exam": _("Exam")}
    show_in_step(LENS, current().project.lens)
    st.segmented_control(
        _("Lens"),
        LENSES,
        format_func=lambda one: words[one],
        key=LENS,
        required=True,
        on_change=_take_lens,
        label_visibility="collapsed",
    )


def _take_lens() -> None:
    change(lens=st.session_state[LENS])


def _choose_day(knowledge: Knowledge) -> None:
    """The day of the advice; without one it is today, whatever day that is."""
    day = current().project.as_of
    label = _("As of {day}").format(day=write_day(day or today(), language()))
    with st.popover(label, icon=":material/calendar_today:", key="day-menu"):
        show_in_step(DAY, day)
        st.date_input(
            _("Day of the advice"),
            value=None,
            min_value=min(EARLIEST, day or EARLIEST),
            max_value=max(LATEST, day or LATEST),
            key=DAY,
            format="YYYY-MM-DD",
            on_change=_take_day,
        )
        hint = _("Empty: always today.")
        st.markdown(f":small[:gray[{hint}]]")
        if current().project.lens == "exam":
            shown = write_day(knowledge.edition.day, language())
            words = _("In the exam lens the day of the guide rules: {day}.").format(day=shown)
            st.markdown(f":small[:gray[{plain(words)}]]")


def _take_day() -> None:
    change(as_of=st.session_state[DAY])


def show_problems() -> None:
    """What a link or a file held that could not be used, with the place and the remedy."""
    problems = current().problems
    if not problems:
        return
    lead = _("About what was opened. What fits is here.")
    with st.container(border=True, key="problems"):
        st.markdown(f":orange[:material/warning:] **{lead}**")
        st.markdown("\n".join(f"- {plain(one.place)}: {plain(say(one.message))}" for one in problems))
        st.button(_("Dismiss"), key="dismiss-problems", on_click=clear_problems)


def show_notes(advice: Advice) -> None:
    """Endings, impossible answers and answers without effect."""
    if not advice.notes:
        return
    label = ngettext("{count} note", "{count} notes", len(advice.notes))
    with st.popover(label, key="notes", icon=":material/info:", type="tertiary"):
        st.markdown("\n\n".join(map(_write_note, advice.notes)))


def show_impossible(advice: Advice) -> None:
    """Answers that cannot hold together are said where everyone sees them."""
    for note in advice.notes:
        if note.kind == "impossible":
            lead = _("These answers exclude each other.")
            st.markdown(f":red[:material/error:] **{lead}** {plain(say(note.text))}")


def _write_note(note: Note) -> str:
    return f":gray[:material/{_NOTE_ICON[note.kind]}:] {plain(say(note.text))}"
