"""Decisions: those pending and those taken."""

from __future__ import annotations

from collections.abc import Mapping

from crmtool.progress.outcome import OUTCOMES

TEXTS: Mapping[str, str] = {
    "decisions_page": "Decisions",
    "decisions_page.title": "What is pending and what was decided",
    "decisions_page.lead": "Which decisions are pending and by when, and how the latest ones went: "
    "a no counts as much as a yes.",
    "decisions_page.counted": "{n} decision is pending|{n} decisions are pending",
    "decisions_page.ready": "Ready",
    "decisions_page.ready.question": "All conditions hold. Only the decision is missing.",
    "decisions_page.ready.total": "ready|ready",
    "decisions_page.ready.empty": "With no contact everything is clarified that the step forward asks for.",
    "decisions_page.overdue": "Overdue",
    "decisions_page.overdue.question": "Time has run out: decide, even though something is missing.",
    "decisions_page.overdue.total": "overdue|overdue",
    "decisions_page.overdue.empty": "No deadline has passed.",
    "decisions_page.revisit": "To be looked at again",
    "decisions_page.revisit.question": "Resume, put off again, or end?",
    "decisions_page.revisit.total": "to be looked at again|to be looked at again",
    "decisions_page.revisit.empty": "No contact on hold is to be looked at again today.",
    "decisions_page.upcoming": "Due soon",
    "decisions_page.upcoming.question": "Deadlines of the next {n}\u00a0days, and what is missing until then",
    "decisions_page.upcoming.total": "due soon|due soon",
    "decisions_page.upcoming.empty": "No further deadline ends in the next {n}\u00a0days.",
    "decisions_page.revisits": "Next to be looked at again",
    "decisions_page.revisits.question": "Put off to one of the next {n}\u00a0days, and why",
    "decisions_page.revisits.total": "next to be looked at again|next to be looked at again",
    "decisions_page.revisits.empty": "No contact on hold comes up in the next {n}\u00a0days.",
    "decisions_page.undated": "{n} contact is on hold without a date|{n} contacts are on hold without a date",
    "decisions_page.calendar": "As a calendar",
    "decisions_page.calendar.help": "(iCalendar) – what falls due, without names",
    "decisions_page.log": "Decided",
    "decisions_page.log.question": "The last {n}\u00a0weeks, the latest first",
    "decisions_page.log.total": "decided in {n}\u00a0weeks",
    "decisions_page.log.empty": "Nothing was decided in the last {n}\u00a0weeks.",
    "decisions_page.week": "Week\u00a0{number}",
    "decisions_page.week.since": "from {day}",
    "decisions_page.week.none": "no decision",
    "decisions_page.decided": "{n} decided|{n} decided",
    "decisions_page.new": "taken in",
    "decisions_page.entered": "{n} taken in:|{n} taken in:",
    "decisions_page.earlier": "{n} decision is earlier; each contact's page shows its own.|"
    "{n} decisions are earlier; each contact's page shows its own.",
    **OUTCOMES["en"],
    "outcomes.yes": "{n} yes|{n} yeses",
    "outcomes.no": "{n} no|{n} noes",
    "outcomes.forward": "{n} forward|{n} forward",
    "outcomes.back": "{n} back|{n} back",
    "outcomes.hold": "{n} put off|{n} put off",
    "outcomes.reopened": "{n} reopened|{n} reopened",
    "outcomes.moved": "{n} to another status|{n} to another status",
}
