"""The screens' words in the person's language: gettext catalogues, compiled in memory from the .po files."""

import gettext
import io
from functools import cache
from pathlib import Path

import streamlit as st
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from engine.text import Language, Text

LOCALE = Path(__file__).parent / "locale"
LANGUAGES: dict[Language, str] = {"en": "English", "pt": "Português"}
KEY = "language"


def language() -> Language:
    """The language of this session; the browser's wish until the person chooses."""
    if KEY not in st.session_state:
        wished = (st.context.locale or "en").lower()
        st.session_state[KEY] = "pt" if wished.startswith("pt") else "en"
    chosen: Language = st.session_state[KEY]
    return chosen


def _(message: str) -> str:
    """Translate a message of the screens."""
    return catalogue(language()).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """A message with `{count}` in it, in the form that the number asks for."""
    return catalogue(language()).ngettext(one, many, number).format(count=number)


def say(text: Text | None) -> str:
    """A text of the knowledge or the engine in the person's language."""
    return text.in_(language()) if text else ""


@cache
def catalogue(chosen: Language) -> gettext.NullTranslations:
    """The catalogue of one language; English is the messages themselves."""
    path = LOCALE / chosen / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as source:
        messages = read_po(source)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
