"""Commit single files, whatever else is staged or changed."""

from __future__ import annotations

import os
from collections.abc import Sequence

from crmtool.errors import CrmtoolError
from crmtool.git.program import Done, online, run_git
from crmtool.git.repository import Repository
from crmtool.records import dataclass

_UNFINISHED = {
    "MERGE_HEAD": "a merge",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
}


@dataclass(frozen=True, slots=True)
class Committed:
    """What came of a commit: git's (and the hooks') words, and whether it was made."""

    made: bool
    said: str


def refuse_uncommittable(repository: Repository, path: str) -> None:
    """Refuse, before anything is written, what could not be committed by itself; raises CrmtoolError.

    `path` is that of the repository.
    """
    questions = (word for name in _UNFINISHED for word in ("--git-path", name))
    answers = os.fsdecode(repository.run("rev-parse", *questions)).removesuffix("\n").split("\n")
    for place, what in zip(answers, _UNFINISHED.values(), strict=True):
        if (repository.top / place).exists():
            raise CrmtoolError(f"{what} is under way, so nothing can be committed by itself; leave out --commit")
    if not _is_tracked(repository, path) and _run(repository, "check-ignore", "--quiet", "--", path).returncode == 0:
        raise CrmtoolError(f"{path} is ignored by Git; leave out --commit")
    if _run(repository, "var", "GIT_COMMITTER_IDENT").returncode:
        raise CrmtoolError("Git does not know who you are: `git config user.name` and `git config user.email` tell it")


def commit_files(repository: Repository, paths: Sequence[str], message: str) -> Committed:
    """Commit files by themselves, as they lie in the work tree (or are gone from it); hooks run as for any commit."""
    new = [path for path in paths if (repository.top / path).exists() and not _is_tracked(repository, path)]
    if new:
        done = _run(repository, "add", "--intent-to-add", "--", *map(_literal, new))
        if done.returncode:
            return Committed(False, _words(done))
    options = ("--quiet", "--cleanup=whitespace", "--message", message)
    done = _run(repository, "commit", *options, "--", *map(_literal, paths))
    if done.returncode and new:
        _run(repository, "rm", "--cached", "--force", "--quiet", "--", *map(_literal, new))
    return Committed(done.returncode == 0, _words(done))


def _literal(path: str) -> str:
    return f":(top,literal){path}"


def _is_tracked(repository: Repository, path: str) -> bool:
    return _run(repository, "ls-files", "--error-unmatch", "--", _literal(path)).returncode == 0


def _run(repository: Repository, *arguments: str) -> Done:
    # Hooks run in here: they are to find what they find in any commit, so no settings of our own for pathspecs.
    environment = {name: value for name, value in repository.environment.items() if name != "GIT_LITERAL_PATHSPECS"}
    return run_git(repository.top, online(environment), *arguments)


def _words(done: Done) -> str:
    return (done.stdout + done.stderr).decode("utf-8", "replace").strip()
