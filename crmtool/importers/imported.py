"""What a contact keeps of its imports: where from, under which id, and what the source said then."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from crmtool.details import DETAILS, digest
from crmtool.finding import Place
from crmtool.importers.record import Record
from crmtool.records import dataclass
from crmtool.yaml_reader import Value

EXTRA, IMPORTED = "extra", "imported"
NOTES, REST = "notes", "rest"
"""Beside the keys of details: what `seen` has of the stage, the claims and the notes of a record, and of those details
that are not taken over as such."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One import of a contact, kept in its `extra.imported`; a single one is no list.

    `origin` names the program and kind of record (`from` in the file), `id` is what it calls the record, empty where it
    has none. `seen` has a digest of each value that the source had when it was imported last, by which it is told what
    has changed there since, and what here. `owns_all` is true of the first import: it answers for all details, a
    later one (a deal, a second source) for those alone that it brought.
    """

    place: Place
    origin: str
    id: str
    seen: Mapping[str, str]
    owns_all: bool


def imported_of(fields: Mapping[str, Value]) -> Iterator[Imported]:
    """List the imports that a contact's front matter names; what is no such entry is passed over."""
    extra = fields.get(EXTRA)
    kept = extra.get(IMPORTED) if isinstance(extra, dict) else None
    entries = kept if isinstance(kept, list) else [kept]
    for i, entry in enumerate(entries):
        origin = entry.get("from") if isinstance(entry, dict) else None
        if isinstance(entry, dict) and isinstance(origin, str):
            id, seen = entry.get("id"), entry.get("seen")
            yield Imported(
                place=(EXTRA, IMPORTED, i) if isinstance(kept, list) else (EXTRA, IMPORTED),
                origin=origin,
                id=id if isinstance(id, str) else "",
                seen=_texts(seen),
                owns_all=i == 0,
            )


def _texts(value: Value) -> dict[str, str]:
    # A digest of digits alone may have been read as a number where somebody took away its quotes.
    return {key: str(told) for key, told in value.items()} if isinstance(value, dict) else {}


def seen_in(record: Record) -> dict[str, str]:
    """Give the digests of what a record says: of each detail, and of its stage, claims and notes together."""
    seen = {key: digest(record.details[key]) for key in DETAILS if key in record.details}
    claims: list[Value] = [[claim.label, claim.value] for claim in record.claims]
    told: list[Value] = [record.stage, record.notes, claims]
    return {**seen, NOTES: digest(told)} if any(told) else seen


def seen_in_part(record: Record, keys: Collection[str]) -> dict[str, str]:
    """Give the digests of a record of which only some details are taken over; the others are noted beside them."""
    seen = seen_in(record)
    rest: dict[str, Value] = {key: told for key, told in seen.items() if key not in (*keys, NOTES)}
    return {**{key: told for key, told in seen.items() if key not in rest}, REST: digest(rest)}


def imported_entry(origin: str, record: Record, day: date, seen: Mapping[str, str]) -> dict[str, Value]:
    """Give an entry of `extra.imported`."""
    id: dict[str, Value] = {"id": record.id} if record.id else {}
    return {"from": origin, **id, "on": day.isoformat(), "seen": dict(seen)}
