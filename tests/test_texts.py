"""Every word of the screens exists in Portuguese, with the same blanks to fill, and nothing is left over."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from ui.texts import LOCALE, catalogue

ROOT = Path(__file__).parent.parent
BLANKS = re.compile(r"\{\w+\}")


def _used():
    for folder in ("ui", "pages"):
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, method_map=[("**.py", "python")]):
            yield message
    for _, _, message, _, _ in extract_from_dir(ROOT, method_map=[("app.py", "python")]):
        yield message


USED = sorted({one if isinstance(one, tuple) else (one,) for one in _used()})


@pytest.fixture(scope="module")
def written():
    with (LOCALE / "pt" / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return read_po(source)


@pytest.mark.parametrize("message", USED, ids=lambda message: message[0][:60])
def test_message_is_translated_with_its_blanks(message, written):
    found = written.get(message[0])
    assert found is not None, "run make i18n and translate it"
    translations = found.string if isinstance(found.string, tuple) else (found.string,)
    assert all(translations)
    assert len(translations) == len(message)
    for original, translation in zip(message, translations, strict=True):
        assert set(BLANKS.findall(original)) == set(BLANKS.findall(translation))


def _words_in_f_strings():
    """Babel reads no f-string before Python 3.12: a message in one would never be translated."""
    for path in [ROOT / "app.py", *(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        strings = [
            one for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(one, ast.JoinedStr)
        ]
        for node in (inner for string in strings for inner in ast.walk(string)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                yield f"{path.name}:{node.lineno}"


def test_no_message_hides_in_an_f_string():
    assert list(_words_in_f_strings()) == []


def test_no_translation_is_left_over(written):
    used = {message[0] for message in USED}
    assert not [one.id for one in written if one.id and (one.id if isinstance(one.id, str) else one.id[0]) not in used]


def test_the_catalogue_speaks_portuguese():
    assert catalogue("pt").gettext("Whiteboard") == "Quadro"
    assert catalogue("en").gettext("Whiteboard") == "Whiteboard"
