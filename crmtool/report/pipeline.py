"""Pipeline: a column a status, with what it asks and what its contacts lack."""

from __future__ import annotations

from dataclasses import dataclass

from crmtool.assessment import Assessment
from crmtool.progress.measures import Spread
from crmtool.report.age_bar import AgeBar, age_bar
from crmtool.report.edition import Edition
from crmtool.report.links import PIPELINE, contact_page
from crmtool.report.marks import Mark, contact_mark
from crmtool.report.narrowing import More, more
from crmtool.report.notices import Notice, notices
from crmtool.report.reasons import first_missing, reason
from crmtool.rulebook import Kind, Status

SHOWN = 25
"""How many cards a column shows; the rest are counted, and stand on the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A contact in its column."""

    href: str
    organization: str
    name: str
    mark: Mark
    left: str
    note: str
    age: AgeBar | None
    since: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A status with its contacts, those that need attention first; `narrow` for what is decided."""

    name: str
    label: str
    meaning: str
    question: str
    count: str
    over: str
    median: str
    narrow: bool
    cards: tuple[Card, ...]
    more: More | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """The board."""

    title: str
    lead: str
    notices: tuple[Notice, ...]
    columns: tuple[Column, ...]
    empty: str


def pipeline(edition: Edition) -> Pipeline:
    """Build the board: the rule book's order, but what is decided last."""
    language = edition.language
    ordered = sorted(edition.rulebook.statuses.values(), key=lambda status: not status.is_undecided)
    return Pipeline(
        title=language("pipeline.title"),
        lead=language("pipeline.lead"),
        notices=notices(edition),
        columns=tuple(_column(edition, status) for status in ordered),
        empty="" if edition.assessments else language("pipeline.none"),
    )


def _column(edition: Edition, status: Status) -> Column:
    language = edition.language
    here = [assessment for assessment in edition.assessments if assessment.status.id == status.id]
    if not status.is_undecided:
        here.sort(key=lambda assessment: assessment.why_here.since, reverse=True)
    number = language.number(len(here))
    limit = language.number(status.limit) if status.limit else ""
    return Column(
        name=status.kind.value,
        label=status.label,
        meaning=status.meaning,
        question=status.asks or "",
        count=language("pipeline.count", n=number, limit=limit) if limit else number,
        over=language("pipeline.over") if status.limit and len(here) > status.limit else "",
        median=_median(edition, here) if status.is_undecided else "",
        narrow=not status.is_undecided,
        cards=tuple(_card(edition, assessment) for assessment in here[:SHOWN]),
        more=more(edition, PIPELINE, len(here) - SHOWN, status=status.id),
    )


def _median(edition: Edition, here: list[Assessment]) -> str:
    ages = Spread.of(assessment.why_here.days for assessment in here)
    if ages.median is None or not ages.is_enough:
        return ""
    language = edition.language
    return language("pipeline.median", days=language.count("days", ages.median))


def _card(edition: Edition, assessment: Assessment) -> Card:
    contact, language = assessment.contact, edition.language
    decision = assessment.why_here.decision
    return Card(
        href=edition.links.link(PIPELINE, contact_page(contact.id)),
        organization=contact.text("organization"),
        name=contact.name,
        mark=contact_mark(assessment, language),
        left=_left(edition, assessment),
        note=_note(edition, assessment),
        age=age_bar(edition, assessment),
        since=language.short_day(assessment.why_here.since, edition.day),
        reason=edition.reason(decision.to, decision.reason) if decision.reason else "",
    )


def _note(edition: Edition, assessment: Assessment) -> str:
    """Tell what is missing first; of a contact on hold, until when."""
    on_hold = assessment.status.kind is Kind.HOLD
    return reason(edition, assessment).when if on_hold else first_missing(edition, assessment)


def _left(edition: Edition, assessment: Assessment) -> str:
    if assessment.distance is None or not assessment.status.is_undecided:
        return ""
    if assessment.distance == 0:
        return edition.language("pipeline.ready")
    return edition.language("pipeline.left", n=edition.language.number(assessment.distance))
