"""invalid-date."""

from __future__ import annotations

from crmtool.rules.base import Example, Rule
from crmtool.rules.examples import CONTACT_PATH, contact

RULE = Rule(
    code="invalid-date",
    title="No date of the calendar",
    why="Every verdict is computed from dates: what was known when, what has expired, what is overdue. A day that the "
    "calendar does not have, or one written in another way, cannot be compared.",
    remedy="Write dates as `YYYY-MM-DD`, such as `2026-11-23`. Quotes around them do no harm.",
    valid=(Example(files=contact("fit: {met: 2026-11-03", 'fit: {met: "2026-11-03"')),),
    invalid=(
        Example(files=contact("date: 2026-11-05", "date: 2026-11-31"), at=(CONTACT_PATH, 9, 12)),
        Example(files=contact("fit: {met: 2026-11-03", "fit: {met: 3.11.2026"), at=(CONTACT_PATH, 5, 14)),
        Example(files=contact("fit: {met: 2026-11-03", "fit: {met: true"), at=(CONTACT_PATH, 5, 14)),
        Example(files=contact("status:", "revisit: next month\nstatus:"), at=(CONTACT_PATH, 3, 10)),
    ),
)
