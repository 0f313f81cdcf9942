"""Progress: figures and charts of what moved. Nothing on it counts an activity."""

from __future__ import annotations

from dataclasses import dataclass

from crmtool.progress.figures import Figures, figures
from crmtool.progress.measures import Spread
from crmtool.progress.merging import merged
from crmtool.progress.outcomes import WinRate
from crmtool.progress.times import StatusTime
from crmtool.report.charts.figure import Figure
from crmtool.report.edition import Edition
from crmtool.report.links import PROGRESS
from crmtool.report.memo import Part
from crmtool.report.missing import SHOWN
from crmtool.report.narrowing import More, more
from crmtool.report.notices import Notice, notices
from crmtool.report.progress import charts
from crmtool.report.progress.courses import CourseRow, SpanRow, course_rows, span_rows
from crmtool.report.progress.rows import FigureRow, figure_rows, told_share


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRow:
    """How long contacts are in a status, the latest time and all times together: median and 85th percentile."""

    status: str
    here: str
    cases: str
    latest: tuple[str, str]
    summed: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WinRow:
    """What became of those that were in a status: the share won, where the true share may well lie, the cases."""

    status: str
    value: str
    interval: str
    cases: str
    few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPage:
    """What moved, with the definition of every figure."""

    title: str
    lead: str
    notices: tuple[Notice, ...]
    empty: str
    period: str
    spans: tuple[SpanRow, ...]
    open: str
    courses: tuple[CourseRow, ...]
    more: More | None
    rows: tuple[FigureRow, ...]
    weeks: Figure
    flow: Figure
    ages: Figure
    times: Figure
    time_rows: tuple[TimeRow, ...]
    win_rows: tuple[WinRow, ...]
    calibration: Figure
    brier: str


def progress_page(edition: Edition) -> ProgressPage:
    """Build the page."""
    language = edition.language
    found = merged(edition.each_part(part_figures), edition.rulebook)
    start, end = language.day(found.period.first), language.day(found.period.end)
    return ProgressPage(
        title=language("progress.title"),
        lead=language("progress.lead"),
        notices=notices(edition),
        empty="" if edition.assessments else language("progress.none"),
        period=language("progress.period", days=language.number(found.period.days), start=start, end=end),
        spans=span_rows(edition, found),
        open=language.number(len(found.courses)),
        courses=course_rows(edition, found),
        more=more(edition, PROGRESS, len(found.courses) - SHOWN, list="open"),
        rows=figure_rows(edition, found),
        weeks=charts.weeks(edition, found),
        flow=charts.flow(edition, found),
        ages=charts.ages(edition),
        times=charts.times(edition, found),
        time_rows=tuple(_time_row(edition, each) for each in charts.open_times(edition, found) if each.times),
        win_rows=tuple(_win_row(edition, rate) for rate in found.win_rates),
        calibration=charts.calibration(edition, found),
        brier=_brier(edition, found),
    )


def part_figures(edition: Edition, part: Part) -> Figures:
    """Give the figures of some of the contacts."""
    contacts = [assessment.contact for assessment in part]
    return figures(contacts, edition.rulebook, edition.day, assessments=part)


def _time_row(edition: Edition, found: StatusTime) -> TimeRow:
    language = edition.language
    return TimeRow(
        status=edition.status(found.status),
        here=language.number(len(found.now)),
        cases=language.number(found.latest.n),
        latest=_days(edition, found.latest),
        summed=_days(edition, found.summed),
    )


def _days(edition: Edition, spread: Spread) -> tuple[str, str]:
    language = edition.language
    if spread.median is None or spread.p85 is None or not spread.is_enough:
        return language("progress.few"), ""
    return language.count("days", spread.median), language.count("days", spread.p85)


def _win_row(edition: Edition, rate: WinRate) -> WinRow:
    language, share, interval = edition.language, rate.share, rate.interval
    told = ""
    if interval is not None and share.is_enough:
        low, high = language.percent(interval.low), language.percent(interval.high)
        told = language("progress.interval", low=low, high=high)
    return WinRow(
        status=edition.status(rate.status),
        value=told_share(language, share),
        interval=told,
        cases=language("progress.cases", part=language.number(share.part), whole=language.number(share.whole)),
        few=not share.is_enough,
    )


def _brier(edition: Edition, found: Figures) -> str:
    """Tell the Brier score beside that of always stating the share won."""
    language, calibration = edition.language, found.calibration
    n = language.number(calibration.n)
    if calibration.brier is None or calibration.base_brier is None or not calibration.is_enough:
        return language("progress.brier.few", n=n)
    better = "better" if calibration.brier < calibration.base_brier else "worse"
    return language(
        f"progress.brier.{better}",
        score=language.decimal(calibration.brier),
        base=language.decimal(calibration.base_brier),
        n=n,
    )
