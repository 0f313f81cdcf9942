"""Lead all branches and tags to a rewritten history at once, and have nothing of the old one stay."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from crmtool import cache
from crmtool.errors import CrmtoolError
from crmtool.git.aside import lines_of
from crmtool.git.places import noted
from crmtool.git.program import run_git
from crmtool.git.pushing import push_lines
from crmtool.git.readiness import git_directory, uncommitted
from crmtool.git.refs import calm, refs_of, with_settings
from crmtool.git.repository import Repository
from crmtool.writing import write_atomic

UNCHANGED = "nothing was changed: all branches, tags and files are as they were"
_JOURNAL = "crmtool-erase.json"
_FORGET = ("git reflog expire --expire=now --expire-unreachable=now --all", "git gc --prune=now")
FINISH = ("git reset --hard", *_FORGET)
"""What is to be typed where a rewritten history was not brought to its end, before it is pushed."""
LOOK = "files that Git does not know may still have mentions: `git status` lists them"
"""What no command finishes: mentions there are replaced last of all."""
_SPOKEN = ("*_EDITMSG", "*_MSG", "MERGE_RR", "EDIT_DESCRIPTION", "gitk.cache", ".*.sw?")
"""The files in which Git and its tools keep what was said last beside the history; none of them is needed again."""
_LEADING_BACK = ("ORIG_HEAD", "FETCH_HEAD", "AUTO_MERGE")
# Packs of any size and age are to go, and what could not be reached is not to be put aside.
_SETTINGS = {
    "gc.bigPackThreshold": "0",
    "gc.cruftPacks": "false",
    "gc.pruneExpire": "now",
    "gc.reflogExpire": "now",
    "gc.reflogExpireUnreachable": "now",
    "repack.packKeptObjects": "true",
}


def switch(repository: Repository, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Change all refs in one transaction, if each still leads to where it did; raises CrmtoolError.

    It is noted before, so that it can be told what is to be finished where nobody else could.
    """
    journal = git_directory(repository) / _JOURNAL
    try:
        journal.unlink(missing_ok=True)  # a link there is not the user's
        write_atomic(journal, json.dumps({"before": dict(before), "after": dict(after)}).encode("ascii"))
    except (CrmtoolError, OSError) as error:
        told = f"{journal} cannot be written: {error.strerror}" if isinstance(error, OSError) else str(error)
        raise CrmtoolError(f"{told}; {UNCHANGED}") from None
    changes = [f"update {name} {after[name]} {id}" for name, id in before.items() if after[name] != id]
    try:
        given = lines_of(("start", *changes, "prepare", "commit"))
        repository.run("update-ref", "--no-deref", "--stdin", given=given)
    except CrmtoolError as error:
        now = refs_of(repository)
        if not any(now.get(name) == after[name] for name, id in before.items() if after[name] != id):
            journal.unlink()
            raise CrmtoolError(f"{error}; nothing was changed: try again") from None
        raise CrmtoolError(
            f"{error}; some branches and tags lead to rewritten commits now; {LOOK}", unfinished(repository)
        ) from None


def reset_files(repository: Repository) -> None:
    """Bring index and work tree to what is checked out now; raises CrmtoolError that says what to type."""
    reset = run_git(repository.top, repository.environment, "reset", "--quiet", "--hard")
    if reset.returncode:
        what = f"the history is rewritten, but not all files could be; {LOOK}; finish it by hand, in this order"
        raise CrmtoolError(what, unfinished(repository))


def forget_beside(directory: Path) -> None:
    """Remove what a repository's own directory keeps of messages and of resolved conflicts beside the history.

    What crmtool remembered goes, too; raises OSError.
    """
    for file in (file for pattern in _SPOKEN for file in directory.glob(pattern)):
        file.unlink()
    shutil.rmtree(directory / "rr-cache", ignore_errors=True)
    forget_remembered()


def forget_remembered() -> None:
    """Delete all that crmtool remembered of files: it saves time, and nothing else depends on it."""
    home = cache.folder()
    for file in home.glob("*.cache*") if home and home.is_dir() else ():
        file.unlink(missing_ok=True)


def forget_the_old(repository: Repository) -> None:
    """Take away all that still leads to old commits, and the old objects themselves; raises CrmtoolError."""
    quiet = calm(repository)
    quiet = replace(quiet, environment=with_settings(dict(quiet.environment), _SETTINGS.items()))
    directory = git_directory(quiet)
    try:
        for name in _LEADING_BACK:
            (directory / name).unlink(missing_ok=True)
        quiet.run("reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all")
        quiet.run("gc", "--quiet", "--prune=now")
        (directory / _JOURNAL).unlink(missing_ok=True)
    except (CrmtoolError, OSError) as error:
        what = f"the history is rewritten, but its old version is still there: {error}"
        raise CrmtoolError(what, (*_FORGET, *push_lines(quiet, _noted(directory / _JOURNAL)[0]))) from None


def unfinished(repository: Repository) -> tuple[str, ...]:
    """List the commands that finish what was interrupted after it had rewritten the history; none where nothing was.

    Those that give the new history to the remotes are among them: what these have would come back by a pull. What is
    kept beside the history is forgotten here and now, where something is unfinished.
    """
    directory = git_directory(repository)
    before, after = _noted(directory / _JOURNAL)
    now = refs_of(repository)
    changed = [name for name, id in before.items() if after.get(name, id) != id]
    if not any(now.get(name) == after[name] for name in changed):
        return ()
    behind = [name for name in changed if now.get(name) == before[name]]
    old = lines_of([before[name] for name in changed])
    told = repository.run("cat-file", "--batch-check", given=old).splitlines()
    lock = directory / "index.lock"
    is_clean = not lock.exists() and not uncommitted(repository)
    if not behind and is_clean and all(line.endswith(b" missing") for line in told):
        (directory / _JOURNAL).unlink(missing_ok=True)
        return ()
    with suppress(OSError):
        forget_beside(directory)
    unlock = (f"rm {shlex.quote(str(lock))}",) if lock.exists() else ()
    updates = (shlex.join(("git", "update-ref", name, after[name], before[name])) for name in behind)
    return (*unlock, *updates, *FINISH, *push_lines(repository, before))


def _noted(journal: Path) -> tuple[dict[str, str], dict[str, str]]:
    try:
        told = json.loads(noted(journal))
        before, after = ({str(name): str(id) for name, id in told[key].items()} for key in ("before", "after"))
        return before, after
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}, {}
