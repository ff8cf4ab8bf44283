"""The changes since the guide on the catalogue's page: what happened, how often, and the table."""

from collections import Counter
from datetime import date

import streamlit as st

from engine.knowledge import Knowledge
from ui.changes import KINDS, Change, Kind, find_changes, make_rows, say_edition, say_kind
from ui.markdown import plain
from ui.reading_table import write_table
from ui.texts import _

KIND, TABLE = "catalogue-kind", "catalogue-changes"


def show_changes(knowledge: Knowledge, as_of: date) -> None:
    """The edition and the day, the kinds to choose from, and the table."""
    st.markdown(f":gray[{plain(say_edition(knowledge.edition, as_of))}]")
    every = find_changes(knowledge, as_of)
    kinds = set(_ask_kinds(every))
    shown = [change for change in every if not kinds or change.kind in kinds]
    heads = [_("What the exam calls it"), _("Today's name or successor"), _("Why")]
    with st.container(key=TABLE):
        st.html(write_table(heads, make_rows(shown), first="32%"))


def _ask_kinds(changes: list[Change]) -> list[Kind]:
    counts = Counter(change.kind for change in changes)
    return st.pills(
        _("What happened"),
        [kind for kind in KINDS if counts[kind]],
        selection_mode="multi",
        format_func=lambda kind: f"{say_kind(kind)} {counts[kind]}",
        key=KIND,
        persist_state="session",
        wrap=True,
    )
