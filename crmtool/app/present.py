"""The work tree beside the versions that Git has: each file is known by the id that Git would give it.

What a sparse checkout leaves out is neither gone nor changed: as for Git, it is what the index has.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from crmtool.git import GitSnapshot, Repository
from crmtool.snapshot import UnreadableError
from crmtool.workspace import Listing, WorkTree


@dataclass(frozen=True, kw_only=True)
class Present:
    """A Snapshot of the work tree; `left_out` are the paths of which the index stands in."""

    listing: Listing
    index: GitSnapshot
    left_out: frozenset[str]
    algorithm: str
    _ids: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def paths(self) -> Iterable[str]:
        """List the files on the disk, and those that are left out."""
        return (*self.listing.paths(), *self.left_out)

    def read(self, path: str) -> bytes:
        """Give a file's bytes, and remember their id; raises UnreadableError."""
        if path in self.left_out:
            return self.index.read(path)
        data = self.listing.read(path)
        self._ids[path] = hashlib.new(
            self.algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False
        ).hexdigest()
        return data

    def read_ahead(self, paths: Iterable[str]) -> None:
        """Say which files will be read, in this order."""
        self.index.read_ahead(path for path in paths if path in self.left_out)

    def content_id(self, path: str) -> str | None:
        """Give the id that only the same bytes have, those that were read last; None where they cannot be had."""
        if path in self.left_out:
            return self.index.content_id(path)
        if path not in self._ids:
            with suppress(UnreadableError):
                self.read(path)
        return self._ids.get(path)


def present(repository: Repository, root: Path, commit: str | None) -> Present:
    """List a work tree, to be compared with a commit."""
    listing, prefix = WorkTree(root).listing(), repository.prefix(root)
    tree, paths = repository.left_out()
    index = GitSnapshot(repository, tree, prefix)
    left_out = (path for path in index.paths() if prefix + path in paths and path not in listing.signatures)
    return Present(
        listing=listing,
        index=index,
        left_out=frozenset(left_out),
        algorithm="sha256" if len(commit or "") == hashlib.sha256().digest_size * 2 else "sha1",
    )
