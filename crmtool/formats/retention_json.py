"""What is due for erasure as JSON, version 1, described by schemas/output.schema.json."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from crmtool.days import Duration
from crmtool.formats.as_json import VERSION
from crmtool.retention import Erasure

KEYS = ("contact", "name", "organization", "owner", "status", "ended", "due", "is_due", "days")


def retention(found: Sequence[Erasure], shown: Iterable[Erasure], day: date, kept: Duration | None) -> dict[str, Any]:
    """Give the values of `retention --format json`: totals over all that are ended, rows of those shown.

    `kept` is how long the rule book keeps their data; None where it does not say.
    """
    return {
        "version": VERSION,
        "today": day.isoformat(),
        "retention": None if kept is None else {"ended": str(kept)},
        "totals": totals(found),
        "contacts": rows(shown),
    }


def totals(found: Iterable[Erasure]) -> dict[str, int]:
    """Count the contacts that are due now, that fall due before long, and later."""
    counts = {"due": 0, "near": 0, "later": 0}
    for erasure in found:
        counts["due" if erasure.is_due else "near" if erasure.is_near else "later"] += 1
    return counts


def rows(found: Iterable[Erasure]) -> list[dict[str, Any]]:
    """Give one object for each contact, in the order given."""
    return [_row(erasure) for erasure in found]


def _row(erasure: Erasure) -> dict[str, Any]:
    assessment = erasure.assessment
    contact = assessment.contact
    return {
        "contact": contact.id,
        "name": contact.name,
        "organization": contact.text("organization") or None,
        "owner": contact.text("owner") or None,
        "status": assessment.status.id,
        "ended": assessment.why_here.since.isoformat(),
        "due": erasure.due.isoformat(),
        "is_due": erasure.is_due,
        "days": erasure.days,
    }
