"""How long a contact has been in its status against the time its decision may take, as a thin bar."""

from __future__ import annotations

from dataclasses import dataclass

from crmtool.assessment import Assessment
from crmtool.report.edition import Edition

DEADLINE = 100
"""Where the deadline stands on the bar's scale; time past it goes on to the right of that."""
_END = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeBar:
    """The length of the bar up to the deadline and the length past it; `text` tells both in words."""

    spent: int
    past: int
    text: str


def age_bar(edition: Edition, assessment: Assessment) -> AgeBar | None:
    """Build the bar of an active contact; None where no deadline runs."""
    deadline, since = assessment.decide_by, assessment.why_here.since
    if deadline is None:
        return None
    within, age = max(1, (deadline - since).days), assessment.why_here.days
    length = min(_END, round(DEADLINE * age / within))
    if assessment.overdue:
        length = max(length, DEADLINE + 1)
    language = edition.language
    text = language("pipeline.age", age=language.number(age), within=language.count("days", within))
    return AgeBar(spent=min(length, DEADLINE), past=max(0, length - DEADLINE), text=text)
