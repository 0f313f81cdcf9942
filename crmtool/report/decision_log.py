"""The decisions taken, week by week, the latest first: a no stands there as large as a yes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from crmtool.days import days_before
from crmtool.progress.log import Logged, latest_first, log
from crmtool.progress.outcome import Outcome
from crmtool.progress.weeks import WEEKS, monday_of
from crmtool.report.agenda import Who, who
from crmtool.report.contact.timeline import decision_details
from crmtool.report.edition import Edition
from crmtool.report.language import Language
from crmtool.report.links import DECISIONS
from crmtool.report.marks import Mark, outcome_mark
from crmtool.report.memo import Part
from crmtool.report.narrowing import More, Narrowed, more, narrowed
from crmtool.report.sentences import bare

TAKEN = 25
"""How many decisions of a week are told; the rest are summed up."""
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
    """A week's first decisions, all of them summed up; `entered` are the first of those taken in, `entries` counts."""

    title: str
    since: str
    summary: str
    taken: tuple[Taken, ...]
    more: More | None
    entries: str
    entered: tuple[Who, ...]
    more_entered: More | None


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
    language, found = edition.language, edition.once(_weeks)
    return Log(
        question=language("decisions_page.log.question", n=WEEKS),
        total=found.taken,
        total_text=language("decisions_page.log.total", n=WEEKS),
        weeks=tuple(_week(edition, monday, logged) for monday, logged in found.weeks.items()),
        earlier=language.count("decisions_page.earlier", found.earlier) if found.earlier else "",
        empty="" if found.weeks else language("decisions_page.log.empty", n=WEEKS),
    )


def narrowed_log(edition: Edition) -> tuple[Narrowed, ...]:
    """Give the contacts of each week of which the log shows the beginning."""
    return tuple(
        found for monday, logged in edition.once(_weeks).weeks.items() for found in _narrowed(edition, monday, logged)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weeks:
    """What was logged in each of the last weeks, the latest first, up to the first one with anything.

    `taken` counts the decisions in them, `earlier` those before.
    """

    weeks: Mapping[date, tuple[Logged, ...]]
    taken: int
    earlier: int


def _weeks(edition: Edition) -> _Weeks:
    parts = edition.each_part(_logged)
    recent = sorted((found for logged, _ in parts for found in logged), key=latest_first)
    by_monday = {monday: tuple(found) for monday, found in groupby(recent, lambda found: monday_of(found.day))}
    mondays = (monday_of(days_before(edition.day, 7 * back)) for back in range(WEEKS))
    return _Weeks(
        weeks={monday: by_monday.get(monday, ()) for monday in mondays if monday >= min(by_monday, default=date.max)},
        taken=sum(found.outcome is not None for found in recent),
        earlier=sum(earlier for _, earlier in parts),
    )


def _logged(edition: Edition, part: Part) -> tuple[tuple[Logged, ...], int]:
    """Give what was logged in the last weeks, and how many decisions there were before."""
    first = monday_of(days_before(edition.day, 7 * (WEEKS - 1)))
    logged = log((assessment.contact for assessment in part), edition.rulebook, edition.day)
    recent = tuple(found for found in logged if found.day >= first)
    return recent, sum(found.outcome is not None for found in logged[len(recent) :])


def _narrowed(edition: Edition, monday: date, logged: tuple[Logged, ...]) -> Iterator[Narrowed]:
    language, week = edition.language, monday.isocalendar().week
    label = f"{language('decisions_page')}: {language('decisions_page.week', number=week)}"
    taken = [edition.by_id[found.contact.id] for found in logged if found.outcome is not None]
    entered = [edition.by_id[found.contact.id] for found in logged if found.outcome is None]
    yield from narrowed(f"week{week}", label, taken, TAKEN)
    yield from narrowed(f"new{week}", f"{label}, {language('decisions_page.new')}", entered, NAMED)


def tell_outcomes(language: Language, outcomes: Iterable[Outcome]) -> str:
    """Count decisions by what they came to: 2 yeses, 1 no, 4 forward."""
    counted = Counter(outcomes)
    return ", ".join(language.count(f"outcomes.{each.value}", counted[each]) for each in Outcome if counted[each])


def _week(edition: Edition, monday: date, logged: tuple[Logged, ...]) -> LogWeek:
    language, number = edition.language, monday.isocalendar().week
    taken = [(found, found.outcome) for found in logged if found.outcome is not None]
    entered = [found.contact for found in logged if found.outcome is None]
    return LogWeek(
        title=language("decisions_page.week", number=number),
        since=language("decisions_page.week.since", day=language.day(monday)),
        summary=_summary(edition, [outcome for _, outcome in taken]),
        taken=tuple(_taken(edition, found, outcome) for found, outcome in taken[:TAKEN]),
        more=more(edition, DECISIONS, len(taken) - TAKEN, list=f"week{number}"),
        entries=language.count("decisions_page.entered", len(entered)) if entered else "",
        entered=tuple(who(edition, DECISIONS, contact) for contact in entered[:NAMED]),
        more_entered=more(edition, DECISIONS, len(entered) - NAMED, list=f"new{number}"),
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
