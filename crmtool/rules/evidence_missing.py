"""evidence-missing."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact
from crmtool.rules.moves import is_written


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each answer without evidence to a criterion that demands it."""
    for criterion, answers in subject.contact.criteria.items():
        rule = subject.rulebook.criteria.get(criterion)
        for answer in answers if rule and rule.evidence_required else ():
            place = (*answer.place, "evidence")
            # Evidence that is no text is for the schema to tell.
            if not (answer.evidence or "").strip() and (
                answer.evidence is not None or not is_written(subject.contact, place)
            ):
                yield Observation(
                    message=f"the answer to '{criterion}' of {answer.day} has no evidence",
                    hint='add `evidence: "…"`: who said it, when, in which words',
                    place=place,
                )


_CONFLICT = "  conflict: {not_met: 2026-11-03}\n"

RULE = ContactRule(
    code="evidence-missing",
    title="An answer lacks the evidence that its criterion demands",
    why="The rule book marks this criterion with `evidence: required`: decisions rest on it, and what it rests on "
    "must be there to be looked at again. A no needs it as much as a yes.",
    remedy="Write who said it, when, and if you can in which words. If you cannot, the question is still open: remove "
    "the answer.",
    valid=(Example(files=contact(_CONFLICT, f"{_CONFLICT}  budget: {{met: 2026-11-10, evidence: In the plan}}\n")),),
    invalid=(
        Example(files=contact(_CONFLICT, f"{_CONFLICT}  budget: {{met: 2026-11-10}}\n"), at=(CONTACT_PATH, 7, 3)),
        Example(
            files=contact(_CONFLICT, f'{_CONFLICT}  budget: {{not_met: 2026-11-10, evidence: " "}}\n'),
            at=(CONTACT_PATH, 7, 43),
        ),
    ),
    check=check,
)
