"""Importing: the same file again changes nothing, and nothing that somebody wrote here is ever lost."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crmtool.app import load
from crmtool.app.importing import Options, Plan, plan_import, write_plan
from crmtool.check import check
from crmtool.contact import Contact
from crmtool.details import details_of
from crmtool.edit import Put, edited
from crmtool.finding import Severity
from crmtool.importers.outcome import Action
from crmtool.importers.record import Claim, Reading, Record
from tests.conftest import RULEBOOK, write_files

TODAY = date(2026, 11, 29)
LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=12).filter(str.strip)
LISTS = st.lists(LINES, min_size=1, max_size=3, unique=True)
DETAILS = st.fixed_dictionaries(
    {"name": LINES},
    optional={
        "organization": LINES,
        "role": LINES,
        "address": st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip),
        "source": LINES,
        "email": LISTS,
        "phone": LISTS,
        "tags": LISTS,
        "value": st.integers(0, 10**9) | st.floats(0, 1e9),
    },
)
RECORDS = st.builds(
    Record,
    line=st.just(2),
    id=st.sampled_from(["", "7", "0815", "1e3"]),
    details=DETAILS,
    stage=st.sampled_from(["", "Qualified"]),
    claims=st.lists(st.builds(Claim, label=LINES, value=LINES), max_size=2).map(tuple),
    notes=st.text(st.characters(blacklist_categories=["Cs"]), max_size=30),
)


@contextmanager
def workspace() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield write_files(Path(folder), {"criteria.yaml": RULEBOOK})


def plan(root: Path, *records: Record) -> Plan:
    return plan_import(root, TODAY, [("x.csv", Reading(origin="google", label="Google", records=records))], Options())


def only(root: Path) -> Contact:
    content = load(root)
    (document,) = content.documents.values()
    assert document.problems == ()
    return content.contacts[document.path]


@settings(max_examples=40)
@given(record=RECORDS)
def test_what_enters_says_what_the_record_says_and_enters_once(record: Record) -> None:
    with workspace() as root:
        write_plan(plan(root, record))
        found = details_of(only(root).fields)
        assert {**record.details, "source": found["source"]} == found
        assert [each for each in check(load(root), TODAY).findings if each.severity is Severity.ERROR] == []
        again = plan(root, record)
        assert (again.outcomes[0].action, again.files) == (Action.SKIPPED, {})


@settings(max_examples=60)
@given(record=RECORDS, later=DETAILS, ours=DETAILS)
def test_no_import_overwrites_what_was_written_here(
    record: Record, later: dict[str, Any], ours: dict[str, Any]
) -> None:
    mine = {key: value for key, value in ours.items() if value != record.details.get(key)}
    with workspace() as root:
        write_plan(plan(root, record))
        path = only(root).path
        changes = [Put(place=(key,), value=value) for key, value in mine.items()]
        (root / path).write_bytes(edited(path, (root / path).read_bytes(), changes).data + b"\nUnsere Notiz.\n")
        write_plan(plan(root, replace(record, details=later)))
        kept = load(root).contacts[path]
        assert {key: details_of(kept.fields)[key] for key in mine} == mine
        if not record.id:
            assert details_of(kept.fields).keys() >= record.details.keys()
        assert "Unsere Notiz.\n" in (root / path).read_text("utf-8")
