"""What the site is built of: the files as they are, and for those with errors the last state that was in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from crmtool import app
from crmtool.contact import is_contact_path
from crmtool.errors import CrmtoolError
from crmtool.finding import Finding
from crmtool.serving.capture import Captured, Unreadable
from crmtool.serving.reader import Reader
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER, Content
from crmtool.workspace import load_schemas

_Files = Mapping[str, bytes | Unreadable]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A workspace as it is to be shown.

    `shown` are the files that `content` was read from. `errors` are those of the files as they are on the disk;
    `refusal` tells why the schemas there cannot be used; `kept` are the files shown as they were before their errors.
    """

    shown: Captured
    content: Content
    errors: tuple[Finding, ...]
    refusal: str
    kept: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class LastGood:
    """Remembers of each file what it last said without errors.

    Each step stands on the one before: a rule book is judged under the schemas that are shown, contacts under the rule
    book that is shown. So an error there does not make errors of everything else.
    """

    _reader: Reader = field(default_factory=Reader)
    _ruled: Reader = field(default_factory=Reader)
    """What is known under the last rule book that could be used, while the one on the disk cannot."""
    _schemas: _Files | None = None
    _rulebook: _Files | None = None
    _rulebook_in_order: bool = False
    _contacts: dict[str, bytes | Unreadable] = field(default_factory=dict)

    def judge(self, disk: Captured, day: date) -> Judged:
        """Judge what is on the disk; raises CrmtoolError where no rule book or schema can be used, and none could."""
        shaped, refusal = self._under_schemas(disk)
        reader = self._reader
        told = content, errors = _read(reader, shaped, day)
        ruled = self._under_rulebook(shaped, *told)
        if ruled is not shaped:
            reader = self._ruled
            content, errors = _read(reader, ruled, day)
        shown = self._with_contacts(ruled, errors)
        if shown is not ruled:
            content = reader.read(shown)
        kept = tuple(shown.changed_since(disk))
        return Judged(shown=shown, content=content, errors=told[1], refusal=refusal, kept=kept)

    def _under_schemas(self, disk: Captured) -> tuple[Captured, str]:
        try:
            load_schemas(disk)
        except CrmtoolError as error:
            if self._schemas is None:
                raise
            return disk.over(SCHEMA_FOLDER, self._schemas), str(error)
        self._schemas = disk.part(SCHEMA_FOLDER)
        return disk, ""

    def _under_rulebook(self, shown: Captured, content: Content, errors: tuple[Finding, ...]) -> Captured:
        refusal = _refusal(content)
        in_order = not refusal and not any(error.location.path == RULEBOOK for error in errors)
        if in_order or (not refusal and not self._rulebook_in_order):
            # One with errors that can still be used is shown only until there has been one without.
            self._rulebook, self._rulebook_in_order = shown.part(RULEBOOK), in_order
            return shown
        if self._rulebook is None:
            raise CrmtoolError(refusal)
        return shown.over(RULEBOOK, self._rulebook)

    def _with_contacts(self, shown: Captured, errors: tuple[Finding, ...]) -> Captured:
        wrong = {error.location.path for error in errors}
        there = {path: found for path, found in shown.files.items() if is_contact_path(path)}
        kept = {path: self._contacts[path] for path in there if path in wrong and path in self._contacts}
        self._contacts = {path: found for path, found in there.items() if path not in wrong} | kept
        return shown if all(there[path] == found for path, found in kept.items()) else shown.with_files(kept)


def _read(reader: Reader, files: Captured, day: date) -> tuple[Content, tuple[Finding, ...]]:
    content = reader.read(files)
    return content, reader.errors(content, day)


def _refusal(content: Content) -> str:
    try:
        app.usable_rulebook(content)
    except CrmtoolError as error:
        return str(error)
    return ""
