"""How long contacts have been in their status against the time its decision may take: a strip a status.

A few contacts are a mark each; where too many have the same age the strips show how many instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import ClassVar

from crmtool.progress.measures import MINIMUM
from crmtool.report.charts.figure import SIZE, SMALL, Box, Figure, Label, Table, rounded
from crmtool.report.charts.text import STRONG, shorten
from crmtool.report.language import Language

_LABEL = 190
_BIN = 20
_BINS_A_DEADLINE = 10
_LAST = 20
_WIDTH = _LABEL + _BIN * (_LAST + 1) + 20
_TOP = 30
_STRIP = 76
_MARKS = 5
_MARK = 8
_TALLEST = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A status with each contact's age over the time that the decision may take: more than 1 is overdue.

    `within` tells that time in words.
    """

    label: str
    within: str
    ratios: tuple[float, ...]

    @property
    def overdue(self) -> int:
        """How many are past the deadline."""
        return sum(ratio > 1 for ratio in self.ratios)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A contact, or as many as a bar is high; `name` tells whether before the deadline or past it."""

    box: Box
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A strip laid out on its base line."""

    base: float
    labels: tuple[Label, ...]
    marks: tuple[Mark, ...]
    counts: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages(Figure):
    """The strips below one another on one scale; the deadline is a line through all of them."""

    kind: ClassVar[str] = "ages"

    left: float
    deadline: float
    word: Label
    rows: tuple[Row, ...]
    ticks: tuple[Label, ...]


def ages_chart(language: Language, strips: Iterable[Strip], *, id: str = "ages", caption: str = "") -> Ages:
    """Draw a strip for each status that has a deadline."""
    shown = tuple(strips)
    contacts, overdue = sum(len(strip.ratios) for strip in shown), sum(strip.overdue for strip in shown)
    binned = [Counter(map(_bin, strip.ratios)) for strip in shown]
    most = max((count for bins in binned for count in bins.values()), default=0)
    foot = _TOP + _STRIP * len(shown)
    deadline = _LABEL + _BIN * _BINS_A_DEADLINE
    return Ages(
        id=id,
        title=language("chart.ages"),
        summary=language("chart.ages.summary", n=language.number(contacts), overdue=language.number(overdue)),
        caption=caption or language("chart.ages.caption"),
        width=_WIDTH,
        height=foot + 24,
        table=_table(language, shown),
        empty="" if contacts else language("chart.ages.empty"),
        left=_LABEL,
        deadline=deadline,
        word=Label(x=deadline, y=14, text=language("chart.ages.deadline"), anchor="middle", size=SMALL, name="ink"),
        rows=tuple(
            _row(language, strip, bins, most, _TOP + _STRIP * place)
            for place, (strip, bins) in enumerate(zip(shown, binned, strict=True))
        ),
        ticks=tuple(_ticks(language, foot + 18)),
    )


def _bin(ratio: float) -> int:
    """Sort a ratio into a tenth of the deadline; on the day of the deadline nothing is overdue yet."""
    place = min(int(max(ratio, 0) * _BINS_A_DEADLINE), _LAST)
    return min(place, _BINS_A_DEADLINE - 1) if ratio <= 1 else place


def _row(language: Language, strip: Strip, bins: Mapping[int, int], most: int, top: float) -> Row:
    base = top + _STRIP - 14
    as_bars = most > _MARKS
    told = language("chart.ages.of", overdue=language.number(strip.overdue), n=language.number(len(strip.ratios)))
    return Row(
        base=base,
        labels=(
            Label(x=0, y=base - 32, text=shorten(strip.label, _LABEL - 12, SIZE * STRONG), name="strong"),
            Label(x=0, y=base - 16, text=shorten(strip.within, _LABEL - 12, SMALL), size=SMALL),
            Label(x=0, y=base, text=shorten(told, _LABEL - 12, SMALL), size=SMALL),
        ),
        marks=tuple(mark for place in sorted(bins) for mark in _marks(place, bins[place], base, most)),
        counts=tuple(_count(language, place, bins[place], base, most) for place in sorted(bins)) if as_bars else (),
    )


def _marks(place: int, count: int, base: float, most: int) -> Iterable[Mark]:
    name = "late" if place >= _BINS_A_DEADLINE else "due"
    x = _LABEL + _BIN * place
    if most <= _MARKS:
        for level in range(count):
            box = Box(x=x + (_BIN - _MARK) / 2, y=base - (_MARK + 2) * (level + 1), width=_MARK, height=_MARK)
            yield Mark(box=box, name=f"{name}-one")
        return
    height = max(1.5, _TALLEST * count / most)
    yield Mark(box=Box(x=x + 1.5, y=rounded(base - height), width=_BIN - 3, height=rounded(height)), name=name)


def _count(language: Language, place: int, count: int, base: float, most: int) -> Label:
    y = rounded(base - max(1.5, _TALLEST * count / most) - 3)
    return Label(
        x=_LABEL + _BIN * (place + 0.5), y=y, text=language.number(count), anchor="middle", size=10, name="ink"
    )


def _ticks(language: Language, y: float) -> Iterable[Label]:
    yield Label(x=_LABEL, y=y, text=language.percent(0), size=SMALL)
    for ratio in (0.5, 1, 1.5):
        x = _LABEL + _BIN * _BINS_A_DEADLINE * ratio
        yield Label(x=x, y=y, text=language.percent(ratio), anchor="middle", size=SMALL)
    beyond = language("chart.ages.beyond", share=language.percent(2))
    yield Label(x=_WIDTH, y=y, text=beyond, anchor="end", size=SMALL)


def _table(language: Language, strips: Iterable[Strip]) -> Table:
    keys = ("status", "within", "n", "overdue", "median")
    return Table(
        columns=tuple(language(f"chart.ages.{key}") for key in keys),
        rows=tuple(
            (
                strip.label,
                strip.within,
                language.number(len(strip.ratios)),
                language.number(strip.overdue),
                language.percent(median(strip.ratios)) if len(strip.ratios) >= MINIMUM else language("progress.few"),
            )
            for strip in strips
        ),
    )
