"""The rule book as rows, with what contacts name and it does not know.

An id of an earlier rule book gets a row of its own, marked as unknown: so every reference leads somewhere, and no
answer and no decision is lost in a join.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from crmtool.assessment import Assessment
from crmtool.exporters.database.cells import Row, day, needed, number, text
from crmtool.records import dataclass
from crmtool.rulebook import RuleBook

Id = TypeVar("Id", bound=str | tuple[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The ids that rules and contacts name, each once; a reason with its status."""

    statuses: tuple[str, ...]
    criteria: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]


def named(assessments: Sequence[Assessment], rulebook: RuleBook) -> Named:
    """Collect all ids that are named: the rule book's in the order written, then the others by the alphabet."""
    decisions = [decision for assessment in assessments for decision in assessment.contact.decisions]
    reasons = ((status.id, reason) for status in rulebook.statuses.values() for reason in status.reasons)
    given = {(decision.to, decision.reason) for decision in decisions if decision.reason is not None}
    return Named(
        statuses=_ordered(rulebook.statuses, {*_by_transitions(rulebook), *(decision.to for decision in decisions)}),
        criteria=_ordered(rulebook.criteria, _used_criteria(assessments)),
        reasons=_ordered(reasons, given),
    )


def status_rows(found: Named, rulebook: RuleBook) -> Iterator[Row]:
    """Give a row for each status."""
    for position, id in enumerate(found.statuses):
        status = rulebook.statuses.get(id)
        if status is None:
            yield needed(id), position, needed(id), None, None, None, None, None, 0
        else:
            within = str(status.decide_within) if status.decide_within else None
            told = (needed(status.label), text(status.meaning), status.kind.value, text(status.asks), within)
            yield needed(id), position, *told, number(status.limit), 1


def criterion_rows(found: Named, rulebook: RuleBook) -> Iterator[Row]:
    """Give a row for each criterion."""
    for position, id in enumerate(found.criteria):
        criterion = rulebook.criteria.get(id)
        if criterion is None:
            yield needed(id), position, needed(id), None, None, None, None, None, None, 0
        else:
            yield (
                needed(id),
                position,
                needed(criterion.label),
                text(criterion.question),
                number(criterion.weight),
                str(criterion.valid_for) if criterion.valid_for else None,
                int(criterion.needs_counterparty),
                int(criterion.knockout),
                day(criterion.retired),
                1,
            )


def transition_rows(rulebook: RuleBook) -> Iterator[Row]:
    """Give a row for each transition."""
    for position, way in enumerate(rulebook.transitions.values()):
        yield needed(way.id), position, needed(way.target), day(way.since), int(way.four_eyes)


def source_rows(rulebook: RuleBook) -> Iterator[Row]:
    """Give a row for each status that a transition leaves."""
    for way in rulebook.transitions.values():
        for source in dict.fromkeys(rulebook.sources(way)):
            yield needed(way.id), needed(source)


def reason_rows(found: Named, rulebook: RuleBook) -> Iterator[Row]:
    """Give a row for each reason."""
    for position, (status, reason) in enumerate(found.reasons):
        rule = rulebook.statuses.get(status)
        label = rule.reasons.get(reason) if rule else None
        yield needed(status), needed(reason), position, needed(label or reason), int(label is not None)


def _by_transitions(rulebook: RuleBook) -> Iterator[str]:
    for way in rulebook.transitions.values():
        yield way.target
        yield from rulebook.sources(way)


def _used_criteria(assessments: Sequence[Assessment]) -> set[str]:
    used = {id for assessment in assessments for id in assessment.contact.criteria}
    used.update(assessment.next_step.clarifies for assessment in assessments if assessment.next_step)
    used.update(state.id for assessment in assessments for state in assessment.missing)
    return used


def _ordered(known: Iterable[Id], used: set[Id]) -> tuple[Id, ...]:
    first = tuple(known)
    return (*first, *sorted(used.difference(first), key=repr))
