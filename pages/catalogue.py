"""Catalogue: every service with its names, stages, dates, successor, limits and sources; compared; and what changed."""

from ui import catalogue_view
from ui.changes_view import show_changes
from ui.compare_view import show_comparison
from ui.state import knowledge, requirements

facts, as_of = knowledge(), requirements().as_of
view = catalogue_view.ask_view(facts)
if view == "compare":
    show_comparison(facts, as_of)
elif view == "changes":
    show_changes(facts, as_of)
else:
    found = catalogue_view.ask_filters(facts, as_of)
    catalogue_view.show_timeline(found, as_of)
    catalogue_view.show_table(facts, found, as_of)
    catalogue_view.show_chosen(facts, as_of)
