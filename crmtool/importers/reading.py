"""What kind of file it is, and its records."""

from __future__ import annotations

import re
from dataclasses import replace

from crmtool.importers.cards.reading import read_cards
from crmtool.importers.record import Reading, Record
from crmtool.importers.tables.mapping import Mapping
from crmtool.importers.tables.reading import read_table

_CARD = re.compile(rb"\s*BEGIN\s*:\s*VCARD", re.IGNORECASE)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CARD_SUFFIXES = (".vcf", ".vcard")


def read_records(
    name: str, data: bytes, *, currency: str, mapping: Mapping | None = None, date_format: str | None = None
) -> Reading:
    """Read a file of another program, called `name`; `currency` is that of a contact's value.

    Nothing is raised for what the file says, but CrmtoolError where a package is missing that reads it.
    """
    if is_cards(name, data):
        reading = read_cards(data)
    else:
        reading = read_table(data, currency=currency, mapping=mapping, date_format=date_format)
    if reading.problem and not reading.records:
        # What is refused as a whole is one refused record, so that it counts.
        return replace(reading, records=(Record(line=1, refused=reading.problem),))
    return reading


def is_cards(name: str, data: bytes) -> bool:
    """Whether a file is one of vCards, by its name or its first line."""
    if name.casefold().endswith(_CARD_SUFFIXES):
        return True
    start = data[:400]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return bool(_CARD.match(start.replace(b"\0", b"")))
