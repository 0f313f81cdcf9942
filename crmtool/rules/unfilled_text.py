"""unfilled-text."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation, Severity
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact
from crmtool.text import is_placeholder


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each evidence and each because that still holds a placeholder."""
    for answers in subject.contact.criteria.values():
        for answer in answers:
            if answer.evidence and is_placeholder(answer.evidence):
                yield Observation(
                    message=f"the evidence for '{answer.criterion}' is still a placeholder: {answer.evidence}",
                    hint="write what the answer rests on: who said it, where it stands",
                    place=(*answer.place, "evidence"),
                )
    for decision in subject.contact.decisions:
        if decision.because.strip() and is_placeholder(decision.because):
            yield Observation(
                message=f"why the decision for '{decision.to}' was taken is still a placeholder: {decision.because}",
                hint="write why, in a sentence",
                place=(*decision.place, "because"),
            )


RULE = ContactRule(
    code="unfilled-text",
    severity=Severity.WARNING,
    title="A placeholder was left where evidence or a reason belongs",
    why="The lines that crmtool suggests hold `…` where only you know what to write. Left as it is, an answer rests on "
    "nothing, and nobody will know later why a decision was taken.",
    remedy="Write the evidence or the because, also after it was committed: to fill in a placeholder rewrites nothing. "
    "If there is none yet, the answer is not known yet: remove it.",
    valid=(Example(files=contact()),),
    invalid=(
        Example(files=contact("evidence: 85 people", 'evidence: "…"'), at=(CONTACT_PATH, 5, 36)),
        Example(files=contact("because: Fits the profile", "because: TODO"), at=(CONTACT_PATH, 9, 49)),
    ),
    check=check,
)
