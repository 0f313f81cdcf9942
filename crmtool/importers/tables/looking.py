"""What the cells of a column tell of it, where its header says nothing or too much."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from crmtool.importers.salutation import is_salutation, without_salutation
from crmtool.importers.tables.cells import is_email, is_nothing, is_phone
from crmtool.importers.tables.column import Column, cells_of
from crmtool.importers.tables.headers import is_currency, plain, words
from crmtool.importers.tables.sheet import Sheet
from crmtool.importers.unspoken import is_fax

_LOOKED_AT = 200
_MOST = 0.6
_PHONE_WORDS = frozenset(
    {"phone", "telefon", "tel", "mobile", "mobil", "handy", "telephone", "cell", "whatsapp", "fon"}
)
_NAMES_OF_SOMEBODY = frozenset({"name", "first_name", "last_name", "organization", "person_name", "sorted_name"})
_OF_ANOTHER = re.compile("assist|asst|manager|vorgesetzt|emergency|notfall")
_BOTH = re.compile(r"[/&+,]|\b(?:und|and|oder|or)\b", re.IGNORECASE)
_FEWEST_DIGITS = 6


def by_cells(column: Column, sheet: Sheet) -> Column:
    """Look at the cells of a column that is unknown or should hold names: do they rather hold something else?"""
    if column.is_mapped or column.field not in _NAMES_OF_SOMEBODY | {"", "date", "role"}:
        return column
    cells = list(islice((cell for cell in cells_of(column, sheet) if not is_nothing(cell)), _LOOKED_AT))
    if column.field == "role":
        return replace(column, field="leave_out") if _are_salutations(cells, column) else column
    if way := _way(cells, column):
        return replace(column, field=way, group="~")
    if not column.field and _share(cells, is_currency) > _MOST:
        return replace(column, field="currency", group="~")
    return column if column.field else replace(column, field="claim", is_unknown=True)


def is_of_another(header: str) -> bool:
    """Whether a header speaks of somebody whose phone and address are not the contact's own, such as an assistant."""
    return bool(_OF_ANOTHER.search(plain(header)))


def _way(cells: Sequence[str], column: Column) -> str:
    """Give the field of a way to reach the contact that cells hold; empty where they do not."""
    if is_of_another(column.header):
        return ""
    if _share(cells, is_email) > _MOST:
        return "email"
    is_of_phones = column.field in _NAMES_OF_SOMEBODY or _is_of_phones(column.header)
    return "phone" if is_of_phones and _share(cells, _is_whole_number) > _MOST else ""


def _are_salutations(cells: Sequence[str], column: Column) -> bool:
    """Whether a Title says how people are addressed: titles such as Professor alone may be their roles elsewhere."""
    if _share(cells, is_salutation) <= _MOST:
        return False
    return column.group == "~" or any(without_salutation(f"{cell} X") != f"{cell} X" for cell in cells)


def _is_of_phones(header: str) -> bool:
    """Whether a header speaks of phones, and not of faxes alone."""
    return not _PHONE_WORDS.isdisjoint(words(header)) and (not is_fax(header) or bool(_BOTH.search(header)))


def _share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, cells)) / len(cells) if cells else 0


def _is_whole_number(cell: str) -> bool:
    return is_phone(cell) and sum(map(str.isdigit, cell)) >= _FEWEST_DIGITS
