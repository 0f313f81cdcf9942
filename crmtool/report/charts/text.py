"""How much room a text takes, estimated: nothing here can measure a font, so it is that of a wide one."""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("iljtfrI.,;:'’|!()[]{}·\u00a0 ")
_WIDE = frozenset("mwMW@%—…✓✕→←")


STRONG = 1.15
"""How much wider strong letters are."""


def text_width(text: str, size: float) -> float:
    """Estimate the width of a line, rather too wide than too narrow; multiply the size by `STRONG` where it is."""
    return sum(_width(char) for char in text) * size


def shorten(text: str, width: float, size: float) -> str:
    """Cut a line so that it fits, with an ellipsis where something was cut."""
    if text_width(text, size) <= width:
        return text
    cut = text
    while cut and text_width(cut + "…", size) > width:
        cut = cut[:-1]
    return cut.rstrip() + "…"


def wrap(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """Break a text into lines at its spaces; of more than the `most` allowed the last is cut, as is a long word."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (text_width(longer, size) <= width or len(lines) == most):
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(shorten(line, width, size) for line in lines)


def _width(char: str) -> float:
    if char in _NARROW:
        return 0.42
    if char in _WIDE:
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    if unicodedata.east_asian_width(char) in "WF" or unicodedata.category(char) == "So":
        return 1.2
    return 0.77 if char.isupper() else 0.64
