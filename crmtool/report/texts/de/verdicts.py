"""Urteile: Wort, Summe, Frage, und was ihr Fehlen bedeutet."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "verdict.stop": "Beenden",
    "verdict.decide": "Entscheiden",
    "verdict.plan": "Planen",
    "verdict.clarify": "Klären",
    "verdict.wait": "Warten",
    "verdict.done": "Abgeschlossen",
    "total.stop": "zu beenden",
    "total.decide": "zu entscheiden",
    "total.plan": "zu planen",
    "total.clarify": "zu klären",
    "total.wait": "warten",
    "question.stop": "Aufhören, oder mit gutem Grund weitermachen?",
    "question.decide": "Wie lautet die Entscheidung?",
    "question.plan": "Was klären wir als Nächstes, und bis wann?",
    "question.clarify": "Was hat der vereinbarte Schritt geklärt?",
    "question.wait": "Ist eingetreten, worauf wir warten?",
    "empty.stop": "Heute ist nichts zu beenden: Keine Stoppregel greift.",
    "empty.decide": "Heute steht keine Entscheidung an: Nirgends ist alles geklärt, keine Frist ist um.",
}
