"""crmtool list: contacts, narrowed down."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from crmtool.app.filtering import Wanted, nobodys, wanted_of
from crmtool.app.look import View
from crmtool.assessment import Assessment
from crmtool.cli import completing
from crmtool.cli.dates import read_past
from crmtool.cli.filters import owner_option, status_option, tag_option, tell_nobodys, verdict_option
from crmtool.cli.judged import contact_table, judged, nobody_yet, revision_line, show_json, view_of, view_options
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.cli.terminal import cell, draw
from crmtool.formats import as_csv, assessment_json
from crmtool.report.edition import Edition


@click.command("list", cls=WordyCommand, short_help="List contacts, narrowed down as you like.")
@status_option
@verdict_option
@click.option(
    "--missing",
    multiple=True,
    metavar="CRITERION",
    shell_complete=completing.criteria,
    help="Only contacts that lack this criterion for the way forward.",
)
@owner_option
@tag_option
@click.option("--overdue", is_flag=True, help="Only contacts whose decision is overdue.")
@click.option("--closer-since", metavar="DATE", help="Only contacts that came closer to a decision since.")
@click.option("--further-since", metavar="DATE", help="Only contacts that went further from one since.")
@view_options
@format_option("text", "json", "csv")
@common_options
@pass_session
def list_contacts(session: Session, /, at: str | None, rev: str | None, form: str, **filters: Any) -> None:
    """List contacts in the order of attention, those that are done last.

    Options given more than once mean any of their values; different options must all fit. DATE is YYYY-MM-DD, today,
    yesterday, or how long ago, such as 14d, 6w, 3m or 1y.

    \b
    Example:
      crmtool list --verdict decide
      crmtool list --status ready --status clarifying --owner mira
      crmtool list --further-since 30d
      crmtool list --format csv > contacts.csv
    """
    view = view_of(session, at, rev)
    edition = judged(session, view)
    wanted = _wanted(filters, edition.day)
    found = wanted_of(edition, wanted)
    if form != "text":
        tell_nobodys(edition, wanted)
    if form == "json":
        show_json(view, assessment_json.listing(found, edition.day))
    elif form == "csv":
        click.echo(as_csv.render(assessment_json.ROW_KEYS, assessment_json.rows(found)), nl=False)
    else:
        _draw(session, view, edition, wanted, found)


def _wanted(filters: dict[str, Any], day: date) -> Wanted:
    closer, further = filters.pop("closer_since"), filters.pop("further_since")
    return Wanted(
        closer_since=None if closer is None else read_past("--closer-since", closer, day),
        further_since=None if further is None else read_past("--further-since", further, day),
        **filters,
    )


def _draw(session: Session, view: View, edition: Edition, wanted: Wanted, found: list[Assessment]) -> None:
    if found:
        draw(session, *revision_line(view), contact_table(edition, found))
        return
    unused = "; ".join(nobodys(edition, wanted))
    draw(session, cell(nobody_yet(edition) or f"No contact is like that{': ' + unused if unused else '.'}", "dim"))
