"""crmtool merge-driver."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from crmtool.cli.session import Session, common_options, pass_session
from crmtool.text import visible

_FILE = click.Path(path_type=Path, readable=False)


@click.command("merge-driver", short_help="Merge a contact for Git, answer by answer.")
@click.argument("base", type=_FILE)
@click.argument("ours", type=_FILE)
@click.argument("theirs", type=_FILE)
@click.argument("path")
@click.option("--marker-size", type=click.IntRange(min=1), default=7, help="How many signs a conflict's marks have.")
@click.option("--ours-label", metavar="TEXT", default="ours", help="What a conflict calls our side.")
@click.option("--theirs-label", metavar="TEXT", default="theirs", help="What a conflict calls their side.")
@click.option(
    "--conflict-status",
    type=click.IntRange(1, 125),
    default=1,
    help="The status to end with where there is a conflict.",
)
@common_options
@pass_session
def merge_driver(
    session: Session,
    base: Path,
    ours: Path,
    theirs: Path,
    path: str,
    marker_size: int,
    ours_label: str,
    theirs_label: str,
    conflict_status: int,
) -> None:
    """Merge two versions of a contact for Git: answers and fields are put together, decisions never silently.

    BASE, OURS and THEIRS are the files that Git hands over as %O, %A and %B, PATH is what they are versions of. The
    result is written to OURS. Ends with status 1 where something is in conflict; both sides then stand in the file.

    \b
    Example:
      crmtool hook install              has Git run this for contacts
      git merge jonas                   then merges them so
    """
    from crmtool.app.merging import Given, merge_files
    from crmtool.merge import Marks

    top = session.start
    given = Given(base=top / base, ours=top / ours, theirs=top / theirs, path=path, top=top)
    conflicts = merge_files(given, Marks(size=marker_size, ours=ours_label, theirs=theirs_label), session.today())
    for conflict in conflicts:
        click.echo(f"crmtool: {visible(conflict)}", err=True)
    if conflicts:
        sys.exit(conflict_status)
