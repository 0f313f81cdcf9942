"""What to type so that the remotes of a rewritten repository get the new history."""

from __future__ import annotations

import shlex

from crmtool.git.erasing import refs_of
from crmtool.git.program import as_text
from crmtool.git.repository import Repository

_HEADS, _TAGS, _REMOTES = "refs/heads/", "refs/tags/", "refs/remotes/"


def push_commands(repository: Repository) -> tuple[str, ...]:
    """Give the commands that overwrite every branch and tag of every remote, those without a branch here included."""
    remotes = as_text(repository.run("remote")).splitlines()
    return tuple(command for remote in remotes for command in _commands(remote, refs_of(repository)))


def _commands(remote: str, refs: dict[str, str]) -> list[str]:
    here = {name.removeprefix(_HEADS) for name in refs if name.startswith(_HEADS)}
    tracked = f"{_REMOTES}{remote}/"
    there = sorted(name.removeprefix(tracked) for name in refs if name.startswith(tracked))
    only_there = [f"{tracked}{branch}:{_HEADS}{branch}" for branch in there if branch not in here]
    target = shlex.quote(remote)
    commands = [f"git push --force --all {target}"]
    if only_there:
        commands.append(f"git push --force {target} {shlex.join(only_there)}")
    if any(name.startswith(_TAGS) for name in refs):
        commands.append(f"git push --force --tags {target}")
    return commands
