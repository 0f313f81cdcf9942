"""What every command shares: where to start, what day it is, how to paint."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

PROGRAM = "crmtool"
COMPLETE_VARIABLE = "_CRMTOOL_COMPLETE"
"""Set by a shell that asks how a line could go on."""
Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Session:
    """The options that stand before or after a command's name; the later one wins."""

    start: Path = field(default_factory=Path)
    today_given: str | None = None
    colour: str = "auto"

    def root(self) -> Path:
        """The root of the workspace; raises CrmtoolError."""
        from crmtool.workspace import find_root

        root = find_root(self.start)
        if _may_lack_schemas(root):
            from crmtool.app.sparse import refuse_without_schemas

            refuse_without_schemas(root)
        return root

    def today(self) -> date:
        """The day as of which everything is told; raises CrmtoolError."""
        from crmtool import app

        return app.today(self.today_given)

    @property
    def in_colour(self) -> bool:
        """Whether standard output gets colours: as asked for, else on a terminal unless NO_COLOR is set."""
        if self.colour != "auto":
            return self.colour == "always"
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def paint(self, text: str, colour: str) -> str:
        """Colour a text, or leave it alone."""
        if not self.in_colour:
            return text
        if colour in ("bold", "dim"):
            return click.style(text, **{colour: True})
        return click.style(text, fg=colour)


def _may_lack_schemas(root: Path) -> bool:
    """Whether a sparse checkout may have left out a workspace's schemas; told without loading what asks Git."""
    if (root / "schemas").exists():
        return False
    own = next((each / ".git" for each in (root, *root.parents) if (each / ".git").exists()), None)
    return own is not None and (own.is_file() or (own / "info" / "sparse-checkout").exists())


pass_session = click.make_pass_decorator(Session, ensure=True)


class _Directory(click.Path):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if ctx is not None and ctx.resilient_parsing:
            return Path(value).expanduser()  # on a line that is being completed, ~ still stands as it was typed
        return super().convert(value, param, ctx)


def common_options(command: Command) -> Command:
    """Give a command the options that every command has: -C, --today, --color."""
    options = (
        click.option(
            "-C",
            "start",
            type=_Directory(exists=True, file_okay=False, path_type=Path),
            metavar="DIR",
            help="Work as if started in DIR.",
            **_kept("start"),
        ),
        click.option(
            "--today",
            metavar="DATE",
            help="Judge as of DATE (default: CRMTOOL_TODAY, or today).",
            **_kept("today_given"),
        ),
        click.option(
            "--color",
            type=click.Choice(["auto", "always", "never"]),
            help="Colours (default: on a terminal, unless NO_COLOR is set).",
            **_kept("colour"),
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Give a command `--format`; the first format is the default."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True, help="How to print it."
    )


def _kept(name: str) -> dict[str, Any]:
    def keep(context: click.Context, _parameter: click.Parameter, value: Any) -> None:
        if value is not None:
            setattr(context.ensure_object(Session), name, value)

    return {"expose_value": False, "callback": keep}
