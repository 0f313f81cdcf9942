"""The command line: thin commands over the use cases of `crmtool.app`."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO

import click

from crmtool import __version__
from crmtool.cli.session import COMPLETE_VARIABLE, PROGRAM, Session, common_options
from crmtool.cli.utf8 import ensure_utf8
from crmtool.errors import CrmtoolError
from crmtool.text import visible

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_COMMANDS = {
    "init": "crmtool.cli.init:init",
    "check": "crmtool.cli.check:check",
    "focus": "crmtool.cli.focus:focus",
    "why": "crmtool.cli.look:why",
    "board": "crmtool.cli.look:board",
    "list": "crmtool.cli.listing:list_contacts",
    "log": "crmtool.cli.log:log",
    "progress": "crmtool.cli.progress:progress",
    "diff": "crmtool.cli.diff:diff",
    "blame": "crmtool.cli.blame:blame",
    "new": "crmtool.cli.change.new:new",
    "answer": "crmtool.cli.change.answer:answer",
    "decide": "crmtool.cli.change.decide:decide",
    "stop": "crmtool.cli.change.decide:stop",
    "next": "crmtool.cli.change.step:next_step",
    "block": "crmtool.cli.change.waits:block",
    "unblock": "crmtool.cli.change.waits:unblock",
    "revisit": "crmtool.cli.change.waits:revisit",
    "correct": "crmtool.cli.change.correct:correct",
    "edit": "crmtool.cli.change.edit:edit",
    "merge-contacts": "crmtool.cli.change.merge_contacts:merge_contacts",
    "rules": "crmtool.cli.rules:rules",
    "hook": "crmtool.cli.hook:hook",
    "doctor": "crmtool.cli.doctor:doctor",
    "merge-driver": "crmtool.cli.merge_driver:merge_driver",
    "site": "crmtool.cli.site:site",
    "import": "crmtool.cli.importing:import_files",
    "export": "crmtool.cli.export:export",
    "retention": "crmtool.cli.retention:retention",
    "subject": "crmtool.cli.privacy_subject:subject",
    "erase": "crmtool.cli.privacy_erase:erase",
    "lsp": "crmtool.cli.lsp:lsp",
    "explain": "crmtool.cli.explain:explain",
    "completion": "crmtool.cli.completion:completion",
}
_STOPPED_READING = 141
_MADE_BETWEEN_COLLECTIONS = 200_000
"""So many objects more than before let Python look for those that nobody can reach: with 700, it does little else."""
TRACEBACK_VARIABLE = "CRMTOOL_TRACEBACK"


class _LazyGroup(click.Group):
    """Imports a command's module when the command is used: a hook must not pay for the site."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not ctx.resilient_parsing:
            from crmtool.cli.slips import unknown_command

            ctx.fail(unknown_command(ctx, args, _COMMANDS))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what a message about wrong usage quotes of files is never obeyed by a terminal."""
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            from crmtool.cli.slips import unknown_option

            raise click.UsageError(visible(unknown_option(error)), error.ctx) from None
        except click.ClickException as error:
            error.message = visible(error.message or "")  # type: ignore[misc]
            raise

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module, attribute = _COMMANDS[name].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete names and options; a command's few words are left out, since they stand in its module."""
        from click.shell_completion import CompletionItem

        names = [CompletionItem(name) for name in _COMMANDS if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="crmtool")
@common_options
def cli() -> None:
    """Steer decisions with contacts in plain text and Git.

    For every contact: why is it exactly here, what is missing for a decision, what is the next sensible step, when is
    stopping wiser than going on?

    \b
    Example:
      crmtool focus                     what deserves attention today
      crmtool why nordlicht             the four questions about one contact
      crmtool decide nordlicht          take a decision, as far as the rules allow it
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the program; ends the process with status 0, 1 (errors found, refused) or 2 (wrong usage)."""
    if arguments is None:
        ensure_utf8()
    _collect_seldom()
    # A stream that is closed takes what nobody reads; else the next file that is opened would take its place.
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout, sys.stderr = (stream or _nowhere() for stream in (sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        _write_any_text(stream)
    if os.environ.get(COMPLETE_VARIABLE):
        from crmtool.cli import shells

        shells.complete(cli, Session())
    stdout = sys.stdout
    try:
        _run(arguments)
    except SystemExit:
        # click puts something else in the place of a closed pipe. Who stops reading has found no error: not status 1.
        if sys.stdout is not stdout:
            sys.exit(_STOPPED_READING)
        raise


def _run(arguments: list[str] | None) -> None:
    try:
        cli.main(args=arguments, prog_name=PROGRAM, obj=Session())
    except CrmtoolError as error:
        _fail(str(error), error.status, error.advice)
    except RecursionError:
        _fail("the input is nested too deeply")
    except OSError as error:
        if os.environ.get(TRACEBACK_VARIABLE):
            raise
        _fail(f"{error.filename or 'the output cannot be written'}: {error.strerror or error}")
    except Exception as error:
        if os.environ.get(TRACEBACK_VARIABLE):
            raise
        _fail(f"internal error ({type(error).__name__}: {error}); {TRACEBACK_VARIABLE}=1 shows where; please report it")


def _fail(message: str, status: int = 2, advice: tuple[str, ...] = ()) -> None:
    click.echo(f"crmtool: {visible(message)}", err=True)
    for line in advice:
        click.echo(f"    {visible(line)}", err=True)
    sys.exit(status)


def _collect_seldom() -> None:
    # What is old is looked through after ten of these, instead of a hundred: `site serve` runs on and on.
    gc.set_threshold(_MADE_BETWEEN_COLLECTIONS, 5, 2)
    atexit.register(gc.freeze)  # else all that is left is looked through once more before the process ends


def _nowhere(mode: Literal["r", "w"] = "w") -> TextIO:
    return Path(os.devnull).open(mode, encoding="utf-8")


def _write_any_text(stream: Any) -> None:
    # File names need not be valid text, and a terminal may know fewer characters than a contact.
    if hasattr(stream, "reconfigure"):
        encoding = "utf-8" if (stream.encoding or "").lower() in ("ascii", "us-ascii", "ansi_x3.4-1968") else None
        stream.reconfigure(errors="backslashreplace", **({"encoding": encoding} if encoding else {}))
