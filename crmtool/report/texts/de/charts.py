"""Diagramme."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "chart.figures": "Zahlen",
    "chart.too_few": "zu wenige (n = {n})",
    "chart.too_few_short": "zu wenige",
    "chart.span": "{low} bis {high}",
    "chart.flow": "Wege zwischen den Status",
    "chart.flow.summary": "Bänder von links nach rechts: {n} Wechsel, davon {back} zurück. "
    "Die Zahlen stehen in der Tabelle.",
    "chart.flow.caption": "Jedes Band ist so breit, wie oft dieser Wechsel entschieden wurde.",
    "chart.flow.empty": "In dieser Zeit wechselte kein Kontakt den Status.",
    "chart.flow.outside": "von außen",
    "chart.flow.from": "von",
    "chart.flow.to": "nach",
    "chart.flow.on": "weiter",
    "chart.flow.back": "zurück",
    "chart.flow.direction": "Richtung",
    "chart.flow.count": "Wechsel",
    "chart.weeks": "Entschieden und geklärt",
    "chart.weeks.summary": "Balken je Woche: {decided} Entscheidungen, {clarified} geklärte Kriterien. "
    "Die Zahlen stehen in der Tabelle.",
    "chart.weeks.caption": "Wie oft in jeder Woche entschieden und geklärt wurde. Die letzte Woche läuft noch.",
    "chart.weeks.decided": "Entscheidungen",
    "chart.weeks.clarified": "Geklärte Kriterien",
    "chart.weeks.won": "gewonnen",
    "chart.weeks.ended": "beendet",
    "chart.weeks.other": "anderer Status",
    "chart.weeks.week": "KW\u00a0{n}",
    "chart.weeks.monday": "Woche ab",
    "chart.weeks.running": "läuft noch",
    "chart.ages": "Alter gegen Frist",
    "chart.ages.summary": "Ein Streifen je Status: {n} Kontakte, davon {overdue} überfällig. "
    "Die Zahlen stehen in der Tabelle.",
    "chart.ages.caption": "Wie viel der Frist jeder Kontakt in seinem Status verbraucht hat. "
    "Rechts der Linie ist die Entscheidung überfällig.",
    "chart.ages.empty": "Kein Kontakt steht in einem Status mit Frist.",
    "chart.ages.deadline": "Frist",
    "chart.ages.of": "{overdue} von {n} überfällig",
    "chart.ages.beyond": "über {share}",
    "chart.ages.status": "Status",
    "chart.ages.within": "Frist",
    "chart.ages.n": "Kontakte",
    "chart.ages.overdue": "überfällig",
    "chart.ages.median": "Median der Frist",
    "chart.calibration": "Chancen und was daraus wurde",
    "chart.calibration.summary": "Punkte um eine Diagonale, aus {n} Einschätzungen. Die Zahlen stehen in der Tabelle.",
    "chart.calibration.caption": "Auf der Diagonale trifft ein, was wir sagen; darunter waren wir zu zuversichtlich. "
    "Die Zahlen zählen Fälle, "
    "hohle Punkte stehen für weniger als fünf.",
    "chart.calibration.empty": "Noch keine Chance, die wir nannten, hat sich entschieden.",
    "chart.calibration.stated": "genannte Chance",
    "chart.calibration.observed": "davon gewonnen",
    "chart.calibration.range": "Chance",
    "chart.calibration.count": "Fälle",
    "chart.calibration.interval": "Vertrauensbereich",
    "chart.times": "Zeit im Status",
    "chart.times.summary": "Eine Zeile je Status mit Median und 85. Perzentil. Die Zahlen stehen in der Tabelle.",
    "chart.times.caption": "So viele Tage blieben Kontakte in einem Status. "
    "Am Strich liegt der Median; so lange wie der Balken blieben 85 von 100 höchstens.",
    "chart.times.empty": "Noch stand kein Kontakt in einem Status.",
    "chart.times.of": "n\u00a0=\u00a0{n}",
    "chart.times.status": "Status",
    "chart.times.n": "Kontakte",
    "chart.times.median": "Median",
    "chart.times.p85": "85. Perzentil",
    "chart.times.days": "{n}\u00a0Tage",
    "chart.states": "Status und Übergänge",
    "chart.states.summary": "Zustandsdiagramm mit {statuses} Status und {transitions} Übergängen. "
    "Dasselbe steht in der Tabelle der Übergänge.",
    "chart.states.caption": "Abwärts geht es weiter, links zurück. "
    "Die Klammer rechts steht für alle aktiven und zurückgestellten Status.",
    "chart.states.empty": "Das Regelwerk nennt keinen Status.",
    "chart.states.everywhere": "aus allen",
}
