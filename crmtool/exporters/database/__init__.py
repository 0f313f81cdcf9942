"""All that is known of contacts and rules as a relational database: what its tables are filled with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from crmtool.assessment import Assessment
from crmtool.exporters.database.cells import Row, needed, text
from crmtool.exporters.database.contacts import OF_CONTACTS, contact_row
from crmtool.exporters.database.rules import (
    criterion_rows,
    named,
    reason_rows,
    source_rows,
    status_rows,
    transition_rows,
)
from crmtool.records import dataclass
from crmtool.rulebook import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of a table, each with a value for each of its columns."""

    table: str
    rows: tuple[Row, ...]


def filled(
    assessments: Sequence[Assessment],
    rulebook: RuleBook,
    day: date,
    *,
    notes: Mapping[str, str],
    rev: str | None = None,
) -> Iterator[Rows]:
    """Fill the tables of `tables.TABLES`, those that others refer to first.

    The contacts stand in the order of attention; `notes` are their bodies by id, `rev` is the commit that they are of.
    """
    found = named(assessments, rulebook)
    about = (1, needed(rulebook.name), needed(rulebook.language), needed(rulebook.currency), day.isoformat(), text(rev))
    yield Rows(table="workspace", rows=(about,))
    yield Rows(table="statuses", rows=tuple(status_rows(found, rulebook)))
    yield Rows(table="criteria", rows=tuple(criterion_rows(found, rulebook)))
    yield Rows(table="transitions", rows=tuple(transition_rows(rulebook)))
    yield Rows(table="transition_sources", rows=tuple(source_rows(rulebook)))
    yield Rows(table="reasons", rows=tuple(reason_rows(found, rulebook)))
    contacts = (contact_row(a, rank, notes.get(a.contact.id, "")) for rank, a in enumerate(assessments, start=1))
    yield Rows(table="contacts", rows=tuple(sorted(contacts, key=lambda row: str(row[0]))))
    by_id = sorted(assessments, key=lambda assessment: assessment.contact.id)
    for table, rows_of in OF_CONTACTS.items():
        yield Rows(table=table, rows=tuple(row for assessment in by_id for row in rows_of(assessment, rulebook)))
