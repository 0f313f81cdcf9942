"""What became of contacts: how many are decided, how many of those are noes of which sort, and what held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from crmtool.assessment import decision_deadline
from crmtool.progress.history import History, Move, Stay, situation_in
from crmtool.progress.measures import Interval, Share, wilson
from crmtool.progress.pending import first_stop
from crmtool.progress.period import Period
from crmtool.rulebook import Kind, RuleBook

# Ids of a team's own mean nothing to the program, but for these two: that the other side decides nothing, and that we
# do not want to, are told apart by reason alone. The rule books that come with the program have both.
NO_DECISION = "no_decision"
OUR_NO = "our_no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """The contacts on hold: of all of them the share whose date of revisit has not gone by, and who the rest are."""

    kept: Share
    past: tuple[str, ...]
    undated: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WinRate:
    """Of the contacts that ever were in a status and are decided, the share won; `interval` is the 95 % one."""

    status: str
    share: Share
    interval: Interval | None


def decided_share(histories: Iterable[History], period: Period) -> Share:
    """Of the contacts that were active or on hold at some time in the period, the share won or ended at its end.

    At some time is: at the end of the day on which the period starts, or entered such a status within it.
    """
    return Share.of(
        (history.id, _is_decided(history, period.end))
        for history in histories
        if any(_was_open(stay, period) for stay in history.stays)
    )


def stop_share(histories: Iterable[History], period: Period) -> Share:
    """Of the decisions in the period into a won or ended status, the share into an ended one; entries do not count."""
    return Share.of(
        (history.id, move.target.kind is Kind.ENDED)
        for history, move in _taken(histories, period, Kind.WON, Kind.ENDED)
    )


def early_stop_share(histories: Iterable[History], rulebook: RuleBook, period: Period) -> Share:
    """Of the decisions in the period into an ended status, the share of noes by judgement, before time ran out.

    Such a no ended a stay in an active or hold status on no day of which, its last included, a reason to stop was due,
    no later than on the stay's decision deadline; a stay without one is never late. Entries do not count.
    """
    return Share.of(
        (history.id, _is_early(history, move, rulebook)) for history, move in _taken(histories, period, Kind.ENDED)
    )


def reason_share(histories: Iterable[History], rulebook: RuleBook, period: Period, reason: str) -> Share | None:
    """Of the decisions in the period into an ended status, the share for a reason; entries do not count.

    None where no ended status of the rule book has that reason.
    """
    if not any(reason in status.reasons for status in rulebook.statuses.values() if status.kind is Kind.ENDED):
        return None
    return Share.of(
        (history.id, move.decision.reason == reason) for history, move in _taken(histories, period, Kind.ENDED)
    )


def reopened_share(histories: Iterable[History], period: Period) -> Share:
    """Of the contacts with a decision in the period into a won or ended status, the share that left such a status.

    They did if such a stay ended by the day of the histories, for whatever other status. Entries are no decisions.
    """
    decided = (
        (history.id, [move.target for move in history.taken(period) if move.target.is_decided]) for history in histories
    )
    return Share.of((id, any(_was_left(stay) for stay in stays)) for id, stays in decided if stays)


def hold_discipline(histories: Iterable[History], day: date) -> Hold:
    """Of the contacts on hold on the day, the share whose `revisit` is that day or later."""
    held = [history.contact for history in histories if history.present.kind is Kind.HOLD]
    return Hold(
        kept=Share.of((contact.id, contact.revisit is not None and contact.revisit >= day) for contact in held),
        past=tuple(contact.id for contact in held if contact.revisit is not None and contact.revisit < day),
        undated=tuple(contact.id for contact in held if contact.revisit is None),
    )


def win_rates(histories: Iterable[History], rulebook: RuleBook) -> tuple[WinRate, ...]:
    """Tell for each active or hold status: of the contacts ever there that are won or ended on the day, the share won.

    This looks at all history.
    """
    cases: dict[str, list[tuple[str, bool]]] = {
        id: [] for id, status in rulebook.statuses.items() if status.is_undecided
    }
    for history in histories:
        if history.present.is_decided:
            for status in {stay.status for stay in history.stays} & cases.keys():
                cases[status].append((history.id, history.present.kind is Kind.WON))
    shares = {status: Share.of(found) for status, found in cases.items()}
    return tuple(WinRate(status=status, share=share, interval=wilson(share)) for status, share in shares.items())


def _taken(histories: Iterable[History], period: Period, *kinds: Kind) -> Iterator[tuple[History, Move]]:
    for history in histories:
        for move in history.taken(period):
            if move.target.kind in kinds:
                yield history, move


def _is_decided(history: History, day: date) -> bool:
    stay = history.on(day)
    return stay is not None and stay.is_decided


def _was_open(stay: Stay, period: Period) -> bool:
    return stay.is_undecided and stay.entered <= period.end and (stay.left is None or stay.left > period.start)


def _was_left(stay: Stay) -> bool:
    return stay.exit is not None and stay.exit.to != stay.status


def _is_early(history: History, move: Move, rulebook: RuleBook) -> bool:
    stay = move.source
    status = rulebook.statuses.get(stay.status) if stay else None
    if stay is None or status is None or not status.is_undecided:
        return False
    deadline = decision_deadline(status, stay.entered)
    if deadline is not None and deadline < move.day:
        return False
    return first_stop(situation_in(stay, history.contact, rulebook, move.day), status) is None
