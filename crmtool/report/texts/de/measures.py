"""Zeiten, Mengen, Dauern."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "days": "{n} Tag|{n} Tage",
    "days_short": "{n} T.|{n} T.",
    "for_days": "seit {n} Tag|seit {n} Tagen",
    "in_days": "in {n} Tag|in {n} Tagen",
    "today": "heute",
    "since_today": "seit heute",
    "contacts": "{n} Kontakt|{n} Kontakte",
    "duration.d": "{n} Tag|{n} Tage",
    "duration.w": "{n} Woche|{n} Wochen",
    "duration.m": "{n} Monat|{n} Monate",
    "duration.y": "{n} Jahr|{n} Jahre",
}
