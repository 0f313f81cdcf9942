"""Where contacts went since a day, and what was clarified about them: one for each, in the order given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment
from crmtool.contact import Decision
from crmtool.progress.change import Direction, Progress, Standing, clarified_criteria, direction, first_decision
from crmtool.progress.movement import changes_over
from crmtool.rulebook import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A contact's way since a day; `clarified` are the ids of the criteria answered since."""

    change: Progress
    direction: Direction
    clarified: tuple[str, ...]

    @property
    def now(self) -> Assessment:
        """Where the contact stands."""
        return self.change.end

    @property
    def before(self) -> Standing | None:
        """Where it stood: at the start, or as it entered since; None where the rule book lacks that status."""
        return self.change.start or self.change.entry

    @property
    def entered(self) -> date | None:
        """The day on which it entered, where that was since; None for a contact that existed at the start."""
        return first_decision(self.now.contact).day if self.change.start is None and self.change.entry else None

    @property
    def decided(self) -> tuple[Decision, ...]:
        """The decisions taken on it since; its entry is none."""
        entry = first_decision(self.now.contact)
        return tuple(decision for decision in self.change.decisions if decision is not entry)


def moved_since(start: date, assessments: Iterable[Assessment], rulebook: RuleBook, day: date) -> tuple[Moved, ...]:
    """Tell of each contact, assessed as of `day`, where it went since the end of `start`.

    Contacts that were decided before have nowhere to go and are left out.
    """
    changes = changes_over(assessments, rulebook, day, (day - start).days)
    return tuple(
        Moved(
            change=change,
            direction=direction(change),
            clarified=clarified_criteria(change.end.contact, start, day),
        )
        for change in changes
    )
