"""What another rule book does as JSON, version 1, described by schemas/output.schema.json."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from crmtool.finding import Finding
from crmtool.formats.as_json import VERSION, finding
from crmtool.impact import Effect, Judgement


def impact(
    books: tuple[str, str],
    day: date,
    contacts: int,
    affected: Iterable[tuple[Effect, Iterable[Finding]]],
    flaws: Iterable[Finding],
) -> dict[str, Any]:
    """Give the values of `rules impact --format json`: the contacts affected, each with its new errors."""
    rows = [_row(effect, [finding(error) for error in errors]) for effect, errors in affected]
    return {
        "version": VERSION,
        "today": day.isoformat(),
        "before": books[0],
        "after": books[1],
        "contacts": contacts,
        "differing": sum(row["differs"] for row in rows),
        "failing": sum(bool(row["errors"]) for row in rows),
        "rulebook_errors": [finding(flaw) for flaw in flaws],
        "impact": rows,
    }


def _row(effect: Effect, errors: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "contact": effect.contact.id,
        "name": effect.contact.name,
        "differs": effect.differs,
        "before": _judgement(effect.before),
        "after": _judgement(effect.after),
        "errors": errors,
    }


def _judgement(judged: Judgement) -> dict[str, Any]:
    return {
        "verdict": judged.verdict,
        "distance": judged.distance,
        "overdue": judged.overdue,
        "missing": list(judged.missing),
        "stop": list(judged.stops),
    }
