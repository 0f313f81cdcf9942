"""Fortschritt: was sich bewegt hat, mit der Definition jeder Zahl."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "progress": "Fortschritt",
    "progress.title": "Ob sich etwas bewegt",
    "progress.lead": "Was einer Entscheidung näher gekommen ist, was entschieden wurde, wie lange das dauert und wie "
    "gut wir urteilen.",
    "progress.none": "Noch kein Kontakt, also noch keine Bewegung.",
    "progress.period": "{days}\u00a0Tage, vom {start} bis {end}",
    "progress.few": "zu wenige",
    "progress.unknown": "unbekannt",
    "progress.cases": "{part} von {whole}",
    "progress.spread": "Median {median}; 85\u00a0% bis {p85}",
    "progress.help": "„Zu wenige“ heißt: weniger als 5\u00a0Fälle; sie sagen etwas über jeden Fall, nichts über das "
    "Ganze.",
    "progress.moves": "Näher und weiter weg",
    "progress.moves.is": "Wohin jeder offene Kontakt in der Zeit ging: nach Entscheidung, sonst nach Zahl der "
    "fehlenden Bedingungen, sonst nach Klarheit. Wer im Zeitraum beendet wurde, steht für sich; wer schon vorher "
    "entschieden war, zählt nicht. Wer im Zeitraum kam, wird mit seinem Eintritt verglichen.",
    "progress.span": "in",
    "progress.closer": "näher",
    "progress.further": "weiter weg",
    "progress.unchanged": "unverändert",
    "progress.ended": "beendet",
    "progress.cases_head": "Kontakte",
    "progress.courses": "Kontakt für Kontakt",
    "progress.courses.is": "Fehlende Bedingungen und Klarheit heute, mit ihrer Änderung in 7, 30 und 90 Tagen; "
    "Klarheit ändert sich in Prozentpunkten. Leer, wo es den Kontakt noch nicht gab oder kein Weg nach vorn führt. "
    "Ein anderer Status fragt nach anderen Bedingungen: Wer näher gekommen ist, dem kann mehr fehlen als zuvor.",
    "progress.weekly": "Woche für Woche",
    "progress.flow_head": "Von Status zu Status",
    "progress.figures": "Entscheiden und beenden",
    "progress.figure": "Zahl",
    "progress.value": "Wert",
    "progress.n": "Fälle",
    "progress.definition": "Definition",
    "progress.decided": "Entschieden",
    "progress.decided.is": "Von den Kontakten, die in den letzten {days}\u00a0Tagen irgendwann offen waren (aktiv "
    "oder zurückgestellt), der Anteil, der heute gewonnen oder beendet ist.",
    "progress.stopped": "Nein",
    "progress.stopped.is": "Von den Entscheidungen der letzten {days}\u00a0Tage für Gewonnen oder Beendet der Anteil "
    "für Beendet. Ein Nein ist ein Ergebnis, kein Mangel.",
    "progress.early_stops": "Frühes Nein",
    "progress.early_stops.is": "Von den Beendigungen der letzten {days}\u00a0Tage der Anteil aus eigenem Urteil: "
    "bevor ein Stoppgrund fällig und die Frist des Status um war.",
    "progress.no_decision": "Ohne Entscheidung",
    "progress.no_decision.is": "Von den Beendigungen der letzten {days}\u00a0Tage der Anteil, bei dem der Kontakt "
    "nicht entschieden hat (Grund no_decision).",
    "progress.our_no": "Eigenes Nein",
    "progress.our_no.is": "Von den Beendigungen der letzten {days}\u00a0Tage der Anteil, bei dem wir abgesagt haben "
    "(Grund our_no).",
    "progress.no_reason": "Das Regelwerk kennt bei keinem beendeten Status den Grund {reason}.",
    "progress.reopened": "Wieder geöffnet",
    "progress.reopened.is": "Von den Kontakten, die in den letzten {days}\u00a0Tagen gewonnen oder beendet wurden, "
    "der Anteil, der diesen Status wieder verlassen hat. Viele sprechen für voreilige Entscheidungen.",
    "progress.hold": "Zurückgestellt mit Datum",
    "progress.hold.is": "Von den Kontakten, die heute zurückgestellt sind, der Anteil, dessen Wiedervorlage heute "
    "oder später ist. Der Rest ist darüber hinaus oder hat kein Datum.",
    "progress.latency": "Bis zur Entscheidung",
    "progress.latency.is": "Für die Entscheidungen der letzten {days}\u00a0Tage: Tage vom ersten Tag, an dem ein Weg "
    "nach vorn frei oder ein Stoppgrund fällig war, bis zur Entscheidung. Entscheidungen, vor denen nichts davon "
    "anstand, zählen nicht.",
    "progress.waiting": "Wartet auf Entscheidung",
    "progress.waiting.is": "Für die Kontakte, die heute zu entscheiden oder zu beenden sind: Tage seit dem ersten "
    "Tag, an dem das so war. Wo nur eine Frist drängt, läuft keine Zeit.",
    "progress.times_head": "Wie lange es dauert",
    "progress.times.is": "Tage je Kontakt, laufende Aufenthalte bis heute: beim letzten Mal, und alle Male zusammen. "
    "Der 85-%-Wert ist der kleinste, den mindestens 85\u00a0% nicht überschreiten.",
    "progress.here": "jetzt hier",
    "progress.ever": "je hier",
    "progress.latest": "zuletzt, Median",
    "progress.latest85": "zuletzt, 85\u00a0%",
    "progress.summed": "zusammen, Median",
    "progress.summed85": "zusammen, 85\u00a0%",
    "progress.wins": "Gewonnen von hier aus",
    "progress.wins.is": "Von allen Kontakten, die je in diesem Status waren und heute gewonnen oder beendet sind, der "
    "Anteil der gewonnenen. Dahinter, wo der wahre Anteil mit 95\u00a0% Sicherheit liegt (Wilson-Intervall).",
    "progress.won": "gewonnen",
    "progress.between": "95-%-Bereich",
    "progress.interval": "{low} bis {high}",
    "progress.judgement": "Wie gut wir Chancen schätzen",
    "progress.judgement.is": "Jede mit einer Entscheidung genannte Chance gegen das, was daraus wurde.",
    "progress.brier.few": "Brier-Wert: zu wenige (n\u00a0=\u00a0{n}).",
    "progress.brier.better": "Brier-Wert {score} (n\u00a0=\u00a0{n}); wer immer nur den Anteil der Zusagen nennt, "
    "erreicht {base}. Kleiner ist besser: Unsere Schätzungen sagen mehr als der Durchschnitt.",
    "progress.brier.worse": "Brier-Wert {score} (n\u00a0=\u00a0{n}); wer immer nur den Anteil der Zusagen nennt, "
    "erreicht {base}. Kleiner ist besser: Unsere Schätzungen sagen nicht mehr als der Durchschnitt.",
}
