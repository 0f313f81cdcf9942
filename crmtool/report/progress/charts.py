"""The charts of the page of progress, from its figures."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.progress.calibration import Bin
from crmtool.progress.figures import Figures
from crmtool.progress.flow import Stream
from crmtool.progress.measures import Share, wilson
from crmtool.progress.outcome import outcome
from crmtool.progress.times import StatusTime
from crmtool.progress.weeks import IsoWeek
from crmtool.report.charts.ages import Strip, ages_chart
from crmtool.report.charts.calibration import Group, calibration_chart
from crmtool.report.charts.figure import Figure
from crmtool.report.charts.flow import Move, Stage, flow_chart
from crmtool.report.charts.times import Time, times_chart
from crmtool.report.charts.weeks import Week, weeks_chart
from crmtool.report.edition import Edition
from crmtool.rulebook import Status

_JUST_LATE = 1.01


def weeks(edition: Edition, figures: Figures) -> Figure:
    """Draw what was decided and clarified in each week."""
    return weeks_chart(edition.language, [_week(week) for week in figures.weeks])


def flow(edition: Edition, figures: Figures) -> Figure:
    """Draw between which statuses contacts moved in the period."""
    statuses = edition.rulebook.statuses.values()
    stages = [Stage(id=status.id, label=status.label, kind=status.kind.value) for status in statuses]
    return flow_chart(edition.language, stages, [_move(edition, stream) for stream in figures.flow])


def ages(edition: Edition) -> Figure:
    """Draw how old the contacts in each status are against the time that the decision may take."""
    return ages_chart(edition.language, _strips(edition))


def times(edition: Edition, figures: Figures) -> Figure:
    """Draw how long contacts were in each status the last time they were there."""
    times = [
        Time(label=edition.status(each.status), n=each.latest.n, median=each.latest.median, p85=each.latest.p85)
        for each in open_times(edition, figures)
    ]
    return times_chart(edition.language, times)


def open_times(edition: Edition, figures: Figures) -> list[StatusTime]:
    """Pick the times in statuses that wait for a decision: how long somebody has been won says nothing."""
    return [each for each in figures.status_times if _is_undecided(edition, each.status)]


def calibration(edition: Edition, figures: Figures) -> Figure:
    """Draw stated chances against what came of them."""
    return calibration_chart(edition.language, [_group(found) for found in figures.calibration.bins])


def _move(edition: Edition, stream: Stream) -> Move:
    statuses = edition.rulebook.statuses
    is_back = stream.source is not None and outcome(statuses.get(stream.source), statuses.get(stream.target)).is_back
    return Move(source=stream.source, target=stream.target, count=stream.n, is_back=is_back)


def _week(week: IsoWeek) -> Week:
    won, ended = len(week.won), len(week.ended)
    return Week(
        monday=week.monday,
        won=won,
        ended=ended,
        other=len(week.decided) - won - ended,
        clarified=len(week.clarified),
        is_running=week.is_running,
    )


def _strips(edition: Edition) -> Iterator[Strip]:
    for status in edition.rulebook.statuses.values():
        if status.decide_within is not None and status.is_undecided:
            within = edition.language.duration(status.decide_within)
            yield Strip(label=status.label, within=within, ratios=tuple(_ratios(edition, status)))


def _ratios(edition: Edition, status: Status) -> Iterator[float]:
    for assessment in edition.assessments:
        if assessment.status.id == status.id and assessment.decide_by is not None:
            allowed = (assessment.decide_by - assessment.why_here.since).days
            ratio = assessment.why_here.days / max(1, allowed)
            # Where no time is allowed at all, one day is too late all the same.
            yield max(ratio, _JUST_LATE) if assessment.overdue else ratio


def _group(found: Bin) -> Group:
    interval = wilson(Share(part=round((found.observed or 0) * found.n), whole=found.n))
    return Group(
        low=found.low,
        high=found.high,
        n=found.n,
        stated=found.stated,
        observed=found.observed,
        interval=(interval.low, interval.high) if interval else None,
    )


def _is_undecided(edition: Edition, id: str) -> bool:
    status = edition.rulebook.statuses.get(id)
    return status is not None and status.is_undecided
