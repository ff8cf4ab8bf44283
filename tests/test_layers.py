"""The layers that import-linter cannot see: who imports app.py, who opens the database, who reads files."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for place in ("app.py", "pages/*.py", "ui/**/*.py", "engine/**/*.py")
    for path in ROOT.glob(place)
)

# The modules that read or list files, each for its own reason. Only the first knows where the knowledge lies.
READERS = {
    "engine/knowledge.py": "the knowledge",
    "engine/yaml_files.py": "a YAML file that it is handed",
    "engine/text_metrics.py": "the letter widths beside it",
    "engine/diagram/icons.py": "the icon shapes beside it",
    "engine/diagram/svg.py": "the style sheet beside it",
    "engine/__main__.py": "the project file that the command names",
    "ui/texts.py": "the catalogue of the screens' words",
    "ui/board/__init__.py": "the script and the style sheet beside it",
}
READING = {"open", "read_text", "read_bytes", "iterdir", "glob", "rglob", "walk", "listdir", "scandir", "fromfile"}
PATH_CALLS = {"Path", "PurePath", "joinpath", "join", "open", "glob", "rglob", "with_name"}
DATABASE = {"sqlalchemy", "alembic", "sqlite3", "psycopg"}


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def reads(tree: ast.AST) -> Iterator[str]:
    """Calls that read or list files, by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in READING:
            yield f"{called(node)}() in line {node.lineno}"


def knowledge_paths(tree: ast.AST) -> Iterator[str]:
    """Paths into knowledge/, written out or put together; prose that mentions the folder is none."""
    for node in ast.walk(tree):
        parts: list[ast.expr] = []
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            parts = [node.left, node.right]
        elif isinstance(node, ast.Call) and called(node) in PATH_CALLS:
            parts = node.args
        if any(isinstance(part, ast.Constant) and str(part.value).split("/")[0] == "knowledge" for part in parts):
            yield f"a path in line {getattr(node, 'lineno', '?')}"


def parse(source: str) -> ast.Module:
    return ast.parse((ROOT / source).read_text(encoding="utf-8"), source)


@pytest.mark.parametrize("source", SOURCES)
def test_nobody_imports_the_app(source: str) -> None:
    assert [name for name in imports(parse(source)) if name.split(".")[0] == "app"] == []


@pytest.mark.parametrize("source", [source for source in SOURCES if source != "engine/store.py"])
def test_only_the_store_opens_the_database(source: str) -> None:
    assert [name for name in imports(parse(source)) if name.split(".")[0] in DATABASE] == []


@pytest.mark.parametrize("source", [source for source in SOURCES if source != "engine/knowledge.py"])
def test_only_the_loader_knows_where_the_knowledge_lies(source: str) -> None:
    assert list(knowledge_paths(parse(source))) == []


@pytest.mark.parametrize("source", [source for source in SOURCES if source not in READERS])
def test_only_named_modules_read_files(source: str) -> None:
    assert list(reads(parse(source))) == [], "say in READERS what this module reads, or let engine/knowledge.py read it"


@pytest.mark.parametrize("reader", READERS)
def test_a_named_reader_reads(reader: str) -> None:
    assert list(reads(parse(reader))), "it reads no more: take it out of READERS"


@pytest.mark.parametrize(
    ("find", "code"),
    [
        (imports, "import app"),
        (imports, "from app import page"),
        (reads, "open('a.yaml')"),
        (reads, "path.read_text()"),
        (reads, "list(folder.rglob('*.yaml'))"),
        (knowledge_paths, "ROOT / 'knowledge'"),
        (knowledge_paths, "Path('knowledge/services')"),
        (knowledge_paths, "os.path.join('knowledge', 'services')"),
    ],
    ids=lambda value: getattr(value, "__name__", value),  # a function's own text differs between workers
)
def test_the_search_finds(find, code: str) -> None:
    assert list(find(ast.parse(code)))


def test_the_search_leaves_words_alone() -> None:
    assert not list(knowledge_paths(ast.parse("{'knowledge': 1}; print('knowledge/ holds the facts')")))
