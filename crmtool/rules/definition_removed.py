"""definition-removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from crmtool.contact import Contact
from crmtool.finding import Observation, Place
from crmtool.rules.base import Example, HistoryRule, HistorySubject
from crmtool.rules.examples import RULEBOOK_PATH, contact, rulebook
from crmtool.snapshot import RULEBOOK

_NAMED = 3


def check(subject: HistorySubject) -> Iterator[tuple[str, Observation]]:
    """Report each status and criterion that is gone from the rule book while a contact still uses it."""
    before, after = subject.before.rulebook, subject.after.rulebook
    if before is None or after is None or before == after:
        return
    from crmtool.redefining import redefined  # few commits change the rules

    ids = redefined(before, after)
    for id, users in _still_used(subject, before.statuses, after.statuses, _statuses):
        hint = f"put '{id}' back; to close it, remove the transitions to it and write `kind: ended`"
        yield RULEBOOK, _gone(f"the status '{id}'", ("statuses",), ids.statuses.get(id), users, hint)
    for id, users in _still_used(subject, before.criteria, after.criteria, _criteria):
        hint = f"put '{id}' back with `retired: DATE`: it is kept for history and no longer asked"
        yield RULEBOOK, _gone(f"the criterion '{id}'", ("criteria",), ids.criteria.get(id), users, hint)


def _still_used(
    subject: HistorySubject,
    before: Mapping[str, object],
    after: Mapping[str, object],
    used_by: Callable[[Contact], frozenset[str]],
) -> Iterator[tuple[str, Sequence[str]]]:
    removed = [id for id in before if id not in after]
    used = {contact.id: used_by(contact) for contact in subject.after.contacts.values()} if removed else {}
    for id in removed:
        users = sorted(contact for contact, uses in used.items() if id in uses)
        if users:
            yield id, users


def _statuses(contact: Contact) -> frozenset[str]:
    return frozenset((contact.status, *(decision.to for decision in contact.decisions)))


def _criteria(contact: Contact) -> frozenset[str]:
    return frozenset((*contact.criteria, *([contact.next_step.clarifies] if contact.next_step else [])))


def _gone(what: str, section: Place, now: str | None, users: Sequence[str], hint: str) -> Observation:
    """Tell of a definition that is gone; `now` is the id that it got instead, where that is all that was changed."""
    if now is None:
        return Observation(
            message=f"{what} was removed and is still used by {_named(users)}", hint=hint, place=section, on_key=True
        )
    return Observation(
        message=f"{what} was renamed to '{now}', but not in {_named(users)}",
        hint=f"write '{now}' there, too: a rename in an editor goes through all contacts",
        place=(*section, now),
        on_key=True,
    )


def _named(users: Sequence[str]) -> str:
    more = len(users) - _NAMED
    return ", ".join(users[:_NAMED]) + (f" and {more} more" if more > 0 else "")


_SIZE = ("  conflict: {label", "  size: {label: Size, question: How many?, knockout: true}\n  conflict: {label")
_SIZE_ANSWERED = contact("  conflict: {not_met", "  size: {not_met: 2026-11-02}\n  conflict: {not_met")
_MET = ("agreed: {label", "met: {label: Met, meaning: We met, kind: ended}\n  agreed: {label")
_WAS_MET = contact("  - {date: 2026-11-05", "  - {date: 2026-11-01, to: met, because: Not now}\n  - {date: 2026-11-05")

RULE = HistoryRule(
    code="definition-removed",
    title="A status or criterion was removed while contacts still use it",
    why="Without its definition nobody can tell any more what a past decision or answer meant, and the contact's "
    "whole log can no longer be replayed.",
    remedy="Put it back. A criterion that is no longer asked gets `retired: DATE`; a status that is closed loses the "
    "transitions to it and becomes `kind: ended`. For another name change the `label`: it can be reworded at any "
    "time. Another id makes the definition no other one, if that is all that is changed of it and every contact that "
    "uses it has the new id in the same commit, as after a rename in an editor.",
    valid=(
        Example(files=rulebook() | contact(), base=rulebook(*_SIZE) | contact()),
        Example(files=rulebook() | contact(), base=rulebook(*_MET) | contact()),
    ),
    invalid=(
        Example(files=rulebook() | _SIZE_ANSWERED, base=rulebook(*_SIZE) | _SIZE_ANSWERED, at=(RULEBOOK_PATH, 12, 1)),
        Example(files=rulebook() | _WAS_MET, base=rulebook(*_MET) | _WAS_MET, at=(RULEBOOK_PATH, 5, 1)),
    ),
    check=check,
)
