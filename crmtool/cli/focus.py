"""crmtool focus: what deserves attention today, on one screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from crmtool.app.look import View
from crmtool.assessment import Assessment, Verdict
from crmtool.cli.judged import judged, left_out, nobody_yet, show_json, view_of, view_options
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.terminal import (
    Column,
    beside,
    cell,
    draw,
    drawn,
    grid,
    height,
    is_narrow,
    most_that_fit,
    sign,
    stacked,
)
from crmtool.formats import assessment_json
from crmtool.report.edition import Edition
from crmtool.report.marks import contact_mark
from crmtool.report.reasons import reason
from crmtool.retention import Erasure, due_erasures

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

_COLUMNS = (Column(), Column(share=2, breaks=True), Column(share=3, breaks=True), Column())
_WIDE = 140


@click.command(short_help="See what deserves attention today.")
@click.option("--all", "everyone", is_flag=True, help="Show every open contact, however many lines that takes.")
@view_options
@format_option("text", "json")
@common_options
@pass_session
def focus(session: Session, everyone: bool, at: str | None, rev: str | None, form: str) -> None:
    """See what deserves attention today, in order, each with its verdict and its one reason.

    On a terminal as many contacts as fit on one screen, the most urgent first; piped, all of them.

    \b
    Example:
      crmtool focus
      crmtool focus --all
      crmtool focus --at 7d             as it stood a week ago
      crmtool focus --format json
    """
    view = view_of(session, at, rev)
    edition = judged(session, view)
    found = [assessment for assessment in edition.assessments if assessment.verdict is not Verdict.DONE]
    to_erase = due_erasures(edition.assessments, edition.rulebook)
    if form == "json":
        show_json(view, assessment_json.focus(found, to_erase, edition.day))
    elif not edition.assessments:
        draw(session, cell(nobody_yet(edition), "dim"))
    else:
        draw(session, *_page(session, view, edition, found, everyone=everyone, below=_erasures(to_erase)))


def _page(
    session: Session,
    view: View,
    edition: Edition,
    found: Sequence[Assessment],
    *,
    everyone: bool,
    below: Sequence[RenderableType],
) -> Sequence[RenderableType]:
    rows = [_row(edition, assessment) for assessment in found]
    head = cell(f"What deserves attention on {view.when}: {_totals(found) or 'nothing is open'}", "bold")

    def first(n: int) -> list[RenderableType]:
        return [head, *([_table(rows[:n])] if n else []), *([_more(found[n:])] if found[n:] else []), *below]

    lines = None if everyone else height()
    if lines is None or not found:
        return first(len(rows))
    notice = left_out(edition.unjudged, view)
    above = len(drawn(session, cell(notice))) if notice else 0
    room = lines - above - 1  # the prompt needs a line of its own
    return first(most_that_fit(len(rows), room, lambda n: len(drawn(session, *first(n)))))


def _table(rows: Sequence[tuple[Text, Text, Text, Text]]) -> Table:
    if not is_narrow(_WIDE):
        return grid(_COLUMNS, rows)
    # Two lines each: on one screen there is room for more contacts than with three.
    return stacked([(mark, cell("  ").join((title, status)), why_now) for mark, title, why_now, status in rows])


def _more(hidden: Sequence[Assessment]) -> Text:
    return cell(f"and {len(hidden)} more ({_totals(hidden)}): `crmtool focus --all` shows them", "dim")


def _erasures(due: Sequence[Erasure]) -> list[RenderableType]:
    from crmtool.cli.retention import tell_due  # what few need is not loaded for everybody

    return [cell(f"{tell_due(due)}: `crmtool retention`", "dim")] if due else []


def _totals(found: Iterable[Assessment]) -> str:
    counts = Counter(assessment.verdict.value for assessment in found)  # in the order of attention, as they come
    return ", ".join(f"{n} to {verdict}" for verdict, n in counts.items())


def _row(edition: Edition, assessment: Assessment) -> tuple[Text, Text, Text, Text]:
    why_now = reason(edition, assessment)
    return (
        sign(contact_mark(assessment, edition.language)),
        cell(assessment.contact.title),
        beside(cell(why_now.text), " – ", cell(why_now.when, "red" if why_now.late else "dim")),
        cell(f"{assessment.status.label}, {assessment.why_here.days}\u00a0d", "dim"),
    )
