"""What git-filter-repo calls for each commit and tag: it makes the changes that a plan names, and no others.

This file is copied to where git-filter-repo runs, under whatever Python it has: it uses the standard library alone.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

PLAN_VARIABLE = "CRMTOOL_HISTORY_PLAN"
"""Names the file with the plan; see `crmtool.git.aside`."""
_PEOPLE = ("author", "committer", "tagger")
_MAKERS = tuple(f"{who}_{what}" for who in ("author", "committer") for what in ("name", "email", "date"))


@lru_cache(maxsize=1)
def _plan() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(os.environ[PLAN_VARIABLE]).read_text("ascii"))
    return found


@lru_cache(maxsize=1)
def _made() -> set[int]:
    """Give the digests of all commits that were made."""
    return set()


def change_commit(commit: Any, file_change: Any) -> None:
    """Change what a commit says and does; `file_change` is git-filter-repo's class for the change of a file."""
    plan = _plan()
    id = commit.original_id.decode("ascii")
    own = plan["commits"].get(id, {})
    dropped, deleted = set(own.get("drop", ())), set(own.get("delete", ()))
    changes = []
    for change in commit.file_changes:
        path = _text(change.filename)
        if path in deleted:
            changes.append(file_change(b"D", _bytes(plan["files"].get(path, path))))
        elif path not in dropped:
            changes.append(_changed(change, path, plan))
    for path, blob in own.get("writes", {}).items():
        name = _bytes(path)
        changes.append(file_change(b"M", name, blob.encode("ascii"), b"100644") if blob else file_change(b"D", name))
    commit.file_changes = changes
    _change_words(commit, id, plan)
    _keep_apart(commit)


def change_tag(tag: Any) -> None:
    """Change what a tag says."""
    _change_words(tag, tag.original_id.decode("ascii"), _plan())


def _changed(change: Any, path: str, plan: dict[str, Any]) -> Any:
    if path in plan["files"]:
        change.filename = _bytes(plan["files"][path])
        if change.type == b"M":
            old = change.blob_id.decode("ascii")
            change.blob_id = plan["blobs"].get(old, old).encode("ascii")
    return change


def _keep_apart(commit: Any) -> None:
    """Have commits stay two that differed in nothing but what is gone: the later one says a line end more."""
    changes = tuple((each.type, each.filename, each.blob_id, each.mode) for each in commit.file_changes)
    rest = (changes, tuple(commit.parents), *(getattr(commit, name) for name in _MAKERS))
    while (made := hash((rest, commit.message))) in _made():
        commit.message += b"\n"
    _made().add(made)


def _change_words(said: Any, id: str, plan: dict[str, Any]) -> None:
    for start, end, new in reversed(plan["messages"].get(id, ())):
        said.message = said.message[:start] + _bytes(new) + said.message[end:]
    people = plan["people"].get(id, {})
    for who in _PEOPLE:
        if who in people:
            name, email = people[who]
            setattr(said, f"{who}_name", _bytes(name))
            setattr(said, f"{who}_email", _bytes(email))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
