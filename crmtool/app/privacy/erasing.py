"""Erase a contact: from the files of now, and from all of the history."""

from __future__ import annotations

import os
import shlex
from dataclasses import replace
from functools import partial
from pathlib import Path

from crmtool.app.privacy.drafting import Confirmed, Erasure
from crmtool.app.privacy.looking_aside import look_aside
from crmtool.app.privacy.verifying import Left, Verified, verify
from crmtool.errors import CrmtoolError, RefusedError
from crmtool.git.aside import filter_program
from crmtool.git.erasing import Looks, rewrite, said
from crmtool.git.interrupting import uninterrupted
from crmtool.git.pushing import push_lines
from crmtool.git.readiness import obstacles
from crmtool.git.refs import checked_out, refs_of
from crmtool.git.switching import forget_remembered, forget_the_old, unfinished
from crmtool.privacy.replacing import without_mentions
from crmtool.text import visible
from crmtool.writing import replace_unchanged, write_atomic


def refuse_unready(erasure: Erasure) -> None:
    """Refuse what cannot be done; raises RefusedError with all that has to be put right first, and CrmtoolError."""
    if not erasure.with_history:
        return
    if erasure.obstacles:
        told = tuple(visible(f"{each.what}: {each.todo}") for each in erasure.obstacles)
        raise RefusedError("refused: the history cannot be rewritten as things are; nothing was changed", told)
    filter_program()


def erase(erasure: Erasure, confirmed: Confirmed) -> Verified:
    """Erase a contact, and look whether anything is left; raises CrmtoolError.

    Then nothing was changed, or it says what.
    """
    refuse_unready(erasure)
    if not erasure.with_history:
        _erase_files(erasure, confirmed)
        forget_remembered()
        return verify(erasure)
    kept = _erase_history(erasure, confirmed)
    verified = verify(erasure)
    return replace(verified, left=(*kept, *verified.left))


def interrupted(erasure: Erasure) -> tuple[str, tuple[str, ...]]:
    """Tell how things are where it was interrupted, and what to type so that it is finished."""
    repository = erasure.known.repository
    all_erased = "interrupted after all was erased; what might be left was not looked for to the end"
    if repository is None or not erasure.with_history:
        if os.path.lexists(erasure.known.root / erasure.known.contact.path):  # it goes last
            return "interrupted: some files may be changed already; look at them, and try again", ()
        return all_erased, ()
    if refs_of(repository) == erasure.tips:
        return "interrupted: nothing was changed", ()
    commands = unfinished(repository)
    if commands:
        return "interrupted after the history was rewritten; finish it, in this order", commands
    pushed = tuple(push_lines(repository, erasure.tips))
    return f"{all_erased}; the remotes may still have everything" if pushed else all_erased, pushed


def _refuse_unwritable(erasure: Erasure, confirmed: Confirmed) -> None:
    for file in _with_mentions(erasure, confirmed):
        if not all(os.access(each, os.W_OK) for each in (file, file.parent)):
            path = file.relative_to(erasure.known.files.top).as_posix()
            todo = f"make it writable, or leave it as it is: --keep-mention {shlex.quote(path)}"
            raise RefusedError(f"refused: {visible(path)} cannot be written; nothing was changed", (visible(todo),))


def _erase_history(erasure: Erasure, confirmed: Confirmed) -> list[Left]:
    """Erase a contact from the history; give the files of now that could not be changed, with why."""
    repository = erasure.known.repository
    assert repository is not None
    plan = erasure.history_plan(confirmed)
    assert plan is not None
    _look_again(erasure, confirmed)  # somebody may have worked on while questions were answered
    kept: list[Left] = []
    looks = Looks(
        aside=partial(look_aside, erasure, confirmed),
        again=partial(_look_again, erasure, confirmed),
        then=partial(_follow_up, erasure, confirmed, kept),
    )
    rewrite(repository, plan, filter_program(), looks)
    forget_the_old(repository)
    return kept


def _look_again(erasure: Erasure, confirmed: Confirmed) -> None:
    """Refuse where something has changed since it was looked at; raises RefusedError."""
    repository = erasure.known.repository
    assert repository is not None
    changed = [each.what for each in obstacles(repository)]
    if refs_of(repository) != erasure.tips or checked_out(repository) != erasure.head:
        changed.append("branches or tags were changed")
    if changed:
        raise RefusedError(f"refused: meanwhile {visible(changed[0])}; nothing was changed: try again")
    _refuse_unwritable(erasure, confirmed)


def _follow_up(erasure: Erasure, confirmed: Confirmed, kept: list[Left]) -> None:
    """Replace the mentions in files that Git does not know; the history is rewritten, so no failure ends it."""
    for file in _with_mentions(erasure, confirmed):
        try:
            _replace_mentions(erasure, file)
        except (CrmtoolError, OSError) as error:
            path = file.relative_to(erasure.known.files.top).as_posix()
            kept.append(Left(where=path, found=said(error), todo="take the mentions out by hand"))


def _erase_files(erasure: Erasure, confirmed: Confirmed) -> None:
    """Erase a contact from the files of now; its own goes last, so that whatever fails can be tried again."""
    _refuse_unwritable(erasure, confirmed)
    root, own = erasure.known.root, erasure.known.root / erasure.known.contact.path
    for file in _with_mentions(erasure, confirmed):
        _replace_mentions(erasure, file)
    left = root / erasure.path
    with uninterrupted():  # with both files the contact would count twice
        write_atomic(left, erasure.text.encode())
        try:
            own.unlink()
        except OSError as error:
            left.unlink()
            _remove_empty(left.parent, root)
            raise CrmtoolError(f"{said(error)}; the contact's file is still there: try again") from None
    _remove_empty(own.parent, root)


def _with_mentions(erasure: Erasure, confirmed: Confirmed) -> list[Path]:
    """List the files of now in which mentions are replaced; of those that Git knows only where their history stays."""
    files = erasure.known.files
    wanted = files.unknown if erasure.with_history else files.unknown | files.known
    found = (files.top / path for path in sorted(confirmed.paths & wanted))
    return [file for file in found if file.is_file() and not file.is_symlink()]


def _replace_mentions(erasure: Erasure, file: Path) -> None:
    known, data = erasure.known, file.read_bytes()
    path = file.relative_to(known.files.top).as_posix()
    new = known.files.top / erasure.new_path(path)
    replace_unchanged(file, data, without_mentions(path, data, known.traces, known.words_at(path)))
    if new != file:
        new.parent.mkdir(parents=True, exist_ok=True)
        file.rename(new)
        _remove_empty(file.parent, known.files.top)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
