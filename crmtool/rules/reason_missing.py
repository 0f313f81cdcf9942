"""reason-missing."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact
from crmtool.rules.hints import listed
from crmtool.rules.moves import is_written


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each decision without a reason for a status that has reasons."""
    for step in subject.steps:
        place = step.decision.place
        if step.lacks_reason and not is_written(subject.contact, (*place, "reason")):
            status = subject.rulebook.statuses[step.decision.to]
            yield Observation(
                message=f"a decision for '{status.id}' needs a reason",
                hint=f"add `reason: …` with one of: {listed(status.reasons)}",
                place=(*place, "to"),
            )


_STOPPED = (
    "status: clarifying",
    "status: stopped",
    "Fits the profile}",
    "Fits the profile}\n  - {date: 2026-11-20, to: stopped, because: Plans by hand and wants to}",
)

RULE = ContactRule(
    code="reason-missing",
    title="A decision lacks its reason",
    why="A no is worth as much as a yes if one learns from it. The rule book lists the reasons for this status, so "
    "that they can be counted over a year.",
    remedy="Add `reason:` with one of the ids that the hint lists. `because` tells the same in your own words.",
    valid=(Example(files=contact(*_STOPPED, "wants to}", "wants to, reason: no_fit}")),),
    invalid=(Example(files=contact(*_STOPPED), at=(CONTACT_PATH, 10, 28)),),
    check=check,
)
