"""What came closer as JSON, version 1, described by schemas/output.schema.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from crmtool.formats.as_json import VERSION
from crmtool.formats.assessment_json import rounded
from crmtool.progress.change import Direction
from crmtool.progress.since import Moved

KEYS = (
    "contact",
    "name",
    "organization",
    "owner",
    "direction",
    "entered",
    "status_before",
    "status",
    "distance_before",
    "distance",
    "clarity_before",
    "clarity",
    "clarified",
    "decided",
)


def progress(moved: Sequence[Moved], shown: Iterable[Moved], day: date, since: date) -> dict[str, Any]:
    """Give the values of `progress --format json`: totals over all that moved or did not, rows of those shown."""
    return {
        "version": VERSION,
        "today": day.isoformat(),
        "since": since.isoformat(),
        "totals": totals(moved),
        "contacts": rows(shown),
    }


def totals(moved: Sequence[Moved]) -> dict[str, int]:
    """Count contacts by direction, the decisions taken on them (entries are none) and the criteria clarified."""
    counted = Counter(found.direction for found in moved)
    by_direction = {direction.value: counted[direction] for direction in Direction}
    decided = sum(len(found.decided) for found in moved)
    return {**by_direction, "decisions": decided, "clarified": sum(len(found.clarified) for found in moved)}


def rows(moved: Iterable[Moved]) -> list[dict[str, Any]]:
    """Give one object for each contact, in the order given."""
    return [_row(found) for found in moved]


def _row(moved: Moved) -> dict[str, Any]:
    now, before, contact = moved.now, moved.before, moved.now.contact
    return {
        "contact": contact.id,
        "name": contact.name,
        "organization": contact.text("organization") or None,
        "owner": contact.text("owner") or None,
        "direction": moved.direction.value,
        "entered": moved.entered.isoformat() if moved.entered else None,
        "status_before": before.status.id if before else None,
        "status": now.status.id,
        "distance_before": before.distance if before else None,
        "distance": now.distance,
        "clarity_before": rounded(before.clarity) if before else None,
        "clarity": rounded(now.clarity),
        "clarified": list(moved.clarified),
        "decided": [decision.to for decision in moved.decided],
    }
