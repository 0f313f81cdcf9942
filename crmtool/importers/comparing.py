"""A record against the contact that was made of it: what changed at the source alone is taken over, no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, TypeAlias

from crmtool.details import DETAILS, LISTS, details_of, digest
from crmtool.edit.changes import Change, Drop, Put
from crmtool.importers.imported import NOTES, seen_in
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

    `changes` are those of the contact's fields, `taken` the keys of these; `kept` are those where ours was preferred;
    `seen` is what is to be remembered of the source; `has_news` tells that what is only noted is another than before.
    """

    changes: tuple[Change, ...] = ()
    taken: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    seen: Mapping[str, str]
    has_news: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On which terms a record is compared with a contact.

    `seen` has the digests of what the source said when it was imported last. `owns` are the details that are taken over
    from it; what else it says is only noted. `removable` are those that it can say nothing of on purpose.
    """

    seen: Mapping[str, str]
    owns: Collection[str] = DETAILS
    removable: Collection[str] = ()
    policy: Policy = "report"


def compared(record: Record, fields: Mapping[str, Value], terms: Terms) -> Comparison:
    """Compare a record with a contact's fields.

    A field that the source has not changed since is left alone, whatever it says here.
    """
    seen, keys, policy = terms.seen, terms.owns, terms.policy
    ours, now = details_of(fields), seen_in(record)
    new_seen, taken, kept, conflicts = dict(seen), list[str](), list[str](), list[Conflict]()
    changed = [key for key in (*DETAILS, NOTES) if now.get(key, "") != seen.get(key, "")]
    for key in changed:
        mine, theirs = ours.get(key), record.details.get(key)
        if _is_mangled(mine, theirs) or (key not in now and key not in terms.removable):
            continue
        if key in keys and mine != theirs and (digest(mine) if mine is not None else "") != seen.get(key, ""):
            if policy == "report":
                conflicts.append(Conflict(field=key, ours=mine, theirs=theirs))
                continue
            (kept if policy == "ours" else taken).append(key)
        elif key in keys and mine != theirs:
            taken.append(key)
        _keep(new_seen, key, now.get(key, ""))
    return Comparison(
        changes=tuple(change for key in taken for change in _change(key, record.details.get(key), fields)),
        taken=tuple(taken),
        kept=tuple(kept),
        conflicts=tuple(conflicts),
        seen=new_seen,
        has_news=any(key in now and key not in keys for key in changed),
    )


def _is_mangled(ours: Value, theirs: Value) -> bool:
    """Whether a value differs from ours only in that a program could not write some of its letters."""
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = zip(ours, theirs, strict=True)
        return ours != theirs and all(one == other or _is_mangled(one, other) for one, other in pairs)
    if not isinstance(ours, str) or not isinstance(theirs, str) or ours == theirs:
        return False
    return theirs in (ours.encode(encoding, "replace").decode(encoding) for encoding in ("cp1252", "latin-1", "ascii"))


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
