"""A workspace as a commit has it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from crmtool.contact import SUFFIX
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


def texts_of(snapshot: GitSnapshot, paths: Iterable[str]) -> dict[str, str]:
    """Give the texts of those of some files that are contacts', by path."""
    wanted = sorted(path for path in paths if path.endswith(SUFFIX))
    snapshot.read_ahead(wanted)
    return {path: text_of(snapshot, path) for path in wanted}


def text_of(snapshot: Snapshot, path: str) -> str:
    """Give a contact file's text; nothing where it cannot be read, such as a link that leads nowhere."""
    try:
        return read_contact(path, snapshot.read(path)).text
    except UnreadableError:
        return ""
