"""transition-not-allowed."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact
from crmtool.rules.hints import ways
from crmtool.rules.moves import moves


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each decision for a status to which no transition leads from the one before."""
    for move in moves(subject):
        source, target = move.source, move.decision.to
        if source is None or move.transition is not None:
            continue
        leaving = ways(subject.rulebook.leaving(source))
        hint = f"from '{source}' a contact can go to: {leaving}" if leaving else f"no transition leaves '{source}'"
        if source == target:
            hint = f"what changes no status is no decision: write it into the notes; {hint}"
        yield Observation(
            message=f"the contact is in '{source}' already"
            if source == target
            else f"no way from '{source}' to '{target}'",
            hint=hint,
            place=(*move.decision.place, "to"),
        )


RULE = ContactRule(
    code="transition-not-allowed",
    title="The rule book has no transition between two statuses",
    why="Each transition says what must be clarified before it. A leap past one skips its questions, and the log no "
    "longer tells how a contact came to be where it is.",
    remedy="Add the decision that was taken in between, with its own date. If the way itself should exist, add a "
    "transition to the rule book, with what it requires.",
    valid=(Example(files=contact()),),
    invalid=(
        Example(
            files=contact(
                "status: clarifying",
                "status: agreed",
                "to: clarifying, because: Fits the profile",
                "to: agreed, because: Signed at once",
            ),
            at=(CONTACT_PATH, 9, 28),
        ),
        Example(
            files=contact(
                "profile}\n", "profile}\n  - {date: 2026-11-20, to: clarifying, because: Still clarifying}\n"
            ),
            at=(CONTACT_PATH, 10, 28),
        ),
    ),
    check=check,
)
