"""Check a workspace: the work tree, or what the Git index holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crmtool.app import load, read, relative_path
from crmtool.app.counting import counted
from crmtool.check import CheckResult, Moves, check, texts_gone, texts_new
from crmtool.contact import FOLDER, Contact, is_contact_path
from crmtool.finding import Finding, Severity
from crmtool.renames import pair_renames
from crmtool.schema import Schemas
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER, Content, Snapshot, read_content
from crmtool.workspace import WorkTree, load_schemas

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


@dataclass(frozen=True, kw_only=True)
class _Change:
    """What a change does to one workspace: its content after and before, None where it did not exist."""

    prefix: str
    content: Content
    base: Content | None
    partial: bool


def check_staged(start: Path, day: date, base_rev: str | None = None) -> CheckResult:
    """Check what the Git index holds against HEAD (or the merge base with a revision), in every workspace touched.

    Only the contacts that change are read, unless a rule book or a schema changes. Paths are those of the repository.
    """
    from crmtool.git import GitSnapshot, Repository, workspaces

    repository = Repository.find(start)
    index = repository.index()
    base = repository.head() if base_rev is None else repository.merge_base(base_rev)
    touched = repository.changes(base)
    before = index.before(touched)
    changes = []
    try:
        for prefix, paths in _touched(touched, {*workspaces(index), *workspaces(before)}):
            old = GitSnapshot(repository, before, prefix) if base else None
            changes.append(_read_change(GitSnapshot(repository, index, prefix), old, paths))
    finally:
        repository.objects.close()
    moves = _moves(changes)
    results = [_checked(change, day, moves[change.prefix]) for change in changes]
    return CheckResult(
        today=day,
        paths=tuple(path for result in results for path in result.paths),
        findings=tuple(finding for result in results for finding in result.findings),
        impact=tuple(impact for result in results for impact in result.impact),
    )


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


def _read_change(snapshot: GitSnapshot, before: GitSnapshot | None, changed: set[str]) -> _Change:
    rules_changed = any(path == RULEBOOK or path.startswith(SCHEMA_FOLDER) for path in changed)
    paths = set(snapshot.paths())
    if rules_changed:
        snapshot.read_ahead(sorted(path for path in paths if is_contact_path(path)))
    schemas = load_schemas(snapshot)
    only = None if rules_changed else changed & paths
    content = read_content(counted(snapshot, only), schemas, only)
    base = _read_base(before, schemas, changed & set(before.paths())) if before else None
    return _Change(prefix=snapshot.prefix, content=content, base=base, partial=not rules_changed)


def _moves(changes: Iterable[_Change]) -> dict[str, Moves]:
    """Find the contacts that a change carries from one workspace into another: renamed, they are the same contacts."""
    found = {change.prefix: change for change in changes}
    gone: dict[str, str] = {}
    new: dict[str, str] = {}
    home: dict[str, tuple[str, str]] = {}
    for prefix, change in found.items():
        removed = texts_gone(change.content, change.base) if change.base else {}
        added = texts_new(change.content, change.base)
        home |= {prefix + path: (prefix, path) for path in (*removed, *added)}
        gone |= {prefix + path: text for path, text in removed.items()}
        new |= {prefix + path: text for path, text in added.items()}
    arrived: dict[str, dict[str, Contact]] = {prefix: {} for prefix in found}
    left: dict[str, set[str]] = {prefix: set() for prefix in found}
    for path, old in pair_renames(gone, new).items() if len(found) > 1 else ():
        (to, new_path), (source, old_path) = home[path], home[old]
        base = found[source].base
        if to != source and base is not None:
            left[source].add(old_path)
            if old_path in base.contacts:
                arrived[to][new_path] = base.contacts[old_path]
    return {prefix: Moves(arrived=arrived[prefix], left=frozenset(left[prefix])) for prefix in found}


def _checked(change: _Change, day: date, moves: Moves) -> CheckResult:
    result = check(change.content, day, change.base, moves=moves, partial=change.partial)
    if RULEBOOK not in change.content.paths and not any(map(is_contact_path, change.content.paths)):
        # The whole workspace is gone: that its rule book is missing is no finding of its own.
        result = replace(result, findings=tuple(f for f in result.findings if f.location.path != RULEBOOK))
    return _prefixed(result, change.prefix)


def _content_at(root: Path, rev: str) -> Content | None:
    from crmtool.git import GitSnapshot, Repository

    repository = Repository.find(root)
    tree = repository.tree(repository.merge_base(rev))
    with GitSnapshot(repository, tree, repository.prefix(root)) as snapshot:
        return _read_base(snapshot, load_schemas(WorkTree(root)))


def _read_base(snapshot: Snapshot, schemas: Schemas, only: Iterable[str] | None = None) -> Content | None:
    """Read the version before; one that held no workspace has nothing to be compared with.

    It is read under the schemas of today: what was wrong with its own may just have been mended.
    """
    return read_content(snapshot, schemas, only) if RULEBOOK in set(snapshot.paths()) else None


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
    paths = tuple(prefix + path for path in result.paths)
    return replace(result, paths=paths, findings=tuple(findings), impact=tuple(impact))
