"""Commit a changed contact by itself, with a message that tells what was decided."""

from __future__ import annotations

from dataclasses import dataclass

from crmtool.app.changing.draft import Draft
from crmtool.contact import Contact, contact_from
from crmtool.document import read_contact
from crmtool.errors import CrmtoolError
from crmtool.formats.commit_message import commit_message
from crmtool.git import GitSnapshot, Repository
from crmtool.git.committing import Committed, commit_file, refuse_uncommittable
from crmtool.snapshot import UnreadableError


@dataclass(frozen=True, kw_only=True)
class Commit:
    """A commit that can be made once the file is written."""

    repository: Repository
    path: str
    message: str


def prepare_commit(made: Draft) -> Commit:
    """Look whether a draft can be committed by itself; raises CrmtoolError before anything is written.

    The message tells the difference to HEAD: what was changed before and is not committed yet goes with it.
    """
    repository = Repository.find(made.root)
    path = repository.prefix(made.file.parent) + made.file.name
    refuse_uncommittable(repository, path)
    if made.content.rulebook is None:
        raise CrmtoolError("the rule book cannot be used")
    message = commit_message(_committed(repository, made), made.contact, made.content.rulebook)
    return Commit(repository=repository, path=path, message=message)


def commit(ready: Commit) -> Committed:
    """Make the commit; whether it was made, and what Git and the hooks said, is told."""
    return commit_file(ready.repository, ready.path, ready.message)


def _committed(repository: Repository, made: Draft) -> Contact | None:
    head = repository.head()
    if head is None:
        return None
    with GitSnapshot(repository, repository.tree(head), repository.prefix(made.root)) as snapshot:
        try:
            return contact_from(read_contact(made.path, snapshot.read(made.path)))
        except UnreadableError:
            return None
