"""Commit a changed contact by itself, with a message that tells what was decided."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from crmtool.app.changing.committed import last_commit, read_committed, renamed_from
from crmtool.app.changing.draft import Draft
from crmtool.document import read_contact
from crmtool.errors import CrmtoolError
from crmtool.formats.commit_message import commit_message
from crmtool.git import Repository
from crmtool.git.committing import Committed, commit_files, refuse_uncommittable


@dataclass(frozen=True, kw_only=True)
class Commit:
    """A commit that can be made once the file is written; `paths` are the repository's."""

    repository: Repository
    paths: tuple[str, ...]
    message: str


def prepare_commit(made: Draft) -> Commit | None:
    """Look whether a draft can be committed by itself; None where it is as the last commit has it already.

    The message tells the difference to the last commit: what was changed before and is not committed yet goes with it.
    A file that was renamed since takes its old path along. Raises CrmtoolError before anything is written.
    """
    file = Path(os.path.realpath(made.file))
    repository = Repository.find(_existing(file.parent))
    path = repository.prefix(file.parent) + file.name
    refuse_uncommittable(repository, path)
    if made.content.rulebook is None:
        raise CrmtoolError("the rule book cannot be used")
    now = made.content.documents[made.path].text
    text = read_contact(made.path, made.before).text if made.before else now
    with last_commit(repository, made.root) as last:
        old = renamed_from(last, made.root, made.path, text)
        was = old or made.path
        before = read_committed(last, was, made.content.schemas)
    if before is not None and old is None and before.documents[was].text == now:
        return None
    message = commit_message(before.contacts.get(was) if before else None, made.contact, made.content.rulebook)
    also = (repository.prefix(made.root) + old,) if old else ()
    return Commit(repository=repository, paths=(path, *also), message=message)


def commit(ready: Commit) -> Committed:
    """Make the commit; whether it was made, and what Git and the hooks said, is told."""
    return commit_files(ready.repository, ready.paths, ready.message)


def _existing(directory: Path) -> Path:
    """Give the nearest directory that is there already: that of a new contact is made with its file."""
    return next(each for each in (directory, *directory.parents) if each.is_dir())
