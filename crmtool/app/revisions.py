"""A workspace as Git has it in a revision: its contacts, and the rule book and the schemas of that time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from crmtool.app.versions import version
from crmtool.contact import is_contact_path
from crmtool.errors import CrmtoolError
from crmtool.git import GitSnapshot, Repository
from crmtool.git.history import day_of
from crmtool.git.program import as_text
from crmtool.snapshot import RULEBOOK
from crmtool.text import short_id


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A workspace in a commit, given by its full id; `root` is where the workspace lies on the disk."""

    repository: Repository
    root: Path
    id: str

    @property
    def short(self) -> str:
        """The beginning of the id, as people are told it."""
        return short_id(self.id)

    @cached_property
    def day(self) -> date:
        """The day on which it was committed, where its committer was."""
        told = self.repository.run("log", "-1", "--no-show-signature", "--format=%cs", self.id)
        return day_of(as_text(told).strip())

    def name(self, path: str) -> str:
        """Name one of its files as git does: `git show` takes it."""
        return f"{self.short}:{self.repository.prefix(self.root)}{path}"

    def snapshot(self) -> GitSnapshot:
        """Give its files, to be closed in the end; raises CrmtoolError where there is no workspace."""
        snapshot = version(self.repository, self.root, self.id)
        if RULEBOOK not in snapshot.paths():
            missing = f"commit {self.short} has no {snapshot.prefix}{RULEBOOK}"
            raise CrmtoolError(f"{missing}: the workspace did not exist then, or lay elsewhere")
        snapshot.read_ahead(sorted(filter(is_contact_path, snapshot.paths())))
        return snapshot


def find_revision(root: Path, rev: str) -> Revision:
    """Find what a revision names in a workspace's repository; raises CrmtoolError where there is none."""
    repository = Repository.find(root)
    return Revision(repository=repository, root=root, id=repository.commit(rev))
