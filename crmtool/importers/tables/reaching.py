"""The ways to reach somebody that a row names: each goes where it belongs, whichever column it stands in."""

from __future__ import annotations

from crmtool.importers.tables.cells import ways
from crmtool.importers.tables.columns import ByField
from crmtool.importers.tables.draft import Draft

_KINDS = ("email", "phone", "url")
_NO_SUCH = {"email": "is no e-mail address", "phone": "is no phone number", "url": "is no web address"}


def take_ways(draft: Draft, by_field: ByField) -> None:
    """Use all e-mail addresses, phone numbers and web addresses, each once; what is none of them is claimed."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    for expected in _KINDS:
        for column, text in draft.said(by_field.get(expected, ())):
            told = ways(text, expected)
            for kind, values in (("email", told.emails), ("phone", told.phones), ("url", told.urls)):
                for value in values:
                    found[kind].setdefault(_sameness(kind, value), value)
            if told.rest:
                draft.claim(column, told.rest)
            if told.rest and not (told.emails or told.phones or told.urls):
                draft.doubt(column, f"{told.rest!r} {_NO_SUCH[expected]}")
    for kind, texts in found.items():
        draft.take(kind, list(texts.values()))


def _sameness(kind: str, value: str) -> str:
    return "".join(filter(str.isdigit, value)) if kind == "phone" else value.casefold()
