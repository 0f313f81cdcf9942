"""Completion in a text with a caret (¦), and what the text is after a suggestion was taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from crmtool.assist.completion import completions
from crmtool.assist.editing import Editing
from crmtool.assist.suggestions import Suggestion
from crmtool.check import check_contact
from crmtool.contact import Contact, contact_from
from crmtool.document import Document, read_contact, read_yaml
from crmtool.text import TextEdit, apply_edits
from tests.building import day, shipped_schema
from tests.conftest import JANA, RULEBOOK, TODAY
from tests.unit.assist.opened import contact_open, jana, rules_open

CARET = "¦"


@dataclass(frozen=True)
class Completed:
    """What is suggested in a text."""

    editing: Editing
    found: tuple[Suggestion, ...]

    @property
    def labels(self) -> list[str]:
        """The suggestions' labels, in order."""
        return [each.label for each in self.found]

    def of(self, label: str) -> Suggestion:
        """Give the suggestion with a label."""
        assert label in self.labels, self.labels
        return next(each for each in self.found if each.label == label)

    def taken(self, label: str) -> str:
        """Give the text after a suggestion was taken, as editors do it: further lines take the indentation of its line.

        What stands at the tab stops stays as it is.
        """
        text, found = self.editing.text, self.of(label)
        start = max(text.rfind("\n", 0, found.span.start), text.rfind("\r", 0, found.span.start)) + 1
        line = text[start : found.span.start]
        indent = line[: len(line) - len(line.lstrip(" "))]
        newline = "\r\n" if "\r\n" in text else "\n"
        new = found.plain.replace("\n", newline + indent)
        return apply_edits(text, (TextEdit(found.span.start, found.span.end, new), *found.also))

    def read(self, label: str) -> dict[str, Any]:
        """Give what the file says after a suggestion was taken."""
        document = self.document(self.taken(label))
        assert not document.problems, (document.text, document.problems)
        assert document.values is not None
        return document.values

    def findings(self, label: str, fill: Callable[[str], str] = str) -> list[str]:
        """Give the codes of what is found in the contact after a suggestion was taken."""
        document = self.document(fill(self.taken(label)))
        shapes = shipped_schema("contact").shape(document)
        checked = check_contact(document, shapes, contact_from(document), self.editing.rulebook, day(TODAY))
        return [finding.code for finding in checked.findings]

    def document(self, text: str) -> Document:
        """Read the file with another text."""
        read = read_yaml if self.editing.is_rulebook else read_contact
        return read(self.editing.path, text.encode())


def in_contact(
    text: str,
    *,
    rulebook: str | None = RULEBOOK,
    others: tuple[Contact, ...] = (),
    schema: dict[str, Any] | None = None,
) -> Completed:
    """Complete at the caret in a contact."""
    offset = text.index(CARET)
    editing = contact_open(text.replace(CARET, ""), rulebook=rulebook, others=others)
    editing = replace(editing, schema=schema) if schema else editing
    return Completed(editing, completions(editing, offset))


def in_jana(old: str, new: str, **options: Any) -> Completed:
    """Complete in the contact of the format's documentation, in which a part is replaced by one with the caret."""
    assert old in JANA
    return in_contact(JANA.replace(old, new, 1), **options)


def in_rules(old: str, new: str, *, contacts: tuple[Contact, ...] = ()) -> Completed:
    """Complete in the rule book of the format's documentation, in which a part is replaced by one with the caret."""
    assert old in RULEBOOK
    text = RULEBOOK.replace(old, new, 1)
    editing = rules_open(text.replace(CARET, ""), contacts=contacts)
    return Completed(editing, completions(editing, text.index(CARET)))


def other(path: str, *changes: str) -> Contact:
    """Give another contact: Jana with changes, in pairs of an old and a new text."""
    text = JANA
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    contact = jana(text, path)
    assert contact is not None
    return contact
