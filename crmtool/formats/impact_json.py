"""What another rule book does as JSON, version 1, described by schemas/output.schema.json."""

from __future__ import annotations

from typing import Any

from crmtool.formats.as_json import VERSION, finding
from crmtool.impact import Affected, Judgement, RuleBookImpact


def impact(found: RuleBookImpact) -> dict[str, Any]:
    """Give the values of `rules impact --format json`: the contacts affected, each with its new errors."""
    return {
        "version": VERSION,
        "today": found.day.isoformat(),
        "before": found.before,
        "after": found.after,
        "contacts": found.contacts,
        "differing": found.differing,
        "failing": found.failing,
        "rulebook_errors": [finding(flaw) for flaw in found.flaws],
        "impact": [_row(affected) for affected in found.affected],
    }


def _row(affected: Affected) -> dict[str, Any]:
    effect = affected.effect
    return {
        "contact": effect.contact.id,
        "name": effect.contact.name,
        "differs": effect.differs,
        "before": judgement(effect.before),
        "after": judgement(effect.after),
        "errors": [finding(error) for error in affected.errors],
    }


def judgement(judged: Judgement) -> dict[str, Any]:
    """Give the values of how a rule book judges a contact."""
    return {
        "verdict": judged.verdict,
        "distance": judged.distance,
        "overdue": judged.overdue,
        "missing": list(judged.missing),
        "stop": list(judged.stops),
    }
