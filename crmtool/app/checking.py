"""Check a workspace: the work tree, or what the Git index holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crmtool.app import read, relative_path
from crmtool.check import check
from crmtool.finding import CheckResult, Finding, Severity
from crmtool.snapshot import RULEBOOK
from crmtool.workspace import WorkTree

if TYPE_CHECKING:
    from crmtool.git import Repository, Tree


def check_work_tree(root: Path, day: date, base_rev: str | None = None) -> CheckResult:
    """Check the work tree, against the merge base of a revision and HEAD if one is given."""
    if base_rev is None:
        from crmtool.app.sweeping import swept

        return swept(root, day)
    return _against(root, day, base_rev)


def check_rulebook(root: Path, day: date) -> CheckResult:
    """Check the rule book alone."""
    content = read(WorkTree(root), only=())
    result = check(content, day, partial=True)
    return replace(result, findings=tuple(found for found in result.findings if found.location.path == RULEBOOK))


def check_staged(start: Path, day: date, base_rev: str | None = None) -> CheckResult:
    """Check what the Git index holds against HEAD (or the merge base with a revision), in every workspace touched.

    Only the contacts that change are read, unless a rule book or a schema changes. While a merge is under way, what it
    drops of the other side is found as well. Paths are those of the repository.
    """
    from crmtool.app.change_checking import Change, check_change
    from crmtool.git import Repository

    repository = Repository.find(start)
    index = repository.index()
    base = repository.head() if base_rev is None else repository.merge_base(base_rev)
    touched = repository.changes(base)
    before = index.before(touched) if base else None
    try:
        result = check_change(repository, Change(after=index, before=before, touched=frozenset(touched)), day)
        merged = repository.merge_heads() if base and base_rev is None else ()
        if base and merged:
            found = _while_merging(repository, index, (base, *merged), day, result.findings)
            result = replace(result, findings=tuple(found))
        return result
    finally:
        repository.objects.close()


def _while_merging(
    repository: Repository, index: Tree, heads: Iterable[str], day: date, found: Iterable[Finding]
) -> Iterator[Finding]:
    """Give what was found in the index, and what a merge is about to drop of any of its parents.

    What the other side removed is that side's: seen from the first parent alone, a contact that was ended there and
    then deleted looks like one that was just deleted.
    """
    from crmtool.app.commit_checking import AGAINST_BASE, CommitCheck, Parent, difference

    trees = {id: repository.tree(id) for id in heads}
    first, *others = (Parent(id=id, tree=tree, touched=difference(tree, index).touched) for id, tree in trees.items())
    check = CommitCheck(repository, day, index, (first, *others))
    doubtful = False
    for finding in found:
        if finding.code in AGAINST_BASE and finding.severity is Severity.ERROR:
            doubtful = True
        else:
            yield finding
    for parent in (*([first] if doubtful else []), *others):
        yield from check.dropped(parent)


def limited(result: CheckResult, wanted: Iterable[str], root: Path, start: Path) -> CheckResult:
    """Keep the findings of some files or folders, and the rule book's errors; raises CrmtoolError for an absent one."""
    prefixes = [relative_path(path, root, start) for path in wanted]
    if not prefixes:
        return result

    def is_wanted(path: str) -> bool:
        return any(prefix in (path, "") or path.startswith(prefix + "/") for prefix in prefixes)

    def is_told(finding: Finding) -> bool:
        path = finding.location.path
        return is_wanted(path) or (path == RULEBOOK and finding.severity is Severity.ERROR)

    return replace(
        result,
        paths=tuple(filter(is_wanted, result.paths)),
        findings=tuple(finding for finding in result.findings if is_told(finding)),
    )


def _against(root: Path, day: date, rev: str) -> CheckResult:
    """Check the work tree against the merge base of a revision and HEAD, of which only what differs is read.

    Of what a sparse checkout leaves out, no more is read on this side either.
    """
    from crmtool.app.change_checking import read_before
    from crmtool.app.present import present
    from crmtool.app.versions import version
    from crmtool.git import Repository

    repository = Repository.find(root)
    commit = repository.merge_base(rev)
    try:
        files, before = present(repository, root, commit), version(repository, root, commit)
        ids = {path: before.content_id(path) for path in before.paths()}
        absent = {path for path in files.left_out if ids.get(path) is None or ids[path] != files.content_id(path)}
        files.read_ahead(sorted(absent))
        content = read(files, {*files.listing.paths(), *absent})
        differing = {path for path, id in ids.items() if id is None or id != files.content_id(path)}
        return check(content, day, read_before(before, content.schemas, differing))
    finally:
        repository.objects.close()
