"""All contacts in one table; where they are many, on several pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmtool.assessment import Assessment
from crmtool.contact import folded
from crmtool.report.edition import Edition
from crmtool.report.links import CONTACTS, DATA
from crmtool.report.list_line import PAGE, Line, list_line, page_count
from crmtool.report.lists import lists, lists_of
from crmtool.report.marks import contact_mark
from crmtool.report.notices import Notice, notices
from crmtool.report.search import SCRIPT, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A contact's line with the address of its page, what it is found by, and the lists in which it stands."""

    line: Line
    href: str
    words: str
    lists: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A list to narrow the table by: `name` is the attribute of its lines, `options` are values with their labels."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A page of the list: its number, and its address as seen from the one at hand, which is empty for that itself."""

    number: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What a script needs to make one list of all pages: where it reads the contacts, the way to the site's root."""

    script: str
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactList:
    """A page of the table of all contacts, and what it can be narrowed to; `before` are how many stand on others.

    `data` is the address of all contacts as JSON; empty where the site does not offer that.
    """

    title: str
    lead: str
    notices: tuple[Notice, ...]
    choices: tuple[Choice, ...]
    before: int
    rows: tuple[Row, ...]
    count: str
    pages: tuple[ListPage, ...]
    whole: Whole | None
    data: str
    empty: str


def list_page(number: int) -> str:
    """Name a page of the list, from 1."""
    return CONTACTS if number == 1 else f"{CONTACTS}-{number}"


def contact_list(edition: Edition, number: int = 1) -> ContactList:
    """Build a page of the table, in the order of attention."""
    language, page, before = edition.language, list_page(number), (number - 1) * PAGE
    shown = edition.assessments[before : before + PAGE]
    is_long = page_count(edition) > 1
    return ContactList(
        title=language("contacts_page.title"),
        lead=language("contacts_page.lead"),
        notices=notices(edition),
        choices=edition.once(_choices),
        before=before,
        rows=tuple(_row(edition, page, assessment) for assessment in shown),
        count=_count(edition, before + 1, before + len(shown)) if is_long else _all(edition),
        pages=tuple(_pages(edition, number)) if is_long else (),
        whole=_whole(edition, page) if is_long else None,
        data=edition.links.file(page, DATA),
        empty="" if edition.assessments else language("contacts_page.none"),
    )


def _row(edition: Edition, page: str, assessment: Assessment) -> Row:
    line = list_line(edition, assessment)
    href = edition.links.upwards(page) + line.url
    found = lists_of(edition).get(assessment.contact.id, "")
    return Row(line=line, href=href, words=words(edition, assessment), lists=found)


def _all(edition: Edition) -> str:
    return edition.language.count("contacts", len(edition.assessments))


def _count(edition: Edition, first: int, last: int) -> str:
    language = edition.language
    return language("contacts_page.part", all=_all(edition), first=language.number(first), last=language.number(last))


def _pages(edition: Edition, here: int) -> Iterator[ListPage]:
    for number in range(1, page_count(edition) + 1):
        href = "" if number == here else edition.links.link(list_page(here), list_page(number))
        yield ListPage(number=edition.language.number(number), href=href)


def _whole(edition: Edition, page: str) -> Whole:
    root = edition.links.upwards(page)
    return Whole(script=root + SCRIPT, root=root)


def _choices(edition: Edition) -> tuple[Choice, ...]:
    return tuple(choice for choice in _all_choices(edition) if len(choice.options) > 1 or choice.name == "list")


def _all_choices(edition: Edition) -> Iterator[Choice]:
    language = edition.language
    marks = (contact_mark(assessment, language) for assessment in edition.assessments)
    verdicts = {mark.name: f"{mark.sign} {mark.word}" for mark in marks}
    yield Choice(name="verdict", label=language("column.verdict"), options=tuple(verdicts.items()))
    used = {assessment.status.id for assessment in edition.assessments}
    statuses = tuple((id, status.label) for id, status in edition.rulebook.statuses.items() if id in used)
    yield Choice(name="status", label=language("column.status"), options=statuses)
    owners = sorted({owner for a in edition.assessments if (owner := a.contact.text("owner"))}, key=folded)
    yield Choice(name="owner", label=language("column.owner"), options=tuple((owner, owner) for owner in owners))
    if cut := lists(edition):
        yield Choice(name="list", label=language("filter.list"), options=tuple((each.name, each.label) for each in cut))
