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
# whole situations, to draw and to open: the examples, and the scenarios with an exact architecture
DRAWN: dict[str, ProjectFile] = {
    name: project
    for name, project in SITUATIONS.items()
    if name in KNOWLEDGE.examples or KNOWLEDGE.scenarios[name].components
}


def requirements(project: ProjectFile, **changes: object) -> Requirements:
    changed = ProjectFile.model_validate(project.model_dump(exclude={"summary", "title"}) | changes)
    found, problems = read_requirements(KNOWLEDGE.criteria, KNOWLEDGE.decisions, changed, TODAY)
    assert not problems
    return found


_GIVEN: dict[str, Advice] = {}


def advice(project: ProjectFile, **changes: object) -> Advice:
    """The advice on a situation, given once: many tests ask for the same."""
    key = f"{project.model_dump_json()} {sorted(changes.items())}"
    if key not in _GIVEN:
        _GIVEN[key] = advise(KNOWLEDGE, requirements(project, **changes))
    return _GIVEN[key]
