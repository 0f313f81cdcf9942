"""Der eine Grund, aus dem ein Kontakt steht, wo er steht."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "reason.ready": "Bereit für {status}",
    "reason.revisit": "Wiedervorlage: wieder aufnehmen, weiter vertagen oder beenden?",
    "reason.overdue": "{question} – es fehlt: {missing}",
    "reason.overdue_plain": "Die Entscheidung ist überfällig",
    "reason.missing": "Fehlt: {label} – {question}",
    "reason.missing_condition": "Fehlt: {text}",
    "reason.nothing_leads_on": "Von hier führt kein Weg weiter nach vorn",
    "reason.parked": "Vertagt: {because}",
    "reason.blocked": "Wartet: {by}",
    "reason.more": "und {n} weiterer Grund|und {n} weitere Gründe",
    "when.overdue": "überfällig {days}",
    "when.decide_by": "zu entscheiden bis {day}",
    "when.no_deadline": "ohne Frist",
    "when.since": "{days}",
    "when.no_step": "kein nächster Schritt",
    "when.step": "Schritt bis {day}",
    "when.step_late": "Schritt fällig seit {day}",
    "when.step_pointless": "Schritt klärt nichts Fehlendes",
    "when.until": "bis {day}",
    "when.open_end": "ohne Datum",
    "when.revisit": "fällig seit {day}",
    "when.revisit_today": "heute fällig",
}
