"""Two contacts that are one: what the one that stays takes over from the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from crmtool.contact import EXTRA, IMPORTED, JOINED, Contact
from crmtool.details import DETAILS, LISTS, details_of
from crmtool.edit.changes import Add, Change, Put
from crmtool.finding import Place
from crmtool.phones import Number, number_of
from crmtool.yaml_reader import Value

_PENDING = ("next_step", "blocked", "revisit")
_NUMBER_ALONE = re.compile(r"(?:\s*+tel:)?[\d\s()+./\u2010-\u2015-]+", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\A(?:[ \t]*(?:\r\n|\n|\r))+")


def join(stays: Contact, goes: Contact, day: date, *, with_answers: bool = True) -> tuple[Change, ...]:
    """Give the changes of the contact that stays.

    It takes over what it lacks: details, what is pending, answers in the order of their days (unless they are left
    out), of one day its own last, since that one counts. Decisions are never mixed: its own stay in force, and those of
    the other are kept beside them in `extra.joined`, with the answers that were left out and the fields that say
    something else, so that nothing is lost.
    """
    return (
        *_details(stays, goes),
        *(_answers(stays, goes) if with_answers else ()),
        *(
            Put(place=(key,), value=goes.fields[key])
            for key in _PENDING
            if key in goes.fields and key not in stays.fields
        ),
        *_missing_entries(stays, goes, ("stop_if",)),
        *_extra(stays, goes),
        *(
            ()
            if is_joined(stays, goes)
            else (Add(place=(EXTRA, JOINED), value=_kept(stays, goes, day, with_answers=with_answers)),)
        ),
    )


def is_joined(stays: Contact, goes: Contact) -> bool:
    """Whether a contact has taken the other in already, whose file was then not removed."""
    told = {"contact": goes.id, "name": goes.name, "status": goes.status, "decisions": goes.fields["decisions"]}
    entries = (entry for entry in _listed(stays.fields, (EXTRA, JOINED)) if isinstance(entry, dict))
    return any(all(entry.get(key) == value for key, value in told.items()) for entry in entries)


def joined_body(goes: Contact, body: str) -> str:
    """Give what is added below the notes of the contact that stays: those of the other; empty where it has none."""
    notes = _EMPTY_LINES.sub("", body).rstrip()
    return f"## {goes.title} ({goes.id})\n\n{notes}\n" if notes else ""


def may_hold_joined(contact: Contact) -> bool:
    """Whether a contact's `extra.joined` is where joined contacts are kept, and nothing of the team's own."""
    return all(isinstance(entry, dict) for entry in _listed(contact.fields, (EXTRA, JOINED)))


def _details(stays: Contact, goes: Contact) -> Iterator[Change]:
    ours = details_of(stays.fields)
    for key, theirs in details_of(goes.fields).items():
        if key not in ours:
            yield Put(place=(key,), value=goes.fields[key])
        elif key in LISTS:
            yield from _united(key, ours[key], theirs)


def _united(key: str, ours: Value, theirs: Value) -> Iterator[Change]:
    mine, others = (list(each) if isinstance(each, list) else [] for each in (ours, theirs))
    numbers = _comparable_numbers(map(str, (*mine, *others))) if key == "phone" else {}
    both, places = list(mine), dict[str, int]()
    for at, text in enumerate((*mine, *others)):
        number = numbers.get(str(text))
        place = places.setdefault(
            number.digits if number else str(text).casefold(), at if at < len(mine) else len(both)
        )
        if place == len(both):
            both.append(text)
        elif number and number.country and text not in both and not numbers[str(both[place])].country:
            both[place] = text  # the same number, told better
    if both != mine:
        yield Put(place=(key,), value=both)


def _comparable_numbers(texts: Iterable[str]) -> dict[str, Number]:
    """Give those phone numbers that may be compared by their digits, however they are written.

    A number with more beside it, such as an extension, is none, nor are those that stand there for several countries.
    """
    numbers = {text: number for text in texts if _NUMBER_ALONE.fullmatch(text) and (number := number_of(text))}
    countries: dict[str, set[str]] = {}
    for number in numbers.values():
        countries.setdefault(number.digits, set()).update(filter(None, (number.country,)))
    return {text: number for text, number in numbers.items() if len(countries[number.digits]) < 2}


def _answers(stays: Contact, goes: Contact) -> Iterator[Change]:
    for criterion, answers in goes.criteria.items():
        days = [(answer.day, True) for answer in stays.criteria.get(criterion, ())]  # whether it is our own
        present = _entries(stays.fields["criteria"], criterion) if criterion in stays.criteria else []
        for answer, entry in zip(answers, _entries(goes.fields["criteria"], criterion), strict=True):
            if entry in present:
                continue
            at = next((i for i, day in enumerate(days) if day > (answer.day, False)), len(days))
            yield Add(place=("criteria", criterion), value=entry, at=at if at < len(days) else None)
            days.insert(at, (answer.day, False))


def _entries(criteria: Any, criterion: str) -> list[Value]:
    entry = criteria[criterion]
    return entry if isinstance(entry, list) else [entry]


def _missing_entries(stays: Contact, goes: Contact, place: Place) -> Iterator[Change]:
    """Add the entries of a list that the contact that stays lacks; a single entry is a list of one."""
    ours, theirs = _listed(stays.fields, place), _listed(goes.fields, place)
    if theirs and not ours:
        yield Put(place=place, value=theirs)
    else:
        yield from (Add(place=place, value=entry) for entry in theirs if entry not in ours)


def _listed(fields: Any, place: Place) -> list[Value]:
    for key in place:
        fields = fields.get(key) if isinstance(fields, dict) else None
    return fields if isinstance(fields, list) else [] if fields is None else [fields]


def _extra(stays: Contact, goes: Contact) -> Iterator[Change]:
    extra, ours = goes.fields.get(EXTRA), stays.fields.get(EXTRA)
    for key, value in extra.items() if isinstance(extra, dict) else ():
        if key == JOINED or (key == IMPORTED and not _listed(stays.fields, (EXTRA, IMPORTED))):
            yield from _missing_entries(stays, goes, (EXTRA, key))
        elif key == IMPORTED:
            yield from () if is_joined(stays, goes) else _imports(stays, goes)
        elif not isinstance(ours, dict) or key not in ours:
            yield Put(place=(EXTRA, key), value=value)


def _imports(stays: Contact, goes: Contact) -> Iterator[Change]:
    """Take over where the other one came from; its source answers from now on for what was taken over alone."""
    for entry in _listed(goes.fields, (EXTRA, IMPORTED)):
        if isinstance(entry, dict):
            owns = entry.get("owns")
            lacking = [key for key in DETAILS if key not in details_of(stays.fields)]
            kept: list[Value] = [key for key in lacking if not isinstance(owns, list) or key in owns]
            yield Add(place=(EXTRA, IMPORTED), value={**entry, "owns": kept})


def kept_aside(stays: Contact, goes: Contact) -> dict[str, Value]:
    """Give the fields of the contact that goes for which the one that stays has something else."""
    theirs = {**details_of(goes.fields), **{key: goes.fields[key] for key in _PENDING if key in goes.fields}}
    told = {**details_of(stays.fields), **stays.fields}
    single = (key for key in theirs if key not in LISTS and key != "name")
    kept = {key: theirs[key] for key in single if key in told and told[key] != theirs[key]}
    extra, ours = goes.fields.get(EXTRA), stays.fields.get(EXTRA)
    if isinstance(extra, dict) and isinstance(ours, dict):
        own = (key for key in extra if key in ours and key not in (IMPORTED, JOINED))
        other = {key: extra[key] for key in own if extra[key] != ours[key]}
        kept |= {EXTRA: other} if other else {}
    return kept


def _kept(stays: Contact, goes: Contact, day: date, *, with_answers: bool) -> dict[str, Value]:
    entry: dict[str, Value] = {"contact": goes.id, "name": goes.name, "date": day.isoformat(), "status": goes.status}
    entry["decisions"] = goes.fields["decisions"]
    fields = kept_aside(stays, goes)
    if fields:
        entry["fields"] = fields
    if not with_answers and goes.criteria:
        entry["criteria"] = goes.fields["criteria"]
    return entry
