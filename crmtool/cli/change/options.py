"""What the commands that change a contact share: which contact, and what is done with the change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from crmtool.app.changing import Target, open_target
from crmtool.cli import completing, prompting
from crmtool.cli.dates import COMING_FORMS, PAST_FORMS, read_coming, read_past
from crmtool.cli.session import Session
from crmtool.cli.waiting import waiting
from crmtool.errors import CrmtoolError

Command = TypeVar("Command", bound=Callable[..., Any])
_MOST_OFFERED = 9


def contact_argument(command: Command) -> Command:
    """Give a command its CONTACT; without one it asks."""
    return click.argument("contact", required=False, shell_complete=completing.contacts)(command)


def writing_options(command: Command) -> Command:
    """Give a command --dry-run and --commit."""
    dry_run = click.option("--dry-run", is_flag=True, help="Show the change of the file and write nothing.")
    commit = click.option("--commit", is_flag=True, help="Commit the file, with a message that tells the change.")
    return dry_run(commit(command))


def date_option(about: str) -> Callable[[Command], Command]:
    """Give a command --date, today by default."""
    return click.option("--date", "on", metavar="DATE", help=f"{about} (default: today); {PAST_FORMS}.")


def coming_option(name: str, about: str) -> Callable[[Command], Command]:
    """Give a command an option for a day from today on."""
    return click.option(name, metavar="DATE", help=f"{about}: {COMING_FORMS}.")


def past_day(session: Session, given: str | None, option: str = "--date") -> date:
    """Give the day of an option up to today, today where it is left out."""
    today = session.today()
    return today if given is None else read_past(option, given, today)


def coming_day(session: Session, given: str | None, option: str) -> date | None:
    """Give the day of an option from today on; None where it is left out."""
    return None if given is None else read_coming(option, given, session.today())


def refuse_empty(**texts: str | None) -> None:
    """Refuse a text that is given and says nothing; the names are those of the options."""
    for name, text in texts.items():
        if text is not None and not text.strip():
            raise click.UsageError(f"--{name.replace('_', '-')} is empty; write what it is to say, or leave it out")
        if text is not None and any("\ud800" <= character <= "\udfff" for character in text):
            raise click.UsageError(f"--{name.replace('_', '-')} is not UTF-8 text")


def target(session: Session, wanted: str | None) -> Target:
    """Find the contact that is meant, or ask for it."""
    if wanted is not None:
        with waiting(session, "looking"):
            return open_target(session.root(), wanted, session.start, session.today())
    if not prompting.can_ask():
        raise click.UsageError("CONTACT is missing: an id, a path, or a unique part of an id or a name")
    offered = _offered(session)

    def read(typed: str) -> Target:
        typed = typed.strip()
        number = int(typed) if typed.isdecimal() else 0
        meant = offered[number - 1].id if 1 <= number <= len(offered) else typed
        try:
            return open_target(session.root(), meant, session.start, session.today())
        except CrmtoolError as error:
            raise click.UsageError(str(error)) from None

    prompting.say(session, "Which contact?", "bold")
    prompting.show(session, [(str(i), each.id, each.label, each.about) for i, each in enumerate(offered, 1)])
    return prompting.ask("Number, or a part of the id or name", read)


def _offered(session: Session) -> list[prompting.Choice]:
    """List those who deserve attention first; whoever else is meant is found by a part of the name."""
    from crmtool.app import look
    from crmtool.assessment import Verdict
    from crmtool.report.marks import contact_mark

    with waiting(session, "judging"):
        edition = look.judge(session.root(), session.today())
    if not edition.assessments:
        raise CrmtoolError("there is no contact yet; `crmtool new` takes one in")
    found = [each for each in edition.assessments if each.verdict is not Verdict.DONE][:_MOST_OFFERED]
    marks = [contact_mark(each, edition.language) for each in found]
    return [
        prompting.Choice(id=each.contact.id, label=each.contact.title, about=f"{mark.sign} {mark.word}")
        for each, mark in zip(found, marks, strict=True)
    ]
