"""Commit one file, whatever else is staged or changed."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass

from crmtool.errors import CrmtoolError
from crmtool.git.program import git_environment
from crmtool.git.repository import Repository

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
    for name, what in _UNFINISHED.items():
        if (repository.top / os.fsdecode(repository.run("rev-parse", "--git-path", name)).rstrip("\n")).exists():
            raise CrmtoolError(f"{what} is under way, so nothing can be committed by itself; leave out --commit")
    if not _is_tracked(repository, path) and _run(repository, "check-ignore", "--quiet", "--", path).returncode == 0:
        raise CrmtoolError(f"{path} is ignored by Git; leave out --commit")
    if not _run(repository, "var", "GIT_COMMITTER_IDENT").returncode == 0:
        raise CrmtoolError("Git does not know who you are: `git config user.name` and `git config user.email` tell it")


def commit_file(repository: Repository, path: str, message: str) -> Committed:
    """Commit a file of the work tree by itself, as it lies there; hooks run as for any commit."""
    literal = f":(top,literal){path}"
    added = not _is_tracked(repository, path)
    if added:
        done = _run(repository, "add", "--intent-to-add", "--", literal)
        if done.returncode:
            return Committed(False, _words(done))
    done = _run(repository, "commit", "--quiet", "--message", message, "--", literal)
    if done.returncode and added:
        _run(repository, "rm", "--cached", "--force", "--quiet", "--", literal)
    return Committed(done.returncode == 0, _words(done))


def _is_tracked(repository: Repository, path: str) -> bool:
    return _run(repository, "ls-files", "--error-unmatch", "--", f":(top,literal){path}").returncode == 0


def _run(repository: Repository, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    # Hooks run in here: they are to find what they find in any commit, so no settings of our own for pathspecs.
    environment = {name: value for name, value in git_environment().items() if name != "GIT_LITERAL_PATHSPECS"}
    return subprocess.run(
        ["git", *arguments],
        cwd=repository.top,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def _words(done: subprocess.CompletedProcess[bytes]) -> str:
    return (done.stdout + done.stderr).decode("utf-8", "replace").strip()
