"""Blocked: what waits and for what, and what stands still although nothing keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment, Verdict
from crmtool.contact import Answer, Blocked
from crmtool.days import next_day
from crmtool.report.agenda import (
    Line,
    Section,
    Total,
    due,
    line,
    narrowed_sections,
    put_off,
    section,
    since,
    since_text,
    totals,
)
from crmtool.report.edition import Edition
from crmtool.report.links import BLOCKED
from crmtool.report.narrowing import Narrowed
from crmtool.report.notices import Notice, notices
from crmtool.report.reasons import first_missing
from crmtool.report.sentences import bare
from crmtool.rulebook import Kind
from crmtool.situation import State

STILL = 21
"""After so many days without an answer or a decision a contact stands still."""
_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedPage:
    """The page: what waits, what waited until now, what stands still."""

    title: str
    lead: str
    notices: tuple[Notice, ...]
    empty: str
    totals: tuple[Total, ...]
    sections: tuple[Section, ...]
    definition: str


def blocked(edition: Edition) -> BlockedPage:
    """Build the page."""
    language, sections = edition.language, tuple(_sections(edition))
    return BlockedPage(
        title=language("blocked_page.title"),
        lead=language("blocked_page.lead"),
        notices=notices(edition),
        empty="" if edition.assessments else language("pipeline.none"),
        totals=totals(sections),
        sections=sections,
        definition=language("blocked_page.definition", n=STILL),
    )


def waiting(edition: Edition) -> tuple[Assessment, ...]:
    """List the contacts that wait: blocked today, or on hold until a day that is still to come or to be named."""
    return (*_blocked_now(edition), *_on_hold(edition))


def standing_still(edition: Edition) -> tuple[Assessment, ...]:
    """List the active contacts that nothing keeps and for which nothing was clarified or decided for long."""
    found = (
        a
        for a in edition.assessments
        if a.status.kind is Kind.ACTIVE and not a.is_blocked and (edition.day - _last_change(a)).days >= STILL
    )
    return tuple(sorted(found, key=_last_change))


def narrowed(edition: Edition) -> tuple[Narrowed, ...]:
    """Give the lists of which the page shows the beginning."""
    return narrowed_sections(edition, edition.once(_lists))


def _lists(edition: Edition) -> Mapping[str, tuple[Assessment, ...]]:
    return {
        "blocked_page.blocked": _blocked_now(edition),
        "blocked_page.held": _on_hold(edition),
        "blocked_page.over": _no_longer_blocked(edition),
        "blocked_page.still": standing_still(edition),
    }


def _sections(edition: Edition) -> Iterator[Section]:
    for (key, found), line_of in zip(edition.once(_lists).items(), (_blocked, _held, _over, _still), strict=True):
        yield section(edition, BLOCKED, key, found, line_of)


def _blocked_now(edition: Edition) -> tuple[Assessment, ...]:
    found = (a for a in edition.assessments if a.status.kind is Kind.ACTIVE and a.is_blocked)
    return tuple(sorted(found, key=lambda a: _until(a) or date.max))


def _on_hold(edition: Edition) -> tuple[Assessment, ...]:
    held = (a for a in edition.assessments if a.status.kind is Kind.HOLD)
    found = (a for a in held if a.contact.revisit is None or a.contact.revisit > edition.day)
    return tuple(sorted(found, key=lambda a: a.contact.revisit or date.max))


def _no_longer_blocked(edition: Edition) -> tuple[Assessment, ...]:
    active = (a for a in edition.assessments if a.status.kind is Kind.ACTIVE)
    found = ((a, day) for a in active if (day := _until(a)) is not None and day < edition.day)
    return tuple(a for a, _ in sorted(found, key=lambda pair: pair[1]))


def _until(assessment: Assessment) -> date | None:
    blocked = assessment.contact.blocked
    return blocked.until if blocked else None


def _last_change(assessment: Assessment) -> date:
    return max([assessment.why_here.since, *(answer.day for answer in _answers(assessment))])


def _answers(assessment: Assessment) -> list[Answer]:
    answers = (answer for answers in assessment.contact.criteria.values() for answer in answers)
    return [answer for answer in answers if answer.day <= assessment.day]


def _blocked(edition: Edition, assessment: Assessment) -> Line:
    by, began = _by(edition, assessment.contact.blocked)
    when = due(edition, _until(assessment))
    return line(edition, BLOCKED, assessment, when, text=by, note=began, marked=assessment.verdict is not Verdict.WAIT)


def _by(edition: Edition, blocked: Blocked | None) -> tuple[str, str]:
    if blocked is None:
        return "", ""
    return bare(blocked.by), edition.language("blocked_page.since", since=since_text(edition, blocked.since))


def _held(edition: Edition, assessment: Assessment) -> Line:
    when = due(edition, assessment.contact.revisit)
    return put_off(edition, BLOCKED, assessment, when, marked=assessment.verdict is not Verdict.WAIT)


def _over(edition: Edition, assessment: Assessment) -> Line:
    by, began = _by(edition, assessment.contact.blocked)
    free = next_day(_until(assessment) or edition.day)
    return line(edition, BLOCKED, assessment, since(edition, free), text=by, note=began, marked=True)


def _still(edition: Edition, assessment: Assessment) -> Line:
    lacking = first_missing(edition, assessment)
    return line(
        edition,
        BLOCKED,
        assessment,
        since(edition, _last_change(assessment)),
        text=_last_clarified(edition, assessment),
        note=edition.language("reason.missing_condition", text=lacking) if lacking else "",
        marked=True,
    )


def _last_clarified(edition: Edition, assessment: Assessment) -> str:
    """Tell what was clarified last, and when; of many criteria on that day the first few."""
    language, answers = edition.language, _answers(assessment)
    if not answers:
        return language("blocked_page.nothing_clarified")
    last = max(answer.day for answer in answers)
    latest = {answer.criterion: answer for answer in answers if answer.day == last}
    told = [_told(edition, answer) for answer in latest.values()]
    rest = len(told) - _NAMED
    if rest > 0:
        told = [*told[:_NAMED], language.count("missing_page.further", rest)]
    day = language.short_day(last, edition.day)
    return language("blocked_page.last_clarified", day=day, criteria=language.enumerate(told))


def _told(edition: Edition, answer: Answer) -> str:
    state = edition.state(State.MET if answer.met else State.NOT_MET)
    return edition.language("blocked_page.answer", criterion=edition.criterion(answer.criterion), state=state)
