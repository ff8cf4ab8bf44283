"""Project files: read from YAML or JSON with clear words for every mistake, written in a stable order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from engine.knowledge import Knowledge
from engine.models import ProjectFile, RawAnswer
from engine.requirements import Problem, nearest
from engine.text import Language, Text
from engine.yaml_files import Document, is_deep, read_yaml

LARGEST = 1_000_000  # characters of a project file
TOO_LARGE = Text(en="the file is too large", pt="o arquivo é grande demais")


class InputError(Exception):
    """A person's input that cannot be used; `problems` names each place and remedy."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.in_("en") for problem in problems))
        self.problems = tuple(problems)


def read_project(text: str, name: str, language: Language = "en") -> ProjectFile:
    """Read a project file, or an example, whose title comes in both languages.

    Raises InputError with every problem of form; answers are checked against the knowledge later.
    """
    if len(text) > LARGEST:
        raise InputError([Problem(name, TOO_LARGE)])
    if is_deep(text):
        raise InputError([_problem(name, "the content is nested too deeply", "o conteúdo é aninhado demais")])
    document, faults = read_yaml(text, name)
    if document is None or faults:
        problems = [
            _problem(f"{fault.file}:{fault.line}" if fault.line else fault.file, fault.message, fault.pt)
            for fault in faults
        ]
        raise InputError(problems)
    if not isinstance(document.data, dict):
        raise InputError(
            [_problem(name, "the file holds no fields such as answers:", "o arquivo não tem campos como answers:")]
        )
    try:
        return ProjectFile.model_validate(_as_project(document.data, language))
    except ValidationError as error:
        raise InputError(_problems(name, error, document)) from None


def _as_project(data: dict[str, Any], language: Language) -> dict[str, Any]:
    title = data.get("title")
    if not isinstance(title, dict):
        return data
    rest = {name: value for name, value in data.items() if name != "summary"}
    return rest | {"title": title.get(language, "")}


def write_project(project: ProjectFile) -> str:
    """The project as YAML: fields in the order of the model, answers by name, so that a change is a small diff."""
    content = project.model_dump(mode="json", exclude_defaults=True)
    content = {"version": project.version} | content
    if "answers" in content:
        content["answers"] = dict(sorted(content["answers"].items()))
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)


@dataclass(frozen=True, slots=True)
class Override:
    """A change from the command line: `subject=words`, several words apart by commas."""

    subject: str
    words: tuple[str, ...]


def read_override(text: str) -> Override:
    subject, equals, words = text.partition("=")
    if not equals or not subject.strip():
        raise InputError([_problem(text[:80], "write it as name=value", "escreva como nome=valor")])
    return Override(subject.strip(), tuple(word.strip() for word in words.split(",") if word.strip()))


def override(
    knowledge: Knowledge, project: ProjectFile, sets: Sequence[str], chooses: Sequence[str], changes: Mapping[str, Any]
) -> ProjectFile:
    """The project with answers set (an empty value takes the answer away), choices pinned and fields changed."""
    answers: dict[str, RawAnswer] = dict(project.answers)
    for text in sets:
        one = read_override(text)
        if one.subject not in knowledge.criteria:
            words = nearest(one.subject, knowledge.criteria)
            raise InputError(
                [_problem(f"--set {text[:80]}", f"no such criterion. {words.en}", f"critério inexistente. {words.pt}")]
            )
        answers.pop(one.subject, None)
        if knowledge.criteria[one.subject].kind in ("quantity", "date"):
            value = text.partition("=")[2].strip()
            answers |= {one.subject: value} if value else {}
        elif one.words:
            answers[one.subject] = one.words
    choices = dict(project.choices) | {one.subject: {"options": one.words} for one in map(read_override, chooses)}
    fields = project.model_dump() | {"answers": answers, "choices": choices} | dict(changes)
    try:
        return ProjectFile.model_validate(fields)
    except ValidationError as error:
        raise InputError(_problems("options", error)) from None


def _problems(name: str, error: ValidationError, document: Document | None = None) -> list[Problem]:
    """One problem a place: an answer that fits none of its forms is one mistake, not one for each form."""
    found: dict[tuple[str | int, ...], Problem] = {}
    for one in error.errors():
        path = one["loc"][:2] if one["loc"][0] == "answers" else one["loc"]
        line = document.line(path) if document else None
        found.setdefault(path, _in_words(name, path, dict(one), line))
    return list(found.values())


def _in_words(name: str, path: tuple[str | int, ...], error: dict[str, Any], line: int | None) -> Problem:
    written = ".".join(map(str, path))
    place = f"{name}:{line} [{written}]" if line else f"{name} [{written}]"
    last = str(path[-1])
    if error["type"] == "extra_forbidden":
        words = nearest(last, ProjectFile.model_fields)
        return _problem(place, f"the field is unknown. {words.en}", f"o campo é desconhecido. {words.pt}")
    if error["type"] in ("enum", "literal_error"):
        valid = str(error.get("ctx", {}).get("expected", ""))
        return _problem(
            place,
            f"{error['input']!r} is not valid. Valid: {valid}",
            f"{error['input']!r} não é válido. Válidos: {valid}",
        )
    return _problem(place, "the value does not fit this field", "o valor não serve para este campo")


def _problem(place: str, en: str, pt: str) -> Problem:
    return Problem(place, Text(en=en, pt=pt))
