"""A contact's criteria as a list: what is missing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from crmtool.assessment import Assessment
from crmtool.contact import Answer
from crmtool.report.edition import Edition
from crmtool.report.marks import Mark, answer_mark
from crmtool.rulebook import Criterion
from crmtool.situation import Situation, State


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionLine:
    """How a criterion stands: its mark, since when, on what evidence, until when."""

    mark: Mark
    label: str
    question: str
    day: str
    evidence: str
    until: str
    is_missing: bool


def criteria_lines(edition: Edition, assessment: Assessment) -> tuple[CriterionLine, ...]:
    """List the criteria that are asked, and those no longer asked that have an answer."""
    situation = edition.situation(assessment)
    missing = {state.id: rank for rank, state in enumerate(assessment.missing)} if _is_open(assessment) else {}
    lines = []
    for rule in sorted(edition.rulebook.criteria.values(), key=lambda c: (missing.get(c.id, len(missing)), c.order)):
        answer = situation.latest(rule.id)
        if answer is not None or rule.is_asked(edition.day):
            lines.append(_line(edition, situation, rule, answer, is_missing=rule.id in missing))
    return tuple(lines)


def _is_open(assessment: Assessment) -> bool:
    return assessment.status.is_undecided


def _line(
    edition: Edition, situation: Situation, rule: Criterion, answer: Answer | None, *, is_missing: bool
) -> CriterionLine:
    state = situation.state(rule.id) if answer else State.OPEN
    return CriterionLine(
        mark=_mark(edition, rule, state),
        label=rule.label,
        question=rule.question,
        day=edition.language.short_day(answer.day, edition.day) if answer else "",
        evidence=(answer.evidence or "") if answer else "",
        until=_until(edition, situation, answer, state) if answer else "",
        is_missing=is_missing,
    )


def _mark(edition: Edition, rule: Criterion, state: State) -> Mark:
    if rule.is_asked(edition.day):
        return answer_mark(rule, state, edition.language)
    return Mark(name="retired", sign="–", word=edition.language("state.retired"))


def _until(edition: Edition, situation: Situation, answer: Answer, state: State) -> str:
    expiry = situation.expires(answer)
    if expiry is None:
        return ""
    last = edition.language.short_day(expiry - timedelta(days=1), edition.day)
    return edition.language("criterion.expired" if state is State.EXPIRED else "criterion.expires", day=last)
