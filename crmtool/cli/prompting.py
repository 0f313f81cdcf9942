"""Short questions at a terminal, for what a command was not told: only valid choices are offered.

Where nobody can answer, what is missing is wrong usage, and the message says what to write.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import click

from crmtool.cli.dates import read_coming
from crmtool.cli.session import Session
from crmtool.cli.text_type import SENTENCE
from crmtool.contact import folded
from crmtool.text import visible

_MOST_SHOWN = 12
_GAP = 2
_LEAST = 30
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
    session: Session,
    question: str,
    choices: Sequence[Choice],
    missing: str,
    *,
    default: str | None = None,
    not_yet: Sequence[Choice] = (),
) -> str:
    """Ask for one of several choices, by its number, its id or the beginning of its id or label; gives the id.

    What can be chosen `not_yet` is told with what it is `about`, where somebody writes its name all the same.
    """
    if not choices:
        raise click.UsageError(f"there is nothing to choose for {missing}")
    if not can_ask():
        known = ", ".join(choice.id for choice in choices[:_MOST_SHOWN]) + (", …" if len(choices) > _MOST_SHOWN else "")
        raise click.UsageError(f"{missing} is missing; write one of: {visible(known)}")
    say(session, question, "bold")
    show(session, [(str(i), choice.id, choice.label, choice.about) for i, choice in enumerate(choices, 1)])
    return ask("Number or name", lambda typed: _chosen(typed, choices, not_yet), default=default)


def text(question: str, missing: str, *, default: str | None = None, also: Callable[[str], str] | None = None) -> str:
    """Ask for a text that has to be given; `also` raises click.UsageError for one that does not do."""
    if not can_ask():
        raise click.UsageError(f"{missing} is missing: {question[0].lower()}{question[1:]}")

    def read(typed: str) -> str:
        told = SENTENCE.convert(typed, None, None)
        return also(told) if also else told

    return ask(question, read, default=default)


def optional_text(question: str) -> str | None:
    """Ask for a text that may be left out; where nobody can answer, it is."""
    if not can_ask():
        return None

    def read(typed: str) -> str | None:
        return SENTENCE.convert(typed, None, None) if typed.strip() else None

    return ask(f"{question} {_LEFT_OUT}", read, default="", show_default=False)


def coming_day(session: Session, question: str, missing: str, *, default: str | None = None) -> date:
    """Ask for a day from today on."""
    if not can_ask():
        raise click.UsageError(f"{missing} is missing; write YYYY-MM-DD, or how far off: 7d, 2w, 3m")
    return ask(question, lambda typed: read_coming(missing, typed, session.today()), default=default)


def optional_coming_day(session: Session, question: str, option: str) -> date | None:
    """Ask for a day from today on that may be left out; where nobody can answer, it is."""
    if not can_ask():
        return None

    def read(typed: str) -> date | None:
        return read_coming(option, typed, session.today()) if typed.strip() else None

    return ask(f"{question} {_LEFT_OUT}", read, default="", show_default=False)


def ask(question: str, read: Callable[[str], T], *, default: str | None = None, show_default: bool = True) -> T:
    """Ask until the answer can be read."""
    with suppress(ImportError):
        import readline  # noqa: F401 - lets what is typed be edited
    try:
        answer: T = click.prompt(
            visible(question),
            default=None if default is None else visible(default),
            value_proc=read,
            err=not sys.stdout.isatty(),  # only on standard output what is typed can be edited
            show_default=show_default,
            prompt_suffix=" " if question.endswith("?") and not (default and show_default) else ": ",
        )
    except click.Abort:
        click.echo(err=True)  # the line of the question ends
        raise
    return answer


def say(session: Session, line: str, colour: str = "") -> None:
    """Say something beside the results: on standard error."""
    shown = visible(line)
    click.echo(session.paint(shown, colour) if colour else shown, err=True, color=session.in_colour)


def show(session: Session, rows: Sequence[tuple[str, str, str, str]]) -> None:
    """Show rows in columns, on standard error: a number, a name and two more; below each other where it is narrow."""
    from crmtool.cli.terminal import Column, cell, drawn, grid, is_narrow

    if not rows:
        return
    used = [i for i in range(1, 4) if any(row[i] for row in rows)]
    numbers = [cell(f"  {row[0]}", "dim") for row in rows]
    cells = [[cell(row[i]) for i in used] for row in rows]
    needed = sum(max(row[n].cell_len for row in cells) + _GAP for n in range(len(used) - 1)) + _LEAST
    if is_narrow(needed):
        gap = cell("  ")
        lines = [
            [number, gap.join(each for each in row if each.plain)] for number, row in zip(numbers, cells, strict=True)
        ]
        table = grid((Column(), Column(share=1, breaks=True)), lines)
    else:
        columns = [Column(), *(Column() for _ in used[1:]), Column(share=1, breaks=True)]
        table = grid(columns, [[number, *row] for number, row in zip(numbers, cells, strict=True)])
    for line in drawn(session, table):
        click.echo(line, err=True, color=session.in_colour)


def _chosen(typed: str, choices: Sequence[Choice], not_yet: Sequence[Choice] = ()) -> str:
    wanted = folded(typed.strip())
    if wanted.isdecimal() and 1 <= int(wanted) <= len(choices):
        return choices[int(wanted) - 1].id
    exact = [choice for choice in (*choices, *not_yet) if wanted in (folded(choice.id), folded(choice.label))]
    found = exact or _begun(wanted, choices) or _begun(wanted, not_yet)
    if wanted and len(found) == 1 and found[0] in not_yet:
        raise click.UsageError(visible(f"'{found[0].id}' cannot be taken yet; it {found[0].about}"))
    if len(found) != 1 or not wanted:
        what = "is not among them" if not found else "may be several of them"
        number = f"a number from 1 to {len(choices)}" if len(choices) > 1 else "1"
        raise click.UsageError(f"{visible(typed)!r} {what}; write {number}, or a name")
    return found[0].id


def _begun(wanted: str, choices: Sequence[Choice]) -> list[Choice]:
    by_id = [choice for choice in choices if folded(choice.id).startswith(wanted)]
    return by_id or [choice for choice in choices if folded(choice.label).startswith(wanted)]
