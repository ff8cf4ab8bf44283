"""A table to read, as HTML: whole sentences in its cells, and on a narrow screen a block for each row."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple

from ui.figures import colour
from ui.texts import ngettext

_SHOWN = 8  # statements of a cell before the rest is folded away
_TOKENS = ("borderColor", "grayTextColor", "linkColor", "backgroundColor")
# On a narrow screen the cells of a row stand one under another, each with the words that a wide table says above them.
_LOOK = """
.reading {width: 100%; border-collapse: separate; border-spacing: 0; table-layout: fixed; line-height: 1.45}
.reading th, .reading td {vertical-align: top; text-align: left; padding: 0.6rem 1.25rem 0.6rem 0; border: 0;
  border-bottom: 1px solid borderColor; overflow-wrap: anywhere}
.reading thead th {font-weight: 600; vertical-align: bottom; position: sticky; top: 3.5rem; background: backgroundColor}
.reading thead th:first-child {width: var(--first)}
.reading tbody th {font-weight: 400}
.reading ul {margin: 0; padding: 0; list-style: none}
.reading li {margin: 0; font-size: inherit}
.reading li + li, .reading details {margin-top: 0.35rem}
.reading small, .reading .quiet {font-size: 0.87rem; color: grayTextColor}
.reading summary {cursor: pointer; color: linkColor; padding: 0.25rem 0}
.reading a {color: linkColor}
.reading .chip {padding: 0.1rem 0.4rem; border-radius: 0.4rem; white-space: nowrap}
@media (max-width: 640px) {
  .reading, .reading tbody, .reading tr, .reading tbody th, .reading td {display: block; width: auto}
  .reading thead {position: absolute; clip-path: inset(50%); height: 1px; overflow: hidden}
  .reading tr {padding: 0.75rem 0; border-bottom: 1px solid borderColor}
  .reading th, .reading td {border: 0; padding: 0.25rem 0}
  .reading tbody th, .reading tbody th small {font-size: 1.05rem; font-weight: 600; color: inherit}
  .reading td::before {content: attr(data-name); display: block; font-size: 0.87rem; color: grayTextColor}
}
"""


class Item(NamedTuple):
    """One statement of a cell; `note` is said more quietly, `colour` makes it a chip, `url` a link.

    `cited` are the pages on which it stands, by the numbers that the reader sees.
    """

    words: str
    note: str = ""
    colour: str = ""
    url: str = ""
    cited: Mapping[int, str] = {}


Cell = tuple[Item, ...]


class Row(NamedTuple):
    """What the row is about, and a cell for each further column."""

    about: Cell
    cells: tuple[Cell, ...]


def write_table(heads: list[str], rows: Iterable[Row], first: str) -> str:
    """The table with its style; every word of it is escaped. `first` is the width of the first column, in CSS."""
    named = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(_row(heads[1:], row) for row in rows)
    table = (
        f'<table class="reading" style="--first: {first}"><thead><tr>{named}</tr></thead><tbody>{body}</tbody></table>'
    )
    return f"<style>{_look()}</style>{table}"


def _look() -> str:
    look = _LOOK
    for token in _TOKENS:
        look = look.replace(token, _ink(token))
    return look


def _ink(token: str) -> str:
    return f"light-dark({colour(token)}, {colour(token, 'dark')})"


def _row(heads: list[str], row: Row) -> str:
    pairs = zip(heads, row.cells, strict=True)
    cells = "".join(f'<td data-name="{escape(head)}">{_cell(cell)}</td>' for head, cell in pairs)
    return f'<tr><th scope="row">{_cell(row.about)}</th>{cells}</tr>'


def _cell(cell: Cell) -> str:
    """One statement as it is, several as a list; what is more than a glance holds is folded away."""
    if not cell:
        return '<span class="quiet">—</span>'
    if len(cell) == 1:
        return _item(cell[0])
    shown, rest = (cell, ()) if len(cell) <= _SHOWN + 1 else (cell[:_SHOWN], cell[_SHOWN:])
    more = ngettext("{count} more", "{count} more", len(rest))
    return _list(shown) + (f"<details><summary>{escape(more)}</summary>{_list(rest)}</details>" if rest else "")


def _list(items: Iterable[Item]) -> str:
    return f"<ul>{''.join(f'<li>{_item(one)}</li>' for one in items)}</ul>"


def _item(item: Item) -> str:
    words = _link(item.words, item.url) if item.url else escape(item.words)
    if item.colour:
        ink, ground = _ink(f"{item.colour}TextColor"), _ink(f"{item.colour}BackgroundColor")
        words = f'<span class="chip" style="color: {ink}; background: {ground}">{words}</span>'
    notes = [escape(item.note)] if item.note else []
    notes += [_link(f"[{number}]", url) for number, url in item.cited.items()]
    return f"{words} <small>{' '.join(notes)}</small>".lstrip() if notes else words


def _link(words: str, url: str) -> str:
    return f'<a href="{escape(url)}" title="{escape(url)}" target="_blank" rel="noopener">{escape(words)}</a>'
