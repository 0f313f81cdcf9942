"""Which contact was made of a record when it was imported before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property

from crmtool.contact import contact_id, folded, joined_ids
from crmtool.details import DETAILS, details_of
from crmtool.importers.imported import NOTES, Imported, imported_of, seen_in
from crmtool.importers.likeness import begin_alike, is_nearly_called
from crmtool.importers.record import Record
from crmtool.records import dataclass
from crmtool.yaml_reader import Value

_UID = "urn:uuid:"
_WHOLE = ((*DETAILS, NOTES), DETAILS)
_BY_PARTS = (("email",), ("url",), ("name", "organization"), ("phone",))
"""By what a record without an id is recognised: all of it, all but the notes, or parts of it, the surest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The file of the contact that a record was imported into, and what it keeps of that import.

    `imported` is None where the record names the contact itself, as crmtool's own exports do.
    """

    path: str
    imported: Imported | None


@dataclass(frozen=True)
class Known:
    """What contacts keep of their imports, to be asked which of them a record is."""

    files: tuple[tuple[str, Mapping[str, Value]], ...]
    uid: Callable[[str], str]
    by_contact: Mapping[str, str]
    by_id: Mapping[tuple[str, str], Match]
    without_id: Mapping[str, tuple[Match, ...]]

    @classmethod
    def of(cls, files: Iterable[tuple[str, Mapping[str, Value]]], uid: Callable[[str], str] = str) -> Known:
        """Collect it from contact files, given by their paths and what their front matter says.

        `uid` gives what a contact of an id is called in a vCard.
        """
        files = tuple(files)
        by_contact, by_id = dict[str, str](), dict[tuple[str, str], Match]()
        without_id = dict[str, list[Match]]()
        for path, fields in files:
            by_contact[folded(contact_id(path))] = path
            for id in joined_ids(fields):
                by_contact.setdefault(folded(id), path)
            for imported in imported_of(fields):
                match = Match(path=path, imported=imported)
                if imported.id:
                    by_id.setdefault((imported.origin, imported.id), match)
                else:
                    without_id.setdefault(imported.origin, []).append(match)
        return cls(files, uid, by_contact, by_id, {origin: tuple(matches) for origin, matches in without_id.items()})

    def matches(self, origin: str, records: Iterable[Record]) -> dict[int, Match]:
        """Find the contacts of a file's records, by the records' lines; a record that is new has none."""
        records = tuple(records)
        found = {record.line: match for record in records if (match := self._named(origin, record))}
        nameless = [record for record in records if not (record.id or record.contact)]
        return found | dict(_recognised(nameless, self.without_id.get(origin, ()), dict(self.files)))

    def _named(self, origin: str, record: Record) -> Match | None:
        if record.contact:
            path = self.by_contact.get(folded(record.contact)) or self._by_details.get(_who(record.details))
        else:
            path = self._by_uid.get(record.id) if record.id.startswith(_UID) else None
        if path:
            return Match(path=path, imported=None)
        return self.by_id.get((origin, record.id)) if record.id else None

    @cached_property
    def _by_uid(self) -> Mapping[str, str]:
        """Contacts by what they are called in a vCard: other programs may drop everything else of ours."""
        return {self.uid(contact_id(path)): path for path, _ in self.files}

    @cached_property
    def _by_details(self) -> Mapping[object, str]:
        """Contacts by name and e-mail, where these are just one's: a file may have been moved since it was exported."""
        whose = [(_who(details_of(fields)), path) for path, fields in self.files]
        counts = Counter(who for who, _ in whose)
        return {who: path for who, path in whose if who is not None and counts[who] == 1}


def _who(details: Mapping[str, Value]) -> Hashable:
    emails = details.get("email")
    return (details.get("name"), *map(str, emails)) if isinstance(emails, list) else None


def _recognised(
    records: Iterable[Record], matches: Iterable[Match], files: Mapping[str, Mapping[str, Value]]
) -> Iterator[tuple[int, Match]]:
    """Recognise records without an id: first those that are just as they were, then by parts, where just one fits."""
    left = {record.line: (record, seen_in(record)) for record in records}
    free = dict(enumerate(matches))  # a contact that was joined of two has two imports
    for parts in (*_WHOLE, *_BY_PARTS):
        theirs = {line: _key(seen, parts) for line, (_, seen) in left.items()}
        counts, places = Counter(theirs.values()), dict[Hashable, list[int]]()
        for place, match in free.items():
            places.setdefault(_key(_seen(match), parts), []).append(place)
        for line, key in theirs.items():
            found = places.get(key) if key is not None else None
            if not found or (parts in _BY_PARTS and (counts[key] > 1 or len(found) > 1)):
                continue
            match = free[found[0]]
            if _may_be(*left[line], match, files[match.path]):
                yield line, free.pop(found.pop(0))
                del left[line]


def _seen(match: Match) -> Mapping[str, str]:
    return match.imported.seen if match.imported else {}


def _key(seen: Mapping[str, str], parts: tuple[str, ...]) -> Hashable:
    """Give what is compared; None where a record lacks it, unless all of it is compared."""
    key = tuple(seen.get(part) for part in parts)
    return key if parts in _WHOLE or None not in key else None


def _may_be(record: Record, seen: Mapping[str, str], match: Match, fields: Mapping[str, Value]) -> bool:
    """Whether nothing speaks against one person: colleagues and families share phones, pages and an address for all."""
    before = _seen(match)
    if seen.get("name") == before.get("name") or is_nearly_called(record.details, fields):
        return True
    is_same_email = seen.get("email") == before.get("email") or "email" not in seen.keys() & before.keys()
    return is_same_email and begin_alike(record.details, fields)
