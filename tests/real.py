"""The real knowledge, loaded once for the tests that loop over it."""

from datetime import date

from engine.advice import Advice, advise
from engine.knowledge import load_knowledge
from engine.models import ProjectFile
from engine.requirements import Requirements, read_requirements

KNOWLEDGE = load_knowledge()
TODAY = date(2026, 11, 24)
# everything that describes a whole situation: the examples to start from, and the scenarios
SITUATIONS: dict[str, ProjectFile] = dict(KNOWLEDGE.examples) | {
    name: scenario.requirements for name, scenario in KNOWLEDGE.scenarios.items()
}


def requirements(project: ProjectFile, **changes: object) -> Requirements:
    changed = ProjectFile.model_validate(project.model_dump(exclude={"summary", "title"}) | changes)
    found, problems = read_requirements(KNOWLEDGE.criteria, KNOWLEDGE.decisions, changed, TODAY)
    assert not problems
    return found


def advice(project: ProjectFile, **changes: object) -> Advice:
    return advise(KNOWLEDGE, requirements(project, **changes))
