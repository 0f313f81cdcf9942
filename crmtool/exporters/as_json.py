"""All that is known of contacts as JSON, version 1, described by schemas/output.schema.json."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from crmtool.assessment import Assessment
from crmtool.rulebook import RuleBook
from crmtool.text import visible

VERSION = 1
Why = Callable[[Assessment], Mapping[str, Any]]
"""Gives the values of `why --format json`; it stands above this layer and is handed in."""


def render(
    assessments: Iterable[Assessment],
    rulebook: RuleBook,
    day: date,
    *,
    notes: Mapping[str, str],
    why: Why,
    rev: str | None = None,
) -> bytes:
    """Write contacts as one JSON object, a line each, in the order given, in UTF-8.

    `notes` are the contacts' bodies by id; `rev` is the commit whose files they are of, None for those on the disk.
    """
    lines = (line(assessment, notes.get(assessment.contact.id, ""), why) for assessment in assessments)
    return document(lines, rulebook, day, rev=rev)


def document(lines: Iterable[bytes], rulebook: RuleBook, day: date, *, rev: str | None = None) -> bytes:
    """Put contacts, each written by `line`, together to the whole."""
    about = {"version": VERSION} | ({"rev": rev} if rev else {})
    head = _dumps({**about, "today": day.isoformat(), "rulebook": rulebook.name, "currency": rulebook.currency})
    body = b",\n".join(lines)
    return b"".join((head[:-1], b', "contacts": [', b"\n" + body + b"\n" if body else b"", b"]}\n"))


def line(assessment: Assessment, notes: str | None, why: Why) -> bytes:
    """Write one contact, without a line break; without `notes` these are left out."""
    return _dumps(values(assessment, notes, why))


def values(assessment: Assessment, notes: str | None, why: Why) -> dict[str, Any]:
    """Give the values of one contact: all that its file says, and what follows from it; notes if they are given."""
    contact, told = assessment.contact, why(assessment)
    return {
        "id": contact.id,
        "path": contact.path,
        "fields": contact.fields,
        **({} if notes is None else {"notes": notes}),
        "status_label": assessment.status.label,
        "verdict": told["verdict"],
        "overdue": told["overdue"],
        "since": told["why_here"]["since"],
        "clarity": told["clarity"],
        "distance": told["distance"],
        "prequalified": told["prequalified"],
        "why": told,
    }


def _dumps(value: Mapping[str, Any]) -> bytes:
    # The escapes of what a terminal would obey, and of what is no UTF-8, are JSON's own; both stand in texts alone.
    return visible(json.dumps(value, ensure_ascii=False)).encode()
