"""Where a criterion decides: every place of the rule book whose conditions name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crmtool.conditions import named_criteria
from crmtool.finding import Place
from crmtool.report.edition import Edition
from crmtool.report.rules.anchors import status_anchor, stop_rule_anchor, transition_anchor

PREQUALIFICATION = "prequalification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A place that names a criterion; `anchor` is where it stands on the page."""

    text: str
    anchor: str


def uses(edition: Edition) -> Mapping[str, tuple[Use, ...]]:
    """List the uses of each criterion, in the order of the rule book's file."""
    found: dict[str, dict[Use, None]] = {}
    for place, conditions in edition.rulebook.requirements():
        for condition in conditions:
            for criterion in named_criteria(condition):
                found.setdefault(criterion, {})[_use(edition, place)] = None
    return {criterion: tuple(places) for criterion, places in found.items()}


def _use(edition: Edition, place: Place) -> Use:
    section, name = str(place[0]), str(place[1])
    match section:
        case "statuses":
            return Use(text=edition.language("rules.use.status", name=edition.status(name)), anchor=status_anchor(name))
        case "transitions":
            return Use(text=name, anchor=transition_anchor(name))
        case "stop_rules":
            return Use(text=edition.language("rules.use.stop_rule", name=name), anchor=stop_rule_anchor(name))
        case _:
            return Use(text=edition.language("rules.prequalification"), anchor=PREQUALIFICATION)
