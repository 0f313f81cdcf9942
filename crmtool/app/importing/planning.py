"""What is to be done with each record of some files; nothing is written yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crmtool.app.importing.desk import Desk
from crmtool.app.importing.taking import Case, Options, Taking
from crmtool.contact import contact_id
from crmtool.exporters.vcard import uid
from crmtool.importers.likeness import People
from crmtool.importers.matching import Known, Match
from crmtool.importers.outcome import Action, Outcome
from crmtool.importers.persons import Persons
from crmtool.importers.record import Reading, Record
from crmtool.importers.tables.mapping import LEAVE_OUT
from crmtool.shapes import did_you_mean


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What comes of each record, in the order of the files, and what the workspace's files will hold.

    `files` has what each held before (None for a new one) and will hold; `notices` tell of the read files as a whole,
    and what to type instead where one could not be read.
    """

    root: Path
    today: date
    outcomes: tuple[Outcome, ...]
    notices: tuple[str, ...]
    files: Mapping[str, tuple[bytes | None, bytes]]

    def count(self, action: Action) -> int:
        """Count the records of which that comes."""
        return sum(outcome.action is action for outcome in self.outcomes)


def plan_import(root: Path, today: date, readings: Sequence[tuple[str, Reading]], options: Options) -> Plan:
    """Plan what comes of files, given by name and as read; raises CrmtoolError where the workspace cannot be used."""
    planner = _Planner(Desk(root, today), options)
    # A deal belongs to a person: those come first, in whatever order the files are named.
    order = sorted(range(len(readings)), key=lambda i: readings[i][1].is_of_deals)
    found = {i: tuple(planner.outcomes(*readings[i])) for i in order}
    return Plan(
        root=root,
        today=today,
        outcomes=tuple(outcome for i in range(len(readings)) for outcome in found[i]),
        notices=(
            *(f"{name}: {notice}" for name, reading in readings for notice in _notices(reading)),
            *_unused(options.stages, {record.stage for _, reading in readings for record in reading.records}),
        ),
        files=planner.desk.written,
    )


class _Planner:
    def __init__(self, desk: Desk, options: Options) -> None:
        self.desk, self._options = desk, options
        files = tuple(desk.known())
        self._known, self._persons = Known.of(files, uid), Persons.of(files)
        people = People((contact_id(path), fields) for path, fields in files)
        self._taking = Taking(desk, people, self._persons, options)
        self._told: dict[str, str] = {}

    def outcomes(self, name: str, reading: Reading) -> Iterator[Outcome]:
        """Give what comes of each record of a file, one after the other."""
        usable = [record for record in reading.records if not record.refused and not record.left_out]
        matches = self._known.matches(reading.origin, usable)
        for record in reading.records:
            yield self._outcome(Case(file=name, reading=reading, record=record), matches.get(record.line))

    def _outcome(self, case: Case, match: Match | None) -> Outcome:
        record = case.record
        if record.left_out or self._options.stages.get(record.stage) == LEAVE_OUT:
            return case.outcome(Action.SKIPPED, reason=record.left_out or f"stage '{record.stage}' is left out")
        if record.refused or "name" not in record.details:
            return case.outcome(Action.REFUSED, reason=record.refused or "it has no name")
        twin = self._twin(case)
        if twin:
            return twin
        if match is not None:
            return self._taking.known(case, match)
        path = self._persons.of_deal(case.reading.origin, record)
        return self._taking.new(case) if path is None else self._taking.deal(case, path)

    def _twin(self, case: Case) -> Outcome | None:
        """Tell of a record that this import had before: just so, or as another one with the same id."""
        record, here = case.record, f"{case.file}:{case.record.line}"
        who = json.dumps([case.reading.origin, record.id, record.contact])
        whole = who + _whole(record)
        first, other = self._told.setdefault(whole, here), here
        if record.id or record.contact:
            other = self._told.setdefault(who, here)
        if first != here:
            return case.outcome(Action.SKIPPED, reason=f"the same as {first}")
        if other != here:
            return case.outcome(Action.CONFLICTS, reason=f"another record of the same id stands at {other}")
        return None


def _notices(reading: Reading) -> tuple[str, ...]:
    return (*reading.notices, *((reading.advice,) if reading.advice else ()))


def _unused(stages: Iterable[str], present: set[str]) -> Iterator[str]:
    """Tell of stages that the mapping names and no record has: a slip there would take in who is not wanted."""
    there = sorted(present - {""})
    for stage in stages:
        if stage not in present:
            yield f"no record has the mapping's stage '{stage}'" + (f"; {did_you_mean(stage, there)}" if there else "")


def _whole(record: Record) -> str:
    claims = [(claim.label, claim.value) for claim in record.claims]
    return json.dumps([dict(record.details), record.stage, record.notes, claims, record.version])
