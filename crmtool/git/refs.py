"""Where the branches and tags of a repository lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crmtool.git.program import as_text, run_git
from crmtool.git.repository import Repository

_SETTINGS = {"core.hooksPath": "/dev/null", "gc.auto": "0", "maintenance.auto": "false"}


def refs_of(repository: Repository) -> dict[str, str]:
    """Give the id that each branch, tag and other ref leads to; those that only name another one are left out."""
    told = as_text(repository.run("for-each-ref", "--format=%(objectname) %(symref) %(refname)")).splitlines()
    fields = (line.split(" ") for line in told)
    return {name: id for id, symbolic, name in fields if not symbolic}


def checked_out(repository: Repository) -> str:
    """Give the name of the branch that is checked out; empty where none is."""
    done = run_git(repository.top, repository.environment, "symbolic-ref", "--quiet", "HEAD")
    return as_text(done.stdout).strip()


def calm(repository: Repository) -> Repository:
    """Give the repository with no hooks, and with nobody cleaning up meanwhile."""
    return replace(repository, environment=with_settings(dict(repository.environment), _SETTINGS.items()))


def with_settings(environment: dict[str, str], settings: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give an environment in which git has some more settings; a name may have several values."""
    count = int(environment.get("GIT_CONFIG_COUNT") or 0)
    settings = tuple(settings)
    for i, (key, value) in enumerate(settings, count):
        environment |= {f"GIT_CONFIG_KEY_{i}": key, f"GIT_CONFIG_VALUE_{i}": value}
    return {**environment, "GIT_CONFIG_COUNT": str(count + len(settings))}
