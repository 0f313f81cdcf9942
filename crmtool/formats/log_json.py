"""The log of decisions as JSON, version 1, described by schemas/output.schema.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from crmtool.formats.as_json import VERSION
from crmtool.progress.log import Logged
from crmtool.progress.outcome import Outcome

ENTRY = "entry"
"""What stands in the place of an outcome where a contact only entered."""

KEYS = (
    "date",
    "contact",
    "name",
    "organization",
    "owner",
    "outcome",
    "from",
    "to",
    "because",
    "reason",
    "by",
    "confirmed_by",
    "chance",
)


def log(found: Sequence[Logged], day: date, since: date | None, until: date) -> dict[str, Any]:
    """Give the values of `log --format json`: what was taken between two days, both included, the latest first."""
    return {
        "version": VERSION,
        "today": day.isoformat(),
        "since": since.isoformat() if since else None,
        "until": until.isoformat(),
        "totals": totals(found),
        "log": rows(found),
    }


def totals(found: Iterable[Logged]) -> dict[str, int]:
    """Count decisions, these by outcome, and entries, which are none."""
    counted = Counter(logged.outcome for logged in found)
    entries = counted.pop(None, 0)
    by_outcome = {outcome.value: counted[outcome] for outcome in Outcome}
    return {"decisions": counted.total(), **by_outcome, "entries": entries}


def rows(found: Iterable[Logged]) -> list[dict[str, Any]]:
    """Give one object for each decision, in the order given."""
    return [_row(logged) for logged in found]


def _row(logged: Logged) -> dict[str, Any]:
    contact, decision = logged.contact, logged.decision
    return {
        "date": logged.day.isoformat(),
        "contact": contact.id,
        "name": contact.name,
        "organization": contact.text("organization") or None,
        "owner": contact.text("owner") or None,
        "outcome": logged.outcome.value if logged.outcome else ENTRY,
        "from": logged.source,
        "to": decision.to,
        "because": decision.because,
        "reason": decision.reason,
        "by": decision.by,
        "confirmed_by": decision.confirmed_by,
        "chance": decision.chance,
    }
