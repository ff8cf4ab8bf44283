"""What the knowledge holds, counted, and every fault in it."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from engine.agreement import find_faults
from engine.knowledge import KNOWLEDGE, Knowledge, read_knowledge
from engine.yaml_files import Fault


@dataclass(frozen=True, slots=True)
class Report:
    version: str
    counts: dict[str, int]
    rules: dict[str, int]  # by confidence
    faults: tuple[Fault, ...]


def check(folder: Path = KNOWLEDGE) -> Report:
    """Read everything, count it, and find every fault; nothing is raised."""
    knowledge, faults = read_knowledge(folder)
    found = [*faults, *find_faults(knowledge)]
    found.sort(key=lambda fault: (fault.file, fault.line or 0, fault.message))
    return Report(knowledge.version, _counts(knowledge), _rules(knowledge), tuple(found))


def _counts(knowledge: Knowledge) -> dict[str, int]:
    points = knowledge.decisions.values()
    objectives = {
        part.id
        for edition in knowledge.editions.values()
        if edition.default
        for one in edition.sections
        for part in one.subsections
    }
    return {
        "criteria": len(knowledge.criteria),
        "services": len(knowledge.services),
        "techniques": len(knowledge.techniques),
        "decision points": len(knowledge.decisions),
        "options": sum(len(point.options) for point in points),
        "rules": sum(len(point.rules) for point in points),
        "scenarios": len(knowledge.scenarios),
        "examples": len(knowledge.examples),
        "objectives": len(objectives),
        "objectives covered": len(objectives & {one[:3] for point in points for one in point.objectives}),
    }


def _rules(knowledge: Knowledge) -> dict[str, int]:
    counted = Counter(rule.confidence for point in knowledge.decisions.values() for rule in point.rules)
    return {confidence: counted[confidence] for confidence in ("verified", "unverified", "judgement")}
