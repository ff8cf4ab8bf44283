"""The comparison on the catalogue's page: the services to choose, and one column for each."""

from datetime import date

import streamlit as st

from engine.knowledge import Knowledge
from engine.lifecycle import name_of
from ui import share
from ui.compare import MOST, compare, name_owners
from ui.reading_table import write_table
from ui.texts import _, language

COMPARED = "catalogue-compared"
TABLE = "catalogue-comparison"


def show_comparison(knowledge: Knowledge, as_of: date) -> None:
    """Choose up to four services; they stand side by side, and the address names them."""
    chosen = _ask_services(knowledge, as_of)
    share.add_to_link("compare", "~".join(chosen))
    if not chosen:
        words = _("Choose two to four services: names, stages, limits, controls and sources stand side by side.")
        st.markdown(f":gray[{words}]")
        return
    names = [name_of(knowledge, one, language(), day=as_of) for one in chosen]
    with st.container(key=TABLE):
        st.html(write_table([_("Today's name"), *names], compare(knowledge, chosen, as_of), first="9.5rem"))


def _ask_services(knowledge: Knowledge, as_of: date) -> list[str]:
    names = name_owners(knowledge, as_of)
    return st.multiselect(
        _("Services to compare, four at most"),
        list(names),
        format_func=lambda use: names[use],
        max_selections=MOST,
        select_all=False,
        placeholder=_("Today's name or the exam's"),
        key=COMPARED,
        persist_state="session",
    )


def open_comparison(knowledge: Knowledge, given: str) -> bool:
    """Take the services that an address names, those that are known; whether there are any."""
    known = [one for one in dict.fromkeys(given.split("~")) if one in knowledge.services or one in knowledge.techniques]
    if known:
        st.session_state[COMPARED] = known[:MOST]
    return bool(known)
