"""crmtool erase: take a person out of the files and of all their history."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from crmtool.cli import completing, prompting
from crmtool.cli.judged import view_of
from crmtool.cli.privacy_confirming import ALL, ASK, NONE, Choice, confirmed
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.cli.text_type import SENTENCE
from crmtool.cli.waiting import waiting
from crmtool.errors import CrmtoolError
from crmtool.formats import erase_words
from crmtool.formats.as_json import dumps
from crmtool.text import visible

if TYPE_CHECKING:
    from crmtool.app.privacy.drafting import Confirmed, Erasure
    from crmtool.app.privacy.verifying import Left, Verified
    from crmtool.privacy.erasing import Outline
    from crmtool.privacy.findings import FileMentions

_TOKEN_BYTES = 4


@click.command(cls=WordyCommand, short_help="Erase a person, from the history too.")
@click.argument("contact", shell_complete=completing.contacts)
@click.option("--also", type=SENTENCE, multiple=True, metavar="TEXT", help="Look for this, too, such as a nickname.")
@click.option("--apply", "applies", is_flag=True, help="Do it; without this, it is only told what would be done.")
@click.option(
    "--mentions",
    type=click.Choice([ASK, ALL, NONE]),
    help="Replace mentions in other files: ask for each (default at a terminal), all, or none (default elsewhere).",
)
@click.option(
    "--keep-mention", "kept", multiple=True, metavar="PATH", help="Leave the mentions in this file, from the top level."
)
@click.option(
    "--mention",
    "wanted",
    multiple=True,
    metavar="PATH",
    help="Replace the mentions in this file, whatever else is said.",
)
@click.option("--keep-authors", is_flag=True, help="Leave the person as the author of commits.")
@click.option("--without-history", is_flag=True, help="Change the files of now alone; the history keeps everything.")
@format_option("text", "json")
@common_options
@pass_session
def erase(
    session: Session,
    /,
    contact: str,
    also: tuple[str, ...],
    applies: bool,
    mentions: str | None,
    kept: tuple[str, ...],
    wanted: tuple[str, ...],
    keep_authors: bool,
    without_history: bool,
    form: str,
) -> None:
    """Erase a person for good (GDPR, Art. 17): from the files, and from every commit on every branch and tag.

    Without --apply it only tells what it would do. What is left is an anonymous contact with the dates, statuses,
    criteria and reasons, so that the statistics stay true. The contact must be decided. All commits get new ids, so
    everybody needs a new clone. Afterwards every object is looked through: the exit status is 1 if anything is left.

    \b
    Example:
      crmtool erase nordlicht/jana-koehler
      crmtool erase nordlicht/jana-koehler --apply --mentions all
      crmtool erase nordlicht --also "JK" --keep-mention README.md
    """
    from crmtool.app.privacy.drafting import draft_erasure

    if mentions == ASK and not prompting.can_ask() and applies:
        raise click.UsageError("--mentions ask needs a terminal; write all or none")
    view, token = view_of(session), secrets.token_hex(_TOKEN_BYTES)
    with waiting(session, "looking through the history"):
        erasure = draft_erasure(view, contact, session.start, token, also=also, with_history=not without_history)
    _refuse_unknown("--keep-mention", kept, erasure.known.found.files)
    _refuse_unknown("--mention", wanted, erasure.mentions)
    way = mentions or (ASK if prompting.can_ask() else NONE)
    choice = Choice(
        files=tuple(file for file in erasure.mentions if file.path not in kept),
        wanted=frozenset(wanted),
        people=not keep_authors,
    )
    if not applies:
        _tell_only(session, erasure, choice, way, form)
        return
    from crmtool.app.privacy.erasing import refuse_unready

    refuse_unready(erasure)
    for line in erase_words.tip_lines(erasure.tips):
        prompting.say(session, line)
    _apply(session, erasure, confirmed(session, erasure, choice, way), form)


def _refuse_unknown(option: str, paths: Iterable[str], files: Iterable[FileMentions]) -> None:
    known = {file.path for file in files}
    for path in paths:
        if path not in known:
            named = ", ".join(sorted(known)) or "none has any"
            can = "mentions" if option == "--keep-mention" else "mentions that can be replaced"
            raise CrmtoolError(f"{option} {visible(path)}: no file of that path has {can}; {visible(named)}")


def _tell_only(session: Session, erasure: Erasure, choice: Choice, way: str, form: str) -> None:
    from crmtool.app.privacy.outlining import outline, remaining

    told = outline(erasure, choice.of(way), choice.asked() if way == ASK else choice.of(NONE))
    todo = remaining(erasure)
    if form == "json":
        from crmtool.formats import erase_json

        click.echo(dumps(erase_json.outline(told, todo)))
        return
    lines = (
        *erase_words.outline_lines(told),
        *erase_words.obstacle_lines(told),
        *erase_words.tip_lines(told.tips),
        *erase_words.by_hand_lines(todo),
    )
    _echo(lines)
    note = "" if way != NONE or not choice.files else "; --mentions all replaces the mentions, too"
    prompting.say(session, f"nothing was changed; --apply does it{note}")


def _apply(session: Session, erasure: Erasure, chosen: Confirmed, form: str) -> None:
    from crmtool.app.privacy.outlining import outline, remaining

    told = outline(erasure, chosen, chosen)
    done = _done(session, erasure, chosen)
    todo = remaining(erasure)
    if form == "json":
        from crmtool.formats import erase_json

        left = [{"where": each.where, "found": each.found, "todo": each.todo or None} for each in done.left]
        click.echo(dumps(erase_json.done(erase_json.outline(told, ()), left, done.unread, done.objects, todo)))
    else:
        lines = (*erase_words.perhaps_lines(told), *erase_words.unread_lines(done.unread))
        _echo((*_result(told, done), *lines, *erase_words.by_hand_lines(todo)))
    if done.left:
        sys.exit(1)


def _done(session: Session, erasure: Erasure, chosen: Confirmed) -> Verified:
    from crmtool.app.privacy.erasing import erase as erase_now
    from crmtool.app.privacy.erasing import interrupted
    from crmtool.git.interrupting import ended_by_signals

    with ended_by_signals():
        try:
            with waiting(session, "rewriting the history"):
                return erase_now(erasure, chosen)
        except (KeyboardInterrupt, SystemExit):
            told, commands = interrupted(erasure)
            for line in (told, *(f"  {command}" for command in commands)):
                prompting.say(session, line)
            raise


def _result(told: Outline, done: Verified) -> Iterable[str]:
    yield f"erased; what is left in its place: {told.path}"
    if told.in_repository and not told.with_history:
        yield "the history still has everything (--without-history)"
    looked = f"{done.objects:,} objects of the history and " if told.with_history else ""
    files = "all other files" if any(path.endswith("/") for path in done.unread) else "all files"
    if not done.left:
        yield f"{looked}{files} were looked through: nothing is left"
        return
    yield f"{looked}{files} were looked through; this is left"
    for each in done.left:
        yield f"  {_left(each)}"


def _left(each: Left) -> str:
    return f"{each.where}: {each.found}" + (f" ({each.todo})" if each.todo else "")


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(visible(line))
