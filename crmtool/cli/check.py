"""crmtool check."""

from __future__ import annotations

import sys

import click

from crmtool.app import checking
from crmtool.cli.output import show
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.waiting import waiting


@click.command(short_help="See what is wrong.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(readable=False))
@click.option("--staged", is_flag=True, help="Check what the Git index holds against HEAD, as the commit hook does.")
@click.option("--base", metavar="REV", help="Also compare with the merge base of REV and HEAD.")
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@format_option("text", "json")
@common_options
@pass_session
def check(session: Session, paths: tuple[str, ...], staged: bool, base: str | None, strict: bool, form: str) -> None:
    """See what is wrong: in the files, in the decisions, in the rule book.

    Ends with status 1 where an error is found. `crmtool explain CODE` tells more about a finding.

    \b
    Example:
      crmtool check                     the whole workspace
      crmtool check contacts/nordlicht  one folder
      crmtool check --base origin/main  and what was rewritten since
    """
    if staged and paths:
        raise click.UsageError("--staged checks the whole change; leave out PATH")
    day = session.today()
    with waiting(session, "checking"):
        if staged:
            result = checking.check_staged(session.start, day, base)
        else:
            root = session.root()
            result = checking.limited(checking.check_work_tree(root, day, base), paths, root, session.start)
    advice = "What is staged is not fit to be committed: mend it, `git add` it, and commit again." if staged else None
    sys.exit(show(session, result, form, strict=strict, after_failure=advice))
