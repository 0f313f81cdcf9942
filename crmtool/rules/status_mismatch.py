"""status-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report a status that differs from where the last decision led."""
    contact, known = subject.contact, subject.rulebook.statuses
    status, last = contact.status, contact.decisions[-1].to
    if status != last and status in known and last in known:
        hint = f"write `status: {last}`"
        if subject.rulebook.transition(last, status):
            decision = f'- {{date: {subject.today}, to: {status}, because: "…"}}'
            hint += f", or add the decision that is missing:\n  {decision}"
        yield Observation(
            message=f"the status is '{status}', but the last decision led to '{last}'", hint=hint, place=("status",)
        )


RULE = ContactRule(
    code="status-mismatch",
    title="The status is not where the last decision led",
    why="A status changes only by a decision. One that was changed alone has no date, no reason and nobody who took "
    "it.",
    remedy="Add the decision to `decisions`, with its date and why, or put the status back.",
    valid=(Example(files=contact()),),
    invalid=(Example(files=contact("status: clarifying", "status: stopped"), at=(CONTACT_PATH, 3, 9)),),
    check=check,
)
