"""entry-not-allowed."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact
from crmtool.rules.hints import ways
from crmtool.rules.moves import moves


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report a first decision for a status in which no contact enters."""
    for move in moves(subject):
        if move.source is None and move.transition is None:
            entries = ways([t for t in subject.rulebook.transitions.values() if t.is_entry])
            yield Observation(
                message=f"a contact cannot begin in the status '{move.decision.to}'",
                hint=f"put a first decision before it; contacts enter as: {entries}"
                if entries
                else "add a transition without `from` to criteria.yaml: capture: {to: …}",
                place=(*move.decision.place, "to"),
            )


RULE = ContactRule(
    code="entry-not-allowed",
    title="A contact begins in a status in which none may enter",
    why="The first decision says why a contact deserves attention at all. One that begins further on has skipped the "
    "questions that come before.",
    remedy="Put the decision by which the contact entered first, with its own date. If contacts may begin here, add a "
    "transition without `from` to the rule book.",
    valid=(Example(files=contact()),),
    invalid=(
        Example(
            files=contact("  - {date: 2026-10-20, to: new, because: Recommended by a customer}\n", ""),
            at=(CONTACT_PATH, 8, 28),
        ),
    ),
    check=check,
)
