"""All figures of progress at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment, assess_all
from crmtool.contact import Contact
from crmtool.progress.calibration import Calibration, calibration
from crmtool.progress.flow import Stream, flow
from crmtool.progress.history import histories
from crmtool.progress.measures import Share
from crmtool.progress.movement import SPANS, Course, Directions, changes_over_each, courses, directions
from crmtool.progress.outcomes import (
    NO_DECISION,
    OUR_NO,
    Hold,
    WinRate,
    decided_share,
    early_stop_share,
    hold_discipline,
    reason_share,
    reopened_share,
    stop_share,
    win_rates,
)
from crmtool.progress.pending import DecisionLatency, WaitingNow, decision_latency, waiting_now
from crmtool.progress.period import Period
from crmtool.progress.times import StatusTime, status_times
from crmtool.progress.weeks import WEEKS, IsoWeek, iso_weeks
from crmtool.rulebook import RuleBook

DAYS = 365
"""How many days the figures look back, where nothing else is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What contacts came to as of a day. Each figure is defined by the function of its name.

    `latency`, `decided`, the shares of noes, `reopened` and `flow` are of the period; `status_times`, `win_rates` and
    `calibration` of all history; `courses`, `waiting` and `hold` are of the day, and `directions` and `weeks` have
    spans of their own. `no_decision` and `our_no` are None where the rule book has no such reason.
    """

    day: date
    period: Period
    status_times: tuple[StatusTime, ...]
    courses: tuple[Course, ...]
    directions: tuple[Directions, ...]
    weeks: tuple[IsoWeek, ...]
    latency: DecisionLatency
    waiting: WaitingNow
    decided: Share
    stopped: Share
    early_stops: Share
    no_decision: Share | None
    our_no: Share | None
    reopened: Share
    hold: Hold
    win_rates: tuple[WinRate, ...]
    flow: tuple[Stream, ...]
    calibration: Calibration


def figures(
    contacts: Iterable[Contact],
    rulebook: RuleBook,
    day: date,
    *,
    period: Period | None = None,
    weeks: int = WEEKS,
    assessments: Iterable[Assessment] | None = None,
) -> Figures:
    """Compute all figures as of a day, by default over the 365 days up to it.

    `assessments` are those of the contacts on that day, where they are known already.
    """
    contacts = tuple(contacts)
    judged = tuple(assess_all(contacts, rulebook, day) if assessments is None else assessments)
    told = histories(contacts, rulebook, day)
    over = period or Period.last(DAYS, day)
    changes = changes_over_each(judged, rulebook, day, SPANS)
    return Figures(
        day=day,
        period=over,
        status_times=status_times(told, rulebook, day),
        courses=courses(changes),
        directions=tuple(directions(days, found) for days, found in changes.items()),
        weeks=iso_weeks(told, day, weeks),
        latency=decision_latency(told, rulebook, over),
        waiting=waiting_now(judged, rulebook),
        decided=decided_share(told, over),
        stopped=stop_share(told, over),
        early_stops=early_stop_share(told, rulebook, over),
        no_decision=reason_share(told, rulebook, over, NO_DECISION),
        our_no=reason_share(told, rulebook, over, OUR_NO),
        reopened=reopened_share(told, over),
        hold=hold_discipline(told, day),
        win_rates=win_rates(told, rulebook),
        flow=flow(told, rulebook, over),
        calibration=calibration(told),
    )
