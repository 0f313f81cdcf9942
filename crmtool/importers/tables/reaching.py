"""The ways to reach somebody that a row names: each goes where it belongs, whichever column it stands in."""

from __future__ import annotations

from crmtool.importers.tables.cells import Ways, quoted, sameness, ways
from crmtool.importers.tables.column import ByField, Column
from crmtool.importers.tables.draft import Draft
from crmtool.importers.unspoken import is_fax

_KINDS = ("email", "phone", "url")
_NO_SUCH = {"email": "is no e-mail address", "phone": "is no phone number", "url": "is no web address"}


def take_ways(draft: Draft, by_field: ByField) -> None:
    """Use all e-mail addresses, phone numbers and web addresses, each once.

    What is none of them is claimed, and so are faxes: nobody is spoken to by them.
    """
    found: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    for expected in _KINDS:
        for column, text in draft.said(by_field.get(expected, ())):
            label = draft.label_of(column)
            if is_fax(label):
                draft.claim(column, text, label)
                continue
            told = ways(text, expected)
            for kind, values in (("email", told.emails), ("phone", told.phones), ("url", told.urls)):
                for value in values:
                    found[kind].setdefault(sameness(value), value)
            _claim_others(draft, column, told, expected)
    for kind, texts in found.items():
        draft.take(kind, list(texts.values()))


def _claim_others(draft: Draft, column: Column, told: Ways, expected: str) -> None:
    for label, number in told.faxes:
        draft.claim(column, number, label)
    if told.rest:
        draft.claim(column, told.rest)
    if told.rest and not (told.emails or told.phones or told.urls):
        draft.doubt(column, f"{quoted(told.rest)} {_NO_SUCH[expected]}")
