"""What the exam guide asks for, and where the knowledge answers it: points and scenarios for each consideration."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.knowledge import Knowledge
from engine.yaml_files import Fault


@dataclass(frozen=True, slots=True)
class Row:
    """One consideration of the default edition, with the decision points and scenarios that name it."""

    consideration: str
    points: tuple[str, ...]
    scenarios: tuple[str, ...]

    @property
    def is_covered(self) -> bool:
        return bool(self.points and self.scenarios)


def find_matrix(knowledge: Knowledge) -> tuple[Row, ...]:
    """One row for each consideration of the default edition, in the guide's order."""
    editions = [edition for edition in knowledge.editions.values() if edition.default]
    return tuple(
        Row(
            consideration.id,
            tuple(point.id for point in knowledge.decisions.values() if consideration.id in point.objectives),
            tuple(one.id for one in knowledge.scenarios.values() if consideration.id in one.objectives),
        )
        for edition in editions
        for section in edition.sections
        for part in section.subsections
        for consideration in part.considerations
    )


def find_uncovered(knowledge: Knowledge) -> Iterator[Fault]:
    """Considerations without a point or a scenario, and options that no scenario expects."""
    for row in find_matrix(knowledge):
        for what, found in (("decision point", row.points), ("scenario", row.scenarios)):
            if not found:
                message = f"no {what} names the consideration {row.consideration}"
                yield Fault("exam/editions", message, f"add it to the objectives of a {what}")
    expected = {
        (point, option)
        for scenario in knowledge.scenarios.values()
        for point, outcome in scenario.expect.items()
        for option in outcome.choose
    }
    for point in knowledge.decisions.values():
        file = f"decisions/{point.id}.yaml"
        document = knowledge.documents.get(file)
        for place, option in enumerate(point.options):
            if (point.id, option.id) not in expected:
                line = document.line(("options", place)) if document else None
                message = f"no scenario expects {option.id}"
                yield Fault(file, message, "write one in which it wins", f"options.{place}", line)
