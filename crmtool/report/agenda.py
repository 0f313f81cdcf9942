"""What lists of contacts by date share: a line, a section of lines, and how far ahead they look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from crmtool.assessment import Assessment
from crmtool.contact import Contact
from crmtool.report.edition import Edition
from crmtool.report.links import contact_page
from crmtool.report.marks import Mark, verdict_mark
from crmtool.report.narrowing import SHOWN, More, Narrowed, more, narrowed
from crmtool.report.sentences import bare

AHEAD = 30
"""How many days ahead what falls due is listed one by one; what comes later is counted."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A contact as a link."""

    href: str
    organization: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day and how far off it is; `day` is None and `text` says so where there is none."""

    day: date | None
    text: str
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A contact on one line: what matters, a smaller remark to it, when, and where it stands.

    `mark` is its verdict where the section alone does not say it.
    """

    who: Who
    text: str
    note: str
    when: When
    status: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The first lines under a heading, and how many `more` there are.

    `total` follows their `number` in a sum, `later` tells what is too far off to be listed.
    """

    name: str
    title: str
    question: str
    number: int
    total: str
    lines: tuple[Line, ...]
    more: More | None
    empty: str
    later: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How much stands in a section of the page; `name` is where that begins."""

    name: str
    number: int
    text: str


def totals(sections: Iterable[Section]) -> tuple[Total, ...]:
    """Sum up sections."""
    return tuple(Total(name=each.name, number=each.number, text=each.total) for each in sections)


def section(
    edition: Edition,
    page: str,
    key: str,
    found: Sequence[_T],
    line_of: Callable[[Edition, _T], Line],
    *,
    later: str = "",
) -> Section:
    """Build a section with the words that the catalogue has for it; `{n}` in them is how many days ahead it looks.

    Of what was found the first are listed, each by its line.
    """
    language, name = edition.language, section_name(key)
    return Section(
        name=name,
        title=language(key),
        question=language(f"{key}.question", n=AHEAD),
        number=len(found),
        total=language.count(f"{key}.total", len(found)),
        lines=tuple(line_of(edition, each) for each in found[:SHOWN]),
        more=more(edition, page, len(found) - SHOWN, list=name),
        empty="" if found else language(f"{key}.empty", n=AHEAD),
        later=later,
    )


def section_name(key: str) -> str:
    """Tell what a section is called in addresses."""
    return key.rpartition(".")[2]


def narrowed_sections(edition: Edition, lists: Mapping[str, Sequence[Assessment]]) -> tuple[Narrowed, ...]:
    """Give what sections show the beginning of, by the sections' keys."""
    labels = {key: f"{edition.language(key.partition('.')[0])}: {edition.language(key)}" for key in lists}
    return tuple(
        found for key, contacts in lists.items() for found in narrowed(section_name(key), labels[key], contacts)
    )


def line(
    edition: Edition, page: str, assessment: Assessment, when: When, *, text: str, note: str = "", marked: bool = False
) -> Line:
    """Build the line of a contact on a page."""
    age = edition.language.count("days_short", assessment.why_here.days)
    return Line(
        who=who(edition, page, assessment.contact),
        text=text,
        note=note,
        when=when,
        status=f"{assessment.status.label}, {age}",
        mark=verdict_mark(assessment.verdict, edition.language) if marked else None,
    )


def put_off(edition: Edition, page: str, assessment: Assessment, when: When, *, marked: bool = False) -> Line:
    """Build the line of a contact on hold: why it was put off, and for which reason."""
    decision = assessment.why_here.decision
    note = edition.reason(decision.to, decision.reason) if decision.reason else ""
    return line(edition, page, assessment, when, text=bare(decision.because), note=note, marked=marked)


def who(edition: Edition, page: str, contact: Contact) -> Who:
    """Name a contact as a page links to it."""
    href = edition.links.link(page, contact_page(contact.id))
    return Who(href=href, organization=contact.text("organization"), name=contact.name)


def due(edition: Edition, day: date | None) -> When:
    """Tell by when something is due and how far off that is; that no day is set is told as what is amiss."""
    language = edition.language
    if day is None:
        return When(day=None, text=language("when.open_end"), late=True)
    is_past, days = day < edition.day, abs((day - edition.day).days)
    distance = language.ago(days) if is_past else language.ahead(days)
    # A narrow column parts the line before the distance, not within it.
    distance = distance.replace(" ", "\u00a0")
    text = language("agenda.due", day=language.short_day(day, edition.day), distance=distance)
    return When(day=day, text=text, late=is_past)


def since(edition: Edition, day: date) -> When:
    """Tell since when something has been so that should not be."""
    return When(day=day, text=since_text(edition, day), late=True)


def since_text(edition: Edition, day: date) -> str:
    """Tell since when and for how many days something has been so."""
    language, days = edition.language, (edition.day - day).days
    if days <= 0:
        return language("since_today")
    return language("agenda.since", day=language.short_day(day, edition.day), days=language.count("days", days))


def ahead(edition: Edition, items: Iterable[_T], day_of: Callable[[_T], date]) -> tuple[list[_T], str]:
    """Part what falls due into what does soon, the soonest first, and words for how much follows later."""
    coming = sorted(items, key=day_of)
    near = [item for item in coming if (day_of(item) - edition.day).days <= AHEAD]
    far = coming[len(near) :]
    if not far:
        return near, ""
    return near, edition.language.count("agenda.later", len(far), day=edition.language.day(day_of(far[0])))
