"""Ranges of commits as people write them, A..B: what B's side has on top of what it shares with A."""

from __future__ import annotations

import os

from crmtool.errors import CrmtoolError
from crmtool.git.history import Commit, history
from crmtool.git.program import as_text
from crmtool.git.repository import Repository
from crmtool.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A range of commits: all that `end` can reach and `excluded` cannot.

    `base` is the commit on which it stands, the best that both sides share; None where it stands on nothing. Where they
    share none, it is what is compared with: then `is_descended` is false.
    """

    text: str
    base: str | None
    end: str
    excluded: tuple[str, ...]
    is_descended: bool = True


def is_deletion(text: str) -> bool:
    """Whether a range is one that a deleted branch has, as a server's hook is told: it ends with no commit."""
    return _is_none(_sides(text)[1])


def read_range(repository: Repository, text: str) -> Range:
    """Read `A..B`; a side left out is HEAD. Raises CrmtoolError that says what to type.

    An A of zeros, which is how Git and its hosts tell of a new branch, means all that no other branch has.
    `A...B` is read like `A..B`: of a range it is always the base of both that counts.
    """
    first, last = _sides(text)
    if _is_none(last):
        raise CrmtoolError(f"{text!r} ends with no commit: that branch was deleted")
    end = repository.commit(last)
    if _is_none(first):
        others = _others(repository, end)
        return Range(text=text, base=repository.common_ancestor(end, *others), end=end, excluded=others)
    start = repository.commit(first)
    base = repository.common_ancestor(end, start)
    if base is None and repository.is_shallow():
        raise _cut_off(f"the history that {first!r} and {last!r} share")
    return Range(text=text, base=base or start, end=end, excluded=(start,), is_descended=base is not None)


def commits_of(repository: Repository, wanted: Range) -> tuple[Commit, ...]:
    """List a range's commits, children before parents; raises CrmtoolError where a shallow clone lacks some."""
    found = history(repository, wanted.end, *(f"^{id}" for id in wanted.excluded))
    if repository.shallow() & {commit.id for commit in found}:
        raise _cut_off(f"a part of {wanted.text!r}")
    return found


def _sides(text: str) -> tuple[str, str]:
    first, dots, last = text.partition("..")
    first, last = first.strip(), last.removeprefix(".").strip()
    if not dots or ".." in last or not (first or last):
        raise CrmtoolError(f"{text!r} is no range of commits; write A..B, such as origin/main..HEAD")
    return first or "HEAD", last or "HEAD"


def _is_none(rev: str) -> bool:
    return len(rev) in (40, 64) and not rev.strip("0")


def _others(repository: Repository, end: str) -> tuple[str, ...]:
    """Give the ends of all other branches: nobody need have checked what a tag or any other name leads to.

    A server that still asks its hook has no name for the new one; elsewhere it has one, here and as that of a remote.
    """
    is_receiving = "GIT_QUARANTINE_PATH" in os.environ
    holding = {} if is_receiving else _branches(repository, f"--contains={end}")
    if len({_branch(ref) for ref in holding}) > 1:
        return tuple(holding.values())
    without = () if is_receiving else (f"--no-contains={end}",)
    return tuple(dict.fromkeys(_branches(repository, *without).values()))


def _branches(repository: Repository, *options: str) -> dict[str, str]:
    form = "--format=%(refname) %(objectname)"
    told = as_text(repository.run("for-each-ref", *options, form, "refs/heads", "refs/remotes")).splitlines()
    pairs = (line.rpartition(" ") for line in told)
    return {ref: id for ref, _, id in pairs if not ref.endswith("/HEAD")}


def _branch(ref: str) -> str:
    _, kind, name = ref.split("/", 2)
    return name if kind == "heads" else name.partition("/")[2]


def _cut_off(what: str) -> CrmtoolError:
    return CrmtoolError(
        f"{what} is not in this shallow clone; `git fetch --unshallow` brings it",
        ("in a workflow of GitHub or Forgejo: `fetch-depth: 0` at actions/checkout", "in GitLab CI: `GIT_DEPTH: 0`"),
    )
