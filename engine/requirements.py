"""Requirements: answers as a person writes them, checked against the criteria and made comparable."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.models import Choice, Criterion, DecisionPoint, Lens, ProjectFile, Quality, RawAnswer
from engine.quantity import Quantity, read_quantity
from engine.text import Language, Text, Unreadable

Value = frozenset[str] | Quantity | date


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a person's input that cannot be used, with the remedy."""

    place: str
    message: Text

    def in_(self, language: Language) -> str:
        return f"{self.place}: {self.message.in_(language)}"


@dataclass(frozen=True, slots=True)
class Requirements:
    """The answers so far, ranked priorities, pinned choices, lens and as-of date. Not answered is unknown."""

    as_of: date
    answers: Mapping[str, Value] = field(default_factory=dict)
    priorities: tuple[Quality, ...] = ()
    choices: Mapping[str, Choice] = field(default_factory=dict)
    lens: Lens = "production"
    title: str = ""


def read_answer(criterion: Criterion, raw: RawAnswer) -> Value:
    """Make one answer comparable. Raises Unreadable when it does not fit the criterion."""
    if criterion.kind == "quantity":
        return _read_quantity(criterion, raw)
    if criterion.kind == "date":
        return _read_date(raw)
    given = [raw] if isinstance(raw, str) else list(raw) if isinstance(raw, tuple | list) else [str(raw)]
    known = [answer.id for answer in criterion.answers]
    for word in given:
        if word not in known:
            words = nearest(word, known)
            shown = repr(word[:80])
            raise Unreadable(f"{shown} is not an answer. {words.en}", f"{shown} não é uma resposta. {words.pt}")
    if criterion.kind == "one" and len(given) != 1:
        raise Unreadable("it takes exactly one answer", "aceita exatamente uma resposta")
    return frozenset(given)


def write_answer(value: Value) -> RawAnswer:
    """The opposite of `read_answer`, in the stable order of a file."""
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    return str(value) if isinstance(value, Quantity) else value


def nearest(word: str, known: Iterable[str]) -> Text:
    """Say the nearest valid words, or all of them when none is near."""
    words = list(known)
    close = difflib.get_close_matches(word[:80], words, n=3, cutoff=0.5)
    if close:
        return Text(en=f"Nearest: {', '.join(close)}", pt=f"Mais próximos: {', '.join(close)}")
    listed = f"{', '.join(words[:20])}{' …' if len(words) > 20 else ''}"
    return Text(en=f"Valid: {listed}", pt=f"Válidos: {listed}")


def _read_quantity(criterion: Criterion, raw: RawAnswer) -> Quantity:
    value = read_quantity(str(raw), criterion.unit)
    asked = Quantity(value.number, str(criterion.unit))
    if value.dimension != asked.dimension:
        raise Unreadable(
            f"give it in {criterion.unit}, not in {value.unit}", f"informe em {criterion.unit}, não em {value.unit}"
        )
    return value


def _read_date(raw: RawAnswer) -> date:
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        shown = repr(str(raw)[:40])
        raise Unreadable(
            f"{shown} is not a date such as 2029-01-01", f"{shown} não é uma data como 2029-01-01"
        ) from None


def read_requirements(
    criteria: Mapping[str, Criterion],
    decisions: Mapping[str, DecisionPoint],
    project: ProjectFile,
    today: date,
) -> tuple[Requirements, tuple[Problem, ...]]:
    """Check a project file against the knowledge. What fits is kept."""
    answers: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, raw in project.answers.items():
        try:
            answers[name] = read_answer(_named(criteria, name), raw)
        except Unreadable as error:
            problems.append(Problem(f"answers.{name[:80]}", error.text))
    choices = {}
    for point, choice in project.choices.items():
        try:
            _check_choice(decisions, point, choice)
            choices[point] = choice
        except Unreadable as error:
            problems.append(Problem(f"choices.{point[:80]}", error.text))
    priorities = tuple(dict.fromkeys(project.priorities))
    title = project.title if isinstance(project.title, str) else ""
    return Requirements(project.as_of or today, answers, priorities, choices, project.lens, title), tuple(problems)


def _named(criteria: Mapping[str, Criterion], name: str) -> Criterion:
    if name not in criteria:
        words = nearest(name, criteria)
        raise Unreadable(f"there is no such criterion. {words.en}", f"não existe esse critério. {words.pt}")
    return criteria[name]


def _check_choice(decisions: Mapping[str, DecisionPoint], point: str, choice: Choice) -> None:
    if point not in decisions:
        words = nearest(point, decisions)
        raise Unreadable(f"there is no such decision. {words.en}", f"não existe essa decisão. {words.pt}")
    known = [option.id for option in decisions[point].options]
    for option in choice.options:
        if option not in known:
            words = nearest(option, known)
            raise Unreadable(f"{option!r} is not an option. {words.en}", f"{option!r} não é uma opção. {words.pt}")
    if decisions[point].picks == "one" and len(choice.options) != 1:
        raise Unreadable("it takes exactly one option", "aceita exatamente uma opção")
