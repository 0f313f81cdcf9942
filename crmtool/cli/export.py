"""crmtool export: contacts for other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from crmtool.app.exporting import FORMATS, WITHOUT_NAMES, Export, exportable, format_for, write_export
from crmtool.app.filtering import Wanted, wanted_of
from crmtool.cli.filters import owner_option, status_option, tag_option, tell_nobodys, verdict_option
from crmtool.cli.judged import judged, view_of, view_options
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.cli.waiting import waiting
from crmtool.text import visible

_STANDARD_OUTPUT = Path("-")
_PARTS = {"ics": (b"BEGIN:VEVENT", "event"), "atom": (b"<entry>", "decision")}
"""What is counted where a file holds something else than contacts, by how each of them begins."""


@click.command(cls=WordyCommand, short_help="Write contacts for other programs.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Default: as the file's name ends, else json.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to a file.")
@click.option("--names", is_flag=True, help="Let calendar and feed say whom they are about, and why.")
@status_option
@verdict_option
@owner_option
@tag_option
@view_options
@common_options
@pass_session
def export(
    session: Session,
    form: str | None,
    output: Path | None,
    names: bool,
    statuses: tuple[str, ...],
    verdicts: tuple[str, ...],
    owners: tuple[str, ...],
    tags: tuple[str, ...],
    at: str | None,
    rev: str | None,
) -> None:
    """Take your contacts along: to a spreadsheet, an address book, a calendar, a database, a feed reader, a script.

    json and sqlite hold everything, csv and vcard who the contacts are, ics what falls due, atom what was decided.
    Calendar and feed say nothing of a person, so that they can be shared, unless --names asks for it. csv, excel,
    vcard and vcard3 can be changed elsewhere and imported again. Narrow down as with `crmtool list`.

    Without -o it goes to standard output. A new file can be read by you alone, since most hold personal data.

    \b
    Example:
      crmtool export -o contacts.json
      crmtool export --format excel -o contacts.csv     for Excel in German
      crmtool export --status agreed -o customers.vcf   for an address book
      crmtool export -o crm.sqlite                      for SQL, Datasette
      crmtool export -o due.ics                         for a calendar
    """
    target = None if output in (None, _STANDARD_OUTPUT) else output
    form = format_for(target, form)
    _refuse_misuse(form, target, names=names)
    view = view_of(session, at, rev)
    edition = judged(session, view)
    wanted = Wanted(statuses=statuses, verdicts=verdicts, owners=owners, tags=tags)
    found = exportable(wanted_of(edition, wanted), form)
    tell_nobodys(edition, wanted)
    commit = view.revision.id if view.revision else None
    with waiting(session, "writing"):
        data = FORMATS[form](Export(edition=edition, assessments=found, names=names, rev=commit))
    if target is None:
        click.echo(data, nl=False)
        return
    is_new = write_export(session.root(), session.start / target, data)
    private = "" if form in WITHOUT_NAMES and not names else ", since it holds personal data"
    mark, one = _PARTS.get(form, (b"", "contact"))
    count = data.count(mark) if mark else len(found)
    told = f"1 {one}" if count == 1 else f"{count:,} {one}s"
    readers = f"; only you can read it{private}" if is_new else ""
    click.echo(f"{told} in {visible(str(session.start / target))}{readers}", err=True)


def _refuse_misuse(form: str, target: Path | None, *, names: bool) -> None:
    if names and form not in WITHOUT_NAMES:
        raise click.UsageError(f"--names is for {' and '.join(WITHOUT_NAMES)}; {form} names everyone anyway")
    if form == "sqlite" and target is None:
        where = "a terminal" if sys.stdout.isatty() else "standard output"
        raise click.UsageError(f"a database is no text for {where}; name a file: -o crm.sqlite")
