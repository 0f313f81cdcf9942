"""Was fehlt: Kriterien und Kontakte als Tafel."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "missing_page": "Fehlendes",
    "missing_page.title": "Was zur Entscheidung fehlt",
    "missing_page.lead": "Welches Kriterium bei welchem Kontakt geklärt ist, was für den nächsten Schritt fehlt "
    "und was am meisten aufhält.",
    "missing_page.counted": "{n} Kontakt fehlt etwas|{n} Kontakten fehlt etwas",
    "missing_page.none": "Kein Kontakt ist offen: Alles ist entschieden, also fehlt nichts mehr.",
    "missing_page.lacking": "{n} von {all} offenen Kontakten fehlt etwas für den Schritt nach vorn.|"
    "{n} von {all} offenen Kontakten fehlt etwas für den Schritt nach vorn.",
    "missing_page.most": "Am meisten hält {names} auf: {contacts}.",
    "missing_page.most_each": "Am meisten halten {names} auf: je {contacts}.",
    "missing_page.further": "{n} weiteres Kriterium|{n} weitere Kriterien",
    "missing_page.criteria": "{n} Kriterium|{n} Kriterien",
    "missing_page.caption": "Tafel: {contacts} in der Reihenfolge der Dringlichkeit, {criteria} in der Reihenfolge des "
    "Regelwerks. Die erste Zeile zählt, wie viele offene Kontakte jedes Kriterium aufhält.",
    "missing_page.holds_up": "hält auf",
    "missing_page.no_is_good": "hier ist Nein gut",
    "missing_page.legend": "Zeichen",
    "missing_page.legend.missing": "fett: fehlt für den Schritt nach vorn",
    "missing_page.definition": "Hält auf: bei so vielen offenen Kontakten gehört das Kriterium zu dem, was für einen "
    "Schritt nach vorn fehlt, auch wo ein anderes an seiner Stelle genügte.",
    "missing_page.questions": "Die Fragen dahinter",
    "missing_page.open": "Offene Kontakte",
    "missing_page.others": "Was keine Antwort löst",
    "missing_page.others.question": "Bedingungen, die an Zeit oder Angaben hängen",
    "missing_page.other": "für {status}: {text}",
}
