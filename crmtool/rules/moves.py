"""What several rules ask of a contact: the moves from status to status, and whether a key is written at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmtool.contact import Contact, Decision
from crmtool.finding import Place
from crmtool.rulebook import RuleBook, Transition
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
