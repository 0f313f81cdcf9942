"""Join two contacts that are one: the one that stays takes the other in, whose file goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crmtool.app.changing.draft import Draft, draft, save
from crmtool.app.changing.target import Target, file_bytes, open_target
from crmtool.contact import Contact, is_erased
from crmtool.edit.joining import is_joined, join, joined_body, kept_aside, may_hold_joined
from crmtool.errors import CrmtoolError, RefusedError
from crmtool.text import as_command, visible
from crmtool.workspace import WorkTree


@dataclass(frozen=True, kw_only=True)
class Joining:
    """Two contacts that are to be joined: the draft of the one that stays, and the one that goes.

    `leaves_answers` tells that the rules would not stand for the other's answers, so that they are only kept aside;
    `leaves_fields` are kept aside, too, since the one that stays has something else there. `goes_further` tells that
    the one that goes is further on in the pipeline.
    """

    made: Draft
    goes: Target
    leaves_answers: bool
    leaves_fields: tuple[str, ...]
    goes_further: bool


def draft_joined(root: Path, stays: str, goes: str, start: Path, today: date) -> Joining:
    """Draft the contact that stays with all that the other has; raises RefusedError, and CrmtoolError."""
    one, other = open_target(root, stays, start, today), open_target(root, goes, start, today)
    if one.path == other.path:
        raise CrmtoolError(f"{visible(one.contact.id)} cannot be joined with itself; name two contacts")
    _refuse(one.contact)
    _refuse(other.contact)
    # An earlier attempt may have ended before the other's file was removed: this one only completes it.
    is_again = is_joined(one.contact, other.contact)
    note = "" if is_again else joined_body(other.contact, other.content.documents[other.path].body)
    try:
        made, leaves_answers = draft(one, join(one.contact, other.contact, today), note), False
    except RefusedError:
        # An answer of an earlier day may be against a decision that was taken since.
        made, leaves_answers = draft(one, join(one.contact, other.contact, today, with_answers=False), note), True
    return Joining(
        made=made,
        goes=other,
        leaves_answers=leaves_answers,
        leaves_fields=tuple(kept_aside(one.contact, other.contact)),
        goes_further=one.status.is_undecided and other.status.order > one.status.order,
    )


def _refuse(contact: Contact) -> None:
    """Refuse who cannot be joined with anybody; raises RefusedError, and CrmtoolError."""
    shown = visible(contact.id)
    if is_erased(contact):
        raise RefusedError(f"refused: {shown} stands for somebody who was erased; nobody can be joined with that")
    if not may_hold_joined(contact):
        told = f"{shown}: in 'extra', 'joined' is where crmtool keeps who was joined; give what is there another name"
        raise CrmtoolError(f"{told}: `{as_command('edit', contact.id)}`")


def save_joined(joining: Joining) -> None:
    """Write the contact that stays, then remove the other, if both are still as they were read; raises CrmtoolError."""
    goes, file = joining.goes, joining.goes.root / joining.goes.path
    if file.is_symlink():
        raise CrmtoolError(f"{visible(goes.path)} is a symbolic link; put the file itself in its place")
    if file_bytes(WorkTree(goes.root), goes.path) != goes.data:
        raise CrmtoolError(f"{visible(goes.path)} was changed by somebody else since it was read; nothing was written")
    save(joining.made)
    try:
        file.unlink()
    except OSError as error:
        told = f"{visible(goes.path)} cannot be removed: {error.strerror}"
        raise CrmtoolError(f"{told}; {visible(joining.made.path)} has all that it says, so remove it by hand") from None
