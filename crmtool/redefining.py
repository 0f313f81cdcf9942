"""Which definitions of a rule book only got another id: what contacts said under the old one, they say under the new.

A definition that lost its id and one that is new are the same where they say the same, in the same place among the
definitions that stayed. Where that is true of several, none of them is taken for another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import TypeVar

from crmtool.conditions import All, AtLeast, Condition, Has, Holds, Lost, Not, NotMet, Open, Passed, Score
from crmtool.contact import JOINED, Contact, contact_from
from crmtool.document import Document
from crmtool.records import dataclass
from crmtool.rulebook import Criterion, RuleBook, Status, StopRule
from crmtool.text import Span
from crmtool.yaml_reader import Value

_CRITERIA = "criteria."
_T = TypeVar("_T")
_Definition = TypeVar("_Definition", Status, Criterion)

Ids = Mapping[str, str]
"""Ids, each with the one that took its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redefined:
    """The ids that changed from one rule book to another; those of reasons by the id that their status has now."""

    statuses: Ids = field(default_factory=dict)
    criteria: Ids = field(default_factory=dict)
    reasons: Mapping[str, Ids] = field(default_factory=dict)
    stop_rules: Ids = field(default_factory=dict)

    @property
    def back(self) -> Redefined:
        """The same, from the other rule book to the one."""
        return Redefined(
            statuses=_turned(self.statuses),
            criteria=_turned(self.criteria),
            reasons={_turned(self.statuses).get(status, status): _turned(ids) for status, ids in self.reasons.items()},
            stop_rules=_turned(self.stop_rules),
        )

    def read(self, contact: Contact) -> Contact:
        """Give a contact as it says the same by the ids of the other rule book; those that it has already stay."""
        if not self._renames_what_contacts_say:
            return contact
        values = dict(self._values(contact.fields))
        return contact_from(Document(path=contact.path, text="", yaml_span=Span(0, 0), values=values)) or contact

    def values(self, fields: Mapping[str, Value]) -> Mapping[str, Value]:
        """Give a front matter as `read` gives a contact, whatever else is in it."""
        return dict(self._values(fields)) if self._renames_what_contacts_say else fields

    @property
    def _renames_what_contacts_say(self) -> bool:
        return bool(self.statuses or self.criteria or self.reasons)

    def _values(self, fields: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
        for key, value in fields.items():
            match key, value:
                case "status", str():
                    yield key, self.statuses.get(value, value)
                case "criteria", dict():
                    yield key, {self._criterion(id, value): answers for id, answers in value.items()}
                case "decisions", list():
                    yield key, [self._decision(entry) if isinstance(entry, dict) else entry for entry in value]
                case "next_step", dict():
                    id = value.get("clarifies")
                    yield key, value | {"clarifies": self.criteria.get(id, id)} if isinstance(id, str) else value
                case "extra", dict() if JOINED in value:
                    yield key, value | {JOINED: self._joined(value[JOINED])}
                case _:
                    yield key, value

    def _joined(self, value: Value) -> Value:
        """Read what is kept of contacts that were joined to one: it says what they said as contacts of their own."""
        if isinstance(value, list):
            return [self._joined(entry) for entry in value]
        return dict(self._values(value)) if isinstance(value, dict) else value

    def _criterion(self, id: str, answered: Collection[str]) -> str:
        now = self.criteria.get(id, id)
        return id if now in answered else now  # two ids must not become one: answers would get lost

    def _decision(self, entry: dict[str, Value]) -> dict[str, Value]:
        to, reason = entry.get("to"), entry.get("reason")
        if not isinstance(to, str):
            return entry
        to = self.statuses.get(to, to)
        now = entry | {"to": to}
        return now | {"reason": self.reasons.get(to, {}).get(reason, reason)} if isinstance(reason, str) else now


def redefined(before: RuleBook | None, after: RuleBook | None) -> Redefined:
    """Tell which definitions of a rule book have another id in one that came after it.

    Where one of the two cannot be read, none is known to have.
    """
    if before is None or after is None:
        return Redefined()
    criteria = _pairs(before.criteria, after.criteria, lambda old, new: _unnamed(old) == _unnamed(new))
    statuses = _pairs(before.statuses, after.statuses, lambda old, new: _means(old, criteria) == _means(new, {}))
    reasons = {}
    for old, status in before.statuses.items():
        id = statuses.get(old, old)
        pairs = _pairs(status.reasons, after.statuses[id].reasons, str.__eq__) if id in after.statuses else {}
        if pairs:
            reasons[id] = pairs
    stop_rules = _pairs(
        before.stop_rules, after.stop_rules, lambda old, new: _asks(old, statuses, criteria) == _asks(new, {}, {})
    )
    return Redefined(statuses=statuses, criteria=criteria, reasons=reasons, stop_rules=stop_rules)


def _means(status: Status, criteria: Ids) -> Status:
    return replace(_unnamed(status), reasons={}, requires=_all_read(status.requires, criteria))


def _asks(rule: StopRule, statuses: Ids, criteria: Ids) -> StopRule:
    within = tuple(statuses.get(id, id) for id in rule.within)
    return replace(rule, id="", within=within, when=_all_read(rule.when, criteria))


def _unnamed(definition: _Definition) -> _Definition:
    return replace(definition, id="", order=0)


def _pairs(before: Mapping[str, _T], after: Mapping[str, _T], is_same: Callable[[_T, _T], bool]) -> dict[str, str]:
    gone, new = _left_out(before, after), _left_out(after, before)
    pairs = [
        (old, id)
        for old, place in gone.items()
        for id, place_now in new.items()
        if place == place_now and is_same(before[old], after[id])
    ]
    olds, news = [old for old, _ in pairs], [id for _, id in pairs]
    return {old: id for old, id in pairs if olds.count(old) == 1 and news.count(id) == 1}


def _left_out(ids: Iterable[str], other: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Give the ids that another rule book lacks, each with those before it that it has."""
    found = {}
    stayed: tuple[str, ...] = ()
    for id in ids:
        if id in other:
            stayed += (id,)
        else:
            found[id] = stayed
    return found


def _all_read(conditions: tuple[Condition, ...], ids: Ids) -> tuple[Condition, ...]:
    return tuple(_read(condition, ids) for condition in conditions) if ids else conditions


def _read(condition: Condition, ids: Ids) -> Condition:
    match condition:
        case Holds(id) | NotMet(id) | Open(id):
            return type(condition)(ids.get(id, id))
        case Has(field) | Passed(field) if field.startswith(_CRITERIA):
            id, dot, rest = field.removeprefix(_CRITERIA).partition(".")
            return type(condition)(f"{_CRITERIA}{ids.get(id, id)}{dot}{rest}")
        case Lost(criteria):
            return Lost(tuple(ids.get(id, id) for id in criteria))
        case Score(_, tuple() as criteria):
            return replace(condition, of=tuple(ids.get(id, id) for id in criteria))
        case Not(inner):
            return Not(_read(inner, ids))
        case All(conditions) | AtLeast(_, conditions):
            return replace(condition, conditions=_all_read(conditions, ids))
        case _:
            return condition


def _turned(ids: Ids) -> Ids:
    return {new: old for old, new in ids.items()}
