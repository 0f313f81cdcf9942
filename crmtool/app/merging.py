"""Merge a contact's file for Git: the three versions that it hands over, under the rules in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath

from crmtool.app.text_merging import GitTextMerge
from crmtool.contact import FOLDER, Contact, is_contact_path
from crmtool.document import read_contact
from crmtool.errors import CrmtoolError
from crmtool.finding import Finding, Severity
from crmtool.merge import Conflict, Conflicted, Marks, Resolved, merge3, merge_text
from crmtool.rulebook import NO_RULES, Kind, Status
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER, Content, read_content, with_contact
from crmtool.text import visible
from crmtool.workspace import CONTACT_SCHEMA, RULEBOOK_SCHEMA, WorkTree, load_schemas
from crmtool.writing import write_atomic

_SCHEMAS = (SCHEMA_FOLDER + CONTACT_SCHEMA, SCHEMA_FOLDER + RULEBOOK_SCHEMA)


@dataclass(frozen=True, kw_only=True)
class Given:
    """What Git hands over: files with the three versions (`base` absent or empty: both are new), and what they are of.

    `path` is that of the repository, whose work tree begins at `top`.
    """

    base: Path
    ours: Path
    theirs: Path
    path: str
    top: Path


def merge_files(given: Given, marks: Marks, today: date) -> tuple[str, ...]:
    """Merge three files into that of ours, and tell what is in conflict: nothing where all is clean.

    Raises CrmtoolError where a file cannot be read or written.
    """
    ours = _read(given.ours)
    result = _merged(given, ours, marks, today)
    if result.data != ours:
        write_atomic(given.ours, result.data)
    return tuple(_told(given.path, result.conflicts)) if isinstance(result, Conflicted) else ()


def _merged(given: Given, ours: bytes, marks: Marks, today: date) -> Resolved | Conflicted:
    base = _read(given.base) if given.base.exists() else b""
    theirs, text = _read(given.theirs), GitTextMerge(given.top, marks)
    prefix = _workspace(given)
    path = given.path.removeprefix(prefix)
    if not is_contact_path(path):
        return merge_text(base, ours, theirs, text=text)
    return merge3(base, ours, theirs, text=text, judge=_Judge(given.top / prefix, path, today), marks=marks)


def _workspace(given: Given) -> str:
    """Give the path of the workspace of a file, '' or ending in a slash; it is guessed where no rule book is found."""
    for folder in PurePosixPath(given.path).parents:
        if (given.top / folder / RULEBOOK).is_file():
            return "" if folder == PurePosixPath() else f"{folder}/"
    before, _, _ = f"/{given.path}".partition(f"/{FOLDER}")
    return f"{before[1:]}/" if before else ""


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CrmtoolError(f"{visible(str(file))} cannot be read: {error.strerror}") from None


def _told(path: str, conflicts: Sequence[Conflict]) -> Iterator[str]:
    places: dict[str, list[str]] = {}
    for conflict in conflicts:
        places.setdefault(conflict.why, []).append(".".join(map(str, conflict.place)))
    for why, names in places.items():
        where = f" in {', '.join(names)}" if any(names) else ""
        yield f"{path}: conflict{where}: {why}"


@dataclass(frozen=True)
class _Judge:
    """Tells the errors that `check` finds in a contact, under the rule book and the schemas in the work tree.

    Where no rule book can be used, it tells what can be told without one.
    """

    root: Path
    path: str
    today: date

    def __call__(self, data: bytes) -> list[str]:
        """Tell the errors of a contact's file."""
        from crmtool.check import check

        content = with_contact(self._rules, read_contact(self.path, data))
        found = check(content, self.today, partial=True).findings
        errors = [each.message for each in found if each.location.path == self.path and _counts(each)]
        contact = content.contacts.get(self.path)
        return errors if contact is None or content.rulebook else [*errors, *_without_rules(contact, self.today)]

    @cached_property
    def _rules(self) -> Content:
        files = _RuleFiles(WorkTree(self.root), (RULEBOOK, *_SCHEMAS))
        try:
            return read_content(files, load_schemas(files), only=())
        except CrmtoolError:  # of a schema; those that are shipped still apply
            files = _RuleFiles(files.tree, (RULEBOOK,))
            return read_content(files, load_schemas(files), only=())


def _counts(finding: Finding) -> bool:
    """Whether a finding speaks against the merge; what is dated after today was so on its own side, further east."""
    return finding.severity is Severity.ERROR and finding.code != "date-in-future"


def _without_rules(contact: Contact, today: date) -> Iterator[str]:
    from crmtool.rules import date_order, status_mismatch
    from crmtool.rules.base import ContactSubject

    # That a status is not in the rule book cannot be told, so the contact's own count as known.
    named = dict.fromkeys((contact.status, contact.decisions[-1].to))
    known = {id: Status(id=id, order=0, label=id, meaning="", kind=Kind.ACTIVE) for id in named}
    subject = ContactSubject(contact=contact, rulebook=replace(NO_RULES, statuses=known), today=today)
    for rule in (date_order.RULE, status_mismatch.RULE):
        yield from (seen.message for seen in rule.check(subject))


@dataclass(frozen=True)
class _RuleFiles:
    """A Snapshot of a workspace without its contacts, which need not be listed for one of them."""

    tree: WorkTree
    files: tuple[str, ...]

    def paths(self) -> list[str]:
        """List those of the files that are there."""
        return [path for path in self.files if (self.tree.root / path).exists()]

    def read(self, path: str) -> bytes:
        """Give a file's bytes; raises UnreadableError."""
        return self.tree.read(path)
