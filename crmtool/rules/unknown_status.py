"""unknown-status."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact, rulebook
from crmtool.rules.nearest import Nearest
from crmtool.text import one_line


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report the status and each decision that names a status which the rule book lacks."""
    contact, known = subject.contact, subject.rulebook.statuses
    nearest = Nearest({id: status.label for id, status in known.items()})
    named = [(("status",), contact.status), *(((*d.place, "to"), d.to) for d in contact.decisions)]
    for place, status in named:
        if status and status not in known:
            yield Observation(
                message=f"the rule book has no status '{one_line(status)}'",
                hint=f"{nearest.hint(status)}\n"
                "if it was renamed in criteria.yaml: write its new id, or keep the old one there",
                place=place,
            )


RULE = ContactRule(
    code="unknown-status",
    title="A status that the rule book does not have",
    why="A status means what the rule book says of it. One that is not there has no meaning: nobody can tell what is "
    "missing for the next decision.",
    remedy="Write the id of a status from `criteria.yaml` (the word before the colon, not its label). If the team "
    "needs a new status, add it there first.",
    valid=(Example(files=contact()),),
    invalid=(
        Example(files=contact("status: clarifying", "status: Clarifying"), at=(CONTACT_PATH, 3, 9)),
        Example(files=contact("to: new", "to: lead"), at=(CONTACT_PATH, 8, 28)),
        Example(
            files=rulebook("  stopped: {label", "  ended: {label")
            | contact("Fits the profile}", "Fits the profile}\n  - {date: 2026-11-20, to: stopped, because: No need}"),
            at=(CONTACT_PATH, 10, 28),
        ),
    ),
    check=check,
)
