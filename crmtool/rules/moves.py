"""What several rules ask of a contact: its moves from status to status, where it is today, what is written at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmtool.contact import Contact, Decision
from crmtool.finding import Place
from crmtool.rulebook import RuleBook, Status, Transition
from crmtool.rules.base import ContactSubject
from crmtool.situation import Situation
from crmtool.yaml_reader import Value


@dataclass(frozen=True, slots=True)
class Move:
    """A decision with the status that it leaves (None: it enters) and the transition it takes, if there is one."""

    source: str | None
    decision: Decision
    transition: Transition | None


def moves(contact: Contact, rulebook: RuleBook) -> Iterator[Move]:
    """Go through the decisions, without those from or to a status that the rule book lacks: these are found already."""
    source: str | None = None
    for decision in contact.decisions:
        if decision.to in rulebook.statuses and (source is None or source in rulebook.statuses):
            yield Move(source, decision, rulebook.transition(source, decision.to))
        source = decision.to


@dataclass(frozen=True, slots=True)
class Present:
    """Where a contact is today, by its decisions."""

    status: Status
    situation: Situation


def present(subject: ContactSubject) -> Present | None:
    """Tell where a contact is today; None before its first decision, or where the rule book lacks the status."""
    decision = subject.contact.decided_by(subject.today)
    status = subject.rulebook.statuses.get(decision.to) if decision else None
    if decision is None or status is None:
        return None
    situation = Situation(contact=subject.contact, rulebook=subject.rulebook, day=subject.today, entered=decision.day)
    return Present(status, situation)


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
