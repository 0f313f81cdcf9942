"""Time in status: a row a status with its median and the time that 85 of 100 stay below."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from crmtool.progress.measures import MINIMUM
from crmtool.report.charts.figure import SIZE, SMALL, Figure, Label, Table, rounded
from crmtool.report.charts.text import shorten
from crmtool.report.language import Language

_LABEL = 170
_PLOT = 290
_TOLD = 130
_TOP = 6
_ROW = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A status with how many contacts were in it, and the days that half and 85 of 100 of them took at most."""

    label: str
    n: int
    median: float | None
    p85: float | None

    @property
    def is_enough(self) -> bool:
        """Whether there are enough to tell anything."""
        return self.n >= MINIMUM


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A status laid out; `middle` and `far` are where its median and its percentile stand, None of too few."""

    y: float
    label: Label
    told: Label
    middle: float | None
    far: float | None
    numbers: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times(Figure):
    """The rows on one scale of days."""

    kind: ClassVar[str] = "times"

    left: float
    right: float
    ticks: tuple[Label, ...]
    rows: tuple[Row, ...]


def times_chart(language: Language, times: Iterable[Time], *, id: str = "times", caption: str = "") -> Times:
    """Draw a row for each status, in the order given."""
    shown = tuple(times)
    longest = max((time.p85 or 0 for time in shown if time.is_enough), default=0)
    step = _tick_step(longest)
    days = max(step * math.ceil(longest / step), 1)
    foot = _TOP + _ROW * len(shown)
    return Times(
        id=id,
        title=language("chart.times"),
        summary=language("chart.times.summary"),
        caption=caption or language("chart.times.caption"),
        width=_LABEL + _PLOT + _TOLD,
        height=foot + 26,
        table=_table(language, shown),
        empty="" if any(time.n for time in shown) else language("chart.times.empty"),
        left=_LABEL,
        right=_LABEL + _PLOT,
        ticks=tuple(_ticks(language, days, step, foot + 18)) if longest else (),
        rows=tuple(_row(language, time, days, _TOP + _ROW * (place + 0.5)) for place, time in enumerate(shown)),
    )


def _tick_step(days: float) -> int:
    """Choose a round number of days that divides the axis into at most five parts."""
    return next((step for step in (1, 2, 5, 7, 14, 30, 60, 90, 180, 365) if days <= 5 * step), math.ceil(days / 5))


def _ticks(language: Language, days: int, step: int, y: float) -> Iterable[Label]:
    for day in range(0, days + 1, step):
        text = language.count("days_short", day) if day == days else language.number(day)
        yield Label(x=rounded(_LABEL + _PLOT * day / days), y=y, text=text, anchor="middle", size=SMALL)


def _row(language: Language, time: Time, days: int, y: float) -> Row:
    n = language.number(time.n)
    told = language("chart.times.of", n=n) if time.is_enough else language("chart.too_few", n=n)
    middle, far = (_place(value, time, days) for value in (time.median, time.p85))
    return Row(
        y=y,
        label=Label(x=0, y=y + 4.5, text=shorten(time.label, _LABEL - 12, SIZE), name="ink"),
        told=Label(x=_LABEL + _PLOT + _TOLD, y=y + 4.5, text=told, anchor="end", size=SMALL),
        middle=middle,
        far=far,
        numbers=tuple(_numbers(language, time, middle, far, y)),
    )


def _place(value: float | None, time: Time, days: int) -> float | None:
    return rounded(_LABEL + _PLOT * value / days) if value is not None and time.is_enough else None


def _numbers(language: Language, time: Time, middle: float | None, far: float | None, y: float) -> Iterable[Label]:
    if middle is not None and time.median is not None:
        text = language.number(time.median)
        yield Label(x=middle, y=y - 9, text=text, anchor="middle", size=SMALL, name="strong")
    if far is not None and time.p85 is not None:
        yield Label(x=far + 6, y=y + 4.5, text=language.number(time.p85), size=SMALL, name="ink")


def _table(language: Language, times: Iterable[Time]) -> Table:
    return Table(
        columns=tuple(language(f"chart.times.{key}") for key in ("status", "n", "median", "p85")),
        rows=tuple(
            (time.label, language.number(time.n), *(_days(language, time, value) for value in (time.median, time.p85)))
            for time in times
        ),
    )


def _days(language: Language, time: Time, value: float | None) -> str:
    if not time.is_enough or value is None:
        return language("chart.too_few_short")
    return language("chart.times.days", n=language.number(value))
