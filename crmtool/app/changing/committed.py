"""A contact as the last commit has it, be it under another name."""

from __future__ import annotations

from pathlib import Path

from crmtool.app.versions import texts_of, version
from crmtool.contact import is_contact_path
from crmtool.errors import CrmtoolError
from crmtool.git import GitSnapshot, Repository
from crmtool.renames import pair_renames
from crmtool.schema import Schemas
from crmtool.snapshot import Content, read_content


def committed(root: Path, path: str, schemas: Schemas) -> Content | None:
    """Read one contact of the last commit; None where there is none, or no repository."""
    try:
        with last_commit(Repository.find(root), root) as snapshot:
            return read_committed(snapshot, path, schemas)
    except CrmtoolError:
        return None


def last_commit(repository: Repository, root: Path) -> GitSnapshot:
    """Give the last commit as a Snapshot, an empty one before the first."""
    return version(repository, root, repository.head())


def read_committed(snapshot: GitSnapshot, path: str, schemas: Schemas) -> Content | None:
    """Read one contact of a commit; None where there is none."""
    return read_content(snapshot, schemas, (path,)) if path in snapshot.paths() else None


def renamed_from(snapshot: GitSnapshot, root: Path, path: str, text: str) -> str | None:
    """Find the contact of a commit that a new file is, since the old one is gone; None where there is none.

    What a sparse checkout leaves out is not gone.
    """
    there = set(snapshot.paths())
    if path in there:
        return None
    gone = {each for each in there if is_contact_path(each) and not (root / each).exists()}
    if gone:
        left_out = snapshot.repository.left_out()[1]
        gone = {each for each in gone if snapshot.prefix + each not in left_out}
    texts = {each: read for each, read in texts_of(snapshot, gone).items() if read}
    return pair_renames(texts, {path: text}).get(path)
