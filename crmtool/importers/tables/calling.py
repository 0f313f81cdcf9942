"""What a record is called, and which organization it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.importers.salutation import is_salutation, without_salutation
from crmtool.importers.tables.cells import is_nobody, quoted, split_values, ways
from crmtool.importers.tables.column import ByField, Column
from crmtool.importers.tables.draft import Draft, first_said
from crmtool.importers.tables.naming import is_like_a_name, is_of_somebody, named, turned, whole_name
from crmtool.importers.tables.program import GOOGLE, HUBSPOT_DEALS
from crmtool.text import one_line

_SEVERAL_COMPANIES = (GOOGLE, HUBSPOT_DEALS)
"""Programs that write several organizations into one cell."""
_PARTS = ("first_name", "middle_name", "last_name")


def take_organization(draft: Draft, by_field: ByField, origin: str) -> None:
    """Use the first organization that is one; others are claimed."""
    used = ""
    for column, text in draft.said(by_field.get("organization", ())):
        for entry in split_values(text) if origin in _SEVERAL_COMPANIES else (text,):
            name = one_line(named(entry)[0] if origin == HUBSPOT_DEALS else entry)
            if not used and not is_nobody(name):
                used = name
            elif name.casefold() != used.casefold() and not is_nobody(name):
                draft.claim(column, name)
    draft.take("organization", used)


def take_name(draft: Draft, by_field: ByField) -> None:
    """Use the surest name; without one, the organization's, the e-mail address or the phone number.

    Other names are claimed.
    """
    names = [(column, name) for column, text in draft.said(by_field.get("name", ())) if (name := _alone(draft, text))]
    deals = tuple(_claimed(draft, by_field.get("deal_name", ())))
    candidates = map(without_salutation, (*_candidates(draft, by_field, names), *deals))
    name = next((name for name in candidates if not is_nobody(name)), "")
    if not name:
        _doubt_name(draft, by_field)
    others = [text for key in ("organization", "email", "phone") for text in draft.texts(key)]
    draft.take("name", next(iter(filter(None, (name, *others))), ""))
    known = {text.casefold() for text in (name, *others)}
    for column, text in names:
        if without_salutation(one_line(text)).casefold() not in known:
            draft.claim(column, text)
    used = [word.strip(",") for word in " ".join(known).split()]
    for column, text in (each for key in (*_PARTS, "sorted_name") for each in draft.said(by_field.get(key, ()))):
        words = [word.strip(",") for word in text.casefold().split()]
        if not (is_nobody(text) or is_salutation(text) or all(word in used for word in words)):
            draft.claim(column, text)


def _doubt_name(draft: Draft, by_field: ByField) -> None:
    """Say by what a record without a name is called; by its organization is no wonder, unless a name is overlooked."""
    if not draft.texts("organization"):
        called = "e-mail address" if draft.texts("email") else "phone number" if draft.texts("phone") else ""
        draft.doubts += [f"no name: it is called by its {called}"] if called else []
        return
    for column, text in draft.said(by_field.get("claim", ())):
        if column.is_unknown and is_of_somebody(column.header) and is_like_a_name(text):
            draft.doubts.append(f"no name: it is called by its organization; {quoted(column.name)} may hold its name")
            return


def _alone(draft: Draft, text: str) -> str:
    """Give a name without the e-mail address beside it, which is used; empty where there is no name."""
    told = ways(text, "email") if "@" in text else None
    if told is None or not told.emails:
        return "" if is_nobody(text) else text
    have = draft.texts("email")
    new = [email for email in told.emails if email.casefold() not in map(str.casefold, have)]
    draft.take("email", [*have, *new])
    return told.rest


def _candidates(draft: Draft, by_field: ByField, names: list[tuple[Column, str]]) -> Iterator[str]:
    yield _person(draft, by_field)
    yield from (one_line(text) for column, text in names if not column.group)
    yield one_line(whole_name(*(first_said(draft, by_field.get(part, ())) for part in _PARTS)))
    yield from (one_line(text) for column, text in names if column.group)
    yield turned(one_line(first_said(draft, by_field.get("sorted_name", ()))))


def _person(draft: Draft, by_field: ByField) -> str:
    """Give the name of a deal's first person, and use the e-mail address behind it; others are claimed."""
    used = ""
    for column, text in draft.said(by_field.get("person_name", ())):
        for entry in split_values(text):
            name, behind = named(entry)
            if used and name.casefold() != used.casefold():
                draft.claim(column, entry)
            if not used and "@" in behind and not draft.texts("email"):
                draft.take("email", [behind])
            used = used or one_line(name)
    return used


def _claimed(draft: Draft, columns: tuple[Column, ...]) -> Iterator[str]:
    for column, text in draft.said(columns):
        draft.claim(column, text)
        yield one_line(text)
