"""rules-no-deadline."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation, Severity
from crmtool.rulebook import Kind, RuleBook, Status
from crmtool.rules.base import Example, RuleBookRule, RuleBookSubject
from crmtool.rules.examples import RULEBOOK_PATH, rulebook


def check(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report each active status that puts no decision to us, or by no date."""
    for status in subject.rulebook.statuses.values():
        lacks = list(_lacks(subject.rulebook, status)) if status.kind is Kind.ACTIVE else []
        if lacks:
            yield Observation(
                message=f"the status '{status.id}' is active and " + ", and ".join(lack for lack, _ in lacks),
                hint="add " + ", and ".join(to_add for _, to_add in lacks),
                place=("statuses", status.id),
                on_key=True,
            )


def _lacks(book: RuleBook, status: Status) -> Iterator[tuple[str, str]]:
    if not status.asks:
        yield "does not say which decision is pending in it", '`asks: "…?"`'
    if status.decide_within is None and not book.covering(status.id):
        yield (
            "nothing limits how long a contact stands in it",
            f"`decide_within: 30d` (or a stop rule `in: {status.id}`)",
        )


RULE = RuleBookRule(
    code="rules-no-deadline",
    severity=Severity.WARNING,
    title="An active status without a pending decision or without a deadline",
    why="A contact in an active status waits for a decision of ours. Where the status does not say which, or by when, "
    "contacts stay in it unnoticed.",
    remedy='Write the pending decision as a question in `asks` ("Anything to decide?") and the time for it in '
    "`decide_within`; a stop rule for the status limits it as well.",
    valid=(
        Example(files=rulebook()),
        Example(files=rulebook(", decide_within: 30d,", ",")),
    ),
    invalid=(
        Example(files=rulebook(', asks: "Worth it?"', ""), at=(RULEBOOK_PATH, 6, 3)),
        Example(files=rulebook(", decide_within: 14d", ""), at=(RULEBOOK_PATH, 6, 3)),
        Example(files=rulebook(', asks: "Worth it?", decide_within: 14d', ""), at=(RULEBOOK_PATH, 6, 3)),
    ),
    check=check,
)
