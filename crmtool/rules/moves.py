"""What several rules ask of a contact: its moves from status to status, what is written at all."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.contact import Contact
from crmtool.finding import Place
from crmtool.replay import Step
from crmtool.rules.base import ContactSubject
from crmtool.yaml_reader import Value


def moves(subject: ContactSubject) -> Iterator[Step]:
    """Replay the decisions, without those from or to a status that the rule book lacks: these are found already."""
    known = {None, *subject.rulebook.statuses}
    return (step for step in subject.steps if {step.source, step.decision.to} <= known)


def is_written(contact: Contact, place: Place) -> bool:
    """Whether something stands at a place, be it of the wrong kind: the schema tells of that."""
    value: Value = dict(contact.fields)
    for step in place:
        if isinstance(value, dict) and step in value:
            value = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return False
    return True
