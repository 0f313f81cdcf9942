"""Lists by date."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "agenda.due": "{day}, {distance}",
    "agenda.since": "since {day}, {days}",
    "agenda.later": "and {n} later, on {day}|and {n} later, the first on {day}",
    "agenda.totals": "Totals",
}
