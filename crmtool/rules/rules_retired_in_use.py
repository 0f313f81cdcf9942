"""rules-retired-in-use."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rules.base import Example, RuleBookRule, RuleBookSubject
from crmtool.rules.examples import RULEBOOK_PATH, rulebook
from crmtool.rules.references import criteria_named


def check(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report each condition that names a criterion which is no longer asked."""
    for place, id in criteria_named(subject):
        criterion = subject.rulebook.criteria.get(id)
        if criterion is not None and criterion.retired is not None:
            yield Observation(
                message=f"the criterion '{id}' is retired as of {criterion.retired} and still decides here",
                hint=f"take '{id}' out of the condition, or remove `retired` from the criterion",
                place=place,
            )


_RETIRED = ("valid_for: 90d, evidence: required}", "valid_for: 90d, evidence: required, retired: 2026-11-01}")

RULE = RuleBookRule(
    code="rules-retired-in-use",
    title="A retired criterion still decides",
    why="`retired` says that a question is no longer asked. A condition that waits for its answer waits for good.",
    remedy="Take the criterion out of the condition, or put another in its place. To keep on asking, remove `retired`.",
    valid=(
        Example(files=rulebook()),
        Example(
            files=rulebook(
                "  conflict: {label",
                "  size: {label: Size, question: How many?, retired: 2026-11-01}\n  conflict: {label",
            )
        ),
    ),
    invalid=(Example(files=rulebook(*_RETIRED), at=(RULEBOOK_PATH, 22, 58)),),
    check=check,
)
