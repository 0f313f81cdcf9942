"""Check a range of commits as a whole and commit by commit, as a server or a pull request does."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from crmtool.app.change_checking import check_change
from crmtool.app.commit_checking import AGAINST_BASE, CommitCheck, Parent, difference, key
from crmtool.app.versions import texts_of
from crmtool.contact import SUFFIX
from crmtool.document import read_contact
from crmtool.errors import CrmtoolError
from crmtool.finding import CheckResult, Finding
from crmtool.git import Entry, GitSnapshot, Repository, Tree, workspaces
from crmtool.git.history import Changes, Commit
from crmtool.git.ranges import commits_of, is_deletion, read_range
from crmtool.git.tree import LINK
from crmtool.snapshot import RULEBOOK
from crmtool.text import short_id

_RULES = (RULEBOOK, ".json")
_FILE = "100644"


@dataclass(frozen=True, kw_only=True)
class RangeResult:
    """What was found in a range; `commits` is how many it has."""

    result: CheckResult
    commits: int


def check_range(start: Path, day: date, text: str) -> RangeResult:
    """Check the net change of a range, A..B, then each of its commits against its parents; raises CrmtoolError.

    The net change is checked as the hook would check it, warnings included. Of each commit the errors are told that it
    brought in and that the net change does not show: those that none of its parents has. So a mistake that was made and
    mended within the range is told, too, as the hook would have. Whether something past was rewritten or deleted, the
    commits decide: seen from both ends alone, a contact that was ended and then deleted looks like one that was just
    deleted. One that comes back is held against what it was when it was deleted. A repository may be bare. Paths are
    those of the repository.
    """
    if is_deletion(text):
        return RangeResult(result=CheckResult(today=day, paths=(), findings=()), commits=0)
    repository = Repository.find(start, bare_too=True)
    wanted = read_range(repository, text)
    try:
        commits = commits_of(repository, wanted)
        end = repository.tree(wanted.end)
        repository.objects.bring(_read_of(commits))
        base = repository.tree(wanted.base) if wanted.base else Tree(entries={})
        net = check_change(repository, difference(base, end), day)
        found, steps = [], []
        returns = _Returns(repository, day)
        for commit, after, parents in _trees(commits, end):
            found.append(_errors(repository, day, commit, after, parents))
            steps.append((commit.id, returns.sides(commit, after, parents)))
        returned = list(returns.rewritten(reversed(steps)))
    finally:
        repository.objects.close()
    brought = [finding for errors in reversed(found) for finding in errors]
    doubtful = AGAINST_BASE - {finding.code for finding in brought} if wanted.is_descended else frozenset()
    of_net = [finding for finding in net.findings if finding.code not in doubtful]
    known = {key(finding) for finding in of_net}
    result = replace(net, findings=(*of_net, *_first_of_each((*brought, *returned), known)))
    return RangeResult(result=result, commits=len(commits))


def _read_of(commits: Iterable[Commit]) -> Iterator[str]:
    """Give the ids of what commits change and is read of it: of a range without merges that is nearly all."""
    for changes in (changes for commit in commits for changes in commit.changes):
        for path, versions in changes.items():
            if path.endswith((SUFFIX, *_RULES)):
                yield from (entry[1] for entry in versions if entry)


def _errors(repository: Repository, day: date, commit: Commit, after: Tree, parents: Iterable[Tree]) -> list[Finding]:
    """Give the errors that a commit brought in, marked as its own."""
    ids = commit.parents or (None,)
    versions = zip(ids, parents, commit.changes, strict=True)
    before = tuple(Parent(id=id, tree=tree, touched=changes) for id, tree, changes in versions)
    try:
        return [replace(error, commit=commit.id) for error in CommitCheck(repository, day, after, before).errors()]
    except CrmtoolError as error:
        raise CrmtoolError(f"in commit {short_id(commit.id)}: {error}", error.advice) from None


_Side: TypeAlias = tuple[Tree, Tree]
"""A parent with no other contacts than those that a commit took away, and the commit with those that it brought."""


@dataclass(frozen=True)
class _Returns:
    """Contacts that one commit deleted and a later one wrote anew.

    What was rewritten on the way neither commit shows: one that was ended may be deleted, and what is new has no past.
    """

    repository: Repository
    day: date

    def sides(self, commit: Commit, after: Tree, parents: Iterable[Tree]) -> list[_Side]:
        """Tell what a commit took away and brought, against each parent."""
        return [self._side(before, after, changes) for before, changes in zip(parents, commit.changes, strict=True)]

    def rewritten(self, steps: Iterable[tuple[str, Collection[_Side]]]) -> Iterator[Finding]:
        """Give what was rewritten; of each commit, parents first, its id and its sides are given."""
        lost: defaultdict[str, list[tuple[str, Tree]]] = defaultdict(list)
        for commit, sides in steps:
            gone = [self._known(before) for before, _ in sides]
            if not (lost or any(gone)):
                continue
            come = [self._known(after) for _, after in sides]
            # Who is in both got another file, and what a merge has of any parent is not new.
            new = set.intersection(*(has.keys() - had.keys() for had, has in zip(gone, come, strict=True)))
            for who in sorted(new & lost.keys()):
                yield from self._compared(lost[who], commit, come[0][who])
            for had, has in zip(gone, come, strict=True):
                for who in had.keys() - has.keys():
                    lost[who].append((commit, had[who]))

    def _compared(self, lost: Sequence[tuple[str, Tree]], commit: str, after: Tree) -> Iterator[Finding]:
        """Compare a contact that a commit brought with what it was when a commit before that one deleted it."""
        versions = (tree for past, tree in reversed(lost) if self.repository.merge_bases(past, commit) == (past,))
        before = next(versions, None)
        if before is not None:
            for finding in check_change(self.repository, difference(before, after), self.day).findings:
                if finding.code in AGAINST_BASE and finding.location.path in after.entries:
                    yield replace(finding, commit=commit)

    def _side(self, before: Tree, after: Tree, changes: Changes) -> _Side:
        if not (before.links or after.links):
            before, after = _narrowed(before, changes), _narrowed(after, changes)
        had, has = self._followed(before), self._followed(after)
        return _narrowed(had, had.entries.keys() - has.entries), _narrowed(has, has.entries.keys() - had.entries)

    def _followed(self, tree: Tree) -> Tree:
        """Give the files of all workspaces, with what symbolic links lead to in their place."""
        homes = [GitSnapshot(self.repository, tree, prefix) for prefix in workspaces(tree)]
        ids = {home.prefix + path: home.content_id(path) for home in homes for path in home.paths()}
        return Tree(entries={path: (_FILE, id) for path, id in ids.items() if id})

    def _known(self, tree: Tree) -> dict[str, Tree]:
        """Give the contacts one by one, by what a renamed one is known again: its name with its first decision."""
        found = {}
        for path, text in texts_of(GitSnapshot(self.repository, tree), tree.entries).items():
            values = read_contact(path, text.encode(errors="surrogateescape")).values or {}
            name, decisions = values.get("name"), values.get("decisions")
            if name and decisions and isinstance(decisions, list):
                found[json.dumps([name, decisions[0]], sort_keys=True)] = _narrowed(tree, {path})
        return found


def _trees(commits: Iterable[Commit], end: Tree) -> Iterator[tuple[Commit, Tree, tuple[Tree, ...]]]:
    """Give each commit with its files and those of its parents, made from the end's by what each changed.

    No git is asked. One without parents comes from an empty tree.
    """
    trees: dict[str, Tree] = {}
    for commit in commits:
        after = trees.pop(commit.id, end)
        parents = tuple(after.before(_before(changes)) for changes in commit.changes)
        trees |= dict(zip(commit.parents, parents, strict=False))
        if len(parents) == 1 and _only_modifies(commit.changes[0]) and not any(map(_has_links, (after, *parents))):
            after, parents = _narrowed(after, commit.changes[0]), (_narrowed(parents[0], commit.changes[0]),)
        yield commit, after, parents


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


def _first_of_each(findings: Iterable[Finding], known: set[tuple[str, ...]]) -> Iterator[Finding]:
    seen = set(known)
    for finding in findings:
        if key(finding) not in seen:
            seen.add(key(finding))
            yield finding
