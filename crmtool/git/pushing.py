"""What to type so that the remotes of a rewritten repository get the new history, and nobody's work is lost by it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping

from crmtool.git.program import as_text
from crmtool.git.refs import refs_of
from crmtool.git.repository import Repository
from crmtool.privacy.by_hand import Remote

_HEADS, _TAGS, _REMOTES = "refs/heads/", "refs/tags/", "refs/remotes/"


def pushes(repository: Repository, before: Mapping[str, str]) -> tuple[Remote, ...]:
    """Give what each remote needs; `before` are the refs as they were, by which it is told what has changed since.

    Where nothing has yet, it is told what all of them would need. A branch is only overwritten where it still is what
    it was when it was fetched last.
    """
    now = refs_of(repository)
    changed = {name for name, id in before.items() if now.get(name) not in (None, id)} or set(before)
    wanted = {name: id for name, id in before.items() if name in changed}
    return tuple(_push(remote, wanted, now) for remote in remotes_of(repository))


def push_lines(repository: Repository, before: Mapping[str, str]) -> Iterator[str]:
    """Give the commands of all remotes in one list; what is to be known about those for tags is a line before them."""
    for push in pushes(repository, before):
        yield from push.branches
        if push.tags:
            listing = f"git ls-remote {operands(push.name)}"
            yield f"# of these tags, push those that `{listing}` lists, and no others:"
        yield from push.tags


def remotes_of(repository: Repository) -> list[str]:
    """List the names of the remotes."""
    return as_text(repository.run("remote")).splitlines()


def operands(*words: str) -> str:
    """Write words for a shell that stand behind a command's options: none is taken for an option, whatever it is."""
    return shlex.join(("--", *words) if any(word.startswith("-") for word in words) else words)


def tracked(remote: str, refs: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """List the branches that a remote had when it was fetched last, with the refs here that tell of them."""
    prefix = f"{_REMOTES}{remote}/"
    return ((name.removeprefix(prefix), name) for name in sorted(refs) if name.startswith(prefix))


def _push(remote: str, before: Mapping[str, str], now: Mapping[str, str]) -> Remote:
    branches = []
    for branch, ref in tracked(remote, before):
        source = branch if _HEADS + branch in now else f"{ref}:{_HEADS}{branch}"
        lease = shlex.quote(f"--force-with-lease={branch}:{before[ref]}")
        branches.append(f"git push {lease} {operands(remote, source)}")
    tags = [f"git push --force {operands(remote, name)}" for name in sorted(before) if name.startswith(_TAGS)]
    return Remote(name=remote, branches=tuple(branches), tags=tuple(tags))
