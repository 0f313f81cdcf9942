"""Check a range of commits as a whole and commit by commit, as a server or a pull request does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from crmtool.app.change_checking import Change, check_change
from crmtool.app.versions import text_of
from crmtool.check import CheckResult
from crmtool.contact import SUFFIX
from crmtool.errors import CrmtoolError
from crmtool.finding import Finding, Severity
from crmtool.git import Entry, GitSnapshot, Repository, Tree
from crmtool.git.history import Changes, Commit
from crmtool.git.ranges import commits_of, is_deletion, read_range
from crmtool.git.tree import LINK
from crmtool.renames import pair_renames
from crmtool.rules import ALL_RULES
from crmtool.rules.base import ChangeRule, HistoryRule
from crmtool.rules.contact_deleted import RULE as CONTACT_DELETED
from crmtool.snapshot import RULEBOOK

_RULES = (RULEBOOK, ".json")
_AGAINST_BASE = frozenset(code for code, rule in ALL_RULES.items() if isinstance(rule, ChangeRule | HistoryRule))


def check_range(start: Path, day: date, text: str) -> CheckResult:
    """Check the net change of a range, A..B, then each of its commits against its parents; raises CrmtoolError.

    The net change is checked as the hook would check it, warnings included. Of each commit the errors are told that it
    brought in and that the net change does not show: those that none of its parents has. So a mistake that was made and
    mended within the range is told, too, as the hook would have. Whether something past was rewritten or deleted, the
    commits decide: seen from both ends alone, a contact that was ended and then deleted looks like one that was just
    deleted. A repository may be bare. Paths are those of the repository.
    """
    if is_deletion(text):
        return CheckResult(today=day, paths=(), findings=())
    repository = Repository.find(start, bare_too=True)
    wanted = read_range(repository, text)
    try:
        commits = commits_of(repository, wanted)
        end = repository.tree(wanted.end)
        base = repository.tree(wanted.base) if wanted.base else Tree(entries={})
        net = check_change(repository, _change(base, end), day)
        found = [_Walk(repository, day).errors(commit, trees) for commit, trees in _with_trees(commits, end)]
    finally:
        repository.objects.close()
    brought = [finding for errors in reversed(found) for finding in errors]
    doubtful = _AGAINST_BASE - {finding.code for finding in brought} if wanted.is_descended else frozenset()
    of_net = [finding for finding in net.findings if finding.code not in doubtful]
    known = {_key(finding) for finding in of_net}
    return replace(net, findings=(*of_net, *_first_of_each(brought, known)))


def _change(before: Tree, after: Tree) -> Change:
    paths = before.entries.keys() | after.entries.keys()
    touched = frozenset(path for path in paths if before.entries.get(path) != after.entries.get(path))
    return Change(after=after, before=before, touched=touched)


@dataclass(frozen=True, kw_only=True)
class _Versions:
    """What a commit holds, and what each of its parents does; one without parents comes from an empty tree."""

    after: Tree
    parents: tuple[Tree, ...]


def _with_trees(commits: Iterable[Commit], end: Tree) -> Iterator[tuple[Commit, _Versions]]:
    """Give each commit with the files of its versions, made from the end's by what each changed: no git is asked."""
    trees: dict[str, Tree] = {}
    for commit in commits:
        after = trees.pop(commit.id, end)
        parents = tuple(after.before(_before(changes)) for changes in commit.changes)
        trees |= dict(zip(commit.parents, parents, strict=False))
        if len(parents) == 1 and _only_modifies(commit.changes[0]) and not _has_links(after):
            after, parents = _narrowed(after, commit.changes[0]), (_narrowed(parents[0], commit.changes[0]),)
        yield commit, _Versions(after=after, parents=parents)


def _only_modifies(changes: Changes) -> bool:
    return all(old and new and not path.endswith(_RULES) for path, (old, new) in changes.items())


def _has_links(tree: Tree) -> bool:
    return any(mode == LINK for mode, _ in tree.entries.values())


def _narrowed(tree: Tree, paths: Collection[str]) -> Tree:
    """Leave out the contacts that do not matter where some were modified: of many commits each would list them all."""
    kept = (item for item in tree.entries.items() if item[0] in paths or item[0].endswith(_RULES))
    return Tree(entries=dict(kept))


def _before(changes: Changes) -> Mapping[str, Entry | None]:
    return {path: old for path, (old, _) in changes.items()}


@dataclass(frozen=True)
class _Walk:
    """A walk over the commits of a repository, each looked at by itself."""

    repository: Repository
    day: date

    def errors(self, commit: Commit, versions: _Versions) -> list[Finding]:
        """Give the errors that a commit brought in, marked as its own."""
        try:
            found = list(self._errors(commit, versions))
        except CrmtoolError as error:
            raise CrmtoolError(f"in commit {commit.id[:10]}: {error}", error.advice) from None
        return [replace(finding, commit=commit.id) for finding in found]

    def _errors(self, commit: Commit, versions: _Versions) -> Iterator[Finding]:
        for i, (before, changes) in enumerate(zip(versions.parents, commit.changes, strict=True)):
            errors = self._checked(versions.after, before, changes)
            against_base = [finding for finding in errors if finding.code in _AGAINST_BASE]
            if against_base:
                excused = self._done_elsewhere(commit, versions, i) if commit.parents[1:] else set()
                yield from (finding for finding in against_base if not excused & {_key(finding), _place(finding)})
            own = [finding for finding in errors if finding.code not in _AGAINST_BASE]
            if own and i == 0:
                known = {_key(finding) for parent in versions.parents for finding in self._standing(parent, changes)}
                yield from (finding for finding in own if _key(finding) not in known)

    def _done_elsewhere(self, commit: Commit, versions: _Versions, i: int) -> set[tuple[str, ...]]:
        """Tell what a merge took over from its other parents: what these did since they parted is theirs.

        That a contact was deleted is told by its place in the parent that still has it, whatever that made of it.
        """
        excused: set[tuple[str, ...]] = set()
        others = (pair for j, pair in enumerate(zip(commit.parents, versions.parents, strict=True)) if j != i)
        for other, tree in others:
            for base in self.repository.merge_bases(commit.parents[i], other):
                past = self.repository.tree(base)
                found = check_change(self.repository, _change(past, tree), self.day).findings
                excused |= {_key(finding) for finding in found}
                deleted = {finding.location.path for finding in found if finding.code == CONTACT_DELETED.code}
                if deleted:
                    renamed = self._renamed(past, versions.parents[i])
                    excused |= {(CONTACT_DELETED.code, renamed.get(path, path)) for path in deleted}
        return excused

    def _renamed(self, old: Tree, new: Tree) -> dict[str, str]:
        """Tell what files are called in another version that are called otherwise there."""
        gone, come = old.entries.keys() - new.entries.keys(), new.entries.keys() - old.entries.keys()
        before, after = GitSnapshot(self.repository, old), GitSnapshot(self.repository, new)
        pairs = pair_renames(
            {path: text_of(before, path) for path in sorted(gone) if path.endswith(SUFFIX)},
            {path: text_of(after, path) for path in sorted(come) if path.endswith(SUFFIX)},
        )
        return {past: path for path, past in pairs.items()}

    def _checked(self, after: Tree, before: Tree, changes: Iterable[str]) -> list[Finding]:
        change = Change(after=after, before=before, touched=frozenset(changes))
        found = check_change(self.repository, change, self.day).findings
        return [finding for finding in found if finding.severity is Severity.ERROR]

    def _standing(self, tree: Tree, touched: Iterable[str]) -> tuple[Finding, ...]:
        change = Change(after=tree, before=None, touched=frozenset(touched))
        return check_change(self.repository, change, self.day).findings


def _first_of_each(findings: Iterable[Finding], known: set[tuple[str, ...]]) -> Iterator[Finding]:
    seen = set(known)
    for finding in findings:
        if _key(finding) not in seen:
            seen.add(_key(finding))
            yield finding


def _place(finding: Finding) -> tuple[str, ...]:
    return finding.code, finding.location.path


def _key(finding: Finding) -> tuple[str, ...]:
    # Lines shift from commit to commit.
    return finding.code, finding.location.path, finding.message
