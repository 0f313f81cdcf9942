"""What was decided and what was clarified, week by week: two rows of bars over the same weeks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from crmtool.report.charts.figure import SIZE, SMALL, Box, Figure, Key, Label, Table, legend, rounded
from crmtool.report.language import Language

_STEP = 44
_BAR = 26
_TALLEST = 84
_PANEL = 132
_TOP = 30
_PARTS = ("won", "ended", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week from its Monday: decisions for a won and an ended status, the others, and criteria clarified."""

    monday: date
    won: int
    ended: int
    other: int
    clarified: int
    is_running: bool = False

    @property
    def decided(self) -> int:
        """All decisions of the week."""
        return self.won + self.ended + self.other


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A part of a week's column; `name` tells what is counted."""

    box: Box
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A row of columns on one base line."""

    title: Label
    base: float
    bars: tuple[Bar, ...]
    counts: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks(Figure):
    """The weeks; `running` is the column of the one that is not over."""

    kind: ClassVar[str] = "weeks"

    keys: tuple[Key, ...]
    panels: tuple[Panel, ...]
    dates: tuple[Label, ...]
    running: Box | None
    running_word: Label | None


def weeks_chart(language: Language, weeks: Sequence[Week], *, id: str = "weeks", caption: str = "") -> Weeks:
    """Draw weeks, oldest first."""
    total = {"decided": sum(week.decided for week in weeks), "clarified": sum(week.clarified for week in weeks)}
    parts = [(part, language(f"chart.weeks.{part}")) for part in _PARTS]
    foot = _TOP + 2 * _PANEL
    running = next((place for place, week in enumerate(weeks) if week.is_running), None)
    width = max(_STEP * len(weeks), 480)
    return Weeks(
        id=id,
        title=language("chart.weeks"),
        summary=language("chart.weeks.summary", **{key: language.number(n) for key, n in total.items()}),
        caption=caption or language("chart.weeks.caption"),
        width=width,
        height=foot + 44,
        table=_table(language, weeks),
        keys=legend(parts, 0, 14),
        panels=(
            _panel(language, "decided", [[getattr(week, part) for part in _PARTS] for week in weeks], _TOP),
            _panel(language, "clarified", [[week.clarified] for week in weeks], _TOP + _PANEL),
        ),
        dates=tuple(_dates(language, weeks, foot)),
        running=_running_box(running, foot) if running is not None else None,
        running_word=_running_word(language, running, foot) if running is not None else None,
    )


def _panel(language: Language, what: str, columns: Sequence[Sequence[int]], top: float) -> Panel:
    base = top + _PANEL - 6
    scale = _tall(columns) / max((sum(column) for column in columns), default=1) if any(map(sum, columns)) else 0
    names = _PARTS if what == "decided" else (what,)
    bars = [bar for place, column in enumerate(columns) for bar in _stack(place, column, names, base, scale)]
    counts = [
        Label(
            x=_STEP * place + _STEP / 2,
            y=rounded(base - sum(column) * scale - 5),
            text=language.number(sum(column)),
            anchor="middle",
            size=SMALL,
            name="ink" if sum(column) else "quiet",
        )
        for place, column in enumerate(columns)
    ]
    title = Label(x=0, y=top + 14, text=language(f"chart.weeks.{what}"), size=SIZE, name="strong")
    return Panel(title=title, base=base, bars=tuple(bars), counts=tuple(counts))


def _tall(columns: Sequence[Sequence[int]]) -> float:
    """A single decision need not tower: a unit is at most a fifth of the height."""
    return _TALLEST * min(1.0, max(sum(column) for column in columns) / 5)


def _stack(place: int, column: Sequence[int], names: Sequence[str], base: float, scale: float) -> Iterable[Bar]:
    y, x = base, _STEP * place + (_STEP - _BAR) / 2
    for name, count in zip(names, column, strict=True):
        if count:
            y -= count * scale
            box = Box(x=rounded(x), y=rounded(y), width=_BAR, height=rounded(count * scale))
            yield Bar(box=box, name=name)


def _dates(language: Language, weeks: Sequence[Week], foot: float) -> Iterable[Label]:
    """Name every week by its number, and every fourth, back from the last, by the date of its Monday."""
    for place, week in enumerate(weeks):
        x = _STEP * place + _STEP / 2
        number = language("chart.weeks.week", n=week.monday.isocalendar().week)
        yield Label(x=x, y=foot + 10, text=number, anchor="middle", size=SMALL)
        if (len(weeks) - 1 - place) % 4 == 0:
            day = language.short_day(week.monday, weeks[-1].monday)
            last = place == len(weeks) - 1
            yield Label(
                x=x + _STEP / 2 if last else x, y=foot + 27, text=day, anchor="end" if last else "middle", size=SMALL
            )


def _running_box(place: int, foot: float) -> Box:
    return Box(x=_STEP * place + 2, y=_TOP + 4, width=_STEP - 4, height=foot - _TOP - 10)


def _running_word(language: Language, place: int, foot: float) -> Label:
    text = language("chart.weeks.running")
    return Label(x=_STEP * (place + 1), y=foot + 42, text=text, anchor="end", size=SMALL)


def _table(language: Language, weeks: Sequence[Week]) -> Table:
    return Table(
        columns=tuple(language(f"chart.weeks.{key}") for key in ("monday", "decided", *_PARTS, "clarified")),
        rows=tuple(
            (
                language.day(week.monday) + (f" ({language('chart.weeks.running')})" if week.is_running else ""),
                *(language.number(n) for n in (week.decided, week.won, week.ended, week.other, week.clarified)),
            )
            for week in weeks
        ),
    )
