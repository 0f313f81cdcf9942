"""Beenden: was heute, und was demnächst."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "stop_page": "Beenden",
    "stop_page.title": "Wo Aufhören klüger wäre",
    "stop_page.lead": "Welche Kontakte heute zu beenden sind, warum und seit wann, und welche als Nächste "
    "fällig werden.",
    "stop_page.counted": "{n} Kontakt zu beenden|{n} Kontakte zu beenden",
    "stop_page.now": "Heute zu entscheiden",
    "stop_page.against": "Dagegen:",
    "stop_page.step": "{do}, vereinbart bis {day}; klärt {criterion}.",
    "stop_page.blocked": "Wartet bis {day}: {by}.",
    "stop_page.upcoming": "Demnächst fällig",
    "stop_page.upcoming.question": "In den nächsten {n}\u00a0Tagen, wenn sich bis dahin nichts ändert",
    "stop_page.upcoming.total": "demnächst fällig|demnächst fällig",
    "stop_page.upcoming.empty": "In den nächsten {n}\u00a0Tagen wird keine Stoppregel fällig.",
    "averting": "Abgewendet, sobald {ways}",
    "averting.or": " oder ",
    "averting.yes": "{criterion} gilt – {question}",
    "averting.no": "{criterion} verneint ist – {question}",
    "averting.any": "{criterion} neu beantwortet ist – {question}",
    "averting.told": "dies gilt: {text}",
    "averting.own": "Eigene Stoppregel: Gilt sie nicht mehr, unter stop_if streichen",
    "averting.decision": "Abgewendet nur durch eine Entscheidung",
}
