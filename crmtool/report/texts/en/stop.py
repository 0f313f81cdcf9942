"""Stop: what today, and what soon."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "stop_page": "Stop",
    "stop_page.title": "Where stopping would be wiser",
    "stop_page.lead": "Which contacts are to be ended today, why and since when, and which fall due next.",
    "stop_page.counted": "{n} contact to stop|{n} contacts to stop",
    "stop_page.now": "To decide today",
    "stop_page.against": "Against it:",
    "stop_page.step": "{do}, agreed by {day}; clarifies {criterion}.",
    "stop_page.blocked": "Waits until {day}: {by}.",
    "stop_page.upcoming": "Due soon",
    "stop_page.upcoming.question": "In the next {n}\u00a0days, if nothing changes until then",
    "stop_page.upcoming.total": "due soon|due soon",
    "stop_page.upcoming.empty": "No stop rule falls due in the next {n}\u00a0days.",
    "averting": "Averted once {ways}",
    "averting.or": " or ",
    "averting.yes": "{criterion} holds – {question}",
    "averting.no": "{criterion} is answered with no – {question}",
    "averting.any": "{criterion} is answered anew – {question}",
    "averting.told": "this holds: {text}",
    "averting.own": "Its own stop rule: strike it out under stop_if once it holds no longer",
    "averting.decision": "Averted only by a decision",
}
