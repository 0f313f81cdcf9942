"""What comes of a record."""

from __future__ import annotations

from enum import StrEnum

from crmtool.importers.comparing import Conflict
from crmtool.importers.likeness import Likeness
from crmtool.records import dataclass


class Action(StrEnum):
    """What is done with a record; each record has just one."""

    CREATED = "created"
    UPDATED = "updated"
    SKIPPED = "skipped"
    CONFLICTS = "conflicts"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What comes of a record that begins on a line of a file.

    `contact` is the id of the contact, empty where there is none; `reason` says why it is skipped or refused;
    `fields` are those that are changed, with `notes` where a note is added; `doubts` is what could not be used or had
    to be guessed.
    """

    file: str
    line: int
    action: Action
    name: str = ""
    contact: str = ""
    reason: str = ""
    fields: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    alike: tuple[Likeness, ...] = ()
    doubts: tuple[str, ...] = ()
