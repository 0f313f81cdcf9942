"""The criteria, in the order of the rule book, and where each of them decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmtool.report.edition import Edition
from crmtool.report.rules.anchors import criterion_anchor
from crmtool.report.rules.uses import Use, uses
from crmtool.rulebook import Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionLine:
    """A criterion: `asks` is what its answers need, and what is special about it.

    A knockout has no weight: it does not count towards a score.
    """

    anchor: str
    id: str
    label: str
    question: str
    weight: str
    valid_for: str
    asks: tuple[str, ...]
    uses: tuple[Use, ...]
    is_retired: bool


def criterion_lines(edition: Edition) -> tuple[CriterionLine, ...]:
    """Lay out all criteria."""
    used = uses(edition)
    return tuple(_line(edition, each, used.get(each.id, ())) for each in edition.rulebook.criteria.values())


def _line(edition: Edition, criterion: Criterion, used: tuple[Use, ...]) -> CriterionLine:
    language = edition.language
    return CriterionLine(
        anchor=criterion_anchor(criterion.id),
        id=criterion.id,
        label=criterion.label,
        question=criterion.question,
        weight="" if criterion.knockout else language.number(criterion.weight),
        valid_for=language.duration(criterion.valid_for) if criterion.valid_for else "",
        asks=tuple(_asks(edition, criterion)),
        uses=used,
        is_retired=not criterion.is_asked(edition.day),
    )


def _asks(edition: Edition, criterion: Criterion) -> Iterator[str]:
    language = edition.language
    if criterion.retired:
        yield language("rules.retired", day=language.day(criterion.retired))
    if criterion.knockout:
        yield language("rules.knockout")
    if criterion.needs_counterparty:
        yield language("rules.counterparty")
    if criterion.evidence_required:
        yield language("rules.evidence")
