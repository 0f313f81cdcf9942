"""Rahmen: was auf jeder Seite steht."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "as_of": "Stand {day}",
    "skip": "Zum Inhalt",
    "nav": "Berichte",
    "search": "Kontakt suchen",
    "search.found": "Gefundene Kontakte",
    "search.none": "Kein Kontakt passt.",
    "search.more": "alle {n} in der Liste",
    "rules_of": "Regelwerk: {name}",
    "switch_theme": "Hell oder dunkel",
    "data": "Daten: {commit} vom {day}",
    "data_unknown": "Daten ohne Git-Stand",
    "not_found": "Diese Seite gibt es nicht",
    "not_found_text": "Vielleicht wurde ein Kontakt umbenannt. Im Fokus steht, was heute zu entscheiden ist.",
    "quote": "„{text}“",
    "list_and": " und ",
}
