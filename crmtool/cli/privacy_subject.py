"""crmtool subject: all that is known of a person."""

from __future__ import annotations

from pathlib import Path

import click

from crmtool.cli import completing
from crmtool.cli.judged import view_of
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.cli.text_type import SENTENCE
from crmtool.cli.waiting import waiting
from crmtool.formats.as_json import dumps
from crmtool.privacy.subject import Subject
from crmtool.text import visible

_ONLY_ONES_OWN = 0o600


@click.command(cls=WordyCommand, short_help="Tell all that is known of a person.")
@click.argument("contact", shell_complete=completing.contacts)
@click.option("--also", type=SENTENCE, multiple=True, metavar="TEXT", help="Look for this, too, such as a nickname.")
@click.option(
    "-o", "output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it to a file."
)
@format_option("text", "markdown", "json")
@common_options
@pass_session
def subject(session: Session, contact: str, also: tuple[str, ...], output: Path | None, form: str) -> None:
    """Tell all that is known of a person, such as for a request for access (GDPR, Art. 15).

    The contact's file, what follows from it, where it came from and how long it is kept; every other mention in the
    repository's files, and the history: commits, former names, past mentions. What is only perhaps about the person,
    such as a surname alone, is told apart: look at it before you give it away.

    \b
    Example:
      crmtool subject nordlicht/jana-koehler
      crmtool subject nordlicht --also "JK" --format markdown -o jana.md
    """
    from crmtool.app.privacy.subject import subject_of

    view = view_of(session)
    with waiting(session, "looking through the history"):
        found = subject_of(view, contact, session.start, also)
    told = _told(found, form)
    if output is None:
        click.echo(told)
        return
    from crmtool.writing import refuse_led_out, write_atomic

    refuse_led_out(session.root(), session.start / output)
    write_atomic(session.start / output, f"{told}\n".encode("utf-8", "backslashreplace"), _ONLY_ONES_OWN)
    click.echo(f"written to {visible(str(output))}; it holds personal data: do not commit it", err=True)


def _told(found: Subject, form: str) -> str:
    if form == "json":
        from crmtool.formats import subject_json

        return dumps(subject_json.subject(found))
    from crmtool.app.look import judge_one
    from crmtool.formats import subject_words
    from crmtool.report.answers import why_lines

    edition = judge_one(found.contact, found.rulebook, found.day)
    rows = [row for assessment in edition.assessments for row in why_lines(edition, assessment)]
    head = f"{found.contact.title}: all that is known on {found.day}"
    write = subject_words.as_markdown if form == "markdown" else subject_words.as_text
    return write(head, subject_words.sections(found, rows))
