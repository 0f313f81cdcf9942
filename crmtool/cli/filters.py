"""Options that narrow down which contacts are told about; given more than once, any of their values will do."""

from __future__ import annotations

from collections.abc import Callable

import click

from crmtool.app.filtering import Wanted, nobodys
from crmtool.assessment import Verdict
from crmtool.cli import completing
from crmtool.cli.session import Command
from crmtool.report.edition import Edition
from crmtool.text import visible


def status_option(command: Command) -> Command:
    """Give a command --status, as `statuses`."""
    about = "Only contacts in this status."
    return _many("--status", "statuses", "ID", completing.statuses, about)(command)


def verdict_option(command: Command) -> Command:
    """Give a command --verdict, as `verdicts`."""
    values = click.Choice([verdict.value for verdict in Verdict])
    return click.option("--verdict", "verdicts", multiple=True, type=values, help="Only with this verdict.")(command)


def owner_option(command: Command) -> Command:
    """Give a command --owner, as `owners`."""
    return _many("--owner", "owners", "NAME", completing.owners, "Only contacts of this owner.")(command)


def tag_option(command: Command) -> Command:
    """Give a command --tag, as `tags`."""
    return _many("--tag", "tags", "TAG", completing.tags, "Only contacts with this tag.")(command)


def tell_nobodys(edition: Edition, wanted: Wanted) -> None:
    """Tell, on standard error, of each owner and tag asked for that no contact has."""
    for notice in nobodys(edition, wanted):
        click.echo(visible(notice), err=True)


def _many(
    option: str, name: str, metavar: str, complete: completing.Completer, about: str
) -> Callable[[Command], Command]:
    return click.option(option, name, multiple=True, metavar=metavar, shell_complete=complete, help=about)
