"""Lines above a file's lines: the verdict on a contact, and in the rule book how the contacts stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmtool.assist.cursor import front_matter_span
from crmtool.assist.editing import Editing
from crmtool.assist.standing import all_present, english, in_short, in_statuses, states
from crmtool.assist.tree import entries
from crmtool.situation import State
from crmtool.text import Span


@dataclass(frozen=True, kw_only=True)
class Lens:
    """A line and what it stands above."""

    span: Span
    text: str


def lenses(editing: Editing) -> Iterator[Lens]:
    """Give the lines that stand above those of a file."""
    if editing.is_rulebook:
        yield from _counts(editing)
    elif editing.assessment is not None and editing.rulebook is not None:
        edition = english(editing.rulebook, editing.day)
        yield Lens(span=_name(editing), text=in_short(edition, editing.assessment))


def _name(editing: Editing) -> Span:
    """Tell where the name stands, also while the file cannot be read; the front matter's first line without one."""
    found = entries(editing.document).get(("name",))
    if found is not None:
        return found.head
    area = front_matter_span(editing.document)
    key = "name:"
    at = 0 if editing.text.startswith(key, area.start) else editing.text.find(f"\n{key}", area.start, area.end) + 1
    start = at or area.start
    return Span(start, start + len(key)) if editing.text.startswith(key, start) else Span(start, start)


def _counts(editing: Editing) -> Iterator[Lens]:
    rulebook, written = editing.rulebook, entries(editing.document)
    if rulebook is None or not written:
        return
    heres = all_present(editing)
    counted = in_statuses(heres)
    for status in rulebook.statuses.values():
        entry = written.get(("statuses", status.id))
        if entry is not None:
            limit = f" of {status.limit}" if status.limit is not None else ""
            noun = "contact" if counted[status.id] == 1 and not limit else "contacts"
            yield Lens(span=entry.head, text=f"{counted[status.id]}{limit} {noun}")
    for criterion in rulebook.criteria.values():
        entry = written.get(("criteria", criterion.id))
        if entry is not None and criterion.is_asked(editing.day):
            standing = states(heres, criterion.id)
            yield Lens(span=entry.head, text=f"met by {standing[State.MET]} of {standing.total()} open contacts")
