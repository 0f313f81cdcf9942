"""What the change from one version of a repository to another does, in every workspace that it touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from crmtool.app.counting import counted
from crmtool.check import Moves, check, past_of, texts_gone, texts_new
from crmtool.contact import FOLDER, Fields, is_contact_path
from crmtool.errors import CrmtoolError
from crmtool.finding import CheckResult
from crmtool.git import GitSnapshot, Repository, Tree, workspaces
from crmtool.records import dataclass
from crmtool.renames import pair_renames
from crmtool.schema import Schemas
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER, Content, LostError, read_content
from crmtool.workspace import load_schemas


@dataclass(frozen=True, kw_only=True)
class Change:
    """A version after a change and before it, None where there was none; `touched` are all paths that may differ."""

    after: Tree
    before: Tree | None
    touched: frozenset[str]


def check_change(repository: Repository, change: Change, day: date) -> CheckResult:
    """Check every workspace that a change touches. Paths are those of the repository.

    Only the contacts that change are read, unless a rule book or a schema changes.
    """
    before = change.before
    homes = set(workspaces(change.after))
    if before and any(path.endswith(RULEBOOK) for path in change.touched):
        homes.update(workspaces(before))
    read = []
    for prefix in sorted(homes):
        new = GitSnapshot(repository, change.after, prefix)
        old = new.before(before, change.touched) if before else None
        touched = _touched(change.touched, prefix) | _touched_by_links(new, old)
        if touched:
            read.append(_read_change(new, old, touched))
    moves = _moves(read)
    results = [_checked(each, day, moves[each.prefix]) for each in read]
    return CheckResult(
        today=day,
        paths=tuple(path for result in results for path in result.paths),
        findings=tuple(finding for result in results for finding in result.findings),
        impact=tuple(impact for result in results for impact in result.impact),
    )


@dataclass(frozen=True, kw_only=True)
class _Read:
    """One workspace as read: its content after a change and before it, None where it did not exist."""

    prefix: str
    content: Content
    base: Content | None
    partial: bool


def _touched(changes: Iterable[str], prefix: str) -> set[str]:
    """Tell which paths of a workspace a change touches.

    Another workspace that begins below contacts/ or schemas/ takes nothing away: it may have come with the change.
    """
    inside = (path.removeprefix(prefix) for path in changes if path.startswith(prefix))
    return {path for path in inside if path == RULEBOOK or path.startswith((SCHEMA_FOLDER, FOLDER))}


def _touched_by_links(new: GitSnapshot, old: GitSnapshot | None) -> set[str]:
    """Tell which files changed behind a symbolic link, though their own paths did not."""
    linked = {*new.linked(), *(old.linked() if old else ())}
    return {path for path in linked if new.content_id(path) != (old.content_id(path) if old else None)}


def _read_change(snapshot: GitSnapshot, before: GitSnapshot | None, changed: set[str]) -> _Read:
    rules_changed = any(path == RULEBOOK or path.startswith(SCHEMA_FOLDER) for path in changed)
    paths = set(snapshot.paths())
    snapshot.read_ahead(sorted(filter(is_contact_path, paths if rules_changed else changed & paths)))
    schemas = load_schemas(snapshot)
    only = None if rules_changed else changed & paths
    content = read_content(counted(snapshot, only), schemas, only)
    base = read_before(before, schemas, changed) if before else None
    return _Read(prefix=snapshot.prefix, content=content, base=base, partial=not rules_changed)


def _moves(changes: Iterable[_Read]) -> dict[str, Moves]:
    """Find the contact files that a change renamed, within a workspace or from one into another.

    All are paired at once: a file that went elsewhere does not stand for the past of one that stayed.
    """
    found = {read.prefix: read for read in changes}
    gone: dict[str, str] = {}
    new: dict[str, str] = {}
    home: dict[str, tuple[str, str]] = {}
    for prefix, read in found.items():
        removed = texts_gone(read.content, read.base) if read.base else {}
        added = texts_new(read.content, read.base)
        home |= {prefix + path: (prefix, path) for path in (*removed, *added)}
        gone |= {prefix + path: text for path, text in removed.items()}
        new |= {prefix + path: text for path, text in added.items()}
    renamed: dict[str, dict[str, str]] = {prefix: {} for prefix in found}
    arrived: dict[str, dict[str, Fields]] = {prefix: {} for prefix in found}
    left: dict[str, set[str]] = {prefix: set() for prefix in found}
    past = {prefix: past_of(read.base) for prefix, read in found.items() if read.base and len(found) > 1}
    for path, old in pair_renames(gone, new).items():
        (to, new_path), (source, old_path) = home[path], home[old]
        if to == source:
            renamed[to][new_path] = old_path
        else:
            left[source].add(old_path)
            if old_path in past[source]:
                arrived[to][new_path] = past[source][old_path]
    return {
        prefix: Moves(renamed=renamed[prefix], arrived=arrived[prefix], left=frozenset(left[prefix]))
        for prefix in found
    }


def _checked(read: _Read, day: date, moves: Moves) -> CheckResult:
    result = check(read.content, day, read.base, moves=moves, partial=read.partial)
    if RULEBOOK not in read.content.paths and not any(map(is_contact_path, read.content.paths)):
        # The whole workspace is gone: that its rule book is missing is no finding of its own.
        result = replace(result, findings=tuple(f for f in result.findings if f.location.path != RULEBOOK))
    return prefixed(result, read.prefix)


def read_before(snapshot: GitSnapshot, schemas: Schemas, changed: set[str]) -> Content | None:
    """Read the version before, of its contacts those that may differ; None where that held no workspace.

    It is read under the schemas of today: what was wrong with its own may just have been mended. What is lost of it
    raises CrmtoolError: without it, all that was rewritten since would pass.
    """
    paths = set(snapshot.paths())
    snapshot.read_ahead(sorted(filter(is_contact_path, changed & paths)))
    return read_content(_Whole(snapshot), schemas, changed & paths) if RULEBOOK in paths else None


@dataclass(frozen=True)
class _Whole:
    """A Snapshot of which nothing may be lost."""

    below: GitSnapshot

    def paths(self) -> Iterable[str]:
        """List the files."""
        return self.below.paths()

    def read(self, path: str) -> bytes:
        """Give a file's bytes; raises UnreadableError, and CrmtoolError where they are lost."""
        try:
            return self.below.read(path)
        except LostError as error:
            told = f"{self.below.prefix}{path} cannot be compared with what it was: {error}"
            raise CrmtoolError(told, (error.hint,)) from None


def prefixed(result: CheckResult, prefix: str) -> CheckResult:
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
