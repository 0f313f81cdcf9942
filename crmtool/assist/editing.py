"""A file as it stands in an editor, with what is known around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from crmtool.assessment import Assessment, assess
from crmtool.contact import Contact, is_contact_path
from crmtool.document import Document
from crmtool.rulebook import RuleBook
from crmtool.situation import Present, present
from crmtool.snapshot import RULEBOOK


@dataclass(frozen=True, kw_only=True)
class Editing:
    """A contact or the rule book in an editor, as of a day.

    `document` is the text as it stands, which may not be readable at the moment. `contact` and `rulebook` are those of
    the last time when they could be read, None where they never could. `contacts` has every contact of the workspace,
    by path, as far as they were read; `paths` has the files that exist; `schema` is that of such a file.
    """

    document: Document
    contact: Contact | None
    rulebook: RuleBook | None
    day: date
    contacts: Mapping[str, Contact]
    paths: tuple[str, ...]
    schema: Mapping[str, Any]

    @property
    def path(self) -> str:
        """The file's path in the workspace."""
        return self.document.path

    @property
    def text(self) -> str:
        """The text, without a byte order mark; offsets are those in it."""
        return self.document.text

    @property
    def is_rulebook(self) -> bool:
        """Whether it is the rule book."""
        return self.path == RULEBOOK

    @property
    def is_contact(self) -> bool:
        """Whether it is a contact file."""
        return is_contact_path(self.path)

    @cached_property
    def here(self) -> Present | None:
        """Where the contact is; None where that cannot be told."""
        return present(self.contact, self.rulebook, self.day) if self.contact and self.rulebook else None

    @cached_property
    def assessment(self) -> Assessment | None:
        """The four questions about the contact; None where they cannot be answered."""
        return assess(self.contact, self.rulebook, self.day) if self.contact and self.rulebook else None
