"""What a decision came to."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from crmtool.rulebook import Kind, Status


class Outcome(StrEnum):
    """What a decision came to, in the order in which a week's are summed up."""

    YES = "yes"
    NO = "no"
    FORWARD = "forward"
    BACK = "back"
    HOLD = "hold"
    REOPENED = "reopened"
    MOVED = "moved"

    @property
    def is_back(self) -> bool:
        """Whether it led away from the end of the pipeline."""
        return self in (Outcome.BACK, Outcome.HOLD, Outcome.REOPENED)


OUTCOMES: Mapping[str, Mapping[str, str]] = {
    "de": {
        "outcome.yes": "ja",
        "outcome.no": "nein",
        "outcome.forward": "weiter",
        "outcome.back": "zurück",
        "outcome.hold": "vertagt",
        "outcome.reopened": "wieder geöffnet",
        "outcome.moved": "anderer Status",
    },
    "en": {
        "outcome.yes": "yes",
        "outcome.no": "no",
        "outcome.forward": "forward",
        "outcome.back": "back",
        "outcome.hold": "put off",
        "outcome.reopened": "reopened",
        "outcome.moved": "another status",
    },
}
"""What each is called, by language: `outcome.yes` and so on."""


def outcome(source: Status | None, target: Status | None) -> Outcome:
    """Tell what a decision came to, by the status that it left and the one that it led to.

    None is a status that the rule book lacks: from or to such a one a contact only moved, unless it was won or ended.
    Coming back from hold is forward, whatever the status.
    """
    if target is not None and target.kind is Kind.WON:
        return Outcome.YES
    if target is not None and target.kind is Kind.ENDED:
        return Outcome.NO
    if target is None or source is None:
        return Outcome.MOVED
    if target.kind is Kind.HOLD:
        return Outcome.HOLD
    if source.kind in (Kind.WON, Kind.ENDED):
        return Outcome.REOPENED
    return Outcome.BACK if source.kind is Kind.ACTIVE and target.order < source.order else Outcome.FORWARD
