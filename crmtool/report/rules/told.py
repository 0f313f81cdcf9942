"""Conditions of the rule book in a reader's words, of no contact in particular."""

from __future__ import annotations

from collections.abc import Iterable

from crmtool.conditions import Condition
from crmtool.report.edition import Edition
from crmtool.telling import tell


def told(edition: Edition, conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Tell what each condition asks."""
    return tuple(tell(None, condition, edition.words) for condition in conditions)
