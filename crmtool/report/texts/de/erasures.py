"""Löschung: wessen Angaben nach dem Regelwerk zu löschen sind."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "erasure": "Zur Löschung fällig",
    "erasure.question": "{duration} nach dem Ende sind persönliche Angaben zu löschen; crmtool retention sagt, wie.",
    "erasure.owner": "zuständig: {owner}",
    "erasure.no_owner": "niemand ist zuständig",
    "erasure.due": "Seit {day} sind die Angaben zu diesem Kontakt zu löschen:",
    "fact.erasure": "Löschung",
    "erasure.since": "fällig seit {day}",
    "erasure.from": "fällig ab {day}",
    "erasure.done": "Die Angaben sind gelöscht; geblieben ist, was die Zahlen brauchen.",
}
