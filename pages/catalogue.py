"""Catalogue: every service with its names, stages, dates, successor, limits and sources."""

from ui import catalogue_view
from ui.state import knowledge, requirements

as_of = requirements().as_of
found = catalogue_view.ask_filters(knowledge(), as_of)
catalogue_view.show_timeline(found, as_of)
catalogue_view.show_table(knowledge(), found, as_of)
catalogue_view.show_chosen(knowledge(), as_of)
