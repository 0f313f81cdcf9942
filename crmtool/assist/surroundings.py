"""What stands around a cursor: the contact as its text says now, and the rules that apply to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import yaml

from crmtool.assessment import ids_to_clarify
from crmtool.assist.cursor import Cursor
from crmtool.assist.editing import Editing
from crmtool.contact import Contact, contact_from
from crmtool.days import parse_day
from crmtool.document import Document
from crmtool.edit.nodes import nearest
from crmtool.edit.style import Style, list_offset, mapping_step, style_of
from crmtool.finding import Place
from crmtool.replay import MissingCondition, missing_conditions
from crmtool.rulebook import NO_RULES, RuleBook, Status, Transition
from crmtool.rules.references import value_at
from crmtool.situation import Situation
from crmtool.text import Span
from crmtool.yaml_reader import Value

_NOTHING_DECIDED: dict[str, Value] = {"date": date.min.isoformat(), "to": "", "because": ""}


@dataclass(frozen=True, kw_only=True)
class Way:
    """A status with the transition that leads to it, None where none does, and what is missing for that."""

    status: Status
    transition: Transition | None
    missing: tuple[MissingCondition, ...]


@dataclass(frozen=True)
class Surroundings:
    """A cursor in an open file, with what is known there."""

    editing: Editing
    cursor: Cursor

    @property
    def schema(self) -> Mapping[str, Any]:
        """The schema of the file."""
        return self.editing.schema

    @property
    def values(self) -> Mapping[str, Any]:
        """What the file says beside the cursor."""
        return self.cursor.draft.values

    def value(self, *place: str | int) -> Any:
        """Give what the file says at a place; None where it says nothing."""
        return value_at(self.values, place)

    @property
    def rulebook(self) -> RuleBook:
        """The rules; none where they cannot be read."""
        return self.editing.rulebook or NO_RULES

    # --- style ---

    def style(self, place: Place) -> Style:
        """Tell how a mapping is written that is to stand at a place: as those near it are."""
        root = self.cursor.draft.root
        return style_of(nearest(root, place), self.cursor.draft.text) if isinstance(root, yaml.MappingNode) else Style()

    @property
    def step(self) -> int:
        """How far the keys of a mapping stand to the right of the key that holds it."""
        root = self.cursor.draft.root
        return mapping_step(root) if isinstance(root, yaml.MappingNode) else 2

    @property
    def dash_offset(self) -> int:
        """How far the dashes of a list stand to the right of its key."""
        root = self.cursor.draft.root
        return list_offset(root) if isinstance(root, yaml.MappingNode) else 2

    # --- the contact ---

    @property
    def decision(self) -> int | None:
        """The index of the decision in which the cursor stands."""
        match self.cursor.place:
            case ("decisions", int(index), *_):
                return index
        return None

    @property
    def day(self) -> date:
        """The day as of which something is judged: that of the decision that is being written, or today."""
        written = self.value("decisions", self.decision, "date") if self.decision is not None else None
        return parse_day(written) or self.editing.day

    @cached_property
    def contact(self) -> Contact | None:
        """The contact as its text says now, with the decisions before the cursor; what cannot be read is left out."""
        entries, criteria, name = self.value("decisions"), self.value("criteria"), self.value("name")
        log = entries[: self.decision] if isinstance(entries, list) else []
        before = [_told(entry) for entry in log if _is_decision(entry)]
        answers = {id: _answers(entry) for id, entry in criteria.items()} if isinstance(criteria, dict) else {}
        fields = {
            **self.values,
            "name": name if isinstance(name, str) else "",
            "status": "",
            "criteria": answers,
            "decisions": before or [_NOTHING_DECIDED],
        }
        contact = contact_from(Document(path=self.editing.path, text="", yaml_span=Span(0, 0), values=fields))
        return contact if before or contact is None else replace(contact, decisions=())

    @cached_property
    def situation(self) -> Situation | None:
        """The contact in the status that is left by what is decided at the cursor."""
        if self.contact is None:
            return None
        entered = self.contact.decisions[-1].day if self.contact.decisions else None
        return Situation(contact=self.contact, rulebook=self.rulebook, day=self.day, entered=entered)

    @property
    def source(self) -> str | None:
        """The status that is left by what is decided at the cursor; None where the contact enters by it."""
        return self.contact.decisions[-1].to if self.contact and self.contact.decisions else None

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """All statuses: those that can be decided for first, then those for which something is missing, then the rest.

        Of those for which something is missing, the ones that lack less come first.
        """
        ways = [self._way(status) for status in self.rulebook.statuses.values()]
        return tuple(sorted(ways, key=lambda way: (way.transition is None, len(way.missing))))

    def _way(self, status: Status) -> Way:
        transition = self.rulebook.transition(self.source, status.id)
        missing: tuple[MissingCondition, ...] = ()
        if transition is not None and self.situation is not None:
            is_older = transition.since is not None and self.day < transition.since
            missing = () if is_older else missing_conditions(self.situation, transition.requires)
        return Way(status=status, transition=transition, missing=missing)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The criteria that are worth clarifying, the one to settle first in front."""
        return ids_to_clarify(self.contact, self.rulebook, self.day) if self.contact else ()

    # --- the others ---

    @cached_property
    def people(self) -> list[str]:
        """Who owns, decides, confirms or answers anywhere, the most frequent first."""
        contacts = (*((self.contact,) if self.contact else ()), *self._others())
        return _most_frequent(name for contact in contacts for name in _people(contact))

    def used(self, key: str) -> list[str]:
        """List what contacts have in a field of text or a list of texts, the most frequent first."""
        values = (each.fields.get(key) for each in self._others())
        return _most_frequent(text for value in values for text in (value if isinstance(value, list) else (value,)))

    def fields(self) -> list[str]:
        """List the fields that contacts have, the most frequent first."""
        return _most_frequent(key for each in self._others() for key in each.fields)

    def _others(self) -> Iterator[Contact]:
        return (contact for path, contact in self.editing.contacts.items() if path != self.editing.path)


def _most_frequent(texts: Iterable[Any]) -> list[str]:
    counted = Counter(text for text in texts if isinstance(text, str) and text.strip())
    return sorted(counted, key=lambda text: (-counted[text], text.casefold()))


def _people(contact: Contact) -> Iterator[str | None]:
    yield contact.text("owner")
    yield contact.next_step.owner if contact.next_step else None
    for decision in contact.decisions:
        yield from (decision.by, decision.confirmed_by)
    for answers in contact.criteria.values():
        yield from (answer.by for answer in answers)


def _is_decision(entry: Any) -> bool:
    return isinstance(entry, dict) and parse_day(entry.get("date")) is not None and isinstance(entry.get("to"), str)


def _told(entry: Mapping[str, Any]) -> dict[str, Any]:
    because = entry.get("because")
    return {**entry, "because": because if isinstance(because, str) else ""}


def _answers(value: Any) -> list[Any]:
    return [entry for entry in (value if isinstance(value, list) else [value]) if _is_answer(entry)]


def _is_answer(entry: Any) -> bool:
    if not isinstance(entry, dict) or ("met" in entry) == ("not_met" in entry):
        return False
    return parse_day(entry.get("met", entry.get("not_met"))) is not None
