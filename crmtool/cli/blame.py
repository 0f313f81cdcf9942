"""crmtool blame: which commit brought in what, and who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crmtool.cli import completing
from crmtool.cli.judged import rev_option, view_of
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.cli.terminal import Column, beside, cell, draw, grid, is_narrow, stacked
from crmtool.cli.waiting import waiting
from crmtool.contact import Decision
from crmtool.formats import as_csv, blame_json
from crmtool.formats import entry_words as words
from crmtool.formats.as_json import dumps
from crmtool.origins import Change, Origin
from crmtool.rulebook import RuleBook
from crmtool.text import short_id

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from crmtool.app.blame import Blame

_COLUMNS = (Column(), Column(share=1), Column(), Column(share=4, breaks=True))
_WIDE = 120


@click.command(cls=WordyCommand, short_help="See who brought in each answer and decision, and when.")
@click.argument("contact", shell_complete=completing.contacts)
@rev_option
@format_option("text", "json", "csv")
@common_options
@pass_session
def blame(session: Session, contact: str, rev: str | None, form: str) -> None:
    """See who brought in each answer and decision of a contact: author, day and commit, the latest first.

    The day is the one on which the commit was written; an answer tells its own. Renamed files are followed, merges too,
    and what was only written in another way or put in another place is no change. What was corrected openly also tells
    the commit of its last correction. CONTACT is an id, a path, or a unique part of an id or a name.

    \b
    Example:
      crmtool blame nordlicht
      crmtool blame nordlicht --rev v1.2     as a tag, a branch or a commit has it
    """
    from crmtool.app.blame import blame as blame_of

    view = view_of(session, rev=rev)
    with waiting(session, "looking through the history"):
        found = blame_of(view, contact, session.start)
    if form == "json":
        click.echo(dumps(blame_json.blame(found.contact, found.origins, view.revision.id if view.revision else None)))
    elif form == "csv":
        click.echo(as_csv.render(blame_json.KEYS, blame_json.rows(found.origins)), nl=False)
    else:
        title = beside(
            cell(found.contact.title, "bold"), cell(view.within, "bold"), "  ", cell(found.contact.id, "dim")
        )
        draw(session, title, _table(found))
    if any(origin.or_earlier for origin in found.origins):
        click.echo("some may be older than this shallow clone; `git fetch --unshallow` brings the rest", err=True)


def _table(found: Blame) -> Table:
    rows = [(*_change(origin), _said(origin, found.rulebook)) for origin in found.origins]
    if not is_narrow(_WIDE):
        return grid(_COLUMNS, rows)
    gap = cell("  ")
    return stacked([(day, gap.join((author, commit)), said) for day, author, commit, said in rows])


def _change(origin: Origin) -> tuple[Text, Text, Text]:
    change = origin.change
    if change.id is None:
        return cell(""), cell("not committed yet"), cell("")
    earlier = " or earlier" if origin.or_earlier else ""
    return cell(change.day), cell(change.author), cell(short_id(change.id) + earlier, "dim")


def _said(origin: Origin, rulebook: RuleBook) -> Text:
    corrected = f" ({_corrected(origin.corrected_by)})" if origin.corrected_by else ""
    return beside(cell(_entry(origin, rulebook)), cell(corrected, "dim"))


def _entry(origin: Origin, rulebook: RuleBook) -> str:
    entry = origin.entry
    if isinstance(entry, Decision):
        return f"{entry.day} {words.move(origin.source, entry, rulebook)}"
    return f"{words.criterion(rulebook, entry.criterion)}: {words.answer(entry)}"


def _corrected(change: Change) -> str:
    if change.id is None:
        return "corrected, not committed yet"
    return f"corrected on {change.day} by {change.author}, {short_id(change.id)}"
