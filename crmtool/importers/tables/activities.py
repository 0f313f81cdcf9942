"""Columns that only count or date activity, that change by themselves, or that hold the ids of other records.

They decide nothing, and would fill the notes anew with each import.
"""

from __future__ import annotations

NAMES = (
    "Modified", "Modified At", "Modified On", "Modified Date", "Modified By", "Modification Date", "Updated",
    "Updated At", "Updated On", "Updated By", "Updated Time", "Update time", "Update Date", "Date Modified",
    "Date Updated", "Geändert", "Geändert am", "Geändert von", "Änderungsdatum", "Aktualisiert", "Aktualisiert am",
    "Aktualisiert um", "Aktualisierungszeit", "Aktualisierungsdatum", "Zeitpunkt der Aktualisierung", "System Modstamp",
    "Last Viewed", "Visible to", "Sichtbar für", "Stage Duration", "Phasendauer", "Verweildauer", "Push Count",
    "Likelihood to close", "Abschlusswahrscheinlichkeit (Prognose)", "Contact priority", "Time First Seen",
    "Time Last Seen", "Has Open Activity", "Has Overdue Task", "Sends Since Last Engagement", "Gesamtaktivitäten",
    "Owner ID", "Contact owner ID", "Created By ID", "Record Type ID", "Master Record ID", "Individual ID",
    "Parent Account ID", "Parent ID", "Reports To ID", "Pipeline ID", "Stage ID", "Campaign ID", "Ad ID", "Ad Set ID",
    "Adset ID", "Form ID",
)  # fmt: skip
"""Headers of such columns, beside those that their words tell."""

_COUNTING = frozenset(
    (
        "number", "count", "counts", "total", "times", "anzahl", "gesamt", "gesamtzahl", "insgesamt", "open", "done",
        "won", "lost", "closed", "overdue", "do", "offene", "offenen", "geschlossene", "abgeschlossene", "gewonnene",
        "verlorene", "erledigte", "erledigende", "ueberfaellige", "gesamte",
    )
)  # fmt: skip
_COUNTED = frozenset(
    (
        "activities", "aktivitaeten", "vertriebsaktivitaeten", "calls", "anrufe", "emails", "mails", "messages",
        "nachrichten", "meetings", "sessions", "sitzungen", "pageviews", "views", "seitenaufrufe", "visits", "besuche",
        "submissions", "forms", "touches", "conversations", "tasks", "aufgaben", "engagements", "interactions",
        "interaktionen", "contacted", "kontaktversuche", "kontaktaufnahmen", "deals", "opportunities",
        "verkaufschancen", "contacts", "kontakte",
    )
)  # fmt: skip
_WORTH = frozenset(
    (
        "value", "amount", "revenue", "sum", "price", "wert", "betrag", "umsatz", "summe", "volumen", "budget", "preis",
        "eur",
    )
)  # fmt: skip
_LAST = frozenset(("last", "latest", "recent", "letzte", "letzten", "letzter", "letztes", "zuletzt"))
_NEXT = frozenset(("next", "naechste", "naechsten", "naechster"))
_ACTIVITY = frozenset(("activity", "aktivitaet"))
_DONE = _ACTIVITY | frozenset(
    (
        "contact", "contacted", "kontakt", "kontaktiert", "kontaktaufnahme", "modified", "geaendert", "aenderung",
        "updated", "update", "aktualisiert", "aktualisierung", "bearbeitet", "viewed", "referenced", "engagement",
        "call", "called", "anruf", "meeting", "touch", "opened", "open", "clicked", "click", "replied", "reply", "sent",
        "gesendet", "gesendete", "received", "empfangene", "empfangen", "erhalten", "booked", "session", "seen",
        "visit", "visited", "besuch", "login", "sync", "synced", "interaction", "interaktion", "task", "conversation",
    )
)  # fmt: skip
_TELLING = frozenset(
    (
        "name", "person", "source", "quelle", "note", "notes", "notiz", "notizen", "comment", "comments", "kommentar",
        "outcome", "result", "ergebnis", "summary", "text",
    )
)  # fmt: skip
_DAYS = frozenset(("days", "tage"))
_FROM = frozenset(
    ("since", "to", "until", "in", "open", "overdue", "without", "inactive", "seit", "bis", "im", "ohne", "offen")
)
_AGE = frozenset(("age", "alter"))
_MEASURES = frozenset(("in", "days", "tage", "tagen", "years", "jahre", "jahren"))
_ASSOCIATED = frozenset(("associated", "zugeordnete", "zugeordneten", "zugeordneter", "verknuepfte", "verknuepften"))
_IDS = frozenset(("id", "ids"))


def is_passing(words: tuple[str, ...]) -> bool:
    """Whether the words of a header say plainly that its column is one of these; letters as in `headers.plain`."""
    said = frozenset(words)
    return (
        _counts(said)
        or bool(said & _LAST and said & _DONE and not said & _TELLING)
        or bool(said & _NEXT and said & _ACTIVITY)
        or bool(said & _ASSOCIATED and said & _IDS)
        or (len(words) > 1 and words[0] in _DAYS and words[1] in _FROM)
        or _is_age(words)
    )


def _counts(said: frozenset[str]) -> bool:
    return bool(said & _COUNTING and said & _COUNTED) and not said & _WORTH


def _is_age(words: tuple[str, ...]) -> bool:
    """Whether the last word is Age: `Alter Status` is an old one."""
    told = [word for word in words if word not in _MEASURES]
    return bool(told) and told[-1] in _AGE
