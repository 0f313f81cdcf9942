"""Short questions at a terminal, for what a command was not told: only valid choices are offered.

Where nobody can answer, what is missing is wrong usage, and the message says what to write.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import click

from crmtool.cli.dates import read_coming
from crmtool.cli.session import Session
from crmtool.contact import folded
from crmtool.text import visible

_MOST_SHOWN = 12
_LEFT_OUT = "(Enter leaves it out)"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to choose: `id` is what can be written for it, `label` and `about` tell more."""

    id: str
    label: str = ""
    about: str = ""


def can_ask() -> bool:
    """Whether a person sits at the terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def choose(
    session: Session, question: str, choices: Sequence[Choice], missing: str, *, default: str | None = None
) -> str:
    """Ask for one of several choices, by its number, its id or the beginning of its id or label; gives the id."""
    if not choices:
        raise click.UsageError(f"there is nothing to choose for {missing}")
    if not can_ask():
        known = ", ".join(choice.id for choice in choices[:_MOST_SHOWN]) + (", …" if len(choices) > _MOST_SHOWN else "")
        raise click.UsageError(f"{missing} is missing; write one of: {visible(known)}")
    say(session, question, "bold")
    show(session, [(str(i), choice.id, choice.label, choice.about) for i, choice in enumerate(choices, 1)])
    return ask("Number or name", lambda typed: _chosen(typed, choices), default=default)


def text(question: str, missing: str, *, default: str | None = None) -> str:
    """Ask for a text that has to be given."""
    if not can_ask():
        raise click.UsageError(f"{missing} is missing: {question[0].lower()}{question[1:]}")
    return ask(question, _filled, default=default)


def optional_text(question: str) -> str | None:
    """Ask for a text that may be left out; where nobody can answer, it is."""
    if not can_ask():
        return None
    return ask(f"{question} {_LEFT_OUT}", str.strip, default="", show_default=False) or None


def coming_day(session: Session, question: str, missing: str, *, default: str | None = None) -> date:
    """Ask for a day from today on."""
    if not can_ask():
        raise click.UsageError(f"{missing} is missing; write YYYY-MM-DD, or how far off: 7d, 2w, 3m")
    return ask(question, lambda typed: read_coming(missing, typed, session.today()), default=default)


def optional_coming_day(session: Session, question: str, option: str) -> date | None:
    """Ask for a day from today on that may be left out."""

    def read(typed: str) -> date | None:
        return read_coming(option, typed, session.today()) if typed.strip() else None

    return ask(f"{question} {_LEFT_OUT}", read, default="", show_default=False)


def ask(question: str, read: Callable[[str], T], *, default: str | None = None, show_default: bool = True) -> T:
    """Ask until the answer can be read."""
    suffix = " " if question.endswith("?") and default is None else ": "
    answer: T = click.prompt(
        visible(question),
        default=None if default is None else visible(default),
        value_proc=read,
        err=True,
        show_default=show_default,
        prompt_suffix=suffix,
    )
    return answer


def say(session: Session, line: str, colour: str = "") -> None:
    """Say something beside the results: on standard error."""
    shown = visible(line)
    click.echo(session.paint(shown, colour) if colour else shown, err=True, color=session.in_colour)


def show(session: Session, rows: Sequence[tuple[str, ...]]) -> None:
    """Show rows in columns, on standard error; columns that are empty are left out."""
    from crmtool.cli.terminal import Column, cell, drawn, grid

    if not rows:
        return
    used = [i for i in range(len(rows[0])) if any(row[i] for row in rows)]
    columns = [Column(share=1, breaks=True) if n and i == used[-1] else Column() for n, i in enumerate(used)]
    cells = [[cell(row[i], "dim" if n == 0 else "") for n, i in enumerate(used)] for row in rows]
    for line in drawn(session, grid(columns, cells)):
        click.echo(f"  {line}", err=True, color=session.in_colour)


def _filled(typed: str) -> str:
    if not typed.strip():
        raise click.UsageError("please write something")
    return typed.strip()


def _chosen(typed: str, choices: Sequence[Choice]) -> str:
    wanted = folded(typed.strip())
    if wanted.isdecimal() and 1 <= int(wanted) <= len(choices):
        return choices[int(wanted) - 1].id
    exact = [choice for choice in choices if wanted in (folded(choice.id), folded(choice.label))]
    begun = [choice for choice in choices if folded(choice.id).startswith(wanted)]
    begun = begun or [choice for choice in choices if folded(choice.label).startswith(wanted)]
    found = exact or begun
    if len(found) != 1 or not wanted:
        what = "is not among them" if not found else "may be several of them"
        raise click.UsageError(f"{visible(typed)!r} {what}; write a number from 1 to {len(choices)}")
    return found[0].id
