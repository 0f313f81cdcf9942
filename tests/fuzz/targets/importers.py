"""Any bytes as cards, as a table of any program, as a mapping: nothing raises, every record is accounted for."""

from __future__ import annotations

import atexit
import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from crmtool.app.importing import Options, plan_import
from crmtool.check import check_contact
from crmtool.contact import contact_from, folded, is_contact_path
from crmtool.details import DETAILS, LISTS
from crmtool.document import read_contact, read_yaml
from crmtool.finding import Severity
from crmtool.importers.outcome import Action
from crmtool.importers.reading import read_records
from crmtool.importers.record import Reading
from crmtool.importers.tables import address_books, crms
from crmtool.importers.tables.mapping import Mapping, read_mapping
from crmtool.importers.tables.program import Program
from crmtool.importers.tables.programs import OTHER, OWN
from crmtool.importers.tables.reading import draft_for
from crmtool.rulebook import rulebook_from
from tests.conftest import JANA, RULEBOOK, write_files
from tests.fuzz.promises import NOW, SCHEMAS
from tests.fuzz.target import Target, mangled
from tests.properties.test_tables import PIECES
from tests.unit.importers.cards.test_anything import CARD
from tests.unit.importers.tables.test_known_tables import GOOGLE_NEW, GOOGLE_OLD, OUTLOOK, OUTLOOK_DE

PROGRAMS = [each for module in (address_books, crms) for each in vars(module).values() if isinstance(each, Program)]
CELLS = ("Jana Köhler", "7", "jk@nordlicht.example; a@b.example", "+49 421 1234", "1.234,50", "23.11.2026", "Nord GmbH")
MAPPING = "version: 1\norigin: old-crm\ncolumns:\n  File As: role\nstages:\n  Heiß: ready\ndate_format: DD/MM/YYYY\n"
RULES = rulebook_from(read_yaml("criteria.yaml", RULEBOOK.encode()))
_MOST_RECORDS, _MOST_READ_TWICE = 40, 16_384


def _table(program: Program) -> bytes:
    """Write a table with columns that a program is told by, and some whose meaning it knows."""
    known = [headers[0] for headers in program.names.values() if headers]
    header = list(dict.fromkeys((*(program.marks or ((),))[0], *program.hints[:6], *known, "Email", "Phone", "Status")))
    file = io.StringIO()
    rows = ([CELLS[(i + j) % len(CELLS)] for i in range(len(header))] for j in range(2))
    csv.writer(file, delimiter=",").writerows([header, *rows])
    return file.getvalue().encode()


SEEDS = (
    CARD.encode(),
    *(text.encode() for text in (GOOGLE_OLD, GOOGLE_NEW, OUTLOOK, OUTLOOK_DE, MAPPING)),
    *map(_table, (OTHER, OWN, *PROGRAMS)),
)
CARD_WORDS = (
    "BEGIN:VCARD\n", "END:VCARD\n", "VERSION:2.1\n", "VERSION:3.0\n", "FN:", "N:", "ORG:", "TITLE:",
    "TEL;TYPE=CELL:", "EMAIL:", "ADR;", "NOTE:", "URL:", "CATEGORIES:", "UID:", "KIND:group\n", "MEMBER:", "item1.",
    "X-ABLabel:", "ENCODING=b:", "ENCODING=QUOTED-PRINTABLE:", "CHARSET=", "X-CRMTOOL-ID:", "X-CRMTOOL-VERSION:",
    "X-CRMTOOL-VALUE:", "PREF=1", "=\n", "=C3=B6", "\\n", "\\,", "\n ", "../", "contacts/", "version: 1\n",
    "columns:\n", "stages:\n",
)  # fmt: skip
WORDS = (*PIECES, *CARD_WORDS)


def _workspace() -> Path:
    folder = TemporaryDirectory(prefix="crmtool-fuzz-")
    atexit.register(folder.cleanup)
    return write_files(Path(folder.name), {"criteria.yaml": RULEBOOK, "contacts/nordlicht/jana-koehler.md": JANA})


ROOT = _workspace()


def check(data: bytes) -> None:
    cards, table = (read_records(name, data, currency="EUR") for name in ("x.vcf", "x.csv"))
    drafted = read_mapping("mapping.yaml", draft_for(data, ["new"]).encode())
    assert isinstance(drafted, Mapping), drafted
    readings = [cards, table]
    if len(data) <= _MOST_READ_TWICE:
        readings.append(read_records("x.csv", data, currency="EUR", mapping=drafted))
    given_mapping = read_mapping("mapping.yaml", data)
    if isinstance(given_mapping, Mapping):
        readings.append(read_records("x.csv", GOOGLE_NEW.encode(), currency="EUR", mapping=given_mapping))
    else:
        assert given_mapping
    for reading in readings:
        assert_read(reading)
    for name, reading in (("x.vcf", cards), ("x.csv", table)):
        if not reading.problem and len(reading.records) <= _MOST_RECORDS:
            assert_planned(name, reading)


def assert_read(reading: Reading) -> None:
    lines = [record.line for record in reading.records]
    assert lines == sorted(set(lines))
    assert all(line >= 1 for line in lines)
    assert reading.records or not reading.problem
    for record in reading.records:
        assert record.details.get("name") or record.refused or record.left_out
        assert not (record.refused and record.left_out)
        assert record.details.keys() <= set(DETAILS)
        for key, value in record.details.items():
            assert value not in ("", [], None)
            assert isinstance(value, list) == (key in LISTS)
            assert key == "address" or "\n" not in str(value), (key, value)


def assert_planned(name: str, reading: Reading) -> None:
    """Each record comes to one thing, and what is to be written are contacts in order, each in a place of its own."""
    plan = plan_import(ROOT, NOW, [(name, reading)], Options())
    assert len(plan.outcomes) == len(reading.records)
    assert sum(plan.count(action) for action in Action) == len(reading.records)
    assert plan.count(Action.CREATED) == sum(before is None for before, _ in plan.files.values())
    assert len({folded(path) for path in plan.files}) == len(plan.files)
    for path, (_, data) in plan.files.items():
        assert is_contact_path(path), path
        assert not {"..", "."} & set(path.split("/")), path
        document = read_contact(path, data)
        shapes = SCHEMAS.contact.shape(document)
        found = check_contact(document, shapes, contact_from(document), RULES, NOW).findings
        assert not [each for each in found if each.severity is Severity.ERROR], (data, found)


@settings(max_examples=30)
@given(mangled(SEEDS, WORDS))
def explore(data: bytes) -> None:
    check(data)


TARGET = Target(name="importers", check=check, explore=explore, seeds=SEEDS, words=WORDS)
