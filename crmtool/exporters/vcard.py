"""Contacts as vCards 3.0 and 4.0, which address books read, and crmtool reads again without a loss.

The cards are written here and not by vobject, which knows neither 4.0 nor the length of a line in octets.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from crmtool.contact import Contact
from crmtool.details import details_of, version_of
from crmtool.text import LINE_BREAK
from crmtool.yaml_reader import Value

Version: TypeAlias = Literal["3.0", "4.0"]

_NAMESPACE = uuid.UUID("855188e3-6eaf-55e7-839b-019014fb5f21")
"""Under which the ids of contacts become UIDs: that of the name contacts.crmtool.invalid. It must stay as it is, or
address books would take all contacts for new ones."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_OCTETS = 75


def render(contacts: Iterable[Contact], version: Version) -> str:
    """Write one card for each contact; its notes, criteria and decisions stay at home.

    Lines end with CR LF. The UID is the name-based UUID (version 5) of the contact's id, so it is the same in every
    export. X-CRMTOOL- properties hold the id, the digest of all details by which a later import tells what changed,
    and those details that no other program knows. Control characters cannot stand in a card: they are left out, and
    a line break is one, however it was written.
    """
    return "".join(f"{_folded(line)}\r\n" for contact in contacts for line in _card(contact, version))


def uid(contact: str) -> str:
    """Give the UID of the contact with an id."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, contact)}"


def _card(contact: Contact, version: Version) -> Iterator[str]:
    details = details_of(contact.fields)
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    yield f"UID:{uid(contact.id)}"
    yield f"FN:{_escaped(contact.name)}"
    yield f"N:{_structured(contact.name)}"
    yield from _lines("ORG", details.get("organization"))
    yield from _lines("TITLE", details.get("role"))
    # An address is one text here. As a street of several lines it comes back as it was, and is shown by all programs.
    yield from (f"ADR:;;{_escaped(text)};;;;" for text in _texts(details.get("address")))
    yield from _lines("TEL", details.get("phone"))
    yield from _lines("EMAIL", details.get("email"))
    yield from (f"URL:{_broken(text)}" for text in _texts(details.get("url")))
    tags = [_escaped(text) for text in _texts(details.get("tags"))]
    yield from ["CATEGORIES:" + ",".join(tags)] if tags else []
    yield from _marks(contact, details)
    yield "END:VCARD"


def _marks(contact: Contact, details: Mapping[str, Value]) -> Iterator[str]:
    yield f"X-CRMTOOL-ID:{_escaped(contact.id)}"
    yield f"X-CRMTOOL-VERSION:{version_of(contact.fields)}"
    yield from _lines("X-CRMTOOL-SOURCE", details.get("source"))
    yield from _lines("X-CRMTOOL-OWNER", details.get("owner"))
    if "value" in details:
        yield f"X-CRMTOOL-VALUE:{json.dumps(details['value'])}"


def _lines(name: str, value: Value) -> Iterator[str]:
    return (f"{name}:{_escaped(text)}" for text in _texts(value))


def _texts(value: Value) -> Iterator[str]:
    """Give the texts of a detail; what is no text, against the schema, is none that another program could use."""
    return (text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))


def _structured(name: str) -> str:
    # Cards 3.0 must have it, and address books sort by it. That the last word is the family name is a guess; the name
    # as people write it is FN, and crmtool reads nothing else.
    given, _, family = " ".join(name.split()).rpartition(" ")
    return f"{_escaped(family)};{_escaped(given)};;;"


def _escaped(text: str) -> str:
    return _broken(text).replace(",", "\\,").replace(";", "\\;")


def _broken(text: str) -> str:
    """Escape line breaks and backslashes alone: in an address of the web, commas and semicolons stand as they are."""
    return _CONTROL.sub("", "\\n".join(LINE_BREAK.split(text.replace("\\", "\\\\"))))


def _folded(line: str) -> str:
    """Fold a line so that none is longer than 75 octets, the break not counted, and no character is cut."""
    if len(line) * 4 <= _OCTETS or len(line.encode()) <= _OCTETS:
        return line
    lines, begin, length = [], 0, 0
    for at, character in enumerate(line):
        octets = len(character.encode())
        if length + octets > _OCTETS:
            lines.append(line[begin:at])
            begin, length = at, 1  # for the blank that begins the next line
        length += octets
    return "\r\n ".join((*lines, line[begin:]))
