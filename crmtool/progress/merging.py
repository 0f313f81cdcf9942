"""Figures of groups of contacts, put together to those of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from crmtool.progress.calibration import scored
from crmtool.progress.change import Direction
from crmtool.progress.figures import Figures
from crmtool.progress.flow import Stream, ranked
from crmtool.progress.measures import Share, wilson
from crmtool.progress.movement import Directions
from crmtool.progress.outcomes import Hold, WinRate
from crmtool.progress.pending import DecisionLatency, WaitingNow
from crmtool.progress.times import StatusTime, in_order
from crmtool.progress.weeks import IsoWeek
from crmtool.rulebook import RuleBook

T = TypeVar("T")


def merged(groups: Sequence[Figures], rulebook: RuleBook) -> Figures:
    """Put the figures of groups of contacts together, at least one, all as of one day and over one period.

    Each value is that of all contacts; where ids and contacts are listed, the groups follow one another.
    """
    first = groups[0]
    return Figures(
        day=first.day,
        period=first.period,
        status_times=_times([each.status_times for each in groups], rulebook),
        courses=_all(each.courses for each in groups),
        directions=tuple(map(_directions, zip(*(each.directions for each in groups), strict=True))),
        weeks=tuple(map(_week, zip(*(each.weeks for each in groups), strict=True))),
        latency=_latency([each.latency for each in groups]),
        waiting=_waiting([each.waiting for each in groups]),
        decided=_share([each.decided for each in groups]),
        stopped=_share([each.stopped for each in groups]),
        early_stops=_share([each.early_stops for each in groups]),
        no_decision=_share_if_any([each.no_decision for each in groups]),
        our_no=_share_if_any([each.our_no for each in groups]),
        reopened=_share([each.reopened for each in groups]),
        hold=_hold([each.hold for each in groups]),
        win_rates=tuple(map(_win_rate, zip(*(each.win_rates for each in groups), strict=True))),
        flow=_flow((stream for each in groups for stream in each.flow), rulebook),
        calibration=scored(_all(each.calibration.forecasts for each in groups)),
    )


def _all(lists: Iterable[Iterable[T]]) -> tuple[T, ...]:
    return tuple(chain.from_iterable(lists))


def _share(shares: Sequence[Share]) -> Share:
    return Share(
        part=sum(share.part for share in shares),
        whole=sum(share.whole for share in shares),
        contacts=_all(share.contacts for share in shares),
        rest=_all(share.rest for share in shares),
    )


def _share_if_any(shares: Sequence[Share | None]) -> Share | None:
    known = [share for share in shares if share is not None]
    return _share(known) if known else None


def _times(groups: Iterable[Iterable[StatusTime]], rulebook: RuleBook) -> tuple[StatusTime, ...]:
    found: dict[str, list[StatusTime]] = {}
    for times in groups:
        for each in times:
            found.setdefault(each.status, []).append(each)
    return tuple(
        StatusTime.of(status, _all(each.times for each in found[status])) for status in in_order(found, rulebook)
    )


def _directions(groups: Sequence[Directions]) -> Directions:
    contacts = {each: _all(group.contacts[each] for group in groups) for each in Direction}
    return Directions(days=groups[0].days, contacts=contacts)


def _week(groups: Sequence[IsoWeek]) -> IsoWeek:
    return replace(
        groups[0],
        clarified=_all(week.clarified for week in groups),
        decided=_all(week.decided for week in groups),
        won=_all(week.won for week in groups),
        ended=_all(week.ended for week in groups),
    )


def _latency(groups: Sequence[DecisionLatency]) -> DecisionLatency:
    return DecisionLatency.of(_all(each.latencies for each in groups), without=_all(each.without for each in groups))


def _waiting(groups: Sequence[WaitingNow]) -> WaitingNow:
    return WaitingNow.of(_all(each.contacts for each in groups))


def _hold(groups: Sequence[Hold]) -> Hold:
    return Hold(
        kept=_share([each.kept for each in groups]),
        past=_all(each.past for each in groups),
        undated=_all(each.undated for each in groups),
    )


def _win_rate(groups: Sequence[WinRate]) -> WinRate:
    share = _share([each.share for each in groups])
    return WinRate(status=groups[0].status, share=share, interval=wilson(share))


def _flow(streams: Iterable[Stream], rulebook: RuleBook) -> tuple[Stream, ...]:
    moved: dict[tuple[str | None, str], list[Stream]] = {}
    for stream in streams:
        moved.setdefault((stream.source, stream.target), []).append(stream)
    together: Iterator[Stream] = (
        Stream(source=source, target=target, contacts=_all(each.contacts for each in found))
        for (source, target), found in moved.items()
    )
    return ranked(together, rulebook)
