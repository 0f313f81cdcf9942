"""criteria-missing."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact
from crmtool.rules.hints import told, what_to_add


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each decision whose transition asked for something that did not hold on its date."""
    for step in subject.steps:
        if step.missing and step.transition:
            way = f"{step.source} → {step.decision.to}" if step.source else f"entering as {step.decision.to}"
            day = step.decision.day
            hint = what_to_add(subject.contact, subject.rulebook, step.missing, day)
            if subject.new_rules and day < subject.today:
                older = f"`since: {subject.today}` at the transition '{step.transition.id}' in criteria.yaml"
                hint += f"\nor, if the rule is newer than the decision: {older} leaves older decisions as they are"
            yield Observation(
                message=f"{way} ({step.transition.id}) on {day} lacks: {told(subject.contact, step.missing)}",
                hint=hint,
                place=(*step.decision.place, "to"),
            )


_AGREED = (
    "status: clarifying",
    "status: agreed",
    "Fits the profile}\n",
    "Fits the profile}\n  - {date: 2026-11-20, to: agreed, because: The buyer signed, by: mira}\n",
)

RULE = ContactRule(
    code="criteria-missing",
    title="A decision was taken before what it needs was clarified",
    why="A status changes because something was decided or clarified. The transition's `requires` in the rule book "
    "says what must hold on the date of the decision; everything that does not hold is named at once.",
    remedy="Clarify what is missing and write the answer with its evidence, or take the decision back. An answer "
    "dated after the decision does not count for it, nor does one that had expired by then. Stopping needs none of "
    "it: saying no is always possible. If the rule is newer than the decision, `since: DATE` on the transition keeps "
    "older decisions as they are.",
    valid=(
        Example(files=contact()),
        Example(
            files=contact(
                "  conflict: {not_met: 2026-11-03}\n",
                "  conflict: {not_met: 2026-11-03}\n"
                "  pain: {met: 2026-11-10, evidence: 12 hours a week lost, attested_by: counterparty}\n"
                "  budget: {met: 2026-11-10, evidence: In the plan for 2027}\n",
                *_AGREED,
            )
        ),
    ),
    invalid=(
        Example(files=contact("  fit: {met: 2026-11-03, evidence: 85 people}\n", ""), at=(CONTACT_PATH, 8, 28)),
        Example(files=contact("fit: {met: 2026-11-03", "fit: {met: 2026-11-06"), at=(CONTACT_PATH, 9, 28)),
        Example(
            files=contact(*_AGREED),
            at=(CONTACT_PATH, 10, 28),
        ),
    ),
    check=check,
)
