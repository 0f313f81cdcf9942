"""Rows → records: each cell goes where its column says, and what has no place is claimed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from crmtool.details import DETAILS
from crmtool.importers.record import Record
from crmtool.importers.tables.amounts import read_amount
from crmtool.importers.tables.calling import take_name, take_organization
from crmtool.importers.tables.cells import free_text, quoted, split_tags, split_values
from crmtool.importers.tables.column import ByField
from crmtool.importers.tables.dates import read_day
from crmtool.importers.tables.draft import Draft, first_of
from crmtool.importers.tables.naming import named
from crmtool.importers.tables.placing import take_address
from crmtool.importers.tables.program import GOOGLE, SALESFORCE, Program
from crmtool.importers.tables.reaching import take_ways
from crmtool.importers.tables.rows import Row
from crmtool.records import dataclass
from crmtool.text import one_line

_NAMELESS = "no name, no organization, no e-mail address and no phone number"
_SALESFORCE_ID = 15
_CHECK_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


@dataclass(frozen=True, kw_only=True)
class Maker:
    """Makes the records of a table of `width` columns, which `by_field` has by what they hold.

    Most rows have `usual` cells.

    `currency` is that of a contact's value, `date_format` how dates with slashes are read, `decimals` the signs that
    begin the decimals of columns of amounts, by the columns' places.
    """

    program: Program
    width: int
    usual: int
    by_field: ByField
    currency: str
    date_format: str | None = None
    decimals: Mapping[int, str] = field(default_factory=dict)

    def record(self, row: Row) -> Record:
        """Make the record of a row."""
        if row.fault:
            return Record(line=row.line, refused=row.fault)
        draft = Draft(row, self.width, self.usual)
        take_ways(draft, self.by_field)
        take_organization(draft, self.by_field, self.program.origin)
        take_name(draft, self.by_field)
        take_address(draft, self.by_field)
        for key in ("role", "source", "owner"):
            self._take_text(draft, key)
        self._take_tags(draft)
        self._take_value(draft)
        self._claim_rest(draft)
        return self._made(row, draft)

    def _made(self, row: Row, draft: Draft) -> Record:
        stage, stage_label = first_of(draft, self.by_field.get("stage", ()))
        id, _ = first_of(draft, self.by_field.get("id", ()))
        notes = (free_text(draft.raw(column)) for column, _ in draft.said(self.by_field.get("notes", ())))
        return Record(
            line=row.line,
            id=_full_id(one_line(id), self.program.origin),
            details={key: draft.details[key] for key in DETAILS if key in draft.details},
            stage=one_line(stage),
            stage_label=stage_label,
            claims=draft.claims,
            notes="\n\n".join(filter(None, notes)),
            persons=self._persons(draft),
            refused="" if "name" in draft.details else _NAMELESS,
            doubts=tuple(draft.doubts),
        )

    def _persons(self, draft: Draft) -> tuple[tuple[str, str], ...]:
        told = (text for _, text in draft.said(self.by_field.get("person_id", ())))
        ids = (id for text in told for id in text.replace(";", " ").replace(",", " ").split())
        return tuple(dict.fromkeys((self.program.persons, _full_id(id, self.program.persons)) for id in ids))

    def _take_text(self, draft: Draft, key: str) -> None:
        """Use the first text that there is, and claim others; who owns a deal is claimed as well."""
        columns = self.by_field.get(key, ())
        if self.program.persons and key == "owner":
            told, claimed = list(draft.said(columns)), 0
        elif self.program.origin == GOOGLE:
            told, claimed = [(c, part) for c, text in draft.said(columns) for part in split_values(text)], 1
        else:
            draft.take(key, _alone(one_line(first_of(draft, columns)[0]), key))
            return
        draft.take(key, _alone(one_line(told[0][1]), key) if told else "")
        for column, text in told[claimed:]:
            draft.claim(column, text)

    def _take_tags(self, draft: Draft) -> None:
        told = (tag for _, text in draft.said(self.by_field.get("tags", ())) for tag in split_tags(text))
        draft.take("tags", list(dict.fromkeys(told)))

    def _take_value(self, draft: Draft) -> None:
        currencies = list(draft.said(self.by_field.get("currency", ())))
        of_row = [text for _, text in currencies]
        for column, text in draft.said(self.by_field.get("value", ())):
            decimal, told = self.decimals.get(column.index, ""), [column.currency] if column.currency else of_row
            amount = read_amount(text, self.currency, decimal, told)
            if amount.value is not None and "value" not in draft.details:
                draft.take("value", amount.value)
                continue
            draft.claim(column, text)
            if amount.doubt:
                draft.doubt(column, amount.doubt)
        for column, text in () if "value" in draft.details else currencies:
            draft.claim(column, text)

    def _claim_rest(self, draft: Draft) -> None:
        for column, text in draft.said(self.by_field.get("claim", ())):
            draft.claim(column, text)
        for column, text in draft.said(self.by_field.get("date", ())):
            day = read_day(text, self.date_format)
            draft.claim(column, day.text)
            if day.is_impossible:
                draft.doubt(column, f"{quoted(text)} is no day of the calendar")


def _alone(text: str, key: str) -> str:
    """Give a text, and an owner without the id or e-mail address behind the name."""
    return (named(text)[0] or text) if key == "owner" else text


def _full_id(id: str, origin: str) -> str:
    """Give a Salesforce id with the three letters that check its capitals, as some of its exports do; others as is."""
    if not origin.startswith(SALESFORCE) or len(id) != _SALESFORCE_ID or not (id.isascii() and id.isalnum()):
        return id
    blocks = (id[i : i + 5] for i in range(0, _SALESFORCE_ID, 5))
    return id + "".join(_CHECK_LETTERS[sum(char.isupper() << i for i, char in enumerate(block))] for block in blocks)
