"""Numbers with a unit: both decimal marks are read, amounts are compared exactly, what is printed is read back."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from engine.quantity import UNITS, Quantity, read_quantity
from engine.text import Unreadable

READ = {
    "1.5 MB": ("1.5", "MB"),
    "1,5 MB": ("1.5", "MB"),  # a decimal comma, as in Portuguese
    "1.5MB": ("1.5", "MB"),
    "  60   s ": ("60", "s"),
    "30,000 requests/min": ("30000", "requests/min"),
    "1,000,000 rows": ("1000000", "rows"),
    "1,000.5 MB": ("1000.5", "MB"),
    "1,00 MB": ("1", "MB"),
    "1500 mb": ("1500", "MB"),
    "2 gpus": ("2", "GPUs"),
    "100 MS": ("100", "ms"),
    "7 days": ("7", "days"),
    "0 s": ("0", "s"),
    "0.10 s": ("0.1", "s"),
}


@pytest.mark.parametrize("text", READ)
def test_text_is_read(text):
    number, unit = READ[text]
    found = read_quantity(text)
    assert (found.number, found.unit) == (Decimal(number), unit)


def test_a_bare_number_takes_the_default_unit_only():
    assert read_quantity("3", "MB") == Quantity(Decimal(3), "MB")
    assert read_quantity("3 GB", "MB") == Quantity(Decimal(3), "GB")
    with pytest.raises(Unreadable, match="needs a unit"):
        read_quantity("3")


@pytest.mark.parametrize("unit", UNITS)
def test_the_smallest_unit_of_each_dimension_is_one(unit):
    dimension, _ = UNITS[unit]
    assert min(size for one, size in UNITS.values() if one == dimension) == 1
    assert read_quantity(f"3 {unit}").unit == unit


def test_the_units_that_fit_are_named():
    with pytest.raises(Unreadable, match=r"needs a unit: one of B, KB, MB, GB, TB, PB$"):
        read_quantity("3 parsecs", "MB")
    with pytest.raises(Unreadable, match=r"needs a unit: one of B, .* rows, .* GPUs$"):
        read_quantity("3 parsecs")


def test_a_text_of_forty_characters_is_read_and_no_longer_one():
    assert read_quantity("1 MB".rjust(40)) == read_quantity("1 MB")
    with pytest.raises(Unreadable):
        read_quantity("1 MB".rjust(41))


UNREADABLE = ["", "MB", "abc", "-1 MB", "1 2 MB", "1e9 MB", "nan", "inf s", "1.5 MB/s", "٣,,٣ MB", "1..5 MB", ",", "."]
UNREADABLE += ["1,2,3 MB", "1,0000,000.0.0 MB", "1 parsec", "1 MB extra", "9" * 41, "1 " + "M" * 100_000]


@pytest.mark.parametrize("text", UNREADABLE, ids=lambda text: text[:20] or "nothing")
def test_other_text_is_refused_with_the_remedy_in_both_languages(text):
    with pytest.raises(Unreadable) as caught:
        read_quantity(text, "MB")
    said = caught.value.text
    assert said.en != said.pt
    assert len(said.en) < 250


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("1 KB", "1000 B"), ("1 MB", "1000 KB"), ("1.5 GB", "1500 MB"), ("1 TB", "1000 GB"), ("1 PB", "1000 TB")),
        *(("0.1 s", "100 ms"), ("60 s", "1 min"), ("1 h", "60 min"), ("1 days", "24 h")),
    ],
)
def test_equal_amounts_are_equal_whatever_their_unit(one, other):
    assert read_quantity(one) == read_quantity(other)
    assert hash(read_quantity(one)) == hash(read_quantity(other))
    assert not read_quantity(one) < read_quantity(other)
    assert read_quantity(one) <= read_quantity(other)


@pytest.mark.parametrize(
    ("low", "high"), [("999 KB", "1 MB"), ("1.49 MB", "1.5 MB"), ("59 s", "1 min"), ("2 h", "1 days")]
)
def test_amounts_are_ordered_across_units(low, high):
    assert read_quantity(low) < read_quantity(high)
    assert read_quantity(high) > read_quantity(low)
    assert read_quantity(low) != read_quantity(high)


def test_different_dimensions_are_never_equal_and_cannot_be_ordered():
    assert read_quantity("1 rows") != read_quantity("1 columns")
    assert read_quantity("1 s") != "1 s"
    with pytest.raises(ValueError, match="cannot be compared"):
        assert read_quantity("1 MB") < read_quantity("1 s")


@pytest.mark.parametrize(
    "text", ["1.5 MB", "60 s", "0 rows", "9999 rows", "10,000 rows", "30,000 requests/min", "1,234,567.5 KB"]
)
def test_a_quantity_is_printed_as_it_is_written(text):
    assert str(read_quantity(text)) == text


@given(st.decimals(min_value=0, max_value=10**12, allow_nan=False, places=6), st.sampled_from(sorted(UNITS)))
def test_what_is_printed_is_read_back(number, unit):
    quantity = Quantity(number, unit)
    assert read_quantity(str(quantity)) == quantity


@given(st.text(st.sampled_from("0189.,eE+-MBs/ ٣"), max_size=45))
def test_any_text_is_read_or_refused_and_nothing_else_happens(text):
    with suppress(Unreadable):
        assert read_quantity(text, "MB").number >= 0


def test_the_same_amount_in_another_unit():
    assert read_quantity("1.5 GB").number_in("MB") == 1500
    assert read_quantity("90 s").number_in("min") == Decimal("1.5")


def test_models_read_and_write_quantities_as_text():
    adapter = TypeAdapter(Quantity)
    assert adapter.validate_python("1.5 MB") == read_quantity("1.5 MB")
    assert adapter.dump_json(read_quantity("1.5 MB")) == b'"1.5 MB"'
    with pytest.raises(ValidationError, match="needs a unit"):
        adapter.validate_python(3)
