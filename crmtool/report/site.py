"""All pages of the report site: what an engine puts on disk, in whatever frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from crmtool.report.blocked import blocked
from crmtool.report.contact.page import contact_report
from crmtool.report.contact_list import contact_list, list_page
from crmtool.report.decisions import decisions
from crmtool.report.edition import Edition
from crmtool.report.focus import focus
from crmtool.report.links import (
    BLOCKED,
    CONTACTS,
    DECISIONS,
    FOCUS,
    MISSING,
    PIPELINE,
    PROGRESS,
    RULES,
    STOP,
    contact_page,
)
from crmtool.report.list_line import page_count
from crmtool.report.missing import missing
from crmtool.report.pipeline import pipeline
from crmtool.report.progress.page import progress_page
from crmtool.report.render import render
from crmtool.report.rules.page import rules
from crmtool.report.stop import stop
from crmtool.text import printable

_REPORTS: tuple[tuple[str, str, str, Callable[[Edition], object]], ...] = (
    (FOCUS, "focus", "focus", focus),
    (PIPELINE, "pipeline", "pipeline", pipeline),
    (DECISIONS, "decisions_page", "decisions", decisions),
    (MISSING, "missing_page", "missing", missing),
    (BLOCKED, "blocked_page", "blocked", blocked),
    (STOP, "stop_page", "stop", stop),
    (PROGRESS, "progress", "progress", progress_page),
    (RULES, "rules", "rules", rules),
    (CONTACTS, "contacts_page", "contacts", contact_list),
)
"""Name, title (a key of the catalogue), template and model of each report, in the order of the top bar.

The rule book does not stand in the bar: each page's foot links to it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that is made when it is asked for; `name` is its path below the site's root, without a suffix.

    A later page of a long report is a `part_of` that report and has no place of its own in any navigation.
    """

    name: str
    title: str
    html: Callable[[], str]
    part_of: str = ""


def reports(edition: Edition) -> Iterator[Page]:
    """Give the reports, in the order of the top bar, then the further pages of the list of contacts."""
    for name, title, template, build in _REPORTS:
        yield Page(name=name, title=edition.language(title), html=partial(_report, edition, template, build))
    for number in range(2, page_count(edition) + 1):
        html = partial(_report, edition, "contacts", partial(contact_list, number=number))
        yield Page(name=list_page(number), title=_list_title(edition, number), html=html, part_of=CONTACTS)


def contact_pages(edition: Edition) -> Iterator[Page]:
    """Give the page of each contact, in the order of attention."""
    return (contact_at(edition, rank) for rank in range(len(edition.assessments)))


def contact_at(edition: Edition, rank: int) -> Page:
    """Give the page of the contact at a rank in the order of attention, from 0."""
    contact = edition.assessments[rank].contact
    html = partial(contact_html, edition, rank)
    return Page(name=contact_page(contact.id), title=printable(contact.title), html=html)


def contact_html(edition: Edition, rank: int, meant: set[str] | None = None) -> str:
    """Give the content of the page of the contact at a rank; the ids that its notes link to are added to `meant`."""
    return render("contact", edition.language, contact_report(edition, rank, meant))


def _report(edition: Edition, template: str, build: Callable[[Edition], object]) -> str:
    return render(template, edition.language, build(edition))


def _list_title(edition: Edition, number: int) -> str:
    return edition.language("contacts_page.page.title", n=edition.language.number(number))
