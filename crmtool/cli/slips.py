"""What a person is told who slipped: words too many, an option only begun, a decision typed as a command."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any

import click

from crmtool.cli.session import Session
from crmtool.cli.text_type import SENTENCE
from crmtool.text import as_command

_IN_QUOTES = "a name of several words stands in quotes"


class WordyCommand(click.Command):
    """A command that takes names or sentences; it says where words too many belong.

    `sentence` is the option behind which a sentence stands.
    """

    def __init__(self, *arguments: Any, sentence: str | None = None, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.sentence = sentence

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line; raises click.UsageError where something is left over."""
        ctx.allow_extra_args = True  # else click refuses them before anything can be said of them
        left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            ctx.fail(f"Unexpected: {shlex.join(left)}; {self._place_of(left, ctx)}")
        return left

    def _place_of(self, left: Sequence[str], ctx: click.Context) -> str:
        text = " ".join(left)
        if self.sentence is not None:
            behind = f"put it behind {self.sentence}: {self.sentence} {shlex.quote(text)}"
            return behind if " " in text else f"{behind}; {_IN_QUOTES}"
        arguments = [param for param in self.params if isinstance(param, click.Argument)]
        if not arguments:
            return f"words stand behind an option; {_IN_QUOTES}"
        if len(arguments) > 1:
            takes_text = any(argument.type is SENTENCE for argument in arguments)
            return f"a sentence or {_IN_QUOTES}" if takes_text else _IN_QUOTES
        name = " ".join((*(ctx.params[argument.name or ""] for argument in arguments), text))
        return f"put the name in quotes: {shlex.quote(name)}"


def unknown_option(error: click.NoSuchOption) -> str:
    """Tell which option was meant: one that was only begun, else one that is written alike."""
    wanted, params = error.option_name, error.ctx.command.get_params(error.ctx) if error.ctx else ()
    options = [param for param in params if isinstance(param, click.Option)]
    known = [name for option in options for name in (*option.opts, *option.secondary_opts)]
    if wanted == "--dry-run" and "--apply" in known:
        return f"No such option '{wanted}'; without --apply it is only told what would be done"
    near = [name for name in known if name.startswith(wanted)] or _near(wanted, known)
    return f"No such option '{wanted}'" + (f"; did you mean {' or '.join(near)}?" if near else "")


def unknown_command(ctx: click.Context, words: Sequence[str], known: Collection[str]) -> str:
    """Tell which command was meant, or that the first word is a decision of the rule book."""
    decision = _decision(ctx, words)
    if decision:
        hint = f"it is a decision: `{decision}`"
    else:
        near = _near(words[0], known)
        hint = f"did you mean '{near[0]}'?" if near else "`crmtool --help` lists them."
    return f"No such command {words[0]!r}; {hint}"


def _decision(ctx: click.Context, words: Sequence[str]) -> str | None:
    with suppress(Exception):  # a message about a slip must not fail: not outside of a workspace, nor in a broken one
        from crmtool.app import read
        from crmtool.app.changing.ways import named
        from crmtool.workspace import WorkTree

        session = ctx.find_object(Session) or Session()
        rulebook = read(WorkTree(session.root()), only=()).rulebook
        ways = [way for way in rulebook.transitions.values() if not way.is_entry] if rulebook else []
        if rulebook and named(rulebook, ways, words[0]):
            contact = next((word for word in words[1:2] if not word.startswith("-")), "CONTACT")
            return as_command("decide", contact, words[0])
    return None


def _near(word: str, known: Collection[str]) -> list[str]:
    import difflib

    return difflib.get_close_matches(word, known)
