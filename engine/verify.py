"""What the knowledge holds, counted, and every fault in it."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from engine.agreement import find_faults
from engine.coverage import Row, find_matrix, find_uncovered
from engine.graph import upstream
from engine.knowledge import KNOWLEDGE, Knowledge, read_knowledge
from engine.models import DecisionPoint
from engine.proof import find_unsound, shares_of_order
from engine.yaml_files import Fault


@dataclass(frozen=True, slots=True)
class Report:
    version: str
    counts: dict[str, int]
    rules: dict[str, int]  # by confidence
    shares: dict[str, float]  # of worlds that only the order of the file decides, by point
    matrix: tuple[Row, ...]  # what covers each consideration of the guide
    uncovered: tuple[Fault, ...]  # of the guide, and options that no scenario expects
    faults: tuple[Fault, ...]


def check(folder: Path = KNOWLEDGE, today: date | None = None) -> Report:
    """Read everything, count it, and find every fault; nothing is raised.

    With a day each decision point is proved whole as of it, as far as its parts agree, and held against the guide.
    """
    knowledge, faults = read_knowledge(folder)
    found = [*faults, *find_faults(knowledge)]
    shares: dict[str, float] = {}
    if today:
        sound = _sound_part(knowledge, {fault.file for fault in found})
        shares = shares_of_order(sound, today)
        found += find_unsound(sound, today, shares)
    found.sort(key=lambda fault: (fault.file, fault.line or 0, fault.message))
    uncovered = tuple(find_uncovered(knowledge))
    counts, rules, matrix = _counts(knowledge), _rules(knowledge), find_matrix(knowledge)
    return Report(knowledge.version, counts, rules, shares, matrix, uncovered, tuple(found))


def _sound_part(knowledge: Knowledge, broken: set[str]) -> Knowledge:
    """The knowledge with the decision points that agree, and whose upstream points do."""
    sound: dict[str, DecisionPoint] = {}
    if not any(file.startswith(("criteria", "exam/editions")) for file in broken):
        for point in knowledge.decisions.values():
            uses = [use for option in point.options for use in option.uses]
            agrees = f"decisions/{point.id}.yaml" not in broken and all(map(knowledge.has, uses))
            if agrees and sound.keys() >= set(upstream(point)):
                sound[point.id] = point
    return replace(knowledge, decisions=sound)


def _counts(knowledge: Knowledge) -> dict[str, int]:
    points = knowledge.decisions.values()
    matrix = find_matrix(knowledge)
    return {
        "criteria": len(knowledge.criteria),
        "services": len(knowledge.services),
        "techniques": len(knowledge.techniques),
        "decision points": len(knowledge.decisions),
        "options": sum(len(point.options) for point in points),
        "rules": sum(len(point.rules) for point in points),
        "scenarios": len(knowledge.scenarios),
        "examples": len(knowledge.examples),
        "considerations": len(matrix),
        "considerations covered": sum(row.is_covered for row in matrix),
    }


def _rules(knowledge: Knowledge) -> dict[str, int]:
    counted = Counter(rule.confidence for point in knowledge.decisions.values() for rule in point.rules)
    return {confidence: counted[confidence] for confidence in ("verified", "unverified", "judgement")}
