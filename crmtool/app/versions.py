"""A workspace as a commit has it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crmtool.document import read_contact
from crmtool.snapshot import Snapshot, UnreadableError

if TYPE_CHECKING:
    from crmtool.git import GitSnapshot, Repository


def version(repository: Repository, root: Path, rev: str | None) -> GitSnapshot:
    """Give a revision's workspace as a Snapshot, an empty one for None; raises CrmtoolError for an unknown one."""
    from crmtool.git import GitSnapshot
    from crmtool.git.tree import Tree

    tree = repository.tree(rev) if rev else Tree(entries={})
    return GitSnapshot(repository, tree, repository.prefix(root))


def text_of(snapshot: Snapshot, path: str) -> str:
    """Give a contact file's text; nothing where it cannot be read, such as a link that leads nowhere."""
    try:
        return read_contact(path, snapshot.read(path)).text
    except UnreadableError:
        return ""
