"""Whose data are due for erasure: a quiet section below the first page, and a few words on the contact's own."""

from __future__ import annotations

from dataclasses import dataclass

from crmtool.assessment import Assessment
from crmtool.contact import is_erased
from crmtool.report.agenda import Line, Section, When, line, since_text
from crmtool.report.edition import Edition
from crmtool.report.links import FOCUS
from crmtool.report.narrowing import Narrowed, more, narrowed
from crmtool.retention import Erasure, due_erasures, erasure_of

NAME = "erasure"
SHOWN = 20
"""How many the first page names; the rest are counted, and stand on the list of contacts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNotice:
    """A sentence that says since when data are due for erasure, and what to type."""

    text: str
    command: str


def erasure_section(edition: Edition) -> Section | None:
    """Build the section; None where nobody is due."""
    found, kept, language = edition.once(_due), edition.rulebook.retention, edition.language
    if not found or kept is None:
        return None
    return Section(
        name=NAME,
        title=language("erasure"),
        question=language("erasure.question", duration=language.duration(kept)),
        number=len(found),
        total="",
        lines=tuple(_line(edition, erasure) for erasure in found[:SHOWN]),
        more=more(edition, FOCUS, len(found) - SHOWN, list=NAME),
        empty="",
    )


def narrowed_erasures(edition: Edition) -> tuple[Narrowed, ...]:
    """Give the list of which the section shows the beginning."""
    due = [erasure.assessment for erasure in edition.once(_due)]
    return narrowed(NAME, edition.language("erasure"), due, SHOWN)


def tell_erasure(edition: Edition, assessment: Assessment) -> str:
    """Tell since when or from when on a contact's data are to be erased, or that they were; empty for others."""
    language, erasure = edition.language, erasure_of(assessment, edition.rulebook)
    if erasure is not None:
        return language("erasure.since" if erasure.is_due else "erasure.from", day=language.day(erasure.due))
    return language("erasure.done") if is_erased(assessment.contact) else ""


def due_notice(edition: Edition, assessment: Assessment) -> DueNotice | None:
    """Tell that a contact's data are due for erasure; None where they are not."""
    language, erasure = edition.language, erasure_of(assessment, edition.rulebook)
    if erasure is None or not erasure.is_due:
        return None
    return DueNotice(text=language("erasure.due", day=language.day(erasure.due)), command=erasure.command)


def _due(edition: Edition) -> tuple[Erasure, ...]:
    return due_erasures(edition.assessments, edition.rulebook)


def _line(edition: Edition, erasure: Erasure) -> Line:
    language, assessment = edition.language, erasure.assessment
    owner = language("erasure.owner", owner=erasure.owner) if erasure.owner else language("erasure.no_owner")
    # Not told as late: it matters, but no contact waits for it.
    when = When(day=erasure.due, text=since_text(edition, erasure.due))
    return line(edition, FOCUS, assessment, when, text=owner)
