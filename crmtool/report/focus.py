"""Focus: what deserves attention today, in order, each with its one reason."""

from __future__ import annotations

from dataclasses import dataclass

from crmtool.assessment import Assessment, Verdict
from crmtool.days import next_day
from crmtool.report.agenda import Section
from crmtool.report.edition import Edition
from crmtool.report.erasures import erasure_section
from crmtool.report.links import FOCUS, contact_page
from crmtool.report.marks import Mark, verdict_mark
from crmtool.report.narrowing import SHOWN, More, Narrowed, more, narrowed
from crmtool.report.notices import Notice, notices
from crmtool.report.reasons import Reason, reason
from crmtool.report.week import Week, week

NAMED = 20
"""How many contacts each figure of the week names."""
_GROUPS = (Verdict.STOP, Verdict.DECIDE, Verdict.PLAN, Verdict.CLARIFY, Verdict.WAIT)
_TOLD_WHEN_EMPTY = (Verdict.STOP, Verdict.DECIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One contact on one line."""

    href: str
    organization: str
    name: str
    reason: Reason
    status: str
    age: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The first contacts of one verdict under the question that it asks, and how many `more` there are.

    `number` counts them all, `empty` tells what their absence means.
    """

    mark: Mark
    question: str
    total: str
    number: int
    rows: tuple[Row, ...]
    more: More | None
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A contact as a link."""

    href: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure of the week: its number, its unit, and whom it counts: the first of them, and how many `more`."""

    name: str
    number: str
    unit: str
    detail: str
    people: tuple[Person, ...]
    more: More | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """The first page; `erasures` is None where nobody's data are due for erasure."""

    title: str
    lead: str
    notices: tuple[Notice, ...]
    groups: tuple[Group, ...]
    empty: str
    changes_span: str
    changes: tuple[Change, ...]
    erasures: Section | None


def focus(edition: Edition) -> Focus:
    """Build the first page."""
    language, changed = edition.language, edition.once(week)
    span = language(
        "week.since", start=language.short_day(next_day(changed.start), edition.day), end=language.day(edition.day)
    )
    return Focus(
        title=language("focus.title"),
        lead=language("focus.lead"),
        notices=notices(edition),
        groups=tuple(_group(edition, verdict) for verdict in _GROUPS),
        empty=_empty(edition),
        changes_span=span,
        changes=() if changed.is_empty else _changes(edition, changed),
        erasures=erasure_section(edition),
    )


def narrowed_weeks(edition: Edition) -> tuple[Narrowed, ...]:
    """Give the lists of which the page names the first alone."""
    language, changed = edition.language, edition.once(week)
    decided = (*changed.yes, *changed.no)
    lists = (("closer", changed.closer), ("further", changed.further), ("decided", decided))
    labels = {name: f"{language('week.title')}: {language(f'week.{name}')}" for name, _ in lists}
    return tuple(found for name, people in lists for found in narrowed(name, labels[name], people, NAMED))


def _empty(edition: Edition) -> str:
    if edition.is_open or edition.unjudged:
        return ""
    return edition.language("focus.none" if edition.assessments else "pipeline.none")


def _group(edition: Edition, verdict: Verdict) -> Group:
    language, assessments = edition.language, edition.by_verdict[verdict]
    return Group(
        mark=verdict_mark(verdict, language),
        question=language(f"question.{verdict.value}"),
        total=language(f"total.{verdict.value}"),
        number=len(assessments),
        rows=tuple(_row(edition, assessment) for assessment in assessments[:SHOWN]),
        more=more(edition, FOCUS, len(assessments) - SHOWN, verdict=verdict.value),
        empty=language(f"empty.{verdict.value}") if verdict in _TOLD_WHEN_EMPTY and not assessments else "",
    )


def _row(edition: Edition, assessment: Assessment) -> Row:
    contact = assessment.contact
    return Row(
        href=edition.links.link(FOCUS, contact_page(contact.id)),
        organization=contact.text("organization"),
        name=contact.name,
        reason=reason(edition, assessment),
        status=assessment.status.label,
        age=edition.language.count("days_short", assessment.why_here.days),
    )


def _changes(edition: Edition, changed: Week) -> tuple[Change, ...]:
    language, decided = edition.language, (*changed.yes, *changed.no)
    yes_no = language.count(
        "week.yes_no", len(changed.yes), yes=language.number(len(changed.yes)), no=language.number(len(changed.no))
    )
    return (
        _change(edition, "closer", changed.closer),
        _change(edition, "further", changed.further),
        _change(edition, "decided", decided, yes_no if decided else ""),
        Change(
            name="clarified",
            number=language.number(changed.clarified),
            unit=language.count("week.clarified", changed.clarified),
            detail="",
            people=(),
            more=None,
        ),
    )


def _change(edition: Edition, name: str, assessments: tuple[Assessment, ...], detail: str = "") -> Change:
    language = edition.language
    people = (
        Person(href=edition.links.link(FOCUS, contact_page(a.contact.id)), title=a.contact.title)
        for a in assessments[:NAMED]
    )
    return Change(
        name=name,
        number=language.number(len(assessments)),
        unit=language(f"week.{name}"),
        detail=detail,
        people=tuple(people),
        more=more(edition, FOCUS, len(assessments) - NAMED, list=name),
    )
