"""rules-dead-end."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rules.base import Example, RuleBookRule, RuleBookSubject
from crmtool.rules.examples import RULEBOOK_PATH, rulebook
from crmtool.rules.paths import to_an_end


def check(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report each active or hold status from which no won or ended one is reached."""
    book = subject.rulebook
    ending = to_an_end(book)
    for status in book.statuses.values():
        if status.is_undecided and status.id not in ending:
            leaving = ", ".join(transition.id for transition in book.leaving(status.id))
            what = f"only {leaving} leave it, and none of them leads on to one" if leaving else "nothing leaves it"
            yield Observation(
                message=f"no won or ended status can be reached from '{status.id}': {what}",
                hint=f"add a transition `from: {status.id}` to a status of kind won or ended",
                place=("statuses", status.id),
                on_key=True,
            )


RULE = RuleBookRule(
    code="rules-dead-end",
    title="A status from which nothing is ever decided",
    why="Every contact has to come to a yes or a no some day. From this status neither can be reached, whatever is "
    "clarified: contacts pile up in it for good.",
    remedy="Add a transition from it, or from a status that it leads to, to one of kind `won` or `ended`.",
    valid=(Example(files=rulebook()),),
    invalid=(
        Example(
            files=rulebook(
                '  resume: {from: parked, to: clarifying, requires: [{clarified: 1}]}\n  stop: {from: "*",',
                "  stop: {from: [new, clarifying],",
            ),
            at=(RULEBOOK_PATH, 9, 3),
        ),
    ),
    check=check,
)
