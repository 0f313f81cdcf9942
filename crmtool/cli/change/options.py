"""What the commands that change a contact share: their arguments and options."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from crmtool.cli import completing
from crmtool.cli.dates import COMING_FORMS, PAST_FORMS, read_coming
from crmtool.cli.session import Command, Session
from crmtool.cli.text_type import CHANCE, SENTENCE

THEY, WE = "counterparty", "us"
ATTESTANTS = (THEY, WE)
"""Who may stand for an answer."""


def contact_argument(command: Command) -> Command:
    """Give a command its CONTACT; without one it asks."""
    return click.argument("contact", required=False, shell_complete=completing.contacts)(command)


def text_option(*names: str, about: str, metavar: str = "TEXT", **more: Any) -> Callable[[Command], Command]:
    """Give a command an option for a text that says something, on one line."""
    return click.option(*names, type=SENTENCE, metavar=metavar, help=about, **more)


def person_options(command: Command) -> Command:
    """Give a command --by and --confirmed-by."""
    by = text_option("--by", metavar="NAME", about="Who decided.")
    about = "Who else stands for it, where four eyes are asked for."
    return by(text_option("--confirmed-by", metavar="NAME", about=about)(command))


def chance_option(command: Command) -> Command:
    """Give a command --chance."""
    about = "How likely a win is in your eyes, from 0 to 1."
    return click.option("--chance", type=CHANCE, help=about)(command)


def writing_options(command: Command) -> Command:
    """Give a command --dry-run and --commit."""
    dry_run = click.option("--dry-run", is_flag=True, help="Show the change of the file and write nothing.")
    commit = click.option("--commit", is_flag=True, help="Commit the file, with a message that tells the change.")
    return dry_run(commit(command))


def past_option(*names: str, about: str) -> Callable[[Command], Command]:
    """Give a command an option for a day up to today, today by default."""
    return click.option(*names, metavar="DATE", help=f"{about} (default: today); {PAST_FORMS}.")


def date_option(about: str) -> Callable[[Command], Command]:
    """Give a command --date, as `on`."""
    return past_option("--date", "on", about=about)


def attested_option(about: str) -> Callable[[Command], Command]:
    """Give a command --attested-by."""
    return click.option("--attested-by", type=click.Choice(ATTESTANTS), help=about)


def coming_option(name: str, about: str) -> Callable[[Command], Command]:
    """Give a command an option for a day from today on."""
    return click.option(name, metavar="DATE", help=f"{about}: {COMING_FORMS}.")


def coming_day(session: Session, given: str | None, option: str) -> date | None:
    """Give the day of an option from today on; None where it is left out."""
    return None if given is None else read_coming(option, given, session.today())
