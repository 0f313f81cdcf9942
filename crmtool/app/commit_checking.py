"""What a commit brought in that none of its parents has, and what a merge dropped of one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce

from crmtool.app.change_checking import Change, check_change
from crmtool.app.versions import texts_of
from crmtool.contact import FOLDER, Fields
from crmtool.document import Document
from crmtool.finding import Finding, Severity
from crmtool.git import GitSnapshot, Repository, Tree
from crmtool.git.history import history
from crmtool.git.tree import Entry
from crmtool.records import dataclass
from crmtool.redefining import Redefined, redefined
from crmtool.renames import pair_renames
from crmtool.rulebook import RuleBook
from crmtool.rules import ALL_RULES
from crmtool.rules.base import ChangeRule, ChangeSubject, HistoryRule, Rule
from crmtool.rules.contact_deleted import RULE as CONTACT_DELETED
from crmtool.snapshot import RULEBOOK, document_from, read_bytes, read_content
from crmtool.text import one_line
from crmtool.workspace import load_schemas

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
        if found and self.parents[1:]:
            excused = self._done_elsewhere(parent)
            found = [finding for finding in found if not excused & {key(finding), _place(finding)}]
            found = self._step_by_step(parent, found)
        yield from found

    def _done_elsewhere(self, parent: Parent) -> set[tuple[str, ...]]:
        """Tell what a merge took over from its other parents: what these did since they parted is theirs.

        It is told by what the parent calls the file. That a contact was deleted is told by its place in the parent that
        still has it, whatever that made of it.
        """
        excused: set[tuple[str, ...]] = set()
        for one, other, id in self._parted(parent):
            for base in self.repository.merge_bases(one, id):
                past = self.repository.tree(base)
                found = check_change(self.repository, difference(past, other.tree), self.day).findings
                done = [key(finding) for finding in found if finding.code in AGAINST_BASE]
                renamed = self._renamed(past, parent.tree) if done else {}
                for code, path, message in done:
                    told = () if code == CONTACT_DELETED.code else (message,)
                    excused.add((code, renamed.get(path, path), *told))
        return excused

    def _parted(self, parent: Parent) -> Iterator[tuple[str, Parent, str]]:
        """Give the other parents that are commits, as the parent is, with the ids of both."""
        for other in self.parents:
            if other is not parent and parent.id is not None and other.id is not None:
                yield parent.id, other, other.id

    def _step_by_step(self, parent: Parent, found: list[Finding]) -> list[Finding]:
        """Tell what was rewritten as it is told by the ids that the other parents gave, one commit after the other.

        A definition that one commit gave another id, and a later one another wording, is not known again in one step.
        """
        steps = self._steps(parent) if found and any(path.endswith(RULEBOOK) for path in parent.touched) else {}
        if not steps:
            return found
        renamed = {path: past for past, path in self._renamed(parent.tree, self.after).items()}
        places: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in found:
            places[_place(finding)].append(finding)
        told: list[Finding] = []
        for (code, path), findings in places.items():
            ids = next((ids for folder, ids in steps.items() if path.startswith(folder)), [])
            before, after = self._document(parent.tree, renamed.get(path, path)), self._document(self.after, path)
            told += _told_by(ids, findings, ALL_RULES[code], before, after)
        return told

    def _steps(self, parent: Parent) -> dict[str, list[Redefined]]:
        """Tell by which steps the other parents gave ids anew, by folder of contacts; the merge's own is the last."""
        steps: defaultdict[str, list[Redefined]] = defaultdict(list)
        for one, _, other in self._parted(parent):
            commits = history(self.repository, other, f"^{one}", wanted=lambda path: path.endswith(RULEBOOK))
            for commit in reversed(commits):
                for path, (old, new) in (item for changes in commit.changes for item in changes.items()):
                    if (step := self._step(old, new)) != Redefined():
                        steps[path].append(step)
        last = {path: self._step(parent.tree.entries.get(path), self.after.entries.get(path)) for path in steps}
        return {path.removesuffix(RULEBOOK) + FOLDER: [*found, last[path]] for path, found in steps.items()}

    def _step(self, old: Entry | None, new: Entry | None) -> Redefined:
        return redefined(self._rulebook(old), self._rulebook(new)) if old and new else Redefined()

    def _rulebook(self, entry: Entry) -> RuleBook | None:
        snapshot = GitSnapshot(self.repository, Tree(entries={RULEBOOK: entry}))
        return read_content(snapshot, load_schemas(snapshot), ()).rulebook

    def _document(self, tree: Tree, path: str) -> Document:
        return document_from(path, read_bytes(GitSnapshot(self.repository, tree), path))

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


def _place(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.location.path


def _told_by(
    ids: Sequence[Redefined], findings: list[Finding], rule: Rule, before: Document, after: Document
) -> list[Finding]:
    """Give what was found of a contact as it is found by other ids; as it was where it cannot be found again."""
    if not ids or not isinstance(rule, ChangeRule) or before.values is None or after.values is None:
        return findings
    subject = ChangeSubject(before=_read(before.values, ids), after=_read(after.values, ids))
    return [
        replace(
            findings[0],
            location=after.locate(seen.place, on_key=seen.on_key),
            message=one_line(seen.message),
            hint=seen.hint,
        )
        for seen in rule.check(subject)
    ]


def _read(fields: Fields, ids: Iterable[Redefined]) -> Fields:
    return reduce(lambda values, step: step.values(values), ids, fields)
