"""crmtool(1): one page with all commands, made of what click knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crmtool import __version__
from tests.docs import roff
from tests.docs.command_page import grouped
from tests.docs.command_tree import Command, Option, commands, common_options, program
from tests.docs.told_once import ENVIRONMENT, FILES, STATUSES


def manual() -> str:
    """Write the page."""
    page = "\n".join([*_head(), *_commands(), *_foot(), ""])
    return re.sub(r"^(\.S[HS] .*\n)\.PP\n", r"\1", page, flags=re.MULTILINE)  # a heading begins a paragraph itself


def _head() -> Iterator[str]:
    own = program()
    yield '.\\" Made of what `crmtool --help` tells: pytest tests/docs --update-golden'
    # It has no date: it would be that of the build, and what it tells is the version's.
    yield f'.TH CRMTOOL 1 "" "crmtool {__version__}" "User Commands"'
    yield roff.heading("NAME")
    yield f"crmtool \\- {roff.plain(own.summary[0].lower() + own.summary[1:].rstrip('.'))}"
    yield roff.heading("SYNOPSIS")
    yield _usage(own)
    yield roff.heading("DESCRIPTION")
    yield from map(roff.paragraph, own.paragraphs)
    yield roff.paragraph("`crmtool COMMAND --help` tells the same of one command.")
    yield roff.heading("OPTIONS")
    yield roff.paragraph("Every command has these, before its name or after it.")
    yield from map(_option, (*common_options(), *own.options))
    yield from _examples(own)


def _commands() -> Iterator[str]:
    for title, found in grouped(commands()).items():
        yield roff.heading(title.upper())
        for command in found:
            yield roff.heading(command.words, below=True)
            yield _usage(command)
            yield from map(roff.paragraph, command.paragraphs)
            yield from map(_option, command.options)
            yield from _examples(command)


def _foot() -> Iterator[str]:
    for title, told in (("EXIT STATUS", STATUSES), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        yield roff.heading(title)
        for name, meaning in told.items():
            yield roff.tagged(roff.bold(name), f"{meaning[0].upper()}{meaning[1:]}.")
    yield roff.heading("SEE ALSO")
    yield f"{roff.bold('git')}(1)"


def _usage(command: Command) -> str:
    pieces = command.usage.removeprefix(command.words)
    return f".PP\n{roff.bold(command.words)}{roff.italic(pieces)}"


def _option(option: Option) -> str:
    names = ", ".join(map(roff.bold, option.names))
    notes = (f" Default: `{option.default}`." if option.default else "") + (
        " May be given more than once." if option.repeated and "repeated" not in option.help else ""
    )
    value = f" {roff.italic(option.value)}" if option.value else ""
    return roff.tagged(names + value, option.help.rstrip(".") + "." + notes)


def _examples(command: Command) -> Iterator[str]:
    if command.examples:
        yield roff.example(f"{typed:<34}# {told}" if told else typed for typed, told in command.examples)
