"""Listen nach Datum."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "agenda.due": "{day}, {distance}",
    "agenda.since": "seit {day}, {days}",
    "agenda.later": "und {n} später, am {day}|und {n} später, zuerst am {day}",
    "agenda.totals": "Summen",
}
