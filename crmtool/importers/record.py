"""What a file of another program says: records, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from crmtool.records import dataclass
from crmtool.yaml_reader import Value

DEALS = "-deals"
"""How the origin of deals ends, behind that of the persons whom they belong to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something that a record says and a contact has no field for; it is kept as a note, to be clarified.

    `label` is what the other program calls it. A day is written YYYY-MM-DD where it could be read.
    """

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of a file: a person, an organization or a deal.

    `line` is where it begins in the file, from 1. `id` is what the other program calls it, empty where it does not
    tell. `details` has keys of `crmtool.details.DETAILS` alone: texts on one line (an address and no other may have
    several), lists of texts for `LISTS`, a number for `value`; nothing that is empty. `stage` is its status in the
    other program, as written there, and `stage_label` what that calls the place where it says so, such as `Lead
    Status`; empty where it has no name for it. `notes` is free text. `persons` are the ids (origin, id) of the records
    that a deal belongs to. `contact` and `version` are set in crmtool's own exports: the contact's id, and the digests
    of its details as they were exported.

    `refused` says why it cannot be imported, `left_out` why it is none that one would want (such as a group of
    contacts); both are empty for most. `doubts` are what had to be guessed or could not be used.
    """

    line: int
    id: str = ""
    details: Mapping[str, Value] = field(default_factory=dict)
    stage: str = ""
    stage_label: str = ""
    claims: tuple[Claim, ...] = ()
    notes: str = ""
    persons: tuple[tuple[str, str], ...] = ()
    contact: str = ""
    version: str = ""
    refused: str = ""
    left_out: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A file as read.

    `origin` names the program and kind of record that its ids belong to, such as `hubspot-deals`; `label` is how
    people call it. `notices` tell of the file as a whole (its encoding was guessed, columns were left out). `problem`
    says why nothing of the file can be imported, and `advice` what to type instead; `records` then has only records
    that are refused for that reason. `tells` are the details that its columns can hold: of these alone an empty one
    says something; None where all can be told.
    """

    origin: str
    label: str
    records: tuple[Record, ...] = ()
    notices: tuple[str, ...] = ()
    problem: str = ""
    advice: str = ""
    tells: frozenset[str] | None = None

    @property
    def is_of_deals(self) -> bool:
        """Whether its records are deals, which belong to a person."""
        return self.origin.endswith(DEALS)
