"""What was committed last, for telling what a text that is being written rewrites of it."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from crmtool.app.versions import version
from crmtool.contact import contact_from, is_contact_path
from crmtool.errors import CrmtoolError
from crmtool.git import GitSnapshot, Repository
from crmtool.schema import Schemas
from crmtool.snapshot import RULEBOOK, Content, document_from, read_bytes, read_content


@dataclass
class Base:
    """A workspace as HEAD has it; each of its contacts is read when it is first asked for."""

    head: str
    schemas: Schemas
    _snapshot: GitSnapshot
    _rules: Content
    _read: dict[str, Content] = field(default_factory=dict)

    @property
    def rules(self) -> Content:
        """The rule book, without contacts."""
        return self._rules

    def contact(self, path: str, now: Collection[str]) -> Content:
        """Give what stands for a contact file: itself, or those that are not among the files of `now`.

        One of these it may have been, before it was renamed.
        """
        if path in self._rules.paths:
            return self._with((path,))
        gone = set(self._rules.paths).difference(now)
        return self._with(tuple(sorted(filter(is_contact_path, gone))))

    def _with(self, paths: tuple[str, ...]) -> Content:
        new = [path for path in paths if path not in self._read]
        if new:
            with self._snapshot as snapshot:
                snapshot.read_ahead(new)
                documents = {path: document_from(path, read_bytes(snapshot, path)) for path in new}
            for path, document in documents.items():
                contact = contact_from(document)
                contacts = {path: contact} if contact else {}
                self._read[path] = replace(self._rules, documents={path: document}, contacts=contacts)
        found = [self._read[path] for path in paths]
        return replace(
            self._rules,
            documents={path: document for each in found for path, document in each.documents.items()},
            contacts={path: contact for each in found for path, contact in each.contacts.items()},
        )


def base_of(root: Path, schemas: Schemas, known: Base | None) -> Base | None:
    """Give what HEAD has of a workspace, the one that is `known` where nothing was committed since.

    None where there is nothing to compare with: no repository, no commit yet, or no workspace in it.
    """
    with suppress(CrmtoolError, OSError):
        repository = Repository.find(root)
        head = repository.head()
        if head is None:
            return None
        if known is not None and known.head == head and known.schemas is schemas:
            return known
        with version(repository, root, head) as snapshot:
            if RULEBOOK not in snapshot.paths():
                return None
            rules = read_content(snapshot, schemas, only=())
        return Base(
            head=head, schemas=schemas, _snapshot=GitSnapshot(repository, snapshot.tree, snapshot.prefix), _rules=rules
        )
    return None
