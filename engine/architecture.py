"""From decisions to an architecture: components bound to the choices, connections between those that are there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.conditions import Truth, Values, judge_any
from engine.graph import PREFIX
from engine.knowledge import Knowledge
from engine.lifecycle import Consequence, find_removal, service_name
from engine.models import Category, ComponentRule, ConnectionKind, Lane, Lens, Service, Text
from engine.requirements import Value


@dataclass(frozen=True, slots=True)
class Component:
    """One box. `detail` is its second line; `open` marks a ghost: its decision still asks a question."""

    id: str
    lane: str
    title: Text
    detail: Text | None
    category: Category
    service: str | None  # id of the service or technique, to open its catalogue entry
    decisions: tuple[str, ...]  # what a click explains, the first foremost
    existing: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Connection:
    source: str
    target: str
    kind: ConnectionKind
    label: Text


@dataclass(frozen=True, slots=True)
class Architecture:
    """Lanes in order (only those in use); connections of kind `secure` go from a control to what it protects."""

    lanes: tuple[Lane, ...] = ()
    components: tuple[Component, ...] = ()
    connections: tuple[Connection, ...] = ()
    left_out: tuple[Consequence, ...] = ()  # what the lifecycle removed of that which no decision chose

    def component(self, component_id: str) -> Component:
        return next(component for component in self.components if component.id == component_id)


def assemble(
    knowledge: Knowledge,
    values: Values,
    tentative: Mapping[str, tuple[str, ...]],
    lens: Lens,
    as_of: date,
) -> Architecture:
    """Bind components to the values; a part that hangs on a `tentative` choice is a ghost.

    What only the architecture brings in passes the lifecycle test of the options; what fails it is left out.

    `values` holds the answers in force and the choices as `decision.<id>`; open choices are only in `tentative`.
    """
    supposed: dict[str, Value | None] = dict(values)
    supposed |= {PREFIX + point: frozenset(options) for point, options in tentative.items()}
    components, left_out = [], []
    for rule in knowledge.architecture.components:
        firm = judge_any(rule.when, values) is Truth.HOLDS
        if not firm and not (_is_bound(rule, tentative) and judge_any(rule.when, supposed) is Truth.HOLDS):
            continue
        removal = find_removal(knowledge, rule.service, values, lens, as_of) if rule.service else None
        if removal and not rule.existing:
            left_out.append(removal)
        else:
            components.append(_bind(knowledge, rule, supposed, lens, as_of, ghost=not firm))
    if all(component.open or component.existing for component in components):
        return Architecture(left_out=tuple(left_out))
    there = {component.id for component in components}
    connections = {
        (rule.source, rule.target, rule.kind): Connection(rule.source, rule.target, rule.kind, rule.label)
        for rule in knowledge.architecture.connections
        if rule.source in there and rule.target in there
        if not rule.when or judge_any(rule.when, supposed) is Truth.HOLDS
    }
    used = {component.lane for component in components}
    lanes = tuple(lane for lane in knowledge.architecture.lanes if lane.id in used)
    return Architecture(lanes, tuple(components), tuple(connections.values()), tuple(left_out))


def _is_bound(rule: ComponentRule, tentative: Mapping[str, tuple[str, ...]]) -> bool:
    """Only the decision that a component stands for may make a ghost of it: no ghosts of far consequences."""
    return bool(rule.decisions) and rule.decisions[0] in tentative


def _bind(knowledge: Knowledge, rule: ComponentRule, values: Values, lens: Lens, as_of: date, ghost: bool) -> Component:
    service = rule.service or _service_of(knowledge, rule.service_of, values)
    title, category = rule.title, rule.category
    if service:
        owner = knowledge.used(service)[0]
        category = category or owner.category
        title = title or _name(knowledge, owner.id, lens, as_of)
    return Component(
        id=rule.id,
        lane=rule.lane,
        title=title or Text(en=rule.id, pt=rule.id),
        detail=rule.role or _label_of(knowledge, rule.role_of, values),
        category=category or Category.SERVICE,
        service=service,
        decisions=rule.decisions,
        existing=rule.existing,
        open=ghost,
    )


def _chosen(values: Values, point: str | None) -> list[str]:
    value = values.get(f"{PREFIX}{point}")
    return sorted(value) if isinstance(value, frozenset) else []


def _service_of(knowledge: Knowledge, point: str | None, values: Values) -> str | None:
    uses = [use for option in _chosen(values, point) for use in knowledge.decisions[str(point)].option(option).uses]
    return uses[0].partition("/")[0] if uses else None


def _label_of(knowledge: Knowledge, point: str | None, values: Values) -> Text | None:
    labels = [knowledge.decisions[str(point)].option(option).label for option in _chosen(values, point)]
    if not labels:
        return None
    return Text(en=", ".join(label.en for label in labels), pt=", ".join(label.pt for label in labels))


def _name(knowledge: Knowledge, owner_id: str, lens: Lens, as_of: date) -> Text:
    owner = knowledge.used(owner_id)[0]
    if not isinstance(owner, Service):
        return owner.name
    name = service_name(knowledge.edition, owner, lens, as_of)
    short = owner.short if owner.short and name == owner.name else name
    return Text(en=short, pt=short)
