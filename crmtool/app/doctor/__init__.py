"""How a workspace is set up: what is in order, what is not, and the command that mends it. Nothing is changed."""

from __future__ import annotations

import platform
import shlex
from collections.abc import Iterator
from pathlib import Path

from crmtool import __version__
from crmtool.app.doctor import checking, commands, merging, remotes, schemas, site
from crmtool.app.doctor.result import Check, State, ok, problem
from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.git.program import OLDEST, as_text, git_environment, run_git

__all__ = ["Check", "State", "examine"]

_MEND = "mend what Git says there, and run this again"


def examine(root: Path) -> tuple[Check, ...]:
    """Look at a workspace and at the repository around it, on this machine alone: no network is asked."""
    return tuple(_examine(root))


def _examine(root: Path) -> Iterator[Check]:
    yield ok("program", f"crmtool {__version__}, Python {platform.python_version()}")
    yield _git()
    repository = _repository(root)
    if isinstance(repository, Check):
        yield repository
    else:
        yield ok("repository", "the workspace lies in a Git repository")
        for examined in (checking.examine, merging.examine, remotes.examine):
            yield from _as_far_as_git_answers(examined(repository, root))
    yield from site.examine(None if isinstance(repository, Check) else repository, root)
    yield from schemas.examine(root)


def _as_far_as_git_answers(checks: Iterator[Check]) -> Iterator[Check]:
    try:
        yield from checks
    except CrmtoolError as error:
        yield problem("repository", str(error), _MEND)


def _git() -> Check:
    try:
        told = as_text(run_git(Path.cwd(), git_environment(), "version").stdout).split()
    except CrmtoolError as error:
        return problem("git", str(error), "install Git; https://git-scm.com/downloads says how")
    version = told[2] if told[2:] else "of an unknown version"
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if len(numbers) == 2 and numbers < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        return problem(
            "git", f"Git {version} is too old; {oldest} is needed", "renew Git: https://git-scm.com/downloads"
        )
    return ok("git", f"Git {version}")


def _repository(root: Path) -> Repository | Check:
    try:
        repository = Repository.find(root)
        repository.prefix(root)
        return repository
    except CrmtoolError as error:
        told = str(error)
    if not told.endswith("`git init` makes one"):
        return problem("repository", told, _MEND)
    make = shlex.join(("git", "init", *(() if root.resolve() == Path.cwd() else (commands.named(root),))))
    return problem("repository", told, f"{make} && {commands.crmtool(root, 'hook', 'install')}")
