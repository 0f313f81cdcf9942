"""crmtool diff: what was decided and clarified between two versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from crmtool.app.comparing import compare
from crmtool.cli import completing
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.terminal import Column, beside, cell, draw, grid, sign
from crmtool.cli.waiting import waiting
from crmtool.difference import Difference
from crmtool.difference.contact import ContactDifference
from crmtool.difference.rules import RulesDifference
from crmtool.formats import diff_json, diff_markdown, diff_words, judgement_words
from crmtool.formats.as_json import dumps
from crmtool.formats.diff_words import Row
from crmtool.rulebook import RuleBook
from crmtool.text import visible

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_COLUMNS = (Column(), Column(share=1, breaks=True))
_LEAD = 10


@click.command(short_help="See what was decided and clarified between two versions.")
@click.argument("versions", metavar="[A..B]", nargs=-1)
@click.option("--contact", metavar="CONTACT", shell_complete=completing.contacts, help="Only this contact.")
@format_option("text", "markdown", "json")
@common_options
@pass_session
def diff(session: Session, versions: tuple[str, ...], contact: str | None, form: str) -> None:
    """See what was decided, clarified and corrected between two versions, and what that did to each contact.

    A..B is what B has on top of what it shares with A, as in a pull request; A alone compares the files as they lie
    here with commit A, and nothing at all with the last commit. Both versions are judged as of the same day under the
    rule book of the second one. Notes and formatting count for nothing.

    \b
    Example:
      crmtool diff                      what is not committed yet
      crmtool diff origin/main..HEAD    what a pull request decides
      crmtool diff main..HEAD --format markdown
    """
    if len(versions) > 1:
        raise click.UsageError(f"two versions are written as one range: {visible(_as_range(*versions))}")
    wanted = versions[0] if versions else None
    with waiting(session, "comparing"):
        found = compare(session.root(), wanted, session.today(), contact, session.start)
    if found.compared.notice:
        click.echo(visible(found.compared.notice), err=True)
    if form == "json":
        click.echo(dumps(diff_json.diff(found)))
    elif form == "markdown":
        click.echo(diff_markdown.render(found), nl=False)
    else:
        draw(session, *drawings(found))


def _as_range(first: str, second: str, *_: str) -> str:
    return f"{first.rstrip('.')}..{second.lstrip('.')}"


def drawings(found: Difference) -> Iterator[RenderableType]:
    """Draw the first line, each contact, the rule book, and what could not be judged."""
    yield cell(f"{diff_words.versions(found)}: {diff_words.headline(found)}", "bold")
    for contact in found.contacts:
        yield from _contact(contact, found.rulebook)
    if found.rules:
        yield from _rules(found.rules)
    if found.unjudged:
        yield cell("Not judged", "bold")
        yield grid(_COLUMNS[1:], [(cell(f"  {diff_words.unjudged(each)}", "yellow"),) for each in found.unjudged])


def _contact(found: ContactDifference, rulebook: RuleBook) -> Iterator[RenderableType]:
    contact = found.contact
    yield beside(sign(diff_words.mark(found)), "  ", cell(contact.title, "bold"), "  ", cell(contact.id, "dim"))
    rows = [*diff_words.decided_rows(found, rulebook), *diff_words.other_rows(found)]
    yield _grid(rows)


def _rules(rules: RulesDifference) -> Iterator[RenderableType]:
    yield cell(f"Rule book: {diff_words.rules_headline(rules)}", "bold")
    if rules.definitions:
        yield _grid(diff_words.definitions(rules))
    for effect in rules.affected:
        yield beside(cell(effect.contact.title), "  ", cell(effect.contact.id, "dim"))
        yield _grid(Row(lead=lead, text=text) for lead, text in judgement_words.changes(effect))


def _grid(rows: Iterable[Row]) -> Table:
    return grid(
        _COLUMNS,
        [(cell(f"  {row.lead:{_LEAD}}", "dim"), cell(row.text, "red" if row.is_amiss else "")) for row in rows],
    )
