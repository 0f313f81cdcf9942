"""limit-exceeded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from crmtool.contact import Contact, Decision
from crmtool.finding import Observation, Severity
from crmtool.rules.base import Example, WorkspaceRule, WorkspaceSubject
from crmtool.rules.examples import CONTACT, RULEBOOK_PATH, contact, rulebook
from crmtool.snapshot import RULEBOOK

_NAMED = 3


def check(subject: WorkspaceSubject) -> Iterator[tuple[str, Observation]]:
    """Report each status that holds more contacts today than its limit."""
    book = subject.content.rulebook
    if book is None or subject.partial:
        return
    standing: defaultdict[str, list[tuple[Decision, Contact]]] = defaultdict(list)
    for held in subject.content.contacts.values():
        decision = held.decided_by(subject.today)
        if decision is not None:
            standing[decision.to].append((decision, held))
    for status in book.statuses.values():
        here = standing[status.id]
        if status.limit is not None and len(here) > status.limit:
            yield (
                RULEBOOK,
                Observation(
                    message=f"{len(here)} contacts are in '{status.id}', {len(here) - status.limit} more than its "
                    f"limit of {status.limit}",
                    hint=f"decide or stop those that stand there longest: {_longest(here)}",
                    place=("statuses", status.id, "limit"),
                ),
            )


def _longest(held: Sequence[tuple[Decision, Contact]]) -> str:
    ordered = sorted((decision.day, contact.id) for decision, contact in held)
    return ", ".join(f"{id} (since {day})" for day, id in ordered[:_NAMED])


_TWO = contact() | {"contacts/bob.md": CONTACT}
_ENTERED = CONTACT.replace("status: clarifying", "status: new").partition("  - {date: 2026-11-05")[0] + "---\n"

RULE = WorkspaceRule(
    code="limit-exceeded",
    severity=Severity.WARNING,
    title="More contacts in a status than its limit",
    why="`limit` is how many contacts can be taken seriously at a time. Beyond it none of them gets the attention "
    "that a decision needs.",
    remedy="Decide about the contacts that stand there longest, or stop them. If more can be handled after all, raise "
    "`limit`.",
    valid=(
        Example(files=_TWO),
        Example(files=_TWO | {"contacts/eve.md": _ENTERED}),
        Example(files=_TWO | {"contacts/eve.md": CONTACT} | rulebook("limit: 2, ", "")),
    ),
    invalid=(Example(files=_TWO | {"contacts/eve.md": CONTACT}, at=(RULEBOOK_PATH, 8, 23)),),
    check=check,
)
