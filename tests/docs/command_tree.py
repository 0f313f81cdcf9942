"""The commands as click knows them, as plain data: what the reference page and the manual page are made of."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click

from crmtool.cli import cli
from crmtool.cli.session import PROGRAM

COMMON = frozenset({"-C", "--today", "--color", "-h"})
"""The options that every command has; they are told once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option: its names, the word for its value (empty for a switch), what it does, and its default."""

    names: tuple[str, ...]
    value: str
    help: str
    default: str
    repeated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command: what one types, what it is for, its own options, and examples with what they do."""

    words: str
    usage: str
    summary: str
    paragraphs: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    options: tuple[Option, ...]
    group: bool


def program() -> Command:
    """Give the program itself."""
    return _described(cli, _context())


def commands() -> tuple[Command, ...]:
    """List all commands, a group before what is in it."""
    return tuple(_below(cli, _context()))


def common_options() -> tuple[Option, ...]:
    """List the options that every command has."""
    return tuple(option for option in _options(cli, _context()) if COMMON & set(option.names))


def _context() -> click.Context:
    return click.Context(cli, info_name=PROGRAM, **cli.context_settings)


def _below(group: click.Group, context: click.Context) -> Iterator[Command]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        inner = click.Context(command, info_name=name, parent=context)
        yield _described(command, inner)
        if isinstance(command, click.Group):
            yield from _below(command, inner)


def _described(command: click.Command, context: click.Context) -> Command:
    paragraphs, examples = _parts(command.help or "")
    return Command(
        words=context.command_path,
        usage=" ".join([context.command_path, *_usage(command)]),
        summary=command.short_help or paragraphs[0],
        paragraphs=paragraphs,
        examples=examples,
        options=tuple(option for option in _options(command, context) if not COMMON & set(option.names)),
        group=isinstance(command, click.Group),
    )


def _usage(command: click.Command) -> Iterator[str]:
    """Give the words of a usage line; spelled out, since click's own differ from version to version."""
    yield "[OPTIONS]"
    yield from (_argument(each) for each in command.params if isinstance(each, click.Argument))
    if isinstance(command, click.Group):
        yield command.subcommand_metavar


def _argument(argument: click.Argument) -> str:
    if argument.metavar:
        return argument.metavar
    if isinstance(argument.type, click.Choice):
        return _choices(argument.type)
    name = (argument.name or "").upper()
    return (name if argument.required else f"[{name}]") + ("" if argument.nargs == 1 else "...")


def _choices(kind: click.Choice[Any]) -> str:
    return f"[{'|'.join(kind.choices)}]"


def _parts(text: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Part a help text into its paragraphs, each on one line, and the lines of its example."""
    paragraphs: list[str] = []
    examples: list[tuple[str, str]] = []
    for block in inspect.cleandoc(text).split("\n\n"):
        if block.startswith("\b"):
            head, *lines = block.split("\n")[1:]
            assert head == "Example:", head
            examples += [_typed(line.strip()) for line in lines]
        else:
            paragraphs.append(" ".join(block.split()))
    return tuple(paragraphs), tuple(examples)


def _typed(line: str) -> tuple[str, str]:
    """Part a line of an example into what is typed and what is said beside it."""
    typed, *told = re.split(r"\s{2,}", line, maxsplit=1)
    return typed, told[0] if told else ""


def _options(command: click.Command, context: click.Context) -> Iterator[Option]:
    for option in command.get_params(context):
        if isinstance(option, click.Option) and not option.hidden:
            # What is worked out when it is needed has nothing to show.
            shown = option.show_default and isinstance(option.default, str | int)
            yield Option(
                names=tuple(sorted(option.opts, key=len)),
                value="" if option.is_flag else _value(option),
                help=option.help or "",
                default=str(option.default) if shown else "",
                repeated=option.multiple,
            )


def _value(option: click.Option) -> str:
    if option.metavar:
        return option.metavar
    if isinstance(option.type, click.Choice):
        return _choices(option.type)
    return "NUMBER" if isinstance(option.type, click.IntRange | click.FloatRange) else option.type.name.upper()
