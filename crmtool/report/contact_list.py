"""All contacts in one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment
from crmtool.contact import folded
from crmtool.report.edition import Edition
from crmtool.report.links import CONTACTS, contact_page
from crmtool.report.marks import Mark, contact_mark
from crmtool.report.notices import Notice, notices
from crmtool.report.search import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A contact as a row of the table; what does not apply is empty."""

    href: str
    organization: str
    name: str
    mark: Mark
    status: str
    status_id: str
    status_rank: int
    since: date
    since_text: str
    left: str
    clarity: str
    clarity_share: float | None
    value: str
    value_number: float
    owner: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A list to narrow the table by: `name` is the attribute of its lines, `options` are values with their labels."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactList:
    """The table of all contacts, and what it can be narrowed to."""

    title: str
    lead: str
    notices: tuple[Notice, ...]
    choices: tuple[Choice, ...]
    lines: tuple[Line, ...]
    count: str
    empty: str


def contact_list(edition: Edition) -> ContactList:
    """Build the table, in the order of attention."""
    language = edition.language
    return ContactList(
        title=language("contacts_page.title"),
        lead=language("contacts_page.lead"),
        notices=notices(edition),
        choices=tuple(choice for choice in _choices(edition) if len(choice.options) > 1),
        lines=tuple(_line(edition, assessment) for assessment in edition.assessments),
        count=language.count("contacts", len(edition.assessments)),
        empty="" if edition.assessments else language("contacts_page.none"),
    )


def _choices(edition: Edition) -> Iterator[Choice]:
    language = edition.language
    marks = (contact_mark(assessment, language) for assessment in edition.assessments)
    verdicts = {mark.name: f"{mark.sign} {mark.word}" for mark in marks}
    yield Choice(name="verdict", label=language("column.verdict"), options=tuple(verdicts.items()))
    used = {assessment.status.id for assessment in edition.assessments}
    statuses = tuple((id, status.label) for id, status in edition.rulebook.statuses.items() if id in used)
    yield Choice(name="status", label=language("column.status"), options=statuses)
    owners = sorted({owner for a in edition.assessments if (owner := a.contact.text("owner"))}, key=folded)
    yield Choice(name="owner", label=language("column.owner"), options=tuple((owner, owner) for owner in owners))


def _line(edition: Edition, assessment: Assessment) -> Line:
    contact, language, since = assessment.contact, edition.language, assessment.why_here.since
    is_open = assessment.status.is_undecided
    return Line(
        href=edition.links.link(CONTACTS, contact_page(contact.id)),
        organization=contact.text("organization"),
        name=contact.name,
        mark=contact_mark(assessment, language),
        status=assessment.status.label,
        status_id=assessment.status.id,
        status_rank=assessment.status.order,
        since=since,
        since_text=language.day(since),
        left=language.number(assessment.distance) if is_open and assessment.distance is not None else "",
        clarity=language.percent(assessment.clarity) if is_open and assessment.clarity is not None else "",
        clarity_share=assessment.clarity if is_open else None,
        value=language.money(contact.value, edition.rulebook.currency) if contact.value else "",
        value_number=contact.value,
        owner=contact.text("owner"),
        words=words(edition, assessment),
    )
