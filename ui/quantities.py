"""Numbers with a unit as a person of either language reads them."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from babel.numbers import format_decimal

from engine.quantity import Quantity
from ui.texts import _, language


def say_quantity(value: Quantity) -> str:
    """The number as the language writes it, kept together with its unit."""
    return f"{say_number(value.number)}\N{NO-BREAK SPACE}{say_unit(value.unit)}"


def say_number(number: Decimal) -> str:
    locale = "en" if language() == "en" else "pt_BR"
    return str(format_decimal(number, locale=locale, decimal_quantization=False))


def say_unit(unit: str) -> str:
    """Signs such as MB or ms are the same in both languages, words are not."""
    return WORDS[unit]() if unit in WORDS else unit


WORDS: Mapping[str, Callable[[], str]] = {
    "days": lambda: _("days"),
    "requests/min": lambda: _("requests/min"),
    "rows": lambda: _("rows"),
    "columns": lambda: _("columns"),
    "classes": lambda: _("classes"),
    "steps": lambda: _("steps"),
    "pages": lambda: _("pages"),
    "images": lambda: _("images"),
    "models": lambda: _("models"),
}
