"""The decisions taken, week by week, the latest first: a no stands there as large as a yes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from crmtool.contact import Contact
from crmtool.days import days_before
from crmtool.progress.history import Move, histories
from crmtool.progress.outcome import Outcome, outcome
from crmtool.progress.weeks import WEEKS, monday_of
from crmtool.report.agenda import Who, who
from crmtool.report.contact.timeline import decision_details
from crmtool.report.edition import Edition
from crmtool.report.links import DECISIONS
from crmtool.report.marks import Mark
from crmtool.report.sentences import bare

NAMED = 12
"""How many of the contacts that entered in a week are named; an import brings many at once."""


_SIGNS = {
    Outcome.YES: "✓",
    Outcome.NO: "✕",
    Outcome.FORWARD: "→",
    Outcome.BACK: "←",
    Outcome.HOLD: "‖",
    Outcome.REOPENED: "↶",
    Outcome.MOVED: "→",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A decision: its sign, the status decided for, about whom, why, and by whom."""

    day: date
    day_text: str
    mark: Mark
    status: str
    who: Who
    because: str
    details: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogWeek:
    """A week's decisions with their sum; `entered` are the first of those taken in, `entries` tells how many."""

    title: str
    since: str
    summary: str
    taken: tuple[Taken, ...]
    entries: str
    entered: tuple[Who, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The last weeks, the latest first; `earlier` tells how many decisions are older."""

    question: str
    total: int
    total_text: str
    weeks: tuple[LogWeek, ...]
    earlier: str
    empty: str


def decision_log(edition: Edition) -> Log:
    """Build the log.

    An entry decides only that somebody is looked at at all. It stands there by name, outside the count, as it does in
    the figures on progress. Weeks without a decision show as such, except before the first one.
    """
    language = edition.language
    moves = sorted(_moves(edition), key=_latest_first)
    first = monday_of(days_before(edition.day, 7 * (WEEKS - 1)))
    recent = [found for found in moves if found[1].day >= first]
    earlier = sum(move.source is not None for _, move in moves[len(recent) :])
    by_monday = {monday: tuple(found) for monday, found in groupby(recent, lambda found: monday_of(found[1].day))}
    mondays = (monday_of(days_before(edition.day, 7 * back)) for back in range(WEEKS))
    return Log(
        question=language("decisions_page.log.question", n=WEEKS),
        total=sum(move.source is not None for _, move in recent),
        total_text=language("decisions_page.log.total", n=WEEKS),
        weeks=tuple(_week(edition, m, by_monday.get(m, ())) for m in mondays if m >= min(by_monday, default=date.max)),
        earlier=language.count("decisions_page.earlier", earlier) if earlier else "",
        empty="" if recent else language("decisions_page.log.empty", n=WEEKS),
    )


def _outcome(edition: Edition, move: Move) -> Outcome:
    statuses = edition.rulebook.statuses
    source = statuses.get(move.source.status) if move.source else None
    return outcome(source, statuses.get(move.target.status))


def _moves(edition: Edition) -> Iterable[tuple[Contact, Move]]:
    contacts = (assessment.contact for assessment in edition.assessments)
    for history in histories(contacts, edition.rulebook, edition.day):
        for move in history.moves():
            yield history.contact, move


def _latest_first(found: tuple[Contact, Move]) -> tuple[int, str, int]:
    contact, move = found
    return -move.day.toordinal(), contact.id, -move.decision.index


def _week(edition: Edition, monday: date, moves: tuple[tuple[Contact, Move], ...]) -> LogWeek:
    language = edition.language
    taken = [found for found in moves if found[1].source is not None]
    entered = [contact for contact, move in moves if move.source is None]
    hidden = len(entered) - NAMED
    return LogWeek(
        title=language("decisions_page.week", number=monday.isocalendar().week),
        since=language("decisions_page.week.since", day=language.day(monday)),
        summary=_summary(edition, [_outcome(edition, move) for _, move in taken]),
        taken=tuple(_taken(edition, contact, move) for contact, move in taken),
        entries=language.count("decisions_page.entered", len(entered)) if entered else "",
        entered=tuple(who(edition, DECISIONS, contact) for contact in entered[:NAMED]),
        more=language.count("pipeline.more", hidden) if hidden > 0 else "",
    )


def _summary(edition: Edition, outcomes: list[Outcome]) -> str:
    language, counted = edition.language, Counter(outcomes)
    if not outcomes:
        return language("decisions_page.week.none")
    parts = (language.count(f"outcomes.{each.value}", counted[each]) for each in Outcome if counted[each])
    return f"{language.count('decisions_page.decided', len(outcomes))}: {', '.join(parts)}"


def _taken(edition: Edition, contact: Contact, move: Move) -> Taken:
    language, decision = edition.language, move.decision
    found = _outcome(edition, move)
    return Taken(
        day=move.day,
        day_text=language.short_day(move.day, edition.day),
        mark=Mark(name=found.value, sign=_SIGNS[found], word=language(f"outcome.{found.value}")),
        status=edition.status(decision.to),
        who=who(edition, DECISIONS, contact),
        because=bare(decision.because),
        details=", ".join(decision_details(edition, decision, with_chance=False)),
    )
