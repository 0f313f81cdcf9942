"""Erasure: whose data are to be erased by the rule book."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "erasure": "Due for erasure",
    "erasure.question": "{duration} after the end personal data are to be erased; crmtool retention tells how.",
    "erasure.owner": "owner: {owner}",
    "erasure.no_owner": "without an owner",
    "erasure.due": "Since {day} the data of this contact are to be erased:",
    "fact.erasure": "Erasure",
    "erasure.since": "due since {day}",
    "erasure.from": "due from {day} on",
    "erasure.done": "The data are erased; what the figures need has stayed.",
}
