"""Die Liste aller Kontakte."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "contacts_page": "Kontakte",
    "contacts_page.title": "Alle Kontakte",
    "contacts_page.lead": "Alle Kontakte mit Status und Urteil, in der Reihenfolge der Dringlichkeit.",
    "contacts_page.none": "Noch kein Kontakt: Der erste kommt als contacts/NAME.md herein.",
    "contacts_page.part": "{all}, hier {first} bis {last} in der Reihenfolge der Dringlichkeit",
    "contacts_page.page": "Seite",
    "contacts_page.page.title": "Kontakte, Seite {n}",
    "contacts_page.pages": "Seiten der Liste",
    "contacts_page.more_rows": "{n} weitere zeigen",
    "contacts_page.data": "Alles als JSON",
    "contacts_page.data.help": "– alle Kontakte ohne ihre Notizen, für andere Programme",
    "filter": "Auswahl",
    "filter.text": "Enthält",
    "filter.all": "alle",
    "filter.list": "Steht unter",
    "filter.told": "{n} von {all} Kontakten",
    "column.contact": "Kontakt",
    "column.status": "Status",
    "column.verdict": "Urteil",
    "column.since": "seit",
    "column.distance": "fehlt noch",
    "column.clarity": "Klarheit",
    "column.value": "Wert",
    "column.owner": "zuständig",
}
