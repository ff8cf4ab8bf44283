"""What a person reads about a decision: its chip, its hover card, the way to it, its options with their reasons."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from engine.advice import Advice, Decision, Status, Verdict
from engine.diagram.decision_layout import Drawing, NodeBox
from engine.diagram.decision_sketch import ASKED, Path, say_answer, say_choice
from engine.forces import Cause
from engine.graph import PREFIX
from engine.knowledge import Knowledge
from engine.spoken import STATUS, explain
from ui.figures import escape
from ui.markdown import link, plain
from ui.texts import _, language, say

ICON: dict[Status, str] = {
    "settled": "check_circle",
    "provisional": "hourglass_top",
    "open": "help",
    "conflict": "error",
    "pinned": "keep",
    "not-applicable": "remove",
}
COLOUR: dict[Status, str] = {
    "settled": "green",
    "provisional": "orange",
    "open": "gray",
    "conflict": "red",
    "pinned": "blue",
    "not-applicable": "gray",
}
BREAK = "  \n   "  # of a line inside an item of a list
_CARD_WIDTH = 62  # letters of a line of a hover card
_CARD_REASONS = 4
_REASONS = 3


class Outcome(NamedTuple):
    """How an option came out: the chip and, where it lost, by what."""

    icon: str
    colour: str
    word: str


def chip(status: Status) -> str:
    """The chip of a status inside Markdown: icon and word."""
    return f":{COLOUR[status]}-badge[:material/{ICON[status]}: {say(STATUS[status])}]"


def find_outcome(decision: Decision, verdict: Verdict, picks: str) -> Outcome:
    """In a word how one option came out."""
    if verdict.state == "chosen":
        return Outcome("check", "primary", _("Chosen") if decision.status != "open" else _("First in order"))
    if verdict.state == "ruled-out":
        return Outcome("block", "red", _("Ruled out"))
    if verdict.state == "out-of-scope":
        return Outcome("school", "gray", _("Outside the exam"))
    if picks == "many":
        return Outcome("remove", "gray", _("Not needed"))
    if verdict.tier is None and decision.status == "pinned":
        return Outcome("arrow_upward", "blue", _("Would win without the pin"))
    words = {
        "strong": _("Beaten on a stated fact"),
        "priorities": _("Beaten on a priority"),
        "slight": _("Beaten on a slight preference"),
        "order": _("Beaten by order alone"),
    }
    return Outcome("arrow_downward", "gray", words.get(str(verdict.tier), _("Beaten")))


# --- hover cards ----------------------------------------------------------------------------------------------------


def hover_cards(knowledge: Knowledge, advice: Advice, drawing: Drawing) -> tuple[tuple[str, str], ...]:
    """What each box says under the pointer, in the little markup that plotly reads."""
    return tuple((box.id, "<br>".join(_card(knowledge, advice, drawing, box))) for box in drawing.boxes)


def _card(knowledge: Knowledge, advice: Advice, drawing: Drawing, box: NodeBox) -> Iterator[str]:
    yield f"<b>{escape(box.title)}: {escape(' '.join(box.lines))}</b>"
    if box.kind == "decision":
        yield from _decision_card(knowledge, advice.decisions[box.id.removeprefix(PREFIX)])
        return
    hearing = [curve.target.removeprefix(PREFIX) for curve in drawing.curves if curve.source == box.id and curve.acts]
    waiting = [curve.target.removeprefix(PREFIX) for curve in drawing.curves if curve.source == box.id]
    points = hearing if box.kind == "answer" else waiting
    lead = _("Acts on") if box.kind == "answer" else _("Would act on")
    if points:
        yield from _wrap(f"{lead}: {', '.join(say(knowledge.decisions[one].short) for one in points)}")
    else:
        yield escape(_("Heard, without effect now"))


def _decision_card(knowledge: Knowledge, decision: Decision) -> Iterator[str]:
    yield escape(say(STATUS[decision.status]))
    reason = say_reason(knowledge, decision)
    if reason:
        yield from _wrap(reason)
    titles = {"ruled-out": _("Ruled out"), "available": _("Beaten"), "out-of-scope": _("Outside the exam")}
    for state, title in titles.items():
        groups = _by_reason(knowledge, decision, state)
        if groups:
            yield f"<b>{escape(title)}</b>"
        for words, options in list(groups.items())[:_CARD_REASONS]:
            yield from _wrap(f"{', '.join(options)}: {words}")
        hidden = sum(len(options) for options in list(groups.values())[_CARD_REASONS:])
        if hidden:
            yield escape(_("and {count} more").format(count=hidden))


def _by_reason(knowledge: Knowledge, decision: Decision, state: str) -> dict[str, list[str]]:
    """The options of one state under their first reason."""
    groups: dict[str, list[str]] = {}
    for verdict in decision.verdicts.values():
        if verdict.state == state and verdict.because:
            reason = say(explain(knowledge, decision, verdict.because[0]))
            groups.setdefault(reason, []).append(_option(knowledge, decision, verdict))
    return groups


def _wrap(text: str) -> list[str]:
    return [escape(line) for line in textwrap.wrap(text, _CARD_WIDTH)]


# --- the way to a decision ------------------------------------------------------------------------------------------


def write_way(knowledge: Knowledge, advice: Advice, path: Path) -> str:
    """The lit path as a numbered list: what is heard, what is decided, and why. It carries the drawing's meaning."""
    points = [one for one in advice.decisions if PREFIX + one in path.nodes]
    return "\n".join(f"{number}. {_step(knowledge, advice, path, one)}" for number, one in enumerate(points, 1))


def _step(knowledge: Knowledge, advice: Advice, path: Path, point: str) -> str:
    """The choice in bold, then what it listens to, then the reason: one line each."""
    decision, node = advice.decisions[point], PREFIX + point
    order = [*knowledge.criteria, *(PREFIX + one for one in knowledge.decisions)]
    heard = sorted((source for source, target in path.links if target == node), key=order.index)
    title = f"{say(knowledge.decisions[point].short)}: {say_choice(knowledge, decision, language())}"
    lines = [f"**{plain(title)}** {chip(decision.status)}"]
    if heard:
        sources = "; ".join(_say_source(knowledge, advice, one) for one in heard)
        words = _("From {sources}").format(sources=sources)
        lines.append(f":gray[{plain(words)}]")
    reason = say_reason(knowledge, decision)
    return BREAK.join([*lines, plain(reason)] if reason else lines)


def _say_source(knowledge: Knowledge, advice: Advice, source: str) -> str:
    if source.startswith(PREFIX):
        decision = advice.decisions[source.removeprefix(PREFIX)]
        return f"{say(knowledge.decisions[decision.point].short)}: {say_choice(knowledge, decision, language())}"
    criterion = knowledge.criteria[source]
    return f"{say(criterion.label)}: {say_answer(criterion, advice.requirements.answers[source], language())}"


def say_reason(knowledge: Knowledge, decision: Decision) -> str:
    """The one reason that says most: for an open decision the questions that it waits for."""
    if decision.status == "open":
        return say_questions(knowledge, decision)
    decisive = [cause for cause in decision.because if cause in decision.decisive]
    causes = decisive or decision.because or decision.status_because
    return say(explain(knowledge, decision, causes[0])) if causes else ""


def say_questions(knowledge: Knowledge, decision: Decision) -> str:
    """Which missing answers the decision waits for, or could change by; the most telling first."""
    asked = ", ".join(say(knowledge.criteria[name].label) for name in decision.still_to_ask[:ASKED])
    if not asked:
        return ""
    words = _("Waits for: {questions}.") if decision.status == "open" else _("Can still change by: {questions}.")
    return words.format(questions=asked)


# --- the options of a decision --------------------------------------------------------------------------------------


def write_options(knowledge: Knowledge, decision: Decision) -> str:
    """Every option with how it came out and why, the chosen first; those that lost for the same reason together."""
    order = {"chosen": 0, "available": 1, "ruled-out": 2, "out-of-scope": 3}
    verdicts = sorted(decision.verdicts.values(), key=lambda verdict: (order[verdict.state], verdict.order))
    groups: dict[tuple[str, ...], list[str]] = {}
    for verdict in verdicts:
        groups.setdefault(_came_out(knowledge, decision, verdict), []).append(_option(knowledge, decision, verdict))
    lines = [BREAK.join([f"**{plain(', '.join(names))}** {sign}", *told]) for (sign, *told), names in groups.items()]
    return "\n".join(f"- {line}" for line in lines)


def _came_out(knowledge: Knowledge, decision: Decision, verdict: Verdict) -> tuple[str, ...]:
    """The chip and the reasons of one option."""
    outcome = find_outcome(decision, verdict, knowledge.decisions[decision.point].picks)
    told = 1 if verdict.state == "available" else _REASONS  # what speaks for the winner stands there already
    reasons = _reasons_with_sources(knowledge, decision, verdict.because[:told])
    return f":{outcome.colour}-badge[:material/{outcome.icon}: {outcome.word}]", *reasons


def _option(knowledge: Knowledge, decision: Decision, verdict: Verdict) -> str:
    return say(knowledge.decisions[decision.point].option(verdict.option).label)


def _reasons_with_sources(knowledge: Knowledge, decision: Decision, causes: Iterable[Cause]) -> Iterator[str]:
    for cause in causes:
        force = decision.forces.get(cause)
        source = " " + link(_("Source"), force.evidence[0].url) if force and force.evidence else ""
        yield f"{plain(say(explain(knowledge, decision, cause)))}{source}"
