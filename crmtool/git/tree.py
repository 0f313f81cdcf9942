"""Versions of a repository as paths and content ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import TypeAlias

from crmtool.contact import FOLDER
from crmtool.git.program import as_text
from crmtool.records import dataclass
from crmtool.snapshot import RULEBOOK

LINK = "120000"
SUBMODULE = "160000"
ABSENT = "000000"
_LEFT_OUT = b"S "
_AT_ONCE = 1024 * 1024

Entry: TypeAlias = tuple[str, str]
"""A file in a tree: its mode, such as 100644, and the id of its content, the same for the same bytes."""


@dataclass(frozen=True, kw_only=True)
class Tree:
    """One version of a repository: entries by path from its top level, submodules left out.

    `unmerged` has the paths of an index that a merge left in conflict, with our side and theirs (None for a side that
    deleted the file); `entries` names one of the sides for them.
    """

    entries: Mapping[str, Entry]
    unmerged: Mapping[str, tuple[Entry | None, Entry | None]] = field(default_factory=dict)

    def before(self, changes: Mapping[str, Entry | None]) -> Tree:
        """Give the version that `Repository.changes` compared this one with, without reading it."""
        entries = dict(self.entries)
        for path, entry in changes.items():
            if entry is None:
                entries.pop(path, None)
            else:
                entries[path] = entry
        return Tree(entries=entries)

    @cached_property
    def links(self) -> tuple[str, ...]:
        """The paths of symbolic links."""
        return tuple(path for path, (mode, _) in self.entries.items() if mode == LINK)


def workspaces(tree: Tree) -> list[str]:
    """List where workspaces begin: '' or 'sales/', each directory with a rule book, but none below contacts/."""
    named = [path for path in tree.entries if path.endswith(RULEBOOK)]
    found = sorted(path.removesuffix(RULEBOOK) for path in named if f"/{path}".endswith(f"/{RULEBOOK}"))
    return [inner for inner in found if not any(inner.startswith(outer + FOLDER) for outer in found)]


def index_tree(output: bytes) -> Tree:
    """Read what `git ls-files --stage -z` writes."""
    entries: dict[str, Entry] = {}
    stages: dict[str, dict[str, Entry]] = {}
    for record in fields_of(output):
        meta, _, path = record.partition("\t")
        mode, id, stage = meta.split(" ")
        if mode == SUBMODULE:
            continue
        if stage == "0":
            entries[path] = mode, id
        else:
            stages.setdefault(path, {})[stage] = mode, id
    one_side = {path: sides.get("2") or sides.get("3") or sides["1"] for path, sides in stages.items()}
    both_sides = {path: (sides.get("2"), sides.get("3")) for path, sides in stages.items()}
    return Tree(entries=entries | one_side, unmerged=both_sides)


def marked_tree(output: bytes) -> tuple[Tree, frozenset[str]]:
    """Read what `git ls-files -t --stage -z` writes, with the paths that it marks as left out of the work tree."""
    records = output.split(b"\0")[:-1]
    tree = index_tree(b"".join(record[2:] + b"\0" for record in records))
    left_out = (record.partition(b"\t")[2] for record in records if record.startswith(_LEFT_OUT))
    return tree, frozenset(map(as_text, left_out))


def revision_tree(output: bytes) -> Tree:
    """Read what `git ls-tree -r -z` writes."""
    entries: dict[str, Entry] = {}
    for record in fields_of(output):
        meta, _, path = record.partition("\t")
        mode, _, id = meta.split(" ")
        if mode != SUBMODULE:
            entries[path] = mode, id
    return Tree(entries=entries)


def changes_before(output: bytes) -> dict[str, Entry | None]:
    """Read what `git diff-index --raw --no-renames -z` writes: each changed path with its entry before."""
    fields = fields_of(output)
    changes: dict[str, Entry | None] = {}
    for meta, path in zip(fields, fields, strict=True):
        mode, _, id, *_ = meta.removeprefix(":").split(" ")
        changes[path] = raw_entry(mode, id)
    return changes


def raw_entry(mode: str, id: str) -> Entry | None:
    """Give one side of a change as Git's raw format tells it; None where there is no file, or a submodule."""
    return None if mode in (ABSENT, SUBMODULE) else (mode, id)


def fields_of(output: bytes) -> Iterator[str]:
    """Give what git ends by NUL, with `-z`; that may be too much to be kept in several shapes at once."""
    start = 0
    while start < len(output):
        end = output.find(b"\0", start + _AT_ONCE) + 1 or len(output)
        yield from as_text(output[start:end]).split("\0")[:-1]
        start = end
