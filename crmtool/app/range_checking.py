"""Check a range of commits as a whole and commit by commit, as a server or a pull request does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from crmtool.app.change_checking import check_change
from crmtool.app.commit_checking import AGAINST_BASE, CommitCheck, Parent, difference, key
from crmtool.contact import SUFFIX
from crmtool.errors import CrmtoolError
from crmtool.finding import CheckResult, Finding
from crmtool.git import Entry, Repository, Tree
from crmtool.git.history import Changes, Commit
from crmtool.git.ranges import commits_of, is_deletion, read_range
from crmtool.git.tree import LINK
from crmtool.snapshot import RULEBOOK
from crmtool.text import short_id

_RULES = (RULEBOOK, ".json")


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
    deleted. A repository may be bare. Paths are those of the repository.
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
        found = [_errors(repository, day, commit, after, parents) for commit, after, parents in _trees(commits, end)]
    finally:
        repository.objects.close()
    brought = [finding for errors in reversed(found) for finding in errors]
    doubtful = AGAINST_BASE - {finding.code for finding in brought} if wanted.is_descended else frozenset()
    of_net = [finding for finding in net.findings if finding.code not in doubtful]
    known = {key(finding) for finding in of_net}
    result = replace(net, findings=(*of_net, *_first_of_each(brought, known)))
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
