"""One card → one record."""

from __future__ import annotations

from itertools import chain

from crmtool.details import details_of
from crmtool.importers.cards.claims import claims_of
from crmtool.importers.cards.details import (
    addresses_of,
    emails_of,
    name_of,
    notes_of,
    organization_of,
    phones_of,
    tags_of,
    text_of,
    urls_of,
)
from crmtool.importers.cards.labels import labelled, labels_of
from crmtool.importers.cards.lines import Properties
from crmtool.importers.cards.own import as_exported, mark, own_details
from crmtool.importers.cards.splitting import Card
from crmtool.importers.cards.text import tidy
from crmtool.importers.record import Claim, Record
from crmtool.records import dataclass
from crmtool.yaml_reader import Value

_KINDS = {
    "group": "a group of contacts",
    "location": "a place",
    "device": "a device",
    "application": "a program",
    "thing": "a thing",
}
_NO_NAME = "no name, no organization, no nickname, no e-mail address and no phone number"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    details: dict[str, Value]
    claims: tuple[Claim, ...] = ()
    doubts: tuple[str, ...] = ()


def record_of(card: Card, read: Properties) -> Record:
    """Make a record of a card and its properties; it is refused where there is nothing to call it by."""
    left_out, contact = _kind(read), mark(read, "ID")
    person = _person(read, is_own=bool(contact))
    return Record(
        line=card.line,
        id=text_of(read.named("UID")),
        details=person.details,
        claims=person.claims,
        notes=notes_of(read),
        contact=contact,
        version=mark(read, "VERSION") if contact else "",
        refused="" if "name" in person.details or left_out else _NO_NAME,
        left_out=left_out,
        doubts=(*card.doubts, *read.doubts, *person.doubts),
    )


def _kind(read: Properties) -> str:
    """Say what a card is of that is no contact; empty for those of people and organizations."""
    if text_of(read.named("X-EVOLUTION-LIST")).casefold() == "true":
        return _KINDS["group"]
    return _KINDS.get(text_of(read.named("KIND", "X-ADDRESSBOOKSERVER-KIND")).casefold(), "")


def _person(read: Properties, *, is_own: bool) -> _Person:
    if is_own and (exported := as_exported(read)):
        return _Person(details=exported, claims=tuple(claims_of(read, str(exported.get("name")), "")))
    organization, departments = organization_of(read)
    emails, no_emails, doubts = emails_of(read, all_are=is_own)
    phones, no_phones = phones_of(read, labels_of(read))
    address, other_addresses = _addresses(read)
    titles = list(dict.fromkeys(text_of([each]) for each in read.named("TITLE")))
    role = (titles or [text_of(read.named("ROLE"))])[0]
    fields: dict[str, Value] = {"organization": organization, "role": role, "address": address}
    lists = {"email": emails, "phone": phones, "url": urls_of(read), "tags": tags_of(read)}
    fields |= {key: list[Value](texts) for key, texts in lists.items()} | (own_details(read) if is_own else {})
    name = name_of(read, fields, is_own=is_own)
    titled = [Claim(label="Title", value=text) for text in titles[1:]]
    claims = chain(departments, titled, no_emails, no_phones, other_addresses, claims_of(read, name, role))
    return _Person(details=details_of(fields | {"name": name}), claims=tuple(claims), doubts=tuple(doubts))


def _addresses(read: Properties) -> tuple[str, list[Claim]]:
    found = addresses_of(read)
    claims = [Claim(label=labelled("Address", each), value=tidy(text)) for text, each in found[1:]]
    return found[0][0] if found else "", claims
