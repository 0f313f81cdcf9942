"""A contact as the last commit has it, be it under another name."""

from __future__ import annotations

from pathlib import Path

from crmtool.contact import is_contact_path
from crmtool.document import read_contact
from crmtool.errors import CrmtoolError
from crmtool.git import GitSnapshot, Repository
from crmtool.renames import pair_renames
from crmtool.snapshot import Content, UnreadableError, read_content
from crmtool.workspace import WorkTree, load_schemas


def committed(root: Path, path: str) -> Content | None:
    """Read one contact of the last commit; None where there is none, or no repository."""
    try:
        repository = Repository.find(root)
        head = repository.head()
        if head is None:
            return None
        with GitSnapshot(repository, repository.tree(head), repository.prefix(root)) as snapshot:
            there = {path} & set(snapshot.paths())
            return read_content(snapshot, load_schemas(WorkTree(root)), there) if there else None
    except CrmtoolError:
        return None


def renamed_from(repository: Repository, root: Path, path: str, text: str) -> str | None:
    """Find the contact of the last commit that a new file is, since the old one is gone; None where there is none."""
    head = repository.head()
    if head is None:
        return None
    with GitSnapshot(repository, repository.tree(head), repository.prefix(root)) as snapshot:
        there = set(snapshot.paths())
        if path in there:
            return None
        gone = (each for each in there if is_contact_path(each) and not (root / each).exists())
        texts = {each: read for each in gone if (read := _text(snapshot, each))}
    return pair_renames(texts, {path: text}).get(path)


def _text(snapshot: GitSnapshot, path: str) -> str:
    try:
        return read_contact(path, snapshot.read(path)).text
    except UnreadableError:  # such as a link that leads nowhere: nothing can be the same as that
        return ""
