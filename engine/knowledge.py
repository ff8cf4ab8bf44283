"""The knowledge: every YAML file read, validated and found to agree, or refused with every fault at once."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import networkx as nx
from pydantic import BaseModel, ValidationError

from engine import graph
from engine.models import (
    ID_PATTERN,
    ArchitectureFile,
    Capability,
    CriteriaFile,
    Criterion,
    DecisionFile,
    DecisionPoint,
    Edition,
    EditionFile,
    ExampleFile,
    Impossible,
    Scenario,
    ScenarioFile,
    Service,
    ServiceFile,
    Technique,
    TechniqueFile,
    VocabularyFile,
)
from engine.yaml_files import Document, Fault, read_yaml_file

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
Used = tuple[Service | Technique, Capability | None]
IS_ID = re.compile(ID_PATTERN)
_M = TypeVar("_M", bound=BaseModel)


class KnowledgeFault(Exception):
    """The knowledge does not hold together; `faults` has all of it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, eq=False)
class Knowledge:
    """All facts, by id, in the order in which a person meets them. Never changed; equal only to itself."""

    version: str
    groups: Mapping[str, CriteriaFile]
    criteria: Mapping[str, Criterion]
    impossible: tuple[Impossible, ...]
    services: Mapping[str, Service]
    techniques: Mapping[str, Technique]
    decisions: Mapping[str, DecisionPoint]  # upstream before downstream
    editions: Mapping[str, Edition]
    architecture: ArchitectureFile
    scenarios: Mapping[str, Scenario]
    examples: Mapping[str, ExampleFile]
    vocabulary: Mapping[str, VocabularyFile] = field(default_factory=dict, repr=False)  # by package
    documents: Mapping[str, Document] = field(default_factory=dict, repr=False)
    unread: frozenset[str] = frozenset()  # files at fault: what they hold is missing here

    @cached_property
    def graph(self) -> "nx.DiGraph[str]":
        """Criteria and decision points with the edges along which answers flow: what decides is what is drawn."""
        return graph.build(self.criteria, self.decisions)

    @cached_property
    def options(self) -> Mapping[str, tuple[str, ...]]:
        return {point.id: tuple(option.id for option in point.options) for point in self.decisions.values()}

    @cached_property
    def edition(self) -> Edition:
        """The edition that the exam lens follows."""
        return next(edition for edition in self.editions.values() if edition.default)

    def has(self, use: str) -> bool:
        try:
            self.used(use)
        except KeyError:
            return False
        return True

    def used(self, use: str) -> Used:
        """The service or technique, and the capability, that an option's `uses` names. Raises KeyError."""
        owner_id, _, capability_id = use.partition("/")
        owner = self.services.get(owner_id) or self.techniques[owner_id]
        if not capability_id:
            return owner, None
        if isinstance(owner, Technique):
            raise KeyError(use)
        found = next((one for one in owner.capabilities if one.id == capability_id), None)
        if found is None:
            raise KeyError(use)
        return owner, found


def load_knowledge(folder: Path = KNOWLEDGE) -> Knowledge:
    """Load and check everything below `folder`. Raises KnowledgeFault with every fault found."""
    from engine.agreement import find_faults  # the checks need the type defined here

    knowledge, faults = read_knowledge(folder)
    faults += find_faults(knowledge)
    if faults:
        raise KnowledgeFault(tuple(sorted(faults, key=lambda fault: (fault.file, fault.line or 0, fault.message))))
    return knowledge


def read_knowledge(folder: Path) -> tuple[Knowledge, list[Fault]]:
    """Read what can be read, with the faults of single files; agreement between files is not checked here."""
    reader = _Reader(folder)
    groups = reader.read_all("criteria", CriteriaFile)
    ordered = dict(sorted(groups.items(), key=lambda item: item[1].order))
    services = reader.read_all("services", ServiceFile, _with_id(Service))
    techniques = reader.read_all("techniques", TechniqueFile, _with_id(Technique))
    decisions = reader.read_all("decisions", DecisionFile, _with_id(DecisionPoint))
    editions = reader.read_all("exam/editions", EditionFile, _with_id(Edition))
    scenarios = reader.read_all("exam/scenarios", ScenarioFile, _with_id(Scenario))
    parts = reader.read_all("architecture", ArchitectureFile)
    knowledge = Knowledge(
        version=reader.version(),
        groups=ordered,
        criteria={one.id: one for group in ordered.values() for one in group.criteria},
        impossible=tuple(one for group in ordered.values() for one in group.impossible),
        services=services,
        techniques=techniques,
        decisions=decisions,
        editions=editions,
        architecture=_join(parts),
        scenarios=scenarios,
        examples=reader.read_all("examples", ExampleFile),
        vocabulary=reader.read_all("vocabulary", VocabularyFile),
        documents=reader.documents,
        unread=frozenset(reader.unread),
    )
    return replace(knowledge, decisions=graph.in_order(decisions)), reader.faults


def _with_id(model: type[_M]) -> Callable[[str, BaseModel], _M]:
    """A file's id is its name: the checked content becomes the fuller model without checking it again."""
    return lambda file_id, content: model.model_construct(**dict(content), id=file_id)


def _join(parts: Mapping[str, ArchitectureFile]) -> ArchitectureFile:
    return ArchitectureFile(
        lanes=tuple(lane for part in parts.values() for lane in part.lanes),
        components=tuple(one for part in parts.values() for one in part.components),
        connections=tuple(one for part in parts.values() for one in part.connections),
    )


class _Reader:
    """Reads folders of YAML, gathering documents and faults on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.documents: dict[str, Document] = {}
        self.faults: list[Fault] = []
        self.unread: list[str] = []
        self._digest = hashlib.sha256()

    def version(self) -> str:
        """Twelve digits that name exactly this content."""
        return self._digest.hexdigest()[:12]

    def read_all(self, below: str, model: type[Any], finish: Callable[[str, Any], Any] | None = None) -> dict[str, Any]:
        found = {}
        for path in sorted((self.folder / below).glob("[!.]*")):
            if path.suffix != ".yaml" or not IS_ID.match(path.stem):
                name = path.relative_to(self.folder).as_posix()
                remedy = "name it with lower-case letters, digits and hyphens, and end it in .yaml"
                self.faults.append(Fault(name, "the name of the file is no id, so it is not read", remedy))
                continue
            content = self._read_one(path, model)
            if content is not None:
                found[path.stem] = finish(path.stem, content) if finish else content
        return found

    def _read_one(self, path: Path, model: type[_M]) -> _M | None:
        name = path.relative_to(self.folder).as_posix()
        self._digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
        document, faults = read_yaml_file(path, name)
        self.faults += faults
        if document is None:
            self.unread.append(name)
            return None
        self.documents[name] = document
        try:
            return model.model_validate(document.data)
        except ValidationError as error:
            self.faults += _faults_of(error, name, document)
            self.unread.append(name)
            return None


def _faults_of(error: ValidationError, name: str, document: Document) -> Iterator[Fault]:
    for one in error.errors():
        path = tuple(part for part in one["loc"])
        field_name = ".".join(map(str, path))
        message, remedy = _in_words(one["type"], one["msg"], path)
        yield Fault(name, message, remedy, field_name, document.line(path))


def _in_words(kind: str, message: str, path: tuple[str | int, ...]) -> tuple[str, str]:
    last = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        return f"the field {last!r} is unknown", "remove it or correct its name"
    if kind == "missing" and last in ("en", "pt"):
        return f"the {'English' if last == 'en' else 'Portuguese'} text is missing", f"add {last}: ..."
    if kind == "missing":
        return f"the field {last!r} is missing", "add it"
    return message.removeprefix("Value error, "), "correct the value"
