"""The decision graph: which answers and decisions each decision point listens to."""

from collections.abc import Iterator, Mapping

import networkx as nx

from engine.models import Condition, Criterion, DecisionPoint

PREFIX = "decision."


def conditions(point: DecisionPoint) -> Iterator[tuple[str, Condition]]:
    """All conditions of a point, from its rules and from `applies_when`."""
    yield from point.applies_when.items()
    for rule in point.rules:
        yield from rule.when.items()


def upstream(point: DecisionPoint) -> list[str]:
    """The decision points that a point listens to directly, in order of first mention."""
    found = (subject.removeprefix(PREFIX) for subject, _ in conditions(point) if subject.startswith(PREFIX))
    return list(dict.fromkeys(found))


def listens_to(point: DecisionPoint) -> list[str]:
    """The criteria that a point mentions itself, in order of first mention."""
    return list(dict.fromkeys(subject for subject, _ in conditions(point) if not subject.startswith(PREFIX)))


def build(criteria: Mapping[str, Criterion], decisions: Mapping[str, DecisionPoint]) -> "nx.DiGraph[str]":
    """Nodes are criterion ids and `decision.<id>`; an edge means "is heard by"."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for point in decisions.values():
        graph.add_node(PREFIX + point.id)
        graph.add_edges_from((criterion, PREFIX + point.id) for criterion in listens_to(point) if criterion in criteria)
        graph.add_edges_from((PREFIX + one, PREFIX + point.id) for one in upstream(point) if one in decisions)
    return graph


def find_cycle(decisions: Mapping[str, DecisionPoint]) -> list[str]:
    """The points of one cycle, or nothing."""
    try:
        return [source.removeprefix(PREFIX) for source, _ in nx.find_cycle(build({}, decisions))]
    except nx.NetworkXNoCycle:
        return []


def in_order(decisions: Mapping[str, DecisionPoint]) -> dict[str, DecisionPoint]:
    """Upstream before downstream, by the guide's sections where the graph leaves it free; as given when cyclic."""
    if find_cycle(decisions):
        return dict(decisions)

    def by_section(node: str) -> tuple[str, str]:
        point = decisions[node.removeprefix(PREFIX)]
        return (min(point.objectives, default="9"), point.id)

    order = nx.lexicographical_topological_sort(build({}, decisions), key=by_section)
    return {node.removeprefix(PREFIX): decisions[node.removeprefix(PREFIX)] for node in order}
