"""All lists of which some report shows the beginning; the list of contacts can be narrowed down to each of them."""

from __future__ import annotations

from collections.abc import Mapping

from crmtool.report.blocked import narrowed as narrowed_blocked
from crmtool.report.decision_log import narrowed_log
from crmtool.report.decisions import narrowed as narrowed_decisions
from crmtool.report.edition import Edition
from crmtool.report.erasures import narrowed_erasures
from crmtool.report.focus import narrowed_weeks
from crmtool.report.missing import narrowed_rows
from crmtool.report.narrowing import Narrowed
from crmtool.report.stop import narrowed as narrowed_stops


def lists(edition: Edition) -> tuple[Narrowed, ...]:
    """Give the lists, in the order of the top bar."""
    return edition.once(_lists)


def lists_of(edition: Edition) -> Mapping[str, str]:
    """Give the names of the lists in which each contact stands, with spaces between them, by id."""
    return edition.once(_lists_of)


def _lists(edition: Edition) -> tuple[Narrowed, ...]:
    return (
        *narrowed_weeks(edition),
        *narrowed_erasures(edition),
        *narrowed_decisions(edition),
        *narrowed_log(edition),
        *narrowed_rows(edition),
        *narrowed_blocked(edition),
        *narrowed_stops(edition),
    )


def _lists_of(edition: Edition) -> Mapping[str, str]:
    names: dict[str, list[str]] = {}
    for found in lists(edition):
        for id in found.ids:
            names.setdefault(id, []).append(found.name)
    return {id: " ".join(found) for id, found in names.items()}
