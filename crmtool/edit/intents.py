"""What a person means to do with a contact, as changes of its file. Days and ids are taken as they are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crmtool.assessment import step_is_pointless
from crmtool.contact import Contact
from crmtool.edit.changes import Add, Change, Drop, Put, Rename, value_at
from crmtool.finding import Place
from crmtool.rulebook import RuleBook
from crmtool.situation import present
from crmtool.yaml_reader import Value

_ANSWERS = ("met", "not_met")


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """An answer to be written; what is None or empty is left out."""

    criterion: str
    met: bool
    day: date
    evidence: str | None = None
    attested_by: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenDecision:
    """A decision to be written; what is None or empty is left out. `revisit` goes into the field of that name."""

    to: str
    day: date
    because: str
    reason: str | None = None
    by: str | None = None
    confirmed_by: str | None = None
    chance: float | None = None
    revisit: date | None = None


def answer(contact: Contact, given: GivenAnswer) -> tuple[Change, ...]:
    """Add an answer to a criterion, behind those of its day and earlier."""
    before = contact.criteria.get(given.criterion, ())
    later = [i for i, other in enumerate(before) if other.day > given.day]
    return (Add(place=("criteria", given.criterion), value=answer_entry(given), at=min(later, default=None)),)


def answer_entry(given: GivenAnswer) -> dict[str, Value]:
    """Give an answer as an entry of its criterion."""
    return _filled(
        {
            _ANSWERS[not given.met]: given.day.isoformat(),
            "evidence": given.evidence,
            "attested_by": given.attested_by,
            "by": given.by,
        }
    )


def decide(given: GivenDecision) -> tuple[Change, ...]:
    """Add a decision to the log and let the status say the same."""
    changes: list[Change] = [
        Put(place=("status",), value=given.to),
        Add(place=("decisions",), value=decision_entry(given)),
    ]
    if given.revisit is not None:
        changes += revisit(given.revisit)
    return tuple(changes)


def decision_entry(given: GivenDecision) -> dict[str, Value]:
    """Give a decision as an entry of the log."""
    return _filled(
        {
            "date": given.day.isoformat(),
            "to": given.to,
            "reason": given.reason,
            "because": given.because,
            "by": given.by,
            "confirmed_by": given.confirmed_by,
            "chance": given.chance,
        }
    )


def next_step(do: str, clarifies: str, due: date, owner: str | None = None) -> tuple[Change, ...]:
    """Set the next step, in the place of one that is there."""
    entry = _filled({"do": do, "clarifies": clarifies, "due": due.isoformat(), "owner": owner})
    return (Put(place=("next_step",), value=entry),)


def block(by: str, since: date, until: date | None = None) -> tuple[Change, ...]:
    """Write what a contact waits for, in the place of what is there."""
    entry = _filled({"by": by, "since": since.isoformat(), "until": until.isoformat() if until else None})
    return (Put(place=("blocked",), value=entry),)


def revisit(day: date) -> tuple[Change, ...]:
    """Set the day on which a contact on hold is looked at again."""
    return (Put(place=("revisit",), value=day.isoformat()),)


def drop(key: str) -> tuple[Change, ...]:
    """Remove a field."""
    return (Drop(place=(key,)),)


def correct(
    contact: Contact, place: Place, values: Mapping[str, Value], correction: Mapping[str, Value]
) -> tuple[Change, ...]:
    """Change an entry openly: its values, and beside them the day and the reason of the correction.

    A value of None removes its key; `met` takes the place of `not_met`, and the other way round. Where the last
    decision is given another status, the contact's status follows.
    """
    entry = value_at(contact.fields, place)
    keys = set(entry) if isinstance(entry, dict) else set()
    changes: list[Change] = []
    for key, value in values.items():
        other = _ANSWERS[key == _ANSWERS[0]] if key in _ANSWERS else None
        if value is not None:
            changes += [Rename(place=(*place, str(other)), key=key)] if other in keys else []
            changes.append(Put(place=(*place, key), value=value))
        elif key in keys and values.get(str(other)) is None:
            changes.append(Drop(place=(*place, key)))
    if place == contact.decisions[-1].place and isinstance(values.get("to"), str):
        changes.append(Put(place=("status",), value=values["to"]))
    changes.append(Put(place=(*place, "corrected"), value=dict(correction)))
    return tuple(changes)


def settles_step(before: Contact, after: Contact, rulebook: RuleBook, day: date) -> bool:
    """Whether a change leaves the contact with a next step that had a point before it and has none any more."""
    if after.next_step is None or after.next_step != before.next_step:
        return False
    here, then = present(after, rulebook, day), present(before, rulebook, day)
    return here is not None and step_is_pointless(here) and not (then is not None and step_is_pointless(then))


def _filled(entry: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in entry.items() if value not in (None, "")}
