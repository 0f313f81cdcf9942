"""Fokus und Wochenblick."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "focus": "Fokus",
    "focus.title": "Was heute zu entscheiden ist",
    "focus.lead": "Welche Kontakte heute eine Entscheidung brauchen und warum, in der Reihenfolge der Dringlichkeit.",
    "focus.none": "Kein Kontakt ist offen: Alles ist entschieden.",
    "focus.totals": "Summen",
    "week.title": "Seit letzter Woche",
    "week.since": "{start} bis {end}",
    "week.closer": "näher",
    "week.further": "weiter weg",
    "week.decided": "abgeschlossen",
    "week.yes_no": "{yes} Zusage, {no} Nein|{yes} Zusagen, {no} Nein",
    "week.clarified": "Kriterium geklärt|Kriterien geklärt",
    "week.none": "Seit letzter Woche ist nichts näher gekommen, nichts abgeschlossen und nichts geklärt.",
    "week.help": "Näher oder weiter weg: nach Entscheidung, sonst nach Zahl der fehlenden Bedingungen, sonst nach "
    "Klarheit. Tätigkeiten zählen nicht.",
}
