"""Rewrite a whole history by git-filter-repo, and have nothing of the old one stay in the repository."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from crmtool.errors import CrmtoolError
from crmtool.git import history_filter
from crmtool.git.program import as_text, message_of, run_git
from crmtool.git.readiness import git_directory
from crmtool.git.repository import Repository
from crmtool.records import dataclass

INSTALL = "pip install 'crmtool[erase]'"
_MODULE, _PROGRAM = "git_filter_repo", "git-filter-repo"
_FILTER = "crmtool_history_filter"
_COMMIT = f"import {_FILTER}\n{_FILTER}.change_commit(commit, FileChange)\n"
_TAG = f"import {_FILTER}\n{_FILTER}.change_tag(tag)\n"
_OPTIONS = (
    "--force",  # it is no fresh clone; what that is to guard against has been looked at
    "--partial",  # remotes and their branches stay what they are
    "--quiet",
    "--preserve-commit-encoding",  # the places in messages are counted in bytes
    "--prune-empty=never",
    "--prune-degenerate=never",
)
_SETTINGS = {"core.hooksPath": "/dev/null", "gc.auto": "0", "maintenance.auto": "false"}


@dataclass(frozen=True, kw_only=True)
class CommitChange:
    """What becomes of the erased file in a commit, against its first parent.

    Of the paths that the commit changes, those in `drop` are left as they are in the parent, but those in `delete`
    among them go. Beside these, the paths in `writes` get the content of that id, or go where it is None.
    """

    drop: tuple[str, ...] = ()
    delete: tuple[str, ...] = ()
    writes: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class HistoryPlan:
    """How a history is to be rewritten; all ids are those before.

    `files` maps each other path in which contents are
    replaced to the path that it gets (mostly its own), `blobs` the contents that are replaced there; `contents` are the
    new ones. `messages` has stretches of bytes with what replaces them, from front to back, of commits and of tags, and
    `people` the new names and addresses of a commit's author and committer and of a tag's tagger.
    """

    commits: Mapping[str, CommitChange]
    files: Mapping[str, str] = field(default_factory=dict)
    blobs: Mapping[str, str] = field(default_factory=dict)
    contents: Collection[bytes] = ()
    messages: Mapping[str, Sequence[tuple[int, int, str]]] = field(default_factory=dict)
    people: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)


def blob_id(data: bytes) -> str:
    """Give the id that a content has in a repository with SHA-1."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def filter_program() -> tuple[str, ...]:
    """Give the words that run git-filter-repo; raises CrmtoolError with the line that installs it."""
    if find_spec(_MODULE) is not None:
        return sys.executable, "-m", _MODULE
    found = shutil.which(_PROGRAM)
    if found is None:
        raise CrmtoolError(
            "the history can only be rewritten by git-filter-repo, which is not installed",
            (INSTALL, "or erase from the files of now alone: --without-history"),
        )
    return (found,)


def refs_of(repository: Repository) -> dict[str, str]:
    """Give the id that each branch, tag and other ref leads to; those that only name another one are left out."""
    told = as_text(repository.run("for-each-ref", "--format=%(objectname) %(symref) %(refname)")).splitlines()
    fields = (line.split(" ") for line in told)
    return {name: id for id, symbolic, name in fields if not symbolic}


def rewrite(repository: Repository, plan: HistoryPlan, program: Sequence[str]) -> None:
    """Rewrite all commits and tags that can be reached from any ref, then the index and the work tree.

    Where it fails, or is interrupted, all refs and files are put back as they were; raises CrmtoolError.
    """
    calm = _calm(repository)
    before = refs_of(calm)
    with tempfile.TemporaryDirectory(prefix="crmtool-") as directory:  # for this user alone
        try:
            _write_contents(calm, plan.contents)
            _run_filter(calm, plan, program, Path(directory))
        except BaseException as error:
            _put_back(calm, before, error)
            raise
        finally:
            _remove_leftovers(git_directory(calm))


def forget_the_old(repository: Repository) -> None:
    """Take away all that still leads to old commits, and the old objects themselves; raises CrmtoolError."""
    calm = _calm(repository)
    directory = git_directory(calm)
    for name in ("ORIG_HEAD", "FETCH_HEAD", "AUTO_MERGE"):
        (directory / name).unlink(missing_ok=True)
    calm.run("reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all")
    calm.run("gc", "--quiet", "--prune=now")


def _calm(repository: Repository) -> Repository:
    """Give the repository with no hooks, and with nobody cleaning up meanwhile."""
    environment = dict(repository.environment)
    count = int(environment.get("GIT_CONFIG_COUNT") or 0)
    for i, (key, value) in enumerate(_SETTINGS.items(), count):
        environment |= {f"GIT_CONFIG_KEY_{i}": key, f"GIT_CONFIG_VALUE_{i}": value}
    environment["GIT_CONFIG_COUNT"] = str(count + len(_SETTINGS))
    return replace(repository, environment=environment)


def _write_contents(repository: Repository, contents: Collection[bytes]) -> None:
    blobs = (b"blob\ndata %d\n%s\n" % (len(data), data) for data in contents)
    repository.run("fast-import", "--quiet", given=b"".join((*blobs, b"done\n")))


def _run_filter(repository: Repository, plan: HistoryPlan, program: Sequence[str], directory: Path) -> None:
    files = {
        "plan.json": json.dumps(_told(plan)).encode("ascii"),
        f"{_FILTER}.py": Path(history_filter.__file__).read_bytes(),
        "commit": _COMMIT.encode(),
        "tag": _TAG.encode(),
    }
    for name, data in files.items():
        (directory / name).write_bytes(data)
    python_path = [str(directory), repository.environment.get("PYTHONPATH", "")]
    done = subprocess.run(
        [*program, *_OPTIONS, "--commit-callback", str(directory / "commit"), "--tag-callback", str(directory / "tag")],
        cwd=repository.top,
        env={
            **repository.environment,
            history_filter.PLAN_VARIABLE: str(directory / "plan.json"),
            "PYTHONPATH": os.pathsep.join(filter(None, python_path)),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUTF8": "1",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise CrmtoolError(f"git-filter-repo failed: {message_of(done)}")


def _told(plan: HistoryPlan) -> dict[str, Any]:
    return {
        "commits": {id: asdict(change) for id, change in plan.commits.items()},
        "files": dict(plan.files),
        "blobs": dict(plan.blobs),
        "messages": {id: list(spans) for id, spans in plan.messages.items()},
        "people": {id: dict(people) for id, people in plan.people.items()},
    }


def _put_back(repository: Repository, before: Mapping[str, str], error: BaseException) -> None:
    """Lead all refs back to where they led, and the files with them; raises CrmtoolError that tells how it stands."""
    said = str(error) if isinstance(error, CrmtoolError) else "it was interrupted"
    now = refs_of(repository)
    changes = [f"update {name} {id}" for name, id in before.items() if now.get(name) != id]
    changes += [f"delete {name}" for name in now if name not in before]
    given = "".join(f"{change}\n" for change in changes).encode("utf-8", "surrogateescape")
    done = run_git(repository.top, repository.environment, "update-ref", "--no-deref", "--stdin", given=given)
    reset = run_git(repository.top, repository.environment, "reset", "--quiet", "--hard")
    if done.returncode or reset.returncode or refs_of(repository) != before:
        tips = tuple(f"git update-ref {name} {id}" for name, id in before.items())
        raise CrmtoolError(
            f"{said}; some branches and tags lead to rewritten commits now, and could not be put back", tips
        ) from None
    if isinstance(error, CrmtoolError):
        raise CrmtoolError(f"{said}; nothing was changed: all branches, tags and files are as they were") from None


def _remove_leftovers(directory: Path) -> None:
    shutil.rmtree(directory / "filter-repo", ignore_errors=True)
    for report in directory.glob("fast_import_crash_*"):
        report.unlink()
