"""What can be offered to a person who is about to change a contact: by a shell that completes, by a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from crmtool.assessment import ids_to_clarify
from crmtool.contact import Contact, is_contact_path
from crmtool.document import read_contact
from crmtool.rulebook import Criterion, RuleBook, Transition
from crmtool.situation import present
from crmtool.snapshot import Snapshot, UnreadableError
from crmtool.yaml_reader import Value


def possible_transitions(contact: Contact, rulebook: RuleBook, day: date) -> tuple[Transition, ...]:
    """List the transitions that could be taken on a day, in the order written.

    A `revisit` that a transition asks for does not stand in its way: the decision can bring it along.
    """
    here = present(contact, rulebook, day)
    if here is None:
        return ()
    brought = replace(contact, fields={**contact.fields, "revisit": date.max.isoformat()})
    situations = (here.situation, replace(here.situation, contact=brought))
    return tuple(
        t
        for t in rulebook.leaving(here.status.id)
        if (t.since is not None and day < t.since) or any(each.all_hold(t.requires) for each in situations)
    )


def criteria_to_clarify(contact: Contact, rulebook: RuleBook, day: date) -> tuple[Criterion, ...]:
    """List the criteria whose answer would help: the one to settle first, the others missing for the ways forward."""
    return tuple(rulebook.criteria[id] for id in ids_to_clarify(contact, rulebook, day))


def field_values(snapshot: Snapshot, field: str) -> Iterator[Value]:
    """Give what the contacts have in a field, without judging them: a file with errors elsewhere counts, too."""
    for path in filter(is_contact_path, snapshot.paths()):
        try:
            values = read_contact(path, snapshot.read(path)).values
        except UnreadableError:
            continue
        if values is not None and field in values:
            yield values[field]
