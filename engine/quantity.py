"""Numbers with a unit: read from text, compared exactly, printed as they were written."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import total_ordering
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from engine.text import Unreadable

# unit -> (dimension, size in the dimension's smallest unit); bytes are decimal, as Google's limits are written
UNITS: dict[str, tuple[str, Decimal]] = {
    "B": ("data", Decimal(1)),
    "KB": ("data", Decimal(10) ** 3),
    "MB": ("data", Decimal(10) ** 6),
    "GB": ("data", Decimal(10) ** 9),
    "TB": ("data", Decimal(10) ** 12),
    "PB": ("data", Decimal(10) ** 15),
    "ms": ("time", Decimal(1)),
    "s": ("time", Decimal(1_000)),
    "min": ("time", Decimal(60_000)),
    "h": ("time", Decimal(3_600_000)),
    "days": ("time", Decimal(86_400_000)),
    "requests/min": ("requests/min", Decimal(1)),
    "rows": ("rows", Decimal(1)),
    "columns": ("columns", Decimal(1)),
    "classes": ("classes", Decimal(1)),
    "steps": ("steps", Decimal(1)),
    "pages": ("pages", Decimal(1)),
    "images": ("images", Decimal(1)),
    "models": ("models", Decimal(1)),
    "GPUs": ("GPUs", Decimal(1)),
}
_WRITTEN = re.compile(r"^\s*(?P<number>[\d.,]+)\s*(?P<unit>[A-Za-z/]*)\s*$")
_THOUSANDS = re.compile(r"^\d{1,3}(,\d{3})+(\.\d+)?$")
_LONGEST_TEXT = 40


@total_ordering
@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a unit of `UNITS`; equal when the amounts are equal (1 MB is 1000 KB)."""

    number: Decimal
    unit: str

    @property
    def dimension(self) -> str:
        return UNITS[self.unit][0]

    @property
    def amount(self) -> Decimal:
        """The number in the smallest unit of the dimension."""
        return self.number * UNITS[self.unit][1]

    def number_in(self, unit: str) -> Decimal:
        """The number that the same amount has in another unit of the dimension."""
        return self.amount / UNITS[unit][1]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quantity) and (self.dimension, self.amount) == (other.dimension, other.amount)

    def __hash__(self) -> int:
        return hash((self.dimension, self.amount))

    def __lt__(self, other: "Quantity") -> bool:
        if self.dimension != other.dimension:
            raise ValueError(f"{self} and {other} cannot be compared")
        return self.amount < other.amount

    def __str__(self) -> str:
        return f"{self.number:,f} {self.unit}" if self.number >= 10_000 else f"{self.number:f} {self.unit}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validate, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "examples": ["1.5 MB", "60 s", "30,000 requests/min"]}

    @classmethod
    def _validate(cls, value: object) -> "Quantity":
        return value if isinstance(value, Quantity) else read_quantity(str(value))


def read_quantity(text: str, default_unit: str | None = None) -> Quantity:
    """Read "1.5 MB", "30,000 requests/min" or, with a default unit, "3". Raises Unreadable with the remedy."""
    match = _WRITTEN.match(text) if len(text) <= _LONGEST_TEXT else None
    if match is None:
        shown = repr(text[:_LONGEST_TEXT])
        raise Unreadable(
            f"{shown} is not a number with a unit, such as '1.5 MB'",
            f"{shown} não é um número com unidade, como '1.5 MB'",
        )
    unit = next((known for known in UNITS if known.lower() == match["unit"].lower()), None)
    if not match["unit"]:
        unit = default_unit
    if unit is None:
        asked = UNITS[default_unit][0] if default_unit else None
        units = ", ".join(name for name, (dimension, _) in UNITS.items() if asked in (None, dimension))
        raise Unreadable(f"{text!r} needs a unit: one of {units}", f"{text!r} precisa de unidade: uma de {units}")
    return Quantity(_read_number(match["number"]), unit)


def _read_number(text: str) -> Decimal:
    """A comma before exactly three digits groups thousands; any other comma is a decimal comma, as in Portuguese."""
    plain = text.replace(",", "") if _THOUSANDS.match(text) else text.replace(",", ".")
    try:
        return Decimal(plain).normalize() + 0
    except InvalidOperation:
        raise Unreadable(f"{text!r} is not a number", f"{text!r} não é um número") from None
