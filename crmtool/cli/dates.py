"""Days as they are typed: one way to read them, and what to type where they cannot be read."""

from __future__ import annotations

from datetime import date

import click

from crmtool.cli.session import Command, Session
from crmtool.days import coming_day, meant_day, past_day
from crmtool.text import visible

PAST_FORMS = "YYYY-MM-DD, today, yesterday, or how long ago: 14d, 6w, 3m, 1y"
COMING_FORMS = "YYYY-MM-DD, today, tomorrow, or how far off: 14d, 6w, 3m, 1y"


def at_option(command: Command) -> Command:
    """Give a command `--at`: the past day that it tells about."""
    told = f"Judge as of a past day ({PAST_FORMS})."
    return click.option("--at", metavar="DATE", help=told)(command)


def as_of(session: Session, given: str | None, option: str = "--at") -> date:
    """Give the day of an option up to today, today where it is left out; raises click.BadParameter."""
    return session.today() if given is None else read_past(option, given, session.today())


def read_past(option: str, text: str, today: date, *, may_come: bool = False) -> date:
    """Read a day up to today (unless it may come) as an option's value; raises click.BadParameter: what to type."""
    day = past_day(text.strip(), today)
    if day is None:
        raise _unreadable(option, text, PAST_FORMS)
    if day > today and not may_come:
        raise _refused(option, f"{day} lies after {today}; write that day or an earlier one")
    return day


def read_coming(option: str, text: str, today: date) -> date:
    """Read a day from today on as an option's value; raises click.BadParameter that says what to type."""
    day = coming_day(text.strip(), today)
    if day is None:
        raise _unreadable(option, text, COMING_FORMS)
    if day < today:
        raise _refused(option, f"{day} lies before {today}; write a day that is still to come")
    return day


def _unreadable(option: str, text: str, forms: str) -> click.BadParameter:
    meant = meant_day(text)
    advice = f"write {meant}" if meant else f"write {forms}"
    return _refused(option, f"{visible(text)!r} is no day; {advice}")


def _refused(option: str, message: str) -> click.BadParameter:
    return click.BadParameter(message, ctx=click.get_current_context(silent=True), param_hint=repr(option))
