"""Export contacts: what is written in which format, and where to."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crmtool.assessment import Assessment
from crmtool.contact import FOLDER, is_erased
from crmtool.errors import CrmtoolError
from crmtool.formats.assessment_json import why
from crmtool.report.edition import Edition
from crmtool.snapshot import is_rule_path
from crmtool.text import visible
from crmtool.writing import refuse_led_out, write_atomic

SUFFIXES: Mapping[str, str] = {
    ".json": "json",
    ".csv": "csv",
    ".vcf": "vcard",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".ics": "ics",
    ".atom": "atom",
    ".xml": "atom",
}
"""The format that a file's name asks for."""
WITHOUT_NAMES = ("ics", "atom")
"""The formats that say nothing of a person unless they are asked to."""
_OF_PEOPLE = ("csv", "excel", "vcard", "vcard3")
_ONLY_YOU = 0o600


@dataclass(frozen=True, kw_only=True)
class Export:
    """What is exported: contacts of an edition, in the order of attention.

    `names` lets the formats of WITHOUT_NAMES say whom they are about; `rev` is the commit whose files were judged, None
    for those on the disk.
    """

    edition: Edition
    assessments: Sequence[Assessment]
    names: bool = False
    rev: str | None = None


def exportable(assessments: Sequence[Assessment], form: str) -> list[Assessment]:
    """Leave out who was erased where a format tells who contacts are: nobody is left to be told of."""
    return [found for found in assessments if form not in _OF_PEOPLE or not is_erased(found.contact)]


def format_for(output: Path | None, given: str | None) -> str:
    """Tell the format: as given, else by the file's name, else JSON; raises CrmtoolError for an unknown ending."""
    if given is not None:
        return given
    if output is None:
        return "json"
    form = SUFFIXES.get(output.suffix.lower())
    if form is None:
        known = ", ".join(SUFFIXES)
        advice = f"end it in one of {known}, or add --format, such as --format csv"
        raise CrmtoolError(f"{visible(str(output))}: its ending does not tell the format; {advice}")
    return form


def write_export(root: Path, output: Path, data: bytes) -> bool:
    """Write an export whole or not at all; gives whether the file is new, and so readable by its owner alone.

    Raises CrmtoolError for a place where it would be taken for something else: a file of the workspace, or none at all.
    """
    refuse_led_out(root, output)
    file = Path(os.path.realpath(output))
    if output.exists() and not output.is_file():
        raise CrmtoolError(f"{visible(str(output))} is no file; name one, such as -o contacts.json")
    if not file.parent.is_dir():
        raise CrmtoolError(f"{visible(str(output.parent))} does not exist; `mkdir -p` makes it")
    _refuse_own_place(root, output, file)
    is_new = not file.exists()
    write_atomic(file, data, _ONLY_YOU if is_new else None)
    return is_new


def _refuse_own_place(root: Path, output: Path, file: Path) -> None:
    real = Path(os.path.realpath(root))
    if not file.is_relative_to(real):
        return
    path = file.relative_to(real).as_posix()
    if path.startswith(FOLDER):
        raise CrmtoolError(f"{visible(str(output))} lies in contacts/, which holds contacts alone; write it elsewhere")
    if is_rule_path(path):
        raise CrmtoolError(f"{visible(str(output))} belongs to the rules; write the export elsewhere")


def _json(export: Export) -> bytes:
    from crmtool.exporters import as_json

    edition = export.edition
    return as_json.render(
        export.assessments, edition.rulebook, edition.day, notes=edition.bodies, why=why, rev=export.rev
    )


def _csv(export: Export) -> bytes:
    from crmtool.exporters import as_csv

    return as_csv.render(export.assessments).encode()


def _excel(export: Export) -> bytes:
    from crmtool.exporters import as_csv

    return as_csv.render(export.assessments, as_csv.GERMAN_EXCEL).encode()


def _vcard_3(export: Export) -> bytes:
    from crmtool.exporters import vcard

    return vcard.render((found.contact for found in export.assessments), "3.0").encode()


def _vcard_4(export: Export) -> bytes:
    from crmtool.exporters import vcard

    return vcard.render((found.contact for found in export.assessments), "4.0").encode()


def _sqlite(export: Export) -> bytes:
    from crmtool.app.exporting_database import database

    return database(export.assessments, export.edition, rev=export.rev)


def _ics(export: Export) -> bytes:
    from crmtool.exporters import calendar

    edition = export.edition
    return calendar.render(export.assessments, edition.rulebook, edition.day, names=export.names)


def _atom(export: Export) -> bytes:
    from crmtool.exporters import atom

    contacts = (found.contact for found in export.assessments)
    return atom.render(contacts, export.edition.rulebook, export.edition.day, names=export.names)


FORMATS: Mapping[str, Callable[[Export], bytes]] = {
    "json": _json,
    "csv": _csv,
    "excel": _excel,
    "vcard": _vcard_4,
    "vcard3": _vcard_3,
    "sqlite": _sqlite,
    "ics": _ics,
    "atom": _atom,
}
"""What makes the bytes of each format; it raises CrmtoolError where a package that it needs is not installed."""
