"""vCards 2.1, 3.0 and 4.0, and those that do not say, as every address book writes them → records."""

from __future__ import annotations

from collections import Counter

from crmtool.importers.cards.claims import left_out_of
from crmtool.importers.cards.lines import line_reader, properties_of
from crmtool.importers.cards.properties import LEFT_OUT, is_technical
from crmtool.importers.cards.record import record_of
from crmtool.importers.cards.splitting import split_cards
from crmtool.importers.decoding import decoded
from crmtool.importers.record import Reading, Record

ORIGIN = "vcard"
LABEL = "vCard"


def read_cards(data: bytes) -> Reading:
    """Read a file of cards: one record for each, whatever state it is in.

    Raises CrmtoolError where vobject is not installed, and nothing for what the file says. What is personal and decides
    nothing (photos, birthdays, family) is not read; the notices count it.
    """
    text = decoded(data)
    found = split_cards(text.text)
    if not found.cards:
        return Reading(
            origin=ORIGIN,
            label=LABEL,
            notices=text.notices,
            problem="there is no vCard in this file",
            advice="a vCard begins with the line BEGIN:VCARD; look whether it is the right file, and export it again",
        )
    read, left_out, records = line_reader(), Counter[str](), list[Record]()

    def is_passed_over(name: str, value: str) -> bool:
        left_out.update([name] if name in LEFT_OUT and value.strip() else ())
        return name in LEFT_OUT or is_technical(name)

    for card in found.cards:
        properties = properties_of(card, read, is_passed_over)
        left_out.update(left_out_of(properties))
        records.append(record_of(card, properties))
    notices = (*text.notices, *found.notices, *_told(left_out))
    return Reading(origin=ORIGIN, label=LABEL, records=tuple(records), notices=notices)


def _told(left_out: Counter[str]) -> tuple[str, ...]:
    names = sorted(left_out, key=lambda name: (-left_out[name], name))
    return ("left out: " + ", ".join(f"{name} ({left_out[name]})" for name in names),) if names else ()
