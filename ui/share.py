"""Share links: the whole project in named, versioned query parameters, read with clear words for what does not fit."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from engine.models import ProjectFile, Quality, RawAnswer
from engine.requirements import Problem, read_requirements
from engine.text import Text
from ui import texts
from ui.state import State, current, keep, knowledge, today

VERSION = "1"
LONGEST = 200  # characters of one value of a link
OPENED = "link-opened"
OWN, SEEN = "link-own", "link-seen"  # parameters of single pages, and the values that were in the address


def open_link() -> None:
    """On the first run of a session, take the project from the link."""
    if OPENED in st.session_state:
        return
    st.session_state[OPENED] = True
    given = {name: st.query_params[name] for name in st.query_params}
    if given.get("lang") in texts.LANGUAGES:
        st.session_state[texts.KEY] = given["lang"]
    if "v" in given:
        keep(read_link(given))
    elif given.get("example") in knowledge().examples:
        open_example(given["example"])


def show_link() -> None:
    """Write the project into the address, so that a reload and a shared address bring it back."""
    own = st.session_state.pop(OWN, {})
    st.session_state[SEEN] = {name: values for name, values in _seen().items() if name in own}
    wanted = write_link(current().project) | {"lang": texts.language()}
    wanted |= {name: value for name, value in own.items() if value}
    if dict(st.query_params) != wanted:
        st.query_params.from_dict(wanted)


def take_from_link(name: str) -> str | None:
    """A page's own parameter, once for each address that brings a value.

    While its page stays open a value that was there before says nothing: a quick click comes with the address as it
    was before the last run.
    """
    given = st.query_params.get(name)
    if given is None or given in _seen().get(name, ()):
        return None
    _seen().setdefault(name, set()).add(given)
    return given[:LONGEST]


def add_to_link(name: str, value: str | None) -> None:
    """What a page shows beside the project, kept in the address while the page is open; to be said in each run."""
    st.session_state.setdefault(OWN, {})[name] = value
    if value:
        _seen().setdefault(name, set()).add(value)


def _seen() -> dict[str, set[str]]:
    seen: dict[str, set[str]] = st.session_state.setdefault(SEEN, {})
    return seen


def write_link(project: ProjectFile) -> dict[str, str]:
    """The project as query parameters: `a.<criterion>`, `c.<decision>`, `r.<decision>` for the reason of a pin."""
    link = {"v": VERSION, "knowledge": knowledge().version}
    if project.title:
        link["title"] = project.title[:LONGEST]
    if project.lens != "production":
        link["lens"] = project.lens
    if project.as_of:
        link["as_of"] = project.as_of.isoformat()
    if project.priorities:
        link["priorities"] = ",".join(project.priorities)
    for name, value in sorted(project.answers.items()):
        link[f"a.{name}"] = "~".join(value) if isinstance(value, tuple | list) else str(value)
    for point, choice in sorted(project.choices.items()):
        link[f"c.{point}"] = "~".join(choice.options)
        if choice.reason:
            link[f"r.{point}"] = choice.reason[:LONGEST]
    return link


def read_link(link: Mapping[str, str]) -> State:
    """The nearest usable state of a link, with a problem for each part that cannot be used. Nothing is raised."""
    problems: list[Problem] = []
    if link["v"] != VERSION:
        shown = link["v"][:10]
        problems.append(
            say_problem(
                "v",
                f"the link is of version {shown}; this is version {VERSION}",
                f"o link é da versão {shown}; esta é a versão {VERSION}",
            )
        )
    answers: dict[str, RawAnswer] = {}
    choices: dict[str, dict[str, object]] = {}
    for name, value in link.items():
        kind, _, subject = name.partition(".")
        if len(value) > LONGEST:
            problems.append(say_problem(name[:80], "the value is too long", "o valor é longo demais"))
        elif kind == "a":
            answers[subject] = _read_answer(subject, value)
        elif kind == "c":
            choices[subject] = {"options": _split(value), "reason": link.get(f"r.{subject}", "")[:LONGEST]}
    priorities = [word for word in link.get("priorities", "").split(",") if word]
    known = [word for word in dict.fromkeys(priorities) if word in {str(quality) for quality in Quality}]
    if len(known) < len(priorities):
        problems.append(
            say_problem(
                "priorities",
                "some priorities are unknown and were left out",
                "algumas prioridades são desconhecidas e ficaram de fora",
            )
        )
    fields: dict[str, object] = {"title": link.get("title", "")[:LONGEST], "answers": answers, "priorities": known}
    fields["lens"] = link.get("lens") if link.get("lens") in ("production", "exam") else "production"
    fields["as_of"] = _read_day(link.get("as_of"), problems)
    fields["knowledge"] = link.get("knowledge", "")[:LONGEST] or None
    return keep_usable(fields | {"choices": choices}, problems)


def keep_usable(fields: Mapping[str, object], problems: list[Problem]) -> State:
    """A state of what fits the knowledge; each answer or pin that does not is a problem and left out."""
    answers, choices = dict(fields["answers"]), {}  # type: ignore[call-overload]
    for point, choice in dict(fields["choices"]).items():  # type: ignore[call-overload]
        try:
            choices[point] = ProjectFile.model_validate({"choices": {point: choice}}).choices[point]
        except ValueError:
            problems.append(say_problem(f"choices.{point[:80]}", "is not a choice", "não é uma escolha"))
    problems += _compare_knowledge(fields.get("knowledge"))
    project = ProjectFile.model_validate(dict(fields) | {"answers": answers, "choices": choices})
    read, found = read_requirements(knowledge().criteria, knowledge().decisions, project, today())
    fitting = project.model_copy(
        update={
            "answers": {name: value for name, value in answers.items() if name in read.answers},
            "choices": dict(read.choices),
        }
    )
    return State(project=fitting, problems=(*problems, *found))


def _compare_knowledge(version: object) -> list[Problem]:
    """What was saved with other knowledge can be advised differently today: said once, when it is opened."""
    if not version or version == knowledge().version:
        return []
    return [
        say_problem(
            "knowledge",
            f"it was saved with version {version}, today's is {knowledge().version}: the advice can differ",
            f"foi salvo com a versão {version}, a de hoje é {knowledge().version}: a recomendação pode diferir",
        )
    ]


def open_example(name: str) -> None:
    """Start from a ready example, its title in the person's language."""
    example = knowledge().examples[name]
    content = example.model_dump(exclude={"title", "summary"}) | {"title": texts.say(example.title)}
    open_project(ProjectFile.model_validate(content))


def open_project(project: ProjectFile) -> None:
    """Start from a file, keeping what fits."""
    state = keep_usable(project.model_dump() | {"answers": dict(project.answers)}, [])
    keep(replace(state, selected=None))


def _read_answer(name: str, value: str) -> RawAnswer:
    criterion = knowledge().criteria.get(name)
    if criterion is None or criterion.kind in ("quantity", "date"):
        return value
    return _split(value)


def _split(value: str) -> tuple[str, ...]:
    return tuple(word for word in value.split("~") if word)


def _read_day(text: str | None, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        problems.append(say_problem("as_of", "is not a date such as 2026-11-24", "não é uma data como 2026-11-24"))
        return None


def say_problem(place: str, en: str, pt: str) -> Problem:
    return Problem(place, Text(en=en, pt=pt))
