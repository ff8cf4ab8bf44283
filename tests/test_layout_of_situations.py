"""The drawing of every situation is free of faults, in both languages and both lenses."""

import pytest

from engine.layout import lay_out
from engine.layout_faults import count_faults
from tests.real import DRAWN, advice

CASES = [(name, lens, language) for name in DRAWN for lens in ("production", "exam") for language in ("en", "pt")]


@pytest.mark.parametrize(("name", "lens", "language"), CASES)
def test_drawing_has_no_fault(name, lens, language):
    faults = count_faults(lay_out(advice(DRAWN[name], lens=lens).architecture, language))
    assert faults.hard == 0, faults.by_name()
    assert faults.crossings <= 4, faults.by_name()
