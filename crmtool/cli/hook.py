"""crmtool hook."""

from __future__ import annotations

import click

from crmtool import hooks
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.git import Repository
from crmtool.text import visible


@click.group(short_help="Have every commit checked.")
@common_options
def hook() -> None:
    """Have every commit checked, so that no decision slips in that the rules do not allow.

    \b
    Example:
      crmtool hook install              from now on `git commit` checks what is staged
      git commit --no-verify            for once, commit unchecked
      crmtool hook uninstall            as it was before
    """


@hook.command()
@common_options
@pass_session
def install(session: Session) -> None:
    """Have `git commit` and `git merge` refuse what `crmtool check --staged` finds errors in.

    A hook that is there already is kept and runs first. core.hooksPath is respected.

    \b
    Example:
      crmtool hook install
    """
    _tell(hooks.install(Repository.find(session.start)))


@hook.command()
@common_options
@pass_session
def uninstall(session: Session) -> None:
    """Stop checking commits, and put back the hooks that were there before.

    \b
    Example:
      crmtool hook uninstall
    """
    _tell(hooks.uninstall(Repository.find(session.start)))


def _tell(lines: list[str]) -> None:
    for line in lines:
        click.echo(visible(line), err=line.startswith("notice: "))
