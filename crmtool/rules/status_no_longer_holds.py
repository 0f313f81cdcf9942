"""status-no-longer-holds."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation, Severity
from crmtool.replay import missing_conditions
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact, rulebook
from crmtool.rules.hints import told, ways, what_to_add


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report a contact whose status asks for something that does not hold today."""
    here = subject.here
    if here is None or not here.status.is_undecided:
        return
    missing = missing_conditions(here.situation, here.status.requires)
    if missing:
        leaving = ways(subject.rulebook.leaving(here.status.id))
        to_add = what_to_add(subject.contact, subject.rulebook, missing, subject.today)
        yield Observation(
            message=f"what the status '{here.status.id}' rests on does not hold: {told(subject.contact, missing)}",
            hint=f"{to_add}\nor decide where the contact belongs: {leaving}" if leaving else to_add,
            place=("status",),
        )


_LOST = (
    "  fit: {met: 2026-11-03, evidence: 85 people}\n",
    "  fit:\n    - {met: 2026-11-03, evidence: 85 people}\n    - {not_met: 2026-11-18, evidence: Half of them leave}\n",
)

RULE = ContactRule(
    code="status-no-longer-holds",
    severity=Severity.WARNING,
    title="What the present status rests on no longer holds",
    why="A contact is where it is because of what was clarified. When that falls away, through a new answer or "
    "because an old one expired, the status claims more than is known. Nothing moves by itself: that is a decision.",
    remedy="Clarify anew what fell away and write the answer, or decide where the contact belongs now.",
    valid=(
        Example(files=contact()),
        Example(files=contact(*_LOST) | rulebook("limit: 2, requires: [fit]", "limit: 2")),
    ),
    invalid=(Example(files=contact(*_LOST), at=(CONTACT_PATH, 3, 9)),),
    check=check,
)
