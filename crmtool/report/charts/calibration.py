"""Stated chances against what came of them: on the diagonal words and outcomes agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from crmtool.progress.measures import MINIMUM
from crmtool.report.charts.figure import SIZE, SMALL, Box, Figure, Label, Table, rounded
from crmtool.report.language import Language

_SIDE = 260
_LEFT, _TOP = 52, 26
_RADIUS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Forecasts of about the same chance: their number, mean chance, the share won, and where that may well lie."""

    low: float
    high: float
    n: int
    stated: float | None
    observed: float | None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A group of forecasts; `whisker` are the ends of its interval."""

    x: float
    y: float
    hollow: bool
    whisker: tuple[float, float] | None
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationPlot(Figure):
    """A square with a diagonal: `plot` is the square, `ticks` are the places of its lines."""

    kind: ClassVar[str] = "calibration"

    plot: Box
    ticks: tuple[float, ...]
    labels: tuple[Label, ...]
    points: tuple[Point, ...]


def calibration_chart(
    language: Language, groups: Iterable[Group], *, id: str = "calibration", caption: str = ""
) -> CalibrationPlot:
    """Draw a point for each group that has any forecast."""
    all_groups = tuple(groups)
    n = sum(group.n for group in all_groups)
    plot = Box(x=_LEFT, y=_TOP, width=_SIDE, height=_SIDE)
    return CalibrationPlot(
        id=id,
        title=language("chart.calibration"),
        summary=language("chart.calibration.summary", n=language.number(n)),
        caption=caption or language("chart.calibration.caption"),
        width=_LEFT + _SIDE + 22,
        height=_TOP + _SIDE + 44,
        table=_table(language, all_groups),
        empty="" if n else language("chart.calibration.empty"),
        plot=plot,
        ticks=tuple(_SIDE * share for share in (0.25, 0.5, 0.75)),
        labels=tuple(_axes(language)),
        points=_points(language, all_groups, plot),
    )


def _axes(language: Language) -> Iterator[Label]:
    for share in (0, 0.5, 1):
        text = language.percent(share)
        yield Label(x=_LEFT + _SIDE * share, y=_TOP + _SIDE + 17, text=text, anchor="middle", size=SMALL)
        yield Label(x=_LEFT - 7, y=_TOP + _SIDE * (1 - share) + 4, text=text, anchor="end", size=SMALL)
    foot = _TOP + _SIDE + 36
    yield Label(x=_LEFT + _SIDE, y=foot, text=language("chart.calibration.stated"), anchor="end", size=SIZE, name="ink")
    yield Label(x=0, y=12, text=language("chart.calibration.observed"), size=SIZE, name="ink")


def _points(language: Language, groups: Iterable[Group], plot: Box) -> tuple[Point, ...]:
    places = [
        (group, rounded(_LEFT + _SIDE * group.stated), rounded(_height(group.observed)))
        for group in groups
        if group.stated is not None and group.observed is not None
    ]
    taken = [_around(x, y) for _, x, y in places] + [
        Box(x=x - 3, y=_height(group.interval[1]), width=6, height=_SIDE * (group.interval[1] - group.interval[0]))
        for group, x, _ in places
        if group.interval is not None
    ]
    points = []
    for group, x, y in places:
        label = _free(language.number(group.n), x, y, taken, plot)
        taken.append(label.box)
        ends = group.interval
        whisker = (rounded(_height(ends[0])), rounded(_height(ends[1]))) if ends else None
        points.append(Point(x=x, y=y, hollow=group.n < MINIMUM, whisker=whisker, label=label))
    return tuple(points)


def _height(share: float) -> float:
    return _TOP + _SIDE * (1 - share)


def _around(x: float, y: float) -> Box:
    return Box(x=x - _RADIUS, y=y - _RADIUS, width=2 * _RADIUS, height=2 * _RADIUS)


def _free(text: str, x: float, y: float, taken: Sequence[Box], plot: Box) -> Label:
    """Put a point's number where nothing else stands: beside it first, then higher and lower."""
    tried = []
    for away in range(0, 60, 12):
        for down in (away, -away):
            tried.append(Label(x=x + 8, y=y + 4 + down, text=text, size=SMALL, name="ink"))
            tried.append(Label(x=x - 8, y=y + 4 + down, text=text, anchor="end", size=SMALL, name="ink"))
    free = [label for label in tried if label.box.inside(plot) and not any(map(label.box.overlaps, taken))]
    clear = [label for label in free if not _is_on_diagonal(label.box, plot)]
    return next(iter([*clear, *free, *tried]))


def _is_on_diagonal(box: Box, plot: Box) -> bool:
    return box.x - plot.x < plot.bottom - box.y and box.right - plot.x > plot.bottom - box.bottom


def _table(language: Language, groups: Iterable[Group]) -> Table:
    return Table(
        columns=tuple(
            language(f"chart.calibration.{key}") for key in ("range", "count", "stated", "observed", "interval")
        ),
        rows=tuple(
            (_span(language, group.low, group.high), language.number(group.n), *_shares(language, group))
            for group in groups
        ),
    )


def _shares(language: Language, group: Group) -> tuple[str, str, str]:
    if group.stated is None or group.observed is None or group.n < MINIMUM:
        return language("progress.few"), "–", "–"
    interval = _span(language, *group.interval) if group.interval else "–"
    return language.percent(group.stated), language.percent(group.observed), interval


def _span(language: Language, low: float, high: float) -> str:
    return language("chart.span", low=language.percent(low), high=language.percent(high))
