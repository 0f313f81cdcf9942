"""crmtool edit."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from crmtool.app.changing.editing import Opened, open_file
from crmtool.cli import prompting
from crmtool.cli.change.finish import commit_now, tell_standing
from crmtool.cli.change.options import contact_argument
from crmtool.cli.change.picking import picked
from crmtool.cli.prompting import Choice
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.errors import CrmtoolError, RefusedError
from crmtool.finding import Finding, Severity
from crmtool.formats.as_text import finding_lines
from crmtool.text import visible

_VARIABLES = ("VISUAL", "EDITOR")
_REOPEN, _KEEP, _UNDO = "reopen", "keep", "undo"
_TAKE_A_LINE = ("vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "kak", "ne", "joe")


@click.command(cls=WordyCommand, short_help="Open a contact in your editor.")
@contact_argument
@click.option("--commit", is_flag=True, help="Commit the file, with a message that tells the change.")
@common_options
@pass_session
def edit(session: Session, contact: str | None, commit: bool) -> None:
    """Open a contact in your editor ($VISUAL or $EDITOR), and check it when you come back.

    Where something is wrong you can open it again, keep it as it is, or undo what you did. --commit commits what
    differs from the last commit, be it changed now or before.

    \b
    Example:
      crmtool edit nordlicht
    """
    editor = _editor()
    file = picked(session, contact, open_file)
    findings = _edited(session, editor, file)
    changed = file.now() != file.before
    if not changed:
        prompting.say(session, "nothing was changed")
    if _errors(findings):
        sys.exit(1)
    if not (changed or commit):
        return
    made = file.as_draft()
    if changed:
        tell_standing(session, made)
    if commit:
        commit_now(session, made)


def _edited(session: Session, editor: list[str], file: Opened) -> tuple[Finding, ...]:
    line = 0
    while True:
        _run(editor, file.file, line)
        seen, findings = file.now(), file.findings()
        _tell(session, findings)
        errors = _errors(findings)
        if not errors or not prompting.can_ask():
            return findings
        match _what_now(session):
            case "keep":
                return findings
            case "undo":
                file.restore(seen)
                return file.findings()
        line = errors[0].location.line


def _errors(findings: Iterable[Finding]) -> list[Finding]:
    return [found for found in findings if found.severity is Severity.ERROR]


def _what_now(session: Session) -> str:
    choices = (
        Choice(id=_REOPEN, about="open it again, at the first error"),
        Choice(id=_KEEP, about="leave it as it is; a commit will be refused"),
        Choice(id=_UNDO, about="put back what it was before"),
    )
    return prompting.choose(session, "It has errors. What now?", choices, "", default=_REOPEN)


def _tell(session: Session, findings: Iterable[Finding]) -> None:
    for found in findings:
        for line in finding_lines(found, session.paint):
            click.echo(line, color=session.in_colour)


def _editor() -> list[str]:
    written = next((os.environ[name] for name in _VARIABLES if os.environ.get(name, "").strip()), None)
    if written is None:
        raise CrmtoolError("no editor is known: set EDITOR, such as `EDITOR=nano crmtool edit …`")
    try:
        return shlex.split(written)
    except ValueError:
        raise CrmtoolError(f"the editor {visible(written)!r} has quotes that are not closed") from None


def _run(editor: list[str], file: Path, line: int) -> None:
    at_line = [f"+{line}"] if line and Path(editor[0]).name in _TAKE_A_LINE else []
    with _keys_left_to_the_editor():
        try:
            status = subprocess.Popen([*editor, *at_line, str(file)]).wait()
        except OSError as error:
            raise CrmtoolError(f"the editor {visible(editor[0])!r} cannot be run: {error.strerror}") from None
    if status:
        raise RefusedError(f"the editor ended with status {status}; what it wrote is left as it is")


@contextmanager
def _keys_left_to_the_editor() -> Iterator[None]:
    """Leave Ctrl-C to the editor, from before it is there until it is gone.

    By a handler that does nothing: a program that is started gets the default back for a signal that is handled,
    but would go on ignoring one that is ignored.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _do_nothing)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _do_nothing(_number: int, _frame: FrameType | None) -> None: ...
