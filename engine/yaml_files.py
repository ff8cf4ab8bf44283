"""YAML files read strictly: duplicate keys are refused, and every value keeps the line it stands on."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Path_ = tuple[str | int, ...]
DEEPEST = 50  # levels of nesting in a user's file


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the knowledge: where it stands, what it is, how to mend it."""

    file: str
    message: str
    remedy: str = ""
    field: str = ""
    line: int | None = None
    # the message in Portuguese, for faults that a user's own file can have
    pt: str = dataclasses.field(default="", compare=False)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f" [{self.field}]" if self.field else ""
        return f"{place}{field} {self.message}" + (f" -> {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one file, and the line of each of its values by path."""

    data: Any
    lines: dict[Path_, int]

    def line(self, path: Path_) -> int | None:
        """The line of the value at `path`, or of the nearest value around it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path)


class _StrictLoader(yaml.CSafeLoader):
    """YAML 1.2 booleans: only true and false, so that the answers yes and no stay words."""


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(text: str, name: str) -> tuple[Document | None, list[Fault]]:
    """Read one document. A syntax error, a duplicate key or an alias is a fault; nothing is raised."""
    try:
        loader = _StrictLoader(text)
        root = loader.get_single_node()
        if root is None:
            return None, [Fault(name, "the file is empty", "write its content", pt="o arquivo está vazio")]
        builder = _Builder(loader, name, _lines_of_aliases(text))
        return Document(builder.build(root, ()), builder.lines), builder.faults
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not readable as YAML"
        remedy = "check indentation, quotes and colons"
        line = mark and mark.line + 1
        pt = "não se lê como YAML: confira recuos, aspas e dois-pontos"
        return None, [Fault(name, str(problem), remedy, line=line, pt=pt)]
    except RecursionError:
        return None, [
            Fault(name, "the content is nested too deeply", "write it flat", pt="o conteúdo é aninhado demais")
        ]


def _lines_of_aliases(text: str) -> Iterator[int]:
    """In the order of the file: a composed node tells only where its anchor stands."""
    events = yaml.parse(text, Loader=yaml.CSafeLoader) if "*" in text else ()
    marks = (event.start_mark for event in events if isinstance(event, yaml.AliasEvent))
    return (mark.line + 1 for mark in marks if mark)


def is_deep(text: str) -> bool:
    """Whether a text nests deeper than anything of ours, told before a parser that recurses reads it."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                return True
    except yaml.YAMLError:
        return False
    return False


def read_yaml_file(path: Path, name: str) -> tuple[Document | None, list[Fault]]:
    try:
        return read_yaml(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError:
        return None, [Fault(name, "the file is not UTF-8 text", "save it as UTF-8")]


class _Builder:
    """Makes values of nodes. Aliases are refused: they can make a small file expand without bound."""

    def __init__(self, loader: Any, name: str, aliases: Iterator[int]) -> None:
        self.loader = loader
        self.name = name
        self.aliases = aliases
        self.lines: dict[Path_, int] = {}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def build(self, node: Any, path: Path_) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if id(node) in self._seen:
            self.lines[path] = next(self.aliases)
            self._add("an alias (*) is used", "write the value out", path, "há um alias (*): escreva o valor")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        try:
            return self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError):
            self._add(f"{node.value!r} is not readable", "put it in quotes", path, f"{node.value!r} não se lê")
            return node.value

    def _mapping(self, node: Any, path: Path_) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in built:
                self.lines[(*path, key)] = key_node.start_mark.line + 1
                where = (*path, key)
                self._add(
                    f"the key {key!r} stands twice", "keep one of them", where, f"a chave {key!r} aparece duas vezes"
                )
            built[key] = self.build(value_node, (*path, key))
            self.lines[(*path, key)] = key_node.start_mark.line + 1
        return built

    def _add(self, message: str, remedy: str, path: Path_, pt: str) -> None:
        self.faults.append(Fault(self.name, message, remedy, ".".join(map(str, path)), self.lines[path], pt))
