"""The command line: decide, diagram, check, list, schema. Exit 0 fine, 1 findings or faults, 2 bad input."""

import json
import os
import sys
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from engine import serialise, verify
from engine.advice import Advice, advise
from engine.diagram import decisions, mermaid, svg
from engine.knowledge import Knowledge, KnowledgeFault, load_knowledge
from engine.layout import lay_out
from engine.models import Language, ProjectFile
from engine.project import LARGEST, TOO_LARGE, InputError, override, read_project
from engine.requirements import Requirements, read_requirements
from engine.schema import write_schemas
from engine.spoken import speak_advice, speak_report
from engine.text import Text

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)


class Tongue(StrEnum):
    EN = "en"
    PT = "pt"


class DataFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


class DrawingFormat(StrEnum):
    MERMAID = "mermaid"
    SVG = "svg"
    JSON = "json"


class DrawingKind(StrEnum):
    ARCHITECTURE = "architecture"
    DECISIONS = "decisions"


class Listing(StrEnum):
    CRITERIA = "criteria"
    DECISIONS = "decisions"
    SERVICES = "services"


class LensName(StrEnum):
    EXAM = "exam"
    PRODUCTION = "production"


UNREADABLE: tuple[tuple[type[Exception], Text], ...] = (
    (FileNotFoundError, Text(en="there is no such file", pt="não existe esse arquivo")),
    (IsADirectoryError, Text(en="this is a folder; name a file", pt="isto é uma pasta; nomeie um arquivo")),
    (UnicodeDecodeError, Text(en="the file is not UTF-8 text", pt="o arquivo não é texto UTF-8")),
    (OSError, Text(en="the file cannot be read", pt="o arquivo não pode ser lido")),
)
LARGEST_BYTES = 4 * LARGEST  # a character takes up to four
File = Annotated[str, typer.Argument(help="A project file (YAML or JSON), or - for standard input.")]
Set = Annotated[
    list[str], typer.Option("--set", help="criterion=answer; several answers apart by commas; empty takes it away.")
]
Choose = Annotated[list[str], typer.Option("--choose", help="decision=option: pin a choice.")]
LensOption = Annotated[LensName | None, typer.Option("--lens", help="The exam's language and scope, or today's.")]
AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day of the advice.")]
LanguageOption = Annotated[Tongue, typer.Option("--language", help="Language of the words.")]
Format = Annotated[DataFormat, typer.Option("--format")]


@app.command()
def decide(  # noqa: PLR0913 - one argument per option of the command
    file: File,
    set_: Set = [],  # noqa: B006 - typer reads the default, nobody changes it
    choose: Choose = [],  # noqa: B006
    lens: LensOption = None,
    as_of: AsOf = None,
    output: Format = DataFormat.TEXT,
    language: LanguageOption = Tongue.EN,
    explain: Annotated[bool, typer.Option("--explain", help="Say in the JSON what would flip each choice.")] = False,
    changes: Annotated[int, typer.Option("--changes", min=1, max=3, help="How many changes a flip may have.")] = 1,
) -> None:
    """Recommend services and an architecture. Exit 1 where a conflict stands."""
    advice = _advise(file, set_, choose, lens, as_of, language.value)
    if output is DataFormat.JSON:
        content = serialise.advice_to_json(_knowledge(), advice, language.value)
        if explain:
            content |= serialise.explanations_to_json(_knowledge(), advice, changes)
        _print_json(content)
    else:
        _print(speak_advice(_knowledge(), advice, language.value) + "\n")
    raise typer.Exit(1 if advice.has_conflict else 0)


@app.command()
def diagram(  # noqa: PLR0913 - one argument per option of the command
    file: File,
    kind: Annotated[DrawingKind, typer.Option("--kind")] = DrawingKind.ARCHITECTURE,
    output: Annotated[DrawingFormat, typer.Option("--format")] = DrawingFormat.MERMAID,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write here instead of to the screen.")] = None,
    set_: Set = [],  # noqa: B006
    choose: Choose = [],  # noqa: B006
    lens: LensOption = None,
    as_of: AsOf = None,
    language: LanguageOption = Tongue.EN,
) -> None:
    """Draw the architecture or the decision graph."""
    advice = _advise(file, set_, choose, lens, as_of, language.value)
    drawn = _draw(advice, kind, output, language.value)
    if out is None:
        _print(drawn)
        return
    try:
        out.write_text(drawn, encoding="utf-8")
    except OSError as error:
        _refuse([f"{out}: {error.strerror}"])


@app.command()
def check(output: Format = DataFormat.TEXT, language: LanguageOption = Tongue.EN) -> None:
    """Count the knowledge and find every fault in it. Exit 1 if there is any."""
    report = verify.check(today=date.today())
    if output is DataFormat.JSON:
        _print_json(serialise.report_to_json(report))
    else:
        _print(speak_report(report, language.value) + "\n")
    raise typer.Exit(1 if report.faults or report.uncovered else 0)


@app.command("list")
def list_(what: Listing, output: Format = DataFormat.TEXT, language: LanguageOption = Tongue.EN) -> None:
    """List ids, labels, answers, options and names: the words that other commands take."""
    listing = {
        Listing.CRITERIA: serialise.criteria_to_json,
        Listing.DECISIONS: serialise.decisions_to_json,
        Listing.SERVICES: serialise.services_to_json,
    }[what](_knowledge(), language.value)
    if output is DataFormat.JSON:
        _print_json(listing)
        return
    lines = []
    for one in listing:
        lines.append(f"{one['id']}: {one.get('question') or one.get('label') or one['names'][-1]}\n")
        lines += [f"  {part['id']}: {part['label']}\n" for part in one.get("answers") or one.get("options") or ()]
    _print("".join(lines))


@app.command()
def schema(out: Annotated[Path, typer.Option("-o", "--out")] = Path("docs/schema")) -> None:
    """Write the JSON Schema of each kind of YAML file, for editors."""
    try:
        written = write_schemas(out)
    except OSError as error:
        _refuse([f"{out}: {error.strerror}"])
    _print("".join(f"{path}\n" for path in written))


def _draw(advice: Advice, kind: DrawingKind, output: DrawingFormat, language: Language) -> str:
    knowledge = _knowledge()
    if output is DrawingFormat.JSON:
        content = serialise.advice_to_json(knowledge, advice, language)
        part = content["architecture"] if kind is DrawingKind.ARCHITECTURE else content["decisions"]
        return json.dumps(part, ensure_ascii=False, indent=2) + "\n"
    if kind is DrawingKind.DECISIONS:
        if output is DrawingFormat.SVG:
            return decisions.draw_svg(knowledge, advice, language)
        return decisions.draw_mermaid(knowledge, advice, language)
    if output is DrawingFormat.SVG:
        return svg.draw_svg(lay_out(advice.architecture, language), standalone=True)
    return mermaid.draw_mermaid(advice.architecture, language)


def _advise(
    file: str, sets: list[str], chooses: list[str], lens: LensName | None, as_of: datetime | None, language: Language
) -> Advice:
    try:
        project = read_project(_read(file, language), file, language)
        changes: dict[str, Any] = {}
        if lens:
            changes["lens"] = lens.value
        if as_of:
            changes["as_of"] = as_of.date()
        project = override(_knowledge(), project, sets, chooses, changes)
        return advise(_knowledge(), _requirements(project))
    except InputError as error:
        _refuse([problem.in_(language) for problem in error.problems])


def _requirements(project: ProjectFile) -> Requirements:
    knowledge = _knowledge()
    requirements, problems = read_requirements(knowledge.criteria, knowledge.decisions, project, date.today())
    if problems:
        raise InputError(problems)
    return requirements


def _read(file: str, language: Language) -> str:
    """The text of a file or of standard input, never more of it than a project file may have."""
    try:
        content = _read_bytes(file)
        if len(content) > LARGEST_BYTES:
            _refuse([f"{file}: {TOO_LARGE.in_(language)}"])
        return content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = next(said for kind, said in UNREADABLE if isinstance(error, kind))
        _refuse([f"{file}: {reason.in_(language)}"])


def _read_bytes(file: str) -> bytes:
    if file == "-":
        if sys.stdin is None:
            raise OSError
        return sys.stdin.buffer.read(LARGEST_BYTES + 1)
    with Path(file).open("rb") as opened:
        return opened.read(LARGEST_BYTES + 1)


@cache
def _knowledge() -> Knowledge:
    try:
        return load_knowledge()
    except KnowledgeFault as error:
        _refuse([str(fault) for fault in error.faults])


def _refuse(messages: list[str]) -> NoReturn:
    for message in messages:
        typer.echo(message, err=True)
    raise typer.Exit(2)


def _print_json(content: object) -> None:
    _print(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _print(text: str) -> None:
    """Print at once, so that a full disk is told and not met in silence at the end."""
    try:
        typer.echo(text, nl=False)
        if sys.stdout:
            sys.stdout.flush()
    except BrokenPipeError:
        raise  # who stopped reading has enough
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more is written at exit
        _refuse([f"standard output: {error.strerror}"])


if __name__ == "__main__":
    app(prog_name="python -m engine")
