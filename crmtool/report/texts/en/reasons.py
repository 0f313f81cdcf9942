"""The one reason for which a contact stands where it stands."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "reason.ready": "Ready for {status}",
    "reason.revisit": "Due to be looked at again: resume, put off again, or end?",
    "reason.overdue": "{question} – missing: {missing}",
    "reason.overdue_plain": "The decision is overdue",
    "reason.missing": "Missing: {label} – {question}",
    "reason.missing_condition": "Missing: {text}",
    "reason.nothing_leads_on": "No way leads forward from here",
    "reason.parked": "Put off: {because}",
    "reason.blocked": "Waits: {by}",
    "reason.more": "and {n} more reason|and {n} more reasons",
    "when.overdue": "overdue {days}",
    "when.decide_by": "to decide by {day}",
    "when.no_deadline": "no deadline",
    "when.since": "{days}",
    "when.no_step": "no next step",
    "when.step": "step by {day}",
    "when.step_late": "step was due on {day}",
    "when.step_pointless": "step clarifies nothing missing",
    "when.until": "until {day}",
    "when.open_end": "no date",
    "when.revisit_today": "due today",
    "when.revisit": "due since {day}",
}
