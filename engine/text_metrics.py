"""How wide a text is on the screen, in px, from the advance widths of the fonts that the pages show."""

import json
from functools import lru_cache
from importlib import import_module
from pathlib import Path

STATIC = Path(__file__).parent.parent / "static"
METRICS = Path(__file__).with_name("font_metrics.json")
FONTS = {400: "plex-400.woff2", 500: "plex-500.woff2", 600: "plex-600.woff2"}
_UNITS_PER_EM = 1000
_MISSING_LETTER = 1000  # another font of the reader's system draws it: one em is as wide as its widest letters


@lru_cache(maxsize=1)
def _advances() -> dict[int, dict[str, int]]:
    """By weight: how far each letter moves the pen, in thousandths of an em."""
    stored: dict[str, dict[str, int]] = json.loads(METRICS.read_text(encoding="utf-8"))
    return {int(weight): advances for weight, advances in stored.items()}


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: int = 400) -> float:
    """Width of one line in px; weights are 400, 500 and 600.

    Kerning is left out: it narrows words, so no text comes out more than a tenth of a px wider than this says.
    """
    advances = _advances()[weight]
    return sum(advances.get(letter, _MISSING_LETTER) for letter in text) * size / _UNITS_PER_EM


def write_metrics(static: Path = STATIC, target: Path = METRICS) -> None:
    """Read the font files again after a change of fonts; this needs fontTools and brotli, running the app does not."""
    fonts = {str(weight): _read_advances(static / name) for weight, name in FONTS.items()}
    text = json.dumps(fonts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    target.write_text(text + "\n", encoding="utf-8")


def _read_advances(path: Path) -> dict[str, int]:
    font = import_module("fontTools.ttLib").TTFont(path)
    if font["head"].unitsPerEm != _UNITS_PER_EM:
        raise ValueError(f"{path.name}: widths are read in thousandths of an em")
    widths = font["hmtx"]
    return {chr(code): widths[glyph][0] for code, glyph in font.getBestCmap().items() if chr(code).isprintable()}


if __name__ == "__main__":
    write_metrics()
