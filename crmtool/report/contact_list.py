"""All contacts in one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment
from crmtool.report.edition import Edition
from crmtool.report.links import CONTACTS, contact_page
from crmtool.report.marks import Mark, contact_mark
from crmtool.report.notices import Notice, notices


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A contact as a row of the table; what does not apply is empty."""

    href: str
    organization: str
    name: str
    mark: Mark
    status: str
    since: date
    since_text: str
    left: str
    clarity: str
    value: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactList:
    """The table of all contacts."""

    title: str
    lead: str
    notices: tuple[Notice, ...]
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
        lines=tuple(_line(edition, assessment) for assessment in edition.assessments),
        count=language.count("contacts", len(edition.assessments)),
        empty="" if edition.assessments else language("contacts_page.none"),
    )


def _line(edition: Edition, assessment: Assessment) -> Line:
    contact, language, since = assessment.contact, edition.language, assessment.why_here.since
    is_open = assessment.status.is_undecided
    return Line(
        href=edition.links.link(CONTACTS, contact_page(contact.id)),
        organization=contact.text("organization"),
        name=contact.name,
        mark=contact_mark(assessment, language),
        status=assessment.status.label,
        since=since,
        since_text=language.day(since),
        left=language.number(assessment.distance) if is_open and assessment.distance is not None else "",
        clarity=language.percent(assessment.clarity) if is_open and assessment.clarity is not None else "",
        value=language.money(contact.value, edition.rulebook.currency) if contact.value else "",
        owner=contact.text("owner"),
    )
