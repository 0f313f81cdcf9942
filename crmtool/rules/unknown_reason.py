"""unknown-reason."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact
from crmtool.rules.nearest import Nearest
from crmtool.shapes import Guesses
from crmtool.text import one_line


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each decision for a status with reasons whose reason is none of them."""
    guesses = Guesses()
    nearest: dict[str, Nearest] = {}
    for decision in subject.contact.decisions:
        status = subject.rulebook.statuses.get(decision.to)
        if status and status.reasons and decision.reason and decision.reason not in status.reasons:
            if status.id not in nearest:
                nearest[status.id] = Nearest(status.reasons, guesses)
            yield Observation(
                message=f"'{one_line(decision.reason)}' is no reason for the status '{status.id}'",
                hint=nearest[status.id].hint(decision.reason),
                place=(*decision.place, "reason"),
            )


_STOPPED = "Fits the profile}\n  - {date: 2026-11-20, to: stopped, because: Plans by hand and wants to, reason: no_fit}"

RULE = ContactRule(
    code="unknown-reason",
    title="A reason that the rule book does not list for this status",
    why="Reasons are listed so that a year of noes can be counted and learned from. A word outside the list is "
    "counted nowhere.",
    remedy="Write one of the ids below `reasons:` in `criteria.yaml`; what is particular about this contact goes into "
    "`because`. A status without reasons accepts any.",
    valid=(Example(files=contact("status: clarifying", "status: stopped", "Fits the profile}", _STOPPED)),),
    invalid=(
        Example(
            files=contact(
                "status: clarifying",
                "status: stopped",
                "Fits the profile}",
                _STOPPED.replace("no_fit", "nofit"),
            ),
            at=(CONTACT_PATH, 10, 82),
        ),
    ),
    check=check,
)
