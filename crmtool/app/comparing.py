"""Compare two versions of a workspace: two commits, or a commit and the work tree."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from crmtool.app.counting import counted
from crmtool.app.naming import NoContactError, exact_path, find_path, read_named
from crmtool.app.present import Present, present
from crmtool.app.versions import version
from crmtool.check import texts_gone, texts_new
from crmtool.contact import is_contact_path
from crmtool.difference import Compared, Difference, difference
from crmtool.difference.contact import ContactDifference
from crmtool.git import GitSnapshot, Repository
from crmtool.git.ranges import read_range
from crmtool.renames import pair_renames
from crmtool.snapshot import RULEBOOK, Content, Snapshot, read_content
from crmtool.text import short_id
from crmtool.workspace import load_schemas


def compare(root: Path, wanted: str | None, day: date, contact: str | None, start: Path) -> Difference:
    """Tell what `wanted` has on top of its base, judged as of a day; raises CrmtoolError for what Git does not know.

    `A..B` is B against the merge base of both; a revision alone the work tree against it; None the work tree against
    the last commit. `contact` limits it to one, named in full if it exists no more.
    """
    repository = Repository.find(root)
    named = _named(repository, wanted)
    before = _workspace(repository, root, named.base)
    after = _workspace(repository, root, named.end) if named.end else present(repository, root, named.base)
    try:
        old, new = _read(before, after)
    finally:
        repository.objects.close()
    renamed = pair_renames(texts_gone(new, old), texts_new(new, old))
    found = difference(old, new, renamed, day, named)
    if contact is None:
        return found
    path = exact_path((*new.paths, *old.paths), contact, root, start) or _meant((new, old), contact, root, start)
    return _only(found, {path, renamed.get(path, path)})


def _named(repository: Repository, wanted: str | None) -> Compared:
    if wanted is not None and ".." in wanted:
        found = read_range(repository, wanted)
        is_empty = f"{wanted}: the second one has no commit that the first one lacks"
        notice = is_empty if found.base == found.end else None
        return Compared(base=found.base, end=found.end, names=(_short(found.base), _short(found.end)), notice=notice)
    base = repository.head() if wanted is None else repository.commit(wanted)
    name = _short(base) if base is None or wanted == base else wanted or "HEAD"
    return Compared(base=base, end=None, names=(name, "the work tree"), notice=_behind(repository, wanted, base))


def _behind(repository: Repository, wanted: str | None, base: str | None) -> str | None:
    """Tell that a commit has others behind it that HEAD lacks: what they brought in looks removed here."""
    if wanted is None or base is None or repository.common_ancestor(base, "HEAD") == base:
        return None
    leaves_out = f"`crmtool diff {shlex.quote(wanted)}..` leaves out what they did"
    return f"{wanted} has commits that are not checked out; {leaves_out}"


def _short(commit: str | None) -> str:
    return short_id(commit) if commit else "nothing"


def _workspace(repository: Repository, root: Path, commit: str | None) -> GitSnapshot:
    """Give a commit's workspace; one that has no rule book has none yet, or none any more."""
    found = version(repository, root, commit)
    return found if RULEBOOK in found.paths() else version(repository, root, None)


class _Version(Snapshot, Protocol):
    """A Snapshot that knows which of its files are the same as another's."""

    def content_id(self, path: str) -> str | None:
        """Give an id that only the same bytes have; None where that cannot be told."""

    def read_ahead(self, paths: Iterable[str]) -> None:
        """Say which files will be read, in this order."""


def _read(before: _Version, after: _Version) -> tuple[Content, Content]:
    """Read what differs; where the rule book does, all contacts of the second version, since it may judge them anew.

    Of those that a sparse checkout leaves out, none is read that is the same in both.
    """
    schemas = load_schemas(after)
    old, new = ({path: each.content_id(path) for path in each.paths() if _is_read(path)} for each in (before, after))
    differing = {path for path in {**old, **new} if old.get(path) is None or old.get(path) != new.get(path)}
    same_rules = before.content_id(RULEBOOK) == after.content_id(RULEBOOK)
    first = _ahead(before, sorted(differing & old.keys()))
    content = read_content(before, schemas, first)
    judged = () if same_rules else new.keys() - (after.left_out if isinstance(after, Present) else ())
    last = _ahead(after, sorted(differing & new.keys() | set(judged)))
    return content, read_content(counted(after, last), schemas, last)


def _is_read(path: str) -> bool:
    return is_contact_path(path) or path.endswith("/")  # a folder that cannot be looked into


def _ahead(snapshot: _Version, paths: list[str]) -> list[str]:
    snapshot.read_ahead(paths)
    return paths


def _meant(versions: Iterable[Content], contact: str, root: Path, start: Path) -> str:
    """Find a contact that is not named in full, among those that differ before those that lie here."""
    for content in versions:
        with suppress(NoContactError):
            return find_path(content, contact, root, start)
    return read_named(root, contact, start)[0]


def _only(found: Difference, paths: set[str]) -> Difference:
    """Keep what is told of one contact, whatever its file is called."""
    rules = found.rules
    return replace(
        found,
        contacts=tuple(each for each in found.contacts if paths & _paths(each)),
        rules=rules and replace(rules, effects=tuple(each for each in rules.effects if each.contact.path in paths)),
        unjudged=tuple(each for each in found.unjudged if each.path in paths),
    )


def _paths(found: ContactDifference) -> set[str]:
    return {contact.path for contact in (found.before, found.after) if contact}
