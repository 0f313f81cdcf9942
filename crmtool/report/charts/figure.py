"""What all charts have: a title, words for those who cannot see it, a size, and the figures behind it as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from crmtool.report.charts.text import STRONG, text_width

SIZE = 13
"""The size of text in a chart, in the units of its view box."""
SMALL = 12
_ASCENT, _DESCENT = 0.8, 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The figures behind a chart; the first column names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart; `id` parts it from the others of a page, `empty` says why there is nothing to draw.

    `width` and `height` are those of the view box; one unit is meant to be a sixteenth of the text's size.
    """

    kind: ClassVar[str]
    """What its template and its style are called."""

    id: str
    title: str
    summary: str
    caption: str
    width: float
    height: float
    table: Table
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half way from left to right."""
        return self.x + self.width / 2

    def overlaps(self, other: Box) -> bool:
        """Whether two rectangles have room in common; touching is not overlapping."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    def inside(self, other: Box) -> bool:
        """Whether all of it lies in another."""
        across = other.x <= self.x and self.right <= other.right
        return across and other.y <= self.y and self.bottom <= other.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A line of text that stands on `y`; `name` is what style sheets call it."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    size: float = SIZE
    name: str = "quiet"

    @property
    def box(self) -> Box:
        """About how much room it takes."""
        width = text_width(self.text, self.size * (STRONG if self.name == "strong" else 1))
        left = {"start": self.x, "middle": self.x - width / 2, "end": self.x - width}[self.anchor]
        height = (_ASCENT + _DESCENT) * self.size
        return Box(x=left, y=self.y - _ASCENT * self.size, width=width, height=height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a pattern of a chart means; the sample stands at `x`, its words are a label beside it."""

    name: str
    x: float
    label: Label


def legend(entries: Iterable[tuple[str, str]], x: float, y: float) -> tuple[Key, ...]:
    """Set the names of patterns with their words side by side on one line."""
    keys = []
    for name, text in entries:
        label = Label(x=x + 16, y=y, text=text, size=SMALL)
        keys.append(Key(name=name, x=x, label=label))
        x = rounded(label.box.right + 16)
    return tuple(keys)


def rounded(number: float) -> float:
    """Round a coordinate: a tenth of a unit is finer than can be seen."""
    tenths = round(number, 1)
    return int(tenths) if tenths == int(tenths) else tenths
