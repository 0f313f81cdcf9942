"""The workspace as of a day, judged, for commands that look at it; and contacts as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from crmtool.app import look
from crmtool.assessment import Assessment
from crmtool.cli import completing
from crmtool.cli.dates import as_of, at_option
from crmtool.cli.session import Command, Session
from crmtool.cli.terminal import Column, cell, grid, is_narrow, sign, stacked
from crmtool.cli.waiting import waiting
from crmtool.formats.as_json import dumps
from crmtool.report.edition import Edition
from crmtool.report.marks import contact_mark
from crmtool.report.reasons import first_missing
from crmtool.text import visible

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_COLUMNS = (Column(), Column(), Column(share=3, breaks=True), Column(), Column(share=2, breaks=True))
_WIDE, _MIDDLING = 150, 100


def rev_option(command: Command) -> Command:
    """Give a command `--rev`: the revision whose files it looks at."""
    told = "Look at the files of a Git revision, its rule book among them, as of its day."
    return click.option("--rev", metavar="REV", shell_complete=completing.revisions, help=told)(command)


def view_options(command: Command) -> Command:
    """Give a command the options that say what it looks at, --at and --rev, which `view_of` takes."""
    return at_option(rev_option(command))


def view_of(session: Session, at: str | None = None, rev: str | None = None) -> look.View:
    """Give what is to be looked at: as of today, if nothing is said, but a revision as of the day of its commit."""
    root = session.root()
    if rev is None:
        return look.View(root=root, day=as_of(session, at))
    from crmtool.app.revisions import find_revision

    revision = find_revision(root, rev)
    day = min(revision.day, session.today()) if at is None else as_of(session, at)
    return look.View(root=root, day=day, revision=revision)


def judged(session: Session, view: look.View) -> Edition:
    """Judge every contact; which ones have errors is told on standard error."""
    with waiting(session, "judging"):
        edition = look.judge(view)
    notice = left_out(edition.unjudged, view)
    if notice:
        click.echo(notice, err=True)
    return edition


def judged_one(session: Session, contact: str, view: look.View) -> tuple[Edition, Assessment]:
    """Judge the contact that is meant; raises CrmtoolError where it cannot be judged."""
    with waiting(session, "judging"):
        return look.find_judged(view, contact, session.start)


def left_out(unjudged: Sequence[str], view: look.View | None = None) -> str:
    """Name the contacts that could not be judged, by their paths; empty where all could."""
    if not unjudged:
        return ""
    named = ", ".join(unjudged[:3]) + (", …" if len(unjudged) > 3 else "")
    if view and view.revision:
        return f"left out, since they have errors{view.within}: {visible(named)}"
    return f"left out, since they have errors: {visible(named)}; `crmtool check` tells them"


def show_json(view: look.View, values: dict[str, Any]) -> None:
    """Print values as JSON, with the id of the commit where the files of a revision were looked at."""
    rev = {"rev": view.revision.id} if view.revision else {}
    click.echo(dumps({"version": values["version"], **rev, **values}))


def revision_line(view: look.View) -> tuple[Text, ...]:
    """Make the line above what has no head of its own; none for the files on the disk."""
    return (cell(f"as of {view.when}", "dim"),) if view.revision else ()


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
        cell(f"{assessment.why_here.days}\u00a0d"),
        cell(f"{assessment.distance} missing: {missing}" if missing else ""),
    )
