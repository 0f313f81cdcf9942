"""crmtool erase: take a person out of the files and of all their history."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from crmtool.cli import completing, prompting
from crmtool.cli.judged import view_of
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.text_type import SENTENCE
from crmtool.cli.waiting import waiting
from crmtool.errors import CrmtoolError
from crmtool.formats import erase_words, privacy_words
from crmtool.formats.as_json import dumps
from crmtool.text import visible

if TYPE_CHECKING:
    from crmtool.app.privacy.drafting import Erasure
    from crmtool.app.privacy.erasing import Confirmed
    from crmtool.app.privacy.verifying import Left, Verified
    from crmtool.privacy.erasing import Outline
    from crmtool.privacy.findings import FileMentions

_ASK, _ALL, _NONE = "ask", "all", "none"
_TOKEN_BYTES = 4
_MOST_SHOWN = 8


@click.command(short_help="Erase a person, from the history too.")
@click.argument("contact", shell_complete=completing.contacts)
@click.option("--also", type=SENTENCE, multiple=True, metavar="TEXT", help="Look for this, too, such as a nickname.")
@click.option("--apply", "applies", is_flag=True, help="Do it; without this, it is only told what would be done.")
@click.option(
    "--mentions",
    type=click.Choice([_ASK, _ALL, _NONE]),
    help="Replace mentions in other files: ask for each (default at a terminal), all, or none (default elsewhere).",
)
@click.option(
    "--keep-mention", "kept", multiple=True, metavar="PATH", help="Leave the mentions in this file, from the top level."
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

    if mentions == _ASK and not prompting.can_ask() and applies:
        raise click.UsageError("--mentions ask needs a terminal; write all or none")
    view, token = view_of(session), secrets.token_hex(_TOKEN_BYTES)
    with waiting(session, "looking through the history"):
        erasure = draft_erasure(view, contact, session.start, token, also=also, with_history=not without_history)
    _refuse_unknown(erasure, kept)
    files = [file for file in erasure.mentions if file.path not in kept]
    way = mentions or (_ASK if prompting.can_ask() else _NONE)
    if not applies:
        _tell_only(session, erasure, files, way, form)
        return
    from crmtool.app.privacy.erasing import Confirmed, refuse_unready

    refuse_unready(erasure)
    chosen = _chosen(session, files, way)
    people = not keep_authors and way != _NONE
    _apply(session, erasure, Confirmed(paths=chosen, people=people), form)


def _refuse_unknown(erasure: Erasure, kept: Iterable[str]) -> None:
    known = {file.path for file in erasure.known.found.files}
    for path in kept:
        if path not in known:
            named = ", ".join(sorted(known)) or "none has any"
            raise CrmtoolError(f"--keep-mention {visible(path)}: no file of that path has mentions; {visible(named)}")


def _tell_only(session: Session, erasure: Erasure, files: list[FileMentions], way: str, form: str) -> None:
    from crmtool.app.privacy.outlining import outline, remaining

    paths = [file.path for file in files]
    told = outline(erasure, paths if way == _ALL else (), paths if way == _ASK else ())
    todo = remaining(erasure)
    if form == "json":
        from crmtool.formats import erase_json

        click.echo(dumps(erase_json.outline(told, todo)))
        return
    lines = (
        *erase_words.outline_lines(told),
        *erase_words.obstacle_lines(told),
        *erase_words.tip_lines(told),
        *erase_words.by_hand_lines(todo),
    )
    _echo(lines)
    note = "" if way != _NONE or not files else "; --mentions all replaces the mentions, too"
    prompting.say(session, f"nothing was changed; --apply does it{note}")


def _chosen(session: Session, files: list[FileMentions], way: str) -> frozenset[str]:
    if way != _ASK:
        return frozenset(file.path for file in files) if way == _ALL else frozenset()
    return frozenset(file.path for file in files if _is_wanted(session, file))


def _is_wanted(session: Session, file: FileMentions) -> bool:
    for line in privacy_words.file_lines(file, _MOST_SHOWN):
        prompting.say(session, f"  {line}")
    return click.confirm(f"Replace the mentions in {visible(file.path)}?", err=not sys.stdout.isatty())


def _apply(session: Session, erasure: Erasure, confirmed: Confirmed, form: str) -> None:
    from crmtool.app.privacy.erasing import erase as erase_now
    from crmtool.app.privacy.outlining import outline, remaining

    told = outline(erasure, confirmed.paths, ())
    for line in erase_words.tip_lines(told):
        prompting.say(session, line)
    with waiting(session, "rewriting the history"):
        done = erase_now(erasure, confirmed)
    todo = remaining(erasure)
    if form == "json":
        from crmtool.formats import erase_json

        left = [{"where": each.where, "found": each.found, "todo": each.todo or None} for each in done.left]
        click.echo(dumps(erase_json.done(erase_json.outline(told, ()), left, done.unread, done.objects, todo)))
    else:
        _echo((*_result(told, done), *erase_words.unread_lines(done.unread), *erase_words.by_hand_lines(todo)))
    if done.left:
        sys.exit(1)


def _result(told: Outline, done: Verified) -> Iterable[str]:
    yield f"erased; what is left in its place: {told.path}"
    if told.in_repository and not told.with_history:
        yield "the history still has everything (--without-history)"
    looked = f"{done.objects:,} objects of the history and " if told.with_history else ""
    if not done.left:
        yield f"{looked}all files were looked through: nothing is left"
        return
    yield f"{looked}all files were looked through; this is left"
    for each in done.left:
        yield f"  {_left(each)}"


def _left(each: Left) -> str:
    return f"{each.where}: {each.found}" + (f" ({each.todo})" if each.todo else "")


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(visible(line))
