"""The drawing of every situation is free of faults, in both languages; the whole situations in both lenses."""

import pytest

from engine.advice import rule_and_draw
from engine.layout import lay_out
from engine.layout_faults import count_faults
from tests.real import DRAWN, KNOWLEDGE, SITUATIONS, requirements

CASES: list[tuple[str, dict[str, str]]] = [
    *((name, {}) for name in SITUATIONS),
    *((name, {"lens": lens}) for name in DRAWN for lens in ("production", "exam")),
]
# each drawing once, under the first situation that has it
DRAWINGS = {
    rule_and_draw(KNOWLEDGE, requirements(SITUATIONS[name], **changes))[1]: name for name, changes in reversed(CASES)
}


@pytest.mark.parametrize("language", ["en", "pt"])
@pytest.mark.parametrize("architecture", DRAWINGS, ids=DRAWINGS.values())
def test_drawing_has_no_fault(architecture, language):
    faults = count_faults(lay_out(architecture, language))
    assert faults.hard == 0, faults.by_name()
    assert faults.crossings <= 4, faults.by_name()
