"""crmtool retention: whose personal data are due for erasure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from crmtool.app.look import View
from crmtool.cli.judged import judged, nobody_yet, show_json, view_of, view_options
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.terminal import Column, cell, draw, grid, is_narrow, stacked
from crmtool.formats import as_csv, retention_json
from crmtool.report.edition import Edition
from crmtool.retention import AHEAD, Erasure, by_owner, erasures
from crmtool.snapshot import RULEBOOK

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

_COLUMNS = (Column(), Column(share=3, breaks=True), Column(), Column(), Column(share=2, breaks=True))
_WIDE = 140
_UNSAID = (
    "The rule book does not say how long personal data of ended contacts are kept, so none are due for erasure.",
    f"Say it in {RULEBOOK}, for instance: `retention: {{ended: 24m}}`",
)


@click.command(short_help="See whose personal data are due for erasure.")
@click.option("--all", "everyone", is_flag=True, help="Show every ended contact with its day, however far off.")
@view_options
@format_option("text", "json", "csv")
@common_options
@pass_session
def retention(session: Session, everyone: bool, at: str | None, rev: str | None, form: str) -> None:
    """See whose personal data are due for erasure, since when, who has to see to it, and who is next.

    The rule book says how long data of ended contacts are kept: `retention: {ended: 24m}` in criteria.yaml. They are
    due from the day that lies this long after the contact was ended. Shown is who is due now, and who will be within
    90 days. This command erases nothing; `crmtool erase` does.

    \b
    Example:
      crmtool retention
      crmtool retention --all           every ended contact, with its day
      crmtool retention --format csv > erasures.csv
    """
    view = view_of(session, at, rev)
    edition = judged(session, view)
    found = erasures(edition.assessments, edition.rulebook)
    shown = [erasure for erasure in found if everyone or erasure.is_due or erasure.is_near]
    kept = edition.rulebook.retention
    if form != "text" and kept is None:
        click.echo("\n".join(_UNSAID), err=True)
    if form == "json":
        show_json(view, retention_json.retention(found, shown, edition.day, kept))
    elif form == "csv":
        click.echo(as_csv.render(retention_json.KEYS, retention_json.rows(shown)), nl=False)
    elif kept is None:
        draw(session, *(cell(line) for line in _UNSAID))
    else:
        draw(session, *_page(view, edition, found, shown))


def tell_due(due: Sequence[Erasure]) -> str:
    """Tell how many contacts are due for erasure, and who has to see to how many of them."""
    owners = ", ".join(f"{owner or 'without an owner'} {count}" for owner, count in by_owner(due).items())
    return f"{_contacts(len(due))} due for erasure ({owners})"


def _page(view: View, edition: Edition, found: Sequence[Erasure], shown: Sequence[Erasure]) -> list[RenderableType]:
    head = cell(nobody_yet(edition) or _head(view, edition, found), "bold")
    hidden = len(found) - len(shown)
    told = f"{_contacts(hidden)} due later than that: `crmtool retention --all` shows them"
    more = [cell(told, "dim")] if hidden else []
    return [head, *([_table(shown)] if shown else []), *more]


def _head(view: View, edition: Edition, found: Sequence[Erasure]) -> str:
    due = [erasure for erasure in found if erasure.is_due]
    near = sum(erasure.is_near for erasure in found)
    kept = f"kept for {edition.language.duration(edition.rulebook.retention or AHEAD)} after the end"
    first = tell_due(due) if due else "nobody is due for erasure"
    return f"On {view.when} {first}, {near or 'nobody'} within the next {AHEAD.count} days; data are {kept}"


def _contacts(count: int) -> str:
    return f"{count} contact{' is' if count == 1 else 's are'}"


def _table(shown: Sequence[Erasure]) -> Table:
    rows = [_row(erasure) for erasure in shown]
    if not is_narrow(_WIDE):
        return grid(_COLUMNS, rows)
    gap = cell("  ")
    return stacked([(when, title, gap.join((owner, ended)), command) for when, title, owner, ended, command in rows])


def _row(erasure: Erasure) -> tuple[Text, ...]:
    assessment = erasure.assessment
    when = f"due since {erasure.due}" if erasure.is_due else f"from {erasure.due} on"
    return (
        cell(when, "bold" if erasure.is_due else "dim"),
        cell(assessment.contact.title),
        cell(erasure.owner or "without an owner"),
        cell(f"ended {assessment.why_here.since}", "dim"),
        cell(erasure.command),
    )
