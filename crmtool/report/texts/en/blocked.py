"""Blocked: what waits, and what stands still."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "blocked_page": "Waiting",
    "blocked_page.title": "What waits and what stands still",
    "blocked_page.lead": "Which contacts wait, for what and until when, and where nothing gets clarified although "
    "nothing is in the way.",
    "blocked_page.counted": "{n} contact waits|{n} contacts wait",
    "blocked_page.blocked": "Blocked",
    "blocked_page.blocked.question": "For what, and until when?",
    "blocked_page.blocked.total": "blocked|blocked",
    "blocked_page.blocked.empty": "No contact is blocked: all active ones can be clarified further.",
    "blocked_page.held": "On hold",
    "blocked_page.held.question": "Why, and until when?",
    "blocked_page.held.total": "on hold|on hold",
    "blocked_page.held.empty": "No contact is put off to a later day.",
    "blocked_page.over": "Waits no longer",
    "blocked_page.over.question": "The date has passed: has what we waited for come about?",
    "blocked_page.over.total": "waits no longer|wait no longer",
    "blocked_page.over.empty": "No time of waiting has run out.",
    "blocked_page.still": "Stands still",
    "blocked_page.still.question": "Nothing is in the way, and still nothing gets clarified.",
    "blocked_page.still.total": "stands still|stand still",
    "blocked_page.still.empty": "Nothing stands still: everywhere something was clarified or decided in that time.",
    "blocked_page.definition": "An active contact that is not blocked stands still when for {n}\u00a0days or longer no "
    "criterion was answered and nothing was decided. Activities do not count.",
    "blocked_page.since": "blocked {since}",
    "blocked_page.last_clarified": "Last clarified on {day}: {criteria}",
    "blocked_page.answer": "{criterion} ({state})",
    "blocked_page.nothing_clarified": "Nothing clarified yet",
}
