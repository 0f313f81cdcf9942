"""Focus and the week."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "focus": "Focus",
    "focus.title": "What is to be decided today",
    "focus.lead": "Which contacts need a decision today and why, in the order of the attention they deserve.",
    "focus.none": "No contact is open: everything is decided.",
    "focus.totals": "Totals",
    "week.title": "Since last week",
    "week.since": "{start} to {end}",
    "week.closer": "closer",
    "week.further": "further away",
    "week.decided": "settled",
    "week.yes_no": "{yes} yes, {no} no|{yes} yes, {no} no",
    "week.clarified": "criterion clarified|criteria clarified",
    "week.none": "Since last week nothing has come closer, been decided or been clarified.",
    "week.help": "Closer or further: by decision, else by the number of conditions missing, else by clarity. "
    "Activities do not count.",
}
