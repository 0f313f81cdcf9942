"""Check a workspace: the work tree, or what the Git index holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crmtool.app import load, read, relative_path
from crmtool.check import CheckResult, check
from crmtool.contact import FOLDER, is_contact_path
from crmtool.finding import Finding, Severity
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER, Content, Snapshot
from crmtool.workspace import WorkTree

if TYPE_CHECKING:
    from crmtool.git import GitSnapshot


def check_work_tree(root: Path, day: date, base_rev: str | None = None) -> CheckResult:
    """Check the work tree, against the merge base of a revision and HEAD if one is given."""
    return check(load(root), day, None if base_rev is None else _content_at(root, base_rev))


def check_rulebook(root: Path, day: date) -> CheckResult:
    """Check the rule book alone."""
    content = read(WorkTree(root), only=())
    result = check(content, day, partial=True)
    return replace(result, findings=tuple(found for found in result.findings if found.location.path == RULEBOOK))


def check_staged(start: Path, day: date, base_rev: str | None = None) -> CheckResult:
    """Check what the Git index holds against HEAD (or the merge base with a revision), in every workspace touched.

    Only the contacts that change are read, unless a rule book or a schema changes. Paths are those of the repository.
    """
    from crmtool.git import GitSnapshot, Repository, workspaces

    repository = Repository.find(start)
    index = repository.index()
    base = repository.head() if base_rev is None else repository.merge_base(base_rev)
    changes = repository.changes(base)
    before = index.before(changes)
    results = []
    try:
        for prefix, paths in _touched(changes, {*workspaces(index), *workspaces(before)}):
            old = GitSnapshot(repository, before, prefix) if base else None
            result = _check_change(GitSnapshot(repository, index, prefix), old, paths, day)
            results.append(_prefixed(result, prefix))
    finally:
        repository.objects.close()
    return CheckResult(
        today=day,
        contacts=sum(result.contacts for result in results),
        findings=tuple(finding for result in results for finding in result.findings),
        impact=tuple(impact for result in results for impact in result.impact),
    )


def limited(result: CheckResult, wanted: Iterable[str], root: Path, start: Path) -> CheckResult:
    """Keep the findings of some files or folders, and the rule book's errors; raises CrmtoolError for an absent one."""
    prefixes = [relative_path(path, root, start) for path in wanted]
    if not prefixes:
        return result

    def is_wanted(finding: Finding) -> bool:
        path = finding.location.path
        if path == RULEBOOK and finding.severity is Severity.ERROR:
            return True
        return any(prefix in (path, "") or path.startswith(prefix + "/") for prefix in prefixes)

    return replace(result, findings=tuple(finding for finding in result.findings if is_wanted(finding)))


def _touched(changes: Iterable[str], prefixes: Iterable[str]) -> list[tuple[str, set[str]]]:
    """Tell which workspaces a change touches, and which of their paths: each belongs to the nearest workspace."""
    touched: dict[str, set[str]] = {}
    for changed in changes:
        home = max((prefix for prefix in prefixes if changed.startswith(prefix)), key=len, default=None)
        if home is not None:
            path = changed.removeprefix(home)
            if path == RULEBOOK or path.startswith((SCHEMA_FOLDER, FOLDER)):
                touched.setdefault(home, set()).add(path)
    return sorted(touched.items())


def _check_change(snapshot: GitSnapshot, before: Snapshot | None, changed: set[str], day: date) -> CheckResult:
    rules_changed = any(path == RULEBOOK or path.startswith(SCHEMA_FOLDER) for path in changed)
    paths = set(snapshot.paths())
    if rules_changed:
        snapshot.read_ahead(sorted(path for path in paths if is_contact_path(path)))
    base = _read_base(before, changed & set(before.paths())) if before else None
    content = read(snapshot, None if rules_changed else changed & paths)
    result = check(content, day, base, partial=not rules_changed)
    if RULEBOOK in paths or any(is_contact_path(path) for path in paths):
        return result
    # The whole workspace is deleted: that its rule book is gone is no finding of its own.
    return replace(result, findings=tuple(f for f in result.findings if f.location.path != RULEBOOK))


def _content_at(root: Path, rev: str) -> Content | None:
    from crmtool.git import GitSnapshot, Repository

    repository = Repository.find(root)
    tree = repository.tree(repository.merge_base(rev))
    with GitSnapshot(repository, tree, repository.prefix(root)) as snapshot:
        return _read_base(snapshot)


def _read_base(snapshot: Snapshot, only: Iterable[str] | None = None) -> Content | None:
    """Read the version before; one that held no workspace has nothing to be compared with."""
    return read(snapshot, only) if RULEBOOK in set(snapshot.paths()) else None


def _prefixed(result: CheckResult, prefix: str) -> CheckResult:
    """Name files and contacts from the top of the repository, where several workspaces may lie."""
    findings = (
        replace(
            finding,
            location=replace(finding.location, path=prefix + finding.location.path),
            contact=None if finding.contact is None else prefix + finding.contact,
        )
        for finding in result.findings
    )
    impact = (replace(found, contact=prefix + found.contact) for found in result.impact)
    return replace(result, findings=tuple(findings), impact=tuple(impact))
