"""Whiteboard: answer what you know, watch the architecture form."""

import streamlit as st

from ui.board import show_board
from ui.cards import show_cards, show_counts, was_called
from ui.header import show_impossible, show_notes, show_problems, show_title_row
from ui.panels import show_panel
from ui.questionnaire import show_questionnaire
from ui.selection import find_selection
from ui.share_menu import file_name
from ui.state import advice, current, knowledge, requirements
from ui.welcome import show_nothing_drawn, show_welcome
from ui.what_if import show_trial

facts, state = knowledge(), current()
found = None if state.is_empty else advice()
show_questionnaire(facts, requirements(), found.to_ask if found else None)
show_problems()
show_trial()
if found is None:
    show_welcome(facts)
else:
    selection = find_selection(found, state.selected, state.point)
    show_title_row(facts, found)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        show_counts(found)
        show_notes(found)
    show_impossible(found)
    board, panel = st.columns([2.25, 1], gap="medium")
    with panel:
        show_panel(facts, found, selection)
    show_cards(facts, found, selection.point)
    with board:  # last, since a new architecture takes its time to draw
        if found.architecture.components:
            show_board(found, selection.component_id, file_name(), called=was_called())
        else:
            show_nothing_drawn(facts, found)
