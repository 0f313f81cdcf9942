"""What came closer to a decision over a period: never what was done in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment, assess
from crmtool.contact import Contact, Decision
from crmtool.rulebook import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A contact's clarity and distance at a period's end against its start, and the decisions taken in it.

    `start` is None for a contact that did not exist yet; decisions dated after the start and up to the end count.
    """

    start: Assessment | None
    end: Assessment
    decisions: tuple[Decision, ...]

    @property
    def clarity_change(self) -> float:
        """Clarity gained (lost where negative), between -1 and 1; what does not exist or is not asked counts 0."""
        before = self.start.clarity if self.start else None
        return (self.end.clarity or 0) - (before or 0)

    @property
    def distance_change(self) -> int | None:
        """Conditions more (fewer where negative) than at the start; None where one of the days has no distance."""
        before = self.start.distance if self.start else None
        return None if before is None or self.end.distance is None else self.end.distance - before


def progress(contact: Contact, rulebook: RuleBook, start: date, end: date) -> Progress | None:
    """Compare a contact on two days, `start` not after `end`; None where it cannot be assessed at the end."""
    at_end = assess(contact, rulebook, end)
    if at_end is None:
        return None
    decisions = tuple(decision for decision in contact.decisions if start < decision.day <= end)
    return Progress(start=assess(contact, rulebook, start), end=at_end, decisions=decisions)
