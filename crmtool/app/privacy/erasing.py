"""Erase a contact: from the files of now, and from all of the history."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from crmtool import cache
from crmtool.app.privacy.drafting import Confirmed, Erasure
from crmtool.app.privacy.looking_aside import look_aside
from crmtool.app.privacy.verifying import Verified, verify
from crmtool.errors import RefusedError
from crmtool.git.aside import filter_program
from crmtool.git.erasing import Looks, rewrite
from crmtool.git.readiness import git_directory, obstacles
from crmtool.git.refs import checked_out, refs_of
from crmtool.git.switching import forget_the_old, unfinished
from crmtool.privacy.replacing import without_mentions
from crmtool.text import visible
from crmtool.writing import replace_unchanged, write_atomic

_SPOKEN = ("*_EDITMSG", "*_MSG", "MERGE_RR", "EDIT_DESCRIPTION", "gitk.cache", ".*.sw?")
"""The files in which Git and its tools keep what was said last beside the history; none of them is needed again."""


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
    if erasure.with_history:
        _erase_history(erasure, confirmed)
    else:
        _erase_files(erasure, confirmed)
        forget_remembered()
    return verify(erasure)


def interrupted(erasure: Erasure) -> tuple[str, tuple[str, ...]]:
    """Tell how things are where it was interrupted, and what to type so that it is finished."""
    repository = erasure.known.repository
    if repository is None or not erasure.with_history:
        return "interrupted: some files may be changed already; look at them, and try again", ()
    if refs_of(repository) == erasure.tips:
        return "interrupted: nothing was changed", ()
    commands = unfinished(repository)
    if commands:
        return "interrupted after the history was rewritten; finish it, in this order", commands
    return "interrupted after all was erased; what might be left was not looked for to the end", ()


def _erase_history(erasure: Erasure, confirmed: Confirmed) -> None:
    repository = erasure.known.repository
    assert repository is not None
    plan = erasure.history_plan(confirmed)
    assert plan is not None
    _look_again(erasure)  # somebody may have worked on while questions were answered
    looks = Looks(
        aside=partial(look_aside, erasure, confirmed),
        again=partial(_look_again, erasure),
        then=partial(_follow_up, erasure, confirmed),
    )
    rewrite(repository, plan, filter_program(), looks)
    forget_the_old(repository)


def _look_again(erasure: Erasure) -> None:
    """Refuse where something has changed since it was looked at; raises RefusedError."""
    repository = erasure.known.repository
    assert repository is not None
    changed = [each.what for each in obstacles(repository)]
    if refs_of(repository) != erasure.tips or checked_out(repository) != erasure.head:
        changed.append("branches or tags were changed")
    if changed:
        raise RefusedError(f"refused: meanwhile {visible(changed[0])}; nothing was changed: try again")


def _follow_up(erasure: Erasure, confirmed: Confirmed) -> None:
    """Do what belongs to the rewritten history, as soon as it is there."""
    repository = erasure.known.repository
    assert repository is not None
    _replace_mentions(erasure, confirmed, known_too=False)
    _forget_spoken(git_directory(repository))
    forget_remembered()


def _erase_files(erasure: Erasure, confirmed: Confirmed) -> None:
    known = erasure.known
    write_atomic(known.root / erasure.path, erasure.text.encode())
    _replace_mentions(erasure, confirmed, known_too=True)
    _remove(known.root / known.contact.path, known.root)


def _replace_mentions(erasure: Erasure, confirmed: Confirmed, *, known_too: bool) -> None:
    """Replace the mentions in the files of now; in those that Git knows only where their history stays."""
    files, traces = erasure.known.files, erasure.known.traces
    for path in sorted(confirmed.paths & (files.unknown | (files.known if known_too else frozenset()))):
        file, new_path = files.top / path, files.top / erasure.new_path(path)
        if file.is_symlink() or not file.is_file():
            continue
        data = file.read_bytes()
        replace_unchanged(file, data, without_mentions(path, data, traces, erasure.known.words_at(path)))
        if new_path != file:
            new_path.parent.mkdir(parents=True, exist_ok=True)
            file.rename(new_path)
            _remove_empty(file.parent, files.top)


def _remove(file: Path, root: Path) -> None:
    file.unlink()
    _remove_empty(file.parent, root)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _forget_spoken(directory: Path) -> None:
    """Remove what Git keeps of messages and of resolved conflicts beside the history."""
    for file in (file for pattern in _SPOKEN for file in directory.glob(pattern)):
        file.unlink()
    shutil.rmtree(directory / "rr-cache", ignore_errors=True)


def forget_remembered() -> None:
    """Delete all that crmtool remembered of files: it saves time, and nothing else depends on it."""
    home = cache.folder()
    for file in home.glob("*.cache*") if home and home.is_dir() else ():
        file.unlink(missing_ok=True)
