"""The workspace as of a day, judged, for commands that look at it; and contacts as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from crmtool.app import look
from crmtool.assessment import Assessment
from crmtool.cli.session import Session
from crmtool.cli.terminal import Column, cell, grid, is_narrow, sign, stacked
from crmtool.cli.waiting import waiting
from crmtool.report.edition import Edition
from crmtool.report.marks import contact_mark
from crmtool.report.reasons import first_missing
from crmtool.text import visible

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_COLUMNS = (Column(), Column(), Column(share=3, breaks=True), Column(), Column(share=2, breaks=True))
_WIDE, _MIDDLING = 150, 100


def judged(session: Session, day: date) -> Edition:
    """Judge every contact as of a day; which ones have errors is told on standard error."""
    with waiting(session, "judging"):
        edition = look.judge(session.root(), day)
    notice = left_out(edition.unjudged)
    if notice:
        click.echo(notice, err=True)
    return edition


def judged_one(session: Session, contact: str, day: date) -> tuple[Edition, Assessment]:
    """Judge the contact that is meant as of a day; raises CrmtoolError where it cannot be judged."""
    with waiting(session, "judging"):
        return look.find_judged(session.root(), contact, day, session.start)


def left_out(unjudged: Sequence[str]) -> str:
    """Name the contacts that could not be judged, by their paths; empty where all could."""
    if not unjudged:
        return ""
    named = ", ".join(unjudged[:3]) + (", …" if len(unjudged) > 3 else "")
    return f"left out, since they have errors: {visible(named)}; `crmtool check` tells them"


def nobody_yet(edition: Edition) -> str:
    """Tell that no contact existed on the day; empty where one did."""
    return "" if edition.assessments else f"No contact exists as of {edition.day}: none had entered by then."


def contact_table(edition: Edition, found: Sequence[Assessment]) -> Table:
    """Make a table of contacts: mark, id, name, days in its status, what is missing first."""
    rows = [_row(edition, assessment) for assessment in found]
    if not is_narrow(_WIDE):
        return grid(_COLUMNS, rows)
    if not is_narrow(_MIDDLING):  # an id tells the organization, too
        names = (cell(assessment.contact.name) for assessment in found)
        return grid(
            _COLUMNS,
            [(mark, id, name, days, missing) for name, (mark, id, _, days, missing) in zip(names, rows, strict=True)],
        )
    gap = cell("  ")
    return stacked(
        [(mark, gap.join((title, id)), gap.join((days, missing))) for mark, id, title, days, missing in rows]
    )


def _row(edition: Edition, assessment: Assessment) -> tuple[Text, Text, Text, Text, Text]:
    missing = first_missing(edition, assessment)
    return (
        sign(contact_mark(assessment, edition.language)),
        cell(assessment.contact.id, "dim"),
        cell(assessment.contact.title),
        cell(f"{assessment.why_here.days} d"),
        cell(f"{assessment.distance} missing: {missing}" if missing else ""),
    )
