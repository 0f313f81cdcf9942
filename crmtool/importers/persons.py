"""Which contact a deal belongs to: that of its person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crmtool.contact import folded
from crmtool.importers.imported import imported_of
from crmtool.importers.likeness import name_key
from crmtool.importers.record import DEALS, Record
from crmtool.yaml_reader import Value


class Persons:
    """The contacts that came from a program, to be asked to which of them its deals belong."""

    def __init__(self) -> None:
        self._by_id: dict[tuple[str, str], str] = {}
        self._by_name: dict[tuple[str, tuple[str, ...], str], set[str]] = {}
        self._with_id: set[tuple[str, str]] = set()

    @classmethod
    def of(cls, files: Iterable[tuple[str, Mapping[str, Value]]]) -> Persons:
        """Collect them from contact files, given by their paths and what their front matter says."""
        persons = cls()
        for path, fields in files:
            for imported in imported_of(fields):
                persons.add(path, fields, imported.origin, imported.id)
        return persons

    def add(self, path: str, fields: Mapping[str, Value], origin: str, id: str) -> None:
        """Know one more."""
        if origin.endswith(DEALS):
            return
        if id:
            self._by_id.setdefault((origin, id), path)
            self._with_id.add((origin, path))
        for organization in {"", folded(str(fields.get("organization") or ""))}:
            self._by_name.setdefault((origin, name_key(fields), organization), set()).add(path)

    def of_deal(self, origin: str, record: Record) -> str | None:
        """Give the path of the contact that a deal belongs to: by ids, else by a name that just one of them has.

        Whoever has an id is somebody else where a deal names other ids.
        """
        if not origin.endswith(DEALS):
            return None
        by_id = (self._by_id[person] for person in record.persons if person in self._by_id)
        first = next(by_id, None)
        if first is not None:
            return first
        organization = folded(str(record.details.get("organization") or ""))
        of_persons = origin.removesuffix(DEALS)
        named = self._by_name.get((of_persons, name_key(record.details), organization), set())
        if record.persons:
            named = {path for path in named if (of_persons, path) not in self._with_id}
        return next(iter(named)) if len(named) == 1 and name_key(record.details) else None
