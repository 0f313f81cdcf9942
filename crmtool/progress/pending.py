"""How long decisions that were possible are left pending: their latency, and what waits for one now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment, Verdict
from crmtool.progress.history import History, situation_in
from crmtool.progress.measures import Spread
from crmtool.progress.period import Period
from crmtool.rulebook import RuleBook, Status
from crmtool.situation import Situation
from crmtool.stopping import is_stop_due, stop_turning_points
from crmtool.turning import first_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """A decision, and the first day of the stay that it ended on which one was pending."""

    contact: str
    status: str
    to: str
    possible: date
    decided: date

    @property
    def days(self) -> int:
        """How long the decision took from when it was possible; 0 when that was the same day."""
        return (self.decided - self.possible).days


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLatency:
    """The latencies of a period; `without` are the ids behind decisions before which nothing had come up."""

    latencies: tuple[Latency, ...]
    without: tuple[str, ...]
    days: Spread

    @classmethod
    def of(cls, latencies: tuple[Latency, ...], without: tuple[str, ...]) -> DecisionLatency:
        """Describe latencies."""
        return cls(latencies=latencies, without=without, days=Spread.of(latency.days for latency in latencies))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A contact that waits for a decision; `since` as for a latency, None where only a date asks for the decision."""

    contact: str
    status: str
    verdict: Verdict
    since: date | None
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingNow:
    """The contacts that wait for a decision, and how long those with a `since` have."""

    contacts: tuple[Waiting, ...]
    days: Spread

    @classmethod
    def of(cls, contacts: tuple[Waiting, ...]) -> WaitingNow:
        """Describe what waits."""
        return cls(contacts=contacts, days=Spread.of(each.days for each in contacts if each.days is not None))

    @property
    def n(self) -> int:
        """How many contacts wait."""
        return len(self.contacts)


def first_pending(situation: Situation, status: Status) -> date | None:
    """Tell the first day of a stay in an undecided status, up to the situation's, on which a decision was pending.

    It was when a forward transition's `requires` all held, or any reason to stop was due, as known then.
    """
    ahead = situation.rulebook.forward(status.id)
    days = stop_turning_points(situation, status, (condition for way in ahead for condition in way.requires))

    def is_pending(then: Situation) -> bool:
        return any(then.all_hold(way.requires) for way in ahead) or is_stop_due(then, status)

    return first_day(situation, days, is_pending)


def first_stop(situation: Situation, status: Status) -> date | None:
    """Tell the first day of a stay, up to the situation's, on which any reason to stop was due as known then."""
    return first_day(situation, stop_turning_points(situation, status), lambda then: is_stop_due(then, status))


def decision_latency(histories: Iterable[History], rulebook: RuleBook, period: Period) -> DecisionLatency:
    """Tell how long the decisions of a period took from the first day on which one was pending in the stay they ended.

    Entries do not count, nor decisions on a contact that was won or ended: nothing was pending there.
    """
    latencies: list[Latency] = []
    without: list[str] = []
    for history in histories:
        for move in history.taken(period):
            stay, status = move.source, rulebook.statuses.get(move.source.status) if move.source else None
            if stay is None or status is None or not status.is_undecided:
                continue
            possible = first_pending(situation_in(stay, history.contact, rulebook, move.day), status)
            if possible is None:
                without.append(history.id)
                continue
            latencies.append(
                Latency(
                    contact=history.id, status=stay.status, to=move.target.status, possible=possible, decided=move.day
                )
            )
    return DecisionLatency.of(tuple(latencies), without=tuple(without))


def waiting_now(assessments: Iterable[Assessment], rulebook: RuleBook) -> WaitingNow:
    """Tell which contacts wait for a decision, their verdict being `stop` or `decide`, and for how long already.

    The time runs from the first day of the present stay on which a decision was pending. A contact whose deadline or
    date of revisit alone asks for the decision waits without one.
    """
    waiting = tuple(
        _waiting(assessment, rulebook)
        for assessment in assessments
        if assessment.verdict in (Verdict.STOP, Verdict.DECIDE)
    )
    return WaitingNow.of(waiting)


def _waiting(assessment: Assessment, rulebook: RuleBook) -> Waiting:
    contact, day, status = assessment.contact, assessment.day, assessment.status
    situation = Situation(contact=contact, rulebook=rulebook, day=day, entered=assessment.why_here.since)
    since = first_pending(situation, status)
    return Waiting(
        contact=contact.id,
        status=status.id,
        verdict=assessment.verdict,
        since=since,
        days=(day - since).days if since is not None else None,
    )
