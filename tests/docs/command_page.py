"""The reference page of the commands, as Markdown: made of what click knows, in the order in which one needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.docs.command_tree import Command, Option

GROUPS = {
    "Look": ("focus", "why", "board", "list", "log", "progress"),
    "Change a contact": (
        *("new", "answer", "decide", "stop", "next", "block", "unblock", "revisit", "correct", "edit"),
        "merge-contacts",
    ),
    "Check, compare, share": ("check", "explain", "diff", "blame", "hook", "merge-driver"),
    "The rule book": ("rules",),
    "The report site": ("site",),
    "In and out, privacy": ("import", "export", "retention", "subject", "erase"),
    "Set up": ("init", "doctor", "completion", "lsp"),
}
"""Every command once; a group's own commands follow it."""


def group_of(command: Command) -> str:
    """Give the heading below which a command stands; raises StopIteration."""
    first = command.words.split()[1]
    return next(title for title, names in GROUPS.items() if first in names)


def grouped(commands: Iterable[Command]) -> dict[str, list[Command]]:
    """Put the commands below their headings, in the order of these."""
    found = list(commands)
    return {
        title: sorted(
            (command for command in found if group_of(command) == title),
            key=lambda command: names.index(command.words.split()[1]),
        )
        for title, names in GROUPS.items()
    }


def overview(commands: Iterable[Command]) -> str:
    """Write the list of all commands."""
    lines: list[str] = []
    for title, found in grouped(commands).items():
        lines += ["", f"**{title}**", ""]
        lines += [f"- [`{command.words}`](#{_anchor(command)}): {command.summary}" for command in found]
    return "\n".join(lines)


def reference(commands: Iterable[Command]) -> str:
    """Write a section for each command."""
    return "\n\n".join(
        part
        for title, found in grouped(commands).items()
        for part in (f"## {title}", *("\n\n".join(_section(command)) for command in found))
    )


def options(found: Iterable[Option]) -> str:
    """Write a list of options."""
    return "\n".join(f"- {_option(option)}" for option in found)


def _anchor(command: Command) -> str:
    return command.words.replace(" ", "-")


def _section(command: Command) -> Iterator[str]:
    yield f"### {command.words}"
    yield from command.paragraphs
    yield f"```text\n{command.usage}\n```"
    if command.options:
        yield options(command.options)
    if command.examples:
        lines = (f"{typed:<34}# {told}" if told else typed for typed, told in command.examples)
        yield "```sh\n" + "\n".join(lines) + "\n```"


def _option(option: Option) -> str:
    names = ", ".join(f"`{name}`" for name in option.names[:-1])
    last = f"`{option.names[-1]}{' ' + option.value if option.value else ''}`"
    default = f" Default: `{option.default}`." if option.default else ""
    again = " May be given more than once." if option.repeated and "repeated" not in option.help else ""
    return f"{names + ', ' if names else ''}{last}: {option.help.rstrip('.')}.{default}{again}"
