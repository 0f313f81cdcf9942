"""crmtool why and board: one contact, and the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crmtool.cli import completing
from crmtool.cli.judged import contact_table, judged, judged_one, revision_line, show_json, view_of, view_options
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.cli.terminal import Column, beside, cell, draw, grid, height, sign
from crmtool.formats import as_csv, assessment_json
from crmtool.report.answers import why_lines
from crmtool.report.edition import Edition
from crmtool.report.marks import contact_mark

if TYPE_CHECKING:
    from rich.console import RenderableType

_MOST = 25
"""As many as a column of the site's board shows."""


@click.command(cls=WordyCommand, short_help="Ask the four questions about a contact.")
@click.argument("contact", shell_complete=completing.contacts)
@view_options
@format_option("text", "json")
@common_options
@pass_session
def why(session: Session, contact: str, at: str | None, rev: str | None, form: str) -> None:
    """Ask the four questions about one contact: why here, what is missing, what next, when to stop.

    CONTACT is an id, a path, or a unique part of an id or a name.

    \b
    Example:
      crmtool why nordlicht/jana-koehler
      crmtool why jana --at 2026-11-01
      crmtool why jana --rev HEAD~10    by the files, and the rules, of then
    """
    view = view_of(session, at, rev)
    edition, assessment = judged_one(session, contact, view)
    if form == "json":
        show_json(view, assessment_json.why(assessment))
        return
    title = beside(cell(assessment.contact.title, "bold"), "  ", cell(assessment.contact.id, "dim"))
    days = edition.language.count("days", assessment.why_here.days)
    mark = sign(contact_mark(assessment, edition.language))
    standing = beside(mark, cell(f" · {assessment.status.label} for {days}, as of {view.when}"))
    rows = [(cell(lead, "bold"), cell(line)) for lead, line in why_lines(edition, assessment)]
    table = grid((Column(), Column(share=1, breaks=True)), rows)
    draw(session, title, standing, table)


@click.command(short_help="See the pipeline.")
@view_options
@format_option("text", "json", "csv")
@common_options
@pass_session
def board(session: Session, at: str | None, rev: str | None, form: str) -> None:
    """See the pipeline: each status with what it asks, and its contacts in the order of attention.

    On a terminal the first 25 of each status; piped, all of them.

    \b
    Example:
      crmtool board
      crmtool board --at 3m             as it stood three months ago
    """
    view = view_of(session, at, rev)
    edition = judged(session, view)
    if form == "text":
        draw(session, *revision_line(view), *_columns(edition))
        return
    columns = assessment_json.board(edition.assessments, edition.rulebook, edition.day)
    if form == "json":
        show_json(view, columns)
    else:
        rows = [row for status in columns["statuses"] for row in status["contacts"]]
        click.echo(as_csv.render(assessment_json.ROW_KEYS, rows), nl=False)


def _columns(edition: Edition) -> list[RenderableType]:
    drawings: list[RenderableType] = []
    for status in edition.rulebook.statuses.values():
        found = [assessment for assessment in edition.assessments if assessment.status.id == status.id]
        limit = f" of {status.limit}" if status.limit else ""
        asks = f" · {status.asks}" if status.asks else ""
        drawings.append(cell(f"{status.label} ({len(found)}{limit}){asks}", "bold"))
        shown = found if height() is None else found[:_MOST]
        drawings.append(contact_table(edition, shown) if found else cell("nobody", "dim"))
        if hidden := len(found) - len(shown):
            drawings.append(cell(f"and {hidden} more: `crmtool list --status {status.id}` shows all", "dim"))
    return drawings
