"""crmtool hook."""

from __future__ import annotations

import click

from crmtool import hooks, merge_setup
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.git import Repository
from crmtool.text import visible


@click.group(short_help="Have every commit checked.")
@common_options
def hook() -> None:
    """Have every commit checked, so that no decision slips in that the rules do not allow, and contacts merged.

    \b
    Example:
      crmtool hook install              from now on `git commit` checks what is staged
      git commit --no-verify            for once, commit unchecked
      crmtool hook uninstall            as it was before
    """


@hook.command()
@click.option("--merge-only", is_flag=True, help="Set up merging alone, its line in .gitattributes included.")
@common_options
@pass_session
def install(session: Session, merge_only: bool) -> None:
    """Have `git commit` and `git merge` refuse what `crmtool check --staged` finds errors in.

    A hook that is there already is kept and runs first. core.hooksPath is respected; a folder outside of the repository
    only where your own settings of Git name it. Git also learns to merge contacts answer by answer: by its
    configuration, and by a line in .gitattributes that `crmtool init` has written. Where it is missing, --merge-only
    adds it, and leaves the hooks to pre-commit or prek.

    \b
    Example:
      crmtool hook install
    """
    repository = Repository.find(session.start)
    if not merge_only:
        _tell(hooks.install(repository))
    _tell(merge_setup.install(repository, session.start, add_line=merge_only))


@hook.command()
@common_options
@pass_session
def uninstall(session: Session) -> None:
    """Stop checking commits and merging contacts, and put back the hooks that were there before.

    \b
    Example:
      crmtool hook uninstall
    """
    repository = Repository.find(session.start)
    _tell(hooks.uninstall(repository))
    _tell(merge_setup.uninstall(repository))


def _tell(lines: list[str]) -> None:
    for line in lines:
        click.echo(visible(line), err=line.startswith("notice: "))
