"""What is done with a draft: shown, written, committed; and what it means for the contact is told."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from errno import EPIPE
from typing import TYPE_CHECKING

import click

from crmtool.app.changing import Draft, exceeded_limit, save
from crmtool.cli.prompting import say
from crmtool.cli.session import Session
from crmtool.errors import CrmtoolError, RefusedError
from crmtool.formats.as_text import finding_lines
from crmtool.snapshot import RULEBOOK, Content
from crmtool.text import one_line, visible

if TYPE_CHECKING:  # Git is loaded when something is committed
    from crmtool.app.changing.commit import Commit


def finish(session: Session, made: Draft, told: str, *, dry_run: bool, wants_commit: bool) -> None:
    """Show a draft, or write it and commit it where that is wanted; `told` says in a line what was changed."""
    _tell_warnings(session, made)
    if dry_run:
        show_draft(session, made)
        say(session, "nothing was written (--dry-run)")
        return
    ready = _prepared(made) if wants_commit else None
    save(made)
    with _is_written(made):
        click.echo(visible(f"{made.contact.id}: {one_line(told)}"))
        if made.settled is not None:
            click.echo(visible(f"next step removed, it is settled by this: {one_line(made.settled.do)}"))
        tell_standing(session, made)
    if ready is not None:
        _commit(session, ready, is_new=made.before is None)


@contextmanager
def _is_written(made: Draft) -> Iterator[None]:
    """Keep who cannot be told of a change from taking it for one that was not made."""
    try:
        yield
    except OSError as error:
        if error.errno == EPIPE:  # whoever stops reading knows that
            raise
        raise CrmtoolError(f"{made.path} is written, but that cannot be told: {error.strerror}") from None


def show_draft(session: Session, made: Draft) -> None:
    """Print the change of a file."""
    for line in made.diff().splitlines():
        click.echo(session.paint(visible(line), _colour(line)), color=session.in_colour)


def commit_now(session: Session, made: Draft) -> None:
    """Commit a file that is written already."""
    ready = _prepared(made)
    if ready is None:
        say(session, "there is nothing to commit: it is as the last commit has it")
    else:
        _commit(session, ready)


def _prepared(made: Draft) -> Commit | None:
    from crmtool.app.changing.commit import prepare_commit

    return prepare_commit(made)


def _commit(session: Session, ready: Commit, *, is_new: bool = False) -> None:
    from crmtool.app.changing.commit import commit

    done = commit(ready)
    for line in done.said.splitlines():
        say(session, line)
    if not done.made:
        paths = shlex.join(ready.paths)
        command = f"git add -- {paths} && git commit -- {paths}" if is_new else f"git commit -- {paths}"
        again = f"mend what is told above, then `{command}` at the top of the repository"
        raise RefusedError("the file is written, but Git did not make the commit", (again,))
    say(session, f"committed: {ready.message.splitlines()[0]}")


def tell_limit(session: Session, made: Draft, others: Content) -> None:
    """Tell that the status is fuller then than it should be; the rules do not refuse that."""
    told = exceeded_limit(made, others, session.today())
    if told:
        say(session, f"{told}: decide or stop others first, or this one soon")


def _tell_warnings(session: Session, made: Draft) -> None:
    lines: Iterable[str] = (line for found in made.warnings for line in finding_lines(found, session.paint))
    for line in lines:
        click.echo(line, err=True, color=session.in_colour)
    if made.has_broken_rules:
        say(session, f"{RULEBOOK} has errors; `crmtool rules check` tells them")


def tell_standing(session: Session, made: Draft) -> None:
    """Tell the verdict after the change, with its reason."""
    from crmtool.app.look import judge_one
    from crmtool.assessment import Verdict
    from crmtool.cli.terminal import Column, cell, draw, grid, sign
    from crmtool.report.marks import contact_mark
    from crmtool.report.reasons import reason

    if made.content.rulebook is None:
        return
    told = judge_one(made.contact, made.content.rulebook, session.today())
    for assessment in told.assessments:
        why = reason(told, assessment)
        # Of one that is done, the reason is what was just written.
        text = "" if assessment.verdict is Verdict.DONE else f": {why.text}{' – ' if why.when else ''}{why.when}"
        row = (sign(contact_mark(assessment, told.language)), cell(f"{assessment.status.label}{text}"))
        draw(session, grid((Column(), Column(share=1, breaks=True)), [row]))


def _colour(line: str) -> str:
    if line.startswith(("+++", "---")):
        return "bold"
    return {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "dim")
