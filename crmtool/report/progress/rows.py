"""The figures of progress as rows: what each is called, its value, of how many cases, and its definition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmtool.progress.figures import Figures
from crmtool.progress.measures import Share, Spread
from crmtool.report.edition import Edition
from crmtool.report.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A figure; `few` where there are too few cases for the value to tell anything, which then says so."""

    name: str
    label: str
    value: str
    cases: str
    definition: str
    few: bool


def figure_rows(edition: Edition, figures: Figures) -> tuple[FigureRow, ...]:
    """Write out the figures that are one value each."""
    return tuple(_rows(edition.language, figures))


def told_share(language: Language, share: Share) -> str:
    """Tell a share in percent, or that the cases are too few."""
    return language.percent(share.value) if share.value is not None and share.is_enough else language("progress.few")


def told_spread(language: Language, spread: Spread) -> str:
    """Tell the median and the 85th percentile of a number of days, or that the cases are too few."""
    if spread.median is None or spread.p85 is None or not spread.is_enough:
        return language("progress.few")
    return language(
        "progress.spread", median=language.count("days", spread.median), p85=language.count("days", spread.p85)
    )


def _rows(language: Language, figures: Figures) -> Iterator[FigureRow]:
    days = language.number(figures.period.days)
    yield _share(language, "decided", figures.decided, days=days)
    yield _share(language, "stopped", figures.stopped, days=days)
    yield _share(language, "early_stops", figures.early_stops, days=days)
    yield _reason(language, "no_decision", figures.no_decision, days)
    yield _reason(language, "our_no", figures.our_no, days)
    yield _share(language, "reopened", figures.reopened, days=days)
    yield _share(language, "hold", figures.hold.kept)
    yield _spread(language, "latency", figures.latency.days, days=days)
    yield _spread(language, "waiting", figures.waiting.days, of=figures.waiting.n)


def _reason(language: Language, name: str, share: Share | None, days: str) -> FigureRow:
    if share is not None:
        return _share(language, name, share, days=days)
    return FigureRow(
        name=name,
        label=language(f"progress.{name}"),
        value=language("progress.unknown"),
        cases="",
        definition=language("progress.no_reason", reason=name),
        few=True,
    )


def _share(language: Language, name: str, share: Share, **values: str) -> FigureRow:
    cases = language("progress.cases", part=language.number(share.part), whole=language.number(share.whole))
    return _row(language, name, told_share(language, share), cases, few=not share.is_enough, **values)


def _spread(language: Language, name: str, spread: Spread, *, of: int | None = None, **values: str) -> FigureRow:
    cases = language.number(spread.n)
    if of is not None:
        cases = language("progress.cases", part=cases, whole=language.number(of))
    return _row(language, name, told_spread(language, spread), cases, few=not spread.is_enough, **values)


def _row(language: Language, name: str, value: str, cases: str, *, few: bool, **values: str) -> FigureRow:
    return FigureRow(
        name=name,
        label=language(f"progress.{name}"),
        value=value,
        cases=cases,
        definition=language(f"progress.{name}.is", **values),
        few=few,
    )
