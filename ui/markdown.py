"""Words of the knowledge and of people inside Streamlit's Markdown: shown as they are, never read as markup."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|$:~&!()+.-])")


def plain(text: str) -> str:
    """The text on one line with every sign of Markdown escaped."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split(" ")).replace("\n", " "))


def link(words: str, url: str) -> str:
    """A link of which neither the words nor the address can break out."""
    return f"[{plain(words)}](<{url.replace('<', '%3C').replace('>', '%3E')}>)"
