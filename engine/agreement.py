"""Do all parts of the knowledge agree? Every check yields each fault with file, field and remedy."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import networkx as nx

from engine import graph
from engine.knowledge import Knowledge
from engine.models import Condition, DecisionPoint, LifecycleStage, ProjectFile, Rule, Stage, Successor, When
from engine.requirements import nearest as nearest_words
from engine.requirements import read_requirements
from engine.yaml_files import Fault, Path_

# a stage of these removes options by itself, so it needs evidence as a hard rule does
REMOVING = (Stage.CLOSED_TO_NEW, Stage.DEPRECATED, Stage.SHUTDOWN)
LATER_THAN = {stage: place for place, stage in enumerate(Stage)}


def find_faults(knowledge: Knowledge) -> list[Fault]:
    """All faults of agreement, each with the line on which it stands."""
    checks = (
        _criteria,
        _lifecycle_criteria,
        _asked_in_circles,
        _decisions,
        _names,
        _api,
        _lifecycles,
        _architecture,
        _exam,
        _saved_requirements,
    )
    return [_with_line(knowledge, fault, path) for check in checks for fault, path in check(knowledge)]


_Found = Iterator[tuple[Fault, Path_]]

# where the words of each kind are held: in files of these folders, or in a file of the word's own name
HELD_IN = {
    "criterion": "criteria/",
    "answer": "criteria/",
    "answer of code-level": "criteria/",
    "lane": "architecture/",
    "component": "architecture/",
    "objective": "exam/editions/",
    "decision": "decisions/{}.yaml",
    "service": "services/{}.yaml",
    "technique": "techniques/{}.yaml",
    "package": "vocabulary/{}.yaml",
}


def _may_be_unread(knowledge: Knowledge, what: str, word: str) -> bool:
    """Whether a word that is missing may stand in a file that could not be read: that file's own fault is enough."""
    return what in HELD_IN and any(name.startswith(HELD_IN[what].format(word)) for name in knowledge.unread)


def nearest(word: str, known: Iterable[str]) -> str:
    return nearest_words(word, known).en


def _with_line(knowledge: Knowledge, fault: Fault, path: Path_) -> Fault:
    document = knowledge.documents.get(fault.file)
    named = replace(fault, field=fault.field or ".".join(map(str, path)))
    return replace(named, line=document.line(path)) if document else named


def _criteria(knowledge: Knowledge) -> _Found:
    yield from _twice(
        (f"criteria/{group}.yaml", ("criteria", place, "id"), one.id)
        for group, content in knowledge.groups.items()
        for place, one in enumerate(content.criteria)
    )
    yield from _twice(
        (f"criteria/{group}.yaml", ("impossible", place, "id"), one.id)
        for group, content in knowledge.groups.items()
        for place, one in enumerate(content.impossible)
    )
    for group, content in knowledge.groups.items():
        file = f"criteria/{group}.yaml"
        for place, criterion in enumerate(content.criteria):
            path: Path_ = ("criteria", place)
            yield from _twice((file, (*path, "answers", n), answer.id) for n, answer in enumerate(criterion.answers))
            yield from _conditions(knowledge, file, (*path, "asked_when"), criterion.asked_when, decisions=False)
            known = [answer.id for answer in criterion.answers]
            for word in criterion.usual or ():
                if word not in known:
                    yield Fault(file, f"the usual answer {word!r} is unknown", nearest(word, known)), (*path, "usual")
            for answer in criterion.answers:
                yield from _unknown(knowledge, file, path, answer.assets, knowledge.services, "service")
        for place, combination in enumerate(content.impossible):
            where: Path_ = ("impossible", place, "when")
            yield from _conditions(knowledge, file, where, combination.when, decisions=False)
            if not combination.when:
                yield Fault(file, f"{combination.id} rules out every world", "give it conditions"), where


def _lifecycle_criteria(knowledge: Knowledge) -> _Found:
    """Lifecycles turn into conditions on two criteria: without them an ending could never act."""
    known = knowledge.criteria
    if _may_be_unread(knowledge, "criterion", ""):
        return
    if "lives-until" not in known or known["lives-until"].kind != "date":
        yield Fault("criteria", "there is no date lives-until", "add it: lifecycles are held against it"), ()
    if "stability" not in known or "ga-only" not in [answer.id for answer in known["stability"].answers]:
        yield Fault("criteria", "there is no stability with ga-only", "add it: previews are held against it"), ()


def _asked_in_circles(knowledge: Knowledge) -> _Found:
    waits = nx.DiGraph((one, name) for name, criterion in knowledge.criteria.items() for one in criterion.asked_when)
    for circle in sorted(map(sorted, nx.simple_cycles(waits))):
        said = " -> ".join(circle)
        yield Fault("criteria", f"the questions {said} wait for each other", "break the circle"), ()


def _decisions(knowledge: Knowledge) -> _Found:
    cycle = graph.find_cycle(knowledge.decisions)
    if cycle:
        file = f"decisions/{cycle[0]}.yaml"
        yield Fault(file, f"the decisions {' -> '.join(cycle)} wait for each other", "break the circle"), ()
    yield from _twice(
        (f"decisions/{point.id}.yaml", ("rules", place, "id"), rule.id)
        for point in knowledge.decisions.values()
        for place, rule in enumerate(point.rules)
    )
    objectives = [*_objectives(knowledge)]
    for point in knowledge.decisions.values():
        file = f"decisions/{point.id}.yaml"
        yield from _twice((file, ("options", place, "id"), option.id) for place, option in enumerate(point.options))
        yield from _conditions(knowledge, file, ("applies_when",), point.applies_when)
        if point.applies_when and point.applies_because is None:
            yield (
                Fault(file, "applies_when gives no reason", "add applies_because: {en: ..., pt: ...}"),
                ("applies_when",),
            )
        yield from _unknown(knowledge, file, ("objectives",), point.objectives, objectives, "objective")
        for place, option in enumerate(point.options):
            yield from _uses(knowledge, file, ("options", place, "uses"), option.uses)
        for place, conflict in enumerate(point.conflicts):
            yield from _conditions(knowledge, file, ("conflicts", place, "when"), conflict.when, decisions=False)
        for place, rule in enumerate(point.rules):
            yield from _rule(knowledge, point, file, ("rules", place), rule)


def _rule(knowledge: Knowledge, point: DecisionPoint, file: str, path: Path_, rule: Rule) -> _Found:
    if not rule.id.startswith(f"{point.id}-"):
        yield Fault(file, f"the rule {rule.id} does not begin with its decision", f"name it {point.id}-..."), path
    if not rule.when:
        yield Fault(file, f"the rule {rule.id} has no condition", "a taste without a condition is a quality"), path
    if rule.is_hard and not rule.evidence and not rule.unverified:
        remedy = "add evidence, or unverified: true"
        yield Fault(file, f"the hard rule {rule.id} has no evidence", remedy), path
    yield from _unknown(knowledge, file, path, rule.options, knowledge.options[point.id], "option")
    yield from _conditions(knowledge, file, (*path, "when"), rule.when)


def _conditions(knowledge: Knowledge, file: str, path: Path_, when: When, decisions: bool = True) -> _Found:
    for subject, condition in when.items():
        where: Path_ = (*path, subject)
        if subject.startswith(graph.PREFIX):
            point = subject.removeprefix(graph.PREFIX)
            if not decisions:
                yield Fault(file, "only criteria can be tested here", "remove the decision"), where
            elif point not in knowledge.decisions:
                yield from _unknown(knowledge, file, where, [point], knowledge.decisions, "decision")
            else:
                yield from _unknown(knowledge, file, where, condition.values, knowledge.options[point], "option")
                yield from _kind(file, where, condition, "many")
        elif subject not in knowledge.criteria:
            yield from _unknown(knowledge, file, where, [subject], knowledge.criteria, "criterion")
        else:
            criterion = knowledge.criteria[subject]
            yield from _unknown(
                knowledge, file, where, condition.values, [one.id for one in criterion.answers], "answer"
            )
            yield from _kind(file, where, condition, criterion.kind, criterion.unit)


def _kind(file: str, path: Path_, condition: Condition, kind: str, unit: str | None = None) -> _Found:
    asked = "date" if condition.dates else "quantity" if condition.quantities else "many"
    if asked != ("many" if kind in ("one", "many") else kind):
        yield Fault(file, f"a criterion of kind {kind} cannot be tested like this", "use the tests of its kind"), path
        return
    for limit in condition.quantities:
        if unit and limit.dimension != type(limit)(limit.number, unit).dimension:
            yield Fault(file, f"{limit} is not measured in {unit}", f"give the limit in {unit}"), path


def _names(knowledge: Knowledge) -> _Found:
    for name in knowledge.services.keys() & knowledge.techniques.keys():
        yield Fault(f"techniques/{name}.yaml", f"{name} is a service too", "give it another id"), ()
    codes = (
        [answer.id for answer in knowledge.criteria["code-level"].answers] if "code-level" in knowledge.criteria else []
    )
    for service in knowledge.services.values():
        file = f"services/{service.id}.yaml"
        yield from _unknown(knowledge, file, ("code",), service.code, codes, "answer of code-level")
        yield from _successor(knowledge, file, ("successor",), service.successor)
        yield from _twice((file, ("capabilities", n), one.id) for n, one in enumerate(service.capabilities))
        for place, capability in enumerate(service.capabilities):
            yield from _successor(knowledge, file, ("capabilities", place, "successor"), capability.successor)
        if service.names[-1].until is not None:
            yield Fault(file, "today's name has ended", "the last name has no until"), ("names",)
        for place, name_ in enumerate(service.names[:-1]):
            if name_.until is None:
                yield Fault(file, f"the former name {name_.name!r} has no end", "add until"), ("names", place)
    for technique in knowledge.techniques.values():
        yield from _successor(knowledge, f"techniques/{technique.id}.yaml", ("successor",), technique.successor)


def _successor(knowledge: Knowledge, file: str, path: Path_, successor: Successor | None) -> _Found:
    if successor:
        yield from _uses(knowledge, file, path, successor.uses)


def _api(knowledge: Knowledge) -> _Found:
    """What a thing is called in a published package is called so in the version that was read."""
    for file, path, names in _cited(knowledge):
        for place, name in enumerate(names):
            package, _, word = name.partition("/")
            where: Path_ = (*path, "api", place)
            if package not in knowledge.vocabulary:
                yield from _unknown(knowledge, file, where, [package], knowledge.vocabulary, "package")
            elif word not in (held := knowledge.vocabulary[package]).api:
                remedy = nearest(word, sorted(held.api))
                yield Fault(file, f"{package} {held.version} holds no {word!r}", remedy), where


def _cited(knowledge: Knowledge) -> Iterator[tuple[str, Path_, tuple[str, ...]]]:
    """Each place that may name parts of packages: its file, its path, the names."""
    for service in knowledge.services.values():
        file = f"services/{service.id}.yaml"
        yield file, (), service.api
        for place, capability in enumerate(service.capabilities):
            yield file, ("capabilities", place), capability.api
    for technique in knowledge.techniques.values():
        yield f"techniques/{technique.id}.yaml", (), technique.api
    for point in knowledge.decisions.values():
        for place, option in enumerate(point.options):
            yield f"decisions/{point.id}.yaml", ("options", place), option.api


def _lifecycles(knowledge: Knowledge) -> _Found:
    for service in knowledge.services.values():
        file = f"services/{service.id}.yaml"
        yield from _stages(file, ("lifecycle",), service.lifecycle)
        for place, capability in enumerate(service.capabilities):
            yield from _stages(file, ("capabilities", place, "lifecycle"), capability.lifecycle)
    for technique in knowledge.techniques.values():
        yield from _stages(f"techniques/{technique.id}.yaml", ("lifecycle",), technique.lifecycle)


def _stages(file: str, path: Path_, stages: tuple[LifecycleStage, ...]) -> _Found:
    for place, stage in enumerate(stages):
        if stage.stage in REMOVING and not stage.evidence:
            yield Fault(file, f"the stage {stage.stage} has no evidence", "add evidence"), (*path, place)
    order = [LATER_THAN[stage.stage] for stage in stages]
    days = [stage.on for stage in stages if isinstance(stage.on, date)]
    if order != sorted(set(order)) or days != sorted(days):
        yield Fault(file, "the stages are out of order", "list each once: earlier stages and dates first"), path


def _architecture(knowledge: Knowledge) -> _Found:
    parts = knowledge.architecture
    lanes = [lane.id for lane in parts.lanes]
    yield from _twice((*_place(knowledge, "lanes", number), one) for number, one in enumerate(lanes))
    for number, component in enumerate(parts.components):
        file, path = _place(knowledge, "components", number)
        yield from _unknown(knowledge, file, path, [component.lane], lanes, "lane")
        points = [*component.decisions, *filter(None, (component.role_of, component.service_of))]
        yield from _unknown(knowledge, file, path, points, knowledge.decisions, "decision")
        if component.service:
            yield from _uses(knowledge, file, path, [component.service])
        if not (component.title or component.service or component.service_of):
            yield Fault(file, f"{component.id} has no name", "give it a title, service or service_of"), path
        for row in component.when:
            yield from _conditions(knowledge, file, (*path, "when"), row)
    ids = [component.id for component in parts.components]
    yield from _twice(
        (_place(knowledge, "components", n)[0], _place(knowledge, "components", n)[1], one) for n, one in enumerate(ids)
    )
    for number, connection in enumerate(parts.connections):
        file, path = _place(knowledge, "connections", number)
        yield from _unknown(knowledge, file, path, [connection.source, connection.target], ids, "component")
        for row in connection.when:
            yield from _conditions(knowledge, file, (*path, "when"), row)


def _place(knowledge: Knowledge, kind: str, number: int) -> tuple[str, Path_]:
    """The architecture is joined from several files: find the one that holds the part with this number."""
    for name, document in knowledge.documents.items():
        if name.startswith("architecture/"):
            held = len(document.data.get(kind) or ())
            if number < held:
                return name, (kind, number)
            number -= held
    return "architecture", ()


def _exam(knowledge: Knowledge) -> _Found:
    defaults = [edition.id for edition in knowledge.editions.values() if edition.default]
    if len(defaults) != 1 and not _may_be_unread(knowledge, "objective", ""):
        yield Fault("exam/editions", f"{len(defaults)} editions are the default", "make exactly one the default"), ()
    for edition in knowledge.editions.values():
        file = f"exam/editions/{edition.id}.yaml"
        yield from _uses(knowledge, file, ("terms",), edition.terms)
        yield from _uses(knowledge, file, ("excludes",), edition.excludes)
    objectives = [*_objectives(knowledge)]
    components = [component.id for component in knowledge.architecture.components]
    for scenario in knowledge.scenarios.values():
        file = f"exam/scenarios/{scenario.id}.yaml"
        yield from _unknown(knowledge, file, ("objectives",), scenario.objectives, objectives, "objective")
        yield from _unknown(knowledge, file, ("expect",), scenario.expect, knowledge.decisions, "decision")
        for point, expected in scenario.expect.items():
            if point in knowledge.decisions:
                yield from _unknown(
                    knowledge, file, ("expect", point), expected.choose, knowledge.options[point], "option"
                )
        yield from _unknown(knowledge, file, ("components",), scenario.components or (), components, "component")
        yield from _unknown(
            knowledge, file, ("without",), scenario.without, scenario.requirements.answers, "answer of it"
        )


def _saved_requirements(knowledge: Knowledge) -> _Found:
    saved: list[tuple[str, Path_, ProjectFile]] = [
        (f"examples/{name}.yaml", (), example) for name, example in knowledge.examples.items()
    ]
    saved += [
        (f"exam/scenarios/{scenario.id}.yaml", ("requirements",), scenario.requirements)
        for scenario in knowledge.scenarios.values()
    ]
    for file, path, project in saved:
        _, problems = read_requirements(knowledge.criteria, knowledge.decisions, project, date.min)
        for problem in [] if knowledge.unread else problems:
            yield Fault(file, f"{problem.place} {problem.message.en}", "correct it"), (*path, *problem.place.split("."))


def _uses(knowledge: Knowledge, file: str, path: Path_, uses: Iterable[str]) -> _Found:
    for use in uses:
        owner = use.partition("/")[0]
        if _may_be_unread(knowledge, "service", owner) or _may_be_unread(knowledge, "technique", owner):
            continue
        try:
            knowledge.used(use)
        except KeyError:
            known = knowledge.services.get(owner)
            words = (
                [f"{owner}/{one.id}" for one in known.capabilities]
                if known
                else [*knowledge.services, *knowledge.techniques]
            )
            yield Fault(file, f"{use!r} is no service, capability or technique", nearest(use, words)), path


def _unknown(
    knowledge: Knowledge, file: str, path: Path_, words: Iterable[str], known: Iterable[str], what: str
) -> _Found:
    valid = list(known)
    for word in words:
        if word not in valid and not _may_be_unread(knowledge, what, word):
            yield Fault(file, f"the {what} {word!r} is unknown", nearest(word, valid)), path


def _twice(ids: Iterable[tuple[str, Path_, str]]) -> _Found:
    places = list(ids)
    counted = Counter(one for _, _, one in places)
    for file, path, one in places:
        if counted[one] > 1:
            yield Fault(file, f"the id {one!r} stands {counted[one]} times", "give each its own id"), path


def _objectives(knowledge: Knowledge) -> Iterator[str]:
    """Subsections and considerations: a point may cover one or the other."""
    for edition in knowledge.editions.values():
        for section in edition.sections:
            for part in section.subsections:
                yield part.id
                yield from (one.id for one in part.considerations)
