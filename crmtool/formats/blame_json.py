"""Where a contact's entries came from as JSON, version 1, described by schemas/output.schema.json."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crmtool.contact import Contact, Decision
from crmtool.formats.as_json import VERSION
from crmtool.origins import Change, Origin

_SAID = ("kind", "criterion", "date", "met", "evidence", "from", "to", "because", "reason")
KEYS = (*_SAID, "corrected", "commit", "author", "day", "subject", "or_earlier", "corrected_by")
"""The columns of CSV, where `corrected_by` is a commit's id."""


def blame(contact: Contact, found: Iterable[Origin], rev: str | None) -> dict[str, Any]:
    """Give the values of `blame --format json`; `rev` is the commit whose file was read, None for the disk."""
    return {"version": VERSION, "contact": contact.id, "rev": rev, "entries": [_entry(origin) for origin in found]}


def rows(found: Iterable[Origin]) -> list[dict[str, Any]]:
    """Give one flat object for each entry, in the order given."""
    return [{**_entry(origin), "corrected_by": _id(origin.corrected_by)} for origin in found]


def _entry(origin: Origin) -> dict[str, Any]:
    corrected = origin.entry.corrected
    return {
        **_said(origin),
        "corrected": corrected.isoformat() if corrected else None,
        **_change(origin.change),
        "or_earlier": origin.or_earlier,
        "corrected_by": _change(origin.corrected_by) if origin.corrected_by else None,
    }


def _said(origin: Origin) -> dict[str, Any]:
    entry, nothing = origin.entry, dict.fromkeys(_SAID)
    common = {**nothing, "date": entry.day.isoformat()}
    if isinstance(entry, Decision):
        way = {"from": origin.source, "to": entry.to}
        return {**common, "kind": "decision", **way, "because": entry.because, "reason": entry.reason}
    said = {"met": entry.met, "evidence": entry.evidence}
    return {**common, "kind": "answer", "criterion": entry.criterion, **said}


def _change(change: Change) -> dict[str, Any]:
    day = change.day.isoformat() if change.day else None
    return {"commit": change.id, "author": change.author, "day": day, "subject": change.subject}


def _id(change: Change | None) -> str | None:
    return change.id if change else None
