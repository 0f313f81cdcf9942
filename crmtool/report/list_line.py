"""A contact as a row of the list of all contacts; a long list has pages, of which a script makes one list again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment
from crmtool.report.edition import Edition
from crmtool.report.links import contact_page
from crmtool.report.marks import Mark, contact_mark

PAGE = 500
"""How many contacts a page of the list shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a row says; what does not apply is empty. `url` is the contact's page as seen from the site's root."""

    url: str
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


def page_count(edition: Edition) -> int:
    """Tell how many pages the list has, at least one."""
    return max(1, -(-len(edition.assessments) // PAGE))


def list_line(edition: Edition, assessment: Assessment) -> Line:
    """Build the row of a contact."""
    contact, language, since = assessment.contact, edition.language, assessment.why_here.since
    is_open = assessment.status.is_undecided
    return Line(
        url=edition.links.url(contact_page(contact.id)),
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
    )
