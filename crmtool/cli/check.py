"""crmtool check."""

from __future__ import annotations

import sys

import click

from crmtool.app import checking
from crmtool.cli.output import FORMATS, show
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.waiting import waiting
from crmtool.finding import CheckResult
from crmtool.text import visible

_MEND_COMMITS = """\
An error of a single commit goes when the commits are made anew: `git reset --soft` to where they begin, mend, commit.
What a merge has dropped is put back instead, by `git commit --amend`: nobody else's decision is to get lost."""


@click.command(short_help="See what is wrong.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(readable=False))
@click.option("--staged", is_flag=True, help="Check what the Git index holds against HEAD, as the commit hook does.")
@click.option("--base", metavar="REV", help="Also compare with the merge base of REV and HEAD.")
@click.option("--range", "commits", metavar="A..B", help="Check what B adds to A: the whole change, and every commit.")
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@format_option(*FORMATS)
@common_options
@pass_session
def check(
    session: Session,
    paths: tuple[str, ...],
    staged: bool,
    base: str | None,
    commits: str | None,
    strict: bool,
    form: str,
) -> None:
    """See what is wrong: in the files, in the decisions, in the rule book.

    Ends with status 1 where an error is found. `crmtool explain CODE` tells more about a finding.

    \b
    Example:
      crmtool check                     the whole workspace
      crmtool check contacts/nordlicht  one folder
      crmtool check --base origin/main  and what was rewritten since
      crmtool check --range origin/main..HEAD
    """
    if commits and commits.startswith("-"):
        raise click.UsageError("--range needs a range of commits: --range A..B, such as --range origin/main..HEAD")
    if (staged or commits is not None) and paths:
        raise click.UsageError(f"{'--staged' if staged else '--range'} checks the whole change; leave out PATH")
    if commits is not None and (staged or base is not None):
        raise click.UsageError(f"--range says all that is compared; leave out {'--staged' if staged else '--base'}")
    for path in paths:
        if ".." in path.strip("./") and not (session.start / path).exists():
            raise click.UsageError(f"{visible(path)} is no file; a range of commits is --range {visible(path)}")
    day, root, is_empty = session.today(), None, False
    with waiting(session, "checking"):
        if commits is not None:
            from crmtool.app.range_checking import check_range

            found = check_range(session.start, day, commits)
            result, is_empty = found.result, not found.commits
        elif staged:
            result = checking.check_staged(session.start, day, base)
        else:
            root = session.root()
            result = checking.limited(checking.check_work_tree(root, day, base), paths, root, session.start)
    if is_empty:
        click.echo(f"{visible(commits or '')}: the second one has no commit that the first one lacks", err=True)
    advice = _advice(result, staged=staged)
    sys.exit(show(session, result, form, strict=strict, after_failure=advice, workspace=root))


def _advice(result: CheckResult, *, staged: bool) -> str | None:
    if staged:
        return "What is staged is not fit to be committed: mend it, `git add` it, and commit again."
    if any(finding.commit for finding in result.findings):
        return _MEND_COMMITS
    return None
