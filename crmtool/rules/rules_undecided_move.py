"""rules-undecided-move."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation, Severity
from crmtool.rulebook import Kind, RuleBook
from crmtool.rules.base import Example, RuleBookRule, RuleBookSubject
from crmtool.rules.examples import RULEBOOK_PATH, rulebook


def check(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report each transition between active statuses that requires nothing."""
    book = subject.rulebook
    for transition in book.transitions.values():
        if transition.requires or not _is_active(book, transition.target):
            continue
        sources = [source for source in book.sources(transition) if _is_active(book, source)]
        if sources:
            named = ", ".join(f"'{source}'" for source in sources)
            yield Observation(
                message=f"'{transition.id}' leads from {named} to '{transition.target}' and requires nothing",
                hint="add what must be clarified for it: `requires: […]`; for a way back, `requires: [{lost: […]}]`",
                place=("transitions", transition.id),
                on_key=True,
            )


def _is_active(book: RuleBook, id: str) -> bool:
    status = book.statuses.get(id)
    return status is not None and status.kind is Kind.ACTIVE


_BACK = "  stop: {"

RULE = RuleBookRule(
    code="rules-undecided-move",
    severity=Severity.WARNING,
    title="A move between active statuses that requires nothing",
    why="A status changes only because something was decided or clarified. Where a move requires nothing, contacts "
    "wander, and the status says how busy we were instead of how much is known.",
    remedy="Write in `requires` what must be clarified before the move. The way back may ask that something was lost: "
    "`requires: [{lost: [pain, budget]}]`.",
    valid=(
        Example(files=rulebook()),
        Example(files=rulebook(_BACK, "  back: {from: clarifying, to: new, requires: [{lost: fit}]}\n" + _BACK)),
    ),
    invalid=(
        Example(
            files=rulebook("to: clarifying, requires: [fit, {not_met: conflict}]", "to: clarifying"),
            at=(RULEBOOK_PATH, 21, 3),
        ),
        Example(
            files=rulebook(_BACK, "  back: {from: clarifying, to: new, requires: []}\n" + _BACK),
            at=(RULEBOOK_PATH, 25, 3),
        ),
    ),
    check=check,
)
