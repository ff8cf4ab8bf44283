"""The decision graph on its page: what is asked about it, the figure, the way to one decision and its options."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from engine.advice import Advice, Status
from engine.diagram.decision_layout import Drawing, lay_out_decisions
from engine.diagram.decision_sketch import (
    Path,
    Sketch,
    count_answers,
    find_path,
    sketch,
    sketch_unsettled,
)
from engine.graph import PREFIX
from engine.knowledge import Knowledge
from engine.spoken import STATUS
from ui import share
from ui.decision_words import COLOUR, ICON, chip, hover_cards, say_questions, say_reason, write_options, write_way
from ui.figures import decision_figure, guide_hand, light_path, repaint
from ui.markdown import plain
from ui.selection import find_selection
from ui.state import current, select
from ui.texts import _, language, say

Mode = Literal["all", "path", "open"]
MODES: tuple[Mode, ...] = ("all", "path", "open")
POINT, MODE, WHOLE = "graph-point", "graph-mode", "graph-whole"
FIGURE, CLICKED = "graph-figure", "graph-clicked"
CARD = "wide-graph"
# Zoom by two buttons: dragging and the wheel belong to the page, which scrolls.
CONFIG = {"displaylogo": False, "scrollZoom": False, "modeBarButtonsToRemove": ["zoom2d", "pan2d", "autoScale2d"]}


@dataclass(frozen=True)
class View:
    """What a person looks at: one decision, how much of the graph, and that as a drawing."""

    point: str | None
    mode: Mode
    path: Path
    drawing: Drawing


def ask_view(knowledge: Knowledge, advice: Advice) -> View:
    """The title with its two controls; the decision comes from the link, the figure or the list of decisions."""
    whole = bool(st.session_state.get(WHOLE))
    drawn = sketch(knowledge, advice, language(), whole)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        with st.container(width="content", gap="xxsmall"):
            st.title(_("Decision graph"), anchor=False)
            said = st.empty()
        with st.container(horizontal=True, width="content", vertical_alignment="bottom"):
            point, mode = _ask_point(knowledge, advice), _ask_mode()
    path = find_path(drawn.links, PREFIX + point) if point else Path()
    share.add_to_link("decision", point)
    said.markdown(f":gray[{plain(_say_view(knowledge, point, mode))}]")
    return View(point, mode, path, lay_out_decisions(_narrow(knowledge, advice, drawn, mode, path)))


def _ask_point(knowledge: Knowledge, advice: Advice) -> str | None:
    """The list of decisions: a view of the state, which the link, the figure and the whiteboard's panel change too."""
    taken = share.take_from_link("decision")
    if taken in advice.decisions:
        select(None, taken)
    chosen = current()
    if advice.requirements.answers or chosen.point:
        st.session_state[POINT] = find_selection(advice, chosen.selected, chosen.point).point
    else:
        st.session_state[POINT] = None
    return st.selectbox(
        _("Decision"),
        list(advice.decisions),
        index=0 if advice.requirements.answers else None,
        format_func=lambda one: say(knowledge.decisions[one].short),
        placeholder=_("Choose a decision"),
        key=POINT,
        on_change=lambda: select(None, st.session_state[POINT]),
        label_visibility="collapsed",
        width=260,
    )


def _ask_mode() -> Mode:
    words = {"all": _("All"), "path": _("Lit path"), "open": _("Open only")}
    mode: Mode = st.segmented_control(
        _("Show"),
        MODES,
        default="all",
        required=True,
        format_func=lambda one: words[one],
        key=MODE,
        persist_state="session",
        label_visibility="collapsed",
    )
    return mode


def _say_view(knowledge: Knowledge, point: str | None, mode: Mode) -> str:
    if mode == "open":
        return _("What an answer can still change, with the first questions that wait")
    if point is None:
        return _("How answers lead to decisions, from left to right")
    name = say(knowledge.decisions[point].short)
    return _("Lit: the answers and decisions that lead to “{decision}”").format(decision=name)


def _narrow(knowledge: Knowledge, advice: Advice, drawn: Sketch, mode: Mode, path: Path) -> Sketch:
    if mode == "open":
        return sketch_unsettled(knowledge, advice, language())
    return drawn.along(path) if mode == "path" and path.nodes else drawn


# --- the figure -----------------------------------------------------------------------------------------------------


def show_graph(knowledge: Knowledge, advice: Advice, view: View) -> None:
    """The figure, which a click leaves as it is: the lit path is a matter of style, so that zoom is kept."""
    if not view.drawing.boxes:
        st.markdown(_("Nothing is open: no answer that is missing can change a choice."))
        return
    figure = decision_figure(view.drawing, hover_cards(knowledge, advice, view.drawing))
    width = round(view.drawing.width)
    selected = PREFIX + view.point if view.point else None
    st.html(f"<style>{repaint()}\n{_keep_width(width)}\n{light_path(view.drawing, view.path, selected, CARD)}</style>")
    with st.container(border=True, key=CARD):
        st.plotly_chart(
            figure,
            key=FIGURE,
            width=width,
            theme=None,
            on_select=_take_click,
            selection_mode="points",
            config=CONFIG,
            alt=_say_figure(view.drawing),
        )
    box = view.drawing.box(selected) if selected else None
    guide_hand(CARD, round(box.centre[0]) if box else None, width)
    _show_legend(knowledge, advice, view)


def _keep_width(width: int) -> str:
    """The figure keeps its width: a narrower card scrolls sideways, in a wider one the figure stands in the middle."""
    return (
        f".st-key-{CARD} > div {{min-width: {width}px; max-width: {width}px; margin-inline: auto}} "
        f".st-key-{CARD} .nsewdrag {{cursor: default}}"
    )


def _take_click() -> None:
    """Select the decision under the click. A second click on a box clears plotly's own selection: it means that box."""
    points = st.session_state[FIGURE]["selection"]["points"]
    clicked = points[0].get("customdata") if points else st.session_state.get(CLICKED)
    clicked = clicked[0] if isinstance(clicked, list) else clicked
    if isinstance(clicked, str) and clicked.startswith(PREFIX):
        st.session_state[CLICKED] = clicked
        select(None, clicked.removeprefix(PREFIX))


def _say_figure(drawing: Drawing) -> str:
    decisions = sum(box.kind == "decision" for box in drawing.boxes)
    words = _(
        "Decision graph with {decisions} decisions and {others} answers or questions. The list below says the same."
    )
    return words.format(decisions=decisions, others=len(drawing.boxes) - decisions)


def _show_legend(knowledge: Knowledge, advice: Advice, view: View) -> None:
    """What the signs mean, with their number, and the switch for what acts on nothing."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(_legend(view), width="content")
        silent = count_answers(knowledge, advice) - sum(box.kind == "answer" for box in view.drawing.boxes)
        if view.mode == "all" and (silent or st.session_state.get(WHOLE)):
            st.toggle(_("Show what has no effect now"), key=WHOLE, persist_state="session")


def _legend(view: View) -> str:
    boxes, curves = view.drawing.boxes, view.drawing.curves
    kinds, counts = {box.kind for box in boxes}, Counter(box.status for box in boxes if box.status)
    parts = [_legend_chip(status, counts[status]) for status in ICON if counts[status]]
    if kinds & {"answer", "question"}:
        words = _("Round box: unanswered question") if "question" in kinds else _("Round box: answer")
        parts.insert(0, f":gray[:material/crop_7_5: {words}]")
    if any(curve.dotted for curve in curves):
        words = _("waits or without effect") if view.mode == "open" else _("without effect")
        parts.append(f":gray[:material/more_horiz: {words}]")
    if any((curve.source, curve.target) in view.path.links for curve in curves):
        words = _("lit path")
        parts.append(f":primary[:material/horizontal_rule: {words}]")
    return " &nbsp; ".join(f":small[{part}]" for part in parts)


def _legend_chip(status: Status, count: int) -> str:
    return f":{COLOUR[status]}-badge[:material/{ICON[status]}: {say(STATUS[status])} {count}]"


# --- under the figure -----------------------------------------------------------------------------------------------


def show_nothing_answered() -> None:
    """The empty state: the whole graph stands there quietly, and a sentence says what to do."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("No question is answered yet. Each answer lights its way through the decisions."))
        st.page_link("pages/whiteboard.py", label=_("Answer on the whiteboard"), icon=":material/draw:")


def show_decision(knowledge: Knowledge, advice: Advice, view: View) -> None:
    """The way to the selected decision beside its options."""
    if view.point is None:
        return
    way, options = st.columns([1, 1], gap="large")
    with way:
        _show_way(knowledge, advice, view.point, view.path)
    with options:
        _show_options(knowledge, advice, view.point)


def _show_way(knowledge: Knowledge, advice: Advice, point: str, path: Path) -> None:
    name = say(knowledge.decisions[point].short)
    st.header(_("The way to “{decision}”").format(decision=plain(name)), anchor=False)
    st.markdown(write_way(knowledge, advice, path))


def _show_options(knowledge: Knowledge, advice: Advice, point: str) -> None:
    decision = advice.decisions[point]
    st.header(plain(say(knowledge.decisions[point].title)), anchor=False)
    asked = plain(say_questions(knowledge, decision)) if decision.status != "open" else ""
    st.markdown(f"{chip(decision.status)} {asked}".rstrip())
    if decision.status == "pinned" and advice.requirements.choices[point].reason:
        lead = _("Pinned because:")
        st.markdown(f"{lead} {plain(advice.requirements.choices[point].reason)}")
    if decision.verdicts:
        st.markdown(write_options(knowledge, decision))
    else:
        st.markdown(plain(say_reason(knowledge, decision)))
