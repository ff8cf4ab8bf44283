"""The catalogue on its page: the views, what is asked for, the timeline, the table, and the service explained there."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import streamlit as st

from engine.knowledge import Knowledge
from engine.lifecycle import name_of, write_day
from engine.models import Stage
from ui import compare_view, share
from ui.catalogue import AREAS, Entry, find_entries, find_matching, make_table
from ui.figures import guide_hand, repaint
from ui.markdown import plain
from ui.service_facts import sign_of
from ui.service_page import show_service
from ui.state import today
from ui.texts import _, language, say
from ui.timeline import STAGES, make_rows, timeline_figure

View = Literal["all", "compare", "changes"]
VIEWS: tuple[View, ...] = ("all", "compare", "changes")
VIEW, SEARCH, SECTION = "catalogue-view", "catalogue-search", "catalogue-section"
AREA, STAGE, MORE = "catalogue-area", "catalogue-stage", "catalogue-more"
SERVICE, TURN = "catalogue-service", "catalogue-turn"  # what is explained, and how often that was asked for
FIGURE, TABLE, PAGE = "catalogue-figure", "catalogue-table", "catalogue-page"
CLICKED, FRESH = "catalogue-clicked", "catalogue-fresh"
FIRST_ROWS = 10  # of the timeline, before more is asked for
# An arrow that says no dragging; slices without seams between them.
_LOOK = (
    f".st-key-{FIGURE} .nsewdrag {{cursor: default}} .st-key-{FIGURE} .shapelayer path {{shape-rendering: crispEdges}}"
)
_TABLE_ROWS = 11  # seen at once
_ROW_HEIGHT = 35
_WIDTHS = (350, 170, 185, 110, 265, 265)  # px of the columns
_DAYS = {"en": "D MMM YYYY", "pt": "DD/MM/YYYY"}  # how a column of days writes them


@dataclass(frozen=True)
class Found:
    """What the filters leave of everything, and whether any is set."""

    every: list[Entry]
    entries: list[Entry]
    filtered: bool


# --- views ----------------------------------------------------------------------------------------------------------


def ask_view(knowledge: Knowledge) -> View:
    """The title beside the views; a new address chooses the view and what it shows."""
    _open_link(knowledge)
    words = {"all": _("All services"), "compare": _("Compare"), "changes": _("Changes since the guide")}
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="catalogue-head"):
        st.title(_("Catalogue"), anchor=False, width="content")
        chosen = st.segmented_control(
            _("Show"),
            VIEWS,
            required=True,
            format_func=lambda one: words[one],
            key=VIEW,
            persist_state="session",
            label_visibility="collapsed",
        )
    view: View = chosen or "all"
    share.add_to_link("view", None if view == "all" else view)
    share.add_to_link("compare", None)
    share.add_to_link("service", None)
    return view


def _open_link(knowledge: Knowledge) -> None:
    """A link to a service or to a comparison leads to the view that shows it, unless it names another."""
    use, compared, view = (share.take_from_link(name) for name in ("service", "compare", "view"))
    wanted: View | None = next((one for one in VIEWS if one == view), None)
    if compared and compare_view.open_comparison(knowledge, compared):
        wanted = wanted or "compare"
    if use and knowledge.has(use):
        _choose(use)
        wanted = wanted or "all"
    if wanted or VIEW not in st.session_state:
        st.session_state[VIEW] = wanted or "all"


# --- filters --------------------------------------------------------------------------------------------------------


def ask_filters(knowledge: Knowledge, as_of: date) -> Found:
    """The search and the section of the guide, under them areas and stages."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        search = st.text_input(
            _("Find a service: today's name, the exam's or a former one"),
            placeholder=_("Dataproc, Feature Store, endpoint"),
            key=SEARCH,
            on_change=lambda: _open_single(knowledge, as_of),
            persist_state="session",
            max_chars=80,
            width=360,
        )
        sections = _ask_section(knowledge)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        areas = _ask_area()
        stages = _ask_stage()
    every = find_entries(knowledge, as_of)
    entries = find_matching(every, search, areas, stages, sections)
    return Found(every, entries, bool(search.strip() or areas or stages or sections))


def _ask_section(knowledge: Knowledge) -> list[str]:
    """A service stands in the sections of the guide whose decisions can choose it."""
    titles = {one.id: f"{one.id}. {say(one.title)}" for one in knowledge.edition.sections}
    return st.multiselect(
        _("Section of the exam guide"),
        list(titles),
        format_func=lambda one: titles[one],
        placeholder=_("Any section"),
        select_all=False,
        key=SECTION,
        persist_state="session",
        width=420,
    )


def _ask_area() -> list[str]:
    words = {
        "data": _("Data"),
        "train": _("Train"),
        "serve": _("Serve"),
        "watch": _("Watch"),
        "govern": _("Govern"),
        "technique": _("Open source"),
    }
    return st.pills(
        _("Area"),
        AREAS,
        selection_mode="multi",
        format_func=lambda one: words[one],
        key=AREA,
        persist_state="session",
        wrap=True,
    )


def _ask_stage() -> list[Stage]:
    return st.pills(
        _("Stage"),
        STAGES,
        selection_mode="multi",
        format_func=lambda one: sign_of(one).word,
        key=STAGE,
        persist_state="session",
        wrap=True,
    )


def _open_single(knowledge: Knowledge, as_of: date) -> None:
    """A search that leaves one service explains it at once."""
    search = st.session_state[SEARCH]
    owners = {entry.owner for entry in find_matching(find_entries(knowledge, as_of), search, (), ())}
    if search.strip() and len(owners) == 1:
        st.session_state[SERVICE] = owners.pop()
        _forget_row()


def _choose(use: str | None, by_row: bool = False) -> None:
    """Explain a service and bring its page into view."""
    st.session_state[SERVICE] = use
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    if not by_row:
        _forget_row()


def _forget_row() -> None:
    """A click on the row that is marked already would say nothing: a table under a new key marks none."""
    st.session_state[FRESH] = st.session_state.get(FRESH, 0) + 1


def _table_key() -> str:
    return f"{TABLE}-{st.session_state.get(FRESH, 0)}"


# --- timeline -------------------------------------------------------------------------------------------------------


def show_timeline(found: Found, as_of: date) -> None:
    """The lives that say something: without a filter those that end, are no longer or not yet GA, or were renamed."""
    shown = [entry for entry in found.entries if entry.is_telling or (found.filtered and entry.has_dates)]
    rows = make_rows(shown, as_of)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(_say_timeline(len(rows), found.filtered), width="content")
        more = len(rows) > FIRST_ROWS and st.toggle(
            _("Show all {count}").format(count=len(rows)), key=MORE, persist_state="session"
        )
    if not rows:
        return
    st.html(f"<style>{repaint()}\n{_LOOK}</style>")
    with st.container(border=True):
        st.plotly_chart(
            timeline_figure(rows if more else rows[:FIRST_ROWS], as_of, _say_day(as_of)),
            key=FIGURE,
            theme=None,
            on_select=_take_bar,
            selection_mode="points",
            config={"displayModeBar": False, "scrollZoom": False},
            alt=_("Timeline of lifecycles. The table below holds the same dates."),
        )


def _say_timeline(count: int, filtered: bool) -> str:
    if not count:
        nothing = _("No dated stage is known here. The table tells what is known.")
        return f":gray[{nothing}]"
    lead = _("Lifecycles of what is found") if filtered else _("What ends, is new in preview or has a new name")
    faded = _("A faded beginning is unknown.")
    return f":gray[{lead}. {faded}]"


def _say_day(as_of: date) -> str:
    return _("Today") if as_of == today() else write_day(as_of, language())


def _take_bar() -> None:
    """A second click on a bar clears plotly's own selection: it means that bar."""
    points = st.session_state[FIGURE]["selection"]["points"]
    clicked = points[0].get("customdata") if points else st.session_state.get(CLICKED)
    clicked = clicked[0] if isinstance(clicked, list) else clicked
    if isinstance(clicked, str):
        st.session_state[CLICKED] = clicked
        _choose(clicked)


# --- table and page -------------------------------------------------------------------------------------------------


def show_table(knowledge: Knowledge, found: Found, as_of: date) -> None:
    """The table; a click on a row explains its service, and so does the list under it."""
    if not found.entries:
        st.markdown(_("Nothing is found. Take a filter away, or search for a part of the name."))
    else:
        _show_rows(found.entries, as_of)
    _ask_service(knowledge, found, as_of)


def _show_rows(entries: list[Entry], as_of: date) -> None:
    words = _("Entries found: {count}. Stages as of {day}. Choose a row to read more.")
    st.markdown(f":gray[{plain(words.format(count=len(entries), day=write_day(as_of, language())))}]")
    table, ends = make_table(entries), _("Ends")
    widths = dict(zip(table.columns, _WIDTHS, strict=True))
    columns = {name: st.column_config.Column(width=width) for name, width in widths.items()}
    columns[ends] = st.column_config.DateColumn(width=widths[ends], format=_DAYS[language()])
    st.dataframe(
        table,
        hide_index=True,
        column_config=columns,
        placeholder="—",
        key=_table_key(),
        on_select=lambda: _take_row(entries),
        selection_mode=["single-row", "single-cell"],
        height=_ROW_HEIGHT * (min(len(entries), _TABLE_ROWS) + 1) + 3,
        row_height=_ROW_HEIGHT,
        alt=_("Services with stage, end, successor and limits"),
    )


def _take_row(entries: list[Entry]) -> None:
    selection = st.session_state[_table_key()]["selection"]
    rows = [*selection["rows"], *(cell[0] for cell in selection.get("cells", ()))]
    if rows and rows[0] < len(entries):
        _choose(entries[rows[0]].use, by_row=True)


def _ask_service(knowledge: Knowledge, found: Found, as_of: date) -> None:
    """The twin of table and timeline for the keyboard and for screen readers."""
    names = {entry.use: entry.name for entry in found.every}
    chosen = st.session_state.get(SERVICE)
    if chosen and chosen not in names:
        names[chosen] = name_of(knowledge, chosen, language(), day=as_of)
    st.selectbox(
        _("Service in detail"),
        list(names),
        index=None,
        format_func=lambda use: names[use],
        placeholder=_("Choose a service"),
        key=SERVICE,
        on_change=_forget_row,
        persist_state="session",
        width=460,
    )


def show_chosen(knowledge: Knowledge, as_of: date) -> None:
    """The page of the chosen service, under the table; the address names it."""
    use = st.session_state.get(SERVICE)
    share.add_to_link("service", use)
    if use:
        with st.container(key=PAGE, border=True):
            show_service(knowledge, use, as_of)
    guide_hand(PAGE, into=st.session_state.get(TURN, 0))
