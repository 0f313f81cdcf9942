"""rules-idle-criterion."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.conditions import named_criteria
from crmtool.finding import Observation, Severity
from crmtool.rules.base import Example, RuleBookRule, RuleBookSubject
from crmtool.rules.examples import RULEBOOK_PATH, rulebook


def check(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report each criterion that is asked and that no condition names; a knockout decides by itself."""
    book = subject.rulebook
    named = {
        id for _, conditions in book.requirements() for condition in conditions for id in named_criteria(condition)
    }
    for criterion in book.criteria.values():
        if criterion.id not in named and criterion.retired is None and not criterion.knockout:
            yield Observation(
                message=f"the criterion '{criterion.id}' decides nothing: no transition, status, stop rule or "
                "prequalification names it",
                hint=f"name it where it decides (`requires: [{criterion.id}]`), or stop asking: `retired: DATE`",
                place=("criteria", criterion.id),
                on_key=True,
            )


_SIZE = "  size: {label: Size, question: How many?"

RULE = RuleBookRule(
    code="rules-idle-criterion",
    severity=Severity.WARNING,
    title="A criterion that decides nothing",
    why="Every question costs the time of those who ask it and of those who answer. One whose answer changes nothing "
    "is not worth asking. A `score` over all criteria does not count: it names none of them.",
    remedy="Name the criterion in a condition, make it a `knockout`, or stop asking it with `retired: DATE`.",
    valid=(
        Example(files=rulebook()),
        Example(files=rulebook("  conflict: {", _SIZE + ", retired: 2026-11-01}\n  conflict: {")),
    ),
    invalid=(Example(files=rulebook("  conflict: {", _SIZE + "}\n  conflict: {"), at=(RULEBOOK_PATH, 16, 3)),),
    check=check,
)
