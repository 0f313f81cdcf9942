"""unfilled-text."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.contact import Answer, Contact, Decision
from crmtool.finding import Observation, Severity
from crmtool.rewriting import CORRECTED
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH
from crmtool.rules.examples import contact as example
from crmtool.rules.references import value_at
from crmtool.text import is_placeholder


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each evidence and each because that still holds a placeholder, those of corrections among them."""
    contact = subject.contact
    for answers in contact.criteria.values():
        for answer in answers:
            yield from _correction(contact, answer)
            if answer.evidence and is_placeholder(answer.evidence):
                yield Observation(
                    message=f"the evidence for '{answer.criterion}' is still a placeholder: {answer.evidence}",
                    hint="write what the answer rests on: who said it, where it stands",
                    place=(*answer.place, "evidence"),
                )
    for decision in contact.decisions:
        yield from _correction(contact, decision)
        if decision.because.strip() and is_placeholder(decision.because):
            yield Observation(
                message=f"why the decision for '{decision.to}' was taken is still a placeholder: {decision.because}",
                hint="write why, in a sentence",
                place=(*decision.place, "because"),
            )


def _correction(contact: Contact, entry: Answer | Decision) -> Iterator[Observation]:
    place = (*entry.place, CORRECTED, "because")
    because = value_at(contact.fields, place) if entry.corrected else None
    if isinstance(because, str) and because.strip() and is_placeholder(because):
        yield Observation(
            message=f"why the entry was corrected is still a placeholder: {because}",
            hint="write what was wrong, in a sentence",
            place=place,
        )


RULE = ContactRule(
    code="unfilled-text",
    severity=Severity.WARNING,
    title="A placeholder was left where evidence or a reason belongs",
    why="The lines that crmtool suggests hold `…` where only you know what to write. Left as it is, an answer rests on "
    "nothing, and nobody will know later why a decision was taken.",
    remedy="Write the evidence or the because, also after it was committed: to fill in a placeholder rewrites nothing. "
    "If there is none yet, the answer is not known yet: remove it.",
    valid=(Example(files=example()),),
    invalid=(
        Example(files=example("evidence: 85 people", 'evidence: "…"'), at=(CONTACT_PATH, 5, 36)),
        Example(files=example("because: Fits the profile", "because: TODO"), at=(CONTACT_PATH, 9, 49)),
        Example(
            files=example("Fits the profile}", "Fits the profile, corrected: {date: 2026-11-20, because: …}}"),
            at=(CONTACT_PATH, 9, 106),
        ),
    ),
    check=check,
)
