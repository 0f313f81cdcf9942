"""Was die Seiten sagen, während man an den Dateien arbeitet."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "serve.errors": "{n} Fehler ist zu beheben|{n} Fehler sind zu beheben",
    "serve.last_good": "Von Dateien mit Fehlern zeigen die Seiten den letzten gültigen Stand, soweit es einen gab.",
    "serve.not_built": "Die Seiten lassen sich nicht neu bauen. Zu sehen ist der Stand davor.",
    "serve.more": "und {n} weiterer|und {n} weitere",
}
