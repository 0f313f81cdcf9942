"""rules-too-many-statuses."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation, Severity
from crmtool.rulebook import Kind
from crmtool.rules.base import Example, RuleBookRule, RuleBookSubject
from crmtool.rules.examples import RULEBOOK_PATH, rulebook

_MOST = 7


def check(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report the first active status that is one too many."""
    active = [status.id for status in subject.rulebook.statuses.values() if status.kind is Kind.ACTIVE]
    if len(active) > _MOST:
        yield Observation(
            message=f"{len(active)} statuses are active, more than {_MOST}: {', '.join(active)}",
            hint="merge those that put the same decision to us; what was done belongs in the notes, not in a status",
            place=("statuses", active[_MOST]),
            on_key=True,
        )


def _statuses(count: int) -> dict[str, str]:
    more = "".join(
        f"  s{i}: {{label: S{i}, meaning: Step {i}, kind: active, asks: On?, decide_within: 9d}}\n"
        for i in range(count)
    )
    ways = "".join(f"  to_s{i}: {{from: new, to: s{i}, requires: [fit]}}\n" for i in range(count))
    text = rulebook("  parked: {label", more + "  parked: {label")[RULEBOOK_PATH]
    return {RULEBOOK_PATH: text.replace("  park: {from", ways + "  park: {from")}


RULE = RuleBookRule(
    code="rules-too-many-statuses",
    severity=Severity.WARNING,
    title="More than seven active statuses",
    why="A status is worth having only if everybody knows what it means and which decision is pending in it. Long "
    "pipelines grow from activities (called, offer sent) and are soon filled in by guesswork.",
    remedy="Keep one status for each decision that is really taken. What was done goes into the notes; what was "
    "clarified is an answer to a criterion.",
    valid=(Example(files=rulebook()), Example(files=_statuses(5))),
    invalid=(Example(files=_statuses(6), at=(RULEBOOK_PATH, 14, 3)),),
    check=check,
)
