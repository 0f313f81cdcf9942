"""The decisions taken, week by week, the latest first: a no stands there as large as a yes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from crmtool.days import days_before
from crmtool.progress.log import Logged, log
from crmtool.progress.outcome import Outcome
from crmtool.progress.weeks import WEEKS, monday_of
from crmtool.report.agenda import Who, who
from crmtool.report.contact.timeline import decision_details
from crmtool.report.edition import Edition
from crmtool.report.language import Language
from crmtool.report.links import DECISIONS
from crmtool.report.marks import Mark, outcome_mark
from crmtool.report.sentences import bare

NAMED = 12
"""How many of the contacts that entered in a week are named; an import brings many at once."""


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
    logged = log((assessment.contact for assessment in edition.assessments), edition.rulebook, edition.day)
    first = monday_of(days_before(edition.day, 7 * (WEEKS - 1)))
    recent = [found for found in logged if found.day >= first]
    earlier = sum(found.outcome is not None for found in logged[len(recent) :])
    by_monday = {monday: tuple(found) for monday, found in groupby(recent, lambda found: monday_of(found.day))}
    mondays = (monday_of(days_before(edition.day, 7 * back)) for back in range(WEEKS))
    return Log(
        question=language("decisions_page.log.question", n=WEEKS),
        total=sum(found.outcome is not None for found in recent),
        total_text=language("decisions_page.log.total", n=WEEKS),
        weeks=tuple(_week(edition, m, by_monday.get(m, ())) for m in mondays if m >= min(by_monday, default=date.max)),
        earlier=language.count("decisions_page.earlier", earlier) if earlier else "",
        empty="" if recent else language("decisions_page.log.empty", n=WEEKS),
    )


def tell_outcomes(language: Language, outcomes: Iterable[Outcome]) -> str:
    """Count decisions by what they came to: 2 yeses, 1 no, 4 forward."""
    counted = Counter(outcomes)
    return ", ".join(language.count(f"outcomes.{each.value}", counted[each]) for each in Outcome if counted[each])


def _week(edition: Edition, monday: date, logged: tuple[Logged, ...]) -> LogWeek:
    language = edition.language
    entered = [found.contact for found in logged if found.outcome is None]
    outcomes = [found.outcome for found in logged if found.outcome is not None]
    hidden = len(entered) - NAMED
    return LogWeek(
        title=language("decisions_page.week", number=monday.isocalendar().week),
        since=language("decisions_page.week.since", day=language.day(monday)),
        summary=_summary(edition, outcomes),
        taken=tuple(_taken(edition, found, found.outcome) for found in logged if found.outcome is not None),
        entries=language.count("decisions_page.entered", len(entered)) if entered else "",
        entered=tuple(who(edition, DECISIONS, contact) for contact in entered[:NAMED]),
        more=language.count("pipeline.more", hidden) if hidden > 0 else "",
    )


def _summary(edition: Edition, outcomes: list[Outcome]) -> str:
    language = edition.language
    if not outcomes:
        return language("decisions_page.week.none")
    return f"{language.count('decisions_page.decided', len(outcomes))}: {tell_outcomes(language, outcomes)}"


def _taken(edition: Edition, found: Logged, outcome: Outcome) -> Taken:
    decision = found.decision
    return Taken(
        day=found.day,
        day_text=edition.language.short_day(found.day, edition.day),
        mark=outcome_mark(outcome, edition.language),
        status=edition.status(decision.to),
        who=who(edition, DECISIONS, found.contact),
        because=bare(decision.because),
        details=", ".join(decision_details(edition, decision, with_chance=False)),
    )
