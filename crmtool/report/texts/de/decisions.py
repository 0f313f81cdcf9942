"""Entscheidungen: anstehende und getroffene."""

from __future__ import annotations

from collections.abc import Mapping

from crmtool.progress.outcome import OUTCOMES

TEXTS: Mapping[str, str] = {
    "decisions_page": "Entscheidungen",
    "decisions_page.title": "Was ansteht und was entschieden ist",
    "decisions_page.lead": "Welche Entscheidungen anstehen und bis wann, und wie die letzten ausgegangen sind: "
    "das Nein zählt wie die Zusage.",
    "decisions_page.counted": "{n} Entscheidung steht an|{n} Entscheidungen stehen an",
    "decisions_page.ready": "Bereit",
    "decisions_page.ready.question": "Alle Bedingungen gelten. Es fehlt nur noch die Entscheidung.",
    "decisions_page.ready.total": "bereit|bereit",
    "decisions_page.ready.empty": "Bei keinem Kontakt ist schon alles geklärt, was der Schritt nach vorn verlangt.",
    "decisions_page.overdue": "Überfällig",
    "decisions_page.overdue.question": "Die Frist ist um: entscheiden, auch wenn etwas fehlt.",
    "decisions_page.overdue.total": "überfällig|überfällig",
    "decisions_page.overdue.empty": "Keine Frist ist verstrichen.",
    "decisions_page.revisit": "Wiedervorlage",
    "decisions_page.revisit.question": "Wieder aufnehmen, weiter vertagen oder beenden?",
    "decisions_page.revisit.total": "zur Wiedervorlage|zur Wiedervorlage",
    "decisions_page.revisit.empty": "Kein zurückgestellter Kontakt ist heute wieder anzusehen.",
    "decisions_page.upcoming": "Demnächst fällig",
    "decisions_page.upcoming.question": "Fristen der nächsten {n}\u00a0Tage und was bis dahin fehlt",
    "decisions_page.upcoming.total": "demnächst fällig|demnächst fällig",
    "decisions_page.upcoming.empty": "In den nächsten {n}\u00a0Tagen läuft keine weitere Frist ab.",
    "decisions_page.revisits": "Nächste Wiedervorlagen",
    "decisions_page.revisits.question": "Zurückgestellt bis zu einem der nächsten {n}\u00a0Tage, und warum",
    "decisions_page.revisits.total": "nächste Wiedervorlage|nächste Wiedervorlagen",
    "decisions_page.revisits.empty": "In den nächsten {n}\u00a0Tagen kommt keine Wiedervorlage.",
    "decisions_page.undated": "{n} Kontakt ist ohne Datum zurückgestellt|{n} Kontakte sind ohne Datum zurückgestellt",
    "decisions_page.calendar": "Als Kalender",
    "decisions_page.calendar.help": "(iCalendar) – was fällig wird, ohne Namen",
    "decisions_page.log": "Entschieden",
    "decisions_page.log.question": "Die letzten {n}\u00a0Wochen, die neueste zuerst",
    "decisions_page.log.total": "in {n}\u00a0Wochen entschieden",
    "decisions_page.log.empty": "In den letzten {n}\u00a0Wochen ist nichts entschieden worden.",
    "decisions_page.week": "KW\u00a0{number}",
    "decisions_page.week.since": "ab {day}",
    "decisions_page.week.none": "keine Entscheidung",
    "decisions_page.decided": "{n} entschieden|{n} entschieden",
    "decisions_page.new": "aufgenommen",
    "decisions_page.entered": "{n} aufgenommen:|{n} aufgenommen:",
    "decisions_page.earlier": "Davor liegt {n} Entscheidung; die Seite jedes Kontakts zeigt seine eigenen.|"
    "Davor liegen {n} Entscheidungen; die Seite jedes Kontakts zeigt seine eigenen.",
    **OUTCOMES["de"],
    "outcomes.yes": "{n} Zusage|{n} Zusagen",
    "outcomes.no": "{n} Nein|{n} Nein",
    "outcomes.forward": "{n} weiter|{n} weiter",
    "outcomes.back": "{n} zurück|{n} zurück",
    "outcomes.hold": "{n} vertagt|{n} vertagt",
    "outcomes.reopened": "{n} wieder geöffnet|{n} wieder geöffnet",
    "outcomes.moved": "{n} in anderem Status|{n} in anderem Status",
}
