"""date-order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from crmtool.finding import Observation
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact

_HINT = "put the entries in order, oldest first, or correct the date"


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each decision, and each answer to one criterion, that is dated before the one that it follows."""
    for before, decision in pairwise(subject.contact.decisions):
        if decision.day < before.day:
            yield Observation(
                message=f"the decision of {decision.day} follows one of {before.day}",
                hint=_HINT,
                place=(*decision.place, "date"),
            )
    for criterion, answers in subject.contact.criteria.items():
        for earlier, answer in pairwise(answers):
            if answer.day < earlier.day:
                yield Observation(
                    message=f"the answer to '{criterion}' of {answer.day} follows one of {earlier.day}",
                    hint=_HINT,
                    place=(*answer.place, "met" if answer.met else "not_met"),
                )


_BUDGET = "  conflict: {not_met: 2026-11-03}\n"

RULE = ContactRule(
    code="date-order",
    title="Dates run backwards",
    why="Decisions and answers are read in their order: each decision is judged by what was known on its day, each "
    "answer replaces the one before. Dates that run backwards mean that an entry was put in the wrong place or "
    "misdated.",
    remedy="Put the entries in order, oldest first, or correct the date. Several on one day are allowed; the last "
    "counts.",
    valid=(
        Example(
            files=contact(
                _BUDGET,
                f"{_BUDGET}  budget:\n    - {{met: 2026-10-28, evidence: In the plan}}\n"
                "    - {not_met: 2026-10-28, evidence: Struck the same day}\n",
            )
        ),
    ),
    invalid=(
        Example(files=contact("date: 2026-10-20", "date: 2026-11-10"), at=(CONTACT_PATH, 9, 12)),
        Example(
            files=contact(
                _BUDGET,
                f"{_BUDGET}  budget:\n    - {{not_met: 2026-11-12, evidence: Moved to 2027}}\n"
                "    - {met: 2026-10-28, evidence: In the plan}\n",
            ),
            at=(CONTACT_PATH, 9, 13),
        ),
    ),
    check=check,
)
