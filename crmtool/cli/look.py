"""crmtool focus, why, board and list: what a founder looks at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import click
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from crmtool.app import look
from crmtool.assessment import Assessment, Verdict
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.telling import why_lines
from crmtool.cli.terminal import Column, cell, draw, grid, is_narrow, sign
from crmtool.errors import CrmtoolError
from crmtool.formats import assessment_json
from crmtool.formats.as_json import dumps
from crmtool.report.edition import Edition
from crmtool.report.marks import contact_mark
from crmtool.report.reasons import first_missing, reason
from crmtool.shapes import did_you_mean
from crmtool.text import visible

_FOCUS_COLUMNS = (Column(), Column(share=2), Column(share=3, breaks=True), Column())
_LIST_COLUMNS = (Column(), Column(), Column(share=3), Column(), Column(share=2))


@click.command(short_help="See what deserves attention today.")
@format_option("text", "json")
@common_options
@pass_session
def focus(session: Session, form: str) -> None:
    """See what deserves attention today, in order, each with its verdict and its one reason.

    \b
    Example:
      crmtool focus
      crmtool focus --today 2026-11-23 --format json
    """
    edition = _judged(session)
    open_ones = [assessment for assessment in edition.assessments if assessment.verdict is not Verdict.DONE]
    if form == "json":
        click.echo(dumps(assessment_json.focus(open_ones, edition.day)))
        return
    counts = Counter(found.verdict.value for found in open_ones)  # in the order of attention, as they come
    totals = ", ".join(f"{n} to {verdict}" for verdict, n in counts.items()) or "nothing is open"
    head = cell(f"What deserves attention on {edition.day}: {totals}", "bold")
    rows = [_focus_row(edition, assessment) for assessment in open_ones]
    draw(session, head, _stacked(rows) if is_narrow() else grid(_FOCUS_COLUMNS, rows))


@click.command(short_help="Ask the four questions about a contact.")
@click.argument("contact")
@format_option("text", "json")
@common_options
@pass_session
def why(session: Session, contact: str, form: str) -> None:
    """Ask the four questions about one contact: why here, what is missing, what next, when to stop.

    CONTACT is an id, a path, or a unique part of an id or a name.

    \b
    Example:
      crmtool why nordlicht/jana-koehler
      crmtool why jana --today 2026-11-01
    """
    edition, assessment = look.find_judged(session.root(), contact, session.today(), session.start)
    if form == "json":
        click.echo(dumps(assessment_json.why(assessment)))
        return
    title = Text.assemble(cell(assessment.contact.title, "bold"), "  ", cell(assessment.contact.id, "dim"))
    days = edition.language.count("days", assessment.why_here.days)
    mark = sign(contact_mark(assessment, edition.language))
    standing = Text.assemble(mark, cell(f" · {assessment.status.label} for {days}, as of {assessment.day}"))
    rows = [(cell(lead, "bold"), cell(line)) for lead, line in why_lines(edition, assessment)]
    table = grid((Column(), Column(share=1, breaks=True)), rows)
    draw(session, title, standing, table)


@click.command(short_help="See the pipeline.")
@format_option("text", "json")
@common_options
@pass_session
def board(session: Session, form: str) -> None:
    """See the pipeline: each status with what it asks, and its contacts in the order of attention.

    \b
    Example:
      crmtool board
    """
    edition = _judged(session)
    if form == "json":
        click.echo(dumps(assessment_json.board(edition.assessments, edition.rulebook, edition.day)))
        return
    drawings: list[RenderableType] = []
    for status in edition.rulebook.statuses.values():
        found = [assessment for assessment in edition.assessments if assessment.status.id == status.id]
        limit = f" of {status.limit}" if status.limit else ""
        asks = f" · {status.asks}" if status.asks else ""
        drawings.append(cell(f"{status.label} ({len(found)}{limit}){asks}", "bold"))
        drawings.append(_table(edition, found) if found else cell("nobody", "dim"))
    draw(session, *drawings)


@click.command("list", short_help="List contacts.")
@click.option("--status", metavar="ID", help="Only contacts in this status.")
@click.option("--verdict", type=click.Choice([verdict.value for verdict in Verdict]), help="Only with this verdict.")
@click.option("--owner", metavar="NAME", help="Only contacts of this owner.")
@click.option("--missing", metavar="CRITERION", help="Only contacts that lack this criterion for the way forward.")
@click.option("--overdue", is_flag=True, help="Only contacts whose decision is overdue.")
@format_option("text", "json")
@common_options
@pass_session
def list_contacts(session: Session, /, form: str, overdue: bool, **wanted: str | None) -> None:
    """List contacts in the order of attention, those that are done last.

    \b
    Example:
      crmtool list --verdict decide
      crmtool list --status ready --owner mira
    """
    edition = _judged(session)
    _refuse_unknown("status", wanted["status"], edition.rulebook.statuses)
    _refuse_unknown("criterion", wanted["missing"], edition.rulebook.criteria)
    found = [a for a in edition.assessments if _is_wanted(a, wanted) and (a.overdue or not overdue)]
    if form == "json":
        click.echo(dumps(assessment_json.listing(found, edition.day)))
        return
    draw(session, _table(edition, found) if found else cell("No contact is like that.", "dim"))


def _judged(session: Session) -> Edition:
    edition = look.judge(session.root(), session.today())
    if edition.unjudged:
        named = ", ".join(edition.unjudged[:3]) + (", …" if len(edition.unjudged) > 3 else "")
        click.echo(f"left out, since they have errors: {visible(named)}; `crmtool check` tells them", err=True)
    return edition


def _focus_row(edition: Edition, assessment: Assessment) -> tuple[Text, ...]:
    why_now = reason(edition, assessment)
    return (
        sign(contact_mark(assessment, edition.language)),
        cell(assessment.contact.title),
        Text.assemble(cell(why_now.text), " – ", cell(why_now.when, "red" if why_now.late else "dim")),
        cell(f"{assessment.status.label}, {assessment.why_here.days} d", "dim"),
    )


def _table(edition: Edition, found: list[Assessment]) -> Table:
    rows = [_row(edition, assessment) for assessment in found]
    return _stacked(rows) if is_narrow() else grid(_LIST_COLUMNS, rows)


def _stacked(rows: Sequence[Sequence[Text]]) -> Table:
    """Put the cells of a row below each other, its mark beside them."""
    below = [(mark, Text("\n").join(cell for cell in cells if cell.plain)) for mark, *cells in rows]
    return grid((Column(), Column(share=1, breaks=True)), below)


def _row(edition: Edition, assessment: Assessment) -> tuple[Text, ...]:
    missing = first_missing(edition, assessment)
    return (
        sign(contact_mark(assessment, edition.language)),
        cell(assessment.contact.id, "dim"),
        cell(assessment.contact.title),
        cell(f"{assessment.why_here.days} d"),
        cell(f"{assessment.distance} missing: {missing}" if missing else ""),
    )


def _refuse_unknown(what: str, id: str | None, known: Iterable[str]) -> None:
    if id is not None and id not in known:
        raise CrmtoolError(f"the rule book has no {what} {id!r}; {did_you_mean(id, known)}")


def _is_wanted(assessment: Assessment, wanted: dict[str, str | None]) -> bool:
    checks = {
        "status": assessment.status.id,
        "verdict": assessment.verdict.value,
        "owner": assessment.contact.text("owner"),
    }
    if any(wanted[key] is not None and wanted[key] != value for key, value in checks.items()):
        return False
    missing = wanted["missing"]
    return missing is None or any(state.id == missing for state in assessment.missing)
