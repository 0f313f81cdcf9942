"""Read the files that are to be imported, and the mapping that says what their columns mean."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from crmtool.app import read, usable_rulebook
from crmtool.document import read_yaml
from crmtool.errors import CrmtoolError
from crmtool.importers.reading import is_cards, read_records
from crmtool.importers.record import Reading
from crmtool.importers.tables.mapping import LEAVE_OUT, Mapping, read_mapping
from crmtool.importers.tables.reading import draft_for
from crmtool.rulebook import RuleBook
from crmtool.shapes import did_you_mean
from crmtool.text import visible
from crmtool.workspace import WorkTree
from crmtool.writing import refuse_led_out, write_atomic

STANDARD_INPUT = "-"
_MOST_BYTES = 256 * 1024 * 1024
"""More than what any program exports; a file without an end would else fill the memory."""


@dataclass(frozen=True, kw_only=True)
class OpenedFiles:
    """Files as read, by the names that they were given, and the stages that the mapping gives a status."""

    readings: tuple[tuple[str, Reading], ...]
    stages: Table[str, str] = field(default_factory=dict)


def opened(
    root: Path, start: Path, files: Sequence[Path], mapping: Path | None, date_format: str | None
) -> OpenedFiles:
    """Read files, named from `start`; raises CrmtoolError where one cannot be opened, or the mapping not be used."""
    contents = [(str(file), _bytes(start, file)) for file in files]
    rulebook = _rulebook(root)
    known = _mapping(start, mapping, rulebook) if mapping is not None else None
    readings = tuple(
        (name, read_records(name, data, currency=rulebook.currency, mapping=known, date_format=date_format))
        for name, data in contents
    )
    return OpenedFiles(readings=readings, stages=known.stages if known else {})


def draft_mapping_for(root: Path, start: Path, file: Path, target: Path | None) -> str:
    """Draft a mapping for a file and write it, unless there is no target; raises CrmtoolError."""
    data = _bytes(start, file)
    if is_cards(str(file), data):
        raise CrmtoolError(f"{visible(str(file))} holds vCards, which need no mapping of columns; leave out --mapping")
    text = draft_for(data, tuple(_rulebook(root).statuses))
    if target is not None:
        refuse_led_out(root, start / target)
        write_atomic(start / target, text.encode())
    return text


def _rulebook(root: Path) -> RuleBook:
    return usable_rulebook(read(WorkTree(root), only=()))


def _mapping(start: Path, file: Path, rulebook: RuleBook) -> Mapping:
    data = _bytes(start, file)
    found = read_mapping(str(file), data)
    wrong = found if not isinstance(found, Mapping) else tuple(_unknown_statuses(str(file), data, found, rulebook))
    if wrong or not isinstance(found, Mapping):
        raise CrmtoolError(wrong[0], wrong[1:])
    return found


def _unknown_statuses(file: str, data: bytes, mapping: Mapping, rulebook: RuleBook) -> Iterator[str]:
    known = (*rulebook.statuses, LEAVE_OUT)
    document = read_yaml(file, data)
    for stage, status in mapping.stages.items():
        if status not in known:
            place = document.locate(("stages", stage))
            where = f"{place.path}:{place.line}:{place.column}"
            yield f"{where}: the rule book has no status '{status}'; {did_you_mean(status, known)}"


def _bytes(start: Path, file: Path) -> bytes:
    if str(file) == STANDARD_INPUT:
        return _whole(file, sys.stdin.buffer)
    try:
        with (start / file).open("rb") as stream:
            return _whole(file, stream)
    except OSError as error:
        raise CrmtoolError(f"{visible(str(file))} cannot be read: {error.strerror}") from None


def _whole(file: Path, stream: BinaryIO) -> bytes:
    data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise CrmtoolError(f"{visible(str(file))} has more than {_MOST_BYTES:,} bytes; import it in parts")
    return data
