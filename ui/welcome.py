"""The empty whiteboard: it asks, it does not advise; six examples to start from."""

from collections import Counter
from itertools import islice

import streamlit as st

from engine.advice import Advice
from engine.knowledge import Knowledge
from ui.markdown import plain
from ui.questionnaire import show_question
from ui.share_menu import show_open_file, start_example
from ui.texts import _, say

ROW = 3
ASKED = 5


def show_welcome(knowledge: Knowledge) -> None:
    st.title(_("What is to be built?"), anchor=False)
    st.markdown(
        _("Answer what is known in the questions at the side: the architecture forms with each answer, and says why.")
    )
    st.header(_("Or start from an example"), anchor=False)
    names = iter(knowledge.examples)
    while row := list(islice(names, ROW)):
        for column, name in zip(st.columns(ROW, gap="small"), row, strict=False):
            with column:
                _show_example(knowledge, name)
    with st.container(width=520):
        show_open_file()


def show_nothing_drawn(knowledge: Knowledge, advice: Advice) -> None:
    """Answers that decide nothing yet: no diagram of guesses, but the questions for which most decisions wait."""
    waiting = Counter(name for one in advice.decisions.values() for name in one.still_to_ask)
    with st.container(border=True, key="nothing-drawn"):
        st.markdown(_("Nothing is firm enough to draw. Most decisions wait for these answers:"))
        with st.container(horizontal=True, gap="xsmall"):
            for name, _count in waiting.most_common(ASKED):
                st.button(
                    plain(say(knowledge.criteria[name].label)),
                    key=f"wait-{name}",
                    icon=":material/arrow_back:",
                    help=_("Show the question"),
                    on_click=show_question,
                    args=(name,),
                )


def _show_example(knowledge: Knowledge, name: str) -> None:
    example = knowledge.examples[name]
    with st.container(border=True, height="stretch", key=f"example-{name}", vertical_alignment="distribute"):
        with st.container(gap="xxsmall"):
            st.markdown(f"**{plain(say(example.title))}**")
            st.markdown(f":gray[{plain(say(example.summary))}]")
        st.button(
            _("Start"), key=f"start-{name}", icon=":material/arrow_forward:", on_click=start_example, args=(name,)
        )
