"""A record against the contact that was made of it: what changed at the source alone is taken over, no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from crmtool.details import DETAILS, LISTS, details_of, digest
from crmtool.edit.changes import Change, Drop, Put
from crmtool.importers.imported import NOTES, REST
from crmtool.importers.record import Record
from crmtool.records import dataclass
from crmtool.yaml_reader import Value

Policy: TypeAlias = 'Literal["report", "ours", "theirs"]'
"""What is done where both sides changed a field: it is told and stays, it stays for good, or the source's is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field that was changed here and at the source; None where one of them has none."""

    field: str
    ours: Value
    theirs: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a record has that its contact has not.

    `changes` are those of the contact's fields, `taken` the keys of these; `seen` is what is to be kept of the source;
    `has_news` tells that its stage, claims or notes are other ones than before.
    """

    changes: tuple[Change, ...] = ()
    taken: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    seen: Mapping[str, str]
    has_news: bool = False


def compared(
    record: Record, fields: Mapping[str, Value], seen: Mapping[str, str], keys: Sequence[str], policy: Policy
) -> Comparison:
    """Compare a record's details, those under `keys`, with a contact's fields.

    `seen` has the digests of what the source said when it was imported last. A field that the source has not changed
    since is left alone, whatever it says here.
    """
    ours, now = details_of(fields), {key: digest(value) for key, value in record.details.items()}
    kept, changes, taken, conflicts = dict(seen), list[Change](), list[str](), list[Conflict]()
    for key in filter(keys.__contains__, DETAILS):
        theirs = now.get(key, "")
        here = digest(ours[key]) if key in ours else ""
        if theirs == seen.get(key, "") or (key == "name" and not theirs):
            continue
        if here not in (theirs, seen.get(key, "")) and policy == "report":
            conflicts.append(Conflict(field=key, ours=ours.get(key), theirs=record.details.get(key)))
            continue
        if here != theirs and (here == seen.get(key, "") or policy == "theirs"):
            changes += _change(key, record.details.get(key), fields)
            taken.append(key)
        _keep(kept, key, theirs)
    return Comparison(changes=tuple(changes), taken=tuple(taken), conflicts=tuple(conflicts), seen=kept)


def noted(comparison: Comparison, now: Mapping[str, str], seen: Mapping[str, str]) -> Comparison:
    """Give a comparison that also tells of what becomes a note: its digests as they are `now` and were `seen`."""
    kept = dict(comparison.seen)
    tracked = (NOTES, REST) if REST in seen else (NOTES,)
    news = [key for key in tracked if now.get(key, "") != seen.get(key, "")]
    if not news:
        return comparison
    for key in news:
        _keep(kept, key, now.get(key, ""))
    return Comparison(
        changes=comparison.changes,
        taken=comparison.taken,
        conflicts=comparison.conflicts,
        seen=kept,
        has_news=any(key in now for key in news),
    )


def written(key: str, value: Value) -> Value:
    """Give a detail as it is written in front matter: a list of one text as that text, tags excepted."""
    return value[0] if key in LISTS and key != "tags" and isinstance(value, list) and len(value) == 1 else value


def _change(key: str, value: Value, fields: Mapping[str, Value]) -> tuple[Change, ...]:
    if value is None:
        return (Drop(place=(key,)),) if key in fields else ()
    return (Put(place=(key,), value=value if isinstance(fields.get(key), list) else written(key, value)),)


def _keep(seen: dict[str, str], key: str, told: str) -> None:
    if told:
        seen[key] = told
    else:
        seen.pop(key, None)
