"""What the decision graph shows of an advice: its answers, its decisions and the links along which they act."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import networkx as nx

from engine.advice import Advice, Decision, Status
from engine.conditions import in_force
from engine.forces import view
from engine.graph import PREFIX
from engine.knowledge import Knowledge
from engine.lifecycle import write_day
from engine.models import Criterion, Language, Lens, Text
from engine.quantity import Quantity
from engine.requirements import Value
from engine.spoken import STATUS

Kind = Literal["answer", "question", "decision"]
ASKED = 3  # unanswered questions that are drawn for one decision, the most telling ones
_NAMED = 2  # options or answers that a box names before it counts the rest

WORDS = {
    "conflict": Text(en="No choice possible", pt="Nenhuma escolha possível"),
    "nothing": Text(en="Nothing needed", pt="Nada é preciso"),
    "question": Text(en="Not answered", pt="Sem resposta"),
    "more": Text(en="{first} and {count} more", pt="{first} e mais {count}"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph that decides, with the words on its box: the name above, the answer or choice below."""

    id: str
    kind: Kind
    title: str
    words: str
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An edge of the graph that decides. It acts when a rule that holds, or the premise, listens along it."""

    source: str
    target: str
    acts: bool


@dataclass(frozen=True, slots=True)
class Path:
    """What leads to one decision: nodes by id, links as (source, target)."""

    nodes: frozenset[str] = frozenset()
    links: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Sketch:
    """Everything that a drawing says, without places: equal sketches have the same drawing."""

    language: Language
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]

    def only(self, kept: Iterable[str]) -> "Sketch":
        """The part of the sketch between some nodes."""
        ids = frozenset(kept)
        links = tuple(link for link in self.links if link.source in ids and link.target in ids)
        return Sketch(self.language, tuple(node for node in self.nodes if node.id in ids), links)

    def along(self, path: Path) -> "Sketch":
        """The part of the sketch that a path takes."""
        part = self.only(path.nodes)
        return Sketch(
            self.language, part.nodes, tuple(one for one in part.links if (one.source, one.target) in path.links)
        )


def sketch(knowledge: Knowledge, advice: Advice, language: Language, whole: bool = False) -> Sketch:
    """Every decision and the answers that act on one; `whole` adds what answers say without effect."""
    nodes = {node.id: node for node in _nodes(knowledge, advice, language)}
    links = [link for link in _links(knowledge, advice) if link.source in nodes and link.target in nodes]
    if not whole:
        links = [link for link in links if link.acts or nodes[link.source].kind == "decision"]
    heard = {link.source for link in links}
    kept = [one for one in nodes if nodes[one].kind == "decision" or one in heard]
    return Sketch(language, tuple(nodes.values()), tuple(links)).only(kept)


def sketch_unsettled(knowledge: Knowledge, advice: Advice, language: Language) -> Sketch:
    """The decisions that an answer can still change, with the first questions they wait for and the way between."""
    decisions = [one for one in advice.decisions.values() if one.status in ("open", "provisional", "conflict")]
    asked = list(dict.fromkeys(name for one in decisions for name in one.still_to_ask[:ASKED]))
    kept = {PREFIX + one.point for one in decisions} | set(asked)
    graph = listening(knowledge, advice.lens, advice.as_of)
    for one in decisions:
        for name in one.still_to_ask[:ASKED]:
            kept.update(_way(graph, name, PREFIX + one.point))
    questions = [_question(knowledge.criteria[name], language) for name in asked]
    nodes = (*questions, *(_decision_node(knowledge, one, language) for one in advice.decisions.values()))
    links = tuple(_links(knowledge, advice))
    known = frozenset(node.id for node in nodes)
    return Sketch(language, nodes, links).only(kept & known)


@lru_cache(maxsize=32)
def listening(knowledge: Knowledge, lens: Lens, as_of: date) -> "nx.DiGraph[str]":
    """The knowledge's graph with what lifecycles listen to on a day: who says how long a system lives is heard too."""
    graph = nx.DiGraph(knowledge.graph)
    for name, point in view(knowledge, lens, as_of).points.items():
        subjects = (subject for force in point.forces for subject in force.when)
        graph.add_edges_from((one, PREFIX + name) for one in subjects if one in knowledge.criteria)
    return graph


def find_path(links: Iterable[Link], node: str) -> Path:
    """The links that act, followed backwards from a node."""
    acting = nx.DiGraph([(link.source, link.target) for link in links if link.acts])
    if node not in acting:
        return Path(frozenset([node]))
    nodes = frozenset(nx.ancestors(acting, node)) | {node}
    return Path(nodes, frozenset(acting.subgraph(nodes).edges))


def count_answers(knowledge: Knowledge, advice: Advice) -> int:
    """How many answers a decision hears at all."""
    graph = listening(knowledge, advice.lens, advice.as_of)
    return sum(name in graph for name in _values(knowledge, advice))


# --- words ----------------------------------------------------------------------------------------------------------


def say_answer(criterion: Criterion, value: Value, language: Language) -> str:
    """An answer in words, several apart by commas."""
    return ", ".join(_answers(criterion, value, language))


def _answers(criterion: Criterion, value: Value, language: Language) -> list[str]:
    if isinstance(value, frozenset):
        given = [answer.label.in_(language) for answer in criterion.answers if answer.id in value]
        return given or [Text(en="None of these", pt="Nenhum destes").in_(language)]
    if isinstance(value, Quantity):
        return [str(value).replace(" ", "\N{NO-BREAK SPACE}")]
    return [write_day(value, language).replace(" ", "\N{NO-BREAK SPACE}")]


def say_choice(knowledge: Knowledge, decision: Decision, language: Language) -> str:
    """The second line of a decision's box: the choice, or why there is none."""
    if decision.status == "not-applicable":
        return STATUS["not-applicable"].in_(language)
    if decision.status == "conflict":
        return WORDS["conflict"].in_(language)
    if decision.status == "open":
        return _say_open(knowledge, decision, language)
    chosen = [knowledge.decisions[decision.point].option(one).label.in_(language) for one in decision.chosen]
    words = _shorten(chosen, language) if chosen else WORDS["nothing"].in_(language)
    pinned = STATUS["pinned"].in_(language).lower()
    return f"{words}, {pinned}" if decision.status == "pinned" else words


def _say_open(knowledge: Knowledge, decision: Decision, language: Language) -> str:
    status = STATUS["open"].in_(language)
    if not decision.still_to_ask:
        return status
    return f"{status}: {knowledge.criteria[decision.still_to_ask[0]].label.in_(language)}?"


def _shorten(words: list[str], language: Language) -> str:
    if len(words) <= _NAMED:
        return ", ".join(words)
    return WORDS["more"].in_(language).format(first=words[0], count=len(words) - 1)


# --- nodes and links ------------------------------------------------------------------------------------------------


def _nodes(knowledge: Knowledge, advice: Advice, language: Language) -> Iterator[Node]:
    graph = listening(knowledge, advice.lens, advice.as_of)
    for name, value in _values(knowledge, advice).items():
        if name in graph:
            criterion = knowledge.criteria[name]
            words = _shorten(_answers(criterion, value, language), language)
            yield Node(name, "answer", criterion.label.in_(language), words)
    for decision in advice.decisions.values():
        yield _decision_node(knowledge, decision, language)


def _values(knowledge: Knowledge, advice: Advice) -> Mapping[str, Value]:
    """The answers that count; one whose question does not arise is left out."""
    counting = in_force(knowledge.criteria, advice.requirements.answers)
    return {name: value for name, value in counting.items() if value is not None}


def _decision_node(knowledge: Knowledge, decision: Decision, language: Language) -> Node:
    title = knowledge.decisions[decision.point].short.in_(language)
    words = say_choice(knowledge, decision, language)
    return Node(PREFIX + decision.point, "decision", title, words, decision.status)


def _question(criterion: Criterion, language: Language) -> Node:
    return Node(criterion.id, "question", criterion.label.in_(language), WORDS["question"].in_(language))


def _links(knowledge: Knowledge, advice: Advice) -> Iterator[Link]:
    """The edges of the graph that decides, in its order."""
    heard = {PREFIX + one.point: _acting(knowledge, one) for one in advice.decisions.values()}
    for source, target in listening(knowledge, advice.lens, advice.as_of).edges:
        yield Link(source, target, source in heard[target])


def _acting(knowledge: Knowledge, decision: Decision) -> frozenset[str]:
    """The criteria and decisions that a decision's premise or a rule that holds listens to."""
    subjects = {subject for force in decision.forces.values() for subject in force.when}
    return frozenset(subjects | set(knowledge.decisions[decision.point].applies_when))


def _way(graph: "nx.DiGraph[str]", source: str, target: str) -> list[str]:
    """The nodes of a shortest way from a question to a decision that waits for it."""
    if source not in graph or not nx.has_path(graph, source, target):
        return []
    return list(nx.shortest_path(graph, source, target))
