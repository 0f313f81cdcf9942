"""contact-deleted."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.contact import Fields, contact_id, folded
from crmtool.finding import Observation
from crmtool.rulebook import RuleBook
from crmtool.rules.base import Example, HistoryRule, HistorySubject
from crmtool.rules.examples import CONTACT, contact
from crmtool.rules.joined import keeps, still_to_come
from crmtool.text import one_line


def check(subject: HistorySubject) -> Iterator[tuple[str, Observation]]:
    """Report each contact whose file is gone while a decision on it was still to come, unless another one holds it."""
    book = subject.before.rulebook or subject.after.rulebook
    if book is None or not subject.deleted:
        return
    holders = [subject.read(contact.fields) for contact in subject.after.contacts.values() if contact.joined]
    for path, gone in subject.deleted.items():
        id = contact_id(path)
        for whose, one, fields in _undecided(id, gone, book):
            if any(keeps(holder, one, subject.read(fields)) for holder in holders):
                continue
            joined = f", or join it again: `crmtool merge-contacts … {id}`" if _is_joined(subject, id) else ""
            yield (
                path,
                Observation(
                    message=f"the contact {id} was deleted{whose} while in '{fields['status']}', without a decision",
                    hint="restore the file (`git restore --source=HEAD --staged --worktree` and its path, or an older "
                    f"commit instead of HEAD if the deletion is committed), and end the contact by a decision{joined}",
                ),
            )


def _undecided(id: str, gone: Fields, book: RuleBook) -> Iterator[tuple[str, str, Fields]]:
    """Give what a deleted contact left undecided: itself, or else what was joined to it since it was decided."""
    if _is_undecided(gone, book):
        yield "", id, gone
        return
    for entry in still_to_come(gone):
        if isinstance(other := entry.get("contact"), str) and _is_undecided(entry, book):
            yield f" with {one_line(other)}, which was joined to it", other, entry


def _is_undecided(fields: Fields, book: RuleBook) -> bool:
    status = book.statuses.get(str(fields.get("status")))
    return status is not None and status.is_undecided


def _is_joined(subject: HistorySubject, id: str) -> bool:
    """Whether another contact says that it has this one; then it lacks something of it."""
    return any(folded(other) == folded(id) for contact in subject.after.contacts.values() for other in contact.joined)


_ENDED = CONTACT.replace("status: clarifying", "status: stopped").replace(
    "Fits the profile}", "Fits the profile}\n  - {date: 2026-11-20, to: stopped, because: No need, reason: no_fit}"
)

_DECISIONS = """decisions:
  - {date: 2026-10-20, to: new, because: Recommended by a customer}
  - {date: 2026-11-05, to: clarifying, because: Fits the profile}
"""
_CLAIMED = CONTACT.replace(
    "status: clarifying", "status: clarifying\nextra: {joined: {contact: bob, date: 2026-11-20}}"
)
_JOINED = CONTACT.replace(
    _DECISIONS,
    _DECISIONS + "extra:\n  joined:\n    contact: bob\n    date: 2026-11-20\n"
    "    decisions:\n" + "".join(f"    {line}\n" for line in _DECISIONS.splitlines()[1:]),
)

RULE = HistoryRule(
    code="contact-deleted",
    title="A contact was deleted while a decision on it was still to come",
    why="Deleting is how contacts end without anybody deciding so, and without a reason that one could learn from. A "
    "contact ends by a decision; its file stays until the personal data in it are due for erasure.",
    remedy="Restore the file (`git checkout HEAD -- PATH`). To end the contact, add a decision to an ended status "
    "with its reason. A contact that has ended may be deleted; one that must be erased at once is first ended, in a "
    "commit of its own. Two contacts that are the same person are joined by `crmtool merge-contacts`: the one that "
    "stays then holds the decisions and answers of the other.",
    valid=(
        Example(files=contact(), base=contact() | {"contacts/bob.md": _ENDED}),
        Example(files=contact() | {"contacts/acme/bob.md": CONTACT}, base=contact() | {"contacts/bob.md": CONTACT}),
        Example(files={"contacts/ann.md": _JOINED}, base={"contacts/ann.md": CONTACT, "contacts/bob.md": CONTACT}),
    ),
    invalid=(
        Example(files=contact(), base=contact() | {"contacts/bob.md": CONTACT}, at=("contacts/bob.md", 1, 1)),
        Example(
            files={"contacts/ann.md": _CLAIMED},
            base={"contacts/ann.md": CONTACT, "contacts/bob.md": CONTACT},
            at=("contacts/bob.md", 1, 1),
        ),
    ),
    check=check,
)
