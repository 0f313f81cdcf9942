"""How a history is to be rewritten, as it is handed to what rewrites it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, field
from typing import Any

from crmtool.records import dataclass


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

    def told(self) -> dict[str, Any]:
        """Give it as JSON has it, for `history_filter`; the contents are left out."""
        return {
            "commits": {id: asdict(change) for id, change in self.commits.items()},
            "files": dict(self.files),
            "blobs": dict(self.blobs),
            "messages": {id: list(spans) for id, spans in self.messages.items()},
            "people": {id: dict(people) for id, people in self.people.items()},
        }


def blob_id(data: bytes) -> str:
    """Give the id that a content has in a repository with SHA-1."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
