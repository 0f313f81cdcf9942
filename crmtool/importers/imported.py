"""What a contact keeps of its imports: where from, under which id, and what the source said then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from crmtool.contact import EXTRA, IMPORTED
from crmtool.details import DETAILS, digest
from crmtool.finding import Place
from crmtool.importers.record import Record
from crmtool.records import dataclass
from crmtool.yaml_reader import Value

NOTES = "notes"
"""Beside the keys of details: what `seen` has of the stage, the claims and the notes of a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One import of a contact, kept in its `extra.imported`; a single one is no list.

    `origin` names the program and kind of record (`from` in the file), `id` is what it calls the record, empty where it
    has none. `seen` has a digest of each value that the source had when it was imported last, by which the record is
    recognised, and by which it is told what has changed there since, and what here. `owns` are the details that the
    source answers for: all, but of a deal or a second source those alone that it brought.
    """

    place: Place
    origin: str
    id: str
    seen: Mapping[str, str]
    owns: tuple[str, ...] = DETAILS


def imported_of(fields: Mapping[str, Value]) -> Iterator[Imported]:
    """List the imports that a contact's front matter names; what is no such entry is passed over."""
    extra = fields.get(EXTRA)
    kept = extra.get(IMPORTED) if isinstance(extra, dict) else None
    entries = kept if isinstance(kept, list) else [kept]
    for i, entry in enumerate(entries):
        origin = entry.get("from") if isinstance(entry, dict) else None
        if isinstance(entry, dict) and isinstance(origin, str):
            id, owns = entry.get("id"), entry.get("owns")
            yield Imported(
                place=(EXTRA, IMPORTED, i) if isinstance(kept, list) else (EXTRA, IMPORTED),
                origin=origin,
                id=id if isinstance(id, str) else "",
                seen=texts_in(entry.get("seen")),
                owns=tuple(key for key in DETAILS if key in owns) if isinstance(owns, list) else DETAILS,
            )


def texts_in(value: Value) -> dict[str, str]:
    """Give those entries of a mapping that are texts; none where it is no mapping."""
    return {key: told for key, told in value.items() if isinstance(told, str)} if isinstance(value, dict) else {}


def seen_in(record: Record) -> dict[str, str]:
    """Give the digests of what a record says: of each detail, and of its stage, claims and notes together."""
    seen = {key: digest(record.details[key]) for key in DETAILS if key in record.details}
    claims: list[Value] = [[claim.label, claim.value] for claim in record.claims]
    told: list[Value] = [record.stage, record.notes, claims]
    return {**seen, NOTES: digest(told)} if any(told) else seen


def imported_entry(origin: str, record: Record, day: date, owns: Sequence[str] = DETAILS) -> dict[str, Value]:
    """Give an entry of `extra.imported`; `owns` are the details that are taken over from this source."""
    id: dict[str, Value] = {"id": record.id} if record.id else {}
    part: dict[str, Value] = {} if owns == DETAILS else {"owns": list(owns)}
    return {"from": origin, **id, "date": day.isoformat(), **part, "seen": dict(seen_in(record))}
