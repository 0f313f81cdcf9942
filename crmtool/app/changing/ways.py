"""The transition that a person names, by its id or by the status that it leads to."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from crmtool.app.changing.target import Target
from crmtool.app.meaning import find_id, status_labels
from crmtool.errors import CrmtoolError, RefusedError
from crmtool.rulebook import Kind, RuleBook, Transition
from crmtool.rules.hints import ways as told_ways
from crmtool.shapes import did_you_mean
from crmtool.stopping import proposed_transition
from crmtool.text import visible


def way_to(target: Target, wanted: str) -> Transition:
    """Find the transition that leaves the contact's status and is meant; raises RefusedError where none does.

    It may be named by its id, by the status it leads to, or by that status's label.
    """
    rulebook, here = target.rulebook, target.status
    leaving = rulebook.leaving(here.id)
    found = named(rulebook, leaving, wanted)
    if found is not None:
        return found
    elsewhere = named(rulebook, rulebook.transitions.values(), wanted)
    if elsewhere is None and wanted not in rulebook.statuses:
        known = [*rulebook.transitions, *rulebook.statuses]
        message = f"the rule book has no transition and no status {visible(wanted)!r}"
        raise CrmtoolError(f"{message}; {did_you_mean(wanted, known)}")
    status = elsewhere.target if elsewhere else wanted
    to = f"'{status}'" if status == wanted else f"'{status}' ({wanted})"
    message = f"refused: {visible(target.contact.id)} is in '{here.id}', from where no way leads to {to}"
    if status == here.id and here.kind is Kind.HOLD:
        raise RefusedError(
            message, (f"to put it off to another day: crmtool revisit {shlex.quote(visible(target.contact.id))} DATE",)
        )
    if not leaving:
        raise RefusedError(message, ("no way leads on from here at all",))
    raise RefusedError(message, (f"from here lead: {told_ways(leaving)}",))


def entry_ways(rulebook: RuleBook) -> tuple[Transition, ...]:
    """List the ways by which contacts enter."""
    return tuple(way for way in rulebook.transitions.values() if way.is_entry)


def ending_ways(target: Target) -> tuple[Transition, ...]:
    """List the ways that end the contact, the one that a due stop rule proposes first."""
    rulebook, here = target.rulebook, target.status
    ending = [way for way in rulebook.leaving(here.id) if rulebook.statuses[way.target].kind is Kind.ENDED]
    first = proposed_transition(rulebook, here.id, None)
    return tuple(sorted(ending, key=lambda way: way.id != first))


def named(rulebook: RuleBook, ways: Iterable[Transition], wanted: str) -> Transition | None:
    """Find the transition that is meant: by its id, else by its target's id or label; None where there is none."""
    ways = tuple(ways)
    by_id = find_id(wanted, {way.id: "" for way in ways})
    targets = {way.target for way in ways}
    labels = {id: label for id, label in status_labels(rulebook).items() if id in targets}
    target = find_id(wanted, labels | dict.fromkeys(targets - set(labels), ""))
    return next((way for way in ways if way.id == by_id or (by_id is None and way.target == target)), None)
