"""The commits of a part of the history, with what each changed against each of its parents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TypeAlias

from crmtool.errors import CrmtoolError
from crmtool.git.program import Amount, as_text, message_of, run_git
from crmtool.git.repository import Repository
from crmtool.git.tree import Entry, raw_entry
from crmtool.records import dataclass

Changes: TypeAlias = "Mapping[str, tuple[Entry | None, Entry | None]]"
"""Each changed path with its entry before and after; None where there is no file (a submodule is none)."""

_FORMAT = "%x00".join(("%H", "%P", "%aN", "%ad", "%cd", "%s"))
_LOG = ("log", "-z", "--topo-order", "--date=short", "--encoding=UTF-8", "--no-show-signature", "--no-notes")
_DIFF = ("diff-tree", "--stdin", "--always", "--root", "-r", "--raw", "-z", "--no-abbrev", "--no-renames")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit: `authored` is the day on which it was written, `committed` the one on which it got where it is.

    `changes` has one member for each parent, in their order; that of a commit without parents is against nothing. They
    are those that were wanted of `history`.
    """

    id: str
    parents: tuple[str, ...]
    author: str
    authored: date
    committed: date
    subject: str
    changes: tuple[Changes, ...] = ()


def history(
    repository: Repository, *revisions: str, wanted: Callable[[str], bool] = lambda _: True, with_new: bool = False
) -> tuple[Commit, ...]:
    """List the commits that `git log` would, children before their parents; two git processes, however many there are.

    `revisions` are ids, `^ID` for what is left out with all that it can reach. Only the changes of paths that are
    `wanted` are kept; `with_new` also those of other paths that differ from all parents, told against the last one: a
    merge repeats the rest. Raises CrmtoolError, a TooMuchError where that is more than is ever read.
    """
    told = repository.run(*_LOG, f"--format={_FORMAT}", "--stdin", given="\n".join(revisions).encode())
    fields = as_text(told).removesuffix("\0").split("\0") if told else []
    commits = [_commit(fields[i : i + 6]) for i in range(0, len(fields), 6)]
    pairs = [(commit, parent) for commit in commits for parent in commit.parents or ("",)]
    given = "".join(f"{commit.id} {parent}".strip() + "\n" for commit, parent in pairs)
    reading = _Reading(commits, wanted, with_new=with_new)
    done = run_git(repository.top, repository.environment, *_DIFF, given=given.encode(), take=reading.take)
    if done.returncode:
        raise CrmtoolError(f"git {_DIFF[0]}: {message_of(done)}")
    changes = iter(reading.pairs)
    return tuple(replace(commit, changes=tuple(islice(changes, len(commit.parents) or 1))) for commit in commits)


def _commit(fields: Sequence[str]) -> Commit:
    id, parents, author, authored, committed, subject = fields
    return Commit(
        id=id,
        parents=tuple(parents.split()),
        author=author,
        authored=day_of(authored),
        committed=day_of(committed),
        subject=subject,
    )


def day_of(told: str) -> date:
    """Read a day as Git tells it; imported commits may have none, or one beyond all calendars."""
    try:
        return date.fromisoformat(told)
    except ValueError:
        return date.max if re.match(r"\d{5}", told) else date.min


class _Reading:
    """Reads, as it comes, what `git diff-tree --stdin --always --raw -z` writes, and keeps what is wanted of it.

    That is an id, then the changes of that pair, and so on; each change is what it was and is, then its path.
    """

    def __init__(self, commits: Iterable[Commit], wanted: Callable[[str], bool], *, with_new: bool) -> None:
        self.pairs: list[dict[str, tuple[Entry | None, Entry | None]]] = []
        self._wanted, self._with_new = wanted, with_new
        self._left = (left for commit in commits for left in range(len(commit.parents) or 1, 0, -1))
        self._rest: list[bytes] = []
        self._meta = b""
        self._parents_left = 1  # of this commit, that of this pair among them
        self._new: set[str] | None = None  # paths that are not wanted but differ from all parents before; None: any
        self._new_here: set[str] = set()
        self._kept, self._held = Amount(_DIFF[0]), Amount(_DIFF[0])

    def take(self, data: bytes) -> None:
        """Read what was written; raises TooMuchError."""
        head, end, rest = data.rpartition(b"\0")
        if end:
            fields = b"".join((*self._rest, head)).split(b"\0")
            self._rest.clear()
            for field in fields:
                if self._meta:
                    self._note(self._meta, field)
                    self._meta = b""
                elif field.startswith(b":"):
                    self._meta = field
                else:
                    self._begin()
        self._rest.append(rest)
        self._held.add(rest, ended=0)

    def _begin(self) -> None:
        is_first = self._parents_left == 1
        self._parents_left = next(self._left)
        self._new, self._new_here = None if is_first else self._new_here, set()
        self._held = Amount(_DIFF[0])
        self.pairs.append({})

    def _note(self, meta: bytes, field: bytes) -> None:
        path = as_text(field)
        if not self._wanted(path):
            if not self._with_new or (self._new is not None and path not in self._new):
                return
            if self._parents_left > 1:
                self._held.add(field, ended=2)
                self._new_here.add(path)
                return
        self._kept.add(meta, field, ended=2)
        mode, new_mode, id, new_id, _ = as_text(meta).removeprefix(":").split(" ")
        self.pairs[-1][path] = raw_entry(mode, id), raw_entry(new_mode, new_id)
