"""The commits of a part of the history, with what each changed against each of its parents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TypeAlias

from crmtool.git.program import as_text
from crmtool.git.repository import Repository
from crmtool.git.tree import Entry, fields_of, raw_entry
from crmtool.records import dataclass

Changes: TypeAlias = "Mapping[str, tuple[Entry | None, Entry | None]]"
"""Each changed path with its entry before and after; None where there is no file (a submodule is none)."""

_FORMAT = "%x00".join(("%H", "%P", "%aN", "%ad", "%cd", "%s"))
_LOG = ("log", "-z", "--topo-order", "--date=short", "--encoding=UTF-8", "--no-show-signature", "--no-notes")
_DIFF = ("diff-tree", "--stdin", "--always", "--root", "-r", "--raw", "-z", "--no-abbrev", "--no-renames")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit: `authored` is the day on which it was written, `committed` the one on which it got where it is.

    `changes` has one member for each parent, in their order; that of a commit without parents is against nothing.
    """

    id: str
    parents: tuple[str, ...]
    author: str
    authored: date
    committed: date
    subject: str
    changes: tuple[Changes, ...] = ()


def history(repository: Repository, *revisions: str) -> tuple[Commit, ...]:
    """List the commits that `git log` would, children before their parents; two git processes, however many there are.

    `revisions` are ids, `^ID` for what is left out with all that it can reach. Raises CrmtoolError.
    """
    told = repository.run(*_LOG, f"--format={_FORMAT}", "--stdin", given="\n".join(revisions).encode())
    fields = as_text(told).removesuffix("\0").split("\0") if told else []
    commits = [_commit(fields[i : i + 6]) for i in range(0, len(fields), 6)]
    pairs = [(commit, parent) for commit in commits for parent in commit.parents or ("",)]
    given = "".join(f"{commit.id} {parent}".strip() + "\n" for commit, parent in pairs)
    changes = iter(_changes(repository.run(*_DIFF, given=given.encode())))
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


def _changes(output: bytes) -> Iterator[Changes]:
    """Read what `git diff-tree --stdin --always --raw -z` writes: an id, then the changes of that pair, and so on."""
    fields = fields_of(output)
    changes: dict[str, tuple[Entry | None, Entry | None]] | None = None
    for field in fields:
        if not field.startswith(":"):
            if changes is not None:
                yield changes
            changes = {}
        elif changes is not None:
            mode, new_mode, id, new_id, _ = field.removeprefix(":").split(" ")
            changes[next(fields)] = raw_entry(mode, id), raw_entry(new_mode, new_id)
    if changes is not None:
        yield changes
