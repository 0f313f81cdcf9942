"""What is told on pointing at a decision: the transition that it took, what that asks, and what was known then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from crmtool.assessment import assess
from crmtool.assist.editing import Editing
from crmtool.assist.standing import english
from crmtool.assist.told import Fact, Told, facts
from crmtool.contact import Contact
from crmtool.replay import Step, replay_step
from crmtool.report.edition import Edition
from crmtool.rules.references import value_at
from crmtool.telling import tell


def told_of_decision(editing: Editing, index: int) -> Told | None:
    """Tell of a decision; None where the contact that was read last does not have it as it is written."""
    contact, rulebook, values = editing.contact, editing.rulebook, editing.document.values
    if contact is None or rulebook is None or values is None or index >= len(contact.decisions):
        return None
    decision = contact.decisions[index]
    if value_at(values, ("decisions", index)) != value_at(dict(contact.fields), ("decisions", index)):
        return None
    edition, step = english(rulebook, editing.day), replay_step(contact, rulebook, index)
    source = f"{edition.status(step.source)} → " if step.source else ""
    reason = (("Reason", edition.reason(decision.to, decision.reason)),) if decision.reason else ()
    return Told(
        title=f"{decision.day}: {source}{edition.status(decision.to)}",
        about=f"transition {step.transition.id}" if step.transition else "no transition of the rule book leads there",
        facts=(*reason, *_required(edition, step), *facts("Known then", _known(edition, contact, index))),
    )


def _required(edition: Edition, step: Step) -> Iterator[Fact]:
    transition, situation = step.transition, step.situation
    if transition is None:
        return
    lacking = {missing.condition for missing in step.missing}
    if transition.since is not None and step.decision.day < transition.since:
        yield "Required", f"nothing: what the rule requires counts from {transition.since} on"
        return
    then = replace(edition.words, templates=_then(edition.words.templates))
    told = (
        f"{tell(situation, condition, then)}: {'did not hold' if condition in lacking else 'held'}"
        for condition in transition.requires
    )
    yield from facts("Required", tuple(told) or ("nothing",))


def _then(templates: Mapping[str, str]) -> dict[str, str]:
    """Give the sentences for what stood on a day that is past."""
    return {key: text.replace(", now {", ", then {") for key, text in templates.items()}


def _known(edition: Edition, contact: Contact, index: int) -> Iterator[str]:
    """Tell the answers on which a decision rested, as of its day."""
    then = replace(contact, decisions=contact.decisions[: index + 1])
    assessment = assess(then, edition.rulebook, contact.decisions[index].day)
    for carrier in assessment.why_here.criteria if assessment else ():
        evidence = f" – {carrier.evidence}" if carrier.evidence else ""
        yield f"{edition.criterion(carrier.id)}: {edition.state(carrier.state)} on {carrier.day}{evidence}"
