"""limit-exceeded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from crmtool.finding import Observation, Severity
from crmtool.rules.base import Example, Held, WorkspaceRule, WorkspaceSubject
from crmtool.rules.examples import CONTACT, RULEBOOK_PATH, contact, rulebook
from crmtool.snapshot import RULEBOOK

_NAMED = 3


def check(subject: WorkspaceSubject) -> Iterator[tuple[str, Observation]]:
    """Report each status that holds more contacts today than its limit."""
    book = subject.rulebook
    if book is None or subject.partial:
        return
    held: defaultdict[str, list[Held]] = defaultdict(list)
    for one in subject.held:
        held[one.status].append(one)
    for status in book.statuses.values():
        here = held[status.id]
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


def _longest(here: Sequence[Held]) -> str:
    ordered = sorted((one.since, one.contact) for one in here)
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
