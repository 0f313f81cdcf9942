"""Blockiert: was wartet, und was stillsteht."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "blocked_page": "Wartendes",
    "blocked_page.title": "Was wartet und was stillsteht",
    "blocked_page.lead": "Welche Kontakte warten, worauf und bis wann, und wo sich nichts klärt, obwohl nichts im "
    "Weg steht.",
    "blocked_page.counted": "{n} Kontakt wartet|{n} Kontakte warten",
    "blocked_page.blocked": "Blockiert",
    "blocked_page.blocked.question": "Worauf, und bis wann?",
    "blocked_page.blocked.total": "blockiert|blockiert",
    "blocked_page.blocked.empty": "Kein Kontakt ist blockiert: Alle aktiven lassen sich weiter klären.",
    "blocked_page.held": "Zurückgestellt",
    "blocked_page.held.question": "Warum, und bis wann?",
    "blocked_page.held.total": "zurückgestellt|zurückgestellt",
    "blocked_page.held.empty": "Kein Kontakt ist auf einen späteren Tag zurückgestellt.",
    "blocked_page.over": "Wartet nicht mehr",
    "blocked_page.over.question": "Das Datum ist vorbei: Ist eingetreten, worauf wir gewartet haben?",
    "blocked_page.over.total": "wartet nicht mehr|warten nicht mehr",
    "blocked_page.over.empty": "Keine Wartezeit ist abgelaufen.",
    "blocked_page.still": "Steht still",
    "blocked_page.still.question": "Nichts ist im Weg, und trotzdem klärt sich nichts.",
    "blocked_page.still.total": "steht still|stehen still",
    "blocked_page.still.empty": "Nichts steht still: Überall wurde in dieser Zeit etwas geklärt oder entschieden.",
    "blocked_page.definition": "Still steht ein aktiver, nicht blockierter Kontakt, bei dem seit {n}\u00a0Tagen oder "
    "länger kein Kriterium beantwortet und nichts entschieden wurde. Tätigkeiten zählen nicht.",
    "blocked_page.since": "blockiert {since}",
    "blocked_page.last_clarified": "Zuletzt geklärt am {day}: {criteria}",
    "blocked_page.answer": "{criterion} ({state})",
    "blocked_page.nothing_clarified": "Noch nichts geklärt",
}
