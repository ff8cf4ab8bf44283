"""Share, save, open, start from an example, report: the menu at the end of the title row."""

import re

import streamlit as st

from engine.advice import Advice
from engine.knowledge import Knowledge
from engine.project import InputError, read_project, write_project
from engine.spoken import speak_advice
from ui import share
from ui.board import show_copy_button
from ui.state import State, current, keep
from ui.texts import _, language, say

FILE, EXAMPLE, BEFORE = "project-file", "example", "before-opening"


def show_share_menu(knowledge: Knowledge, advice: Advice) -> None:
    with st.popover(_("Share"), icon=":material/ios_share:", key="share-menu"):
        show_copy_button(_("Copy the link"))
        st.download_button(
            _("Download the project file"),
            data=write_project(current().project.model_copy(update={"knowledge": knowledge.version})),
            file_name=f"{file_name()}.yaml",
            mime="application/yaml",
            key="download-project",
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
        )
        show_open_file()
        _choose_example(knowledge)
        _show_way_back()
        if st.button(_("Report this advice as wrong"), key="report", icon=":material/flag:", type="tertiary"):
            _show_report(knowledge, advice)


def file_name() -> str:
    """The title as the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", current().project.title.lower()).strip("-") or "whiteboard"


def show_open_file() -> None:
    st.file_uploader(
        _("Open a project file"),
        type=["yaml", "yml", "json"],
        key=FILE,
        max_upload_size=1,
        on_change=_take_file,
    )


def _take_file() -> None:
    """Take what fits of a file; what cannot be read at all leaves everything as it was."""
    file = st.session_state[FILE]
    if file is None:
        return
    before = current()
    try:
        project = read_project(file.getvalue().decode("utf-8-sig"), file.name)
    except InputError as error:
        keep(State(before.project, before.selected, before.point, error.problems))
    except UnicodeDecodeError:
        problem = share.say_problem(file.name, "the file is not text", "o arquivo não é texto")
        keep(State(before.project, before.selected, before.point, (problem,)))
    else:
        share.open_project(project)
        _remember(before)


def _choose_example(knowledge: Knowledge) -> None:
    st.selectbox(
        _("Start from an example"),
        list(knowledge.examples),
        index=None,
        format_func=lambda one: say(knowledge.examples[one].title),
        placeholder=_("Choose an example"),
        key=EXAMPLE,
        on_change=_take_example,
    )


def _take_example() -> None:
    chosen = st.session_state[EXAMPLE]
    st.session_state[EXAMPLE] = None
    if chosen:
        start_example(chosen)


def start_example(name: str) -> None:
    before = current()
    share.open_example(name)
    _remember(before)


def _remember(before: State) -> None:
    """Opening something replaces all answers: there is a way back."""
    if before.project.answers:
        st.session_state[BEFORE] = before


def _show_way_back() -> None:
    with st.container(horizontal=True):
        st.button(_("Start empty"), key="start-empty", icon=":material/note_add:", on_click=_start_empty)
        if BEFORE in st.session_state:
            st.button(_("Back to before"), key="go-back", icon=":material/undo:", on_click=_go_back)


def _start_empty() -> None:
    before = current()
    keep(State())
    _remember(before)


def _go_back() -> None:
    keep(st.session_state.pop(BEFORE))


def _show_report(knowledge: Knowledge, advice: Advice) -> None:
    st.dialog(_("Report this advice as wrong"), width="large")(_report)(knowledge, advice)


def _report(knowledge: Knowledge, advice: Advice) -> None:
    st.markdown(
        _("Copy this text, say at its head what is wrong and where it is written, and send it to who keeps this.")
    )
    st.code(write_report(knowledge, advice), language=None, wrap_lines=True, height=420)


def write_report(knowledge: Knowledge, advice: Advice) -> str:
    """Everything that is needed to repeat an advice: knowledge, answers, choices and their causes by id."""
    project = current().project.model_copy(update={"knowledge": knowledge.version, "as_of": advice.as_of})
    said = speak_advice(knowledge, advice, language())
    lead = _("What is wrong:")
    return f"{lead}\n\n\n# project\n{write_project(project)}\n# advice\n{said}\n"
