"""What a commit brought in that none of its parents has, and what a merge dropped of one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from crmtool.app.change_checking import Change, check_change
from crmtool.app.versions import texts_of
from crmtool.finding import Finding, Severity
from crmtool.git import GitSnapshot, Repository, Tree
from crmtool.records import dataclass
from crmtool.renames import pair_renames
from crmtool.rules import ALL_RULES
from crmtool.rules.base import ChangeRule, HistoryRule
from crmtool.rules.contact_deleted import RULE as CONTACT_DELETED

AGAINST_BASE = frozenset(code for code, rule in ALL_RULES.items() if isinstance(rule, ChangeRule | HistoryRule))
"""The codes of what is found by looking at the version before: what was rewritten, removed or deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """A version before: its commit (None: an empty tree), its files, and the paths that differ from it."""

    id: str | None
    tree: Tree
    touched: Collection[str]


@dataclass(frozen=True)
class CommitCheck:
    """A commit, or what is about to be one: its files, and its parents."""

    repository: Repository
    day: date
    after: Tree
    parents: tuple[Parent, ...]

    def errors(self) -> Iterator[Finding]:
        """Give the errors that none of the parents has, and what was dropped of each of them."""
        for parent in self.parents:
            yield from self.dropped(parent)
        first = self.parents[0]
        own = [finding for finding in self._errors(first) if finding.code not in AGAINST_BASE]
        if own:
            known = {key(finding) for parent in self.parents for finding in self._standing(parent.tree, first.touched)}
            yield from (finding for finding in own if key(finding) not in known)

    def dropped(self, parent: Parent) -> Iterator[Finding]:
        """Give what was rewritten, removed or deleted of a parent, unless another one had done so already."""
        found = [finding for finding in self._errors(parent) if finding.code in AGAINST_BASE]
        excused = self._done_elsewhere(parent) if found and self.parents[1:] else set()
        yield from (finding for finding in found if not excused & {key(finding), _place(finding)})

    def _done_elsewhere(self, parent: Parent) -> set[tuple[str, ...]]:
        """Tell what a merge took over from its other parents: what these did since they parted is theirs.

        That a contact was deleted is told by its place in the parent that still has it, whatever that made of it.
        """
        excused: set[tuple[str, ...]] = set()
        for other in self.parents:
            if other is parent or parent.id is None or other.id is None:
                continue
            for base in self.repository.merge_bases(parent.id, other.id):
                past = self.repository.tree(base)
                found = check_change(self.repository, difference(past, other.tree), self.day).findings
                excused |= {key(finding) for finding in found}
                deleted = {finding.location.path for finding in found if finding.code == CONTACT_DELETED.code}
                if deleted:
                    renamed = self._renamed(past, parent.tree)
                    excused |= {(CONTACT_DELETED.code, renamed.get(path, path)) for path in deleted}
        return excused

    def _renamed(self, old: Tree, new: Tree) -> dict[str, str]:
        """Tell what files are called in another version that are called otherwise there."""
        gone, come = old.entries.keys() - new.entries.keys(), new.entries.keys() - old.entries.keys()
        before, after = GitSnapshot(self.repository, old), GitSnapshot(self.repository, new)
        pairs = pair_renames(texts_of(before, gone), texts_of(after, come))
        return {past: path for path, past in pairs.items()}

    def _errors(self, parent: Parent) -> list[Finding]:
        change = Change(after=self.after, before=parent.tree, touched=frozenset(parent.touched))
        found = check_change(self.repository, change, self.day).findings
        return [finding for finding in found if finding.severity is Severity.ERROR]

    def _standing(self, tree: Tree, touched: Iterable[str]) -> tuple[Finding, ...]:
        change = Change(after=tree, before=None, touched=frozenset(touched))
        return check_change(self.repository, change, self.day).findings


def difference(before: Tree, after: Tree) -> Change:
    """Give the change between two versions."""
    paths = before.entries.keys() | after.entries.keys()
    touched = frozenset(path for path in paths if before.entries.get(path) != after.entries.get(path))
    return Change(after=after, before=before, touched=touched)


def key(finding: Finding) -> tuple[str, ...]:
    """Give what makes findings of several versions the same: lines shift from one to the next."""
    return finding.code, finding.location.path, finding.message


def _place(finding: Finding) -> tuple[str, ...]:
    return finding.code, finding.location.path
