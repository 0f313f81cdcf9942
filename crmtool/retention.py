"""How long personal data are kept: which ended contacts are due for erasure, by the rule book's `retention`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from crmtool.assessment import Assessment
from crmtool.contact import is_erased
from crmtool.days import Duration
from crmtool.records import dataclass
from crmtool.rulebook import Kind, RuleBook
from crmtool.text import as_command

AHEAD = Duration(90, "d")
"""How far one looks ahead at what falls due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """When the personal data of an ended contact are to be erased: they are due from the day `due` on."""

    assessment: Assessment
    due: date

    @property
    def is_due(self) -> bool:
        """Whether they are due on the day of the assessment."""
        return self.due <= self.assessment.day

    @property
    def days(self) -> int:
        """How many days lie from the day of the assessment to `due`; negative where that day is past."""
        return (self.due - self.assessment.day).days

    @property
    def is_near(self) -> bool:
        """Whether they are not due yet, but will be before long."""
        return not self.is_due and self.due <= AHEAD.after(self.assessment.day)

    @property
    def owner(self) -> str:
        """Who has to see to it; empty where the contact has no owner."""
        return self.assessment.contact.text("owner")

    @property
    def command(self) -> str:
        """What to type to see what erasing them would do."""
        return as_command("erase", self.assessment.contact.id)


def erasure_of(assessment: Assessment, rulebook: RuleBook) -> Erasure | None:
    """Tell when a contact's data are to be erased.

    None for one that is not ended, for one that was erased already, and where the rule book says nothing of retention.
    """
    if rulebook.retention is None or assessment.status.kind is not Kind.ENDED or is_erased(assessment.contact):
        return None
    return Erasure(assessment=assessment, due=rulebook.retention.after(assessment.why_here.since))


def erasures(assessments: Iterable[Assessment], rulebook: RuleBook) -> tuple[Erasure, ...]:
    """Tell it of every contact that is ended, the longest overdue first, those of one day by id."""
    found = (erasure for assessment in assessments if (erasure := erasure_of(assessment, rulebook)) is not None)
    return tuple(sorted(found, key=lambda erasure: (erasure.due, erasure.assessment.contact.id)))


def due_erasures(assessments: Iterable[Assessment], rulebook: RuleBook) -> tuple[Erasure, ...]:
    """Tell it of those contacts alone whose data are due for erasure, in the same order."""
    return tuple(erasure for erasure in erasures(assessments, rulebook) if erasure.is_due)


def by_owner(found: Iterable[Erasure]) -> Mapping[str, int]:
    """Count by owner, who has the most first, then by name; what has no owner is counted under the empty text."""
    counted = Counter(erasure.owner for erasure in found)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
